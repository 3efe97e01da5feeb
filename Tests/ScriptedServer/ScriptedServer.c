#include "ScriptedServer.h"

#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_internal.h>
#include <mbedtls/x509_crt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define CAPACITY 65536
#define TICKET_MAXIMUM 16000

typedef struct {
  size_t start, end;
  uint8_t bytes[CAPACITY];
} buffer;

struct scripted_server {
  mbedtls_ssl_context ssl;
  mbedtls_ssl_config config;
  mbedtls_x509_crt certificate;
  mbedtls_pk_context key;
  scripted_conduct conduct;
  buffer inbound, outbound;
  /* The last session, which a ticket or an identifier stands for. */
  mbedtls_ssl_session session;
  int has_session;
  uint8_t ticket[TICKET_MAXIMUM];
  size_t ticket_length;
};

/* 128 bit in the ServerHello, so that the client finds another suite than that of the session. */
static const int suites[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                             MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 0};
static const int other_suites[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                                   MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, 0};

static int draw(void *context, unsigned char *out, size_t length) {
  (void)context;
  return getrandom(out, length, 0) == (ssize_t)length ? 0 : -1;
}

static int put(void *context, const unsigned char *bytes, size_t length) {
  buffer *buffer = &((scripted_server *)context)->outbound;
  if (length > CAPACITY - buffer->end) return MBEDTLS_ERR_SSL_WANT_WRITE;
  memcpy(buffer->bytes + buffer->end, bytes, length);
  buffer->end += length;
  return (int)length;
}

static int get(void *context, unsigned char *space, size_t length) {
  buffer *buffer = &((scripted_server *)context)->inbound;
  size_t available = buffer->end - buffer->start;
  size_t count = length < available ? length : available;
  if (count == 0) return MBEDTLS_ERR_SSL_WANT_READ;
  memcpy(space, buffer->bytes + buffer->start, count);
  buffer->start += count;
  return (int)count;
}

static void remember(scripted_server *server, const mbedtls_ssl_session *session) {
  server->session = *session;
  /* The copy owns nothing. */
  server->session.peer_cert = NULL;
  server->session.ticket = NULL;
  server->session.ticket_len = 0;
  server->has_session = 1;
}

static int write_ticket(void *context, const mbedtls_ssl_session *session, unsigned char *start,
                        const unsigned char *end, size_t *length, uint32_t *lifetime) {
  scripted_server *server = context;
  *length = server->conduct.ticket_length;
  *lifetime = server->conduct.ticket_lifetime;
  if (*length > (size_t)(end - start) || *length > TICKET_MAXIMUM) return -1;
  draw(NULL, start, *length);
  memcpy(server->ticket, start, *length);
  server->ticket_length = *length;
  remember(server, session);
  return 0;
}

static int parse_ticket(void *context, mbedtls_ssl_session *session, unsigned char *bytes,
                        size_t length) {
  scripted_server *server = context;
  if (!server->conduct.resumes || !server->has_session || length != server->ticket_length ||
      memcmp(bytes, server->ticket, length) != 0) {
    return MBEDTLS_ERR_SSL_INVALID_MAC;
  }
  *session = server->session;
  return 0;
}

static int find(void *context, mbedtls_ssl_session *session) {
  scripted_server *server = context;
  if (!server->conduct.resumes || !server->has_session ||
      session->id_len != server->session.id_len ||
      memcmp(session->id, server->session.id, session->id_len) != 0) {
    return 1;
  }
  *session = server->session;
  return 0;
}

static int store(void *context, const mbedtls_ssl_session *session) {
  remember(context, session);
  return 0;
}

scripted_server *scripted_server_create(const char *certificate, const char *key) {
  scripted_server *server = calloc(1, sizeof(*server));
  if (server == NULL) return NULL;
  mbedtls_ssl_init(&server->ssl);
  mbedtls_ssl_config_init(&server->config);
  mbedtls_x509_crt_init(&server->certificate);
  mbedtls_pk_init(&server->key);
  if (mbedtls_x509_crt_parse_file(&server->certificate, certificate) != 0 ||
      mbedtls_pk_parse_keyfile(&server->key, key, NULL) != 0) {
    scripted_server_free(server);
    return NULL;
  }
  return server;
}

void scripted_server_free(scripted_server *server) {
  mbedtls_ssl_free(&server->ssl);
  mbedtls_ssl_config_free(&server->config);
  mbedtls_x509_crt_free(&server->certificate);
  mbedtls_pk_free(&server->key);
  free(server);
}

int32_t scripted_server_accept(scripted_server *server, scripted_conduct conduct) {
  mbedtls_ssl_free(&server->ssl);
  mbedtls_ssl_config_free(&server->config);
  mbedtls_ssl_init(&server->ssl);
  mbedtls_ssl_config_init(&server->config);
  server->conduct = conduct;
  server->inbound.start = server->inbound.end = 0;
  server->outbound.start = server->outbound.end = 0;
  mbedtls_ssl_config *config = &server->config;
  int error = mbedtls_ssl_config_defaults(config, MBEDTLS_SSL_IS_SERVER,
                                          MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
  if (error != 0) return error;
  mbedtls_ssl_conf_rng(config, draw, NULL);
  mbedtls_ssl_conf_ciphersuites(config, conduct.other_suite ? other_suites : suites);
  if (conduct.has_cache) mbedtls_ssl_conf_session_cache(config, server, find, store);
  if (conduct.ticket_length > 0) {
    mbedtls_ssl_conf_session_tickets_cb(config, write_ticket, parse_ticket, server);
  }
  error = mbedtls_ssl_conf_own_cert(config, &server->certificate, &server->key);
  if (error == 0) error = mbedtls_ssl_setup(&server->ssl, config);
  mbedtls_ssl_set_bio(&server->ssl, server, put, get, NULL);
  return error;
}

/* The client's first message was read, and nothing is answered yet. */
static void misbehave(scripted_server *server) {
  mbedtls_ssl_session *session = server->ssl.session_negotiate;
  mbedtls_ssl_handshake_params *handshake = server->ssl.handshake;
  if (server->conduct.denies_extended_secret) {
    handshake->extended_ms = MBEDTLS_SSL_EXTENDED_MS_DISABLED;
  }
  if (server->conduct.renews && handshake->resume) handshake->new_session_ticket = 1;
  if (server->conduct.claims_resumption) {
    handshake->resume = 1;
    handshake->new_session_ticket = 0;
  }
  if (server->conduct.other_identifier) {
    if (server->conduct.resumes && server->has_session) {
      *session = server->session;
      handshake->resume = 1;
    }
    session->id_len = sizeof(session->id);
    draw(NULL, session->id, session->id_len);
  }
}

static int32_t work(scripted_server *server) {
  mbedtls_ssl_context *ssl = &server->ssl;
  while (ssl->state != MBEDTLS_SSL_HANDSHAKE_OVER) {
    int awaits_client = ssl->state == MBEDTLS_SSL_CLIENT_HELLO;
    int error = mbedtls_ssl_handshake_step(ssl);
    if (error == MBEDTLS_ERR_SSL_WANT_READ) return 0;
    if (error != 0) return error;
    if (awaits_client && ssl->state == MBEDTLS_SSL_SERVER_HELLO) misbehave(server);
  }
  return 0;
}

int32_t scripted_server_receive(scripted_server *server, const uint8_t *bytes, size_t length) {
  buffer *buffer = &server->inbound;
  if (length > CAPACITY - buffer->end) return -1;
  memcpy(buffer->bytes + buffer->end, bytes, length);
  buffer->end += length;
  return work(server);
}

size_t scripted_server_take(scripted_server *server, uint8_t *space, size_t capacity) {
  buffer *buffer = &server->outbound;
  size_t available = buffer->end - buffer->start;
  size_t count = capacity < available ? capacity : available;
  memcpy(space, buffer->bytes + buffer->start, count);
  buffer->start += count;
  return count;
}

int32_t scripted_server_is_open(const scripted_server *server) {
  return server->ssl.state == MBEDTLS_SSL_HANDSHAKE_OVER;
}

int32_t scripted_server_say(scripted_server *server, const uint8_t *bytes, size_t length) {
  int count = mbedtls_ssl_write(&server->ssl, bytes, length);
  return count == (int)length ? 0 : -1;
}
