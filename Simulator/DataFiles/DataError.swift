/// A data file is not what it should be: which file, where in it, and what would be right.
public struct DataError: Error, CustomStringConvertible, Equatable {
  /// The file, as the user named it, or the name of a file inside the program.
  public let file: String
  /// The line, counted from 1; nil where the fault is the whole file's.
  public let line: Int?
  /// The path of the key inside the file, such as `device.backOff.cap`; empty for the whole.
  public let path: String
  /// What is wrong and what would be right.
  public let problem: String

  /// Creates a complaint.
  public init(file: String, line: Int? = nil, path: String = "", problem: String) {
    self.file = file
    self.line = line
    self.path = path
    self.problem = problem
  }

  /// The complaint in one line, as compilers write them.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return path.isEmpty ? "\(place): \(problem)" : "\(place): \(path): \(problem)"
  }
}
