import Testing

extension IntegrationTests {
  /// `swiftlet doctor`.
  @Suite(.serialized) struct DoctorTests {
    private static let subjects = [
      "open files", "local ports", "listen queue", "localhost", "clock", "memory", "randomness",
      "mbedTLS",
    ]

    @Test("This machine is fit for ten devices")
    func fit() async throws {
      let outcome = try await Swiftlet.run("doctor", "--devices", "10")
      #expect(outcome.exitCode == 0, "\(outcome.output)")
      #expect(outcome.errors.isEmpty)
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == Self.subjects.count)
      for (line, subject) in zip(lines, Self.subjects) {
        #expect(line.hasPrefix("ok") && line.contains(subject))
      }
    }

    @Test("No machine is fit for a hundred million devices, and it says how to mend that")
    func unfit() async throws {
      let outcome = try await Swiftlet.run("doctor", "--devices", "100000000")
      #expect(outcome.exitCode == 1)
      #expect(outcome.saysOnly("checks failed for 100000000 devices"))
      #expect(outcome.output.contains("LACKS open files"))
      #expect(outcome.output.contains("ulimit"))
      #expect(outcome.output.contains("LACKS local ports"))
      #expect(outcome.output.contains("sysctl"))
      #expect(outcome.output.contains("LACKS memory"))
    }
  }
}
