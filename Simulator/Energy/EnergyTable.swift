import Foundation

/// The result as a table for a terminal.
public enum EnergyTable {
  private static let policyWidth = 22
  private static let columns: [(title: String, cause: Cause)] = [
    ("sign", .signing), ("compute", .handshakeCompute), ("symm.", .symmetricCrypto),
    ("hs radio", .handshakeRadio), ("data", .dataRadio), ("alive", .keepAlive),
    ("time", .timeSync), ("flash", .flash), ("sensor", .sensor), ("sleep", .sleep),
  ]

  /// The table of each core, radio and battery, one after the other.
  public static func text(
    _ assessments: [Assessment]
  ) -> String {
    var lines: [String] = []
    var last = ""
    var explained: Set<String> = []
    for assessment in assessments {
      let heading = title(of: assessment)
      if heading != last {
        if !lines.isEmpty { lines.append("") }
        lines.append(heading)
        lines.append(traffic(of: assessment))
        lines.append("")
        lines.append(header)
        last = heading
        explained = []
      }
      lines.append(line(assessment))
      // The same sentence with another cure for each policy is said once.
      if let objection = assessment.objection,
        explained.insert(String(objection.prefix { $0 != ":" })).inserted
      {
        lines.append("    \(objection)")
      }
    }
    lines.append("")
    lines.append(
      "mJ/h and days are bands: the figures at the frugal and the hungry end of what their sources "
        + "allow.")
    if assessments.contains(where: { !$0.policy.isAvailable }) {
      lines.append(
        "* The core has not this door yet: priced from the measured operations it would be made of."
      )
    }
    return lines.joined(separator: "\n")
  }

  /// The parts of an assessment, in a line.
  static func title(of assessment: Assessment) -> String {
    "\(assessment.parts.core.name) | \(assessment.parts.radio.name) | \(assessment.battery.name)"
  }

  /// What the device measures and sends, in a line.
  static func traffic(of assessment: Assessment) -> String {
    let plan = assessment.traffic.plan
    let traffic = assessment.traffic[.middle]
    let number = Pairing.number
    let every = plan.measureSeconds
    let pause =
      every >= 3_600
      ? "\(number(every / 3_600)) h"
      : every >= 60
        ? "\(number(every / 60)) min" : "\(number(every)) s"
    let noun = traffic.messagesPerHour == 1 ? "message" : "messages"
    return
      "\(assessment.parts.sensor.name); measures every \(pause), \(plan.kind.rawValue): "
      + "\(number(traffic.messagesPerHour)) \(noun) an hour of \(number(traffic.payloadBytes)) "
      + "bytes; "
      + "\(number(assessment.celsius)) degrees"
  }

  private static var header: String {
    var line = "policy".padded(to: policyWidth) + " auth".padded(to: 10) + "   mJ/h"
    line = line.padded(to: 48)
    for column in columns { line += column.title.padded(onLeftTo: 9) }
    return line + "days".padded(onLeftTo: 14)
  }

  private static func line(_ assessment: Assessment) -> String {
    let mark = assessment.policy.isAvailable ? "" : "*"
    var line =
      (assessment.policy.id + mark).padded(to: policyWidth) + " "
      + assessment.policy.credential.rawValue.padded(to: 11)
    line += range(assessment.millijoules())
    line = line.padded(to: 48)
    for column in columns {
      line += Pairing.number(assessment.load[column.cause].millijoules).padded(onLeftTo: 9)
    }
    let days = assessment.objection == nil ? range(assessment.lifeDays) : "no"
    let end = assessment.shortest?.end == .shelfLife ? " (shelf)" : ""
    return line + days.padded(onLeftTo: 14) + end
  }

  /// A band with the digits that count.
  static func range(_ band: ClosedRange<Double>) -> String {
    let (low, high) = (Pairing.number(band.lowerBound), Pairing.number(band.upperBound))
    return low == high ? low : "\(low)-\(high)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }

  fileprivate func padded(onLeftTo width: Int) -> String {
    String(repeating: " ", count: Swift.max(1, width - count)) + self
  }
}
