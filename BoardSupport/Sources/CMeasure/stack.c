#include "CMeasure.h"

#if defined(__arm__)

#include "CBoard.h"

/* Below the frame of this function, whose own words stay as they are. */
void measure_paint_stack(void) {
  uint32_t *here = (uint32_t *)__builtin_frame_address(0) - 16;
  for (uint32_t *word = (uint32_t *)__stack_bottom; word < here; word++) *word = BOARD_STACK_PAINT;
}

#endif
