"""A PyTorch DCGAN of 28x28 images, and peer of the onnx-gan benchmark. Needs torch, numpy and, to export, onnx.

    python onnx_gan_torch.py train DIRECTORY IMAGES

trains it for some 200 steps on IMAGES, an NPZ file with 6,000 Fashion-MNIST images, and writes generator.onnx, discriminator.onnx, weights.pt, and as
raw float32: real.bin, images it was not trained on, and latents.bin, samples.bin and scores.bin, what PyTorch gives for 256 latents.

    python onnx_gan_torch.py measure DIRECTORY BATCH THREADS eager|frozen

generates and scores IMAGES_PER_RUN images in batches, once for every line that arrives, and says how many seconds that took: of
processor time if there is one thread, else on the clock.
"""
import pathlib
import sys

import numpy as np
import torch
from dcgan_torch import LATENTS, dcgan
from peer import clock_of, serve
from torch.nn import functional as F

IMAGES_PER_RUN = 1024

generator, discriminator, _, _ = dcgan()


def read_images(path):
    pixels = np.load(path)["images"].reshape(-1, 1, 28, 28)
    return torch.from_numpy(pixels.astype(np.float32) / 127.5 - 1)


def train(images, steps=200, batch=64):
    optimizers = [
        torch.optim.Adam(model.parameters(), lr=2e-4, betas=(0.5, 0.999)) for model in (generator, discriminator)
    ]
    for _ in range(steps):
        real = images[torch.randint(len(images), (batch,))]
        fake = generator(torch.randn(batch, LATENTS))
        loss = F.softplus(-discriminator(real)).mean() + F.softplus(discriminator(fake.detach())).mean()
        optimizers[1].zero_grad()
        loss.backward()
        optimizers[1].step()
        optimizers[0].zero_grad()
        F.softplus(-discriminator(fake)).mean().backward()
        optimizers[0].step()


def export(model, example, path):
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=["input"],
        output_names=["output"],
        dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def make(directory, images_path):
    torch.manual_seed(1)
    images = read_images(images_path)
    train(images[:-2000])
    generator.eval()
    discriminator.eval()
    directory.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        latents = torch.randn(256, LATENTS)
        samples = generator(latents)
        scores = discriminator(samples)
        export(generator, latents, directory / "generator.onnx")
        export(discriminator, samples, directory / "discriminator.onnx")
    torch.save([generator.state_dict(), discriminator.state_dict()], directory / "weights.pt")
    for name, tensor in dict(real=images[-2000:], latents=latents, samples=samples, scores=scores).items():
        tensor.numpy().tofile(directory / f"{name}.bin")


def measure(directory, batch, threads, form):
    torch.set_num_threads(threads)
    states = torch.load(directory / "weights.pt", weights_only=True)
    models = [generator.eval(), discriminator.eval()]
    for model, state in zip(models, states):
        model.load_state_dict(state)
    if form == "frozen":
        example = torch.randn(batch, LATENTS)
        traced = []
        for model in models:
            traced.append(torch.jit.optimize_for_inference(torch.jit.trace(model, example)))
            example = model(example).detach()
        models = traced

    def run():
        for _ in range(IMAGES_PER_RUN // batch):
            models[1](models[0](torch.randn(batch, LATENTS))).numpy()

    with torch.inference_mode():
        run()
        serve(run, {"PyTorch": torch.__version__}, clock_of(threads))


command, directory = sys.argv[1], pathlib.Path(sys.argv[2])
if command == "train":
    make(directory, sys.argv[3])
else:
    measure(directory, int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
