"""Writes image-files.json: small pictures as Pillow writes them, and the points that Pillow finds in them.

    python3 make-image-files.py
"""

import base64
import io
import json
import pathlib

from PIL import Image

WIDTH, HEIGHT = 11, 9
points = [(x, y) for y in range(HEIGHT) for x in range(WIDTH)]
colour = Image.new("RGB", (WIDTH, HEIGHT))
colour.putdata([(x * 20, y * 25, x * 10 + y * 12) for x, y in points])
grey = Image.new("L", (WIDTH, HEIGHT))
grey.putdata([x * 13 + y * 11 for x, y in points])
transparent = colour.copy()
transparent.putalpha(Image.eval(grey, lambda value: 255 if value else 254))
opaque = colour.copy()
opaque.putalpha(255)
deep = Image.new("I;16", (WIDTH, HEIGHT), 300)


def base64_of(content):
    return base64.b64encode(content).decode()


def case(name, image, kind, read=True, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    decoded = Image.open(io.BytesIO(file.getvalue()))
    decoded = decoded.convert("L" if decoded.mode in ("L", "1") else "RGB")
    return {
        "name": name,
        "kind": kind,
        "file": base64_of(file.getvalue()),
        "shape": [HEIGHT, WIDTH, len(decoded.getbands())],
        "points": base64_of(decoded.tobytes()) if read else "",
    }


cases = [
    case("PNG, colours", colour, "PNG"),
    case("PNG, grey", grey, "PNG"),
    case("PNG, one bit", grey.convert("1"), "PNG"),
    case("PNG, palette", colour.quantize(16), "PNG"),
    case("PNG, opaque", opaque, "PNG"),
    case("JPEG, colours", colour, "JPEG", quality=95, subsampling=0),
    case("JPEG, progressive", colour, "JPEG", quality=95, subsampling=0, progressive=True),
    case("JPEG, grey", grey, "JPEG", quality=95),
    case("PNG, transparent", transparent, "PNG", read=False),
    case("PNG, 16 bits", deep, "PNG", read=False),
    case("JPEG, for print", colour.convert("CMYK"), "JPEG", read=False),
]
path = pathlib.Path(__file__).parent / "image-files.json"
path.write_text(json.dumps(cases, indent=1) + "\n")
