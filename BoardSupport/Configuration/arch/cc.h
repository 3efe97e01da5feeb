/* What lwIP asks of the compiler. */
#ifndef SWIFTLET_ARCH_CC_H
#define SWIFTLET_ARCH_CC_H

#include <stdint.h>
#include <stdlib.h>

/* Port numbers and identifiers that nobody can guess, from the device's own generator. */
uint32_t board_random(void);
#define LWIP_RAND() board_random()

#define LWIP_NO_CTYPE_H 1
#define LWIP_NO_UNISTD_H 1
#define LWIP_PLATFORM_DIAG(message) do { } while (0)
#define LWIP_PLATFORM_ASSERT(message) do { } while (0)

#endif
