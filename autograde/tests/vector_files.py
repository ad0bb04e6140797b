"""Small files of word vectors, each with something of the published files that breaks readers, and the right reading.

No real file is copied here: the words are those that people stumbled over, the numbers are made up. Where each
peculiarity was met is said in the note of its case.
"""

import gzip
import io
import zipfile
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Case:
    """One file and the right reading of it.

    Attributes
    ----------
    name : str
        Short; also the name of the file, with its ending.
    data : bytes
        The content of the file.
    rows : tuple of (str, tuple of str)
        The words with their numbers as written, in the order of the file, a second line of a word left out.
        Empty where the file is malformed.
    note : str
        Where it was met, and what goes wrong with it.
    error : tuple of (int, str) or None
        For a malformed file the number of the line to name, and the word of that line; "" where it cannot be told.
    gensim : {"", "plain", "header"}
        How gensim reads it, if it does: without or with a header line.
    glove : bool
        Whether a file that Stanford publishes looks like this. (The rest: word2vec, fastText, editors, accidents.)
    """

    name: str
    data: bytes
    note: str
    rows: tuple = ()
    error: tuple | None = None
    gensim: str = ""
    glove: bool = False

    @property
    def vectors(self):
        """The right result: for each word its numbers, rounded once to float32."""
        return {word: np.array([float(number) for number in numbers]).astype(np.float32) for word, numbers in self.rows}


def numbers(count, seed):
    """Numbers as GloVe prints them, four to eight characters long."""
    return tuple(f"{x:.5g}" for x in np.random.default_rng(seed).normal(scale=0.4, size=count))


def rows_of(words, dimension=4, seed=0):
    """Words with made-up numbers."""
    return tuple((word, numbers(dimension, seed * 1000 + i)) for i, word in enumerate(words))


def text_of(rows, end="\n"):
    """The lines of a file."""
    return "".join(f"{word} {' '.join(row)}{end}" for word, row in rows)


def good(name, words, note, dimension=4, form="{}", end="\n", **more):
    """A well-formed case: `form` is put around the text of the lines."""
    rows = rows_of(words, dimension, seed=len(name))
    return Case(f"{name}.txt", form.format(text_of(rows, end)).encode(), note, rows, **more)


def bad(name, lines, note, line, word):
    """A malformed case of a few lines of text."""
    return Case(f"{name}.txt", lines.encode(), note, error=(line, word))


PLAIN = ("the", ",", ".", "of", "cat", "naïve", "n't", "'s")
#: Words of glove.6B that table and number readers take for something else.
SPECIAL = ("the", '"', "'", "#", "nan", "null", "inf", "none", "2008", "3.14", "-", "1e5", "\\", "%", "unk")
SPACES = ("the", ". . .", ".", "at name@domain.com", "at", ". . . . .", "to", "to name@domain.com", "Email", "EMAIL")
NO_BREAK = ("new\xa0york", "\xa0", "york", "\xa0\xa0", "new", "10\xa0000")
CONTROL = (
    "<user>",
    "\x85",
    "\x85\x85",
    "\x1c",
    "\x0b",
    "\x0c",
    "\u2028",
    "\u3000",
    "\u200b",
    "\ufeff",
    "😂",
    "#tbt",
    ":)",
)
REPLACED = (
    "\ufffd" * 15,
    "\ufffd",
    "\u00c3\u00a9",
    "\ufb01",
    "\u732b",
    "\u00e9t\u00e9",
    "e\u0301te\u0301",
    "na\u00efve",
)

_rows = rows_of(PLAIN, seed=77)
_first, _later = rows_of(("the", "cat", "dog"), seed=1), rows_of(("the", "cat", "the", "dog"), seed=2)
_twice = (_first[0], _later[0], _first[1], _later[1], _later[2], _first[2], _later[3])
_long = (("the", tuple(f"-0.{x:06d}" for x in range(1, 300_000, 1_003))), ("cat", numbers(300, 3)))
_zip = io.BytesIO()
with zipfile.ZipFile(_zip, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("glove.txt", text_of(_rows))
_stored = io.BytesIO()
with zipfile.ZipFile(_stored, "w") as _archive:
    _archive.writestr("glove.txt", text_of(_rows))

#: How a case looks that Stanford publishes and gensim can read.
BOTH = {"gensim": "plain", "glove": True}
GOOD = (
    good("plain", PLAIN, "nothing peculiar", **BOTH),
    good("special", SPECIAL, "glove.6B: table readers see quotations, comments and missing values", **BOTH),
    good("spaces", SPACES, "glove.840B, GloVe issues 150 and 191: one word, several fields", glove=True),
    good("spaces_first", SPACES[1:], "as above in the first line, which tells the dimension"),
    good("no_break_space", NO_BREAK, "glove.840B: white space to str.split and str.strip", **BOTH),
    good("control", CONTROL, "glove.twitter, GloVe issue 159: line ends to str.splitlines", **BOTH),
    good("replaced", REPLACED, "glove.840B line 140649, GloVe issue 17; and other alphabets", **BOTH),
    good("cased", ("the", "The", "THE", "I", "i", "\u0130", "\u00df", "SS"), "glove.840B: case matters", **BOTH),
    good("number_first", ("2008", "7", "the"), "a first word that looks like a part of a header", **BOTH),
    good("one_word", ("the",), "a file of one line", **BOTH),
    good("large", tuple(f"w{i}" for i in range(2500)), "longer than a read buffer", 25, **BOTH),
    Case("300d.txt", text_of(_long).encode(), "300 numbers: a line of 3,000 characters", _long, **BOTH),
    Case("no_final_newline.txt", text_of(_rows)[:-1].encode(), "the last line may lack its end", _rows, **BOTH),
    Case("duplicates.txt", text_of(_twice).encode(), "glove.840B: the first line of a word counts", _first, glove=True),
    Case("blank_last_line.txt", text_of(_rows).encode() + b"\n", "editors add one", _rows),
    Case("blank_lines.txt", b"\n" + text_of(_rows, end="\n\n").encode(), "blank lines hold nothing", _rows),
    Case("carriage_return.txt", b"a\rb 1 2\ncat 3 4\n", "no line end by itself", (("a\rb", "12"), ("cat", "34"))),
    good("one_dimension", ("the", "cat", ". . ."), "lines of one number", dimension=1),
    good("header", PLAIN, "word2vec: number of words, dimension", form="8 4\n{}", gensim="header"),
    good("header_wrong", PLAIN, "a header that counts other words; it is not believed", form="400000 300\n{}"),
    good("header_spaces", SPACES, "a header, and words with spaces", form="10 4\n{}"),
    good("fasttext", PLAIN, "header, a space at the end of each line", form="8 4\n{}", end=" \n", gensim="header"),
    good("trailing_space", PLAIN, "a space at the end of each line, no header", end=" \n", gensim="plain"),
    good("crlf", PLAIN, "saved on Windows", end="\r\n", gensim="plain"),
    good("crlf_header", PLAIN, "saved on Windows, with header", form="8 4\r\n{}", end="\r\n", gensim="header"),
    good("bom", PLAIN, "saved by an editor that marks UTF-8", form="\ufeff{}"),
    good("bom_header", PLAIN, "as above, with header", form="\ufeff8 4\n{}"),
    good("bom_crlf", PLAIN, "saved by Notepad", form="\ufeff{}", end="\r\n"),
    Case("empty.txt", b"", "a download that brought nothing"),
    Case("only_newlines.txt", b"\n\n", "no vectors"),
    Case("only_header.txt", b"8 4\n", "no vectors"),
)

_good = text_of(rows_of([f"w{i}" for i in range(1000, 1012)], dimension=3))  # lines 1 to 12
BAD = (
    bad("short", _good + "cat 0.5 0.25\n" + _good.replace("w", "v"), "one number is missing", 13, "cat"),
    bad("short_last", _good + "cat 0.5", "cut off by a broken download", 13, "cat"),
    bad("short_spaces", _good + ". . . 0.5 0.25\n", "one number is missing, and the word has spaces", 13, ". . ."),
    bad("no_numbers", _good + "cat\n", "nothing but a word, or a number without one", 13, ""),
    bad("long", _good + "cat 0.5 0.25 0.125 0.75\n", "one number too many", 13, "cat"),
    bad("two_dimensions", _good + text_of(rows_of(["cat", "dog"], 6)), "two files in one", 13, "cat"),
    bad("text", _good + "cat 0.5 oops 0.125\n", "a word in the place of a number", 13, "cat"),
    bad("comma", _good + "cat 0,5 0,25 0,125\n", "saved by a program that writes decimal commas", 13, "cat"),
    bad("nan", _good + "cat 0.5 nan 0.125\n", "not a number", 13, "cat"),
    bad("inf", _good + "cat 0.5 0.25 -inf\n", "infinite", 13, "cat"),
    bad("overflow", _good + "cat 0.5 1e+39 0.25\n", "infinite once it is float32", 13, "cat"),
    bad("overflow_unsigned", _good + "cat 0.5 1E39 0.25\n", "infinite once it is float32", 13, "cat"),
    bad("overflow_digits", _good + f"cat 0.5 -{7**50} 0.25\n", "infinite once it is float32", 13, "cat"),
    bad("no_word", _good + " 0.5 0.25 0.125\n", "a word that got lost", 13, ""),
    bad("tabs", _good.replace(" ", "\t"), "saved by a table program", 1, "w1000"),
    bad("first_line", "cat\n" + _good, "a word alone in the first line", 1, "cat"),
    bad("title", "word x y z\n" + _good, "names of columns", 1, "word"),
    bad("header_short", "12 3\n\n" + _good + "cat 0.5\n", "header and blank line count as lines", 15, "cat"),
    Case("latin1.txt", _good.encode() + "naïve 1 2 3\n".encode("latin-1"), "not UTF-8", error=(13, "")),
    Case("utf16.txt", _good.encode("utf-16"), "saved by PowerShell's redirection", error=(1, "w1000")),
    Case("packed.gz", gzip.compress(text_of(_rows).encode(), mtime=0), "not unpacked", error=(1, "the")),
    Case("packed.zip", _zip.getvalue(), "not unpacked", error=(1, "the")),
    Case("stored.zip", _stored.getvalue(), "not unpacked; the text stands in it as it is", error=(1, "the")),
)

assert len(text_of(_long).splitlines()[0]) >= 3000
assert len({case.name for case in GOOD + BAD}) == len(GOOD + BAD)
