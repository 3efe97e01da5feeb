/* CTR_DRBG with AES-256 (NIST SP 800-90A), one instance per device.
 *
 * Entropy comes from the caller alone: the library's own collector of it is not used, because it
 * asks an operating system that a board does not have, and that a fleet in virtual time must not
 * ask.
 */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <limits.h>
#include <string.h>

/* SP 800-90A 10.2.1: 32 bytes of entropy and 16 of nonce, given in one piece. */
#define FIRST_SEED_MINIMUM 48
#define LATER_SEED_MINIMUM 32

/* What the generator takes at a time (it has a fixed limit of 384); more goes in by updates. */
#define SEED_MAXIMUM 256

/* The library asks for exactly the length that was set before. */
static int take_entropy(void *context, unsigned char *out, size_t length) {
  swiftlet_client *client = context;
  if (client->entropy == NULL || client->entropy_length < length) {
    return MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED;
  }
  memcpy(out, client->entropy, length);
  client->entropy += length;
  client->entropy_length -= length;
  return 0;
}

static int seed(swiftlet_client *client) {
  size_t first = client->entropy_length < SEED_MAXIMUM ? client->entropy_length : SEED_MAXIMUM;
  mbedtls_ctr_drbg_set_entropy_len(&client->drbg, first);
  int error = client->is_seeded
                  ? mbedtls_ctr_drbg_reseed(&client->drbg, NULL, 0)
                  : mbedtls_ctr_drbg_seed(&client->drbg, take_entropy, client, NULL, 0);
  while (error == 0 && client->entropy_length > 0) {
    size_t next = client->entropy_length < SEED_MAXIMUM ? client->entropy_length : SEED_MAXIMUM;
    error = swiftlet_drbg_update(&client->drbg, client->entropy, next);
    client->entropy += next;
    client->entropy_length -= next;
  }
  return error;
}

int32_t swiftlet_random_is_seeded(const swiftlet_client *client) { return client->is_seeded; }

int32_t swiftlet_random_seed(swiftlet_client *client, const uint8_t *entropy, size_t length) {
  size_t minimum = client->is_seeded ? LATER_SEED_MINIMUM : FIRST_SEED_MINIMUM;
  if (entropy == NULL || length < minimum) return SWIFTLET_NOT_SEEDED;
  client->entropy = entropy;
  client->entropy_length = length;
  int error = seed(client);
  client->entropy = NULL;
  client->entropy_length = 0;
  if (error != 0) {
    /* Seeding in part is seeding not at all. */
    mbedtls_ctr_drbg_free(&client->drbg);
    mbedtls_ctr_drbg_init(&client->drbg);
    client->is_seeded = false;
    return SWIFTLET_INTERNAL;
  }
  /* Nobody can be asked for entropy in the middle of a draw. SP 800-90A table 3 allows 2^48 draws
   * between seedings, so that the largest number there is stays far on the safe side. */
  mbedtls_ctr_drbg_set_reseed_interval(&client->drbg, INT_MAX);
  client->is_seeded = true;
  return SWIFTLET_OK;
}

int swiftlet_random_draw(void *context, unsigned char *out, size_t length) {
  swiftlet_client *client = context;
  if (!client->is_seeded) return MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED;
  while (length > 0) {
    size_t piece = length < MBEDTLS_CTR_DRBG_MAX_REQUEST ? length : MBEDTLS_CTR_DRBG_MAX_REQUEST;
    int error = mbedtls_ctr_drbg_random(&client->drbg, out, piece);
    if (error != 0) return error;
    out += piece;
    length -= piece;
  }
  return 0;
}

int32_t swiftlet_random_fill(swiftlet_client *client, uint8_t *out, size_t length) {
  if (!client->is_seeded) return SWIFTLET_NOT_SEEDED;
  return swiftlet_random_draw(client, out, length) == 0 ? SWIFTLET_OK : SWIFTLET_INTERNAL;
}

#endif
