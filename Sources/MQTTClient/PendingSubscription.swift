import Units
import Wire

/// A SUBSCRIBE or UNSUBSCRIBE that was queued and not yet answered.
struct PendingSubscription {
  /// What was asked for.
  enum Request: Equatable {
    /// Messages with at most this quality of service.
    case subscribe(MQTT.QualityOfService)
    /// No more messages.
    case unsubscribe
  }

  var request = Request.subscribe(.atMostOnce)
  /// The packet identifier; zero in unused places.
  var packetNumber: UInt16 = 0
  /// Where the packet ends in the control outbox's stream.
  var endPosition: UInt64 = 0
  /// True once all of it was sent.
  var isSent = false
  /// When that was.
  var sentAt = Instant(milliseconds: 0)

  /// The content of unused places: all zeros.
  init() {}

  init(request: Request, packetID: MQTT.PacketID, endPosition: UInt64) {
    self.request = request
    self.packetNumber = packetID.rawValue
    self.endPosition = endPosition
  }
}
