public import Platform

/// What the caller of the engine does next; `drive(_:on:)` does all of it.
public enum DeviceStep: Sendable {
  /// Gather `Device.entropyByteCount` bytes and call `seed(with:)`, or `entropyFailed(now:)`.
  case gatherEntropy
  /// Call `nextEvent()` until it is `none`.
  case handleEvents
  /// Call `workOnOutbox(on:now:)` with the flash.
  case store
  /// Call `compute(now:)`, which takes long on a small processor.
  case compute(PowerState)
  /// Look up `hostToResolve`, then call `resolved(_:now:)` or `resolutionFailed(_:now:)`.
  case resolve
  /// Open a datagram socket to `endpoint`.
  case openDatagrams
  /// Send `datagramToSend`, then call `datagramSent(now:)`.
  case sendDatagram
  /// Receive into `datagramSpace`, then call `datagramReceived(_:now:)`.
  case receiveDatagram
  /// Close the datagram socket.
  case closeDatagrams
  /// Open a stream to `endpoint`.
  case connect
  /// Ask whether the stream is connected, then call `connectionChecked(_:now:)`.
  case checkConnection
  /// Write `bytesToSend` to the stream, then call `sent(_:now:)`.
  case transmit
  /// Read from the stream into `receiveSpace`, then call `received(_:now:)`.
  case receive
  /// Drop the stream.
  case disconnect
  /// Sleep until `deadline`, or until a socket moves.
  case sleep
}
