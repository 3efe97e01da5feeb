/// Whose address is looked up: there is one resolver, and two that may ask it at the same time.
enum Lookup {
  /// That of the cloud.
  case cloud
  /// That of the time server of the exchange under way.
  case timeServer
}
