import Bytes
import Cryptography
public import DeviceImage
import Identity
import Jitter
public import MQTTClient
public import Platform
public import Store
public import TimeKeeping
public import Units

/// A device's whole way to its cloud and its life there, as one engine without I/O.
///
/// **Order.** Entropy, then the time, then a token, then TCP, TLS, MQTT; `DevicePhase` has the
/// table. Nothing is signed and no certificate is accepted before the clock is trusted, because
/// both take a `TrustedTime`, which only a trusted clock gives. The token is signed before the
/// connection is opened: a signature may take a second, and a broker does not wait for ever.
///
/// **Driving.** `wake()` after each sleep, then `step(now:)` again and again, each time doing what
/// it says, until it says `sleep`; `drive(_:on:)` is that loop. `deadline` says how long to sleep.
/// Calls too many do no harm.
///
/// **Time** runs beside all this: the synchronizer asks a server whenever the clock needs it.
///
/// **Failure** of any part ends in `fail`, which drops the connection, tells the application why,
/// and waits as the back-off says. Accepted QoS 1 messages wait with it and are sent again.
public struct Device<Backend: CryptographicBackend>: ~Copyable {
  /// The number of bytes that `seed(with:)` wants: 384 bits for the generator, as SP 800-90A asks
  /// of AES-256, and half as many again for its nonce.
  public static var entropyByteCount: Int { 72 }

  /// Where the device is on its way to the cloud.
  public internal(set) var phase = DevicePhase.seeding
  /// What the device has done since it was created.
  public internal(set) var counters = DeviceCounters()

  var configuration = DeviceConfiguration()
  var backend: Backend
  var mqtt = MQTTClient()
  var synchronizer = TimeSynchronizer(
    serverCount: 1, clock: TrustedClock(floor: UnixTime(seconds: 0)))
  var token = TokenLifeCycle(policy: .standard)
  var backOff = BackOff()
  var jitter = SplitMix64(seed: 0)

  /// When the present phase is over: its work is due then, or has taken too long.
  var phaseDeadline = Instant.never
  var stream = StreamLink()
  /// When the resolver is asked again for the cloud's address.
  var resolverCheckAt = Instant(milliseconds: 0)
  /// Whose address the caller was told to look up.
  var lookup = Lookup.cloud
  /// Where the caller is to connect to: after `connect` and `openDatagrams` only.
  public internal(set) var endpoint = Endpoint(address: .v4(.init(repeating: 0)), port: 0)
  /// Where the cloud is, once it is known.
  var cloudAddress: IPAddress?
  var timeLink = TimeLink()
  /// When servers that all refused are asked again.
  var timeServersRetryAt = Instant.never
  var notices = NoticeQueue()
  /// The messages on flash, where the configuration names blocks for them.
  var outbox = Outbox(blocks: 0..<2)
  /// Those that the session has.
  var inTransit = MessagesInTransit()
  /// The session has been given every message up to this number.
  var loadedThrough: UInt32 = 0
  /// Messages from this number on were accepted since the start, or since the cloud forgot those
  /// before.
  var newSince: UInt32 = 0
  /// The session has no room for the next message.
  var loadingIsBlocked = false
  /// When the flash is tried again after a failure.
  var storeRetryAt = Instant(milliseconds: 0)
  /// Why the flash did not obey the last time that it did not.
  public internal(set) var storeFailure: OutboxFailure?
  /// What an event of the session revealed, dealt with once the event is no longer lent.
  var pendingOutcome: SessionOutcome?
  /// The subscriptions still to be asked for on this connection.
  var subscriptionsDue = 0
  /// The subscriptions that the cloud has not granted yet.
  var subscriptionsAwaited = 0
  /// A session that the cloud kept has our subscriptions once it has granted them.
  var hasSubscribed = false
  /// A token was signed in the present phase.
  var hasSigned = false
  var isStopping = false
  /// The closing alert of the present connection is queued or sent.
  var farewellIsSaid = false
  /// The random generator failed and wants fresh entropy.
  var entropyIsStale = false
  /// When entropy may be asked for.
  var entropyRetryAt = Instant(milliseconds: 0)

  /// Creates a device that has done nothing and knows nothing yet: call `configure` before it is
  /// driven.
  ///
  /// A global variable that is initialized with it is filled in place, without a copy on the stack.
  public init(backend: consuming Backend) { self.backend = backend }

  /// Has `fill` tell the device who it is and where its cloud is, before the device is driven.
  ///
  /// It traps where there is no time server, or where tokens would live for longer than the cloud
  /// accepts.
  public mutating func configure<Failure: Error>(
    _ fill: (inout DeviceConfiguration) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(phase == .seeding, "a device is configured before it is driven")
    try fill(&configuration)
    precondition(configuration.timeServers.count > 0, "a device needs a source of time")
    backOff = BackOff(policy: configuration.backOffPolicy)
    if usesOutbox { outbox = Outbox(blocks: configuration.outboxBlocks) }
    makeToken()
    makeSynchronizer()
  }

  /// Tells the device who it is and where its cloud is, as its image says, before it is driven.
  ///
  /// `outboxBlocks` and `outboxPolicy` are the board's to say, not the image's.
  public mutating func configure(
    from image: DeviceImage, outboxBlocks: Range<Int> = 0..<0,
    outboxPolicy: OutboxPolicy = .refuse
  ) throws(ImageConfigurationFailure) {
    try configure { configuration throws(ImageConfigurationFailure) in
      try configuration.apply(image)
      configuration.outboxBlocks = outboxBlocks
      configuration.outboxPolicy = outboxPolicy
    }
  }

  // Each of these two has the new value on its stack for a moment, but not at the same time.

  @inline(never)
  private mutating func makeToken() {
    let policy = configuration.effectiveTokenPolicy
    precondition(policy.lifetime <= configuration.profile.tokenLifetimeMaximum)
    token = TokenLifeCycle(policy: policy)
  }

  @inline(never)
  private mutating func makeSynchronizer() {
    synchronizer = TimeSynchronizer(
      serverCount: configuration.timeServers.count,
      clock: TrustedClock(floor: configuration.timeFloor))
  }
}

// MARK: - Properties

extension Device where Backend: ~Copyable {
  /// The date, or nil while it is not trusted.
  public func time(at now: Instant) -> TrustedTime? { synchronizer.clock.time(at: now) }

  /// True while messages can be exchanged.
  public var isOnline: Bool { phase == .online }

  /// True while the cloud's messages can arrive too: it has granted every subscription.
  public var isSubscribed: Bool { phase == .online && hasSubscribed }

  /// The number of accepted QoS 1 messages that the cloud has not acknowledged yet; those on flash
  /// count once they were found after the start.
  public var unacknowledgedCount: Int {
    guard usesOutbox else { return mqtt.unacknowledgedCount }
    return max(0, outbox.count - outbox.unmarkedCount - inTransit.acknowledgedCount)
  }

  /// What the MQTT session has done since the device was created.
  public var sessionCounters: MQTTCounters { mqtt.counters }

  /// The next moment at which there is something to do, unless a socket moves before.
  public func deadline(now: Instant) -> Instant {
    var earliest = min(phaseDeadline, timeDeadline(now: now))
    if phase == .seeding || entropyIsStale && phase.needsEntropy {
      earliest = min(earliest, entropyRetryAt)
    }
    if isOutboxWorkWaiting { earliest = min(earliest, storeRetryAt) }
    switch phase {
    case .seeding, .waiting, .synchronizing, .signing, .securing, .halted: break
    case .resolving: earliest = min(earliest, resolverCheckAt)
    case .connecting:
      if case .opening(let nextCheck) = stream.state { earliest = min(earliest, nextCheck) }
    case .online: earliest = min(earliest, min(sessionDeadline, renewalInstant(now: now)))
    case .joining, .draining, .closing: earliest = min(earliest, sessionDeadline)
    }
    return earliest
  }
}

// MARK: - What the application wants

extension Device where Backend: ~Copyable {
  /// Stops the device: a connection is ended in good order once its messages are acknowledged.
  public mutating func stop(now: Instant) {
    isStopping = true
    switch phase {
    case .online: move(on: .stop, now: now)
    case .draining, .closing, .halted: break
    case .seeding, .waiting, .synchronizing, .signing, .resolving, .connecting, .securing, .joining:
      loseSession(hasLastWords: false)
      halt(now: now)
    }
  }
}

// MARK: - What the world did

extension Device where Backend: ~Copyable {
  /// The caller has slept: sockets may have moved.
  public mutating func wake() {
    stream.wake()
    timeLink.wake()
  }

  /// Entropy was gathered, `entropyByteCount` bytes of it.
  public mutating func seed(with entropy: Span<UInt8>, now: Instant) {
    do {
      try backend.seed(entropy)
      jitter = SplitMix64(seed: try backend.random64())
    } catch {
      return entropyFailed(now: now)
    }
    entropyIsStale = false
    // A generator that fails at once, however often it is seeded, must not keep the device busy.
    entropyRetryAt = now + Limits.entropyRetry
    guard phase == .seeding else { return }
    precondition(configuration.timeServers.count > 0, "the device was not configured")
    move(on: .seeded, now: now)
    phaseDeadline = now + backOff.firstDelay(random: jitter.next())
  }

  /// No entropy could be had; the device asks again later.
  public mutating func entropyFailed(now: Instant) {
    entropyIsStale = true
    entropyRetryAt = now + Limits.entropyRetry
  }
}
