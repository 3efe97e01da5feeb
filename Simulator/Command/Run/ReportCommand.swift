import ArgumentParser
import DataFiles
import Report

/// `swiftlet report`: a result as a page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes a page with charts of a result of `swiftlet run` or `swiftlet merge`.")

  @Argument(help: "The file that --out wrote.")
  var result: String
  @Option(name: .shortAndLong, help: "The HTML file to write.")
  var out: String

  func run() throws {
    do {
      try OutputFile.write(FleetPage(try ResultFile.read(result)).html, to: out)
    } catch let error as DataError {
      throw CommandFailure.data("\(error)")
    }
    print("page     \(out)")
  }
}
