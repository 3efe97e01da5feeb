import Energy

// Flash as the device's platform gives it.
extension WorldState {
  mutating func readFlash(
    at offset: Int, into space: inout MutableSpan<UInt8>
  ) throws(WorldFailure) {
    guard offset >= 0, offset + space.count <= flash.geometry.byteCount else {
      breach(.flashContract, "reads \(space.count) bytes at \(offset)")
      throw WorldFailure(.hardware)
    }
    space.withUnsafeMutableBytes { flash.read(at: offset, into: $0) }
  }

  mutating func programFlash(_ bytes: Span<UInt8>, at offset: Int) throws(WorldFailure) {
    guard !isPowerless else { throw WorldFailure(.hardware) }
    let outcome = bytes.withUnsafeBytes { flash.program($0, at: offset) }
    try finish(outcome)
    if let prices = plan.prices {
      let count = UInt64(bytes.count)
      meter.work(prices.flashByte, times: count, for: .flash)
      elapse(microseconds: prices.flashByte.microseconds * count)
    } else {
      elapse(microseconds: Limits.flashByteMicroseconds * UInt64(bytes.count))
    }
  }

  mutating func eraseFlash(block: Int) throws(WorldFailure) {
    guard !isPowerless else { throw WorldFailure(.hardware) }
    let outcome = flash.erase(block: block)
    try finish(outcome)
    if isTraced { trace(.flash, "erases", "block \(block)") }
    guard let prices = plan.prices else {
      return elapse(microseconds: Limits.flashEraseMicroseconds)
    }
    let pages = UInt64(max(1, flash.geometry.blockSize / max(1, prices.flashPageBytes)))
    meter.work(prices.flashErase, times: pages, for: .flash)
    elapse(microseconds: prices.flashErase.microseconds * pages)
  }

  private mutating func finish(_ outcome: ModelFlash.Outcome) throws(WorldFailure) {
    switch outcome {
    case .done: break
    case .cut:
      isPowerless = true
      if isTraced { trace(.power, "fails", "in a flash operation") }
      throw WorldFailure(.hardware)
    case .violation(let detail):
      breach(.flashContract, detail)
      throw WorldFailure(.hardware)
    }
  }
}
