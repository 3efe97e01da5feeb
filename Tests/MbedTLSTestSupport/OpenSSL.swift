public import Foundation

/// Runs the `openssl` command, the independent peer of these tests.
public enum OpenSSL {
  /// The command ended with an error; the text is what it said.
  public struct Failure: Error, CustomStringConvertible {
    /// The command and its output.
    public let description: String
  }

  /// The command with `arguments`, ready to run in `folder`.
  static func process(_ arguments: String, in folder: URL) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    return process
  }

  /// Runs `openssl` with `arguments`, separated by spaces, and waits for its end.
  public static func run(_ arguments: String, in folder: URL) throws {
    let process = process(arguments, in: folder)
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "openssl \(arguments): \(String(decoding: text, as: UTF8.self))")
    }
  }
}
