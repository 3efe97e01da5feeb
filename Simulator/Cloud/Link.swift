import NIOCore

/// A handle to one connection, good on any thread.
struct Link: Sendable {
  /// Tells this connection from all others of the cloud's life.
  let id: UInt64
  private let channel: any Channel

  init(id: UInt64, channel: any Channel) {
    self.id = id
    self.channel = channel
  }

  /// What a connection can be told to do from outside.
  enum Order: Sendable {
    /// Send these messages.
    case deliver([Delivery])
    /// Send these bytes as they are.
    case sendBytes([UInt8])
    /// Send the acknowledgements that wait.
    case releaseAcknowledgements
    /// End the connection in good order.
    case close(CloseReason)
    /// End the connection at once: a TCP reset.
    case reset(CloseReason)
  }

  /// Has the connection's own thread do `order` soon; nothing if the connection is gone.
  ///
  /// It never happens within this call, so a caller may hold a lock, and orders keep their order.
  func order(_ order: Order) {
    channel.eventLoop.execute { channel.triggerUserOutboundEvent(order, promise: nil) }
  }

  /// Returns once the connection is gone.
  func waitUntilClosed() async {
    // The future of a channel's end never fails.
    try? await channel.closeFuture.get()
  }
}
