import ArgumentParser
import Scenarios

/// A fault on the command line: a kind, or all of them, with the probability for a device.
struct FaultArgument: ExpressibleByArgument, CustomStringConvertible {
  let what: What

  enum What {
    case swarm
    case kind(Scenarios.Fault.Kind, probability: Double)
  }

  init?(argument: String) {
    if argument == "swarm" {
      what = .swarm
      return
    }
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count <= 2, let kind = Scenarios.Fault.Kind(rawValue: String(parts[0])) else {
      return nil
    }
    guard parts.count == 2 else {
      what = .kind(kind, probability: 1)
      return
    }
    guard let probability = Double(parts[1]), (0...1).contains(probability) else { return nil }
    what = .kind(kind, probability: probability)
  }

  var description: String {
    switch what {
    case .swarm: "swarm"
    case .kind(let kind, 1): kind.rawValue
    case .kind(let kind, let probability): "\(kind.rawValue)=\(probability)"
    }
  }

  static var allValueStrings: [String] {
    Scenarios.Fault.Kind.allCases.map(\.rawValue) + ["swarm"]
  }
}
