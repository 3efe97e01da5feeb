#!/bin/sh
# Installs what is missing, and only that. Called by every target of the Makefile.
#
# Usage: setup.sh GROUP…, where a group is one of: build test board bench flash
set -eu

# One line a package: Debian's name, a file that shows that it is there, what it is for.
packages() {
  case "$1" in
    build)
      echo "libmbedtls-dev /usr/include/mbedtls/ssl.h TLS and signatures of the core"
      ;;
    test)
      echo "mosquitto /usr/sbin/mosquitto a real MQTT broker to test against"
      echo "mosquitto-clients /usr/bin/mosquitto_sub real MQTT clients to test against"
      echo "openssl /usr/bin/openssl certificates and a TLS server to test against"
      echo "chrony /usr/sbin/chronyd a real time server to test against"
      echo "slurmctld /usr/sbin/slurmctld a real cluster's queue to test against"
      echo "slurmd /usr/sbin/slurmd its nodes"
      echo "slurm-client /usr/bin/sbatch its commands"
      echo "munge /usr/sbin/munged what its parts know each other by"
      echo "prometheus /usr/bin/prometheus scrapes the figures of a live run in a test"
      echo "llvm /usr/bin/llvm-objdump disassembly for the gates of the embedded build"
      ;;
    board)
      echo "gcc-arm-none-eabi /usr/bin/arm-none-eabi-gcc the C libraries of boards, and the linker"
      echo "picolibc-arm-none-eabi /usr/lib/picolibc/arm-none-eabi/picolibc.specs their C library"
      echo "qemu-system-arm /usr/bin/qemu-system-arm emulated boards"
      echo "dpkg-dev /usr/bin/dpkg-source unpacks the sources of mbedTLS and lwIP"
      ;;
    bench)
      echo "libmosquitto-dev /usr/include/mosquitto.h another MQTT library to compare with"
      echo "mosquitto /usr/sbin/mosquitto the broker that both connect to"
      echo "openssl /usr/bin/openssl the broker's certificate"
      echo "gcc /usr/bin/gcc builds the program on that library"
      ;;
    flash)
      echo "openocd /usr/bin/openocd writes the flash of real boards"
      ;;
    *)
      echo "setup: unknown group '$1'; the groups are: build test board bench flash" >&2
      exit 64
      ;;
  esac
}

# Prints the packages of all groups that are not there, and says on stderr why each is wanted.
missing() {
  for group in "$@"; do packages "$group"; done | while read -r package witness purpose; do
    [ -e "$witness" ] && continue
    echo "setup: $package is missing ($purpose)" >&2
    echo "$package"
  done
}

if ! command -v swift >/dev/null 2>&1; then
  echo "setup: there is no 'swift' on the PATH; install the Swift 6.3 toolchain from swift.org" >&2
  exit 69
fi

wanted=$(missing "$@")
[ -z "$wanted" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: there is no apt-get here; please install what these Debian packages hold:" >&2
  echo "$wanted" >&2
  exit 69
fi

as_root=""
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: not root, and no sudo; as root, run: apt-get install" $wanted >&2
    exit 69
  fi
  as_root=sudo
fi

# Tests start their own servers on loopback: RUNLEVEL keeps packages from starting theirs.
install() {
  # shellcheck disable=SC2086 # the list is meant to be split
  $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install --yes --no-install-recommends $wanted
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "setup: installing" $wanted >&2
# A machine that never fetched the package lists, or long ago, has to do that first.
if ! install >"$log" 2>&1 && ! { $as_root apt-get update && install; } >"$log" 2>&1; then
  tail -n 15 "$log" >&2
  echo "setup: apt-get could not install:" $wanted >&2
  exit 69
fi
