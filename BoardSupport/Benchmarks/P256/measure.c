/* Counts the instructions of ES256 and ECDH, with CP256 or with the library alone. */
#include "bare.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecdh.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/memory_buffer_alloc.h>
#include <mbedtls/pk.h>

#include <string.h>

#ifdef WITH_CP256
#include "CP256.h"
#endif

static unsigned char arena[20000];
static mbedtls_ctr_drbg_context generator;
static mbedtls_ecp_keypair pair;
static mbedtls_mpi r, s, secret;
static mbedtls_ecp_point peer;
static unsigned char digest[32];

static int draw(void *context, unsigned char *bytes, size_t count) {
  return mbedtls_ctr_drbg_random(context, bytes, count);
}

static int seed(void *context, unsigned char *bytes, size_t count) {
  (void)context;
  memset(bytes, 0x55, count);
  return 0;
}

static uint32_t start;

static void begin(void) {
  mbedtls_memory_buffer_alloc_max_reset();
  bare_paint_stack();
  start = bare_ticks();
}

static void end(const char *name, int error) {
  uint64_t instructions = (uint64_t)(bare_ticks() - start) * BARE_INSTRUCTIONS_PER_TICK;
  uint32_t stack = bare_used_stack();
  size_t heap, blocks;
  mbedtls_memory_buffer_alloc_max_get(&heap, &blocks);
  bare_print(name);
  bare_print_number(instructions / 1000, 3);
  bare_print(" M, stack ");
  bare_print_number(stack, 0);
  bare_print(", heap peak ");
  bare_print_number(heap, 0);
  bare_print("\n");
  if (error != 0) {
    bare_print("failed\n");
    bare_exit(1);
  }
}

static int sign(void) {
  return mbedtls_ecdsa_sign_det_ext(&pair.grp, &r, &s, &pair.d, digest, sizeof digest,
                                    MBEDTLS_MD_SHA256, draw, &generator);
}

static int verify(void) {
  return mbedtls_ecdsa_verify(&pair.grp, digest, sizeof digest, &pair.Q, &r, &s);
}

/* As Sources/CMbedTLS/keys.c does it. */
static int sign_and_verify(void) {
  int error = sign();
  return error == 0 ? verify() : error;
}

static int make_key(void) {
  return mbedtls_ecdh_gen_public(&pair.grp, &secret, &peer, draw, &generator);
}

static int agree(void) {
  return mbedtls_ecdh_compute_shared(&pair.grp, &r, &peer, &secret, draw, &generator);
}

static int check_pair(void) { return mbedtls_ecp_check_pub_priv(&pair, &pair); }

int main(void) {
  static const struct {
    const char *name;
    int (*run)(void);
  } work[] = {
      {"check pair       ", check_pair},
      {"sign             ", sign},
      {"verify           ", verify},
      {"sign and verify  ", sign_and_verify},
      {"ECDH key         ", make_key},
      {"ECDH secret      ", agree},
  };
  bare_start_timer();
  mbedtls_memory_buffer_alloc_init(arena, sizeof arena);
  mbedtls_ctr_drbg_init(&generator);
  mbedtls_ecp_keypair_init(&pair);
  mbedtls_mpi_init(&r);
  mbedtls_mpi_init(&s);
  mbedtls_mpi_init(&secret);
  mbedtls_ecp_point_init(&peer);
  memset(digest, 0xA5, sizeof digest);
  if (mbedtls_ctr_drbg_seed(&generator, seed, NULL, NULL, 0) != 0 ||
      mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, &pair, draw, &generator) != 0) {
    bare_print("cannot make a key\n");
    return 1;
  }
#ifdef WITH_CP256
  begin();
  end("self-test        ", p256_self_test());
#endif
  for (unsigned i = 0; i < sizeof work / sizeof work[0]; i++) {
    begin();
    int error = work[i].run();
    end(work[i].name, error);
  }
  return 0;
}
