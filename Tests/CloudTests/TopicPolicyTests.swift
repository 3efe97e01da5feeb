import Testing

@testable import Cloud

@Suite struct TopicPolicyTests {
  private let policy = TopicPolicy(device: "d-1")

  @Test(
    arguments: [
      ("/devices/d-1/events", MessageKind.events),
      ("/devices/d-1/events/", .events),
      ("/devices/d-1/events/alarm/fire", .events),
      ("/devices/d-1/state", .state),
      ("/devices/d-1/state/x", nil),
      ("/devices/d-1/config", nil),
      ("/devices/d-1/commands", nil),
      ("/devices/d-1/eventsx", nil),
      ("/devices/d-1", nil),
      ("/devices/d-2/events", nil),
      ("/devices/d-12/events", nil),
      ("devices/d-1/events", nil),
      ("/devices/d-1//events", nil),
      ("$SYS/broker", nil),
      ("", nil),
    ] as [(String, MessageKind?)])
  func publishing(topic: String, kind: MessageKind?) {
    #expect(policy.publishing(to: topic) == kind)
  }

  @Test(
    arguments: [
      ("/devices/d-1/config", MessageKind.config),
      ("/devices/d-1/commands/#", .commands),
      ("/devices/d-1/commands", nil),
      ("/devices/d-1/commands/a", nil),
      ("/devices/d-1/config/#", nil),
      ("/devices/d-1/#", nil),
      ("/devices/+/config", nil),
      ("/devices/d-2/config", nil),
      ("/devices/d-1/events", nil),
      ("#", nil),
      ("", nil),
    ] as [(String, MessageKind?)])
  func subscribing(filter: String, kind: MessageKind?) {
    #expect(policy.subscribing(to: filter) == kind)
  }

  @Test func topicsOfTheCloud() {
    #expect(policy.configTopic == "/devices/d-1/config")
    #expect(policy.commandTopic(subfolder: nil) == "/devices/d-1/commands")
    #expect(policy.commandTopic(subfolder: "a/b") == "/devices/d-1/commands/a/b")
  }
}
