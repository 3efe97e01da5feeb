import Scenarios

/// The faults that strike one device, in time.
///
/// While nothing goes wrong, and before `nextEdge`, nobody has to look any further than `active`.
struct FaultTimeline: ~Copyable {
  /// What is at work now.
  private(set) var active: FaultSet = []
  /// When something begins or ends next.
  private(set) var nextEdge = UInt64.max
  private let sources: UnsafeMutableBufferPointer<FaultSource>

  /// What began and what ended at a moment.
  struct Change {
    var began: FaultSet = []
    var ended: FaultSet = []
  }

  /// The timeline of a device.
  init(_ faults: [Fault], seed: UInt64, device: UInt64, limit: UInt64) {
    let found = faults.enumerated().compactMap { number, fault in
      FaultSource(fault, number: number, seed: seed, device: device, limit: limit)
    }
    sources = .allocate(capacity: found.count)
    _ = sources.initialize(from: found)
    setNextEdge()
  }

  deinit { sources.deallocate() }

  /// Brings the faults to `now`, at `nextEdge` or later.
  mutating func step(at now: UInt64) -> Change {
    var change = Change()
    let before = active
    active = []
    for index in sources.indices {
      while sources[index].end <= now, sources[index].end < .max {
        change.ended.insert(FaultSet(sources[index].kind))
        // A period that nobody was awake for counts all the same.
        if !sources[index].isNoticed { change.began.insert(FaultSet(sources[index].kind)) }
        sources[index].advance()
      }
      guard sources[index].start <= now else { continue }
      active.insert(FaultSet(sources[index].kind))
      if !sources[index].isNoticed {
        sources[index].isNoticed = true
        change.began.insert(FaultSet(sources[index].kind))
      }
    }
    change.ended = change.ended.intersection(before.subtracting(active))
    setNextEdge()
    return change
  }

  /// True if a fault of this kind is at work at a moment from now on.
  @inline(__always)
  func isActive(_ kind: Fault.Kind, at moment: UInt64) -> Bool {
    if moment < nextEdge { return active.contains(kind) }
    return isActiveLater(kind, at: moment)
  }

  /// How strong a kind of fault is at a moment; nil where it is not at work.
  func strength(_ kind: Fault.Kind, at moment: UInt64) -> Double? {
    if moment < nextEdge, !active.contains(kind) { return nil }
    var strongest: Double?
    for index in sources.indices where sources[index].kind == kind {
      guard sources[index].isActive(at: moment) else { continue }
      strongest = max(strongest ?? 0, sources[index].strength)
    }
    return strongest
  }

  /// When the last of the faults of a kind that are at work at a moment ends; that moment without.
  func end(of kind: Fault.Kind, at moment: UInt64) -> UInt64 {
    var latest = moment
    for index in sources.indices where sources[index].kind == kind {
      guard sources[index].isActive(at: moment) else { continue }
      latest = max(latest, sources[index].end(at: moment))
    }
    return latest
  }

  @inline(never)
  private func isActiveLater(_ kind: Fault.Kind, at moment: UInt64) -> Bool {
    for index in sources.indices where sources[index].kind == kind {
      if sources[index].isActive(at: moment) { return true }
    }
    return false
  }

  private mutating func setNextEdge() {
    nextEdge = .max
    for index in sources.indices {
      let source = sources[index]
      nextEdge = min(nextEdge, source.isNoticed ? source.end : source.start)
    }
  }
}
