import TimeKeeping
import Units
import Wire

/// What a server does with a question.
enum ServerBehaviour {
  case answer(UnixTime)
  case kiss(KissOfDeath)
  case silence
}

/// What the synchronizer said, in a form that can be compared.
enum SynchronizerNotice: Equatable {
  case synchronized(Int)
  case sampleRefused(Int, SampleRejection)
  case answerRejected(Int, SNTPRejection)
  case kissOfDeath(Int, KissOfDeath)
  case timedOut(Int)
}

extension TimeSynchronizer {
  /// Asks at `now` and lets the server behave; gives the server's index.
  @discardableResult
  mutating func exchange(
    at now: Instant, jitter: UInt64 = 0, _ behaviour: ServerBehaviour
  ) -> Int {
    let server = begin(nonce: testNonce, jitter: jitter, now: now)
    sent(48, now: now)
    switch behaviour {
    case .answer(let date): receive(goodAnswer(date: date).bytes, now: now)
    case .kiss(let kiss):
      let request = SNTPPacket.request(transmit: NTPTimestamp(bits: testNonce))
      receive(SNTPPacket.kissOfDeath(kiss, to: request).bytes, now: now)
    case .silence: expired(now: now + Interval(seconds: 10))
    }
    return server
  }

  /// Takes a datagram.
  mutating func receive(_ datagram: [UInt8], now: Instant) {
    var space = receiveSpace
    for index in datagram.indices { space[index] = datagram[index] }
    received(datagram.count, now: now)
  }

  /// The next event.
  mutating func next() -> SynchronizerNotice? {
    switch nextEvent() {
    case nil: nil
    case .synchronized(let server, _): .synchronized(server)
    case .sampleRefused(let server, let reason): .sampleRefused(server, reason)
    case .answerRejected(let server, let reason): .answerRejected(server, reason)
    case .kissOfDeath(let server, let kiss): .kissOfDeath(server, kiss)
    case .timedOut(let server): .timedOut(server)
    }
  }
}
