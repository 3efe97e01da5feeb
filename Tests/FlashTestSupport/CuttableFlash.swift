import Jitter
public import Platform

/// Flash in memory whose power can be cut in the middle of any unit.
public struct CuttableFlash: FlashRegion {
  /// Why it does not obey.
  public enum Failure: PlatformFailure {
    case noPower
    case broken
    /// Always the hardware.
    public var kind: PlatformFailureKind { .hardware }
  }

  /// The sizes that were asked for.
  public let flashGeometry: FlashGeometry
  /// What is on it.
  public var cells: [UInt8]
  /// How many units may still be programmed, or blocks erased, before the power is cut; nil for
  /// ever.
  public var stepsLeft: Int?
  /// Units, by their number, that no longer keep what is written to them.
  public var deadUnits: Set<Int> = []
  /// Blocks that say that they cannot be erased.
  public var stuckBlocks: Set<Int> = []
  /// How often each block was erased.
  public private(set) var erasures: [Int]
  /// The bytes that were read.
  public private(set) var bytesRead = 0
  private var random: SplitMix64

  /// Creates erased flash; the seed decides what a cut leaves behind.
  public init(unit: Int = 8, blockSize: Int = 256, blockCount: Int = 2, seed: UInt64 = 1) {
    flashGeometry = FlashGeometry(
      programUnit: unit, blockSize: blockSize, blockCount: blockCount)
    cells = [UInt8](repeating: 0xFF, count: blockSize * blockCount)
    erasures = [Int](repeating: 0, count: blockCount)
    random = SplitMix64(seed: seed)
  }

  /// Reads whatever is there.
  public mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(Failure) {
    bytesRead += space.count
    for index in space.indices { space[index] = cells[offset + index] }
  }

  /// Programs unit after unit, as long as there is power.
  public mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(Failure) {
    let unit = flashGeometry.programUnit
    precondition(offset % unit == 0 && bytes.count % unit == 0 && !bytes.isEmpty)
    precondition(
      offset / flashGeometry.blockSize
        == (offset + bytes.count - 1) / flashGeometry.blockSize)
    for start in stride(from: 0, to: bytes.count, by: unit) {
      let isTorn = try step()
      for index in start..<start + unit {
        precondition(cells[offset + index] == 0xFF, "only erased flash is programmed")
        // A torn unit has lost some of the bits that were to become zero.
        let kept = isTorn ? UInt8(truncatingIfNeeded: random.next()) : 0
        cells[offset + index] =
          deadUnits.contains((offset + start) / unit)
          ? 0xFF : bytes[index] | kept
      }
      if isTorn { throw .noPower }
    }
  }

  /// Erases a block, if there is power.
  public mutating func erase(block: Int) throws(Failure) {
    if stuckBlocks.contains(block) { throw .broken }
    let isTorn = try step()
    erasures[block] += 1
    for index in 0..<flashGeometry.blockSize {
      let place = block * flashGeometry.blockSize + index
      // Erased in part, or at some bytes, or not at all.
      cells[place] |= isTorn ? UInt8(truncatingIfNeeded: random.next()) : 0xFF
    }
    if isTorn { throw .noPower }
  }

  /// Counts a step; true for the one that is cut off in the middle, and later ones are not made.
  private mutating func step() throws(Failure) -> Bool {
    guard let left = stepsLeft else { return false }
    guard left >= 0 else { throw .noPower }
    stepsLeft = left - 1
    return left == 0
  }

  /// The power comes back.
  public mutating func restart() { stepsLeft = nil }
}
