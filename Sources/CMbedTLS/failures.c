/* The meaning of the library's errors. */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

/* An error is a module's own code, a multiple of 0x80, plus the code of the layer below it. */
static int high_part(int error) { return -(-error & 0x7f80); }
static int low_part(int error) { return -(-error & 0x007f); }

/* Alerts of RFC 5246 section 7.2 that say, in answer to our first message, that the server found
 * nothing in common with us. */
#define HANDSHAKE_FAILURE 40
#define PROTOCOL_VERSION 70
#define INSUFFICIENT_SECURITY 71

bool swiftlet_is_out_of_memory(int error) {
  if (error >= 0) return false;
  switch (low_part(error)) {
    case MBEDTLS_ERR_MPI_ALLOC_FAILED:
    case MBEDTLS_ERR_ASN1_ALLOC_FAILED:
      return true;
    default:
      break;
  }
  switch (high_part(error)) {
    case MBEDTLS_ERR_SSL_ALLOC_FAILED:
    case MBEDTLS_ERR_X509_ALLOC_FAILED:
    case MBEDTLS_ERR_PK_ALLOC_FAILED:
    case MBEDTLS_ERR_ECP_ALLOC_FAILED:
    case MBEDTLS_ERR_MD_ALLOC_FAILED:
    case MBEDTLS_ERR_CIPHER_ALLOC_FAILED:
      return true;
    default:
      return false;
  }
}

/* The peer's certificates could not even be read; PK covers keys of unknown kinds. */
static bool is_certificate_error(int error) {
  int high = high_part(error);
  return (high <= MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE && high >= MBEDTLS_ERR_X509_FATAL_ERROR) ||
         (high <= MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE && high >= MBEDTLS_ERR_PK_TYPE_MISMATCH);
}

/* A signature or curve that the library does not know: a board's build lacks SHA-1 and P-521, which
 * a larger build knows and finds weak. */
static bool is_weakness(int error) {
  int high = high_part(error);
  return high == MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG || high == MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE;
}

/* The peer's key exchange is not signed with its certificate's key, or its point is no point. */
static bool is_key_exchange_error(int error) {
  switch (high_part(error)) {
    case MBEDTLS_ERR_RSA_VERIFY_FAILED:
    case MBEDTLS_ERR_RSA_INVALID_PADDING:
    case MBEDTLS_ERR_RSA_PUBLIC_FAILED:
    case MBEDTLS_ERR_ECP_VERIFY_FAILED:
    case MBEDTLS_ERR_ECP_INVALID_KEY:
    case MBEDTLS_ERR_ECP_BAD_INPUT_DATA:
    case MBEDTLS_ERR_ECP_FEATURE_UNAVAILABLE:
    case MBEDTLS_ERR_PK_SIG_LEN_MISMATCH:
      return true;
    default:
      return false;
  }
}

static swiftlet_outcome alert_outcome(const swiftlet_client *client) {
  uint8_t alert = client->ssl.MBEDTLS_PRIVATE(in_msg)[1];
  swiftlet_outcome outcome = {SWIFTLET_ALERT, alert};
  bool is_first_answer = client->ssl.MBEDTLS_PRIVATE(state) <= MBEDTLS_SSL_SERVER_HELLO;
  if (is_first_answer && (alert == HANDSHAKE_FAILURE || alert == PROTOCOL_VERSION ||
                          alert == INSUFFICIENT_SECURITY)) {
    outcome.result = SWIFTLET_NO_COMMON_PARAMETERS;
  }
  return outcome;
}

static int32_t result_of(const swiftlet_client *client, int error) {
  switch (error) {
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
      return SWIFTLET_CLOSED_BY_PEER;
    case MBEDTLS_ERR_SSL_PRIVATE_KEY_REQUIRED:
      return SWIFTLET_BAD_IDENTITY;
    case MBEDTLS_ERR_SSL_CA_CHAIN_REQUIRED:
      return SWIFTLET_UNKNOWN_ROOT;
    case MBEDTLS_ERR_X509_CERT_VERIFY_FAILED: {
      int32_t result = swiftlet_verify_result(mbedtls_ssl_get_verify_result(&client->ssl));
      return result == SWIFTLET_OK ? SWIFTLET_UNACCEPTABLE : result;
    }
#if MBEDTLS_VERSION_MAJOR >= 3
    case MBEDTLS_ERR_SSL_BAD_CERTIFICATE:
#else
    case MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE:
#endif
    {
      /* Flags, if any, tell more; without them the message itself was wrong. */
      int32_t result = swiftlet_verify_result(mbedtls_ssl_get_verify_result(&client->ssl));
      return client->leaf_was_judged && result != SWIFTLET_OK ? result : SWIFTLET_MALFORMED;
    }
#if MBEDTLS_VERSION_MAJOR >= 3
    case MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION:
      return SWIFTLET_NO_COMMON_PARAMETERS;
    case MBEDTLS_ERR_SSL_DECODE_ERROR:
    case MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER:
    case MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE:
    case MBEDTLS_ERR_SSL_UNSUPPORTED_EXTENSION:
#else
    case MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION:
      return SWIFTLET_NO_COMMON_PARAMETERS;
    case MBEDTLS_ERR_SSL_BAD_HS_SERVER_HELLO:
    case MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE_REQUEST:
    case MBEDTLS_ERR_SSL_BAD_HS_SERVER_KEY_EXCHANGE:
    case MBEDTLS_ERR_SSL_BAD_HS_SERVER_HELLO_DONE:
    case MBEDTLS_ERR_SSL_BAD_HS_NEW_SESSION_TICKET:
    case MBEDTLS_ERR_SSL_BAD_HS_CHANGE_CIPHER_SPEC:
    case MBEDTLS_ERR_SSL_BAD_HS_FINISHED:
    case MBEDTLS_ERR_SSL_NO_CIPHER_CHOSEN:
    case MBEDTLS_ERR_SSL_UNKNOWN_CIPHER:
    case MBEDTLS_ERR_SSL_PK_TYPE_MISMATCH:
    case MBEDTLS_ERR_SSL_INVALID_VERIFY_HASH:
#endif
    case MBEDTLS_ERR_SSL_INVALID_RECORD:
    case MBEDTLS_ERR_SSL_INVALID_MAC:
    case MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE:
    case MBEDTLS_ERR_SSL_UNEXPECTED_RECORD:
    /* A length or a message beyond what TLS or the buffers allow. */
    case MBEDTLS_ERR_SSL_BAD_INPUT_DATA:
    case MBEDTLS_ERR_SSL_FEATURE_UNAVAILABLE:
      return SWIFTLET_MALFORMED;
    default:
      if (is_key_exchange_error(error)) return SWIFTLET_MALFORMED;
      if (is_weakness(error)) return SWIFTLET_WEAK;
      return is_certificate_error(error) ? SWIFTLET_UNACCEPTABLE : SWIFTLET_INTERNAL;
  }
}

swiftlet_outcome swiftlet_session_failure(swiftlet_client *client, int error) {
  swiftlet_outcome outcome = {SWIFTLET_INTERNAL, error};
  if (swiftlet_is_out_of_memory(error)) {
    outcome.result = SWIFTLET_OUT_OF_MEMORY;
  } else if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
    outcome = alert_outcome(client);
  } else {
    outcome.result = result_of(client, error);
  }
  return outcome;
}

#endif
