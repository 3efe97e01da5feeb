import DataFiles
public import Results
public import Scenarios

/// A condition on a result, and whether the result passes.
public struct GateOutcome: Sendable {
  /// The condition.
  public let condition: Condition
  /// Whether it has to be true, as a scenario's gates; those of `--fail-if` have to be false.
  public let isDemand: Bool
  /// What the metric was.
  public let value: Double

  /// Tries a condition on a fleet's result.
  public init(_ condition: Condition, isDemand: Bool, on fleet: FleetResult) {
    self.condition = condition
    self.isDemand = isDemand
    value = fleet.value(of: condition.metric)
  }

  /// Whether the result passes.
  public var isPassed: Bool { condition.holds(for: value) == isDemand }

  /// The value for a person.
  public var valueText: String {
    guard value.isFinite else { return "beyond the run" }
    switch condition.metric.unit {
    case .count: return PlainText.number(value)
    case .time: return PlainText.time(milliseconds: value)
    case .millijoulesPerHour: return "\(PlainText.number(value)) mJ/h"
    }
  }

  var json: JSON {
    .object([
      "condition": .text(condition.text), "kind": .text(isDemand ? "demand" : "failIf"),
      "value": value.isFinite ? .number(value) : .null, "passed": .boolean(isPassed),
    ])
  }
}
