import Platform
import Scenarios

/// The flash of a virtual device: it wears out, rots, and may lose its power in the middle of a unit.
///
/// A block takes memory once it has been programmed.
struct VirtualFlash: ~Copyable {
  let flashGeometry: FlashGeometry
  private let endurance: UInt32
  /// Nil for a block that reads as erased.
  private var blocks: [UnsafeMutablePointer<UInt8>?]
  private var erasures: [UInt32]
  private var isBad: [Bool]
  /// Bits have flipped, maybe where nothing was programmed yet.
  private var hasRotted = false
  private var stream: Stream
  /// After how many steps more the power fails; nil for never.
  var stepsUntilCut: Int?
  /// The power is gone, until `restart`.
  private(set) var isWithoutPower = false
  private(set) var bytesProgrammed: UInt64 = 0
  private(set) var blocksErased: UInt64 = 0

  struct Failure: PlatformFailure {
    var kind: PlatformFailureKind { .hardware }
  }

  init(_ model: FlashModel, stream: Stream) {
    flashGeometry = FlashGeometry(
      programUnit: model.programUnit, blockSize: model.blockBytes,
      blockCount: max(2, model.blockCount))
    endurance = UInt32(clamping: model.endurance)
    let count = flashGeometry.blockCount
    blocks = Array(repeating: nil, count: count)
    erasures = Array(repeating: 0, count: count)
    isBad = Array(repeating: false, count: count)
    self.stream = stream
  }

  deinit { for block in blocks { block?.deallocate() } }

  /// The most erasures of one block.
  var mostErasures: UInt64 { UInt64(erasures.max() ?? 0) }

  mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(Failure) {
    if isWithoutPower { throw Failure() }
    let size = flashGeometry.blockSize
    let first = offset % size
    guard first + space.count <= size, let cells = blocks[offset / size] else {
      for index in space.indices {
        let place = offset + index
        space[index] = blocks[place / size]?[place % size] ?? 0xFF
      }
      return
    }
    space.withUnsafeMutableBufferPointer { target in
      target.baseAddress?.update(from: cells + first, count: target.count)
    }
  }

  mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(Failure) {
    if isWithoutPower { throw Failure() }
    let size = flashGeometry.blockSize
    let unit = flashGeometry.programUnit
    precondition(
      offset % unit == 0 && bytes.count % unit == 0
        && offset / size == (offset + bytes.count - 1) / size)
    let block = offset / size
    let cells = cells(of: block)
    bytesProgrammed += UInt64(bytes.count)
    let isWorn = erasures[block] > endurance
    var start = 0
    while start < bytes.count {
      let isTorn = step()
      let keepsNothing = isWorn && stream.happens(0.1)
      for index in start..<start + unit {
        let place = offset % size + index
        precondition(cells[place] == 0xFF || isWorn || isBad[block] || hasRotted, "programmed twice")
        let kept = isTorn ? UInt8(truncatingIfNeeded: stream.next()) : 0
        if !keepsNothing { cells[place] &= bytes[index] | kept }
      }
      if isTorn { throw Failure() }
      start += unit
    }
  }

  mutating func erase(block: Int) throws(Failure) {
    if isWithoutPower { throw Failure() }
    let isTorn = step()
    erasures[block] += 1
    blocksErased += 1
    if let cells = blocks[block], !isBad[block] {
      for index in 0..<flashGeometry.blockSize {
        cells[index] |= isTorn ? UInt8(truncatingIfNeeded: stream.next()) : 0xFF
      }
    }
    if isTorn { throw Failure() }
  }

  /// The power comes back.
  mutating func restart() {
    isWithoutPower = false
    stepsUntilCut = nil
  }

  mutating func cutPower() { isWithoutPower = true }

  /// Flips bits somewhere in what was programmed.
  mutating func rot(bits: Int) {
    hasRotted = true
    for _ in 0..<bits {
      let place = Int(stream.draw(0...UInt64(flashGeometry.byteCount - 1)))
      let bit = UInt8(1) << UInt8(stream.draw(0...7))
      blocks[place / flashGeometry.blockSize]?[place % flashGeometry.blockSize] ^= bit
    }
  }

  /// From now on a block does not erase any more.
  mutating func spoilBlock() {
    let block = Int(stream.draw(0...UInt64(blocks.count - 1)))
    _ = cells(of: block)
    isBad[block] = true
  }

  /// All blocks have a share of their endurance behind them.
  mutating func wear(share: Double) {
    for block in erasures.indices {
      erasures[block] = max(erasures[block], UInt32(Double(endurance) * min(2, share)))
    }
  }

  /// Counts a step; true for the one in the middle of which the power fails.
  private mutating func step() -> Bool {
    guard let left = stepsUntilCut else { return false }
    stepsUntilCut = left - 1
    guard left <= 0 else { return false }
    isWithoutPower = true
    return true
  }

  private mutating func cells(of block: Int) -> UnsafeMutablePointer<UInt8> {
    if let cells = blocks[block] { return cells }
    let cells = UnsafeMutablePointer<UInt8>.allocate(capacity: flashGeometry.blockSize)
    cells.initialize(repeating: 0xFF, count: flashGeometry.blockSize)
    blocks[block] = cells
    return cells
  }
}
