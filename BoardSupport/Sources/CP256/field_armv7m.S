/* The field for Cortex-M3 and up (Armv7-M; procedure call standard: Arm IHI 0042).
 *
 * Nothing here branches on data or takes an address from it. Cores with the DSP extension have
 * UMAAL, which multiplies and adds two words in one step; three instructions stand for it
 * elsewhere.
 */
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH >= 7 && \
    !defined(P256_PORTABLE)

  .syntax unified
  .thumb

/* Begins a function in a section of its own, so that the linker can drop it. */
.macro function name
  .section .text.\name, "ax", %progbits
  .balign 4
  .global \name
  .type \name, %function
  .thumb_func
\name:
.endm

.macro endfunction name
  .size \name, . - \name
.endm

/* carry:low = a * b + low + carry. Without UMAAL, lr must be zero. */
.macro multiply_add low, carry, a, b
#if defined(__ARM_FEATURE_DSP)
  umaal \low, \carry, \a, \b
#else
  adds \low, \low, \carry
  adc \carry, lr, #0
  umlal \low, \carry, \a, \b
#endif
.endm

/* carry:low = a * b + carry */
.macro multiply_next low, carry, a, b
#if defined(__ARM_FEATURE_DSP)
  mov \low, #0
  umaal \low, \carry, \a, \b
#else
  mov \low, \carry
  mov \carry, #0
  umlal \low, \carry, \a, \b
#endif
.endm

/* carry:low = a * b + low */
.macro multiply_first low, carry, a, b
  mov \carry, #0
  umlal \low, \carry, \a, \b
.endm

/* carry:low = factor * (2^32 - 1) + low + carry. With UMAAL, lr must be 2^32 - 1. */
.macro multiply_ones low, carry, factor
#if defined(__ARM_FEATURE_DSP)
  umaal \low, \carry, \factor, lr
#else
  adds \low, \low, \carry
  adc \carry, \factor, #0
  subs \low, \low, \factor
  sbc \carry, \carry, #0
#endif
.endm

/* The words of the second factor: with UMAAL, lr is free to bear every other one. */
.macro fetch_even
#if defined(__ARM_FEATURE_DSP)
  ldmia r2!, {r12, lr}
#else
  ldr r12, [r2], #4
#endif
.endm

.macro fetch_odd
#if !defined(__ARM_FEATURE_DSP)
  ldr r12, [r2], #4
#endif
.endm

#define EVEN r12
#if defined(__ARM_FEATURE_DSP)
#define ODD lr
#else
#define ODD r12
#endif

/* A row of the product: four words of the first factor by one of the second, added to t0..t3 whose
 * lowest word is finished by it; `carry` becomes the word above t3. */
.macro row t0, t1, t2, t3, carry, a0, a1, a2, a3, b
  multiply_first \t0, \carry, \a0, \b
  multiply_add \t1, \carry, \a1, \b
  multiply_add \t2, \carry, \a2, \b
  multiply_add \t3, \carry, \a3, \b
.endm

/* The same, with something to add to t0 in `carry`. */
.macro row_adding t0, t1, t2, t3, carry, a0, a1, a2, a3, b
  multiply_add \t0, \carry, \a0, \b
  multiply_add \t1, \carry, \a1, \b
  multiply_add \t2, \carry, \a2, \b
  multiply_add \t3, \carry, \a3, \b
.endm

/* Four words of Montgomery's reduction. The words q0..q3 are cleared by adding them times p,
 * that is times 2^256 - 2^224 + 2^192 + 2^96 - 1: the last term clears, the others add to the
 * words from the fourth on. This is the part of 2^96, from which q3 gets its share of q0; a
 * carry is left in c. */
.macro reduce_low q0, q1, q2, q3, t4, t5, t6, c
  adds \q3, \q3, \q0
  adcs \t4, \t4, \q1
  adcs \t5, \t5, \q2
  adcs \t6, \t6, \q3
  mov \c, #0
  adc \c, \c, #0
.endm

/* The part of 2^256 - 2^224, with something to add to t7 in c, which becomes something to add to
 * t11. With UMAAL, lr must be 2^32 - 1. */
.macro reduce_high q0, q1, q2, q3, t7, t8, t9, t10, c
  multiply_ones \t7, \c, \q0
  multiply_ones \t8, \c, \q1
  multiply_ones \t9, \c, \q2
  multiply_ones \t10, \c, \q3
.endm

.macro load_ones
#if defined(__ARM_FEATURE_DSP)
  mvn lr, #0
#endif
.endm

.macro load_zero
#if !defined(__ARM_FEATURE_DSP)
  mov lr, #0
#endif
.endm

/* Adds p where the mask is all ones. */
.macro add_prime t0, t1, t2, t3, t4, t5, t6, t7, mask
  adds \t0, \t0, \mask
  adcs \t1, \t1, \mask
  adcs \t2, \t2, \mask
  adcs \t3, \t3, #0
  adcs \t4, \t4, #0
  adcs \t5, \t5, #0
  adcs \t6, \t6, \mask, lsr #31
  adc \t7, \t7, \mask
.endm

/* What multiplication and squaring end with: subtracts p, or not where the number would be
 * negative, from t0..t7 with the carry flag above, and `kept` above t3. That bit is brought in
 * by subtracting p less it, whose upper words are 0 or -1, 0 or -1, 1 or 0, -1. Changes kept,
 * mask and other. */
.macro finish t0, t1, t2, t3, t4, t5, t6, t7, kept, mask, other
  mov \mask, #0
  adc \mask, \mask, #0
  rsb \other, \kept, #0
  eor \kept, \kept, #1
  subs \t0, \t0, #0xFFFFFFFF
  sbcs \t1, \t1, #0xFFFFFFFF
  sbcs \t2, \t2, #0xFFFFFFFF
  sbcs \t3, \t3, #0
  sbcs \t4, \t4, \other
  sbcs \t5, \t5, \other
  sbcs \t6, \t6, \kept
  sbcs \t7, \t7, #0xFFFFFFFF
  sbc \mask, \mask, #0
  add_prime \t0, \t1, \t2, \t3, \t4, \t5, \t6, \t7, \mask
.endm

/* void p256_mul(p256_number *result, const p256_number *a, const p256_number *b)
 *
 * The lower half of a times b, four words of reduction, the upper half of a times b, four words
 * of reduction. After the first reduction the sum is below 2^257; the bit above its eight words
 * is kept aside until the end.
 *
 * Stack: 40 bytes of words, then result, a + 16, b, then the registers saved: 88 in all. */
function p256_mul
  push {r4-r11, lr}
  ldmia r1!, {r3-r6}
  push {r0-r2}
  sub sp, sp, #40
  load_zero
  fetch_even
  umull r7, r11, r3, EVEN
  multiply_next r8, r11, r4, EVEN
  multiply_next r9, r11, r5, EVEN
  multiply_next r10, r11, r6, EVEN
  fetch_odd
  row r8, r9, r10, r11, r0, r3, r4, r5, r6, ODD
  fetch_even
  row r9, r10, r11, r0, r1, r3, r4, r5, r6, EVEN
  str r9, [sp]
  /* From here on the reduction's part of 2^96 comes along. */
  fetch_odd
  mov r9, r7
  row_adding r10, r11, r0, r1, r9, r3, r4, r5, r6, ODD
  str r10, [sp, #4]
  fetch_even
  mov r10, r8
  row_adding r11, r0, r1, r9, r10, r3, r4, r5, r6, EVEN
  str r11, [sp, #8]
  fetch_odd
  ldr r11, [sp]
  row_adding r0, r1, r9, r10, r11, r3, r4, r5, r6, ODD
  str r0, [sp, #12]
  fetch_even
  ldr r0, [sp, #4]
  row_adding r1, r9, r10, r11, r0, r3, r4, r5, r6, EVEN
  str r1, [sp, #16]
  fetch_odd
  row r9, r10, r11, r0, r1, r3, r4, r5, r6, ODD
  /* Words 0 to 11: r7, r8, five in memory, r9, r10, r11, r0, r1. */
  ldmia sp, {r2-r6}
  load_ones
  mov r12, #0
  reduce_high r7, r8, r2, r3, r9, r10, r11, r0, r12
  /* The part of 2^192: r7 and r8 are added later, in the rows that finish words 6 and 7. */
  adds r10, r10, r2
  adcs r11, r11, r3
  adcs r0, r0, #0
  adcs r1, r1, r12
  mov r3, #0
  adc r3, r3, #0
  /* Words 4 to 11: r4, r5, r6, r9 and, to be added in the rows that finish them, in memory. */
  add r12, sp, #24
  stmia r12, {r0, r1, r10, r11}
  ldr r11, [sp, #44]
  ldr r2, [sp, #48]
  str r3, [sp, #44]
  ldmia r11, {r0, r1, r10, r11}
  load_zero
  fetch_even
  row r4, r5, r6, r9, r3, r0, r1, r10, r11, EVEN
  str r4, [sp]
  fetch_odd
  row r5, r6, r9, r3, r4, r0, r1, r10, r11, ODD
  str r5, [sp, #4]
  fetch_even
  row_adding r6, r9, r3, r4, r7, r0, r1, r10, r11, EVEN
  str r6, [sp, #8]
  fetch_odd
  row_adding r9, r3, r4, r7, r8, r0, r1, r10, r11, ODD
  str r9, [sp, #12]
  fetch_even
  ldr r5, [sp, #32]
  row_adding r3, r4, r7, r8, r5, r0, r1, r10, r11, EVEN
  str r3, [sp, #16]
  fetch_odd
  ldr r6, [sp, #36]
  row_adding r4, r7, r8, r5, r6, r0, r1, r10, r11, ODD
  str r4, [sp, #20]
  fetch_even
  ldr r9, [sp, #24]
  row_adding r7, r8, r5, r6, r9, r0, r1, r10, r11, EVEN
  fetch_odd
  ldr r3, [sp, #28]
  row_adding r8, r5, r6, r9, r3, r0, r1, r10, r11, ODD
  /* Words 4 to 15: six in memory, r7, r8, r5, r6, r9, r3. */
  ldmia sp, {r0, r1, r2, r4, r10, r11}
  load_ones
  reduce_low r0, r1, r2, r4, r10, r11, r7, r12
  reduce_high r0, r1, r2, r4, r8, r5, r6, r9, r12
  adds r7, r7, r0
  adcs r8, r8, r1
  adcs r5, r5, r2
  adcs r6, r6, r4
  adcs r9, r9, #0
  adcs r3, r3, r12
  ldr r2, [sp, #44]
  finish r10, r11, r7, r8, r5, r6, r9, r3, r2, r0, r1
  ldr r2, [sp, #40]
  strd r10, r11, [r2]
  strd r7, r8, [r2, #8]
  strd r5, r6, [r2, #16]
  strd r9, r3, [r2, #24]
  add sp, sp, #52
  pop {r4-r11, pc}
endfunction p256_mul

/* void p256_square(p256_number *result, const p256_number *a)
 *
 * With UMAAL the products that a square has twice cost less than the care that it takes to compute
 * them once. Without, the sum of the products of different words is computed and doubled, a half at
 * a time, and the squares of the words are added.
 *
 * Stack: 60 bytes of words, then result, a, the registers saved: 104 in all. */
function p256_square
#if defined(__ARM_FEATURE_DSP)
  mov r2, r1
  b.w p256_mul
#else
  push {r4-r11, lr}
  push {r0, r1}
  sub sp, sp, #60
  add r2, r1, #16
  ldmia r1, {r3-r6}
  mov lr, #0
  /* Words 1 to 6, of the products of the lower half: r7 to r11, r0. */
  umull r7, r8, r3, r4
  multiply_first r8, r9, r3, r5
  multiply_first r9, r10, r4, r5
  multiply_first r9, r11, r3, r6
  multiply_add r10, r11, r4, r6
  multiply_first r11, r0, r5, r6
  stmia sp, {r7-r9}
  /* Words 4 to 11, with those of the two halves: r10, r11, r0, r1, r7, r8, r9, r2. */
  ldr r12, [r2], #4
  multiply_first r10, r1, r3, r12
  multiply_add r11, r1, r4, r12
  multiply_add r0, r1, r5, r12
  multiply_first r1, r7, r6, r12
  ldr r12, [r2], #4
  row r11, r0, r1, r7, r8, r3, r4, r5, r6, r12
  ldr r12, [r2], #4
  row r0, r1, r7, r8, r9, r3, r4, r5, r6, r12
  ldr r12, [r2]
  row r1, r7, r8, r9, r2, r3, r4, r5, r6, r12
  add r12, sp, #32
  stmia r12, {r2, r7, r8, r9}
  /* Words 0 to 7: r12, r7 to r11, r0, r1; and 0 to 2 for word 8: r2. */
  ldmia sp, {r7-r9}
  adds r7, r7, r7
  adcs r8, r8, r8
  adcs r9, r9, r9
  adcs r10, r10, r10
  adcs r11, r11, r11
  adcs r0, r0, r0
  adcs r1, r1, r1
  mov r2, #0
  adc r2, r2, #0
  umull r12, lr, r3, r3
  adds r7, r7, lr
  umull r3, lr, r4, r4
  adcs r8, r8, r3
  adcs r9, r9, lr
  umull r3, lr, r5, r5
  adcs r10, r10, r3
  adcs r11, r11, lr
  umull r3, lr, r6, r6
  adcs r0, r0, r3
  adcs r1, r1, lr
  adc r2, r2, #0
  stmia sp, {r0, r1, r7-r12}
  /* Words 8 to 14, with the products of the upper half: r8, r9, r10, r7, r11, r0, r1. */
  ldr r12, [sp, #64]
  add r12, r12, #16
  ldmia r12, {r3-r6}
  add r12, sp, #32
  ldmia r12, {r7-r10}
  mov lr, #0
  multiply_first r9, r11, r3, r4
  multiply_add r10, r11, r3, r5
  multiply_add r7, r11, r4, r5
  multiply_first r7, r0, r3, r6
  multiply_add r11, r0, r4, r6
  multiply_first r0, r1, r5, r6
  /* Word 15: r12. */
  adds r8, r8, r8
  adcs r9, r9, r9
  adcs r10, r10, r10
  adcs r7, r7, r7
  adcs r11, r11, r11
  adcs r0, r0, r0
  adcs r1, r1, r1
  mov r12, #0
  adc r12, r12, #0
  umlal r2, lr, r3, r3
  adds r8, r8, r2
  adcs r9, r9, lr
  umull r2, lr, r4, r4
  adcs r10, r10, r2
  adcs r7, r7, lr
  umull r2, lr, r5, r5
  adcs r11, r11, r2
  adcs r0, r0, lr
  umull r2, lr, r6, r6
  adcs r1, r1, r2
  adc r12, r12, lr
  add r2, sp, #32
  stmia r2, {r0, r1, r11, r12}
  /* Words 0 to 11: r11, r2 to r6, r0, r1, r8, r9, r10, r7. */
  ldmia sp, {r0-r6, r11}
  reduce_low r11, r2, r3, r4, r5, r6, r0, r12
  reduce_high r11, r2, r3, r4, r1, r8, r9, r10, r12
  adds r0, r0, r11
  adcs r1, r1, r2
  adcs r8, r8, r3
  adcs r9, r9, r4
  adcs r10, r10, #0
  adcs r7, r7, r12
  mov lr, #0
  adc lr, lr, #0
  /* Words 4 to 15: r5, r6, r0, r1, r8, r9, r10, r7, r4, r2, r3, r11. */
  add r12, sp, #32
  ldmia r12, {r2, r3, r4, r11}
  reduce_low r5, r6, r0, r1, r8, r9, r10, r12
  reduce_high r5, r6, r0, r1, r7, r4, r2, r3, r12
  adds r10, r10, r5
  adcs r7, r7, r6
  adcs r4, r4, r0
  adcs r2, r2, r1
  adcs r3, r3, #0
  adcs r11, r11, r12
  finish r8, r9, r10, r7, r4, r2, r3, r11, lr, r0, r1
  ldr r12, [sp, #60]
  strd r8, r9, [r12]
  strd r10, r7, [r12, #8]
  strd r4, r2, [r12, #16]
  strd r3, r11, [r12, #24]
  add sp, sp, #68
  pop {r4-r11, pc}
#endif
endfunction p256_square

/* void p256_add(p256_number *result, const p256_number *a, const p256_number *b) */
function p256_add
  push {r4-r11, lr}
  ldmia r1, {r3-r10}
  ldmia r2!, {r1, r11, r12, lr}
  adds r3, r3, r1
  adcs r4, r4, r11
  adcs r5, r5, r12
  adcs r6, r6, lr
  ldmia r2, {r1, r11, r12, lr}
  adcs r7, r7, r1
  adcs r8, r8, r11
  adcs r9, r9, r12
  adcs r10, r10, lr
  mov r1, #0
  adc r1, r1, #0
  subs r3, r3, #0xFFFFFFFF
  sbcs r4, r4, #0xFFFFFFFF
  sbcs r5, r5, #0xFFFFFFFF
  sbcs r6, r6, #0
  sbcs r7, r7, #0
  sbcs r8, r8, #0
  sbcs r9, r9, #1
  sbcs r10, r10, #0xFFFFFFFF
  sbc r1, r1, #0
  add_prime r3, r4, r5, r6, r7, r8, r9, r10, r1
  stmia r0, {r3-r10}
  pop {r4-r11, pc}
endfunction p256_add

/* void p256_sub(p256_number *result, const p256_number *a, const p256_number *b) */
function p256_sub
  push {r4-r11, lr}
  ldmia r1, {r3-r10}
  ldmia r2!, {r1, r11, r12, lr}
  subs r3, r3, r1
  sbcs r4, r4, r11
  sbcs r5, r5, r12
  sbcs r6, r6, lr
  ldmia r2, {r1, r11, r12, lr}
  sbcs r7, r7, r1
  sbcs r8, r8, r11
  sbcs r9, r9, r12
  sbcs r10, r10, lr
  sbc r1, r1, r1
  add_prime r3, r4, r5, r6, r7, r8, r9, r10, r1
  stmia r0, {r3-r10}
  pop {r4-r11, pc}
endfunction p256_sub

/* void p256_half(p256_number *result, const p256_number *a)
 *
 * p is added to an odd number, and the sum, of 257 bits, shifted. */
function p256_half
  push {r4-r8, lr}
  ldmia r1, {r1-r8}
  sbfx r12, r1, #0, #1
  adds r1, r1, r12
  adcs r2, r2, r12
  adcs r3, r3, r12
  adcs r4, r4, #0
  adcs r5, r5, #0
  adcs r6, r6, #0
  adcs r7, r7, r12, lsr #31
  adcs r8, r8, r12
  rrxs r8, r8
  rrxs r7, r7
  rrxs r6, r6
  rrxs r5, r5
  rrxs r4, r4
  rrxs r3, r3
  rrxs r2, r2
  rrx r1, r1
  stmia r0, {r1-r8}
  pop {r4-r8, pc}
endfunction p256_half

.macro add_chosen t0, t1, offset
  ldrd r12, lr, [r1, #\offset]
  mla \t0, r12, r0, \t0
  mla \t1, lr, r0, \t1
.endm

/* void p256_select(p256_number *result, const p256_number *table, size_t parts, size_t count,
 *                  size_t index)
 *
 * Each entry is multiplied by one if it is the chosen one, else by zero, and all are added up;
 * these multiplications take the same time for all factors, on a Cortex-M3 too.
 *
 * Stack: result, table, parts, count; the registers saved; index. */
function p256_select
  push {r4-r11, lr}
  push {r0-r3}
  lsl r2, r2, #5
1:
  /* r1: a part of an entry; r2: bytes of an entry; r3: entries to the chosen one, and below its 16
   * bits, entries to the end. */
  ldr r12, [sp, #52]
  orr r3, r3, r12, lsl #16
  mov r4, #0
  mov r5, #0
  mov r6, #0
  mov r7, #0
  mov r8, #0
  mov r9, #0
  mov r10, #0
  mov r11, #0
2:
  /* 32 zeros lead in zero, fewer in anything else. */
  lsr r0, r3, #16
  clz r0, r0
  lsr r0, r0, #5
  add_chosen r4, r5, 0
  add_chosen r6, r7, 8
  add_chosen r8, r9, 16
  add_chosen r10, r11, 24
  add r1, r1, r2
  sub r3, r3, #0x00010001
  lsls r12, r3, #16
  bne 2b
  /* The next part of result and table. */
  ldmia sp, {r0, r1, r12}
  ldr r3, [sp, #12]
  stmia r0!, {r4-r11}
  add r1, r1, #32
  subs r12, r12, #1
  stmia sp, {r0, r1, r12}
  bne 1b
  add sp, sp, #16
  pop {r4-r11, pc}
endfunction p256_select

#endif

#if defined(__linux__) && defined(__ELF__)
  /* Without this the linker would make the stack executable. */
  .section .note.GNU-stack, "", %progbits
#endif
