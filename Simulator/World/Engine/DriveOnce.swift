import Device

/// The core's own loop, under a name that methods do not hide.
func driveOnce(
  _ device: inout Device<ModelBackend>, _ platform: inout VirtualPlatform
) -> DriveOutcome {
  drive(&device, on: &platform)
}
