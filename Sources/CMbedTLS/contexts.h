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

struct swiftlet_roots {
  mbedtls_x509_crt list;
  size_t count;
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
  bool leaf_was_judged; /* the verify callback has seen the server's own certificate */
  bool is_established;
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
