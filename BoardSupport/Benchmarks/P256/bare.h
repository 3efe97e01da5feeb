#ifndef SWIFTLET_P256_BARE_H
#define SWIFTLET_P256_BARE_H

#include <stdint.h>

void bare_exit(int status);
void bare_print(const char *text);
void bare_print_number(uint64_t value, unsigned decimals);
void bare_paint_stack(void);
uint32_t bare_used_stack(void);

#endif
