import Platform

/// A failure of the model world.
struct WorldFailure: PlatformFailure {
  let kind: PlatformFailureKind

  init(_ kind: PlatformFailureKind) { self.kind = kind }
}
