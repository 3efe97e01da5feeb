/// Devices that share a cloud, and so live side by side.
///
/// A heap holds when each wants to be run; of several at the same moment the one with the lowest
/// index is first, so that the order is a matter of nothing but the seed.
final class Crowd {
  private final class Place {
    var device: VirtualDevice

    init(_ device: consuming VirtualDevice) { self.device = device }
  }

  private let places: [Place]
  private var heap: [(at: UInt64, index: Int)] = []

  init(_ settings: WorldSettings, indices: [Int], recorder: Recorder) {
    places = indices.map { Place(VirtualDevice(settings, index: $0, recorder: recorder)) }
  }

  /// The number of devices.
  var count: Int { places.count }

  /// Runs all of them to their end; false if that was interrupted.
  func run(isInterrupted: () -> Bool, progress: (UInt64) -> Void) -> Bool {
    for index in places.indices { push((places[index].device.nextAt, index)) }
    var steps = 0
    while let next = pop() {
      steps += 1
      if steps % 4_096 == 0 {
        guard !isInterrupted() else { return false }
        progress(next.at)
      }
      places[next.index].device.run(at: next.at)
      if !places[next.index].device.isOver {
        push((places[next.index].device.nextAt, next.index))
      }
    }
    return true
  }

  private func push(_ item: (at: UInt64, index: Int)) {
    heap.append(item)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private func pop() -> (at: UInt64, index: Int)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
