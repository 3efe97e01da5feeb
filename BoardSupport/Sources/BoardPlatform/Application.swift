/// What a board does beside keeping its connection to the cloud.
///
/// A program has one: it makes a board and a device as global variables, and hands all three to
/// `run`, which never returns.
public protocol Application {
  /// The board that it is written for.
  associatedtype Hardware: BoardHardware

  /// Does what is due, and returns when it wants to be asked again.
  ///
  /// It is asked after each event and each sleep too, so that it has to look at the time itself.
  mutating func work(
    device: inout BoardDevice, board: inout BoardPlatform<Hardware>
  ) -> Instant

  /// Takes note of what happened, after the console has told it; by default it does nothing.
  mutating func handle(_ event: borrowing DeviceEvent)
}

extension Application {
  /// Does nothing.
  public mutating func handle(_ event: borrowing DeviceEvent) {}
}
