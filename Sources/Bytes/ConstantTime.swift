/// Comparison whose duration says nothing about the bytes compared.
public enum ConstantTime {
  /// True if both hold the same bytes; only their lengths may be learned from the time it takes.
  public static func areEqual(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
    guard first.count == second.count else { return false }
    var difference: UInt8 = 0
    for index in first.indices { difference |= first[index] ^ second[index] }
    return difference == 0
  }
}
