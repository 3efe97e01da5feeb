/* In the place of what the TLS library links though nothing in our configuration uses it. Whatever
 * would call these fails.
 *
 * - Decryption of AES blocks (MBEDTLS_AES_DECRYPT_ALT), its key schedule and its tables, over 2 KB
 *   of flash: GCM and CTR_DRBG encrypt blocks in both directions.
 * - Encryption with RSA, 1 KB (renamed in pk_wrap.c by firmware.mk): our key exchange is ECDHE.
 * - Finding the primes or the private exponent of an RSA key, 0.7 KB (renamed in rsa.c): a key in
 *   PKCS #1 has them, or is refused.
 */
#include "CBoard.h"

#if __has_include(<mbedtls/aes.h>)

#include <mbedtls/aes.h>
#include <mbedtls/platform.h>
#include <mbedtls/rsa.h>

int mbedtls_aes_setkey_dec(mbedtls_aes_context *context, const unsigned char *key,
                           unsigned int bits) {
  (void)context;
  (void)key;
  (void)bits;
  return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

int mbedtls_internal_aes_decrypt(mbedtls_aes_context *context, const unsigned char input[16],
                                 unsigned char output[16]) {
  (void)context;
  (void)input;
  (void)output;
  return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

int board_no_rsa_decrypt(mbedtls_rsa_context *rsa,
                         int (*random)(void *, unsigned char *, size_t), void *random_context,
                         int mode, size_t *length, const unsigned char *input,
                         unsigned char *output, size_t capacity) {
  (void)rsa;
  (void)random;
  (void)random_context;
  (void)mode;
  (void)length;
  (void)input;
  (void)output;
  (void)capacity;
  return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

int board_no_rsa_encrypt(mbedtls_rsa_context *rsa,
                         int (*random)(void *, unsigned char *, size_t), void *random_context,
                         int mode, size_t length, const unsigned char *input,
                         unsigned char *output) {
  (void)rsa;
  (void)random;
  (void)random_context;
  (void)mode;
  (void)length;
  (void)input;
  (void)output;
  return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

int board_no_rsa_primes(const mbedtls_mpi *N, const mbedtls_mpi *E, const mbedtls_mpi *D,
                        mbedtls_mpi *P, mbedtls_mpi *Q) {
  (void)N;
  (void)E;
  (void)D;
  (void)P;
  (void)Q;
  return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

int board_no_rsa_exponent(const mbedtls_mpi *P, const mbedtls_mpi *Q, const mbedtls_mpi *E,
                          mbedtls_mpi *D) {
  (void)P;
  (void)Q;
  (void)E;
  (void)D;
  return MBEDTLS_ERR_PLATFORM_FEATURE_UNSUPPORTED;
}

#endif
