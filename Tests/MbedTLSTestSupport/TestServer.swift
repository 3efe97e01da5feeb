import Foundation

/// An `openssl s_server` on loopback, which ends with this value.
///
/// Tasks may share one, since nothing changes after it started.
public final class TestServer: @unchecked Sendable {
  /// It did not start; the text is what it said.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  /// Where it listens.
  public let port: UInt16
  private let process: Process
  private let input = Pipe()

  /// Starts a server with the certificate `name` and further `arguments`, separated by spaces.
  ///
  /// Unless told otherwise it sends back each line in reverse.
  public init(_ name: String, _ arguments: String = "-rev", pki: TestPKI) throws {
    process = OpenSSL.process(
      "s_server -accept 127.0.0.1:0 -cert \(name).pem -key \(name).key \(arguments)",
      in: pki.folder.url)
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    var text = ""
    var found: UInt16?
    while found == nil {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      text += String(decoding: data, as: UTF8.self)
      found = Self.port(in: text)
    }
    guard let found else {
      process.terminate()
      throw Failure(description: text)
    }
    port = found
    // Nobody reads on, and a server must not block on a full pipe.
    output.fileHandleForReading.readabilityHandler = { handle in
      if handle.availableData.isEmpty { handle.readabilityHandler = nil }
    }
  }

  deinit { stop() }

  /// Ends the server at once, without a word to its peers.
  public func stop() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Types `text` into the server's terminal.
  public func type(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// The number in a whole line `ACCEPT 127.0.0.1:NUMBER`.
  private static func port(in text: String) -> UInt16? {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    where line.hasPrefix("ACCEPT") {
      return line.split(separator: ":").last.flatMap { UInt16($0) }
    }
    return nil
  }
}
