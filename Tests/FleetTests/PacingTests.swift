import Testing
import Units

@testable import Fleet

@Suite struct PacingTests {
  @Test("A rate switches just so many devices on in every second", arguments: [0.5, 3, 200, 7_777])
  func rate(perSecond: Double) {
    let pacing = Pacing(rate: perSecond)
    let count = Int(perSecond * 10)
    let delays = (0..<count).map { pacing.delay(of: $0).milliseconds }
    #expect(delays.first == 0)
    #expect(delays == delays.sorted())
    for second in 0..<10 {
      let end = UInt64(second + 1) * 1_000
      // Milliseconds are cut off, which can bring one device forward.
      let wanted = Double(second + 1) * perSecond
      #expect(abs(Double(delays.filter { $0 < end }.count) - wanted) <= 1)
    }
  }

  @Test("Without a rate all are switched on at once")
  func none() {
    #expect(Pacing().delay(of: 99_999) == .zero)
  }

  @Test("No more devices than allowed begin, and those that wait begin in order")
  func admission() {
    var admission = Admission(limit: 2, count: 6)
    admission.note(was: false, is: true)
    #expect(admission.hasRoom)
    admission.note(was: false, is: true)
    #expect(!admission.hasRoom)
    for index in [4, 1, 4, 5] { admission.enqueue(index) }
    #expect(admission.dequeue() == nil)
    admission.note(was: true, is: true)
    #expect(admission.dequeue() == nil)
    admission.note(was: true, is: false)
    #expect(admission.dequeue() == 4)
    admission.note(was: false, is: true)
    #expect(admission.dequeue() == nil)
    admission.enqueue(4)
    admission.note(was: true, is: false)
    admission.note(was: true, is: false)
    #expect([admission.dequeue(), admission.dequeue(), admission.dequeue()] == [1, 5, 4])
    #expect(admission.dequeue() == nil)
  }

  @Test("The workers' shares in what is allowed at a time add up to it", arguments: 1...9)
  func shares(limit: Int) {
    var options = FleetOptions(
      members: [], cloud: .init(host: "localhost", port: 1), timeServers: [], roots: [])
    options.attemptsAtATime = limit
    options.workers = min(limit, 4)
    let shares = (0..<options.workers).map { options.attemptsAtATime(worker: $0) }
    #expect(shares.reduce(0, +) == limit)
    #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
    #expect(shares.allSatisfy { $0 > 0 })
  }
}
