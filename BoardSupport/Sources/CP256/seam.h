/* The TLS library's own functions for points and inverses, with P-256 taken over by CP256.
 *
 * On a board they take the place of the library's, so that signatures, key exchange, certificates
 * and TLS use them without a change:
 *
 *   ecp.c of the library     -include weak_originals.h
 *   bignum.c of the library  -Dmbedtls_mpi_inv_mod=library_mpi_inv_mod
 *                            -Dmbedtls_mpi_mod_mpi=library_mpi_mod_mpi
 *   ecp_curves.c             -include own_reduction.h
 *   seam.c                   -DP256_REPLACES_LIBRARY
 *
 * The originals stay reachable under the names that begin with library_, for other curves and other
 * moduli. Without these options, as in tests on Linux, both stand side by side.
 */
#ifndef SWIFTLET_P256_SEAM_H
#define SWIFTLET_P256_SEAM_H

#include <mbedtls/ecp.h>

#ifdef P256_REPLACES_LIBRARY
#define p256_seam_mul_restartable mbedtls_ecp_mul_restartable
#define p256_seam_muladd_restartable mbedtls_ecp_muladd_restartable
#define p256_seam_inv_mod mbedtls_mpi_inv_mod
#define p256_seam_mod_mpi mbedtls_mpi_mod_mpi
#else
#define library_ecp_mul_restartable mbedtls_ecp_mul_restartable
#define library_ecp_muladd_restartable mbedtls_ecp_muladd_restartable
#define library_mpi_inv_mod mbedtls_mpi_inv_mod
#define library_mpi_mod_mpi mbedtls_mpi_mod_mpi
#endif

/* As mbedtls_ecp_mul_restartable: R = m * P, m secret. Never asks to be continued later. */
int p256_seam_mul_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *R, const mbedtls_mpi *m,
                              const mbedtls_ecp_point *P,
                              int (*random)(void *, unsigned char *, size_t), void *random_context,
                              mbedtls_ecp_restart_ctx *restart);

/* As mbedtls_ecp_muladd_restartable: R = m * P + n * Q, none of them secret. */
int p256_seam_muladd_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *R,
                                 const mbedtls_mpi *m, const mbedtls_ecp_point *P,
                                 const mbedtls_mpi *n, const mbedtls_ecp_point *Q,
                                 mbedtls_ecp_restart_ctx *restart);

/* As mbedtls_mpi_inv_mod: X = 1 / A modulo N; A is secret if N is the order of P-256. */
int p256_seam_inv_mod(mbedtls_mpi *X, const mbedtls_mpi *A, const mbedtls_mpi *N);

/* As mbedtls_mpi_mod_mpi: R = A modulo B; A is secret if B is the order of P-256. */
int p256_seam_mod_mpi(mbedtls_mpi *R, const mbedtls_mpi *A, const mbedtls_mpi *B);

/* N modulo p, for an N that is not negative and has 512 bits at most; it fails for others. */
int p256_seam_mod_p(mbedtls_mpi *N);

#endif
