public import Foundation
public import Provisioning

/// How the stand-in cloud behaves; the defaults are those of a Google-style bridge.
public struct CloudOptions: Sendable {
  /// The TCP port of MQTT over TLS on 127.0.0.1; zero means any free port.
  public var mqttPort = 0
  /// The UDP port of SNTP on 127.0.0.1; zero means any free port.
  public var sntpPort = 0
  /// The kind of keys in the server's certificates.
  public var chain = KeyKind.rsa
  /// The host names in the server's certificate.
  public var serverNames = ["localhost", "mqtt.swiftlet.test"]
  /// The addresses in the server's certificate: loopback, and what QEMU's user network calls it.
  public var serverAddresses = ["127.0.0.1", "10.0.2.2"]
  /// The cloud remembers TLS sessions, by tickets, until it shows another certificate.
  ///
  /// Without it, clients get tickets all the same, which no later connection takes.
  public var resumesSessions = true
  /// Which tokens are good.
  public var tokens = TokenPolicy()
  /// The largest MQTT packet, in bytes; a larger one ends the connection.
  public var packetByteMaximum = 262_144 + 1_024
  /// The silence after which a connection ends, in keep-alive periods (MQTT 3.1.1 section
  /// 3.1.2.10).
  public var keepAliveFactor = 1.5
  /// The keep-alive in place of zero and of larger ones.
  public var keepAliveMaximum: Duration = .seconds(1_200)
  /// The longest time from the TCP connection to CONNECT.
  public var connectTimeout: Duration = .seconds(30)
  /// How many messages wait for a device; more push out the oldest.
  public var queueMaximum = 100
  /// How many messages to a device are unacknowledged at a time.
  public var inflightMaximum = 16
  /// The configuration of a device for which none was set.
  public var initialConfig = Array(#"{"intervalSeconds":60}"#.utf8)
  /// The number of threads that serve connections.
  public var eventLoops = ProcessInfo.processInfo.activeProcessorCount
  /// Decides the bytes of `Misbehaviour.sendGarbage`.
  public var seed: UInt64 = 1
  /// The cloud's clock.
  public var now: @Sendable () -> Date = { Date() }

  /// Creates the default options.
  public init() {}
}
