#!/bin/sh
# Installs what is missing, and only that. Called by every target of the Makefile.
#
# Usage: setup.sh GROUP…, where a group is one of: build test firmware
set -eu

# Debian package, what it is for, and a file or command that shows that it is there.
packages() {
  case "$1" in
    build)
      echo "libmbedtls-dev|TLS and signatures of the core on this machine|/usr/include/mbedtls/ssl.h"
      ;;
    test)
      echo "mosquitto|a real MQTT broker as test peer|/usr/sbin/mosquitto"
      echo "mosquitto-clients|real MQTT clients as test peers|/usr/bin/mosquitto_sub"
      echo "openssl|certificates and a TLS server as test peer|/usr/bin/openssl"
      echo "chrony|a real time server as test peer|/usr/sbin/chronyd"
      echo "llvm|disassembly for the gates of the embedded build|/usr/bin/llvm-objdump"
      ;;
    *)
      echo "setup: unknown group '$1'; the groups are: build test" >&2
      exit 64
      ;;
  esac
}

missing=""
for group in "$@"; do
  packages "$group" >/tmp/swiftlet-setup.$$
  while IFS='|' read -r package purpose witness; do
    [ -e "$witness" ] && continue
    echo "setup: $package is missing: $purpose" >&2
    missing="$missing $package"
  done </tmp/swiftlet-setup.$$
  rm -f /tmp/swiftlet-setup.$$
done

if ! command -v swift >/dev/null 2>&1; then
  echo "setup: no 'swift' on the PATH; install the Swift 6.3 toolchain from swift.org" >&2
  exit 69
fi
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  cat >&2 <<END
setup: there is no apt-get here, so these have to be installed by hand:$missing
       (the names are Debian 12's; other systems have the same software under similar names:
       mbedTLS 2.28 with headers, mosquitto, OpenSSL, chrony, LLVM's binary tools)
END
  exit 69
fi

sudo=""
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: not root and no sudo; please run as root: apt-get install$missing" >&2
    exit 69
  fi
  sudo="sudo"
fi

echo "setup: installing$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A service that a package starts would take ports; the tests start their own on loopback.
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
install() {
  # shellcheck disable=SC2086 # the list is meant to be split
  $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install --yes --no-install-recommends $missing >"$log" 2>&1
}
if ! install; then
  $sudo apt-get update >"$log" 2>&1 || true
  if ! install; then
    tail -n 15 "$log" >&2
    echo "setup: apt-get could not install:$missing" >&2
    exit 69
  fi
fi
