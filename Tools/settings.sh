#!/bin/sh
# Shows what each setting costs and gives: builds a board's firmware with one setting changed at a
# time, and prints a table in Markdown: bytes of flash of the first program, bytes of memory of a
# handshake, and instructions, each as the difference to the settings that ship. Docs/Budgets.md
# holds what it printed. It takes some minutes, and is part of no test.
#
# Usage: settings.sh BOARD
set -eu

board=$1
folder=build/settings/$board
configuration=$folder/Configuration

# build PROGRAM VARIABLE…
build() {
  program=$1
  shift
  mkdir -p "$folder/$program" .build-firmware
  make --no-print-directory -s -j "$(nproc)" -f BoardSupport/firmware.mk BOARD="$board" \
    PROGRAM="$program" OUT="$folder/$program" OBJECT_FOLDER="$folder/objects" \
    CONFIGURATION="$configuration" ARENA=65536 "$@"
}

# figure NAME: one of the last run.
figure() { tr ',{}' '\n\n\n' <"$folder/run.txt" | sed -n "s/^\"$1\"://p"; }

# take VARIABLE…: prints the figures of the present settings, in the order of the table.
take() {
  rm -rf "$folder/objects"
  build Thermometer "$@"
  build Measure "$@"
  timeout 300 qemu-system-arm -M "$board" -icount shift=0 -nographic -monitor none -serial stdio \
    -semihosting-config enable=on,target=native -kernel "$folder/Measure/firmware.elf" \
    </dev/null >"$folder/run.txt"
  arm-none-eabi-size -A "$folder/Thermometer/firmware.elf" |
    awk '$1 ~ /^\.(text|ARM\.exidx|data)$/ { sum += $2 } END { print sum }'
  for name in heapPeakBytesRSAChain es256Sign es256Verify rs256Sign fullHandshakeRSAChain \
    fullHandshakeECChain resumedHandshake tokenRefresh hmacSHA256 publish; do
    figure "$name"
  done
}

# row NAME VARIABLE…: a line of differences to the settings that ship.
row() {
  name=$1
  shift
  take "$@" >"$folder/now.txt"
  paste "$folder/shipped.txt" "$folder/now.txt" | awk -v name="$name" '
    function signed(number) { return number == 0 ? "0" : sprintf("%+d", number) }
    BEGIN { printf "| %s |", name }
    NR <= 2 { printf " %s |", signed($2 - $1) }
    NR > 2 { printf " %s |", $2 == $1 ? "0" : sprintf("%+.1f %%", 100 * ($2 - $1) / $1) }
    END { print "" }'
}

# configured NAME SCRIPT [VARIABLE…]: the same, with the library's settings edited by sed.
configured() {
  name=$1
  script=$2
  shift 2
  sed "$script" BoardSupport/Configuration/mbedtls_config.h >"$configuration/mbedtls_config.h"
  row "$name" "$@"
  cp BoardSupport/Configuration/mbedtls_config.h "$configuration/mbedtls_config.h"
}

# defined NAME MACRO…: the same, with macros that end the library's settings.
defined() {
  name=$1
  shift
  script=""
  for macro in "$@"; do
    script="$script;s|^#include \"mbedtls/check_config.h\"|#define $macro\n&|"
  done
  configured "$name" "${script#;}"
}

rm -rf "$folder"
mkdir -p "$configuration"
cp -r BoardSupport/Configuration/. "$configuration"

fast=$(sed -n 's/^FAST_SOURCES ?= *//p' BoardSupport/firmware.mk)
take >"$folder/shipped.txt"
echo "| Setting | Flash | Heap | ES256 sign | ES256 verify | RS256 sign | RSA chain | EC chain |" \
  "Resumed | Refresh | HMAC | Publish |"
echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
printf '| As shipped |'
tr '\n' ' ' <"$folder/shipped.txt" | sed 's/ / | /g; s/^/ /; s/ $/\n/'

for name in $fast; do
  row "$name.c with -Os" FAST_SOURCES="$(echo " $fast " | sed "s/ $name / /")"
done
for name in bignum sha256 sha512 gcm aes ecp point inverse multiply; do
  case " $fast " in *" $name "*) continue ;; esac
  row "$name.c with -O2" FAST_SOURCES="$fast $name"
done
if [ "${BRIEF:-}" = "" ]; then
  row "P-256 of the library" P256=library
  for window in 2 4 6; do
    for fixed in 0 1; do
      script="s|^#define MBEDTLS_ECP_WINDOW_SIZE.*||;s|^#define MBEDTLS_ECP_FIXED_POINT_OPTIM.*||"
      script="$script;s|^#include \"mbedtls/check_config.h\"|#define MBEDTLS_ECP_WINDOW_SIZE $window\n\
#define MBEDTLS_ECP_FIXED_POINT_OPTIM $fixed\n&|"
      configured "P-256 of the library, window $window, fixed point $fixed" "$script" P256=library
    done
  done
  [ "$board" != mps2-an386 ] || row "Without UMAAL" OPTIONS=-U__ARM_FEATURE_DSP
  configured "All four AES tables" "s|^#define MBEDTLS_AES_FEWER_TABLES||"
  configured "AES tables in RAM" "s|^#define MBEDTLS_AES_ROM_TABLES||"
  configured "With AES decryption" "s|^#define MBEDTLS_AES_.*DEC.*_ALT||" OPTIONS=-DBOARD_DECRYPTS_AES
  defined "Small SHA-256" MBEDTLS_SHA256_SMALLER
  configured "Large SHA-512" "s|^#define MBEDTLS_SHA512_SMALLER||"
  defined "RSA window of 1" "MBEDTLS_MPI_WINDOW_SIZE 1"
  configured "Every cipher suite known" "s|^#define MBEDTLS_SSL_CIPHERSUITES.*|#define IGNORED \\\\|"
fi
rm -rf "$folder"
