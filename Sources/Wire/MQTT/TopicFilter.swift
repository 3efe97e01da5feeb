import Bytes

extension MQTT {
  /// A pattern of topic names, with wildcards for one level (`+`) and all the rest (`#`).
  public enum TopicFilter {
    /// True if `filter` may be subscribed to: text of 1 to 65535 bytes, wildcards filling levels.
    public static func isValid(_ filter: Span<UInt8>) -> Bool {
      filter.count <= Int(UInt16.max) && filter.isMQTTText && hasValidForm(filter)
    }

    /// The rules beyond those for any text: a wildcard fills its level, and `#` is the last one.
    static func hasValidForm(_ filter: Span<UInt8>) -> Bool {
      for index in filter.indices {
        let isAfterLevel = index == 0 || filter[index - 1] == Wildcard.separator
        let isLast = index == filter.count - 1
        switch filter[index] {
        case Wildcard.rest:
          guard isAfterLevel, isLast else { return false }
        case Wildcard.single:
          guard isAfterLevel, isLast || filter[index + 1] == Wildcard.separator else {
            return false
          }
        default: break
        }
      }
      return !filter.isEmpty
    }

    /// True if a message under the valid topic `name` goes to who subscribed to the valid `filter`.
    ///
    /// Names that begin with `$` belong to the server; a wildcard at the front does not match them
    /// (section 4.7.2).
    public static func matches(_ filter: Span<UInt8>, topicName name: Span<UInt8>) -> Bool {
      guard !filter.isEmpty, !name.isEmpty else { return false }
      if name[0] == UInt8(ascii: "$"), filter[0] == Wildcard.single || filter[0] == Wildcard.rest {
        return false
      }
      var filterLevels = TopicLevels(filter)
      var nameLevels = TopicLevels(name)
      while !filterLevels.isAtEnd {
        let level = filterLevels.next()
        // `#` stands for the parent level too, so a name may have ended before it.
        if level.count == 1, level[0] == Wildcard.rest { return true }
        guard !nameLevels.isAtEnd else { return false }
        let nameLevel = nameLevels.next()
        if level.count == 1, level[0] == Wildcard.single { continue }
        guard level.isEqual(to: nameLevel) else { return false }
      }
      return nameLevels.isAtEnd
    }
  }
}
