#!/bin/sh
# Builds the core as a board would use it (Tests/EmbeddedProbe) for each kind of processor, links it
# and checks: nothing in it can allocate, and no stack frame is larger than the budget says.
#
# The compiler's own check for allocations cries wolf on 32-bit processors (swiftlang/swift issues
# 80635 and 86827); so it runs for AArch64, and for all the linked image is searched instead.
set -eu

budgets=Tests/EmbeddedProbe/budgets.txt
swift_bin=$(dirname "$(readlink -f "$(command -v swift)")")
export SWIFTLET_CORE_ONLY=1
failures=0

# budget NAME PROCESSOR: the number in the budget file.
budget() {
  awk -v name="$1" -v processor="$2" '$1 == name && $2 == processor { print $3 }' "$budgets"
}

# Prints "BYTES FUNCTION" for each function: what it pushes and what it takes off the stack pointer.
frames() {
  # The assembler's own marks ($t, .L0) are not functions.
  "$swift_bin/llvm-nm" --defined-only "$1" |
    awk '$2 ~ /^[tTwW]$/ && $3 !~ /^(\$[adtx](\.[0-9]+)?|\.L.*)$/' >"$1.functions"
  llvm-objdump -d --no-show-raw-insn "$1" | awk -v functions="$1.functions" '
    function number(text,   value, i) {
      if (text !~ /^0x/) return text + 0
      value = 0
      for (i = 3; i <= length(text); i++)
        value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
      return value
    }
    function flush() { if (bytes > 0) print bytes, name; bytes = 0 }
    BEGIN {
      while ((getline line < functions) > 0) {
        split(line, field, " "); sub(/^0+/, "", field[1]); names[field[1]] = field[3]
      }
    }
    $1 !~ /^[0-9a-f]+:$/ { next }
    { address = substr($1, 1, length($1) - 1) }
    address in names { flush(); name = names[address] }
    # ARM: push {registers}, four bytes each.
    $2 ~ /^(push|push\.w)$/ || $2 ~ /^stmdb/ && $3 == "sp!," {
      bytes += 4 * gsub(/r[0-9]+|lr/, "&")
    }
    # ARM: sub sp, #n, or sub.w sp, sp, #n. AArch64: sub sp, sp, #n, or with pages of 4096.
    $2 ~ /^sub/ && $3 == "sp," && $(NF - 1) == "lsl" { bytes += 4096 * number(substr($5, 2)); next }
    $2 ~ /^sub/ && $3 == "sp," && $NF ~ /^#/ { bytes += number(substr($NF, 2)) }
    # A size from a register does not fit an instruction, so it is over every budget.
    $2 ~ /^sub/ && $3 == "sp," && $NF !~ /^#/ { bytes += 4096 }
    # RISC-V: addi sp, sp, -n.
    $2 == "addi" && $3 == "sp," && $5 ~ /^-/ { bytes += number(substr($5, 2)) }
    # AArch64: stp …, [sp, #-n]!.
    $2 ~ /^st[pr]$/ && match($0, /\[sp, #-[0-9]+\]!/) {
      bytes += number(substr($0, RSTART + 6, RLENGTH - 8))
    }
    END { flush() }' | sort -rn
}

# Deletes the objects of sources that are gone, which the package manager leaves behind.
removeStaleObjects() {
  for object in "$1"/*.build/*.swift.o; do
    name=$(basename "$object" .o)
    module=$(basename "$(dirname "$object")" .build)
    [ -n "$(find "Sources/$module" "Tests/$module" -name "$name" 2>/dev/null)" ] ||
      rm "$object"
  done
}

# Prints the bytes of the probe's one device.
deviceSize() {
  "$swift_bin/llvm-nm" --print-size --radix=d "$1" |
    awk '$4 ~ /EmbeddedProbe6device.*Device/ && $3 ~ /^[bBdD]$/ { print $2 + 0 }'
}

# check PROCESSOR TRIPLE TOOLSET
check() {
  build=.build-embedded/$1
  echo "embedded: $1 ($2)"
  swift build -c release --triple "$2" --toolset "BoardSupport/Toolsets/$3" \
    --scratch-path "$build" --target EmbeddedProbe >"$build.log" 2>&1 || {
    tail -n 40 "$build.log"
    echo "embedded: $1: does not build" >&2
    failures=$((failures + 1))
    return
  }
  image=$build/probe.elf
  removeStaleObjects "$build/$2/release"
  # What the C library and the compiler's runtime would give stays open; dead code goes.
  find "$build/$2/release" -name '*.swift.o' ! -path '*Tests.build*' ! -path '*HostPlatform*' \
    -print0 | xargs -0 "$swift_bin/ld.lld" --gc-sections --entry=probe_main \
    --unresolved-symbols=ignore-all -Map="$build/probe.map" -o "$image"
  allocators='swift_allocObject|swift_slowAlloc|malloc|calloc|free|posix_memalign'
  if "$swift_bin/llvm-nm" "$image" | grep -E " _?($allocators)$"; then
    echo "embedded: $1: the image can allocate" >&2
    failures=$((failures + 1))
  fi
  sizes "$build/probe.map"
  echo "  $(deviceSize "$image") bytes of RAM for one Device, beside the TLS library's own"
  frames "$image" >"$build/frames.txt"
  largest=$(head -n 1 "$build/frames.txt" | cut -d ' ' -f 1)
  allowed=$(budget largest-frame-bytes "$1")
  echo "  largest stack frame: $largest bytes of at most $allowed, in" \
    "$(head -n 1 "$build/frames.txt" | cut -d ' ' -f 2 | swift demangle --simplified | cut -c 1-80)"
  if [ "$largest" -gt "$allowed" ]; then
    echo "embedded: $1: a stack frame is over the budget in $budgets" >&2
    failures=$((failures + 1))
  fi
}

# Prints the bytes of code and constants by module, from the linker's map.
sizes() {
  awk '$5 ~ /\.swift\.o:\(/ || $5 ~ /\.o:\(/ {
      section = $5; sub(/.*:\(/, "", section)
      if (section !~ /^\.(text|rodata)/) next
      module = $5; sub(/\.build\/.*/, "", module); sub(/.*\//, "", module)
      size = 0
      for (i = 1; i <= length($3); i++)
        size = size * 16 + index("0123456789abcdef", substr($3, i, 1)) - 1
      bytes[module] += size; total += size
    }
    END { for (module in bytes) printf "  %6d %s\n", bytes[module], module
          printf "  %6d bytes of code and constants\n", total }' "$1" | sort -k 1,1n
}

mkdir -p .build-embedded
check aarch64 aarch64-none-none-elf no-allocations.json
check cortex-m3 armv7em-none-none-eabi cortex-m3.json
check cortex-m4 armv7em-none-none-eabi cortex-m4.json
check riscv32 riscv32-none-none-eabi riscv32.json
exit "$failures"
