"""What each way to give Keras a matrix costs: time to build, to save and to load, and the size on disk.

    python -m autograde.benchmarks.matrix_cost

measures 1,000 to 100,000 words of 50 to 300 dimensions, each in a process of its own, prints a table in Markdown and
writes ``data/matrix_cost.csv``, which lesson 4 draws. Seconds are the medians of several runs in one process after one
run that does not count; `Constant` with 100,000 words runs once, because it takes minutes and gigabytes.
"""

import argparse
import csv
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograde.build import write_whole
from autograde.lesson import ROOT

WAYS = ("Constant", "weights=", "set_weights")
WORDS = (1_000, 3_000, 10_000, 30_000, 100_000)
DIMENSIONS = (50, 100, 300)
COLUMNS = ("way", "words", "dimension", "build_s", "save_s", "load_s", "megabytes")
TARGET = ROOT / "data" / "matrix_cost.csv"


def measure(way, words, dimension, runs):
    """Build, save and load a model with one embedding.

    Parameters
    ----------
    way : str
        One of `WAYS`.
    words, dimension : int
        Shape of the matrix, which holds random float32 numbers.
    runs : int
        The medians of so many runs are returned.

    Returns
    -------
    dict of str to float
        ``build_s``, ``save_s``, ``load_s`` in seconds, ``megabytes`` (of 1,000,000 bytes) of the saved file.
    """
    import keras
    import numpy as np

    matrix = np.random.default_rng(1).normal(size=(words, dimension)).astype("float32")

    def build():
        extra = {"weights": [matrix]} if way == "weights=" else {}
        if way == "Constant":
            extra = {"embeddings_initializer": keras.initializers.Constant(matrix)}
        layer = keras.layers.Embedding(words, dimension, **extra)
        layer.build()
        if way == "set_weights":
            layer.set_weights([matrix])
        return keras.Sequential([keras.Input((10,), dtype="int32"), layer])

    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        for _ in range(runs):
            model, build_s = timed(build)
            _, save_s = timed(lambda model=model: model.save(path))
            loaded, load_s = timed(lambda: keras.saving.load_model(path))
            if not np.array_equal(loaded.layers[0].get_weights()[0], matrix):
                raise SystemExit(f"{way}: the table of the loaded model is another one")
            found.append((build_s, save_s, load_s, path.stat().st_size / 1e6))
    return dict(zip(COLUMNS[3:], map(statistics.median, zip(*found, strict=True)), strict=True))


def timed(function):
    """What a function returns, and the seconds it took."""
    begin = time.perf_counter()
    value = function()
    return value, time.perf_counter() - begin


def in_a_process(way, words, dimension, runs):
    """`measure` in a fresh process, after a small run in it that does not count."""
    code = (
        "import json, sys; from autograde.benchmarks.matrix_cost import measure; way, *rest = json.loads(sys.argv[1]);"
        "measure(way, 10, 10, 1); print(json.dumps(measure(way, *rest)))"
    )
    quiet = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
    done = subprocess.run([sys.executable, "-c", code, json.dumps([way, words, dimension, runs])], env=quiet,
                          capture_output=True, text=True, check=True)  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def main():
    """Print the table and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--largest", type=int, default=WORDS[-1], help="measure no more words than this")
    parser.add_argument("--dry", action="store_true", help="write no file")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print(
        "| words | dimension | way | build, s | save, s | load, s | on disk, MB |\n|---:|---:|---|---:|---:|---:|---:|"
    )
    rows = []
    for words in [words for words in WORDS if words <= arguments.largest]:
        for dimension in DIMENSIONS:
            for way in WAYS:
                runs = 1 if way == "Constant" and words * dimension > 2_000_000 else arguments.runs
                row = in_a_process(way, words, dimension, runs)
                rows.append([way, words, dimension, *(f"{row[name]:.3f}" for name in COLUMNS[3:])])
                print(f"| {words:,} | {dimension} | {way} | " + " | ".join(rows[-1][3:]) + " |", flush=True)
    if not arguments.dry:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
        write_whole(TARGET, text.getvalue())


if __name__ == "__main__":
    main()
