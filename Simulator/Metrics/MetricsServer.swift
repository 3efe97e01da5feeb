import NIOCore
import NIOHTTP1
import NIOPosix

/// Serves a page of figures over HTTP while a run goes on, for Prometheus to scrape.
///
/// It answers `GET /metrics` with what `page` says at that moment, and nothing else; a peer that
/// says nothing for ten seconds is dropped, and so is one beyond the sixteenth.
public final class MetricsServer: Sendable {
  /// Why the server cannot start, in one line.
  public struct Failure: Error, CustomStringConvertible {
    /// The line.
    public let description: String
  }

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel

  /// The port that it listens at.
  public var port: Int { channel.localAddress?.port ?? 0 }

  /// Listens at `port` of `host`; port zero is any free one.
  public init(
    host: String, port: Int, page: @escaping @Sendable () -> String
  ) async throws(Failure) {
    let visitors = Visitors(limit: 16)
    do {
      channel = try await ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 16)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            guard visitors.enter(channel) else { throw ChannelError.eof }
            try channel.pipeline.syncOperations.addHandler(
              IdleStateHandler(readTimeout: .seconds(10)))
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(PageHandler(page: page))
          }
        }
        .bind(host: host, port: port).get()
    } catch {
      try? await group.shutdownGracefully()
      throw Failure(description: "metrics: cannot listen at \(host):\(port): \(error)")
    }
  }

  /// Ends all connections and stops listening.
  public func stop() async {
    try? await channel.close()
    try? await group.shutdownGracefully()
  }
}

/// Counts the connections of a server; all of them live on its one thread.
private final class Visitors: @unchecked Sendable {
  private let limit: Int
  private var count = 0

  init(limit: Int) { self.limit = limit }

  /// False if there are too many.
  func enter(_ channel: any Channel) -> Bool {
    guard count < limit else { return false }
    count += 1
    channel.closeFuture.whenComplete { _ in self.count -= 1 }
    return true
  }
}

/// Answers requests for the page.
private final class PageHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let page: @Sendable () -> String
  private var request: HTTPRequestHead?

  init(page: @escaping @Sendable () -> String) { self.page = page }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    // A body is of no use here.
    case .body: break
    case .end:
      guard let request else { return }
      self.request = nil
      answer(request, context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let path = request.uri.split(separator: "?", maxSplits: 1).first
    var status = HTTPResponseStatus.ok
    var text = ""
    if request.method != .GET && request.method != .HEAD {
      status = .methodNotAllowed
    } else if path != "/metrics" {
      status = .notFound
    } else {
      text = page()
    }
    if status != .ok {
      text = "\(status.code) \(status.reasonPhrase); the figures are at /metrics\n"
    }
    var headers = HTTPHeaders()
    headers.add(name: "Content-Type", value: "text/plain; version=0.0.4; charset=utf-8")
    headers.add(name: "Content-Length", value: "\(text.utf8.count)")
    if !request.isKeepAlive { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(version: request.version, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: text)))),
        promise: nil)
    }
    let isLast = !request.isKeepAlive
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if isLast { bound.value.close(promise: nil) }
    }
  }
}
