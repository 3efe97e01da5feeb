# Swiftlet: `make` lists what can be made. Each target installs what it misses (Tools/setup.sh).

DEVICES ?= 25
DURATION ?= 20s
TOKEN_LIFE ?= 8s
BOARD ?= lm3s6965evb

.DEFAULT_GOAL := help
.PHONY: help setup build run energy costs test unit embedded firmware qemu conformance measure \
  flash budgets bench-live lint format doctor clean

help: ## Shows this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs the Debian packages that are missing, and says why.
	@Tools/setup.sh build test board

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

costs: build ## Measures the instructions that `energy` calculates with; see Docs/Energy.md.
	@Tools/setup.sh board
	@Tools/sources.sh
	@Tools/costs.sh .build/release/swiftlet

test: ## Runs every check there is; ends with a line of counts.
	@Tools/setup.sh build test board
	@Tools/test.sh

unit: ## Runs the tests of the core alone: quick, and nothing is fetched.
	@Tools/setup.sh build test
	SWIFTLET_CORE_ONLY=1 swift test --scratch-path .build-core --disable-xctest \
	  --skip IntegrationTests

embedded: ## Builds the core for Cortex-M, RISC-V and AArch64 and proves that it allocates nothing.
	@Tools/setup.sh build test
	@Tools/embedded.sh

firmware: ## Builds the firmware of BOARD into build/firmware/BOARD.
	@Tools/setup.sh build board
	@Tools/sources.sh
	@Tools/firmware.sh $(BOARD) $(PROGRAM)

qemu: firmware build ## Boots the firmware of BOARD in QEMU against the stand-in cloud.
	@Tools/measure.sh $(BOARD) >/dev/null
	.build/release/swiftlet emulate --board $(BOARD) --out build/firmware/$(BOARD)/run.json \
	  --instructions build/firmware/$(BOARD)/measure.json

conformance: build ## Runs the platform conformance kit on an emulated BOARD.
	@Tools/setup.sh board
	@Tools/sources.sh
	@Tools/firmware.sh $(BOARD) Conformance
	.build/release/swiftlet conformance --board $(BOARD)

measure: ## Counts the instructions of handshakes and signatures on an emulated BOARD.
	@Tools/setup.sh board
	@Tools/sources.sh
	@Tools/measure.sh $(BOARD)

flash: firmware ## Writes firmware and IMAGE, a device image, to a real BOARD with OpenOCD.
	@Tools/setup.sh flash
	@Tools/flash.sh $(BOARD) $(IMAGE)

budgets: ## Builds the firmware of all boards and fails if one has grown beyond its budget.
	@Tools/setup.sh build board
	@Tools/sources.sh
	@Tools/budgets.sh

bench-live: build ## Holds 5,000 TLS devices for a minute, beside libmosquitto; see Docs/Live.md.
	@Tools/setup.sh bench
	@Tools/bench-live.sh .build/release/swiftlet $(FORMAT)

lint: ## Checks the layout of the sources.
	@Tools/lint.sh

format: ## Lays the sources out.
	swift format --in-place --recursive Package.swift Sources Simulator \
	  BoardSupport/Package.swift BoardSupport/Sources BoardSupport/Programs Tests

doctor: build ## Says what this machine lacks.
	.build/release/swiftlet doctor

clean: ## Deletes everything that was built.
	rm -rf .build .build-core .build-embedded .build-firmware build
