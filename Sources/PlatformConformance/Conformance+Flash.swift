public import Platform

extension Conformance {
  /// Checks a flash region, whose first and last block lose their content.
  public static func checkFlashRegion<
    Target: FlashRegion & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    let geometry = platform.flashGeometry
    let first = FlashProbe(geometry, block: 0, seed: 0x11)
    let last = FlashProbe(geometry, block: geometry.blockCount - 1, seed: 0xA6)
    let isErased = first.erase(&platform) && last.erase(&platform)
    reporter.report(
      "flash: an erased block reads 0xFF",
      holds: isErased && first.isErased(&platform) && last.isErased(&platform))
    let isProgrammed = first.programFront(&platform)
    reporter.report(
      "flash: programmed bytes read back", holds: isProgrammed && first.holdsFront(&platform))
    reporter.report("flash: reading changes nothing", holds: first.holdsFront(&platform))
    reporter.report("flash: reads begin and end anywhere", holds: first.holdsPieces(&platform))
    reporter.report(
      "flash: programming leaves the rest of the block alone", holds: first.restIsErased(&platform))
    reporter.report(
      "flash: programming leaves other blocks alone", holds: last.isErased(&platform))
    reporter.report(
      "flash: the last unit of a block can be programmed", holds: last.programsLastUnit(&platform))
    let isErasedAgain = last.erase(&platform)
    reporter.report(
      "flash: erasing leaves other blocks alone",
      holds: isErasedAgain && first.holdsFront(&platform) && first.restIsErased(&platform))
    let isProgrammedAgain = last.isErased(&platform) && last.programFront(&platform)
    reporter.report(
      "flash: a block can be erased and programmed again",
      holds: isProgrammedAgain && last.holdsFront(&platform))
    let later = platform.flashGeometry
    reporter.report(
      "flash: the sizes never change",
      holds: later.programUnit == geometry.programUnit && later.blockSize == geometry.blockSize
        && later.blockCount == geometry.blockCount)
  }
}
