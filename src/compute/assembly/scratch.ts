/** Bytes of work space of one thread; kernel_pool.ts holds the same number. */
const SCRATCH_BYTES: usize = 327680;

/** The work space of a thread. */
@inline
export function scratchOf(base: usize, thread: i32): usize {
  return base + (<usize>thread) * SCRATCH_BYTES;
}
