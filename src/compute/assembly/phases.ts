// Images taken apart into the phases of a dilated filter, which sees every dilation-th pixel alone: under it the
// phases are images of their own, and the filter has no holes.

/** Arguments: images (images, height, width, channels) and their phases
 * (images, dilationY, dilationX, phaseHeight, phaseWidth, channels). */
@unmanaged
class Phases {
  image: usize;
  phases: usize;
  height: i32;
  width: i32;
  channels: i32;
  dilationY: i32;
  dilationX: i32;
  phaseHeight: i32;
  phaseWidth: i32;
  /** Where the first pixel of the image stands in the phases' own frame. */
  top: i32;
  left: i32;
}

/** Phases of an image, with zeros where it has no pixel. Item: a phase of an image. */
export function splitPhases(item: i32, thread: i32, args: usize): void {
  const p = changetype<Phases>(args);
  const pixel = p.channels << 2;
  const count = p.dilationY * p.dilationX;
  const image = item / count;
  const phase = item - image * count;
  const phaseY = phase / p.dilationX;
  const phaseX = phase - phaseY * p.dilationX;
  const from = p.image + (<usize>image) * p.height * p.width * pixel;
  let to = p.phases + (<usize>item) * p.phaseHeight * p.phaseWidth * pixel;
  memory.fill(to, 0, (<usize>p.phaseHeight) * p.phaseWidth * pixel);
  for (let i = 0; i < p.phaseHeight; i++) {
    const y = i * p.dilationY + phaseY - p.top;
    for (let k = 0; k < p.phaseWidth; k++, to += pixel) {
      const x = k * p.dilationX + phaseX - p.left;
      if (y < 0 || y >= p.height || x < 0 || x >= p.width) continue;
      memory.copy(to, from + (<usize>(y * p.width + x)) * pixel, pixel);
    }
  }
}

/** The image of its phases, with zeros where they have no pixel. Item: an image. */
export function mergePhases(item: i32, thread: i32, args: usize): void {
  const p = changetype<Phases>(args);
  const pixel = p.channels << 2;
  const phase: usize = (<usize>p.phaseHeight) * p.phaseWidth * pixel;
  const phases = p.phases + (<usize>item) * p.dilationY * p.dilationX * phase;
  let to = p.image + (<usize>item) * p.height * p.width * pixel;
  for (let y = 0; y < p.height; y++) {
    const i = (y + p.top) / p.dilationY;
    const phaseY = y + p.top - i * p.dilationY;
    for (let x = 0; x < p.width; x++, to += pixel) {
      const k = (x + p.left) / p.dilationX;
      const phaseX = x + p.left - k * p.dilationX;
      if (i >= p.phaseHeight || k >= p.phaseWidth) memory.fill(to, 0, pixel);
      else {
        const from = phases + (phaseY * p.dilationX + phaseX) * phase;
        memory.copy(to, from + (<usize>(i * p.phaseWidth + k)) * pixel, pixel);
      }
    }
  }
}
