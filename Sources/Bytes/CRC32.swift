/// The CRC-32 of IEEE 802.3, as zlib and PNG compute it: reflected, polynomial 0xEDB88320.
///
/// It finds every error of up to 32 bits in a row, and others but for one in four thousand million.
/// It is no protection against somebody who changes bytes on purpose.
///
/// Bit by bit, without a table: some 40 instructions a byte are nothing beside the one pass over an
/// image at start-up, and a table would take up to a kilobyte of flash.
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
  public mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices { add(bytes[index]) }
  }

  /// Adds one byte behind those added before.
  public mutating func add(_ byte: UInt8) {
    register ^= UInt32(truncatingIfNeeded: byte)
    for _ in 0..<8 {
      // All ones where the bit that leaves is one, so that no branch depends on the bytes.
      let mask = 0 &- (register & 1)
      register = register &>> 1 ^ 0xEDB8_8320 & mask
    }
  }
}
