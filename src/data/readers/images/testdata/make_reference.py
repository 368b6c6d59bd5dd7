"""Writes the files of this folder: small images in several codings with the pixels that Pillow decodes from them, and
one image stretched by Pillow's BILINEAR and LANCZOS filters in mode F. Made once with Pillow 9.4.0 and numpy 1.24.2 under
Python 3.11, LANCZOS with Pillow 11.3.0 and numpy 2.4.6: `python3 make_reference.py`."""

import json
import os

import numpy as np
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
height, width = 13, 18
y, x = np.mgrid[0:height, 0:width]
rgb = np.stack(
    [255 * x / (width - 1), 255 * y / (height - 1), 127.5 + 127.5 * np.sin(x / 3 + y / 4)], axis=-1
).round().astype(np.uint8)
colour = Image.fromarray(rgb)

pixels = {}


def keep(name, image, **options):
    image.save(os.path.join(here, name), **options)
    pixels[name] = np.asarray(Image.open(os.path.join(here, name)).convert("RGB")).ravel().tolist()


keep("colour.png", colour)
keep("gray.png", colour.convert("L"))
keep("palette.png", colour.quantize(16))
keep("colour.jpg", colour, quality=90, subsampling=0)
keep("gray.jpg", colour.convert("L"), quality=90)
keep("progressive_420.jpg", colour, quality=90, subsampling=2, progressive=True)
colour.convert("CMYK").save(os.path.join(here, "cmyk.jpg"))
colour.convert("RGBA").resize((4, 4)).save(os.path.join(here, "opaque_alpha.png"))
Image.new("RGBA", (4, 4), (10, 20, 30, 128)).save(os.path.join(here, "transparent.png"))
with open(os.path.join(here, "pixels.json"), "w") as file:
    json.dump({"height": height, "width": width, "pixels": pixels}, file)

source = (255 * np.random.default_rng(1).random((11, 17))).astype(np.float32)
stretched = {"bilinear": [], "lanczos": []}
for name, resample in [("bilinear", Image.BILINEAR), ("lanczos", Image.LANCZOS)]:
    for to_height, to_width in [(4, 5), (11, 6), (7, 17), (23, 40), (1, 1)]:
        result = Image.fromarray(source, mode="F").resize((to_width, to_height), resample)
        stretched[name].append({"height": to_height, "width": to_width, "data": np.asarray(result).ravel().tolist()})
with open(os.path.join(here, "resize.json"), "w") as file:
    json.dump({"source": {"height": 11, "width": 17, "data": source.ravel().tolist()}, "stretched": stretched}, file)
