public import Bytes

/// What the device is called, in the terms of a Google-style registry.
///
/// Clouds without projects, regions or registries leave those empty.
public struct DeviceNames: ~Copyable {
  /// The project that pays for the device; a token's audience.
  public var project = ShortName()
  /// The region of the cloud.
  public var region = ShortName()
  /// The registry that lists the device.
  public var registry = ShortName()
  /// The device itself.
  public var device = ShortName()

  /// Creates names that are all empty.
  public init() {}

  /// The name that a template calls `place`.
  @_lifetime(borrow self)
  borrowing func name(at place: Span<UInt8>) -> Span<UInt8> {
    if place.isEqual(to: "device") { return device.span }
    if place.isEqual(to: "registry") { return registry.span }
    if place.isEqual(to: "region") { return region.span }
    precondition(place.isEqual(to: "project"), "a template has an unknown place")
    return project.span
  }
}
