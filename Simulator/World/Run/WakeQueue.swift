/// The moments at which devices have to be woken, as a binary heap with the earliest first.
///
/// Of equal moments the device with the lower index comes first.
struct WakeQueue {
  struct Entry: Comparable {
    let moment: UInt64
    let device: UInt32

    @inline(__always)
    static func < (left: Entry, right: Entry) -> Bool {
      left.moment < right.moment || left.moment == right.moment && left.device < right.device
    }
  }

  private var entries: [Entry] = []

  /// The earliest of all.
  var first: Entry? { entries.first }

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var place = entries.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard entries[place] < entries[parent] else { break }
      entries.swapAt(place, parent)
      place = parent
    }
  }

  /// Takes the earliest off and puts another one in.
  mutating func replaceFirst(with entry: Entry) {
    entries[0] = entry
    sink()
  }

  mutating func removeFirst() {
    let last = entries.removeLast()
    guard !entries.isEmpty else { return }
    replaceFirst(with: last)
  }

  private mutating func sink() {
    entries.withUnsafeMutableBufferPointer { entries in
      var place = 0
      let entry = entries[0]
      while true {
        var child = 2 * place + 1
        guard child < entries.count else { break }
        if child + 1 < entries.count, entries[child + 1] < entries[child] { child += 1 }
        guard entries[child] < entry else { break }
        entries[place] = entries[child]
        place = child
      }
      entries[place] = entry
    }
  }
}
