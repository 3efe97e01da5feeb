import Bytes

extension MQTT {
  /// The name that a message is published under (section 4.7).
  public enum TopicName {
    /// True if `name` may be published to: text of 1 to 65535 bytes without wildcards.
    public static func isValid(_ name: Span<UInt8>) -> Bool {
      name.count <= Int(UInt16.max) && name.isMQTTText && hasValidForm(name)
    }

    /// The rules beyond those for any text.
    static func hasValidForm(_ name: Span<UInt8>) -> Bool {
      for index in name.indices where name[index] == Wildcard.single || name[index] == Wildcard.rest
      {
        return false
      }
      return !name.isEmpty
    }
  }

  /// The characters with a meaning in topic filters (section 4.7.1).
  enum Wildcard {
    static let single = UInt8(ascii: "+")
    static let rest = UInt8(ascii: "#")
    static let separator = UInt8(ascii: "/")
  }
}
