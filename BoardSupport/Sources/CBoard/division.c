/* Division of 64 bits, for the compiler's calls (__aeabi_uldivmod and its like come from its own
 * library, and call this). The library's takes 700 bytes and is quicker; here times and lengths are
 * divided, and where a number of RSA is, it is once for each key.
 */
#include <stddef.h>
#include <stdint.h>

#if defined(__arm__)

uint64_t __udivmoddi4(uint64_t value, uint64_t divisor, uint64_t *rest);

/* Bit by bit, from the first that the quotient can have. The caller sees to a divisor of zero. */
__attribute__((used)) uint64_t __udivmoddi4(uint64_t value, uint64_t divisor, uint64_t *rest) {
  uint64_t quotient = 0;
  if (value >= divisor) {
    int shift = __builtin_clzll(divisor) - __builtin_clzll(value);
    for (divisor <<= shift; shift >= 0; shift--, divisor >>= 1) {
      quotient <<= 1;
      if (value >= divisor) {
        value -= divisor;
        quotient |= 1;
      }
    }
  }
  if (rest != NULL) *rest = value;
  return quotient;
}

#endif
