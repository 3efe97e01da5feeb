public import Bytes

extension MQTT.Connect {
  /// Reads a packet body; `protocolLevel` is thrown before anything that may differ by version.
  @_lifetime(copy body)
  public static func parse(_ body: Span<UInt8>) throws(MQTT.Malformed) -> MQTT.Connect {
    var reader = ByteReader(body)
    guard try reader.mqttBytes().isEqual(to: Self.protocolName) else { throw .protocolName }
    let level = try reader.mqttByte()
    guard level == MQTT.protocolLevel else { throw .protocolLevel(level) }
    let flags = Flags(byte: try reader.mqttByte())
    guard flags.areConsistent else { throw .connectFlags }
    let keepAliveSeconds = try reader.mqttInteger()
    let clientID = try reader.mqttText()
    var will: MQTT.Will?
    if flags.hasWill { will = try parseWill(&reader, flags: flags) }
    var userName: Span<UInt8>?
    if flags.hasUserName { userName = try reader.mqttText() }
    var password: Span<UInt8>?
    if flags.hasPassword { password = try reader.mqttBytes() }
    try reader.mqttEnd()
    return MQTT.Connect(
      checkedClientID: clientID, userName: userName, password: password,
      keepAliveSeconds: keepAliveSeconds, cleanSession: flags.cleanSession, will: will)
  }

  /// The number of bytes of the packet.
  public var byteCount: Int { header.packetByteCount }

  /// Writes the packet, or throws and writes nothing.
  @_lifetime(writer: copy writer)
  public func emit(to writer: inout ByteWriter) throws(Overflow) {
    try header.emitForWholePacket(to: &writer)
    try writer.write(mqttBytes: Self.protocolName.bytes)
    try writer.write(MQTT.protocolLevel)
    try writer.write(Flags(of: self).byte)
    try writer.write(bigEndian: keepAliveSeconds)
    try writer.write(mqttBytes: clientID)
    if let will {
      try writer.write(mqttBytes: will.topic)
      try writer.write(mqttBytes: will.payload)
    }
    if let userName { try writer.write(mqttBytes: userName) }
    if let password { try writer.write(mqttBytes: password) }
  }

  private static var protocolName: StaticString { "MQTT" }

  @_lifetime(copy reader)
  @_lifetime(reader: copy reader)
  private static func parseWill(
    _ reader: inout ByteReader, flags: Flags
  ) throws(MQTT.Malformed) -> MQTT.Will {
    guard let quality = MQTT.QualityOfService(rawValue: flags.willQuality) else { throw .quality }
    let topic = try reader.mqttTopicName()
    let payload = try reader.mqttBytes()
    return MQTT.Will(
      checkedTopic: topic, payload: payload, quality: quality, retain: flags.willRetain)
  }

  private var header: MQTT.FixedHeader {
    // Name, level, flags and keep-alive take ten bytes.
    var byteCount = 10 + 2 + clientID.count
    if let will { byteCount += 2 + will.topic.count + 2 + will.payload.count }
    if let userName { byteCount += 2 + userName.count }
    if let password { byteCount += 2 + password.count }
    return MQTT.FixedHeader(type: .connect, flags: 0, remainingLength: byteCount)
  }
}

/// The flags of section 3.1.2.3.
private struct Flags {
  let byte: UInt8

  init(byte: UInt8) { self.byte = byte }

  init(of connect: borrowing MQTT.Connect) {
    var byte: UInt8 = connect.cleanSession ? 1 &<< 1 : 0
    if let will = connect.will {
      byte |= 1 &<< 2 | will.quality.rawValue &<< 3 | (will.retain ? 1 &<< 5 : 0)
    }
    if connect.password != nil { byte |= 1 &<< 6 }
    if connect.userName != nil { byte |= 1 &<< 7 }
    self.byte = byte
  }

  var cleanSession: Bool { byte & 1 &<< 1 != 0 }
  var hasWill: Bool { byte & 1 &<< 2 != 0 }
  var willQuality: UInt8 { byte &>> 3 & 0b11 }
  var willRetain: Bool { byte & 1 &<< 5 != 0 }
  var hasPassword: Bool { byte & 1 &<< 6 != 0 }
  var hasUserName: Bool { byte & 1 &<< 7 != 0 }

  /// The reserved bit is zero, an absent will has no properties, and no password stands alone.
  var areConsistent: Bool {
    byte & 1 == 0 && (hasWill || (willQuality == 0 && !willRetain)) && (hasUserName || !hasPassword)
  }
}
