import Foundation

/// What `swiftlet live --format json` prints; a key that is missing is an error.
struct LiveResult: Decodable {
  struct Messages: Decodable {
    let accepted: Int
    let acknowledged: Int
    let lost: Int
    let received: Int
  }

  struct Tokens: Decodable {
    let signed: Int
    let refused: Int
    let devicesRefreshed: Int
  }

  struct Connects: Decodable {
    let full: Int
    let resumed: Int
    let failed: Int
  }

  struct Bytes: Decodable {
    let sent: Int
    let received: Int
  }

  struct Latency: Decodable {
    let count: Int
    let p50Milliseconds: Double
    let p90Milliseconds: Double
    let p99Milliseconds: Double
    let p999Milliseconds: Double
    let maxMilliseconds: Double
  }

  struct Hold: Decodable {
    let seconds: Double
    let onlineMinimum: Int
  }

  struct Memory: Decodable {
    let residentBytesPerDevice: Int
    let processResidentBytesPerDevice: Int
  }

  let devices: Int
  let connected: Int
  let configured: Int
  let seconds: Double
  let messages: Messages
  let tokens: Tokens
  let connects: Connects
  let connectsPerSecond: Double?
  let hold: Hold?
  let latency: [String: Latency]
  let warnings: [String]
  let bytes: Bytes
  let memory: Memory
  let failures: [String: Int]
  let reproduce: String

  /// Reads standard output, which must be one JSON object and nothing else.
  init(_ outcome: ChildProcess.Outcome) throws {
    do {
      self = try JSONDecoder().decode(LiveResult.self, from: Data(outcome.output.utf8))
    } catch {
      throw Failure("not the JSON of a live run: '\(outcome.output)', \(outcome.errors), \(error)")
    }
  }
}
