import Foundation
import Glibc
import Synchronization

/// A program that the test has started, and that ends with the value at the latest.
///
/// Its input and output are files: a pipe would be inherited by programs started at the same time,
/// and nobody has to empty a file.
final class ChildProcess: Sendable {
  /// How a program ended and what it wrote.
  struct Outcome: Sendable {
    /// As the shell has it: a program that a signal ended has 128 and the signal's number.
    let exitCode: Int32
    let output: String
    let errors: String
  }

  let processID: pid_t
  private let name: String
  private let folder: TemporaryFolder
  private let status = Mutex<Int32?>(nil)

  /// Starts the program at `path`, which finds `input` at its standard input.
  init(_ path: String, _ arguments: [String], input: String = "") throws {
    name = URL(fileURLWithPath: path).lastPathComponent
    folder = try TemporaryFolder()
    try folder.write(input, to: "0")
    processID = try Self.spawn(path, arguments, folder)
  }

  deinit {
    guard isRunning else { return }
    kill(processID, SIGKILL)
    var ignored: Int32 = 0
    waitpid(processID, &ignored, 0)
  }

  /// Runs a program to its end, which must be a success.
  @discardableResult
  static func run(_ path: String, _ arguments: [String], input: String = "") async throws -> String
  {
    let outcome = try await ChildProcess(path, arguments, input: input).outcome()
    guard outcome.exitCode == 0 else {
      throw Failure("\(path) \(arguments.joined(separator: " ")): \(outcome.errors)")
    }
    return outcome.output
  }

  /// What it has written to standard output so far.
  var output: String { get throws { try read(1) } }

  /// What it has written to standard error so far.
  var errors: String { get throws { try read(2) } }

  var isRunning: Bool {
    status.withLock { status in
      guard status == nil else { return false }
      var found: Int32 = 0
      guard waitpid(processID, &found, WNOHANG) == processID else { return true }
      status = found
      return false
    }
  }

  /// Sends a signal, such as `SIGTERM`.
  func signal(_ number: Int32) { if isRunning { kill(processID, number) } }

  /// Waits for the end.
  @discardableResult
  func outcome(atMost limit: Duration = .seconds(120)) async throws -> Outcome {
    try await wait(for: "the end of \(name)", atMost: limit) { !isRunning }
    let found = status.withLock { $0 } ?? 0
    let exitCode = found & 0x7F == 0 ? found >> 8 & 0xFF : 128 + found & 0x7F
    return Outcome(exitCode: exitCode, output: try output, errors: try errors)
  }

  private func read(_ descriptor: Int32) throws -> String {
    try String(contentsOfFile: folder.file("\(descriptor)"), encoding: .utf8)
  }

  private static func spawn(
    _ path: String, _ arguments: [String], _ folder: TemporaryFolder
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      let mode = descriptor == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_APPEND
      posix_spawn_file_actions_addopen(
        &actions, descriptor, folder.file("\(descriptor)"), mode, 0o600)
    }
    for descriptor: Int32 in 3..<1_024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    // Ignored and blocked signals are inherited: those who run the tests in the background ignore
    // some, and the threads of Dispatch block nearly all.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ([path] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var processID: pid_t = 0
    let failure = posix_spawn(&processID, path, &actions, &attributes, words + [nil], environ)
    guard failure == 0 else { throw Failure("\(path): \(String(cString: strerror(failure)))") }
    return processID
  }
}
