import DataFiles
import Units

extension NetworkModel {
  static var fields: [Field<NetworkModel>] {
    let minute = Interval(seconds: 60)
    return [
      .duration("latencyMinimum", \.latencyMinimum, .zero...minute, "the shortest time one way"),
      .duration("latencyMaximum", \.latencyMaximum, .zero...minute, "the longest"),
      .number("loss", \.loss, 0...0.9, "the probability that a packet is lost"),
      .number(
        "reordering", \.reordering, 0...1,
        "the probability that a datagram is overtaken by the next one"),
    ]
  }
}

extension CloudModel {
  static var fields: [Field<CloudModel>] {
    let day = Interval(seconds: 86_400)
    return [
      .integer(
        "connectsPerSecond", \.connectsPerSecond, 1...1_000_000,
        "the connections that all devices together may open in a second; null for any number"),
      .duration(
        "connectTime", \.connectTime, .zero...Interval(seconds: 60),
        "how long it takes to check a token and answer CONNECT"),
      .duration(
        "tokenLifeMaximum", \.tokenLifeMaximum, Interval(seconds: 10)...day,
        "the longest life of a token that it accepts"),
      .duration(
        "clockSkew", \.clockSkew, Interval(seconds: 1)...day,
        "by how much a device's clock may be wrong"),
      .truth("closesAtExpiry", \.closesAtExpiry, "whether an expired token ends the connection"),
      .truth("resumesSessions", \.resumesSessions, "whether it resumes TLS sessions"),
      .choice("serverChain", \.serverChain, "the keys in its certificates"),
    ]
  }
}
