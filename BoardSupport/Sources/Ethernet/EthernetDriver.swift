/// Moves Ethernet frames between a controller and memory, without interrupts and without waiting.
public protocol EthernetDriver: ~Copyable {
  /// Sets the controller up for the interface `address` and starts to receive.
  mutating func start(address: [6 of UInt8])
  /// True while the cable carries a signal.
  mutating func isLinkUp() -> Bool
  /// Sends one frame of 14 to 1514 bytes, without its checksum; false where there is no room now.
  mutating func send(_ frame: Span<UInt8>) -> Bool
  /// Puts the next frame at the front of `space` and returns its length without the checksum.
  ///
  /// Zero where none has arrived. A frame that is longer than `space` is dropped.
  mutating func receive(into space: inout MutableSpan<UInt8>) -> Int
}
