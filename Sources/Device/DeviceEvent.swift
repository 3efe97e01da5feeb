import Bytes
public import Units
public import Wire

/// Something the application may want to know; it borrows the engine until the next call.
public enum DeviceEvent: ~Escapable {
  /// Nothing more has happened.
  case none
  /// The clock may be trusted, to this uncertainty.
  case synchronized(uncertainty: Interval)
  /// A time server did not give a usable answer; others are tried.
  case timeRejected
  /// A token was made.
  case tokenSigned
  /// The cloud accepted the device; `sessionPresent` tells whether it remembered the session.
  case online(sessionPresent: Bool)
  /// There is no connection any more, or the attempt failed.
  case offline(OfflineReason)
  /// The cloud has acknowledged this message: it is safe there.
  case acknowledged(MQTT.PacketID)
  /// An accepted message was given up.
  case dropped(MQTT.PacketID, DropReason)
  /// A message came from the cloud; it is acknowledged when the next event is asked for.
  case message(MessageKind, topic: Span<UInt8>, payload: Span<UInt8>)
  /// A message from the cloud was longer than the inbox and has been dropped, as this many bytes.
  case oversized(Int)
  /// The cloud refused a subscription.
  case subscriptionRefused
}

/// Which of the profile's topics a message came on.
public enum MessageKind: Sendable {
  /// The device's configuration.
  case config
  /// A command.
  case command
  /// Anything else.
  case other
}
