import Bytes
import Jitter
import Wire

/// Runs `emit` with enough space and returns what it wrote.
func written(
  capacity: Int = 70_000, _ emit: (inout ByteWriter) throws -> Void
) rethrows -> [UInt8] {
  var space = [UInt8](repeating: 0xEE, count: capacity)
  var writer = ByteWriter(space.mutableSpan)
  try emit(&writer)
  let count = writer.count
  return Array(space.prefix(count))
}

/// What cannot be parsed, in a form that a test can compare.
enum ParseFailure: Error, Equatable {
  /// The bytes end inside the packet.
  case incomplete
  /// The bytes are no packet.
  case malformed(MQTT.Malformed)
}

/// Parses one whole packet of any type and writes it again.
func rewritten(_ packet: [UInt8]) throws -> [UInt8] {
  let span = packet.span
  switch MQTT.FixedHeader.parse(span) {
  case .incomplete: throw ParseFailure.incomplete
  case .malformed(let reason): throw ParseFailure.malformed(reason)
  case .header(let header):
    guard header.packetByteCount <= packet.count else { throw ParseFailure.incomplete }
    let body = span.extracting(header.byteCount..<header.packetByteCount)
    do { return try rewritten(body, header: header) } catch let reason as MQTT.Malformed {
      throw ParseFailure.malformed(reason)
    }
  }
}

private func rewritten(_ body: Span<UInt8>, header: MQTT.FixedHeader) throws -> [UInt8] {
  var space = [UInt8](repeating: 0xEE, count: body.count + MQTT.FixedHeader.byteCountMaximum)
  var writer = ByteWriter(space.mutableSpan)
  switch header.type {
  case .connect: try MQTT.Connect.parse(body).emit(to: &writer)
  case .connack: try MQTT.Connack.parse(body).emit(to: &writer)
  case .publish: try MQTT.Publish.parse(body, header: header).emit(to: &writer)
  case .puback: try MQTT.Acknowledgement.parse(body, kind: .puback).emit(to: &writer)
  case .pubrec: try MQTT.Acknowledgement.parse(body, kind: .pubrec).emit(to: &writer)
  case .pubrel: try MQTT.Acknowledgement.parse(body, kind: .pubrel).emit(to: &writer)
  case .pubcomp: try MQTT.Acknowledgement.parse(body, kind: .pubcomp).emit(to: &writer)
  case .subscribe: try MQTT.Subscribe.parse(body).emit(to: &writer)
  case .suback: try MQTT.Suback.parse(body).emit(to: &writer)
  case .unsubscribe: try MQTT.Unsubscribe.parse(body).emit(to: &writer)
  case .unsuback: try MQTT.Unsuback.parse(body).emit(to: &writer)
  case .pingreq: try MQTT.Pingreq.parse(body).emit(to: &writer)
  case .pingresp: try MQTT.Pingresp.parse(body).emit(to: &writer)
  case .disconnect: try MQTT.Disconnect.parse(body).emit(to: &writer)
  }
  let count = writer.count
  return Array(space.prefix(count))
}

/// A whole packet: the shortest fixed header for `body`, then `body`.
func packet(_ firstByte: UInt8, _ body: [UInt8]) -> [UInt8] {
  var length = body.count
  var header = [firstByte]
  repeat {
    header.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
    length >>= 7
  } while length > 0
  return header + body
}

/// Why `packet` is refused, or nil if it is not.
func refusal(of packet: [UInt8]) -> ParseFailure? {
  do {
    _ = try rewritten(packet)
    return nil
  } catch {
    return error as? ParseFailure
  }
}

/// Every way to damage `packet` by one byte: its index, and the packet with another value there.
func corruptions(of packet: [UInt8]) -> [[UInt8]] {
  packet.indices.flatMap { index in
    (UInt8.min...UInt8.max).filter { $0 != packet[index] }.map { value in
      var damaged = packet
      damaged[index] = value
      return damaged
    }
  }
}

/// Text as the standard writes it: two bytes of length, then UTF-8.
func counted(_ text: String) -> [UInt8] {
  [UInt8(text.utf8.count >> 8), UInt8(text.utf8.count & 0xFF)] + Array(text.utf8)
}

extension SplitMix64 {
  /// Up to `maximum` arbitrary bytes.
  mutating func bytes(upTo maximum: Int) -> [UInt8] {
    (0..<Int.random(in: 0...maximum, using: &self)).map { _ in
      UInt8.random(in: .min ... .max, using: &self)
    }
  }

  /// Text of at least `minimum` characters of one to four bytes, none of them special.
  mutating func text(from minimum: Int = 1, upTo maximum: Int = 12) -> [UInt8] {
    let alphabet: [Unicode.Scalar] = ["a", "Z", "0", "/", "$", "-", "é", "€", "𪛔", "\u{7F}"]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: minimum...maximum, using: &self) {
      text.append(alphabet[Int.random(in: alphabet.indices, using: &self)])
    }
    return Array(String(text).utf8)
  }
}

/// The bytes as text, for comparison in a test.
func text(_ bytes: Span<UInt8>) -> String {
  String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}
