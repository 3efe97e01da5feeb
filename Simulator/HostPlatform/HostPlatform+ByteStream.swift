import Glibc
public import Platform

extension HostPlatform: ByteStream {
  /// Begins to open a TCP connection, without Nagle's delay.
  public mutating func connect(to endpoint: Endpoint) throws(SystemFailure) {
    disconnect()
    moments.attempted(at: Self.nanoseconds())
    stream = try makeSocket(family: endpoint.family, kind: SOCK_STREAM)
    var one: Int32 = 1
    setsockopt(
      stream, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    try bindToSource(for: endpoint)
    let descriptor = stream
    let status = endpoint.withSocketAddress { Glibc.connect(descriptor, $0, $1) }
    guard status == 0 || errno == EINPROGRESS else { throw .latest }
  }

  /// Has the connection leave from the source address, if there is one of the right family.
  private func bindToSource(for endpoint: Endpoint) throws(SystemFailure) {
    guard let source else { return }
    let local = Endpoint(address: source, port: 0)
    guard local.family == endpoint.family else { return }
    // The port is drawn when the peer is known: only then can many connections to different peers
    // share one, and only then is a search among 28,000 ports quick.
    var one: Int32 = 1
    setsockopt(
      stream, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, &one,
      socklen_t(MemoryLayout<Int32>.size))
    let descriptor = stream
    let status = local.withSocketAddress { Glibc.bind(descriptor, $0, $1) }
    guard status == 0 else { throw .latest }
  }

  /// True once the connection is open.
  public mutating func isConnected() throws(SystemFailure) -> Bool {
    guard stream >= 0 else { throw SystemFailure(code: ENOTCONN) }
    if streamIsOpen { return true }
    var poller = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
    guard poll(&poller, 1, 0) > 0 else { return false }
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(stream, SOL_SOCKET, SO_ERROR, &code, &size)
    guard code == 0 else { throw SystemFailure(code: code) }
    streamIsOpen = true
    moments.connected = Self.nanoseconds()
    return true
  }

  /// Gives the kernel as much as it takes now.
  public mutating func write(_ bytes: Span<UInt8>) throws(SystemFailure) -> Int {
    let descriptor = stream
    let count = bytes.withUnsafeBufferPointer { buffer in
      // MSG_NOSIGNAL: a peer that is gone is an error of this connection, not of the process.
      Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 {
      bytesSent += count
      return count
    }
    guard errno == EAGAIN || errno == EINTR else { throw .latest }
    return 0
  }

  /// Takes what has arrived, up to the size of `space`.
  public mutating func read(into space: inout MutableSpan<UInt8>) throws(SystemFailure) -> Int {
    let descriptor = stream
    let count = space.withUnsafeMutableBufferPointer { buffer in
      recv(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    if count > 0 {
      bytesReceived += count
      return count
    }
    guard count < 0 else { throw .endOfStream }
    guard errno == EAGAIN || errno == EINTR else { throw .latest }
    return 0
  }

  /// Closes the TCP connection; what the kernel has taken still goes out.
  public mutating func disconnect() {
    guard stream >= 0 else { return }
    Glibc.close(stream)
    stream = -1
    streamIsOpen = false
  }
}
