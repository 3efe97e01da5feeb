import Foundation

/// A `mosquitto_sub` that collects the numbered messages of all devices in a session that the
/// broker keeps.
struct MessageCollector {
  private let process: ChildProcess

  /// Subscribes; at the end the broker has confirmed it.
  init(_ broker: MosquittoBroker) async throws {
    process = try ChildProcess(
      // It flushes its output after messages only.
      "/usr/bin/stdbuf",
      ["-oL", Peers.subscriber] + broker.connection(clientID: "collector")
        + ["-c", "-d", "-q", "1", "-t", "/devices/+/events", "-F", "%t %p"])
    try await wait(for: "the collector's subscription") { [process] in
      guard process.isRunning else { throw Failure("mosquitto_sub: \(try process.errors)") }
      return try process.output.contains("Subscribed")
    }
  }

  /// The numbers that arrived from each device, in the order of arrival.
  func numbers() throws -> [String: [Int]] {
    var numbers: [String: [Int]] = [:]
    for line in try process.output.split(separator: "\n") where line.hasPrefix("/devices/") {
      let parts = line.split(separator: " ", maxSplits: 1)
      let device = String(parts[0].split(separator: "/")[1])
      // The last line may still be in the making.
      guard parts.count == 2,
        let message = try? JSONDecoder().decode(Message.self, from: Data(parts[1].utf8))
      else { continue }
      numbers[device, default: []].append(message.n)
    }
    return numbers
  }

  /// The number of different messages that arrived.
  func count() throws -> Int { try numbers().values.reduce(0) { $0 + Set($1).count } }

  private struct Message: Decodable {
    let n: Int
  }
}
