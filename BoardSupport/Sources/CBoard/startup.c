/* From reset to the program: C, because nothing that Swift relies on is there yet. */
#include "CBoard.h"

#if defined(__arm__)

extern uint32_t __data_start[], __data_end[], __data_load[];
extern uint32_t __bss_start[], __bss_end[];

typedef void handler(void);

/* Entries 1 to 15 of the vector table (Armv7-M, section B1.5.3): reset, the faults and calls of the
 * system, of which only the timer's is expected. The linker script puts the top of the stack in
 * front, which is entry 0. */
__attribute__((section(".isr_vector"), used)) static handler *const vectors[15] = {
    board_reset, board_fault, board_fault, board_fault, board_fault,
    board_fault, board_fault, board_fault, board_fault, board_fault,
    board_fault, board_fault, board_fault, board_fault, board_system_tick,
};

/* Swift's `@main` and a C program's entry alike. */
extern int main(int count, char **arguments);

__attribute__((noreturn, used)) void board_reset(void) {
  uint32_t *source = __data_load;
  for (uint32_t *target = __data_start; target < __data_end; target++) *target = *source++;
  for (uint32_t *target = __bss_start; target < __bss_end; target++) *target = 0;
  /* Some words below this function's own frame stay as they are. */
  uint32_t *here = (uint32_t *)__builtin_frame_address(0) - 16;
  for (uint32_t *target = (uint32_t *)__stack_bottom; target < here; target++) {
    *target = BOARD_STACK_PAINT;
  }
  main(0, NULL);
  for (;;) cpu_wait_for_interrupt();
}

size_t board_stack_size(void) { return (size_t)(__stack_top - __stack_bottom); }

size_t board_stack_peak(void) {
  const uint32_t *word = (const uint32_t *)__stack_bottom;
  while (word < (const uint32_t *)__stack_top && *word == BOARD_STACK_PAINT) word++;
  return (size_t)(__stack_top - (const uint8_t *)word);
}

size_t board_ram_used(void) {
  extern uint8_t __ram_end[];
  return (size_t)(__ram_end - __stack_bottom);
}

void board_print(const uint8_t *text, size_t size) {
  for (size_t index = 0; index < size; index++) board_put(text[index]);
}

#endif
