import ArgumentParser

/// Where to listen, as `port` on this machine alone, or as `host:port`.
///
/// Whoever wants to be reached from elsewhere has to name that address.
struct ListenArgument: ExpressibleByArgument, CustomStringConvertible {
  let host: String
  /// Zero for any free one.
  let port: Int

  init?(argument: String) {
    if let number = UInt16(argument) {
      host = "127.0.0.1"
      port = Int(number)
      return
    }
    guard let colon = argument.lastIndex(of: ":"),
      let number = UInt16(argument[argument.index(after: colon)...])
    else { return nil }
    var name = argument[..<colon]
    if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
    guard !name.isEmpty, !name.contains("/") else { return nil }
    host = String(name)
    port = Int(number)
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
