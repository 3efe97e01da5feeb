import Synchronization

/// Bytes stored inside the value, up to a fixed capacity.
///
/// It never allocates and never moves its content behind the caller's back. The capacity has to be
/// a literal or a generic parameter, which is why `Limits.swift` names each one by a type alias.
public struct FixedBytes<let capacity: Int>: ~Copyable {
  private var storage: InlineArray<capacity, UInt8>

  /// The number of bytes held.
  public private(set) var count: Int

  /// Makes this type address-only, so that a read through a borrow never copies `storage`.
  private let pin = Atomic<Bool>(false)

  /// Creates an empty buffer.
  public init() {
    storage = .init(repeating: 0)
    count = 0
  }

  /// True while no byte is held.
  public var isEmpty: Bool { count == 0 }

  /// The number of bytes that can still be added.
  public var freeCapacity: Int { capacity - count }

  /// The bytes held.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { storage.span.extracting(first: count) }
  }

  /// The bytes held, for changing them in place.
  public var mutableSpan: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get {
      let end = count
      // Spelled as a range: `_consumingExtracting(first:)` takes a heap box in 6.3.
      return storage.mutableSpan._consumingExtracting(0..<end)
    }
  }

  /// The space behind the bytes held; call `commit(_:)` after writing to its front.
  public var freeSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get {
      let start = count
      return storage.mutableSpan._consumingExtracting(droppingFirst: start)
    }
  }

  /// Takes the first `added` bytes of `freeSpace` as content.
  public mutating func commit(_ added: Int) {
    precondition(added >= 0 && added <= freeCapacity)
    count += added
  }

  /// Adds one byte.
  public mutating func append(_ byte: UInt8) throws(Overflow) {
    guard count < capacity else { throw Overflow() }
    storage[count] = byte
    count += 1
  }

  /// Adds all of `bytes`, or throws and adds none.
  public mutating func append(_ bytes: Span<UInt8>) throws(Overflow) {
    guard bytes.count <= freeCapacity else { throw Overflow() }
    var space = freeSpace
    space.copy(bytes)
    commit(bytes.count)
  }

  /// Adds the characters of `text`, or throws and adds none.
  public mutating func append(_ text: StaticString) throws(Overflow) {
    try append(text.bytes)
  }

  /// Drops the first `removed` bytes and moves the rest to the front.
  public mutating func removeFirst(_ removed: Int) {
    remove(0..<removed)
  }

  /// Drops the bytes at `range` and moves those behind it forward.
  public mutating func remove(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    var all = mutableSpan
    all.closeGap(range)
    count -= range.count
  }

  /// Drops everything.
  public mutating func removeAll() { count = 0 }

  /// Drops everything and overwrites the memory, for content that must not be read later.
  public mutating func wipe() {
    var all = storage.mutableSpan
    all.wipe()
    count = 0
  }
}
