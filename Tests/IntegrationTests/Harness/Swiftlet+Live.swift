extension Swiftlet {
  /// How a live run ended, and its JSON.
  typealias LiveRun = (outcome: ChildProcess.Outcome, result: LiveResult)

  /// Runs `swiftlet live` to its end, without progress and with its result as JSON.
  static func live(_ arguments: String...) async throws -> LiveRun {
    let outcome = try await run(["live", "--format", "json", "--quiet"] + arguments)
    return (outcome, try LiveResult(outcome))
  }

  /// Runs the devices in `identities`, which would go on for a minute, against a broker at `port`.
  static func liveMinute(
    identities: String, port: Int, roots: String
  ) async throws -> LiveRun {
    try await live(
      "--duration", "60s", "--identities", identities, "--broker", "mqtts://localhost:\(port)",
      "--ca", roots)
  }
}

extension ChildProcess.Outcome {
  /// The lines on standard error.
  var errorLines: [Substring] { errors.split(separator: "\n") }

  /// True if standard error is one line that contains `text`.
  func saysOnly(_ text: String) -> Bool { errorLines.count == 1 && errors.contains(text) }
}
