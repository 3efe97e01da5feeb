/* Multiples of the base point, for a comb of so many teeth that are `P256_COMB_SPACING` bits apart.
 *
 * Entry i of table j is 2^(j * P256_COMB_STEPS) * (2^(s * (t - 1)) + sum of ±2^(s * k) for the
 * lower teeth k, plus where bit k of i is set) * generator, with s the spacing and t the number of
 * teeth. Coordinates are elements of the field. Tools/p256-table.py writes the table, and a test
 * computes each entry anew with the TLS library.
 */
#ifndef SWIFTLET_P256_BASE_TABLE_H
#define SWIFTLET_P256_BASE_TABLE_H

#include "CP256.h"

#ifndef P256_COMB_TEETH
#define P256_COMB_TEETH 5
#define P256_COMB_TABLES 2
#endif

enum {
  P256_COMB_ENTRIES = 1 << (P256_COMB_TEETH - 1),
  /* Bits handled by one table: the 256 of a scalar are shared out evenly. */
  P256_COMB_STEPS = (256 + P256_COMB_TEETH * P256_COMB_TABLES - 1) /
                    (P256_COMB_TEETH * P256_COMB_TABLES),
  P256_COMB_SPACING = P256_COMB_STEPS * P256_COMB_TABLES,
  P256_COMB_BITS = P256_COMB_SPACING * P256_COMB_TEETH,
};

extern const p256_affine p256_base_table[P256_COMB_TABLES][P256_COMB_ENTRIES];

#endif
