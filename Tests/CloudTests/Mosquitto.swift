import Foundation

/// Mosquitto's command line clients, which share no code with us.
struct Mosquitto: Sendable {
  let port: Int
  let clientID: String
  let token: String
  /// A file with the roots to trust, in PEM.
  let rootsPath: String

  static let publisherPath = "/usr/bin/mosquitto_pub"
  static let subscriberPath = "/usr/bin/mosquitto_sub"

  static var isInstalled: Bool {
    let isThere = [publisherPath, subscriberPath].allSatisfy {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    if !isThere { print("skipped: mosquitto-clients is not installed") }
    return isThere
  }

  func publish(topic: String, lines: [String], quality: Int = 1) throws -> RunningClient {
    try RunningClient(
      path: Self.publisherPath, arguments: connection + ["-t", topic, "-q", "\(quality)", "-l"],
      input: lines.map { $0 + "\n" }.joined())
  }

  /// Ends by itself after `count` messages, if not nil.
  func subscribe(
    topics: [String], count: Int?, quality: Int = 1, keepsSession: Bool = false
  ) throws -> RunningClient {
    try RunningClient(
      path: Self.subscriberPath,
      arguments: connection + topics.flatMap { ["-t", $0] } + ["-q", "\(quality)"]
        + (count.map { ["-C", "\($0)"] } ?? []) + (keepsSession ? ["-c"] : []))
  }

  private var connection: [String] {
    [
      "-h", "localhost", "-p", "\(port)", "--cafile", rootsPath, "-i", clientID, "-u", "unused",
      "-P", token,
    ]
  }
}
