import Dispatch
import Foundation
import Synchronization

/// Watches for Ctrl-C: the first one asks for an end in good order, the second ends the program.
final class Interruption: Sendable {
  private let count = Atomic<Int>(0)

  /// Begins to watch, for as long as the program runs.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler holds its source, which would otherwise end with this scope.
      source.setEventHandler { [self] in
        defer { withExtendedLifetime(source) {} }
        if count.add(1, ordering: .relaxed).newValue > 1 { exit(130) }
        say("swiftlet: ending in good order; interrupt again to stop at once")
      }
      source.resume()
    }
  }

  /// True once the user asked for the end.
  var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
