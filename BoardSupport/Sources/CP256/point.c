/* Formulas of the Explicit-Formulas Database (hyperelliptic.org/EFD) for curves with a = -3,
 * ordered so that they need little memory.
 */
#include "point.h"

/* The usual formula has z = 2 * y * z. This is the same point with half that z, hence a fourth
 * of the usual x and an eighth of the usual y, which saves two additions. */
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

void p256_point_add(p256_point *sum, const p256_affine *other, p256_scratch *scratch) {
  p256_number *h = &scratch->a, *r = &scratch->b, *s = &scratch->c;
  if (p256_zero_mask(&sum->z) != 0) {
    sum->x = other->x;
    sum->y = other->y;
    sum->z = p256_one;
    return;
  }
  /* The differences of x and of y, brought to the denominator of the sum. */
  p256_square(s, &sum->z);
  p256_mul(h, &other->x, s);
  p256_mul(s, s, &sum->z);
  p256_mul(r, &other->y, s);
  p256_sub(h, h, &sum->x);
  p256_sub(r, r, &sum->y);
  if (p256_zero_mask(h) != 0) {
    /* The same x: equal points, or opposite ones. */
    if (p256_zero_mask(r) != 0) {
      p256_point_double(sum, scratch);
    } else {
      sum->z = (p256_number){{0}};
    }
    return;
  }
  p256_mul(&sum->z, &sum->z, h);
  /* s = x * h^2; y = y * h^3 */
  p256_square(s, h);
  p256_mul(h, h, s);
  p256_mul(s, s, &sum->x);
  p256_mul(&sum->y, &sum->y, h);
  /* x = r^2 - h^3 - 2 * s; y = r * (s - x) - y * h^3 */
  p256_square(&sum->x, r);
  p256_sub(&sum->x, &sum->x, h);
  p256_sub(&sum->x, &sum->x, s);
  p256_sub(&sum->x, &sum->x, s);
  p256_sub(s, s, &sum->x);
  p256_mul(s, s, r);
  p256_sub(&sum->y, s, &sum->y);
}

/* twice = 2 * point; and the point itself changes its coordinates, so that both have its y for
 * z. */
static void double_affine(p256_affine *twice, p256_affine *point, p256_scratch *scratch) {
  p256_number *slope = &scratch->a, *s = &scratch->b;
  /* slope = 3 / 2 * (x^2 - 1) */
  p256_square(s, &point->x);
  p256_sub(s, s, &p256_one);
  p256_half(slope, s);
  p256_add(slope, slope, s);
  p256_square(s, &point->y);
  p256_mul(&point->x, &point->x, s);
  p256_square(&point->y, s);
  p256_square(&twice->x, slope);
  p256_sub(&twice->x, &twice->x, &point->x);
  p256_sub(&twice->x, &twice->x, &point->x);
  p256_sub(s, &point->x, &twice->x);
  p256_mul(s, slope, s);
  p256_sub(&twice->y, s, &point->y);
}

/* sum = a + b, where both have the same z; and a itself changes its coordinates, so that it has
 * the z of the sum, which is the old one times the ratio. */
static void add_with_common_z(p256_affine *sum, p256_number *ratio, p256_affine *a,
                              const p256_affine *b, p256_scratch *scratch) {
  p256_number *r = &scratch->a, *s = &scratch->b;
  p256_sub(ratio, &a->x, &b->x);
  p256_sub(r, &a->y, &b->y);
  p256_square(s, ratio);
  p256_mul(&a->x, &a->x, s);
  p256_mul(s, &b->x, s);
  p256_square(&sum->x, r);
  p256_sub(&sum->x, &sum->x, &a->x);
  p256_sub(&sum->x, &sum->x, s);
  p256_sub(s, &a->x, s);
  p256_mul(&a->y, &a->y, s);
  p256_sub(s, &a->x, &sum->x);
  p256_mul(s, r, s);
  p256_sub(&sum->y, s, &a->y);
}

/* Meloni's additions (eprint.iacr.org/2006/240): twice the point is added again and again, each
 * time brought to the z of the last sum, and each sum's z is the last one's times a known ratio.
 * So one inversion makes all of them affine. None of these points can be equal or opposite to
 * another, because the order of the curve is a large prime. */
void p256_point_multiples(p256_affine *multiples, p256_number *ratios, p256_scratch *scratch) {
  p256_number *inverse = &scratch->a, *power = &scratch->b;
  p256_affine twice, first = multiples[0];
  ratios[0] = first.y;
  double_affine(&twice, &multiples[0], scratch);
  for (int i = 1; i < P256_MULTIPLES; i++) {
    add_with_common_z(&multiples[i], &ratios[i], &twice, &multiples[i - 1], scratch);
  }
  *inverse = ratios[0];
  for (int i = 1; i < P256_MULTIPLES; i++) p256_mul(inverse, inverse, &ratios[i]);
  p256_invert(inverse, inverse);
  for (int i = P256_MULTIPLES - 1; i > 0; i--) {
    p256_square(power, inverse);
    p256_mul(&multiples[i].x, &multiples[i].x, power);
    p256_mul(power, power, inverse);
    p256_mul(&multiples[i].y, &multiples[i].y, power);
    p256_mul(inverse, inverse, &ratios[i]);
  }
  multiples[0] = first;
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
