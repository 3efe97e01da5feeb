import Platform
import Store

/// The flash of a device as somebody sees it who may not change it.
private struct FlashView: FlashRegion {
  let world: UnsafeMutablePointer<WorldState>

  var flashGeometry: FlashGeometry { world.pointee.flash.geometry }

  func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(WorldFailure) {
    space.withUnsafeMutableBytes { world.pointee.flash.read(at: offset, into: $0) }
  }

  func program(_ bytes: Span<UInt8>, at offset: Int) throws(WorldFailure) {}

  func erase(block: Int) throws(WorldFailure) { throw WorldFailure(.hardware) }
}

extension VirtualDevice {
  /// The number of messages on flash that have not reached the cloud, found as a device finds them
  /// after a start; nil where the outbox cannot be read.
  func countStored() -> Int? {
    guard world.pointee.flash.isPresent else { return 0 }
    var view = FlashView(world: world)
    var outbox = Outbox(blocks: 0..<view.flashGeometry.blockCount)
    var count = 0
    let content = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 8)
    defer { content.deallocate() }
    do throws(OutboxFailure) {
      try outbox.recover(on: &view)
      var sequence: UInt32 = 0
      while let record = try outbox.next(after: sequence, on: &view) {
        sequence = record.sequence
        var space = MutableSpan<UInt8>(_unsafeBytes: content)
        guard try outbox.load(record, into: &space, from: &view),
          record.byteCount >= plan.payloadBytes
        else { continue }
        let payload = UnsafeRawBufferPointer(
          rebasing: content[(record.byteCount - plan.payloadBytes)..<record.byteCount])
        guard let message = Message(device: UInt32(world.pointee.index), payload) else { continue }
        if !world.pointee.ledger.isDelivered(message.sequence) { count += 1 }
      }
    } catch { return nil }
    return count
  }

  /// Messages that were accepted have to be somewhere: what is not is lost.
  ///
  /// - Returns: How many are lost, and how many wait.
  func findLost() -> (lost: Int, waiting: Int) {
    let undelivered = Int(world.pointee.ledger.undelivered)
    let dropped = Int(world.pointee.ledger.dropped) + engine.pointee.counters.messagesDropped
    guard undelivered > 0 else { return (0, 0) }
    guard world.pointee.flash.isPresent else {
      let waiting = min(undelivered, engine.pointee.unacknowledgedCount)
      return (undelivered - waiting, waiting)
    }
    let stored = min(undelivered, countStored() ?? 0)
    return (max(0, undelivered - stored - dropped), stored)
  }
}
