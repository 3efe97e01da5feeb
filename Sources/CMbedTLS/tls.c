/* The TLS 1.2 client.
 *
 * The library is set up at `open` and freed at `reset`: its two record buffers are by far the
 * largest memory of a device, and a device that sleeps without a connection does not hold them.
 */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

/* In order of preference: an RSA server is the cheaper one to check, but which of the two comes is
 * the server's choice by its certificate. */
static const int suites[] = {
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    0,
};

/* The library's own order starts with the largest curve, which costs 2.5 times as much. */
#if MBEDTLS_VERSION_MAJOR >= 3
static const uint16_t curves[] = {MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
                                  MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
                                  MBEDTLS_SSL_IANA_TLS_GROUP_NONE};
static const uint16_t signatures[] = {
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,       MBEDTLS_TLS1_3_SIG_NONE};
#else
static const mbedtls_ecp_group_id curves[] = {MBEDTLS_ECP_DP_SECP256R1, MBEDTLS_ECP_DP_SECP384R1,
                                              MBEDTLS_ECP_DP_NONE};
static const int hashes[] = {MBEDTLS_MD_SHA256, MBEDTLS_MD_SHA384, MBEDTLS_MD_SHA512,
                             MBEDTLS_MD_NONE};
#endif

/* What stays free behind plaintext: the closing alert and one that refuses a renegotiation, of 31
 * bytes each. */
#define ALERT_RESERVE 64

static swiftlet_outcome outcome(int32_t result, int32_t detail) {
  swiftlet_outcome value = {result, detail};
  return value;
}

static void set_algorithms(const swiftlet_client *client, mbedtls_ssl_config *config) {
  mbedtls_ssl_conf_ciphersuites(config, suites);
  mbedtls_ssl_conf_cert_profile(config, &swiftlet_profile);
#if MBEDTLS_VERSION_MAJOR >= 3
  mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_groups(config, curves);
  mbedtls_ssl_conf_sig_algs(config, signatures);
#else
  mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
  mbedtls_ssl_conf_max_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
  mbedtls_ssl_conf_curves(config, curves);
  mbedtls_ssl_conf_sig_hashes(config, hashes);
#endif
#if defined(MBEDTLS_SSL_RENEGOTIATION)
  mbedtls_ssl_conf_renegotiation(config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
#endif
#if defined(MBEDTLS_SSL_SESSION_TICKETS)
  mbedtls_ssl_conf_session_tickets(config, SWIFTLET_KEEPS_SESSIONS && !client->avoids_tickets
                                               ? MBEDTLS_SSL_SESSION_TICKETS_ENABLED
                                               : MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
#else
  (void)client;
#endif
}

static int configure(swiftlet_client *client) {
  mbedtls_ssl_config *config = &client->config;
  int error = mbedtls_ssl_config_defaults(config, MBEDTLS_SSL_IS_CLIENT,
                                          MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  if (error != 0) return error;
  set_algorithms(client, config);
  mbedtls_ssl_conf_rng(config, swiftlet_random_draw, client);
  mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
  mbedtls_ssl_conf_verify(config, swiftlet_verify, client);
  /* The library's signature lacks a const: it only reads the roots. */
  mbedtls_ssl_conf_ca_chain(config, (mbedtls_x509_crt *)&client->roots->list, NULL);
  return client->has_chain
             ? mbedtls_ssl_conf_own_cert(config, &client->chain, &client->key)
             : 0;
}

static int set_up(swiftlet_client *client) {
  int error = configure(client);
  if (error == 0) error = mbedtls_ssl_setup(&client->ssl, &client->config);
  /* The name goes into the server name extension, which has no place for addresses (RFC 6066
   * section 3). It is the verify callback that checks it, whatever is said here. */
  if (error == 0) {
    error = mbedtls_ssl_set_hostname(&client->ssl,
                                     client->host.is_address ? NULL : client->host.name);
  }
  if (error != 0) return error;
  mbedtls_ssl_set_bio(&client->ssl, client, swiftlet_records_send, swiftlet_records_receive, NULL);
  return 0;
}

swiftlet_outcome swiftlet_session_open(swiftlet_client *client, const uint8_t *host, size_t length,
                                       int64_t seconds) {
  swiftlet_session_reset(client);
  bool is_same_host = host != NULL && length == client->host.length &&
                      memcmp(host, client->host.name, length) == 0;
  if (!is_same_host) swiftlet_session_forget(client);
  if (!swiftlet_host_set(&client->host, host, length)) {
    return outcome(SWIFTLET_HOST_NAME_MISSING, 0);
  }
  if (!client->is_seeded) return outcome(SWIFTLET_NOT_SEEDED, 0);
  client->seconds = seconds;
  client->chain_until = INT64_MAX;
  uint32_t refusals = swiftlet_memory_refusals();
  int error = set_up(client);
  if (refusals != swiftlet_memory_refusals()) return outcome(SWIFTLET_OUT_OF_MEMORY, error);
  if (error != 0) return swiftlet_session_failure(client, error);
  client->may_be_kept = true;
  swiftlet_resumption_offer(client);
  return outcome(SWIFTLET_OK, 0);
}

/* Reads until there is plaintext, or every byte received was used.
 *
 * The library asks for more bytes after a warning alert and after an empty record even when there
 * are more, so its word counts only once the pipe is empty. It uses up at least a record each time
 * round. With a `length` of zero it makes plaintext ready without taking any. */
static int read_plaintext(swiftlet_client *client, uint8_t *space, size_t length) {
  for (;;) {
    int count = mbedtls_ssl_read(&client->ssl, space, length);
    if (count != 0 && count != MBEDTLS_ERR_SSL_WANT_READ) return count;
    if (mbedtls_ssl_get_bytes_avail(&client->ssl) > 0) return 0;
    if (swiftlet_pipe_count(&client->inbound) == 0) return 0;
  }
}

static swiftlet_outcome read_outcome(swiftlet_client *client, uint8_t *space, size_t length) {
  uint32_t refusals = swiftlet_memory_refusals();
  int count = read_plaintext(client, space, length);
  if (refusals != swiftlet_memory_refusals()) return outcome(SWIFTLET_OUT_OF_MEMORY, count);
  if (count >= 0) return outcome(SWIFTLET_OK, count);
  /* Reading writes only to refuse a renegotiation, and there is always room for one refusal: the
   * peer keeps asking. What is half written would swallow the next plaintext. */
  if (count == MBEDTLS_ERR_SSL_WANT_WRITE) return outcome(SWIFTLET_MALFORMED, 0);
  /* RFC 5246 section 7.2.1: a closing alert is answered by one. */
  if (count == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) swiftlet_session_close(client);
  return swiftlet_session_failure(client, count);
}

/* As `mbedtls_ssl_handshake`, with a look at the server's first answer. */
static int take_steps(swiftlet_client *client) {
  const mbedtls_ssl_context *ssl = &client->ssl;
  while (ssl->MBEDTLS_PRIVATE(state) != MBEDTLS_SSL_HANDSHAKE_OVER) {
    bool awaits_answer = ssl->MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_SERVER_HELLO;
    int error = mbedtls_ssl_handshake_step(&client->ssl);
    if (error == 0 && awaits_answer) error = swiftlet_resumption_answered(client);
    if (error == 0) continue;
    /* What takes memory just before the server's change of ciphers is its ticket alone. The next
     * handshake with this host does without, or there might never be one. */
    if (!awaits_answer && ssl->MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_SERVER_CHANGE_CIPHER_SPEC &&
        swiftlet_is_out_of_memory(error)) {
      client->avoids_tickets = true;
    }
    return error;
  }
  return 0;
}

static swiftlet_outcome shake_hands(swiftlet_client *client) {
  uint32_t refusals = swiftlet_memory_refusals();
  int error = take_steps(client);
  /* Whatever it says itself: version 2.28.3 goes on after some refusals (CVE-2025-27810). */
  if (refusals != swiftlet_memory_refusals()) return outcome(SWIFTLET_OUT_OF_MEMORY, error);
  if (error == MBEDTLS_ERR_SSL_WANT_READ || error == MBEDTLS_ERR_SSL_WANT_WRITE) {
    return outcome(SWIFTLET_WAITING, 0);
  }
  if (error != 0) return swiftlet_session_failure(client, error);
  /* Cannot happen; the one thing that must not happen unnoticed. */
  if (!swiftlet_resumption_is_authentic(client) ||
      mbedtls_ssl_get_verify_result(&client->ssl) != 0) {
    return outcome(SWIFTLET_INTERNAL, 0);
  }
  client->is_established = true;
  swiftlet_resumption_established(client);
  return outcome(SWIFTLET_OK, 0);
}

/* A session that ended in failure is not resumed; one that was closed, by either side, may be. */
static swiftlet_outcome settled(swiftlet_client *client, swiftlet_outcome outcome) {
  switch (outcome.result) {
    case SWIFTLET_OK:
    case SWIFTLET_WAITING:
    case SWIFTLET_CLOSED_BY_PEER:
      break;
    default:
      swiftlet_resumption_failed(client);
  }
  return outcome;
}

swiftlet_outcome swiftlet_session_advance(swiftlet_client *client) {
  if (!client->is_established) {
    swiftlet_outcome handshake = settled(client, shake_hands(client));
    if (handshake.result != SWIFTLET_OK) return handshake;
  }
  if (mbedtls_ssl_get_bytes_avail(&client->ssl) > 0) return outcome(SWIFTLET_OK, 0);
  return settled(client, read_outcome(client, NULL, 0));
}

static swiftlet_outcome write_outcome(swiftlet_client *client, const uint8_t *plaintext,
                                      size_t length) {
  int expansion = mbedtls_ssl_get_record_expansion(&client->ssl);
  if (expansion < 0) return swiftlet_session_failure(client, expansion);
  /* A record is made only if it fits whole: the library would count one that does not as taken and
   * not taken at the same time. */
  size_t room = swiftlet_pipe_room(&client->outbound);
  size_t overhead = (size_t)expansion + ALERT_RESERVE;
  if (length == 0 || room <= overhead) return outcome(SWIFTLET_OK, 0);
  room -= overhead;
  /* No crumbs: better one record later than two now. */
  if (room < length && swiftlet_pipe_count(&client->outbound) > 0) return outcome(SWIFTLET_OK, 0);
  uint32_t refusals = swiftlet_memory_refusals();
  int count = mbedtls_ssl_write(&client->ssl, plaintext, length < room ? length : room);
  if (refusals != swiftlet_memory_refusals()) return outcome(SWIFTLET_OUT_OF_MEMORY, count);
  return count >= 0 ? outcome(SWIFTLET_OK, count) : swiftlet_session_failure(client, count);
}

swiftlet_outcome swiftlet_session_write(swiftlet_client *client, const uint8_t *plaintext,
                                        size_t length) {
  return settled(client, write_outcome(client, plaintext, length));
}

swiftlet_outcome swiftlet_session_read(swiftlet_client *client, uint8_t *space, size_t length) {
  if (length == 0) return outcome(SWIFTLET_OK, 0);
  return settled(client, read_outcome(client, space, length));
}

void swiftlet_session_close(swiftlet_client *client) {
  /* If it fails there is nothing left to do: the connection is about to go anyway. */
  (void)mbedtls_ssl_close_notify(&client->ssl);
}

void swiftlet_session_reset(swiftlet_client *client) {
  swiftlet_resumption_collect(client);
  mbedtls_ssl_free(&client->ssl);
  mbedtls_ssl_config_free(&client->config);
  mbedtls_ssl_init(&client->ssl);
  mbedtls_ssl_config_init(&client->config);
  if (!client->kept.ticket_is_stored) {
    mbedtls_platform_zeroize(&client->inbound, sizeof(client->inbound));
  }
  mbedtls_platform_zeroize(&client->outbound, sizeof(client->outbound));
  client->leaf_was_judged = false;
  client->is_established = false;
  client->is_offered = false;
  client->is_resumed = false;
  client->has_extended_secret = false;
  client->may_be_kept = false;
}

#endif
