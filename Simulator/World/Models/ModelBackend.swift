import Bytes
import Cryptography
import Device
import Jitter
import TLS
import TimeKeeping

/// Cryptography by cost and size: the flights of a handshake, records and signatures, without any
/// mathematics.
///
/// A record is a type, a length of two bytes, and its content, which for data is the plaintext. What
/// a real one would weigh is for the network to account. A signature is a hash that only the
/// device's key gives.
struct ModelBackend: ~Copyable {
  private enum State {
    case idle
    case greeted
    case finished
    case open
    case failed
  }

  private let key: UInt64
  private let isRSA: Bool
  private var state = State.idle
  private var failure = SecureStreamFailure.malformed
  private var outbound = FixedBytes<515>()
  private var sentCount = 0
  private var inbound = FixedBytes<515>()
  /// How much of the data record at the front was read.
  private var readCount = 0
  private var random = SplitMix64(seed: 0)
  private(set) var isSeeded = false
  private(set) var wasResumed = false
  /// The server's epoch for which there is a session to resume; zero for none.
  private var ticket: UInt8 = 0
  private var sessionEpoch: UInt8 = 0

  init(key: UInt64, isRSA: Bool) {
    self.key = key
    self.isRSA = isRSA
  }
}

/// The types of records.
enum RecordType {
  /// The device's first flight: the epoch of the session that it wants to resume, or zero.
  static let hello: UInt8 = 1
  /// The cloud's answer: its epoch, whether it resumes, whether the device has its root.
  static let welcome: UInt8 = 2
  /// The device's second flight.
  static let finish: UInt8 = 3
  /// The cloud's second flight.
  static let done: UInt8 = 4
  static let data: UInt8 = 5
  static let alert: UInt8 = 6
}

extension ModelBackend: SecureStream {
  mutating func open(host: Span<UInt8>, at time: TrustedTime) throws(SecureStreamFailure) {
    reset()
    state = .greeted
    queue(RecordType.hello, ticket)
  }

  mutating func advance() -> SecureStreamProgress {
    while inbound.count >= 3, inbound.span[0] != RecordType.data {
      let length = Int(inbound.span[1]) << 8 | Int(inbound.span[2])
      guard length <= 16, inbound.count >= 3 + length else { break }
      let type = inbound.span[0]
      handle(type, length)
      inbound.removeFirst(3 + length)
    }
    switch state {
    case .idle: return .idle
    case .greeted, .finished:
      // Who answers without TLS is found out by its first bytes.
      if let first = inbound.span.isEmpty ? nil : inbound.span[0], first > RecordType.alert {
        fail(.malformed)
        return .failed(failure)
      }
      return .handshaking
    case .open: return .open
    case .failed: return .failed(failure)
    }
  }

  private mutating func handle(_ type: UInt8, _ length: Int) {
    switch (state, type) {
    case (.greeted, RecordType.welcome) where length == 3:
      let epoch = inbound.span[3]
      let resumes = inbound.span[4] == 1
      guard inbound.span[5] == 1 || resumes else { return fail(.unknownRoot) }
      sessionEpoch = epoch
      wasResumed = resumes
      queue(RecordType.finish, resumes ? 1 : 0)
      state = resumes ? .open : .finished
      if resumes { ticket = epoch }
    case (.finished, RecordType.done):
      state = .open
      ticket = sessionEpoch
    case (_, RecordType.alert): fail(.closedByPeer)
    default: fail(.malformed)
    }
  }

  private mutating func fail(_ reason: SecureStreamFailure) {
    state = .failed
    failure = reason
    if reason != .closedByPeer { ticket = 0 }
  }

  private mutating func queue(_ type: UInt8, _ content: UInt8) {
    // There is room for the short records of a handshake at any time.
    do throws(Overflow) {
      try outbound.append(type)
      try outbound.append(0)
      try outbound.append(1)
      try outbound.append(content)
    } catch {}
  }

  var recordsToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get { outbound.span.extracting(droppingFirst: sentCount) }
  }

  mutating func recordsSent(_ count: Int) {
    sentCount += count
    guard sentCount == outbound.count else { return }
    outbound.removeAll()
    sentCount = 0
  }

  @_lifetime(&self)
  mutating func recordSpace() -> MutableSpan<UInt8> {
    if state == .idle || state == .failed { return MutableSpan() }
    return inbound.freeSpace
  }

  mutating func recordsReceived(_ count: Int) { inbound.commit(count) }

  mutating func write(_ plaintext: Span<UInt8>) throws(SecureStreamFailure) -> Int {
    if state == .failed { throw failure }
    guard state == .open, outbound.isEmpty else { return 0 }
    let count = min(plaintext.count, 512)
    do throws(Overflow) {
      try outbound.append(RecordType.data)
      try outbound.append(UInt8(truncatingIfNeeded: count >> 8))
      try outbound.append(UInt8(truncatingIfNeeded: count))
      try outbound.append(plaintext.extracting(first: count))
    } catch { return 0 }
    return count
  }

  mutating func read(into space: inout MutableSpan<UInt8>) throws(SecureStreamFailure) -> Int {
    if state == .open, !inbound.isEmpty, inbound.span[0] != RecordType.data { _ = advance() }
    if state == .failed { throw failure }
    guard state == .open, inbound.count >= 3 else { return 0 }
    let length = Int(inbound.span[1]) << 8 | Int(inbound.span[2])
    guard inbound.span[0] == RecordType.data, length <= 512 else {
      fail(.malformed)
      throw failure
    }
    guard inbound.count >= 3 + length else { return 0 }
    let count = min(space.count, length - readCount)
    for index in 0..<count { space[index] = inbound.span[3 + readCount + index] }
    readCount += count
    if readCount == length {
      inbound.removeFirst(3 + length)
      readCount = 0
    }
    return count
  }

  mutating func close() {
    if state == .open { queue(RecordType.alert, 0) }
    state = .idle
  }

  mutating func reset() {
    state = .idle
    outbound.removeAll()
    inbound.removeAll()
    sentCount = 0
    readCount = 0
  }

  mutating func forgetSession() { ticket = 0 }
}

extension ModelBackend: TokenSigner {
  var signatureAlgorithm: SignatureAlgorithm { isRSA ? .rs256 : .es256 }

  mutating func sign(
    _ message: Span<UInt8>, into space: inout MutableSpan<UInt8>
  ) throws(SigningFailure) -> Int {
    guard isSeeded else { throw .notSeeded }
    let count = isRSA ? 256 : 64
    guard space.count >= count else { throw .overflow }
    for index in 0..<count { space[index] = 0x5A }
    ModelSignature.write(ModelSignature.value(of: message, key: key), into: &space)
    return count
  }
}

extension ModelBackend: RandomGenerator {
  mutating func seed(_ entropy: Span<UInt8>) throws(RandomFailure) {
    var value: UInt64 = 0
    for index in 0..<8 { value = value << 8 | UInt64(entropy[index]) }
    random = SplitMix64(seed: value)
    isSeeded = true
  }

  mutating func fillRandom(_ space: inout MutableSpan<UInt8>) throws(RandomFailure) {
    guard isSeeded else { throw .notSeeded }
    for index in space.indices { space[index] = UInt8(truncatingIfNeeded: random.next()) }
  }
}

/// The signature of the model: what only the holder of a key can compute.
enum ModelSignature {
  static func value(of message: Span<UInt8>, key: UInt64) -> UInt64 {
    var hash = key ^ 0xCBF2_9CE4_8422_2325
    for index in message.indices { hash = (hash ^ UInt64(message[index])) &* 0x100_0000_01B3 }
    return hash
  }

  static func write(_ value: UInt64, into space: inout MutableSpan<UInt8>) {
    for index in 0..<8 { space[index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
  }
}
