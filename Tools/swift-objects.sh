#!/bin/sh
# Prints the object files of a Swift build, without those whose sources are gone, which the package
# manager leaves behind.
#
# Usage: swift-objects.sh FOLDER EXCLUDED-MODULE…
set -eu

folder=$1
shift
for module in "$folder"/*.build; do
  case " $* " in *" $(basename "$module" .build) "*) continue ;; esac
  # The package manager's own list of the module's sources; C modules have none.
  [ -e "$module/sources" ] || continue
  for object in "$module"/*.swift.o; do
    # A path is quoted in the list where it holds more than letters.
    source=$(grep -F "/$(basename "$object" .o)" "$module/sources" | head -n 1 | tr -d "'\"")
    if [ -n "$source" ] && [ -e "$source" ]; then echo "$object"; fi
  done
done
