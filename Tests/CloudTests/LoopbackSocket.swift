import Foundation
import Testing

/// A plain socket, connected to a port on loopback.
final class LoopbackSocket {
  enum Kind {
    case stream
    case datagram
  }

  private let descriptor: Int32

  init(_ kind: Kind, port: Int) throws {
    let type = kind == .stream ? SOCK_STREAM : SOCK_DGRAM
    descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    try #require(descriptor >= 0)
    // A minute means never.
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
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws {
    try #require(Glibc.send(descriptor, bytes, bytes.count, 0) == bytes.count)
  }

  /// The next bytes; none at the end of a stream.
  func receive() throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1_000)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    try #require(count >= 0)
    return Array(bytes[..<count])
  }
}
