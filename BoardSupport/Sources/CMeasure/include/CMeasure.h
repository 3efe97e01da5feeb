/* What the measuring firmware has beside the product's own code: a TLS server on the same board,
 * keys to test with, and a look at the stack.
 *
 * The server is a second copy of the TLS library with settings and memory of its own
 * (server_config.h, server.c), of which only the functions below can be seen from outside: what the
 * client uses is what ships. There is one server, in memory, and it has one connection at a time.
 */
#ifndef SWIFTLET_CMEASURE_H
#define SWIFTLET_CMEASURE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#pragma clang assume_nonnull begin
#define MEASURE_NULLABLE _Nullable
#else
#define MEASURE_NULLABLE
#endif

/* Keys and certificates in DER: test_keys.c, made by Tools/measure-keys.sh */

enum {
  MEASURE_RSA_ROOT_CERTIFICATE,
  MEASURE_RSA_MIDDLE_CERTIFICATE,
  MEASURE_RSA_LEAF_CERTIFICATE,
  MEASURE_EC_ROOT_CERTIFICATE,
  MEASURE_EC_MIDDLE_CERTIFICATE,
  MEASURE_EC_LEAF_CERTIFICATE,
  MEASURE_DEVICE_ROOT_CERTIFICATE,
  MEASURE_DEVICE_EC_CERTIFICATE,
  MEASURE_RSA_LEAF_KEY,
  MEASURE_EC_LEAF_KEY,
  MEASURE_DEVICE_EC_KEY,
  MEASURE_DEVICE_RSA_KEY,
};

typedef struct {
  const uint8_t *MEASURE_NULLABLE start;
  size_t count;
} measure_bytes;

/* Bytes that stay; none for a number that is no name. */
measure_bytes measure_test_bytes(int32_t name);

/* The server: server.c. Functions that can fail return zero or the library's own error. */

/* What the server shows itself with. */
enum { MEASURE_CHAIN_RSA, MEASURE_CHAIN_EC };

/* Starts a server, forgetting one from before with its tickets. With `asks_for_certificate` it
 * insists on one of a device. */
int32_t measure_server_start(int32_t chain, int32_t asks_for_certificate);

/* Awaits a new connection; the server's tickets stay good. */
int32_t measure_server_accept(void);

/* Takes a prefix of bytes from the client and returns its length. */
size_t measure_server_receive(const uint8_t *MEASURE_NULLABLE bytes, size_t count);

/* Works on what was received, as far as it goes: shakes hands, then answers CONNECT by CONNACK and
 * PUBLISH by PUBACK. */
int32_t measure_server_advance(void);

/* Gives at most `room` bytes for the client. */
size_t measure_server_send(uint8_t *MEASURE_NULLABLE space, size_t room);

/* Curves: curves.c. Functions that can fail return zero or the library's own error. */

enum { MEASURE_CURVE_P256, MEASURE_CURVE_P384 };

/* Makes a key of a peer on a curve, and a signature of a digest with it. */
int32_t measure_curve_start(int32_t curve);

/* A client's half of a key exchange: a key of its own, and the secret that it shares. */
int32_t measure_curve_exchange(void);

/* Verifies the signature. */
int32_t measure_curve_verify(void);

/* Gives the memory back. */
void measure_curve_end(void);

/* The stack: stack.c */

/* Paints the stack below the caller, so that `board_stack_peak` tells of what comes next. */
void measure_paint_stack(void);

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

#endif
