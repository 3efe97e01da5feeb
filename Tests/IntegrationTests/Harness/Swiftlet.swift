import Foundation

/// The program under test, run as a user runs it.
enum Swiftlet {
  /// `$SWIFTLET_BINARY`, or else what was built last in this package.
  static func path() throws -> String {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let given = ProcessInfo.processInfo.environment["SWIFTLET_BINARY"]
    let places =
      given.map { [$0] } ?? ["debug", "release"].map { "\(root)/.build/\($0)/swiftlet" }
    guard let path = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw Failure(
        "no program at \(places.joined(separator: " or ")): run `swift build --product swiftlet`")
    }
    return path
  }

  /// Starts the program.
  static func start(_ arguments: [String]) throws -> ChildProcess {
    try ChildProcess(path(), arguments)
  }

  /// Runs the program to its end.
  static func run(_ arguments: String...) async throws -> ChildProcess.Outcome {
    try await run(arguments)
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String]) async throws -> ChildProcess.Outcome {
    try await start(arguments).outcome()
  }

  /// Makes a folder with `devices` identities.
  static func provision(_ devices: Int, in folder: String) async throws {
    let outcome = try await run("provision", folder, "--devices", "\(devices)")
    guard outcome.exitCode == 0 else { throw Failure("provision: \(outcome.errors)") }
  }
}
