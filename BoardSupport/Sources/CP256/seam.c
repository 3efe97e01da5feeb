#include "seam.h"

#if defined(MBEDTLS_ECP_C)

#include "CP256.h"
#include "field.h"
#include "wipe.h"

#include <mbedtls/sha256.h>

#include <string.h>

#ifdef P256_REPLACES_LIBRARY
extern __typeof__(mbedtls_ecp_mul_restartable) library_ecp_mul_restartable;
extern __typeof__(mbedtls_ecp_muladd_restartable) library_ecp_muladd_restartable;
extern __typeof__(mbedtls_mpi_inv_mod) library_mpi_inv_mod;
extern __typeof__(mbedtls_mpi_mod_mpi) library_mpi_mod_mpi;
#endif

enum {
  NUMBER_BYTES = 32,
  /* What ECDSA reduces modulo n is at most 32 + 1 words long; longer numbers go to the library. */
  LONG_WORDS = 40,
};

/* The limbs of the library, of 32 or 64 bits and least significant first, are our words in memory
 * where the least significant byte comes first. Armv7-M, RISC-V and x86 are such. */
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the words of CP256 are copied from the library's limbs"
#endif

/* Copies a number of at most so many bytes, filling up with zeros. Fails if it is negative or
 * longer. Time depends on the number of limbs, but not on what is in them. */
static bool take_words(void *words, size_t bytes, const mbedtls_mpi *value) {
  size_t limbs = bytes / sizeof(mbedtls_mpi_uint);
  mbedtls_mpi_uint above = 0;
  for (size_t i = limbs; i < value->n; i++) above |= value->p[i];
  if (value->s < 0 || above != 0) return false;
  size_t present = value->n < limbs ? value->n : limbs;
  memset(words, 0, bytes);
  if (present > 0) memcpy(words, value->p, present * sizeof(mbedtls_mpi_uint));
  return true;
}

static bool take(p256_number *number, const mbedtls_mpi *value) {
  return take_words(number->word, NUMBER_BYTES, value);
}

static int give(mbedtls_mpi *value, const p256_number *number) {
  return mbedtls_mpi_read_binary_le(value, (const unsigned char *)number->word, NUMBER_BYTES);
}

static int give_point(mbedtls_ecp_point *point, const p256_affine *affine) {
  int error = give(&point->X, &affine->x);
  if (error == 0) error = give(&point->Y, &affine->y);
  if (error == 0) error = mbedtls_mpi_lset(&point->Z, 1);
  return error;
}

/* A point as the library accepts it: affine, and on the curve. */
static int take_point(p256_affine *affine, const mbedtls_ecp_point *point) {
  if (mbedtls_mpi_cmp_int(&point->Z, 1) != 0 || !take(&affine->x, &point->X) ||
      !take(&affine->y, &point->Y) || !p256_is_on_curve(affine)) {
    return MBEDTLS_ERR_ECP_INVALID_KEY;
  }
  return 0;
}

static bool is_generator(const mbedtls_ecp_point *point) {
  p256_affine affine;
  return mbedtls_mpi_cmp_int(&point->Z, 1) == 0 && take(&affine.x, &point->X) &&
         take(&affine.y, &point->Y) && memcmp(&affine, &p256_generator, sizeof affine) == 0;
}

/* A factor between 0 and p. Callers who bring no generator get one made from the scalar, as they do
 * from the library: not random to who knows the scalar, but to all others. */
static int draw_blind(p256_number *blind, const p256_number *scalar,
                      int (*random)(void *, unsigned char *, size_t), void *random_context) {
  int error;
  if (random != NULL) {
    error = random(random_context, (unsigned char *)blind->word, NUMBER_BYTES);
  } else {
    unsigned char seed[8 + NUMBER_BYTES] = "blinding";
    memcpy(seed + 8, scalar->word, NUMBER_BYTES);
    error = mbedtls_sha256_ret(seed, sizeof seed, (unsigned char *)blind->word, 0);
    p256_wipe(seed, sizeof seed);
  }
  /* 255 bits are below p, and enough. */
  blind->word[P256_WORDS - 1] &= 0x7FFFFFFF;
  uint32_t any = 0;
  for (int i = 0; i < P256_WORDS; i++) any |= blind->word[i];
  if (error == 0 && any == 0) error = MBEDTLS_ERR_ECP_RANDOM_FAILED;
  return error;
}

static int multiply(mbedtls_ecp_point *R, const mbedtls_mpi *m, const mbedtls_ecp_point *P,
                    int (*random)(void *, unsigned char *, size_t), void *random_context) {
  struct {
    p256_number scalar, blind;
    p256_affine point;
  } work;
  bool is_base = is_generator(P);
  int error = 0;
  if (!take(&work.scalar, m) || !p256_is_scalar(&work.scalar)) {
    error = MBEDTLS_ERR_ECP_INVALID_KEY;
  }
  if (error == 0 && !is_base) error = take_point(&work.point, P);
  if (error == 0) error = draw_blind(&work.blind, &work.scalar, random, random_context);
  if (error == 0) {
    if (is_base) {
      p256_multiply_base(&work.point, &work.scalar, &work.blind);
    } else {
      p256_multiply(&work.point, &work.scalar, &work.point, &work.blind);
    }
    error = give_point(R, &work.point);
    /* The caller must not go on with half a point. */
    if (error != 0) mbedtls_ecp_point_free(R);
  }
  p256_wipe(&work, sizeof work);
  return error;
}

int p256_seam_mul_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *R, const mbedtls_mpi *m,
                              const mbedtls_ecp_point *P,
                              int (*random)(void *, unsigned char *, size_t), void *random_context,
                              mbedtls_ecp_restart_ctx *restart) {
  if (group == NULL || R == NULL || m == NULL || P == NULL) return MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
  if (group->id != MBEDTLS_ECP_DP_SECP256R1) {
    return library_ecp_mul_restartable(group, R, m, P, random, random_context, restart);
  }
  return multiply(R, m, P, random, random_context);
}

/* Tells whether the value is a scalar or zero, and takes it if so. */
static bool take_sum_scalar(p256_number *scalar, const mbedtls_mpi *value) {
  return take(scalar, value) &&
         (mbedtls_mpi_cmp_int(value, 0) == 0 || p256_is_scalar(scalar));
}

int p256_seam_muladd_restartable(mbedtls_ecp_group *group, mbedtls_ecp_point *R,
                                 const mbedtls_mpi *m, const mbedtls_ecp_point *P,
                                 const mbedtls_mpi *n, const mbedtls_ecp_point *Q,
                                 mbedtls_ecp_restart_ctx *restart) {
  if (group == NULL || R == NULL || m == NULL || P == NULL || n == NULL || Q == NULL) {
    return MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
  }
  p256_number base_scalar, scalar;
  p256_affine point;
  bool base_first = is_generator(P);
  /* Two other points, and -1 as a factor, which is no scalar: that is the library's business. */
  if (group->id != MBEDTLS_ECP_DP_SECP256R1 || (!base_first && !is_generator(Q)) ||
      !take_sum_scalar(&base_scalar, base_first ? m : n) ||
      !take_sum_scalar(&scalar, base_first ? n : m)) {
    return library_ecp_muladd_restartable(group, R, m, P, n, Q, restart);
  }
  int error = take_point(&point, base_first ? Q : P);
  if (error != 0) return error;
  if (!p256_multiply_add(&point, &base_scalar, &scalar, &point)) return mbedtls_ecp_set_zero(R);
  error = give_point(R, &point);
  if (error != 0) mbedtls_ecp_point_free(R);
  return error;
}

/* Tells whether a modulus is n, quickly if it has another length. */
static bool is_order(const mbedtls_mpi *modulus) {
  p256_number number;
  return modulus->n * sizeof(mbedtls_mpi_uint) >= NUMBER_BYTES && take(&number, modulus) &&
         memcmp(&number, &p256_order, sizeof number) == 0;
}

int p256_seam_inv_mod(mbedtls_mpi *X, const mbedtls_mpi *A, const mbedtls_mpi *N) {
  p256_number value;
  if (!is_order(N) || !take(&value, A) || !p256_is_scalar(&value)) {
    return library_mpi_inv_mod(X, A, N);
  }
  p256_invert_scalar(&value, &value);
  int error = give(X, &value);
  p256_wipe(&value, sizeof value);
  return error;
}

int p256_seam_mod_mpi(mbedtls_mpi *R, const mbedtls_mpi *A, const mbedtls_mpi *B) {
  struct {
    uint32_t words[LONG_WORDS];
    p256_number value;
  } work;
  if (!is_order(B) || !take_words(work.words, sizeof work.words, A)) {
    return library_mpi_mod_mpi(R, A, B);
  }
  size_t count = A->n * (sizeof(mbedtls_mpi_uint) / sizeof(uint32_t));
  if (count < P256_WORDS) count = P256_WORDS;
  if (count > LONG_WORDS) count = LONG_WORDS;
  p256_reduce_scalar(&work.value, work.words, count);
  int error = give(R, &work.value);
  p256_wipe(&work, sizeof work);
  return error;
}

int p256_seam_mod_p(mbedtls_mpi *N) {
  struct {
    p256_number low, high;
  } work;
  int error = MBEDTLS_ERR_ECP_BAD_INPUT_DATA;
  if (take_words(&work, sizeof work, N)) {
    /* high * 2^256 + low: the first product is what the field calls `high` itself. */
    p256_to_field(&work.high, &work.high);
    p256_to_field(&work.low, &work.low);
    p256_from_field(&work.low, &work.low);
    p256_add(&work.high, &work.high, &work.low);
    error = give(N, &work.high);
  }
  p256_wipe(&work, sizeof work);
  return error;
}

#endif
