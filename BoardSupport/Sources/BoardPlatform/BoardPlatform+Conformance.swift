import CBoard
import DeviceImage

extension BoardPlatform {
  /// Starts all of the board for the conformance kit, and finds the peers that the device image
  /// names as its cloud.
  ///
  /// - Returns: where the peers' echo is, or nil, once the console was told why, where there is no
  ///   way to them.
  public mutating func startForConformance() -> Endpoint? {
    Self.startHardware()
    do throws(DeviceImageFailure) {
      let image = try DeviceImage(Hardware.imageBytes)
      start(image)
      if let address = find(image.cloudHost) {
        return Endpoint(address: address, port: image.cloudPort ?? 7_007)
      }
    } catch {}
    BoardConsole.write("conformance: there is no way to the peers\n")
    return nil
  }

  private mutating func find(_ host: Span<UInt8>) -> IPAddress? {
    while true {
      do throws(NetworkFailure) {
        if case .address(let address) = try resolve(host) { return address }
      } catch { return nil }
      sleep(until: now() + Limits.linkCheck)
    }
  }
}
