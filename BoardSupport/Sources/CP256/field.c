/* The part of the field that is made of multiplications, for all processors. */
#include "field.h"

#include "inverse.h"

const p256_number p256_one = {
    {1, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0}};

/* 2^512 and 2^768 modulo p. */
static const p256_number two_to_512 = {
    {3, 0, 0xFFFFFFFF, 0xFFFFFFFB, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 4}};
static const p256_number two_to_768 = {{0x0000000A, 0xFFFFFFFD, 0xFFFFFFF7, 0xFFFFFFED, 0xFFFFFFFC,
                                        0x00000005, 0x00000001, 0x00000018}};

static const p256_number unit = {{1}};

void p256_to_field(p256_number *result, const p256_number *value) {
  p256_mul(result, value, &two_to_512);
}

void p256_from_field(p256_number *result, const p256_number *element) {
  p256_mul(result, element, &unit);
}

/* The inverse of value * 2^256 lacks two factors of 2^256. */
void p256_invert(p256_number *result, const p256_number *a) {
  p256_invert_modulo(result, a, &p256_prime_modulus);
  p256_mul(result, result, &two_to_768);
}

uint32_t p256_zero_mask(const p256_number *a) {
  uint32_t any = 0;
  for (int i = 0; i < P256_WORDS; i++) any |= a->word[i];
  return (uint32_t)(((uint64_t)any - 1) >> 32);
}

void p256_negate_if(p256_number *a, uint32_t mask) {
  static const p256_number zero;
  p256_number negative;
  p256_sub(&negative, &zero, a);
  for (int i = 0; i < P256_WORDS; i++) {
    a->word[i] ^= (a->word[i] ^ negative.word[i]) & mask;
  }
}
