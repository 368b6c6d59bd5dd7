/**
 * First filters of networks that others trained, from their published files.
 *
 * @module
 */
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import type { ReadContext, Reading } from "../../../src/data/sources/source.ts";
import { paintGabor } from "../../../src/numeric/gabor/gabor.ts";
import { alexNet, firstLayers, type PretrainedNetwork, squeezeNet } from "../../../src/pretrained/mod.ts";
import type { NetworkName } from "./banks.ts";

/** Filters in colour. */
export interface ColourFilters {
  /** `(count, 3, side, side)`: red, green, blue. */
  readonly values: Float32Array;
  /** Filters, channels, rows and columns. */
  readonly shape: readonly [number, number, number, number];
}

const titles = { "resnet152": "ResNet-152", "inception-bn": "Inception-BN", "vgg16": "VGG-16" } as const;

/** What stands in for filters: Gabor functions under noise. */
const standIn = { count: 12, side: 7, noise: 0.3 };

/** Reads the first filters of a network; Gabor functions in colours under noise where the data set is not at hand. */
export async function readFilters(
  network: NetworkName | "vgg16",
  reading: Reading,
  context: ReadContext,
): Promise<ColourFilters> {
  if (reading.standIn) return standInFilters(context);
  if (network === "squeezenet") return await firstKernel(squeezeNet, context);
  if (network === "alexnet") return await firstKernel(alexNet, context);
  const layer = firstLayers.find(({ title }) => title === titles[network])!;
  const { values } = await layer.filters(context);
  return { values, shape: layer.shape };
}

/** The first convolution of a network that is loaded, its channels put in order. */
async function firstKernel(network: PretrainedNetwork, context: ReadContext): Promise<ColourFilters> {
  const backend = await startBackend({ threads: 1 });
  try {
    const model = await network.load(context);
    const [kernel] = model.getLayer(network.stages[0]!.before).getWeights();
    const [side, , channels, count] = kernel!.shape as [number, number, number, number];
    const from = kernel!.dataSync();
    const values = new Float32Array(from.length);
    network.input.channels.forEach((colour, channel) => {
      for (let pixel = 0; pixel < side * side; pixel++) {
        for (let filter = 0; filter < count; filter++) {
          values[(filter * channels + colour) * side * side + pixel] =
            from[(pixel * channels + channel) * count + filter]!;
        }
      }
    });
    model.dispose();
    return { values, shape: [count, channels, side, side] };
  } finally {
    backend.dispose();
  }
}

function standInFilters(context: ReadContext): ColourFilters {
  const { count, side, noise } = standIn;
  const stream = context.rng("first_layer_filters/stand-in", 0);
  const values = new Float32Array(count * 3 * side * side);
  for (let filter = 0; filter < count; filter++) {
    const gabor = paintGabor({
      amplitude: 1,
      alpha: 2,
      beta: 1.5,
      omega: 2 + 3 * stream.uniform(),
      phi: 6 * stream.uniform(),
      theta: Math.PI * stream.uniform(),
      x0: 0,
      y0: 0,
    }, side);
    for (let colour = 0; colour < 3; colour++) {
      const weight = stream.uniform();
      gabor.forEach((value, pixel) => {
        values[(filter * 3 + colour) * side * side + pixel] = weight * value + noise * 0.3 * stream.normal();
      });
    }
  }
  return { values, shape: [count, 3, side, side] };
}
