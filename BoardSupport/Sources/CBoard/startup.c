/* From reset to the program: C, because nothing that Swift relies on is there yet. */
#include "CBoard.h"

#if defined(__arm__)

extern uint32_t __data_start[], __data_end[], __data_load[];
extern uint32_t __bss_start[], __bss_end[];

/* What the stack is filled with, so that its deepest use shows later. */
enum { STACK_PAINT = 0x5AFE57AC };

__attribute__((noreturn, used)) void board_reset(void) {
  uint32_t *source = __data_load;
  for (uint32_t *target = __data_start; target < __data_end; target++) *target = *source++;
  for (uint32_t *target = __bss_start; target < __bss_end; target++) *target = 0;
  uint32_t *here = (uint32_t *)__builtin_frame_address(0) - 16;
  for (uint32_t *target = (uint32_t *)__stack_bottom; target < here; target++) {
    *target = STACK_PAINT;
  }
  board_main();
  for (;;) cpu_wait_for_interrupt();
}

/* The bytes of the stack that were never used. */
size_t board_unused_stack(void) {
  const uint32_t *word = (const uint32_t *)__stack_bottom;
  while (word < (const uint32_t *)__stack_top && *word == STACK_PAINT) word++;
  return (size_t)((const uint8_t *)word - __stack_bottom);
}

#endif
