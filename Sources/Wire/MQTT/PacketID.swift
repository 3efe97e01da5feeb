extension MQTT {
  /// Tells one exchange that needs an answer from the others; never zero (section 2.3.1).
  public struct PacketID: Equatable, Sendable {
    /// The number on the wire, 1 to 65535.
    public let rawValue: UInt16

    /// Creates an identifier, or nil from zero.
    public init?(_ rawValue: UInt16) {
      guard rawValue != 0 else { return nil }
      self.rawValue = rawValue
    }

    /// The identifier one.
    public static let first = PacketID(nonzero: 1)

    /// The identifier after this one; after 65535 comes 1.
    public var next: PacketID { PacketID(nonzero: rawValue == .max ? 1 : rawValue + 1) }

    private init(nonzero rawValue: UInt16) { self.rawValue = rawValue }
  }
}
