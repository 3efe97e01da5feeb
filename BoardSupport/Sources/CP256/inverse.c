/* Inversion in a time that does not depend on the value: the division steps of Bernstein and Yang
 * (eprint.iacr.org/2019/266), in the variant that starts with delta = 1/2, for which 590 steps are
 * enough for 256 bits.
 *
 * f and g start as the modulus and the value. A step makes g shorter by a bit, by adding or
 * subtracting f so that it becomes even; f ends as the greatest common divisor, 1 or -1. Thirty
 * steps look at nothing but the lowest thirty bits, so they are done on single words and noted as a
 * matrix, and the matrix is then applied to the whole numbers: to f and g, and, modulo the modulus,
 * to d and e, for which d * value = f and e * value = g holds throughout.
 */
#include "inverse.h"

#include "wipe.h"

#include <stddef.h>

enum { BITS = P256_INVERSE_BITS, WORDS = P256_INVERSE_WORDS, ROUNDS = 20 };

static const int32_t low_bits = (1 << BITS) - 1;

const p256_modulus p256_prime_modulus = {
    {0x3FFFFFFF, 0x3FFFFFFF, 0x3FFFFFFF, 0x0000003F, 0x00000000, 0x00000000, 0x00001000, 0x3FFFC000,
     0x0000FFFF},
    0x3FFFFFFF};

const p256_modulus p256_order_modulus = {
    {0x3C632551, 0x0EE72B0B, 0x3179E84F, 0x39BEAB69, 0x3FFFFFBC, 0x3FFFFFFF, 0x00000FFF, 0x3FFFC000,
     0x0000FFFF},
    0x11FF43B1};

/* What thirty steps do: 2^30 times the new f is u * f + v * g, and that of g is q * f + r * g. */
typedef struct {
  int32_t u, v, q, r;
} matrix;

/* All words but the last are below 2^30 and not negative; the last bears the sign. */
typedef struct {
  int32_t word[WORDS];
} long_number;

/* Does thirty steps on the low words of f and g. `distance` is delta - 1/2; returns the new one.
 *
 * Masks are 0 or -1, and multiplying by them or by a sign is cheap: such multiplications take
 * the same time for all factors. Right shifts of negative numbers keep the sign, with all
 * compilers that matter here. */
static int32_t divide_steps(int32_t distance, uint32_t f, uint32_t g, matrix *result) {
  uint32_t u = 1, v = 0, q = 0, r = 1;
  for (int i = 0; i < BITS; i++) {
    uint32_t odd = (uint32_t)((int32_t)(g << 31) >> 31);
    uint32_t swap = odd & ~(uint32_t)(distance >> 31);
    /* -1 if the two change places, else 1 if g is odd, else 0. */
    uint32_t sign = 2 * swap - odd;
    g += f * sign;
    q += u * sign;
    r += v * sign;
    /* f + (g - f) is the old g. */
    f -= g * swap;
    u -= q * swap;
    v -= r * swap;
    distance = (int32_t)((uint32_t)distance ^ swap) + 1;
    g = (uint32_t)((int32_t)g >> 1);
    u <<= 1;
    v <<= 1;
  }
  *result = (matrix){(int32_t)u, (int32_t)v, (int32_t)q, (int32_t)r};
  return distance;
}

/* result = (a * x + b * y + c * z) / 2^30, which divides without a rest; z may be missing. */
static inline void combine(long_number *result, int32_t a, const int32_t *x, int32_t b,
                           const int32_t *y, int32_t c, const int32_t *z) {
  int64_t sum = (int64_t)a * x[0];
  sum += (int64_t)b * y[0];
  if (z != NULL) sum += (int64_t)c * z[0];
  for (int i = 1; i < WORDS; i++) {
    sum >>= BITS;
    sum += (int64_t)a * x[i];
    sum += (int64_t)b * y[i];
    if (z != NULL) sum += (int64_t)c * z[i];
    result->word[i - 1] = (int32_t)sum & low_bits;
  }
  result->word[WORDS - 1] = (int32_t)(sum >> BITS);
}

/* (f, g) = matrix * (f, g) / 2^30 */
static void update_values(long_number *f, long_number *g, const matrix *m, long_number *next) {
  combine(next, m->u, f->word, m->v, g->word, 0, NULL);
  combine(g, m->q, f->word, m->r, g->word, 0, NULL);
  *f = *next;
}

/* The multiple of the modulus, from -2^29 to 2^29, that makes `low` divisible by 2^30. */
static int32_t correction(int32_t low, const p256_modulus *modulus) {
  uint32_t factor = (uint32_t)0 - (uint32_t)low * modulus->inverse;
  return (int32_t)(factor << 2) >> 2;
}

/* (d, e) = matrix * (d, e) / 2^30 modulo the modulus.
 *
 * |u| + |v| and |q| + |r| are at most 2^30, so a round adds at most half the modulus to what bounds
 * d and e: they stay within eleven times the modulus, far less than the 269 bits of room. */
static void update_factors(long_number *d, long_number *e, const matrix *m,
                           const p256_modulus *modulus, long_number *next) {
  int32_t low_d = (int32_t)((uint32_t)m->u * (uint32_t)d->word[0] +
                            (uint32_t)m->v * (uint32_t)e->word[0]);
  int32_t low_e = (int32_t)((uint32_t)m->q * (uint32_t)d->word[0] +
                            (uint32_t)m->r * (uint32_t)e->word[0]);
  int32_t fix_d = correction(low_d, modulus), fix_e = correction(low_e, modulus);
  combine(next, m->u, d->word, m->v, e->word, fix_d, modulus->word);
  combine(e, m->q, d->word, m->r, e->word, fix_e, modulus->word);
  *d = *next;
}

/* number += factor * modulus; |factor| at most 2^29. */
static void add_multiple(long_number *number, int32_t factor, const p256_modulus *modulus) {
  int64_t sum = 0;
  for (int i = 0; i < WORDS; i++) {
    sum += number->word[i] + (int64_t)factor * modulus->word[i];
    if (i < WORDS - 1) {
      number->word[i] = (int32_t)sum & low_bits;
      sum >>= BITS;
    }
  }
  number->word[WORDS - 1] = (int32_t)sum;
}

/* number = sign * number, brought between 0 and the modulus. */
static void normalize(long_number *number, int32_t sign, const p256_modulus *modulus) {
  int32_t carry = 0;
  for (int i = 0; i < WORDS - 1; i++) {
    carry += number->word[i] * sign;
    number->word[i] = carry & low_bits;
    carry >>= BITS;
  }
  number->word[WORDS - 1] = number->word[WORDS - 1] * sign + carry;
  /* The modulus is so close to 2^256 that the bits from there on, 16 in the last word below them,
   * are the quotient, or one more than that. */
  int32_t quotient = number->word[WORDS - 1] >> 16;
  add_multiple(number, -quotient, modulus);
  /* Now it lies between -11 * 2^225 and 2^256 + 11 * 2^225. */
  add_multiple(number, -(number->word[WORDS - 1] >> 31), modulus);
  add_multiple(number, -1, modulus);
  add_multiple(number, -(number->word[WORDS - 1] >> 31), modulus);
}

static void cut(long_number *result, const p256_number *value) {
  uint64_t rest = 0;
  int bits = 0, next = 0;
  for (int i = 0; i < WORDS; i++) {
    if (bits < BITS && next < P256_WORDS) {
      rest |= (uint64_t)value->word[next++] << bits;
      bits += 32;
    }
    result->word[i] = (int32_t)rest & low_bits;
    rest >>= BITS;
    bits -= BITS;
  }
}

static void join(p256_number *result, const long_number *number) {
  uint64_t rest = 0;
  int bits = 0, next = 0;
  for (int i = 0; i < WORDS; i++) {
    rest |= (uint64_t)(uint32_t)number->word[i] << bits;
    bits += BITS;
    if (bits >= 32 && next < P256_WORDS) {
      result->word[next++] = (uint32_t)rest;
      rest >>= 32;
      bits -= 32;
    }
  }
}

void p256_invert_modulo(p256_number *result, const p256_number *value,
                        const p256_modulus *modulus) {
  struct {
    long_number f, g, d, e, next;
    matrix m;
    int32_t distance;
  } work = {.distance = 0};
  for (int i = 0; i < WORDS; i++) work.f.word[i] = modulus->word[i];
  cut(&work.g, value);
  work.e.word[0] = 1;
  for (int round = 0; round < ROUNDS; round++) {
    work.distance = divide_steps(work.distance, (uint32_t)work.f.word[0],
                                 (uint32_t)work.g.word[0], &work.m);
    update_factors(&work.d, &work.e, &work.m, modulus, &work.next);
    update_values(&work.f, &work.g, &work.m, &work.next);
  }
  /* f is 1 or -1: its last word is 0 or -1. For a value of zero it is the modulus, and d is 0. */
  normalize(&work.d, 1 + 2 * (work.f.word[WORDS - 1] >> 31), modulus);
  join(result, &work.d);
  p256_wipe(&work, sizeof work);
}

void p256_invert_scalar(p256_number *result, const p256_number *value) {
  p256_invert_modulo(result, value, &p256_order_modulus);
}
