import DataFiles

/// The manifests of a run on Kubernetes: an Indexed Job for the shards, and a Job for the merge.
///
/// JSON is what `kubectl` takes beside YAML, and has one way to quote. The field names are those of
/// batch/v1, v1 and their documentation in Kubernetes 1.33.
struct KubernetesJob {
  let submission: Submission
  /// The words that give the scenario inside a pod.
  let scenarioWords: [String]
  /// The text of a scenario that is not inside the program, or nil.
  let scenarioText: String?
  /// The image, in which `swiftlet` is on the path.
  let image: String
  /// The claim of the volume for the shards' files.
  let claim: String
  /// The namespace, or nil for kubectl's own.
  let namespace: String?
  /// How many shards may run at a time.
  let parallelism: Int
  /// The user and the group of the process.
  let user: Int

  /// Where the pod finds a scenario that came with the job.
  static let scenarioFolder = "/etc/swiftlet"
  /// Where the pod finds the submission's own folder of the volume.
  static let resultFolder = "/swiftlet"
  /// How often a shard that ended with 75, or was killed, is started again.
  static let retriesMaximum = 3
  /// The codes with which a shard would end again: what it found broken, usage, data, a bug.
  static let finalCodes: [UInt64] = [1, 64, 65, 70]

  /// The name of the merge's job.
  var mergeName: String { submission.name + "-merge" }
  /// The folder in the volume.
  private var volumeFolder: String { "\(submission.name)-\(submission.seeds.lowerBound)" }
  private var scenarioMap: String { submission.name + "-scenario" }

  /// The job for the shards, with the scenario where it is the user's own.
  var shards: JSON {
    let run =
      ["run"] + scenarioWords + submission.seedWords
      + [
        "--shards", "\(submission.shards)", "--jobs", "\(submission.cpus)",
        // Kubernetes puts the index in here.
        "--out", "\(Self.resultFolder)/$(JOB_COMPLETION_INDEX).json",
      ]
    let job = object(
      "batch/v1", "Job", named: submission.name,
      [
        "spec": .object([
          "completionMode": .text("Indexed"), "completions": Self.whole(submission.shards),
          "parallelism": Self.whole(parallelism),
          "backoffLimitPerIndex": Self.whole(Self.retriesMaximum),
          // Without one shard there is no result, so the first that fails for good ends the job.
          "maxFailedIndexes": .integer(0), "podFailurePolicy": failurePolicy("FailIndex"),
          "template": pod(run, cpus: submission.cpus, hasScenario: scenarioText != nil),
        ])
      ])
    return list((scenarioText.map { [map($0)] } ?? []) + [job])
  }

  /// The job for the merge.
  var merge: JSON {
    let files = (0..<submission.shards).map { "\(Self.resultFolder)/\($0).json" }
    let words =
      ["merge"] + files
      + [
        "--out", "\(Self.resultFolder)/result.json", "--report",
        "\(Self.resultFolder)/report.html",
      ] + submission.gateWords
    return list([
      object(
        "batch/v1", "Job", named: mergeName,
        [
          "spec": .object([
            "backoffLimit": Self.whole(Self.retriesMaximum),
            "podFailurePolicy": failurePolicy("FailJob"),
            "template": pod(words, cpus: 1, hasScenario: false),
          ])
        ])
    ])
  }

  /// Final codes end the shard or the job; a node that is drained is nobody's failure.
  private func failurePolicy(_ action: String) -> JSON {
    .object([
      "rules": .list([
        .object([
          "action": .text(action),
          "onExitCodes": .object([
            "containerName": .text("swiftlet"), "operator": .text("In"),
            "values": .list(Self.finalCodes.map(JSON.integer)),
          ]),
        ]),
        .object([
          "action": .text("Ignore"),
          "onPodConditions": .list([
            .object(["type": .text("DisruptionTarget"), "status": .text("True")])
          ]),
        ]),
      ])
    ])
  }

  /// A pod that may do nothing but calculate and write to its folder.
  private func pod(_ arguments: [String], cpus: Int, hasScenario: Bool) -> JSON {
    var mounts: [JSON] = [
      .object([
        "name": .text("results"), "mountPath": .text(Self.resultFolder),
        "subPath": .text(volumeFolder),
      ])
    ]
    var volumes: [JSON] = [
      .object([
        "name": .text("results"), "persistentVolumeClaim": .object(["claimName": .text(claim)]),
      ])
    ]
    if hasScenario {
      mounts.append(
        .object([
          "name": .text("scenario"), "mountPath": .text(Self.scenarioFolder),
          "readOnly": .boolean(true),
        ]))
      volumes.append(
        .object(["name": .text("scenario"), "configMap": .object(["name": .text(scenarioMap)])]))
    }
    let memory = JSON.text("\(submission.memory ?? usualMemory)Mi")
    let container = JSON.object([
      "name": .text("swiftlet"), "image": .text(image), "command": .list([.text("swiftlet")]),
      "args": .list(arguments.map(JSON.text)), "volumeMounts": .list(mounts),
      "resources": .object([
        "requests": .object(["cpu": .text("\(cpus)"), "memory": memory]),
        "limits": .object(["memory": memory]),
      ]),
      "securityContext": .object([
        "allowPrivilegeEscalation": .boolean(false), "readOnlyRootFilesystem": .boolean(true),
        "capabilities": .object(["drop": .list([.text("ALL")])]),
      ]),
    ])
    return .object([
      "metadata": .object(["labels": labels]),
      "spec": .object([
        "restartPolicy": .text("Never"), "automountServiceAccountToken": .boolean(false),
        "securityContext": .object([
          "runAsNonRoot": .boolean(true), "runAsUser": Self.whole(user),
          "runAsGroup": Self.whole(user), "fsGroup": Self.whole(user),
          "seccompProfile": .object(["type": .text("RuntimeDefault")]),
        ]),
        "containers": .list([container]), "volumes": .list(volumes),
      ]),
    ])
  }

  /// In MB: the program, and 16 KB for a device, twice what one takes.
  private var usualMemory: Int { 256 + submission.devicesOfShard / 64 }

  private func map(_ text: String) -> JSON {
    object(
      "v1", "ConfigMap", named: scenarioMap,
      ["data": .object(["scenario.json": .text(text)]), "immutable": .boolean(true)])
  }

  private func object(
    _ version: String, _ kind: String, named name: String, _ rest: [String: JSON]
  ) -> JSON {
    var metadata: [String: JSON] = ["name": .text(name), "labels": labels]
    if let namespace { metadata["namespace"] = .text(namespace) }
    var members = rest
    members["apiVersion"] = .text(version)
    members["kind"] = .text(kind)
    members["metadata"] = .object(metadata)
    return .object(members)
  }

  private func list(_ items: [JSON]) -> JSON {
    .object(["apiVersion": .text("v1"), "kind": .text("List"), "items": .list(items)])
  }

  private var labels: JSON {
    .object([
      "app.kubernetes.io/name": .text("swiftlet"),
      "app.kubernetes.io/instance": .text(submission.name),
    ])
  }

  private static func whole(_ number: Int) -> JSON { .integer(UInt64(number)) }
}
