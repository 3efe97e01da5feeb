import Bytes

/// The time servers that an image lists, in its order, one to three.
public struct ImageTimeServers: ~Escapable {
  private var records: ImageRecords

  @_lifetime(copy records)
  init(in records: Span<UInt8>) {
    self.records = ImageRecords(.timeServer, in: records)
  }

  /// The next server, or nil after the last.
  @_lifetime(copy self)
  public mutating func next() -> ImageTimeServer? {
    guard let record = records.next() else { return nil }
    return ImageTimeServer(record)
  }
}
