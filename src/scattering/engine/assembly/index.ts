// The kernel's entry points: items of a parallel-for, as (item, thread, job). The names tell the bits of a number and,
// where two vectors of images stand side by side, end in `Double`.

import { adjointImage, adjointOpen, adjointPaths } from "./adjoint";
import { open, scatter } from "./cascade";
import { AdjointJob, Job, SheetJob } from "./layout";
import { sheetColumns, sheetImage, sheetLow, sheetRows, sheetSamples, sheetSpectrum } from "./sheet";
import { Double, Single } from "./vector";

export function open32(item: usize, thread: usize, job: Job): void {
  open<f32, Single>(item, thread, job);
}

export function open32Double(item: usize, thread: usize, job: Job): void {
  open<f32, Double>(item, thread, job);
}

export function open64(item: usize, thread: usize, job: Job): void {
  open<f64, Single>(item, thread, job);
}

export function open64Double(item: usize, thread: usize, job: Job): void {
  open<f64, Double>(item, thread, job);
}

export function scatter32(item: usize, thread: usize, job: Job): void {
  scatter<f32, Single>(item, thread, job);
}

export function scatter32Double(item: usize, thread: usize, job: Job): void {
  scatter<f32, Double>(item, thread, job);
}

export function scatter64(item: usize, thread: usize, job: Job): void {
  scatter<f64, Single>(item, thread, job);
}

export function scatter64Double(item: usize, thread: usize, job: Job): void {
  scatter<f64, Double>(item, thread, job);
}

export function adjointOpen32(item: usize, thread: usize, job: AdjointJob): void {
  adjointOpen<f32, Single>(item, thread, job);
}

export function adjointOpen32Double(item: usize, thread: usize, job: AdjointJob): void {
  adjointOpen<f32, Double>(item, thread, job);
}

export function adjointOpen64(item: usize, thread: usize, job: AdjointJob): void {
  adjointOpen<f64, Single>(item, thread, job);
}

export function adjointOpen64Double(item: usize, thread: usize, job: AdjointJob): void {
  adjointOpen<f64, Double>(item, thread, job);
}

export function adjointPaths32(item: usize, thread: usize, job: AdjointJob): void {
  adjointPaths<f32, Single>(item, thread, job);
}

export function adjointPaths32Double(item: usize, thread: usize, job: AdjointJob): void {
  adjointPaths<f32, Double>(item, thread, job);
}

export function adjointPaths64(item: usize, thread: usize, job: AdjointJob): void {
  adjointPaths<f64, Single>(item, thread, job);
}

export function adjointPaths64Double(item: usize, thread: usize, job: AdjointJob): void {
  adjointPaths<f64, Double>(item, thread, job);
}

export function adjointImage32(item: usize, thread: usize, job: AdjointJob): void {
  adjointImage<f32, Single>(item, thread, job);
}

export function adjointImage32Double(item: usize, thread: usize, job: AdjointJob): void {
  adjointImage<f32, Double>(item, thread, job);
}

export function adjointImage64(item: usize, thread: usize, job: AdjointJob): void {
  adjointImage<f64, Single>(item, thread, job);
}

export function adjointImage64Double(item: usize, thread: usize, job: AdjointJob): void {
  adjointImage<f64, Double>(item, thread, job);
}

export function sheetRows32(item: usize, thread: usize, job: SheetJob): void {
  sheetRows<f32>(item, thread, job);
}

export function sheetRows64(item: usize, thread: usize, job: SheetJob): void {
  sheetRows<f64>(item, thread, job);
}

export function sheetColumns32(item: usize, thread: usize, job: SheetJob): void {
  sheetColumns<f32>(item, thread, job);
}

export function sheetColumns64(item: usize, thread: usize, job: SheetJob): void {
  sheetColumns<f64>(item, thread, job);
}

export function sheetImage32(item: usize, thread: usize, job: SheetJob): void {
  sheetImage<f32>(item, thread, job);
}

export function sheetImage64(item: usize, thread: usize, job: SheetJob): void {
  sheetImage<f64>(item, thread, job);
}

export function sheetSpectrum32(item: usize, thread: usize, job: SheetJob): void {
  sheetSpectrum<f32>(item, thread, job);
}

export function sheetSpectrum64(item: usize, thread: usize, job: SheetJob): void {
  sheetSpectrum<f64>(item, thread, job);
}

export function sheetLow32(item: usize, thread: usize, job: SheetJob): void {
  sheetLow<f32>(item, thread, job);
}

export function sheetLow64(item: usize, thread: usize, job: SheetJob): void {
  sheetLow<f64>(item, thread, job);
}

export function sheetSamples32(item: usize, thread: usize, job: SheetJob): void {
  sheetSamples<f32>(item, thread, job);
}

export function sheetSamples64(item: usize, thread: usize, job: SheetJob): void {
  sheetSamples<f64>(item, thread, job);
}
