import Bytes
import FlashTestSupport
import Jitter
import Platform
import Store
import Testing

@Suite struct LatestRecordTests {
  private func read(_ flash: inout CuttableFlash) throws -> [UInt8] {
    var record = LatestRecord<64>(blocks: 0..<flash.flashGeometry.blockCount)
    try record.read(from: &flash)
    return array(record.value)
  }

  private func array(_ span: Span<UInt8>) -> [UInt8] {
    (0..<span.count).map { span[$0] }
  }

  @Test func findsNothingOnFlashThatIsErasedOrFullOfGarbage() throws {
    for seed in 0..<20 as Range<UInt64> {
      var flash = CuttableFlash()
      if seed > 0 {
        var random = SplitMix64(seed: seed)
        for index in flash.cells.indices {
          flash.cells[index] = UInt8(truncatingIfNeeded: random.next())
        }
      }
      #expect(try read(&flash) == [])
      var record = LatestRecord<64>(blocks: 0..<2)
      try record.read(from: &flash)
      try record.write([1, 2, 3].span, on: &flash)
      #expect(try read(&flash) == [1, 2, 3])
    }
  }

  @Test func theLayoutIsAsDocumented() throws {
    var flash = CuttableFlash()
    var record = LatestRecord<64>(blocks: 0..<2)
    try record.read(from: &flash)
    try record.write([0xAB, 0xCD].span, on: &flash)
    let slot = Array(flash.cells[..<64])
    #expect(slot[..<10] == [1, 0, 0, 0, 2, 0, 0xFD, 0xFF, 0xAB, 0xCD])
    #expect(slot[10..<60].allSatisfy { $0 == 0xFF })
    let sum = CRC32(of: slot.span.extracting(first: 60)).value
    #expect(
      slot[60...] == [
        UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8),
        UInt8(truncatingIfNeeded: sum >> 16), UInt8(truncatingIfNeeded: sum >> 24),
      ])
  }

  @Test(arguments: [0, 1, 51, 52]) func valuesOfEveryLengthComeBack(count: Int) throws {
    var flash = CuttableFlash()
    var record = LatestRecord<64>(blocks: 0..<2)
    try record.read(from: &flash)
    let value = (0..<count).map { UInt8($0) }
    try record.write([9].span, on: &flash)
    try record.write(value.span, on: &flash)
    #expect(array(record.value) == value)
    #expect(try read(&flash) == value)
  }

  /// The old value or the new one, whatever the power cut leaves; and it can be written again.
  @Test(arguments: 1...25) func survivesAPowerCutAtEveryStep(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for unit in [1, 4, 8, 64] {
      var flash = CuttableFlash(unit: unit, blockCount: 2 + Int(random.next() % 3), seed: seed)
      var latest: [UInt8] = []
      for step in 0..<60 {
        var record = LatestRecord<64>(blocks: 0..<flash.flashGeometry.blockCount)
        try record.read(from: &flash)
        #expect(array(record.value) == latest, "seed \(seed), unit \(unit), step \(step)")
        let value = (0..<Int(random.next() % 53)).map { _ in
          UInt8(truncatingIfNeeded: random.next())
        }
        flash.stepsLeft = Int(random.next() % UInt64(64 / unit + 3))
        do {
          try record.write(value.span, on: &flash)
          latest = value
        } catch {
          #expect(error == .flash(.hardware))
        }
        flash.restart()
        let found = try read(&flash)
        #expect(found == latest || found == value, "seed \(seed), unit \(unit), step \(step)")
        latest = found
      }
    }
  }

  @Test func spreadsTheWearOverItsBlocks() throws {
    var flash = CuttableFlash(blockCount: 5)
    for number in 0..<400 {
      var record = LatestRecord<64>(blocks: 1..<5)
      try record.read(from: &flash)
      try record.write([UInt8(number & 0xFF)].span, on: &flash)
    }
    #expect(flash.erasures == [0, 25, 25, 25, 25])
  }

  @Test func passesOverWornSlotsAndSaysWhenAllAre() throws {
    var flash = CuttableFlash()
    flash.deadUnits = Set((0..<8).map { $0 * 8 })
    flash.deadUnits.remove(3 * 8)
    flash.deadUnits.remove(6 * 8)
    var record = LatestRecord<64>(blocks: 0..<2)
    try record.read(from: &flash)
    for number in 1...20 as ClosedRange<UInt8> {
      try record.write([number].span, on: &flash)
      #expect(try read(&flash) == [number])
    }
    flash.deadUnits = Set(0..<64)
    try record.read(from: &flash)
    #expect(throws: StoreFailure.worn) { try record.write([99].span, on: &flash) }
    #expect(try read(&flash) == [20], "what was there stays")
  }

  @Test func everySingleBitThatRotsIsNoticed() throws {
    var flash = CuttableFlash()
    var record = LatestRecord<64>(blocks: 0..<2)
    try record.read(from: &flash)
    try record.write([1, 2, 3].span, on: &flash)
    try record.write([4, 5, 6].span, on: &flash)
    for bit in 0..<64 * 8 {
      var rotten = flash
      rotten.cells[64 + bit / 8] ^= 1 << (bit % 8)
      #expect(try read(&rotten) == [1, 2, 3])
    }
  }
}
