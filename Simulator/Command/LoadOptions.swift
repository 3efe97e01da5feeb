import ArgumentParser
import Fleet
import Foundation
import Units

/// How a live fleet loads the broker, and where its figures go.
struct LoadOptions: ParsableArguments {
  @Option(
    help: """
      The devices switched on per second, such as 200/s, instead of --connect-spread. It paces \
      first attempts alone; after a failure the device's own back-off decides.
      """)
  var connectRate: RateArgument?
  @Option(
    help: """
      How many devices may be on their way to the cloud at the same time; others wait for their \
      turn. Renewals of tokens never wait.
      """)
  var maxInHandshake: Int?
  @Option(
    help: """
      End this long after all devices were connected for the first time; --duration then says how \
      long the run may take at most.
      """)
  var hold: DurationArgument?
  @Option(
    help: """
      Local IPv4 addresses to connect from, separated by commas, in turn; each has ports of its \
      own. On this machine, all that begin with 127 will do.
      """)
  var sourceAddress: SourceAddressArgument?
  @Option(
    help: """
      Serve figures for Prometheus at this port of 127.0.0.1 while the run goes on, or at \
      host:port. Nobody is asked for a password there.
      """)
  var metricsListen: ListenArgument?
  @Option(name: .shortAndLong, help: "A file that gets the result as JSON too.")
  var out: String?

  func validate() throws {
    if let maxInHandshake, !(1...100_000).contains(maxInHandshake) {
      throw ValidationError("--max-in-handshake takes a number from 1 to 100000.")
    }
    if let stranger = sourceAddress?.stranger {
      throw ValidationError("--source-address \(stranger) is not an address of this machine.")
    }
  }

  /// How long it takes until every one of `count` devices is switched on; nil without a rate.
  func rampTime(of count: Int) -> DurationArgument? {
    guard connectRate != nil else { return nil }
    return DurationArgument(milliseconds: pacing.delay(of: max(count - 1, 0)).milliseconds)
  }

  var pacing: Pacing { Pacing(rate: connectRate?.perSecond) }

  func apply(to options: inout FleetOptions) {
    options.pacing = pacing
    options.attemptsAtATime = maxInHandshake
    options.hold = hold?.interval
    options.sourceAddresses = sourceAddress?.addresses ?? []
  }

  /// The options as they were given, but for where results go.
  var words: [String] {
    var words: [String] = []
    if let connectRate { words.append("--connect-rate \(connectRate)") }
    if let maxInHandshake { words.append("--max-in-handshake \(maxInHandshake)") }
    if let hold { words.append("--hold \(hold)") }
    if let sourceAddress { words.append("--source-address \(sourceAddress)") }
    return words
  }

  /// Writes the result to the file that was asked for.
  func write(_ summary: LiveSummary) throws {
    guard let out else { return }
    do {
      try Data((try summary.text(as: .json) + "\n").utf8).write(to: URL(fileURLWithPath: out))
    } catch {
      throw CommandFailure.data("\(out): cannot be written: \(error.localizedDescription)")
    }
  }
}
