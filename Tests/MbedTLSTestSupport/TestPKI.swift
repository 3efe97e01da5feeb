import Foundation

/// Certificate authorities and servers' certificates, made by `openssl`.
///
/// All dates are fixed, and most of them past, so that no test depends on the host's clock.
public final class TestPKI: Sendable {
  /// The folder with `NAME.key`, `NAME.pem`, `NAME.crt` (DER) and, for some keys, `NAME.der`.
  public let folder: TemporaryFolder

  /// The one set that all tests of a process share.
  public static let shared: Result<TestPKI, any Error> = Result {
    let pki = try TestPKI()
    atexit { TestPKI.removeShared() }
    return pki
  }

  /// What is static never ends by itself, and its folder would stay.
  private static func removeShared() {
    if case .success(let pki) = shared { pki.folder.remove() }
  }

  /// The certificate `name` in DER.
  public func certificate(_ name: String) throws -> [UInt8] { try folder.bytes("\(name).crt") }

  /// How a certificate is made.
  private struct Recipe {
    var name: String
    var issuer: String
    var key = "ec -pkeyopt ec_paramgen_curve:prime256v1"
    var hash = "sha256"
    var from = "20200101000000Z"
    var to = "20240101000000Z"
    var extensions = "basicConstraints=CA:FALSE\nsubjectAltName=DNS:server.test,IP:127.0.0.1"
  }

  private static let authority =
    "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,digitalSignature"
  private static let rsa = "rsa:2048"

  private init() throws {
    folder = try TemporaryFolder()
    try folder.write("", to: "index.txt")
    try folder.write(
      """
      [ca]
      default_ca = any
      [any]
      database = index.txt
      new_certs_dir = .
      rand_serial = yes
      unique_subject = no
      policy = any_name
      [any_name]
      commonName = optional
      [req]
      distinguished_name = none
      [none]
      """, to: "ca.cnf")
    try makeAuthorities()
    try makeServers()
    try makeOddServers()
    try make(
      Recipe(name: "client", issuer: "ec-root", extensions: "extendedKeyUsage=clientAuth"))
    for (kind, name) in [("ec", "client"), ("ec", "ec"), ("rsa", "rsa")] {
      try OpenSSL.run("\(kind) -in \(name).key -outform DER -out \(name).der", in: folder.url)
    }
  }

  private func makeAuthorities() throws {
    let roots = [("rsa-root", Self.rsa), ("ec-root", Recipe(name: "", issuer: "").key)]
    for (name, key) in roots {
      try make(
        Recipe(
          name: name, issuer: name, key: key, from: "20150101000000Z", to: "20600101000000Z",
          extensions: Self.authority))
    }
    try make(
      Recipe(
        name: "short-root", issuer: "short-root", from: "20150101000000Z", to: "20210101000000Z",
        extensions: Self.authority))
    try make(
      Recipe(
        name: "weak-root", issuer: "weak-root", key: "rsa:1024", from: "20150101000000Z",
        to: "20600101000000Z", extensions: Self.authority))
    try make(
      Recipe(
        name: "middle", issuer: "rsa-root", key: Self.rsa, to: "20230101000000Z",
        extensions: Self.authority))
    // The same name and key as the root above it that ends early, with later dates.
    try FileManager.default.copyItem(
      at: folder.url.appendingPathComponent("short-root.key"),
      to: folder.url.appendingPathComponent("renewed-root.key"))
    try make(
      Recipe(
        name: "renewed-root", issuer: "renewed-root", from: "20200701000000Z",
        to: "20600101000000Z", extensions: Self.authority), commonName: "short-root")
  }

  private func makeServers() throws {
    try make(Recipe(name: "rsa", issuer: "rsa-root", key: Self.rsa))
    try make(Recipe(name: "ec", issuer: "ec-root"))
    try make(
      Recipe(name: "p384", issuer: "ec-root", key: "ec -pkeyopt ec_paramgen_curve:secp384r1"))
    try make(Recipe(name: "below-middle", issuer: "middle", key: Self.rsa))
    try make(Recipe(name: "below-short", issuer: "short-root"))
    try make(
      Recipe(name: "late", issuer: "ec-root", from: "20490601000000Z", to: "20550101000000Z"))
    try make(
      Recipe(
        name: "wild", issuer: "ec-root",
        extensions: "basicConstraints=CA:FALSE\nsubjectAltName=DNS:*.wild.test"))
    let lines = try ["below-middle", "middle"].map {
      String(decoding: try folder.bytes("\($0).pem"), as: UTF8.self)
    }
    try folder.write(lines.joined(), to: "below-middle-chain.pem")
  }

  /// Servers that must be refused, each for one reason.
  private func makeOddServers() throws {
    try make(
      Recipe(
        name: "cn-only", issuer: "ec-root", extensions: "basicConstraints=CA:FALSE"),
      commonName: "server.test")
    try make(Recipe(name: "short-key", issuer: "rsa-root", key: "rsa:1024"))
    try make(Recipe(name: "sha1", issuer: "rsa-root", key: Self.rsa, hash: "sha1"))
    try make(Recipe(name: "below-weak", issuer: "weak-root"))
    try make(
      Recipe(name: "p521", issuer: "ec-root", key: "ec -pkeyopt ec_paramgen_curve:secp521r1"))
    try make(
      Recipe(
        name: "wide", issuer: "ec-root",
        extensions: "subjectAltName=DNS:*.test,DNS:s*.wide.test,DNS:a.*.wide.test,DNS:*"))
    let names = "\nsubjectAltName=DNS:server.test"
    try make(Recipe(name: "authority", issuer: "ec-root", extensions: Self.authority + names))
    try make(
      Recipe(
        name: "client-only", issuer: "ec-root", extensions: "extendedKeyUsage=clientAuth" + names))
    // A certificate that is no authority issues another.
    try make(Recipe(name: "below-leaf", issuer: "ec"))
    let lines = try ["below-leaf", "ec"].map {
      String(decoding: try folder.bytes("\($0).pem"), as: UTF8.self)
    }
    try folder.write(lines.joined(), to: "below-leaf-chain.pem")
  }

  private func make(_ recipe: Recipe, commonName: String? = nil) throws {
    let name = recipe.name
    try folder.write(recipe.extensions, to: "\(name).ext")
    let hasKey = FileManager.default.fileExists(
      atPath: folder.url.appendingPathComponent("\(name).key").path)
    let key = hasKey ? "-key \(name).key" : "-newkey \(recipe.key) -nodes -keyout \(name).key"
    try OpenSSL.run(
      "req -new -config ca.cnf \(key) -subj /CN=\(commonName ?? name) -out \(name).csr",
      in: folder.url)
    let signer =
      recipe.issuer == name
      ? "-selfsign -keyfile \(name).key"
      : "-cert \(recipe.issuer).pem -keyfile \(recipe.issuer).key"
    try OpenSSL.run(
      "ca -batch -notext -config ca.cnf -md \(recipe.hash) \(signer) -in \(name).csr"
        + " -startdate \(recipe.from) -enddate \(recipe.to) -extfile \(name).ext -out \(name).pem",
      in: folder.url)
    try OpenSSL.run("x509 -in \(name).pem -outform DER -out \(name).crt", in: folder.url)
  }
}
