import CBoard

extension BoardPlatform {
  /// Tells `event` on the console, in a line.
  public mutating func tell(_ event: borrowing DeviceEvent) {
    switch event {
    case .none: return
    case .synchronized(let uncertainty):
      BoardConsole.write("time: known to ")
      BoardConsole.write(Int(truncatingIfNeeded: uncertainty.milliseconds))
      BoardConsole.write(" ms")
    case .timeRejected: BoardConsole.write("time: no usable answer")
    case .tokenSigned: BoardConsole.write("token: signed")
    case .online(let sessionPresent):
      BoardConsole.write(
        sessionPresent ? "online: the cloud kept the session" : "online: a new session")
    case .offline(let reason): tell(reason)
    case .acknowledged(let packetID):
      BoardConsole.write("acknowledged: ")
      BoardConsole.write(Int(packetID.rawValue))
    case .dropped(let packetID, let reason):
      BoardConsole.write(
        reason == .damaged ? "dropped, damaged: " : "dropped, no room: ")
      BoardConsole.write(Int(packetID.rawValue))
    case .message(let kind, _, let payload):
      BoardConsole.write(kind.text)
      BoardConsole.write(payload.count)
      BoardConsole.write(" bytes")
    case .oversized(let byteCount):
      BoardConsole.write("message: too long, bytes: ")
      BoardConsole.write(byteCount)
    case .subscriptionRefused: BoardConsole.write("subscription: refused")
    }
    BoardConsole.write("\n")
  }

  private mutating func tell(_ reason: OfflineReason) {
    BoardConsole.write("offline: ")
    BoardConsole.write(reason.text)
    if let detail = reason.detail {
      BoardConsole.write(": ")
      BoardConsole.write(detail)
    }
    if let code = reason.code {
      BoardConsole.write(" ")
      BoardConsole.write(Int(code))
    }
  }

  /// Writes what the device has done and what memory it took, as a line of JSON after `report`.
  public mutating func report(_ device: borrowing BoardDevice) {
    BoardConsole.write("report {")
    field("acknowledged", Int(truncatingIfNeeded: device.sessionCounters.messagesAcknowledged))
    field("recovered", device.counters.messagesRecovered)
    field("tokensSigned", device.counters.tokensSigned)
    field("connectsFull", device.counters.connectsFull)
    field("connectsResumed", device.counters.connectsResumed)
    field("heapPeakBytes", board_heap_peak())
    field("heapSizeBytes", board_heap_size())
    field("stackPeakBytes", board_stack_peak())
    field("stackSizeBytes", board_stack_size())
    field("ramTotalBytes", board_ram_used())
    times.count(until: now())
    BoardConsole.write("\"stateMilliseconds\":{")
    field("sleep", .sleep)
    field("active", .active)
    field("sign", .sign)
    field("handshake", .handshake)
    field("flash", .flash)
    field("sensor", .sensor, isLast: true)
    BoardConsole.write("}}\n")
  }

  /// A number of milliseconds beyond 24 days stays where it is.
  @inline(never)
  private func field(_ name: StaticString, _ state: PowerState, isLast: Bool = false) {
    field(name, Int(clamping: times.time(in: state).milliseconds), isLast: isLast)
  }

  // Not inlined: a copy for each number would take half a kilobyte of flash.
  @inline(never)
  private func field(_ name: StaticString, _ value: Int, isLast: Bool = false) {
    BoardConsole.write("\"")
    BoardConsole.write(name)
    BoardConsole.write("\":")
    BoardConsole.write(value)
    if !isLast { BoardConsole.write(",") }
  }
}

extension MessageKind {
  fileprivate var text: StaticString {
    switch self {
    case .config: "configuration: "
    case .command: "command: "
    case .other: "message: "
    }
  }
}
