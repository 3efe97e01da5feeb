/* mbedTLS 2.28 as boards need it: a TLS 1.2 client with ECDHE and AES-GCM, RSA and EC on both
 * sides, ES256 and RS256 signatures, and no part of an operating system. Tools/sources.sh fetches
 * the library; `make firmware` builds it with this file.
 */
#ifndef SWIFTLET_MBEDTLS_CONFIG_H
#define SWIFTLET_MBEDTLS_CONFIG_H

/* The platform: no clock (the core brings the trusted time), no entropy source (the core seeds the
 * generator), no standard input or output, memory from a static arena alone. */
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO board_allocate
#define MBEDTLS_PLATFORM_FREE_MACRO board_free
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_X509_REMOVE_INFO

#include <stddef.h>
void *board_allocate(size_t count, size_t size);
void board_free(void *memory);

/* Ciphers: AES-GCM only. Tables in flash, as RAM is dearer, unless firmware.mk says otherwise. */
#define MBEDTLS_AES_C
#ifndef BOARD_AES_TABLES_IN_RAM
#define MBEDTLS_AES_ROM_TABLES
#endif
#define MBEDTLS_AES_FEWER_TABLES
/* Nothing decrypts a block: CBoard/aes_decryption.c. */
#define MBEDTLS_AES_SETKEY_DEC_ALT
#define MBEDTLS_AES_DECRYPT_ALT
#define MBEDTLS_CIPHER_C
#define MBEDTLS_GCM_C
#define MBEDTLS_CTR_DRBG_C

/* Hashes: SHA-384 verifies the chains of some clouds. */
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA512_C
#define MBEDTLS_SHA512_SMALLER

/* Keys: P-256 and RSA for ours, P-384 too for the chains of servers. */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
/* P-256 is our own code. What is left to the library is to verify with P-384: no secrets, and less
 * memory with small tables. */
#define MBEDTLS_ECP_NO_INTERNAL_RNG
#define MBEDTLS_ECP_WINDOW_SIZE 2
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDH_LEGACY_CONTEXT
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_OID_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_CHECK_KEY_USAGE
#define MBEDTLS_X509_CHECK_EXTENDED_KEY_USAGE

/* TLS. Servers may send records of 16 KB, and clouds do not agree on less; ours are small. */
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_SSL_PROTO_TLS1_2
#define MBEDTLS_SSL_SERVER_NAME_INDICATION
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET
#define MBEDTLS_SSL_SESSION_TICKETS
#define MBEDTLS_SSL_ALL_ALERT_MESSAGES
/* Those that Sources/CMbedTLS/tls.c offers; the library's list of all that it might know has 800
 * bytes. */
#define MBEDTLS_SSL_CIPHERSUITES \
  MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, \
      MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, \
      MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED
#define MBEDTLS_SSL_IN_CONTENT_LEN 16384
#define MBEDTLS_SSL_OUT_CONTENT_LEN 2048

#include "mbedtls/check_config.h"

#endif
