/* A TLS 1.2 server inside the process, by the same library, which breaks the rules on demand.
 *
 * It serves one client at a time through two memory buffers. That it works when it obeys shows only
 * that the library agrees with itself; OpenSSL's server is the peer for that.
 */
#ifndef SWIFTLET_SCRIPTED_SERVER_H
#define SWIFTLET_SCRIPTED_SERVER_H

#include <stddef.h>
#include <stdint.h>

typedef struct scripted_server scripted_server;

/* What it does; all zeros is a server that resumes nothing. */
typedef struct {
  uint32_t ticket_length;   /* of the tickets that it gives; zero: it gives none */
  uint32_t ticket_lifetime; /* in seconds, as the server says */
  int32_t resumes;          /* it takes its last ticket, or the identifier that it remembers */
  int32_t has_cache;        /* it remembers the identifier of its last session */
  int32_t renews;           /* with a new ticket for a session that it resumes */
  int32_t denies_extended_secret; /* as if it had never heard of the extended master secret */
  int32_t claims_resumption;      /* of whatever is offered, without knowing its secret */
  int32_t other_identifier;       /* in its answer */
  int32_t other_suite;            /* of the same kind, for a session that it claims to resume */
} scripted_conduct;

/* The certificate and key in PEM files; NULL if they cannot be read. */
scripted_server *scripted_server_create(const char *certificate, const char *key);
void scripted_server_free(scripted_server *server);
/* Awaits a client; sessions of earlier ones are remembered. */
int32_t scripted_server_accept(scripted_server *server, scripted_conduct conduct);
/* Takes bytes from the client and works on them; a library's error, or zero. */
int32_t scripted_server_receive(scripted_server *server, const uint8_t *bytes, size_t length);
/* The bytes for the client, at most `capacity`, which are taken out. */
size_t scripted_server_take(scripted_server *server, uint8_t *space, size_t capacity);
/* True once the handshake is over on this side. */
int32_t scripted_server_is_open(const scripted_server *server);
/* Sends a record of plaintext. */
int32_t scripted_server_say(scripted_server *server, const uint8_t *bytes, size_t length);

#endif
