public import Platform

extension Conformance {
  /// Checks a resolver with `numeric`, which is `address` in ASCII, and `unknown`, a name without
  /// any.
  ///
  /// A name below `invalid` never exists (RFC 6761 section 6.4).
  public static func checkNameResolver<
    Target: NameResolver & MonotonicClock & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(
    _ platform: inout Target, numeric: Span<UInt8>, address: IPAddress, unknown: Span<UInt8>,
    _ reporter: inout Reporter
  ) {
    let own = resolve(&platform, numeric)
    if case .address(let found) = own {
      reporter.report("names: a numeric address is its own", holds: isSame(found, address))
    } else {
      reporter.report("names: a numeric address is its own", .failed)
    }
    switch resolve(&platform, unknown) {
    case .failed(.unknownName): reporter.report("names: an unknown name is unknown", .passed)
    // Without a name server nobody can tell.
    case .failed(.unreachable): reporter.report("names: an unknown name is unknown", .skipped)
    case .failed, .address, .unanswered:
      reporter.report("names: an unknown name is unknown", .failed)
    }
  }

  /// What became of a question.
  private enum Answer {
    case address(IPAddress)
    case failed(PlatformFailureKind)
    case unanswered
  }

  private static func resolve<Target: NameResolver & MonotonicClock & ~Copyable>(
    _ platform: inout Target, _ host: Span<UInt8>
  ) -> Answer {
    var patience = Patience(Limits.resolution, now: platform.now())
    do {
      while !patience.isOver(platform.now()) {
        switch try platform.resolve(host) {
        case .pending: break
        case .address(let address): return .address(address)
        }
      }
      return .unanswered
    } catch {
      return .failed(error.kind)
    }
  }

  private static func isSame(_ left: IPAddress, _ right: IPAddress) -> Bool {
    switch (left, right) {
    case (.v4(let left), .v4(let right)): return isSame(left, right)
    case (.v6(let left), .v6(let right)): return isSame(left, right)
    case (.v4, .v6), (.v6, .v4): return false
    }
  }

  private static func isSame<let size: Int>(
    _ left: [size of UInt8], _ right: [size of UInt8]
  ) -> Bool {
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }
}
