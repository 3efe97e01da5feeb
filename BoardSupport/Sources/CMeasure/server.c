/* A TLS server with an MQTT broker's two answers, in memory. It is linked with a copy of the
 * library of its own, so that nothing of what the client runs is its doing.
 */
#include "CMeasure.h"

#if __has_include(<mbedtls/ssl.h>)

#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>

#include <string.h>

enum {
  ARENA_BYTES = 24576,
  PIPE_BYTES = 1024,
  TICKET_LIFETIME = 86400,
};

/* Bytes on their way; those in front of `start` are gone. */
typedef struct {
  size_t start, end;
  uint8_t bytes[PIPE_BYTES];
} pipe;

static uint8_t arena[ARENA_BYTES] __attribute__((aligned(8)));

static struct {
  mbedtls_ssl_config config;
  mbedtls_ssl_context ssl;
  mbedtls_ssl_ticket_context tickets;
  mbedtls_x509_crt chain, device_root;
  mbedtls_pk_context key;
  pipe inbound, outbound;
  uint64_t random;
} server;

static const int suites[] = {
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    0,
};

static size_t put(pipe *pipe, const uint8_t *bytes, size_t count) {
  if (pipe->start > 0) {
    memmove(pipe->bytes, pipe->bytes + pipe->start, pipe->end - pipe->start);
    pipe->end -= pipe->start;
    pipe->start = 0;
  }
  if (count > PIPE_BYTES - pipe->end) count = PIPE_BYTES - pipe->end;
  if (count > 0) memcpy(pipe->bytes + pipe->end, bytes, count);
  pipe->end += count;
  return count;
}

static size_t take(pipe *pipe, uint8_t *space, size_t room) {
  size_t count = pipe->end - pipe->start;
  if (count > room) count = room;
  if (count > 0) memcpy(space, pipe->bytes + pipe->start, count);
  pipe->start += count;
  return count;
}

/* SplitMix64 with a fixed start: the figures have to be the same each time, and there is nothing to
 * keep secret. */
static int draw(void *context, unsigned char *out, size_t length) {
  (void)context;
  for (size_t index = 0; index < length; index++) {
    uint64_t z = server.random += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    out[index] = (unsigned char)(z >> 56);
  }
  return 0;
}

static int library_sends(void *context, const unsigned char *bytes, size_t length) {
  (void)context;
  size_t count = put(&server.outbound, bytes, length);
  return count > 0 ? (int)count : MBEDTLS_ERR_SSL_WANT_WRITE;
}

static int library_receives(void *context, unsigned char *space, size_t length) {
  (void)context;
  size_t count = take(&server.inbound, space, length);
  return count > 0 ? (int)count : MBEDTLS_ERR_SSL_WANT_READ;
}

/* The certificates stay in flash. */
static int add(mbedtls_x509_crt *list, int32_t name) {
  measure_bytes der = measure_test_bytes(name);
  return mbedtls_x509_crt_parse_der_nocopy(list, der.start, der.count);
}

static int load(int32_t chain) {
  int is_rsa = chain == MEASURE_CHAIN_RSA;
  measure_bytes der = measure_test_bytes(is_rsa ? MEASURE_RSA_LEAF_KEY : MEASURE_EC_LEAF_KEY);
  int error = mbedtls_pk_parse_key(&server.key, der.start, der.count, NULL, 0);
  if (error == 0) {
    error = add(&server.chain,
                is_rsa ? MEASURE_RSA_LEAF_CERTIFICATE : MEASURE_EC_LEAF_CERTIFICATE);
  }
  if (error == 0) {
    error = add(&server.chain,
                is_rsa ? MEASURE_RSA_MIDDLE_CERTIFICATE : MEASURE_EC_MIDDLE_CERTIFICATE);
  }
  return error;
}

static int set_up(int32_t chain, int32_t asks_for_certificate) {
  mbedtls_ssl_config *config = &server.config;
  int error = mbedtls_ssl_config_defaults(config, MBEDTLS_SSL_IS_SERVER,
                                          MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  if (error == 0) error = load(chain);
  if (error == 0) error = mbedtls_ssl_conf_own_cert(config, &server.chain, &server.key);
  if (error != 0) return error;
  mbedtls_ssl_conf_ciphersuites(config, suites);
  mbedtls_ssl_conf_rng(config, draw, NULL);
  mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_NONE);
  if (asks_for_certificate) {
    error = add(&server.device_root, MEASURE_DEVICE_ROOT_CERTIFICATE);
    mbedtls_ssl_conf_ca_chain(config, &server.device_root, NULL);
    mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
  }
  if (error == 0) {
    error = mbedtls_ssl_ticket_setup(&server.tickets, draw, NULL, MBEDTLS_CIPHER_AES_128_GCM,
                                     TICKET_LIFETIME);
  }
  mbedtls_ssl_conf_session_tickets_cb(config, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse,
                                      &server.tickets);
  if (error == 0) error = mbedtls_ssl_setup(&server.ssl, config);
  mbedtls_ssl_set_bio(&server.ssl, NULL, library_sends, library_receives, NULL);
  return error;
}

int32_t measure_server_start(int32_t chain, int32_t asks_for_certificate) {
  memset(&server, 0, sizeof server);
  arena_start(arena, sizeof arena);
  mbedtls_ssl_config_init(&server.config);
  mbedtls_ssl_init(&server.ssl);
  mbedtls_ssl_ticket_init(&server.tickets);
  mbedtls_x509_crt_init(&server.chain);
  mbedtls_x509_crt_init(&server.device_root);
  mbedtls_pk_init(&server.key);
  return set_up(chain, asks_for_certificate);
}

int32_t measure_server_accept(void) {
  memset(&server.inbound, 0, sizeof server.inbound);
  memset(&server.outbound, 0, sizeof server.outbound);
  return mbedtls_ssl_session_reset(&server.ssl);
}

size_t measure_server_receive(const uint8_t *bytes, size_t count) {
  return put(&server.inbound, bytes, count);
}

size_t measure_server_send(uint8_t *space, size_t room) {
  return take(&server.outbound, space, room);
}

/* What waits for more bytes, or for room, has not failed. */
static int32_t settled(int result) {
  switch (result) {
    case MBEDTLS_ERR_SSL_WANT_READ:
    case MBEDTLS_ERR_SSL_WANT_WRITE:
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
      return 0;
    default:
      return result < 0 ? result : 0;
  }
}

/* The identifier of a PUBLISH packet of QoS 1 (MQTT 3.1.1, section 3.3): its place is behind the
 * remaining length, of up to four bytes, and the topic. */
static int find_identifier(const uint8_t *packet, size_t count, uint8_t *identifier) {
  size_t index = 1;
  while (index < count && packet[index] & 0x80) index++;
  index++;
  if (index + 2 > count) return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
  index += 2 + ((size_t)packet[index] << 8 | packet[index + 1]);
  if (index + 2 > count) return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
  memcpy(identifier, packet + index, 2);
  return 0;
}

/* Our client sends one packet in each record. */
static int answer(const uint8_t *packet, size_t count) {
  uint8_t connack[] = {0x20, 2, 0, 0};
  uint8_t puback[] = {0x40, 2, 0, 0};
  switch (packet[0]) {
    case 0x10:
      return mbedtls_ssl_write(&server.ssl, connack, sizeof connack);
    case 0x32: {
      int error = find_identifier(packet, count, puback + 2);
      return error != 0 ? error : mbedtls_ssl_write(&server.ssl, puback, sizeof puback);
    }
    case 0xE0:
      return 0;
    default:
      return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
  }
}

int32_t measure_server_advance(void) {
  static uint8_t packet[PIPE_BYTES];
  int result = mbedtls_ssl_handshake(&server.ssl);
  while (result >= 0) {
    result = mbedtls_ssl_read(&server.ssl, packet, sizeof packet);
    if (result <= 0) break;
    result = answer(packet, (size_t)result);
  }
  return settled(result);
}

#endif
