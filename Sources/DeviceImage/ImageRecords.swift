import Bytes

/// The contents of an image's records of one kind, front to back, where they lie.
public struct ImageRecords: ~Escapable {
  private var reader: ByteReader
  private let tag: ImageTag

  @_lifetime(copy records)
  init(_ tag: ImageTag, in records: Span<UInt8>) {
    reader = ByteReader(records)
    self.tag = tag
  }

  /// The content of the next such record, or nil after the last.
  @_lifetime(copy self)
  public mutating func next() -> Span<UInt8>? {
    while !reader.isAtEnd {
      do {
        let record = try ImageRecord(from: &reader)
        if record.number == tag.rawValue { return record.content }
      } catch {
        // Does not happen: the image was checked as a whole before it lent its records.
        return nil
      }
    }
    return nil
  }
}
