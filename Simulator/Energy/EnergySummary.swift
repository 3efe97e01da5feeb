import Foundation

/// A computation's result, in the form that `--format json` prints.
public struct EnergySummary: Codable, Sendable {
  /// A policy on a device with a battery.
  public struct Row: Codable, Sendable {
    /// The credential: `jwt-es256`, `jwt-rs256`, `mtls` or `sigv4`.
    public var auth: String
    /// The policy's name.
    public var policy: String
    /// What the policy does, in a line.
    public var policyName: String
    /// Whether the product has this door today; otherwise it is priced from measured operations.
    public var isAvailable: Bool
    /// The core's name.
    public var core: String
    /// The radio's name.
    public var radio: String
    /// The battery's name.
    public var battery: String
    /// Millijoules an hour by cause, and in total, with every figure at its value.
    public var millijoulesPerHour: [String: Double]
    /// The same with every figure at the frugal end of its band.
    public var millijoulesPerHourLow: [String: Double]
    /// The same with every figure at the hungry end of its band.
    public var millijoulesPerHourHigh: [String: Double]
    /// How long the battery lasts; zero where the pairing does not work.
    public var lifeDays: Life
    /// What ends the life: `empty`, `voltage` or `shelfLife`.
    public var lifeEnd: String?
    /// Why the pairing does not work, in a sentence.
    public var objection: String?
  }

  /// A life in days.
  public struct Life: Codable, Sendable {
    /// With every figure at the hungry end of its band.
    public var low: Double
    /// With every figure at the frugal end of its band.
    public var high: Double
  }

  /// What was computed with, beside the profiles.
  public struct Inputs: Codable, Sendable {
    /// The sensor's name.
    public var sensor: String
    /// What makes the device send.
    public var traffic: String
    /// Seconds between measurements.
    public var measureSeconds: Double
    /// Messages an hour.
    public var messagesPerHour: Double
    /// The bytes of a payload, on average.
    public var payloadBytes: Double
    /// The temperature.
    public var celsius: Double
    /// What the signal is drawn from.
    public var seed: UInt64
    /// Cycles an instruction: low, value and high.
    public var cyclesPerInstruction: [Double]
  }

  /// The rows, those of a core, radio and battery together, the most frugal first.
  public var rows: [Row]
  /// What was computed with.
  public var inputs: Inputs
  /// The command that computes the same again.
  public var reproduce: String

  /// Sums up assessments that were sorted.
  public init(_ assessments: [Assessment], reproduce: String) {
    precondition(!assessments.isEmpty)
    rows = assessments.map(Row.init)
    let parts = assessments[0].parts
    let plan = assessments[0].traffic.plan
    let traffic = assessments[0].traffic[.middle]
    let cycles = parts.costs.cyclesPerInstruction
    inputs = Inputs(
      sensor: parts.sensor.id, traffic: plan.kind.rawValue, measureSeconds: plan.measureSeconds,
      messagesPerHour: traffic.messagesPerHour, payloadBytes: traffic.payloadBytes,
      celsius: assessments[0].celsius, seed: plan.seed,
      cyclesPerInstruction: [cycles.low, cycles.value, cycles.high])
    self.reproduce = reproduce
  }

  /// The result as JSON.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension EnergySummary.Row {
  init(_ assessment: Assessment) {
    auth = assessment.policy.credential.rawValue
    policy = assessment.policy.id
    policyName = assessment.policy.name
    isAvailable = assessment.policy.isAvailable
    core = assessment.parts.core.id
    radio = assessment.parts.radio.id
    battery = assessment.battery.id
    millijoulesPerHour = Self.causes(assessment, .middle)
    millijoulesPerHourLow = Self.causes(assessment, .low)
    millijoulesPerHourHigh = Self.causes(assessment, .high)
    let days = assessment.lifeDays
    lifeDays = EnergySummary.Life(low: days.lowerBound, high: days.upperBound)
    lifeEnd = assessment.shortest?.end.rawValue
    objection = assessment.objection
  }

  private static func causes(_ assessment: Assessment, _ bound: Bound) -> [String: Double] {
    let load = assessment.loads[bound] ?? HourlyLoad()
    var causes = ["total": load.total.millijoules]
    for cause in Cause.allCases { causes[cause.rawValue] = load[cause].millijoules }
    return causes
  }
}
