#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

size_t swiftlet_roots_size(void) { return sizeof(swiftlet_roots); }

size_t swiftlet_roots_alignment(void) { return _Alignof(swiftlet_roots); }

void swiftlet_roots_init(swiftlet_roots *roots) {
  mbedtls_x509_crt_init(&roots->list);
  roots->count = 0;
}

void swiftlet_roots_free(swiftlet_roots *roots) {
  mbedtls_x509_crt_free(&roots->list);
  roots->count = 0;
}

size_t swiftlet_roots_count(const swiftlet_roots *roots) { return roots->count; }

int32_t swiftlet_roots_add(swiftlet_roots *roots, const uint8_t *der, size_t length,
                           int32_t in_place) {
  if (der == NULL || length == 0) return SWIFTLET_MALFORMED;
  uint32_t refusals = swiftlet_memory_refusals();
  int error = in_place ? mbedtls_x509_crt_parse_der_nocopy(&roots->list, der, length)
                       : mbedtls_x509_crt_parse_der(&roots->list, der, length);
  if (refusals != swiftlet_memory_refusals() || swiftlet_is_out_of_memory(error)) {
    return SWIFTLET_OUT_OF_MEMORY;
  }
  if (error != 0) return SWIFTLET_MALFORMED;
  roots->count++;
  return SWIFTLET_OK;
}

#endif
