import Platform

/// A failure of the model world.
struct ModelFailure: PlatformFailure {
  let kind: PlatformFailureKind

  init(_ kind: PlatformFailureKind) { self.kind = kind }
}
