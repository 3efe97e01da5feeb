#include "AllocationFaults.h"

#include <CMbedTLS.h>
#include <stddef.h>

#define NEVER INT64_MAX

/* The C library's own, under the name that it keeps for such uses as this. */
extern void *__libc_calloc(size_t count, size_t size);

static _Thread_local int64_t remaining = NEVER;
static _Thread_local int32_t refused;

void *calloc(size_t count, size_t size) {
  if (remaining != NEVER && remaining-- == 0) {
    remaining = NEVER;
    refused = 1;
    swiftlet_memory_refused();
    return NULL;
  }
  return __libc_calloc(count, size);
}

void allocation_faults_arm(int64_t allowed) {
  refused = 0;
  remaining = allowed;
}

int32_t allocation_faults_disarm(void) {
  remaining = NEVER;
  return refused;
}
