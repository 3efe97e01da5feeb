import ArgumentParser
import Foundation
import Provisioning

/// `swiftlet provision show`: what a device image says, without its secrets.
struct ProvisionShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows what is in a device image; keys and seeds are never shown.")

  @Argument(help: "The file that `swiftlet provision image` wrote.")
  var file: String

  func run() throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandFailure.data("\(file): cannot be read")
    }
    do { print(try DeviceImageSummary(of: Array(data)).text) } catch {
      throw CommandFailure.data("\(file): is no device image: \(error)")
    }
  }
}
