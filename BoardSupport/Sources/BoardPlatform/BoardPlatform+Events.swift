import CBoard
public import Device
import MQTTClient
import Platform
import Units
import Wire

extension BoardPlatform {
  /// Tells `event` on the console, in a line.
  public mutating func tell(_ event: borrowing DeviceEvent) {
    switch event {
    case .none: return
    case .synchronized(let uncertainty):
      say("time: known to ")
      say(Int(truncatingIfNeeded: uncertainty.milliseconds))
      say(" ms")
    case .timeRejected: say("time: a time server gave no usable answer")
    case .tokenSigned: say("token: signed")
    case .online(let sessionPresent):
      say(sessionPresent ? "online: the cloud kept the session" : "online: a new session")
    case .offline(let reason): tell(reason)
    case .acknowledged(let packetID):
      say("acknowledged: ")
      say(Int(packetID.rawValue))
    case .message(let kind, _, let payload):
      say(kind.text)
      say(payload.count)
      say(" bytes")
    case .oversized(let byteCount):
      say("message: dropped, too long with bytes: ")
      say(byteCount)
    case .subscriptionRefused: say("subscription: refused")
    }
    say("\n")
  }

  private mutating func tell(_ reason: OfflineReason) {
    say("offline: ")
    say(reason.text)
    if let detail = reason.detail {
      say(": ")
      say(detail)
    }
    if let code = reason.code {
      say(" ")
      say(Int(code))
    }
  }

  /// Writes what the device has done and what memory it took, as a line of JSON after `report`.
  public mutating func report(_ device: borrowing BoardDevice) {
    say("report {")
    field("acknowledged", Int(truncatingIfNeeded: device.sessionCounters.messagesAcknowledged))
    field("tokensSigned", device.counters.tokensSigned)
    field("connectsFull", device.counters.connectsFull)
    field("connectsResumed", device.counters.connectsResumed)
    field("heapPeakBytes", board_heap_peak())
    field("heapSizeBytes", board_heap_size())
    field("stackPeakBytes", board_stack_peak())
    field("stackSizeBytes", board_stack_size())
    field("ramTotalBytes", board_ram_used(), isLast: true)
    say("}\n")
  }

  private mutating func field(_ name: StaticString, _ value: Int, isLast: Bool = false) {
    say("\"")
    say(name)
    say("\":")
    say(value)
    if !isLast { say(",") }
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
