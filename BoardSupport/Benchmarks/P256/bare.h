#ifndef SWIFTLET_P256_BARE_H
#define SWIFTLET_P256_BARE_H

#include <stdint.h>

/* One instruction takes a nanosecond (-icount shift=0), and the timer has 25 MHz. */
enum { BARE_INSTRUCTIONS_PER_TICK = 40 };

void bare_start_timer(void);

/* Ticks since the start. */
uint32_t bare_ticks(void);

void bare_exit(int status);
void bare_print(const char *text);
void bare_print_number(uint64_t value, unsigned decimals);
void bare_paint_stack(void);
uint32_t bare_used_stack(void);

#endif
