import Bytes
import Platform
import Store
import Wire

extension VirtualPlatform {
  /// The numbers of the messages that are on flash, read as a device reads them after a start.
  mutating func storedNumbers(_ blocks: Range<Int>) throws(OutboxFailure) -> [UInt32] {
    var outbox = Outbox(blocks: blocks)
    try outbox.recover(on: &flash)
    var numbers: [UInt32] = []
    var sequence: UInt32 = 0
    while let record = try outbox.next(after: sequence, on: &flash) {
      sequence = record.sequence
      var content = [UInt8](repeating: 0, count: record.byteCount)
      var space = content.mutableSpan
      guard try outbox.load(record, into: &space, from: &flash),
        case .header(let header) = MQTT.FixedHeader.parse(content.span),
        let publish = try? MQTT.Publish.parse(
          content.span.extracting(header.byteCount..<content.count), header: header),
        publish.payload.count >= 4
      else { continue }
      var number: UInt32 = 0
      for index in 0..<4 { number |= UInt32(publish.payload[index]) << UInt32(8 * index) }
      numbers.append(number)
    }
    return numbers
  }
}

extension VirtualFlash: FlashRegion {}
