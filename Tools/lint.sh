#!/bin/sh
# Checks layout and documentation of the Swift sources, and the syntax of the scripts.
set -eu
swift format lint --strict --recursive Package.swift Sources Simulator Tests \
  BoardSupport/Package.swift BoardSupport/Sources BoardSupport/Programs
for script in Tools/*.sh .ci/run; do
  sh -n "$script"
done
