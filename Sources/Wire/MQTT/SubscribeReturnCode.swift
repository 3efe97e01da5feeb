extension MQTT {
  /// The server's answer to one filter of a SUBSCRIBE (section 3.9.3).
  public enum SubscribeReturnCode: Equatable, Sendable {
    /// Messages come with at most this quality of service.
    case granted(QualityOfService)
    /// The filter is refused.
    case refused

    /// Creates the code from its number on the wire, or nil from a reserved number.
    public init?(rawValue: UInt8) {
      if rawValue == 0x80 {
        self = .refused
      } else if let quality = QualityOfService(rawValue: rawValue) {
        self = .granted(quality)
      } else {
        return nil
      }
    }

    /// The number on the wire.
    public var rawValue: UInt8 {
      switch self {
      case .granted(let quality): quality.rawValue
      case .refused: 0x80
      }
    }
  }
}
