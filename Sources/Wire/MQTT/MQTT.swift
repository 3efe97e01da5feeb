/// The packets of MQTT 3.1.1 (OASIS standard of 29 October 2014).
///
/// Each packet has `parse`, which reads a body (what follows the fixed header) and lends its
/// fields, and `emit`, which writes a whole packet. Nothing here keeps state: who may send which
/// packet when is the session's business. Parsing is strict: what the standard forbids is
/// `Malformed`.
public enum MQTT {
  /// The protocol level that CONNECT announces: 4 is version 3.1.1 (section 3.1.2.2).
  public static let protocolLevel: UInt8 = 4
}
