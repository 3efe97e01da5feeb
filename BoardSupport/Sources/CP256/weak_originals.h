/* Included by the compiler (-include) in front of the TLS library's ecp.c; see seam.h.
 *
 * A weak function gives way to another object's of the same name, also for callers in its own file,
 * such as those that check a key pair or make one. The alias keeps the original.
 */
#ifndef SWIFTLET_P256_WEAK_ORIGINALS_H
#define SWIFTLET_P256_WEAK_ORIGINALS_H

#include "mbedtls/ecp.h"

__attribute__((weak)) extern __typeof__(mbedtls_ecp_mul_restartable) mbedtls_ecp_mul_restartable;
__attribute__((weak)) extern __typeof__(mbedtls_ecp_muladd_restartable)
    mbedtls_ecp_muladd_restartable;

extern __typeof__(mbedtls_ecp_mul_restartable) library_ecp_mul_restartable
    __attribute__((alias("mbedtls_ecp_mul_restartable")));
extern __typeof__(mbedtls_ecp_muladd_restartable) library_ecp_muladd_restartable
    __attribute__((alias("mbedtls_ecp_muladd_restartable")));

#endif
