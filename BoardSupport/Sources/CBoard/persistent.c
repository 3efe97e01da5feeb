/* RAM that a reset leaves as it is. The linker drops it where nobody uses it. */
#include "CBoard.h"

#ifndef BOARD_PERSISTENT_BYTES
#define BOARD_PERSISTENT_BYTES 4096
#endif

/* Any other number is what the RAM happened to hold when power came. */
static const uint64_t FILLED = 0x5357466C46494C4C;

static uint64_t mark __attribute__((section(".persistent.mark")));
static uint8_t bytes[BOARD_PERSISTENT_BYTES]
    __attribute__((section(".persistent.bytes"), aligned(8)));

uint8_t *board_persistent(void) { return bytes; }

int32_t board_persistent_is_filled(void) { return mark == FILLED; }

void board_persistent_filled(void) { mark = FILLED; }
