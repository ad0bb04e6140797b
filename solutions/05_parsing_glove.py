# %% [markdown] minutes=40
# # Parsing GloVe: from a text file to vectors
#
# A file of pre-trained vectors looks harmless: on every line a word and some numbers, with spaces in between. Five lines of Python read it, and thousands of published programs contain these five lines. On the real files many of them crash, or do worse: they finish, and some words carry the wrong vector. In this lesson you write a reader that is right on the published files, tells you where a broken file is broken, and takes no more memory than the words you want.
#
# After this lesson you can
#
# - read the text format of GloVe by hand and say why the line is cut from the right,
# - name the words and lines in published files that break simple readers, and handle them,
# - say why the numbers become float32 (it is not because they were made that way),
# - say what UTF-8 has to do with it, and what a wrong encoding does without an error,
# - load only the words of your task, so that memory stays small however large the file is.
#
# You need Python's strings, `for` loops over files and a little NumPy; no Keras in this lesson.

# %% tags=["setup"]
import re
import sys
import tempfile
import time
import tracemalloc
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from autograde.data import data_path

plt.style.use("tableau-colorblind10")
READ_AHEAD = 256 * 1024  # bytes that Python reads from a large file at a time


def is_number(text):
    """Whether `text` is written like a number, as "0.5", "-2", "1e-05" and also "nan" are."""
    try:
        float(text)
    except ValueError:
        return False
    return True


# %% [markdown]
# ## Look at the file first
#
# The course brings a small file in GloVe's format. Before you write a reader, look at what it has to read.

# %% tags=["demo"]
path = data_path("glove.course.50d.txt")
with open(path, encoding="utf-8") as file:
    for number, line in zip(range(1, 6), file, strict=False):
        print(f"line {number}: {line[:58]!r} … {line[-9:]!r} ({line.count(' ')} spaces)")

# %% [markdown]
# Each line is a **word**, then its numbers, with one space between the fields and a line break at the end. Fifty spaces, so fifty numbers: this file has 50 **dimensions**. There is no first line with column names. The most frequent words of the training text come first, which will be useful twice.
#
# These are the files that Stanford publishes (sizes and vocabularies as in [GloVe's README](https://github.com/stanfordnlp/GloVe#readme)):
#
# | file | trained on | words | dimensions | upper and lower case | download |
# |---|---|---|---|---|---|
# | `glove.6B` | Wikipedia 2014, news | 400,000 | 50, 100, 200, 300 (four files in one zip) | lower | 0.8 GB |
# | `glove.42B.300d` | web pages | 1.9 million | 300 | lower | 1.8 GB |
# | `glove.840B.300d` | web pages | 2.2 million | 300 | **both** | 2.0 GB |
# | `glove.twitter.27B` | 2 billion tweets | 1.2 million | 25, 50, 100, 200 (in one zip) | lower | 1.4 GB |
# | `glove.2024.wikigiga.…d` | Wikipedia 2024, news | 1.2 million | 50, 100, 200, 300 (one zip each) | lower | 0.3 to 1.6 GB |
# | `glove.2024.dolma.300d` | part of Dolma (web pages, books, code, papers) | 1.2 million | 300 | lower | 1.6 GB |
#
# The vectors are in the public domain (licence PDDL). They come as `.zip`; the readers of this lesson want the text inside. Python unpacks one member with `zipfile.ZipFile("glove.6B.zip").extract("glove.6B.100d.txt")`.
#
# ## One line
#
# The obvious way to take a line apart is `line.split()`: the first item is the word, the rest are its numbers. Here it meets four lines like those in published files (`\xa0` is a no-break space, `\x85` an old control character called NEL, "next line"). How many numbers will it find on each? All four have three.

# %% tags=["demo"]
lines = ["cat 0.1 0.2 0.3\n", ". . . 0.1 0.2 0.3\n", "at name@domain.com 0.1 0.2 0.3\n", "\x85 0.1 0.2 0.3\n"]
print(f"{'line.split()':46} line.rsplit(' ', 3)")
for line in lines:
    word, *numbers = line.split()
    right_word, *right_numbers = line.rstrip("\n").rsplit(" ", 3)
    print(f"{word!r:8} {numbers!s:37} {right_word!r:20} {right_numbers}")

# %% [markdown]
# Only the first line comes out right on the left.
#
# - `. . .` is **one word** of the file `glove.840B.300d`, and so is `at name@domain.com`. There are not many words with spaces, but one is enough to stop a program.
# - NEL is a word, too (in the Twitter file, for instance). But `split()` without an argument splits at *every* character that Unicode calls white space, and NEL and the no-break space are among them. The word has vanished, the first number has become the word, and one number is missing. Nobody gets an error.
#
# On the right the same lines are cut **from the right**: `rsplit(" ", dim)` cuts at the last `dim` spaces, and only at plain spaces. Whatever is left is the word, spaces and all. All that you have to know is how many numbers there are.
#
# Older tutorials write `values = line.split()` and take `values[0]` as the word. On `glove.6B`, the file that they use, it works. Learners who moved on to a larger file filled [issue 191 of the GloVe project](https://github.com/stanfordnlp/GloVe/issues/191) with what they found.
#
# ### Exercise: read one line
#
# Write the reader for one line. It also has to notice a line that is *not* a word and `dim` numbers, because a file that was cut off during the download looks perfectly healthy up to its last line.
#
# Think about too **many** numbers as well. Cut from the right with the wrong `dim`, say 50 for a file of 100 dimensions, and every line seems fine: 50 numbers, and a word such as `the -0.038 -0.244 0.728 …`. You would load 400,000 words, and none of yours would be among them. So look at the word: if it has spaces and one of the later parts is a number, something is wrong. The setup cell has a function `is_number`.


# %% exercise="parse_glove_line"
def parse_glove_line(line, dim):
    """Split one line of a GloVe file into its word and its vector.

    Parameters
    ----------
    line : str
        A word and `dim` numbers, one space before each number. The line may end with a line break ("\\n" or "\\r\\n"),
        with a space before the line break, or with neither of them.
    dim : int
        How many numbers the line has; at least 1.

    Returns
    -------
    word : str
        Everything before the last `dim` numbers, unchanged: it may contain spaces (". . ."), and it may be or contain
        other white space ("\\x85", "new\\xa0york") or look like a number ("2008").
    vector : ndarray, shape (dim,), float32

    Raises
    ------
    ValueError
        If the line is not a word and `dim` numbers: there are fewer numbers; there are more, so that a part of the word
        after a space is a number ("cat 0.1"); one of the last `dim` fields is not a number, or is nan or infinite,
        or too large for float32 ("1e+39"); or there is no word before the numbers.
    """
    ### BEGIN SOLUTION
    word, *fields = line.rstrip(" \r\n").rsplit(" ", dim)
    if not word or len(fields) != dim:
        raise ValueError(f"expected a word and {dim} numbers, got {len(fields)} fields after the word {word!r}")
    if any(is_number(part) for part in word.split(" ")[1:]):
        raise ValueError(f"expected {dim} numbers, got more: the word would be {word!r:.40}")
    with np.errstate(over="ignore"):  # no warning for 1e+39, which becomes infinite
        vector = np.array(fields, dtype=np.float32)  # raises ValueError itself if a field is not a number
    if not np.isfinite(vector).all():
        raise ValueError(f"nan or infinite numbers in the vector of {word!r}")
    return word, vector
    ### END SOLUTION


# %% check="parse_glove_line" points=2
# The word and its float32 vector
got = parse_glove_line("cat 0.5 -1.25 3\n", 3)
assert isinstance(got, (tuple, list)) and len(got) == 2, f"return two things, the word and the vector; got {got!r}"
word, vector = got
assert isinstance(word, str), f"the word comes first, as a str; got {type(word).__name__}"
assert word == "cat", f"the word of this line is 'cat', got {word!r}"
assert isinstance(vector, np.ndarray), f"the vector is a NumPy array, got {type(vector).__name__}"
assert vector.shape == (3,), f"three numbers, so shape (3,); got {vector.shape}"
assert vector.dtype.kind == "f", f"convert the text to numbers, dtype float32; the array holds {vector.dtype}"
assert vector.dtype == np.float32, (
    f"the dtype is float32, got {vector.dtype}, which takes twice the memory in every batch"
)
assert np.allclose(vector, [0.5, -1.25, 3]), f"expected [0.5, -1.25, 3], got {vector}"
print("parse_glove_line: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(51)
for dim in (1, 2, 25, 50, 300):
    for end in ("\n", "", "\r\n", " \n", " "):
        fields = [f"{x:.5g}" for x in rng.normal(size=dim) * 10.0 ** rng.integers(-6, 3, size=dim)]
        name = f"w{rng.integers(1000)}"
        line = " ".join([name, *fields]) + end
        try:
            word, vector = parse_glove_line(line, dim)
        except ValueError as error:
            raise AssertionError(
                f"a line of {dim} numbers that ends with {end!r} is a good line, but ValueError: {error} "
                "(take spaces and line break off the end before you cut)"
            ) from None
        assert word == name, f"the word of a line that ends with {end!r} is {name!r}, got {word!r}"
        assert vector.shape == (dim,), f"{dim} numbers: expected shape ({dim},), got {vector.shape}"
        assert vector.dtype == np.float32, f"the dtype is float32 for every line, got {vector.dtype}"
        expected = np.array([float(x) for x in fields])
        assert np.allclose(vector, expected, rtol=1e-6, atol=0), f"the numbers are {fields[:4]} …, got {vector[:4]}"
### END HIDDEN TESTS

# %% check="parse_glove_line" points=1
# Words that are not what one expects of a word
try:
    word, vector = parse_glove_line(". . . 0.5 -1.0\n", 2)
except ValueError as error:
    raise AssertionError(
        f"'. . .' is a word with spaces: cut the line from the right, at its last 2 spaces ({error})"
    ) from None
assert not isinstance(word, str) or word != ".", (
    "a word may contain spaces: the word is '. . .', everything before the last 2 numbers, not only its start"
)
assert isinstance(word, str) and word == ". . .", (
    f"the word is everything before the last 2 numbers: expected '. . .', got {word!r}"
)
assert isinstance(vector, np.ndarray) and vector.dtype.kind == "f", f"the vector is an array of numbers, got {vector!r}"
assert np.allclose(vector, [0.5, -1.0]), f"the vector of '. . .' is [0.5, -1.0], got {vector}"
print("words with spaces: the visible checks pass")
### BEGIN HIDDEN TESTS
odd = [
    "at name@domain.com",
    ". . . . .",
    "\x85",
    "\xa0",
    "new\xa0york",
    "\xa0york",
    "2008",
    "3.14",
    "nan",
    "#",
    '"',
    "'",
    ",",
    "naïve",
    "猫",
]
for name in odd:
    try:
        got = parse_glove_line(f"{name} 0.25 1e-05 -2\n", 3)
    except ValueError as error:
        raise AssertionError(
            f"{name!r} is a word like any other, but ValueError: {error}. Cut at plain spaces only, rsplit(' ', dim): "
            "without ' ' Python also cuts at characters such as '\\xa0' and '\\x85', and strip() takes them off"
        ) from None
    word, vector = got
    assert word != name.strip() or name == name.strip(), (
        f"strip() took a character off the word {name!r}: take only spaces and line breaks off, and only at the end"
    )
    assert word == name, f"the word is {name!r}, unchanged; got {word!r}"
    assert vector.shape == (3,), f"the line of {name!r} has 3 numbers, got an array of shape {vector.shape}"
    assert np.allclose(vector, [0.25, 1e-05, -2], rtol=1e-6, atol=0), (
        f"the vector of {name!r} is [0.25, 1e-05, -2], got {vector}"
    )
### END HIDDEN TESTS


# %% check="parse_glove_line" points=1
# A line that is not a word and its numbers raises ValueError
def answer(line, dim):
    try:
        return parse_glove_line(line, dim)
    except ValueError:
        return None
    except (IndexError, TypeError) as error:
        raise AssertionError(f"for {line!r} raise ValueError; it was {type(error).__name__}: {error}") from None


got = answer("cat 0.1 0.2\n", 3)
assert got is None, f"only 2 numbers where dim=3 were expected: raise ValueError, do not return {got!r}"
got = answer("cat 0.1 oops 0.3\n", 3)
assert got is None, f"'oops' is not a number: raise ValueError, do not return {got!r}"
print("malformed lines: the visible checks pass")
### BEGIN HIDDEN TESTS
good = answer(". . . 0.1 0.2 0.3\n", 3)
assert good is not None, "'. . .' and three numbers are a good line with dim=3; it must not raise ValueError"
for line, why in [
    ("cat\n", "there are no numbers at all"),
    ("cat 0.1\n", "there is 1 number instead of 3"),
    ("at name@domain.com 0.1 0.2\n", "there are 2 numbers, so 'name@domain.com' stands where a number should be"),
    ("cat 0,1 0,2 0,3\n", "numbers have a decimal point, not a comma"),
    ("cat 0.1 0.2 0.3x\n", "'0.3x' is not a number"),
    ("cat 0.1 0.2 0.3 0.4\n", "there are 4 numbers, one too many: a part of the word would be a number"),
    ("cat " + "0.5 " * 99 + "0.5\n", "there are 100 numbers: whoever passes the wrong dim must hear of it"),
    (". . . 0.1 0.2 0.3 0.4\n", "there are 4 numbers, and the word '. . . 0.1' has a number in it"),
    ("cat 0.1 nan 0.3\n", "nan is no value to compute with; one of them spoils every sum"),
    ("cat 0.1 0.2 -inf\n", "an infinite number is no value to compute with"),
    ("cat 0.1 1e+39 0.3\n", "1e+39 is too large for float32 and becomes infinite there"),
    (" 0.1 0.2 0.3\n", "there is no word before the numbers"),
    ("0.1 0.2 0.3\n", "there are 2 numbers after the first field, or no word"),
]:
    got = answer(line, 3)
    assert got is None, f"{line[:40]!r} with dim=3: {why}. Raise ValueError; you returned {str(got)[:80]}"
### END HIDDEN TESTS

# %% [markdown]
# ## Why float32
#
# The vectors become arrays of `float32`. Older tutorials say: because that is the type in which the vectors were created. It is not. GloVe's program computes in 64 bits (`typedef double real` in [its source file common.h](https://github.com/stanfordnlp/GloVe/blob/master/src/common.h)), and the file is **text**, which has no type at all. `0.418` is five characters. *You* choose the type. So what speaks for float32? First its size. The next cell takes one line and measures what its numbers occupy in different forms.

# %% tags=["demo"]
with open(data_path("glove.course.50d.txt"), encoding="utf-8") as file:
    fields = file.readline().split(" ")[1:]
floats = [float(field) for field in fields]
sizes = {
    "list of str": sys.getsizeof(fields) + sum(map(sys.getsizeof, fields)),
    "list of float": sys.getsizeof(floats) + sum(map(sys.getsizeof, floats)),
    "array, float64": np.array(floats).nbytes,
    "array, float32": np.array(floats, dtype=np.float32).nbytes,
    "array, float16": np.array(floats, dtype=np.float16).nbytes,
}
fig, ax = plt.subplots(figsize=(8, 2.8), layout="constrained")
ax.bar_label(ax.barh(list(sizes), list(sizes.values())), fmt="%d bytes", padding=4)
ax.set(title=f"The {len(fields)} numbers of one word", xlabel="memory in bytes", xlim=(0, 1.2 * max(sizes.values())))
ax.invert_yaxis()
plt.show()

# %% [markdown]
# The bars show the bytes of the same fifty numbers. The list of strings that `split` leaves behind is the largest by far; each string is an object of its own. A float32 array takes 4 bytes for each number, half of float64, and a small part of the lists.
#
# Is anything lost? The file prints a few digits; float32 keeps about seven. The next cell compares the two errors.

# %% tags=["demo"]
exact = np.array(floats)
rounded = exact.astype(np.float32)
print("largest error of rounding to float32:", f"{np.abs(exact - rounded).max():.1e}")
print("largest error of rounding to float16:", f"{np.abs(exact - exact.astype(np.float16)).max():.1e}")
digits = max(len(field.strip().partition(".")[2]) for field in fields if "e" not in field)
print("the file itself was rounded to about:", f"{0.5 * 10.0**-digits:.1e} ({digits} digits after the point)")

# %% [markdown]
# Rounding to float32 changes less than writing the file did, so no information that the file holds is lost. The second reason is Keras: its weights and computations are float32 unless you ask for something else (`keras.config.floatx()` is `"float32"`). A float64 matrix would be converted when the layer is built, after having taken twice the memory until then. float16 would save once more, but is less exact than the file; it is for storage, not for training a small model.
#
# ## Which alphabet: UTF-8
#
# On disk a text is bytes, and the **encoding** says which bytes are which letter. GloVe files are UTF-8. `open(path)` without an encoding takes the default of the system, and on Windows that is another one (Python 3.15 will make UTF-8 the default everywhere). Say what you mean: `open(path, encoding="utf-8")`.
#
# The next cell reads the same bytes in three ways.

# %% tags=["demo"]
on_disk = "naïve café cliché “".encode()
for encoding in ["utf-8", "latin-1", "cp1252"]:
    try:
        print(f"{encoding:8}", on_disk.decode(encoding))
    except UnicodeDecodeError as error:
        print(f"{encoding:8}", error)
print(f"{'cp1252':8}", "”".encode(), "→", end=" ")
try:
    print("”".encode().decode("cp1252"))
except UnicodeDecodeError as error:
    print(error)

# %% [markdown]
# With UTF-8 the words are right. `cp1252`, the usual default on Windows in Western Europe and America, stops at some characters with a `UnicodeDecodeError`, here at a closing quotation mark. That is annoying and honest. A "fix" often found in forums is `encoding="latin-1"`, and the second line shows what it does: every byte is *some* letter in Latin-1, so there is never an error, and `naïve` has become `naÃ¯ve`. Its vector sits in your dictionary under a name that no text contains.
#
# ## Find the bug: a loop that was copied thousands of times
#
# This is how the [Keras example on pre-trained word embeddings](https://keras.io/examples/nlp/pretrained_word_embeddings/) reads GloVe (as of 2026; the same loop is in a well-known book):
#
# ```python
# embeddings_index = {}
# with open(path_to_glove_file) as f:
#     for line in f:
#         word, coefs = line.split(maxsplit=1)
#         coefs = np.fromstring(coefs, "f", sep=" ")
#         embeddings_index[word] = coefs
# ```
#
# It is short and fast, and right for `glove.6B`, the file of that example. You know by now what to look for. The next cell runs it on four lines of three numbers; a dictionary comes out. Predict: which keys, and how many numbers has each?

# %% tags=["demo"]
embeddings_index = {}
for line in [". 0.7 0.8 0.9\n", ". . . 0.1 0.2 0.3\n", "\xa0 0.4 0.5 0.6\n", "cat 0.1 0.2\n"]:
    word, coefs = line.split(maxsplit=1)
    try:
        embeddings_index[word] = np.fromstring(coefs, "f", sep=" ")
    except ValueError as error:
        print(f"{line!r}: {error}")
print(embeddings_index)

# %% [markdown]
# Four lines, three different fates:
#
# 1. `. . .` stops the loop with a `ValueError`. That depends on the version of NumPy: the one in this course raises it, earlier ones gave a `DeprecationWarning` and returned what they had read up to the surprise, an **empty** array, which then *replaced* the good vector of the full stop, one of the most frequent words there are.
# 2. The no-break space is swallowed by `split`. The word is now `0.4`, with two numbers instead of three. No error.
# 3. `cat`, cut off in the middle, is stored with two numbers. No error here; there will be one much later, in another cell, when the vector is to be put into a matrix row of three.
#
# The cure for all of them is the line reader that you have written.
#
# ## The whole file
#
# A file is a loop over lines, and most of the work is done. What is left are questions that the documentation of a reader should answer, and that few do. This is what yours will promise, and why:
#
# | in the file | your reader | because |
# |---|---|---|
# | the same word twice | the **first** line counts | files are sorted by frequency, so the first is the better trained one |
# | a first line `400000 50` | is skipped | word2vec and fastText write such a **header**: number of words, number of dimensions |
# | a blank line, often the last | is skipped | it holds nothing |
# | lines ending in `\r\n` or in a space | as if they were not there | Windows and fastText write them |
# | a byte order mark at the very start | is not part of the first word | some editors put it there (`encoding="utf-8-sig"` drops it) |
# | a line with too few or too many numbers, or something else in their place | `ValueError` with the **file's name and the line's number** | with 400,000 lines you want to know where to look |
# | a packed file, `.zip` or `.gz` | `ValueError` for its first line | unpack it first, as shown above (`.gz`: `gzip.open` and `shutil.copyfileobj`) |
# | nothing | an empty dictionary | |
#
# A word about duplicates: if you write `vectors[word] = vector` in the loop, the **last** line wins. A rare, badly trained duplicate at the end of the file then replaces the good vector.
#
# ### How many dimensions?
#
# `parse_glove_line` wants to know `dim`. You could ask the user, but the file knows it: take the first line that holds a vector. Counting its spaces is not quite right, because its word might be `. . .`. The next cell has a better way: it counts from the right for as long as it sees numbers, and leaves at least one field for the word.


# %% tags=["setup"]
def dimension_of(line):
    """How many numbers a line of a GloVe file ends with; the first field is always (a part of) the word.

    Raises ValueError where there are none.
    """
    fields = line.rstrip(" \r\n").split(" ")
    numbers = 0
    while numbers < len(fields) - 1 and is_number(fields[-1 - numbers]):
        numbers += 1
    if numbers == 0:
        raise ValueError("there are no numbers at the end of the line")
    return numbers


# %% tags=["demo"]
for line in ["the 0.418 0.25 -0.412", ". . . 0.5 -1 0.25", "2008 1 -1 2e-05", "at 5 0.1 0.2 0.3"]:
    print(f"{line!r:24} {dimension_of(line)} numbers")

# %% [markdown]
# Even a word that looks like a number (`2008`) is no problem. The last line shows the limit: if a word had a space and then a number, the count would be one too high. No published file begins like that. And if one did, you would hear of it: the second line would have a number too few.
#
# ## Only the words that you need
#
# Your task has perhaps 5,000 different words. The file has 400,000, or two million. The lecture that this course follows says to load everything into a dictionary and then to select the words of the task "to save memory". But by then the memory has been spent. Select **while you read**: look at the word of each line first, and convert the numbers only if you want it. Converting text to numbers is also what takes most of the time.
#
# So `load_glove` gets a second argument, `keep`: the words that you want. The vocabulary dictionary of your task will do, since a dictionary is a collection of its keys.
#
# ### Exercise: load a file
#
# Write `load_glove`. Do it in two steps. First ignore `keep` and read everything, until the first four checks pass. Then add `keep` and run the last two. Hints:
#
# - `enumerate(file, start=1)` numbers the lines as an editor does.
# - `open(path, encoding="utf-8-sig")` reads UTF-8 and drops a byte order mark. Loop over the file object; `read().splitlines()` would also break lines at NEL.
# - `re.fullmatch(r"\d+ \d+", text)` recognises a header; `re` is imported.
# - `dictionary.setdefault(word, vector)` keeps what is already there.
# - To add the file's name and the number to an error: `except ValueError as error: raise ValueError(f"…: {error}") from None`.


# %% exercise="load_glove"
def load_glove(path, keep=None):
    """Read word vectors from a file in GloVe's text format.

    Parameters
    ----------
    path : str or pathlib.Path
        A text file in UTF-8 (unpack a .zip or .gz first). On each line a word and its numbers, as `parse_glove_line` reads
        them; the first such line says how many numbers there are (`dimension_of`). Words may contain spaces and other
        white space but no line break; a line ends at "\\n" or "\\r\\n", and nowhere else ("\\x85" does not end it).
        A first line of two whole numbers and nothing else is a header and is skipped. Blank lines are skipped.
        A byte order mark at the start of the file does not belong to the first word. The last line may lack its end.
    keep : collection of str, optional
        The words to read: a list, a tuple, a set, or a dictionary whose keys they are; it is not changed. Lines of
        other words are passed over; their numbers are not looked at, so they may even be malformed. Words that are
        not in the file are not in the result. If `keep` is empty, so is the result. Reading may stop once every word
        is found.
        Without it (None), all words are read.

    Returns
    -------
    dict of str to ndarray, shape (dimension,), float32
        Where a word has several lines, the first one counts. An empty file gives an empty dictionary.

    Raises
    ------
    ValueError
        If a line is malformed (`parse_glove_line` raises ValueError). The message contains the name of the file and the
        number of the line, counted from 1, with header and blank lines included.
    """
    ### BEGIN SOLUTION
    wanted = None if keep is None else set(keep)
    beginnings = {word.partition(" ")[0].encode() for word in wanted or ()}
    line_of, number, dim = {}, None, None  # for each word its line, in the order of the file; the line we are at

    def numbers_by_line(file):  # yields the numbers of each line that counts, still as text, and notes its word
        nonlocal number, dim
        for number, line in enumerate(file, start=1):
            if dim and wanted is not None and line.partition(b" ")[0] not in beginnings:
                continue  # nearly every line ends here, after a look at its first bytes
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip(" \r\n")
            if not text or (number == 1 and re.fullmatch("[0-9]+ [0-9]+", text)):
                continue
            dim = dim or dimension_of(text)
            word, _, numbers = text.partition(" ")
            if text.count(" ") != dim or not word or word in line_of:
                word, _ = parse_glove_line(text, dim)  # spaces in the word, a second line: look closely
                numbers = text[len(word) + 1 :]
            if word not in line_of and (wanted is None or word in wanted):
                line_of[word] = number
                yield numbers
            if line_of.keys() == wanted:
                return  # every wanted word is found

    try:
        with open(path, "rb", buffering=READ_AHEAD) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # loadtxt warns where there is nothing to read, which is no mistake here
            matrix = np.loadtxt(numbers_by_line(file), dtype=np.float32, comments=None, delimiter=" ", ndmin=2)
    except ValueError as error:
        raise ValueError(f"{path}, line {number}: {error}") from None
    for row in np.flatnonzero(~np.isfinite(matrix).all(axis=1)):
        raise ValueError(f"{path}, line {list(line_of.values())[row]}: a number is nan, infinite or too large")
    return dict(zip(line_of, matrix))
    ### END SOLUTION


# %% check="load_glove" points=2
# Every word of a file with its vector
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "vectors.txt"
    path.write_text("cat 0.5 -1.0\ndog 0.25 2.0\nnaïve 1e-05 3\n", encoding="utf-8")
    got = load_glove(path)
assert isinstance(got, dict), f"return a dictionary from word to vector, not {type(got).__name__}"
assert "naÃ¯ve" not in got, "'naïve' was read as 'naÃ¯ve': the file is UTF-8, not Latin-1; open it with an encoding"
assert set(got) == {"cat", "dog", "naïve"}, (
    f"the words are the keys: expected cat, dog and naïve, got {sorted(map(str, got))}"
)
for word, expected in {"cat": [0.5, -1.0], "dog": [0.25, 2.0], "naïve": [1e-05, 3]}.items():
    vector = got[word]
    assert isinstance(vector, np.ndarray), f"each vector is a NumPy array, got {type(vector).__name__}"
    assert vector.shape == (2,), f"each line has 2 numbers, so shape (2,); {word!r} has {vector.shape}"
    assert vector.dtype == np.float32, f"the vectors are float32, {word!r} is {vector.dtype}"
    assert np.allclose(vector, expected, rtol=1e-6, atol=0), f"the vector of {word!r} is {expected}, got {vector}"
print("load_glove: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(52)
for dim, words in [(1, 3), (4, 1), (25, 60), (300, 12)]:
    rows = {f"w{i}": [f"{x:.4g}" for x in rng.normal(size=dim)] for i in rng.permutation(500)[:words]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.vectors.txt"
        path.write_text("".join(f"{word} {' '.join(row)}\n" for word, row in rows.items()), encoding="utf-8")
        got = load_glove(str(path))
    assert len(got) == words, f"a file of {words} lines, {dim} numbers on each: expected {words} words, got {len(got)}"
    for word, row in rows.items():
        assert word in got, f"the word {word!r} of the file is missing"
        assert got[word].shape == (dim,), f"lines of {dim} numbers: expected shape ({dim},), got {got[word].shape}"
        assert got[word].dtype == np.float32, f"the vectors are float32, got {got[word].dtype}"
        expected = np.array([float(x) for x in row])
        assert np.allclose(got[word], expected, rtol=1e-6, atol=0), (
            f"each word has the numbers of its own line: for {word!r} expected {row[:3]} …, got {got[word][:3]}"
        )
### END HIDDEN TESTS


# %% check="load_glove" points=2
# Words with spaces, and other words that are not what one expects
def read(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.txt"
        path.write_bytes("".join(f"{word} {' '.join(map(str, row))}\n" for word, row in rows.items()).encode("utf-8"))
        try:
            return load_glove(path)
        except ValueError as error:
            first, row = next(iter(rows.items()))
            reason = "a word may contain spaces, no-break spaces and NEL: cut each line with parse_glove_line, and loop over "
            reason += "the file object (splitlines() ends a line at NEL, too)"
            if " " in first:
                reason = f"its first word is {first!r}: dimension_of counts the numbers of such a line from the right"
            raise AssertionError(
                f"every line of this file is a word and {len(row)} numbers, but there was a ValueError: {reason} ({error})"
            ) from None


rows = {"cat": (0.5, -1.0, 2.0), ".": (0.1, 0.2, 0.3), ". . .": (1.0, 2.0, 3.0), "at name@domain.com": (4.0, 5.0, 6.0)}
got = read(rows)
assert ". . ." in got, f"'. . .' is one word of this file; the words that you found are {list(got)}"
assert np.allclose(got["."], rows["."]), (
    f"'.' and '. . .' are two words: the vector of '.' is {rows['.']}, got {got['.']}"
)
assert set(got) == set(rows), f"expected the words {list(rows)}, got {list(got)}"
assert np.allclose(got[". . ."], rows[". . ."]), f"the vector of '. . .' is {rows['. . .']}, got {got['. . .']}"
print("words with spaces: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(53)
names = ["\x85", "new\xa0york", "\xa0", "2008", "nan", "#", '"', "'tis", ",", "café", "猫", "I", "i"]
names += ["\u2028", "\x1c", "\x0b", "to . . ."]
for first in ("the", "2008", "nan", ". . .", "at name@domain.com"):
    order = [first, *[names[i] for i in rng.permutation(len(names)) if names[i] != first]]
    rows = {name: tuple(round(float(x), 4) for x in rng.normal(size=5)) for name in order}
    got = read(rows)
    broken = "\x85" in rows and "\x85" not in got
    assert not broken, (
        "the word '\\x85' (NEL) got lost: it is white space to split(), strip() and splitlines(); "
        "loop over the file object, and cut only at ' '"
    )
    lost = [name for name in rows if name not in got]
    assert not lost, f"these words of the file are missing in the dictionary: {lost}"
    more = [name for name in got if name not in rows]
    assert not more, f"these are not words of the file: {more}"
    for name, row in rows.items():
        assert got[name].shape == (5,), f"every line has 5 numbers; {name!r} has shape {got[name].shape}"
        assert np.allclose(got[name], row, rtol=1e-6), f"the vector of {name!r} is {row}, got {got[name]}"
### END HIDDEN TESTS


# %% check="load_glove" points=2
# Duplicates, a header, blank lines and line ends
def read(text, what):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.txt"
        path.write_bytes(text.encode("utf-8"))
        try:
            return load_glove(path)
        except ValueError as error:
            raise AssertionError(
                f"{text[:60]!r} is a good file ({what}), but there was a ValueError: {error}"
            ) from None


got = read("cat 1 2\ndog 3 4\ncat 9 9\n", "cat has two lines")
assert not np.allclose(got["cat"], [9, 9]), (
    "'cat' has two lines, and the last one replaced the first: the first one counts"
)
assert np.allclose(got["cat"], [1, 2]), (
    f"'cat' has two lines and the first one counts: expected [1, 2], got {got['cat']}"
)
got = read("2 3\ncat 1 2 3\ndog 4 5 6\n", "its first line, two whole numbers, is a header to skip")
assert "2" not in got, "the first line, '2 3', is a header (2 words, 3 dimensions): skip it, '2' is no word here"
assert set(got) == {"cat", "dog"} and got["cat"].shape == (3,), (
    f"after the header come cat and dog, 3 numbers each; got {got}"
)
print("duplicates and header: the visible checks pass")
### BEGIN HIDDEN TESTS
for text, what in [
    ("cat 1 2\ndog 3 4", "the last line has no line break"),
    ("cat 1 2\ndog 3 4\n\n", "the last line is blank"),
    ("\ncat 1 2\n\n\ndog 3 4\n", "there are blank lines"),
    ("cat 1 2\r\ndog 3 4\r\n", "the lines end with \\r\\n, as on Windows"),
    ("cat 1 2\r\ndog 3 4\r\n\r\n", "the lines end with \\r\\n, and the last one is blank"),
    ("2 2\ncat 1 2 \ndog 3 4 \n", "a header, and a space at the end of each line, as fastText writes them"),
    ("2 2\r\ncat 1 2\r\ndog 3 4\r\n", "a header, and lines that end with \\r\\n"),
    ("\ufeffcat 1 2\ndog 3 4\n", "a byte order mark at the start"),
    ("\ufeff2 2\ncat 1 2\ndog 3 4\n", "a byte order mark, then a header"),
    ("cat 1 2\ndog 3 4\ndog 8 8\ncat 9 9\ncat 7 7\n", "duplicates; the first line of each counts"),
]:
    got = read(text, what)
    assert "\ufeffcat" not in got, (
        "the byte order mark stuck to the first word: '\\ufeffcat'; encoding='utf-8-sig' drops it"
    )
    assert set(got) == {"cat", "dog"}, f"{what}: expected the words cat and dog, got {list(got)}"
    for word, expected in {"cat": [1, 2], "dog": [3, 4]}.items():
        assert got[word].shape == (2,), f"{what}: each vector has 2 numbers, got shape {got[word].shape}"
        assert np.allclose(got[word], expected), f"{what}: the vector of {word!r} is {expected}, got {got[word]}"
got = read("7 1 2\n8 3 4\n", "no header, that has exactly two numbers; the words are 7 and 8")
assert set(got) == {"7", "8"}, f"'7 1 2' is no header (that has exactly two numbers) but the word '7'; got {list(got)}"
got = read("cat 1 2\n8 3 4\n", "the words are cat and 8")
assert set(got) == {"cat", "8"}, f"only the first line can be a header; expected the words cat and 8, got {list(got)}"
for nothing in ("", "\n", "3 50\n"):
    got = read(nothing, "without any vector, so the dictionary is empty")
    assert isinstance(got, dict) and not got, (
        f"a file without vectors, {nothing!r}, gives an empty dictionary, got {got!r}"
    )
### END HIDDEN TESTS


# %% check="load_glove" points=2
# A malformed line is reported with file and line
def complaint(text, name="vectors.txt"):
    """The message of the ValueError, without the path; None if there was none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode("utf-8"))
        try:
            load_glove(path)
        except ValueError as error:
            message = str(error)
            assert name in message, f"name the file in the message: expected {name!r} in it, got {message!r}"
            return message.replace(str(path), "").replace(name, "")
        except (IndexError, KeyError, TypeError) as error:
            raise AssertionError(
                f"raise ValueError for a malformed line; it was {type(error).__name__}: {error}"
            ) from None
    return None


good = "".join(f"w{i} 0.5 0.25\n" for i in range(1000, 1012))  # lines 1 to 12
said = complaint(good + "cat 0.5\n" + good)
assert said is not None, "line 13 has one number instead of two: raise ValueError, do not pass over it or store it"
assert "13" in re.findall(r"\d+", said), f"say in the message that it was line 13; got {said!r}"
print("malformed lines: the visible checks pass")
### BEGIN HIDDEN TESTS
many = "".join(f"w{i} 0.5 0.25 0.75\n" for i in range(1000, 1136))  # lines 1 to 136
for text, line, what in [
    (many + "cat 0.5 oops 0.75\n" + many.replace("w", "v"), 137, "has the text 'oops' where a number should be"),
    (many + "w1005 0.5 oops 0.75\n", 137, "is malformed, although its word had a line before (that one counts)"),
    (many + "cat 0.5\n", 137, "was cut off, in the last line of the file"),
    (many + "cat 0.5 0.25", 137, "was cut off, in the last line of the file, without a line break"),
    ("400000 3\n" + many + "\n\ncat 0.5 0.25\n", 140, "is short, after a header and two blank lines, which count"),
    ("\n" + many + ". . . 0.5 0.25\n" + many.replace("w", "v"), 138, "has a word with spaces and one number too few"),
    (many.replace("w1041 0.5", "w1041 zero"), 42, "has a word in the place of its first number"),
    (many.replace("w1061 0.5", "w1061 nan"), 62, "has nan among its numbers"),
    (many.replace("w1061 0.5", "w1061 1e+39"), 62, "has 1e+39, which is too large for float32"),
    (many.replace("w1061 0.5", f"w1061 -{7**50}"), 62, "has a number of 43 digits, which is too large for float32"),
    (many.replace("w1081", ""), 82, "has no word before its numbers"),
    (many.replace("w1101", "w1101 0.5"), 102, "has a number too many"),
    ("cat\n" + many, 1, "has no numbers at all, and it is the first one"),
]:
    said = complaint(text, "glove.txt")
    assert said is not None, f"line {line} {what}: raise ValueError"
    found = [int(number) for number in re.findall(r"(?<![\w.])\d+(?![\w])", said)]
    assert line - 1 not in found or line in found, (
        f"line {line} {what}; you said line {line - 1}. Lines are counted from 1, header and blank lines included"
    )
    assert line in found, f"line {line} {what}; the message should contain {line}, got {said!r}"
### END HIDDEN TESTS

# %% check="load_glove" points=1
# keep: only the words that are wanted
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "vectors.txt"
    path.write_text("the 1 2\n. . . 3 4\n. 5 6\ncat 7 8\ndog 9 10\ncat 0 0\n", encoding="utf-8")
    got = load_glove(path, keep=["cat", ".", "unicorn"])
assert "dog" not in got, "'dog' is not in keep, so it is not in the result"
assert "unicorn" not in got, "'unicorn' is not in the file: leave it out instead of making a vector up"
assert set(got) == {"cat", "."}, f"of cat, '.' and unicorn the file has cat and '.', got {list(got)}"
assert not np.allclose(got["."], [3, 4]), (
    "'.' got the vector of '. . .': compare the whole word, not the start of the line"
)
assert np.allclose(got["."], [5, 6]), f"the vector of '.' is [5, 6], got {got['.']}"
assert np.allclose(got["cat"], [7, 8]), f"the first line of 'cat' counts, [7, 8]; got {got['cat']}"
print("keep: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(54)
names = [f"w{i}" for i in range(300)] + [
    ". . .",
    "at name@domain.com",
    "at",
    "\x85",
    "new\xa0york",
    "new",
    "2008",
    "nan",
    "café",
]
names = [names[i] for i in rng.permutation(len(names))]
rows = [(name, tuple(round(float(x), 3) for x in rng.normal(size=6))) for name in names]
rows += [(names[i], (0.0,) * 6) for i in rng.integers(0, len(names), size=30)]  # second lines, which do not count
first = dict(reversed(rows))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "vectors.txt"
    path.write_bytes("".join(f"{name} {' '.join(map(str, row))}\n" for name, row in rows).encode("utf-8"))
    odd = [". . .", "at name@domain.com", "\x85", "new\xa0york", "nan", "café"]
    some = [names[i] for i in rng.permutation(len(names))[:40]]
    for wanted in (
        some,
        set(odd),
        tuple(odd + some),
        {"at": 1, "2008": 2, "absent": 3},
        ["w7"],
        ["w7", "w7", "w8"],
        names,
    ):
        before = type(wanted)(wanted)
        got = load_glove(path, keep=wanted)
        assert wanted == before, f"load_glove changed the {type(wanted).__name__} that was passed as keep"
        expected = {name for name in wanted if name in first}
        lost = expected - set(got)
        assert not lost, (
            f"with keep as a {type(wanted).__name__} these wanted words of the file are missing: {sorted(lost)[:5]}"
        )
        assert set(got) == expected, (
            f"these words were not asked for, or are not in the file: {sorted(set(got) - expected)[:5]}"
        )
        for name in expected:
            assert got[name].dtype == np.float32, f"the vectors are float32 with keep, too; got {got[name].dtype}"
            assert got[name].shape == (6,), f"every line has 6 numbers; {name!r} has shape {got[name].shape}"
        expected = sorted(expected)
        close = np.isclose([got[name] for name in expected], [first[name] for name in expected], rtol=1e-6).all(axis=1)
        for name in np.array(expected)[~close]:
            raise AssertionError(f"the vector of {name!r} is {first[name]} (its first line), got {got[name]}")
### END HIDDEN TESTS


# %% check="load_glove" points=1
# keep: the lines of other words are passed over
def read(text, keep):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.txt"
        path.write_bytes(text.encode("utf-8"))
        try:
            return load_glove(path, keep=keep)
        except ValueError as error:  # its message without the folder, whose name may have numbers, too
            raise ValueError(str(error).replace(str(path.parent), "")) from None


try:
    got = read("the 1 2 3\nlamp 4 oops 6\ncat 7 8 9\n", {"cat"})
except ValueError as error:
    raise AssertionError(
        "the malformed line is that of 'lamp', which is not wanted: look at the word first, "
        f"and at the numbers only if it is in keep ({error})"
    ) from None
assert set(got) == {"cat"}, f"only 'cat' is wanted, got {list(got)}"
got = read("the 1 2\ncat 3 4\n", set())
assert "cat" not in got, (
    "keep is empty, so nothing is wanted: `if keep` is also false for an empty set; ask `keep is None`"
)
assert got == {}, f"keep is empty, so nothing is wanted: expected an empty dictionary, got {got}"
print("passing over other lines: the visible checks pass")
### BEGIN HIDDEN TESTS
bad = ["lamp 1 2\n", "lamp 1 2 x\n", "lamp 1 2 3 4 5\n", "lamp\n", "lamp nan 1 2\n"]
for line in bad:
    try:
        got = read("the 1 2 3\n" + line + "cat 7 8 9\n", ["cat", "dog"])
    except ValueError as error:
        raise AssertionError(
            f"{line!r} is a line of an unwanted word: pass over it without reading its numbers ({error})"
        ) from None
    assert set(got) == {"cat"} and np.allclose(got["cat"], [7, 8, 9]), f"cat is there, dog is not; got {got}"
for line in ("cat 1 x 3\n", "cat nan 1 2\n", "cat 1 2 3#4\n", "cat 1 2 3\t4\n"):
    try:
        got = read("the 1 2 3\n" + line + "dog 7 8 9\n", ["cat"])
    except ValueError as error:
        assert "vectors.txt" in str(error) and "2" in re.findall(r"\d+", str(error)), (
            f"a wanted line is malformed: the message names the file and line 2, got {error}"
        )
    else:
        raise AssertionError(f"{line!r} is malformed, and 'cat' is wanted: raise ValueError, you returned {got}")
for nothing in ([], (), {}, set()):
    got = read("3 2\nthe 1 2\ncat 3 4\ndog 5 6\n", nothing)
    assert got == {}, f"keep={nothing!r} wants nothing: expected an empty dictionary, got {list(got)}"
assert len(read("the 1 2\ncat 3 4\n", None)) == 2, "keep=None reads all words"
got = read("3 2\nthe 1 2\ncat 3 4\n. . . 5 6\n", {". . .": 1})
assert set(got) == {". . ."} and np.allclose(got[". . ."], [5, 6]), (
    f"keep with a header and a word with spaces: got {got}"
)
### END HIDDEN TESTS

# %% [markdown]
# Now let it loose on real lines. The first file has one of each peculiar word that you have met; the second one is broken.

# %% tags=["demo"]
for word, vector in load_glove(data_path("peculiar.glove.txt")).items():
    print(f"{word!r:22} {vector}")
try:
    load_glove(data_path("broken.short_row.txt"))
except ValueError as error:
    print(str(error).rpartition("/")[2])

# %% [markdown]
# *the* has two lines in that file, and yours is the first one (its numbers begin with 0.418, not with 9). The message about the broken file says where to look.
#
# ## What it saves, measured
#
# Here is the claim to test: a dictionary of everything grows with the file, whereas `keep` grows with your task. The next cell makes files of 2,000 to 10,000 lines, wants the same 300 words each time, and measures two ways: load everything and select afterwards, or select while reading. `tracemalloc` reports the peak of the memory that Python and NumPy took.


# %% tags=["setup"]
def measure(job, *arguments):
    """Seconds and peak memory (MiB) of `job(*arguments)`, in two runs, because watching memory slows a program down."""
    start = time.perf_counter()
    job(*arguments)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    job(*arguments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 2**20


# %% tags=["demo"]
def everything_then_select(path, words):
    return {word: vector for word, vector in load_glove(path).items() if word in words}


lines = data_path("glove.course.50d.txt").read_bytes().splitlines(keepends=True)
task = {line.partition(b" ")[0].decode() for line in lines[::33][:300]} | {"a word that no file has"}
sizes, everything, selected = [2000, 4000, 6000, 8000, 10_000], [], []
with tempfile.TemporaryDirectory() as folder:
    for size in sizes:
        path = Path(folder) / f"{size}.txt"
        path.write_bytes(b"".join(lines[:size]))
        everything.append(measure(everything_then_select, path, task))
        selected.append(measure(load_glove, path, task))
print(f"all lines: {everything[-1][0]:.3f} s, {everything[-1][1]:.1f} MiB")
print(f"with keep: {selected[-1][0]:.3f} s, {selected[-1][1]:.1f} MiB")

# %% tags=["demo"]
fig, axes = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
for ax, column, name in zip(axes, [1, 0], ["peak memory in MiB", "time in seconds"], strict=True):
    for measured, label, marker in [
        (everything, "everything, then select", "o"),
        (selected, "keep while reading", "s"),
    ]:
        ax.plot(sizes, [pair[column] for pair in measured], marker=marker, label=label)
    ax.set(xlabel="lines in the file", ylabel=name, title=name.partition(" in")[0].capitalize(), ylim=(0, None))
axes[0].legend()
plt.show()

# %% [markdown]
# Each point is one file. The line with circles (everything, then select) rises with the length of the file, in memory and in time. The line with squares (`keep`) stays near the bottom, because only some 300 words are ever turned into numbers. If your two lines lie on top of each other, your function converts every line first and selects afterwards: move the question "is it wanted?" up.
#
# The full-size files have forty to two hundred times as many lines, and longer ones. The next cell estimates the dictionary of everything from the numbers alone: 4 bytes for each number, and about 170 bytes for the array object, the word and their place in the dictionary.

# %% tags=["demo"]
for name, words, dim in [
    ("glove.6B.100d", 400_000, 100),
    ("glove.6B.300d", 400_000, 300),
    ("glove.840B.300d", 2_200_000, 300),
]:
    everything_gb, task_mb = words * (4 * dim + 170) / 1e9, 5000 * (4 * dim + 170) / 1e6
    print(f"{name:16} everything: {everything_gb:4.2f} GB    5,000 words of a task: {task_mb:3.1f} MB")

# %% [markdown]
# Binder guarantees you 1 GB for everything, TensorFlow included. The largest file does not fit there as a dictionary; the words of your task do.
#
# ### How fast can it get?
#
# A simple loop that asks `if word not in keep: continue` before it converts anything is good enough for any lesson. If you look into the solved notebook, you will find a version with three more ideas, each worth knowing for large files of any kind:
#
# 1. **Stay with bytes.** The file is opened in binary mode, with a larger buffer. Only the few wanted lines are decoded to text.
# 2. **Ask a cheap question first.** The bytes before the first space are looked up in the set of the *beginnings* of all wanted words. `. . .` begins with `.`, so nothing is lost; the exact test comes only for the lines that get through.
# 3. **Convert in one go.** The wanted lines are handed to `np.loadtxt` one after the other by a generator (a function with `yield`), so that the conversion runs in C, and still no more than one line is in memory as text.
#
# To pick 20,000 words out of 400,000 lines it needs about three times as long as a loop over the lines that does nothing at all, and it stops as soon as every wanted word is found. Because frequent words come first, that is often early.
#
# ## Other ways to read the file
#
# - **gensim**: `KeyedVectors.load_word2vec_format(path, no_header=True)` reads GloVe files without spaces in the words. It reads everything (or the first `limit` lines). Without `no_header=True` it takes the first line for a header and stops with `invalid literal for int()`. Older tutorials convert the file with a script `glove2word2vec` first; that is no longer needed.
# - **pandas**: `read_csv(path, sep=" ", header=None, quoting=csv.QUOTE_NONE, na_filter=False)`. Without the last two settings the word `"` swallows the lines after it, and the words `null` and `nan` become missing values. Words with spaces still stop it.
# - **np.loadtxt** or `np.genfromtxt` on the whole file: `#` is a word of the file, and starts a comment for them.
#
# ## Quiz
#
# Think of an answer first, then open the choices.
#
# **1. Why is a line cut from the right?**
#
# <details><summary>A. Because it is faster than cutting from the left</summary>
# No. The speed is about the same. It is about which of the two is right.
# </details>
# <details><summary>B. Because the number of numbers is known and the form of the word is not</summary>
# Right. A word may hold spaces, but there are always <code>dim</code> numbers at the end of the line.
# </details>
# <details><summary>C. Because the vectors are stored in reverse order</summary>
# No. The first number of the line is the first dimension, and <code>rsplit</code> leaves the order as it is.
# </details>

# %% [markdown]
# **2. A file has 400,000 lines, and your dictionary has 399,996 words. All lines are well-formed. What happened?**
#
# <details><summary>A. Four words occur twice, so their later lines were not stored</summary>
# Right. A dictionary has each key once. Therefore never assume that the number of words equals the number of lines.
# </details>
# <details><summary>B. Four words had spaces and were skipped</summary>
# No. Words with spaces are stored under their full name. (A reader that takes only the part before the first space would lose them: they would collide with other words.)
# </details>
# <details><summary>C. The file was cut off while it was downloaded</summary>
# No. Then lines would be missing or the last one would be short, but the lines were counted and are well-formed.
# </details>

# %% [markdown]
# **3. Why float32?**
#
# <details><summary>A. Because the vectors in the file are float32</summary>
# No. The file is text and has no number type; GloVe computed in float64 and printed decimal digits.
# </details>
# <details><summary>B. Because it is more exact than float64</summary>
# No, it is the other way round. But float32 is more exact than the digits in the file, so nothing is lost.
# </details>
# <details><summary>C. Because it halves the memory, and Keras computes in float32 anyway</summary>
# Right. In a float64 matrix you pay twice, and Keras converts it in the end.
# </details>

# %% [markdown]
# **4. You read `glove.6B.100d.txt` with a reader that cuts from the right, and by mistake tell it `dim=50`. It does not check anything. What do you notice?**
#
# <details><summary>A. A <code>ValueError</code> at the first line</summary>
# No. With <code>rsplit(" ", 50)</code> every line yields something and 50 numbers. That is why your reader looks at the word.
# </details>
# <details><summary>B. At first nothing; later, that none of your words is found</summary>
# Right. Every word would carry fifty numbers in its name. The coverage that you compute in lesson 6 would be zero, which is a good reason to compute it.
# </details>
# <details><summary>C. The vectors are shorter, but usable</summary>
# No. They would be the last 50 numbers of each vector, but under names such as <code>the -0.038 -0.244</code>, which no text contains.
# </details>

# %% [markdown]
# **5. Memory runs out while you load `glove.840B.300d`. What helps?**
#
# <details><summary>A. Load it into a dictionary, select the words of the task, delete the rest</summary>
# No. The peak comes before you delete anything.
# </details>
# <details><summary>B. Pass <code>keep</code>, so that other lines are never converted</summary>
# Right. Then memory depends on your vocabulary, not on the file.
# </details>
# <details><summary>C. Open the file with <code>encoding="latin-1"</code></summary>
# No. That changes the words, not the memory, and makes words with accents unfindable.
# </details>

# %% [markdown]
# ## Summary
#
# - A GloVe file is UTF-8 text: a word, `dim` numbers, single spaces, no header, the most frequent word first.
# - Cut each line **from the right**, at plain spaces: `rsplit(" ", dim)`. Words may contain spaces, no-break spaces and NEL.
# - The dimension is found from the right, too; a line that does not fit is an error that names file and line.
# - The first line of a word counts. A first line with two whole numbers is a header of word2vec or fastText.
# - **float32** is your choice: half the memory, more exact than the file, and what Keras uses.
# - Select the words of your task **while** reading. Selecting afterwards saves nothing.
#
# ## Read on
#
# - [GloVe project page at Stanford](https://nlp.stanford.edu/projects/glove/): the paper, the files, and what the training does.
# - [GloVe repository on GitHub, with the list of files](https://github.com/stanfordnlp/GloVe#readme): the 2024 vectors and how they were made.
# - [GloVe issue 191, lines with more or fewer numbers](https://github.com/stanfordnlp/GloVe/issues/191): the words of this lesson, as others found them.
# - [Python's Unicode HOWTO](https://docs.python.org/3/howto/unicode.html): characters, encodings and what `open` does with them.
# - [gensim documentation of KeyedVectors](https://radimrehurek.com/gensim/models/keyedvectors.html): a library for word vectors, when you want more than a dictionary.
#
# **Next:** lesson 6 turns the dictionary into the matrix that an embedding layer starts from, and asks what to do about the words that were not found.
