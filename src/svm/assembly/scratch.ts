/** Bytes of work space of one thread; svm_engine.ts holds the same number. */
const SCRATCH_BYTES: usize = 262144;

/** The work space of a thread. */
@inline
export function scratchOf(base: usize, thread: i32): usize {
  return base + (<usize>thread) * SCRATCH_BYTES;
}
