/// A JSON value as it stands in a file, with the line that it begins on.
public struct JSONNode: Sendable {
  /// The line, counted from 1.
  public let line: Int
  /// What it is.
  public let content: Content

  /// What a value is; numbers stay as they were written, so that none loses a digit.
  public enum Content: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number, in its digits.
    case number(String)
    /// A text.
    case text(String)
    /// A list.
    case list([JSONNode])
    /// An object's members, in the order of the file; no key comes twice.
    case object([(key: String, value: JSONNode)])
  }

  init(line: Int, _ content: Content) {
    self.line = line
    self.content = content
  }

  /// What it is, in a word, for a complaint.
  var kind: String {
    switch content {
    case .null: "null"
    case .boolean(let truth): "\(truth)"
    case .number(let digits): "the number \(digits.prefix(40))"
    case .text(let text):
      DataPlace.isPrintable(text)
        ? "the text \"\(text.prefix(80))\"" : "a text with a control character"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
