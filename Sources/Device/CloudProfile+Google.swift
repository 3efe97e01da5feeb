import Units

extension CloudProfile {
  /// The MQTT bridge of Google Cloud IoT Core, which lives on in ClearBlade IoT Core.
  ///
  /// Tokens last 24 hours at most, and the bridge closes the connection when one expires
  /// (ClearBlade IoT Core, "Using JSON web tokens"). The keep-alive is a compromise: short enough
  /// for the usual NAT time-out of a cellular network, long enough for a battery.
  @inline(never)
  public static var google: CloudProfile {
    CloudProfile(
      clientIdentifier:
        "projects/{project}/locations/{region}/registries/{registry}/devices/{device}",
      userName: "unused",
      audience: "{project}",
      eventsTopic: "/devices/{device}/events",
      stateTopic: "/devices/{device}/state",
      configTopic: "/devices/{device}/config",
      commandsFilter: "/devices/{device}/commands/#",
      tokenLifetimeMaximum: Interval(seconds: 24 * 3600),
      keepAliveSeconds: 240,
      keepsSession: true)
  }
}
