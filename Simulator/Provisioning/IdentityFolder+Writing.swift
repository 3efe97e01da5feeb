import Foundation

extension IdentityFolder {
  /// Writes a fleet; the last file written is `swiftlet.json`, so that a folder that has it is
  /// whole.
  ///
  /// `identities` must be those of `fleet.devices`, in that order.
  ///
  /// - Throws: the first file that cannot be written. A folder that already holds a fleet is left
  ///   alone, because private keys cannot be made again.
  public func write(
    _ fleet: FleetDescription, identities: [DeviceIdentity], rootsPEM: String? = nil
  ) throws(IdentityFolderError) {
    precondition(identities.map(\.id) == fleet.devices)
    guard !FileManager.default.fileExists(atPath: fleetPath) else {
      throw IdentityFolderError(path: fleetPath, problem: .exists)
    }
    for identity in identities { try write(identity) }
    let registry = RegistryFile(devices: identities.map { RegistryDevice($0) })
    try write(json: registry, to: registryPath)
    if let rootsPEM { try write(Data(rootsPEM.utf8), to: rootsPath, mode: 0o644) }
    try write(json: fleet, to: fleetPath)
  }

  private func write(_ identity: DeviceIdentity) throws(IdentityFolderError) {
    let folder = devicePath(of: identity.id)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw IdentityFolderError(path: folder, problem: .unwritable(Self.reason(of: error)))
    }
    try write(
      Data(identity.privateKeyDER), to: privateKeyPath(of: identity.id), mode: 0o600)
    try write(Data(identity.publicKeyPEM.utf8), to: publicKeyPath(of: identity.id), mode: 0o644)
  }

  private func write(json value: some Encodable, to path: String) throws(IdentityFolderError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    let data: Data
    do {
      data = try encoder.encode(value) + Data("\n".utf8)
    } catch {
      preconditionFailure("plain texts and dates can always be encoded: \(error)")
    }
    try write(data, to: path, mode: 0o644)
  }

  /// Creates the file with its mode, so that a secret is at no moment readable by others.
  private func write(
    _ data: Data, to path: String, mode: mode_t
  ) throws(IdentityFolderError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else {
      let problem: IdentityFolderError.Problem =
        errno == EEXIST ? .exists : .unwritable(String(cString: strerror(errno)))
      throw IdentityFolderError(path: path, problem: problem)
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: data)
      try handle.close()
    } catch {
      throw IdentityFolderError(path: path, problem: .unwritable(Self.reason(of: error)))
    }
  }

  static func reason(of error: any Error) -> String {
    // The error below may be any Swift error, which no cast to `NSError` finds on Linux.
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    let code = (underlying ?? error) as NSError
    return code.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(code.code))) : String(describing: error)
  }
}
