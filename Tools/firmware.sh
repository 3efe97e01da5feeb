#!/bin/sh
# Builds the firmware of one board, and says what it takes: firmware.elf, .bin, .hex, .map and
# size.json in build/firmware/BOARD, or in a folder below it for another program than the first one.
#
# Usage: firmware.sh BOARD [PROGRAM]
set -eu

board=$1
program=${2:-Thermometer}
folder=build/firmware/$board
[ "$program" = Thermometer ] || folder=$folder/$program
mkdir -p .build-firmware "$folder"

make --no-print-directory -s -j "$(nproc)" -f BoardSupport/firmware.mk \
  BOARD="$board" PROGRAM="$program" OUT="$folder"

# A program with a heap would run out of memory one day, in a place that nobody has thought of.
heap='malloc|calloc|free|posix_memalign|sbrk|swift_allocObject|swift_slowAlloc'
if arm-none-eabi-nm "$folder/firmware.elf" | grep -E " _?($heap)$"; then
  echo "firmware: $board: the image can allocate" >&2
  exit 1
fi

Tools/sizes.sh "$folder/firmware.elf" "$folder/firmware.map" >"$folder/size.json"
echo "firmware: $board: $folder/firmware.elf," \
  "$(awk '/flashBytes/ { print $2 + 0 }' "$folder/size.json") bytes of flash," \
  "$(awk '/ramStaticBytes/ { print $2 + 0 }' "$folder/size.json") of RAM"
