# Swiftlet: `make` lists what can be made. Each target installs what it misses (Tools/setup.sh).

DEVICES ?= 25
DURATION ?= 20s
TOKEN_LIFE ?= 8s

.DEFAULT_GOAL := help
.PHONY: help setup build run energy test unit embedded lint format doctor clean

help: ## Shows this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs the Debian packages that are missing, and says why.
	@Tools/setup.sh build test

build: ## Builds the release binary .build/release/swiftlet.
	@Tools/setup.sh build
	swift build -c release --product swiftlet

run: build ## Shows 25 devices at work over real TLS, for 20 seconds.
	.build/release/swiftlet live --devices $(DEVICES) --duration $(DURATION) \
	  --token-life $(TOKEN_LIFE)

energy: build ## Says what authentication costs a battery, and writes build/energy.html.
	@mkdir -p build
	.build/release/swiftlet energy --radio nb-iot-rai --radio lte-m-psm --radio wifi-esp32c3 \
	  --radio ble-gateway --report build/energy.html

test: ## Runs every check there is; ends with a line of counts.
	@Tools/setup.sh build test
	@Tools/test.sh

unit: ## Runs the tests of the core alone: quick, and nothing is fetched.
	@Tools/setup.sh build test
	SWIFTLET_CORE_ONLY=1 swift test --scratch-path .build-core --disable-xctest \
	  --skip IntegrationTests

embedded: ## Builds the core for Cortex-M, RISC-V and AArch64 and proves that it allocates nothing.
	@Tools/setup.sh build test
	@Tools/embedded.sh

lint: ## Checks the layout of the sources.
	@Tools/lint.sh

format: ## Lays the sources out.
	swift format --in-place --recursive Package.swift Sources Simulator \
	  BoardSupport/Package.swift BoardSupport/Sources Tests

doctor: build ## Says what this machine lacks.
	.build/release/swiftlet doctor

clean: ## Deletes everything that was built.
	rm -rf .build .build-core .build-embedded build
