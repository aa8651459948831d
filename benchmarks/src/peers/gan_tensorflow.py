"""TensorFlow as peer of the benchmarks generate-score and training-step: the networks of `models.ts`, the same loss and optimizer.

    python gan_tensorflow.py generate-score|training-step dcgan|mlp UNITS BATCH RUNS THREADS

Both are traced once, by tf.function.
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
import tensorflow as tf
from keras import layers
from peer import clock_of, serve

task, architecture, units, batch, runs, threads = sys.argv[1:]
units, batch, runs, threads = int(units), int(batch), int(runs), int(threads)
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(1)
keras.utils.set_random_seed(1)


def dcgan():
    up = dict(kernel_size=5, strides=2, padding="same")
    generator = keras.Sequential(
        [
            layers.Input((100,)),
            layers.Dense(7 * 7 * 128, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Reshape((7, 7, 128)),
            layers.Conv2DTranspose(64, use_bias=False, **up),
            layers.BatchNormalization(),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Conv2DTranspose(1, activation="tanh", **up),
        ]
    )
    discriminator = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(64, **up),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Conv2D(128, **up),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
    return generator, discriminator, 100, (28, 28, 1)


def mlp():
    def network(outputs):
        hidden = [layers.Dense(units, activation="relu") for _ in range(3)]
        return keras.Sequential([layers.Input((2,)), *hidden, layers.Dense(outputs)])

    return network(2), network(1), 2, (2,)


generator, discriminator, latents, sample = {"dcgan": dcgan, "mlp": mlp}[architecture]()


def generate_score():
    @tf.function
    def scores():
        return discriminator(generator(tf.random.normal((batch, latents)), training=False), training=False)

    def run():
        for _ in range(runs):
            scores().numpy()

    return run


def training_step():
    optimizers = [keras.optimizers.Adam(2e-4, beta_1=0.5) for _ in range(2)]
    for optimizer, model in zip(optimizers, (generator, discriminator)):
        optimizer.build(model.trainable_variables)
    real = tf.random.uniform((batch, *sample), -1, 1)

    def distance(scores, target):
        return tf.reduce_mean(tf.square(scores - target))

    @tf.function
    def step():
        fake = generator(tf.random.normal((batch, latents)), training=True)
        variables = discriminator.trainable_variables
        with tf.GradientTape() as tape:
            loss = distance(discriminator(real, training=True), 1) + distance(discriminator(fake, training=True), 0)
        optimizers[1].apply_gradients(zip(tape.gradient(loss, variables), variables))
        variables = generator.trainable_variables
        with tf.GradientTape() as tape:
            fake = generator(tf.random.normal((batch, latents)), training=True)
            loss = distance(discriminator(fake, training=True), 1)
        optimizers[0].apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    def run():
        for _ in range(runs):
            step().numpy()

    return run


run = {"generate-score": generate_score, "training-step": training_step}[task]()
for _ in range(3):
    run()
serve(run, {"TensorFlow": tf.__version__, "Keras": keras.__version__}, clock_of(threads))
