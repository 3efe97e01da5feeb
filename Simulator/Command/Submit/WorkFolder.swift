import Foundation

/// The folder of one submission: its scripts, and what comes of them.
struct WorkFolder {
  /// Its absolute path.
  let path: String

  /// Names the folder and refuses one that something else lives in; it is not created yet.
  init(_ path: String) throws(CommandFailure) {
    let manager = FileManager.default
    self.path =
      URL(
        fileURLWithPath: path, relativeTo: URL(fileURLWithPath: manager.currentDirectoryPath)
      ).standardizedFileURL.path
    guard manager.fileExists(atPath: self.path) else { return }
    guard let content = try? manager.contentsOfDirectory(atPath: self.path), content.isEmpty else {
      throw .data("\(path): is there and not empty; a submission needs a folder of its own")
    }
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { path + "/" + name }

  /// Creates the folder with folders of these names inside.
  func create(_ names: [String] = []) throws(CommandFailure) {
    for folder in [path] + names.map(file) {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw .temporary("\(folder): cannot be created: \(error.localizedDescription)")
      }
    }
  }
}
