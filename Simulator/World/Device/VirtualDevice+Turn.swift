// Devices that take turns share the room for records.
extension VirtualDevice {
  /// Does what is due at `moment`, among other devices: records that found no way out are kept.
  func turn(at moment: UInt64) {
    if let parked = world.pointee.parked {
      world.pointee.room.outgoing.copyMemory(from: parked, byteCount: world.pointee.security.outEnd)
      parked.deallocate()
      world.pointee.parked = nil
    }
    wake(at: moment)
    let count = world.pointee.security.outEnd
    guard count > 0 else { return }
    let parked = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 8)
    parked.copyMemory(from: world.pointee.room.outgoing, byteCount: count)
    world.pointee.parked = parked
  }
}
