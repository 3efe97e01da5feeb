import Foundation

/// The bytes of IP addresses, as certificates hold them.
enum IPAddressBytes {
  /// The 4 or 16 bytes of the address that `text` shows, or nil.
  static func parse(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: count)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
