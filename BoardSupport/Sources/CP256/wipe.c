#include "wipe.h"

#include <stdint.h>

/* As much as the deepest function of the field, an addition or an inversion, leaves. */
enum { STACK_BYTES = 384 };

void p256_wipe(void *memory, size_t size) {
  uint32_t *word = memory;
  for (size_t count = size / sizeof *word; count > 0; count--) *word++ = 0;
  /* The compiler must believe that the zeros are read. */
  __asm__ volatile("" : : "r"(memory) : "memory");
}

__attribute__((noinline)) void p256_wipe_stack(void) {
  uint32_t left[STACK_BYTES / sizeof(uint32_t)];
  p256_wipe(left, sizeof left);
}
