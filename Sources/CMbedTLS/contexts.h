/* The layout of the opaque contexts, shared by the .c files. */
#ifndef SWIFTLET_CONTEXTS_H
#define SWIFTLET_CONTEXTS_H

#include "include/CMbedTLS.h"
#include "library.h"

#if SWIFTLET_HAS_LIBRARY

#include <stdbool.h>

/* A DNS name has at most 253 characters (RFC 1035 section 2.3.4). */
#define SWIFTLET_HOST_CAPACITY 253

/* Records pass in pieces; the library itself holds a whole one. Large enough for the flights of a
 * handshake without client certificate, small enough for a board. */
#define SWIFTLET_PIPE_CAPACITY 1024

/* What the inbound pipe can hold of a ticket. One that holds the certificate of a device with an EC
 * key, as some servers' do, has some 800 bytes; others have 200. */
#define SWIFTLET_TICKET_CAPACITY SWIFTLET_PIPE_CAPACITY

/* Bytes on their way between the caller and the library. */
typedef struct {
  size_t start;
  size_t end;
  uint8_t bytes[SWIFTLET_PIPE_CAPACITY];
} swiftlet_pipe;

/* The server that a session wants to talk to. */
typedef struct {
  char name[SWIFTLET_HOST_CAPACITY + 1];
  size_t length;
  bool is_address;    /* the name is an IPv4 address in decimal */
  uint8_t address[4]; /* valid if so */
} swiftlet_host;

/* A session that may be resumed (RFC 5246 section 7.3, RFC 5077). */
typedef struct {
  bool is_valid;
  bool ticket_is_stored;  /* the ticket lies in the inbound pipe */
  uint8_t offers;         /* how often it was offered since its last handshake was finished */
  uint8_t identifier_length;
  uint16_t ticket_length; /* zero: the identifier is offered */
  uint16_t suite;
  uint8_t identifier[32];
  uint8_t master[48];
  /* Trusted times, both ends included: of the full handshake, and of the first end of a certificate
   * or of the day after. */
  int64_t from;
  int64_t until;
  int64_t ticket_until; /* the server's own limit */
  uint8_t roots[32];    /* the digest of those that its server was verified with */
} swiftlet_kept_session;

struct swiftlet_roots {
  mbedtls_x509_crt list;
  size_t count;
  uint8_t digest[32]; /* of all roots, in the order in which they were added */
};

struct swiftlet_client {
  const swiftlet_roots *roots;

  mbedtls_ctr_drbg_context drbg;
  bool is_seeded;
  const uint8_t *entropy; /* what a seeding in progress may still take */
  size_t entropy_length;

  int32_t key_kind;
  mbedtls_pk_context key;
  mbedtls_x509_crt chain;
  bool has_chain;

  mbedtls_ssl_context ssl;
  mbedtls_ssl_config config;
  swiftlet_host host;
  int64_t seconds;      /* the trusted time at which certificates are judged */
  int64_t chain_until;  /* the first end of a certificate that was judged */
  bool leaf_was_judged; /* the verify callback has seen the server's own certificate */
  bool is_established;
  bool is_offered;          /* the kept session was offered to the server, and not declined yet */
  bool is_resumed;          /* the server answered that it resumes it */
  bool has_extended_secret; /* the server answered with an extended master secret (RFC 7627) */
  bool may_be_kept;         /* nothing has happened that forbids to resume this session */
  bool avoids_tickets;      /* there was no memory for a ticket of this host */
  swiftlet_kept_session kept; /* for `host` */
  swiftlet_pipe inbound;
  swiftlet_pipe outbound;
};

/* random.c: the library's way to draw random bytes; `client` is a swiftlet_client. */
int swiftlet_random_draw(void *client, unsigned char *out, size_t length);

/* host.c */
bool swiftlet_host_set(swiftlet_host *host, const uint8_t *name, size_t length);
bool swiftlet_host_matches(const swiftlet_host *host, const mbedtls_x509_crt *certificate);

/* verify.c */
extern const mbedtls_x509_crt_profile swiftlet_profile;
int swiftlet_verify(void *client, mbedtls_x509_crt *certificate, int depth, uint32_t *flags);
int32_t swiftlet_verify_result(uint32_t flags);

/* resumption.c: offers the kept session in the handshake that was just set up, if it may. */
void swiftlet_resumption_offer(swiftlet_client *client);
/* To be called once the server's first message was read; an error of the library, or zero. */
int swiftlet_resumption_answered(swiftlet_client *client);
/* True if the server was verified in this handshake, or in that of the session it resumes. */
bool swiftlet_resumption_is_authentic(const swiftlet_client *client);
/* The handshake is over: notes what is needed to resume the session. */
void swiftlet_resumption_established(swiftlet_client *client);
/* The connection failed: its session must not be resumed (RFC 5246 section 7.2.2). */
void swiftlet_resumption_failed(swiftlet_client *client);
/* The connection is about to be freed: puts its ticket into the inbound pipe. */
void swiftlet_resumption_collect(swiftlet_client *client);

/* failures.c: what an error of the library means; for allocation failures see memory.c too. */
bool swiftlet_is_out_of_memory(int error);
swiftlet_outcome swiftlet_session_failure(swiftlet_client *client, int error);

/* memory.c */
uint32_t swiftlet_memory_refusals(void);

/* records.c: the library's side of the pipes. */
size_t swiftlet_pipe_count(const swiftlet_pipe *pipe);
size_t swiftlet_pipe_room(const swiftlet_pipe *pipe);
int swiftlet_records_send(void *client, const unsigned char *bytes, size_t length);
int swiftlet_records_receive(void *client, unsigned char *space, size_t length);

#endif

#endif
