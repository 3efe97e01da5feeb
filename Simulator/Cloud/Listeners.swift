import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The open sockets of a running cloud.
struct Listeners: Sendable {
  let mqtt: any Channel
  let sntp: any Channel

  /// Where clients connect; nothing of this is reachable from another machine.
  static let address = "127.0.0.1"

  /// Opens both sockets.
  ///
  /// - Throws: `CloudError.port`.
  static func open(
    group: MultiThreadedEventLoopGroup, broker: Broker, context: TLSContext, mqttPort: Int,
    sntpPort: Int
  ) async throws -> Listeners {
    let mqtt = try await bind(mqttPort) {
      try await server(group: group, broker: broker, context: context)
        .bind(host: address, port: mqttPort).get()
    }
    do {
      let sntp = try await bind(sntpPort) {
        try await DatagramBootstrap(group: group)
          .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(SNTPResponder(broker: broker))
            }
          }
          .bind(host: address, port: sntpPort).get()
      }
      return Listeners(mqtt: mqtt, sntp: sntp)
    } catch {
      try await mqtt.close()
      throw error
    }
  }

  /// Closes both sockets; open connections stay.
  func close() async {
    for channel in [mqtt, sntp] {
      channel.close(promise: nil)
      // The future of a channel's end never fails.
      try? await channel.closeFuture.get()
    }
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
          try pipeline.addHandler(NIOSSLServerHandler(context: context.current))
          try pipeline.addHandler(
            ByteToMessageHandler(PacketDecoder(packetByteMaximum: packetByteMaximum)))
          try pipeline.addHandler(ConnectionHandler(broker: broker, link: link))
        }
      }
  }
}
