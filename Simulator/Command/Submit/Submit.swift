import ArgumentParser

/// `swiftlet submit`: a run in virtual time on the machines of a cluster.
struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Spreads a run in virtual time over the machines of a cluster.",
    discussion: """
      Cuts the fleet into shards, which the cluster's own queue runs, and merges their files into \
      the very bytes that one process would have written.
      """,
    subcommands: [SubmitSlurm.self, SubmitKubernetes.self])
}
