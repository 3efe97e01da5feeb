public import DeviceImage

/// Why a sound device image cannot configure this device.
public enum ImageConfigurationFailure: Error, Equatable, Sendable {
  /// The image lacks a record that its cloud profile needs.
  case missing(ImageTag)
  /// The record asks for something that this source does not know, or that the cloud does not
  /// accept.
  case unsupported(ImageTag)
}
