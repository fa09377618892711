#!/usr/bin/env python3
"""The same network in PyTorch on the processor, dense, one thread; prints one line of JSON.

Arguments: predict PACKED SAFETENSORS BATCH [OUTPUTS], or train PACKED SAFETENSORS. The file of
weights also names the activation and the settings of training. Or ensemble PACKED SAFETENSORS BATCH
THREADS [OUTPUTS]: the mean of the networks of a model that osong trained, in units of the training's
deviation.
Prediction is timed twice: from floats that lie ready in memory, which is kind to the rival (our
time includes the unpacking), and from packed bits, which is the same work as ours.
"""
import json
import sys
import time

import numpy
import torch
from safetensors import safe_open
from torch import nn

torch.set_num_threads(1)


ACTIVATIONS = {"relu": nn.ReLU, "silu": nn.SiLU, "tanh": nn.Tanh}


def network(weights):
    """The network with the weights of the file, and the file's notes."""
    with safe_open(weights, "np") as file:
        notes = file.metadata()
        numbers = {name: file.get_tensor(name) for name in file.keys()}
    function, dropout = ACTIVATIONS[notes["activation"]], float(notes["dropout"])
    net = nn.Sequential(
        nn.Linear(2048, 1024), function(), nn.Dropout(dropout), nn.Linear(1024, 512), function(),
        nn.Dropout(dropout), nn.Linear(512, 1))
    with torch.no_grad():
        for place, layer in enumerate(m for m in net if isinstance(m, nn.Linear)):
            layer.weight.copy_(torch.from_numpy(numbers[f"layers.{place}.weight"].T.copy()))
            layer.bias.copy_(torch.from_numpy(numbers[f"layers.{place}.bias"]))
    return net, notes


def floats(packed):
    bits = numpy.unpackbits(packed, axis=1, bitorder="little")
    return torch.from_numpy(bits).float()


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, time.perf_counter() - wall, time.process_time() - cpu


def predict(packed, weights, batch, output=None):
    net, batch = network(weights)[0].eval(), int(batch)
    starts = range(0, len(packed), batch)
    with torch.inference_mode():
        ready = [floats(packed[s:s + batch]) for s in starts]
        net(ready[0])
        answer, wall, cpu = timed(lambda: torch.cat([net(x) for x in ready]))
        del ready
        _, wall_packed, cpu_packed = timed(
            lambda: torch.cat([net(floats(packed[s:s + batch])) for s in starts]))
    if output:
        with open(output, "w") as file:
            file.writelines(f"{value!r}\n" for value in answer.flatten().tolist())
    return {"count": len(packed), "wall": wall, "cpu": cpu, "wall packed": wall_packed,
            "cpu packed": cpu_packed, "batch": batch,
            "checks": {"sum": float(answer.double().sum())}}


def members(weights):
    """The networks of a trained ensemble, silu between layers of the widths that the file has."""
    with safe_open(weights, "np") as file:
        numbers = {name: file.get_tensor(name) for name in file.keys()}
    parts = {name.split(".layers.")[0] for name in numbers}
    for part in sorted(parts, key=lambda part: int(part.split(".")[1])):
        layers = []
        while f"{part}.layers.{len(layers) // 2}.weight" in numbers:
            place = f"{part}.layers.{len(layers) // 2}"
            weight = torch.from_numpy(numbers[place + ".weight"].T.copy())
            layer = nn.Linear(weight.shape[1], weight.shape[0])
            with torch.no_grad():
                layer.weight.copy_(weight)
                layer.bias.copy_(torch.from_numpy(numbers[place + ".bias"]))
            layers += [layer, nn.SiLU()]
        yield nn.Sequential(*layers[:-1]).eval()


def ensemble(packed, weights, batch, threads, output=None):
    torch.set_num_threads(int(threads))
    nets, batch = list(members(weights)), int(batch)
    starts = range(0, len(packed), batch)

    def mean(rows):
        x = floats(rows)
        return sum(net(x) for net in nets) / len(nets)

    with torch.inference_mode():
        mean(packed[:batch])
        answer, wall, cpu = timed(lambda: torch.cat([mean(packed[s:s + batch]) for s in starts]))
    if output:
        with open(output, "w") as file:
            file.writelines(f"{value!r}\n" for value in answer.flatten().tolist())
    return {"count": len(packed), "wall": wall, "cpu": cpu, "batch": batch, "members": len(nets)}


def train(packed, weights):
    torch.manual_seed(1)
    net, notes = network(weights)
    batch, thinned = int(notes["batch"]), float(notes["input dropout"])
    thin = nn.Dropout(thinned) if thinned else nn.Identity()
    net.train()
    x = floats(packed)
    y = x.sum(1, keepdim=True) / 50 - 1
    step = torch.optim.AdamW(
        net.parameters(), float(notes["learning rate"]), weight_decay=float(notes["weight decay"]))

    def epoch():
        total = 0.0
        order = torch.randperm(len(x))
        for start in range(0, len(x), batch):
            rows = order[start:start + batch]
            step.zero_grad()
            loss = nn.functional.mse_loss(net(thin(x[rows])), y[rows])
            loss.backward()
            step.step()
            total += loss.item() * len(rows)
        return total / len(x)

    epoch()
    loss, wall, cpu = timed(epoch)
    return {"count": len(x), "wall": wall, "cpu": cpu, "batch": batch, "checks": {"loss": loss}}


if __name__ == "__main__":
    rows = numpy.fromfile(sys.argv[2], numpy.uint8).reshape(-1, 256)
    found = {"predict": predict, "train": train, "ensemble": ensemble}[sys.argv[1]](rows, *sys.argv[3:])
    print(json.dumps(dict(found, version=torch.__version__)))
