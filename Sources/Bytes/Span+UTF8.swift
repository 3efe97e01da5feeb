extension Span where Element == UInt8 {
  /// True if the bytes are UTF-8 as RFC 3629 section 4 defines it.
  ///
  /// Overlong forms, surrogates and values above U+10FFFF are therefore refused: each character has
  /// one encoding, so that a comparison of bytes is a comparison of text.
  public var isWellFormedUTF8: Bool {
    var index = 0
    while index < count {
      let length = lengthOfUTF8Sequence(at: index)
      guard length > 0 else { return false }
      index += length
    }
    return true
  }

  /// The length of the sequence that starts at `index`, or zero where none does.
  private func lengthOfUTF8Sequence(at index: Int) -> Int {
    let length: Int
    // Only the second byte's range depends on the first; all later ones are 80...BF.
    let second: ClosedRange<UInt8>
    switch self[index] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard length <= count - index, second.contains(self[index + 1]) else { return 0 }
    for offset in 2..<Swift.max(length, 2) where self[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
