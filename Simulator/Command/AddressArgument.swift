import ArgumentParser
import Fleet

/// A host with an optional port on the command line, such as `localhost:123` or `[::1]:8883`.
struct AddressArgument: ExpressibleByArgument {
  let host: String
  let port: UInt16?

  init?(argument: String) {
    var rest = Substring(argument)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<end])
      rest = rest[end...]
    }
    guard !host.isEmpty, !host.contains("/"), !host.contains("@") else { return nil }
    if rest.isEmpty {
      port = nil
    } else {
      guard rest.first == ":", let number = UInt16(rest.dropFirst()), number > 0 else { return nil }
      port = number
    }
  }
}

/// A broker on the command line, as `mqtts://host:port`.
///
/// There is no way to ask for plain text.
struct BrokerArgument: ExpressibleByArgument {
  let address: FleetOptions.Address

  init?(argument: String) {
    let scheme = "mqtts://"
    guard argument.hasPrefix(scheme),
      let address = AddressArgument(argument: String(argument.dropFirst(scheme.count)))
    else { return nil }
    self.address = FleetOptions.Address(host: address.host, port: address.port ?? 8883)
  }
}
