"""Makes the small ONNX models of this folder and expected.json, what PyTorch gives for them. Needs torch, numpy and onnx.

    python make_models.py

- points: a multilayer perceptron of 3 latents to points in the plane; dimensions of the batch are symbolic
- images: a DCGAN of latents [5, 1, 1] to images [1, 8, 8] with batch norm; its discriminator gives [1, 1, 1] and ends in a sigmoid
- fixed: points, but for exactly 4 samples a call
- half, double: points in float16 and float64
- two-inputs: a generator that takes a class too; two-outputs: one that also gives its latent
- flattened-sigmoid: the sigmoid of an image's first pixel, then a reshape; used-sigmoid: one that is used twice
- outside-weights: a sigmoid after weights that are said to be in another file
"""
import json
import pathlib
import warnings

import numpy as np
import onnx
import torch
from torch import nn

warnings.filterwarnings("ignore")
torch.manual_seed(1)
here = pathlib.Path(__file__).parent


def perceptron(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, 8), nn.ReLU(), nn.Linear(8, outputs))


def export(name, model, *example, fixed=False, inputs=("input",), outputs=("output",)):
    batch = {} if fixed else {key: {0: "batch"} for key in (*inputs, *outputs)}
    torch.onnx.export(
        model.eval(),
        example,
        str(here / f"{name}.onnx"),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=batch,
        opset_version=17,
    )


def numbers(tensor):
    return [float(np.float32(x)) for x in tensor.detach().double().flatten()]


generator, discriminator = perceptron(3, 2), perceptron(2, 1)
image_generator = nn.Sequential(
    nn.ConvTranspose2d(5, 8, 2, bias=False),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.ConvTranspose2d(8, 4, 4, 2, 1, bias=False),
    nn.BatchNorm2d(4),
    nn.ReLU(),
    nn.ConvTranspose2d(4, 1, 4, 2, 1),
    nn.Tanh(),
)
image_discriminator = nn.Sequential(
    nn.Conv2d(1, 4, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(4, 1, 4), nn.Sigmoid()
)
# Running statistics that are not those of a fresh batch norm, so that a mode that ignores them would show.
for _ in range(20):
    image_generator(torch.randn(64, 5, 1, 1))


class TwoInputs(nn.Module):
    def forward(self, latent, label):
        return latent[:, :2] + label


class TwoOutputs(nn.Module):
    def forward(self, latent):
        return latent[:, :2] * 1, latent * 2


latents, image_latents = torch.randn(7, 3), torch.randn(7, 5, 1, 1)
export("points-generator", generator, latents)
export("points-discriminator", discriminator, torch.randn(7, 2))
export("fixed-generator", generator, latents[:4], fixed=True)
export("fixed-discriminator", discriminator, torch.randn(4, 2), fixed=True)
export("images-generator", image_generator, image_latents)
export("images-discriminator", image_discriminator, torch.randn(7, 1, 8, 8))
export("two-inputs", TwoInputs(), latents, torch.randn(7, 1), inputs=("latent", "label"))
export("two-outputs", TwoOutputs(), latents, outputs=("sample", "latent_twice"))

samples = generator(latents)
images = image_generator.eval()(image_latents)
expected = {
    "points": {"latents": numbers(latents), "samples": numbers(samples), "scores": numbers(discriminator(samples))},
    "images": {
        "latents": numbers(image_latents),
        "samples": numbers(images),
        "scores": numbers(image_discriminator(images)),
        "logits": numbers(image_discriminator[:-1](images)),
    },
}
(here / "expected.json").write_text(json.dumps(expected) + "\n")
export("double-generator", generator.double(), latents.double())
export("double-discriminator", discriminator.double(), torch.randn(7, 2).double())
export("half-generator", generator.half(), latents.half())
export("half-discriminator", discriminator.half(), torch.randn(7, 2).half())


def build(name, nodes, weights=()):
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node(op, inputs.split(), outputs.split()) for op, inputs, outputs in nodes],
        name,
        [onnx.helper.make_tensor_value_info("input", onnx.TensorProto.FLOAT, ["batch", 1, 8, 8])],
        [onnx.helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)],
        list(weights),
    )
    opset = onnx.helper.make_opsetid("", 17)
    (here / f"{name}.onnx").write_bytes(onnx.helper.make_model(graph, opset_imports=[opset], ir_version=8).SerializeToString())


def integers(name, *values):
    return onnx.helper.make_tensor(name, onnx.TensorProto.INT64, [len(values)], values)


pixel = ("Slice", "input zeros ones axes", "pixel")
slicing = [
    integers("zeros", 0, 0),
    integers("ones", 1, 1),
    integers("axes", 2, 3),
    integers("shape", -1, 1),
]
build("flattened-sigmoid", [pixel, ("Sigmoid", "pixel", "p"), ("Reshape", "p shape", "output")], slicing)
build("used-sigmoid", [pixel, ("Sigmoid", "pixel", "output"), ("Neg", "output", "unused")], slicing)
outside = onnx.helper.make_tensor("outside", onnx.TensorProto.FLOAT, [1], [1.0])
outside.data_location = onnx.TensorProto.EXTERNAL
build("outside-weights", [("Mul", "input outside", "x"), ("Sigmoid", "x", "output")], [outside])
