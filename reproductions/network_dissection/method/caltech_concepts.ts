/**
 * Classes of Caltech 101 as concepts, and as classes of ImageNet.
 *
 * @module
 */
import type { LabelledPhotographs } from "./photographs.ts";

/** Classes of Caltech 101 that are classes of ImageNet, by number. The other classes have no number that means the same. */
const imageNetClass: Readonly<Record<string, number>> = {
  accordion: 401,
  ant: 310,
  barrel: 427,
  beaver: 337,
  binocular: 447,
  cannon: 471,
  cellphone: 487,
  cougar_body: 286,
  cougar_face: 286,
  crayfish: 124,
  dalmatian: 251,
  dragonfly: 319,
  electric_guitar: 546,
  ewer: 725,
  flamingo: 130,
  flamingo_head: 130,
  grand_piano: 579,
  hedgehog: 334,
  laptop: 620,
  Leopards: 288,
  llama: 355,
  nautilus: 117,
  panda: 388,
  pizza: 963,
  platypus: 103,
  revolver: 763,
  rooster: 7,
  saxophone: 776,
  schooner: 780,
  scorpion: 71,
  soccer_ball: 805,
  starfish: 327,
  strawberry: 949,
  tick: 78,
  trilobite: 69,
  umbrella: 879,
};

/** A class of photographs and its number in ImageNet. */
export interface ExactClass {
  /** Its number among the classes of the photographs. */
  readonly label: number;
  /** Its number in ImageNet. */
  readonly imageNet: number;
}

/** The classes of photographs that are classes of ImageNet; of stand-ins all, by their own numbers. */
export function exactClasses({ classes, standIn }: LabelledPhotographs): ExactClass[] {
  return classes.flatMap((name, label) => {
    const imageNet = standIn ? label : imageNetClass[name];
    return imageNet === undefined ? [] : [{ label, imageNet }];
  });
}

/** Concepts that the slides' example and its counterpart look for. */
export const namedConcepts = { faces: ["Faces", "Faces_easy"], airplanes: ["airplanes"] } as const;

/** Whether a class belongs to a concept; of stand-ins the first two classes stand for the two. */
export function isOfConcept(
  concept: keyof typeof namedConcepts,
  { classes, standIn }: LabelledPhotographs,
): (label: number) => boolean {
  const stand = Object.keys(namedConcepts).indexOf(concept);
  const names: readonly string[] = namedConcepts[concept];
  return (label) => standIn ? label === stand : names.includes(classes[label]!);
}
