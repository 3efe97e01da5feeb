import Bytes
import Platform
import Units
import Wire

/// The datagram socket of one device.
struct Datagrams {
  /// The time server that it is open to; negative if it is closed.
  var server = -1
  /// The answers under way, in the order of their arrival.
  var answers = [4 of Answer](repeating: Answer())
  var count = 0

  /// An answer of a time server.
  struct Answer {
    var arrival = UInt64.max
    /// The random number of the question.
    var nonce: UInt64 = 0
    /// The date that it gives.
    var date: Int64 = 0
    /// The code of a refusal; zero for none.
    var kiss: UInt32 = 0
    /// The date is not the true one.
    var isLie = false
  }

  /// When the first answer arrives that arrives after `moment`; `max` without one.
  @inline(__always)
  func movesAt(after moment: UInt64) -> UInt64 {
    for index in 0..<count where answers[index].arrival > moment { return answers[index].arrival }
    return .max
  }

  mutating func insert(_ answer: Answer) {
    guard count < Limits.datagramMaximum else { return }
    var place = count
    while place > 0, answers[place - 1].arrival > answer.arrival {
      answers[place] = answers[place - 1]
      place -= 1
    }
    answers[place] = answer
    count += 1
  }

  mutating func removeFirst() {
    for index in 1..<count { answers[index - 1] = answers[index] }
    count -= 1
  }
}

// Time servers.
extension WorldState {
  mutating func openDatagrams(to endpoint: Endpoint) throws(WorldFailure) {
    guard case .v4(let bytes) = endpoint.address else { throw WorldFailure(.unreachable) }
    sockets = Datagrams()
    sockets.server = Int(bytes[3])
  }

  mutating func send(datagram: Span<UInt8>) throws(WorldFailure) {
    guard sockets.server >= 0 else { throw WorldFailure(.closed) }
    guard !isPowerless else { return }
    pay(sent: datagram.count, for: .timeSync)
    let question: SNTPPacket
    do { question = try SNTPPacket.parse(datagram) } catch { return }
    if faults.isActive(.timeSpoof, at: now) { forge(question) }
    guard let there = path.datagramArrival(.toCloud, sentAt: now, faults),
      !faults.isActive(.timeOutage, at: there),
      let back = path.datagramArrival(.toDevice, sentAt: there, faults)
    else { return }
    var answer = Datagrams.Answer()
    answer.arrival = back
    answer.nonce = question.transmit.bits
    answer.date = plan.epoch + Int64(there)
    if faults.isActive(.kissOfDeath, at: there) {
      answer.kiss = (cloudRandom.happens(0.25) ? KissOfDeath.deny : .rate).code
    }
    if plan.planted == .tokensFromTheFuture { answer.date += 3_600_000 }
    if sockets.server == 0, let seconds = faults.strength(.timeStep, at: there) {
      answer.date += Int64(seconds * 1_000)
      answer.isLie = true
    }
    sockets.insert(answer)
  }

  /// Somebody who does not see the question answers it before the server can.
  private mutating func forge(_ question: SNTPPacket) {
    var answer = Datagrams.Answer()
    answer.arrival = now + 1
    answer.nonce = cloudRandom.next()
    answer.date = plan.epoch + 315_360_000_000
    answer.isLie = true
    sockets.insert(answer)
  }

  mutating func receive(into space: inout MutableSpan<UInt8>) throws(WorldFailure) -> Int {
    guard sockets.server >= 0 else { throw WorldFailure(.closed) }
    guard sockets.count > 0, sockets.answers[0].arrival <= now, !isPowerless else { return 0 }
    let answer = sockets.answers[0]
    sockets.removeFirst()
    pay(received: SNTPPacket.byteCount, for: .timeSync)
    let question = SNTPPacket.request(transmit: NTPTimestamp(bits: answer.nonce))
    var packet: SNTPPacket
    if answer.kiss != 0 {
      packet = .kissOfDeath(KissOfDeath(code: answer.kiss), to: question)
    } else {
      let stamp = NTPTimestamp(UnixTime(milliseconds: answer.date))
      packet = .answer(to: question, stratum: 2, receive: stamp, transmit: stamp)
      checker.latestAnswerIsLie = answer.isLie
    }
    packet.rootDispersion = NTPShort(bits: 0x0000_0200)
    guard space.count >= SNTPPacket.byteCount else { return 0 }
    var writer = ByteWriter(space._mutatingExtracting(0..<SNTPPacket.byteCount))
    do { try packet.emit(to: &writer) } catch { return 0 }
    return SNTPPacket.byteCount
  }

  mutating func closeDatagrams() { sockets = Datagrams() }
}
