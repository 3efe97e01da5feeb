/// The TCP connection of one device.
struct Link: ~Copyable {
  enum State: UInt8 {
    case closed
    case opening
    case open
  }

  var state = State.closed
  /// Who answers is not the cloud.
  var isPortal = false
  /// When the connection is open, and when it is known that nobody listens.
  var opensAt = UInt64.max
  var refusedAt = UInt64.max
  /// When the last byte written arrives; `max` if it never does.
  var outboundArrival: UInt64 = 0
  /// When all that was written is known to have arrived.
  var unsettledUntil: UInt64 = 0
  var bytesInFlight = 0
  /// When there is room again; `max` while nobody waits for it.
  var writableAt = UInt64.max
  /// When the device's own stack gives the connection up.
  var breaksAt = UInt64.max
  /// The cloud has no such connection any more, and says so to whatever it gets.
  var isForgotten = false
  /// What is under way to the device.
  var incoming = SegmentQueue()

  /// When the connection moves next, after `moment`: what has moved before was noticed or is of no
  /// interest.
  @inline(__always)
  func movesAt(after moment: UInt64) -> UInt64 {
    switch state {
    case .closed: return .max
    case .opening: return Self.later(min(opensAt, refusedAt), moment)
    case .open:
      let arrival =
        incoming.firstArrival > moment
        ? incoming.firstArrival : incoming.firstArrival(after: moment)
      return min(arrival, min(Self.later(writableAt, moment), Self.later(breaksAt, moment)))
    }
  }

  @inline(__always)
  private static func later(_ event: UInt64, _ moment: UInt64) -> UInt64 {
    event > moment ? event : .max
  }

  mutating func close() {
    state = .closed
    isPortal = false
    opensAt = .max
    refusedAt = .max
    outboundArrival = 0
    unsettledUntil = 0
    bytesInFlight = 0
    writableAt = .max
    breaksAt = .max
    isForgotten = false
    incoming.removeAll()
  }
}
