import CBoard

/// Runs `application` with `device` on `board`, for ever: the main loop of a program.
///
/// The device is driven, the application is asked for its work, and between the two the board
/// sleeps. What happens is told on the console.
public func run<Program: Application>(
  _ application: inout Program, device: inout BoardDevice,
  on board: inout BoardPlatform<Program.Hardware>
) -> Never {
  board.start(&device)
  while true {
    let next = application.work(device: &device, board: &board)
    switch drive(&device, on: &board) {
    case .events: while deliver(&device, to: &application, on: &board) {}
    case .sleep: board.sleep(until: min(next, device.deadline(now: board.now())))
    }
  }
}

/// Tells one event; false where there was none.
private func deliver<Program: Application>(
  _ device: inout BoardDevice, to application: inout Program,
  on board: inout BoardPlatform<Program.Hardware>
) -> Bool {
  var isOnline = false
  do {
    let event = device.nextEvent()
    switch event {
    case .none: return false
    case .online: isOnline = true
    case .synchronized, .timeRejected, .tokenSigned, .offline, .acknowledged, .dropped,
      .message, .oversized, .subscriptionRefused:
      break
    }
    board.tell(event)
    application.handle(event)
  }
  if isOnline { board.report(device) }
  return true
}
