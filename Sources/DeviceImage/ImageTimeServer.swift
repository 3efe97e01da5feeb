import Bytes

/// A time server that an image names.
public struct ImageTimeServer: ~Escapable {
  /// The UDP port.
  public let port: UInt16
  /// The host name.
  public let host: Span<UInt8>

  /// Reads the content of a record that was checked.
  @_lifetime(copy content)
  init(_ content: Span<UInt8>) {
    port = content.littleEndian16
    host = content.extracting(droppingFirst: 2)
  }
}
