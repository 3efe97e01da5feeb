import Bytes
public import Cryptography
public import Platform

/// Entropy for boards without a generator: from a secret seed on flash that is new at every start.
///
/// **Start.** The seed on flash is replaced before anything is made from it:
///
///     next seed = HMAC-SHA-256(seed, "swiftlet next seed" || extra)
///     boot key  = HMAC-SHA-256(seed, "swiftlet boot key" || extra)
///
/// So no two starts have the same key, however the power is cut: a key is used only once its seed
/// is gone. `extra` is what the hardware can add, such as a generator's bytes or the jitter of an
/// oscillator; it can make things better and never worse.
///
/// **Use.** Block i of the entropy is HMAC-SHA-256(boot key, i), with i as 8 bytes little-endian.
///
/// **Limits.** Who reads the flash once knows all that follows, as who reads the private key does.
/// Where the flash can be put back to an earlier state, so can the entropy.
public struct SeededEntropy: ~Copyable {
  /// The bytes of a seed; a provisioning tool draws them at random.
  public static var seedByteCount: Int { 32 }

  private var key = FixedBytes<32>()
  private var counter: UInt64 = 0

  /// Creates a source that has not been started.
  public init() {}

  /// True once `start` has succeeded.
  public var isStarted: Bool { key.count > 0 }

  /// Replaces the seed in `record` by the next one, on flash, and makes the key of this start.
  ///
  /// - Parameter extra: up to 32 bytes that the hardware adds, or none.
  public mutating func start<
    Flash: FlashRegion & ~Copyable, Hash: MessageHash & ~Copyable
  >(
    from record: inout LatestRecord<64>, on flash: inout Flash, mixing extra: Span<UInt8>,
    hash: inout Hash
  ) throws(SeedFailure) {
    defer { record.wipe() }
    do { try record.read(from: &flash) } catch { throw .notReplaced(error) }
    guard !record.value.isEmpty else { throw .missing }
    guard Self.isSeed(record.value) else { throw .malformed }
    var next = FixedBytes<32>()
    try Self.derive("swiftlet next seed", extra, from: record.value, into: &next, &hash)
    key.wipe()
    try Self.derive("swiftlet boot key", extra, from: record.value, into: &key, &hash)
    do { try record.write(next.span, on: &flash) } catch {
      key.wipe()
      next.wipe()
      throw .notReplaced(error)
    }
    next.wipe()
    counter = 0
  }

  /// Fills `space`.
  ///
  /// - Precondition: `isStarted`.
  public mutating func fill<Hash: MessageHash & ~Copyable>(
    _ space: inout MutableSpan<UInt8>, hash: inout Hash
  ) throws(HashFailure) {
    precondition(isStarted, "the seed was not used yet")
    var index = 0
    while index < space.count {
      var number = [8 of UInt8](repeating: 0)
      var writer = ByteWriter(number.mutableSpan)
      do { try writer.write(littleEndian: counter) } catch {
        preconditionFailure("eight bytes hold the counter")
      }
      counter += 1
      let block = try hash.hmacSHA256(number.span, key: key.span)
      for place in 0..<min(block.count, space.count - index) { space[index + place] = block[place] }
      index += block.count
    }
  }

  private static func isSeed(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == seedByteCount else { return false }
    for index in bytes.indices where bytes[index] != bytes[0] { return true }
    return false
  }

  private static func derive<Hash: MessageHash & ~Copyable>(
    _ label: StaticString, _ extra: Span<UInt8>, from seed: Span<UInt8>,
    into result: inout FixedBytes<32>, _ hash: inout Hash
  ) throws(SeedFailure) {
    var message = FixedBytes<64>()
    do throws(Overflow) {
      try message.append(label)
      try message.append(extra)
    } catch { preconditionFailure("32 bytes at most can be mixed in") }
    let code: [32 of UInt8]
    do { code = try hash.hmacSHA256(message.span, key: seed) } catch { throw .hash }
    do { try result.append(code.span) } catch { preconditionFailure("a code has 32 bytes") }
  }
}
