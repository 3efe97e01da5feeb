/// Words of a script, of which some come from the user.
enum ScriptWord {
  /// A word as the shell takes it back unchanged; one with control characters is refused, as nobody
  /// can see what it does.
  static func quoted(_ word: String) throws(CommandFailure) -> String {
    try check(word, "control characters") { $0.value < 0x20 || $0.value == 0x7F }
    return word.isEmpty ? "''" : ShellWord.quoted(word)
  }

  /// Words with spaces between them.
  static func quoted(_ words: [String]) throws(CommandFailure) -> String {
    var texts: [String] = []
    for word in words { texts.append(try quoted(word)) }
    return texts.joined(separator: " ")
  }

  /// A path as Slurm takes it in a line that begins with `#SBATCH`.
  ///
  /// Slurm gives quotation marks, backslashes and percent signs a meaning there.
  ///
  /// - Parameter pattern: What follows the path, in which that meaning is wanted.
  static func directive(
    path: String, pattern: String = ""
  ) throws(CommandFailure) -> String {
    try check(path, "\", \\, % or control characters, which Slurm reads in its own way") {
      $0.value < 0x20 || $0.value == 0x7F || "\"\\%".unicodeScalars.contains($0)
    }
    return "\"\(path)\(pattern)\""
  }

  private static func check(
    _ word: String, _ what: String, isBad: (Unicode.Scalar) -> Bool
  ) throws(CommandFailure) {
    guard !word.unicodeScalars.contains(where: isBad) else {
      throw .data("\(word.debugDescription): has \(what); choose another name")
    }
  }
}
