import Scenarios

/// Which of a device's messages have reached the cloud.
///
/// A ring of bits for the latest messages; of those that have left it, only the number counts.
struct MessageLedger: ~Copyable {
  private let words: UnsafeMutablePointer<UInt64>
  private let bitCount: UInt32
  /// The sequence numbers up to this one have left the ring.
  private var floor: UInt32 = 0
  /// The number of the latest message that the core was asked to accept.
  private(set) var offered: UInt32 = 0
  /// Messages accepted.
  private(set) var accepted: UInt32 = 0
  /// Messages of which nobody knows whether they were, the latest ones.
  private var doubtful = [8 of UInt32](repeating: 0)
  private(set) var doubtCount = 0
  /// Different messages that have reached the cloud.
  private(set) var delivered: UInt32 = 0
  /// The highest number that has reached the cloud.
  var highestFirst: UInt32 = 0
  /// Messages of which the device knows that they are safe, or that were sent with QoS 0.
  var acknowledged: UInt32 = 0
  /// Messages that the device has dropped as its policy says.
  var dropped: UInt32 = 0
  /// When the present attempt to connect began, and when the last connection was lost.
  var attemptedAt = UInt64.max
  var offlineSince = UInt64.max

  init(flash: FlashModel, payloadBytes: Int) {
    let capacity = flash.blockCount * flash.blockBytes / (payloadBytes + 40) + 32
    var bits = Limits.ledgerBits
    while bits < 2 * capacity { bits *= 2 }
    bitCount = UInt32(bits)
    words = .allocate(capacity: bits / 64)
    words.initialize(repeating: 0, count: bits / 64)
  }

  deinit { words.deallocate() }

  /// The number of the next message that the core is asked to accept.
  @inline(__always)
  mutating func offer() -> UInt32 {
    offered += 1
    if offered - floor > bitCount { floor = offered - bitCount }
    words[word(of: offered)] &= ~bit(of: offered)
    return offered
  }

  /// The core has refused the message that it was offered last: its number is given again, so that
  /// the ring is as long as the outbox, however long that is full.
  @inline(__always)
  mutating func takeBack() { offered -= 1 }

  /// The core has accepted the message that it was offered last.
  @inline(__always)
  mutating func accept(_ sequence: UInt32) { accepted += 1 }

  /// Nobody knows whether the message that was offered last was accepted.
  mutating func doubt() {
    doubtful[doubtCount & 7] = offered
    doubtCount += 1
  }

  /// A message has reached the cloud; false if it had before.
  @inline(__always)
  mutating func deliver(_ sequence: UInt32) -> Bool {
    guard sequence > floor else { return false }
    guard words[word(of: sequence)] & bit(of: sequence) == 0 else { return false }
    words[word(of: sequence)] |= bit(of: sequence)
    delivered += 1
    if doubtCount > 0 { settleDoubt(sequence) }
    return true
  }

  /// True if a message has reached the cloud, as far as is still known.
  func isDelivered(_ sequence: UInt32) -> Bool {
    sequence <= floor || words[word(of: sequence)] & bit(of: sequence) != 0
  }

  /// The number of messages that have not reached the cloud.
  var undelivered: UInt32 { accepted - delivered }

  /// A message of which nobody knew has come: it was accepted.
  private mutating func settleDoubt(_ sequence: UInt32) {
    for place in 0..<8 where doubtful[place] == sequence {
      doubtful[place] = 0
      accepted += 1
    }
  }

  @inline(__always)
  private func word(of sequence: UInt32) -> Int { Int(sequence & (bitCount - 1)) >> 6 }

  @inline(__always)
  private func bit(of sequence: UInt32) -> UInt64 { 1 &<< UInt64(sequence & 63) }
}
