#include "P256TestSupport.h"

#include <AllocationFaults.h>
#include <CP256.h>


#include <mbedtls/ecdsa.h>
#include <mbedtls/error.h>

#include <stdlib.h>
#include <string.h>

#include "base_table.h"
#include "field.h"
#include "seam.h"

/* What the tests themselves need must not fail. */
static void must(int error) {
  if (error != 0) abort();
}

static void read_number(mbedtls_mpi *value, p256_test_number number) {
  mbedtls_mpi_init(value);
  must(mbedtls_mpi_read_binary_le(value, number.bytes, number.count));
  if (number.is_negative) value->s = -1;
}

static void load(mbedtls_ecp_group *group, int32_t curve) {
  mbedtls_ecp_group_init(group);
  must(mbedtls_ecp_group_load(
      group, curve == P256_CURVE_P256 ? MBEDTLS_ECP_DP_SECP256R1 : MBEDTLS_ECP_DP_SECP384R1));
}

static void read_point(mbedtls_ecp_point *point, const mbedtls_ecp_group *group,
                       p256_test_point given) {
  mbedtls_ecp_point_init(point);
  if (given.is_generator) {
    must(mbedtls_ecp_copy(point, &group->G));
    return;
  }
  read_number(&point->X, given.x);
  read_number(&point->Y, given.y);
  must(mbedtls_mpi_lset(&point->Z, given.z));
}

static void write_point(p256_test_result *result, const mbedtls_ecp_point *point) {
  memset(result, 0, sizeof *result);
  must(mbedtls_mpi_write_binary_le(&point->X, result->x, sizeof result->x));
  must(mbedtls_mpi_write_binary_le(&point->Y, result->y, sizeof result->y));
  result->z = mbedtls_mpi_cmp_int(&point->Z, 0) == 0 ? 0
              : mbedtls_mpi_cmp_int(&point->Z, 1) == 0 ? 1
                                                       : 2;
}

static _Thread_local int64_t allowed = -1;
static _Thread_local int32_t was_refused;

void p256_test_limit_memory(int64_t limit) { allowed = limit; }

int32_t p256_test_was_refused(void) { return was_refused; }

static void arm(void) {
  was_refused = 0;
  if (allowed >= 0) allocation_faults_arm(allowed);
}

static void disarm(void) {
  if (allowed >= 0) was_refused = allocation_faults_disarm();
}

typedef int generator(void *, unsigned char *, size_t);

static int counter(void *context, unsigned char *bytes, size_t count) {
  unsigned char *next = context;
  for (size_t i = 0; i < count; i++) bytes[i] = (*next)++;
  return 0;
}

static int fails(void *context, unsigned char *bytes, size_t count) {
  (void)context;
  (void)bytes;
  (void)count;
  return P256_RANDOM_ERROR;
}

static int zero(void *context, unsigned char *bytes, size_t count) {
  (void)context;
  memset(bytes, 0, count);
  return 0;
}

int32_t p256_test_multiply(int32_t by, int32_t curve, p256_test_number scalar,
                           p256_test_point point, int32_t random, p256_test_result *result) {
  static generator *const generators[] = {counter, NULL, fails, zero};
  unsigned char next = 1;
  mbedtls_ecp_group group;
  mbedtls_mpi m;
  mbedtls_ecp_point P, R;
  load(&group, curve);
  read_number(&m, scalar);
  read_point(&P, &group, point);
  mbedtls_ecp_point_init(&R);
  arm();
  int error = by == P256_LIBRARY
                  ? mbedtls_ecp_mul_restartable(&group, &R, &m, &P, generators[random], &next, NULL)
                  : p256_seam_mul_restartable(&group, &R, &m, &P, generators[random], &next, NULL);
  disarm();
  write_point(result, &R);
  mbedtls_ecp_point_free(&R);
  mbedtls_ecp_point_free(&P);
  mbedtls_mpi_free(&m);
  mbedtls_ecp_group_free(&group);
  return error;
}

int32_t p256_test_multiply_add(int32_t by, int32_t curve, p256_test_number m, p256_test_point p,
                               p256_test_number n, p256_test_point q, p256_test_result *result) {
  mbedtls_ecp_group group;
  mbedtls_mpi first, second;
  mbedtls_ecp_point P, Q, R;
  load(&group, curve);
  read_number(&first, m);
  read_number(&second, n);
  read_point(&P, &group, p);
  read_point(&Q, &group, q);
  mbedtls_ecp_point_init(&R);
  arm();
  int error = by == P256_LIBRARY
                  ? mbedtls_ecp_muladd_restartable(&group, &R, &first, &P, &second, &Q, NULL)
                  : p256_seam_muladd_restartable(&group, &R, &first, &P, &second, &Q, NULL);
  disarm();
  write_point(result, &R);
  mbedtls_ecp_point_free(&R);
  mbedtls_ecp_point_free(&Q);
  mbedtls_ecp_point_free(&P);
  mbedtls_mpi_free(&second);
  mbedtls_mpi_free(&first);
  mbedtls_ecp_group_free(&group);
  return error;
}

typedef int modular(mbedtls_mpi *, const mbedtls_mpi *, const mbedtls_mpi *);

static int32_t apply(modular *function, p256_test_number value, p256_test_number modulus,
                     uint8_t *result) {
  mbedtls_mpi a, n, x;
  read_number(&a, value);
  read_number(&n, modulus);
  mbedtls_mpi_init(&x);
  arm();
  int error = function(&x, &a, &n);
  disarm();
  memset(result, 0, P256_TEST_COORDINATE_BYTES);
  if (error == 0) must(mbedtls_mpi_write_binary_le(&x, result, P256_TEST_COORDINATE_BYTES));
  mbedtls_mpi_free(&x);
  mbedtls_mpi_free(&n);
  mbedtls_mpi_free(&a);
  return error;
}

int32_t p256_test_invert(int32_t by, p256_test_number value, p256_test_number modulus,
                         uint8_t *result) {
  return apply(by == P256_LIBRARY ? mbedtls_mpi_inv_mod : p256_seam_inv_mod, value, modulus,
               result);
}

int32_t p256_test_reduce(int32_t by, p256_test_number value, p256_test_number modulus,
                         uint8_t *result) {
  return apply(by == P256_LIBRARY ? mbedtls_mpi_mod_mpi : p256_seam_mod_mpi, value, modulus,
               result);
}

static int mod_p(mbedtls_mpi *x, const mbedtls_mpi *a, const mbedtls_mpi *p) {
  (void)p;
  int error = mbedtls_mpi_copy(x, a);
  return error != 0 ? error : p256_seam_mod_p(x);
}

int32_t p256_test_reduce_modulo_p(int32_t by, p256_test_number value, p256_test_number p,
                                  uint8_t *result) {
  return apply(by == P256_LIBRARY ? mbedtls_mpi_mod_mpi : mod_p, value, p, result);
}

/* The library's integers modulo p. */
static void reference_field(int32_t operation, const uint8_t *a, const uint8_t *b,
                            uint8_t *result) {
  mbedtls_ecp_group group;
  mbedtls_mpi x, y, scale, value;
  load(&group, P256_CURVE_P256);
  const mbedtls_mpi *p = &group.P;
  read_number(&x, (p256_test_number){a, P256_TEST_BYTES, 0});
  read_number(&y, (p256_test_number){b, P256_TEST_BYTES, 0});
  mbedtls_mpi_init(&scale);
  mbedtls_mpi_init(&value);
  must(mbedtls_mpi_lset(&scale, 1));
  must(mbedtls_mpi_shift_l(&scale, 8 * P256_TEST_BYTES));
  if (operation == P256_FIELD_SQUARE) must(mbedtls_mpi_copy(&y, &x));
  switch (operation) {
    case P256_FIELD_ADD:
      must(mbedtls_mpi_add_mpi(&value, &x, &y));
      break;
    case P256_FIELD_SUBTRACT:
      must(mbedtls_mpi_sub_mpi(&value, &x, &y));
      break;
    case P256_FIELD_TO:
      must(mbedtls_mpi_mul_mpi(&value, &x, &scale));
      break;
    case P256_FIELD_INVERT:
      /* The inverse of x / scale, times scale. */
      if (mbedtls_mpi_cmp_int(&x, 0) != 0) must(mbedtls_mpi_inv_mod(&value, &x, p));
      must(mbedtls_mpi_mul_mpi(&value, &value, &scale));
      must(mbedtls_mpi_mul_mpi(&value, &value, &scale));
      break;
    default:
      if (operation == P256_FIELD_HALF) must(mbedtls_mpi_lset(&scale, 2));
      must(mbedtls_mpi_inv_mod(&scale, &scale, p));
      must(mbedtls_mpi_mul_mpi(&value, &x, &scale));
      if (operation != P256_FIELD_HALF && operation != P256_FIELD_FROM) {
        must(mbedtls_mpi_mul_mpi(&value, &value, &y));
      }
  }
  must(mbedtls_mpi_mod_mpi(&value, &value, p));
  must(mbedtls_mpi_write_binary_le(&value, result, P256_TEST_BYTES));
  mbedtls_mpi_free(&value);
  mbedtls_mpi_free(&scale);
  mbedtls_mpi_free(&y);
  mbedtls_mpi_free(&x);
  mbedtls_ecp_group_free(&group);
}

void p256_test_field(int32_t by, int32_t operation, const uint8_t *a, const uint8_t *b,
                     uint8_t *result) {
  if (by == P256_LIBRARY) {
    reference_field(operation, a, b, result);
    return;
  }
  p256_number x, y;
  memcpy(x.word, a, sizeof x);
  memcpy(y.word, b, sizeof y);
  switch (operation) {
    case P256_FIELD_MULTIPLY:
      p256_mul(&x, &x, &y);
      break;
    case P256_FIELD_SQUARE:
      p256_square(&x, &x);
      break;
    case P256_FIELD_ADD:
      p256_add(&x, &x, &y);
      break;
    case P256_FIELD_SUBTRACT:
      p256_sub(&x, &x, &y);
      break;
    case P256_FIELD_HALF:
      p256_half(&x, &x);
      break;
    case P256_FIELD_INVERT:
      p256_invert(&x, &x);
      break;
    case P256_FIELD_TO:
      p256_to_field(&x, &x);
      break;
    case P256_FIELD_FROM:
      p256_from_field(&x, &x);
      break;
    default:
      abort();
  }
  memcpy(result, x.word, sizeof x);
}

int32_t p256_test_table_size(void) { return P256_COMB_TABLES * P256_COMB_ENTRIES; }

void p256_test_table_entry(int32_t index, uint8_t *x, uint8_t *y) {
  const p256_affine *entry =
      &p256_base_table[index / P256_COMB_ENTRIES][index % P256_COMB_ENTRIES];
  p256_number number;
  p256_from_field(&number, &entry->x);
  memcpy(x, number.word, sizeof number);
  p256_from_field(&number, &entry->y);
  memcpy(y, number.word, sizeof number);
}

void p256_test_table_factor(int32_t index, uint8_t *factor) {
  mbedtls_mpi sum, term;
  mbedtls_mpi_init(&sum);
  mbedtls_mpi_init(&term);
  for (int tooth = 0; tooth < P256_COMB_TEETH; tooth++) {
    bool is_plus = tooth == P256_COMB_TEETH - 1 || (index % P256_COMB_ENTRIES >> tooth & 1) != 0;
    must(mbedtls_mpi_lset(&term, is_plus ? 1 : -1));
    must(mbedtls_mpi_shift_l(&term, (size_t)(tooth * P256_COMB_SPACING)));
    must(mbedtls_mpi_add_mpi(&sum, &sum, &term));
  }
  must(mbedtls_mpi_shift_l(&sum, (size_t)(index / P256_COMB_ENTRIES * P256_COMB_STEPS)));
  must(mbedtls_mpi_write_binary_le(&sum, factor, P256_TEST_BYTES));
  mbedtls_mpi_free(&term);
  mbedtls_mpi_free(&sum);
}

void p256_test_select(const uint8_t *table, size_t count, size_t index, uint8_t *entry) {
  p256_number *numbers = calloc(3 * count, sizeof *numbers), result[3];
  if (numbers == NULL) abort();
  memcpy(numbers, table, 3 * count * sizeof *numbers);
  p256_select(result, numbers, 3, count, index);
  memcpy(entry, result, sizeof result);
  free(numbers);
}

int32_t p256_test_verify(const uint8_t *digest, const uint8_t *key, const uint8_t *signature) {
  mbedtls_ecp_group group;
  mbedtls_ecp_point Q, R;
  mbedtls_mpi e, r, s, inverse, first, second;
  load(&group, P256_CURVE_P256);
  mbedtls_ecp_point_init(&Q);
  mbedtls_ecp_point_init(&R);
  mbedtls_mpi *const numbers[] = {&e, &r, &s, &inverse, &first, &second};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) mbedtls_mpi_init(numbers[i]);
  must(mbedtls_mpi_read_binary(&e, digest, P256_TEST_BYTES));
  must(mbedtls_mpi_read_binary(&r, signature, P256_TEST_BYTES));
  must(mbedtls_mpi_read_binary(&s, signature + P256_TEST_BYTES, P256_TEST_BYTES));
  must(mbedtls_mpi_read_binary(&Q.X, key, P256_TEST_BYTES));
  must(mbedtls_mpi_read_binary(&Q.Y, key + P256_TEST_BYTES, P256_TEST_BYTES));
  must(mbedtls_mpi_lset(&Q.Z, 1));
  int error = MBEDTLS_ERR_ECP_VERIFY_FAILED;
  if (mbedtls_mpi_cmp_int(&r, 1) >= 0 && mbedtls_mpi_cmp_mpi(&r, &group.N) < 0 &&
      mbedtls_mpi_cmp_int(&s, 1) >= 0 && mbedtls_mpi_cmp_mpi(&s, &group.N) < 0) {
    must(p256_seam_inv_mod(&inverse, &s, &group.N));
    must(mbedtls_mpi_mul_mpi(&first, &e, &inverse));
    must(p256_seam_mod_mpi(&first, &first, &group.N));
    must(mbedtls_mpi_mul_mpi(&second, &r, &inverse));
    must(p256_seam_mod_mpi(&second, &second, &group.N));
    error = p256_seam_muladd_restartable(&group, &R, &first, &group.G, &second, &Q, NULL);
    if (error == 0) {
      must(p256_seam_mod_mpi(&R.X, &R.X, &group.N));
      if (mbedtls_ecp_is_zero(&R) || mbedtls_mpi_cmp_mpi(&R.X, &r) != 0) {
        error = MBEDTLS_ERR_ECP_VERIFY_FAILED;
      }
    }
  }
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) mbedtls_mpi_free(numbers[i]);
  mbedtls_ecp_point_free(&R);
  mbedtls_ecp_point_free(&Q);
  mbedtls_ecp_group_free(&group);
  return error;
}
