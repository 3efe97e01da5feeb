/* The one place where the TLS library's headers are found, and its versions' differences are met.
 *
 * Bare-metal builds of the Swift side alone have no library at hand: there the .c files come out
 * empty, and a program that needs them fails at link time for want of the swiftlet_ functions.
 */
#ifndef SWIFTLET_LIBRARY_H
#define SWIFTLET_LIBRARY_H

#if __has_include(<mbedtls/ssl.h>)
#define SWIFTLET_HAS_LIBRARY 1
#elif __STDC_HOSTED__
#error "mbedTLS is missing: install the package libmbedtls-dev"
#else
#define SWIFTLET_HAS_LIBRARY 0
#endif

#if SWIFTLET_HAS_LIBRARY

#include <mbedtls/version.h>

#include <mbedtls/constant_time.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/gcm.h>
#include <mbedtls/md.h>
#include <mbedtls/pk.h>
#include <mbedtls/platform.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#if MBEDTLS_VERSION_MAJOR >= 3
#define swiftlet_sha256_starts(context) mbedtls_sha256_starts(context, 0)
#define swiftlet_sha256_update mbedtls_sha256_update
#define swiftlet_sha256_finish mbedtls_sha256_finish
#define swiftlet_drbg_update mbedtls_ctr_drbg_update
#else
/* Version 3 marks the fields it does not promise to keep; version 2 has no such mark. */
#define MBEDTLS_PRIVATE(field) field
#define swiftlet_sha256_starts(context) mbedtls_sha256_starts_ret(context, 0)
#define swiftlet_sha256_update mbedtls_sha256_update_ret
#define swiftlet_sha256_finish mbedtls_sha256_finish_ret
#define swiftlet_drbg_update mbedtls_ctr_drbg_update_ret
#endif

/* Version 3 does not tell whether the server answered with an extended master secret, and without
 * one no session may be resumed. */
#if MBEDTLS_VERSION_MAJOR < 3 && defined(MBEDTLS_SSL_SESSION_TICKETS) && \
    defined(MBEDTLS_SSL_EXTENDED_MASTER_SECRET)
#define SWIFTLET_KEEPS_SESSIONS 1
#include <mbedtls/ssl_internal.h>
#else
#define SWIFTLET_KEEPS_SESSIONS 0
#endif

#endif

#endif
