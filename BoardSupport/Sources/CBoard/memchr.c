/* A small memchr: only names of servers are searched. The C library's goes by words, and takes ten
 * times the flash. */
#include <stddef.h>
#include <stdint.h>

#if defined(__arm__)

/* Else the compiler would see what the loop does, and call the function that it is. */
__attribute__((optimize("no-tree-loop-distribute-patterns"), used))
void *memchr(const void *bytes, int value, size_t count) {
  for (const uint8_t *byte = bytes; count > 0; byte++, count--) {
    if (*byte == (uint8_t)value) return (void *)byte;
  }
  return NULL;
}

#endif
