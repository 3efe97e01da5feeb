import Bytes

extension ImageRecord {
  /// Whether the content is what `tag` promises.
  func holds(_ tag: ImageTag) -> Bool {
    var reader = ByteReader(content)
    do {
      switch tag {
      case .project, .region, .registry, .device:
        return content.isVisibleText(ofAtMost: Limits.nameByteCountMaximum)
      case .cloudHost:
        return content.isVisibleText(ofAtMost: Limits.hostNameByteCountMaximum)
      case .timeServer:
        return try reader.littleEndian16() > 0
          && reader.rest.isVisibleText(ofAtMost: Limits.hostNameByteCountMaximum)
      case .privateKey, .rootCertificate, .deviceCertificate: return content.isOneDERSequence
      case .cloudPort, .keepAlive: return try reader.littleEndian16() > 0 && reader.isAtEnd
      case .timeFloor:
        return try reader.littleEndian64() <= Limits.timeFloorSecondsMaximum && reader.isAtEnd
      case .cloudProfile: return content.count == 1
      case .tokenLifetime:
        return try reader.littleEndian32() >= Limits.tokenLifetimeSecondsMinimum && reader.isAtEnd
      case .hardwareAddress: return content.isHardwareAddress
      }
    } catch {
      return false
    }
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes are 1 to `countMaximum` visible characters of ASCII.
  fileprivate func isVisibleText(ofAtMost countMaximum: Int) -> Bool {
    guard !isEmpty, count <= countMaximum else { return false }
    for index in indices where self[index] <= 0x20 || self[index] >= 0x7F { return false }
    return true
  }

  /// Whether the bytes are one SEQUENCE in DER (X.690 section 8.1) and nothing else.
  ///
  /// What is inside is for the cryptographic library to judge.
  fileprivate var isOneDERSequence: Bool {
    guard count >= 2, self[0] == 0x30 else { return false }
    let first = Int(truncatingIfNeeded: self[1])
    guard first >= 0x80 else { return first == count - 2 }
    // A record has fewer than 65536 bytes, so that a length of more than two bytes cannot be right.
    let lengthByteCount = first - 0x80
    guard lengthByteCount >= 1, lengthByteCount <= 2, count >= 2 + lengthByteCount else {
      return false
    }
    var length = 0
    for index in 2..<2 + lengthByteCount {
      length = length << 8 | Int(truncatingIfNeeded: self[index])
    }
    return length == count - 2 - lengthByteCount
  }

  /// Whether the bytes are the address of one station (IEEE 802: the group bit is clear), not all
  /// zero.
  fileprivate var isHardwareAddress: Bool {
    guard count == 6, self[0] & 1 == 0 else { return false }
    var bits: UInt8 = 0
    for index in indices { bits |= self[index] }
    return bits != 0
  }
}
