import DeviceImage
import Testing

@Suite struct RefusalTests {
  @Test func refusesErasedFlash() {
    #expect(refusal(of: [UInt8](repeating: 0xFF, count: 4_096)) == .absent)
    #expect(refusal(of: [UInt8](repeating: 0xFF, count: 16)) == .absent)
  }

  @Test func refusesSomethingElse() {
    #expect(refusal(of: [UInt8](repeating: 0, count: 64)) == .badMagic)
    #expect(refusal(of: Array("Hello, this is no image at all.".utf8)) == .badMagic)
  }

  @Test func refusesOtherVersions() {
    var bytes = ImageMaker.whole.bytes
    bytes[4] = 2
    #expect(refusal(of: bytes) == .unsupportedVersion(2))
    bytes[4] = 1
    bytes[7] = 1
    #expect(refusal(of: bytes) == .unsupportedVersion(1))
  }

  @Test func refusesEveryTruncation() {
    let bytes = ImageMaker.whole.bytes
    for count in bytes.indices {
      #expect(refusal(of: Array(bytes[..<count])) == .truncated, "cut to \(count) bytes")
    }
  }

  /// Each of the 255 other values at each place, as worn flash or a bad copy makes them.
  @Test func refusesEveryCorruptionOfAByte() {
    var bytes = ImageMaker.whole.bytes
    for index in bytes.indices {
      let right = bytes[index]
      for change in UInt8(1)...255 {
        bytes[index] = right ^ change
        guard refusal(of: bytes) != nil else {
          Issue.record("accepted \(bytes[index]) for \(right) at \(index)")
          continue
        }
      }
      bytes[index] = right
    }
    #expect(refusal(of: bytes) == nil)
  }

  @Test func saysWhatIsMissing() {
    let required: [ImageTag] = [
      .device, .cloudHost, .timeServer, .privateKey, .rootCertificate, .timeFloor, .cloudProfile,
    ]
    for tag in ImageTag.all {
      let expected = required.contains(tag) ? DeviceImageFailure.missing(tag) : nil
      #expect(refusal(of: ImageMaker.whole.without(tag).bytes) == expected)
    }
    #expect(refusal(of: ImageMaker.image(of: [])) == .missing(.device))
  }

  @Test func refusesRecordsThatStandThereTooOften() {
    for tag in ImageTag.all where ![.rootCertificate, .deviceCertificate].contains(tag) {
      var maker = ImageMaker.whole
      guard let record = maker.records.first(where: { $0.tag == tag.rawValue }) else {
        Issue.record("no \(tag)")
        continue
      }
      // Two time servers are there already, and a third one is right.
      if tag == .timeServer { maker = maker.adding(record) }
      #expect(tag != .timeServer || refusal(of: maker.bytes) == nil)
      #expect(refusal(of: maker.adding(record).bytes) == .malformed(tag))
    }
  }

  @Test func refusesUnknownRecordsUnlessTheyAreOptional() {
    for tag: UInt16 in [0, 16, 0x1234, 0x7FFF] {
      #expect(refusal(of: ImageMaker.whole.adding(.init(tag, [1])).bytes) == .unknown(tag: tag))
    }
    for tag: UInt16 in [0x8000, 0x8001, 0x8009, 0xFFFF] {
      #expect(refusal(of: ImageMaker.whole.adding(.init(tag, [1])).bytes) == nil)
    }
  }

  @Test func refusesContentOfTheWrongKind() {
    let wrong: [(ImageTag, [[UInt8]])] = [
      (.project, [[], text(65), [0x20], [0x61, 0], [0x7F], [0xC3, 0xA4]]),
      (.region, [[], text(65)]), (.registry, [[], text(65)]), (.device, [[], text(65)]),
      (.cloudHost, [[], text(97), [0x61, 0x0A]]),
      (.cloudPort, [[], [1], [0, 0], [1, 0, 0]]),
      (.timeServer, [[], [123], [123, 0], [0, 0, 0x61], [123, 0] + text(97)]),
      (.privateKey, [[], [0x30], [0x31, 0], [0x30, 1], [0x30, 0, 0], [0x30, 0x80, 0, 0]]),
      (.rootCertificate, [[], [0x30, 0x81], [0x30, 0x82, 1], [0x30, 0x83, 0, 0, 0]]),
      (.deviceCertificate, [[], Array("-----BEGIN".utf8)]),
      (.timeFloor, [[], [1, 2, 3, 4], [0, 0, 0, 0, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0]]),
      (.cloudProfile, [[], [1, 0]]),
      (.tokenLifetime, [[], [3, 0, 0, 0], [16, 14], [16, 14, 0, 0, 0]]),
      (.hardwareAddress, [[], [2, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1]]),
      (.keepAlive, [[], [0, 0], [1], [1, 0, 0]]),
    ]
    #expect(wrong.map(\.0) == ImageTag.all)
    for (tag, contents) in wrong {
      for content in contents {
        let bytes = ImageMaker.whole.replacing(tag, content).bytes
        #expect(refusal(of: bytes) == .malformed(tag), "\(content)")
      }
    }
  }

  @Test func takesContentAtItsBounds() {
    let right: [(ImageTag, [UInt8])] = [
      (.project, text(64)), (.device, text(1)), (.cloudHost, text(96)),
      (.timeServer, [0xFF, 0xFF] + text(96)), (.tokenLifetime, [4, 0, 0, 0]),
      (.cloudPort, [0xFF, 0xFF]), (.keepAlive, [1, 0]),
      (.timeFloor, ImageMaker.littleEndian(253_402_300_799 as UInt64)),
      (.rootCertificate, [0x30, 0x82, 0xFF, 0xFB] + [UInt8](repeating: 1, count: 0xFFFB)),
    ]
    for (tag, content) in right {
      #expect(refusal(of: ImageMaker.whole.replacing(tag, content).bytes) == nil, "\(tag)")
    }
    let late = ImageMaker.littleEndian(253_402_300_800 as UInt64)
    #expect(
      refusal(of: ImageMaker.whole.replacing(.timeFloor, late).bytes) == .malformed(.timeFloor))
  }

  @Test func refusesPaddingThatIsNotZero() {
    let record = ImageMaker.Record(ImageTag.project.rawValue, [0x61], padding: [0, 0, 1])
    #expect(
      refusal(of: ImageMaker.whole.without(.project).adding(record).bytes) == .malformed(.project))
  }

  /// The checksum is right, yet the records do not end where the image does.
  @Test func refusesRecordsThatGoBeyondTheImage() {
    let whole = Array(ImageMaker.whole.bytes.dropFirst(16))
    #expect(refusal(of: ImageMaker.image(of: whole + [1, 0, 5, 0])) == .truncated)
    #expect(refusal(of: ImageMaker.image(of: whole + [1, 0, 1, 0])) == .truncated)
    #expect(
      refusal(of: ImageMaker.image(of: whole + [1, 0, 0xFF, 0xFF, 1, 1, 1, 1])) == .truncated)
    #expect(refusal(of: ImageMaker.image(of: whole + [1, 0])) == .badChecksum)
  }

  private func text(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }
}
