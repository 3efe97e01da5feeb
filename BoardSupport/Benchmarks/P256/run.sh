#!/bin/sh
# run.sh CORE(m4|m3) WITH(0|1) LIBOPT CPOPT [extra]
set -eu
here=$(cd "$(dirname "$0")" && pwd); board=$here/../..; lib=${MBEDTLS:-$board/../build/src/mbedtls}
core=$1; with=$2; libopt=$3; cpopt=$4; shift 4
out=$board/../build/p256/$core-$with$libopt$cpopt; mkdir -p $out; rm -f $out/*.o
case $core in m4) cpu=cortex-m4; machine=mps2-an386;; m3) cpu=cortex-m3; machine=mps2-an385;; esac
cc="arm-none-eabi-gcc --specs=picolibc.specs -mcpu=$cpu -mthumb -mfloat-abi=soft -ffunction-sections -fdata-sections -std=gnu11 -Wall -Wextra -I$lib/include -I$board/Configuration -I$board/Sources/CP256/include -I$board/Sources/CP256 -DMBEDTLS_CONFIG_FILE=<mbedtls_config.h> $*"
for f in aes bignum ctr_drbg ecp ecp_curves ecdh ecdsa hmac_drbg md memory_buffer_alloc platform platform_util sha256 sha512 constant_time cipher cipher_wrap gcm asn1parse asn1write; do
  extra=
  if [ $with = 1 ]; then
  [ $f = ecp ] && extra="-include library_seam.h"
  [ $f = bignum ] && extra="-Dmbedtls_mpi_inv_mod=library_mpi_inv_mod -Dmbedtls_mpi_mod_mpi=library_mpi_mod_mpi"
  fi
  $cc $libopt $extra -I$lib/library -c $lib/library/$f.c -o $out/$f.o &
  [ $f = ecp ] && wait
done
wait
if [ $with = 1 ]; then
  for f in $board/Sources/CP256/*.c $board/Sources/CP256/*.S; do [ -f $f ] && $cc $cpopt -DP256_REPLACES_LIBRARY -c $f -o $out/p256_$(basename $f).o; done
  w=-DWITH_CP256
else w=; fi
$cc -Os -c $board/Sources/CBoard/memory.c -o $out/memory.o
for f in bare measure; do $cc $w -O1 -c $here/$f.c -o $out/$f.o; done
arm-none-eabi-gcc --specs=picolibc.specs -mcpu=$cpu -mthumb -mfloat-abi=soft -nostartfiles -Wl,--defsym=__heap_start=0,--defsym=__heap_end=0 -Wl,--gc-sections -Wl,-Map=$out/map -L$board/Linker -T mps2.ld $out/*.o -o $out/image.elf
arm-none-eabi-size $out/image.elf
timeout 300 qemu-system-arm -machine $machine -icount shift=0 -nographic -semihosting-config enable=on,target=native -kernel $out/image.elf
