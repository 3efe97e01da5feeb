/* What a TLS client computes on each curve: its half of a key exchange, and the check of a
 * signature in a chain. The product's own copy of the library does it, with the product's settings.
 */
#include "CMeasure.h"

#if __has_include(<mbedtls/ecdsa.h>)

#include <mbedtls/ecdh.h>
#include <mbedtls/ecdsa.h>

#include <string.h>

enum { DIGEST_BYTES = 48 };

static struct {
  mbedtls_ecp_group_id curve;
  mbedtls_ecp_group group;
  mbedtls_mpi secret, shared, r, s;
  mbedtls_ecp_point own, peer;
  uint8_t digest[DIGEST_BYTES];
  uint32_t random;
} state;

/* The same numbers each time; nothing here is kept secret. */
static int draw(void *context, unsigned char *out, size_t length) {
  (void)context;
  for (size_t index = 0; index < length; index++) {
    state.random = state.random * 1664525 + 1013904223;
    out[index] = (unsigned char)(state.random >> 24);
  }
  return 0;
}

/* Forgets the tables that the library keeps with a curve: a handshake starts without them. */
static int load_curve(void) {
  mbedtls_ecp_group_free(&state.group);
  mbedtls_ecp_group_init(&state.group);
  return mbedtls_ecp_group_load(&state.group, state.curve);
}

/* Makes the peer's key, and a signature with it. */
int32_t measure_curve_start(int32_t curve) {
  memset(&state, 0, sizeof state);
  state.curve = curve == MEASURE_CURVE_P384 ? MBEDTLS_ECP_DP_SECP384R1 : MBEDTLS_ECP_DP_SECP256R1;
  mbedtls_ecp_group_init(&state.group);
  mbedtls_mpi_init(&state.secret);
  mbedtls_mpi_init(&state.shared);
  mbedtls_mpi_init(&state.r);
  mbedtls_mpi_init(&state.s);
  mbedtls_ecp_point_init(&state.own);
  mbedtls_ecp_point_init(&state.peer);
  memset(state.digest, 0x5A, sizeof state.digest);
  int error = load_curve();
  if (error == 0) {
    error = mbedtls_ecdh_gen_public(&state.group, &state.secret, &state.peer, draw, NULL);
  }
  if (error == 0) {
    error = mbedtls_ecdsa_sign_det_ext(&state.group, &state.r, &state.s, &state.secret,
                                       state.digest, sizeof state.digest, MBEDTLS_MD_SHA512, draw,
                                       NULL);
  }
  return error;
}

int32_t measure_curve_exchange(void) {
  int error = load_curve();
  if (error == 0) {
    error = mbedtls_ecdh_gen_public(&state.group, &state.secret, &state.own, draw, NULL);
  }
  if (error != 0) return error;
  return mbedtls_ecdh_compute_shared(&state.group, &state.shared, &state.peer, &state.secret, draw,
                                     NULL);
}

int32_t measure_curve_verify(void) {
  int error = load_curve();
  if (error != 0) return error;
  return mbedtls_ecdsa_verify(&state.group, state.digest, sizeof state.digest, &state.peer,
                              &state.r, &state.s);
}

void measure_curve_end(void) {
  mbedtls_ecp_point_free(&state.peer);
  mbedtls_ecp_point_free(&state.own);
  mbedtls_mpi_free(&state.s);
  mbedtls_mpi_free(&state.r);
  mbedtls_mpi_free(&state.shared);
  mbedtls_mpi_free(&state.secret);
  mbedtls_ecp_group_free(&state.group);
}

#endif
