import DataFiles
import ArgumentParser
import Energy
import Foundation

/// `swiftlet energy`: what authentication costs a battery.
struct EnergyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "energy",
    abstract: "Says what authentication costs per hour and how long a battery lasts, by policy.",
    discussion: """
      Instructions of the shipped firmware, times published cycles and currents, give bands of \
      millijoules an hour by cause, and days of a battery's life. Cores, radios, sensors and \
      batteries are profiles: --list names those inside the program, and a file of your own does \
      in place of a name.
      """)

  @OptionGroup(title: "The device")
  var device: DeviceOptions
  @OptionGroup(title: "What it does")
  var behaviour: BehaviourOptions
  @OptionGroup(title: "Data of your own")
  var files: ProfileOptions

  @Option(help: "The form of the result: text or json.")
  var format: OutputFormat = .text
  @Option(help: "Also write a page with charts to this HTML file.")
  var report: String?
  @Flag(help: "List the profiles and policies, and stop.")
  var list = false
  @Flag(help: "Print the JSON schema of profile files, and stop.")
  var schema = false
  @Option(
    help: ArgumentHelp(
      "Turn the times in states that a device counted and sent into charge, and stop.",
      discussion: "The file has a record as it came, or a line of hexadecimal digits for each."))
  var times: String?
  @Option(
    name: .customLong("import-costs"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Print the cost table with the runs of the measuring firmware taken over, and stop.",
      valueName: "run.json"))
  var importedRuns: [String] = []

  func validate() throws {
    let others = [list, schema, times != nil, !importedRuns.isEmpty].filter { $0 }.count
    guard others <= 1 else {
      throw ValidationError("--list, --schema, --times and --import-costs go one at a time.")
    }
    guard others == 0 || report == nil else {
      throw ValidationError("--report is for a computation, which this is not.")
    }
  }

  func run() throws {
    if schema {
      print(ProfileSchema.text, terminator: "")
      return
    }
    do {
      var library = try files.library()
      if !importedRuns.isEmpty { return try importRuns(into: library) }
      if list { return print(ProfileList.text(library)) }
      if let times { return try charge(times, &library) }
      try compute(&library)
    } catch let error as DataError {
      throw CommandFailure.data("\(error)")
    }
  }

  private func compute(_ library: inout ProfileLibrary) throws {
    let traffic = TrafficBand(plan: behaviour.plan, sensor: try device.oneSensor(&library))
    let devices = try device.devices(&library, behaviour: behaviour, setting: files.setting)
    let policies = try behaviour.policies(of: library)
    var assessments: [Assessment] = []
    for (parts, battery) in devices {
      assessments += policies.map {
        Assessment(
          parts: parts, policy: $0, battery: battery, traffic: traffic,
          celsius: behaviour.temperature)
      }.sorted { $0.load.total.millijoules < $1.load.total.millijoules }
    }
    let again = reproduction
    if let report { try write(ReportPage(assessments, reproduce: again).html, to: report) }
    switch format {
    case .json:
      print(try EnergySummary(assessments, reproduce: again).json())
    case .text:
      print(EnergyTable.text(assessments))
      if let report { print("page     \(report)") }
      print("again    \(again)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw CommandFailure.temporary("\(path): cannot be written: \(error.localizedDescription)")
    }
  }

  private func importRuns(into library: ProfileLibrary) throws {
    var runs: [CostTable.Entry] = []
    for path in importedRuns {
      let data = try ProfileOptions.read(path, "a run of the measuring firmware, in JSON")
      runs.append(try CostTable.run(data, file: path))
    }
    print(library.costs.replacing(with: runs).json)
  }

  private func charge(_ path: String, _ library: inout ProfileLibrary) throws {
    let records = try StateTimesFile.read(
      ProfileOptions.read(path, "records of state times"), file: path)
    let core = try device.firstCore(&library)
    let sensor = try device.oneSensor(&library)
    let charge = StateCharge(records, core: core, sensor: sensor)
    print(try ChargeText(charge, core: core.id, sensor: sensor.id).text(as: format))
  }

  private var reproduction: String {
    var words = ["swiftlet energy"]
    words += device.words + behaviour.words + files.words
    if let report { words.append("--report \(report)") }
    return words.joined(separator: " ")
  }
}
