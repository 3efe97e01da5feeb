import Glibc

/// Keeps a TCP port of 127.0.0.1 from others while nothing listens on it.
///
/// Without it, a client on this machine that keeps trying to connect may be given the very port as
/// its own; then it talks to itself, and the port is taken.
struct PortReservation: ~Copyable {
  private let descriptor: Int32

  /// Reserves `port`, or returns nil where that is not possible, because somebody listens there.
  init?(port: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    // Two sockets that both allow it may have one port, as long as neither listens.
    var isAllowed: Int32 = 1
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &isAllowed, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr(Listeners.address)
    let isBound = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isBound else { return nil }
  }

  deinit { close(descriptor) }
}
