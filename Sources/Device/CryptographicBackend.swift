public import Cryptography
public import TLS

/// All the cryptography that a device needs, in one value that it owns.
///
/// The library of today can be exchanged for a secure element, or for a model that only counts.
public typealias CryptographicBackend = SecureStream & TokenSigner & RandomGenerator & ~Copyable
