public import Bytes

extension MQTT {
  /// What every packet begins with: a type, four flags and the length of the rest (section 2.2).
  public struct FixedHeader: Equatable, Sendable {
    /// The type of the packet.
    public let type: PacketType
    /// The four flags, which are those that the type allows.
    public let flags: UInt8
    /// The number of bytes that follow the fixed header, up to `remainingLengthMaximum`.
    public let remainingLength: Int
    /// The number of bytes of the fixed header itself, 2 to 5.
    ///
    /// More than needed where the peer filled the length up, which version 3.1.1 does not forbid.
    public let byteCount: Int

    /// The largest length that four bytes of seven bits can tell.
    public static let remainingLengthMaximum = 268_435_455

    /// The number of bytes of the longest fixed header.
    public static let byteCountMaximum = 5

    /// The number of bytes of the whole packet.
    public var packetByteCount: Int { byteCount + remainingLength }

    /// Creates the shortest header for a packet; it traps where the type does not allow the flags.
    public init(type: PacketType, flags: UInt8, remainingLength: Int) {
      precondition(type.allows(flags: flags))
      precondition(remainingLength >= 0 && remainingLength <= Self.remainingLengthMaximum)
      var byteCount = 2
      var rest = remainingLength &>> 7
      while rest > 0 {
        byteCount += 1
        rest &>>= 7
      }
      self.init(
        type: type, flags: flags, remainingLength: remainingLength, byteCount: byteCount)
    }

    private init(type: PacketType, flags: UInt8, remainingLength: Int, byteCount: Int) {
      self.type = type
      self.flags = flags
      self.remainingLength = remainingLength
      self.byteCount = byteCount
    }

    /// What the first bytes of a packet say.
    public enum Reading: Equatable, Sendable {
      /// More bytes are needed to tell.
      case incomplete
      /// These bytes begin no packet, whatever follows.
      case malformed(Malformed)
      /// A packet with this header begins here.
      case header(FixedHeader)
    }

    /// Reads the header at the front of `bytes`, which may hold any part of a packet, or none.
    ///
    /// A header that cannot become right is reported as soon as its first byte shows it.
    public static func parse(_ bytes: Span<UInt8>) -> Reading {
      guard !bytes.isEmpty else { return .incomplete }
      guard let type = PacketType(rawValue: bytes[0] &>> 4) else { return .malformed(.packetType) }
      let flags = bytes[0] & 0x0F
      guard type.allows(flags: flags) else { return .malformed(.flags) }
      var remainingLength = 0
      for index in 1..<byteCountMaximum {
        guard index < bytes.count else { return .incomplete }
        // Four times seven bits cannot overflow an Int of 32 bits.
        remainingLength |= Int(bytes[index] & 0x7F) &<< (7 * (index - 1))
        guard bytes[index] & 0x80 != 0 else {
          return .header(
            FixedHeader(
              type: type, flags: flags, remainingLength: remainingLength, byteCount: index + 1))
        }
      }
      return .malformed(.remainingLength)
    }

    /// Writes the header in its shortest form, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      guard byteCount <= writer.freeCapacity else { throw Overflow() }
      try writer.write(type.rawValue &<< 4 | flags)
      var rest = remainingLength
      repeat {
        let digit = UInt8(truncatingIfNeeded: rest & 0x7F)
        rest &>>= 7
        try writer.write(rest > 0 ? digit | 0x80 : digit)
      } while rest > 0
    }

    /// Writes the header if there is room for all of the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    func emitForWholePacket(to writer: inout ByteWriter) throws(Overflow) {
      guard packetByteCount <= writer.freeCapacity else { throw Overflow() }
      try emit(to: &writer)
    }
  }
}
