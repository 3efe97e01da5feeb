import Wire

extension Packet {
  /// Reads the body of a packet with the header `header`.
  static func parse(
    _ body: Span<UInt8>, header: MQTT.FixedHeader
  ) throws(MQTT.Malformed) -> Packet {
    switch header.type {
    case .connect: return .connect(try ConnectRequest(parsing: body))
    case .publish:
      let publish = try MQTT.Publish.parse(body, header: header)
      guard publish.quality != .exactlyOnce else { return .exactlyOnce }
      return .publish(
        PublishedMessage(
          topic: String(copying: publish.topic), payload: [UInt8](copying: publish.payload),
          packetID: publish.packetID, duplicate: publish.duplicate))
    case .puback: return .puback(try MQTT.Acknowledgement.parse(body, kind: .puback).packetID)
    case .pubrec, .pubrel, .pubcomp: return .exactlyOnce
    case .subscribe:
      let subscribe = try MQTT.Subscribe.parse(body)
      var requests: [SubscriptionRequest] = []
      var subscriptions = subscribe.subscriptions
      while let subscription = subscriptions.next() {
        requests.append(
          SubscriptionRequest(
            filter: String(copying: subscription.filter), quality: subscription.quality))
      }
      return .subscribe(subscribe.packetID, requests)
    case .unsubscribe:
      let unsubscribe = try MQTT.Unsubscribe.parse(body)
      var filters: [String] = []
      var rest = unsubscribe.filters
      while let filter = rest.next() { filters.append(String(copying: filter)) }
      return .unsubscribe(unsubscribe.packetID, filters)
    case .pingreq:
      _ = try MQTT.Pingreq.parse(body)
      return .pingreq
    case .disconnect:
      _ = try MQTT.Disconnect.parse(body)
      return .disconnect
    case .connack, .suback, .unsuback, .pingresp: return .fromServer
    }
  }
}

extension ConnectRequest {
  fileprivate init(parsing body: Span<UInt8>) throws(MQTT.Malformed) {
    let connect = try MQTT.Connect.parse(body)
    var password: [UInt8]?
    if let span = connect.password { password = [UInt8](copying: span) }
    self.init(
      clientID: String(copying: connect.clientID), password: password,
      keepAliveSeconds: connect.keepAliveSeconds, cleanSession: connect.cleanSession)
  }
}

extension [UInt8] {
  fileprivate init(copying span: Span<UInt8>) {
    self = span.withUnsafeBufferPointer { Array($0) }
  }
}

extension String {
  fileprivate init(copying span: Span<UInt8>) {
    self = span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
