#!/bin/sh
# Fetches the C libraries that boards are built with, mbedTLS and lwIP, as Debian ships their
# sources: the versions of the host's packages, with Debian's fixes applied.
#
# The machine's own package sources stay as they are: a second list, made from them, asks for source
# packages, and lives with what is fetched in build/sources.
set -eu

root=$(pwd)/build/sources
apt=$root/apt

# Already there, each in a folder without its version.
[ -e "$root/mbedtls/library/ssl_cli.c" ] && [ -e "$root/lwip/src/core/tcp.c" ] && exit 0

command -v apt-get >/dev/null 2>&1 || {
  echo "sources: there is no apt-get here; put the sources of mbedTLS 2.28 into" \
    "build/sources/mbedtls and those of lwIP 2.1 into build/sources/lwip" >&2
  exit 69
}

# Writes copies of the machine's package sources that ask for source packages.
makeLists() {
  rm -rf "$apt"
  mkdir -p "$apt/parts" "$apt/lists/partial" "$apt/cache/archives/partial"
  for list in /etc/apt/sources.list.d/*.sources; do
    [ -e "$list" ] || continue
    sed 's/^Types:.*/Types: deb-src/' "$list" >"$apt/parts/$(basename "$list")"
  done
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -e "$list" ] || continue
    sed -n 's/^deb /deb-src /p' "$list" >"$apt/parts/$(basename "$list")"
  done
}

# sourcesOf COMMAND…: apt-get with those lists.
sourcesOf() {
  apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt/parts" \
    -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=root "$@"
}

# fetch PACKAGE: unpacks a source package into build/sources/PACKAGE.
fetch() {
  echo "sources: fetching $1" >&2
  rm -rf "$root/unpack" "${root:?}/$1"
  mkdir -p "$root/unpack"
  (cd "$root/unpack" && sourcesOf source "$1")
  mv "$root/unpack/$1"-* "$root/$1"
  rm -rf "$root/unpack"
}

log=$root/fetch.log
mkdir -p "$root"
makeLists
{ sourcesOf update && fetch mbedtls && fetch lwip; } >"$log" 2>&1 || {
  tail -n 15 "$log" >&2
  echo "sources: the sources of mbedTLS and lwIP could not be fetched" >&2
  exit 69
}
# The lists are large, and made anew in seconds.
rm -rf "$apt"
