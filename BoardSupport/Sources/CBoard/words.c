/* memset and memcpy that go by words, and a small memchr. Those of the C library go by bytes, at
 * five instructions each, and the TLS library wipes what it used: a tenth of a signature was spent
 * there.
 */
#include <stddef.h>
#include <stdint.h>

#if defined(__arm__)

/* Words that may be part of anything. */
typedef uint32_t __attribute__((may_alias)) word;
typedef uint32_t __attribute__((may_alias, aligned(1))) loose_word;

enum { WORD_BYTES = 4, BLOCK_BYTES = 16 };

/* Else the compiler would see what these loops do, and call the functions that they are. */
#define AS_WRITTEN __attribute__((optimize("O2", "no-tree-loop-distribute-patterns"), used))

AS_WRITTEN void *memset(void *target, int value, size_t count) {
  uint8_t *byte = target;
  uint32_t pattern = (uint8_t)value * UINT32_C(0x01010101);
  while (((uintptr_t)byte & (WORD_BYTES - 1)) != 0 && count > 0) {
    *byte++ = (uint8_t)value;
    count--;
  }
  word *block = (word *)byte;
  for (; count >= BLOCK_BYTES; count -= BLOCK_BYTES, block += 4) {
    block[0] = pattern;
    block[1] = pattern;
    block[2] = pattern;
    block[3] = pattern;
  }
  for (; count >= WORD_BYTES; count -= WORD_BYTES) *block++ = pattern;
  byte = (uint8_t *)block;
  for (; count > 0; count--) *byte++ = (uint8_t)value;
  return target;
}

/* Armv7-M reads single words from any address. */
AS_WRITTEN void *memcpy(void *restrict target, const void *restrict source, size_t count) {
  uint8_t *byte = target;
  const uint8_t *from = source;
  while (((uintptr_t)byte & (WORD_BYTES - 1)) != 0 && count > 0) {
    *byte++ = *from++;
    count--;
  }
  word *block = (word *)byte;
  const loose_word *words = (const loose_word *)from;
  for (; count >= BLOCK_BYTES; count -= BLOCK_BYTES, block += 4, words += 4) {
    block[0] = words[0];
    block[1] = words[1];
    block[2] = words[2];
    block[3] = words[3];
  }
  for (; count >= WORD_BYTES; count -= WORD_BYTES) *block++ = *words++;
  byte = (uint8_t *)block;
  from = (const uint8_t *)words;
  for (; count > 0; count--) *byte++ = *from++;
  return target;
}

/* The names that compilers call it by (Run-time ABI for the Arm architecture, section 4.3.4): the C
 * library has them in one object with its own memcpy. */
#define ALSO_AS(name) extern __typeof__(memcpy) name __attribute__((alias("memcpy"), used))
ALSO_AS(__aeabi_memcpy);
ALSO_AS(__aeabi_memcpy4);
ALSO_AS(__aeabi_memcpy8);

/* Only names of servers are searched: by bytes, in a tenth of the flash. */
AS_WRITTEN void *memchr(const void *bytes, int value, size_t count) {
  for (const uint8_t *byte = bytes; count > 0; byte++, count--) {
    if (*byte == (uint8_t)value) return (void *)byte;
  }
  return NULL;
}

#endif
