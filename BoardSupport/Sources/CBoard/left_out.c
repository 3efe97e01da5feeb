/* In the place of what the TLS library links though nothing in our configuration uses it. Whatever
 * would call these fails.
 *
 * - Decryption of AES blocks (MBEDTLS_AES_DECRYPT_ALT), its key schedule and its tables, over 2 KB
 * of
 *   flash: GCM and CTR_DRBG encrypt blocks in both directions.
 * - Encryption with RSA, 1 KB (renamed in pk_wrap.c by firmware.mk): our key exchange is ECDHE.
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

#endif
