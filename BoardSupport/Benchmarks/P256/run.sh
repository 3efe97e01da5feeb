#!/bin/sh
# Runs CP256 on an emulated board: checks it, or counts the instructions of ES256 and ECDH.
#
# Usage: run.sh m3|m4 check|measure|library
#   check    known answers, assembly against C, instruction counts for different secrets
#   measure  the TLS library with CP256
#   library  the TLS library alone
#
# Environment: MBEDTLS, the library's source folder; LIBRARY_FLAGS and CP256_FLAGS, -Os by default.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
board=$here/../..
library=${MBEDTLS:-$board/../build/sources/mbedtls}
cp256=$board/Sources/CP256

usage() {
  sed -n 's/^# //p' "$0" | sed -n 3,6p >&2
  exit 64
}

[ $# = 2 ] || usage
case $1 in
  m3) core=cortex-m3 machine=mps2-an385 ;;
  m4) core=cortex-m4 machine=mps2-an386 ;;
  *) usage ;;
esac
mode=$2
[ -d "$library/library" ] || {
  echo "run.sh: there is no mbedTLS at $library; set MBEDTLS to its folder" >&2
  exit 66
}

out=$board/../build/p256/$1-$mode
rm -rf "$out"
mkdir -p "$out"

cc="arm-none-eabi-gcc --specs=picolibc.specs -mcpu=$core -mthumb -mfloat-abi=soft -std=gnu11"
cc="$cc -Wall -Wextra -Werror -ffunction-sections -fdata-sections -fstack-usage"
cc="$cc -I$library/include -I$board/Configuration -I$cp256/include -I$cp256"
cc="$cc -DMBEDTLS_CONFIG_FILE=<mbedtls_config.h>"

# compile NAME SOURCE FLAG…
compile() {
  name=$1
  source=$2
  shift 2
  # shellcheck disable=SC2086 # the flags are meant to be split
  $cc "$@" -c "$source" -o "$out/$name.o"
}

# The TLS library; with "seam", open for CP256.
compileLibrary() {
  for name in aes asn1parse asn1write bignum cipher cipher_wrap constant_time ctr_drbg ecdh ecdsa \
    ecp ecp_curves gcm hmac_drbg md memory_buffer_alloc platform platform_util sha256 sha512; do
    seam=""
    case $1-$name in
      seam-ecp) seam="-include weak_originals.h" ;;
      seam-bignum)
        seam="-Dmbedtls_mpi_inv_mod=library_mpi_inv_mod -Dmbedtls_mpi_mod_mpi=library_mpi_mod_mpi"
        ;;
    esac
    compile "$name" "$library/library/$name.c" ${LIBRARY_FLAGS:--Os} -I"$library/library" $seam
  done
}

compileCP256() {
  for source in "$cp256"/*.c "$cp256"/*.S; do
    compile "p256-$(basename "$source")" "$source" ${CP256_FLAGS:--Os} "$@"
  done
}

compile bare "$here/bare.c" -O2
compile memory "$board/Sources/CBoard/memory.c" -Os
case $mode in
  check)
    compileCP256
    rm "$out/p256-seam.c.o"
    renames=""
    for name in mul square add sub half select; do
      renames="$renames -Dp256_$name=portable_$name"
    done
    compile portable "$cp256/field_portable.c" -O2 -DP256_PORTABLE $renames
    compile check "$here/check.c" -O2
    ;;
  measure)
    compileLibrary seam
    compileCP256 -DP256_REPLACES_LIBRARY
    compile measure "$here/measure.c" -O2 -DWITH_CP256
    ;;
  library)
    compileLibrary plain
    compile measure "$here/measure.c" -O2
    ;;
  *) usage ;;
esac

$cc -nostartfiles -Wl,--gc-sections -Wl,--defsym=__heap_start=0,--defsym=__heap_end=0 \
  -Wl,-Map="$out/image.map" -L"$board/Linker" -T mps2.ld "$out"/*.o -o "$out/image.elf"
# Semihosting prints on the error output.
exec timeout 300 qemu-system-arm -machine "$machine" -icount shift=0 -nographic \
  -semihosting-config enable=on,target=native -kernel "$out/image.elf" 2>&1
