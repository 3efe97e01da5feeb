#!/bin/sh
# Connects DEVICES devices of `swiftlet live` over TLS to a mosquitto of this machine and holds them
# for HOLD; then has a program on libmosquitto make as many connections to the same broker.
#
# Usage: bench-live.sh PROGRAM [text|json]
#
# All of it stays on 127.0.0.1. Fails if a device could not be held, or if one takes more memory
# than MEMORY_KB. The figures are of two programs and a broker that share this machine's processors.
set -eu

program=$1
format=${2:-text}
devices=${DEVICES:-5000}
hold=${HOLD:-60s}
at_a_time=${AT_A_TIME:-16}
peer_threads=${PEER_THREADS:-8}
memory_kb=${MEMORY_KB:-48}

say() { echo "bench-live: $*" >&2; }

folder=$(mktemp -d)
broker=""
clean_up() {
  [ -n "$broker" ] && kill "$broker" 2>/dev/null && wait "$broker" 2>/dev/null
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# The devices, and again as many sockets in the broker; what the hard limit allows has to do.
ulimit -Sn "$(ulimit -Hn)"
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt $((devices + 100)) ]; then
  say "$(ulimit -n) open files are too few for $devices devices; raise the hard limit"
  exit 75
fi

cc -O2 -Wall -Wextra -Werror -o "$folder/peer" Tools/live-peer/peer.c -lmosquitto -lpthread
port=$("$folder/peer" free-port)

# A root and a server's certificate, both P-256.
certificates() {
  openssl ecparam -name prime256v1 -genkey -noout -out root.key
  openssl req -x509 -new -key root.key -out root.pem -days 2 -subj "/CN=Bench Root" \
    -addext "keyUsage=critical,keyCertSign,cRLSign"
  openssl ecparam -name prime256v1 -genkey -noout -out leaf.key
  openssl req -new -key leaf.key -subj /CN=localhost -out leaf.csr
  printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature \
    extendedKeyUsage=serverAuth subjectAltName=DNS:localhost >leaf.ext
  openssl x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2 \
    -extfile leaf.ext -out leaf.pem
}
if ! (cd "$folder" && certificates 2>certificates.log); then
  cat "$folder/certificates.log" >&2
  exit 70
fi

cat >"$folder/mosquitto.conf" <<END
listener $port 127.0.0.1
certfile $folder/leaf.pem
keyfile $folder/leaf.key
allow_anonymous true
user $(id -un)
set_tcp_nodelay ${NODELAY:-true}
max_queued_messages 0
END
# In Debian it lies where only root looks.
PATH=$PATH:/usr/sbin
mosquitto -c "$folder/mosquitto.conf" >"$folder/mosquitto.log" 2>&1 &
broker=$!

"$program" provision "$folder/fleet" --devices "$devices" --ca "$folder/root.pem" >/dev/null 2>&1
kill -0 "$broker" 2>/dev/null || { cat "$folder/mosquitto.log" >&2; exit 75; }

kilobytes() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }
# The number under a key of the result, of the peer's, and of an object in the result.
live() { sed -n "s/^ *\"$1\" : \([0-9.]*\),*\$/\1/p" "$folder/live.json" | head -n 1; }
peer() { sed -n "s/^ *\"$1\" : \([0-9.]*\),*\$/\1/p" "$folder/peer.json" | head -n 1; }
part() { sed -n "/\"$1\" : {/,/}/s/.*\"$2\" : \([0-9.]*\).*/\1/p" "$folder/live.json"; }

say "connecting $devices devices, $at_a_time at a time, and holding them for $hold"
status=0
"$program" live --identities "$folder/fleet" --broker "mqtts://localhost:$port" \
  --ca "$folder/root.pem" --devices "$devices" --duration 10m --hold "$hold" \
  --connect-rate 100000/s --max-in-handshake "$at_a_time" --messages-per-hour 60 \
  --out "$folder/live.json" --quiet >"$folder/live.txt" || status=$?

say "the same number of connections with libmosquitto, $peer_threads threads"
# As long as a token of a device.
password=$(head -c 300 /dev/zero | tr '\0' t)
"$folder/peer" connect "$port" "$folder/root.pem" "$devices" "$peer_threads" "$password" \
  >"$folder/peer.json"
broker_kb=$(kilobytes "$broker")

if [ "$format" = json ]; then
  printf '{\n"swiftlet" : '
  cat "$folder/live.json"
  printf ',\n"peer" : '
  cat "$folder/peer.json"
  printf ',\n"brokerResidentBytes" : %s\n}\n' $((broker_kb * 1024))
else
  grep -v '^again' "$folder/live.txt"
  echo
  echo "              connected  connects/s  connect p50    p99  CPU/connect  RAM/connection"
  # row NAME CONNECTED RATE P50 P99 CPU BYTES
  row() {
    echo "$@" | awk '{ printf "%-14s%9d%12.0f%10.1f ms%4.0f ms%10.2f ms%13.1f KB\n",
      $1, $2, $3, $4, $5, $6, $7 / 1024 }'
  }
  row swiftlet "$(live connected)" "$(live connectsPerSecond)" "$(part connect p50Milliseconds)" \
    "$(part connect p99Milliseconds)" "$(live millisecondsPerConnect)" \
    "$(live processResidentBytesPerDevice)"
  row libmosquitto "$(peer connected)" "$(peer connectsPerSecond)" \
    "$(peer connectP50Milliseconds)" "$(peer connectP99Milliseconds)" \
    "$(peer processorMillisecondsPerConnect)" "$(peer residentBytesPerConnection)"
fi

each=$(live processResidentBytesPerDevice)
if [ "${each:-0}" -eq 0 ] || [ "$each" -gt $((memory_kb * 1024)) ]; then
  say "a device takes $((each / 1024)) KB of RAM; $memory_kb KB are allowed"
  status=1
fi
held=$(part hold onlineMinimum)
if [ "${held:-0}" != "$devices" ]; then
  say "not all devices were held: ${held:-0} of $devices"
  status=1
fi
exit "$status"
