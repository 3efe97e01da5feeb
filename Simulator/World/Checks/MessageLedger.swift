import Scenarios

/// Which of a device's messages have reached the cloud.
///
/// A ring of bits for the latest messages; of those that have left it, only the number counts.
struct MessageLedger: ~Copyable {
  private let words: UnsafeMutablePointer<UInt64>
  private let bitCount: UInt32
  /// The sequence numbers up to this one have left the ring.
  private var floor: UInt32 = 0
  /// Messages accepted: the number of the latest.
  private(set) var accepted: UInt32 = 0
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

  /// The next message is accepted.
  @inline(__always)
  mutating func accept() {
    accepted += 1
    if accepted - floor > bitCount { floor = accepted - bitCount }
    words[word(of: accepted)] &= ~bit(of: accepted)
  }

  /// A message has reached the cloud; false if it had before.
  @inline(__always)
  mutating func deliver(_ sequence: UInt32) -> Bool {
    guard sequence > floor else { return false }
    guard words[word(of: sequence)] & bit(of: sequence) == 0 else { return false }
    words[word(of: sequence)] |= bit(of: sequence)
    delivered += 1
    return true
  }

  /// True if a message has reached the cloud, as far as is still known.
  func isDelivered(_ sequence: UInt32) -> Bool {
    sequence <= floor || words[word(of: sequence)] & bit(of: sequence) != 0
  }

  /// The number of messages that have not reached the cloud.
  var undelivered: UInt32 { accepted - delivered }

  @inline(__always)
  private func word(of sequence: UInt32) -> Int { Int(sequence & (bitCount - 1)) >> 6 }

  @inline(__always)
  private func bit(of sequence: UInt32) -> UInt64 { 1 &<< UInt64(sequence & 63) }
}
