import Bytes

/// The field types of section 1.5.
extension ByteReader {
  @_lifetime(self: copy self)
  mutating func mqttByte() throws(MQTT.Malformed) -> UInt8 {
    do { return try byte() } catch { throw .truncated }
  }

  @_lifetime(self: copy self)
  mutating func mqttInteger() throws(MQTT.Malformed) -> UInt16 {
    do { return try uint16() } catch { throw .truncated }
  }

  /// Takes an identifier that has to be there, hence not zero.
  @_lifetime(self: copy self)
  mutating func mqttPacketID() throws(MQTT.Malformed) -> MQTT.PacketID {
    guard let packetID = MQTT.PacketID(try mqttInteger()) else { throw .packetID }
    return packetID
  }

  /// Takes bytes that are preceded by their count.
  @_lifetime(copy self)
  mutating func mqttBytes() throws(MQTT.Malformed) -> Span<UInt8> {
    let count = Int(try mqttInteger())
    do { return try take(count) } catch { throw .truncated }
  }

  /// Takes text: UTF-8 without U+0000, preceded by its count in bytes.
  @_lifetime(copy self)
  mutating func mqttText() throws(MQTT.Malformed) -> Span<UInt8> {
    let text = try mqttBytes()
    guard text.isMQTTText else { throw .text }
    return text
  }

  @_lifetime(copy self)
  mutating func mqttTopicName() throws(MQTT.Malformed) -> Span<UInt8> {
    let name = try mqttText()
    guard MQTT.TopicName.hasValidForm(name) else { throw .topicName }
    return name
  }

  @_lifetime(copy self)
  mutating func mqttTopicFilter() throws(MQTT.Malformed) -> Span<UInt8> {
    let filter = try mqttText()
    guard MQTT.TopicFilter.hasValidForm(filter) else { throw .topicFilter }
    return filter
  }

  /// Makes sure that nothing follows the last field.
  func mqttEnd() throws(MQTT.Malformed) {
    guard isAtEnd else { throw .trailingBytes }
  }
}

extension Span where Element == UInt8 {
  /// True if the bytes may stand where the standard asks for text (section 1.5.3).
  var isMQTTText: Bool {
    for index in indices where self[index] == 0 { return false }
    return isWellFormedUTF8
  }
}
