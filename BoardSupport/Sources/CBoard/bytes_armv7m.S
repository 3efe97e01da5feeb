/* memset and memcpy for Cortex-M3 and up (Armv7-M), word by word.
 *
 * Those of the C library go byte by byte, five instructions each. The TLS library clears all memory
 * that it takes and gives back, which was half of a resumed handshake's instructions.
 *
 * The names that begin with __aeabi_ are those that compilers call (Arm RTABI, section 4.3.4); they
 * have to be here too, because the C library's would bring its memcpy with them.
 */
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH >= 7

  .syntax unified
  .thumb

/* Begins a function in a section of its own, so that the linker can drop it. */
.macro function name
  .section .text.\name, "ax", %progbits
  .balign 4
  entry \name
.endm

/* A name for what follows. */
.macro entry name
  .global \name
  .type \name, %function
  .thumb_func
\name:
.endm

.macro endfunction name
  .size \name, . - \name
.endm

/* void *memcpy(void *r0, const void *r1, size_t r2): nothing overlaps. */
function memcpy
  entry __aeabi_memcpy
  entry __aeabi_memcpy4
  entry __aeabi_memcpy8
  mov ip, r0
  cmp r2, #16
  blo 6f
  /* The target is brought to a word's boundary. */
1:
  tst ip, #3
  beq 2f
  ldrb r3, [r1], #1
  strb r3, [ip], #1
  subs r2, r2, #1
  b 1b
2:
  tst r1, #3
  bne 4f
  /* Both are aligned: four words at a time. */
  push {r4, r5, r6, lr}
  subs r2, r2, #16
  blo 5f
3:
  ldmia r1!, {r3, r4, r5, r6}
  stmia ip!, {r3, r4, r5, r6}
  subs r2, r2, #16
  bhs 3b
5:
  pop {r4, r5, r6, lr}
  add r2, r2, #16
  /* A word at a time; a single load may be unaligned (Armv7-M, section A3.2.1). */
4:
  subs r2, r2, #4
  blo 5f
3:
  ldr r3, [r1], #4
  str r3, [ip], #4
  subs r2, r2, #4
  bhs 3b
5:
  add r2, r2, #4
6:
  cbz r2, 8f
7:
  ldrb r3, [r1], #1
  strb r3, [ip], #1
  subs r2, r2, #1
  bne 7b
8:
  bx lr
endfunction memcpy

/* void bzero(void *r0, size_t r1), and the compilers' name for it. */
function bzero
  entry __aeabi_memclr
  entry __aeabi_memclr4
  entry __aeabi_memclr8
  movs r2, #0
/* void __aeabi_memset(void *r0, size_t r1, int r2): goes on in memset. */
  entry __aeabi_memset
  entry __aeabi_memset4
  entry __aeabi_memset8
  mov r3, r1
  mov r1, r2
  mov r2, r3
  b memset
endfunction bzero

/* void *memset(void *r0, int r1, size_t r2) */
function memset
  mov ip, r0
  cmp r2, #16
  blo 6f
  uxtb r1, r1
  orr r1, r1, r1, lsl #8
  orr r1, r1, r1, lsl #16
1:
  tst ip, #3
  beq 2f
  strb r1, [ip], #1
  subs r2, r2, #1
  b 1b
2:
  mov r3, r1
  subs r2, r2, #32
  blo 4f
3:
  strd r1, r3, [ip], #8
  strd r1, r3, [ip], #8
  strd r1, r3, [ip], #8
  strd r1, r3, [ip], #8
  subs r2, r2, #32
  bhs 3b
4:
  adds r2, r2, #32 - 4
  bmi 7f
5:
  str r1, [ip], #4
  subs r2, r2, #4
  bpl 5b
7:
  adds r2, r2, #4
6:
  cbz r2, 9f
8:
  strb r1, [ip], #1
  subs r2, r2, #1
  bne 8b
9:
  bx lr
endfunction memset

#endif
