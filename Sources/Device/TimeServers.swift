public import Bytes

/// The hosts that are asked for the time, up to three.
public struct TimeServers: ~Copyable {
  /// The number of servers.
  public private(set) var count = 0

  private var first = HostName()
  private var second = HostName()
  private var third = HostName()
  private var ports = [3 of UInt16](repeating: 0)

  /// The most servers that fit: one can fail and one can lie, and the third tells which.
  public static let capacity = 3

  /// Creates an empty list.
  public init() {}

  /// Adds a server; throws where the list is full or the name too long.
  public mutating func append(_ host: Span<UInt8>, port: UInt16 = 123) throws(Overflow) {
    switch count {
    case 0: try first.append(host)
    case 1: try second.append(host)
    case 2: try third.append(host)
    default: throw Overflow()
    }
    ports[count] = port
    count += 1
  }

  /// Adds a server whose name is known when the program is written.
  public mutating func append(_ host: StaticString, port: UInt16 = 123) throws(Overflow) {
    try append(host.bytes, port: port)
  }

  /// Drops all servers.
  public mutating func removeAll() {
    count = 0
    first.removeAll()
    second.removeAll()
    third.removeAll()
  }

  /// The name of the server at `index`, which must be below `count`.
  @_lifetime(borrow self)
  public borrowing func host(at index: Int) -> Span<UInt8> {
    precondition(index >= 0 && index < count)
    switch index {
    case 0: return first.span
    case 1: return second.span
    default: return third.span
    }
  }

  /// The UDP port of the server at `index`, which must be below `count`.
  public func port(at index: Int) -> UInt16 {
    precondition(index >= 0 && index < count)
    return ports[index]
  }
}
