import Device
import Glibc
import Jitter
import MQTTClient
import Testing
import Units
import Wire

/// The seed at work, for whoever reads the trace of a trap.
nonisolated(unsafe) private var presentSeed: UInt64 = 0

/// Random faults for hours: whatever happened, all that was accepted arrives in the end.
@Suite(.serialized) struct SwarmTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func losesNothing(_ batch: UInt64) {
    for signal in [SIGILL, SIGTRAP] {
      Glibc.signal(signal) { number in
        let text = "swarm: seed \(presentSeed) traps\n"
        _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        Glibc.signal(number, SIG_DFL)
      }
    }
    for seed in batch * 10..<batch * 10 + 10 { losesNothing(seed: seed) }
  }

  private func losesNothing(seed: UInt64) {
    presentSeed = seed
    var random = SplitMix64(seed: seed)
    let trial = Trial("swarm", seed: seed, timeServers: Int.random(in: 1...3, using: &random)) {
      $0.keepAliveSeconds = UInt16.random(in: 1...600, using: &random)
      $0.keepsSession = Bool.random(using: &random)
    }
    let hours = UInt64.random(in: 1...4, using: &random)
    while trial.world.milliseconds < hours * 3_600_000 {
      trial.misbehave(&random)
      let end = trial.world.milliseconds + UInt64.random(in: 1...600_000, using: &random)
      while trial.world.milliseconds < end {
        trial.run(milliseconds: UInt64.random(in: 1...60_000, using: &random))
        if Bool.random(using: &random) { trial.tryToPublish() }
      }
    }
    trial.behave()
    trial.run(seconds: 3 * 3_600) { $0.phase == .online && $0.device.unacknowledgedCount == 0 }
    #expect(trial.phase == .online, "seed \(seed): \(trial.phase); \(trial.reasons.suffix(3))")
    let lost = trial.accepted.filter { trial.broker.count(of: $0) == 0 }
    #expect(lost == [], "seed \(seed)")
    #expect(trial.acknowledged.sorted() == trial.accepted.sorted(), "seed \(seed)")
    #expect(trial.broker.repeatedTokens.count == 0, "seed \(seed)")
    trial.stop()
    trial.run(seconds: 10)
    #expect(trial.phase == .halted, "seed \(seed)")
  }
}

extension Trial {
  fileprivate func tryToPublish() {
    try? offer("\(accepted.count) \(String(repeating: "x", count: accepted.count % 300))")
  }

  /// Draws what goes wrong from now on; most things do not.
  fileprivate func misbehave(_ random: inout SplitMix64) {
    behave()
    func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    world.entropyFails = happens(10)
    cryptography.randomFails = happens(5)
    if happens(10) { cryptography.signingFailure = .internalFailure }
    if happens(5) { cryptography.handshakeFailure = .malformed }
    if happens(5) { cryptography.openFailure = .outOfMemory }
    if happens(5) { cryptography.writeFailure = .internalFailure(2) }
    if happens(20) { cryptography.recordByteCount = Int.random(in: 1...100, using: &random) }
    if happens(20) { cryptography.refusedWrites = Int.random(in: 1...9, using: &random) }
    if happens(10) { world.failingHosts = ["cloud"] }
    if happens(10) { world.failingHosts.insert("time-0") }
    if happens(20) { world.pendingLookups = Int.random(in: 0...1_000, using: &random) }
    if happens(10) { world.reception = .refuses }
    if happens(10) { world.reception = .silence }
    if happens(20) { world.readLimit = Int.random(in: 1...10, using: &random) }
    if happens(20) { world.writeLimit = Int.random(in: 1...10, using: &random) }
    if happens(10) { world.isFull = true }
    world.roundTrip = UInt64.random(in: 1...(happens(10) ? 40_000 : 3_000), using: &random)
    for index in 0..<3 {
      if happens(15) { world.timeServers[index].conduct = .silence }
      if happens(10) { world.timeServers[index].conduct = .garbage }
      if happens(5) { world.timeServers[index].conduct = .kiss(.rate) }
      if happens(3) { world.timeServers[index].conduct = .kiss(.deny) }
      if happens(5) { world.timeServers[index].offset = 86_400_000 }
    }
    if happens(10) { broker.greeting = .silence }
    if happens(5) { broker.greeting = .refuses(.notAuthorized) }
    if happens(5) { broker.greeting = .refuses(.serverUnavailable) }
    broker.shakesHands = !happens(5)
    broker.acknowledges = !happens(20)
    broker.grantsSubscriptions = !happens(10)
    broker.answersPings = !happens(20)
    if happens(20) { broker.sessions = [:] }
    if happens(5) { broker.insteadOfWelcome = garbage(&random) }
    if happens(5) { broker.insteadOfConnack = garbage(&random) }
    guard let link = world.link else { return }
    if happens(20) { link.isCut = true }
    if happens(20) { link.deliver(.reset, at: world.milliseconds) }
    if happens(10) { link.deliver(.bytes(garbage(&random)), at: world.milliseconds) }
    if happens(20) { broker.send(garbage(&random), on: link) }
    if happens(10) { broker.close() }
  }

  private func garbage(_ random: inout SplitMix64) -> [UInt8] {
    (0..<Int.random(in: 1...200, using: &random)).map { _ in .random(in: 0...255, using: &random) }
  }

  /// Ends all faults.
  fileprivate func behave() {
    cryptography.randomFails = false
    cryptography.signingFailure = nil
    cryptography.handshakeFailure = nil
    cryptography.openFailure = nil
    cryptography.writeFailure = nil
    cryptography.refusedWrites = 0
    cryptography.recordByteCount = 900
    world.entropyFails = false
    world.failingHosts = []
    world.pendingLookups = 1
    world.reception = .accepts
    world.readLimit = .max
    world.writeLimit = .max
    world.isFull = false
    world.roundTrip = 80
    world.timeServers = [TimeServer](repeating: TimeServer(), count: 3)
    broker.greeting = .judges
    broker.shakesHands = true
    broker.acknowledges = true
    broker.grantsSubscriptions = true
    broker.answersPings = true
    broker.insteadOfWelcome = nil
    broker.insteadOfConnack = nil
  }
}
