import Foundation
import Synchronization

/// A client process, which ends at the latest with the value.
///
/// Its input and output are files: pipes of Foundation's `Process` are inherited by other processes
/// that start at the same time, and then neither end sees the other's.
final class RunningClient: Sendable {
  struct Outcome: Sendable {
    let exitCode: Int32
    let output: String
    let errors: String
  }

  private let processID: pid_t
  private let folder: String
  private let status = Mutex<Int32?>(nil)

  init(path: String, arguments: [String], input: String = "") throws {
    let folder = NSTemporaryDirectory() + "swiftlet-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    self.folder = folder
    try input.write(toFile: folder + "/0", atomically: false, encoding: .utf8)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      let mode = descriptor == 0 ? O_RDONLY : O_WRONLY | O_CREAT
      posix_spawn_file_actions_addopen(
        &actions, descriptor, "\(folder)/\(descriptor)", mode, 0o600)
    }
    // A listening socket that lived on in a client would keep its port from a restarted cloud.
    for descriptor: Int32 in 3..<1_024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    let words = ([path] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var processID: pid_t = 0
    let failure = posix_spawn(&processID, path, &actions, nil, words + [nil], environ)
    self.processID = processID
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
  }

  deinit {
    if isRunning {
      kill(processID, SIGKILL)
      var ignored: Int32 = 0
      waitpid(processID, &ignored, 0)
    }
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      print("left behind: \(folder)")
    }
  }

  /// Ends the process at once; asked politely, mosquitto's clients wait for a broker that is gone.
  func terminate() { if isRunning { kill(processID, SIGKILL) } }

  var isRunning: Bool {
    status.withLock { status in
      guard status == nil else { return false }
      var found: Int32 = 0
      guard waitpid(processID, &found, WNOHANG) == processID else { return true }
      status = found
      return false
    }
  }

  /// Waits for the end.
  func outcome() async throws -> Outcome {
    while isRunning { try await Task.sleep(for: .milliseconds(5)) }
    let found = status.withLock { $0 } ?? 0
    // As the shell has it: a process that a signal ended has 128 and the signal's number.
    let exitCode = found & 0x7F == 0 ? found >> 8 & 0xFF : 128 + found & 0x7F
    return Outcome(exitCode: exitCode, output: try read(1), errors: try read(2))
  }

  private func read(_ descriptor: Int32) throws -> String {
    try String(contentsOfFile: "\(folder)/\(descriptor)", encoding: .utf8)
  }
}
