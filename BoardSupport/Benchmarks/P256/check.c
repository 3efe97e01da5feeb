/* Checks CP256 on the processor: known answers, the assembly against the C that it replaces, and
 * that the number of instructions says nothing about secrets.
 */
#include "bare.h"
#include "field.h"

#include <string.h>

enum {
  RANDOM_PAIRS = 20000,
  /* So many runs take as many ticks of the timer as one takes instructions. */
  RUNS = BARE_INSTRUCTIONS_PER_TICK,
};

/* field_portable.c under other names. */
void portable_mul(p256_number *result, const p256_number *a, const p256_number *b);
void portable_square(p256_number *result, const p256_number *a);
void portable_add(p256_number *result, const p256_number *a, const p256_number *b);
void portable_sub(p256_number *result, const p256_number *a, const p256_number *b);
void portable_half(p256_number *result, const p256_number *a);
void portable_select(p256_number *result, const p256_number *table, size_t parts, size_t count,
                     size_t index);

static void expect(bool holds, const char *name) {
  if (holds) return;
  bare_print(name);
  bare_print(": failed\n");
  bare_exit(1);
}

static uint32_t random_state = 0x12345678;

/* Marsaglia's xorshift: any sequence will do. */
static uint32_t random_word(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state;
}

/* Words that are random, or for half of all numbers, often all zeros or all ones. */
static p256_number random_element(void) {
  static const p256_number prime = {{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 1, 0xFFFFFFFF}};
  p256_number number, difference;
  bool extreme = random_word() >> 31 != 0;
  for (int i = 0; i < P256_WORDS; i++) {
    uint32_t kind = extreme ? random_word() >> 30 : 3;
    number.word[i] = kind == 0 ? 0 : kind == 1 ? UINT32_MAX : random_word();
  }
  uint64_t borrow = 0;
  for (int i = 0; i < P256_WORDS; i++) {
    uint64_t word = (uint64_t)number.word[i] - prime.word[i] - borrow;
    difference.word[i] = (uint32_t)word;
    borrow = word >> 63;
  }
  return borrow != 0 ? number : difference;
}

static bool is_same(const p256_number *a, const p256_number *b) {
  return memcmp(a, b, sizeof *a) == 0;
}

static void check_field(void) {
  for (int i = 0; i < RANDOM_PAIRS; i++) {
    p256_number a = random_element(), b = random_element(), result, expected;
    p256_mul(&result, &a, &b);
    portable_mul(&expected, &a, &b);
    expect(is_same(&result, &expected), "product");
    p256_square(&result, &a);
    portable_square(&expected, &a);
    expect(is_same(&result, &expected), "square");
    p256_add(&result, &a, &b);
    portable_add(&expected, &a, &b);
    expect(is_same(&result, &expected), "sum");
    p256_sub(&result, &a, &b);
    portable_sub(&expected, &a, &b);
    expect(is_same(&result, &expected), "difference");
    p256_half(&result, &a);
    portable_half(&expected, &a);
    expect(is_same(&result, &expected), "half");
    /* The result may be an operand. */
    result = a;
    p256_mul(&result, &result, &result);
    portable_square(&expected, &a);
    expect(is_same(&result, &expected), "square in place");
    p256_sub(&a, &b, &a);
    p256_add(&a, &a, &b);
  }
  static p256_number table[24];
  for (int i = 0; i < 24; i++) table[i] = random_element();
  for (size_t parts = 1; parts <= 3; parts++) {
    for (size_t index = 0; index < 24 / parts; index++) {
      p256_number result[3], expected[3];
      p256_select(result, table, parts, 24 / parts, index);
      portable_select(expected, table, parts, 24 / parts, index);
      expect(memcmp(result, expected, parts * sizeof(p256_number)) == 0, "entry of a table");
    }
  }
}

/* What is counted: with a secret of 256 bits below n, and another one of 255 bits. */
typedef void operation(const p256_number *secret, const p256_number *blind);

static p256_affine point;

static void base(const p256_number *secret, const p256_number *blind) {
  p256_affine result;
  p256_multiply_base(&result, secret, blind);
}

static void variable(const p256_number *secret, const p256_number *blind) {
  p256_affine result;
  p256_multiply(&result, secret, &point, blind);
}

static void invert(const p256_number *secret, const p256_number *blind) {
  (void)blind;
  p256_number result;
  p256_invert_scalar(&result, secret);
}

static void reduce(const p256_number *secret, const p256_number *blind) {
  uint32_t words[3 * P256_WORDS];
  p256_number result;
  memcpy(words, secret, sizeof *secret);
  memcpy(words + P256_WORDS, blind, sizeof *blind);
  memcpy(words + 2 * P256_WORDS, secret, sizeof *secret);
  p256_reduce_scalar(&result, words, 3 * P256_WORDS);
}

static void field(const p256_number *secret, const p256_number *blind) {
  p256_number result;
  p256_mul(&result, secret, blind);
  p256_square(&result, secret);
  p256_add(&result, secret, blind);
  p256_sub(&result, secret, blind);
  p256_half(&result, secret);
}

/* Counts from the edge of a tick; the loop that finds it makes up for less than one instruction in
 * each run. */
static uint32_t count(operation *run, const p256_number *secret, const p256_number *blind) {
  uint32_t before = bare_ticks(), start;
  do start = bare_ticks();
  while (start == before);
  for (int i = 0; i < RUNS; i++) run(secret, blind);
  return bare_ticks() - start;
}

/* Without the even numbers up to 30 and their opposites: there the last addition of
 * p256_multiply is one of equal points, which branches off. No secret is one of those 30. */
static const p256_number secrets[] = {
    {{1}},
    {{3}},
    {{32}},
    {{0xFC632550, 0xF3B9CAC2, 0xA7179E84, 0xBCE6FAAD, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0xFFFFFFFF}},
    {{0xFC632551 - 34, 0xF3B9CAC2, 0xA7179E84, 0xBCE6FAAD, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0xFFFFFFFF}},
    {{0, 0, 0, 0, 0, 0, 0, 0x80000000}},
    {{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}},
    {{0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF}},
    {{0x55555555, 0x55555555, 0x55555555, 0x55555555, 0x55555555, 0x55555555, 0x55555555,
      0x55555555}},
    {{0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA, 0xAAAAAAAA,
      0xAAAAAAAA}},
    {{0x120F6721, 0x7B8A622B, 0x36E89B12, 0x4E50C3DB, 0x67B1D693, 0x6B5C2157, 0x45BA7516,
      0xC9AFA9D8}},
    {{0x3D8AAD60, 0x4D612949, 0x3382B0F2, 0x3B17AA87, 0x8355DD4C, 0x08653839, 0xD01ABE90,
      0xA6E3C57D}},
};

static void check_count(const char *name, operation *run) {
  uint32_t least = UINT32_MAX, most = 0;
  for (unsigned i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
    static const p256_number blinds[] = {
        {{1}},
        {{0x9E3779B9, 0x7F4A7C15, 0xF39CC060, 0x5CEDC834, 0x1082276B, 0xF3A27251, 0xF86C6A11,
          0x1D0C18E9}}};
    for (int j = 0; j < 2; j++) {
      uint32_t instructions = count(run, &secrets[i], &blinds[j]);
      if (instructions < least) least = instructions;
      if (instructions > most) most = instructions;
    }
  }
  bare_print(name);
  bare_print_number(least, 0);
  bare_print(" instructions for each of ");
  bare_print_number(2 * sizeof secrets / sizeof secrets[0], 0);
  bare_print(" pairs of secrets\n");
  expect(most - least <= 1, name);
}

int main(void) {
  bare_start_timer();
  int failed = p256_self_test();
  if (failed != 0) {
    bare_print("known answer ");
    bare_print_number((uint64_t)failed, 0);
    expect(false, "");
  }
  bare_print("known answers: right\n");
  check_field();
  bare_print("assembly and C: the same for ");
  bare_print_number(RANDOM_PAIRS, 0);
  bare_print(" pairs of elements\n");
  p256_multiply_base(&point, &secrets[10], &secrets[2]);
  check_count("field operations            ", field);
  check_count("multiplication of the base  ", base);
  check_count("multiplication of a point   ", variable);
  check_count("inversion modulo n          ", invert);
  check_count("reduction modulo n          ", reduce);
  return 0;
}
