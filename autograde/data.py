"""Where the data of the course lies, and its word vectors.

The lessons use this module, so it imports nothing but NumPy and the standard library.
"""

import functools
import os
import re
from pathlib import Path

import numpy as np

#: Set this environment variable to the path of a published GloVe file to use it instead of the course's own vectors.
VECTORS_SETTING = "EMBEDDING_COURSE_VECTORS"
COURSE_VECTORS = "glove.course.50d.txt"


def data_path(name):
    """Path of a file in the course's ``data`` folder.

    The folder is looked for in the working folder and in every folder above it, because a notebook
    runs in ``notebooks/``, in a folder of its own when nbgrader grades it, or wherever you start Python.

    Parameters
    ----------
    name : str
        A file name such as ``"headlines.csv"``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    FileNotFoundError
        With the name of the missing file and how to get it.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "data" / name
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"data/{name} is missing: no folder from {here} upwards has it. "
        f"It is part of the course; restore it with `git checkout -- data/{name}` in the course folder, "
        "or download the course again."
    )


def vectors_path():
    """Path of the word vectors in use: the course's own, or the file that the setting names.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    FileNotFoundError
        If the setting names a file that is not there, or the course's own file is missing.
    """
    chosen = os.environ.get(VECTORS_SETTING)
    if not chosen:
        return data_path(COURSE_VECTORS)
    path = Path(chosen).expanduser()
    if not path.is_file():
        raise FileNotFoundError(
            f"{VECTORS_SETTING} names {path}, which is not a file. Unset it to use the course's own vectors, "
            "or fetch a file with `python data/fetch.py`."
        )
    return path


def load_vectors(words=None, most=20_000):
    """Word vectors as a dictionary. You write this function yourself in lesson 5.

    Parameters
    ----------
    words : collection of str, optional
        Keep only these words, wherever in the file they stand. Without it, keep the first `most` words.
    most : int
        How many words to keep where `words` is not given; published files begin with the most frequent ones.

    Returns
    -------
    dict of str to ndarray, shape (dimension,), float32
        The first line of a word counts. A header line, a byte order mark and blank lines are passed over.

    Raises
    ------
    FileNotFoundError
        If there is no file of vectors.
    ValueError
        If a line that is looked at is not a word and its numbers; the message names file, line and reason.
    """
    path = vectors_path()
    if words is None:
        about = path.stat()
        read = _first_vectors(path, (about.st_mtime_ns, about.st_size), most)
        # Copies: whoever changes a vector changes nobody else's.
        return {word: vector.copy() for word, vector in read.items()}
    return _read_vectors(path, set(words), most)


@functools.lru_cache(maxsize=1)
def _first_vectors(path, changed, most):
    """The first vectors of a file; read again where the file is another by its time of change and its size."""
    return _read_vectors(path, None, most)


def _read_vectors(path, wanted, most):
    beginnings = {word.partition(" ")[0].encode() for word in wanted or ()}
    vectors, dimension = {}, None
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            if dimension and wanted is not None and line.partition(b" ")[0] not in beginnings:
                continue  # nearly every line of a large file ends here
            if len(vectors) == (most if wanted is None else len(wanted)):
                break
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip(" \r\n")
                if not text or (number == 1 and re.fullmatch("[0-9]+ [0-9]+", text)):
                    continue
                dimension = dimension or _numbers_at_end(text)
                word, *values = text.rsplit(" ", dimension)
                if wanted is None or word in wanted:
                    vectors.setdefault(word, _vector(word, values, dimension))
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
    return vectors


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers_at_end(text):
    """How many numbers a line ends with; its first field is always a part of the word."""
    fields = text.split(" ")
    count = 0
    while count < len(fields) - 1 and _is_number(fields[-1 - count]):
        count += 1
    if not count:
        raise ValueError("there are no numbers at the end of the line")
    return count


def _vector(word, values, dimension):
    """The numbers of one line; a word with a number in it means that the line has too many of them."""
    if not word or len(values) != dimension or any(map(_is_number, word.split(" ")[1:])):
        raise ValueError(f"expected a word and {dimension} numbers")
    with np.errstate(over="ignore"):
        vector = np.array(values, dtype=np.float32)
    if not np.isfinite(vector).all():
        raise ValueError(f"nan or infinite numbers in the vector of {word!r}")
    return vector
