/// What is wrong with a file of an identity folder, and what would be right.
public struct IdentityFolderError: Error, Equatable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// What is wrong.
  public let problem: Problem

  /// What can be wrong with a file.
  public enum Problem: Equatable, Sendable {
    /// There is none.
    case missing
    /// It is there and must not be overwritten.
    case exists
    /// The system does not let us read it, for this reason.
    case unreadable(String)
    /// The system does not let us write it, for this reason.
    case unwritable(String)
    /// Its content is not what it should be, which is this.
    case malformed(expected: String)
    /// It is well formed, but of another kind.
    case wrongKind(found: String, expected: String)
  }

  /// Creates an error.
  public init(path: String, problem: Problem) {
    self.path = path
    self.problem = problem
  }

  /// What is wrong, and what would be right.
  public var description: String {
    switch problem {
    case .missing:
      "\(path): there is no such file; `swiftlet provision` makes a complete folder"
    case .exists:
      "\(path): already exists; choose another folder, for the keys in it would be lost"
    case .unreadable(let reason): "\(path): cannot be read: \(reason)"
    case .unwritable(let reason): "\(path): cannot be written: \(reason)"
    case .malformed(let expected): "\(path): is malformed; it should be \(expected)"
    case .wrongKind(let found, let expected): "\(path): is \(found); it should be \(expected)"
    }
  }
}
