import Synchronization

/// Small values in order, stored inside the table, up to a fixed number.
struct FixedTable<let capacity: Int, Element>: ~Copyable {
  private var elements: InlineArray<capacity, Element>

  /// The number of elements held.
  private(set) var count = 0

  /// Makes this type address-only, so that a read through a borrow never copies `elements`.
  private let pin = Atomic<Bool>(false)

  /// Creates an empty table; `filler` is what unused places hold.
  init(filler: Element) { elements = .init(repeating: filler) }

  var isFull: Bool { count == capacity }

  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return elements[index]
    }
    set {
      precondition(index >= 0 && index < count)
      elements[index] = newValue
    }
  }

  /// Adds an element at the end; there must be room.
  mutating func append(_ element: Element) {
    precondition(!isFull)
    elements[count] = element
    count += 1
  }

  /// Removes the element at `index`; the order of the others stays.
  mutating func remove(at index: Int) {
    precondition(index >= 0 && index < count)
    for next in (index + 1)..<max(count, index + 1) { elements[next - 1] = elements[next] }
    count -= 1
  }

  /// Removes everything.
  mutating func removeAll() { count = 0 }
}
