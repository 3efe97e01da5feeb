import DataFiles
import Foundation

extension DataPlace {
  /// The bytes that a file of profiles may have.
  private static var fileSizeMaximum: Int { 64 << 20 }

  /// The whole of a file of profiles.
  init(_ data: Data, file: String) throws(DataError) {
    self.init(
      try JSONParser.parse(Array(data), file: file, sizeMaximum: Self.fileSizeMaximum), file: file)
  }

  /// The items of a list.
  func items() throws(DataError) -> [DataPlace] { try items(countMaximum: 100_000) }

  /// A text that is not empty.
  func text() throws(DataError) -> String {
    let text = try text("one that is not empty")
    guard !text.isEmpty else { throw error("should be a text that is not empty") }
    return text
  }

  /// The text of a member of an object; nil where there is none.
  func word(_ key: String) -> String? {
    guard case .object(let members) = node.content,
      case .text(let text)? = members.first(where: { $0.key == key })?.value.content
    else { return nil }
    return text
  }

  /// Whether it is an object with a member `key`.
  func has(_ key: String) -> Bool {
    guard case .object(let members) = node.content else { return false }
    return members.contains { $0.key == key }
  }
}

/// A number without a needless fraction.
func plain(_ number: Double) -> String { JSON.plain(number) }
