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

  /// When the device has to look at the connection.
  @inline(__always)
  var wakeAt: UInt64 {
    switch state {
    case .closed: .max
    case .opening: min(opensAt, refusedAt)
    case .open: min(incoming.firstArrival, min(writableAt, breaksAt))
    }
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
