import Foundation
import HostPlatform
import Platform
import PlatformConformance
import Testing

@Suite struct FileFlashTests {
  /// The path of a file that does not exist, for as long as `body` takes.
  private func withPath(_ body: (String) throws -> Void) rethrows {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("swiftlet-flash-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func read(_ flash: inout FileFlash, at offset: Int, count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var space = bytes.mutableSpan
    try flash.read(at: offset, into: &space)
    return bytes
  }

  @Test(arguments: [(1, 64, 2), (8, 2_048, 4), (64, 4_096, 3)])
  func keepsTheContract(_ unit: Int, _ block: Int, _ count: Int) throws {
    try withPath { path in
      let geometry = FlashGeometry(programUnit: unit, blockSize: block, blockCount: count)
      var flash = try FileFlash(path: path, geometry: geometry)
      var reporter = ReportingReporter()
      Conformance.checkFlashRegion(&flash, &reporter)
      #expect(reporter.passed.count == 10 && reporter.skipped == [], "\(reporter)")
    }
  }

  @Test func keepsItsContentWhenItIsOpenedAgain() throws {
    try withPath { path in
      let geometry = FlashGeometry(programUnit: 8, blockSize: 512, blockCount: 2)
      do {
        var flash = try FileFlash(path: path, geometry: geometry)
        #expect(try read(&flash, at: 0, count: 1_024).allSatisfy { $0 == 0xFF })
        let bytes = [UInt8](1...16)
        try flash.program(bytes.span, at: 512)
      }
      var flash = try FileFlash(path: path, geometry: geometry)
      #expect(try read(&flash, at: 512, count: 16) == [UInt8](1...16))
      #expect(try read(&flash, at: 528, count: 8).allSatisfy { $0 == 0xFF })
      // Programming clears bits and sets none.
      let mask = [UInt8](repeating: 0x0F, count: 16)
      try flash.program(mask.span, at: 512)
      #expect(try read(&flash, at: 512, count: 16) == [UInt8](1...16).map { $0 & 0x0F })
    }
  }

  /// A file of another size is another flash: it begins erased.
  @Test(arguments: [512, 4_096])
  func beginsErasedWhereTheSizeDiffers(_ blockSize: Int) throws {
    try withPath { path in
      do {
        let geometry = FlashGeometry(programUnit: 8, blockSize: 1_024, blockCount: 2)
        var flash = try FileFlash(path: path, geometry: geometry)
        let bytes = [UInt8](repeating: 0, count: 1_024)
        try flash.program(bytes.span, at: 0)
      }
      let geometry = FlashGeometry(programUnit: 8, blockSize: blockSize, blockCount: 2)
      var flash = try FileFlash(path: path, geometry: geometry)
      #expect(
        try read(&flash, at: 0, count: geometry.byteCount).allSatisfy { $0 == 0xFF })
    }
  }

  @Test func saysWhyItCannotBeOpened() {
    let geometry = FlashGeometry(programUnit: 8, blockSize: 512, blockCount: 2)
    do throws(SystemFailure) {
      _ = try FileFlash(path: "/nowhere/at/all", geometry: geometry)
      Issue.record("it was opened")
    } catch {
      #expect(error.code == 2)
    }
  }
}
