#!/usr/bin/env python3
"""Writes BoardSupport/Sources/CP256/base_table.c to standard output.

Usage: p256-table.py [TEETH TABLES], which must be what base_table.h says.
"""
import sys

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
GENERATOR = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(a, b):
    """The sum of two affine points that are not opposite; None is infinity."""
    if a is None or b is None:
        return a or b
    if a == b:
        slope = 3 * (a[0] * a[0] - 1) * pow(2 * a[1], -1, PRIME)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, PRIME)
    x = (slope * slope - a[0] - b[0]) % PRIME
    return x, (slope * (a[0] - x) - a[1]) % PRIME


def multiply(scalar, point):
    result = None
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def words(value):
    element = value * 2**256 % PRIME
    texts = ["0x%08X" % (element >> 32 * i & 0xFFFFFFFF) for i in range(8)]
    return "{{%s,\n     %s}}" % (", ".join(texts[:4]), ", ".join(texts[4:]))


def main():
    teeth, tables = (int(text) for text in sys.argv[1:] or (5, 2))
    steps = -(-256 // (teeth * tables))
    spacing = steps * tables
    print("/* Written by Tools/p256-table.py. */")
    print('#include "base_table.h"\n')
    print("const p256_affine p256_base_table[P256_COMB_TABLES][P256_COMB_ENTRIES] = {")
    for table in range(tables):
        print("  {")
        for entry in range(1 << (teeth - 1)):
            factor = 1 << spacing * (teeth - 1)
            for tooth in range(teeth - 1):
                sign = 1 if entry >> tooth & 1 else -1
                factor += sign << spacing * tooth
            x, y = multiply(factor << steps * table, GENERATOR)
            print("    {%s,\n     %s}," % (words(x), words(y)))
        print("  },")
    print("};")


main()
