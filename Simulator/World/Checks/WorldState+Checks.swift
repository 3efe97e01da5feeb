import Results

extension WorldState {
  /// Something does not hold.
  @inline(never)
  mutating func breach(_ invariant: Invariant, _ detail: String) {
    room.result.pointee.broken[invariant.rawValue, default: 0] += 1
    if isTraced { trace(.check, invariant.rawValue, detail) }
    guard checker.breachCount < FleetResult.breachMaximum else { return }
    checker.breachCount += 1
    room.result.pointee.breaches.append(
      Breach(
        invariant: invariant.rawValue, seed: plan.seed, device: index, atMilliseconds: now,
        detail: detail))
  }

  /// Checks that an invariant holds.
  @inline(__always)
  mutating func check(
    _ invariant: Invariant, _ holds: Bool, _ detail: @autoclosure () -> String
  ) {
    checker.count(invariant)
    if !holds { breach(invariant, detail()) }
  }

  /// The device signs a token: the date in it has to be as right as the clock has promised.
  mutating func checkSigning(_ message: UnsafeRawBufferPointer) {
    guard let claims = ModelToken.claims(of: message) else {
      return breach(.protocolKept, "the device signs what is no token")
    }
    if isTraced { trace(.engine, "signs", "iat \(claims.issuedAt), exp \(claims.expires)") }
    guard !checker.clockMayBeWrong else { return }
    // The token begins at the earliest date that it may be by a clock trusted to two minutes.
    let age = date - claims.issuedAt * 1_000
    check(
      .noTokenWithUntrustedClock,
      age >= -Limits.dateRounding && age <= 2 * 120_000 + Limits.dateRounding,
      "a token begins \(-age) ms from now")
  }

  /// The device offers a token.
  mutating func checkToken(_ hash: UInt64) {
    var isRefused = false
    for place in 0..<4 where cloud.refusedTokens[place] == hash { isRefused = true }
    check(.noRefusedTokenReuse, !isRefused, "a token that was refused is offered again")
  }

  /// The device knows now that the token that it offered last is refused.
  mutating func noteRefusal() {
    room.result.pointee.tokens.refused += 1
    cloud.refusedTokens[cloud.refusedCount & 3] = cloud.offeredToken
    cloud.refusedCount += 1
  }

  /// A message reaches the cloud.
  @inline(__always)
  mutating func deliver(_ message: Message, isMarked: Bool, at moment: UInt64) {
    guard ledger.deliver(message.sequence) else {
      room.result.pointee.messages.duplicated += 1
      note(.duplicated, UInt64(message.sequence))
      if isTraced { trace(.cloud, "duplicate", "message \(message.sequence)", at: moment) }
      return
    }
    room.result.pointee.messages.delivered += 1
    note(.delivered, UInt64(message.sequence) ^ moment << 20)
    if isTraced {
      trace(.cloud, "message", "\(message.sequence)\(isMarked ? ", marked" : "")", at: moment)
    }
    // Flipped bits may hide a message until the next start.
    guard plan.scenario.device.highPriorityEvery == 0, !flash.isHarmed else { return }
    let highest = ledger.highestFirst
    check(
      .order, message.sequence > highest, "message \(message.sequence) came after \(highest)")
    ledger.highestFirst = max(ledger.highestFirst, message.sequence)
  }

  /// `drive` does not come to an end: everything the device could wait for is taken from it.
  @inline(never)
  mutating func spin() {
    if steps == Limits.driveSteps + 1 {
      breach(.driveTerminates, "drive has taken \(steps) steps")
      isPowerless = true
    }
    // Deadlines pass, whatever they are.
    localNow += 3_600_000
    guard steps < 10 * Limits.driveSteps else {
      fatalError("drive does not end: seed \(plan.seed), device \(index), \(now) ms")
    }
  }
}
