import Bytes
import Testing
import TimeKeeping
import Units
import Wire

/// The date at which the tests of this folder take place, and the nonce they ask with.
let testDate = UnixTime(seconds: 1_800_000_000)
let testNonce: UInt64 = 0x0123_4567_89AB_CDEF

extension Instant {
  /// An instant in whole seconds.
  static func seconds(_ seconds: UInt64) -> Instant { Instant(milliseconds: seconds * 1_000) }
}

/// A good answer to the test's question, sent when the server's date was `date`.
func goodAnswer(date: UnixTime = testDate, processing: UInt64 = 0) -> SNTPPacket {
  SNTPPacket.answer(
    to: .request(transmit: NTPTimestamp(bits: testNonce)), stratum: 2,
    receive: NTPTimestamp(date - Interval(milliseconds: processing)), transmit: NTPTimestamp(date))
}

extension SNTPPacket {
  /// The bytes of this packet.
  var bytes: [UInt8] {
    var space = [UInt8](repeating: 0, count: 48)
    var writer = ByteWriter(space.mutableSpan)
    do { try emit(to: &writer) } catch { fatalError("48 bytes hold a header") }
    return space
  }
}

extension SNTPClient {
  /// A client that sent its question at `instant`.
  static func asked(at instant: Instant, pivot: UnixTime = testDate) -> SNTPClient {
    var client = SNTPClient()
    client.start(nonce: testNonce, pivot: pivot, now: instant)
    client.sent(48, now: instant)
    return client
  }

  /// Takes a datagram as a socket gives it: cut off where the space ends.
  mutating func receive(_ datagram: [UInt8], now: Instant) {
    var space = receiveSpace
    let count = min(space.count, datagram.count)
    for index in 0..<count { space[index] = datagram[index] }
    received(count, now: now)
  }

  /// The sample that was the next event, if it was one.
  mutating func nextSample() -> TimeSample? {
    guard case .sample(let sample) = nextEvent() else { return nil }
    return sample
  }

  /// The sample that was the next event.
  mutating func sample() throws -> TimeSample {
    let sample = nextSample()
    return try #require(sample)
  }

  /// The rejection that was the next event, if it was one.
  mutating func nextRejection() -> SNTPRejection? {
    guard case .rejected(let reason) = nextEvent() else { return nil }
    return reason
  }

  /// True if the next event is that no answer came in time.
  mutating func nextIsTimeOut() -> Bool {
    guard case .timedOut = nextEvent() else { return false }
    return true
  }
}

extension TrustedClock {
  /// The trusted date, which there must be.
  func date(at now: Instant) throws -> TrustedTime {
    let time = time(at: now)
    return try #require(time)
  }
}
