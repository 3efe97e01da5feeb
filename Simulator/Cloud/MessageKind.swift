/// What a message is for, which its topic says.
public enum MessageKind: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// Telemetry, from the device.
  case events
  /// The device's state, from the device.
  case state
  /// The device's configuration, to the device.
  case config
  /// A command, to the device.
  case commands
}
