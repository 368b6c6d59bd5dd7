import type { Dataset } from "../dataset.ts";
import { plainFile } from "./plain_file.ts";

const scikitImage = "scikit-image/scikit-image/cd0a3d22b9f359f05618d75d5c7a29b91b4951ca/src/_skimage2/data";

/** Single test images; `ascent.png` and `face.png` are lossless recodings that nobody publishes as such. */
export const images: Dataset = {
  id: "images",
  title: "Test photographs and textures of scikit-image and SciPy",
  licence: "public domain or CC0; coins: no known copyright restrictions",
  citation: "S. van der Walt et al., scikit-image, PeerJ 2:e453, 2014; SciPy (ascent, face)",
  homepage: "https://scikit-image.org/docs/stable/api/skimage.data.html",
  files: [
    plainFile("ascent.png", 131_534, "658b7e79f7da8f942fc83d522271a68b75f8ab980138ae381ee53a6c5e200611"),
    plainFile(
      "astronaut.png",
      791_555,
      "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
      `${scikitImage}/astronaut.png`,
    ),
    plainFile(
      "brick.png",
      106_634,
      "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
      `${scikitImage}/brick.png`,
    ),
    plainFile(
      "camera.png",
      139_512,
      "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
      `${scikitImage}/camera.png`,
    ),
    plainFile(
      "chelsea.png",
      240_512,
      "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
      `${scikitImage}/chelsea.png`,
    ),
    plainFile(
      "coffee.png",
      466_706,
      "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
      `${scikitImage}/coffee.png`,
    ),
    plainFile(
      "coins.png",
      75_825,
      "f8d773fc9cfa6f4d8e5942dc34d0a0788fcaed2a4fefbbed0aef5398d7ef4cba",
      `${scikitImage}/coins.png`,
    ),
    plainFile("face.png", 1_187_825, "0621d3b7dd723d663dfb7ec6ae9feae619de656998a73a9037f56e137d57d7c2"),
    plainFile(
      "grass.png",
      217_893,
      "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
      `${scikitImage}/grass.png`,
    ),
    plainFile(
      "gravel.png",
      194_247,
      "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
      `${scikitImage}/gravel.png`,
    ),
    plainFile(
      "rocket.jpg",
      112_525,
      "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
      `${scikitImage}/rocket.jpg`,
    ),
  ],
};
