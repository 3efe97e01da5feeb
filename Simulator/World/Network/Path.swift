import Jitter
import Scenarios

/// The way between one device and the servers, in both directions.
struct Path {
  let latencyMinimum: UInt64
  let latencyMaximum: UInt64
  let loss: Double
  let reordering: Double
  var random: SplitMix64

  init(_ model: NetworkModel, random: SplitMix64) {
    // What is sent arrives later than it was sent.
    latencyMinimum = max(1, model.latencyMinimum.milliseconds)
    latencyMaximum = max(latencyMinimum, model.latencyMaximum.milliseconds)
    loss = model.loss
    reordering = model.reordering
    self.random = random
  }

  /// Which way something goes.
  enum Direction {
    case toCloud
    case toDevice
  }

  /// When a segment of a TCP connection arrives that is sent at a moment; nil where the sender
  /// gives up before.
  @inline(__always)
  mutating func segmentArrival(
    _ direction: Direction, sentAt moment: UInt64, _ faults: borrowing FaultTimeline
  ) -> UInt64? {
    if faults.active.isDisjoint(with: .network), loss == 0 {
      let arrival = moment + random.draw(latencyMinimum, latencyMaximum)
      if arrival < faults.nextEdge { return arrival }
    }
    return retransmittedArrival(direction, sentAt: moment, faults)
  }

  /// When a datagram arrives that is sent at a moment; nil where it is lost.
  mutating func datagramArrival(
    _ direction: Direction, sentAt moment: UInt64, _ faults: borrowing FaultTimeline
  ) -> UInt64? {
    guard let arrival = passage(direction, moment, faults) else { return nil }
    let chance = max(reordering, faults.strength(.reordering, at: moment) ?? 0)
    guard chance > 0, random.happens(chance) else { return arrival }
    // The one behind it overtakes it.
    return arrival + random.draw(1, 2 * latencyMaximum + 1)
  }

  @inline(never)
  private mutating func retransmittedArrival(
    _ direction: Direction, sentAt start: UInt64, _ faults: borrowing FaultTimeline
  ) -> UInt64? {
    var moment = start
    var wait = Limits.retransmission
    while moment - start < Limits.retransmissionTotal {
      if let arrival = passage(direction, moment, faults) { return arrival }
      moment += wait
      wait = min(wait * 2, Limits.retransmissionLongest)
    }
    return nil
  }

  /// One try.
  private mutating func passage(
    _ direction: Direction, _ moment: UInt64, _ faults: borrowing FaultTimeline
  ) -> UInt64? {
    if faults.isActive(.partition, at: moment) || faults.isActive(.captivePortal, at: moment) {
      return nil
    }
    if direction == .toCloud, faults.isActive(.asymmetric, at: moment) { return nil }
    let chance = max(loss, faults.strength(.loss, at: moment) ?? 0)
    if chance > 0, random.happens(chance) { return nil }
    var arrival = moment + random.draw(latencyMinimum, latencyMaximum)
    if let seconds = faults.strength(.latency, at: moment) { arrival += UInt64(seconds * 1_000) }
    if faults.isActive(.clog, at: moment) {
      arrival = max(arrival, faults.end(of: .clog, at: moment))
    }
    return arrival
  }
}
