import Dispatch
import Glibc
import Platform
import Synchronization

/// Looks names up in the background and remembers the answers, for any number of devices.
///
/// The system's resolver blocks, which no device may, so each new name costs one task on a queue
/// and every device that asks meanwhile is told to wait.
public final class NameCache: Sendable {
  private enum Entry {
    case pending
    case found(IPAddress, until: UInt64)
    case failed(SystemFailure, until: UInt64)
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let queue = DispatchQueue(label: "swiftlet.names")

  /// Answers hold for a minute, failures for a second, in nanoseconds.
  private static let lifetime: UInt64 = 60_000_000_000
  private static let failureLifetime: UInt64 = 1_000_000_000

  /// Creates a cache that knows nothing.
  public init() {}

  /// The state of the search for `host`; starts one where there is none.
  func resolve(_ host: String) throws(SystemFailure) -> Resolution {
    let now = DispatchTime.now().uptimeNanoseconds
    let known: Entry? = entries.withLock { entries in
      switch entries[host] {
      case .found(let address, let until)? where now < until: return .found(address, until: until)
      case .failed(let failure, let until)? where now < until:
        return .failed(failure, until: until)
      case .pending?: return .pending
      case .found?, .failed?, nil:
        entries[host] = .pending
        return nil
      }
    }
    switch known {
    case .found(let address, _): return .address(address)
    case .failed(let failure, _): throw failure
    case .pending: return .pending
    case nil:
      queue.async { self.search(host) }
      return .pending
    }
  }

  private func search(_ host: String) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    let now = DispatchTime.now().uptimeNanoseconds
    // Version 4 first: a listener on loopback is more often bound to 127.0.0.1 than to ::1.
    var address: IPAddress?
    var item = status == 0 ? list : nil
    while let current = item {
      if let found = current.pointee.ai_addr.flatMap({ IPAddress($0) }) {
        if case .v4 = found {
          address = found
          break
        }
        address = address ?? found
      }
      item = current.pointee.ai_next
    }
    entries.withLock { entries in
      if let address {
        entries[host] = .found(address, until: now + Self.lifetime)
      } else {
        entries[host] = .failed(SystemFailure(code: ENOENT), until: now + Self.failureLifetime)
      }
    }
  }
}
