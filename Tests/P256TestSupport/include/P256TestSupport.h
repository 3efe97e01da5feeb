/* The TLS library's own answers and those of CP256, asked for in the same way.
 *
 * Numbers are bytes, least significant first, and of any length. Functions return the library's
 * error codes, 0 for success.
 */
#ifndef SWIFTLET_P256_TEST_SUPPORT_H
#define SWIFTLET_P256_TEST_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

/* Who answers. */
enum { P256_LIBRARY = 0, P256_SEAM = 1 };

enum { P256_TEST_BYTES = 32, P256_CURVE_P256 = 0, P256_CURVE_P384 = 1 };

/* A number with a sign. */
typedef struct {
  const uint8_t *bytes;
  size_t count;
  int32_t is_negative;
} p256_test_number;

/* A point with an integer for z; the generator if `is_generator`. */
typedef struct {
  p256_test_number x, y;
  int32_t z;
  int32_t is_generator;
} p256_test_point;

/* Where random numbers come from. */
enum {
  P256_RANDOM_COUNTER = 0,
  P256_RANDOM_NONE = 1,
  P256_RANDOM_FAILS = 2,
  P256_RANDOM_ZERO = 3,
};

/* The error of a generator that fails. */
enum { P256_RANDOM_ERROR = -0x34 };

/* x and y of the result, 48 bytes each, and z. */
enum { P256_TEST_COORDINATE_BYTES = 48 };
typedef struct {
  uint8_t x[P256_TEST_COORDINATE_BYTES], y[P256_TEST_COORDINATE_BYTES];
  int32_t z;
} p256_test_result;

/* From now on the functions that are tested may make so many allocations in a call, and the next is
 * refused; any number if negative. */
void p256_test_limit_memory(int64_t allowed);

/* Whether memory was refused in the last call. */
int32_t p256_test_was_refused(void);

int32_t p256_test_multiply(int32_t by, int32_t curve, p256_test_number scalar,
                           p256_test_point point, int32_t random, p256_test_result *result);
int32_t p256_test_multiply_add(int32_t by, int32_t curve, p256_test_number m, p256_test_point p,
                               p256_test_number n, p256_test_point q, p256_test_result *result);

/* The result is written to 48 bytes. */
int32_t p256_test_invert(int32_t by, p256_test_number value, p256_test_number modulus,
                         uint8_t *result);
int32_t p256_test_reduce(int32_t by, p256_test_number value, p256_test_number modulus,
                         uint8_t *result);

/* The library is told the modulus, which has to be p. */
int32_t p256_test_reduce_modulo_p(int32_t by, p256_test_number value, p256_test_number p,
                                  uint8_t *result);

/* Operations of the field on 32 bytes each, which are what stands in Montgomery's form. */
enum {
  P256_FIELD_MULTIPLY,
  P256_FIELD_SQUARE,
  P256_FIELD_ADD,
  P256_FIELD_SUBTRACT,
  P256_FIELD_HALF,
  P256_FIELD_INVERT,
  P256_FIELD_TO,
  P256_FIELD_FROM,
  P256_FIELD_OPERATIONS,
};
void p256_test_field(int32_t by, int32_t operation, const uint8_t *a, const uint8_t *b,
                     uint8_t *result);

/* Entry of the table of the base point, as plain coordinates, and the multiple that it ought to
 * be. */
int32_t p256_test_table_size(void);
void p256_test_table_entry(int32_t index, uint8_t *x, uint8_t *y);
void p256_test_table_factor(int32_t index, uint8_t *factor);

/* Picks one of `count` entries of three numbers, which are given with 96 bytes each. */
void p256_test_select(const uint8_t *table, size_t count, size_t index, uint8_t *entry);

/* ECDSA (FIPS 186-4, 6.4) with the functions of the seam, as the library does it. Returns 0 for a
 * right signature. The key is 64 bytes, its coordinates most significant byte first. */
int32_t p256_test_verify(const uint8_t *digest, const uint8_t *key, const uint8_t *signature);

#endif
