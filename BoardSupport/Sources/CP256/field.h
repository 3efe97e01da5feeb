/* Arithmetic modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1.
 *
 * An element stands for value * 2^256 mod p (Montgomery's form), and is always below p. All
 * functions allow the result to be an operand. None branches or indexes on a value. They come in
 * assembly for Cortex-M3 and up (field_armv7m.S), and in C for all else (field_portable.c).
 */
#ifndef SWIFTLET_P256_FIELD_H
#define SWIFTLET_P256_FIELD_H

#include "CP256.h"

#include <stddef.h>

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH >= 7 && \
    !defined(P256_PORTABLE)
#define P256_ASSEMBLY 1
#else
#define P256_ASSEMBLY 0
#endif

/* The element 1. */
extern const p256_number p256_one;

/* result = a * b / 2^256 */
void p256_mul(p256_number *result, const p256_number *a, const p256_number *b);

/* result = a * a / 2^256 */
void p256_square(p256_number *result, const p256_number *a);

/* result = a + b */
void p256_add(p256_number *result, const p256_number *a, const p256_number *b);

/* result = a - b */
void p256_sub(p256_number *result, const p256_number *a, const p256_number *b);

/* result = a / 2 */
void p256_half(p256_number *result, const p256_number *a);

/* Copies the entry `index` of a table whose entries have `parts` numbers each; reads all entries,
 * of which there are `count`. */
void p256_select(p256_number *result, const p256_number *table, size_t parts, size_t count,
                 size_t index);

/* In and out of Montgomery's form. */
void p256_to_field(p256_number *result, const p256_number *value);
void p256_from_field(p256_number *result, const p256_number *element);

/* result = 1 / a; zero for zero. */
void p256_invert(p256_number *result, const p256_number *a);

/* All ones if a is zero, else zero. */
uint32_t p256_zero_mask(const p256_number *a);

/* a = -a where the mask is all ones; a must not be zero. */
void p256_negate_if(p256_number *a, uint32_t mask);

#endif
