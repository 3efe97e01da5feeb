import Foundation

/// A certificate authority made with the `openssl` program, which shares no code with us.
struct CertificateMaker {
  /// A server's certificate and key, in PEM.
  struct Leaf: Sendable {
    let certificatePath: String
    let keyPath: String
    /// Goes when nobody needs its files any more.
    fileprivate let folder: TemporaryFolder
  }

  /// The file with the root certificate.
  let rootPath: String
  private let folder: TemporaryFolder
  private let keyType: KeyType

  /// Makes a root that is valid today.
  init(_ keyType: KeyType = .ec) async throws {
    self.keyType = keyType
    folder = try TemporaryFolder()
    rootPath = folder.file("root.pem")
    try folder.write("", to: "index.txt")
    try folder.write(
      """
      [ca]
      default_ca = authority
      [authority]
      database = \(folder.file("index.txt"))
      new_certs_dir = \(folder.path)
      serial = \(folder.file("serial"))
      default_md = sha256
      unique_subject = no
      policy = policy
      [policy]
      commonName = supplied
      """, to: "ca.conf")
    try await makeKey("root")
    try await openssl([
      "req", "-x509", "-new", "-key", folder.file("root.key"), "-out", rootPath, "-days", "30",
      "-subj", "/CN=Integration Root", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    ])
  }

  /// Makes a certificate for a server called `name`; the days count from today.
  func leaf(name: String = "localhost", from: Int = -1, until: Int = 30) async throws -> Leaf {
    let leaf = Leaf(
      certificatePath: folder.file("leaf.pem"), keyPath: folder.file("leaf.key"),
      folder: folder)
    try await makeKey("leaf")
    try await openssl([
      "req", "-new", "-key", leaf.keyPath, "-out", folder.file("leaf.csr"), "-subj", "/CN=\(name)",
    ])
    try folder.write(
      """
      basicConstraints = critical,CA:FALSE
      keyUsage = critical,digitalSignature
      extendedKeyUsage = serverAuth
      subjectAltName = DNS:\(name)
      """, to: "leaf.ext")
    try await openssl([
      "ca", "-batch", "-notext", "-config", folder.file("ca.conf"), "-rand_serial",
      "-cert", rootPath, "-keyfile", folder.file("root.key"), "-in", folder.file("leaf.csr"),
      "-out", leaf.certificatePath, "-extfile", folder.file("leaf.ext"),
      "-startdate", Self.moment(inDays: from), "-enddate", Self.moment(inDays: until),
    ])
    return leaf
  }

  private func makeKey(_ name: String) async throws {
    try await openssl(["genpkey"] + keyType.arguments + ["-out", folder.file(name + ".key")])
  }

  private func openssl(_ arguments: [String]) async throws {
    try await ChildProcess.run(Peers.openssl, arguments)
  }

  /// A moment as `openssl ca` wants it, such as `20260131235959Z`.
  private static func moment(inDays days: Int) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "yyyyMMddHHmmss'Z'"
    return formatter.string(from: Date(timeIntervalSinceNow: Double(days) * 86_400))
  }
}
