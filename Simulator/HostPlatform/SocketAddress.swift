import Glibc
import Platform

extension Endpoint {
  /// Calls `body` with this end point in the form that the socket calls want.
  func withSocketAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    switch address {
    case .v4(let bytes):
      var storage = sockaddr_in()
      storage.sin_family = sa_family_t(AF_INET)
      storage.sin_port = port.bigEndian
      withUnsafeMutableBytes(of: &storage.sin_addr) { target in
        for index in 0..<4 { target[index] = bytes[index] }
      }
      return Self.lend(&storage, body)
    case .v6(let bytes):
      var storage = sockaddr_in6()
      storage.sin6_family = sa_family_t(AF_INET6)
      storage.sin6_port = port.bigEndian
      withUnsafeMutableBytes(of: &storage.sin6_addr) { target in
        for index in 0..<16 { target[index] = bytes[index] }
      }
      return Self.lend(&storage, body)
    }
  }

  /// Calls `body` with the address of `storage`, as the general type of socket addresses.
  private static func lend<Storage, Result>(
    _ storage: inout Storage, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<Storage>.size))
      }
    }
  }

  /// The protocol family that sockets towards this end point need.
  var family: Int32 {
    switch address {
    case .v4: AF_INET
    case .v6: AF_INET6
    }
  }
}

extension IPAddress {
  /// Reads the address out of what the resolver found; nil for other families.
  init?(_ address: UnsafePointer<sockaddr>) {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      var bytes = [4 of UInt8](repeating: 0)
      address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
        withUnsafeBytes(of: pointer.pointee.sin_addr) { source in
          for index in 0..<4 { bytes[index] = source[index] }
        }
      }
      self = .v4(bytes)
    case AF_INET6:
      var bytes = [16 of UInt8](repeating: 0)
      address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
        withUnsafeBytes(of: pointer.pointee.sin6_addr) { source in
          for index in 0..<16 { bytes[index] = source[index] }
        }
      }
      self = .v6(bytes)
    default: return nil
    }
  }
}
