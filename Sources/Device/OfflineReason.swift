public import MQTTClient
public import Platform
public import TLS
public import Wire

/// Why there is no connection to the cloud, or no longer one.
public enum OfflineReason: Equatable, Sendable {
  /// The cloud's name was not found.
  case resolution(PlatformFailureKind)
  /// The TCP connection could not be opened, or broke.
  case stream(PlatformFailureKind)
  /// The TLS connection failed.
  case security(SecureStreamFailure)
  /// The cloud refused CONNECT.
  case refused(MQTT.ConnectReturnCode)
  /// The MQTT session failed.
  case session(MQTTFailure)
  /// The names in the configuration make an identifier or a topic that is too long.
  case namesTooLong
  /// The token could not be made.
  case signing
  /// A phase took longer than it may.
  case timedOut(DevicePhase)
  /// The token was renewed; the next connection follows at once.
  case refresh
  /// The application stopped the device.
  case stopped
}
