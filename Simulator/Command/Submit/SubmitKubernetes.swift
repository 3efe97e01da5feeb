import ArgumentParser
import DataFiles
import Scenarios

/// `swiftlet submit k8s`: the manifests of an Indexed Job and of the merge.
struct SubmitKubernetes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "k8s",
    abstract: "Writes the manifests of a run on Kubernetes 1.29 or later.",
    discussion: """
      An Indexed Job has a pod for each shard, which writes its file to the volume of --pvc; a \
      second Job merges them. A shard that ends with 75, or is killed, is started again up to \
      \(KubernetesJob.retriesMaximum) times; 1, 64, 65 and 70 are final and end the job. A \
      scenario's file travels in a ConfigMap.
      """)

  @OptionGroup var options: SubmitOptions
  @Option(help: "The image with swiftlet on its path.")
  var image: String
  @Option(help: "The claim of a volume that pods of all nodes can write to.")
  var pvc: String
  @Option(help: "The namespace (default: kubectl's).")
  var namespace: String?
  @Option(help: "How many shards run at a time (default: all).")
  var parallelism: Int?
  @Option(help: "The user and group that the process has, not root.")
  var runAs = 65_532

  /// The shards whose names the merge's manifest can hold.
  private static let shardsMaximum = 10_000

  func validate() throws {
    guard options.shards <= Self.shardsMaximum else {
      throw ValidationError(
        "--shards is \(options.shards); it should be 1 to \(Self.shardsMaximum) here, as the "
          + "merge's manifest names them all.")
    }
    if let parallelism, !(1...Self.shardsMaximum).contains(parallelism) {
      throw ValidationError(
        "--parallelism is \(parallelism); it should be 1 to \(Self.shardsMaximum).")
    }
    guard (1...Int(Int32.max)).contains(runAs) else {
      throw ValidationError("--run-as is \(runAs); it should be 1 to \(Int32.max).")
    }
    guard !image.isEmpty, DataPlace.isPrintable(image), !image.contains(" ") else {
      throw ValidationError("--image is \"\(image)\"; it should be an image's name.")
    }
    for (option, value) in [("--pvc", pvc), ("--namespace", namespace)] {
      guard let value, value.wholeMatch(of: /[a-z0-9]([a-z0-9.-]*[a-z0-9])?/) == nil else {
        continue
      }
      throw ValidationError(
        "\(option) is \"\(value)\"; Kubernetes' names have a-z, 0-9, - and a dot.")
    }
  }

  func run() throws {
    let submission = try options.submission()
    let (words, text) = try scenario(of: submission)
    let job = KubernetesJob(
      submission: submission, scenarioWords: words, scenarioText: text, image: image, claim: pvc,
      namespace: namespace, parallelism: min(parallelism ?? submission.shards, submission.shards),
      user: runAs)
    let folder = submission.folder
    try folder.create()
    let (shardsPath, mergePath) = (folder.file("shards.json"), folder.file("merge.json"))
    try OutputFile.write(job.shards.lines + "\n", to: shardsPath)
    try OutputFile.write(job.merge.lines + "\n", to: mergePath)
    let estimate = ShardEstimate(submission)
    if let warning = estimate?.warning(limit: nil) { say("swiftlet: \(warning)") }
    let size = "\(submission.shards) shards of up to \(submission.devicesOfShard) devices"
    let place = namespace.map { " --namespace=\($0)" } ?? ""
    print(
      """
      shards   \(shardsPath): \(size)\(estimate.map { ", \($0.text) each" } ?? "")
      merge    \(mergePath)
      submit   kubectl create\(place) -f \(try ScriptWord.quoted(shardsPath))
      follow   kubectl get\(place) job/\(submission.name) --watch
      then     kubectl wait\(place) job/\(submission.name) --for=condition=complete \
      --timeout=24h && kubectl create\(place) -f \(try ScriptWord.quoted(mergePath))
      """)
  }

  /// The words that give the scenario inside a pod, and its text where that has to come along.
  private func scenario(of submission: Submission) throws -> (words: [String], text: String?) {
    var inPod = options.fleet
    guard let path = inPod.scenario, try ScenarioLibrary.scenario(path) == nil else {
      return (inPod.wordList(of: submission.scenario), nil)
    }
    let bytes: [UInt8]
    do {
      // Kubernetes keeps objects of less than 1 MB.
      bytes = try InputFile.read(path, "a scenario in JSON", sizeMaximum: 900_000)
    } catch {
      throw CommandFailure.data("\(error)")
    }
    inPod.scenario = KubernetesJob.scenarioFolder + "/scenario.json"
    return (inPod.wordList(of: submission.scenario), String(decoding: bytes, as: UTF8.self))
  }
}
