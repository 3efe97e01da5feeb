import CBoard

/// What the processor jumps to.
private typealias Handler = @convention(c) () -> Void

/// Entries 1 to 15 of the vector table (Armv7-M, section B1.5.3).
///
/// The linker script puts the top of the stack in front, which is entry 0.
@section(".isr_vector") @used
private let vectors: [15 of Handler] = [
  board_reset,  // 1: reset
  board_fault,  // 2: non-maskable interrupt
  board_fault,  // 3: hard fault
  board_fault,  // 4: memory management
  board_fault,  // 5: bus fault
  board_fault,  // 6: usage fault
  board_fault,  // 7: reserved
  board_fault,  // 8: reserved
  board_fault,  // 9: reserved
  board_fault,  // 10: reserved
  board_fault,  // 11: supervisor call
  board_fault,  // 12: debug monitor
  board_fault,  // 13: reserved
  board_fault,  // 14: PendSV
  board_system_tick,  // 15: SysTick
]
