/// Moves Ethernet frames between a controller and memory, without interrupts and without waiting.
///
/// A driver holds no state: the controller's registers do. So it may be made anew anywhere.
public protocol EthernetDriver {
  /// Sets the controller up for the interface `address` and starts to receive.
  mutating func start(address: [6 of UInt8])
  /// True while the cable carries a signal.
  mutating func isLinkUp() -> Bool
  /// Sends one frame of 14 to 1514 bytes, without its checksum; false where there is no room now.
  mutating func send(_ frame: Span<UInt8>) -> Bool
  /// Hands the next frame, without its checksum, to `sink`; false where none has arrived.
  ///
  /// A damaged frame, and one that the sink has no room for, are dropped: it then still is true.
  mutating func receive(into sink: inout FrameSink) -> Bool
}
