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
static mbedtls_ecp_keypair pair, other_pair;
static mbedtls_mpi r, s, other_r, other_s, secret;
static mbedtls_ecp_point peer;

/* RFC 6979, A.2.5: the key, the digest of "sample" with SHA-256, and the signature. */
static const char *const known_key =
    "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
static const unsigned char digest[32] = {0xAF, 0x2B, 0xDB, 0xE1, 0xAA, 0x9B, 0x6E, 0xC1,
                                         0xE2, 0xAD, 0xE1, 0xD6, 0x94, 0xF4, 0x1F, 0xC7,
                                         0x1A, 0x83, 0x1D, 0x02, 0x68, 0xE9, 0x89, 0x15,
                                         0x62, 0x11, 0x3D, 0x8A, 0x62, 0xAD, 0xD1, 0xBF};
static const unsigned char known_signature[64] = {
    0xEF, 0xD4, 0x8B, 0x2A, 0xAC, 0xB6, 0xA8, 0xFD, 0x11, 0x40, 0xDD, 0x9C, 0xD4,
    0x5E, 0x81, 0xD6, 0x9D, 0x2C, 0x87, 0x7B, 0x56, 0xAA, 0xF9, 0x91, 0xC3, 0x4D,
    0x0E, 0xA8, 0x4E, 0xAF, 0x37, 0x16, 0xF7, 0xCB, 0x1C, 0x94, 0x2D, 0x65, 0x7C,
    0x41, 0xD4, 0x36, 0xC7, 0xA1, 0xB6, 0xE2, 0x9F, 0x65, 0xF3, 0xE9, 0x00, 0xDB,
    0xB9, 0xAF, 0xF4, 0x06, 0x4D, 0xC4, 0xAB, 0x2F, 0x84, 0x3A, 0xCD, 0xA8};

static int draw(void *context, unsigned char *bytes, size_t count) {
  return mbedtls_ctr_drbg_random(context, bytes, count);
}

static int seed(void *context, unsigned char *bytes, size_t count) {
  (void)context;
  memset(bytes, 0x55, count);
  return 0;
}

static uint32_t start;
static size_t heap_before;

static void begin(void) {
  size_t blocks;
  mbedtls_memory_buffer_alloc_cur_get(&heap_before, &blocks);
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
  bare_print(", heap ");
  bare_print_number(heap > heap_before ? heap - heap_before : 0, 0);
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

static int compare(void) {
  unsigned char signature[sizeof known_signature];
  int error = mbedtls_mpi_write_binary(&r, signature, 32);
  if (error == 0) error = mbedtls_mpi_write_binary(&s, signature + 32, 32);
  return error != 0 ? error : memcmp(signature, known_signature, sizeof signature);
}

/* As Sources/CMbedTLS/keys.c does it. */
static int sign_and_verify(void) {
  int error = sign();
  return error == 0 ? verify() : error;
}

/* In a group of its own, as in each handshake: the library's table for the base is gone after
 * it. */
static int make_key(void) {
  mbedtls_ecp_group group;
  mbedtls_ecp_group_init(&group);
  int error = mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1);
  if (error == 0) error = mbedtls_ecdh_gen_public(&group, &secret, &peer, draw, &generator);
  mbedtls_ecp_group_free(&group);
  return error;
}

static int agree(void) {
  return mbedtls_ecdh_compute_shared(&pair.grp, &r, &peer, &secret, draw, &generator);
}

/* Another curve, which the library's own code computes. Its points are those of a certificate,
 * whose group is its own, so that nothing is left from an earlier one. */
static int verify_p384(void) {
  mbedtls_ecp_group group;
  mbedtls_ecp_group_init(&group);
  int error = mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP384R1);
  if (error == 0) {
    error = mbedtls_ecdsa_verify(&group, digest, sizeof digest, &other_pair.Q, &other_r, &other_s);
  }
  mbedtls_ecp_group_free(&group);
  return error;
}

static int check_pair(void) { return mbedtls_ecp_check_pub_priv(&pair, &pair); }

int main(void) {
  static const struct {
    const char *name;
    int (*run)(void);
  } work[] = {
      {"check of a key pair   ", check_pair},
      {"ES256 sign, first     ", sign},
      {"ES256 sign, again     ", sign},
      {"ES256 as in RFC 6979  ", compare},
      {"ES256 verify          ", verify},
      {"ES256 sign and verify ", sign_and_verify},
      {"ECDH key              ", make_key},
      {"ECDH secret           ", agree},
      {"P-384 verify          ", verify_p384},
  };
  bare_start_timer();
  mbedtls_memory_buffer_alloc_init(arena, sizeof arena);
  mbedtls_ctr_drbg_init(&generator);
  mbedtls_ecp_keypair_init(&pair);
  mbedtls_ecp_keypair_init(&other_pair);
  mbedtls_mpi_init(&r);
  mbedtls_mpi_init(&s);
  mbedtls_mpi_init(&other_r);
  mbedtls_mpi_init(&other_s);
  mbedtls_mpi_init(&secret);
  mbedtls_ecp_point_init(&peer);
  if (mbedtls_ctr_drbg_seed(&generator, seed, NULL, NULL, 0) != 0 ||
      mbedtls_ecp_group_load(&pair.grp, MBEDTLS_ECP_DP_SECP256R1) != 0 ||
      mbedtls_ecp_group_load(&other_pair.grp, MBEDTLS_ECP_DP_SECP256R1) != 0 ||
      mbedtls_mpi_read_string(&pair.d, 16, known_key) != 0 ||
      mbedtls_ecp_mul(&other_pair.grp, &pair.Q, &pair.d, &other_pair.grp.G, draw, &generator) !=
          0 ||
      mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP384R1, &other_pair, draw, &generator) != 0 ||
      mbedtls_ecdsa_sign_det_ext(&other_pair.grp, &other_r, &other_s, &other_pair.d, digest,
                                 sizeof digest, MBEDTLS_MD_SHA256, draw, &generator) != 0) {
    bare_print("cannot make the keys\n");
    return 1;
  }
#ifdef WITH_CP256
  begin();
  end("self-test             ", p256_self_test());
#endif
  for (unsigned i = 0; i < sizeof work / sizeof work[0]; i++) {
    begin();
    int error = work[i].run();
    end(work[i].name, error);
  }
  return 0;
}
