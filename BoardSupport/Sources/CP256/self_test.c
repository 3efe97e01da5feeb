/* Known answers, to be asked of each build on each processor: the assembly that a board runs is not
 * what the tests on Linux run.
 */
#include "field.h"

#include <string.h>

/* The key, the nonce and its point, and the signature's s of RFC 6979, A.2.5, for the message
 * "sample" and SHA-256; the rest was computed from them with Python's integers. */
static const p256_number private_key = {{0x120F6721, 0x7B8A622B, 0x36E89B12, 0x4E50C3DB, 0x67B1D693,
                                         0x6B5C2157, 0x45BA7516, 0xC9AFA9D8}};
static const p256_affine public_key = {{{0x60F29FB6, 0xE669622E, 0x3B61FA6C, 0xC049B892, 0xC6356D68,
                                         0xC961EB74, 0x255A9D31, 0x60FED4BA}},
                                       {{0xD4462299, 0x77A3C294, 0x2D7E9F51, 0xF2F1B20C, 0x5628BC64,
                                         0xA41AE9E9, 0x08B8BC99, 0x7903FE10}}};
static const p256_number nonce = {{0x3D8AAD60, 0x4D612949, 0x3382B0F2, 0x3B17AA87, 0x8355DD4C,
                                   0x08653839, 0xD01ABE90, 0xA6E3C57D}};
static const p256_affine nonce_point = {{{0x4EAF3716, 0xC34D0EA8, 0x56AAF991, 0x9D2C877B,
                                          0xD45E81D6, 0x1140DD9C, 0xACB6A8FD, 0xEFD48B2A}},
                                        {{0x093FF492, 0x19555346, 0xFD91C64B, 0x851BF894,
                                          0xF94FE0F6, 0x3152C82D, 0x42321344, 0x34A7E72C}}};

/* 1 / nonce modulo n, and 2^512 - 1 modulo n. */
static const p256_number nonce_inverse = {{0x69CFE547, 0x96FFDEA7, 0x4D37EB5E, 0x3E38B581,
                                           0x3E88CA62, 0x9370E2CC, 0xD10293A8, 0xAAF7A4C4}};
static const p256_number reduced = {{0xBE79EEA1, 0x83244C95, 0x49BD6FA6, 0x4699799C, 0x2B6BEC59,
                                     0x2845B239, 0xF3D95620, 0x66E12D94}};

/* nonce * public_key */
static const p256_affine shared_point = {{{0xBED50FBB, 0x403ABF00, 0xA119BECE, 0x482462FC,
                                           0x31C21E76, 0xA456822F, 0xE496A30E, 0x3FFBBD4F}},
                                         {{0x33D48069, 0x46ECDF83, 0x6D5B5D4A, 0xBFAE991F,
                                           0x49D062A2, 0xA8952D0C, 0x0453D7E0, 0xCEBC802D}}};

/* What a verifier multiplies the generator and the key by: the sum is the nonce's point. */
static const p256_number base_factor = {{0xCAAE5841, 0xF31CFF76, 0x8536EE77, 0x486952F7, 0xEB7F810B,
                                         0xF17670F8, 0xBEEB5F3E, 0xA9CCEAF9}};
static const p256_number key_factor = {{0x71E7211D, 0x241298EC, 0xE80A10B4, 0x6B6CA086, 0xEC7E692D,
                                        0xB01F62F0, 0xA3B1AD61, 0x48DC5ACD}};

/* n less the private key. */
static const p256_number opposite_key = {{0xEA53BE30, 0x782F6897, 0x702F0372, 0x6E9636D2,
                                          0x984E296C, 0x94A3DEA8, 0xBA458AEA, 0x36505626}};

/* Elements that drive carries to and fro, and what comes of combining each with each. */
static const p256_number edges[] = {
    {{0}},
    {{1}},
    {{2}},
    {{0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 1, 0xFFFFFFFF}},
    {{0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 1, 0xFFFFFFFF}},
    {{0, 0, 0, 0, 0, 0, 0, 0x80000000}},
    {{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0}},
    {{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
      0xFFFFFFFE}},
    {{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 0}},
    {{0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0}},
    {{0, 0, 0, 0, 0, 0, 0, 0xFFFFFFFE}},
    {{0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 0, 0, 0x80000000, 0x80000000, 0x7FFFFFFF}},
};
enum { EDGES = sizeof edges / sizeof edges[0] };
static const p256_number edges_combined = {{0x32EBB081, 0x1C8BF227, 0x1DF7E0AF, 0xF2C5EE5A,
                                            0xEE06AC19, 0x9118F74D, 0x89E1A6ED, 0x85D450EC}};

static const p256_number blind = {{0x9E3779B9, 0x7F4A7C15, 0xF39CC060, 0x5CEDC834, 0x1082276B,
                                   0xF3A27251, 0xF86C6A11, 0x1D0C18E9}};

static bool is_same(const void *a, const void *b, size_t size) { return memcmp(a, b, size) == 0; }

static bool field_is_right(void) {
  p256_number sum = {{1}}, product, difference, half;
  for (int i = 0; i < EDGES; i++) {
    for (int j = 0; j < EDGES; j++) {
      p256_mul(&product, &edges[i], &edges[j]);
      p256_add(&difference, &product, &edges[i]);
      p256_sub(&difference, &difference, &edges[j]);
      p256_square(&half, &difference);
      p256_half(&half, &half);
      p256_mul(&sum, &sum, &edges[EDGES - 1]);
      p256_add(&sum, &sum, &half);
      p256_square(&sum, &sum);
      p256_sub(&sum, &sum, &product);
    }
  }
  return is_same(&sum, &edges_combined, sizeof sum);
}

static bool multiplies_base(const p256_number *scalar, const p256_affine *expected) {
  p256_affine point;
  p256_multiply_base(&point, scalar, &blind);
  return is_same(&point, expected, sizeof point);
}

static bool multiplies(const p256_number *scalar, const p256_affine *expected) {
  p256_affine point;
  p256_multiply(&point, scalar, &public_key, &blind);
  return is_same(&point, expected, sizeof point);
}

static bool adds_products(void) {
  p256_affine point;
  return p256_multiply_add(&point, &base_factor, &key_factor, &public_key) &&
         is_same(&point, &nonce_point, sizeof point);
}

static bool meets_infinity(void) {
  static const p256_number one = {{1}};
  p256_affine point;
  return !p256_multiply_add(&point, &opposite_key, &one, &public_key);
}

static bool inverts(void) {
  p256_number result;
  p256_invert_scalar(&result, &nonce);
  return is_same(&result, &nonce_inverse, sizeof result);
}

static bool reduces(void) {
  uint32_t words[2 * P256_WORDS];
  p256_number result;
  memset(words, 0xFF, sizeof words);
  p256_reduce_scalar(&result, words, 2 * P256_WORDS);
  return is_same(&result, &reduced, sizeof result);
}

static bool knows_the_curve(void) {
  p256_affine point = public_key;
  bool is_on_curve = p256_is_on_curve(&point);
  point.y.word[0] ^= 1;
  return is_on_curve && !p256_is_on_curve(&point);
}

int p256_self_test(void) {
  static const p256_number one = {{1}};
  if (!field_is_right()) return 1;
  if (!multiplies_base(&private_key, &public_key)) return 2;
  if (!multiplies_base(&nonce, &nonce_point)) return 3;
  if (!multiplies_base(&one, &p256_generator)) return 4;
  if (!multiplies(&nonce, &shared_point)) return 5;
  if (!multiplies(&one, &public_key)) return 6;
  if (!adds_products()) return 7;
  if (!meets_infinity()) return 8;
  if (!inverts()) return 9;
  if (!reduces()) return 10;
  if (!knows_the_curve()) return 11;
  return 0;
}
