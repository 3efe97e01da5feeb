public import Bytes

extension MQTT {
  /// One entry of a SUBSCRIBE: what to send, and how surely at most.
  public struct Subscription: ~Escapable {
    /// A valid topic filter.
    public let filter: Span<UInt8>
    /// The highest quality of service that the client wants.
    public let quality: QualityOfService

    /// Creates an entry; it traps unless `TopicFilter.isValid`.
    @_lifetime(copy filter)
    public init(filter: Span<UInt8>, quality: QualityOfService) {
      precondition(TopicFilter.isValid(filter))
      self.init(checkedFilter: filter, quality: quality)
    }

    @_lifetime(copy checkedFilter)
    private init(checkedFilter: Span<UInt8>, quality: QualityOfService) {
      self.filter = checkedFilter
      self.quality = quality
    }

    /// The number of bytes of the entry.
    public var byteCount: Int { 2 + filter.count + 1 }

    /// Takes an entry from the front of a list.
    @_lifetime(copy reader)
    @_lifetime(reader: copy reader)
    static func parse(_ reader: inout ByteReader) throws(Malformed) -> Subscription {
      let filter = try reader.mqttTopicFilter()
      guard let quality = QualityOfService(rawValue: try reader.mqttByte()) else { throw .quality }
      return Subscription(checkedFilter: filter, quality: quality)
    }

    /// Writes the entry alone, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      guard byteCount <= writer.freeCapacity else { throw Overflow() }
      try writer.write(mqttBytes: filter)
      try writer.write(quality.rawValue)
    }
  }
}
