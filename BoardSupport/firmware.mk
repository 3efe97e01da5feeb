# Builds one firmware image, from the project's folder; Tools/firmware.sh is what people call:
#
#     make -f BoardSupport/firmware.mk BOARD=… PROGRAM=… OUT=FOLDER
#
# Swift is built by its package manager, C by GCC, and GCC links both.

BOARD ?= lm3s6965evb
PROGRAM ?= Thermometer

# What a board is: processor, toolset, the arena for TLS, and the folder of its Swift sources.
PROCESSOR_lm3s6965evb := cortex-m3
PROCESSOR_mps2-an385 := cortex-m3
PROCESSOR_mps2-an386 := cortex-m4
LINKER_lm3s6965evb := lm3s6965evb.ld
LINKER_mps2-an385 := mps2.ld
LINKER_mps2-an386 := mps2.ld
# Where RAM is plenty, AES makes its tables at the start: 1 KB less of flash for 1.6 KB of RAM.
BOARD_OPTIONS_mps2-an385 := -DBOARD_AES_TABLES_IN_RAM
BOARD_OPTIONS_mps2-an386 := -DBOARD_AES_TABLES_IN_RAM
# Bytes for mbedTLS: Docs/Budgets.md says what takes them.
ARENA ?= 36864

PROCESSOR := $(PROCESSOR_$(BOARD))
ifeq ($(PROCESSOR),)
$(error there is no board '$(BOARD)'; the boards are lm3s6965evb, mps2-an385 and mps2-an386)
endif

# What Tools/settings.sh varies; Docs/Budgets.md has what each costs and gives. Sources to optimize for
# speed, whose P-256 is used (own or library), more options for C, and the folder of the settings.
FAST_SOURCES ?=
P256 ?= own
OPTIONS ?=
CONFIGURATION ?= BoardSupport/Configuration

SUPPORT := BoardSupport
MBEDTLS := build/sources/mbedtls
LWIP := build/sources/lwip/src
OUT ?= build/firmware/$(BOARD)/$(PROGRAM)
OBJECT_FOLDER ?= build/firmware/$(BOARD)/objects
SWIFT_BUILD := .build-firmware/$(BOARD)
TRIPLE := armv7em-none-none-eabi

CC := arm-none-eabi-gcc
# Invariants that are moved out of loops need registers, and saving those costs more than they bring.
OPTIMIZE ?= -Os -fno-move-loop-invariants
CFLAGS := -mcpu=$(PROCESSOR) -mthumb --specs=picolibc.specs -std=gnu11 $(OPTIMIZE) -g \
  -ffunction-sections -fdata-sections -fno-common -ffreestanding -Wall -Wextra -Werror \
  -DMBEDTLS_CONFIG_FILE='"mbedtls_config.h"' -DBOARD_TLS_ARENA_BYTES=$(ARENA) \
  $(BOARD_OPTIONS_$(BOARD)) \
  -I$(CONFIGURATION) -I$(MBEDTLS)/include -I$(LWIP)/include \
  -ISources/CMbedTLS -ISources/CMbedTLS/include \
  -I$(SUPPORT)/Sources/CBoard/include -I$(SUPPORT)/Sources/CArena/include -I$(SUPPORT)/Sources/CP256/include \
  -I$(SUPPORT)/Sources/CNetwork/include -I$(SUPPORT)/Sources/CMeasure/include
# The libraries are not ours to correct.
LIBRARY_CFLAGS := -Wno-unused-parameter -Wno-unused-const-variable -Wno-error

MBEDTLS_SOURCES := $(addprefix $(MBEDTLS)/library/, \
  aes asn1parse asn1write bignum cipher cipher_wrap constant_time ctr_drbg ecdh ecdsa ecp \
  ecp_curves gcm hmac_drbg md oid pk pk_wrap pkparse platform platform_util \
  rsa rsa_internal sha256 sha512 ssl_ciphersuites ssl_cli ssl_msg ssl_tls x509 x509_crt)
LWIP_SOURCES := $(addprefix $(LWIP)/, \
  core/def core/dns core/inet_chksum core/init core/ip core/mem core/memp core/netif core/pbuf \
  core/tcp core/tcp_in core/tcp_out core/timeouts core/udp core/ipv4/dhcp core/ipv4/etharp \
  core/ipv4/icmp core/ipv4/ip4 core/ipv4/ip4_addr netif/ethernet)
OWN_SOURCES := $(wildcard Sources/CMbedTLS/*.c $(SUPPORT)/Sources/CBoard/*.c \
  $(SUPPORT)/Sources/CNetwork/*.c $(SUPPORT)/Sources/CArena/*.c)
ASSEMBLER_SOURCES := $(wildcard $(SUPPORT)/Sources/CBoard/*.S)
ifeq ($(P256),own)
OWN_SOURCES += $(wildcard $(SUPPORT)/Sources/CP256/*.c)
ASSEMBLER_SOURCES += $(wildcard $(SUPPORT)/Sources/CP256/*.S)
endif

# Each has a `main`, and the package manager keeps what it once built.
OTHER_PROGRAMS := $(filter-out $(PROGRAM),$(notdir $(wildcard $(SUPPORT)/Programs/*)))

objects = $(patsubst %.c,$(OBJECT_FOLDER)/%.o,$(1))
LIBRARY_OBJECTS := $(call objects,$(addsuffix .c,$(MBEDTLS_SOURCES) $(LWIP_SOURCES)))
OWN_OBJECTS := $(call objects,$(OWN_SOURCES))
ASSEMBLER_OBJECTS := $(patsubst %.S,$(OBJECT_FOLDER)/%.o,$(ASSEMBLER_SOURCES))
OBJECTS := $(LIBRARY_OBJECTS) $(OWN_OBJECTS) $(ASSEMBLER_OBJECTS)

# The measuring program talks to a server on its own board: a second copy of the library, with its own
# settings (server_config.h). Of the object that it becomes only `measure_server_…` is to be seen.
MEASURE := $(SUPPORT)/Sources/CMeasure
SERVER_FOLDER := build/firmware/$(BOARD)/server
SERVER_OBJECTS := $(patsubst %.c,$(SERVER_FOLDER)/%.o,$(MEASURE)/server.c \
  $(SUPPORT)/Sources/CArena/arena.c $(addprefix $(MBEDTLS)/library/, \
  $(addsuffix .c,aes asn1parse asn1write bignum cipher cipher_wrap constant_time ecdh ecdsa ecp \
  ecp_curves gcm md oid pk pk_wrap pkparse platform platform_util rsa rsa_internal sha256 \
  ssl_ciphersuites ssl_msg ssl_srv ssl_ticket ssl_tls x509 x509_crt)))
ifeq ($(PROGRAM),Measure)
OBJECTS += $(call objects,$(addprefix $(MEASURE)/,curves.c stack.c test_keys.c)) \
  $(SERVER_FOLDER)/server.o
endif

.PHONY: all swift
all: $(OUT)/firmware.elf $(OUT)/firmware.bin $(OUT)/firmware.hex

$(LIBRARY_OBJECTS): CFLAGS += $(LIBRARY_CFLAGS)
$(LIBRARY_OBJECTS) $(OWN_OBJECTS) $(ASSEMBLER_OBJECTS): CFLAGS += $(OPTIONS)
$(foreach name,$(FAST_SOURCES),$(filter %/$(name).o,$(LIBRARY_OBJECTS) $(OWN_OBJECTS))): CFLAGS += -O2

$(OBJECT_FOLDER)/%.o: %.c $(SUPPORT)/firmware.mk
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(OBJECT_FOLDER)/%.o: %.S $(SUPPORT)/firmware.mk
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(SERVER_FOLDER)/%.o: CFLAGS += $(LIBRARY_CFLAGS) -I$(MEASURE) \
  -UMBEDTLS_CONFIG_FILE -DMBEDTLS_CONFIG_FILE='"server_config.h"'
$(SERVER_FOLDER)/%.o: %.c $(SUPPORT)/firmware.mk
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(SERVER_FOLDER)/server.o: $(SERVER_OBJECTS)
	@arm-none-eabi-ld -r -o $@ $^
	@arm-none-eabi-objcopy --wildcard --keep-global-symbol='measure_server_*' $@

ifeq ($(P256),own)
# P-256 has code of its own, which takes the place of the library's (seam.h).
$(OBJECT_FOLDER)/$(MBEDTLS)/library/ecp.o: CFLAGS += \
  -include $(SUPPORT)/Sources/CP256/weak_originals.h
$(OBJECT_FOLDER)/$(MBEDTLS)/library/bignum.o: CFLAGS += \
  -Dmbedtls_mpi_inv_mod=library_mpi_inv_mod -Dmbedtls_mpi_mod_mpi=library_mpi_mod_mpi
$(OBJECT_FOLDER)/$(MBEDTLS)/library/ecp_curves.o: CFLAGS += \
  -include $(SUPPORT)/Sources/CP256/own_reduction.h -Wno-unused-function
$(OBJECT_FOLDER)/$(SUPPORT)/Sources/CP256/seam.o: CFLAGS += -DP256_REPLACES_LIBRARY
endif

# Nobody encrypts with RSA (left_out.c).
$(OBJECT_FOLDER)/$(MBEDTLS)/library/pk_wrap.o: CFLAGS += \
  -Dmbedtls_rsa_pkcs1_decrypt=board_no_rsa_decrypt -Dmbedtls_rsa_pkcs1_encrypt=board_no_rsa_encrypt

# Keys have all their parts (left_out.c).
$(OBJECT_FOLDER)/$(MBEDTLS)/library/rsa.o: CFLAGS += \
  -Dmbedtls_rsa_deduce_primes=board_no_rsa_primes \
  -Dmbedtls_rsa_deduce_private_exponent=board_no_rsa_exponent

-include $(OBJECTS:.o=.d) $(SERVER_OBJECTS:.o=.d)

# The package manager knows best what has changed; the image is linked anew each time.
swift:
	@SWIFTLET_CORE_ONLY=1 BOARD=$(BOARD) swift build -c release --package-path $(SUPPORT) \
	  --triple $(TRIPLE) --toolset $(SUPPORT)/Toolsets/$(PROCESSOR).json \
	  --scratch-path $(SWIFT_BUILD) --target $(PROGRAM) >$(SWIFT_BUILD)-$(PROGRAM).log 2>&1 || \
	  { tail -n 40 $(SWIFT_BUILD)-$(PROGRAM).log; exit 1; }

$(OUT)/firmware.elf: $(OBJECTS) swift $(wildcard $(SUPPORT)/Linker/*.ld)
	@$(CC) $(CFLAGS) -nostartfiles -L$(SUPPORT)/Linker -T$(LINKER_$(BOARD)) \
	  -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-enum-size-warning -z noexecstack -Wl,-Map=$(OUT)/firmware.map -o $@ $(OBJECTS) \
	  $$(Tools/swift-objects.sh $(SWIFT_BUILD)/$(TRIPLE)/release $(OTHER_PROGRAMS))

$(OUT)/firmware.bin: $(OUT)/firmware.elf
	@arm-none-eabi-objcopy -O binary $< $@

$(OUT)/firmware.hex: $(OUT)/firmware.elf
	@arm-none-eabi-objcopy -O ihex $< $@
