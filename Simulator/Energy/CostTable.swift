import DataFiles
import Foundation

/// How many instructions the operations take, per core and setting, and what an instruction takes.
public struct CostTable: Sendable {
  /// The processor cycles that an instruction takes: a band, because flash and bus differ by chip.
  public let cyclesPerInstruction: Figure
  /// The measurements; of several for a core, the first counts unless another is asked for.
  public let entries: [Entry]

  /// One measurement of all operations.
  public struct Entry: Sendable, Equatable {
    /// The core, such as `cortex-m4`.
    public let core: String
    /// The compiler setting, or `firmware` for the image as it is shipped.
    public let setting: String
    /// The board, emulated or not.
    public let board: String
    /// The command that makes these numbers.
    public let command: String
    /// How far they may be trusted.
    public let standing: Figure.Standing
    /// Where they were written down.
    public let source: String
    /// The instructions of each operation that was measured; of those that are required, of all.
    public let instructions: [Operation: Int]
  }

  /// Reads a table and checks it.
  static func read(_ data: Data, file: String) throws(DataError) -> CostTable {
    let root = try DataPlace(data, file: file)
    let members = try root.members(allowed: ["$schema", "cyclesPerInstruction", "tables"])
    let cycles = try ProfileReader.figure(
      members.required("cyclesPerInstruction", of: root, "a figure"), 0.2...20,
      meaning: "processor cycles an instruction")
    var entries: [Entry] = []
    for item in try members.required("tables", of: root, "a list of measurements").items() {
      let entry = try Self.entry(item)
      let isKnown = entries.contains { known in
        known.core == entry.core && known.setting == entry.setting && known.board == entry.board
      }
      guard !isKnown else {
        throw item.error("is a second one for \(entry.core), \(entry.setting), \(entry.board)")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { throw root.error("tables is empty; it should have an entry") }
    return CostTable(cyclesPerInstruction: cycles, entries: entries)
  }

  private static func entry(_ item: DataPlace) throws(DataError) -> Entry {
    let members = try item.members(
      allowed: ["core", "setting", "board", "command", "standing", "source", "instructions"])
    let core = try members.required("core", of: item, "a core such as cortex-m4").text()
    let place = item.renamed("\(item.path) (\(core))")
    let setting = try members.required("setting", of: place, "a setting such as -O2").text()
    let standing = try members.required("standing", of: place, "measured or published").text()
    guard let known = Figure.Standing(rawValue: standing) else {
      throw place.error("standing is \"\(standing)\"; it should be measured or published")
    }
    return Entry(
      core: core, setting: setting,
      board: try members.required("board", of: place, "the board it ran on").text(),
      command: try members.required("command", of: place, "the command that measures").text(),
      standing: known,
      source: try members.required("source", of: place, "where it was written down").text(),
      instructions: try instructions(
        members.required("instructions", of: place, "an object with all operations")
          .renamed("\(place.path).instructions"), isStrict: true))
  }

  /// Reads the instruction counts; a strict reading knows no other keys.
  static func instructions(
    _ place: DataPlace, isStrict: Bool
  ) throws(DataError) -> [Operation: Int] {
    var members: [String: DataPlace] = [:]
    if isStrict {
      members = try place.members(allowed: Operation.allCases.map(\.rawValue))
    } else {
      for (key, member) in try place.anyMembers() { members[key] = member }
    }
    var counts: [Operation: Int] = [:]
    for operation in Operation.allCases {
      let meaning = "the instructions of one \(operation.meaning)"
      guard operation.isRequired || members[operation.rawValue] != nil else { continue }
      let member = try members.required(operation.rawValue, of: place, meaning)
      counts[operation] = try member.integer(in: 1...1_000_000_000_000, meaning)
    }
    if let sign = counts[.es256Sign], let resumed = counts[.resumedHandshake],
      let refresh = counts[.tokenRefresh], refresh < sign + resumed
    {
      throw place.error(
        "tokenRefresh is \(refresh), less than es256Sign and resumedHandshake, "
          + "\(sign) and \(resumed), which it contains")
    }
    return counts
  }

  /// The entry for a core, with a setting or with the first there is.
  public func entry(core: String, setting: String? = nil) -> Entry? {
    entries.first { $0.core == core && (setting == nil || $0.setting == setting) }
  }
}
