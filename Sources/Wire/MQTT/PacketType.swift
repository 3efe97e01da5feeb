extension MQTT {
  /// The type of a packet (section 2.2.1); 0 and 15 are reserved.
  public enum PacketType: UInt8, Sendable {
    /// Client to server: open a session.
    case connect = 1
    /// Server to client: the answer to CONNECT.
    case connack = 2
    /// Either way: a message.
    case publish = 3
    /// Either way: a QoS 1 message was received.
    case puback = 4
    /// Either way: a QoS 2 message was received.
    case pubrec = 5
    /// Either way: a QoS 2 message may be released.
    case pubrel = 6
    /// Either way: a QoS 2 message was released.
    case pubcomp = 7
    /// Client to server: send messages that match these filters.
    case subscribe = 8
    /// Server to client: the answer to SUBSCRIBE.
    case suback = 9
    /// Client to server: stop sending messages that match these filters.
    case unsubscribe = 10
    /// Server to client: the answer to UNSUBSCRIBE.
    case unsuback = 11
    /// Client to server: are you there?
    case pingreq = 12
    /// Server to client: the answer to PINGREQ.
    case pingresp = 13
    /// Client to server: the connection ends in good order.
    case disconnect = 14

    /// True if the fixed header of this type may carry `flags` (section 2.2.2).
    func allows(flags: UInt8) -> Bool {
      switch self {
      case .publish:
        // QoS 3 does not exist, and a QoS 0 message is never a duplicate (section 3.3.1).
        flags & 0b0110 != 0b0110 && flags & 0b1110 != 0b1000
      case .pubrel, .subscribe, .unsubscribe:
        flags == 0b0010
      case .connect, .connack, .puback, .pubrec, .pubcomp, .suback, .unsuback, .pingreq, .pingresp,
        .disconnect:
        flags == 0
      }
    }
  }
}
