#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

#define BLOCK_LENGTH 64
#define DIGEST_LENGTH 32

/* Hashes a prefix and a message one after the other. */
static int hash(const uint8_t *prefix, size_t prefix_length, const uint8_t *message, size_t length,
                uint8_t *digest) {
  mbedtls_sha256_context context;
  mbedtls_sha256_init(&context);
  int error = swiftlet_sha256_starts(&context);
  if (error == 0 && prefix_length > 0) {
    error = swiftlet_sha256_update(&context, prefix, prefix_length);
  }
  if (error == 0 && length > 0) error = swiftlet_sha256_update(&context, message, length);
  if (error == 0) error = swiftlet_sha256_finish(&context, digest);
  mbedtls_sha256_free(&context);
  return error;
}

int32_t swiftlet_sha256(const uint8_t *message, size_t length, uint8_t *digest) {
  return hash(NULL, 0, message, length, digest) == 0 ? SWIFTLET_OK : SWIFTLET_INTERNAL;
}

/* RFC 2104. Not the library's own, which allocates for each code. */
int32_t swiftlet_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *message,
                             size_t length, uint8_t *code) {
  uint8_t pad[BLOCK_LENGTH] = {0};
  uint8_t inner[DIGEST_LENGTH];
  int error = 0;
  if (key_length > BLOCK_LENGTH) {
    error = hash(NULL, 0, key, key_length, pad);
  } else if (key_length > 0) {
    memcpy(pad, key, key_length);
  }
  for (size_t index = 0; index < BLOCK_LENGTH; index++) pad[index] ^= 0x36;
  if (error == 0) error = hash(pad, BLOCK_LENGTH, message, length, inner);
  for (size_t index = 0; index < BLOCK_LENGTH; index++) pad[index] ^= 0x36 ^ 0x5c;
  if (error == 0) error = hash(pad, BLOCK_LENGTH, inner, DIGEST_LENGTH, code);
  mbedtls_platform_zeroize(pad, sizeof(pad));
  mbedtls_platform_zeroize(inner, sizeof(inner));
  return error == 0 ? SWIFTLET_OK : SWIFTLET_INTERNAL;
}

#endif
