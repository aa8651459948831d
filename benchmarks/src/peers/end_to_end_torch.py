"""The MH-GAN authors' way from a trained GAN to draws, as peer of the benchmark end-to-end.

    python end_to_end_torch.py export FOLDER

writes both networks of FOLDER, which `shared-gan.ts` fills, as generator.onnx and discriminator.onnx.

    python end_to_end_torch.py measure FOLDER DRAWS BATCH THREADS

takes that many draws for every line that arrives, and says how many seconds that took: of processor time if there is one thread, else on the clock.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from peer import clock_of, serve
from torch import nn

folder = pathlib.Path(sys.argv[2])
plan = json.loads((folder / "plan.json").read_text())
arrays = np.load(folder / "arrays.npz")


def same_padding(config):
    """Half of what "same" adds to a side, where that is even for every length that the stride divides."""
    padding = config["kernelSize"][0] - config["strides"][0]
    assert config["padding"] == "same" and padding % 2 == 0
    return padding // 2


def activation(name):
    return {"linear": [], "relu": [nn.ReLU()], "tanh": [nn.Tanh()]}[name]


def channels_first(shape):
    """Where each number of a flat image with its channels last stands if they come first."""
    return np.arange(np.prod(shape)).reshape(shape).transpose(2, 0, 1).ravel()


def build(name):
    """A network of tfjs with its weights, images with their channels first."""
    layers, shape = [], None
    for i, layer in enumerate(plan["networks"][name]):
        config, kind = layer["config"], layer["type"]
        weights = [arrays[f"{name}-{i}-{j}"] for j in range(layer["weights"])]
        if kind == "Dense":
            kernel = weights[0] if shape is None else weights[0][channels_first(shape)]
            module, shape = nn.Linear(*kernel.shape, bias=len(weights) > 1), None
            values = [kernel.T, *weights[1:]]
        elif kind == "BatchNormalization":
            norm = nn.BatchNorm1d if shape is None else nn.BatchNorm2d
            module = norm(len(weights[0]), eps=config["epsilon"])
            # The last is the number of batches seen, which nothing depends on.
            values = weights
        elif kind in ("Conv2D", "Conv2DTranspose"):
            conv = nn.Conv2d if kind == "Conv2D" else nn.ConvTranspose2d
            height, width, *channels = weights[0].shape
            inputs, outputs = channels if kind == "Conv2D" else reversed(channels)
            module = conv(
                inputs,
                outputs,
                (height, width),
                config["strides"],
                same_padding(config),
                bias=len(weights) > 1,
            )
            values = [weights[0].transpose(3, 2, 0, 1), *weights[1:]]
            height, width = layer_size(kind, shape, config)
            shape = (height, width, outputs)
        elif kind == "Reshape":
            shape = tuple(config["targetShape"])
            reorder(layers, channels_first(shape))
            module, values = nn.Unflatten(1, (shape[2], *shape[:2])), []
        else:
            module, values = {"Flatten": nn.Flatten, "Mish": nn.Mish}[kind](), []
        fill(module, values)
        layers += [module, *activation(config.get("activation") or "linear")]
    return nn.Sequential(*layers).eval().requires_grad_(False)


def layer_size(kind, shape, config):
    stride = config["strides"][0]
    height, width = (28, 28) if shape is None else shape[:2]
    return (height // stride, width // stride) if kind == "Conv2D" else (height * stride, width * stride)


def fill(module, values):
    tensors = [tensor for key, tensor in module.state_dict().items() if key != "num_batches_tracked"]
    assert len(tensors) == len(values)
    for tensor, value in zip(tensors, values):
        tensor.copy_(torch.from_numpy(np.ascontiguousarray(value)))


def reorder(layers, order):
    """Lets what these layers give come in another order."""
    for layer in layers:
        for key, tensor in layer.state_dict().items():
            if key != "num_batches_tracked":
                tensor.copy_(tensor[torch.from_numpy(order)].clone())


generator, discriminator = build("generator"), build("discriminator")
latents = arrays["check-latents"].shape[1]


def scores_of(batch):
    return discriminator(generator(batch)).ravel()


def check():
    difference = np.abs(scores_of(torch.from_numpy(arrays["check-latents"])).numpy() - arrays["check-scores"]).max()
    assert difference < 1e-3, f"scores differ by {difference}: these are not the same networks"


def export():
    example = torch.from_numpy(arrays["check-latents"])
    for model, name in ((generator, "generator"), (discriminator, "discriminator")):
        torch.onnx.export(
            model,
            example,
            str(folder / f"{name}.onnx"),
            input_names=["input"],
            output_names=["output"],
            dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
            opset_version=18,
            dynamo=False,
        )
        example = model(example)


def chains(odds, start, rng):
    """Metropolis-Hastings on odds, a column for each chain and a row for each step: the step that each chain ended with, −1 if none."""
    length, count = odds.shape
    uniforms = rng.random((length, count))
    current, picked = start, np.full(count, -1)
    for k in range(length):
        accept = uniforms[k] * current <= odds[k]
        current = np.where(accept, odds[k], current)
        picked = np.where(accept, k, picked)
    return picked


def measure(draws, batch, threads):
    import sklearn
    from sklearn.isotonic import IsotonicRegression

    torch.set_num_threads(threads)
    settings = plan["authors"]
    length = settings["chainLength"]
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(arrays["fit-scores"], arrays["fit-labels"])
    real_scores, rng = arrays["real"], np.random.default_rng(1)

    def odds_of(scores):
        # Chains would freeze at probabilities of 0 and 1: they are clipped to what our calibrator gives at most.
        probabilities = np.clip(isotonic.predict(scores), settings["lowest"], settings["highest"])
        return probabilities / (1 - probabilities)

    real_odds = odds_of(real_scores)
    # So many chains at a time that their proposals fill some batches.
    block = max(1, 16 * batch // length)

    def run(total=draws):
        picked = []
        for first in range(0, total, block):
            count = min(block, total - first)
            z = torch.randn(count * length, latents)
            scores = torch.cat([scores_of(part) for part in z.split(batch)]).numpy()
            odds = odds_of(scores).reshape(length, count)
            ends = chains(odds, real_odds[rng.integers(len(real_odds), size=count)], rng)
            # A chain that never left its start runs again over the same proposals, as in the authors' program.
            stuck = np.flatnonzero(ends < 0)
            if len(stuck):
                again = odds[:, stuck]
                ends[stuck] = chains(again[1:], again[0], rng) + 1
            picked.append(z.view(length, count, latents)[torch.from_numpy(ends), torch.arange(count)])
        torch.cat([generator(part) for part in torch.cat(picked).split(batch)]).numpy()
        return {"proposals": total * length}

    with torch.inference_mode():
        run(max(1, draws // 10))
        versions = {"PyTorch": torch.__version__, "NumPy": np.__version__, "scikit-learn": sklearn.__version__}
        serve(run, versions, clock_of(threads))


check()
if sys.argv[1] == "export":
    export()
else:
    measure(*(int(argument) for argument in sys.argv[3:]))
