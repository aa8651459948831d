"""Writes numpy-files.json: files as NumPy makes them, and what NumPy finds in them.

    python3 make-numpy-files.py
"""

import base64
import io
import json
import pathlib

import numpy as np

VALUES = {
    "bool": [True, False, True, True, False, False],
    "int8": [-128, -1, 0, 1, 2, 127],
    "int16": [-(2**15), -1, 0, 1, 258, 2**15 - 1],
    "int32": [-(2**31), -1, 0, 1, 16909060, 2**31 - 1],
    "int64": [-(2**63), -1, 0, 1, 2**53 + 1, 2**63 - 1],
    "uint8": [0, 1, 2, 127, 128, 255],
    "uint16": [0, 1, 2, 258, 2**15, 2**16 - 1],
    "uint32": [0, 1, 2, 16909060, 2**31, 2**32 - 1],
    "uint64": [0, 1, 2, 2**53 + 1, 2**63, 2**64 - 1],
    "float16": [0.1, -0.0, float("inf"), float("nan"), 6e-8, 65504.0],
    "float32": [0.1, -0.0, float("-inf"), float("nan"), 1e-45, 3.4028234663852886e38],
    "float64": [0.1, -0.0, float("inf"), float("nan"), 5e-324, 1.7976931348623157e308],
    "complex64": [0.1 + 1j, -2j, 3, 4 - 5j, 6e-8 + 7j, 8],
    "complex128": [0.1 + 1j, -2j, 3, 4 - 5j, 6e-8 + 7j, 8],
}


def base64_of(content):
    return base64.b64encode(content).decode()


def saved(array, version):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return base64_of(file.getvalue())


def numbers(array):
    flat = array.ravel()
    if np.iscomplexobj(flat):
        flat = np.stack([flat.real, flat.imag], axis=1).ravel()
    if flat.dtype.kind == "f":
        flat = flat.astype("f8")
    return [repr(x) for x in (flat.astype("u1") if flat.dtype == bool else flat).tolist()]


def case(name, array, version=(1, 0)):
    plain = array.dtype.isnative and array.flags.c_contiguous and version == (1, 0)
    return {
        "name": name,
        "dtype": array.dtype.newbyteorder("=").name,
        "shape": list(array.shape),
        "numbers": numbers(array),
        "plain": bool(plain),
        "file": saved(array, version),
    }


def lines_of(value, depth=2):
    """JSON with a line for each entry of the outer levels: a change shows as the line of its case."""
    if not depth or not isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[\n" + ",\n".join(lines_of(entry, 0) for entry in value) + "\n]"
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {lines_of(entry, depth - 1)}" for key, entry in value.items()) + "\n}"


npy = []
for dtype, values in VALUES.items():
    six = np.array(values, dtype=dtype)
    npy.append(case(f"{dtype}, 6", six))
    npy.append(case(f"{dtype}, no dimensions", six[5].reshape(())))
    npy.append(case(f"{dtype}, 2 × 3", six.reshape(2, 3)))
    npy.append(case(f"{dtype}, 2 × 3, Fortran order", np.asfortranarray(six.reshape(2, 3))))
    npy.append(case(f"{dtype}, 2 × 0 × 3", np.zeros((2, 0, 3), dtype=dtype)))
    if six.dtype.itemsize > 1:
        npy.append(case(f"{dtype}, big-endian", six.astype(six.dtype.newbyteorder(">"))))
deep = np.arange(24, dtype="i2").reshape(2, 3, 4)
npy.append(case("Fortran order, 2 × 3 × 4, big-endian", np.asfortranarray(deep.astype(">i2"))))
npy.append(case("Fortran order, 2 × 1 × 2 × 2 of complex", np.asfortranarray(np.arange(8).reshape(2, 1, 2, 2) * (1 + 2j))))
npy.append(case("version 2.0", deep, (2, 0)))
npy.append(case("version 3.0", deep, (3, 0)))
npy.append(case("nothing", np.zeros((0,), dtype="f8")))
npy.append(case("many rows", np.zeros((12345, 0), dtype="u1")))

refused = {
    "objects": np.array([None], dtype=object),
    "bytes": np.array([b"abc"]),
    "text": np.array(["abc"]),
    "a structure": np.zeros(2, dtype=[("a", "<i4"), ("b", "<f8")]),
    "raw": np.zeros(2, dtype="V3"),
    "dates": np.zeros(2, dtype="M8[s]"),
    "long doubles": np.zeros(2, dtype="f16"),
}

arrays = {"weights": np.arange(6, dtype="f4").reshape(2, 3), "übung": np.array(7, dtype="i8"), "deep/none": np.zeros((0, 2), "u1")}
npz = {}
for name, save in ("stored", np.savez), ("deflated", np.savez_compressed):
    file = io.BytesIO()
    save(file, **arrays)
    npz[name] = base64_of(file.getvalue())

content = {
    "npy": npy,
    "refused": {name: saved(array, None) for name, array in refused.items()},
    "npz": {
        "arrays": [{"name": k, "dtype": a.dtype.name, "shape": list(a.shape), "numbers": numbers(a)} for k, a in arrays.items()],
        **npz,
    },
}
path = pathlib.Path(__file__).parent / "numpy-files.json"
path.write_text(lines_of(content) + "\n")
