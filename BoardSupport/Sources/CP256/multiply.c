/* The three multiplications.
 *
 * All of them write the scalar with digits that are odd, so that none is zero and no step stands
 * out. For an odd number m below 2^256 that is a matter of reading bits: the sum of ±2^i over all i
 * below L, plus where bit i + 1 of m is set and for the last i, is m. An even scalar is replaced by
 * n less itself, which is odd, and the result by its opposite.
 */
#include "base_table.h"
#include "inverse.h"
#include "point.h"
#include "wipe.h"

#include <string.h>

enum {
  /* Bits by which the digits of a multiplication by a variable point differ in weight. */
  WINDOW_BITS = 4,
  WINDOW_COUNT = 256 / WINDOW_BITS,
  /* The digits of the linear combination are odd and below 2^5, one in six being other than 0. */
  SPARSE_BITS = 5,
  SPARSE_DIGITS = 257,
};

const p256_affine p256_generator = {
    {{0xD898C296, 0xF4A13945, 0x2DEB33A0, 0x77037D81, 0x63A440F2, 0xF8BCE6E5, 0xE12C4247,
      0x6B17D1F2}},
    {{0x37BF51F5, 0xCBB64068, 0x6B315ECE, 0x2BCE3357, 0x7C0F9E16, 0x8EE7EB4A, 0xFE1A7F9B,
      0x4FE342E2}}};

const p256_number p256_order = {{0xFC632551, 0xF3B9CAC2, 0xA7179E84, 0xBCE6FAAD, 0xFFFFFFFF,
                                 0xFFFFFFFF, 0x00000000, 0xFFFFFFFF}};

static const p256_number prime = {{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 1, 0xFFFFFFFF}};

/* difference = a - b; returns the borrow, 0 or 1. */
static uint32_t subtract(p256_number *difference, const p256_number *a, const p256_number *b) {
  uint64_t borrow = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    uint64_t word = (uint64_t)a->word[i] - b->word[i] - borrow;
    difference->word[i] = (uint32_t)word;
    borrow = word >> 63;
  }
  return (uint32_t)borrow;
}

static bool is_below(const p256_number *a, const p256_number *b) {
  p256_number difference;
  return subtract(&difference, a, b) != 0;
}

/* Replaces an even scalar by n less itself. Returns all ones if it did, else zero. */
static uint32_t make_odd(p256_number *odd, const p256_number *scalar) {
  uint32_t even = (scalar->word[0] & 1) - 1;
  subtract(odd, &p256_order, scalar);
  for (int i = 0; i < P256_WORDS; i++) {
    odd->word[i] ^= (odd->word[i] ^ scalar->word[i]) & ~even;
  }
  return even;
}

static uint32_t bit(const p256_number *number, uint32_t position) {
  return position < 256 ? number->word[position / 32] >> position % 32 & 1 : 0;
}

/* The digit of an odd scalar that the comb meets at a place: bit t is set where tooth t is plus. */
static uint32_t comb_digit(const p256_number *odd, uint32_t place) {
  uint32_t digit = 0;
  for (uint32_t tooth = 0; tooth < P256_COMB_TEETH; tooth++) {
    uint32_t position = place + tooth * P256_COMB_SPACING;
    uint32_t plus = position == P256_COMB_BITS - 1 ? 1 : bit(odd, position + 1);
    digit |= plus << tooth;
  }
  return digit;
}

/* Splits a digit of 2 * `entries` values into the index of its absolute value and its sign; the
 * upper half of the values is positive. Returns all ones for a negative digit. */
static uint32_t split_digit(uint32_t digit, uint32_t entries, uint32_t *index) {
  uint32_t negative = digit / entries - 1;
  *index = (digit ^ negative) & (entries - 1);
  return negative;
}

void p256_multiply_base(p256_affine *result, const p256_number *scalar, const p256_number *blind) {
  struct {
    p256_point sum;
    p256_affine entry;
    p256_scratch scratch;
    p256_number odd;
  } work;
  uint32_t flipped = make_odd(&work.odd, scalar);
  for (uint32_t step = P256_COMB_STEPS; step-- > 0;) {
    if (step != P256_COMB_STEPS - 1) p256_point_double(&work.sum, &work.scratch);
    for (uint32_t table = 0; table < P256_COMB_TABLES; table++) {
      uint32_t index;
      uint32_t digit = comb_digit(&work.odd, step + table * P256_COMB_STEPS);
      uint32_t negative = split_digit(digit, P256_COMB_ENTRIES, &index);
      p256_select(&work.entry.x, &p256_base_table[table][0].x, 2, P256_COMB_ENTRIES, index);
      p256_negate_if(&work.entry.y, negative);
      if (step == P256_COMB_STEPS - 1 && table == 0) {
        work.sum = (p256_point){work.entry.x, work.entry.y, p256_one};
        p256_point_blind(&work.sum, blind, &work.scratch);
      } else {
        p256_point_add(&work.sum, &work.entry, &work.scratch);
      }
    }
  }
  p256_negate_if(&work.sum.y, flipped);
  p256_point_normalize(result, &work.sum, &work.scratch);
  p256_wipe(&work, sizeof work);
  p256_wipe_stack();
}

void p256_multiply(p256_affine *result, const p256_number *scalar, const p256_affine *point,
                   const p256_number *blind) {
  struct {
    p256_affine multiples[P256_MULTIPLES];
    union {
      p256_number ratios[P256_MULTIPLES];
      struct {
        p256_point sum;
        p256_affine entry;
      };
    };
    p256_scratch scratch;
    p256_number odd;
  } work;
  uint32_t flipped = make_odd(&work.odd, scalar);
  p256_affine *first = &work.multiples[0];
  p256_to_field(&first->x, &point->x);
  p256_to_field(&first->y, &point->y);
  /* The multiples are as public as the point. */
  p256_point_multiples(work.multiples, work.ratios, &work.scratch);
  work.sum = (p256_point){first->x, first->y, p256_one};
  p256_point_blind(&work.sum, blind, &work.scratch);
  for (uint32_t window = WINDOW_COUNT; window-- > 0;) {
    for (int i = 0; i < WINDOW_BITS; i++) p256_point_double(&work.sum, &work.scratch);
    uint32_t index, digit = 0;
    for (uint32_t i = 0; i < WINDOW_BITS; i++) {
      digit |= bit(&work.odd, window * WINDOW_BITS + i + 1) << i;
    }
    uint32_t negative = split_digit(digit, P256_MULTIPLES, &index);
    p256_select(&work.entry.x, &first->x, 2, P256_MULTIPLES, index);
    p256_negate_if(&work.entry.y, negative);
    p256_point_add(&work.sum, &work.entry, &work.scratch);
  }
  p256_negate_if(&work.sum.y, flipped);
  p256_point_normalize(result, &work.sum, &work.scratch);
  p256_wipe(&work, sizeof work);
  p256_wipe_stack();
}

/* Writes a number as a sum of digits times powers of two, the digits being zero or odd and at most
 * 15 in absolute value, with at least four zeros between two that are not. */
static void sparse_digits(int8_t *digits, const p256_number *number) {
  uint32_t carry = 0;
  memset(digits, 0, SPARSE_DIGITS);
  for (uint32_t position = 0; position < SPARSE_DIGITS;) {
    if (bit(number, position) == carry) {
      position++;
      continue;
    }
    uint32_t digit = carry;
    for (uint32_t i = 0; i < SPARSE_BITS; i++) digit += bit(number, position + i) << i;
    carry = digit >> (SPARSE_BITS - 1);
    digits[position] = (int8_t)((int32_t)digit - (int32_t)(carry << SPARSE_BITS));
    position += SPARSE_BITS;
  }
}

/* Adds an entry of a table, or subtracts it if the mask is all ones. */
static void add_entry(p256_point *sum, const p256_affine *entry, uint32_t negative,
                      p256_scratch *scratch) {
  /* By coordinates, because compilers call memcpy for what is larger. */
  p256_affine copy;
  copy.x = entry->x;
  copy.y = entry->y;
  p256_negate_if(&copy.y, negative);
  p256_point_add(sum, &copy, scratch);
}

/* Adds what the comb meets at a step, or subtracts it where the scalar was replaced. */
static void add_comb(p256_point *sum, const p256_number *odd, uint32_t flipped, uint32_t step,
                     p256_scratch *scratch) {
  for (uint32_t table = 0; table < P256_COMB_TABLES; table++) {
    uint32_t index;
    uint32_t digit = comb_digit(odd, step + table * P256_COMB_STEPS);
    uint32_t negative = split_digit(digit, P256_COMB_ENTRIES, &index);
    add_entry(sum, &p256_base_table[table][index], negative ^ flipped, scratch);
  }
}

bool p256_multiply_add(p256_affine *result, const p256_number *base_scalar,
                       const p256_number *scalar, const p256_affine *point) {
  p256_affine multiples[P256_MULTIPLES];
  union {
    p256_number ratios[P256_MULTIPLES];
    int8_t digits[SPARSE_DIGITS];
  } work;
  p256_point sum;
  p256_scratch scratch;
  p256_number odd;
  bool has_base = p256_zero_mask(base_scalar) == 0;
  uint32_t flipped = make_odd(&odd, base_scalar);
  p256_to_field(&multiples[0].x, &point->x);
  p256_to_field(&multiples[0].y, &point->y);
  p256_point_multiples(multiples, work.ratios, &scratch);
  sparse_digits(work.digits, scalar);
  sum.z = (p256_number){{0}};
  uint32_t top = SPARSE_DIGITS;
  while (top > P256_COMB_STEPS && work.digits[top - 1] == 0) top--;
  for (uint32_t position = top; position-- > 0;) {
    if (position < top - 1) p256_point_double(&sum, &scratch);
    int32_t digit = work.digits[position];
    if (digit > 0) add_entry(&sum, &multiples[digit / 2], 0, &scratch);
    if (digit < 0) add_entry(&sum, &multiples[-digit / 2], UINT32_MAX, &scratch);
    if (has_base && position < P256_COMB_STEPS) {
      add_comb(&sum, &odd, flipped, position, &scratch);
    }
  }
  if (p256_zero_mask(&sum.z) != 0) return false;
  p256_point_normalize(result, &sum, &scratch);
  return true;
}

/* sum[0..8] += factor * (2^256 - n), and sum[8] is below 2 then. */
static void add_excess(uint32_t *sum, uint32_t factor) {
  static const uint32_t excess[P256_WORDS] = {0x039CDAAF, 0x0C46353D, 0x58E8617B, 0x43190552,
                                              0,          0,          0xFFFFFFFF, 0};
  uint64_t carry = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    carry += (uint64_t)factor * excess[i] + sum[i];
    sum[i] = (uint32_t)carry;
    carry >>= 32;
  }
  sum[P256_WORDS] = (uint32_t)carry;
}

/* From the top, each word above the eight lowest is replaced by what it comes to modulo n, which is
 * the word times 2^256 - n. That may leave a carry, but so little beside it that none is left when
 * that is replaced, too. */
void p256_reduce_scalar(p256_number *result, uint32_t *words, size_t count) {
  for (size_t top = count - 1; top >= P256_WORDS; top--) {
    uint32_t *sum = &words[top - P256_WORDS];
    add_excess(sum, words[top]);
    add_excess(sum, words[top]);
  }
  p256_number value;
  memcpy(value.word, words, sizeof value);
  uint32_t below = (uint32_t)0 - subtract(result, &value, &p256_order);
  for (int i = 0; i < P256_WORDS; i++) {
    result->word[i] ^= (result->word[i] ^ value.word[i]) & below;
  }
  p256_wipe(&value, sizeof value);
}

bool p256_is_scalar(const p256_number *scalar) {
  return p256_zero_mask(scalar) == 0 && is_below(scalar, &p256_order);
}

bool p256_is_on_curve(const p256_affine *point) {
  if (!is_below(&point->x, &prime) || !is_below(&point->y, &prime)) return false;
  p256_affine elements;
  p256_scratch scratch;
  p256_to_field(&elements.x, &point->x);
  p256_to_field(&elements.y, &point->y);
  return p256_point_is_on_curve(&elements, &scratch);
}
