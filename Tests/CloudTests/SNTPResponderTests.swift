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

  /// Sends a request with the transmit time 1 to 8 and waits up to a minute for the answer.
  private func ask(port: Int) throws -> [UInt8] {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isConnected = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    try #require(isConnected)
    let request: [UInt8] = [0x23] + [UInt8](repeating: 0, count: 39) + Array(1...8)
    try #require(send(descriptor, request, request.count, 0) == request.count)
    var answer = [UInt8](repeating: 0, count: 100)
    let count = recv(descriptor, &answer, answer.count, 0)
    try #require(count >= 0)
    return Array(answer[..<count])
  }
}
