public import Units
public import Wire

/// Keeps the trusted clock right by asking one of up to three servers, again and again.
///
/// The caller asks `isDue`, draws two random numbers for `begin`, opens a datagram socket to the
/// server with the index it gets, and moves datagrams while `isBusy`. A failed exchange leads to
/// the next server after a pause that doubles; a good one to a pause in which drift stays below one
/// second, because tokens carry whole seconds and some clouds refuse those that begin in the
/// future. A server that says "go away" is not asked again, one that says "too often" less often.
public struct TimeSynchronizer: ~Copyable {
  /// What the latest exchange came to.
  public enum Event: Sendable {
    /// The clock took a sample of this server.
    case synchronized(server: Int, uncertainty: Interval)
    /// The clock refused a sample of this server.
    case sampleRefused(server: Int, SampleRejection)
    /// An answer failed a check; the exchange goes on.
    case answerRejected(server: Int, SNTPRejection)
    /// This server refuses to answer.
    case kissOfDeath(server: Int, KissOfDeath)
    /// This server did not answer.
    case timedOut(server: Int)
  }

  /// The clock that is kept right; it may be read, given other samples, and distrusted at any time.
  public var clock: TrustedClock

  private var client = SNTPClient()
  private let serverCount: Int
  /// One bit per server that may not be asked any more.
  private var refusals: UInt8 = 0
  private var server = 0
  /// How often the pause after a failure has doubled.
  private var level: UInt8 = 0
  private var pollInterval: Interval
  private let pollIntervalAtStart: Interval
  private var jitter: UInt64 = 0
  /// No question goes out before this, whatever the need.
  private var quietUntil = Instant(milliseconds: 0)
  /// A clock that is trusted is not set again before this.
  private var pollAt = Instant(milliseconds: 0)
  /// The fate of a sample that ended an exchange.
  private var outcome: Event?

  /// Creates a synchronizer for `serverCount` servers, 1 to 3, whose clock starts untrusted.
  public init(serverCount: Int, clock: consuming TrustedClock) {
    self.init(
      serverCount: serverCount, clock: clock,
      pollInterval: Limits.duration(ofDrift: Limits.pollDrift))
  }

  /// Creates a synchronizer that asks every `pollInterval`, at least 16 s and at most a day.
  public init(serverCount: Int, clock: consuming TrustedClock, pollInterval: Interval) {
    precondition(serverCount >= 1 && serverCount <= Limits.serverCount)
    precondition(pollInterval >= Interval(seconds: 16) && pollInterval <= Limits.pollLongest)
    self.clock = clock
    self.serverCount = serverCount
    self.pollInterval = pollInterval
    pollIntervalAtStart = pollInterval
  }

  /// True while an exchange is under way.
  public var isBusy: Bool { client.step() != .stop }

  /// True if there is a server that has not refused.
  public var hasServer: Bool { refusals != (1 &<< UInt8(truncatingIfNeeded: serverCount)) - 1 }

  /// True if a server should be asked now.
  public func isDue(_ now: Instant) -> Bool { !isBusy && now >= dueInstant(now) }

  /// Starts an exchange and gives the index of the server to ask; there must be one.
  ///
  /// Both numbers are random: `nonce` goes over the wire, `jitter` spreads the pause that follows.
  public mutating func begin(nonce: UInt64, jitter: UInt64, now: Instant) -> Int {
    precondition(!isBusy && hasServer)
    while isRefused(server) { advanceServer() }
    self.jitter = jitter
    outcome = nil
    client.start(nonce: nonce, pivot: clock.floor, now: now)
    return server
  }

  /// Gives up the exchange: the server's address is not known, or its socket has failed.
  public mutating func abandon(now: Instant) {
    guard isBusy else { return }
    client.reset()
    outcome = .timedOut(server: server)
    failed(now)
  }

  /// Says what the caller must do next in the exchange.
  public func step() -> SNTPClient.Step { client.step() }

  /// The question, to be sent as one datagram.
  public var bytesToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get { client.bytesToSend }
  }

  /// The question went out whole, if `count` is not zero.
  public mutating func sent(_ count: Int, now: Instant) { client.sent(count, now: now) }

  /// Where to put one datagram from the server.
  public var receiveSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { client.receiveSpace }
  }

  /// A datagram of `count` bytes was put into `receiveSpace`; zero means none.
  public mutating func received(_ count: Int, now: Instant) {
    client.received(count, now: now)
    collect(now)
  }

  /// Time passed; it ends the exchange where that was its deadline.
  public mutating func expired(now: Instant) {
    client.expired(now: now)
    collect(now)
  }

  /// The moment at which `expired` or `begin` is to be called; `never` without a server.
  public func deadline(_ now: Instant) -> Instant { isBusy ? client.deadline : dueInstant(now) }

  /// The next thing that happened, or nil.
  public mutating func nextEvent() -> Event? {
    let event = outcome
    outcome = nil
    return event
  }

  /// Forgets refusals and pauses, as a restart would; the clock keeps the date.
  public mutating func reset() {
    client.reset()
    outcome = nil
    refusals = 0
    level = 0
    pollInterval = pollIntervalAtStart
    quietUntil = Instant(milliseconds: 0)
    pollAt = Instant(milliseconds: 0)
  }

  /// When the next question is due: in its turn, or as soon as allowed while nothing is trusted.
  private func dueInstant(_ now: Instant) -> Instant {
    guard hasServer else { return .never }
    return clock.time(at: now) == nil ? quietUntil : max(quietUntil, pollAt)
  }

  /// Turns what the client has to say into consequences.
  private mutating func collect(_ now: Instant) {
    switch client.nextEvent() {
    case nil: return
    case .sample(let sample): take(sample, now)
    case .kissOfDeath(let kiss): obey(kiss, now)
    case .rejected(let reason):
      // A datagram behind the good answer must not hide what became of that.
      if isBusy || outcome == nil { outcome = .answerRejected(server: server, reason) }
    case .timedOut:
      outcome = .timedOut(server: server)
      failed(now)
    }
  }

  private mutating func take(_ sample: TimeSample, _ now: Instant) {
    do throws(SampleRejection) {
      try clock.accept(sample, now: now)
    } catch {
      outcome = .sampleRefused(server: server, error)
      return failed(now)
    }
    outcome = .synchronized(server: server, uncertainty: sample.uncertainty)
    level = 0
    // One eighth of spread keeps a fleet that started together from asking together for ever.
    let spread = Interval(milliseconds: pollInterval.milliseconds / 8).drawn(by: jitter)
    pollAt = now + (pollInterval - spread)
    quietUntil = now + pause
  }

  private mutating func obey(_ kiss: KissOfDeath, _ now: Instant) {
    outcome = .kissOfDeath(server: server, kiss)
    switch kiss {
    case .deny, .restrict:
      refusals |= bit(server)
    case .rate:
      level = max(level, Limits.rateLevel)
      pollInterval = pollInterval.doubled(1, upTo: Limits.pollLongest)
    case .other:
      break
    }
    failed(now)
  }

  /// Turns to the next server, after a pause between half of the present length and all of it.
  private mutating func failed(_ now: Instant) {
    let longest = pause
    let half = Interval(milliseconds: longest.milliseconds / 2)
    quietUntil = now + half + half.drawn(by: jitter)
    if longest < Limits.retryLongest { level += 1 }
    advanceServer()
  }

  private var pause: Interval { Limits.retryFirst.doubled(level, upTo: Limits.retryLongest) }

  private mutating func advanceServer() { server = (server + 1) % serverCount }

  private func isRefused(_ server: Int) -> Bool { refusals & bit(server) != 0 }

  private func bit(_ server: Int) -> UInt8 { 1 &<< UInt8(truncatingIfNeeded: server) }
}
