import Glibc
public import Platform

extension HostPlatform: DatagramSocket {
  /// Opens a UDP socket that hears `endpoint` alone.
  public mutating func openDatagrams(to endpoint: Endpoint) throws(SystemFailure) {
    closeDatagrams()
    datagrams = try makeSocket(family: endpoint.family, kind: SOCK_DGRAM)
    let descriptor = datagrams
    // A connected socket hands out datagrams of that peer alone; the kernel draws a random port.
    let status = endpoint.withSocketAddress { Glibc.connect(descriptor, $0, $1) }
    guard status == 0 else { throw .latest }
  }

  /// Sends a datagram, or drops it where the kernel has no room.
  public mutating func send(_ datagram: Span<UInt8>) throws(SystemFailure) {
    let descriptor = datagrams
    let count = datagram.withUnsafeBufferPointer { buffer in
      Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
    }
    guard count >= 0 || errno == EAGAIN || errno == EINTR else { throw .latest }
  }

  /// Takes the next datagram, if there is one.
  public mutating func receive(into space: inout MutableSpan<UInt8>) throws(SystemFailure) -> Int {
    let descriptor = datagrams
    var count = 0
    // Zero means that nothing is there, so an empty datagram must not hide the one behind it.
    while count == 0 {
      count = space.withUnsafeMutableBufferPointer { buffer in
        recv(descriptor, buffer.baseAddress, buffer.count, 0)
      }
    }
    if count > 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw .latest }
    return 0
  }

  /// Closes the UDP socket.
  public mutating func closeDatagrams() {
    guard datagrams >= 0 else { return }
    Glibc.close(datagrams)
    datagrams = -1
  }
}
