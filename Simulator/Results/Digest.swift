/// A sum of digests of 64 bits each, in 128 bits.
public struct Digest: Sendable, Equatable {
  /// The lower half of the sum.
  public var low: UInt64 = 0
  /// The upper half.
  public var high: UInt64 = 0

  /// Creates the digest of nothing.
  public init() {}

  /// Adds the digest of one device's run.
  public mutating func add(_ value: UInt64) {
    let (sum, overflow) = low.addingReportingOverflow(value)
    low = sum
    if overflow { high &+= 1 }
  }

  /// Adds all that went into `other`.
  public mutating func add(_ other: Digest) {
    high &+= other.high
    add(other.low)
  }

  /// 32 hexadecimal digits.
  public var text: String {
    [high, low].map {
      let digits = String($0, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Reads what `text` gives, or nil.
  init?(text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ Self.digits.contains($0) }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.high = high
    self.low = low
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
