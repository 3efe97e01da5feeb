#include "wipe.h"

#include <string.h>

/* As much as the deepest function of the field, an addition or an inversion, leaves. */
enum { STACK_BYTES = 384 };

void p256_wipe(void *memory, size_t size) {
  memset(memory, 0, size);
  /* The compiler must believe that the zeros are read. */
  __asm__ volatile("" : : "r"(memory) : "memory");
}

__attribute__((noinline)) void p256_wipe_stack(void) {
  unsigned char left[STACK_BYTES];
  p256_wipe(left, sizeof left);
}
