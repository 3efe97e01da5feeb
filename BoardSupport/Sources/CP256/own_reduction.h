/* Included by the compiler (-include) in front of the TLS library's ecp_curves.c; see seam.h.
 *
 * The library's reduction modulo p gets another name where it is declared and defined, that is with
 * parentheses, and is left out as nobody calls it. Where its address is taken, ours is.
 */
#ifndef SWIFTLET_P256_OWN_REDUCTION_H
#define SWIFTLET_P256_OWN_REDUCTION_H

#include "seam.h"

static int (*const ecp_mod_p256)(mbedtls_mpi *) __attribute__((unused)) = p256_seam_mod_p;

#define ecp_mod_p256(N) left_out_mod_p256(N)

#endif
