/// How surely a message is delivered; such bridges have no QoS 2.
enum Quality: UInt8, Sendable {
  /// QoS 0.
  case atMostOnce = 0
  /// QoS 1.
  case atLeastOnce = 1
}
