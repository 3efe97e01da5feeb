import Foundation
import SwiftASN1
import X509

/// A root of trust that issues server certificates, shaped like those of a large cloud.
///
/// Root, intermediate and leaf; or root and leaf. Keys live in memory only. Serial numbers and keys
/// are random: two authorities of the same name do not vouch for each other's certificates.
public struct CertificateAuthority: Sendable {
  /// The kind of the root's key, and of others unless asked.
  public let kind: KeyKind
  /// The root certificate, in DER.
  public let rootDER: [UInt8]

  private let root: IssuedCertificate
  private let intermediate: IssuedCertificate?

  /// The root certificate, in PEM.
  public var rootPEM: String { PEM.certificate(rootDER) }

  /// Creates keys and certificates of an authority.
  ///
  /// - Throws: an error of the cryptographic library, which means a bug or no entropy.
  public init(
    kind: KeyKind, intermediate wantsIntermediate: Bool = true,
    organization: String = "Swiftlet Stand-in Trust Services", validity: Validity = .days(3_650)
  ) throws {
    let suffix = kind == .rsa ? "R1" : "E1"
    root = try Self.authority(
      name: Self.name("\(organization) Root \(suffix)", organization: organization),
      key: .generate(kind), issuer: nil, pathLengthMaximum: nil, validity: validity)
    intermediate =
      wantsIntermediate
      ? try Self.authority(
        name: Self.name("\(organization) CA 1\(suffix)", organization: organization),
        key: .generate(kind), issuer: root, pathLengthMaximum: 0, validity: validity)
      : nil
    rootDER = try root.der()
    self.kind = kind
  }

  /// Issues a certificate and a key for a server.
  ///
  /// - Parameters:
  ///   - names: the host names, the first of which is also the subject; at least one.
  ///   - addresses: IP addresses to be valid for as well.
  ///   - kind: the kind of the server's key; nil means the authority's kind.
  ///   - validity: when it is good; choose `.expired()` or `.future()` for one to be refused.
  ///   - shape: as it should be, or wrong on purpose.
  /// - Throws: `CertificateRequestError` for a text that is no name or address.
  public func issue(
    names: [String], addresses: [String] = [], kind: KeyKind? = nil,
    validity: Validity = .days(90), shape: LeafShape = .ordinary
  ) throws -> ServerIdentity {
    let issuer = intermediate ?? root
    let key = try SigningKey.generate(kind ?? self.kind)
    let alternatives = try Self.alternativeNames(names: names, addresses: addresses)
    let leaf = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.certificateKey.publicKey,
      notValidBefore: validity.start, notValidAfter: validity.end,
      issuer: issuer.certificate.subject, subject: Self.name(names[0], organization: nil),
      extensions: Self.leafExtensions(
        key: key, issuer: issuer, alternatives: alternatives, shape: shape),
      issuerPrivateKey: issuer.key.certificateKey)
    var chain = [try leaf.der()]
    if let intermediate { chain.append(try intermediate.der()) }
    return ServerIdentity(
      chainDER: chain, privateKeyPEM: key.pem, rootDER: rootDER, names: names + addresses,
      validity: validity)
  }

  private static func authority(
    name: DistinguishedName, key: SigningKey, issuer: IssuedCertificate?, pathLengthMaximum: Int?,
    validity: Validity
  ) throws -> IssuedCertificate {
    let publicKey = key.certificateKey.publicKey
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: publicKey,
      notValidBefore: validity.start, notValidAfter: validity.end,
      issuer: issuer?.certificate.subject ?? name, subject: name,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLengthMaximum))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        SubjectKeyIdentifier(hash: publicKey)
        if let issuer { authorityKeyIdentifier(of: issuer) }
      },
      issuerPrivateKey: (issuer?.key ?? key).certificateKey)
    return IssuedCertificate(certificate: certificate, key: key)
  }

  private static func leafExtensions(
    key: SigningKey, issuer: IssuedCertificate, alternatives: [GeneralName], shape: LeafShape
  ) throws -> Certificate.Extensions {
    try Certificate.Extensions {
      if shape == .authority {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
      } else {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
      }
      try ExtendedKeyUsage([.serverAuth])
      if shape != .commonNameOnly { SubjectAlternativeNames(alternatives) }
      SubjectKeyIdentifier(hash: key.certificateKey.publicKey)
      authorityKeyIdentifier(of: issuer)
    }
  }

  private static func authorityKeyIdentifier(
    of issuer: IssuedCertificate
  ) -> AuthorityKeyIdentifier {
    let hash = SubjectKeyIdentifier(hash: issuer.key.certificateKey.publicKey)
    return AuthorityKeyIdentifier(keyIdentifier: hash.keyIdentifier)
  }

  private static func alternativeNames(
    names: [String], addresses: [String]
  ) throws -> [GeneralName] {
    guard !names.isEmpty else { throw CertificateRequestError.noName }
    var alternatives: [GeneralName] = []
    for name in names {
      guard isHostName(name) else { throw CertificateRequestError.notHostName(name) }
      alternatives.append(.dnsName(name))
    }
    for address in addresses {
      guard let bytes = IPAddressBytes.parse(address) else {
        throw CertificateRequestError.notAddress(address)
      }
      alternatives.append(.ipAddress(ASN1OctetString(contentBytes: bytes[...])))
    }
    return alternatives
  }

  /// True for letters, digits, dots and hyphens, with an asterisk allowed as the first label.
  private static func isHostName(_ name: String) -> Bool {
    let rest = name.hasPrefix("*.") ? name.dropFirst(2) : name[...]
    return !rest.isEmpty && name.utf8.count <= 253
      && rest.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  private static func name(_ common: String, organization: String?) throws -> DistinguishedName {
    try DistinguishedName {
      if let organization { OrganizationName(organization) }
      CommonName(common)
    }
  }
}
