"""Readers of word vectors, on files with every peculiarity of the published ones (`vector_files`).

For each file: exactly the documented result, or a ValueError that names file, line and reason.
"""

import re

import numpy as np
import pytest
from vector_files import BAD, GOOD

from autograde import data
from autograde.lesson import SOLUTIONS, read_lesson

LESSON = SOLUTIONS / "05_parsing_glove.py"
#: What is not right yet. A gap that was mended fails here until it is taken out.
GAPS = {
    "load_glove": set(),
    "load_vectors": set(),
}


@pytest.fixture(scope="module")
def load_glove():
    """The reference solution of lesson 5."""
    pytest.importorskip("matplotlib").use("Agg")
    namespace = {}
    for cell in read_lesson(LESSON).cells:
        if cell.kind in ("setup", "exercise"):
            exec(compile(cell.source, LESSON.name, "exec"), namespace)
    return namespace["load_glove"]


@pytest.fixture
def load_vectors(monkeypatch):
    """The loader that the other lessons use, with a path as its first argument."""

    def load(path, keep=None):
        monkeypatch.setenv(data.VECTORS_SETTING, str(path))
        return data.load_vectors(keep)

    return load


@pytest.fixture
def write(tmp_path):
    """Write the file of a case; returns its path."""

    def write(case):
        path = tmp_path / case.name
        path.write_bytes(case.data)
        return path

    return write


def each(cases, reader):
    """Run a test for each case; `reader` says whose gaps are expected to fail."""
    gap = pytest.mark.xfail(strict=True, reason="a known gap, see GAPS")
    return pytest.mark.parametrize(
        "case",
        [
            pytest.param(case, id=case.name.partition(".txt")[0], marks=gap if case.name in GAPS[reader] else ())
            for case in cases
        ],
    )


def assert_same(got, expected):
    """The same words, and the same vectors to the last bit of float32."""
    assert sorted(got) == sorted(expected)
    for word, vector in expected.items():
        assert isinstance(got[word], np.ndarray), word
        assert got[word].dtype == np.float32, word
        assert got[word].shape == vector.shape, word
        assert got[word].tobytes() == vector.tobytes(), (word, got[word], vector)


def assert_complains(load, case, path, keep=None):
    """A ValueError whose message names the file and the line, and says something more."""
    with pytest.raises(ValueError, match=re.escape(case.name)) as raised:
        load(path, keep)
    rest = str(raised.value).rpartition(case.name)[2]
    assert str(case.error[0]) in re.findall(r"\d+", rest), f"line {case.error[0]} is not named: {raised.value}"
    assert len(re.findall(r"[a-z]{2,}", rest)) >= 4, f"no reason is given: {raised.value}"


def selections(case):
    """Wanted words: each word alone, half of them, all of them, others besides; in every kind of collection."""
    words = [word for word, _ in case.rows]
    yield from ([word] for word in words[:3] + words[-3:])
    yield set(words[::2])
    yield tuple(words[1::2])
    yield dict.fromkeys(reversed(words), 1)
    yield [*words, *words, "a word of no file", ". . . ."]
    yield ["a word of no file"]
    yield []


# The reference solution of lesson 5


@each(GOOD, "load_glove")
def test_load_glove_reads(load_glove, write, case):
    path = write(case)
    assert_same(load_glove(path), case.vectors)
    assert_same(load_glove(str(path)), case.vectors)


@each(GOOD, "load_glove")
def test_load_glove_selects(load_glove, write, case):
    path, everything = write(case), case.vectors
    for keep in selections(case):
        expected = {word: everything[word] for word in keep if word in everything}
        assert_same(load_glove(path, keep=keep), expected)


@each(BAD, "load_glove")
def test_load_glove_complains(load_glove, write, case):
    assert_complains(load_glove, case, write(case))


@each([case for case in BAD if case.error[0] > 1], "load_glove")
def test_load_glove_complains_about_wanted_words_only(load_glove, write, case):
    path, (line, word) = write(case), case.error
    if word and line > 2:
        assert_complains(load_glove, case, path, keep=[word])
        assert_complains(load_glove, case, path, keep={"w1003", word, "absent"})
    assert list(load_glove(path, keep=["w1003", "absent"])) == ["w1003"]


def test_load_glove_of_a_file_that_is_not_there(load_glove, tmp_path):
    with pytest.raises(FileNotFoundError):
        load_glove(tmp_path / "none.txt")


# The loader of the other lessons


@each(GOOD, "load_vectors")
def test_load_vectors_reads(load_vectors, write, case):
    path, everything = write(case), case.vectors
    assert_same(load_vectors(path), everything)
    for keep in selections(case):
        assert_same(load_vectors(path, keep), {word: everything[word] for word in keep if word in everything})


def test_load_vectors_gives_everybody_vectors_of_their_own(load_vectors, tmp_path):
    path = tmp_path / "vectors.txt"
    path.write_text("the 1 2\ncat 3 4\n")
    first = load_vectors(path)
    first["the"][:] = 9
    del first["cat"]
    assert_same(load_vectors(path), {"the": np.float32([1, 2]), "cat": np.float32([3, 4])})
    path.write_text("the 5 6\n")
    assert_same(load_vectors(path), {"the": np.float32([5, 6])})


@each(BAD, "load_vectors")
def test_load_vectors_complains(load_vectors, write, case):
    assert_complains(load_vectors, case, write(case))


# Another program's reading of the same files


@each([case for case in GOOD if case.gensim], "load_glove")
def test_gensim_agrees(load_glove, write, case):
    from gensim.models import KeyedVectors

    path = write(case)
    theirs = KeyedVectors.load_word2vec_format(path, no_header=case.gensim == "plain")
    assert_same({word: theirs[word] for word in theirs.index_to_key}, load_glove(path))
