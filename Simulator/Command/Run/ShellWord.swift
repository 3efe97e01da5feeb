/// Words as a shell takes them.
enum ShellWord {
  /// A word in quotes where it needs them.
  static func quoted(_ word: String) -> String {
    let isPlain = word.wholeMatch(of: /[A-Za-z0-9_.,:\/@%+=-]+/) != nil
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
