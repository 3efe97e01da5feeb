import Glibc
public import Platform

extension HostPlatform: ByteStream {
  /// Begins to open a TCP connection, without Nagle's delay.
  public mutating func connect(to endpoint: Endpoint) throws(SystemFailure) {
    disconnect()
    stream = try makeSocket(family: endpoint.family, kind: SOCK_STREAM)
    var one: Int32 = 1
    setsockopt(
      stream, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    let descriptor = stream
    let status = endpoint.withSocketAddress { Glibc.connect(descriptor, $0, $1) }
    guard status == 0 || errno == EINPROGRESS else { throw .latest }
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
