/// Why the stand-in cloud cannot do what it was asked.
public enum CloudError: Error, Equatable, CustomStringConvertible {
  /// A port is taken or not allowed.
  case port(Int, reason: String)
  /// The device has no open or kept session that subscribed to what was to be sent.
  case notSubscribed(String)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .port(let port, let reason):
      "port \(port) on 127.0.0.1 cannot be opened: \(reason); choose another, or 0 for any free one"
    case .notSubscribed(let device):
      "device \(device) is not connected, or has not subscribed to its commands"
    }
  }
}
