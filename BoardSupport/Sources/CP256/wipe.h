#ifndef SWIFTLET_P256_WIPE_H
#define SWIFTLET_P256_WIPE_H

#include <stddef.h>

/* Overwrites whole words that held secrets, whatever the compiler thinks of it. */
void p256_wipe(void *memory, size_t size);

/* Overwrites what functions called before this one left on the stack below their caller. */
void p256_wipe_stack(void);

#endif
