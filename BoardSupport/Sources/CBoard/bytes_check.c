/* Checks memcpy, memset and what compilers call in their place, on the board itself. */
#include "CBoard.h"

#if defined(__arm__) && __has_include(<string.h>)

#include <stdbool.h>
#include <string.h>

void bzero(void *target, size_t size);
void __aeabi_memset(void *target, size_t size, int value);

/* All ways to lie in two words, and sizes that go through each loop more than once. */
enum { OFFSETS = 8, SIZES = 80, GUARD = 8, ROOM = GUARD + OFFSETS + SIZES + GUARD };

static uint8_t number(size_t index) { return (uint8_t)(index * 37 + 11); }

/* Volatile, so that no compiler makes a call of the very functions out of a loop. */
static void number_all(volatile uint8_t *bytes) {
  for (size_t index = 0; index < ROOM; index++) bytes[index] = number(index);
}

/* True if `size` bytes at `start` are what `expected` says, and all around them as before. */
static bool are(const volatile uint8_t *bytes, size_t start, size_t size, const uint8_t *source,
                uint8_t value) {
  for (size_t index = 0; index < ROOM; index++) {
    uint8_t expected = number(index);
    if (index >= start && index < start + size) {
      expected = source != NULL ? source[index - start] : value;
    }
    if (bytes[index] != expected) return false;
  }
  return true;
}

static bool copies(size_t start, size_t size) {
  uint8_t source[OFFSETS + SIZES], target[ROOM];
  for (volatile size_t index = 0; index < sizeof source; index++) {
    source[index] = (uint8_t)(index ^ 0xA5);
  }
  for (size_t offset = 0; offset < OFFSETS; offset++) {
    number_all(target);
    if (memcpy(target + start, source + offset, size) != target + start) return false;
    if (!are(target, start, size, source + offset, 0)) return false;
  }
  return true;
}

static bool fills(size_t start, size_t size) {
  uint8_t target[ROOM];
  number_all(target);
  /* Of the value only the lowest byte counts. */
  if (memset(target + start, 0x1C6, size) != target + start) return false;
  if (!are(target, start, size, NULL, 0xC6)) return false;
  number_all(target);
  __aeabi_memset(target + start, size, 0x3A);
  if (!are(target, start, size, NULL, 0x3A)) return false;
  number_all(target);
  bzero(target + start, size);
  return are(target, start, size, NULL, 0);
}

int32_t board_bytes_are_right(void) {
  for (size_t start = GUARD; start < GUARD + OFFSETS; start++) {
    for (size_t size = 0; size <= SIZES; size++) {
      if (!copies(start, size) || !fills(start, size)) return 0;
    }
  }
  return 1;
}

#endif
