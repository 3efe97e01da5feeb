import Units
import Wire

/// What the device wants to tell the application and has not been asked for yet.
///
/// Copyable facts only; messages stay where they arrived. When the application does not ask, the
/// oldest notice makes room: the latest news matters most.
struct NoticeQueue: ~Copyable {
  /// A fact for the application.
  enum Notice {
    case none
    case synchronized(uncertainty: Interval)
    case timeRejected
    case tokenSigned
    case online(sessionPresent: Bool)
    case offline(OfflineReason)
    case dropped(MQTT.PacketID, DropReason)
  }

  private var notices = [8 of Notice](repeating: .none)
  private var first = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ notice: Notice) {
    if count == notices.count {
      first = (first + 1) % notices.count
      count -= 1
    }
    notices[(first + count) % notices.count] = notice
    count += 1
  }

  mutating func removeFirst() -> Notice {
    guard count > 0 else { return .none }
    let notice = notices[first]
    first = (first + 1) % notices.count
    count -= 1
    return notice
  }
}
