/* An allocator over one piece of static memory, for the TLS library on boards.
 *
 * The lowest place that fits is taken, and neighbours that are free are one. A block costs 4 bytes
 * more than was asked for, rounded up to 8; the library's own arena (memory_buffer_alloc.c) takes
 * 32 bytes a block, which is a lot where numbers have 32 bytes.
 *
 * One thread of execution uses it.
 */
#ifndef SWIFTLET_CARENA_H
#define SWIFTLET_CARENA_H

#include <stddef.h>
#include <stdint.h>

/* Gives the arena its memory, aligned to 8 bytes, at most 256 KB; what was in it is forgotten. */
void arena_start(void *memory, size_t size);

/* Room for `count` items of `size` bytes, all zero and aligned to 8 bytes; NULL where there is
 * none, and for zero bytes. */
void *arena_allocate(size_t count, size_t size);

/* Wipes a block and gives it back; no effect on NULL. */
void arena_free(void *block);

/* The bytes in use, with those that blocks cost. */
size_t arena_used(void);

/* How much memory would have been enough so far: the end of the highest block there ever was. */
size_t arena_peak(void);

#endif
