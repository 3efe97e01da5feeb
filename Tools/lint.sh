#!/bin/sh
# Checks layout and documentation of the Swift sources, and the shell scripts' syntax.
set -eu
swift format lint --strict --recursive Package.swift Sources Simulator BoardSupport/Package.swift BoardSupport/Sources Tests
for script in Tools/*.sh .ci/run; do
  sh -n "$script"
done
