import Device
import Testing
import Units
import Wire

/// Connections whose TLS session goes on from the one before.
@Suite struct ResumptionTests {
  /// Resumption says nothing about the device: each connection brings a token of its own.
  @Test func countsFullAndResumedConnects() {
    let trial = Trial()
    trial.cryptography.serverResumes = true
    trial.run(seconds: 6 * 3_600) { $0.device.counters.refreshes == 5 && $0.phase == .online }
    #expect(trial.device.counters.connectsFull == 1)
    #expect(trial.device.counters.connectsResumed == 5)
    #expect(trial.device.counters.connectsFailed == 0)
    #expect(Set(trial.broker.tokens).count == 6)
  }

  /// The server forgets, and later it resumes again.
  @Test func countsWhereTheServerForgets() {
    let trial = Trial()
    trial.run(seconds: 3 * 3_600) { $0.device.counters.refreshes == 2 && $0.phase == .online }
    #expect(trial.device.counters.connectsFull == 3)
    #expect(trial.device.counters.connectsResumed == 0)
    trial.cryptography.serverResumes = true
    trial.run(seconds: 3 * 3_600) { $0.device.counters.refreshes == 3 && $0.phase == .online }
    #expect(trial.device.counters.connectsFull == 3)
    #expect(trial.device.counters.connectsResumed == 1)
  }

  /// The connection of a refused token was secure, and the next token may go over its session.
  @Test func refusedTokenLeavesTheSession() {
    let trial = Trial()
    trial.cryptography.serverResumes = true
    trial.broker.greeting = .refuses(.notAuthorized)
    trial.run(seconds: 60) { $0.reasons.count == 1 }
    trial.broker.greeting = .judges
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
    #expect(trial.device.counters.tokensRefused == 1)
    #expect(trial.device.counters.connectsFull == 0)
    #expect(trial.device.counters.connectsResumed == 1)
    #expect(trial.broker.repeatedTokens == [])
  }

  @Test func brokenConnectionStartsAnew() {
    let trial = Trial()
    trial.cryptography.serverResumes = true
    trial.goOnline()
    trial.cryptography.writeFailure = .malformed
    trial.publish("lost at first")
    trial.run(seconds: 60) { $0.reasons.count == 1 }
    #expect(trial.reasons == [.security(.malformed)])
    trial.cryptography.writeFailure = nil
    trial.goOnline()
    #expect(trial.device.counters.connectsFull == 2)
    #expect(trial.device.counters.connectsResumed == 0)
  }

  /// A device that has stopped keeps no secret of a session.
  @Test func stoppingForgets() {
    let trial = Trial()
    trial.goOnline()
    #expect(trial.cryptography.forgetCount == 0)
    trial.device.stop(now: trial.instant)
    #expect(trial.run(seconds: 60) { $0.phase == .halted })
    #expect(trial.cryptography.forgetCount == 1)
  }
}
