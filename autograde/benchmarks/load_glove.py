"""How long `load_glove` of lesson 5 takes, and how much memory, beside other ways to read a GloVe file.

    python autograde/benchmarks/load_glove.py

Writes a file of the size of glove.6B.100d (400,000 words, 100 dimensions, about 330 MB) to a temporary folder,
lets each reader read it in a process of its own, checks that all of them return the same vectors, and prints a
table in Markdown. Seconds are computing time of one core, so that other programs on the machine do not count, the
best of several runs over a file that is in the file cache. Memory is what the process took at its peak beyond what
it held before, and beyond the result itself. gensim and pandas take part where they are installed, as they are with
the tools for tests; the course does not need them.
"""

import argparse
import contextlib
import csv
import functools
import gc
import importlib.metadata
import importlib.util
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve()
LESSON = HERE.parents[2] / "solutions" / "05_parsing_glove.py"
MIB = 2**20
#: A slow reader is run again only while its runs took less than this many seconds in sum.
PATIENCE = 4.0


# Readers. Each takes the path and the wanted words, and returns {word: vector} for at least these words.


@functools.cache
def lesson_load_glove():
    """The reference solution of lesson 5, from the lesson's own source."""
    from autograde.lesson import read_lesson

    lesson = read_lesson(LESSON)
    namespace = {}
    for cell in lesson.cells:
        if cell.kind in ("setup", "exercise"):
            exec(compile(cell.source, LESSON.name, "exec"), namespace)
    return namespace["load_glove"]


def bare_loop(path, wanted):
    """Reads every line and does nothing: no reader of the file can be faster."""
    with open(path, "rb") as file:
        for _ in file:
            pass


def reference(path, wanted):
    return lesson_load_glove()(path, keep=wanted)


def dictionary_of_everything(path, wanted):
    """The loop that most programs have: convert each line, select later."""
    vectors = {}
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            word, *numbers = line.rstrip("\n").split(" ")
            vectors[word] = np.array(numbers, dtype=np.float32)
    return vectors


def keras_io_loop(path, wanted):
    """As in the Keras example on pre-trained word embeddings: the rest of the line goes to NumPy's text parser."""
    index = {}
    with open(path, encoding="utf-8") as lines:
        for text in lines:
            token, rest = text.split(maxsplit=1)
            index[token] = np.fromstring(rest, "f", sep=" ")
    return index


def pandas_read_csv(path, wanted):
    import pandas

    frame = pandas.read_csv(path, sep=" ", header=None, index_col=0, quoting=csv.QUOTE_NONE, na_filter=False)
    return dict(zip(frame.index, frame.to_numpy(np.float32), strict=True))


def gensim_keyed_vectors(path, wanted):
    from gensim.models import KeyedVectors

    return KeyedVectors.load_word2vec_format(path, no_header=True)


#: name in the table -> (reader, which words are wanted, library that it needs beside NumPy)
READERS = {
    "bare `for line in file`, binary": (bare_loop, "none", None),
    "`load_glove(path, keep)`, words all over the file": (reference, "scattered", None),
    "`load_glove(path, keep)`, words at the front: it stops early": (reference, "front", None),
    "dictionary of everything, line by line": (dictionary_of_everything, "scattered", None),
    "loop as published on keras.io": (keras_io_loop, "scattered", None),
    "pandas `read_csv`": (pandas_read_csv, "scattered", "pandas"),
    "gensim `load_word2vec_format(no_header=True)`": (gensim_keyed_vectors, "scattered", "gensim"),
}
BARE, SCATTERED, FRONT, EVERYTHING = list(READERS)[:4]


def write_file(path, lines, dimension, seed=5):
    """A file in GloVe's format: different words of lower-case letters, numbers with five digits as in glove.6B.

    Each line is put together from pieces of ten numbers, because formatting forty million numbers one by one
    would take longer than all readers together.
    """
    rng = np.random.default_rng(seed)
    pieces = [" ".join(f"{x:.5g}" for x in row) for row in rng.normal(scale=0.4, size=(20_000, 10))]
    choice = random.Random(seed)
    words = {}
    while len(words) < lines:
        words["".join(choice.choices("abcdefghijklmnopqrstuvwxyz", k=choice.randint(2, 13)))] = None
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for word in words:
            file.write(f"{word} {' '.join(choice.choices(pieces, k=dimension // 10))}\n")
    return list(words)


def wanted_words(words, number, seed=6):
    """The three sets of wanted words."""
    return {
        "none": [],
        "scattered": random.Random(seed).sample(words[:-1], number - 1) + words[-1:],
        "front": words[:number],
    }


def size_of(result):
    """Bytes of a reader's result: its words, its numbers, and the objects that hold them."""
    if result is None:
        return 0
    if not isinstance(result, dict):  # gensim: one matrix, and the number of each word
        numbers = sys.getsizeof(result.index_to_key) + sum(map(sys.getsizeof, result.key_to_index.values()))
        words = sys.getsizeof(result.key_to_index) + sum(map(sys.getsizeof, result.key_to_index))
        return result.vectors.nbytes + numbers + words
    blocks = {}  # vectors may be views of one matrix, which counts once
    for vector in result.values():
        owner = vector
        while owner.base is not None:
            owner = owner.base
        blocks[id(owner)] = owner.nbytes
    arrays = len(result) * sys.getsizeof(np.empty(0, np.float32)[:])
    return sys.getsizeof(result) + sum(map(sys.getsizeof, result)) + arrays + sum(blocks.values())


def memory():
    """Memory of this process in bytes: now, and at its peak.

    The kernel's own peak, VmHWM, is asked where there is one: ru_maxrss also remembers the parent process.
    """
    try:
        fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return tuple(int(fields[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM"))
    except (OSError, KeyError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return peak, peak


def forget_peak():
    """Start to watch for the peak anew, where the kernel can (Linux)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def measure(name, path, words, repeat, save_to):
    """Run one reader in this process; its vectors of the wanted words go to a file.

    Returns
    -------
    dict
        ``seconds``: the best of the runs; ``size``: bytes of the result;
        ``beyond``: bytes at the peak of the first run, beyond what was there before and beyond the result.
    """
    reader, _, library = READERS[name]
    if library:
        importlib.import_module(library)
    if reader is reference:
        lesson_load_glove()
    bare_loop(path, words)  # from here on the file is in the cache
    gc.collect()
    before, _ = memory()
    forget_peak()
    seconds = []
    while not seconds or (len(seconds) < repeat and sum(seconds) < PATIENCE):
        result = None  # the last one is gone before the next one is made
        start = time.process_time()
        result = reader(path, words)
        seconds.append(time.process_time() - start)
        if len(seconds) == 1:
            size = size_of(result)
            beyond = max(0, memory()[1] - before - size)
    if words:
        np.save(save_to, np.stack([result[word] for word in words]))
    return {"seconds": min(seconds), "size": size, "beyond": beyond}


def in_own_process(**order):
    """`measure` in a fresh Python; None where the library that it needs is missing."""
    library = READERS[order["name"]][2]
    if library and importlib.util.find_spec(library) is None:
        return None
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE), "--measure"],
        input=json.dumps(order),
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "MPLBACKEND": "Agg"},
    )
    if done.returncode:
        raise SystemExit(f"{order['name']}: the reader failed, see above")
    return json.loads(done.stdout.splitlines()[-1])


def plain_vectors(path, words):
    """The vectors of `words`, read in the plainest way; what every reader has to return."""
    found = dict.fromkeys(words)
    with open(path, encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.split()
            if word in found:
                found[word] = [float(number) for number in numbers]
    return np.array(list(found.values())).astype(np.float32)


def differences(path, wanted, saved):
    """One line for each reader that did not return the right vectors, to the last bit of float32."""
    expected = {group: plain_vectors(path, words) for group, words in wanted.items() if words}
    for name, file in saved.items():
        right, got = expected[READERS[name][1]], np.load(file)
        if got.dtype != np.float32 or not np.array_equal(got, right):
            yield f"{name}: other vectors than the rest ({got.dtype}, off by up to {np.abs(got - right).max():.1e})"


def table(results):
    """The measurements in Markdown."""
    bare = results[BARE]["seconds"]
    yield "| reader | seconds | times the bare loop | result in MiB | peak beyond it in MiB |"
    yield "|---|---:|---:|---:|---:|"
    for name, found in results.items():
        if found is None:
            yield f"| {name} | not installed | | | |"
        else:
            size = f"{found['size'] / MIB:.1f}" if found["size"] else "none"
            ratio = found["seconds"] / bare
            yield f"| {name} | {found['seconds']:.2f} | {ratio:.1f} | {size} | {found['beyond'] / MIB:.1f} |"


def targets(results):
    """What is promised for `load_glove`, and what was measured: pairs of a line and whether it holds."""
    bare, everything = results[BARE]["seconds"], results[EVERYTHING]["seconds"]
    scattered, front = results[SCATTERED], results[FRONT]
    most = max(scattered["beyond"], front["beyond"]) / MIB
    for text, measured, holds in (
        ("at most 4 times the bare loop (aim: 3)", scattered["seconds"] / bare, scattered["seconds"] <= 4 * bare),
        ("at most 2.5 times where it may stop", front["seconds"] / bare, front["seconds"] <= 2.5 * bare),
        ("under 20 MiB beyond the result", most, most < 20),
        (
            "at least 12 times faster than the dictionary of everything",
            everything / scattered["seconds"],
            everything >= 12 * scattered["seconds"],
        ),
    ):
        yield f"- {'reached' if holds else 'MISSED'}: {text}; measured {measured:.1f}", holds


def machine():
    """One line about the computer and the versions."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    versions = [f"Python {platform.python_version()}", f"NumPy {np.__version__}"]
    for library in sorted({needs for _, _, needs in READERS.values() if needs}):
        if importlib.util.find_spec(library):
            versions.append(f"{library} {importlib.metadata.version(library)}")
    return f"{model}, {os.cpu_count()} cores, {platform.system()}; {', '.join(versions)}"


def run(lines, dimension, words, repeat):
    """Everything, in a temporary folder; returns whether all vectors were right and all targets reached."""
    with tempfile.TemporaryDirectory() as folder:
        path, saved, results = Path(folder) / "vectors.txt", {}, {}
        wanted = wanted_words(write_file(path, lines, dimension), words)
        size = path.stat().st_size / MIB
        print(f"{lines:,} words, {dimension} dimensions, {size:.0f} MiB; {words:,} words wanted.\n{machine()}\n")
        for number, (name, (_, group, _)) in enumerate(READERS.items()):
            file = Path(folder) / f"{number}.npy"
            results[name] = in_own_process(
                name=name, path=str(path), words=wanted[group], repeat=repeat, save_to=str(file)
            )
            if file.exists():
                saved[name] = file
        wrong = list(differences(path, wanted, saved))
    print("\n".join(table(results)))
    print()
    print("\n".join(wrong) or f"All {len(saved)} readers that return vectors return the same ones, to the last bit.")
    print()
    held = list(targets(results))
    print("\n".join(line for line, _ in held))
    return not wrong and all(holds for _, holds in held)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=400_000)
    parser.add_argument("--dimension", type=int, default=100, help="a multiple of ten")
    parser.add_argument("--words", type=int, default=20_000, help="how many words are wanted")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each fast reader; the best one counts")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:  # a process of its own, started by in_own_process
        print(json.dumps(measure(**json.load(sys.stdin))))
        return 0
    return 0 if run(options.lines, options.dimension, options.words, options.repeat) else 1


if __name__ == "__main__":
    sys.exit(main())
