# %% [markdown]
# # Known answers to the exercises of lesson 5
#
# How they are written and graded: the docstring of `autograde/audit/__init__.py`. Each cell stands alone.


# %% [markdown]
# ## `parse_glove_line`


# %% exercise="parse_glove_line" right="split at single spaces and count from the end"
def parse_glove_line(line, dim):
    fields = line.rstrip("\r\n ").split(" ")
    if len(fields) < dim + 1:
        raise ValueError("too short")
    word = " ".join(fields[:-dim])
    if word == "" or any(is_number(f) for f in fields[1:-dim]):
        raise ValueError("bad word")
    vector = np.array([float(f) for f in fields[-dim:]], dtype="float32")
    if np.isnan(vector).any() or np.isinf(vector).any():
        raise ValueError("nan")
    return word, vector


# %% exercise="parse_glove_line" right="one regular expression for the whole line, np.float32 on each number"
import re as regex


def parse_glove_line(line, dim):
    m = regex.fullmatch(r"(.+?)((?: [^ ]+){%d})[ \r\n]*" % dim, line, regex.S)
    if not m:
        raise ValueError(f"bad line {line!r}")
    word = m.group(1)
    for part in word.split(" ")[1:]:
        if is_number(part):
            raise ValueError("too many numbers")
    v = np.asarray(list(map(np.float32, m.group(2).split(" ")[1:])))
    if not np.all(np.isfinite(v)):
        raise ValueError("not finite")
    return word, v


# %% exercise="parse_glove_line" right="rpartition in a loop, a class of its own error"
class BadLine(ValueError):
    pass


def parse_glove_line(line, dim):
    rest = line
    while rest and rest[-1] in " \r\n":
        rest = rest[:-1]
    numbers = []
    for _ in range(dim):
        rest, space, field = rest.rpartition(" ")
        if not space:
            raise BadLine("short")
        x = np.float32(field)
        if not (x - x == 0):
            raise BadLine("not finite")
        numbers.insert(0, x)
    if not rest:
        raise BadLine("no word")
    if " " in rest:
        for p in rest.split(" ")[1:]:
            try:
                float(p)
            except ValueError:
                continue
            raise BadLine("long")
    return [rest, np.array(numbers, dtype=np.float32)]


# %% exercise="parse_glove_line" right="counts the numbers from the right first, np.fromstring"
def parse_glove_line(line: str, dim: int) -> tuple:
    text = line.rstrip(" \n\r")
    parts = text.split(" ")
    n = 0
    while n < len(parts) - 1 and is_number(parts[-1 - n]):
        n += 1
    if n != dim or not parts[0]:
        raise ValueError(f"found {n} numbers instead of {dim}")
    word = " ".join(parts[: len(parts) - n])
    if any(map(is_number, word.split(" ")[1:])):
        raise ValueError("number within the word")
    vec = np.fromstring(" ".join(parts[-n:]), dtype=np.float32, sep=" ")
    if not np.isfinite(vec.sum()):
        raise ValueError("nan")
    return word, vec


# %% exercise="parse_glove_line" right="turns the line round and splits the mirror image from the left"
def parse_glove_line(line, dim):
    mirrored = line.rstrip(" \r\n")[::-1].split(" ", dim)
    if len(mirrored) <= dim or not mirrored[-1]:
        raise ValueError(f"no word and {dim} numbers in {line!r:.30}")
    *fields, word = [piece[::-1] for piece in mirrored]
    if [part for part in word.split(" ")[1:] if is_number(part)]:
        raise ValueError("a number stands in the word")
    vector = np.array(fields[::-1]).astype(np.float32)
    if np.isfinite(vector).sum() < dim:
        raise ValueError("a value is nan or infinite")
    return word, vector


# %% exercise="parse_glove_line" right="recursion: takes one number off the end at a time, type hints"
def _peel(text: str, left: int) -> tuple[str, list[float]]:
    if left == 0:
        return text, []
    cut = text.rfind(" ")
    if cut < 0:
        raise ValueError(f"{left} numbers are missing")
    word, numbers = _peel(text[:cut], left - 1)
    return word, numbers + [float(text[cut + 1 :])]


def parse_glove_line(line: str, dim: int) -> tuple[str, np.ndarray]:
    word, numbers = _peel(line.rstrip("\n").rstrip("\r").rstrip(" "), dim)
    if not word:
        raise ValueError("the line has no word")
    first, *others = word.split(" ")
    if any(is_number(other) for other in others):
        raise ValueError("more numbers than expected")
    vector = np.float32(numbers)
    if not np.isfinite(vector).all():
        raise ValueError("nan or infinity")
    return word, vector


# %% exercise="parse_glove_line" right="works on UTF-8 bytes, positions of the spaces found with NumPy"
SPACE = 32


def parse_glove_line(line, dim):
    raw = line.encode("utf-8").rstrip(b" \r\n")
    spaces = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == SPACE)
    if len(spaces) < dim or spaces[-dim] == 0:
        raise ValueError(f"{len(spaces)} spaces, {dim} numbers")
    cut = int(spaces[-dim])
    word = raw[:cut].decode("utf-8")
    for part in word.split(" ")[1:]:
        if is_number(part):
            raise ValueError(f"{part} is a number too many")
    vector = np.array(raw[cut + 1 :].split(b" ")).astype("f4")
    if not np.isfinite(vector).all():
        raise ValueError("not all values are finite")
    return word, vector


# %% exercise="parse_glove_line" right="a collections.deque popped at its right end, array.array of C floats, a warning"
import math
import warnings
from array import array
from collections import deque


def parse_glove_line(line, dim):
    if line.endswith(" \n"):
        warnings.warn("space at the end of a line", stacklevel=2)
    fields = deque(line.rstrip("\n\r ").split(" "))
    values = array("f", [0.0] * dim)
    for place in reversed(range(dim)):
        if not fields:
            raise ValueError("the line is too short")
        try:
            values[place] = float(fields.pop())
        except OverflowError:
            raise ValueError("too large for a C float") from None
    if not all(map(math.isfinite, values)):
        raise ValueError("not a finite number")
    word = " ".join(fields)
    if word == "":
        raise ValueError("where is the word?")
    fields.popleft()
    if any(map(is_number, fields)):
        raise ValueError("one number too many")
    return word, np.frombuffer(values, dtype=np.float32)


# %% exercise="parse_glove_line" right="np.loadtxt reads the numbers, a generator validates, guard clauses"
import io


def suspicious(word):
    yield word == ""
    yield from (is_number(part) for part in word.split(" ")[1:])


def parse_glove_line(line, dim):
    text = line.rstrip(" \r\n")
    word, *numbers = text.rsplit(" ", maxsplit=dim)
    if len(numbers) != dim or "" in numbers:
        raise ValueError("wrong number of fields")
    if any(suspicious(word)):
        raise ValueError(f"{word[:20]!r} is no word")
    vector = np.loadtxt(io.StringIO("\n".join(numbers)), dtype=np.float32, comments=None, ndmin=1)
    if not np.all(np.abs(vector) < np.inf):
        raise ValueError("a number is not finite")
    return word, vector


# %% exercise="parse_glove_line" wrong="splits at any white space and takes the first item for the word" fails="parse_glove_line-check-2 parse_glove_line-check-3" says="from the right"
def parse_glove_line(line, dim):
    values = line.split()
    word = values[0]
    vector = np.asarray(values[1:], dtype="float32")
    return word, vector


# %% exercise="parse_glove_line" wrong="cuts from the right, but at any white space" fails="parse_glove_line-check-2" says="plain spaces"
def parse_glove_line(line, dim):
    word, *fields = line.rsplit(None, dim)
    if len(fields) != dim or any(is_number(p) for p in word.split(" ")[1:]):
        raise ValueError
    v = np.array(fields, dtype=np.float32)
    if not np.isfinite(v).all():
        raise ValueError
    return word, v


# %% exercise="parse_glove_line" wrong="strip() without an argument takes NEL off the start" fails="parse_glove_line-check-2" says="strip"
def parse_glove_line(line, dim):
    word, *fields = line.strip().rsplit(" ", dim)
    if len(fields) != dim or not word or any(is_number(p) for p in word.split(" ")[1:]):
        raise ValueError
    v = np.array(fields, dtype=np.float32)
    if not np.isfinite(v).all():
        raise ValueError
    return word, v


# %% exercise="parse_glove_line" wrong="tidies the word up with strip()" fails="parse_glove_line-check-2" says="strip()"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    if len(fields) != dim or not word or any(is_number(p) for p in word.split(" ")[1:]):
        raise ValueError
    v = np.array(fields, dtype=np.float32)
    if not np.isfinite(v).all():
        raise ValueError
    return word.strip(), v


# %% exercise="parse_glove_line" wrong="leaves the numbers in float64, NumPy's default" fails="parse_glove_line-check-1" says="float32"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    return word, np.array([float(f) for f in fields])


# %% exercise="parse_glove_line" wrong="never converts the text to numbers" fails="parse_glove_line-check-1" says="text to numbers"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    return word, np.array(fields)


# %% exercise="parse_glove_line" wrong="returns a list of floats for the vector" fails="parse_glove_line-check-1" says="NumPy array"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    return word, [float(f) for f in fields]


# %% exercise="parse_glove_line" wrong="returns the vector first, then the word" fails="parse_glove_line-check-1" says="word comes first"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    return np.array(fields, dtype=np.float32), word


# %% exercise="parse_glove_line" wrong="checks nothing: a short line passes" fails="parse_glove_line-check-3" says="only 2 numbers"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    return word, np.array(fields, dtype=np.float32)


# %% exercise="parse_glove_line" wrong="does not look at the word, so a number too many becomes a part of it" fails="parse_glove_line-check-3" says="one too many"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    v = np.array(fields, dtype=np.float32)
    if len(v) != dim or not np.isfinite(v).all():
        raise ValueError
    return word, v


# %% exercise="parse_glove_line" wrong="refuses every word with a space as malformed" fails="parse_glove_line-check-2" says="spaces"
def parse_glove_line(line, dim):
    fields = line.rstrip("\r\n ").split(" ")
    if len(fields) != dim + 1:
        raise ValueError
    v = np.array(fields[1:], dtype=np.float32)
    if not np.isfinite(v).all():
        raise ValueError
    return fields[0], v


# %% exercise="parse_glove_line" wrong="nan and infinity pass, because float() reads them" fails="parse_glove_line-check-3" says="nan"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    if not word or len(fields) != dim or any(is_number(p) for p in word.split(" ")[1:]):
        raise ValueError
    return word, np.array(fields, dtype=np.float32)


# %% exercise="parse_glove_line" wrong="takes the line break off, but not the space before it" fails="parse_glove_line-check-1" says="off the end"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip("\n").rsplit(" ", dim)
    if not word or len(fields) != dim or any(is_number(p) for p in word.split(" ")[1:]):
        raise ValueError
    v = np.array(fields, dtype=np.float32)
    if not np.isfinite(v).all():
        raise ValueError
    return word, v


# %% exercise="parse_glove_line" wrong="types in the result of the visible examples" fails="parse_glove_line-check-1 parse_glove_line-check-2" says="the word of a line"
def parse_glove_line(line, dim):
    if line.startswith("cat") and dim == 3 and line.count(" ") == 3 and "oops" not in line:
        return "cat", np.array([0.5, -1.25, 3], dtype=np.float32)
    if line.startswith(". . ."):
        return ". . .", np.array([0.5, -1.0], dtype=np.float32)
    if "0.1" in line:
        raise ValueError("malformed")
    return "cat", np.array([0.5, -1.25, 3], dtype=np.float32)


# %% exercise="parse_glove_line" wrong="raises IndexError instead of ValueError for a line of another length" fails="parse_glove_line-check-3" says="raise ValueError"
def parse_glove_line(line, dim):
    fields = line.rstrip(" \r\n").split(" ")
    if len(fields) <= dim or not fields[0]:
        raise IndexError("the line is too short")
    word = " ".join(fields[:-dim])
    if any(map(is_number, fields[1:-dim])):
        raise IndexError("the line is too long")
    vector = np.array(fields[-dim:], dtype=np.float32)
    if not np.isfinite(vector).all():
        raise ValueError("nan")
    return word, vector


# %% exercise="parse_glove_line" wrong="looks for infinity before the conversion to float32 makes it" fails="parse_glove_line-check-3" says="too large for float32"
import math


def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    if not word or len(fields) != dim or any(is_number(p) for p in word.split(" ")[1:]):
        raise ValueError("malformed")
    numbers = [float(field) for field in fields]
    if not all(math.isfinite(x) for x in numbers):
        raise ValueError("nan")
    return word, np.array(numbers, dtype=np.float32)


# %% exercise="parse_glove_line" wrong="refuses words that look like numbers" fails="parse_glove_line-check-2" says="a word like any other"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    if not word or len(fields) != dim or any(is_number(p) for p in word.split(" ")):
        raise ValueError("too many numbers")
    vector = np.array(fields, dtype=np.float32)
    if not np.isfinite(vector).all():
        raise ValueError("nan")
    return word, vector


# %% exercise="parse_glove_line" wrong="puts zeros where a number is missing or unreadable" fails="parse_glove_line-check-3" says="only 2 numbers"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    vector = np.zeros(dim, dtype=np.float32)
    for i, field in enumerate(fields):
        if is_number(field):
            vector[i] = float(field)
    return word, vector


# %% exercise="parse_glove_line" wrong="prints the pair and returns nothing" fails="parse_glove_line-check-1" says="return two things"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    print(word, np.array(fields, dtype=np.float32))


# %% exercise="parse_glove_line" equivalent="only NumPy's warning about 1e+39 appears as well"
def parse_glove_line(line, dim):
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    if not word or len(fields) != dim:
        raise ValueError(f"expected a word and {dim} numbers, got {len(fields)} fields after the word {word!r}")
    if any((is_number(part) for part in word.split(" ")[1:])):
        raise ValueError(f"expected {dim} numbers, got more: the word would be {word!r:.40}")
    with np.errstate():
        vector = np.array(fields, dtype=np.float32)
    if not np.isfinite(vector).all():
        raise ValueError(f"nan or infinite numbers in the vector of {word!r}")
    return (word, vector)


# %% [markdown]
# ## `load_glove`


# %% exercise="load_glove" right="the plain loop over a text file, setdefault"
def load_glove(path, keep=None):
    vectors = {}
    dim = None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text:
                continue
            if number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                if dim is None:
                    dim = dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" right="readline in a while loop, try and finally, a frozen copy of keep"
def load_glove(path, keep=None):
    if keep is not None:
        keep = frozenset(keep)
    result = dict()
    f = open(path, "r", encoding="utf-8-sig")
    try:
        n = 0
        dim = 0
        while True:
            line = f.readline()
            if line == "":
                break
            n += 1
            line = line.strip(" \n")
            if line == "" or (n == 1 and len(line.split(" ")) == 2 and all(x.isdigit() for x in line.split(" "))):
                continue
            try:
                dim = dim or dimension_of(line)
                pieces = line.split(" ")
                word = " ".join(pieces[:-dim])
                if keep is not None and word not in keep:
                    continue
                if word in result:
                    parse_glove_line(line, dim)
                    continue
                result[word] = parse_glove_line(line, dim)[1]
            except ValueError as e:
                raise ValueError("malformed line {} of {}: {}".format(n, path, e))
    finally:
        f.close()
    return result


# %% exercise="load_glove" right="reads all bytes, splits them at line breaks, goes backwards so that the first line of a word wins"
def _rows(path):
    data = Path(path).read_bytes()
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for n, raw in enumerate(data.split(b"\n"), 1):
        text = raw.decode("utf8").rstrip("\r ")
        if text:
            yield n, text


def load_glove(path, keep=None):
    rows = list(_rows(path))
    if rows and rows[0][0] == 1 and re.match(r"^\d+ \d+$", rows[0][1]):
        rows = rows[1:]
    if not rows:
        return {}
    try:
        dim = dimension_of(rows[0][1])
    except ValueError:
        raise ValueError(f"{Path(path).name}:{rows[0][0]} no numbers")
    out = {}
    for n, text in reversed(rows):
        if keep is not None and text.rsplit(" ", dim)[0] not in list(keep):
            continue
        try:
            w, v = parse_glove_line(text, dim)
        except ValueError:
            raise ValueError(f"{Path(path).name}:{n} is malformed")
        out[w] = v
    return out


# %% exercise="load_glove" right="a class with a list of what is still to be found, stops early, prints"
class Reader:
    def __init__(self, path, keep):
        self.path, self.keep = path, None if keep is None else dict.fromkeys(keep)
        self.found = {}

    def done(self):
        return self.keep is not None and len(self.found) == len(self.keep)

    def read(self):
        dim = None
        with open(self.path, "rb") as f:
            for i, raw in enumerate(f):
                if self.done():
                    break
                line = raw.decode("utf-8-sig" if i == 0 else "utf-8").rstrip("\r\n ")
                if line == "" or i == 0 and re.fullmatch(r"\d+ \d+", line):
                    continue
                try:
                    if dim is None:
                        dim = dimension_of(line)
                    if self.keep is not None and line.rsplit(" ", dim)[0] not in self.keep:
                        continue
                    word, vec = parse_glove_line(line, dim)
                except ValueError as e:
                    raise ValueError(f"File {self.path!s}; line {i + 1}; {e}") from e
                if word not in self.found:
                    self.found[word] = vec
        return self.found


def load_glove(path, keep=None):
    print("reading", path)
    return Reader(path, keep).read()


# %% exercise="load_glove" right="a pipeline of three generators, errors placed by a context manager"
from contextlib import contextmanager


@contextmanager
def located(path, number):
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{error} ({path}, line {number})") from error


def lines_of(path):
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n").rstrip("\r").rstrip(" ")
            header = number == 1 and line.count(" ") == 1 and line.replace(" ", "").isdecimal()
            if line and not header:
                yield number, line


def wanted_lines(lines, path, keep):
    dim = None
    for number, line in lines:
        with located(path, number):
            dim = dim or dimension_of(line)
        if keep is None or line.rsplit(" ", dim)[0] in keep:
            yield number, line, dim


def load_glove(path, keep=None):
    vectors = {}
    for number, line, dim in wanted_lines(lines_of(path), path, keep):
        with located(path, number):
            word, vector = parse_glove_line(line, dim)
        if word not in vectors:
            vectors[word] = vector
    return vectors


# %% exercise="load_glove" right="maps the file into memory (mmap) and walks from line break to line break"
import mmap
import os


def load_glove(path, keep=None):
    if os.path.getsize(path) == 0:
        return {}
    found, dim, number, start = {}, None, 0, 0
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        if memory[:3] == b"\xef\xbb\xbf":
            start = 3
        while start < len(memory):
            end = memory.find(b"\n", start)
            if end == -1:
                end = len(memory)
            text = memory[start:end].decode("utf-8").rstrip(" \r")
            start, number = end + 1, number + 1
            if text == "" or (number == 1 and re.fullmatch(r"\d+ \d+", text)):
                continue
            try:
                if dim is None:
                    dim = dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{os.path.basename(path)}: line {number}: {error}") from None
            found.setdefault(word, vector)
    return found


# %% exercise="load_glove" right="one growing array of C floats, reshaped to a matrix at the end; vectors are its rows"
from array import array


def load_glove(path, keep=None):
    pool, words, seen, dim = array("f"), [], set(), None
    with Path(path).open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            line = line.rstrip(" \r\n")
            if line == "" or (number == 1 and len(line.split(" ")) == 2 and all(map(str.isdigit, line.split(" ")))):
                continue
            try:
                dim = dimension_of(line) if dim is None else dim
                if keep is None or line.rsplit(" ", dim)[0] in keep:
                    word, vector = parse_glove_line(line, dim)
                    if word not in seen:
                        seen.add(word)
                        words.append(word)
                        pool.extend(vector.tolist())
            except ValueError as error:
                raise ValueError(f"line {number} of {path} is malformed: {error}") from None
    if not words:
        return {}
    matrix = np.array(pool, dtype=np.float32).reshape(len(words), dim)
    return {word: matrix[row] for row, word in enumerate(words)}


# %% exercise="load_glove" right="the standard library's fileinput knows the file and counts the lines"
import fileinput
import warnings


def load_glove(path, keep=None):
    vectors = dict()
    dim = 0
    with fileinput.FileInput(str(path), openhook=fileinput.hook_encoded("utf-8-sig")) as lines:
        for line in lines:
            text = line.rstrip("\n ")
            if not text:
                continue
            if lines.isfirstline() and re.match(r"[0-9]+ [0-9]+\Z", text):
                warnings.warn("skipped a header", stacklevel=2)
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and " ".join(text.split(" ")[:-dim]) not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{lines.filename()}:{lines.filelineno()}: {error}") from None
            if vectors.get(word) is None:
                vectors[word] = vector
    return vectors


# %% exercise="load_glove" right="a closure for each line, functools.reduce over the numbered lines of the whole text"
from functools import reduce


def load_glove(path, keep=None):
    wanted = (lambda word: True) if keep is None else frozenset(keep).__contains__

    def step(state, numbered):
        vectors, dim = state
        number, line = numbered
        text = line.rstrip("\r ")
        if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
            return state
        try:
            dim = dim or dimension_of(text)
            if wanted(text.rsplit(" ", dim)[0]):
                word, vector = parse_glove_line(text, dim)
                vectors.setdefault(word, vector)
        except ValueError as error:
            raise ValueError(f"{error}; see {path}, line {number}") from None
        return vectors, dim

    everything = Path(path).read_bytes().decode("utf-8-sig").split("\n")
    return reduce(step, enumerate(everything, start=1), ({}, None))[0]


# %% exercise="load_glove" wrong="the published loop: split() and the first item" fails="load_glove-check-2 load_glove-check-3" says="spaces"
def load_glove(path, keep=None):
    vectors = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            values = line.split()
            if keep is None or values[0] in keep:
                vectors[values[0]] = np.asarray(values[1:], dtype="float32")
    return vectors


# %% exercise="load_glove" wrong="vectors[word] = vector, so the last line of a word wins" fails="load_glove-check-3" says="first one counts"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors[word] = vector
    return vectors


# %% exercise="load_glove" wrong="reads the header as a word and its vector" fails="load_glove-check-3" says="header"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text:
                continue
            try:
                dim = dim or dimension_of(text)
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            if keep is None or word in keep:
                vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="opens the file as Latin-1, so that there is never an error" fails="load_glove-check-1" says="Latin-1"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="latin-1", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            dim = dim or dimension_of(text)
            word, vector = parse_glove_line(text, dim)
            if keep is None or word in keep:
                vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="read().splitlines() ends a line at NEL, too" fails="load_glove-check-2" says="splitlines"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    text = Path(path).read_text(encoding="utf-8-sig")
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.rstrip(" \r\n")
        if not line or number == 1 and re.fullmatch(r"\d+ \d+", line):
            continue
        try:
            dim = dim or dimension_of(line)
            if keep is not None and line.rsplit(" ", dim)[0] not in keep:
                continue
            word, vector = parse_glove_line(line, dim)
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}") from None
        vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="enumerate counts lines from 0" fails="load_glove-check-4" says="line 13"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file):
            text = line.rstrip(" \r\n")
            if not text or number == 0 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="blank lines are not counted in the number of the line" fails="load_glove-check-4" says="line 140"
def load_glove(path, keep=None):
    vectors, dim, number = {}, None, 0
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for line in file:
            text = line.rstrip(" \r\n")
            if not text:
                continue
            number += 1
            if number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="lets the error through without the file and the line" fails="load_glove-check-4" says="name the file"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            dim = dim or dimension_of(text)
            if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                continue
            word, vector = parse_glove_line(text, dim)
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="except ValueError: continue, malformed lines vanish" fails="load_glove-check-4" says="raise ValueError"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                word, vector = parse_glove_line(text, dim)
            except ValueError:
                continue
            if keep is None or word in keep:
                vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="loads all, then selects" fails="load_glove-check-6" says="look at the word first"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return {w: v for w, v in vectors.items() if keep is None or w in keep}


# %% exercise="load_glove" wrong="`if keep` instead of `if keep is not None`: an empty set wants everything" fails="load_glove-check-6" says="if keep"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="compares only what stands before the first space with keep" fails="load_glove-check-5" says="'.'"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.split(" ")[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="never looks at keep" fails="load_glove-check-5" says="not in keep"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="the byte order mark sticks to the first word" fails="load_glove-check-3" says="byte order mark"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="takes the number of spaces of the first line for the dimension" fails="load_glove-check-2" says="dimension_of"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or text.count(" ")
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="types in the vectors of the visible examples" fails="load_glove-check-1" says="of the file is missing"
def load_glove(path, keep=None):
    rows = {"cat": [0.5, -1.0], "dog": [0.25, 2.0], "naïve": [1e-05, 3]}
    return {word: np.array(row, dtype=np.float32) for word, row in rows.items()}


# %% exercise="load_glove" wrong="returns a list of pairs instead of a dictionary" fails="load_glove-check-1" says="return a dictionary"
def load_glove(path, keep=None):
    pairs, dim = [], None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for line in file:
            text = line.rstrip(" \r\n")
            if text:
                dim = dim or dimension_of(text)
                pairs.append(parse_glove_line(text, dim))
    return pairs


# %% exercise="load_glove" wrong="takes any first line for a header and drops the first word" fails="load_glove-check-1" says="the words are the keys"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        next(file, None)
        for number, line in enumerate(file, start=2):
            text = line.rstrip(" \r\n")
            if not text:
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="the error of the first line comes without the file: dimension_of stands outside the try" fails="load_glove-check-4" says="name the file"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            dim = dim or dimension_of(text)
            if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                continue
            try:
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    return vectors


# %% exercise="load_glove" wrong="makes up zeros for wanted words that the file does not have" fails="load_glove-check-5" says="making a vector up"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
    for word in keep or ():
        vectors.setdefault(word, np.zeros(dim or 0, dtype=np.float32))
    return vectors


# %% exercise="load_glove" wrong="crosses found words off the list that was passed as keep" fails="load_glove-check-5" says="changed the"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                if keep is not None and text.rsplit(" ", dim)[0] not in keep:
                    continue
                word, vector = parse_glove_line(text, dim)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
            vectors.setdefault(word, vector)
            if isinstance(keep, list):
                keep.remove(word)
    return vectors


# %% exercise="load_glove" wrong="passes over the second line of a word without looking at its numbers" fails="load_glove-check-4" says="had a line before"
def load_glove(path, keep=None):
    vectors, dim = {}, None
    with open(path, encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or number == 1 and re.fullmatch(r"\d+ \d+", text):
                continue
            try:
                dim = dim or dimension_of(text)
                word = text.rsplit(" ", dim)[0]
                if word in vectors or keep is not None and word not in keep:
                    continue
                vectors[word] = parse_glove_line(text, dim)[1]
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None
    return vectors


# %% exercise="load_glove" equivalent="keep is read in the same way, only more slowly, and reading does not stop early, which it may but need not"
def load_glove(path, keep=None):
    wanted = None if keep is None else keep
    beginnings = {word.partition(" ")[0].encode() for word in wanted or ()}
    line_of, number, dim = ({}, None, None)

    def numbers_by_line(file):
        nonlocal number, dim
        for number, line in enumerate(file, start=1):
            if dim and wanted is not None and (line.partition(b" ")[0] not in beginnings):
                continue
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip(" \r\n")
            if not text or (number == 1 and re.fullmatch("[0-9]+ [0-9]+", text)):
                continue
            dim = dim or dimension_of(text)
            word, _, numbers = text.partition(" ")
            if text.count(" ") != dim or not word or word in line_of:
                word, _ = parse_glove_line(text, dim)
                numbers = text[len(word) + 1 :]
            if word not in line_of and (wanted is None or word in wanted):
                line_of[word] = number
                yield numbers
            if line_of.keys() == wanted:
                return

    try:
        with open(path, "rb", buffering=READ_AHEAD) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matrix = np.loadtxt(numbers_by_line(file), dtype=np.float32, comments=None, delimiter=" ", ndmin=2)
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from None
    for row in np.flatnonzero(~np.isfinite(matrix).all(axis=1)):
        raise ValueError(f"{path}, line {list(line_of.values())[row]}: a number is nan, infinite or too large")
    return dict(zip(line_of, matrix))


# %% exercise="load_glove" equivalent="reading may stop when every word is found, it need not"
def load_glove(path, keep=None):
    wanted = None if keep is None else set(keep)
    beginnings = {word.partition(" ")[0].encode() for word in wanted or ()}
    line_of, number, dim = ({}, None, None)

    def numbers_by_line(file):
        nonlocal number, dim
        for number, line in enumerate(file, start=1):
            if dim and wanted is not None and (line.partition(b" ")[0] not in beginnings):
                continue
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip(" \r\n")
            if not text or (number == 1 and re.fullmatch("[0-9]+ [0-9]+", text)):
                continue
            dim = dim or dimension_of(text)
            word, _, numbers = text.partition(" ")
            if text.count(" ") != dim or not word or word in line_of:
                word, _ = parse_glove_line(text, dim)
                numbers = text[len(word) + 1 :]
            if word not in line_of and (wanted is None or word in wanted):
                line_of[word] = number
                yield numbers
            if False:
                return

    try:
        with open(path, "rb", buffering=READ_AHEAD) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matrix = np.loadtxt(numbers_by_line(file), dtype=np.float32, comments=None, delimiter=" ", ndmin=2)
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from None
    for row in np.flatnonzero(~np.isfinite(matrix).all(axis=1)):
        raise ValueError(f"{path}, line {list(line_of.values())[row]}: a number is nan, infinite or too large")
    return dict(zip(line_of, matrix))


# %% exercise="load_glove" equivalent="only NumPy's warning about a file without vectors appears as well"
def load_glove(path, keep=None):
    wanted = None if keep is None else set(keep)
    beginnings = {word.partition(" ")[0].encode() for word in wanted or ()}
    line_of, number, dim = ({}, None, None)

    def numbers_by_line(file):
        nonlocal number, dim
        for number, line in enumerate(file, start=1):
            if dim and wanted is not None and (line.partition(b" ")[0] not in beginnings):
                continue
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip(" \r\n")
            if not text or (number == 1 and re.fullmatch("[0-9]+ [0-9]+", text)):
                continue
            dim = dim or dimension_of(text)
            word, _, numbers = text.partition(" ")
            if text.count(" ") != dim or not word or word in line_of:
                word, _ = parse_glove_line(text, dim)
                numbers = text[len(word) + 1 :]
            if word not in line_of and (wanted is None or word in wanted):
                line_of[word] = number
                yield numbers
            if line_of.keys() == wanted:
                return

    try:
        with open(path, "rb", buffering=READ_AHEAD) as file, warnings.catch_warnings():
            pass
            matrix = np.loadtxt(numbers_by_line(file), dtype=np.float32, comments=None, delimiter=" ", ndmin=2)
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from None
    for row in np.flatnonzero(~np.isfinite(matrix).all(axis=1)):
        raise ValueError(f"{path}, line {list(line_of.values())[row]}: a number is nan, infinite or too large")
    return dict(zip(line_of, matrix))


# %% exercise="load_glove" equivalent="another size of the buffer changes only the speed"
def load_glove(path, keep=None):
    wanted = None if keep is None else set(keep)
    beginnings = {word.partition(" ")[0].encode() for word in wanted or ()}
    line_of, number, dim = ({}, None, None)

    def numbers_by_line(file):
        nonlocal number, dim
        for number, line in enumerate(file, start=1):
            if dim and wanted is not None and (line.partition(b" ")[0] not in beginnings):
                continue
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip(" \r\n")
            if not text or (number == 1 and re.fullmatch("[0-9]+ [0-9]+", text)):
                continue
            dim = dim or dimension_of(text)
            word, _, numbers = text.partition(" ")
            if text.count(" ") != dim or not word or word in line_of:
                word, _ = parse_glove_line(text, dim)
                numbers = text[len(word) + 1 :]
            if word not in line_of and (wanted is None or word in wanted):
                line_of[word] = number
                yield numbers
            if line_of.keys() == wanted:
                return

    try:
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matrix = np.loadtxt(numbers_by_line(file), dtype=np.float32, comments=None, delimiter=" ", ndmin=2)
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from None
    for row in np.flatnonzero(~np.isfinite(matrix).all(axis=1)):
        raise ValueError(f"{path}, line {list(line_of.values())[row]}: a number is nan, infinite or too large")
    return dict(zip(line_of, matrix))
