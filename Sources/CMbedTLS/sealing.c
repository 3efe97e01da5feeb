/* A kept session as bytes that may lie in flash: sealed by AES-256-GCM (NIST SP 800-38D).
 *
 * The key comes from the device's own, from the host and from the roots. So nobody else can read or
 * make such bytes, and they say nothing to a device that has another key, asks another host or
 * trusts other roots. Bytes of yesterday may be put in the place of those of today: that gives an
 * older session of the same host, which is offered only within its limits.
 *
 *     0   version
 *     1   nonce, 12 bytes
 *    13   the fixed part, sealed: see FIXED_LENGTH
 *   125   the ticket, sealed
 *     …   tag, 16 bytes
 */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

#define VERSION 1
#define NONCE_LENGTH 12
#define TAG_LENGTH 16
#define HEADER_LENGTH (1 + NONCE_LENGTH)

/* Three times of 8 bytes, suite, lengths of ticket and identifier, three zeros, identifier and
 * master secret. Whole blocks of the cipher, so that the ticket begins another one. */
#define FIXED_LENGTH 112
#define IDENTIFIER_OFFSET 32
#define MASTER_OFFSET 64

size_t swiftlet_session_export_maximum(void) {
  return HEADER_LENGTH + FIXED_LENGTH + SWIFTLET_TICKET_CAPACITY + TAG_LENGTH;
}

#if SWIFTLET_KEEPS_SESSIONS

static const char label[] = "swiftlet sealed session";

#define SECRET_MAXIMUM 256
#define COORDINATE_LENGTH 32
#define KEY_LENGTH 32

static void put_integer(uint8_t *out, uint64_t value, size_t length) {
  for (size_t index = length; index > 0; index--) {
    out[index - 1] = (uint8_t)value;
    value >>= 8;
  }
}

static uint64_t get_integer(const uint8_t *bytes, size_t length) {
  uint64_t value = 0;
  for (size_t index = 0; index < length; index++) value = value << 8 | bytes[index];
  return value;
}

/* What only the owner of the device's key knows: its number, or the first factor of its modulus. */
static int get_secret(const swiftlet_client *client, uint8_t *secret, size_t *length) {
  if (client->key_kind == SWIFTLET_KEY_P256) {
    *length = COORDINATE_LENGTH;
    return mbedtls_mpi_write_binary(&mbedtls_pk_ec(client->key)->d, secret, *length);
  }
  /* The factor has half of the modulus' bits, and leading zeros do no harm. */
  *length = SECRET_MAXIMUM;
  return mbedtls_rsa_export_raw(mbedtls_pk_rsa(client->key), NULL, 0, secret, *length, NULL, 0,
                                NULL, 0, NULL, 0);
}

static int derive_key(const swiftlet_client *client, uint8_t *key) {
  uint8_t secret[SECRET_MAXIMUM];
  uint8_t context[sizeof(label) + sizeof(client->roots->digest) + SWIFTLET_HOST_CAPACITY];
  size_t roots_length = sizeof(client->roots->digest);
  memcpy(context, label, sizeof(label));
  memcpy(context + sizeof(label), client->roots->digest, roots_length);
  memcpy(context + sizeof(label) + roots_length, client->host.name, client->host.length);
  size_t context_length = sizeof(label) + roots_length + client->host.length;
  size_t length = 0;
  int error = get_secret(client, secret, &length);
  if (error == 0 &&
      swiftlet_hmac_sha256(secret, length, context, context_length, key) != SWIFTLET_OK) {
    error = MBEDTLS_ERR_SSL_INTERNAL_ERROR;
  }
  mbedtls_platform_zeroize(secret, sizeof(secret));
  return error;
}

/* Encrypts or decrypts what follows on `header`, into two places that may be the same, and gives
 * the tag. */
static int run_cipher(const swiftlet_client *client, int mode, const uint8_t *header,
                      uint8_t *fixed, uint8_t *ticket, size_t ticket_length, uint8_t *tag) {
  const uint8_t *input = header + HEADER_LENGTH;
  uint8_t key[KEY_LENGTH];
  mbedtls_gcm_context context;
  mbedtls_gcm_init(&context);
  int error = derive_key(client, key);
  if (error == 0) {
    error = mbedtls_gcm_setkey(&context, MBEDTLS_CIPHER_ID_AES, key, 8 * KEY_LENGTH);
  }
  if (error == 0) error = mbedtls_gcm_starts(&context, mode, header + 1, NONCE_LENGTH, header, 1);
  if (error == 0) error = mbedtls_gcm_update(&context, FIXED_LENGTH, input, fixed);
  if (error == 0 && ticket_length > 0) {
    error = mbedtls_gcm_update(&context, ticket_length, input + FIXED_LENGTH, ticket);
  }
  if (error == 0) error = mbedtls_gcm_finish(&context, tag, TAG_LENGTH);
  mbedtls_gcm_free(&context);
  mbedtls_platform_zeroize(key, sizeof(key));
  return error;
}

static void write_fixed(const swiftlet_kept_session *kept, uint8_t *out) {
  memset(out, 0, FIXED_LENGTH);
  put_integer(out, (uint64_t)kept->from, 8);
  put_integer(out + 8, (uint64_t)kept->until, 8);
  put_integer(out + 16, (uint64_t)kept->ticket_until, 8);
  put_integer(out + 24, kept->suite, 2);
  put_integer(out + 26, kept->ticket_length, 2);
  out[28] = kept->identifier_length;
  memcpy(out + IDENTIFIER_OFFSET, kept->identifier, sizeof(kept->identifier));
  memcpy(out + MASTER_OFFSET, kept->master, sizeof(kept->master));
}

static void read_fixed(swiftlet_kept_session *kept, const uint8_t *bytes) {
  kept->from = (int64_t)get_integer(bytes, 8);
  kept->until = (int64_t)get_integer(bytes + 8, 8);
  kept->ticket_until = (int64_t)get_integer(bytes + 16, 8);
  kept->suite = (uint16_t)get_integer(bytes + 24, 2);
  kept->ticket_length = (uint16_t)get_integer(bytes + 26, 2);
  kept->identifier_length = bytes[28];
  memcpy(kept->identifier, bytes + IDENTIFIER_OFFSET, sizeof(kept->identifier));
  memcpy(kept->master, bytes + MASTER_OFFSET, sizeof(kept->master));
}

static swiftlet_outcome outcome(int32_t result, int32_t detail) {
  swiftlet_outcome value = {result, detail};
  return value;
}

static swiftlet_outcome cipher_failure(uint32_t refusals, int error) {
  bool is_memory = refusals != swiftlet_memory_refusals() || swiftlet_is_out_of_memory(error);
  return outcome(is_memory ? SWIFTLET_OUT_OF_MEMORY : SWIFTLET_INTERNAL, error);
}

swiftlet_outcome swiftlet_session_export(swiftlet_client *client, uint8_t *space,
                                         size_t capacity) {
  const swiftlet_kept_session *kept = &client->kept;
  if (client->key_kind == SWIFTLET_KEY_NONE) return outcome(SWIFTLET_NO_KEY, 0);
  if (!client->is_seeded) return outcome(SWIFTLET_NOT_SEEDED, 0);
  /* What is offered in a handshake is not known to be good; the roots may have become more. */
  bool is_in_handshake = client->is_offered && !client->is_established;
  if (!kept->is_valid || is_in_handshake ||
      memcmp(kept->roots, client->roots->digest, sizeof(kept->roots)) != 0) {
    return outcome(SWIFTLET_OK, 0);
  }
  size_t length = HEADER_LENGTH + FIXED_LENGTH + kept->ticket_length + TAG_LENGTH;
  if (space == NULL || capacity < length) return outcome(SWIFTLET_OVERFLOW, 0);
  uint8_t *fixed = space + HEADER_LENGTH;
  uint8_t *ticket = fixed + FIXED_LENGTH;
  uint32_t refusals = swiftlet_memory_refusals();
  space[0] = VERSION;
  int error = swiftlet_random_draw(client, space + 1, NONCE_LENGTH);
  if (error == 0) {
    write_fixed(kept, fixed);
    if (kept->ticket_length > 0) {
      memcpy(ticket,
             kept->ticket_is_stored ? client->inbound.bytes : client->ssl.session->ticket,
             kept->ticket_length);
    }
    error = run_cipher(client, MBEDTLS_GCM_ENCRYPT, space, fixed, ticket, kept->ticket_length,
                       ticket + kept->ticket_length);
  }
  if (error != 0 || refusals != swiftlet_memory_refusals()) {
    mbedtls_platform_zeroize(space, length);
    return cipher_failure(refusals, error);
  }
  return outcome(SWIFTLET_OK, (int32_t)length);
}

/* Opens the seal; what is in the context then counts only if this succeeds. */
static int32_t open_seal(swiftlet_client *client, const uint8_t *bytes, size_t ticket_length) {
  uint8_t fixed[FIXED_LENGTH];
  uint8_t tag[TAG_LENGTH];
  const uint8_t *expected_tag = bytes + HEADER_LENGTH + FIXED_LENGTH + ticket_length;
  uint32_t refusals = swiftlet_memory_refusals();
  client->kept.ticket_is_stored = true;
  int error = run_cipher(client, MBEDTLS_GCM_DECRYPT, bytes, fixed, client->inbound.bytes,
                         ticket_length, tag);
  int32_t result = SWIFTLET_OK;
  if (error != 0 || refusals != swiftlet_memory_refusals()) {
    result = cipher_failure(refusals, error).result;
  } else if (mbedtls_ct_memcmp(tag, expected_tag, TAG_LENGTH) != 0) {
    result = SWIFTLET_MALFORMED;
  } else {
    read_fixed(&client->kept, fixed);
  }
  mbedtls_platform_zeroize(fixed, sizeof(fixed));
  return result;
}

int32_t swiftlet_session_import(swiftlet_client *client, const uint8_t *bytes, size_t length,
                                const uint8_t *host, size_t host_length) {
  swiftlet_session_reset(client);
  swiftlet_session_forget(client);
  if (!swiftlet_host_set(&client->host, host, host_length)) return SWIFTLET_HOST_NAME_MISSING;
  if (client->key_kind == SWIFTLET_KEY_NONE) return SWIFTLET_NO_KEY;
  size_t minimum = HEADER_LENGTH + FIXED_LENGTH + TAG_LENGTH;
  if (bytes == NULL || length < minimum || length > swiftlet_session_export_maximum() ||
      bytes[0] != VERSION) {
    return SWIFTLET_MALFORMED;
  }
  swiftlet_kept_session *kept = &client->kept;
  int32_t result = open_seal(client, bytes, length - minimum);
  /* Nobody but us can have made it, so that this says only that we were wrong. */
  bool is_sound = kept->ticket_length == length - minimum &&
                  kept->identifier_length <= sizeof(kept->identifier);
  if (result == SWIFTLET_OK && !is_sound) result = SWIFTLET_MALFORMED;
  if (result != SWIFTLET_OK) {
    swiftlet_session_forget(client);
    return result;
  }
  memcpy(kept->roots, client->roots->digest, sizeof(kept->roots));
  kept->ticket_is_stored = kept->ticket_length > 0;
  kept->is_valid = true;
  return SWIFTLET_OK;
}

#else

swiftlet_outcome swiftlet_session_export(swiftlet_client *client, uint8_t *space,
                                         size_t capacity) {
  (void)client, (void)space, (void)capacity;
  swiftlet_outcome nothing = {SWIFTLET_OK, 0};
  return nothing;
}

int32_t swiftlet_session_import(swiftlet_client *client, const uint8_t *bytes, size_t length,
                                const uint8_t *host, size_t host_length) {
  (void)client, (void)bytes, (void)length, (void)host, (void)host_length;
  return SWIFTLET_MALFORMED;
}

#endif

#endif
