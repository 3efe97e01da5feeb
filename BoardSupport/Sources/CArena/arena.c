#include "CArena.h"

#include <string.h>

/* In front of each block, in the second half of an 8-byte unit, so that the block itself is aligned
 * to 8 bytes. Sizes count units and include the header's own. */
typedef struct {
  uint16_t before; /* the size of the block in front of this one, zero for the first */
  uint16_t size;   /* with the top bit set while in use */
} header;

enum { UNIT = 8, IN_USE = 0x8000, SIZE = 0x7FFF };

static uint8_t *start;
static size_t units; /* of the whole memory */
static size_t used;
static size_t peak;

/* The header of the block whose first unit is `index`. */
static header *header_at(size_t index) {
  return (header *)(void *)(start + index * UNIT + UNIT - sizeof(header));
}

/* The first unit's second half is its header, the block begins with the next unit: so the last unit
 * of the memory has no use but its first half, and a size of n units holds 8 n - 4 bytes. */
static size_t units_for(size_t bytes) { return (bytes + sizeof(header) + UNIT - 1) / UNIT; }

static void set(size_t index, size_t size, int is_used) {
  header_at(index)->size = (uint16_t)(size | (is_used ? IN_USE : 0));
  size_t next = index + size;
  if (next < units) header_at(next)->before = (uint16_t)size;
}

void arena_start(void *memory, size_t size) {
  start = memory;
  units = size / UNIT;
  if (units > SIZE) units = SIZE;
  /* The last block ends in the middle of the last unit. */
  units -= 1;
  used = 0;
  peak = 0;
  header_at(0)->before = 0;
  set(0, units, 0);
}

void *arena_allocate(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes) || bytes == 0 || bytes > units * UNIT) {
    return NULL;
  }
  size_t wanted = units_for(bytes);
  for (size_t index = 0; index < units; index += header_at(index)->size & SIZE) {
    size_t found = header_at(index)->size;
    if (found & IN_USE || found < wanted) continue;
    set(index, wanted, 1);
    if (found > wanted) set(index + wanted, found - wanted, 0);
    used += wanted * UNIT;
    size_t end = (index + wanted + 1) * UNIT;
    if (end > peak) peak = end;
    return memset(start + (index + 1) * UNIT, 0, bytes);
  }
  return NULL;
}

void arena_free(void *block) {
  if (block == NULL) return;
  size_t index = (size_t)((uint8_t *)block - start) / UNIT - 1;
  size_t size = header_at(index)->size & SIZE;
  used -= size * UNIT;
  /* Keys and plaintext must not stay behind where they would be found one day. */
  memset(block, 0, size * UNIT - sizeof(header));
  size_t next = index + size;
  if (next < units && !(header_at(next)->size & IN_USE)) size += header_at(next)->size;
  size_t before = header_at(index)->before;
  if (before != 0 && !(header_at(index - before)->size & IN_USE)) {
    index -= before;
    size += before;
  }
  set(index, size, 0);
}

size_t arena_used(void) { return used; }

size_t arena_peak(void) { return peak; }
