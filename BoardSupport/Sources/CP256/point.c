/* Formulas of the Explicit-Formulas Database (hyperelliptic.org/EFD) for curves with a = -3, ordered
 * so that they need little memory.
 */
#include "point.h"

/* Twice the formula with z = 2 * y * z, that is, x, y and z are a fourth, an eighth and a half of the
 * usual, which saves two additions. */
void p256_point_double(p256_point *point, p256_scratch *scratch) {
  p256_number *x = &point->x, *y = &point->y, *z = &point->z;
  p256_number *slope = &scratch->a, *s = &scratch->b, *t = &scratch->c;
  /* slope = 3 / 2 * (x - z^2) * (x + z^2) */
  p256_square(t, z);
  p256_sub(s, x, t);
  p256_add(t, x, t);
  p256_mul(s, s, t);
  p256_half(t, s);
  p256_add(slope, s, t);
  p256_mul(z, y, z);
  /* s = x * y^2; y = y^4 */
  p256_square(y, y);
  p256_mul(s, x, y);
  p256_square(y, y);
  /* x = slope^2 - 2 * s; y = slope * (s - x) - y^4 */
  p256_square(x, slope);
  p256_sub(x, x, s);
  p256_sub(x, x, s);
  p256_sub(s, s, x);
  p256_mul(s, slope, s);
  p256_sub(y, s, y);
}

/* What both additions end with: `h` and `r` are the differences of the two points' x and y, brought
 * to one denominator; the sum's x and y are those of its part in that denominator, and its z lacks
 * the factor h. */
static void finish_addition(p256_point *sum, p256_number *h, p256_number *r, p256_number *s) {
  p256_mul(&sum->z, &sum->z, h);
  p256_square(s, h);
  p256_mul(h, h, s);
  p256_mul(s, s, &sum->x);
  p256_mul(&sum->y, &sum->y, h);
  p256_square(&sum->x, r);
  p256_sub(&sum->x, &sum->x, h);
  p256_sub(&sum->x, &sum->x, s);
  p256_sub(&sum->x, &sum->x, s);
  p256_sub(s, s, &sum->x);
  p256_mul(s, s, r);
  p256_sub(&sum->y, s, &sum->y);
}

/* Points with the same x, whose y differ by r: equal ones or opposite ones. */
static void add_same_x(p256_point *sum, const p256_number *r, p256_scratch *scratch) {
  if (p256_zero_mask(r) != 0) {
    p256_point_double(sum, scratch);
  } else {
    sum->z = (p256_number){{0}};
  }
}

void p256_point_add(p256_point *sum, const p256_point *other, p256_scratch *scratch) {
  p256_number *h = &scratch->a, *r = &scratch->b, *s = &scratch->c, *t = &scratch->d;
  if (p256_zero_mask(&other->z) != 0) return;
  if (p256_zero_mask(&sum->z) != 0) {
    *sum = *other;
    return;
  }
  p256_square(s, &sum->z);
  p256_mul(h, &other->x, s);
  p256_mul(s, s, &sum->z);
  p256_mul(r, &other->y, s);
  p256_square(s, &other->z);
  p256_mul(t, &sum->x, s);
  p256_mul(s, s, &other->z);
  p256_mul(&scratch->e, &sum->y, s);
  p256_sub(h, h, t);
  p256_sub(r, r, &scratch->e);
  if (p256_zero_mask(h) != 0) {
    add_same_x(sum, r, scratch);
    return;
  }
  sum->x = *t;
  sum->y = scratch->e;
  p256_mul(&sum->z, &sum->z, &other->z);
  finish_addition(sum, h, r, s);
}

void p256_point_add_affine(p256_point *sum, const p256_affine *other, p256_scratch *scratch) {
  p256_number *h = &scratch->a, *r = &scratch->b, *s = &scratch->c;
  if (p256_zero_mask(&sum->z) != 0) {
    sum->x = other->x;
    sum->y = other->y;
    sum->z = p256_one;
    return;
  }
  p256_square(s, &sum->z);
  p256_mul(h, &other->x, s);
  p256_mul(s, s, &sum->z);
  p256_mul(r, &other->y, s);
  p256_sub(h, h, &sum->x);
  p256_sub(r, r, &sum->y);
  if (p256_zero_mask(h) != 0) {
    add_same_x(sum, r, scratch);
    return;
  }
  finish_addition(sum, h, r, s);
}

void p256_point_normalize(p256_affine *result, const p256_point *point, p256_scratch *scratch) {
  p256_number *inverse = &scratch->a, *square = &scratch->b;
  p256_invert(inverse, &point->z);
  p256_square(square, inverse);
  p256_mul(&result->x, &point->x, square);
  p256_mul(square, square, inverse);
  p256_mul(&result->y, &point->y, square);
  p256_from_field(&result->x, &result->x);
  p256_from_field(&result->y, &result->y);
}

void p256_point_blind(p256_point *point, const p256_number *factor, p256_scratch *scratch) {
  p256_number *power = &scratch->a;
  p256_mul(&point->z, &point->z, factor);
  p256_square(power, factor);
  p256_mul(&point->x, &point->x, power);
  p256_mul(power, power, factor);
  p256_mul(&point->y, &point->y, power);
}

bool p256_point_is_on_curve(const p256_affine *point, p256_scratch *scratch) {
  /* The curve's b. */
  static const p256_number constant = {{0x29C4BDDF, 0xD89CDF62, 0x78843090, 0xACF005CD, 0xF7212ED6,
                                        0xE5A220AB, 0x04874834, 0xDC30061D}};
  p256_number *left = &scratch->a, *right = &scratch->b, *x = &scratch->c;
  *x = point->x;
  p256_square(right, x);
  p256_mul(right, right, x);
  for (int i = 0; i < 3; i++) p256_sub(right, right, x);
  p256_add(right, right, &constant);
  p256_square(left, &point->y);
  p256_sub(left, left, right);
  return p256_zero_mask(left) != 0;
}
