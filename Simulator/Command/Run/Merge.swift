import ArgumentParser
import DataFiles
import Report
import Results

/// `swiftlet merge`: the shards of a run as one result.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts shards together into the bytes that one process would have written.",
    discussion: """
      All shards of one run have to be there, each once, from the same program. Then the gates of \
      the scenario are tried on the whole.
      """)

  @Argument(help: "The files that the shards wrote with --out.")
  var shard: [String]
  @Option(name: .shortAndLong, help: "The file for the result.")
  var out: String
  @Option(help: "Fail if this is true of the result, as for `swiftlet run`.")
  var failIf: [ConditionArgument] = []
  @Option(help: "The form of the summary: text, json or jsonl.")
  var format: RunFormat = .text
  @Option(help: "Also write a page with charts to this HTML file.")
  var report: String?
  @Flag(name: .shortAndLong, help: "Show all reasons and more percentiles.")
  var verbose = false

  func run() throws {
    let result: RunResult
    do throws(DataError) {
      var shards: [RunResult.Shard] = []
      for path in shard { shards.append((path, try ResultFile.read(path))) }
      result = try RunResult.merging(shards)
    } catch {
      throw CommandFailure.data("\(error)")
    }
    let summary = RunSummary(result, failIf: failIf.map(\.condition))
    try OutputFile.write(result.fileText, to: out)
    if let report { try OutputFile.write(FleetPage(result).html, to: report) }
    if format != .text, let alarm = summary.alarm { say(alarm) }
    print(format.text(of: summary, isVerbose: verbose))
    if let shortcoming = summary.shortcoming { throw CommandFailure.purpose(shortcoming) }
  }
}

/// Files that `--out` wrote.
enum ResultFile {
  /// Reads a result.
  static func read(_ path: String) throws(DataError) -> RunResult {
    try RunResult(
      InputFile.read(
        path, "a result of swiftlet run --out", sizeMaximum: RunResult.fileSizeMaximum),
      file: path)
  }
}
