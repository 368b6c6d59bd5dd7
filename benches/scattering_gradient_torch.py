"""What scattering_gradient_bench.ts compares with: the same cascade in PyTorch with its automatic differentiation.

All orientations of a scale are filtered at once, which is faster than path by path. Usage: scattering_gradient_torch.py FOLDER THREADS, where
FOLDER holds the case (case.json) and raw float32 arrays: the filters (psi, phi), the images (x), the derivatives of a loss with respect to their
coefficients (w). For each line of its input it runs once, `check` writes what came out to FOLDER, and it answers with the seconds
that it took and the seconds of the processor.
"""

import json
import sys
import time

import torch

folder = sys.argv[1]
torch.set_num_threads(int(sys.argv[2]))
case = json.load(open(f"{folder}/case.json"))
J, L, side, padded, images = (case[name] for name in ("J", "L", "side", "padded", "images"))


def read(name, *shape):
    return torch.frombuffer(bytearray(open(f"{folder}/{name}", "rb").read()), dtype=torch.float32).reshape(shape)


def crop(filters, resolution):
    """The frequencies that the grid of a resolution has, of which the opposite ones are told apart."""
    if resolution == 0:
        return filters
    n, kept = filters.shape[-1], filters.shape[-1] // 2**resolution
    index = torch.tensor([k for k in range(n) if 2 * k < kept or 2 * (n - k) <= kept])
    return filters.index_select(-1, index).index_select(-2, index)


def fold(spectra, factor):
    if factor == 1:
        return spectra
    *leading, rows, columns = spectra.shape
    split = spectra.reshape(*leading, factor, rows // factor, factor, columns // factor)
    return split.mean(dim=(-4, -2))


psi = read("psi", J, L, padded, padded)
phi = read("phi", padded, padded)
PSI = [[crop(psi[j], r) for r in range(j + 1)] for j in range(J)]
PHI = [crop(phi, r) for r in range(J)]
before = (padded - side) // 2
frame = (before, padded - side - before) * 2


def average(spectrum, resolution):
    low = torch.fft.ifft2(fold(spectrum * PHI[resolution], 2 ** (J - resolution))).real
    return low[..., 1:-1, 1:-1]


def scattering(x):
    spectrum = torch.fft.fft2(torch.nn.functional.pad(x[:, None], frame, mode="reflect"))  # (images, 1, rows, columns)
    outputs = [[average(spectrum, 0)], [], []]
    for j1 in range(J):
        u1 = torch.fft.ifft2(fold(spectrum * PSI[j1][0], 2**j1)).abs()  # (images, L, rows, columns)
        spectrum1 = torch.fft.fft2(u1)
        outputs[1].append(average(spectrum1, j1))
        second = []
        for j2 in range(j1 + 1, J):
            product = spectrum1[:, :, None] * PSI[j2][j1]  # (images, L, L, rows, columns)
            u2 = torch.fft.ifft2(fold(product, 2 ** (j2 - j1))).abs()
            second.append(average(torch.fft.fft2(u2), j2))
        if second:  # theta1, j2, theta2
            outputs[2].append(torch.stack(second, dim=2).flatten(1, 3))
    return torch.cat([path for order in outputs for path in order], dim=1)


x = read("x", images, side, side)
w = read("w", images, -1)


def run(name):
    if name == "forward":
        with torch.no_grad():
            return scattering(x), None
    leaf = x.clone().requires_grad_()
    s = scattering(leaf)
    s.backward(w.reshape(s.shape))
    return s, leaf.grad


for line in sys.stdin:
    name = line.strip()
    start, processor = time.perf_counter(), time.process_time()
    s, gradient = run(name)
    seconds = time.perf_counter() - start, time.process_time() - processor
    if name == "check":
        for values, file in ((s, "s"), (gradient, "gradient")):
            open(f"{folder}/{file}", "wb").write(values.detach().contiguous().numpy().tobytes())
    print(json.dumps(seconds), flush=True)
