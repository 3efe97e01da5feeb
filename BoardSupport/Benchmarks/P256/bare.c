/* Just enough of a board for the measurements: reset, a console and an exit by semihosting. */
#include "bare.h"

#include <stdio.h>

/* What the C library asks for; the TLS library would complain there of a broken heap. */
FILE *const stderr = NULL;

extern uint32_t __data_start[], __data_end[], __data_load[];
extern uint32_t __bss_start[], __bss_end[];
extern uint8_t __stack_bottom[], __stack_top[];

/* Timer 0 of the MPS2 boards (application note AN385, 4.1), which counts down. */
#define TIMER0_CONTROL (*(volatile uint32_t *)0x40000000)
#define TIMER0_VALUE (*(volatile uint32_t *)0x40000004)
#define TIMER0_RELOAD (*(volatile uint32_t *)0x40000008)

enum {
  STACK_PAINT = 0x5AFE57AC,
  SEMIHOSTING_WRITE0 = 0x04,
  SEMIHOSTING_EXIT = 0x18,
  APPLICATION_EXIT = 0x20026,
  INTERNAL_ERROR = 0x20024,
};

int main(void);

static void semihosting(uint32_t operation, uint32_t argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register uint32_t r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void bare_start_timer(void) {
  TIMER0_RELOAD = UINT32_MAX;
  TIMER0_VALUE = UINT32_MAX;
  TIMER0_CONTROL = 1;
}

uint32_t bare_ticks(void) { return UINT32_MAX - TIMER0_VALUE; }

void bare_exit(int status) {
  semihosting(SEMIHOSTING_EXIT, status == 0 ? APPLICATION_EXIT : INTERNAL_ERROR);
  for (;;) continue;
}

void bare_print(const char *text) { semihosting(SEMIHOSTING_WRITE0, (uint32_t)text); }

/* Writes a number, and a point in front of its last `decimals` digits. */
void bare_print_number(uint64_t value, unsigned decimals) {
  char text[24];
  unsigned at = sizeof text - 1;
  text[at] = 0;
  for (unsigned digit = 0; value > 0 || digit <= decimals; digit++) {
    if (decimals > 0 && digit == decimals) text[--at] = '.';
    text[--at] = (char)('0' + value % 10);
    value /= 10;
  }
  bare_print(text + at);
}

__attribute__((noinline)) void bare_paint_stack(void) {
  uint32_t *here = (uint32_t *)__builtin_frame_address(0) - 8;
  for (uint32_t *word = (uint32_t *)__stack_bottom; word < here; word++) *word = STACK_PAINT;
}

/* The bytes below the caller's frame that were used since the painting. */
__attribute__((noinline)) uint32_t bare_used_stack(void) {
  const uint32_t *word = (const uint32_t *)__stack_bottom;
  while (*word == STACK_PAINT) word++;
  return (uint32_t)((const uint8_t *)__builtin_frame_address(0) - (const uint8_t *)word);
}

__attribute__((noreturn)) void board_reset(void) {
  uint32_t *source = __data_load;
  for (uint32_t *target = __data_start; target < __data_end;) *target++ = *source++;
  for (uint32_t *target = __bss_start; target < __bss_end;) *target++ = 0;
  bare_exit(main());
  for (;;) continue;
}

__attribute__((noreturn)) void _exit(int status) {
  bare_exit(status);
  for (;;) continue;
}

static void fault(void) {
  bare_print("fault\n");
  bare_exit(1);
}

__attribute__((section(".isr_vector"), used)) static void (*const vectors[15])(void) = {
    board_reset, fault, fault, fault, fault, fault, fault, fault,
    fault,       fault, fault, fault, fault, fault, fault};
