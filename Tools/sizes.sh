#!/bin/sh
# Prints what an image takes, as JSON: flash and static RAM in bytes, and flash by component.
#
# Generic Swift code lies in the object of the program that uses it; so each piece counts for the
# module that its symbol names, and for its object's module where it has no name.
#
# Usage: sizes.sh FIRMWARE.elf FIRMWARE.map
set -eu

arm-none-eabi-size -A "$1" >"$1.sections"

awk -v sections="$1.sections" '
  function hex(text,   value, i) {
    value = 0
    for (i = 3; i <= length(text); i++)
      value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
  }
  # The module in a mangled Swift symbol: $e, the length of its name, its name.
  function moduleOf(section,   start, length_) {
    if (!match(section, /\$e[0-9]+/)) return ""
    length_ = substr(section, RSTART + 2, RLENGTH - 2)
    return substr(section, RSTART + RLENGTH, length_ + 0)
  }
  function component(module, section) {
    if (module == "Wire") return section ~ /NTP|KissOfDeath/ ? "sntp" : "mqtt"
    if (module == "TimeKeeping" && section ~ /SNTPClient|SNTPRejection/) return "sntp"
    if (module == "MQTTClient") return "mqtt"
    if (module == "TimeKeeping") return "time"
    if (module ~ /^(Identity|Cryptography)$/) return "identity"
    if (module ~ /^(CMbedTLS|MbedTLSAdapter|TLS)$/) return "tls"
    if (module ~ /^(Bytes|Device|DeviceImage|Jitter|Platform|Store|Units)$/) return "core"
    return "board"
  }
  function count(section, size, object,   module) {
    if (object ~ /\.swift\.o$/) {
      module = moduleOf(section)
      if (module == "" && section ~ /\$es|swift_/) part = "libc"
      else {
        if (module == "") {
          module = object; sub(/\.build\/.*/, "", module); sub(/.*\//, "", module)
        }
        part = component(module, section)
      }
    }
    else if (object ~ /sources\/mbedtls|Sources\/CMbedTLS|CP256/) part = "tls"
    else if (object ~ /sources\/lwip|CNetwork/) part = "ip"
    else if (object ~ /\.a\(/) part = "libc"
    else part = "board"
    bytes[part] += size
  }
  # A long name of a section has a line of its own, and its numbers come on the next.
  /^Linker script and memory map/ { isMap = 1 }
  !isMap { next }
  /^[.a-zA-Z\/]/ { output = $1 }
  /^ \.[^ ]+$/ { section = $1; next }
  /^ \.[^ ]+ +0x/ { section = $1; address = $2; size = $3; object = $4 }
  /^ +0x[0-9a-f]+ +0x[0-9a-f]+ [^ ]/ { address = $1; size = $2; object = $3 }
  size != "" {
    if (section != "" && object ~ /\.o\)?$/ && output ~ /^\.(text|data|ARM\.exidx)$/)
      count(section, hex(size), object)
    section = size = object = ""
  }
  END {
    while ((getline line < sections) > 0) {
      split(line, field, " ")
      if (field[1] ~ /^\.(text|ARM\.exidx|data)$/) flash += field[2]
      if (field[1] ~ /^\.(stack|data|bss|persistent)$/) ram += field[2]
    }
    # Alignment between the pieces is the linker script'"'"'s.
    known = 0
    for (part in bytes) known += bytes[part]
    bytes["board"] += flash - known
    printf "{\n  \"flashBytes\": %d,\n  \"ramStaticBytes\": %d,\n  \"byComponent\": {", flash, ram
    split("board core identity ip libc mqtt sntp time tls", order, " ")
    for (i = 1; i <= 9; i++)
      printf("%s\n    \"%s\": %d", (i > 1 ? "," : ""), order[i], bytes[order[i]])
    printf "\n  }\n}\n"
  }' "$2"
rm "$1.sections"
