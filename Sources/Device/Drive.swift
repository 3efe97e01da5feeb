import Bytes
public import Platform
import Units

/// Why `drive` returned.
public enum DriveOutcome: Sendable {
  /// Call `nextEvent` until it is `none`, then `drive` again.
  case events
  /// Nothing to do before the device's `deadline`, unless a socket moves.
  case sleep
}

/// Drives `device` on `platform` until there are events for the application or nothing is to do.
///
/// This is the same loop on a board, in a live fleet and in virtual time. It never blocks, but for
/// the time that a signature or a handshake computes.
public func drive<Backend: CryptographicBackend, P: DevicePlatform>(
  _ device: inout Device<Backend>, on platform: inout P
) -> DriveOutcome {
  device.wake()
  platform.enter(.active)
  while true {
    platform.feedWatchdog()
    let step = device.step(now: platform.now())
    switch step {
    case .handleEvents: return .events
    case .sleep:
      platform.enter(.sleep)
      return .sleep
    case .gatherEntropy: gatherEntropy(for: &device, on: &platform)
    case .store: device.workOnOutbox(on: &platform, now: platform.now())
    case .compute(let state):
      platform.enter(state)
      device.compute(now: platform.now())
      platform.enter(.active)
    case .resolve: resolve(for: &device, on: &platform)
    case .openDatagrams, .sendDatagram, .receiveDatagram, .closeDatagrams:
      moveDatagram(step, for: &device, on: &platform)
    case .connect, .checkConnection, .transmit, .receive, .disconnect:
      moveStream(step, for: &device, on: &platform)
    }
  }
}

private func gatherEntropy<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  var entropy = FixedBytes<72>()
  var space = entropy.freeSpace
  do throws(P.EntropyFailure) {
    try platform.fillEntropy(&space)
  } catch {
    return device.entropyFailed(now: platform.now())
  }
  entropy.commit(entropy.freeCapacity)
  device.seed(with: entropy.span, now: platform.now())
  entropy.wipe()
}

private func resolve<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.ResolutionFailure) {
    let resolution = try platform.resolve(device.hostToResolve)
    device.resolved(resolution, now: platform.now())
  } catch {
    device.resolutionFailed(error.kind, now: platform.now())
  }
}

private func moveDatagram<Backend: CryptographicBackend, P: DevicePlatform>(
  _ step: DeviceStep, for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.DatagramFailure) {
    switch step {
    case .openDatagrams(let endpoint): try platform.openDatagrams(to: endpoint)
    case .sendDatagram:
      try platform.send(device.datagramToSend)
      device.datagramSent(now: platform.now())
    case .receiveDatagram:
      var space = device.datagramSpace
      let count = try platform.receive(into: &space)
      device.datagramReceived(count, now: platform.now())
    case .closeDatagrams: platform.closeDatagrams()
    case .gatherEntropy, .handleEvents, .store, .compute, .resolve, .connect, .checkConnection,
      .transmit,
      .receive, .disconnect, .sleep:
      preconditionFailure("not a step of the datagram socket")
    }
  } catch {
    device.datagramsFailed(now: platform.now())
  }
}

private func moveStream<Backend: CryptographicBackend, P: DevicePlatform>(
  _ step: DeviceStep, for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.StreamFailure) {
    switch step {
    case .connect(let endpoint): try platform.connect(to: endpoint)
    case .checkConnection:
      device.connectionChecked(try platform.isConnected(), now: platform.now())
    case .transmit:
      let count = try platform.write(device.bytesToSend)
      device.sent(count, now: platform.now())
    case .receive:
      var space = device.receiveSpace
      let count = try platform.read(into: &space)
      device.received(count, now: platform.now())
    case .disconnect: platform.disconnect()
    case .gatherEntropy, .handleEvents, .store, .compute, .resolve, .openDatagrams, .sendDatagram,
      .receiveDatagram, .closeDatagrams, .sleep:
      preconditionFailure("not a step of the stream")
    }
  } catch {
    device.streamFailed(error.kind, now: platform.now())
  }
}
