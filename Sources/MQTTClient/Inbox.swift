import Bytes
import Wire

/// What has arrived and was not handled yet, and how much of a long message is still to be skipped.
struct Inbox: ~Copyable {
  private var bytes = Limits.InboxBytes()
  /// The length of the packet at the front that is lent to the application.
  private var lentByteCount = 0
  /// How much of the message that does not fit is still to come.
  private(set) var skipByteCount = 0

  /// Where the parts of the message at the front are, and what its header says.
  struct MessageLayout {
    let topic: Range<Int>
    let payload: Range<Int>
    let quality: MQTT.QualityOfService
    let retain: Bool
    let duplicate: Bool

    init(of publish: borrowing MQTT.Publish, header: MQTT.FixedHeader) {
      let topicStart = header.byteCount + 2
      topic = topicStart..<topicStart + publish.topic.count
      payload = header.packetByteCount - publish.payload.count..<header.packetByteCount
      quality = publish.quality
      retain = publish.retain
      duplicate = publish.duplicate
    }
  }

  /// The number of bytes held.
  var count: Int { bytes.count }

  /// The bytes held, starting with a packet.
  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span }
  }

  var freeSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { bytes.freeSpace }
  }

  /// True if a packet of this length can be held whole.
  func canHold(_ byteCount: Int) -> Bool { byteCount <= Limits.InboxBytes.capacity }

  /// What follows the fixed header of the packet at the front, which is there whole.
  @_lifetime(borrow self)
  func body(of header: MQTT.FixedHeader) -> Span<UInt8> {
    bytes.span.extracting(header.byteCount..<header.packetByteCount)
  }

  /// The message at the front, which has this layout.
  @_lifetime(borrow self)
  func message(_ layout: MessageLayout) -> MQTTClient.Message {
    MQTTClient.Message(
      topic: bytes.span.extracting(layout.topic), payload: bytes.span.extracting(layout.payload),
      quality: layout.quality, retain: layout.retain, duplicate: layout.duplicate)
  }

  mutating func commit(_ byteCount: Int) { bytes.commit(byteCount) }

  /// Drops the packet at the front.
  mutating func drop(_ header: MQTT.FixedHeader) { bytes.removeFirst(header.packetByteCount) }

  /// Keeps the packet at the front for the application until `takeBack`.
  mutating func lend(_ header: MQTT.FixedHeader) { lentByteCount = header.packetByteCount }

  /// Drops what was lent.
  mutating func takeBack() {
    bytes.removeFirst(lentByteCount)
    lentByteCount = 0
  }

  /// Begins to drop a packet of `byteCount`, of which only the front is here.
  mutating func startSkipping(_ byteCount: Int) { skipByteCount = byteCount }

  /// Drops what has come of the skipped packet; `skipByteCount` tells whether that was all.
  mutating func skip() {
    let byteCount = min(bytes.count, skipByteCount)
    bytes.removeFirst(byteCount)
    skipByteCount -= byteCount
  }

  mutating func removeAll() {
    bytes.removeAll()
    lentByteCount = 0
    skipByteCount = 0
  }
}
