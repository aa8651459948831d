"""Makes spambase.txt.gz from spambase.data, which https://archive.ics.uci.edu/dataset/94/spambase offers; the one that lies here was made from the copy in the R package
kernlab 0.9-32. Needs Python 3 alone.

    python make_spambase.py spambase.data

Of each email is kept whether it is spam and which of the 54 words and characters are in it, not how often; runs of capital letters are left out.
Emails that are in the file twice are kept once, so that none is both in training and held out; and as the file has all spam first, the rest is shuffled.
"""
import csv
import gzip
import pathlib
import random
import sys

WORDS = """make address all 3d our over remove internet order mail receive will people report addresses free business email you credit your font 000 money
hp hpl george 650 lab labs telnet 857 data 415 85 technology 1999 parts pm direct cs meeting original project re edu table conference ; ( [ ! $ #""".split()

with open(sys.argv[1], newline="") as file:
    rows = list(dict.fromkeys(tuple(map(float, row)) for row in csv.reader(file) if row))
random.Random(1).shuffle(rows)
lines = []
for *values, is_spam in rows:
    found = [word for word, value in zip(WORDS, values) if value > 0]
    lines.append(" ".join(["spam:" if is_spam else "mail:", *found]) + "\n")
(pathlib.Path(__file__).parent / "spambase.txt.gz").write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
