import Device

extension OfflineReason {
  /// The reason in one line, as summaries count it.
  var description: String {
    let detail = detail.map { ": \($0)" } ?? ""
    let code = code.map { " \($0)" } ?? ""
    return "\(text)\(detail)\(code)"
  }
}
