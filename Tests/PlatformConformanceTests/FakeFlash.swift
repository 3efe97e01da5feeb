import Platform

/// Flash in memory.
struct FakeFlash: FlashRegion {
  enum Defect: CaseIterable {
    case erasesToZero, erasesNothing, erasesEverything, failsToErase
    case programsNothing, programsOneUnitOnly, programsTheNextUnitToo, losesTheLastUnit
    case hasOneBlockOnly, failsToRead, readsWholeUnitsOnly, clearsWhatIsRead, changesItsSize
  }

  let defect: Defect?
  private let unit: Int
  private let blockSize: Int
  private var cells: [UInt8]
  private var erasures = 0

  init(_ defect: Defect? = nil, unit: Int = 8, blockSize: Int = 256, blockCount: Int = 4) {
    self.defect = defect
    self.unit = unit
    self.blockSize = blockSize
    cells = [UInt8](repeating: 0x33, count: blockSize * blockCount)
  }

  var flashGeometry: FlashGeometry {
    let isChanged = defect == .changesItsSize && erasures > 0
    return FlashGeometry(
      programUnit: unit, blockSize: blockSize,
      blockCount: cells.count / blockSize + (isChanged ? 1 : 0))
  }

  mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(FakeFailure) {
    if defect == .failsToRead { throw FakeFailure(kind: .hardware) }
    precondition(offset >= 0 && offset + space.count <= cells.count)
    let start = defect == .readsWholeUnitsOnly ? offset / unit * unit : offset
    for index in space.indices {
      space[index] = cells[cell(start + index)]
      if defect == .clearsWhatIsRead { cells[cell(start + index)] = 0 }
    }
  }

  mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(FakeFailure) {
    precondition(offset % unit == 0 && bytes.count % unit == 0 && !bytes.isEmpty)
    precondition(offset / blockSize == (offset + bytes.count - 1) / blockSize)
    if defect == .programsNothing { return }
    if defect == .losesTheLastUnit, offset % blockSize == blockSize - unit { return }
    for index in bytes.indices where defect != .programsOneUnitOnly || index < unit {
      cells[cell(offset + index)] &= bytes[index]
    }
    if defect == .programsTheNextUnitToo, offset + bytes.count < cells.count {
      cells[cell(offset + bytes.count)] = 0
    }
  }

  mutating func erase(block: Int) throws(FakeFailure) {
    erasures += 1
    switch defect {
    case .failsToErase: throw FakeFailure(kind: .hardware)
    case .erasesNothing: return
    case .erasesEverything: for index in cells.indices { cells[index] = 0xFF }
    default:
      for index in 0..<blockSize {
        cells[cell(block * blockSize + index)] = defect == .erasesToZero ? 0 : 0xFF
      }
    }
  }

  private func cell(_ offset: Int) -> Int {
    defect == .hasOneBlockOnly ? offset % blockSize : offset
  }
}
