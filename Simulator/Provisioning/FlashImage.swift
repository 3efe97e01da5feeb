public import DeviceImage
public import Platform
import Store

/// The last part of a board's flash: the device image, and behind it the state region with the
/// first seed.
public enum FlashImage {
  /// Why there is no such part.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// The content is not allowed in an image.
    case content(DeviceImageFailure)
    /// The image has so many bytes and the part has so much room for it.
    case tooSmall(needed: Int, room: Int)
    /// The seed's record does not fit the blocks.
    case blockTooSmall

    /// What is wrong, and what would be right.
    public var description: String {
      switch self {
      case .content(.malformed(let tag)): "the \(tag.name) is not allowed in a device image"
      case .content(.missing(let tag)): "the image needs a \(tag.name)"
      case .content(let failure): "the image is not right: \(failure)"
      case .tooSmall(let needed, let room):
        "the image takes \(needed) bytes, and there are \(room) beside the state region"
      case .blockTooSmall: "a block of the state region needs 64 bytes and more"
      }
    }
  }

  /// Puts the part together: `byteCount` bytes, of which the state region takes the last ones.
  ///
  /// The seed is drawn anew each time, so that no two boards may be given the same part.
  public static func make(
    _ content: DeviceImageContent, byteCount: Int, state: FlashGeometry
  ) throws(Failure) -> [UInt8] {
    let image: [UInt8]
    do { image = try content.bytes() } catch { throw .content(error) }
    let room = byteCount - state.byteCount
    guard image.count <= room else { throw .tooSmall(needed: image.count, room: room) }
    guard state.blockSize >= 64 else { throw .blockTooSmall }
    return image + [UInt8](repeating: 0xFF, count: room - image.count) + seeded(state)
  }

  /// A state region with a seed, written by the very code that the device reads it with.
  private static func seeded(_ geometry: FlashGeometry) -> [UInt8] {
    var flash = ErasedFlash(flashGeometry: geometry)
    var random = SystemRandomNumberGenerator()
    let seed = (0..<SeededEntropy.seedByteCount).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var record = LatestRecord<64>(blocks: 0..<2)
    do {
      try record.read(from: &flash)
      try record.write(seed.span, on: &flash)
    } catch {
      preconditionFailure("flash in memory does what it is told: \(error)")
    }
    return flash.cells
  }
}

/// Flash in memory, erased.
private struct ErasedFlash: FlashRegion {
  let flashGeometry: FlashGeometry
  var cells: [UInt8]

  init(flashGeometry: FlashGeometry) {
    self.flashGeometry = flashGeometry
    cells = [UInt8](repeating: 0xFF, count: flashGeometry.byteCount)
  }

  mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) {
    for index in space.indices { space[index] = cells[offset + index] }
  }

  mutating func program(_ bytes: Span<UInt8>, at offset: Int) {
    for index in bytes.indices { cells[offset + index] = bytes[index] }
  }

  mutating func erase(block: Int) {
    let start = block * flashGeometry.blockSize
    for index in start..<start + flashGeometry.blockSize { cells[index] = 0xFF }
  }
}
