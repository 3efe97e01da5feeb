import Bytes
import Testing
import Wire

@Suite struct TopicTests {
  /// The examples of section 4.7 of the standard, and some edges.
  @Test(arguments: [
    ("sport/tennis/player1/#", "sport/tennis/player1", true),
    ("sport/tennis/player1/#", "sport/tennis/player1/ranking", true),
    ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true),
    ("sport/tennis/player1/#", "sport/tennis/player10", false),
    ("sport/#", "sport", true), ("#", "sport", true), ("#", "/", true),
    ("sport/tennis/+", "sport/tennis/player1", true),
    ("sport/tennis/+", "sport/tennis/player1/ranking", false),
    ("sport/+", "sport", false), ("sport/+", "sport/", true), ("+", "sport", true),
    ("+/+", "/finance", true), ("/+", "/finance", true), ("+", "/finance", false),
    ("+/tennis/#", "sport/tennis", true), ("+/tennis/#", "sport/tennis/a/b", true),
    ("#", "$SYS/uptime", false), ("+/monitor/clients", "$SYS/monitor/clients", false),
    ("$SYS/#", "$SYS/uptime", true), ("$SYS/monitor/+", "$SYS/monitor/clients", true),
    ("a/$b", "a/$b", true), ("a/+", "a/$b", true),
    ("accounts", "ACCOUNTS", false), ("a", "a/", false), ("a/", "a", false), ("/a", "a", false),
    ("a//b", "a//b", true), ("a/+/b", "a//b", true), ("a/b/c", "a/b", false),
  ])
  func matchesLikeTheStandard(filter: String, name: String, expected: Bool) {
    let filter = Array(filter.utf8)
    let name = Array(name.utf8)
    #expect(MQTT.TopicFilter.isValid(filter.span) == true)
    #expect(MQTT.TopicName.isValid(name.span) == true)
    #expect(MQTT.TopicFilter.matches(filter.span, topicName: name.span) == expected)
  }

  @Test(arguments: [
    "", "sport/tennis#", "sport/tennis/#/ranking", "sport+", "+sport", "a/b+/c", "##", "#/", "++",
    "a\0b",
  ])
  func refusesInvalidFilters(_ filter: String) {
    #expect(MQTT.TopicFilter.isValid(Array(filter.utf8).span) == false)
  }

  @Test(arguments: ["", "a/+", "a/#", "+", "a+b", "a\0"])
  func refusesInvalidNames(_ name: String) {
    #expect(MQTT.TopicName.isValid(Array(name.utf8).span) == false)
  }

  @Test func limitsTheLength() {
    let longest = [UInt8](repeating: 0x61, count: 65_535)
    #expect(MQTT.TopicName.isValid(longest.span) == true)
    #expect(MQTT.TopicFilter.isValid(longest.span) == true)
    #expect(MQTT.TopicName.isValid((longest + [0x61]).span) == false)
    #expect(MQTT.TopicFilter.isValid((longest + [0x61]).span) == false)
  }

  /// The reference is another method: every filter is expanded against every name by recursion.
  @Test func agreesWithAReferenceOnAllShortTopics() {
    let levels = ["", "a", "b"]
    let names = Self.paths(of: levels, upTo: 3).filter { !$0.isEmpty }
    let filters = Self.paths(of: levels + ["+", "#"], upTo: 3)
      .filter { MQTT.TopicFilter.isValid(Array($0.utf8).span) }
    for filter in filters {
      for name in names {
        let expected = Self.matches(
          filter.split(separator: "/", omittingEmptySubsequences: false)[...],
          name.split(separator: "/", omittingEmptySubsequences: false)[...])
        let found = MQTT.TopicFilter.matches(
          Array(filter.utf8).span, topicName: Array(name.utf8).span)
        if found != expected { Issue.record("\(filter) and \(name)") }
      }
    }
  }

  private static func paths(of levels: [String], upTo count: Int) -> [String] {
    guard count > 1 else { return levels }
    let shorter = paths(of: levels, upTo: count - 1)
    return shorter + shorter.flatMap { path in levels.map { path + "/" + $0 } }
  }

  private static func matches(
    _ filter: ArraySlice<Substring>, _ name: ArraySlice<Substring>
  ) -> Bool {
    switch (filter.first, name.first) {
    case ("#"?, _): true
    case (nil, nil): true
    case (nil, _), (_, nil): false
    case (let level?, let other?):
      (level == "+" || level == other) && matches(filter.dropFirst(), name.dropFirst())
    }
  }
}
