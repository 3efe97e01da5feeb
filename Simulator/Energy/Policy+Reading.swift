import DataFiles
import Foundation

extension Policy {
  /// Reads policies and checks that they make sense.
  static func read(_ data: Data, file: String) throws(DataError) -> [Policy] {
    let root = try DataPlace(data, file: file)
    let members = try root.members(allowed: ["$schema", "policies"])
    var policies: [Policy] = []
    for item in try members.required("policies", of: root, "a list of policies").items() {
      let policy = try read(item)
      guard !policies.contains(where: { $0.id == policy.id }) else {
        throw item.error("is a second one called \(policy.id)")
      }
      policies.append(policy)
    }
    return policies
  }

  private static func read(_ item: DataPlace) throws(DataError) -> Policy {
    let members = try item.members(allowed: [
      "id", "name", "auth", "credentialHours", "renewal", "serverChain", "connection",
      "reconnectHours", "transport", "keepAliveSeconds", "isAvailable",
    ])
    let id = try members.required("id", of: item, "the name for the command line").text()
    let place = item.renamed(id)
    let policy = Policy(
      id: id, name: try members.required("name", of: place, "what it does").text(),
      credential: try choice("auth", in: members, of: place),
      credentialHours: try hours("credentialHours", in: members),
      renewal: try choice("renewal", in: members, of: place),
      serverChain: try choice("serverChain", in: members, of: place),
      connection: try choice("connection", in: members, of: place),
      reconnectHours: try hours("reconnectHours", in: members),
      transport: try choice("transport", in: members, of: place),
      keepAliveSeconds: try members["keepAliveSeconds"]?.number(
        in: 1...65_535, "the keep-alive interval"),
      isAvailable: try members.required("isAvailable", of: place, "true or false").truth(
        "true or false"))
    if let problem = policy.contradiction { throw place.error(problem) }
    return policy
  }

  private var contradiction: String? {
    if credential.isToken, credentialHours == nil {
      return "credentialHours is missing; a token ends, after 0.01 to 8766 hours"
    }
    if renewal == .reauthentication, !credential.isToken || connection != .kept {
      return "renewal is reauthentication, which only a token on a kept connection can have"
    }
    if transport == .https, connection == .kept {
      return "transport is https, whose connection is per-message, not kept"
    }
    if connection == .perMessage, keepAliveSeconds != nil || reconnectHours != nil {
      return "keepAliveSeconds and reconnectHours are for a kept connection"
    }
    return nil
  }

  private static func hours(
    _ key: String, in members: [String: DataPlace]
  ) throws(DataError) -> Double? {
    try members[key]?.number(in: 0.01...8_766, "hours")
  }

  private static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ key: String, in members: [String: DataPlace], of place: DataPlace
  ) throws(DataError) -> Value {
    let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
    let text = try members.required(key, of: place, "one of \(names)").text()
    guard let value = Value(rawValue: text) else {
      throw place.error("\(key) is \"\(text)\"; it should be one of \(names)")
    }
    return value
  }
}
