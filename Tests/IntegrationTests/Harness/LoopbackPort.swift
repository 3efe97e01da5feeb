import Glibc

/// Ports of 127.0.0.1.
enum LoopbackPort {
  /// A TCP port that nobody listens at.
  static func freeTCP() throws -> Int { try free(SOCK_STREAM) }

  /// A UDP port that nobody listens at.
  static func freeUDP() throws -> Int { try free(SOCK_DGRAM) }

  /// True if something accepts TCP connections at `port`.
  static func answers(_ port: Int) -> Bool {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    var address = loopback(port)
    return withGeneric(&address) { connect(socket, $0, $1) } == 0
  }

  /// The kernel gives the ports of closed sockets to others late, so a free port stays free a
  /// while.
  private static func free(_ type: __socket_type) throws -> Int {
    let socket = Glibc.socket(AF_INET, Int32(type.rawValue), 0)
    guard socket >= 0 else { throw Failure("no socket: \(String(cString: strerror(errno)))") }
    defer { close(socket) }
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    guard withGeneric(&address, { bind(socket, $0, $1) }) == 0,
      withGeneric(&address, { name, _ in getsockname(socket, name, &length) }) == 0
    else { throw Failure("no free port: \(String(cString: strerror(errno)))") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    return address
  }

  private static func withGeneric(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
