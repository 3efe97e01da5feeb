import Jitter
import Platform
import Scenarios

/// The flash region of a device: NOR flash that wears out, rots, and is hit by power cuts.
struct ModelFlash: ~Copyable {
  let geometry: FlashGeometry
  /// False for a device without flash.
  let isPresent: Bool
  private let endurance: UInt32
  /// The bytes, once something was programmed; before that all are erased.
  private var bytes: UnsafeMutablePointer<UInt8>?
  /// How often each block was erased, and whether it no longer erases.
  private var wear: UnsafeMutablePointer<Block>
  var random: SplitMix64

  private(set) var bytesProgrammed: UInt64 = 0
  private(set) var blocksErased: UInt64 = 0
  /// The operations after which the power fails, from the present one on; nil while it does not.
  var operationsLeft: UInt64?
  /// Faults have changed what was programmed, or kept it from being programmed.
  private(set) var isHarmed = false

  private struct Block {
    var erasures: UInt32 = 0
    var isBad = false
  }

  /// How far an operation came.
  enum Outcome {
    case done
    /// The power failed in the middle of it.
    case cut
    /// It breaks the rules of flash.
    case violation(String)
  }

  init(_ model: FlashModel, random: SplitMix64) {
    isPresent = model.blockCount > 1
    geometry = FlashGeometry(
      programUnit: model.programUnit, blockSize: model.blockBytes,
      blockCount: max(2, model.blockCount))
    endurance = UInt32(clamping: max(1, model.endurance))
    self.random = random
    wear = .allocate(capacity: geometry.blockCount)
    wear.initialize(repeating: Block(), count: geometry.blockCount)
  }

  deinit {
    bytes?.deallocate()
    wear.deallocate()
  }

  /// The most erasures of one block.
  var mostErasures: UInt64 {
    var most: UInt32 = 0
    for block in 0..<geometry.blockCount { most = max(most, wear[block].erasures) }
    return UInt64(most)
  }

  @inline(__always)
  func read(at offset: Int, into space: UnsafeMutableRawBufferPointer) {
    guard let target = space.baseAddress else { return }
    guard let bytes else {
      target.initializeMemory(as: UInt8.self, repeating: 0xFF, count: space.count)
      return
    }
    target.copyMemory(from: bytes + offset, byteCount: space.count)
  }

  mutating func program(_ source: UnsafeRawBufferPointer, at offset: Int) -> Outcome {
    let unit = geometry.programUnit
    guard offset >= 0, offset % unit == 0, source.count % unit == 0,
      offset + source.count <= geometry.byteCount,
      source.isEmpty
        || offset / geometry.blockSize
          == (offset + source.count - 1) / geometry.blockSize
    else { return .violation("programs \(source.count) bytes at \(offset)") }
    let target = memory() + offset
    var count = source.count
    var isCut = false
    if takesLastOperation() {
      count = Int(random.below(UInt64(source.count / unit))) * unit
      isCut = true
    }
    bytesProgrammed += UInt64(count)
    for index in 0..<count { target[index] &= source[index] }
    if isCut {
      // Any of the bits of the unit at hand may have got there.
      for index in count..<count + unit {
        target[index] &= source[index] | UInt8(truncatingIfNeeded: random.next())
      }
      return .cut
    }
    return .done
  }

  mutating func erase(block: Int) -> Outcome {
    guard block >= 0, block < geometry.blockCount else {
      return .violation("erases block \(block)")
    }
    let target = memory() + block * geometry.blockSize
    blocksErased += 1
    wear[block].erasures += 1
    if wear[block].erasures > endurance, !wear[block].isBad, random.happens(0.02) {
      wear[block].isBad = true
    }
    if takesLastOperation() {
      for index in 0..<geometry.blockSize where random.next() & 3 == 0 {
        target[index] |= UInt8(truncatingIfNeeded: random.next())
      }
      return .cut
    }
    guard !wear[block].isBad else { return .done }
    target.update(repeating: 0xFF, count: geometry.blockSize)
    return .done
  }

  // MARK: Faults

  /// Flips bits that were programmed or not.
  mutating func rot(bits: Int) {
    guard isPresent, bytes != nil else { return }
    isHarmed = true
    for _ in 0..<bits {
      let place = Int(random.below(UInt64(geometry.byteCount)))
      memory()[place] ^= 1 << UInt8(random.below(8))
    }
  }

  /// Everything is as if it had never been programmed.
  mutating func forget() { memory().update(repeating: 0xFF, count: geometry.byteCount) }

  /// A block no longer erases: all but two of them at most.
  mutating func spoilBlock() {
    var good = 0
    for block in 0..<geometry.blockCount where !wear[block].isBad { good += 1 }
    guard isPresent, good > 2 else { return }
    wear[Int(random.below(UInt64(geometry.blockCount)))].isBad = true
  }

  /// All blocks have been erased so often already.
  mutating func age(share: Double) {
    for block in 0..<geometry.blockCount {
      wear[block].erasures = max(wear[block].erasures, UInt32(Double(endurance) * share))
    }
  }

  /// True if blocks have come to their end.
  var isWorn: Bool {
    for block in 0..<geometry.blockCount where wear[block].isBad { return true }
    return false
  }

  private mutating func takesLastOperation() -> Bool {
    guard let left = operationsLeft else { return false }
    operationsLeft = left > 0 ? left - 1 : nil
    return left == 0
  }

  private mutating func memory() -> UnsafeMutablePointer<UInt8> {
    if let bytes { return bytes }
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: geometry.byteCount)
    fresh.initialize(repeating: 0xFF, count: geometry.byteCount)
    bytes = fresh
    return fresh
  }
}
