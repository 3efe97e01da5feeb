import ArgumentParser
import Cloud
import Fleet
import Foundation
import Metrics
import Provisioning
import Units
import Wire

/// `swiftlet live`: a fleet with real sockets, real TLS and a real broker.
struct Live: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a fleet against a broker over real TLS; without --broker it brings its own.",
    discussion: """
      Each device runs the core that is flashed to boards: it gets the time, signs a token, opens \
      a TLS connection, publishes, receives its configuration and renews its token in time. The \
      command succeeds if every device was connected and no accepted message is missing at the end.
      """)

  @Option(name: .shortAndLong, help: "The number of devices, 1 to 100000.")
  var devices: Int?
  @Option(help: "How long the devices publish, such as 20s, 5m or 24h.")
  var duration = DurationArgument(seconds: 20)
  @Option(help: "How the devices prove who they are: jwt-es256 or jwt-rs256.")
  var auth: Authentication = .jwtES256
  @Option(help: "How long a token lives, 4s to 24h.")
  var tokenLife = DurationArgument(seconds: 3600)
  @Option(help: "The keys in the stand-in cloud's certificates: rsa or ec.")
  var serverChain: KeyKind = .rsa
  @Flag(inversion: .prefixedNo, help: "Have the stand-in cloud resume TLS sessions.")
  var resumption = true
  @Option(help: "A broker to use instead of the stand-in cloud, as mqtts://host:port.")
  var broker: BrokerArgument?
  @Option(help: "A PEM file with the roots to trust (default: roots.pem of --identities).")
  var ca: String?
  @Option(help: "A folder with the devices' keys; `swiftlet provision` makes one.")
  var identities: String?
  @Option(
    help: "An SNTP server as host:port (default: the stand-in cloud's, on this machine's clock).")
  var timeServer: [AddressArgument] = []
  @Option(help: "How long a device waits between two messages.")
  var interval: DurationArgument?
  @Option(help: "The same as a number of messages per hour.")
  var messagesPerHour: Double?
  @Option(help: "The quality of service of the messages: 0 or 1.")
  var qos: Int = 1
  @Option(help: "The first connections spread over this time (default: 5 ms a device).")
  var connectSpread: DurationArgument?
  @OptionGroup var load: LoadOptions
  @Option(help: "What moments and values are drawn from (keys and nonces never are).")
  var seed: UInt64?
  @Option(help: "The form of the result: text or json.")
  var format: OutputFormat = .text
  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if let devices, !(1...100_000).contains(devices) {
      throw ValidationError("--devices takes a number from 1 to 100000.")
    }
    guard (0...1).contains(qos) else {
      throw ValidationError("--qos takes 0 or 1; QoS 2 is not there yet.")
    }
    let life = tokenLife.interval
    guard life >= Interval(seconds: 4), life <= Interval(seconds: 86_400) else {
      throw ValidationError("--token-life takes 4s to 24h, which is all that clouds accept.")
    }
    guard duration.interval >= Interval(seconds: 1) else {
      throw ValidationError("--duration takes 1s and more.")
    }
    if let interval, interval.interval < Interval(milliseconds: 10) {
      throw ValidationError("--interval takes 10ms and more.")
    }
    if let messagesPerHour, !(messagesPerHour >= 0.001 && messagesPerHour <= 360_000) {
      throw ValidationError("--messages-per-hour takes a number from 0.001 to 360000.")
    }
    guard interval == nil || messagesPerHour == nil else {
      throw ValidationError("--interval and --messages-per-hour say the same; give one.")
    }
    guard connectSpread == nil || load.connectRate == nil else {
      throw ValidationError("--connect-spread and --connect-rate say the same; give one.")
    }
    guard broker == nil || identities != nil else {
      throw ValidationError(
        "--broker needs --identities, whose keys the broker knows; `swiftlet provision` makes them."
      )
    }
    guard ca == nil || broker != nil else {
      throw ValidationError("--ca is for --broker; the stand-in cloud brings its own root.")
    }
    guard resumption || broker == nil else {
      throw ValidationError("--no-resumption is for the stand-in cloud; a broker decides itself.")
    }
    guard timeServer.count <= 3 else {
      throw ValidationError("--time-server can be given three times at most.")
    }
  }

  func run() async throws {
    ProcessLimits.raiseOpenFiles()
    ProcessLimits.keepUntouchedPagesOut()
    let seed = seed ?? UInt64.random(in: 1...999_999)
    let population = try await makePopulation()
    let spread = connectSpread(of: population)
    guard spread.interval <= duration.interval else {
      throw ValidationError(
        "--duration must not be shorter than "
          + (load.connectRate.map { "the time in which --connect-rate \($0) switches devices on" }
            ?? "--connect-spread") + ", which is \(spread) for \(population.ids.count) devices.")
    }
    let cloud = try await startCloud(for: population, seed: seed)
    let options = try makeOptions(for: population, cloud: cloud, seed: seed)
    let outcome = try await runFleet(options)
    let summary = LiveSummary(
      outcome, cloud: broker == nil ? cloud : nil, ids: population.ids,
      reproduce: reproduction(seed: seed, population: population))
    await cloud.stop()
    print(try summary.text(as: format))
    try load.write(summary)
    if let shortcoming = summary.shortcoming(outcome.tally) {
      throw CommandFailure.purpose(shortcoming)
    }
  }

  /// What a run has shown.
  struct Outcome {
    let tally: FleetTally
    let latencies: Latencies
    /// When the first device was switched on.
    let start: Instant
    let course: LiveCourse
    let residentBytesBefore: Int
  }

  /// Runs the devices, and serves their figures meanwhile if that is asked for.
  private func runFleet(_ options: FleetOptions) async throws -> Outcome {
    let memoryBefore = ProcessLimits.residentBytes
    let fleet = try makeFleet(options)
    var server: MetricsServer?
    if let place = load.metricsListen {
      server = try await LiveMetrics.serve(
        fleet, quality: options.quality, at: place, isQuiet: quiet)
    }
    let interruption = Interruption()
    let display = quiet ? nil : ProgressDisplay(total: options.duration)
    var course = LiveCourse()
    let (tally, start) = fleet.run(isInterrupted: { interruption.isRequested }) {
      tally, now, isPublishing in
      course.note(tally, at: now, isPublishing: isPublishing)
      display?.show(tally, after: now)
    }
    display?.end()
    await server?.stop()
    return Outcome(
      tally: tally, latencies: fleet.latencies, start: start, course: course,
      residentBytesBefore: memoryBefore)
  }

  private func makeFleet(_ options: FleetOptions) throws -> Fleet {
    do { return try Fleet(options: options) } catch {
      switch error {
      case .system(let text): throw CommandFailure.temporary(text)
      case .badRoot: throw CommandFailure.data("\(rootsPath): \(error)")
      case .badKey, .nameTooLong: throw CommandFailure.data("\(error)")
      }
    }
  }

  private func makeOptions(
    for population: Population, cloud: Cloud, seed: UInt64
  ) throws -> FleetOptions {
    let address =
      broker?.address ?? FleetOptions.Address(host: "localhost", port: UInt16(cloud.mqttPort))
    let ownTime = FleetOptions.Address(host: "127.0.0.1", port: UInt16(cloud.sntpPort))
    let servers = timeServer.map { FleetOptions.Address(host: $0.host, port: $0.port ?? 123) }
    var options = FleetOptions(
      members: population.identities.map { .init(id: $0.id, privateKey: $0.privateKeyDER) },
      cloud: address, timeServers: servers.isEmpty ? [ownTime] : servers,
      roots: broker == nil
        ? cloud.rootCertificates : RootBundle.certificates(inPEM: try readRoots(rootsPath)))
    options.project = population.fleet.project
    options.region = population.fleet.region
    options.registry = population.fleet.registry
    options.tokenLifetime = tokenLife.interval
    options.duration = duration.interval
    options.publishInterval = publishInterval
    options.quality = qos == 0 ? .atMostOnce : .atLeastOnce
    options.connectSpread = connectSpread(of: population).interval
    options.seed = seed
    options.workers = ProcessInfo.processInfo.activeProcessorCount
    load.apply(to: &options)
    return options
  }

  private func connectSpread(of population: Population) -> DurationArgument {
    connectSpread ?? load.rampTime(of: population.ids.count)
      ?? DurationArgument(milliseconds: max(500, UInt64(population.ids.count) * 5))
  }

  private var publishInterval: Interval {
    if let messagesPerHour {
      return Interval(milliseconds: max(10, UInt64(3_600_000 / messagesPerHour)))
    }
    return interval?.interval ?? Interval(seconds: 1)
  }

  /// The file with the roots that a foreign broker's certificate must lead to.
  private var rootsPath: String { ca ?? IdentityFolder(path: identities ?? "").rootsPath }
}

// MARK: - The fleet's identities and its cloud

extension Live {
  /// The devices and what they are called.
  private struct Population {
    let fleet: FleetDescription
    let identities: [DeviceIdentity]

    var ids: [String] { identities.map(\.id) }
  }

  private func makePopulation() async throws -> Population {
    if let identities { return try readPopulation(IdentityFolder(path: identities)) }
    let ids = Provision.names(count: devices ?? 25, prefix: "device-")
    let fleet = FleetDescription(
      project: "swiftlet", region: "loopback", registry: "fleet", algorithm: auth.algorithm,
      devices: ids)
    if !quiet { say("swiftlet: making \(ids.count) \(auth.algorithm.rawValue) keys") }
    return Population(
      fleet: fleet,
      identities: try await DeviceIdentity.generate(ids: ids, algorithm: auth.algorithm))
  }

  private func readPopulation(_ folder: IdentityFolder) throws -> Population {
    do {
      let fleet = try folder.readFleet()
      let all = try folder.readIdentities()
      guard (devices ?? 1) <= all.count else {
        throw CommandFailure.data(
          "\(folder.path): holds \(all.count) identities, too few for --devices \(devices ?? 0)")
      }
      return Population(fleet: fleet, identities: Array(all.prefix(devices ?? all.count)))
    } catch let error as IdentityFolderError {
      throw CommandFailure.data("\(error)")
    }
  }

  /// Starts the stand-in cloud; with a foreign broker it serves nothing but the time.
  private func startCloud(for population: Population, seed: UInt64) async throws -> Cloud {
    var options = CloudOptions()
    options.chain = serverChain
    options.resumesSessions = resumption
    options.seed = seed
    return try await Cloud.standIn(options, for: population.fleet, population.identities)
  }

  /// The command that does the same again.
  private func reproduction(seed: UInt64, population: Population) -> String {
    var words = [
      "swiftlet live --devices \(population.identities.count)", "--duration \(duration)",
    ]
    words.append("--token-life \(tokenLife)")
    if let identities {
      words.append("--identities \(identities)")
    } else {
      words.append("--auth \(auth.rawValue)")
    }
    if let broker {
      words.append("--broker mqtts://\(broker.address.host):\(broker.address.port)")
      if let ca { words.append("--ca \(ca)") }
    } else {
      words.append("--server-chain \(serverChain.rawValue)")
      if !resumption { words.append("--no-resumption") }
    }
    for server in timeServer { words.append("--time-server \(server.host):\(server.port ?? 123)") }
    if let messagesPerHour {
      words.append("--messages-per-hour \(messagesPerHour)")
    } else if let interval {
      words.append("--interval \(interval)")
    }
    if let connectSpread { words.append("--connect-spread \(connectSpread)") }
    words += load.words
    words.append("--qos \(qos) --seed \(seed)")
    return words.joined(separator: " ")
  }
}

/// The form of a result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}
