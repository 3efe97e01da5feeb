extension MQTT {
  /// Why bytes are not a packet, upon which the connection must be closed (section 4.8).
  public enum Malformed: Error, Equatable, Sendable {
    /// A field reaches past the end of the packet.
    case truncated
    /// Bytes follow the last field.
    case trailingBytes
    /// The packet type is one of the reserved ones, 0 and 15.
    case packetType
    /// The flags of the fixed header are not those of the packet type (section 2.2.2).
    case flags
    /// The remaining length needs more than four bytes (section 2.2.3).
    case remainingLength
    /// Text is not UTF-8, or contains U+0000 (section 1.5.3).
    case text
    /// A topic name is empty or contains a wildcard (section 4.7).
    case topicName
    /// A topic filter is empty or has a wildcard in the wrong place (section 4.7.1).
    case topicFilter
    /// A packet identifier is zero (section 2.3.1).
    case packetID
    /// A quality of service is 3, or bits beside it are set.
    case quality
    /// The protocol of a CONNECT is not "MQTT".
    case protocolName
    /// A CONNECT is of another version: answer with `unacceptableProtocolVersion`.
    case protocolLevel(UInt8)
    /// The flags of a CONNECT or CONNACK contradict each other, or a reserved one is set.
    case connectFlags
    /// A return code is one of the reserved ones.
    case returnCode
    /// A list that must have an entry has none.
    case empty
  }
}
