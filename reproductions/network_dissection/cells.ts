/**
 * The cells: ids, and how each is measured from the jobs.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { perSeed } from "../../src/suite/error_rates.ts";
import {
  type Cell,
  cell,
  type Job,
  type Measurement,
  type UnitOfError,
} from "../../src/suite/reproduction.ts";
import type { AblatedPhotograph, ImageDetection, StageDetection, StagePatches } from "./image_tasks.ts";
import type { ConceptDetection, MaskDetection, MosaicDetection, SceneDetection } from "./pixel_tasks.ts";

/** A value of a single job, with the standard error over what it is a mean of. */
function meanOf(values: readonly number[], unitOfError: UnitOfError): Measurement {
  const standardError = standardErrorOfMean(values);
  return { values: [mean(values)], unitOfError, ...standardError === null ? {} : { standardError } };
}

/** One value a draw. */
function perDraw(values: readonly number[]): Measurement {
  return { values, unitOfError: "draw" };
}

function precisions({ classes }: StageDetection): number[] {
  return classes.map(({ precision }) => precision);
}

/** The jobs of whole photographs. */
export interface ImageJobs {
  readonly squeezenet: Job<ImageDetection>;
  readonly mobilenet: Job<ImageDetection>;
  /** The same with permuted weights, one for each permutation. */
  readonly permuted: {
    readonly squeezenet: readonly Job<ImageDetection>[];
    readonly mobilenet: readonly Job<ImageDetection>[];
  };
}

/** Stages of SqueezeNet that are compared: each detects more than the next. */
export const depths = [["fire9", "fire7"], ["fire7", "fire5"], ["fire5", "conv1"]] as const;

/** The cells of whole photographs. */
export function imageCells(jobs: ImageJobs): Cell[] {
  const last = ({ stages }: ImageDetection) => stages.at(-1)!;
  const score = (detection: StageDetection) => mean(precisions(detection));
  const ofNetwork = (network: "squeezenet" | "mobilenet") => [
    cell(
      `image/gain/${network}`,
      [jobs[network]],
      ([found]) => perDraw(found!.rotated.map((rotated) => score(last(found!)) / score(rotated))),
    ),
    cell(
      `image/control/${network}`,
      { own: [jobs[network]], permuted: jobs.permuted[network] },
      ({ own, permuted }) => {
        const rotated = mean(own[0]!.rotated.map(score));
        return perDraw(permuted.map((found) => rotated / score(last(found))));
      },
    ),
  ];
  const named = (concept: "faces" | "airplanes") => [
    cell(`${concept}/fire9`, [jobs.squeezenet], ([found]) => ({ values: [last(found!)[concept].precision] })),
    cell(
      `${concept}/permuted`,
      jobs.permuted.squeezenet,
      (runs) => perDraw(runs.map((found) => last(found)[concept].precision)),
    ),
  ];
  return [
    cell("image/ap/fire9", [jobs.squeezenet], ([found]) => meanOf(precisions(last(found!)), "class")),
    ...ofNetwork("squeezenet"),
    ...ofNetwork("mobilenet"),
    ...depths.map(([late, early]) =>
      cell(`image/depth/${late}-${early}`, [jobs.squeezenet], ([found]) => {
        const [a, b] = [late, early].map((name) =>
          precisions(found!.stages.find((stage) => stage.name === name)!)
        );
        return meanOf(a!.map((value, i) => value - b![i]!), "class");
      })
    ),
    ...named("faces"),
    cell(
      "faces/rotated",
      [jobs.squeezenet],
      ([found]) => perDraw(found!.rotated.map(({ faces }) => last(found!).faces.precision - faces.precision)),
    ),
    ...named("airplanes"),
  ];
}

/** The cells of units that are set to 0. */
export function ablationCells(job: Job<AblatedPhotograph[]>): Cell[] {
  const lost = (id: string, right: (photograph: AblatedPhotograph) => number) =>
    cell(
      `ablation/${id}`,
      [job],
      ([photographs]) => meanOf(photographs!.map((one) => 100 * (Number(one.before) - right(one))), "image"),
    );
  return [
    ...(["weights", "ap", "random"] as const).map((choice) => lost(choice, ({ own }) => own[choice])),
    lost("others", ({ others }) => others),
  ];
}

/** The cells of patches. */
export function patchCells(job: Job<StagePatches[]>): Cell[] {
  const of = (id: string, stage: string, values: (patches: StagePatches) => readonly number[]) =>
    cell(`patches/${id}`, [job], ([found]) => {
      const all = values(found!.find((patches) => patches.stage === stage)!);
      return meanOf(all.filter(Number.isFinite), "draw");
    });
  return [
    of("conv1", "conv1", ({ correlations }) => correlations),
    of("fire9", "fire9", ({ correlations }) => correlations),
    of("random", "fire9", ({ random }) => random),
  ];
}

/** The jobs of coco128. */
export interface MaskJobs {
  /** By stage. */
  readonly stages: Readonly<Record<string, Job<MaskDetection>>>;
  /** Permutations of the last stage. */
  readonly permuted: readonly Job<MaskDetection>[];
}

/** What is counted of units as detectors, each way round of the halves. */
type Count = "detectors" | "concepts" | "best";

/** One count against another; where there is none, as against one. */
function ratioOfCounts(own: number, others: number): number {
  return own / Math.max(1, others);
}

/** The cells of coco128. Values are the two ways round. */
export function maskCells({ stages, permuted }: MaskJobs): Cell[] {
  const last = stages.fire9!;
  const means = (runs: readonly ConceptDetection[], count: Count, way: number) =>
    mean(runs.map((run) => run[count][way]!));
  const ways = (one: ConceptDetection, value: (way: number) => number) =>
    perDraw(one.detectors.map((_, i) => value(i)));
  const gain = (id: string, count: Count, share: number) =>
    cell(id, [last], ([found]) => {
      const own = found!.units[share]!;
      const rotated = found!.rotated.map((shares) => shares[share]!);
      return ways(own, (way) => {
        const others = means(rotated, count, way);
        return count === "best" ? own.best[way]! / others : ratioOfCounts(own[count][way]!, others);
      });
    });
  const apart = (
    id: string,
    late: string,
    early: string,
    values: (found: MaskDetection) => readonly number[],
  ) =>
    cell(
      id,
      { late: [stages[late]!], early: [stages[early]!] },
      ({ late, early }) => perDraw(values(late[0]!).map((value, way) => value - values(early[0]!)[way]!)),
    );
  const concepts = ({ units }: MaskDetection) => units[0]!.concepts;
  return [
    cell("coco/concepts/fire9", [last], ([found]) => perDraw(concepts(found!))),
    gain("coco/gain/concepts", "concepts", 0),
    gain("coco/gain/units", "detectors", 0),
    gain("coco/gain/iou", "best", 0),
    cell("coco/control/permuted", { own: [last], permuted }, ({ own, permuted }) => {
      const others = permuted.map(({ units }) => units[0]!);
      const units = own[0]!.units[0]!;
      return ways(units, (way) => ratioOfCounts(units.concepts[way]!, means(others, "concepts", way)));
    }),
    cell(
      "coco/control/shuffled",
      [last],
      ([found]) =>
        perDraw(found!.units[0]!.concepts.map((_, way) => means(found!.shuffled, "concepts", way))),
    ),
    gain("coco/threshold/units", "detectors", 1),
    apart("coco/depth/fire9-fire7", "fire9", "fire7", concepts),
    apart("coco/depth/fire7-fire3", "fire7", "fire3", concepts),
    apart("coco/colour/conv1-fire5", "conv1", "fire5", ({ colour }) => colour),
    apart("coco/colour/fire5-fire9", "fire5", "fire9", ({ colour }) => colour),
  ];
}

/** The cells of mosaics. */
export function mosaicCells(own: Job<MosaicDetection>, permuted: readonly Job<MosaicDetection>[]): Cell[] {
  const best = ({ best }: ConceptDetection) => best[0]!;
  return [
    cell(
      "mosaic/gain/iou",
      [own],
      ([found]) => perDraw(found!.rotated.map((rotated) => best(found!.units) / best(rotated))),
    ),
    cell("mosaic/control/iou", { own: [own], permuted }, ({ own, permuted }) => {
      const rotated = mean(own[0]!.rotated.map(best));
      return perDraw(permuted.map(({ units }) => rotated / best(units)));
    }),
    cell(
      "mosaic/tie/units",
      [own],
      ([found]) =>
        perDraw(
          found!.rotated.map(({ detectors }) => ratioOfCounts(found!.units.detectors[0]!, detectors[0]!) - 1),
        ),
    ),
  ];
}

/** The cells of scenes, a job a seed. */
export function sceneCells(
  max: readonly Job<SceneDetection>[],
  average: readonly Job<SceneDetection>[],
): Cell[] {
  const seeds = (id: string, jobs: readonly Job<SceneDetection>[], value: (run: SceneDetection) => number) =>
    cell(`scenes/${id}`, jobs, (runs) => perSeed(runs.map(value)));
  const turned = ({ rotated }: SceneDetection, of: "iou" | "auc") => mean(rotated.map((one) => one[of]));
  return [
    seeds("gain/iou", max, (run) => run.units.iou / turned(run, "iou")),
    seeds("control/iou", max, (run) => run.units.iou / run.untrained.iou),
    seeds("gain/auc", max, (run) => run.units.auc - turned(run, "auc")),
    seeds("control/auc", max, (run) => run.units.auc - run.untrained.auc),
    seeds("average/iou", average, (run) => run.units.iou / turned(run, "iou")),
    seeds("ablation/own", max, ({ ablation }) => 100 * ablation.own),
    seeds("ablation/others", max, ({ ablation }) => 100 * ablation.others),
  ];
}
