import Testing

@testable import Cloud

@Suite struct SessionTests {
  private func command(_ number: UInt8) -> DeviceMessage {
    DeviceMessage(kind: .commands, topic: "/c", payload: [number])
  }

  private func config(_ number: UInt8) -> DeviceMessage {
    DeviceMessage(kind: .config, topic: "/g", payload: [number])
  }

  @Test func windowLimitsWhatIsUnderWay() throws {
    var session = Session(isClean: false)
    let dropped = (1...5).map { session.enqueue(command(UInt8($0)), maximum: 10) }
    #expect(!dropped.contains(true))
    let first = session.nextDeliveries(window: 2)
    #expect(first.map(\.message.payload) == [[1], [2]])
    #expect(first.map { $0.packetID?.rawValue } == [1, 2])
    #expect(first.allSatisfy { !$0.duplicate })
    #expect(session.nextDeliveries(window: 2).isEmpty)
    let second = try #require(first[1].packetID)
    let acknowledged = [session.acknowledge(second), session.acknowledge(second)]
    #expect(acknowledged == [true, false])
    #expect(session.nextDeliveries(window: 2).map(\.message.payload) == [[3]])
  }

  @Test func redeliveryKeepsOrderAndIdentifiers() {
    var session = Session(isClean: false)
    for number: UInt8 in 1...3 { _ = session.enqueue(command(number), maximum: 10) }
    let first = session.nextDeliveries(window: 2)
    let again = session.redeliveries()
    #expect(again.map(\.packetID) == first.map(\.packetID))
    #expect(again.map(\.message) == first.map(\.message))
    #expect(again.allSatisfy { $0.duplicate })
    #expect(session.redeliveries() == again)
  }

  @Test func fullQueueDropsTheOldest() {
    var session = Session(isClean: false)
    let dropped = (1...4).map { session.enqueue(command(UInt8($0)), maximum: 3) }
    #expect(dropped == [false, false, false, true])
    #expect(session.nextDeliveries(window: 9).map(\.message.payload) == [[2], [3], [4]])
  }

  @Test func onlyTheLatestConfigurationWaits() {
    var session = Session(isClean: false)
    for number: UInt8 in 1...3 {
      _ = session.enqueue(config(number), maximum: 10)
      _ = session.enqueue(command(number), maximum: 10)
    }
    let waiting = session.nextDeliveries(window: 9).map(\.message)
    #expect(waiting == [command(1), command(2), config(3), command(3)])
  }

  @Test func identifiersInUseAreSkipped() throws {
    var session = Session(isClean: false)
    _ = session.enqueue(command(0), maximum: 10)
    let held = try #require(session.nextDeliveries(window: 2).first?.packetID)
    for _ in 0..<65_540 {
      _ = session.enqueue(command(1), maximum: 10)
      let packetID = try #require(session.nextDeliveries(window: 2).first?.packetID)
      guard packetID != held else {
        Issue.record("the identifier of an unacknowledged message was given again")
        return
      }
      let isAcknowledged = session.acknowledge(packetID)
      #expect(isAcknowledged)
    }
  }
}
