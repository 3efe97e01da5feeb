/// The CRC-32 of IEEE 802.3, as zlib and PNG compute it: reflected, polynomial 0xEDB88320.
///
/// It finds every error of up to 32 bits in a row, and others but for one in four thousand million.
/// It is no protection against somebody who changes bytes on purpose.
///
/// Four bits at a time: a table of 64 bytes, and half the time that single bits would take.
public struct CRC32: Sendable {
  private var register: UInt32 = 0xFFFF_FFFF

  /// Starts with no byte.
  public init() {}

  /// The checksum of one piece of memory.
  public init(of bytes: Span<UInt8>) {
    add(bytes)
  }

  /// The checksum of all bytes added so far; zero for none.
  public var value: UInt32 { ~register }

  /// Adds bytes behind those added before.
  @inline(never)
  public mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices { add(bytes[index]) }
  }

  /// Adds one byte behind those added before.
  public mutating func add(_ byte: UInt8) {
    register ^= UInt32(truncatingIfNeeded: byte)
    register = register &>> 4 ^ checksumsOfFourBits[Int(truncatingIfNeeded: register & 0xF)]
    register = register &>> 4 ^ checksumsOfFourBits[Int(truncatingIfNeeded: register & 0xF)]
  }
}

/// What the register becomes by four bits that leave it.
private let checksumsOfFourBits: [16 of UInt32] = [
  0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158,
  0x5005_713C, 0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4,
  0xA00A_E278, 0xBDBD_F21C,
]
