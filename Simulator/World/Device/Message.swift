/// What a message of a simulated device says, in its first bytes: who sent it, which one it is, and
/// when it was accepted.
struct Message {
  /// Which of the device's messages it is, from 1 on.
  let sequence: UInt32
  /// When the core accepted it.
  let acceptedAt: UInt64

  /// The bytes of all that.
  static let headerCount = 16

  /// Writes a message of device `device` to `payload`, whose other bytes stay as they are.
  @inline(__always)
  func write(device: UInt32, to payload: UnsafeMutableRawPointer) {
    payload.storeBytes(of: device.littleEndian, as: UInt32.self)
    payload.storeBytes(of: sequence.littleEndian, toByteOffset: 4, as: UInt32.self)
    let check = Self.check(device, sequence, acceptedAt)
    let word = acceptedAt & 0xFFFF_FFFF_FFFF | UInt64(check) << 48
    payload.storeBytes(of: word.littleEndian, toByteOffset: 8, as: UInt64.self)
  }

  /// Reads a message of device `device`; nil if it is none.
  @inline(__always)
  init?(device: UInt32, _ payload: UnsafeRawBufferPointer) {
    guard payload.count >= Self.headerCount else { return nil }
    let sender = UInt32(littleEndian: payload.loadUnaligned(as: UInt32.self))
    sequence = UInt32(littleEndian: payload.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
    let word = UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    acceptedAt = word & 0xFFFF_FFFF_FFFF
    guard sender == device, UInt16(word >> 48) == Self.check(device, sequence, acceptedAt) else {
      return nil
    }
  }

  init(sequence: UInt32, acceptedAt: UInt64) {
    self.sequence = sequence
    self.acceptedAt = acceptedAt
  }

  /// Tells a message from bytes that were damaged.
  @inline(__always)
  private static func check(_ device: UInt32, _ sequence: UInt32, _ moment: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: Draw.mix(UInt64(device) << 32 | UInt64(sequence), moment) >> 40)
  }
}
