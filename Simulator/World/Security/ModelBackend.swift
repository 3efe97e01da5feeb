import Cryptography
import Device
import Jitter
import TLS
import TimeKeeping

/// Cryptography by size and cost: real frames, flights as long as real ones, plain text inside.
struct ModelBackend: ~Copyable {
  let world: UnsafeMutablePointer<WorldState>

  @inline(__always)
  init(world: UnsafeMutablePointer<WorldState>) { self.world = world }
}

// MARK: - The connection

extension ModelBackend: SecureStream {
  @inline(__always)
  private var state: SecurityState {
    get { world.pointee.security }
    nonmutating _modify { yield &world.pointee.security }
  }

  private var outgoing: UnsafeMutableRawPointer { world.pointee.room.outgoing }

  mutating func open(host: Span<UInt8>, at time: TrustedTime) throws(SecureStreamFailure) {
    reset()
    guard state.isSeeded else { throw .notSeeded }
    let hello = Flight(.hello, state.session)
    send(hello, byteCount: state.session == 0 ? Limits.fullHello : Limits.resumedHello)
    state.phase = .hello
  }

  mutating func advance() -> SecureStreamProgress {
    switch state.phase {
    case .idle: return .idle
    case .open: return .open
    case .failed(let failure): return .failed(failure)
    case .hello, .finishing: break
    }
    if let ending = state.ending { return .failed(fail(ending)) }
    guard let flight = state.flight else { return .handshaking }
    state.flight = nil
    switch (state.phase, flight.kind) {
    case (.hello, .certificates):
      world.pointee.spend(.fullHandshake)
      guard flight.value == 0 else { return .failed(fail(.unknownRoot)) }
      state.sessionAtHand = 0
      send(Flight(.clientFinish), byteCount: Limits.fullFinish)
      state.phase = .finishing
      return .handshaking
    case (.finishing, .serverFinish):
      state.sessionAtHand = flight.value
      state.session = flight.value
      state.phase = .open
      return .open
    case (.hello, .resumption) where state.session != 0 && flight.value == state.session:
      world.pointee.spend(.resumedHandshake)
      state.wasResumed = true
      state.sessionAtHand = flight.value
      send(Flight(.resumedFinish), byteCount: Limits.resumedFinish)
      state.phase = .open
      return .open
    default: return .failed(fail(.malformed))
    }
  }

  var recordsToSend: Span<UInt8> {
    @_lifetime(borrow self)
    @inline(__always)
    get {
      let start = (outgoing + state.outStart).assumingMemoryBound(to: UInt8.self)
      let span = Span(
        _unsafeStart: UnsafePointer(start), count: state.outEnd &- state.outStart)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  @inline(__always)
  mutating func recordsSent(_ count: Int) {
    state.outStart &+= count
    if state.outStart == state.outEnd {
      state.outStart = 0
      state.outEnd = 0
    }
  }

  @_lifetime(&self)
  @inline(__always)
  mutating func recordSpace() -> MutableSpan<UInt8> {
    var count = Limits.recordBuffer
    switch state.phase {
    case .idle, .failed: count = 0
    case .hello, .finishing, .open:
      if state.plainStart < state.plainEnd || state.flight != nil || state.ending != nil {
        count = 0
      }
    }
    let start = world.pointee.room.incoming.assumingMemoryBound(to: UInt8.self)
    return _overrideLifetime(
      MutableSpan(_unsafeStart: start, count: count), mutating: &self)
  }

  /// The platform hands out one record at a time.
  @inline(__always)
  mutating func recordsReceived(_ count: Int) {
    let bytes = UnsafeRawBufferPointer(start: world.pointee.room.incoming, count: count)
    guard let type = ModelRecord.type(of: bytes) else { return state.ending = .malformed }
    let content = UnsafeRawBufferPointer(rebasing: bytes[ModelRecord.frontCount...])
    switch type {
    case ModelRecord.data:
      let length = content.count - ModelRecord.tagCount
      guard length <= 48 else { return state.ending = .malformed }
      withUnsafeMutableBytes(of: &state.plain) { plain in
        plain.copyMemory(from: UnsafeRawBufferPointer(rebasing: content[..<length]))
      }
      state.plainStart = 0
      state.plainEnd = length
    case ModelRecord.handshake:
      state.flight = Flight(content)
      if state.flight == nil { state.ending = .malformed }
    case ModelRecord.alert:
      state.ending = content[1] == 0 ? .closedByPeer : .alert(content[1])
    default: state.ending = .malformed
    }
  }

  @inline(__always)
  mutating func write(_ plaintext: Span<UInt8>) throws(SecureStreamFailure) -> Int {
    switch state.phase {
    case .failed(let failure): throw failure
    case .open: break
    case .idle, .hello, .finishing: return 0
    }
    guard state.outEnd == 0 else { return 0 }
    let count = min(plaintext.count, Limits.recordBuffer - 2 * ModelRecord.overhead - 2)
    ModelRecord.writeFront(
      ModelRecord.data, byteCount: count + ModelRecord.overhead, to: outgoing)
    plaintext.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      (outgoing + ModelRecord.frontCount).copyMemory(from: start, byteCount: count)
    }
    state.outEnd = count + ModelRecord.overhead
    return count
  }

  @inline(__always)
  mutating func read(into space: inout MutableSpan<UInt8>) throws(SecureStreamFailure) -> Int {
    switch state.phase {
    case .failed(let failure): throw failure
    case .open: break
    case .idle, .hello, .finishing: return 0
    }
    guard state.plainStart < state.plainEnd else {
      if let ending = state.ending { throw fail(ending) }
      return 0
    }
    let count = min(space.count, state.plainEnd - state.plainStart)
    space.withUnsafeMutableBytes { target in
      withUnsafeBytes(of: &state.plain) { plain in
        guard let to = target.baseAddress, let from = plain.baseAddress else { return }
        to.copyMemory(from: from + state.plainStart, byteCount: count)
      }
    }
    state.plainStart += count
    return count
  }

  mutating func close() {
    if case .open = state.phase { sendAlert(0) }
    state.phase = .idle
  }

  mutating func reset() {
    state.phase = .idle
    state.outStart = 0
    state.outEnd = 0
    state.plainStart = 0
    state.plainEnd = 0
    state.flight = nil
    state.ending = nil
    state.wasResumed = false
  }

  var wasResumed: Bool { state.wasResumed }

  mutating func forgetSession() { state.session = 0 }

  private func send(_ flight: Flight, byteCount: Int) {
    ModelRecord.writeFront(ModelRecord.handshake, byteCount: byteCount, to: outgoing)
    flight.write(to: outgoing + ModelRecord.frontCount)
    state.outStart = 0
    state.outEnd = byteCount
  }

  private func sendAlert(_ code: UInt8) {
    let place = outgoing + state.outEnd
    ModelRecord.writeFront(ModelRecord.alert, byteCount: 2 + ModelRecord.overhead, to: place)
    place.storeBytes(of: 1, toByteOffset: ModelRecord.frontCount, as: UInt8.self)
    place.storeBytes(of: code, toByteOffset: ModelRecord.frontCount + 1, as: UInt8.self)
    state.outEnd += 2 + ModelRecord.overhead
  }

  /// An error ends the connection, and the session cannot be resumed.
  private func fail(_ failure: SecureStreamFailure) -> SecureStreamFailure {
    state.phase = .failed(failure)
    if failure != .closedByPeer {
      state.session = 0
      if state.outEnd == 0 { sendAlert(40) }
    }
    return failure
  }
}

// MARK: - Keys and chance

extension ModelBackend: TokenSigner {
  var signatureAlgorithm: SignatureAlgorithm {
    world.pointee.plan.scenario.device.credential == .jwtES256 ? .es256 : .rs256
  }

  mutating func sign(
    _ message: Span<UInt8>, into space: inout MutableSpan<UInt8>
  ) throws(SigningFailure) -> Int {
    guard state.isSeeded else { throw .notSeeded }
    let isRSA = world.pointee.plan.scenario.device.credential == .jwtRS256
    let count = ModelSignature.byteCount(isRSA: isRSA)
    guard space.count >= count else { throw .overflow }
    world.pointee.spend(.signature)
    let key = state.key
    message.withUnsafeBytes { message in
      world.pointee.checkSigning(message)
      space.withUnsafeMutableBytes { space in
        ModelSignature.write(
          key: key, message, to: UnsafeMutableRawBufferPointer(rebasing: space[..<count]))
      }
    }
    return count
  }
}

extension ModelBackend: RandomGenerator {
  var isSeeded: Bool { state.isSeeded }

  mutating func seed(_ entropy: Span<UInt8>) throws(RandomFailure) {
    guard entropy.count >= 32 else { throw .notSeeded }
    state.random = SplitMix64(seed: entropy.withUnsafeBytes { ModelSignature.hash($0) })
    state.isSeeded = true
  }

  mutating func fillRandom(_ space: inout MutableSpan<UInt8>) throws(RandomFailure) {
    guard state.isSeeded else { throw .notSeeded }
    for index in space.indices {
      space[index] = UInt8(truncatingIfNeeded: state.random.next() >> 24)
    }
  }
}
