import Foundation

/// What a cluster reads in a manifest, with the field names of Kubernetes 1.33.
struct KubernetesList: Decodable {
  let apiVersion: String
  let kind: String
  let items: [Item]

  init(_ data: Data) throws { self = try JSONDecoder().decode(KubernetesList.self, from: data) }

  /// The one job of the list.
  var job: Item? { items.first { $0.kind == "Job" } }

  struct Item: Decodable {
    let apiVersion: String
    let kind: String
    let metadata: Metadata
    /// Of a ConfigMap.
    let data: [String: String]?
    /// Of a Job.
    let spec: JobSpec?
  }

  struct Metadata: Decodable {
    let name: String
    let namespace: String?
  }

  struct JobSpec: Decodable {
    let completionMode: String?
    let completions: Int?
    let parallelism: Int?
    let backoffLimitPerIndex: Int?
    let maxFailedIndexes: Int?
    let podFailurePolicy: FailurePolicy
    let template: Template
  }

  struct FailurePolicy: Decodable {
    let rules: [Rule]

    struct Rule: Decodable {
      let action: String
      let onExitCodes: ExitCodes?
      let onPodConditions: [Condition]?
    }

    struct ExitCodes: Decodable {
      let containerName: String
      let `operator`: String
      let values: [Int]
    }

    struct Condition: Decodable {
      let type: String
      let status: String
    }
  }

  struct Template: Decodable {
    let spec: PodSpec
  }

  struct PodSpec: Decodable {
    let restartPolicy: String
    let containers: [Container]
    let volumes: [Volume]
  }

  struct Container: Decodable {
    let name: String
    let image: String
    let command: [String]
    let args: [String]
    let resources: Resources
    let volumeMounts: [Mount]
  }

  struct Resources: Decodable {
    let requests: [String: String]
    let limits: [String: String]
  }

  struct Mount: Decodable, Equatable {
    let name: String
    let mountPath: String
    let subPath: String?
  }

  struct Volume: Decodable {
    let name: String
    let persistentVolumeClaim: Claim?

    struct Claim: Decodable {
      let claimName: String
    }
  }
}
