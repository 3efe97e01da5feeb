import Device
public import Units

/// What a fleet, or a part of it, has done so far; tallies add up.
public struct FleetTally: Sendable {
  /// The number of devices.
  public var devices = 0
  /// Devices by the phase that they are in, at the place of the phase's raw value.
  public var phases: [12 of Int] = .init(repeating: 0)
  /// Devices that are connected now.
  public var online = 0
  /// Devices that were connected at least once.
  public var everOnline = 0
  /// When the last of these was connected for the first time; nil where there is none.
  public var lastArrival: Instant?
  /// Devices that have stopped.
  public var halted = 0
  /// Messages that the core accepted.
  public var accepted = 0
  /// Messages that the cloud acknowledged, or QoS 0 messages sent.
  public var acknowledged = 0
  /// Messages that the core refused, because its memory was full or, with QoS 0, it was offline.
  public var notAccepted = 0
  /// Messages received from the cloud.
  public var received = 0
  /// Devices that received their configuration.
  public var configured = 0
  /// Connections ended for a new token.
  public var refreshes = 0
  /// Devices that renewed their token at least once.
  public var refreshed = 0
  /// Tokens signed.
  public var tokensSigned = 0
  /// Tokens refused.
  public var tokensRefused = 0
  /// Connections after a full handshake.
  public var connectsFull = 0
  /// Connections after a resumed handshake.
  public var connectsResumed = 0
  /// Failed attempts and broken connections.
  public var connectsFailed = 0
  /// Devices that failed to connect twice, or asked every time server in vain and one again.
  public var hopeless = 0
  /// Answers of time servers that were of no use.
  public var timeRejections = 0
  /// Devices that trust their clock.
  public var synchronized = 0
  /// Bytes written to TCP sockets.
  public var bytesSent = 0
  /// Bytes read from TCP sockets.
  public var bytesReceived = 0
  /// How often each reason ended an attempt or a connection, planned ends aside.
  public var failures: [String: Int] = [:]
  /// What else went wrong, without harm to the connection, and how often.
  public var mishaps: [String: Int] = [:]

  /// Creates an empty tally.
  public init() {}

  /// Adds the counts of `other`.
  public mutating func add(_ other: FleetTally) {
    devices += other.devices
    for index in phases.indices { phases[index] += other.phases[index] }
    online += other.online
    everOnline += other.everOnline
    if let arrival = other.lastArrival { lastArrival = max(lastArrival ?? arrival, arrival) }
    halted += other.halted
    accepted += other.accepted
    acknowledged += other.acknowledged
    notAccepted += other.notAccepted
    received += other.received
    configured += other.configured
    refreshes += other.refreshes
    refreshed += other.refreshed
    tokensSigned += other.tokensSigned
    tokensRefused += other.tokensRefused
    connectsFull += other.connectsFull
    connectsResumed += other.connectsResumed
    connectsFailed += other.connectsFailed
    hopeless += other.hopeless
    timeRejections += other.timeRejections
    synchronized += other.synchronized
    bytesSent += other.bytesSent
    bytesReceived += other.bytesReceived
    failures.merge(other.failures, uniquingKeysWith: +)
    mishaps.merge(other.mishaps, uniquingKeysWith: +)
  }

  /// The reason that ended most attempts, with the number of times.
  public var commonestFailure: (reason: String, count: Int)? {
    failures.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }
}
