import FlashTestSupport
import Jitter
import Platform
import Store

/// An outbox on flash in memory, and what it has to hold.
struct OutboxBench {
  struct Message: Equatable {
    var sequence: UInt32
    var content: [UInt8]
  }

  var flash: CuttableFlash
  /// What was accepted and not settled, in order.
  var expected: [Message] = []
  /// The message that was being settled when the power was cut.
  var uncertain: Message?
  /// The content that was being accepted when the power was cut.
  var offered: [UInt8]?
  private var random: SplitMix64
  private var number = 0

  init(unit: Int = 8, blockSize: Int = 512, blockCount: Int = 3, seed: UInt64 = 1) {
    flash = CuttableFlash(unit: unit, blockSize: blockSize, blockCount: blockCount, seed: seed)
    random = SplitMix64(seed: seed ^ 0x5EED)
  }

  var blocks: Range<Int> { 0..<flash.flashGeometry.blockCount }

  /// Appends and settles at random, until the power is cut or `steps` are done.
  mutating func work(_ outbox: inout Outbox, steps: Int) throws(OutboxFailure) {
    for _ in 0..<steps {
      let wantsToSettle = !expected.isEmpty && Int.random(in: 0..<100, using: &random) < 45
      if wantsToSettle || !outbox.hasRoom(for: 100, in: flash.flashGeometry) {
        try settle(&outbox, at: Int.random(in: 0..<8, using: &random) == 0 ? 1 : 0)
      } else {
        try append(&outbox)
      }
    }
  }

  mutating func append(_ outbox: inout Outbox) throws(OutboxFailure) {
    number += 1
    let length = Int.random(in: 0...100, using: &random)
    let content = Array("\(number) \(String(repeating: "x", count: length))".utf8.prefix(100))
    let cut = Int.random(in: 0...content.count, using: &random)
    let priority = MessagePriority(rawValue: UInt8.random(in: 0...2, using: &random)) ?? .normal
    offered = content
    let record = try outbox.append(
      content.span.extracting(first: cut), content.span.extracting(droppingFirst: cut),
      priority: priority, on: &flash)
    offered = nil
    expected.append(Message(sequence: record.sequence, content: content))
  }

  mutating func settle(_ outbox: inout Outbox, at place: Int) throws(OutboxFailure) {
    guard !expected.isEmpty else { return }
    let message = expected.remove(at: min(place, expected.count - 1))
    uncertain = message
    guard let record = try outbox.next(after: message.sequence - 1, on: &flash),
      record.sequence == message.sequence
    else { fatalError("message \(message.sequence) is not found") }
    do throws(OutboxFailure) { try outbox.settle(record.place, on: &flash) } catch {
      guard error == .worn else { throw error }
      expected.append(message)
      expected.sort { $0.sequence < $1.sequence }
    }
    uncertain = nil
  }

  /// All that an outbox holds, in order.
  mutating func contents(of outbox: inout Outbox) throws(OutboxFailure) -> [Message] {
    var found: [Message] = []
    var sequence: UInt32 = 0
    while let record = try outbox.next(after: sequence, on: &flash) {
      sequence = record.sequence
      var content = [UInt8](repeating: 0, count: record.byteCount)
      var space = content.mutableSpan
      guard try outbox.load(record, into: &space, from: &flash) else {
        fatalError("message \(sequence) is damaged")
      }
      found.append(Message(sequence: sequence, content: content))
    }
    return found
  }

  /// What is wrong after a restart, or nil; takes over what was found.
  mutating func verdict(on outbox: inout Outbox) throws(OutboxFailure) -> String? {
    var found = try contents(of: &outbox)
    guard found.count == outbox.count else {
      return "\(found.count) found, \(outbox.count) counted"
    }
    // What was at hand may be there or not.
    if let offered, let last = found.last, last.content == offered {
      expected.append(last)
    }
    if let uncertain, let index = found.firstIndex(of: uncertain) { found.remove(at: index) }
    guard found == expected else {
      return "found \(found.map(\.sequence)), expected \(expected.map(\.sequence))"
    }
    if let uncertain, let again = try outbox.next(after: uncertain.sequence - 1, on: &flash),
      again.sequence == uncertain.sequence
    {
      try outbox.settle(again.place, on: &flash)
    }
    uncertain = nil
    offered = nil
    return nil
  }
}
