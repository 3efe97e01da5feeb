#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#define DIGEST_LENGTH 32
#define COORDINATE_LENGTH 32
#define RSA_LENGTH_MINIMUM (2048 / 8)
#define RSA_LENGTH_MAXIMUM (4096 / 8)

int32_t swiftlet_verify_es256(const uint8_t *message, size_t length, const uint8_t *signature,
                              const uint8_t *key) {
  uint8_t digest[DIGEST_LENGTH];
  mbedtls_ecp_group group;
  mbedtls_ecp_point point;
  mbedtls_mpi r, s;
  mbedtls_ecp_group_init(&group);
  mbedtls_ecp_point_init(&point);
  mbedtls_mpi_init(&r);
  mbedtls_mpi_init(&s);
  uint32_t refusals = swiftlet_memory_refusals();
  int error = swiftlet_sha256(message, length, digest);
  if (error == 0) error = mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1);
  if (error == 0) {
    error = mbedtls_ecp_point_read_binary(&group, &point, key, 1 + 2 * COORDINATE_LENGTH);
  }
  /* A point off the curve would verify what its maker likes. */
  if (error == 0) error = mbedtls_ecp_check_pubkey(&group, &point);
  if (error == 0) error = mbedtls_mpi_read_binary(&r, signature, COORDINATE_LENGTH);
  if (error == 0) {
    error = mbedtls_mpi_read_binary(&s, signature + COORDINATE_LENGTH, COORDINATE_LENGTH);
  }
  if (error == 0) error = mbedtls_ecdsa_verify(&group, digest, sizeof(digest), &point, &r, &s);
  mbedtls_mpi_free(&s);
  mbedtls_mpi_free(&r);
  mbedtls_ecp_point_free(&point);
  mbedtls_ecp_group_free(&group);
  if (refusals != swiftlet_memory_refusals()) return SWIFTLET_OUT_OF_MEMORY;
  return error == 0 ? SWIFTLET_OK : SWIFTLET_MALFORMED;
}

static int verify_rsa(mbedtls_rsa_context *rsa, const uint8_t *digest, const uint8_t *signature) {
#if MBEDTLS_VERSION_MAJOR >= 3
  return mbedtls_rsa_pkcs1_verify(rsa, MBEDTLS_MD_SHA256, DIGEST_LENGTH, digest, signature);
#else
  return mbedtls_rsa_pkcs1_verify(rsa, NULL, NULL, MBEDTLS_RSA_PUBLIC, MBEDTLS_MD_SHA256,
                                  DIGEST_LENGTH, digest, signature);
#endif
}

int32_t swiftlet_verify_rs256(const uint8_t *message, size_t length, const uint8_t *signature,
                              size_t signature_length, const uint8_t *modulus,
                              size_t modulus_length, const uint8_t *exponent,
                              size_t exponent_length) {
  uint8_t digest[DIGEST_LENGTH];
  mbedtls_rsa_context rsa;
  /* The first byte's top bit makes 256 bytes 2048 bits. */
  if (modulus_length < RSA_LENGTH_MINIMUM || modulus_length > RSA_LENGTH_MAXIMUM ||
      modulus[0] == 0 || (modulus_length == RSA_LENGTH_MINIMUM && modulus[0] < 0x80) ||
      exponent_length == 0 || exponent_length > modulus_length || exponent[0] == 0 ||
      signature_length != modulus_length) {
    return SWIFTLET_MALFORMED;
  }
#if MBEDTLS_VERSION_MAJOR >= 3
  mbedtls_rsa_init(&rsa);
#else
  mbedtls_rsa_init(&rsa, MBEDTLS_RSA_PKCS_V15, MBEDTLS_MD_NONE);
#endif
  uint32_t refusals = swiftlet_memory_refusals();
  int error = swiftlet_sha256(message, length, digest);
  if (error == 0) {
    error = mbedtls_rsa_import_raw(&rsa, modulus, modulus_length, NULL, 0, NULL, 0, NULL, 0,
                                   exponent, exponent_length);
  }
  if (error == 0) error = mbedtls_rsa_complete(&rsa);
  if (error == 0) error = mbedtls_rsa_check_pubkey(&rsa);
  if (error == 0) error = verify_rsa(&rsa, digest, signature);
  mbedtls_rsa_free(&rsa);
  if (refusals != swiftlet_memory_refusals()) return SWIFTLET_OUT_OF_MEMORY;
  return error == 0 ? SWIFTLET_OK : SWIFTLET_MALFORMED;
}

#endif
