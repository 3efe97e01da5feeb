extension MQTT {
  /// How surely a message is delivered (section 4.3).
  public enum QualityOfService: UInt8, Comparable, Sendable {
    /// QoS 0: sent once, not acknowledged.
    case atMostOnce = 0
    /// QoS 1: repeated on later connections until acknowledged.
    case atLeastOnce = 1
    /// QoS 2: delivered once.
    case exactlyOnce = 2

    /// Orders by certainty.
    public static func < (left: QualityOfService, right: QualityOfService) -> Bool {
      left.rawValue < right.rawValue
    }
  }
}
