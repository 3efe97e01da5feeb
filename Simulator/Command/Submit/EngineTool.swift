import Foundation

/// A program of the cluster's, such as `sbatch`.
enum EngineTool {
  /// How it ended and what it said.
  struct Outcome {
    let exitCode: Int32
    let output: String
    let errors: String
  }

  /// Runs a program that the path leads to.
  static func run(_ words: [String]) throws(CommandFailure) -> Outcome {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch {
      throw .temporary("\(words[0]): cannot be started: \(error.localizedDescription)")
    }
    // These programs say little on standard error: it cannot fill its pipe meanwhile.
    let written = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationStatus, output: String(decoding: written, as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self))
  }

  /// Runs a program that has to succeed, and returns what it wrote.
  static func need(_ words: [String]) throws(CommandFailure) -> String {
    let outcome = try run(words)
    guard outcome.exitCode == 0 else {
      // They begin with their own name.
      let complaint = outcome.errors.split(separator: "\n").last.map(String.init)
      throw .purpose(complaint ?? "\(words[0]): ended with \(outcome.exitCode)")
    }
    return outcome.output
  }
}
