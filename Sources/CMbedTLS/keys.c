/* The device's private key and the certificates that go with it.
 *
 * Each signature is verified before it leaves. Version 2.28.3 can give a wrong result without a
 * word when memory runs out inside a multiplication (fixed in 2.28.5), and a signature made by a
 * faulty computation can give away the key. ES256 pays for this with twice the time of a signature,
 * RS256 with a fiftieth.
 */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#define DIGEST_LENGTH 32
#define COORDINATE_LENGTH 32
#define RSA_BITS_MINIMUM 2048
#define RSA_BITS_MAXIMUM 4096

/* The first byte of every DER key: a sequence. Only PEM starts otherwise, and the library's reader
 * of PEM has open flaws (CVE-2025-52497). */
#define DER_SEQUENCE 0x30

static int parse_key(mbedtls_pk_context *key, const uint8_t *der, size_t length,
                     swiftlet_client *client) {
#if MBEDTLS_VERSION_MAJOR >= 3
  return mbedtls_pk_parse_key(key, der, length, NULL, 0, swiftlet_random_draw, client);
#else
  (void)client;
  return mbedtls_pk_parse_key(key, der, length, NULL, 0);
#endif
}

static int check_pair(const mbedtls_pk_context *public_key, const mbedtls_pk_context *private_key,
                      swiftlet_client *client) {
#if MBEDTLS_VERSION_MAJOR >= 3
  return mbedtls_pk_check_pair(public_key, private_key, swiftlet_random_draw, client);
#else
  (void)client;
  return mbedtls_pk_check_pair(public_key, private_key);
#endif
}

static int32_t kind_of(const mbedtls_pk_context *key) {
  switch (mbedtls_pk_get_type(key)) {
    case MBEDTLS_PK_ECKEY:
    case MBEDTLS_PK_ECDSA:
      return mbedtls_pk_ec(*key)->MBEDTLS_PRIVATE(grp).id == MBEDTLS_ECP_DP_SECP256R1
                 ? SWIFTLET_KEY_P256
                 : SWIFTLET_KEY_NONE;
    case MBEDTLS_PK_RSA:
      return mbedtls_pk_get_bitlen(key) >= RSA_BITS_MINIMUM &&
                     mbedtls_pk_get_bitlen(key) <= RSA_BITS_MAXIMUM
                 ? SWIFTLET_KEY_RSA
                 : SWIFTLET_KEY_NONE;
    default:
      return SWIFTLET_KEY_NONE;
  }
}

int32_t swiftlet_key_kind(const swiftlet_client *client) { return client->key_kind; }

int32_t swiftlet_key_use(swiftlet_client *client, const uint8_t *der, size_t length) {
  if (der == NULL || length == 0 || der[0] != DER_SEQUENCE) return SWIFTLET_MALFORMED;
  mbedtls_pk_context key;
  mbedtls_pk_init(&key);
  uint32_t refusals = swiftlet_memory_refusals();
  int error = parse_key(&key, der, length, client);
  int32_t kind = error == 0 ? kind_of(&key) : SWIFTLET_KEY_NONE;
  int32_t result = SWIFTLET_OK;
  if (error != 0) {
    result = SWIFTLET_MALFORMED;
  } else if (kind == SWIFTLET_KEY_NONE) {
    result = SWIFTLET_UNSUPPORTED;
  } else if (check_pair(&key, &key, client) != 0) {
    /* The public half in the file is not that of the private half. */
    result = SWIFTLET_MALFORMED;
  }
  if (refusals != swiftlet_memory_refusals() || swiftlet_is_out_of_memory(error)) {
    result = SWIFTLET_OUT_OF_MEMORY;
  }
  if (result != SWIFTLET_OK) {
    mbedtls_pk_free(&key);
    return result;
  }
  mbedtls_pk_free(&client->key);
  mbedtls_x509_crt_free(&client->chain);
  mbedtls_x509_crt_init(&client->chain);
  client->has_chain = false;
  /* This context holds a pointer to the heap and none to itself, so it may be copied. */
  client->key = key;
  client->key_kind = kind;
  /* Servers may know by a session who resumes it. */
  swiftlet_session_forget(client);
  return SWIFTLET_OK;
}

int32_t swiftlet_certificate_add(swiftlet_client *client, const uint8_t *der, size_t length) {
  if (client->key_kind == SWIFTLET_KEY_NONE) return SWIFTLET_NO_KEY;
  if (der == NULL || length == 0) return SWIFTLET_MALFORMED;
  uint32_t refusals = swiftlet_memory_refusals();
  int error = mbedtls_x509_crt_parse_der(&client->chain, der, length);
  int32_t result = error == 0 ? SWIFTLET_OK : SWIFTLET_MALFORMED;
  if (error == 0 && !client->has_chain &&
      check_pair(&client->chain.pk, &client->key, client) != 0) {
    result = SWIFTLET_MISMATCH;
  }
  if (refusals != swiftlet_memory_refusals() || swiftlet_is_out_of_memory(error)) {
    result = SWIFTLET_OUT_OF_MEMORY;
  }
  if (result == SWIFTLET_OK) {
    client->has_chain = true;
    swiftlet_session_forget(client);
  } else if (!client->has_chain) {
    mbedtls_x509_crt_free(&client->chain);
    mbedtls_x509_crt_init(&client->chain);
  }
  return result;
}

/* RFC 6979 makes the nonce from key and message, so a weak generator cannot give away the key; the
 * generator only blinds the computation. */
static int sign_es256(swiftlet_client *client, const uint8_t *digest, uint8_t *signature) {
  mbedtls_ecp_keypair *pair = mbedtls_pk_ec(client->key);
  mbedtls_ecp_group *group = &pair->MBEDTLS_PRIVATE(grp);
  mbedtls_mpi r, s;
  mbedtls_mpi_init(&r);
  mbedtls_mpi_init(&s);
  int error = mbedtls_ecdsa_sign_det_ext(group, &r, &s, &pair->MBEDTLS_PRIVATE(d), digest,
                                         DIGEST_LENGTH, MBEDTLS_MD_SHA256, swiftlet_random_draw,
                                         client);
  if (error == 0) error = mbedtls_mpi_write_binary(&r, signature, COORDINATE_LENGTH);
  if (error == 0) {
    error = mbedtls_mpi_write_binary(&s, signature + COORDINATE_LENGTH, COORDINATE_LENGTH);
  }
  if (error == 0) {
    error = mbedtls_ecdsa_verify(group, digest, DIGEST_LENGTH, &pair->MBEDTLS_PRIVATE(Q), &r, &s);
  }
  mbedtls_mpi_free(&s);
  mbedtls_mpi_free(&r);
  return error;
}

static int sign_rs256(swiftlet_client *client, const uint8_t *digest, uint8_t *signature,
                      size_t capacity) {
  size_t length = 0;
#if MBEDTLS_VERSION_MAJOR >= 3
  int error = mbedtls_pk_sign(&client->key, MBEDTLS_MD_SHA256, digest, DIGEST_LENGTH, signature,
                              capacity, &length, swiftlet_random_draw, client);
#else
  (void)capacity;
  int error = mbedtls_pk_sign(&client->key, MBEDTLS_MD_SHA256, digest, DIGEST_LENGTH, signature,
                              &length, swiftlet_random_draw, client);
#endif
  if (error != 0) return error;
  return mbedtls_pk_verify(&client->key, MBEDTLS_MD_SHA256, digest, DIGEST_LENGTH, signature,
                           length);
}

swiftlet_outcome swiftlet_key_sign(swiftlet_client *client, const uint8_t *message, size_t length,
                                   uint8_t *signature, size_t capacity) {
  swiftlet_outcome outcome = {SWIFTLET_OK, 0};
  uint8_t digest[DIGEST_LENGTH];
  if (client->key_kind == SWIFTLET_KEY_NONE) {
    outcome.result = SWIFTLET_NO_KEY;
    return outcome;
  }
  if (!client->is_seeded) {
    outcome.result = SWIFTLET_NOT_SEEDED;
    return outcome;
  }
  size_t needed = client->key_kind == SWIFTLET_KEY_P256 ? 2 * COORDINATE_LENGTH
                                                        : mbedtls_pk_get_len(&client->key);
  if (signature == NULL || capacity < needed) {
    outcome.result = SWIFTLET_OVERFLOW;
    return outcome;
  }
  uint32_t refusals = swiftlet_memory_refusals();
  int error = swiftlet_sha256(message, length, digest);
  if (error == 0) {
    error = client->key_kind == SWIFTLET_KEY_P256
                ? sign_es256(client, digest, signature)
                : sign_rs256(client, digest, signature, capacity);
  }
  if (error != 0 || refusals != swiftlet_memory_refusals()) {
    /* A wrong signature must not get out by accident. */
    mbedtls_platform_zeroize(signature, needed);
    outcome.result = SWIFTLET_INTERNAL;
    outcome.detail = error;
    return outcome;
  }
  outcome.detail = (int32_t)needed;
  return outcome;
}

#endif
