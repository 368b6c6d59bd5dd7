// The loss of toy transformers over a batch and its gradient: embedding, layers of causal attention with residual
// connections, linear read-out, squared error; reproductions/catch_tag_release/method/toy_forward.ts is the same forward pass in float64.

import { exponential2 } from "../../../../src/compute/assembly/exponential";
import { addOuter, addProduct, addScaled, addTransposed, at, dot, ELEMENT, multiply } from "./lanes";

/** What the caller writes at the address of the arguments; reproductions/catch_tag_release/method/toy_kernel.ts holds the same order. */
@unmanaged
class Batch {
  sequences: i32;
  length: i32;
  width: i32;
  layers: i32;
  /** Slope, offset, separator, layers of query, key, value, then readout and bias. */
  parameters: usize;
  /** As the parameters; what is found is added. */
  gradients: usize;
  /** (sequences, length, 4): number, 1 for the separator, target, weight of the squared error. */
  inputs: usize;
  /** The sum of weight times squared error; what is found is added. */
  loss: usize;
  /** Space for one sequence. */
  work: usize;
}

/** Offsets in the space of a layer, in elements: its input, queries, keys, values, attention. */
@inline
function sizeOfLayer(length: i32, width: i32): i32 {
  return 4 * length * width + length * length;
}

/** One item: the whole batch. */
export function addToyGradients(item: i32, thread: i32, args: usize, base: usize): void {
  const batch = changetype<Batch>(args);
  const length = batch.length, width = batch.width;
  for (let s = 0; s < batch.sequences; s++) {
    const inputs = at(batch.inputs, s * length * 4);
    embed(batch, inputs);
    for (let layer = 0; layer < batch.layers; layer++) attend(batch, layer);
    const slopes = at(batch.work, batch.layers * sizeOfLayer(length, width) + length * width);
    readOut(batch, inputs, slopes);
    for (let layer = batch.layers - 1; layer >= 0; layer--) attendBack(batch, layer, slopes);
    embedBack(batch, inputs, slopes);
  }
}

/** Writes the input of the first layer. */
function embed(batch: Batch, inputs: usize): void {
  const width = batch.width;
  const slope = batch.parameters, offset = at(slope, width), separator = at(slope, 2 * width);
  for (let i = 0; i < batch.length; i++) {
    const number = v128.load(at(inputs, 4 * i)), flag = v128.load(at(inputs, 4 * i), 16);
    const rest = f32x4.sub(f32x4.splat(1), flag);
    for (let k = 0; k < width; k++) {
      let sum = f32x4.mul(number, v128.load(at(slope, k)));
      sum = addProduct(sum, rest, v128.load(at(offset, k)));
      v128.store(at(batch.work, i * width + k), addProduct(sum, flag, v128.load(at(separator, k))));
    }
  }
}

/** From the input of a layer to that of the next. */
function attend(batch: Batch, layer: i32): void {
  const length = batch.length, width = batch.width, plane = length * width;
  const x = at(batch.work, layer * sizeOfLayer(length, width));
  const q = at(x, plane), k = at(x, 2 * plane), v = at(x, 3 * plane), a = at(x, 4 * plane);
  const next = at(x, sizeOfLayer(length, width));
  const w = at(batch.parameters, 3 * width + 3 * layer * width * width);
  multiply(x, w, q, length, width);
  multiply(x, at(w, width * width), k, length, width);
  multiply(x, at(w, 2 * width * width), v, length, width);
  const log2e = f32x4.splat(1.4426950408889634);
  for (let i = 0; i < length; i++) {
    const row = at(a, i * length);
    let largest = f32x4.splat(-Infinity);
    for (let j = 0; j <= i; j++) {
      const logit = dot(at(q, i * width), at(k, j * width), width);
      v128.store(at(row, j), logit);
      largest = f32x4.max(largest, logit);
    }
    let sum = f32x4.splat(0);
    for (let j = 0; j <= i; j++) {
      const power = exponential2(f32x4.mul(f32x4.sub(v128.load(at(row, j)), largest), log2e));
      v128.store(at(row, j), power);
      sum = f32x4.add(sum, power);
    }
    const output = at(next, i * width);
    memory.copy(output, at(x, i * width), (<usize>width) * ELEMENT);
    for (let j = 0; j <= i; j++) {
      const weight = f32x4.div(v128.load(at(row, j)), sum);
      v128.store(at(row, j), weight);
      addScaled(output, weight, at(v, j * width), width);
    }
  }
}

/** Adds the loss and the gradient of the read-out; writes the slopes of the loss along the last residual stream. */
function readOut(batch: Batch, inputs: usize, slopes: usize): void {
  const length = batch.length, width = batch.width;
  const x = at(batch.work, batch.layers * sizeOfLayer(length, width));
  const first = 3 * width + 3 * batch.layers * width * width;
  const readout = at(batch.parameters, first), gradient = at(batch.gradients, first);
  const bias = v128.load(at(readout, width));
  memory.fill(slopes, 0, (<usize>(length * width)) * ELEMENT);
  for (let i = 0; i < length; i++) {
    const row = at(x, i * width);
    const target = v128.load(at(inputs, 4 * i), 32), weight = v128.load(at(inputs, 4 * i), 48);
    const error = f32x4.sub(f32x4.add(dot(row, readout, width), bias), target);
    const weighted = f32x4.mul(weight, error);
    v128.store(batch.loss, addProduct(v128.load(batch.loss), weighted, error));
    const slope = f32x4.add(weighted, weighted);
    addScaled(at(slopes, i * width), slope, readout, width);
    addScaled(gradient, slope, row, width);
    v128.store(at(gradient, width), f32x4.add(v128.load(at(gradient, width)), slope));
  }
}

/** From the slopes along the output of a layer to those along its input, in place. */
function attendBack(batch: Batch, layer: i32, slopes: usize): void {
  const length = batch.length, width = batch.width, plane = length * width;
  const x = at(batch.work, layer * sizeOfLayer(length, width));
  const q = at(x, plane), k = at(x, 2 * plane), v = at(x, 3 * plane), a = at(x, 4 * plane);
  const dq = at(slopes, plane), dk = at(dq, plane), dv = at(dk, plane), da = at(dv, plane);
  memory.fill(dq, 0, (<usize>(3 * plane)) * ELEMENT);
  for (let i = 0; i < length; i++) {
    const slope = at(slopes, i * width), row = at(a, i * length);
    let mean = f32x4.splat(0);
    for (let j = 0; j <= i; j++) {
      const weight = v128.load(at(row, j));
      const along = dot(slope, at(v, j * width), width);
      v128.store(at(da, j), along);
      mean = addProduct(mean, weight, along);
      addScaled(at(dv, j * width), weight, slope, width);
    }
    for (let j = 0; j <= i; j++) {
      const along = f32x4.mul(v128.load(at(row, j)), f32x4.sub(v128.load(at(da, j)), mean));
      addScaled(at(dq, i * width), along, at(k, j * width), width);
      addScaled(at(dk, j * width), along, at(q, i * width), width);
    }
  }
  const first = 3 * width + 3 * layer * width * width;
  for (let m = 0; m < 3; m++) {
    const offset = first + m * width * width;
    const along = at(dq, m * plane);
    addOuter(x, along, at(batch.gradients, offset), length, width);
    addTransposed(along, at(batch.parameters, offset), slopes, length, width);
  }
}

/** Adds the gradient of the embedding. */
function embedBack(batch: Batch, inputs: usize, slopes: usize): void {
  const width = batch.width;
  const slope = batch.gradients, offset = at(slope, width), separator = at(slope, 2 * width);
  for (let i = 0; i < batch.length; i++) {
    const number = v128.load(at(inputs, 4 * i)), flag = v128.load(at(inputs, 4 * i), 16);
    const along = at(slopes, i * width);
    addScaled(slope, number, along, width);
    addScaled(offset, f32x4.sub(f32x4.splat(1), flag), along, width);
    addScaled(separator, flag, along, width);
  }
}
