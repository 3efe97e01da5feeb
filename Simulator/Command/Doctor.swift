import ArgumentParser
import Foundation
import Glibc
import MbedTLSAdapter

/// `swiftlet doctor`: says in plain words what this machine lacks, and how to mend it.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks whether this machine is fit for a fleet of a given size.")

  @Option(name: .shortAndLong, help: "The number of devices to be fit for.")
  var devices = 1000

  func validate() throws {
    guard (1...1_000_000_000).contains(devices) else {
      throw ValidationError("--devices takes a number from 1 to 1000000000.")
    }
  }

  func run() throws {
    let findings = [
      openFiles, ports, backlog, loopback, clock, memory, randomness, library,
    ]
    for finding in findings { print(finding.line) }
    let bad = findings.filter { !$0.isGood }.count
    guard bad == 0 else {
      throw CommandFailure.purpose(
        "\(bad) of \(findings.count) checks failed for \(devices) devices")
    }
  }

  private struct Finding {
    let isGood: Bool
    let subject: String
    let text: String
    var cure = ""

    var line: String {
      let mark = isGood ? "ok   " : "LACKS"
      return "\(mark) \(subject): \(text)" + (isGood || cure.isEmpty ? "" : "\n      \(cure)")
    }
  }

  /// A device has a socket here and one in the stand-in cloud, and a datagram socket at times.
  private var openFiles: Finding {
    let wanted = devices * 3 + 100
    let limit = ProcessLimits.openFiles
    return Finding(
      isGood: limit.hard >= wanted, subject: "open files",
      text: "\(limit.hard) allowed, \(wanted) wanted",
      cure: "raise the hard limit: `ulimit -Hn \(wanted)` as root, or in /etc/security/limits.conf")
  }

  private var ports: Finding {
    let path = "/proc/sys/net/ipv4/ip_local_port_range"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let bounds = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    let count = bounds.count == 2 ? bounds[1] - bounds[0] + 1 : 0
    return Finding(
      isGood: count >= devices * 2, subject: "local ports",
      text: "\(count) for outgoing connections, \(devices * 2) wanted",
      cure: """
        widen the range: `sysctl net.ipv4.ip_local_port_range='1024 65535'` as root; or give \
        `swiftlet live` more addresses, such as `--source-address 127.0.0.2,127.0.0.3`
        """)
  }

  /// Connection requests that a broker on this machine has not accepted yet; the broker may ask for
  /// fewer places than the kernel allows, as mosquitto does (100).
  private var backlog: Finding {
    let path = "/proc/sys/net/core/somaxconn"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let count = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    let wanted = min(devices, 1_024)
    return Finding(
      isGood: count >= wanted, subject: "listen queue",
      text: "\(count) connection requests may wait (somaxconn), \(wanted) wanted",
      cure: "allow more: `sysctl net.core.somaxconn=\(wanted)` as root")
  }

  private var loopback: Finding {
    var hints = addrinfo()
    hints.ai_family = AF_INET
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo("localhost", nil, &hints, &list)
    if let list { freeaddrinfo(list) }
    return Finding(
      isGood: status == 0, subject: "localhost",
      text: status == 0 ? "has an address" : "has no IPv4 address",
      cure: "add the line `127.0.0.1 localhost` to /etc/hosts")
  }

  private var clock: Finding {
    let isLikely = Date().timeIntervalSince1970 > 1_767_225_600
    return Finding(
      isGood: isLikely, subject: "clock",
      text: isLikely ? "plausible" : "before 2026, when this program did not exist",
      cure: "set the machine's clock: certificates and tokens of the stand-in cloud depend on it")
  }

  /// Measured by `swiftlet live --devices 1000`: device and stand-in cloud together.
  private var memory: Finding {
    let wanted = devices / 8 + 64
    let available = (sysconf(Int32(_SC_AVPHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))) >> 20
    return Finding(
      isGood: available >= wanted, subject: "memory",
      text: "\(available) MB free, \(wanted) MB wanted",
      cure: "end other programs, or take fewer devices")
  }

  /// The core is written for, and tested with, one long-term branch of the library.
  private var library: Finding {
    let version = MbedTLSBackend.libraryVersion
    return Finding(
      isGood: version.major == 2 && version.minor == 28, subject: "mbedTLS",
      text: "version \(version.major).\(version.minor).\(version.patch)",
      cure: "install Debian 12's libmbedtls-dev, version 2.28")
  }

  private var randomness: Finding {
    var generator = SystemRandomNumberGenerator()
    let isRandom = generator.next() != generator.next()
    return Finding(
      isGood: isRandom, subject: "randomness",
      text: isRandom ? "the kernel's generator answers" : "the kernel's generator repeats itself")
  }
}
