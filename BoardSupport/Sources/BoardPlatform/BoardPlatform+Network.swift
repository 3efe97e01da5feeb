import CNetwork

// Each call pumps first: the core may ask again and again without sleeping.

extension BoardPlatform: NameResolver {
  /// Asks for the IPv4 address of `host`.
  public mutating func resolve(_ host: Span<UInt8>) throws(NetworkFailure) -> Resolution {
    pump()
    var address = [4 of UInt8](repeating: 0)
    var space = address.mutableSpan
    // The stack reads the name and writes 4 bytes.
    let result = unsafe host.withUnsafeBufferPointer { name in
      unsafe space.withUnsafeMutableBufferPointer { target in
        unsafe network_resolve(name.baseAddress, name.count, target.baseAddress)
      }
    }
    let isPending = try NetworkFailure.check(result) == Int(NETWORK_PENDING)
    return isPending ? .pending : .address(.v4(address))
  }
}

extension BoardPlatform: ByteStream {
  /// Starts to connect to `endpoint`; an earlier connection is dropped.
  public mutating func connect(to endpoint: Endpoint) throws(NetworkFailure) {
    pump()
    // The stack reads the 4 bytes.
    let result = try unsafe withAddress(of: endpoint) {
      unsafe network_stream_connect($0, endpoint.port)
    }
    _ = try NetworkFailure.check(result)
  }

  /// True once bytes can flow.
  public mutating func isConnected() throws(NetworkFailure) -> Bool {
    pump()
    return try NetworkFailure.check(network_stream_state()) == Int(NETWORK_OK)
  }

  /// Takes a prefix of `bytes` and returns its length.
  public mutating func write(_ bytes: Span<UInt8>) throws(NetworkFailure) -> Int {
    pump()
    // The stack copies what it takes.
    let result = unsafe bytes.withUnsafeBufferPointer {
      unsafe network_stream_write($0.baseAddress, $0.count)
    }
    return try NetworkFailure.check(result)
  }

  /// Fills a prefix of `space` and returns its length.
  public mutating func read(into space: inout MutableSpan<UInt8>) throws(NetworkFailure) -> Int {
    pump()
    // The stack writes no more than the count.
    let result = unsafe space.withUnsafeMutableBufferPointer {
      unsafe network_stream_read($0.baseAddress, $0.count)
    }
    return try NetworkFailure.check(result)
  }

  /// Ends the connection.
  public mutating func disconnect() { network_stream_close() }
}

extension BoardPlatform: DatagramSocket {
  /// Opens a socket towards `endpoint`; an earlier one is closed.
  public mutating func openDatagrams(to endpoint: Endpoint) throws(NetworkFailure) {
    // The stack reads the 4 bytes.
    let result = try unsafe withAddress(of: endpoint) {
      unsafe network_datagram_open($0, endpoint.port)
    }
    _ = try NetworkFailure.check(result)
  }

  /// Sends `datagram` to the opened end point.
  public mutating func send(_ datagram: Span<UInt8>) throws(NetworkFailure) {
    // The stack copies it.
    let result = unsafe datagram.withUnsafeBufferPointer {
      unsafe network_datagram_send($0.baseAddress, $0.count)
    }
    _ = try NetworkFailure.check(result)
  }

  /// Puts the next datagram at the front of `space` and returns its length.
  public mutating func receive(into space: inout MutableSpan<UInt8>) throws(NetworkFailure) -> Int {
    pump()
    // The stack writes no more than the count.
    let result = unsafe space.withUnsafeMutableBufferPointer {
      unsafe network_datagram_receive($0.baseAddress, $0.count)
    }
    return try NetworkFailure.check(result)
  }

  /// Closes the socket.
  public mutating func closeDatagrams() { network_datagram_close() }
}

/// Lends the address of `endpoint`; the stack speaks IPv4 alone.
private func withAddress(
  of endpoint: Endpoint, _ body: (UnsafePointer<UInt8>?) -> Int32
) throws(NetworkFailure) -> Int32 {
  guard case .v4(var address) = endpoint.address else {
    throw NetworkFailure(code: NETWORK_UNREACHABLE)
  }
  let span = address.mutableSpan
  // Alive until the closure has returned.
  return unsafe span.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}
