/// A data file is not what it should be: which file, which key, and what would be right.
public struct ProfileError: Error, CustomStringConvertible, Equatable {
  /// The file, as the user named it, or the name of a file inside the program.
  public let file: String
  /// The path of the key inside the file, such as `nrf52840.figures.activeMilliamperes.value`.
  public let key: String?
  /// What is wrong and what would be right.
  public let problem: String

  /// The complaint in one line.
  public var description: String {
    guard let key else { return "\(file): \(problem)" }
    return "\(file): \(key): \(problem)"
  }
}
