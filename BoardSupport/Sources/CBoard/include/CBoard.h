/* What only C can say about a Cortex-M: the linker's symbols, the processor's instructions, and the
 * memory that C libraries live in.
 */
#ifndef SWIFTLET_CBOARD_H
#define SWIFTLET_CBOARD_H

#include <stddef.h>
#include <stdint.h>

/* Where the linker script put things. */
extern uint8_t __stack_bottom[];
extern uint8_t __stack_top[];

/* Start-up: startup.c */

void board_reset(void);
/* What the stack is filled with, so that its deepest use shows later. */
#define BOARD_STACK_PAINT 0x5AFE57ACu
/* The bytes reserved for the stack, and those of them that were ever used. */
size_t board_stack_size(void);
size_t board_stack_peak(void);
/* All RAM that the program takes: stack, data and what survives resets. */
size_t board_ram_used(void);

/* Nonzero if memcpy, memset and their kind do what they should: bytes_armv7m.S, bytes_check.c */
int32_t board_bytes_are_right(void);

/* Writes text on the console, byte by byte: startup.c */
void board_print(const uint8_t *text, size_t size);

/* Memory of the C libraries: memory.c */

/* To be called once, before anything else of the TLS library. */
void board_start_memory(void);
/* The bytes of the arena, and the most that were in use at a time with the allocator's own. */
size_t board_heap_size(void);
size_t board_heap_peak(void);
/* Room for one client and one set of roots, of the size and alignment that they ask for. */
void *board_client_storage(void);
void *board_roots_storage(void);

/* RAM that a reset leaves as it is, for boards whose flash cannot be programmed: persistent.c */

uint8_t *board_persistent(void);
/* Whether it was filled since power came: what is there otherwise means nothing. */
int32_t board_persistent_is_filled(void);
void board_persistent_filled(void);

/* What the board's Swift code provides. */

/* The millisecond interrupt. */
void board_system_tick(void);

/* A fault: says so and restarts. */
void board_fault(void);

/* Writes a byte where a person can read it, waiting if it must. */
void board_put(uint8_t byte);

/* Sleeps until an interrupt is pending. */
static inline void cpu_wait_for_interrupt(void) {
  __asm volatile("dsb\n\twfi" ::: "memory");
}

static inline void cpu_disable_interrupts(void) {
  __asm volatile("cpsid i" ::: "memory");
}

static inline void cpu_enable_interrupts(void) {
  __asm volatile("cpsie i" ::: "memory");
}

/* A semihosting call (Arm IHI 0080): a debugger or an emulator answers it. */
static inline uint32_t cpu_semihosting(uint32_t operation, uint32_t argument) {
  register uint32_t r0 __asm("r0") = operation;
  register uint32_t r1 __asm("r1") = argument;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

#endif
