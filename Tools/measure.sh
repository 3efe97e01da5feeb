#!/bin/sh
# Counts the instructions of a board's cryptography, handshakes and sessions: builds the measuring
# firmware, runs it twice in an emulator in which an instruction takes a nanosecond, and writes the
# figures into build/firmware/BOARD/measure.json, if both runs agree.
#
# In the 64 KB of the lm3s6965evb there is no room for a server beside the client. Its figures come
# from the mps2-an385, which has the same processor, for which the client's objects are the same.
#
# Usage: measure.sh BOARD
set -eu

board=$1
folder=build/firmware/$board
case "$board" in
  lm3s6965evb) emulated=mps2-an385 ;;
  *) emulated=$board ;;
esac
image=build/firmware/$emulated/Measure/firmware.elf

mkdir -p "$folder/Measure"
Tools/firmware.sh "$emulated" Measure

# run OUTPUT: the firmware ends the emulator itself, by semihosting.
run() {
  timeout 300 qemu-system-arm -M "$emulated" -icount shift=0 -nographic -monitor none \
    -serial stdio -semihosting-config enable=on,target=native -kernel "$image" </dev/null >"$1" || {
    cat "$1" >&2
    echo "measure: $board: the firmware did not come to its end" >&2
    exit 1
  }
}

run "$folder/Measure/first.txt"
run "$folder/Measure/second.txt"
cmp "$folder/Measure/first.txt" "$folder/Measure/second.txt" || {
  echo "measure: $board: two runs of one image differ" >&2
  exit 1
}

# One line holds the figures; one to a line they are easier to compare.
sed -n 's/^measured //p' "$folder/Measure/first.txt" |
  sed 's/{/{\n  /; s/,/,\n  /g; s/:/: /g; s/}/\n}/' >"$folder/measure.json"
grep -q '^}' "$folder/measure.json" || {
  cat "$folder/Measure/first.txt" >&2
  echo "measure: $board: there are no figures" >&2
  exit 1
}
cat "$folder/measure.json"
