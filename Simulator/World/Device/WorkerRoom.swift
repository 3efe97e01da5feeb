import Results

/// What the devices that a worker simulates one after the other share: room for records, and the
/// result that all of them add to.
///
/// Nothing in the room outlives a device's turn, but for records that found no way out; those are
/// moved aside where devices take turns.
final class WorkerRoom {
  /// Records on their way out of the device at hand.
  let outgoing = UnsafeMutableRawPointer.allocate(byteCount: Limits.recordBuffer, alignment: 8)
  /// A record that has come in.
  let incoming = UnsafeMutableRawPointer.allocate(byteCount: Limits.recordBuffer, alignment: 8)
  /// The payload of a message.
  let payload: UnsafeMutableRawBufferPointer
  /// What the devices did so far.
  let result: UnsafeMutablePointer<FleetResult>

  private let duration: UInt64

  init(_ plan: Plan) {
    duration = plan.duration
    payload = .allocate(byteCount: plan.payloadBytes, alignment: 8)
    for index in payload.indices { payload[index] = UInt8(truncatingIfNeeded: 32 + index % 64) }
    outgoing.initializeMemory(as: UInt8.self, repeating: 0, count: Limits.recordBuffer)
    incoming.initializeMemory(as: UInt8.self, repeating: 0, count: Limits.recordBuffer)
    result = .allocate(capacity: 1)
    var empty = FleetResult()
    empty.series = Series(durationMilliseconds: duration)
    result.initialize(to: empty)
  }

  /// What the devices did, the first breaches first.
  var total: FleetResult {
    var total = FleetResult()
    total.series = Series(durationMilliseconds: duration)
    total.add(result.pointee)
    return total
  }

  deinit {
    outgoing.deallocate()
    incoming.deallocate()
    payload.deallocate()
    result.deinitialize(count: 1)
    result.deallocate()
  }
}
