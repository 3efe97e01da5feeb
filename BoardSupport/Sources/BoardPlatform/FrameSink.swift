import CNetwork

/// Where a driver puts a frame that has arrived: the buffers of the IP stack, word by word.
///
/// A controller gives its frames in words, and the stack keeps them in small buffers; so no buffer
/// for a whole frame is needed in between.
public struct FrameSink {
  /// Creates a sink; only the platform does.
  init() {}

  /// Begins a frame of `count` bytes; false where there is no room, and it has to be dropped.
  public mutating func begin(count: Int) -> Bool { network_frame_begin(count) == 0 }

  /// Takes the next bytes, the lowest `count` of `word`, lowest first.
  ///
  /// What lies beyond the frame's end is left out.
  public mutating func put(_ word: UInt32, count: Int = 4) { network_frame_put(word, count) }

  /// Ends the frame.
  public mutating func end() { network_frame_end() }
}
