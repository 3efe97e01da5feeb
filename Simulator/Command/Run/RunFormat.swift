import ArgumentParser
import Report

/// The form of a summary.
enum RunFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  /// A line of JSON for each fleet and breach, then one for the summary.
  case jsonl

  func text(of summary: RunSummary, isVerbose: Bool) -> String {
    switch self {
    case .text: summary.text(isVerbose: isVerbose)
    case .json: summary.jsonText
    case .jsonl: summary.jsonLines
    }
  }
}
