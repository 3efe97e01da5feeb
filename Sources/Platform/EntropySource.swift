/// Gives bytes that nobody can predict.
///
/// For implementers: full entropy, from a hardware generator or a secret seed that changes before
/// every use. Better to throw than to give anything less: all keys and nonces grow from here.
public protocol EntropySource: ~Copyable {
  /// Why no entropy could be had.
  associatedtype EntropyFailure: PlatformFailure
  /// Fills `space` whole, or throws and leaves its content unspecified.
  mutating func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(EntropyFailure)
}
