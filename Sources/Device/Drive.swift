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
    case .openDatagrams: openDatagrams(for: &device, on: &platform)
    case .sendDatagram: sendDatagram(of: &device, on: &platform)
    case .receiveDatagram: receiveDatagram(for: &device, on: &platform)
    case .closeDatagrams: platform.closeDatagrams()
    case .connect: connect(for: &device, on: &platform)
    case .checkConnection: checkConnection(of: &device, on: &platform)
    case .transmit: transmit(for: &device, on: &platform)
    case .receive: receive(for: &device, on: &platform)
    case .disconnect: platform.disconnect()
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

// MARK: - The datagram socket

private func openDatagrams<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.DatagramFailure) { try platform.openDatagrams(to: device.endpoint) } catch {
    device.datagramsFailed(now: platform.now())
  }
}

private func sendDatagram<Backend: CryptographicBackend, P: DevicePlatform>(
  of device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.DatagramFailure) {
    try platform.send(device.datagramToSend)
    device.datagramSent(now: platform.now())
  } catch {
    device.datagramsFailed(now: platform.now())
  }
}

private func receiveDatagram<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.DatagramFailure) {
    var space = device.datagramSpace
    let count = try platform.receive(into: &space)
    device.datagramReceived(count, now: platform.now())
  } catch {
    device.datagramsFailed(now: platform.now())
  }
}

// MARK: - The stream

private func connect<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.StreamFailure) { try platform.connect(to: device.endpoint) } catch {
    device.streamFailed(error.kind, now: platform.now())
  }
}

private func checkConnection<Backend: CryptographicBackend, P: DevicePlatform>(
  of device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.StreamFailure) {
    device.connectionChecked(try platform.isConnected(), now: platform.now())
  } catch {
    device.streamFailed(error.kind, now: platform.now())
  }
}

private func transmit<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.StreamFailure) {
    let count = try platform.write(device.bytesToSend)
    device.sent(count, now: platform.now())
  } catch {
    device.streamFailed(error.kind, now: platform.now())
  }
}

private func receive<Backend: CryptographicBackend, P: DevicePlatform>(
  for device: inout Device<Backend>, on platform: inout P
) {
  do throws(P.StreamFailure) {
    var space = device.receiveSpace
    let count = try platform.read(into: &space)
    device.received(count, now: platform.now())
  } catch {
    device.streamFailed(error.kind, now: platform.now())
  }
}
