/// Waits until `condition` holds, for longer than any machine under load should need.
func wait(
  for what: String, atMost limit: Duration = .seconds(60), until condition: () async throws -> Bool
) async throws {
  let clock = ContinuousClock()
  let end = clock.now + limit
  while try await !condition() {
    guard clock.now < end else { throw Failure("waited \(limit) in vain: \(what)") }
    try await Task.sleep(for: .milliseconds(20))
  }
}
