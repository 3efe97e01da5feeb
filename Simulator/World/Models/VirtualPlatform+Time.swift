import Bytes
import Scenarios
import Units
import Wire

// Time servers.
extension VirtualPlatform {
  /// What a server, or somebody in its place, answers.
  mutating func answerFromServer(_ server: Int, _ question: Span<UInt8>, oneWay: UInt64) {
    guard !faults.contains(.timeOutage), let request = try? SNTPPacket.parse(question) else {
      return
    }
    var delay = oneWay
    if faults.contains(.reordering), network.happens(faults.strength(.reordering)) { delay += 500 }
    var date = self.date + Interval(milliseconds: delay)
    // One server is wrong, the one that the device asks first; or somebody answers in all names.
    if faults.contains(.timeStep), server == 0 { date = shifted(date, faults.strength(.timeStep)) }
    let stamp = NTPTimestamp(date)
    var packet = SNTPPacket.answer(to: request, stratum: 2, receive: stamp, transmit: stamp)
    if faults.contains(.timeSpoof) {
      // Who has not seen the question does not know its nonce, and is faster than the server.
      let lie = NTPTimestamp(shifted(date, 86_400 * 365))
      var other = request
      other.transmit = NTPTimestamp(bits: network.next())
      packet = SNTPPacket.answer(to: other, stratum: 2, receive: lie, transmit: lie)
    }
    if faults.contains(.kissOfDeath) { packet = .kissOfDeath(.rate, to: request) }
    var bytes = answer
    var writer = ByteWriter(bytes.mutableSpan)
    do { try packet.emit(to: &writer) } catch { return }
    answerCount = writer.count
    answer = bytes
    answerAt = milliseconds + oneWay + delay
  }

  private func shifted(_ date: UnixTime, _ seconds: Double) -> UnixTime {
    UnixTime(milliseconds: date.milliseconds + Int64(seconds * 1_000))
  }
}
