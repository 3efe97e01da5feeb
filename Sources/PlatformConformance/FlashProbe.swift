import Bytes
import Platform

/// One block of a flash region under check, and the pattern that is programmed to its front.
struct FlashProbe {
  private let start: Int
  private let geometry: FlashGeometry
  private let seed: UInt8
  private let block: Int
  /// The length of the pattern: as many units as 64 bytes or the block hold.
  private let length: Int

  /// Probes the block with index `block`; `seed` tells its pattern from those of others.
  init(_ geometry: FlashGeometry, block: Int, seed: UInt8) {
    self.geometry = geometry
    self.block = block
    self.seed = seed
    start = block * geometry.blockSize
    length = min(64, geometry.blockSize)
  }

  func erase<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    do {
      try platform.erase(block: block)
      return true
    } catch {
      return false
    }
  }

  func programFront<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    program(&platform, at: 0, count: length)
  }

  func holdsFront<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    holdsPattern(&platform, at: 0, count: length)
  }

  /// Reads the pattern in pieces that no unit is a multiple of.
  func holdsPieces<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    var offset = 0
    while offset < length {
      let count = min(offset % 3 + 1, length - offset)
      guard holdsPattern(&platform, at: offset, count: count) else { return false }
      offset += count
    }
    return true
  }

  func isErased<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    isErased(&platform, from: 0, to: geometry.blockSize)
  }

  func restIsErased<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    isErased(&platform, from: length, to: geometry.blockSize)
  }

  /// Programs the last unit of the erased block and reads the whole block.
  func programsLastUnit<Target: FlashRegion & ~Copyable>(_ platform: inout Target) -> Bool {
    let offset = geometry.blockSize - geometry.programUnit
    return program(&platform, at: offset, count: geometry.programUnit)
      && holdsPattern(&platform, at: offset, count: geometry.programUnit)
      && isErased(&platform, from: 0, to: offset)
  }

  /// Never 0xFF, as erased bytes are, nor zero, as the space is that the bytes are read into.
  private func pattern(_ offset: Int) -> UInt8 {
    (seed &+ UInt8(truncatingIfNeeded: offset) &* 6) & 0x7E | 1
  }

  private func program<Target: FlashRegion & ~Copyable>(
    _ platform: inout Target, at offset: Int, count: Int
  ) -> Bool {
    var bytes = [64 of UInt8](repeating: 0)
    for index in 0..<count { bytes[index] = pattern(offset + index) }
    do {
      try platform.program(bytes.span.extracting(first: count), at: start + offset)
      return true
    } catch {
      return false
    }
  }

  private func holdsPattern<Target: FlashRegion & ~Copyable>(
    _ platform: inout Target, at offset: Int, count: Int
  ) -> Bool {
    guard let bytes = read(&platform, at: offset, count: count) else { return false }
    let span = bytes.span
    for index in 0..<count where span[64 - count + index] != pattern(offset + index) {
      return false
    }
    return true
  }

  private func isErased<Target: FlashRegion & ~Copyable>(
    _ platform: inout Target, from lower: Int, to upper: Int
  ) -> Bool {
    var offset = lower
    while offset < upper {
      let count = min(64, upper - offset)
      guard let bytes = read(&platform, at: offset, count: count) else { return false }
      let span = bytes.span
      for index in 0..<count where span[64 - count + index] != 0xFF { return false }
      offset += count
    }
    return true
  }

  /// Reads up to 64 bytes of the block to the end of the result.
  private func read<Target: FlashRegion & ~Copyable>(
    _ platform: inout Target, at offset: Int, count: Int
  ) -> FixedBytes<64>? {
    var bytes = FixedBytes<64>()
    bytes.commit(64 - count)
    do {
      var space = bytes.freeSpace
      try platform.read(at: start + offset, into: &space)
    } catch {
      return nil
    }
    bytes.commit(count)
    return bytes
  }
}
