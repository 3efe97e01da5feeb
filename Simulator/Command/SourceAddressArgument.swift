import ArgumentParser
import Foundation
import Platform

/// Local IPv4 addresses on the command line, separated by commas, such as `127.0.0.2,127.0.0.3`.
struct SourceAddressArgument: ExpressibleByArgument, CustomStringConvertible {
  let addresses: [IPAddress]
  let description: String

  init?(argument: String) {
    var addresses: [IPAddress] = []
    for text in argument.split(separator: ",", omittingEmptySubsequences: false) {
      var address = in_addr()
      guard inet_pton(AF_INET, String(text), &address) == 1 else { return nil }
      let bytes = withUnsafeBytes(of: address.s_addr) { Array($0) }
      addresses.append(.v4([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
    self.addresses = addresses
    description = argument
  }

  /// The first of them that is not an address of this machine, or nil.
  var stranger: String? {
    description.split(separator: ",").map(String.init).first { !Self.isOurs($0) }
  }

  /// The kernel knows: it binds sockets to its own addresses alone.
  private static func isOurs(_ text: String) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, text, &name.sin_addr)
    return withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    } == 0
  }
}
