#!/bin/sh
# Builds the firmware of all boards and compares what it takes with BoardSupport/budgets.txt: flash,
# static RAM and flash by component, in bytes. Growth fails; so does a budget that was forgotten.
#
# Usage: budgets.sh [BOARD…]
set -eu

budgets=BoardSupport/budgets.txt
failures=0
[ $# -gt 0 ] || set -- lm3s6965evb mps2-an385 mps2-an386

for board in "$@"; do
  Tools/firmware.sh "$board"
  # "name": number, as size.json has them, one to a line.
  sizes=$(sed -n 's/^ *"\([A-Za-z]*\)": \([0-9]*\),*$/\1 \2/p' "build/firmware/$board/size.json")
  report=$(echo "$sizes" | while read -r name size; do
    allowed=$(awk -v board="$board" -v name="$name" '$1 == board && $2 == name { print $3 }' \
      "$budgets")
    if [ -z "$allowed" ]; then
      echo "budgets: $board: $budgets says nothing of $name, which takes $size bytes"
    elif [ "$size" -gt "$allowed" ]; then
      echo "budgets: $board: $name takes $size bytes, $((size - allowed)) more than $budgets allows"
    fi
  done)
  if [ -n "$report" ]; then
    echo "$report" >&2
    failures=1
  fi
done
[ "$failures" = 0 ] && echo "budgets: all kept"
exit "$failures"
