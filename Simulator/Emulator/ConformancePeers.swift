import NIOCore
import NIOPosix

/// The peers that a board's network is checked against, on loopback.
///
/// A TCP server that sends back every byte and a UDP server that sends back every datagram share a
/// port; on the next one, a TCP server says farewell to whoever connects.
public final class ConformancePeers: Sendable {
  /// The port of the echo; the farewell has the next one.
  public let port: Int

  private let group: MultiThreadedEventLoopGroup

  /// Opens the ports, any that are free if `port` is zero.
  ///
  /// - Throws: an error of the system where a port is taken.
  public init(port: Int = 0) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    var attempts = port == 0 ? 20 : 1
    while true {
      do {
        self.port = try await Self.open(port, on: group)
        return
      } catch {
        attempts -= 1
        guard attempts > 0 else {
          try? await group.shutdownGracefully()
          throw error
        }
      }
    }
  }

  /// Closes everything.
  public func stop() async {
    // Fails only for a group that was shut down before.
    try? await group.shutdownGracefully()
  }

  private static let address = "127.0.0.1"

  private static func open(_ port: Int, on group: MultiThreadedEventLoopGroup) async throws -> Int {
    let echo = try await server(on: group) { EchoHandler() }.bind(host: address, port: port).get()
    let found = echo.localAddress?.port ?? 0
    do {
      _ = try await server(on: group) { FarewellHandler() }
        .bind(host: address, port: found + 1).get()
      _ = try await DatagramBootstrap(group: group)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(DatagramEchoHandler())
          }
        }
        .bind(host: address, port: found).get()
    } catch {
      try await echo.close()
      throw error
    }
    return found
  }

  private static func server<Handler: ChannelHandler>(
    on group: MultiThreadedEventLoopGroup, _ handler: @escaping @Sendable () -> Handler
  ) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler())
        }
      }
  }
}

/// Sends back every byte.
private final class EchoHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.writeAndFlush(data, promise: nil)
  }
}

/// Says a few words and closes.
private final class FarewellHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "farewell")), promise: nil)
    context.close(promise: nil)
  }
}

/// Sends back every datagram.
private final class DatagramEchoHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.writeAndFlush(data, promise: nil)
  }
}
