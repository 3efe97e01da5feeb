#!/bin/sh
# Measures the instruction counts that `swiftlet energy` calculates with, on the emulated boards
# with a Cortex-M4 and a Cortex-M3, and puts them into Simulator/Energy/Data/costs.json in place of
# the last ones. The lm3s6965evb is left out: Tools/measure.sh has its figures from the mps2-an385.
#
# Usage: costs.sh SWIFTLET
set -eu

swiftlet=$1
table=Simulator/Energy/Data/costs.json
runs=

for board in mps2-an386 mps2-an385; do
  Tools/measure.sh "$board"
  folder=build/firmware/$board
  # The figures as the command wants them: with the board's name, and where they come from.
  {
    printf '{"board": "%s", "command": "make costs",\n' "$board"
    printf '"source": "the measuring firmware in QEMU, compiled as it is shipped: the own P-256 '
    printf 'and mbedTLS 2.28, -Os; a signature with the check of it",\n'
    printf '"instructions": '
    cat "$folder/measure.json"
    printf '}\n'
  } >"$folder/Measure/run.json"
  runs="$runs $folder/Measure/run.json"
done

# Kept beside the table until it is whole.
# shellcheck disable=SC2086
"$swiftlet" energy --costs "$table" --import-costs $runs >build/costs.json
mv build/costs.json "$table"
echo "costs: $table has the figures of the measuring firmware"
