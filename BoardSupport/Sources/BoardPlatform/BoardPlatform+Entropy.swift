import Store

// A program has one board, and lwIP asks for random numbers without naming it.
nonisolated(unsafe) private var entropy = SeededEntropy()

extension BoardPlatform: EntropySource {
  /// Fills `space` from the seed that this start began with.
  public mutating func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(EntropyFailure) {
    guard fill(&space) else { throw EntropyFailure() }
  }

  /// Replaces the seed on flash and begins to use the one before, or refuses to go on.
  mutating func startEntropy() {
    var record = LatestRecord<64>(blocks: 0..<Limits.seedBlocks)
    var hash = MbedTLSHash()
    let extra = Hardware.entropy()
    enter(.flash)
    defer { enter(.active) }
    do throws(SeedFailure) {
      try unsafe entropy.start(
        from: &record, on: &hardware.flash, mixing: extra.span, hash: &hash)
    } catch {
      Self.refuse(error.text)
    }
  }
}

/// The hash failed.
public struct EntropyFailure: PlatformFailure {
  /// It is computed by the processor.
  public var kind: PlatformFailureKind { .hardware }
}

/// Fills `space` from the seed; false where the hash fails or there is no seed yet.
private func fill(_ space: inout MutableSpan<UInt8>) -> Bool {
  // One thread of execution, and no interrupt asks for entropy.
  guard unsafe entropy.isStarted else { return false }
  var hash = MbedTLSHash()
  do { try unsafe entropy.fill(&space, hash: &hash) } catch { return false }
  return true
}

/// 32 random bits for lwIP's ports and identifiers.
@c(board_random)
func random() -> UInt32 {
  var bytes = [4 of UInt8](repeating: 0)
  var space = bytes.mutableSpan
  // Without a seed the board has refused to start, and there is no network.
  precondition(fill(&space), "there is no entropy")
  return UInt32(bytes[0]) | UInt32(bytes[1]) &<< 8 | UInt32(bytes[2]) &<< 16
    | UInt32(bytes[3]) &<< 24
}

extension SeedFailure {
  /// The failure in words.
  fileprivate var text: StaticString {
    switch self {
    case .missing: "there is no seed in its state region"
    case .malformed: "the seed in its state region is no seed"
    case .notReplaced: "its seed cannot be replaced on flash"
    case .hash: "the hash failed"
    }
  }
}
