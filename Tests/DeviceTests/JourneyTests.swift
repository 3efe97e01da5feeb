import Device
import Platform
import Testing
import Units

@Suite struct JourneyTests {
  @Test func goesOnlineInOrder() {
    let trial = Trial()
    trial.goOnline()
    #expect(
      trial.phases == [
        .waiting, .synchronizing, .signing, .resolving, .connecting, .securing, .joining, .online,
      ])
    #expect(
      trial.world.log == [
        "seed", "ask time 0", "sign", "connect", "tls open", "connect", "subscribe", "subscribe",
      ])
    #expect(trial.events == [.synchronized, .tokenSigned, .online(sessionPresent: false)])
    #expect(trial.broker.sessions.values.first?.count == 2)
    #expect(trial.world.powerStates.contains(.sign))
    #expect(trial.world.powerStates.contains(.handshake))
    #expect(trial.world.powerStates.last == .sleep)
  }

  /// Without the date nothing is signed and nobody is connected to, however long that takes.
  @Test func doesNothingBeforeTheClockIsTrusted() {
    let trial = Trial()
    for index in 0..<3 { trial.world.timeServers[index].conduct = .silence }
    trial.run(seconds: 24 * 3_600)
    #expect(trial.phase == .synchronizing)
    #expect(trial.cryptography.signatureCount == 0)
    #expect(trial.count("tls open") == 0 && trial.count("connect") == 0)
    let questions = trial.world.log.count { $0.hasPrefix("ask time") }
    #expect((80...180).contains(questions), "\(questions)")
    for index in 0..<3 { trial.world.timeServers[index].conduct = .answers }
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
  }

  @Test func spreadsTheFirstAttempt() {
    var starts: Set<UInt64> = []
    for seed in 0..<40 as Range<UInt64> {
      let trial = Trial(seed: seed)
      let begin = trial.world.milliseconds
      trial.run(seconds: 20) { $0.phase == .synchronizing }
      let delay = trial.world.milliseconds - begin
      #expect(delay <= 10_000)
      starts.insert(delay / 1_000)
    }
    #expect(starts.count >= 8, "\(starts)")
  }

  @Test func movesBytesInPieces() {
    let trial = Trial()
    trial.world.readLimit = 1
    trial.world.writeLimit = 1
    trial.cryptography.recordByteCount = 1
    trial.goOnline()
    trial.publish("in pieces")
    trial.broker.push("to the device", to: "/devices/device/config")
    #expect(trial.run(seconds: 10) { !$0.messages.isEmpty && $0.device.isSettled })
    #expect(trial.messages == ["to the device"])
    #expect(trial.broker.count(of: "in pieces") == 1)
    #expect(trial.broker.pubackCount == 1)
  }

  /// Two lookups at the same time: that of the time server must not be taken for the cloud's.
  @Test func looksUpTheCloudWhileATimeServersNameIsPending() {
    let trial = Trial(lifetime: Interval(seconds: 86_400))
    trial.goOnline()
    trial.world.pendingLookups = 100
    // By then the clock wants another look, and the connection is renewed a little later.
    trial.world.link?.isCut = true
    trial.run(seconds: 100_000)
    #expect(trial.phase == .online)
    #expect(Double(trial.wakeUps) < 30_000, "\(trial.wakeUps)")
  }

  @Test(arguments: [
    DevicePhase.waiting, .synchronizing, .signing, .resolving, .connecting, .securing, .joining,
    .online, .draining, .closing,
  ])
  func stopsInEveryPhase(_ phase: DevicePhase) {
    let trial = Trial("stop in \(phase)")
    trial.stopsIn = phase
    switch phase {
    case .draining:
      trial.goOnline()
      trial.broker.acknowledges = false
      trial.publish("unanswered")
      trial.run(seconds: 3_600)
    case .closing:
      trial.goOnline()
      trial.broker.acknowledges = false
      trial.publish("unanswered")
      trial.stop()
      trial.world.isFull = true
    case .seeding, .waiting, .synchronizing, .signing, .resolving, .connecting, .securing, .joining,
      .online, .halted:
      break
    }
    #expect(trial.run(seconds: 30) { $0.phase == .halted }, "\(trial.phase)")
    #expect(trial.reasons.last == .stopped)
    #expect(trial.stopsIn == nil)
    #expect(trial.world.link == nil && !trial.world.hasDatagramSocket)
    // It has stopped for good, and wants nothing any more.
    #expect(trial.device.deadline(now: trial.instant) == .never)
    let log = trial.world.log
    trial.run(seconds: 100_000)
    #expect(trial.world.log == log)
  }

  @Test func stopsWithoutEntropy() {
    let trial = Trial()
    trial.world.entropyFails = true
    trial.run(seconds: 100)
    #expect(trial.phase == .seeding)
    trial.stop()
    #expect(trial.phase == .halted)
    #expect(trial.device.deadline(now: trial.instant) == .never)
  }

  /// The connection breaks while the last acknowledgements are awaited.
  @Test func stopsWhereTheConnectionBreaksMeanwhile() {
    let trial = Trial()
    trial.goOnline()
    trial.broker.acknowledges = false
    trial.publish("unanswered")
    trial.stop()
    #expect(trial.phase == .draining)
    trial.world.link?.deliver(.reset, at: trial.world.milliseconds + 10)
    trial.run(milliseconds: 100)
    #expect(trial.phase == .halted)
    #expect(trial.reasons == [.stream(.closed), .stopped])
  }

  @Test func stopsAfterTheLastAcknowledgement() {
    let trial = Trial()
    trial.goOnline()
    trial.publish("last words")
    trial.stop()
    #expect(trial.phase == .draining)
    trial.run(seconds: 1)
    #expect(trial.phase == .halted)
    #expect(trial.acknowledged == ["last words"])
    #expect(trial.world.log.suffix(2) == ["disconnect", "disconnect"])
  }
}
