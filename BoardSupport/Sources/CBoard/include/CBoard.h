/* What only C can say about a Cortex-M: the linker's symbols and the processor's instructions. */
#ifndef SWIFTLET_CBOARD_H
#define SWIFTLET_CBOARD_H

#include <stddef.h>
#include <stdint.h>

/* Where the linker script put things. */
extern uint8_t __stack_bottom[];
extern uint8_t __stack_top[];

/* Start-up, in startup.c. */
void board_reset(void);

/* The bytes of the stack that were never used. */
size_t board_unused_stack(void);

/* What the board's Swift code provides. */

/* The program; never returns. */
void board_main(void);

/* The millisecond interrupt. */
void board_system_tick(void);

/* A fault: says so and restarts. */
void board_fault(void);

/* Writes text where a person can read it, waiting if it must. */
void board_print(const uint8_t *text, size_t size);

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

/* The main stack pointer. */
static inline uint32_t cpu_stack_pointer(void) {
  uint32_t value;
  __asm volatile("mov %0, sp" : "=r"(value));
  return value;
}

/* A semihosting call (Arm IHI 0080): a debugger or an emulator answers it. */
static inline uint32_t cpu_semihosting(uint32_t operation, uint32_t argument) {
  register uint32_t r0 __asm("r0") = operation;
  register uint32_t r1 __asm("r1") = argument;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

#endif
