/* The TLS library as the adapter sees it: opaque contexts, plain integers and bytes.
 *
 * No type of the library shows here, so that another version of it, or another library, needs a
 * change of the .c files alone. The header needs no C library.
 *
 * Contexts hold pointers into themselves: they lie in storage that their owner provides, which must
 * not move from `_init` to `_free`. One context may be used by one thread at a time; roots that are
 * no longer changed may be shared by any number of clients on any number of threads.
 */
#ifndef SWIFTLET_CMBEDTLS_H
#define SWIFTLET_CMBEDTLS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#pragma clang assume_nonnull begin
#define SWIFTLET_NULLABLE _Nullable
#else
#define SWIFTLET_NULLABLE
#endif

/* What became of a call. Plain numbers, because compilers differ in the size of an enum. */
#define SWIFTLET_OK 0
/* Nothing more can be done until bytes move. */
#define SWIFTLET_WAITING 1
#define SWIFTLET_INTERNAL 2
#define SWIFTLET_OUT_OF_MEMORY 3
#define SWIFTLET_NOT_SEEDED 4
#define SWIFTLET_NO_KEY 5
/* The bytes are not what they should be. */
#define SWIFTLET_MALFORMED 6
/* A key of a kind or size that is not allowed. */
#define SWIFTLET_UNSUPPORTED 7
/* The certificate is not for the key. */
#define SWIFTLET_MISMATCH 8
#define SWIFTLET_OVERFLOW 9
#define SWIFTLET_HOST_NAME_MISSING 10
#define SWIFTLET_EXPIRED 11
#define SWIFTLET_NOT_YET_VALID 12
#define SWIFTLET_WRONG_HOST 13
#define SWIFTLET_UNKNOWN_ROOT 14
#define SWIFTLET_WEAK 15
#define SWIFTLET_UNACCEPTABLE 16
#define SWIFTLET_NO_COMMON_PARAMETERS 17
/* The detail is the alert's number. */
#define SWIFTLET_ALERT 18
#define SWIFTLET_CLOSED_BY_PEER 19
#define SWIFTLET_BAD_IDENTITY 20

/* The library's version: major, minor and patch number in the three upper bytes. */
uint32_t swiftlet_library_version(void);

/* The result of a call of the TLS session. */
typedef struct {
  int32_t result; /* one of the above */
  int32_t detail; /* a count, an alert, or the library's own error, as the result says */
} swiftlet_outcome;

/* The certificates believed without proof. */
typedef struct swiftlet_roots swiftlet_roots;

/* One device's key, certificates, random generator and TLS session. */
typedef struct swiftlet_client swiftlet_client;

/* Roots: roots.c */

size_t swiftlet_roots_size(void);
size_t swiftlet_roots_alignment(void);
void swiftlet_roots_init(swiftlet_roots *roots);
void swiftlet_roots_free(swiftlet_roots *roots);
size_t swiftlet_roots_count(const swiftlet_roots *roots);
/* Adds one DER certificate. With `in_place` it is not copied and must outlive the roots. */
int32_t swiftlet_roots_add(swiftlet_roots *roots, const uint8_t *SWIFTLET_NULLABLE der,
                           size_t length, int32_t in_place);

/* Clients: client.c */

size_t swiftlet_client_size(void);
size_t swiftlet_client_alignment(void);
/* The roots must outlive the client. */
void swiftlet_client_init(swiftlet_client *client, const swiftlet_roots *roots);
/* Frees what the library allocated, and wipes the whole context. */
void swiftlet_client_free(swiftlet_client *client);

/* Random numbers: random.c */

int32_t swiftlet_random_is_seeded(const swiftlet_client *client);
int32_t swiftlet_random_seed(swiftlet_client *client, const uint8_t *SWIFTLET_NULLABLE entropy,
                             size_t length);
int32_t swiftlet_random_fill(swiftlet_client *client, uint8_t *SWIFTLET_NULLABLE out,
                             size_t length);

/* The device's key: keys.c */

#define SWIFTLET_KEY_NONE 0
#define SWIFTLET_KEY_P256 1
#define SWIFTLET_KEY_RSA 2

/* One of SWIFTLET_KEY_…. */
int32_t swiftlet_key_kind(const swiftlet_client *client);
/* Takes a key in DER and drops the certificates; a failure leaves the old ones in use. */
int32_t swiftlet_key_use(swiftlet_client *client, const uint8_t *SWIFTLET_NULLABLE der,
                         size_t length);
/* Adds one DER certificate, the key's own first. */
int32_t swiftlet_certificate_add(swiftlet_client *client, const uint8_t *SWIFTLET_NULLABLE der,
                                 size_t length);
/* ES256 or RS256, as the key is; the outcome's detail is the signature's length. */
swiftlet_outcome swiftlet_key_sign(swiftlet_client *client,
                                   const uint8_t *SWIFTLET_NULLABLE message, size_t length,
                                   uint8_t *SWIFTLET_NULLABLE signature, size_t capacity);

/* Signatures of others, and hashes: hashes.c, signatures.c */

/* SWIFTLET_OK if `signature`, 64 bytes, is right under `key`, 65 bytes. */
int32_t swiftlet_verify_es256(const uint8_t *SWIFTLET_NULLABLE message, size_t length,
                              const uint8_t *SWIFTLET_NULLABLE signature,
                              const uint8_t *SWIFTLET_NULLABLE key);
int32_t swiftlet_verify_rs256(const uint8_t *SWIFTLET_NULLABLE message, size_t length,
                              const uint8_t *SWIFTLET_NULLABLE signature, size_t signature_length,
                              const uint8_t *SWIFTLET_NULLABLE modulus, size_t modulus_length,
                              const uint8_t *SWIFTLET_NULLABLE exponent, size_t exponent_length);
/* The digest has 32 bytes. */
int32_t swiftlet_sha256(const uint8_t *SWIFTLET_NULLABLE message, size_t length,
                        uint8_t *SWIFTLET_NULLABLE digest);
int32_t swiftlet_hmac_sha256(const uint8_t *SWIFTLET_NULLABLE key, size_t key_length,
                             const uint8_t *SWIFTLET_NULLABLE message, size_t length,
                             uint8_t *SWIFTLET_NULLABLE code);

/* The TLS session: tls.c */

/* Starts anew with `host`; certificates are judged at `seconds` since 1970. The last session with
 * the same host is offered for resumption, if it may be resumed. */
swiftlet_outcome swiftlet_session_open(swiftlet_client *client,
                                       const uint8_t *SWIFTLET_NULLABLE host, size_t length,
                                       int64_t seconds);
/* OK once the handshake is over, WAITING before. */
swiftlet_outcome swiftlet_session_advance(swiftlet_client *client);
/* OK with a count that may be zero. */
swiftlet_outcome swiftlet_session_write(swiftlet_client *client,
                                        const uint8_t *SWIFTLET_NULLABLE plaintext,
                                        size_t length);
swiftlet_outcome swiftlet_session_read(swiftlet_client *client, uint8_t *SWIFTLET_NULLABLE space,
                                       size_t length);
/* Queues the closing alert. */
void swiftlet_session_close(swiftlet_client *client);
/* Frees and wipes everything of the connection, but for what it takes to resume its session. */
void swiftlet_session_reset(swiftlet_client *client);
/* True if the connection that is open, or was until it failed, resumed an earlier session. */
int32_t swiftlet_session_was_resumed(const swiftlet_client *client);
/* Wipes the session that could be resumed; that of a connection now open will not be. */
void swiftlet_session_forget(swiftlet_client *client);

/* Sessions as bytes: sealing.c */

/* The most bytes that an exported session has. */
size_t swiftlet_session_export_maximum(void);
/* Seals the session that could be resumed for this device's key, host and roots. The detail is the
 * length, or zero if there is no such session. */
swiftlet_outcome swiftlet_session_export(swiftlet_client *client, uint8_t *SWIFTLET_NULLABLE space,
                                         size_t capacity);
/* Takes an exported session of `host` in the place of the one that could be resumed, and drops the
 * connection; a failure leaves none. MALFORMED if it was not made with the same key, host and
 * roots. */
int32_t swiftlet_session_import(swiftlet_client *client, const uint8_t *SWIFTLET_NULLABLE bytes,
                                size_t length, const uint8_t *SWIFTLET_NULLABLE host,
                                size_t host_length);

/* Records on their way: records.c */

const uint8_t *swiftlet_outbound_bytes(const swiftlet_client *client);
size_t swiftlet_outbound_count(const swiftlet_client *client);
void swiftlet_outbound_remove(swiftlet_client *client, size_t count);
/* Makes all free space contiguous and gives its start. */
uint8_t *swiftlet_inbound_space(swiftlet_client *client);
size_t swiftlet_inbound_room(const swiftlet_client *client);
void swiftlet_inbound_add(swiftlet_client *client, size_t count);

/* Memory: memory.c */

/* To be called by the allocator whenever it has to refuse.
 *
 * The library does not look at every refusal (CVE-2025-27810 and others), so what it was doing
 * then fails whatever it says itself. On a hosted system this counts per thread.
 */
void swiftlet_memory_refused(void);

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

#endif
