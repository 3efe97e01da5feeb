import Foundation

/// The project's own text files, found from the place of this one.
struct SourceTree {
  /// A file with its path below the project's folder.
  struct File: CustomStringConvertible {
    let path: String
    let lines: [String]

    var description: String { path }
    var name: String { (path as NSString).lastPathComponent }
  }

  let files: [File]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folders = ["Sources", "Simulator", "Tests", "BoardSupport", "Tools", "Docs", ".ci"]
    var found: [File] = []
    for folder in folders {
      let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      while let path = walk?.nextObject() as? String {
        guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".build") }),
          let kind = path.split(separator: ".").last.map(String.init),
          ["swift", "c", "h", "sh", "md", "json"].contains(kind) || path == "run",
          let text = try? String(
            contentsOf: root.appending(path: folder + "/" + path), encoding: .utf8)
        else { continue }
        found.append(File(path: folder + "/" + path, lines: text.components(separatedBy: "\n")))
      }
    }
    files = found.sorted { $0.path < $1.path }
  }

  /// Swift files below `folder`.
  func swift(in folder: String) -> [File] {
    files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(".swift") }
  }
}
