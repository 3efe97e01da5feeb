import Bytes
import Device
import Identity
import Platform
import Testing
import TimeKeeping
import Units

@Suite struct ConfigurationTests {
  private static func device() -> Device<ModelBackend> {
    Device(backend: ModelBackend(script: ModelCryptography()))
  }

  @Test func refusesANameThatIsTooLong() {
    var device = Self.device()
    #expect(throws: Overflow()) {
      try device.configure { configuration throws(Overflow) in
        let name = [UInt8](repeating: 0x61, count: 65)
        try configuration.names.device.append(name.span)
      }
    }
  }

  @Test func takesAtMostThreeTimeServers() {
    var device = Self.device()
    #expect(throws: Overflow()) {
      try device.configure { configuration throws(Overflow) in
        for _ in 0..<4 { try configuration.timeServers.append("time") }
      }
    }
  }

  /// Tokens live for as long as the cloud allows, unless something else is said.
  @Test func letsTokensLiveForLong() {
    let trial = Trial(lifetime: nil) { $0.tokenLifetimeMaximum = Interval(seconds: 7_200) }
    trial.goOnline()
    let claims = Claims(trial.broker.tokens[0])
    #expect(claims.expires - claims.issuedAt == 7_200)
  }

  @Test func trapsWithoutATimeServer() async {
    await #expect(processExitsWith: .failure) {
      var device = ConfigurationTests.device()
      try device.configure { _ throws(Overflow) in }
    }
  }

  @Test func trapsWhereTokensLiveForTooLong() async {
    await #expect(processExitsWith: .failure) {
      var device = ConfigurationTests.device()
      try device.configure { configuration throws(Overflow) in
        try configuration.timeServers.append("time")
        configuration.tokenPolicy = TokenPolicy(
          lifetime: Interval(seconds: 86_401), margin: .zero, jitterMaximum: .zero,
          signAhead: .zero)
      }
    }
  }

  @Test func trapsWhereItIsDrivenUnconfigured() async {
    await #expect(processExitsWith: .failure) {
      var device = ConfigurationTests.device()
      var world = ModelWorld()
      _ = drive(&device, on: &world)
    }
  }
}
