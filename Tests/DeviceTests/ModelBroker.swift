import Bytes
import Foundation
import Units
import Wire

/// A broker that follows a script; what it reads and writes are Wire's packets.
final class ModelBroker {
  /// How it answers CONNECT.
  enum Greeting: Equatable {
    /// It judges the token.
    case judges
    case refuses(MQTT.ConnectReturnCode)
    case silence
  }

  /// A message that arrived.
  struct Arrival: Equatable {
    var payload: String
    var isDuplicate: Bool
    var packetNumber: UInt16 = 0
    var connection: Int
  }

  unowned var world: ModelWorld!
  var greeting = Greeting.judges
  var acknowledges = true
  var grantsSubscriptions = true
  var answersPings = true
  var closesAtExpiry = true
  /// It answers the first flight of a TLS handshake.
  var shakesHands = true
  /// What it sends in place of its flight of the handshake.
  var insteadOfWelcome: [UInt8]?
  /// What it sends in place of a CONNACK.
  var insteadOfConnack: [UInt8]?

  /// The clients whose sessions it keeps, with their subscriptions.
  var sessions: [String: Set<String>] = [:]
  var tokens: [String] = []
  /// Those that the device knows to be refused.
  private var refusedTokens: Set<String> = []
  /// Tokens that were offered again after a refusal.
  var repeatedTokens: [String] = []
  var arrivals: [Arrival] = []
  var connectionCount = 0
  var pingCount = 0
  var pubackCount = 0

  /// How often each message arrived.
  func count(of payload: String) -> Int { arrivals.count { $0.payload == payload } }

  func receive(_ bytes: [UInt8], on link: Link) {
    link.records += bytes
    while let (type, content) = takeRecord(&link.records) {
      switch type {
      case RecordType.handshake:
        guard shakesHands else { return }
        let welcome = insteadOfWelcome ?? record(RecordType.handshake, Array("welcome".utf8))
        deliver(welcome, on: link)
      case RecordType.data:
        link.plaintext += content
        handlePackets(on: link)
      default:
        link.isOver = true
        link.deliver(.end, at: world.milliseconds + world.roundTrip)
      }
    }
  }

  /// The device has learnt that the token it offered last is refused.
  func noteRefusal() {
    if let token = tokens.last { refusedTokens.insert(token) }
  }

  /// Sends a message to whoever is connected.
  func push(_ payload: String, to topic: String, quality: MQTT.QualityOfService = .atLeastOnce) {
    guard let link = world.link, link.clientID != nil else { return }
    send(on: link) { writer throws(Overflow) in
      let topic = Array(topic.utf8)
      let payload = Array(payload.utf8)
      try MQTT.Publish(
        topic: topic.span, payload: payload.span, quality: quality,
        packetID: quality == .atMostOnce ? nil : .first
      ).emit(to: &writer)
    }
  }

  /// Sends bytes inside a record.
  func send(_ bytes: [UInt8], on link: Link) {
    deliver(record(RecordType.data, bytes), on: link)
  }

  /// Ends the connection in good order.
  func close() {
    guard let link = world.link else { return }
    link.isOver = true
    deliver(record(RecordType.alert, [0]), on: link)
    link.deliver(.end, at: world.milliseconds + world.roundTrip)
  }

  private func deliver(_ bytes: [UInt8], on link: Link) {
    link.deliver(.bytes(bytes), at: world.milliseconds + world.roundTrip)
  }

  private func send(on link: Link, _ emit: (inout ByteWriter) throws(Overflow) -> Void) {
    var space = [UInt8](repeating: 0, count: 2_000)
    var writer = ByteWriter(space.mutableSpan)
    do { try emit(&writer) } catch { fatalError("the packet is too long") }
    let count = writer.count
    send(Array(space.prefix(count)), on: link)
  }

  private func handlePackets(on link: Link) {
    while !link.isOver, case .header(let header) = MQTT.FixedHeader.parse(link.plaintext.span),
      header.packetByteCount <= link.plaintext.count
    {
      let body = Array(link.plaintext[header.byteCount..<header.packetByteCount])
      link.plaintext.removeFirst(header.packetByteCount)
      do throws(MQTT.Malformed) { try handle(header, body, on: link) } catch {
        fatalError("the device sent what is no packet: \(error); \(world.name)")
      }
    }
  }

  private func handle(
    _ header: MQTT.FixedHeader, _ body: [UInt8], on link: Link
  ) throws(MQTT.Malformed) {
    world.note("\(header.type)")
    switch header.type {
    case .connect: try join(body, on: link)
    case .publish: try take(header, body, on: link)
    case .subscribe: try subscribe(body, on: link)
    case .puback: pubackCount += 1
    case .pingreq:
      pingCount += 1
      link.pingCount += 1
      if answersPings { send(on: link) { w throws(Overflow) in try MQTT.Pingresp().emit(to: &w) } }
    case .disconnect: link.isOver = true
    case .connack, .pubrec, .pubrel, .pubcomp, .suback, .unsubscribe, .unsuback, .pingresp:
      fatalError("a device does not send \(header.type)")
    }
  }

  private func join(_ body: [UInt8], on link: Link) throws(MQTT.Malformed) {
    let request = try MQTT.Connect.parse(body.span)
    let client = String(decoding: copy(request.clientID), as: UTF8.self)
    var token = ""
    if let password = request.password { token = String(decoding: copy(password), as: UTF8.self) }
    if refusedTokens.contains(token) { repeatedTokens.append(token) }
    tokens.append(token)
    if let insteadOfConnack { return send(insteadOfConnack, on: link) }
    switch greeting {
    case .silence: return
    case .refuses(let code): return refuse(code, on: link)
    case .judges: break
    }
    let claims = Claims(token)
    let date = world.date.seconds
    guard claims.issuedAt <= date + 600, date < claims.expires else {
      return refuse(.notAuthorized, on: link)
    }
    connectionCount += 1
    let isPresent = !request.cleanSession && sessions[client] != nil
    if !isPresent { sessions[client] = [] }
    link.clientID = client
    send(on: link) { writer throws(Overflow) in
      try MQTT.Connack(sessionPresent: isPresent, returnCode: .accepted).emit(to: &writer)
    }
    if closesAtExpiry {
      let rest = UInt64(max(0, claims.expires - date)) * 1_000
      link.endsAt = world.milliseconds + rest
    }
  }

  private func refuse(_ code: MQTT.ConnectReturnCode, on link: Link) {
    send(on: link) { writer throws(Overflow) in
      try MQTT.Connack(sessionPresent: false, returnCode: code).emit(to: &writer)
    }
    link.isOver = true
    link.deliver(.end, at: world.milliseconds + world.roundTrip)
  }

  private func take(
    _ header: MQTT.FixedHeader, _ body: [UInt8], on link: Link
  ) throws(MQTT.Malformed) {
    precondition(link.clientID != nil, "a message before CONNACK")
    let publish = try MQTT.Publish.parse(body.span, header: header)
    arrivals.append(
      Arrival(
        payload: String(decoding: copy(publish.payload), as: UTF8.self),
        isDuplicate: publish.duplicate, packetNumber: publish.packetID?.rawValue ?? 0,
        connection: connectionCount))
    guard acknowledges, let packetID = publish.packetID else { return }
    send(on: link) { writer throws(Overflow) in
      try MQTT.Acknowledgement(.puback, packetID: packetID).emit(to: &writer)
    }
  }

  private func subscribe(_ body: [UInt8], on link: Link) throws(MQTT.Malformed) {
    let packetID = try MQTT.Subscribe.parse(body.span).packetID
    guard grantsSubscriptions, let client = link.clientID else { return }
    sessions[client, default: []].insert(String(decoding: body.dropFirst(2), as: UTF8.self))
    send(on: link) { writer throws(Overflow) in
      let codes: [UInt8] = [1]
      try MQTT.Suback(packetID: packetID, codes: codes.span).emit(to: &writer)
    }
  }
}

/// The dates in a token.
struct Claims {
  var issuedAt: Int64 = 0
  var expires: Int64 = 0

  init(_ token: String) {
    let parts = token.split(separator: ".")
    guard parts.count == 3 else { return }
    var text = parts[1].replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    guard let data = Data(base64Encoded: text),
      let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return }
    issuedAt = (json["iat"] as? NSNumber)?.int64Value ?? 0
    expires = (json["exp"] as? NSNumber)?.int64Value ?? 0
  }
}
