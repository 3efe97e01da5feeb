#include "contexts.h"

#if SWIFTLET_HAS_LIBRARY

/* A host runs many sessions on several threads, and a call never changes its thread. A board has
 * one thread, and often no thread-local storage. */
#if defined(__linux__)
static _Thread_local uint32_t refusals;
#else
static uint32_t refusals;
#endif

void swiftlet_memory_refused(void) { refusals++; }

uint32_t swiftlet_memory_refusals(void) { return refusals; }

#endif
