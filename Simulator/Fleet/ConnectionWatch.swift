import Device
import HostPlatform
import Wire

/// Notes how long the parts of one device's connections and messages take.
///
/// It reads the moments that the platform saw and the phase that the device is in; the core knows
/// nothing of it.
struct ConnectionWatch {
  /// A QoS 1 message that the core has accepted and the cloud not yet acknowledged.
  private struct Pending {
    var packetID: MQTT.PacketID
    var since: UInt64
  }

  private let recorder: LatencyRecorder
  private var attempt: UInt64 = 0
  private var tcpIsNoted = false
  private var tlsIsNoted = false
  private var onlineAt: UInt64 = 0
  private var failedAt: UInt64 = 0
  /// At most as many as the core has places for messages.
  private var pending: [Pending] = []

  init(recorder: LatencyRecorder) { self.recorder = recorder }

  /// Looks at the device after it was driven, and notes the parts of its connection that are over.
  mutating func look(at phase: DevicePhase, _ moments: ConnectionMoments, isSubscribed: Bool) {
    if moments.connectBegan != attempt { begin(moments) }
    if !tcpIsNoted, moments.connected != 0 {
      tcpIsNoted = true
      recorder.record(.tcp, from: moments.connectBegan, to: moments.connected)
    }
    if tcpIsNoted, !tlsIsNoted, phase == .joining || phase == .online {
      tlsIsNoted = true
      recorder.record(.tls, from: moments.connected, to: moments.handshakeComputed)
    }
    if onlineAt != 0, isSubscribed {
      recorder.record(.subscribe, from: onlineAt, to: HostPlatform.nanoseconds())
      onlineAt = 0
    }
  }

  private mutating func begin(_ moments: ConnectionMoments) {
    attempt = moments.connectBegan
    tcpIsNoted = false
    tlsIsNoted = false
    onlineAt = 0
    if moments.lookupEnded != 0 {
      recorder.record(.dns, from: moments.lookupBegan, to: moments.lookupEnded)
    }
    if failedAt != 0 {
      recorder.record(.reconnectDelay, from: failedAt, to: attempt)
      failedAt = 0
    }
  }

  /// The cloud accepted CONNECT.
  mutating func wentOnline(_ moments: ConnectionMoments, isSubscribed: Bool) {
    let now = HostPlatform.nanoseconds()
    // A connection quick enough is over before anybody could look.
    look(at: .online, moments, isSubscribed: false)
    recorder.record(.mqtt, from: moments.handshakeComputed, to: now)
    let begin = moments.lookupEnded != 0 ? moments.lookupBegan : moments.connectBegan
    recorder.record(.connect, from: begin, to: now)
    // What the cloud has kept is not asked for again.
    onlineAt = isSubscribed ? 0 : now
  }

  /// There is no connection any more; a planned end is no failure.
  mutating func wentOffline(isPlanned: Bool) {
    onlineAt = 0
    failedAt = isPlanned ? 0 : HostPlatform.nanoseconds()
  }

  /// The core has accepted a message.
  mutating func accepted(_ packetID: MQTT.PacketID) {
    pending.append(Pending(packetID: packetID, since: HostPlatform.nanoseconds()))
  }

  /// The cloud has acknowledged a message.
  mutating func acknowledged(_ packetID: MQTT.PacketID) {
    guard let index = pending.firstIndex(where: { $0.packetID == packetID }) else { return }
    recorder.record(.publish, from: pending[index].since, to: HostPlatform.nanoseconds())
    pending.remove(at: index)
  }
}
