#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

size_t swiftlet_roots_size(void) { return sizeof(swiftlet_roots); }

size_t swiftlet_roots_alignment(void) { return _Alignof(swiftlet_roots); }

void swiftlet_roots_init(swiftlet_roots *roots) {
  mbedtls_x509_crt_init(&roots->list);
  roots->count = 0;
  memset(roots->digest, 0, sizeof(roots->digest));
}

void swiftlet_roots_free(swiftlet_roots *roots) {
  mbedtls_x509_crt_free(&roots->list);
  roots->count = 0;
  memset(roots->digest, 0, sizeof(roots->digest));
}

/* The digest of the digest so far, followed by that of the certificate. */
static int32_t extended_digest(const swiftlet_roots *roots, const uint8_t *der, size_t length,
                               uint8_t *digest) {
  uint8_t pair[2 * sizeof(roots->digest)];
  memcpy(pair, roots->digest, sizeof(roots->digest));
  int32_t result = swiftlet_sha256(der, length, pair + sizeof(roots->digest));
  return result == SWIFTLET_OK ? swiftlet_sha256(pair, sizeof(pair), digest) : result;
}

size_t swiftlet_roots_count(const swiftlet_roots *roots) { return roots->count; }

int32_t swiftlet_roots_add(swiftlet_roots *roots, const uint8_t *der, size_t length,
                           int32_t in_place) {
  if (der == NULL || length == 0) return SWIFTLET_MALFORMED;
  uint8_t digest[sizeof(roots->digest)];
  int32_t result = extended_digest(roots, der, length, digest);
  if (result != SWIFTLET_OK) return result;
  uint32_t refusals = swiftlet_memory_refusals();
  int error = in_place ? mbedtls_x509_crt_parse_der_nocopy(&roots->list, der, length)
                       : mbedtls_x509_crt_parse_der(&roots->list, der, length);
  if (refusals != swiftlet_memory_refusals() || swiftlet_is_out_of_memory(error)) {
    return SWIFTLET_OUT_OF_MEMORY;
  }
  if (error != 0) return SWIFTLET_MALFORMED;
  memcpy(roots->digest, digest, sizeof(digest));
  roots->count++;
  return SWIFTLET_OK;
}

#endif
