import DataFiles
import Units

extension DataPlace {
  /// A length of time in a range, as a text with its unit.
  func duration(in range: ClosedRange<Interval>, _ meaning: String) throws(DataError) -> Interval {
    guard case .text(let text) = node.content, let interval = Interval(text: text),
      range.contains(interval)
    else {
      throw error(
        "is \(kind); it should be a time from \(range.lowerBound.text) to "
          + "\(range.upperBound.text) such as \"90s\", \"36h\" or \"5y\": \(meaning)")
    }
    return interval
  }

  /// One of a few words.
  func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ meaning: String
  ) throws(DataError) -> Value {
    guard case .text(let text) = node.content, let value = Value(rawValue: text) else {
      let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("is \(kind); it should be one of \(words): \(meaning)")
    }
    return value
  }

  /// A text of a certain form, a regular expression.
  func text(pattern: String, _ meaning: String) throws(DataError) -> String {
    let text = try text(meaning)
    guard let expression = try? Regex(pattern), text.wholeMatch(of: expression) != nil else {
      throw error("is \(kind); it should be \(meaning)")
    }
    return text
  }
}
