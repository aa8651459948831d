"""Trains the GAN of this folder and writes generator.onnx, discriminator.onnx and models.json. Needs torch, numpy and onnx.

    python train_gan.py            # 10,000 steps: half a minute on one core

The data are the 25 Gaussians of the MH-GAN paper: the grid {-2, ..., 2} x {-2, ..., 2}, each with sd 0.05, all divided by the standard
deviation of the whole. The discriminator gives logits. The seed fixes every random number, but other versions of PyTorch and other
processors round differently, so only the files that lie here have the checksums of models.json.
"""
import hashlib
import json
import math
import pathlib
import platform

import numpy as np
import onnx
import torch
from torch import nn

SEED = 1
STEPS = 10_000
BATCH = 256
LATENTS = 2
HIDDEN = 64
RATE = 1e-3
# The gradient penalty at real points (R1) falls over the training: at first the generator finds the modes, at last the discriminator sees them sharply.
PENALTY = (0.02, 0.001)
AVERAGE = 0.999
TRAINING_POINTS = 20_000

here = pathlib.Path(__file__).parent
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
torch.manual_seed(SEED)


def training_data():
    rng = np.random.default_rng(SEED)
    centres = rng.integers(-2, 3, size=(TRAINING_POINTS, 2))
    points = (centres + 0.05 * rng.normal(size=centres.shape)) / math.sqrt(2 + 0.05**2)
    return torch.tensor(points, dtype=torch.float32)


def perceptron(inputs, outputs):
    layers = [nn.Linear(inputs, HIDDEN), nn.ReLU()]
    for _ in range(2):
        layers += [nn.Linear(HIDDEN, HIDDEN), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(HIDDEN, outputs))


def train(real):
    generator, discriminator = perceptron(LATENTS, 2), perceptron(2, 1)
    averaged = torch.optim.swa_utils.AveragedModel(generator, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE))
    optimizers = [torch.optim.Adam(model.parameters(), lr=RATE, betas=(0.5, 0.9)) for model in (generator, discriminator)]
    schedules = [torch.optim.lr_scheduler.LambdaLR(o, lambda step: 0.02 + 0.98 * (1 + math.cos(math.pi * step / STEPS)) / 2) for o in optimizers]
    softplus = nn.functional.softplus
    for step in range(STEPS):
        batch = real[torch.randint(len(real), (BATCH,))].requires_grad_()
        fake = generator(torch.randn(BATCH, LATENTS))
        scores = discriminator(batch)
        (gradient,) = torch.autograd.grad(scores.sum(), batch, create_graph=True)
        weight = PENALTY[0] * (PENALTY[1] / PENALTY[0]) ** (step / STEPS)
        loss = softplus(-scores).mean() + softplus(discriminator(fake.detach())).mean() + weight * (gradient**2).sum(1).mean()
        optimizers[1].zero_grad()
        loss.backward()
        optimizers[1].step()
        generator_loss = softplus(-discriminator(generator(torch.randn(BATCH, LATENTS)))).mean()
        optimizers[0].zero_grad()
        generator_loss.backward()
        optimizers[0].step()
        averaged.update_parameters(generator)
        for schedule in schedules:
            schedule.step()
        if (step + 1) % 1000 == 0:
            print(f"step {step + 1}: discriminator {loss.item():.4f}, generator {generator_loss.item():.4f}", flush=True)
    return averaged.module, discriminator


def export(name, model, width):
    path = here / f"{name}.onnx"
    torch.onnx.export(
        model.eval(),
        torch.zeros(1, width),
        str(path),
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        opset_version=17,
    )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def numbers(tensor):
    return [float(np.float32(x)) for x in tensor.detach().flatten()]


generator, discriminator = train(training_data())
latents = torch.tensor([[0.0, 0.0], [1.0, -0.5], [-2.0, 1.5]])
samples = generator(latents)
record = {
    "command": "python train_gan.py",
    "seed": SEED,
    "steps": STEPS,
    "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__, "onnx": onnx.__version__},
    "sha256": {
        "generator.onnx": export("generator", generator, LATENTS),
        "discriminator.onnx": export("discriminator", discriminator, 2),
    },
    # What PyTorch gives: whoever loads the files can see whether they do the same.
    "check": {"latents": numbers(latents), "samples": numbers(samples), "scores": numbers(discriminator(samples))},
}
(here / "models.json").write_text(json.dumps(record, indent=2) + "\n")
