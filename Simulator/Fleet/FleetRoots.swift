import MbedTLSAdapter

/// The roots that all devices of a fleet share.
final class FleetRoots: Sendable {
  let roots: MbedTLSRoots
  private let memory: ContextMemory

  init(certificates: [[UInt8]]) throws(FleetError) {
    memory = ContextMemory(
      count: 1, byteCount: MbedTLSRoots.storageByteCount, alignment: MbedTLSRoots.storageAlignment)
    var roots = MbedTLSRoots(unsafeStorage: memory.room(at: 0))
    for (index, certificate) in certificates.enumerated() {
      do { try roots.add(der: certificate.span) } catch { throw .badRoot(index: index) }
    }
    self.roots = roots
  }
}
