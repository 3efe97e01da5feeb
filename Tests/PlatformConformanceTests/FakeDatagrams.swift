import Platform
import Units

/// A socket to an echo in memory that loses the first datagram.
struct FakeDatagrams: DatagramSocket, MonotonicClock {
  enum Defect: CaseIterable {
    case failsToOpen, inventsDatagrams, throwsWhenNothingArrived, failsToSend, neverAnswers
    case garbles, losesTheEnd, givesTheWholeLength, givesTheRestLater, keepsOldDatagrams
    case breaksOnSecondClose
  }

  let defect: Defect?
  private var clock = FakeClock()
  private var isOpen = false
  private var isBroken = false
  private var waiting: [[UInt8]] = []
  private var sent = 0

  init(_ defect: Defect? = nil) { self.defect = defect }

  mutating func now() -> Instant { clock.now() }

  mutating func openDatagrams(to endpoint: Endpoint) throws(FakeFailure) {
    if defect == .failsToOpen || isBroken { throw FakeFailure(kind: .exhausted) }
    isOpen = true
    if defect != .keepsOldDatagrams { waiting = [] }
  }

  mutating func send(_ datagram: Span<UInt8>) throws(FakeFailure) {
    precondition(isOpen)
    if defect == .failsToSend { throw FakeFailure(kind: .unreachable) }
    sent += 1
    if defect == .neverAnswers || sent == 1 { return }
    var bytes: [UInt8] = []
    for index in datagram.indices { bytes.append(datagram[index]) }
    if defect == .garbles { bytes[3] ^= 1 }
    if defect == .losesTheEnd { bytes.removeLast() }
    waiting.append(bytes)
  }

  mutating func receive(into space: inout MutableSpan<UInt8>) throws(FakeFailure) -> Int {
    precondition(isOpen)
    if defect == .inventsDatagrams { return 1 }
    guard !waiting.isEmpty else {
      if defect == .throwsWhenNothingArrived { throw FakeFailure(kind: .closed) }
      return 0
    }
    let datagram = waiting.removeFirst()
    let count = min(space.count, datagram.count)
    for index in 0..<count { space[index] = datagram[index] }
    if count < datagram.count {
      if defect == .givesTheRestLater { waiting.append(Array(datagram[count...])) }
      if defect == .givesTheWholeLength { return datagram.count }
    }
    return count
  }

  mutating func closeDatagrams() {
    if defect == .breaksOnSecondClose, !isOpen { isBroken = true }
    isOpen = false
    waiting = []
  }
}
