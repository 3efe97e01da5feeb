/// Is told what each check found: prints it on a board, collects it in a test.
public protocol ConformanceReporter: ~Copyable {
  /// The check `name`, a rule of the contract in words, ended with `verdict`.
  mutating func report(_ name: StaticString, _ verdict: Verdict)
}

extension ConformanceReporter where Self: ~Copyable {
  mutating func report(_ name: StaticString, holds: Bool) {
    report(name, holds ? .passed : .failed)
  }
}
