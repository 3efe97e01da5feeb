import ArgumentParser
import Energy
import Foundation

/// What the device does, on the command line: its policies, its messages, its surroundings.
struct BehaviourOptions: ParsableArguments {
  @Option(help: "A policy; several are compared (default: all).")
  var policy: [String] = []
  @Option(help: "Only policies with this credential: jwt-es256, jwt-rs256, mtls or sigv4.")
  var auth: [Policy.Credential] = []
  @Option(help: "What makes it send: periodic, threshold or batch.")
  var traffic: TrafficPlan.Kind = .periodic
  @Option(help: "How long it waits between two measurements.")
  var interval = DurationArgument(seconds: 3_600)
  @Option(help: "The measurements in a message of a batch.")
  var batch = 12
  @Option(help: "The bytes of a payload (default: what the sensor's readings take).")
  var payload: Double?
  @Option(help: "The quality of service of the messages: 0 or 1.")
  var qos = 1
  @Option(help: "The keep-alive interval of kept connections, or none (default: the policy's).")
  var keepAlive: PauseArgument?
  @Option(help: "How often it asks for the time, or none (default: 10000s, as the core does).")
  var timeSync: PauseArgument?
  @Option(help: "The temperature in degrees Celsius.")
  var temperature = 20.0
  @Option(help: "What the sensor's signal is drawn from.")
  var seed: UInt64 = 1

  func validate() throws {
    let seconds = Double(interval.interval.milliseconds) / 1_000
    guard (0.1...2_592_000).contains(seconds) else {
      throw ValidationError("--interval takes 100ms to 30d.")
    }
    guard (1...10_000).contains(batch) else {
      throw ValidationError("--batch takes a number from 1 to 10000.")
    }
    if let payload, !(0...1_000_000).contains(payload) {
      throw ValidationError("--payload takes a number from 0 to 1000000.")
    }
    guard (0...1).contains(qos) else { throw ValidationError("--qos takes 0 or 1.") }
    if let seconds = keepAlive?.seconds, seconds != 0, !(1...65_535).contains(seconds) {
      throw ValidationError("--keep-alive takes 1s to 65535s, or none.")
    }
    guard (-60...120).contains(temperature) else {
      throw ValidationError("--temperature takes a number from -60 to 120.")
    }
  }

  var plan: TrafficPlan {
    var plan = TrafficPlan()
    plan.kind = traffic
    plan.measureSeconds = Double(interval.interval.milliseconds) / 1_000
    plan.batchCount = traffic == .batch ? batch : 1
    plan.payloadBytes = payload
    plan.seed = seed
    return plan
  }

  /// The seconds between two questions for the time, zero for never; nil for what the core does.
  var timeSyncSeconds: Double? { timeSync?.seconds }

  func policies(of library: ProfileLibrary) throws -> [Policy] {
    for name in policy where !library.policies.contains(where: { $0.id == name }) {
      let names = library.policies.map(\.id).joined(separator: ", ")
      throw ValidationError("--policy is '\(name)', which is not one; there are \(names).")
    }
    let chosen = library.policies.filter {
      (policy.isEmpty || policy.contains($0.id)) && (auth.isEmpty || auth.contains($0.credential))
    }
    guard !chosen.isEmpty else {
      throw ValidationError("No policy is left of what --policy and --auth ask for.")
    }
    guard let keepAlive else { return chosen }
    return chosen.map {
      guard $0.connection == .kept else { return $0 }
      var policy = $0
      policy.keepAliveSeconds = keepAlive.seconds == 0 ? nil : keepAlive.seconds
      return policy
    }
  }

  var words: [String] {
    var words = policy.map { "--policy \($0)" } + auth.map { "--auth \($0.rawValue)" }
    words.append("--traffic \(traffic.rawValue) --interval \(interval)")
    if traffic == .batch { words.append("--batch \(batch)") }
    if let payload { words.append("--payload \(Self.plain(payload))") }
    words.append("--qos \(qos)")
    if let keepAlive { words.append("--keep-alive \(keepAlive)") }
    if let timeSync { words.append("--time-sync \(timeSync)") }
    words.append("--temperature \(Self.plain(temperature)) --seed \(seed)")
    return words
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}

/// A length of time, or none at all.
struct PauseArgument: ExpressibleByArgument, CustomStringConvertible {
  /// Zero for none.
  let seconds: Double
  let description: String

  init?(argument: String) {
    description = argument
    if argument == "none" {
      seconds = 0
      return
    }
    guard let duration = DurationArgument(argument: argument), duration.interval.milliseconds > 0
    else { return nil }
    seconds = Double(duration.interval.milliseconds) / 1_000
  }
}

extension Policy.Credential: ExpressibleByArgument {}
extension TrafficPlan.Kind: ExpressibleByArgument {}
