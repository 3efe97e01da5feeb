#!/bin/sh
# Shows what each setting costs and gives: builds a board's firmware with one setting changed at a
# time, and prints a table in Markdown: bytes of flash and of static RAM of the first program, the
# peak of the heap in a handshake with an RSA chain, and instructions, each as the difference to
# the settings that ship. Docs/Budgets.md holds what it printed. It takes some minutes, and is part
# of no test.
#
# Usage: settings.sh BOARD
set -eu

board=$1
folder=build/settings/$board
configuration=$folder/Configuration
# Enough for all settings; in the table it counts as what ships.
arena=65536

# build PROGRAM VARIABLE…
build() {
  program=$1
  shift
  mkdir -p "$folder/$program" .build-firmware
  make --no-print-directory -s -j "$(nproc)" -f BoardSupport/firmware.mk BOARD="$board" \
    PROGRAM="$program" OUT="$folder/$program" OBJECT_FOLDER="$folder/objects" \
    CONFIGURATION="$configuration" ARENA="$arena" "$@"
}

# figure NAME: one of the last run.
figure() { tr ',{}' '\n\n\n' <"$folder/run.txt" | sed -n "s/^\"$1\"://p"; }

# take VARIABLE…: prints the figures of the present settings, in the order of the table.
take() {
  build Thermometer "$@"
  build Measure "$@"
  timeout 300 qemu-system-arm -M "$board" -icount shift=0 -nographic -monitor none -serial stdio \
    -semihosting-config enable=on,target=native -kernel "$folder/Measure/firmware.elf" \
    </dev/null >"$folder/run.txt"
  arm-none-eabi-size -A "$folder/Thermometer/firmware.elf" |
    awk -v spare=$((arena - shipped_arena)) '$1 ~ /^\.(text|ARM\.exidx|data)$/ { flash += $2 }
      $1 ~ /^\.(stack|data|bss|persistent)$/ { ram += $2 }
      END { print flash; print ram - spare }'
  for figure in heapPeakBytesRSAChain es256Sign es256Verify rs256Sign fullHandshakeRSAChain \
    fullHandshakeECChain resumedHandshake tokenRefresh hmacSHA256 publish keyExchangeP384 \
    chainSignatureP384; do
    figure "$figure"
  done
}

# forget OBJECTS: has them compiled anew; make does not know that a variable has changed.
forget() { find "$folder/objects" -name "$1.o" -delete; }

# row NAME OBJECTS VARIABLE…: a line of differences to the settings that ship; OBJECTS is the
# pattern of those that the variables concern.
row() {
  title=$1
  concerned=$2
  shift 2
  forget "$concerned"
  take "$@" >"$folder/now.txt"
  forget "$concerned"
  paste "$folder/shipped.txt" "$folder/now.txt" | awk -v title="$title" '
    function signed(number) { return number == 0 ? "0" : sprintf("%+d", number) }
    BEGIN { printf "| %s |", title }
    NR <= 3 { printf " %s |", signed($2 - $1) }
    NR > 3 { printf " %s |", $2 == $1 ? "0" : sprintf("%+.1f %%", 100 * ($2 - $1) / $1) }
    END { print "" }'
}

# edited NAME SCRIPT [VARIABLE…]: the same, with the library's settings edited by sed.
edited() {
  title=$1
  script=$2
  shift 2
  sed "$script" BoardSupport/Configuration/mbedtls_config.h >"$configuration/mbedtls_config.h"
  row "$title" "*" "$@"
  cp BoardSupport/Configuration/mbedtls_config.h "$configuration/mbedtls_config.h"
}

rm -rf "$folder"
mkdir -p "$configuration"
cp -r BoardSupport/Configuration/. "$configuration"

shipped_arena=$(sed -n 's/^ARENA ?= *//p' BoardSupport/firmware.mk)
fast=$(sed -n 's/^FAST_SOURCES ?= *//p' BoardSupport/firmware.mk)
take >"$folder/shipped.txt"
echo "| Setting | Flash | RAM | Heap | ES256 sign | ES256 verify | RS256 sign | RSA chain |" \
  "EC chain | Resumed | Refresh | HMAC | Publish | P-384 exchange | P-384 verify |"
echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |" \
  "---: | ---: | ---: | ---: | ---: | ---: | ---: |"
printf '| As shipped |'
tr '\n' ' ' <"$folder/shipped.txt" | sed 's/ / | /g; s/^/ /; s/ $/\n/'

# Where the settings of the library end.
end='s|^#include "mbedtls/check_config.h"|'

for source in $fast; do
  row "\`$source.c\` with -Os" "$source" FAST_SOURCES="$(echo " $fast " | sed "s/ $source / /")"
done
for source in bignum constant_time ecp ecp_curves sha256 sha512 gcm aes point inverse multiply; do
  case " $fast " in *" $source "*) continue ;; esac
  row "\`$source.c\` with -O2" "$source" FAST_SOURCES="$fast $source"
done
row "Loop invariants moved" "*" OPTIMIZE=-Os
for window in 2 4 6; do
  edited "P-384 with a window of $window" "s|^\(#define MBEDTLS_ECP_WINDOW_SIZE\).*|\1 $window|"
done
edited "P-384 with a window of 4, fixed point 1" \
  "s|^\(#define MBEDTLS_ECP_FIXED_POINT_OPTIM\).*|\1 1|;s|\(ECP_WINDOW_SIZE\).*|\1 4|"
row "P-256 of the library" "*" P256=library
for window in 2 4 6; do
  for fixed in 0 1; do
    script="s|^\(#define MBEDTLS_ECP_FIXED_POINT_OPTIM\).*|\1 $fixed|"
    edited "P-256 of the library, window $window, fixed point $fixed" \
      "$script;s|^\(#define MBEDTLS_ECP_WINDOW_SIZE\).*|\1 $window|" P256=library
  done
done
[ "$board" != mps2-an386 ] || row "Without UMAAL" "*" OPTIONS=-U__ARM_FEATURE_DSP
edited "All four AES tables" "s|^#define MBEDTLS_AES_FEWER_TABLES||"
edited "AES tables in RAM" "s|^#define MBEDTLS_AES_ROM_TABLES||"
edited "Small SHA-256" "$end#define MBEDTLS_SHA256_SMALLER\n&|"
edited "Large SHA-512" "s|^#define MBEDTLS_SHA512_SMALLER||"
edited "RSA with a window of 1" "$end#define MBEDTLS_MPI_WINDOW_SIZE 1\n&|"
edited "RSA with a window of 4" "$end#define MBEDTLS_MPI_WINDOW_SIZE 4\n&|"
rm -rf "$folder"
