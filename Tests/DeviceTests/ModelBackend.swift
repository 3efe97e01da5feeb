import Cryptography
import Device
import Jitter
import TLS
import TimeKeeping

/// Cryptography without any: a handshake of one flight each way, and records in plain text.
///
/// A record is a type, a length of two bytes and its content.
struct ModelBackend: ~Copyable {
  enum State: Equatable {
    case idle
    case handshaking
    case open
    case failed(SecureStreamFailure)
  }

  let script: ModelCryptography
  private var state = State.idle
  private var outbound: [UInt8] = []
  private var inbound: [UInt8] = []
  private var plaintext: [UInt8] = []
  private var space: [UInt8] = []
  private var random = SplitMix64(seed: 0)
  private(set) var isSeeded = false
  private(set) var wasResumed = false
  private var hasSession = false

  init(script: ModelCryptography) { self.script = script }
}

/// The types of records.
enum RecordType {
  static let handshake: UInt8 = 1
  static let data: UInt8 = 2
  static let alert: UInt8 = 3
}

/// The bytes of a record.
func record(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
  [type, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
}

/// Takes the first record off `bytes`; nil if it is not complete or no record.
func takeRecord(_ bytes: inout [UInt8]) -> (type: UInt8, content: [UInt8])? {
  guard bytes.count >= 3 else { return nil }
  let count = Int(bytes[1]) << 8 | Int(bytes[2])
  guard bytes.count >= 3 + count else { return nil }
  let type = bytes[0]
  let content = Array(bytes[3..<3 + count])
  bytes.removeFirst(3 + count)
  return (type, content)
}

extension ModelBackend: SecureStream {
  mutating func open(host: Span<UInt8>, at time: TrustedTime) throws(SecureStreamFailure) {
    reset()
    script.note("tls open")
    if let failure = script.openFailure {
      state = .failed(failure)
      throw failure
    }
    state = .handshaking
    outbound = record(RecordType.handshake, Array("hello".utf8))
  }

  mutating func advance() -> SecureStreamProgress {
    switch state {
    case .idle: return .idle
    case .open: return .open
    case .failed(let failure): return .failed(failure)
    case .handshaking: break
    }
    guard let first = inbound.first else { return .handshaking }
    guard first == RecordType.handshake || first == RecordType.alert else {
      return .failed(fail(.malformed))
    }
    guard let answer = takeRecord(&inbound) else {
      return inbound.count > 600 ? .failed(fail(.malformed)) : .handshaking
    }
    if answer.type == RecordType.alert { return .failed(fail(.alert(answer.content.first ?? 0))) }
    if let failure = script.handshakeFailure { return .failed(fail(failure)) }
    guard answer.content == Array("welcome".utf8) else { return .failed(fail(.malformed)) }
    wasResumed = hasSession && script.serverResumes
    hasSession = true
    state = .open
    return .open
  }

  var recordsToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get { outbound.span }
  }

  mutating func recordsSent(_ count: Int) { outbound.removeFirst(count) }

  @_lifetime(&self)
  mutating func recordSpace() -> MutableSpan<UInt8> {
    let isOpen = state == .handshaking || state == .open
    space = [UInt8](repeating: 0, count: isOpen ? max(0, 2_048 - inbound.count) : 0)
    return space.mutableSpan
  }

  mutating func recordsReceived(_ count: Int) { inbound += space.prefix(count) }

  mutating func write(_ plaintext: Span<UInt8>) throws(SecureStreamFailure) -> Int {
    if case .failed(let failure) = state { throw failure }
    guard state == .open, outbound.isEmpty else { return 0 }
    if let failure = script.writeFailure { throw fail(failure) }
    if script.refusedWrites > 0 {
      script.refusedWrites -= 1
      return 0
    }
    let count = min(plaintext.count, script.recordByteCount)
    outbound = record(RecordType.data, copy(plaintext.extracting(first: count)))
    return count
  }

  mutating func read(into space: inout MutableSpan<UInt8>) throws(SecureStreamFailure) -> Int {
    if case .failed(let failure) = state { throw failure }
    guard state == .open else { return 0 }
    if plaintext.isEmpty, let first = inbound.first {
      guard first == RecordType.data || first == RecordType.alert else { throw fail(.malformed) }
      guard let next = takeRecord(&inbound) else {
        if inbound.count == 2_048 { throw fail(.malformed) }
        return 0
      }
      if next.type == RecordType.alert {
        throw fail(next.content == [0] ? .closedByPeer : .alert(next.content.first ?? 1))
      }
      plaintext = next.content
    }
    let count = min(space.count, plaintext.count)
    for index in 0..<count { space[index] = plaintext[index] }
    plaintext.removeFirst(count)
    return count
  }

  mutating func close() {
    if state == .open { outbound += record(RecordType.alert, [0]) }
    state = .idle
  }

  mutating func reset() {
    state = .idle
    wasResumed = false
    outbound = []
    inbound = []
    plaintext = []
  }

  mutating func forgetSession() {
    script.forgetCount += 1
    hasSession = false
  }

  private mutating func fail(_ failure: SecureStreamFailure) -> SecureStreamFailure {
    state = .failed(failure)
    if failure != .closedByPeer { hasSession = false }
    outbound += record(RecordType.alert, [40])
    return failure
  }
}

extension ModelBackend: TokenSigner {
  var signatureAlgorithm: SignatureAlgorithm { .es256 }

  mutating func sign(
    _ message: Span<UInt8>, into space: inout MutableSpan<UInt8>
  ) throws(SigningFailure) -> Int {
    script.note("sign")
    if let failure = script.signingFailure { throw failure }
    script.signatureCount += 1
    for index in 0..<64 { space[index] = 0x5A }
    return 64
  }
}

extension ModelBackend: RandomGenerator {
  mutating func seed(_ entropy: Span<UInt8>) throws(RandomFailure) {
    script.note("seed")
    if script.seedingFails { throw .internalFailure }
    script.seedCount += 1
    isSeeded = true
    random = SplitMix64(seed: UInt64(entropy[0]) << 8 | UInt64(entropy[1]))
  }

  mutating func fillRandom(_ space: inout MutableSpan<UInt8>) throws(RandomFailure) {
    guard isSeeded, !script.randomFails else { throw .notSeeded }
    for index in space.indices { space[index] = UInt8(truncatingIfNeeded: random.next()) }
  }
}

/// The bytes that are lent.
func copy(_ bytes: Span<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  for index in bytes.indices { result.append(bytes[index]) }
  return result
}
