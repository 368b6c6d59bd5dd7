/**
 * The work of network_dissection.
 *
 * @module
 */
import type { Tasks } from "../../src/suite/reproduction.ts";
import { ablation, images, patches } from "./image_tasks.ts";
import { masks, mosaics, scenes } from "./pixel_tasks.ts";

/** The tasks of network_dissection. */
export const tasks = { images, ablation, patches, masks, mosaics, scenes } satisfies Tasks;
