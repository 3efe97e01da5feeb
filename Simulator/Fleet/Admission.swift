/// How many of a worker's devices may be on their way to the cloud at the same time.
///
/// A device that is about to begin an attempt is not driven until another has arrived or given up.
/// To the core that looks as if its back-off had been a little longer: it is asleep anyway. What a
/// device has begun is never held back, nor is the connection that follows on a renewed token.
struct Admission {
  private let limit: Int
  private var attempting = 0
  private var queue: [Int] = []
  private var next = 0
  private var isQueued: [Bool]

  /// Admits at most `limit` of `count` devices at a time.
  init(limit: Int, count: Int) {
    self.limit = limit
    isQueued = Array(repeating: false, count: count)
  }

  /// True while another device may begin.
  var hasRoom: Bool { attempting < limit }

  /// A device has begun an attempt, or ended one.
  mutating func note(was before: Bool, is now: Bool) {
    if before != now { attempting += now ? 1 : -1 }
  }

  /// Has the device wait for its turn, behind those that wait already.
  mutating func enqueue(_ index: Int) {
    guard !isQueued[index] else { return }
    isQueued[index] = true
    queue.append(index)
  }

  /// The device whose turn it is, if there is room for one.
  mutating func dequeue() -> Int? {
    guard hasRoom, next < queue.count else { return nil }
    let index = queue[next]
    next += 1
    isQueued[index] = false
    if next == queue.count {
      queue.removeAll(keepingCapacity: true)
      next = 0
    }
    return index
  }
}
