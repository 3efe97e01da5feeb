public import Bytes

/// The header of an NTP packet, which is all that SNTP needs (RFC 5905 section 7.3, RFC 4330).
///
/// Parsing judges nothing but the length: every combination of values is kept, so that whoever
/// receives it can say what is wrong with it.
public struct SNTPPacket: Equatable, Sendable {
  /// Whether the last minute of the day has a leap second, or the server no time at all.
  public enum LeapIndicator: UInt8, Sendable {
    /// The day is an ordinary one.
    case none
    /// The last minute has 61 seconds.
    case insertion
    /// The last minute has 59 seconds.
    case deletion
    /// The sender's clock is not synchronized.
    case unsynchronized
  }

  /// The role in which a packet is sent.
  public enum Mode: UInt8, Sendable {
    /// Not a mode.
    case reserved
    /// One of two peers, by configuration.
    case symmetricActive
    /// One of two peers, on demand.
    case symmetricPassive
    /// A question.
    case client
    /// An answer.
    case server
    /// An answer nobody asked for.
    case broadcast
    /// A control message.
    case control
    /// For private use.
    case privateUse
  }

  /// The number of bytes of a header.
  public static let byteCount = 48

  /// The leap warning.
  public var leapIndicator = LeapIndicator.none
  /// The protocol version, 0 to 7; RFC 5905 is version 4.
  public var version: UInt8 = 4
  /// The sender's role.
  public var mode: Mode
  /// The distance to a reference clock; zero makes the packet a kiss-o'-death.
  public var stratum: UInt8 = 0
  /// The longest time between packets, as a power of two of seconds.
  public var poll: Int8 = 0
  /// The precision of the sender's clock, as a power of two of seconds.
  public var precision: Int8 = 0
  /// The round trip to the reference clock.
  public var rootDelay = NTPShort.zero
  /// The error that has built up on the way from the reference clock.
  public var rootDispersion = NTPShort.zero
  /// Which reference clock is used; the code of a kiss-o'-death.
  public var referenceIdentifier: UInt32 = 0
  /// When the sender's clock was last set.
  public var reference = NTPTimestamp.zero
  /// In an answer the question's `transmit`, bit for bit.
  public var originate = NTPTimestamp.zero
  /// When the question arrived, by the server's clock.
  public var receive = NTPTimestamp.zero
  /// When the packet left, by its sender's clock; in a question any value at all.
  public var transmit = NTPTimestamp.zero

  private init(mode: Mode) { self.mode = mode }

  /// A question that tells nothing about its sender; `transmit` should be random.
  ///
  /// Every other field is zero, because a real date or precision would only help to recognize or to
  /// deceive the device.
  public static func request(transmit: NTPTimestamp) -> SNTPPacket {
    var packet = SNTPPacket(mode: .client)
    packet.transmit = transmit
    return packet
  }

  /// A server's answer to `request`, which came at `receive` and is answered at `transmit`.
  public static func answer(
    to request: SNTPPacket, stratum: UInt8, receive: NTPTimestamp, transmit: NTPTimestamp
  ) -> SNTPPacket {
    var packet = SNTPPacket(mode: .server)
    packet.version = request.version
    packet.stratum = stratum
    packet.poll = request.poll
    packet.originate = request.transmit
    packet.receive = receive
    packet.transmit = transmit
    return packet
  }

  /// A server's refusal to answer `request`.
  public static func kissOfDeath(_ kiss: KissOfDeath, to request: SNTPPacket) -> SNTPPacket {
    var packet = answer(to: request, stratum: 0, receive: .zero, transmit: .zero)
    packet.leapIndicator = .unsynchronized
    packet.referenceIdentifier = kiss.code
    return packet
  }

  /// Reads the header at the front of `datagram`; extension fields behind it are left alone.
  public static func parse(_ datagram: Span<UInt8>) throws(Truncated) -> SNTPPacket {
    var reader = ByteReader(datagram)
    let first = try reader.byte()
    guard let mode = Mode(rawValue: first & 7),
      let leapIndicator = LeapIndicator(rawValue: first &>> 6)
    else { preconditionFailure("three and two bits have no other values") }
    var packet = SNTPPacket(mode: mode)
    packet.leapIndicator = leapIndicator
    packet.version = first &>> 3 & 7
    packet.stratum = try reader.byte()
    packet.poll = Int8(bitPattern: try reader.byte())
    packet.precision = Int8(bitPattern: try reader.byte())
    packet.rootDelay = NTPShort(bits: try reader.uint32())
    packet.rootDispersion = NTPShort(bits: try reader.uint32())
    packet.referenceIdentifier = try reader.uint32()
    packet.reference = NTPTimestamp(bits: try reader.uint64())
    packet.originate = NTPTimestamp(bits: try reader.uint64())
    packet.receive = NTPTimestamp(bits: try reader.uint64())
    packet.transmit = NTPTimestamp(bits: try reader.uint64())
    return packet
  }

  /// Writes the header.
  @_lifetime(writer: copy writer)
  public func emit(to writer: inout ByteWriter) throws(Overflow) {
    guard writer.freeCapacity >= Self.byteCount else { throw Overflow() }
    precondition(version <= 7)
    try writer.write(leapIndicator.rawValue &<< 6 | version &<< 3 | mode.rawValue)
    try writer.write(stratum)
    try writer.write(UInt8(bitPattern: poll))
    try writer.write(UInt8(bitPattern: precision))
    try writer.write(bigEndian: rootDelay.bits)
    try writer.write(bigEndian: rootDispersion.bits)
    try writer.write(bigEndian: referenceIdentifier)
    try writer.write(bigEndian: reference.bits)
    try writer.write(bigEndian: originate.bits)
    try writer.write(bigEndian: receive.bits)
    try writer.write(bigEndian: transmit.bits)
  }
}
