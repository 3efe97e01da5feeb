#ifndef SWIFTLET_CLINUX_H
#define SWIFTLET_CLINUX_H

#include <stddef.h>
#include <stdint.h>

/* The few calls of Linux that Swift's Glibc module leaves out. */

/* Makes an epoll instance; -1 with errno where that fails. */
int clinux_epoll_create(void);

/* Reports `token` whenever `descriptor` becomes readable or writable (edge triggered). */
int clinux_epoll_add(int epoll, int descriptor, uint64_t token);

/*
 * Waits up to `milliseconds` for sockets to move and puts their tokens, at most `capacity`, at
 * `tokens`. Returns their number; 0 also where a signal came first; -1 with errno on failure.
 */
int clinux_epoll_wait(int epoll, uint64_t *tokens, int capacity, int milliseconds);

/* Fills `size` bytes from the kernel's generator; returns 0, or -1 with errno. */
int clinux_random(void *target, size_t size);

/* Has the allocator take blocks of `size` bytes and more from the kernel, one by one. */
void clinux_map_blocks_from(int size);

#endif
