import Glibc

/// QEMU's monitor, reached through a socket in the file system; it is told and never asked.
struct Monitor: ~Copyable {
  private let socket: Int32

  /// Connects to the monitor at `path`, or gives nil while there is none yet.
  init?(path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < capacity else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let socket = Glibc.socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return nil }
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isConnected else {
      close(socket)
      return nil
    }
    self.socket = socket
  }

  deinit { close(socket) }

  /// Gives an order, such as `system_reset`; one that cannot be delivered ends with the emulator.
  func tell(_ order: String) {
    // What the monitor answered before is of no interest, and must not fill the socket.
    var answer = [UInt8](repeating: 0, count: 4_096)
    while recv(socket, &answer, answer.count, Int32(MSG_DONTWAIT)) > 0 {}
    let line = Array((order + "\n").utf8)
    _ = send(socket, line, line.count, Int32(MSG_NOSIGNAL))
  }
}
