import Foundation

/// Where programs can be reached, going by the kernel's own tables.
enum ListeningSockets {
  /// The tables and the state in which a socket of theirs waits for anybody.
  private static let tables = [("tcp", "0A"), ("tcp6", "0A"), ("udp", "07"), ("udp6", "07")]

  /// Table, address and port of all sockets of `processes` that wait for peers, such as
  /// `tcp 127.0.0.1:4711`; addresses that are not IPv4 stay in the kernel's digits.
  static func of(_ processes: [pid_t]) throws -> [String] {
    var places: [String] = []
    for process in processes {
      let descriptors = "/proc/\(process)/fd"
      let inodes = try Set(
        FileManager.default.contentsOfDirectory(atPath: descriptors).compactMap { name in
          // A descriptor may be closed meanwhile.
          try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\(name)")
            .wholeMatch(of: /socket:\[(\d+)\]/).map { String($0.1) }
        })
      for (table, waiting) in tables {
        let path = "/proc/\(process)/net/\(table)"
        guard FileManager.default.fileExists(atPath: path) else { continue }
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
          let fields = line.split(separator: " ")
          guard fields.count > 9, fields[3] == waiting, inodes.contains(String(fields[9])) else {
            continue
          }
          places.append("\(table) \(readable(fields[1]))")
        }
      }
    }
    return places
  }

  /// Turns `0100007F:1267` into `127.0.0.1:4711`.
  private static func readable(_ field: Substring) -> String {
    let parts = field.split(separator: ":")
    guard parts.count == 2, parts[0].count == 8, let address = UInt32(parts[0], radix: 16),
      let port = Int(parts[1], radix: 16)
    else { return String(field) }
    // The kernel shows the four bytes, which are in the order of the network, as a host's number.
    let bytes = withUnsafeBytes(of: address) { $0.map { "\($0)" } }
    return bytes.joined(separator: ".") + ":\(port)"
  }
}
