#!/bin/sh
# Every check there is, one after the other; the last line counts them.
#
# A step that fails does not keep the others from running: one run shows all that is wrong.
set -u

passed=0
failed=0
log=$(mktemp)
embedded_log=$(mktemp)
trap 'rm -f "$log" "$embedded_log"' EXIT

# step NAME COMMAND…: one check that counts as one.
step() {
  name=$1
  shift
  echo "== $name"
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "== FAILED: $name" >&2
  fi
}

# Swift Testing closes with a line such as "Test run with 350 tests in 45 suites passed after …", or
# "… failed after 3 seconds with 2 issues."; tests that failed have a line each.
tests() {
  swift test --disable-xctest --skip-build 2>&1 | tee "$log" | grep -E \
    "^✘|^warning|^error|Fatal error|Test run with|^[^◇✔].* skip"
  total=$(sed -n 's/.*Test run with \([0-9]*\) test.*/\1/p' "$log" | tail -n 1)
  bad=$(grep '^✘ Test .* failed after' "$log" | grep -vc 'Test run with')
  if [ -z "$total" ]; then
    echo "== FAILED: the tests did not come to an end" >&2
    tail -n 30 "$log" >&2
    failed=$((failed + 1))
    return
  fi
  if [ "$bad" = 0 ] && ! grep -q 'Test run with.* passed' "$log"; then bad=1; fi
  passed=$((passed + total - bad))
  failed=$((failed + bad))
}

# The firmware of all boards, and the conformance kit for those that the tests boot.
firmware() {
  Tools/sources.sh && Tools/budgets.sh &&
    Tools/firmware.sh lm3s6965evb Conformance && Tools/firmware.sh mps2-an386 Conformance
}

# The figures of one board, which repeat to the instruction.
measurements() { Tools/measure.sh mps2-an386; }

step "layout of the sources" Tools/lint.sh
step "debug build of everything" swift build --build-tests
step "firmware of the boards" firmware
step "instruction counts" measurements
# The tests mostly wait for peers and for time to pass, so the embedded builds go on beside them.
Tools/embedded.sh >"$embedded_log" 2>&1 &
embedded=$!
echo "== tests"
tests
embeddedBuilds() {
  wait "$embedded"
  status=$?
  cat "$embedded_log"
  return "$status"
}
step "embedded builds" embeddedBuilds

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
