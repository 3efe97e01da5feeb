import Bytes
import Foundation

/// The text that `bytes` are.
func text(_ bytes: Span<UInt8>) -> String {
  var result: [UInt8] = []
  for index in bytes.indices { result.append(bytes[index]) }
  return String(decoding: result, as: UTF8.self)
}

/// The bytes that base64url stands for, decoded by Foundation and not by our own code.
func decoded(_ base64URL: some StringProtocol) -> [UInt8]? {
  var base64 = base64URL.replacingOccurrences(of: "-", with: "+")
    .replacingOccurrences(of: "_", with: "/")
  while base64.utf8.count % 4 != 0 { base64 += "=" }
  return Data(base64Encoded: base64).map { Array($0) }
}

/// The parts of a token in compact form.
func parts(_ token: String) -> [Substring] {
  token.split(separator: ".", omittingEmptySubsequences: false)
}

extension String {
  /// The bytes of this text in UTF-8.
  var bytes: [UInt8] { Array(utf8) }
}
