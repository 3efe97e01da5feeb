import Dispatch
import Foundation
import Synchronization

/// Watches for Ctrl-C: the first one asks for an end in good order, the second ends the program.
final class Interruption: Sendable {
  private let count = Atomic<Int>(0)
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if count.add(1, ordering: .relaxed).newValue > 1 { exit(130) }
        say("swiftlet: ending in good order; interrupt again to stop at once")
      }
      source.resume()
    }
  }

  /// True once the user asked for the end.
  var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
