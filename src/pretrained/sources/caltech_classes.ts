/** What classes of ImageNet a class of Caltech 101 is. */
export interface ImageNetIds {
  /** Their numbers from 0, in the order of WordNet's ids. */
  readonly ids: readonly number[];
  /** Whether it is one class that means the same, and not kinds of it. */
  readonly exact: boolean;
}

const exactly = (id: number): ImageNetIds => ({ ids: [id], exact: true });
const kinds = (...ids: number[]): ImageNetIds => ({ ids, exact: false });

/** The classes of Caltech 101 that ImageNet has as well, by the names of their folders; the other 51 have no honest counterpart. */
export const caltechClasses: Readonly<Record<string, ImageNetIds>> = {
  accordion: exactly(401),
  ant: exactly(310),
  barrel: exactly(427),
  beaver: exactly(337),
  binocular: exactly(447),
  cannon: exactly(471),
  cellphone: exactly(487),
  cougar_body: exactly(286),
  cougar_face: exactly(286),
  crayfish: exactly(124),
  dalmatian: exactly(251),
  dragonfly: exactly(319),
  electric_guitar: exactly(546),
  ewer: exactly(725),
  flamingo: exactly(130),
  flamingo_head: exactly(130),
  grand_piano: exactly(579),
  hedgehog: exactly(334),
  laptop: exactly(620),
  Leopards: exactly(288),
  llama: exactly(355),
  nautilus: exactly(117),
  panda: exactly(388),
  pizza: exactly(963),
  platypus: exactly(103),
  revolver: exactly(763),
  rooster: exactly(7),
  saxophone: exactly(776),
  schooner: exactly(780),
  scorpion: exactly(71),
  soccer_ball: exactly(805),
  starfish: exactly(327),
  strawberry: exactly(949),
  tick: exactly(78),
  trilobite: exactly(69),
  umbrella: exactly(879),
  airplanes: kinds(404, 895),
  butterfly: kinds(321, 322, 323, 324, 325, 326),
  camera: kinds(732, 759),
  car_side: kinds(436, 468, 511, 609, 627, 656, 661, 751, 817),
  chair: kinds(423, 559, 765),
  crab: kinds(118, 119, 120, 121),
  crocodile: kinds(49),
  crocodile_head: kinds(49),
  cup: kinds(504, 968),
  elephant: kinds(101, 385, 386),
  kangaroo: kinds(104),
  lamp: kinds(846),
  lobster: kinds(122, 123),
  stop_sign: kinds(919),
};
