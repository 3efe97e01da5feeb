import Device
import MQTTClient
import Platform
import TLS
import Testing
import Units
import Wire

/// Every failure leads to a wait, longer each time, and is forgotten when its cause has gone.
@Suite struct FailureTests {
  /// Something that keeps a device from its cloud.
  enum Fault: CaseIterable {
    case unknownName, pendingName, refusedConnection, silentConnection, silentHandshake
    case failedOpen, failedHandshake, failedWrite, garbageInHandshake, silentConnack, unavailable
    case garbageConnack, earlyMessage, hugePacket, signing, stalledStream

    func begin(_ trial: Trial) {
      switch self {
      case .unknownName: trial.world.failingHosts = ["cloud"]
      case .pendingName: trial.world.pendingLookups = .max
      case .refusedConnection: trial.world.reception = .refuses
      case .silentConnection: trial.world.reception = .silence
      case .silentHandshake: trial.broker.shakesHands = false
      case .failedOpen: trial.cryptography.openFailure = .outOfMemory
      case .failedHandshake: trial.cryptography.handshakeFailure = .unknownRoot
      case .failedWrite: trial.cryptography.writeFailure = .internalFailure(1)
      case .garbageInHandshake: trial.broker.insteadOfWelcome = [9, 9, 9, 9]
      case .silentConnack: trial.broker.greeting = .silence
      case .unavailable: trial.broker.greeting = .refuses(.serverUnavailable)
      case .garbageConnack: trial.broker.insteadOfConnack = [0x20, 2, 0xFF, 0]
      case .earlyMessage: trial.broker.insteadOfConnack = [0x30, 3, 0, 1, 0x61]
      case .hugePacket: trial.broker.insteadOfConnack = [0x20, 0xFF, 0xFF, 0x7F, 0, 0]
      case .signing: trial.cryptography.signingFailure = .internalFailure
      case .stalledStream: trial.world.isFull = true
      }
    }

    func end(_ trial: Trial) {
      trial.world.failingHosts = []
      trial.world.pendingLookups = 1
      trial.world.reception = .accepts
      trial.broker.shakesHands = true
      trial.cryptography.openFailure = nil
      trial.cryptography.handshakeFailure = nil
      trial.cryptography.writeFailure = nil
      trial.broker.insteadOfWelcome = nil
      trial.broker.greeting = .judges
      trial.broker.insteadOfConnack = nil
      trial.cryptography.signingFailure = nil
      trial.world.isFull = false
    }

    var reason: OfflineReason {
      switch self {
      case .unknownName: .resolution(.unknownName)
      case .pendingName: .timedOut(.resolving)
      case .refusedConnection: .stream(.refused)
      case .silentConnection: .timedOut(.connecting)
      case .silentHandshake, .stalledStream: .timedOut(.securing)
      case .failedOpen: .security(.outOfMemory)
      case .failedHandshake: .security(.unknownRoot)
      case .failedWrite: .security(.internalFailure(1))
      case .garbageInHandshake: .security(.malformed)
      case .silentConnack: .session(.connackTimeout)
      case .unavailable: .refused(.serverUnavailable)
      case .garbageConnack: .session(.malformed(.connectFlags))
      case .earlyMessage: .session(.protocolViolation(.unexpectedPacket(.publish)))
      case .hugePacket: .session(.oversizedPacket(byteCount: 2_097_155))
      case .signing: .signing
      }
    }
  }

  @Test(arguments: Fault.allCases)
  func leadsToAWaitAndIsForgotten(_ fault: Fault) {
    let trial = Trial("\(fault)")
    trial.run(seconds: 60) { $0.phase == .signing || $0.phase == .resolving }
    fault.begin(trial)
    let hours = 6
    trial.run(seconds: UInt64(hours) * 3_600)
    // A token had been signed already: the first connection lasts until that has to be renewed.
    let reasons = trial.reasons.filter { $0 != .refresh }
    #expect(Set(reasons.map { "\($0)" }) == ["\(fault.reason)"])
    // Ten attempts until the cap, then one in 17 minutes at most, one in 8 on average.
    #expect((15...90).contains(reasons.count), "\(reasons.count)")
    #expect(trial.phases.contains(.waiting))
    fault.end(trial)
    #expect(trial.run(seconds: 1_100) { $0.phase == .online }, "\(trial.phase)")
    trial.publish("after all")
    trial.run(seconds: 5)
    #expect(trial.acknowledged == ["after all"])
  }

  @Test(arguments: [
    SecureStreamFailure.hostNameMissing, .certificateExpired, .certificateNotYetValid, .wrongHost,
    .unknownRoot, .weakCertificate, .unacceptableCertificate, .noCommonParameters, .alert(48),
    .closedByPeer, .malformed, .badIdentity, .notSeeded, .outOfMemory, .internalFailure(-1),
  ])
  func tellsWhyTheHandshakeFailed(_ failure: SecureStreamFailure) {
    let trial = Trial("\(failure)")
    trial.cryptography.handshakeFailure = failure
    trial.run(seconds: 60) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.security(failure)])
    // The peer is told, then the stream is dropped.
    #expect(trial.world.link == nil)
    trial.cryptography.handshakeFailure = nil
    trial.goOnline()
    #expect(trial.cryptography.seedCount == (failure == .notSeeded ? 2 : 1))
  }

  @Test func asksAgainForEntropy() {
    let trial = Trial()
    trial.world.entropyFails = true
    trial.run(seconds: 1_000)
    #expect(trial.phase == .seeding)
    #expect(trial.wakeUps < 250)
    trial.world.entropyFails = false
    trial.cryptography.seedingFails = true
    trial.run(seconds: 100)
    #expect(trial.phase == .seeding)
    #expect((9...12).contains(trial.count("seed")))
    trial.cryptography.seedingFails = false
    trial.goOnline()
  }

  /// A generator that fails wants to be seeded again, and does not keep the device busy meanwhile.
  @Test func seedsAGeneratorThatFails() {
    let trial = Trial(timeServers: 1)
    trial.run(seconds: 30) { $0.phase == .waiting }
    trial.cryptography.randomFails = true
    trial.run(seconds: 1_000)
    #expect(trial.phase == .synchronizing)
    #expect((90...110).contains(trial.count("seed")), "\(trial.count("seed"))")
    trial.cryptography.randomFails = false
    trial.goOnline()
  }

  @Test func seedsAgainWhereTheKeyMissesItsSeed() {
    let trial = Trial()
    trial.cryptography.signingFailure = .notSeeded
    trial.run(seconds: 60) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.signing])
    trial.cryptography.signingFailure = nil
    trial.goOnline()
    #expect(trial.cryptography.seedCount == 2)
  }

  @Test func survivesAConnectionThatBreaksAtAnyMoment() {
    // Every moment from the first packet of TCP to the answer of the second subscription.
    for moment in stride(from: 0 as UInt64, through: 600, by: 20) {
      let trial = Trial("broken after \(moment) ms")
      trial.run(seconds: 60) { $0.phase == .connecting }
      trial.run(milliseconds: moment)
      trial.world.link?.deliver(.reset, at: trial.world.milliseconds)
      trial.run(milliseconds: 1)
      trial.goOnline()
      trial.run(seconds: 5)
      #expect(trial.broker.sessions.values.first?.count == 2, "after \(moment) ms")
    }
  }
}
