"""What fast_mode_bench.ts compares with: the same products and training steps in PyTorch, by the protocol of fast_mode_jobs.ts."""

import sys

import torch
from torch import nn

torch.set_num_threads(2)
torch.manual_seed(1)
BATCH = 128


def product():
    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    return lambda: a @ b


def gram():
    x = torch.randn(2000, 1500, dtype=torch.float64)
    return lambda: x.T @ x


def step(shape, *layers):
    network = nn.Sequential(*layers)
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9)
    loss = nn.CrossEntropyLoss()
    x, labels = torch.randn(BATCH, *shape), torch.arange(BATCH) % 10

    def run():
        optimizer.zero_grad()
        value = loss(network(x), labels)
        value.backward()
        optimizer.step()
        return value.item()

    return run


def lenet5():
    return step(
        (1, 28, 28),
        *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )


def dense():
    return step((784,), nn.Linear(784, 2048), nn.ReLU(), nn.Linear(2048, 10))


def convolutions():
    return step(
        (1, 28, 28),
        *(nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
        *(nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10)),
    )


WORK = {"product": product, "gram": gram, "lenet5": lenet5, "dense": dense, "convolutions": convolutions}
ready = {}
for line in sys.stdin:
    name = line.strip()
    if name not in ready:
        ready[name] = WORK[name]()
    ready[name]()
    print("done", flush=True)
