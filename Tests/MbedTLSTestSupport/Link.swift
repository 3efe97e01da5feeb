import Foundation
import MbedTLSAdapter
public import TLS
import TimeKeeping
import Units

/// A client, a TCP connection, and the bytes between them.
public final class Link {
  /// The peer ended the TCP connection, or said nothing for ten seconds.
  public struct EndOfStream: Error {}

  /// The client at this end.
  public let client: Client
  /// All bytes that came from the peer.
  public private(set) var received: [UInt8] = []
  private let server: TestServer
  private let socket: Int32
  private let pieceLength: Int

  /// Connects to `server`; bytes are handed on in pieces of at most `pieceLength`.
  public init(_ client: Client, to server: TestServer, pieceLength: Int = .max) throws {
    self.client = client
    self.server = server
    self.pieceLength = pieceLength
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var timeout = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = server.port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw EndOfStream() }
  }

  deinit { Glibc.close(socket) }

  /// Shakes hands as far as it goes.
  public func handshake() throws -> SecureStreamProgress {
    while true {
      let progress = client.backend.advance()
      if case .failed = progress {
        // A peer that is gone need not be told why.
        do { try flush() } catch is EndOfStream {}
        return progress
      }
      try flush()
      guard progress == .handshaking else { return progress }
      try fill()
    }
  }

  /// Sends `plaintext` whole, then receives until `count` bytes have come.
  public func exchange(_ plaintext: [UInt8], expecting count: Int) throws -> [UInt8] {
    var rest = plaintext[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(try client.backend.write(rest.span))
      try flush()
    }
    var answer: [UInt8] = []
    while answer.count < count {
      let piece = try read()
      answer += piece
      if piece.isEmpty { try fill() }
    }
    return answer
  }

  /// Receives until the peer closes, and returns the plaintext with the reason of the end.
  public func readToEnd() throws -> ([UInt8], SecureStreamFailure) {
    var answer: [UInt8] = []
    while true {
      do throws(SecureStreamFailure) {
        let piece = try read()
        answer += piece
        if !piece.isEmpty { continue }
      } catch {
        return (answer, error)
      }
      try fill()
    }
  }

  /// Sends every record that waits.
  public func flush() throws {
    while true {
      let bytes = client.recordsToSend
      guard !bytes.isEmpty else { return }
      let count = bytes.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw EndOfStream() }
      client.backend.recordsSent(count)
    }
  }

  /// Waits for bytes and hands a piece of them to the client.
  public func fill() throws {
    let room = client.recordRoom
    precondition(room > 0, "nobody reads")
    var bytes = [UInt8](repeating: 0, count: min(room, pieceLength))
    let count = recv(socket, &bytes, bytes.count, 0)
    guard count > 0 else { throw EndOfStream() }
    received += bytes.prefix(count)
    client.receive(Array(bytes.prefix(count)))
  }

  private func read() throws(SecureStreamFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 700)
    var space = bytes.mutableSpan
    let count = try client.backend.read(into: &space)
    return Array(bytes.prefix(count))
  }
}
