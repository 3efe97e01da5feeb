public import Bytes
import Units

/// A whole token.
///
/// ES256 takes 36 bytes for the header, 86 for the signature, and the rest for some 380 bytes of
/// claims; RS256 with 2048 bits takes 342 for the signature and leaves 190 bytes of claims.
public typealias TokenBytes = FixedBytes<640>

/// An ES256 signature, r || s.
typealias ShortSignature = FixedBytes<64>

/// An RS256 signature; 4096 bits is the longest key that clouds take.
typealias LongSignature = FixedBytes<512>

/// The decimal digits of 64 bits.
typealias Digits = FixedBytes<20>

/// The bounds of identity, each with the reason for its value.
enum Limits {
  /// The part of a token's life that margin, jitter and signing ahead may each take, as a divisor.
  ///
  /// However short a token lives, it is then renewed in the second half of its life, and the next
  /// one is never signed before a quarter of it has passed.
  static let shareOfLife: UInt64 = 4
  /// The shortest life of a token: its quarters still are whole seconds, which is how tokens count.
  static let lifetimeMinimum = Interval(seconds: 4)
}
