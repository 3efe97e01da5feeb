/* The field in C, for processors without a version of their own. */
#include "field.h"

#if !P256_ASSEMBLY

/* p, least significant word first. */
static const uint32_t prime[P256_WORDS] = {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0,
                                           0,          0,          1,          0xFFFFFFFF};

/* result = value + carry * 2^256 - p, or without the subtraction where that would be negative. */
static void reduce_once(uint32_t *result, const uint32_t *value, uint32_t carry) {
  uint32_t difference[P256_WORDS];
  uint64_t borrow = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    uint64_t word = (uint64_t)value[i] - prime[i] - borrow;
    difference[i] = (uint32_t)word;
    borrow = word >> 63;
  }
  uint32_t keep = (uint32_t)((uint64_t)carry - borrow);
  for (int i = 0; i < P256_WORDS; i++) {
    result[i] = (value[i] & keep) | (difference[i] & ~keep);
  }
}

/* sum[0..8] += factor * number, with the carry into sum[8] and on into sum[9]. */
static void multiply_row(uint32_t *sum, const uint32_t *number, uint32_t factor) {
  uint64_t carry = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    carry += (uint64_t)factor * number[i] + sum[i];
    sum[i] = (uint32_t)carry;
    carry >>= 32;
  }
  carry += sum[P256_WORDS];
  sum[P256_WORDS] = (uint32_t)carry;
  sum[P256_WORDS + 1] += (uint32_t)(carry >> 32);
}

/* Montgomery's multiplication, a word at a time: -1/p is 1 modulo 2^32, so the lowest word itself
 * says how often p must be added to clear it. */
void p256_mul(p256_number *result, const p256_number *a, const p256_number *b) {
  uint32_t sum[P256_WORDS + 2] = {0};
  for (int i = 0; i < P256_WORDS; i++) {
    multiply_row(sum, a->word, b->word[i]);
    multiply_row(sum, prime, sum[0]);
    for (int j = 0; j <= P256_WORDS; j++) sum[j] = sum[j + 1];
    sum[P256_WORDS + 1] = 0;
  }
  reduce_once(result->word, sum, sum[P256_WORDS]);
}

void p256_square(p256_number *result, const p256_number *a) { p256_mul(result, a, a); }

void p256_add(p256_number *result, const p256_number *a, const p256_number *b) {
  uint32_t sum[P256_WORDS];
  uint64_t carry = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    carry += (uint64_t)a->word[i] + b->word[i];
    sum[i] = (uint32_t)carry;
    carry >>= 32;
  }
  reduce_once(result->word, sum, (uint32_t)carry);
}

void p256_sub(p256_number *result, const p256_number *a, const p256_number *b) {
  uint64_t borrow = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    uint64_t word = (uint64_t)a->word[i] - b->word[i] - borrow;
    result->word[i] = (uint32_t)word;
    borrow = word >> 63;
  }
  uint32_t mask = (uint32_t)0 - (uint32_t)borrow;
  uint64_t carry = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    carry += (uint64_t)result->word[i] + (prime[i] & mask);
    result->word[i] = (uint32_t)carry;
    carry >>= 32;
  }
}

void p256_half(p256_number *result, const p256_number *a) {
  uint32_t odd = (uint32_t)0 - (a->word[0] & 1);
  uint32_t sum[P256_WORDS + 1];
  uint64_t carry = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    carry += (uint64_t)a->word[i] + (prime[i] & odd);
    sum[i] = (uint32_t)carry;
    carry >>= 32;
  }
  sum[P256_WORDS] = (uint32_t)carry;
  for (int i = 0; i < P256_WORDS; i++) result->word[i] = sum[i] >> 1 | sum[i + 1] << 31;
}

void p256_select(p256_number *result, const p256_number *table, size_t parts, size_t count,
                 size_t index) {
  for (size_t part = 0; part < parts; part++) result[part] = (p256_number){{0}};
  for (size_t entry = 0; entry < count; entry++) {
    uint32_t difference = (uint32_t)(entry ^ index);
    uint32_t mask = (uint32_t)(((uint64_t)difference - 1) >> 32);
    for (size_t part = 0; part < parts; part++) {
      for (int i = 0; i < P256_WORDS; i++) {
        result[part].word[i] |= table[entry * parts + part].word[i] & mask;
      }
    }
  }
}

#endif
