/// Which topics a device may use, as Google-style bridges have it.
struct TopicPolicy: Sendable {
  private let prefix: String

  /// The rules for `device`.
  init(device: String) { prefix = "/devices/\(device)/" }

  /// What a message that the device publishes to `topic` is, or nil if it may not.
  func publishing(to topic: String) -> MessageKind? {
    guard topic.hasPrefix(prefix) else { return nil }
    let rest = topic.dropFirst(prefix.count)
    if rest == "state" { return .state }
    return rest == "events" || rest.hasPrefix("events/") ? .events : nil
  }

  /// What the device gets by subscribing to `filter`, or nil if it may not.
  func subscribing(to filter: String) -> MessageKind? {
    guard filter.hasPrefix(prefix) else { return nil }
    switch filter.dropFirst(prefix.count) {
    case "config": return .config
    case "commands/#": return .commands
    default: return nil
    }
  }

  /// Where the device's configuration is published.
  var configTopic: String { prefix + "config" }

  /// Where commands for the device are published.
  func commandTopic(subfolder: String?) -> String {
    subfolder.map { prefix + "commands/" + $0 } ?? prefix + "commands"
  }
}
