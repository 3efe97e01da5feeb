import Bytes
public import DeviceImage
import Foundation
import X509

/// What a device image says, read as a device reads it; without its secrets.
public struct DeviceImageSummary: Sendable {
  /// The summary, a fact to a line.
  public let text: String

  /// Reads the image at the front of `bytes`.
  ///
  /// - Throws: `DeviceImageFailure`, as a device would.
  public init(of bytes: [UInt8]) throws(DeviceImageFailure) {
    let image = try DeviceImage(bytes.span)
    var lines: [String] = []
    func add(_ name: String, _ value: String) {
      guard !value.isEmpty else { return }
      lines.append(name.padding(toLength: 18, withPad: " ", startingAt: 0) + value)
    }
    add("project", Self.text(image.project))
    add("region", Self.text(image.region))
    add("registry", Self.text(image.registry))
    add("device", Self.text(image.device))
    add("cloud", "\(Self.text(image.cloudHost)):\(image.cloudPort ?? 8_883)")
    var servers = image.timeServers
    while let server = servers.next() {
      add("time server", "\(Self.text(server.host)):\(server.port)")
    }
    add("private key", "\(image.privateKey.count) bytes, not shown")
    var roots = image.rootCertificates
    while let root = roots.next() { add("root", Self.certificate(root)) }
    var own = image.deviceCertificates
    while let certificate = own.next() { add("certificate", Self.certificate(certificate)) }
    let floor = Date(timeIntervalSince1970: TimeInterval(image.timeFloorSeconds))
    add("not before", floor.formatted(.iso8601))
    add("token lifetime", image.tokenLifetimeSeconds.map { "\($0) s" } ?? "as the cloud allows")
    add("image", "\(image.byteCount) of \(bytes.count) bytes")
    text = lines.joined(separator: "\n")
  }

  private static func text(_ span: Span<UInt8>) -> String {
    String(decoding: array(span), as: UTF8.self)
  }

  private static func array(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

  private static func certificate(_ der: Span<UInt8>) -> String {
    guard let certificate = try? Certificate(derEncoded: array(der)) else {
      return "\(der.count) bytes that are no certificate"
    }
    return "\(certificate.subject), until \(certificate.notValidAfter.formatted(.iso8601))"
  }
}
