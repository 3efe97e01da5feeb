/// What a server's own certificate looks like: as it should, or wrong in a way clients must notice.
public enum LeafShape: String, CaseIterable, Sendable {
  /// As the rules want it.
  case ordinary
  /// The name stands in the subject's common name alone, which RFC 9525 no longer lets clients
  /// read.
  case commonNameOnly
  /// It says that it may issue certificates.
  case authority
}
