/* Points in Jacobian coordinates: (x, y, z) stands for (x / z^2, y / z^3), and z = 0 for the point
 * at infinity. All coordinates are elements of the field.
 */
#ifndef SWIFTLET_P256_POINT_H
#define SWIFTLET_P256_POINT_H

#include "field.h"

typedef struct {
  p256_number x, y, z;
} p256_point;

/* What the functions compute with; the caller wipes it when it is done. */
typedef struct {
  p256_number a, b, c;
} p256_scratch;

/* point = 2 * point */
void p256_point_double(p256_point *point, p256_scratch *scratch);

/* sum = sum + other, the latter not being infinity, with elements for coordinates.
 *
 * Right for all points, but the cases in which the sum is infinity, or the two are equal or
 * opposite, branch off. Secret scalars do not meet them, but for thirty of them: the even ones up
 * to 30, and their opposites, in the last addition of p256_multiply. */
void p256_point_add(p256_point *sum, const p256_affine *other, p256_scratch *scratch);

enum { P256_MULTIPLES = 8 };

/* Fills in the odd multiples of a point, 1 to 15, as elements; the first is the point itself, and
 * given. Needs as many numbers to work with. */
void p256_point_multiples(p256_affine *multiples, p256_number *ratios, p256_scratch *scratch);

/* The affine coordinates as plain numbers; the point must not be infinity. */
void p256_point_normalize(p256_affine *result, const p256_point *point, p256_scratch *scratch);

/* Replaces the coordinates by others of the same point: z becomes z * factor. */
void p256_point_blind(p256_point *point, const p256_number *factor, p256_scratch *scratch);

/* Tells whether the affine point, whose coordinates are elements, fits the equation. */
bool p256_point_is_on_curve(const p256_affine *point, p256_scratch *scratch);

#endif
