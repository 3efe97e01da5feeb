/* Resumption: a session outlives its connection, and makes the next handshake short.
 *
 * A session is kept only if its server was verified in a full handshake with an extended master
 * secret (RFC 7627), and offered only to the same host, with the same roots, while all certificates
 * of that handshake are valid and for a day at most. A server that resumes it proves that it has
 * the master secret agreed upon then, and so that it is the one that was verified. One that cannot
 * or does not want to answers with an ordinary handshake, and is verified anew.
 *
 * The ticket of a session lies in the library's memory during a connection, and in the inbound pipe
 * between connections, when that is empty: it costs no memory, and the library's heap is the same
 * for each connection.
 */
#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

#include <string.h>

/* RFC 5246 appendix F.1.4 suggests 24 hours; counted from the full handshake on. */
#define AGE_MAXIMUM 86400

/* A session whose handshakes come to no end, for whatever reason, is not offered a third time. */
#define OFFERS_MAXIMUM 2

/* The library does not send shorter ones. */
#define IDENTIFIER_MINIMUM 16

/* Wipes the kept session, wherever it lies. */
static void drop(swiftlet_client *client) {
  if (client->kept.ticket_is_stored) {
    mbedtls_platform_zeroize(&client->inbound, sizeof(client->inbound));
  }
  mbedtls_platform_zeroize(&client->kept, sizeof(client->kept));
}

void swiftlet_resumption_failed(swiftlet_client *client) {
  client->may_be_kept = false;
  drop(client);
}

void swiftlet_session_forget(swiftlet_client *client) {
  client->may_be_kept = false;
  client->avoids_tickets = false;
  /* A handshake under way is judged by what was offered; `swiftlet_resumption_collect` wipes it. */
  if (client->is_offered && !client->is_established) return;
  drop(client);
}

#if SWIFTLET_KEEPS_SESSIONS

static bool is_offerable(const swiftlet_client *client) {
  const swiftlet_kept_session *kept = &client->kept;
  return kept->is_valid && kept->offers < OFFERS_MAXIMUM && client->seconds >= kept->from &&
         client->seconds <= kept->until && client->seconds <= kept->ticket_until &&
         memcmp(kept->roots, client->roots->digest, sizeof(kept->roots)) == 0;
}

void swiftlet_resumption_offer(swiftlet_client *client) {
  swiftlet_kept_session *kept = &client->kept;
  if (!is_offerable(client)) {
    drop(client);
    return;
  }
  mbedtls_ssl_session session;
  mbedtls_ssl_session_init(&session);
  session.ciphersuite = kept->suite;
  session.id_len = kept->identifier_length;
  memcpy(session.id, kept->identifier, sizeof(session.id));
  memcpy(session.master, kept->master, sizeof(session.master));
  if (kept->ticket_length > 0) {
    session.ticket = client->inbound.bytes;
    session.ticket_len = kept->ticket_length;
  }
  int error = mbedtls_ssl_set_session(&client->ssl, &session);
  mbedtls_platform_zeroize(&session, sizeof(session));
  if (error != 0) {
    /* No memory for the ticket: what was copied before that must not stay. */
    mbedtls_ssl_session_free(client->ssl.session_negotiate);
    drop(client);
    return;
  }
  if (kept->ticket_is_stored) {
    mbedtls_platform_zeroize(&client->inbound, sizeof(client->inbound));
  }
  kept->ticket_is_stored = false;
  kept->offers++;
  client->is_offered = true;
}

int swiftlet_resumption_answered(swiftlet_client *client) {
  const mbedtls_ssl_handshake_params *handshake = client->ssl.handshake;
  client->has_extended_secret = handshake->extended_ms == MBEDTLS_SSL_EXTENDED_MS_ENABLED;
  client->is_resumed = handshake->resume != 0;
  if (client->is_resumed) {
    /* RFC 7627 section 5.3: the answer has to be like that of the full handshake. */
    if (client->is_offered && client->has_extended_secret) return 0;
    mbedtls_ssl_send_alert_message(&client->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL,
                                   MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE);
    return MBEDTLS_ERR_SSL_BAD_HS_SERVER_HELLO;
  }
  if (client->is_offered) {
    /* Declined. The library would keep the old ticket beside the new secret, and offer the two
     * together; and the full handshake needs the memory. */
    mbedtls_ssl_session *session = client->ssl.session_negotiate;
    mbedtls_free(session->ticket);
    session->ticket = NULL;
    session->ticket_len = 0;
    client->is_offered = false;
    drop(client);
  }
  return 0;
}

/* True if the keys come from the secret that was agreed upon with a server which was verified. */
static bool is_ours(const swiftlet_client *client) {
  const mbedtls_ssl_session *session = client->ssl.session;
  return client->is_resumed && client->is_offered && client->kept.is_valid && session != NULL &&
         session->ciphersuite == client->kept.suite &&
         mbedtls_ct_memcmp(session->master, client->kept.master, sizeof(session->master)) == 0;
}

bool swiftlet_resumption_is_authentic(const swiftlet_client *client) {
  return client->leaf_was_judged ? !client->is_resumed : is_ours(client);
}

/* Frees a ticket that is longer than what can be kept. */
static void limit_ticket(mbedtls_ssl_session *session) {
  if (session->ticket == NULL || session->ticket_len <= SWIFTLET_TICKET_CAPACITY) return;
  mbedtls_free(session->ticket);
  session->ticket = NULL;
  session->ticket_len = 0;
}

static int64_t earlier(int64_t first, int64_t second) { return first < second ? first : second; }

void swiftlet_resumption_established(swiftlet_client *client) {
  swiftlet_kept_session *kept = &client->kept;
  mbedtls_ssl_session *session = client->ssl.session;
  limit_ticket(session);
  bool has_identifier = session->id_len >= IDENTIFIER_MINIMUM;
  if (!client->may_be_kept || !client->has_extended_secret ||
      (session->ticket == NULL && !has_identifier)) {
    swiftlet_resumption_failed(client);
    return;
  }
  if (!client->is_resumed) {
    memset(kept, 0, sizeof(*kept));
    kept->suite = (uint16_t)session->ciphersuite;
    kept->from = client->seconds;
    kept->until = earlier(client->seconds + AGE_MAXIMUM, client->chain_until);
    kept->ticket_until = INT64_MAX;
    memcpy(kept->master, session->master, sizeof(kept->master));
    memcpy(kept->roots, client->roots->digest, sizeof(kept->roots));
  }
  /* The library deletes the identifier just when it takes a ticket from the server. Of the
   * ticket's own limit, zero says nothing (RFC 5077 section 3.3). */
  if (session->ticket != NULL && session->id_len == 0) {
    kept->ticket_until = session->ticket_lifetime == 0
                             ? INT64_MAX
                             : client->seconds + (int64_t)session->ticket_lifetime;
  }
  kept->ticket_length = session->ticket == NULL ? 0 : (uint16_t)session->ticket_len;
  kept->identifier_length = (uint8_t)session->id_len;
  memcpy(kept->identifier, session->id, sizeof(kept->identifier));
  kept->offers = 0;
  kept->is_valid = true;
}

/* Where the ticket of the kept session is now, if the session may be kept. */
static const mbedtls_ssl_session *session_to_keep(const swiftlet_client *client) {
  if (!client->may_be_kept) return NULL;
  if (client->is_established) return client->ssl.session;
  /* The handshake broke off before the server said a word. */
  bool is_untouched = client->ssl.state <= MBEDTLS_SSL_SERVER_HELLO;
  return is_untouched ? client->ssl.session_negotiate : NULL;
}

void swiftlet_resumption_collect(swiftlet_client *client) {
  if (!client->is_established && !client->is_offered) return;
  const mbedtls_ssl_session *session = session_to_keep(client);
  size_t length = client->kept.ticket_length;
  if (session == NULL || !client->kept.is_valid || session->ticket_len != length) {
    drop(client);
    return;
  }
  mbedtls_platform_zeroize(&client->inbound, sizeof(client->inbound));
  if (length > 0) {
    memcpy(client->inbound.bytes, session->ticket, length);
    client->kept.ticket_is_stored = true;
  }
}

#else

void swiftlet_resumption_offer(swiftlet_client *client) { (void)client; }

int swiftlet_resumption_answered(swiftlet_client *client) {
  (void)client;
  return 0;
}

bool swiftlet_resumption_is_authentic(const swiftlet_client *client) {
  return client->leaf_was_judged;
}

void swiftlet_resumption_established(swiftlet_client *client) { (void)client; }

void swiftlet_resumption_collect(swiftlet_client *client) { (void)client; }

#endif

int32_t swiftlet_session_was_resumed(const swiftlet_client *client) {
  return client->is_established && client->is_resumed;
}

#endif
