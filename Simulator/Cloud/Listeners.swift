import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// How the cloud's sockets are opened; nothing of it is reachable from another machine.
enum Listeners {
  static let address = "127.0.0.1"

  /// Listens for MQTT over TLS; port zero means any free one.
  ///
  /// - Throws: `CloudError.port`.
  static func openBridge(
    group: MultiThreadedEventLoopGroup, broker: Broker, context: TLSContext, port: Int
  ) async throws -> any Channel {
    try await bind(port) {
      try await server(group: group, broker: broker, context: context)
        .bind(host: address, port: port).get()
    }
  }

  /// Listens for SNTP; port zero means any free one.
  ///
  /// - Throws: `CloudError.port`.
  static func openTimeServer(
    group: MultiThreadedEventLoopGroup, broker: Broker, port: Int
  ) async throws -> any Channel {
    try await bind(port) {
      try await DatagramBootstrap(group: group)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(SNTPResponder(broker: broker))
          }
        }
        .bind(host: address, port: port).get()
    }
  }

  /// Closes a listening socket; connections that it accepted stay.
  static func close(_ channel: any Channel) async {
    channel.close(promise: nil)
    // The future of a channel's end never fails.
    try? await channel.closeFuture.get()
  }

  private static func bind(
    _ port: Int, _ body: () async throws -> any Channel
  ) async throws -> any Channel {
    do {
      return try await body()
    } catch let error as IOError {
      throw CloudError.port(port, reason: error.description)
    }
  }

  private static func server(
    group: MultiThreadedEventLoopGroup, broker: Broker, context: TLSContext
  ) -> ServerBootstrap {
    let packetByteMaximum = broker.options.packetByteMaximum
    return ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4_096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // Without it, Nagle's algorithm and delayed acknowledgements add 40 ms to each handshake.
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let link = broker.open(channel)
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(NIOSSLServerHandler(context: try context.next()))
          try pipeline.addHandler(
            ByteToMessageHandler(PacketDecoder(packetByteMaximum: packetByteMaximum)))
          try pipeline.addHandler(ConnectionHandler(broker: broker, link: link))
        }
      }
  }
}
