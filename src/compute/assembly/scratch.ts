import { SCRATCH_BYTES } from "../kernel_constants";

/** The work space of a thread. */
@inline
export function scratchOf(base: usize, thread: i32): usize {
  return base + (<usize>thread) * <usize>SCRATCH_BYTES;
}
