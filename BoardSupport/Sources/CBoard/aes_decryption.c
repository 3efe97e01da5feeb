/* In the place of the TLS library's decryption of AES blocks (MBEDTLS_AES_DECRYPT_ALT), with which
 * go its key schedule and its tables, over 2 KB of flash. GCM and CTR_DRBG encrypt blocks in both
 * directions, and there is no other use of AES in our configuration.
 */
#include "CBoard.h"

#if __has_include(<mbedtls/aes.h>)

#include <mbedtls/aes.h>
#include <mbedtls/platform.h>

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

#endif
