/* The memory of the C libraries: a static arena for mbedTLS, and room for the contexts whose sizes
 * only C knows. Nothing else on a board allocates.
 */
#include "CBoard.h"

#if __has_include(<mbedtls/platform.h>)

#include "CArena.h"
#include "contexts.h"

#ifndef BOARD_TLS_ARENA_BYTES
#error "the board's makefile says how large the arena is"
#endif

static uint8_t arena[BOARD_TLS_ARENA_BYTES] __attribute__((aligned(8)));
static struct swiftlet_client client __attribute__((aligned(8)));
static struct swiftlet_roots roots __attribute__((aligned(8)));

/* The library's `calloc`, by configuration. It does not look at every refusal; the shim does. */
void *board_allocate(size_t count, size_t size) {
  void *memory = arena_allocate(count, size);
  if (memory == NULL && count != 0 && size != 0) swiftlet_memory_refused();
  return memory;
}

void board_free(void *memory) { arena_free(memory); }

void board_start_memory(void) { arena_start(arena, sizeof(arena)); }

size_t board_heap_size(void) { return sizeof(arena); }

size_t board_heap_peak(void) { return arena_peak(); }

void *board_client_storage(void) { return &client; }
void *board_roots_storage(void) { return &roots; }

#endif
