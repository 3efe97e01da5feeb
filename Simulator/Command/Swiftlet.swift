import ArgumentParser
import Foundation

/// The program's entry and the list of its commands.
@main
struct Swiftlet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "Runs, serves and examines the devices that carry the Swiftlet core.",
    discussion: """
      Results go to standard output, progress and messages to standard error.
      Exit codes: 0 done; 1 the run failed its purpose; 64 wrong usage; 65 bad input data; \
      70 a bug; 75 try again.
      """,
    version: Build.version,
    subcommands: [
      Live.self, Run.self, Replay.self, Merge.self, ReportCommand.self, Submit.self,
      EnergyCommand.self, CloudCommand.self, Emulate.self, ConformanceCommand.self,
      Provision.self, Doctor.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      say("swiftlet: \(failure.message)")
      Foundation.exit(failure.code)
    } catch {
      exit(withError: error)
    }
  }
}

/// Prints a line for the person at the terminal, not for a program behind a pipe.
func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
