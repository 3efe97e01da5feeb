import Glibc
import Metrics
import Testing

@Suite struct MetricsServerTests {
  @Test("It answers for the page, and for nothing else")
  func answers() async throws {
    let server = try await MetricsServer(host: "127.0.0.1", port: 0) { "a 1\n" }
    let good = try Self.ask("GET /metrics HTTP/1.1", of: server)
    #expect(good.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(good.contains("text/plain; version=0.0.4"))
    #expect(good.hasSuffix("\r\n\r\na 1\n"))
    #expect(try Self.ask("GET / HTTP/1.1", of: server).hasPrefix("HTTP/1.1 404"))
    #expect(try Self.ask("POST /metrics HTTP/1.1", of: server).hasPrefix("HTTP/1.1 405"))
    #expect(try Self.ask("nonsense", of: server).hasPrefix("HTTP/1.1 400"))
    await server.stop()
  }

  @Test("A port that is taken is a failure in words")
  func taken() async throws {
    let server = try await MetricsServer(host: "127.0.0.1", port: 0) { "" }
    await #expect(throws: MetricsServer.Failure.self) {
      _ = try await MetricsServer(host: "127.0.0.1", port: server.port) { "" }
    }
    await server.stop()
  }

  @Test("More visitors than it has room for are turned away, and others are served after them")
  func crowd() async throws {
    let server = try await MetricsServer(host: "127.0.0.1", port: 0) { "a 1\n" }
    var visitors: [Int32] = []
    for _ in 0..<16 { visitors.append(try Self.connect(to: server.port)) }
    // The sixteen have to be at the server's side too, which answering one of them shows.
    try Self.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", to: visitors[15])
    var byte: UInt8 = 0
    #expect(recv(visitors[15], &byte, 1, 0) == 1)
    let late = try Self.connect(to: server.port)
    #expect(recv(late, &byte, 1, 0) <= 0)
    for visitor in visitors + [late] { close(visitor) }
    await server.stop()
  }

  private struct Trouble: Error {}

  private static func connect(to port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = UInt16(port).bigEndian
    name.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    let status = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Trouble() }
    return descriptor
  }

  private static func send(_ text: String, to descriptor: Int32) throws {
    let bytes = Array(text.utf8)
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Trouble()
    }
  }

  /// The whole answer, after which the server has to close.
  private static func ask(_ request: String, of server: MetricsServer) throws -> String {
    let descriptor = try connect(to: server.port)
    defer { close(descriptor) }
    try send(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n", to: descriptor)
    var answer: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &piece, piece.count, 0)
      guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
      answer += piece.prefix(count)
    }
  }
}
