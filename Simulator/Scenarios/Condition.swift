import DataFiles
import Units

/// A statement about a result, such as `messages.lost==0`, `connects.p99>5s` or `battery.p05<3y`.
public struct Condition: Sendable, Equatable {
  /// As it was written.
  public let text: String
  /// What it is about.
  public let metric: Metric
  /// How it compares.
  public let relation: Relation
  /// What it compares with, in the metric's unit.
  public let bound: Double

  /// How two numbers compare.
  public enum Relation: String, Sendable, CaseIterable {
    // The long ones first, or else a short one would be found in them.
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case more = ">"
  }

  /// Why a text is not a condition, and what would be right.
  public struct Misunderstood: Error, Equatable {
    /// The complaint.
    public let problem: String
  }

  /// Reads a condition.
  public init(_ text: String) throws(Misunderstood) {
    let plain = text.filter { $0 != " " }
    guard let relation = Relation.allCases.first(where: { plain.contains($0.rawValue) }),
      let range = plain.firstRange(of: relation.rawValue)
    else {
      throw Misunderstood(
        problem: "is \"\(text.prefix(80))\"; it should be a metric, one of == != < <= > >= and a "
          + "number, such as messages.lost==0 or connects.p99>5s")
    }
    let name = String(plain[..<range.lowerBound])
    guard let metric = Metric(name) else {
      throw Misunderstood(
        problem: "\"\(name.prefix(80))\" is no metric; there are \(Metric.list)")
    }
    let value = plain[range.upperBound...]
    switch metric.unit {
    case .time:
      guard let interval = Interval(text: value) else {
        throw Misunderstood(
          problem: "\"\(value.prefix(40))\" should be a time such as 500ms, 5s or 3y")
      }
      bound = Double(interval.milliseconds)
    case .count, .millijoulesPerHour:
      guard let number = Double(value), number.isFinite, number >= 0 else {
        throw Misunderstood(problem: "\"\(value.prefix(40))\" should be a number")
      }
      bound = number
    }
    self.text = plain
    self.metric = metric
    self.relation = relation
  }

  /// Whether it is true of a value.
  public func holds(for value: Double) -> Bool {
    switch relation {
    case .equal: value == bound
    case .notEqual: value != bound
    case .atMost: value <= bound
    case .atLeast: value >= bound
    case .less: value < bound
    case .more: value > bound
    }
  }
}
