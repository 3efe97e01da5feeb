import ArgumentParser
import Energy
import Foundation

/// Data of the user's own, beside or in place of what is inside the program.
struct ProfileOptions: ParsableArguments {
  @Option(help: "A folder whose .json files are added: profiles, policies, costs.")
  var profiles: String?
  @Option(help: "A file with instruction counts, as --import-costs prints it.")
  var costs: String?
  // Unconditional, as -O2 looks like an option.
  @Option(
    parsing: .unconditional,
    help: "The compiler setting in the cost table, such as -O2 (default: the first).")
  var setting: String?

  /// What is inside the program, and what the options add.
  func library() throws -> ProfileLibrary {
    var library = try ProfileLibrary.builtIn()
    if let profiles {
      for path in try Self.files(in: profiles) {
        try library.addAnything(Self.read(path, "profiles in JSON"), file: path)
      }
    }
    if let costs { try library.useCosts(Self.read(costs, "a cost table in JSON"), file: costs) }
    return library
  }

  private static func files(in folder: String) throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw CommandFailure.data(
        "\(folder): is not a folder that can be read; it should have .json files with profiles")
    }
    let paths = names.filter { $0.hasSuffix(".json") && $0 != "schema.json" }.sorted()
    guard !paths.isEmpty else {
      throw CommandFailure.data("\(folder): has no .json file; it should have some with profiles")
    }
    return paths.map { "\(folder)/\($0)" }
  }

  /// Reads a file, or explains what it should have been.
  static func read(_ path: String, _ content: String) throws(CommandFailure) -> Data {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .data("\(path): there is no such file; it should hold \(content)")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .data("\(path): cannot be read; it should hold \(content)")
    }
    return data
  }

  var words: [String] {
    [
      profiles.map { "--profiles \($0)" }, costs.map { "--costs \($0)" },
      setting.map { "--setting \($0)" },
    ].compactMap { $0 }
  }
}
