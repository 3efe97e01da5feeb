import Cloud
import Foundation
import Testing

/// The time server on loopback, asked through a plain socket.
@Suite struct SNTPResponderTests {
  @Test func answersOnLoopbackAsTold() async throws {
    let now = Date(timeIntervalSince1970: 1_767_225_600)
    try await TestBench.run(change: { $0.now = { now } }) { bench in
      let answer = try ask(port: bench.cloud.sntpPort)
      #expect(answer.count == 48)
      #expect(Array(answer[24..<32]) == Array(1...8))
      #expect(Array(answer[40..<44]) == [0xED, 0x00, 0x37, 0x80])
      bench.cloud.misbehave(.answerTime(.offset(.seconds(5))))
      #expect(try Array(ask(port: bench.cloud.sntpPort)[40..<44]) == [0xED, 0x00, 0x37, 0x85])
      bench.cloud.misbehave(.answerTime(.kissOfDeath(.rate)))
      #expect(try Array(ask(port: bench.cloud.sntpPort)[12..<16]) == Array("RATE".utf8))
      bench.cloud.behave()
      #expect(try Array(ask(port: bench.cloud.sntpPort)[40..<44]) == [0xED, 0x00, 0x37, 0x80])
      #expect(bench.cloud.statistics.timeRequests == 4)
      #expect(bench.cloud.statistics.timeAnswers == 4)
    }
  }

  /// Sends a request with the transmit time 1 to 8 and waits for the answer.
  private func ask(port: Int) throws -> [UInt8] {
    let socket = try LoopbackSocket(.datagram, port: port)
    try socket.send([0x23] + [UInt8](repeating: 0, count: 39) + Array(1...8))
    return try socket.receive()
  }
}
