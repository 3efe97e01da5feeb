#ifndef SWIFTLET_P256_INVERSE_H
#define SWIFTLET_P256_INVERSE_H

#include "CP256.h"

enum {
  /* Numbers are cut into signed words of 30 bits, which leaves room for sums of products. */
  P256_INVERSE_BITS = 30,
  P256_INVERSE_WORDS = 9,
};

/* An odd modulus between 2^256 - 2^225 and 2^256, and its inverse modulo 2^30. */
typedef struct {
  int32_t word[P256_INVERSE_WORDS];
  uint32_t inverse;
} p256_modulus;

/* p, and the order n of the base point. */
extern const p256_modulus p256_prime_modulus;
extern const p256_modulus p256_order_modulus;

/* result = 1 / value; zero for zero. The value is secret and below the modulus. */
void p256_invert_modulo(p256_number *result, const p256_number *value,
                        const p256_modulus *modulus);

#endif
