#!/bin/sh
# Writes the firmware and a device image into the flash of a real board, with OpenOCD.
#
# Usage: flash.sh BOARD IMAGE
set -eu

board=$1
image=${2:-}
firmware=build/firmware/$board/firmware.bin

case "$board" in
  lm3s6965evb)
    configuration=board/ek-lm3s6965.cfg
    image_address=0x3D800
    image_bytes=10240
    ;;
  *)
    echo "flash: '$board' cannot be flashed; the board that can be is lm3s6965evb" >&2
    exit 64
    ;;
esac

if [ -z "$image" ]; then
  echo "flash: say IMAGE=FILE, a device image; Docs/Porting.md shows how to make one" >&2
  exit 64
fi
if [ "$(wc -c <"$image")" != "$image_bytes" ]; then
  echo "flash: $image: has $(wc -c <"$image") bytes; an image for $board has $image_bytes" >&2
  exit 65
fi

exec openocd -f "$configuration" \
  -c "program $firmware 0x0 verify" -c "program $image $image_address verify reset exit"
