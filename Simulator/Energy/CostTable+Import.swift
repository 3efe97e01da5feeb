import DataFiles
import Foundation

/// Takes over what the measuring firmware writes.
///
/// Each run of a board leaves a `run.json` with the board's name under `board` and the counts under
/// `instructions`, one whole number per operation. `setting`, `command` and `source` may be there
/// too; other keys, among the counts too, are for other readers.
extension CostTable {
  /// The core of each board that the measuring firmware runs on.
  public static let cores = [
    "mps2-an386": "cortex-m4", "mps2-an385": "cortex-m3", "lm3s6965evb": "cortex-m3",
  ]

  /// Reads a run of the measuring firmware.
  public static func run(_ data: Data, file: String) throws(DataError) -> Entry {
    let root = try DataPlace(data, file: file)
    var members: [String: DataPlace] = [:]
    for (key, member) in try root.anyMembers() { members[key] = member }
    let known = cores.keys.sorted().joined(separator: ", ")
    let board = try members.required("board", of: root, "one of \(known)").text()
    guard let core = cores[board] else {
      throw root.error("board is \"\(board)\"; it should be one of \(known)")
    }
    return Entry(
      core: core, setting: try members["setting"]?.text() ?? "firmware", board: board,
      command: try members["command"]?.text() ?? "make measure BOARD=\(board)",
      standing: .measured,
      source: try members["source"]?.text() ?? "the measuring firmware on \(board)",
      instructions: try instructions(
        members.required("instructions", of: root, "an object with all operations"),
        isStrict: false))
  }

  /// The table with `runs` in front; a run replaces an older one of its board and setting.
  public func replacing(with runs: [Entry]) -> CostTable {
    let kept = entries.filter { old in
      !runs.contains { $0.board == old.board && $0.setting == old.setting && $0.core == old.core }
    }
    return CostTable(cyclesPerInstruction: cyclesPerInstruction, entries: runs + kept)
  }

  /// The table as the checked-in file has it.
  public var json: String {
    var lines = ["{"]
    lines.append("  \"$schema\": \"schema.json#/$defs/costs\",")
    lines.append("  \"cyclesPerInstruction\": {")
    let cycles = cyclesPerInstruction
    lines.append(
      "    \"value\": \(plain(cycles.value)), \"low\": \(plain(cycles.low)), "
        + "\"high\": \(plain(cycles.high)), \"standing\": \(quoted(cycles.standing.rawValue)),")
    lines.append("    \"source\": \(quoted(cycles.source))")
    lines.append("  },")
    lines.append("  \"tables\": [")
    lines.append(entries.map(Self.json).joined(separator: ",\n"))
    lines.append("  ]")
    lines.append("}")
    return lines.joined(separator: "\n")
  }

  private static func json(_ entry: Entry) -> String {
    let counts = Operation.allCases.compactMap { operation in
      entry.instructions[operation].map { "        \(quoted(operation.rawValue)): \($0)" }
    }
    return """
          {
            "core": \(quoted(entry.core)), "setting": \(quoted(entry.setting)), \
      "board": \(quoted(entry.board)),
            "command": \(quoted(entry.command)),
            "standing": \(quoted(entry.standing.rawValue)),
            "source": \(quoted(entry.source)),
            "instructions": {
      \(counts.joined(separator: ",\n"))
            }
          }
      """
  }
}

/// A text as JSON writes it.
func quoted(_ text: String) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .withoutEscapingSlashes
  guard let data = try? encoder.encode(text) else { return "\"\"" }
  return String(decoding: data, as: UTF8.self)
}
