import ArgumentParser
import Scenarios

/// A condition on the command line, such as `messages.lost>0`.
struct ConditionArgument: ExpressibleByArgument {
  let condition: Condition

  init?(argument: String) {
    guard let condition = try? Condition(argument) else { return nil }
    self.condition = condition
  }
}
