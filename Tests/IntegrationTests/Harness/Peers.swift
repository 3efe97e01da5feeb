import Foundation

/// The programs of others that the tests talk to.
enum Peers {
  static let broker = "/usr/sbin/mosquitto"
  static let subscriber = "/usr/bin/mosquitto_sub"
  static let publisher = "/usr/bin/mosquitto_pub"
  static let openssl = "/usr/bin/openssl"
  static let timeServer = "/usr/sbin/chronyd"
  static let slurmController = "/usr/sbin/slurmctld"
  static let slurmNode = "/usr/sbin/slurmd"
  static let slurmCommand = "/usr/bin/sbatch"
  static let munge = "/usr/sbin/munged"
  static let scraper = "/usr/bin/prometheus"
  static let scraperTool = "/usr/bin/promtool"

  /// True if all are there; if not, the tests that need them are skipped with this line.
  static func areInstalled(_ paths: String...) -> Bool {
    let missing = paths.filter { !FileManager.default.isExecutableFile(atPath: $0) }
    if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) not installed") }
    return missing.isEmpty
  }
}
