/// The segments under way to one device, in the order in which they arrive.
///
/// A ring that grows when it has to; most devices never have more than a few under way.
struct SegmentQueue: ~Copyable {
  private var ring: UnsafeMutablePointer<Segment>?
  private var capacity = 0
  private var head = 0
  private(set) var count = 0

  deinit { ring?.deallocate() }

  /// When the first of them arrives; `max` without one.
  @inline(__always)
  var firstArrival: UInt64 {
    guard count > 0, let ring else { return .max }
    return ring[head].arrival
  }

  /// When the first of those arrives that arrive after `moment`; `max` without one.
  @inline(never)
  func firstArrival(after moment: UInt64) -> UInt64 {
    guard let ring else { return .max }
    for index in 0..<count {
      let arrival = ring[(head + index) & (capacity - 1)].arrival
      if arrival > moment { return arrival }
    }
    return .max
  }

  /// When the last of them arrives; zero without one.
  @inline(__always)
  var lastArrival: UInt64 {
    guard count > 0, let ring else { return 0 }
    return ring[(head + count - 1) & (capacity - 1)].arrival
  }

  /// The place of a new last segment, to be filled.
  @inline(__always)
  mutating func append() -> UnsafeMutablePointer<Segment> {
    if count == capacity { grow() }
    guard let ring else { fatalError("a ring that was grown is there") }
    let place = ring + ((head + count) & (capacity - 1))
    count += 1
    return place
  }

  /// The first segment, which must be there.
  @inline(__always)
  var first: UnsafeMutablePointer<Segment> {
    guard count > 0, let ring else { fatalError("nothing is under way") }
    return ring + head
  }

  /// Takes the first segment off.
  @inline(__always)
  mutating func removeFirst() {
    head = (head + 1) & (capacity - 1)
    count -= 1
  }

  mutating func removeAll() {
    head = 0
    count = 0
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Segment>.allocate(capacity: max(2, capacity * 2))
    larger.initialize(repeating: Segment(), count: max(2, capacity * 2))
    if let ring {
      for index in 0..<count { larger[index] = ring[(head + index) & (capacity - 1)] }
      ring.deallocate()
    }
    ring = larger
    capacity = max(2, capacity * 2)
    head = 0
  }
}
