"""PyTorch as peer of the benchmarks generate-score and training-step: the networks of `models.ts`, the same loss and optimizer.

    python gan_torch.py generate-score|training-step dcgan|mlp UNITS BATCH RUNS THREADS eager|frozen

Padding lies the other way round where it is uneven, which costs the same.
"""
import sys

import torch
from dcgan_torch import dcgan
from peer import clock_of, serve
from torch import nn

task, architecture, units, batch, runs, threads, form = sys.argv[1:]
units, batch, runs, threads = int(units), int(batch), int(runs), int(threads)
torch.set_num_threads(threads)
torch.manual_seed(1)


def mlp():
    def network(outputs):
        hidden = [layer for _ in range(2) for layer in (nn.Linear(units, units), nn.ReLU())]
        return nn.Sequential(nn.Linear(2, units), nn.ReLU(), *hidden, nn.Linear(units, outputs))

    return network(2), network(1), 2, (2,)


generator, discriminator, latents, sample = {"dcgan": dcgan, "mlp": mlp}[architecture]()


def generate_score():
    models = [generator.eval(), discriminator.eval()]
    if form == "frozen":
        example = torch.randn(batch, latents)
        for i, model in enumerate(models):
            models[i] = torch.jit.optimize_for_inference(torch.jit.trace(model, example))
            example = model(example).detach()
    generate, score = models

    def run():
        with torch.inference_mode():
            for _ in range(runs):
                score(generate(torch.randn(batch, latents))).numpy()

    return run


def training_step():
    optimizers = [
        torch.optim.Adam(model.parameters(), lr=2e-4, betas=(0.5, 0.999)) for model in (generator, discriminator)
    ]
    real = torch.rand(batch, *sample) * 2 - 1

    def distance(scores, target):
        return (scores - target).square().mean()

    def update(loss, optimizer):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def run():
        for _ in range(runs):
            with torch.no_grad():
                fake = generator(torch.randn(batch, latents))
            update(distance(discriminator(real), 1) + distance(discriminator(fake), 0), optimizers[1])
            # Gradients of the discriminator's weights are not needed for the generator's update.
            discriminator.requires_grad_(False)
            update(distance(discriminator(generator(torch.randn(batch, latents))), 1), optimizers[0])
            discriminator.requires_grad_(True)

    return run


run = {"generate-score": generate_score, "training-step": training_step}[task]()
for _ in range(3):
    run()
serve(run, {"PyTorch": torch.__version__}, clock_of(threads))
