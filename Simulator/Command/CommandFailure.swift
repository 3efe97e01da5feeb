/// A failure with one line for the user and the exit code for scripts.
struct CommandFailure: Error {
  let code: Int32
  let message: String

  /// The run did not reach its purpose.
  static func purpose(_ message: String) -> CommandFailure {
    CommandFailure(code: 1, message: message)
  }

  /// A file or another input is not what it should be.
  static func data(_ message: String) -> CommandFailure {
    CommandFailure(code: 65, message: message)
  }

  /// Something temporary is in the way.
  static func temporary(_ message: String) -> CommandFailure {
    CommandFailure(code: 75, message: message)
  }
}
