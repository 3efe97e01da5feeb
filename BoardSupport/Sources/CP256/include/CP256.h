/* Multiplication of points on the curve P-256 (FIPS 186-4, D.1.2.3), much cheaper than the TLS
 * library's own.
 *
 * Numbers are eight words of 32 bits, least significant first. Functions that take a secret run the
 * same instructions and touch the same addresses whatever its value, take nothing from the heap and
 * wipe what they leave on the stack. On a Cortex-M4 an instruction takes the same time for all
 * values; on a Cortex-M3 a long multiplication ends early for small factors (technical reference
 * manual, table 3-1), so time depends on data there. The blinding factor takes the meaning out of
 * that: coordinates are multiplied by it, and an observer who does not know it cannot tell from the
 * time which values were at work.
 */
#ifndef SWIFTLET_CP256_H
#define SWIFTLET_CP256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { P256_WORDS = 8 };

/* A number below 2^256. */
typedef struct {
  uint32_t word[P256_WORDS];
} p256_number;

/* A point of the curve by its coordinates, both below the prime; never the point at infinity. */
typedef struct {
  p256_number x, y;
} p256_affine;

/* The base point, and n, its order. */
extern const p256_affine p256_generator;
extern const p256_number p256_order;

/* Tells whether 0 < scalar < n. */
bool p256_is_scalar(const p256_number *scalar);

/* Tells whether both coordinates are below the prime and fit the curve's equation. */
bool p256_is_on_curve(const p256_affine *point);

/* result = scalar * generator. The scalar is secret and must be one; 0 < blind < p, at random. */
void p256_multiply_base(p256_affine *result, const p256_number *scalar, const p256_number *blind);

/* result = scalar * point. The scalar is secret and must be one; 0 < blind < p, at random. The
 * point must be on the curve. */
void p256_multiply(p256_affine *result, const p256_number *scalar, const p256_affine *point,
                   const p256_number *blind);

/* result = base_scalar * generator + scalar * point, in a time that depends on all of them. Scalars
 * are below n and may be zero; the point must be on the curve. Returns false, and no result, if the
 * sum is the point at infinity. */
bool p256_multiply_add(p256_affine *result, const p256_number *base_scalar,
                       const p256_number *scalar, const p256_affine *point);

/* result = 1 / value modulo n; zero for zero. The value is secret and below n. */
void p256_invert_scalar(p256_number *result, const p256_number *value);

/* result = the number of so many words, at least eight, least significant first, modulo n. The
 * number is secret, and overwritten. */
void p256_reduce_scalar(p256_number *result, uint32_t *words, size_t count);

/* Checks this build on this processor against known answers. Returns 0, or the number of the first
 * check that failed. */
int p256_self_test(void);

#endif
