// The kernel's entry points: items of a parallel-for, as (item, thread, job).

import { open, scatter } from "./cascade";
import { Job } from "./layout";

export function open32(item: usize, thread: usize, job: Job): void {
  open<f32>(item, thread, job);
}

export function open64(item: usize, thread: usize, job: Job): void {
  open<f64>(item, thread, job);
}

export function scatter32(item: usize, thread: usize, job: Job): void {
  scatter<f32>(item, thread, job);
}

export function scatter64(item: usize, thread: usize, job: Job): void {
  scatter<f64>(item, thread, job);
}
