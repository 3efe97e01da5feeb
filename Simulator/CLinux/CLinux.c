#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/random.h>

/* As many as are fetched by one system call; more wait for the next one. */
enum { EVENTS_AT_ONCE = 256 };

int clinux_epoll_create(void) {
  return epoll_create1(EPOLL_CLOEXEC);
}

int clinux_epoll_add(int epoll, int descriptor, uint64_t token) {
  struct epoll_event event = {
      .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
      .data.u64 = token,
  };
  return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int clinux_epoll_wait(int epoll, uint64_t *tokens, int capacity, int milliseconds) {
  struct epoll_event events[EVENTS_AT_ONCE];
  int wanted = capacity < EVENTS_AT_ONCE ? capacity : EVENTS_AT_ONCE;
  int count = epoll_wait(epoll, events, wanted, milliseconds);
  if (count < 0) {
    return errno == EINTR ? 0 : -1;
  }
  for (int index = 0; index < count; index++) {
    tokens[index] = events[index].data.u64;
  }
  return count;
}

void clinux_map_blocks_from(int size) {
  mallopt(M_MMAP_THRESHOLD, size);
  /* Two a device; the kernel merges neighbours, so that its own limit is not reached as soon. */
  mallopt(M_MMAP_MAX, 1 << 20);
}

int clinux_random(void *target, size_t size) {
  uint8_t *next = target;
  while (size > 0) {
    ssize_t count = getrandom(next, size, 0);
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      return -1;
    }
    next += count;
    size -= (size_t)count;
  }
  return 0;
}
