#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

uint32_t swiftlet_library_version(void) {
#if defined(MBEDTLS_VERSION_C)
  /* Of the library that is loaded, which need not be the one whose headers were read. */
  return mbedtls_version_get_number();
#else
  return MBEDTLS_VERSION_NUMBER;
#endif
}

size_t swiftlet_client_size(void) { return sizeof(swiftlet_client); }

size_t swiftlet_client_alignment(void) { return _Alignof(swiftlet_client); }

void swiftlet_client_init(swiftlet_client *client, const swiftlet_roots *roots) {
  memset(client, 0, sizeof(*client));
  client->roots = roots;
  mbedtls_ctr_drbg_init(&client->drbg);
  mbedtls_pk_init(&client->key);
  mbedtls_x509_crt_init(&client->chain);
  mbedtls_ssl_init(&client->ssl);
  mbedtls_ssl_config_init(&client->config);
}

void swiftlet_client_free(swiftlet_client *client) {
  swiftlet_session_forget(client);
  swiftlet_session_reset(client);
  mbedtls_x509_crt_free(&client->chain);
  mbedtls_pk_free(&client->key);
  mbedtls_ctr_drbg_free(&client->drbg);
  mbedtls_platform_zeroize(client, sizeof(*client));
}

#endif
