import Bytes
import Jitter
import Units
import Wire

/// A time server of the model world.
struct TimeServer {
  enum Conduct: Equatable {
    case answers
    case silence
    case kiss(KissOfDeath)
    case garbage
  }

  var conduct = Conduct.answers
  /// How far ahead its date is, in milliseconds.
  var offset: Int64 = 0

  /// The round trip to its reference clock, in milliseconds.
  var rootDelay: UInt32 = 0

  func answers(to question: [UInt8], date: UnixTime, random: inout SplitMix64) -> [[UInt8]] {
    guard let request = try? SNTPPacket.parse(question.span) else { return [] }
    switch conduct {
    case .silence: return []
    case .garbage:
      let count = Int.random(in: 1...80, using: &random)
      return [(0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }]
    case .kiss(let code): return [bytes(of: .kissOfDeath(code, to: request))]
    case .answers:
      let stamp = NTPTimestamp(UnixTime(milliseconds: date.milliseconds + offset))
      var answer = SNTPPacket.answer(
        to: request, stratum: 2, receive: stamp, transmit: stamp)
      answer.rootDelay = NTPShort(bits: rootDelay << 16 / 1_000)
      return [bytes(of: answer)]
    }
  }

  private func bytes(of packet: SNTPPacket) -> [UInt8] {
    var space = [UInt8](repeating: 0, count: 48)
    var writer = ByteWriter(space.mutableSpan)
    do { try packet.emit(to: &writer) } catch { fatalError("48 bytes hold a header") }
    return space
  }
}
