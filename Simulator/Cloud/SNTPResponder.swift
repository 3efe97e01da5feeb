import NIOCore

/// The stand-in time server: one answer for each request, as told.
final class SNTPResponder: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private let broker: Broker

  init(broker: Broker) { self.broker = broker }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    let behaviour = broker.withState { state in
      state.statistics.timeRequests += 1
      return state.conduct.time
    }
    guard
      let answer = SNTPAnswer.make(
        to: Array(envelope.data.readableBytesView), now: broker.options.now(),
        behaviour: behaviour)
    else { return }
    broker.withState { $0.statistics.timeAnswers += 1 }
    let buffer = context.channel.allocator.buffer(bytes: answer)
    let reply = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: buffer)
    context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // An unreachable client, for example; the socket goes on serving others.
    broker.logger.debug("SNTP socket", metadata: ["error": "\(error)"])
  }
}
