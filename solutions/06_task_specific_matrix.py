# %% [markdown] minutes=40
# # A task-specific matrix: which row belongs to which word?
#
# You have a vocabulary (words and their ids) and a dictionary of vectors (words and their numbers). An embedding layer wants neither. It wants a **matrix** whose row number 7 is the vector of the word with id 7. Building it takes six lines, and three things go wrong in published code again and again: a row too few, a wrong vector in a row, and words that are silently missing. In this lesson you build the matrix, measure how much of your text it covers, raise that share, and decide what to do about the rest.
#
# After this lesson you can
#
# - build a matrix of shape (words + 1, dimension) in float32, with row 0 for padding,
# - measure **coverage** in two ways, by types and by tokens, and say which words are missing,
# - find vectors for words that differ only in capitals and punctuation, and say why it is better to cut the text as the vectors' authors did,
# - compare four policies for missing words, with numbers,
# - say how much memory a task-specific matrix saves.
#
# You need the reader of lesson 5 in your head (not in this notebook: the helper `load_vectors` does its work) and a little NumPy.

# %% tags=["setup"]
import csv
import os
import re
import string
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from autograde.data import data_path, load_vectors

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow starts quietly in the cells that need it,
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # and rounds in the same way on every machine
plt.style.use("tableau-colorblind10")

# Punctuation as it occurs in texts: ASCII, and typographic quotation marks, dashes and dots.
PUNCTUATION = string.punctuation + "“”‘’„«»–—…"


def tokenize(text):
    """Lower-case `text`, drop ASCII punctuation and split at white space; returns a list of str."""
    return text.lower().translate(str.maketrans("", "", string.punctuation)).split()


def tokenize_like_glove(text):
    """Lower-case `text` and cut it as GloVe's authors cut theirs; returns a list of str.

    Punctuation marks are tokens, "don't" is do + n't, "city's" is city + 's; hyphens stay, and so do
    abbreviations such as "u.s.".
    """
    text = text.lower().replace("’", "'")
    return re.findall(r"n't\b|\w+(?=n't\b)|'\w+|(?:[a-z]\.){2,}|\w+(?:[-.]\w+)*|[^\w\s]", text)


with open(data_path("headlines.csv"), encoding="utf-8", newline="") as file:
    HEADLINES = list(csv.DictReader(file))
TRAIN = [row for row in HEADLINES if row["part"] == "train"]

# The vocabulary of the training texts, as in lesson 1: ids from 1, by falling frequency, then alphabetical.
COUNTS = Counter(word for row in TRAIN for word in tokenize(row["text"]))
VOCABULARY = {word: i for i, word in enumerate(sorted(COUNTS, key=lambda word: (-COUNTS[word], word)), start=1)}

# The vectors of all words that this lesson may ask for, and of no others, as in lesson 5.
spellings = {
    "do",
    "n't",
    "dont",
    "don't",
    "us",
    "u.s.",
    "dave",
    "daves",
    "stateoftheart",
    "state-of-the-art",
    "miss",
    "tour",
}
for row in HEADLINES:
    for token in row["text"].split():
        spellings |= {token, token.lower(), token.strip(PUNCTUATION), token.lower().strip(PUNCTUATION)}
    spellings |= {*tokenize(row["text"]), *tokenize_like_glove(row["text"])}
GLOVE = load_vectors(words=spellings)
DIM = len(next(iter(GLOVE.values())))

TOPICS = sorted({row["topic"] for row in HEADLINES})


def arrays(rows, length=12):
    """Ids, shape (texts, length), and topics of the texts that have a word of the vocabulary."""
    ids, topics = [], []
    for row in rows:
        known = [VOCABULARY[word] for word in tokenize(row["text"]) if word in VOCABULARY][:length]
        if known:
            ids.append(known + [0] * (length - len(known)))
            topics.append(TOPICS.index(row["topic"]))
    return np.array(ids, dtype=np.int32), np.array(topics)


# %% [markdown]
# ## The material
#
# The task of this lesson is the one that waits for you in lesson 7: short headlines in eight topics. Look at a few of them, at the vocabulary of the training part, and at the vectors. The setup cell has made all three.

# %% tags=["demo"]
for row in TRAIN[:4]:
    print(f"{row['topic']:9} {row['text']}")
print(f"{len(TRAIN):,} training texts, {sum(COUNTS.values()):,} tokens, {len(VOCABULARY):,} different words")
print("vocabulary:", dict(list(VOCABULARY.items())[:6]), "…")
print(f"vectors:    {len(GLOVE):,} words, {DIM} dimensions")

# %% [markdown]
# Two dictionaries with the same kind of key. A word's id comes from *your* texts, its vector from *somebody else's*. Only the word itself connects them.
#
# (If the setting `EMBEDDING_COURSE_VECTORS` names a file of published vectors, this lesson uses those. Then more words are found, and the numbers that the cells print differ; what the text says about them does not.)
#
# ## From two dictionaries to one matrix
#
# The recipe of the lecture: make a matrix of zeros with one row more than there are words, go through the vocabulary, and where a word has a vector, write it into the row that has the word's id as its number.
#
# Why one row more? Ids start at 1 and end at the number of words, so the last id is `len(vocabulary)`, and a matrix needs `len(vocabulary) + 1` rows to have a row with that number. Row 0 is left over, and it is exactly what padding needs. Here it is by hand, for three words:

# %% tags=["demo"]
small_vocabulary = {"hot": 1, "tea": 2, "xyzzy": 3}
small_glove = {"tea": [0.5, 0.8], "hot": [0.9, 0.1], "ice": [-0.8, 0.4]}
matrix = np.zeros((len(small_vocabulary) + 1, 2), dtype=np.float32)
matrix[1] = small_glove["hot"]
matrix[2] = small_glove["tea"]
for i, row in enumerate(matrix):
    print(f"row {i}: {row}  {dict(zip([0, 1, 2, 3], ['padding', *small_vocabulary], strict=True))[i]}")

# %% [markdown]
# Row 0 stays zero for padding. Row 3 stays zero as well, but for another reason: nobody has a vector for *xyzzy*. And *ice* has a vector but no row, because the task does not use it; that is where memory is saved.
#
# Note the `dtype`. `np.zeros` makes float64 unless you say otherwise, and the code on the lecture's slide does not say otherwise. Keras would convert the matrix to float32 in the end, after it has taken twice the memory until then.
#
# ### Exercise: the matrix
#
# In the vocabularies of lesson 1 the ids run from 1 without a gap. Other vocabularies leave some ids free, for instance 1 for "unknown". So rely on what is always true: the matrix needs **the largest id + 1** rows. Without gaps that is the number of words + 1.


# %% exercise="embedding_matrix"
def embedding_matrix(vocabulary, glove, dim):
    """The matrix that an embedding layer starts from: row i is the vector of the word with id i.

    Parameters
    ----------
    vocabulary : dict of str to int
        Each word and its id. The ids are at least 1 and all different; they may come in any order and with gaps.
        Not empty, and not changed.
    glove : dict of str to ndarray, shape (dim,)
        Vectors of words, float32 or float64, each of 2 or more numbers. Words that are not in the vocabulary play no
        part. Not changed.
    dim : int
        The dimension of the vectors, at least 2.

    Returns
    -------
    ndarray, shape (largest id + 1, dim), float32
        All zeros: row 0, the rows of words without a vector, and the rows whose number is no word's id.
        Words are looked up as they are written in the vocabulary.

    Raises
    ------
    ValueError
        If the vector of a word of the vocabulary does not have `dim` numbers.
    """
    ### BEGIN SOLUTION
    matrix = np.zeros((max(vocabulary.values()) + 1, dim), dtype=np.float32)
    for word, i in vocabulary.items():
        if word in glove:
            matrix[i] = glove[word]  # NumPy raises ValueError if the vector does not fit into the row
    return matrix
    ### END SOLUTION


# %% check="embedding_matrix" points=2
# One row for each id, float32, each word's vector in its own row
words = {"hot": 1, "tea": 2, "soup": 3}
table = {
    "soup": np.array([0.6, 0.9], dtype=np.float32),
    "ice": np.array([-0.8, 0.4], dtype=np.float32),
    "tea": np.array([0.5, 0.8], dtype=np.float32),
    "hot": np.array([0.9, 0.1], dtype=np.float32),
}
try:
    got = embedding_matrix(words, table, 2)
except IndexError as error:
    raise AssertionError(
        f"the largest id is 3, so the last row is row 3 and there are 4 rows, one more than words ({error})"
    ) from None
assert isinstance(got, np.ndarray), f"return a NumPy array, not {type(got).__name__}"
assert got.ndim == 2, f"the matrix has two axes, (rows, dim); got shape {got.shape}"
assert got.shape != (3, 2), "3 rows are one too few: the ids are 1, 2, 3, and row 0 is for padding, so 4 rows"
assert got.shape != (5, 2), (
    "5 rows are one too many: the ids are 1, 2, 3 and 0 for padding, so 4 rows; nobody asks for the fifth"
)
assert got.shape == (4, 2), f"the largest id is 3 and dim is 2: expected shape (4, 2), got {got.shape}"
assert got.dtype == np.float32, f"the dtype is float32; np.zeros makes {got.dtype} unless you say dtype=np.float32"
assert not np.allclose(got[0], table["hot"]), (
    "row 0 holds the vector of the word with id 1: do not subtract 1 from the ids"
)
assert np.allclose(got[0], 0), f"row 0 is for padding and stays zero, got {got[0]}"
assert np.allclose(got[1:], [[0.9, 0.1], [0.5, 0.8], [0.6, 0.9]]), (
    f"rows 1, 2, 3 are hot, tea, soup; got {got[1:].tolist()}"
)
print("embedding_matrix: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(61)
for size, dim, dtype in [(1, 4, np.float32), (30, 7, np.float32), (80, 50, np.float64), (5, 5, np.float64)]:
    names = [f"w{i}" for i in rng.permutation(500)[: 2 * size]]
    table = {name: rng.normal(size=dim).astype(dtype) for name in names}
    words = {name: int(i) for name, i in zip(names[:size], rng.permutation(size) + 1, strict=True)}  # ids in any order
    got = embedding_matrix(words, table, dim)
    assert got.shape == (size + 1, dim), (
        f"{size} words with ids 1 to {size}: expected shape {(size + 1, dim)}, got {got.shape}"
    )
    assert got.dtype == np.float32, (
        f"the dtype is float32, whatever the vectors are ({np.dtype(dtype)}); got {got.dtype}"
    )
    assert not got[0].any(), f"row 0 is for padding and stays zero, got {got[0][:4]}"
    in_order = np.stack([table[name] for name in words]).astype(np.float32)
    expected = np.zeros((size + 1, dim), dtype=np.float32)
    expected[list(words.values())] = in_order
    assert size < 3 or not np.array_equal(got[1:], in_order), (
        "the rows are in the order in which the dictionary lists the words; the row's number is the word's id"
    )
    assert np.array_equal(got, expected), "row i is the vector of the word whose id is i; some rows are different"
### END HIDDEN TESTS

# %% check="embedding_matrix" points=1
# Words without a vector have a row of zeros
words = {"hot": 1, "xyzzy": 2, "tea": 3, "plugh": 4}
table = {"hot": np.array([0.9, 0.1], dtype=np.float32), "tea": np.array([0.5, 0.8], dtype=np.float32)}
try:
    got = embedding_matrix(words, table, 2)
except (KeyError, TypeError) as error:
    raise AssertionError(
        f"xyzzy has no vector: ask first whether the word is in glove ({type(error).__name__}: {error})"
    ) from None
assert got.shape != (3, 2), "words without a vector keep their rows; the matrix has a row for every id, found or not"
assert got.shape == (5, 2), f"four words, found or not, and padding: expected shape (5, 2), got {got.shape}"
assert not np.allclose(got[2], got[1]), (
    "xyzzy has no vector, but its row holds that of the word before it: a stale vector"
)
assert not np.isnan(got).any(), "a row without a vector is all zeros, not nan and not left as np.empty made it"
assert not got[[2, 4]].any(), f"xyzzy and plugh have no vector: rows 2 and 4 are zeros, got {got[2]} and {got[4]}"
assert np.allclose(got[[1, 3]], [[0.9, 0.1], [0.5, 0.8]]), f"rows 1 and 3 are hot and tea, got {got[[1, 3]].tolist()}"
print("missing words: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(62)
for size, dim in [(40, 6), (9, 3), (60, 20)]:
    words = {f"w{i}": int(j) for i, j in enumerate(rng.permutation(size) + 1)}
    table = {name: rng.normal(size=dim).astype(np.float32) for name in words if rng.random() < 0.5}
    table |= {"other": np.ones(dim, dtype=np.float32), "W0": np.ones(dim, dtype=np.float32)}
    before = {name: vector.copy() for name, vector in table.items()}
    got = embedding_matrix(words, table, dim)
    assert "w0" in before or not got[words["w0"]].any(), (
        "'W0' has a vector, but 'w0' is another word: look up words as they are"
    )
    assert not np.array_equal(got[words["w0"]], np.ones(dim)), (
        "'w0' got the vector of 'W0': look up words as they are written"
    )
    for name, i in words.items():
        expected = before.get(name, np.zeros(dim))
        what = "its own vector" if name in before else "zeros, because it has no vector"
        assert np.array_equal(got[i], expected), f"row {i} belongs to {name!r} and is {what}; got {got[i][:4]} …"
    same = set(table) == set(before) and all(np.array_equal(table[name], before[name]) for name in before)
    assert same, "embedding_matrix changed the dictionary of vectors that it was given"
nobody = embedding_matrix({"xyzzy": 1}, {}, 3)
assert nobody.shape == (2, 3) and not nobody.any(), f"no word has a vector: zeros of shape (2, 3), got {nobody}"
### END HIDDEN TESTS

# %% check="embedding_matrix" points=1
# Ids with gaps, and vectors of another dimension
words = {"hot": 2, "tea": 5}
table = {"hot": np.array([0.9, 0.1], dtype=np.float32), "tea": np.array([0.5, 0.8], dtype=np.float32)}
try:
    got = embedding_matrix(words, table, 2)
except IndexError as error:
    raise AssertionError(
        f"the ids are 2 and 5: count from the largest id, max(vocabulary.values()), not the words ({error})"
    ) from None
assert got.shape == (6, 2), f"the largest id is 5, so there are 6 rows, 0 to 5; got shape {got.shape}"
assert np.allclose(got[[2, 5]], [[0.9, 0.1], [0.5, 0.8]]), f"rows 2 and 5 are hot and tea, got {got[[2, 5]].tolist()}"
assert not got[[0, 1, 3, 4]].any(), "no word has the ids 0, 1, 3 and 4: these rows stay zero"
print("ids with gaps: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(63)
for dim in (3, 50):
    ids = rng.permutation(np.arange(2, 400))[:25]
    words = {f"w{i}": int(i) for i in ids}
    table = {name: rng.normal(size=dim).astype(np.float32) for name in words}
    got = embedding_matrix(words, table, dim)
    assert got.shape == (max(ids) + 1, dim), (
        f"the largest id is {max(ids)}: expected shape {(max(ids) + 1, dim)}, got {got.shape}"
    )
    for name, i in words.items():
        assert np.array_equal(got[i], table[name]), f"row {i} is the vector of the word with id {i}, got {got[i][:3]} …"
    assert not np.delete(got, ids, axis=0).any(), "rows whose number is no word's id stay zero"
for length, dim in [(50, 100), (100, 50), (3, 2)]:
    try:
        got = embedding_matrix({"a": 1, "b": 2}, {"b": np.ones(length, dtype=np.float32)}, dim)
    except ValueError:
        continue
    raise AssertionError(
        f"a vector of {length} numbers does not fit dim={dim}: raise ValueError; you returned shape {got.shape}"
    )
### END HIDDEN TESTS

# %% [markdown]
# ## See the matrix
#
# A matrix of numbers can be looked at like a photograph. The next cell shows two groups of rows: the first forty ids, which are padding and the most frequent words, and forty of the words that occur only once.

# %% tags=["demo"]
matrix = embedding_matrix(VOCABULARY, GLOVE, DIM)
once = np.array([i for word, i in VOCABULARY.items() if COUNTS[word] == 1])
groups = {"padding and frequent words": np.arange(40), "words that occur once": once[:: len(once) // 40][:40]}
fig, axes = plt.subplots(1, 2, figsize=(10, 5), layout="constrained")
for ax, (name, rows) in zip(axes, groups.items(), strict=True):
    image = ax.imshow(matrix[rows], cmap="cividis", aspect="auto", vmin=-1.5, vmax=1.5)
    empty = np.flatnonzero(~matrix[rows].any(axis=1))
    ax.set_yticks(empty, [f"{rows[i]} ▸" for i in empty], fontsize=7)
    ax.set(title=name, xlabel="dimension", ylabel="id (only of rows without a vector)")
fig.colorbar(image, ax=axes, label="value")
plt.show()
print(f"{sum(not row.any() for row in matrix[1:]):,} of {len(matrix) - 1:,} words have no vector")

# %% [markdown]
# Each line of a picture is one row of the matrix. Rows in a single even shade are all zeros; their ids stand at the side. On the left that is row 0, for padding, and hardly another one. On the right, with the vectors of this course, there are quite a few: rare words of your texts are rare elsewhere, too, and a small file does not have all of them. Before we count them properly, two bugs.
#
# ## Find the bug: a vector that stayed
#
# The companion notebook of a widely read book on deep learning ([Deep Learning with Python, second edition, chapter 11](https://github.com/fchollet/deep-learning-with-python-notebooks/blob/master/second_edition/chapter11_part02_sequence-models.ipynb)) fills its matrix like this:
#
# ```python
# embedding_matrix = np.zeros((max_tokens, embedding_dim))
# for word, i in word_index.items():
#     if i < max_tokens:
#         embedding_vector = embeddings_index.get(word)
#     if embedding_vector is not None:
#         embedding_matrix[i] = embedding_vector
# ```
#
# Here it is as a function, so that we can try it out; the number of rows is an argument of its own.


# %% tags=["demo"]
def as_published(rows, max_tokens, word_index, embeddings_index):
    table = np.zeros((rows, 2))
    for word, i in word_index.items():
        if i < max_tokens:
            embedding_vector = embeddings_index.get(word)
        if embedding_vector is not None:
            table[i] = embedding_vector
    return table


# %% [markdown]
# `if i < max_tokens` is meant to protect against words that have no row. Does it? Say what happens at *ice*, whose id is 3, when there are three rows; then run the cell.

# %% tags=["demo"]
word_index = {"hot": 1, "tea": 2, "ice": 3, "cold": 4}
vectors = {"hot": [0.9, 0.1], "tea": [0.5, 0.8], "ice": [-0.8, 0.4]}
try:
    as_published(3, 3, word_index, vectors)
except IndexError as error:
    print("IndexError:", error)
print(as_published(5, 3, word_index, vectors))

# %% [markdown]
# The second `if` stands outside the first. At *ice* nothing is looked up, so `embedding_vector` still holds the vector of *tea*, and the loop tries to write it. With three rows there is no row 3, and you get an `IndexError` from the very line that was protected.
#
# The second call shows what happens when somebody "repairs" that by giving the matrix more rows: rows 3 and 4, *ice* and *cold*, now both hold the vector of *tea*. The shape is right, the program runs, and every word beyond the limit means tea. In the book the vocabulary is never longer than `max_tokens`, so there the slip sleeps; it wakes up in the copies.
#
# The same thing happens with `try: vector = glove[word]` followed by `except KeyError: pass`. The rule is: look up and write under **one** condition.
#
# ## Find the bug: + 2
#
# The [Keras example on pre-trained word embeddings](https://keras.io/examples/nlp/pretrained_word_embeddings/) takes its vocabulary from `TextVectorization` and computes `num_tokens = len(voc) + 2`, two for padding and unknown words. How many rows would you give the matrix? Remember from lesson 1 what `get_vocabulary()` returns. (The first start of TensorFlow takes a few seconds.)

# %% tags=["demo"]
import keras

vectorize = keras.layers.TextVectorization()
vectorize.adapt(["hot tea", "tea and ice"])
voc = [str(word) for word in vectorize.get_vocabulary()]
ids = {word: i for i, word in enumerate(voc) if i >= 2}  # without padding and [UNK]
print(voc)
print("len(voc) + 2:", len(voc) + 2, "  largest id + 1:", embedding_matrix(ids, {}, 2).shape[0])

# %% [markdown]
# `voc` begins with `''` for padding and `'[UNK]'` for unknown words, so both have been counted already. The last two rows of the published matrix can never be asked for. That does no harm except for the memory, as long as the layer has the same `input_dim`. If one part of a program counts like this and another one counts right, the shapes no longer agree. "The largest id + 1" is right for every kind of vocabulary, and your function computes it.
#
# ## Coverage: how much of your text has a vector?
#
# In the sentence "the cat saw the dog" there are five **tokens** but only four **types**, that is, different words. Coverage can be counted in both ways:
#
# - by **types**: of the words in the vocabulary, which share has a vector?
# - by **tokens**: of the words as they stand in the texts, repetitions included, which share has a vector?
#
# The second is what the model feels, because it reads tokens. The first tells you how much of your matrix is empty. They can be far apart.
#
# ### Exercise: coverage
#
# Return both numbers as shares between 0 and 1.


# %% exercise="coverage"
def coverage(vocabulary, glove, counts):
    """Which share of the vocabulary has a vector, by types and by tokens.

    Parameters
    ----------
    vocabulary : dict of str to int
        The words and their ids. May be empty.
    glove : dict of str to ndarray
        Words that have a vector. A word is covered if it is in here as it is written in the vocabulary.
    counts : dict of str to int
        How often each word occurs in the texts. A word of the vocabulary that is not in here occurs 0 times;
        words that are not in the vocabulary play no part. It is not changed.

    Returns
    -------
    types : float
        Covered words / words of the vocabulary. 0.0 if the vocabulary is empty.
    tokens : float
        Occurrences of covered words / occurrences of all words of the vocabulary. 0.0 if there are no occurrences.
    """
    ### BEGIN SOLUTION
    covered = [word for word in vocabulary if word in glove]
    all_tokens = sum(counts.get(word, 0) for word in vocabulary)
    types = len(covered) / len(vocabulary) if vocabulary else 0.0
    tokens = sum(counts.get(word, 0) for word in covered) / all_tokens if all_tokens else 0.0
    return types, tokens
    ### END SOLUTION


# %% check="coverage" points=2
# Two shares: of the types, and of the tokens
words = {"the": 1, "tea": 2, "xyzzy": 3, "hot": 4}
table = {
    "the": np.ones(2),
    "tea": np.ones(2),
    "ice": np.ones(2),
    "hot": np.ones(2),
    "cold": np.ones(2),
    "a": np.ones(2),
}
seen = {"the": 70, "tea": 5, "xyzzy": 20, "hot": 5}
got = coverage(words, table, seen)
assert isinstance(got, (tuple, list)) and len(got) == 2, f"return two numbers, by types and by tokens; got {got!r}"
types, tokens = got
assert not (np.isclose(types, 75) or np.isclose(tokens, 80)), (
    f"shares lie between 0 and 1, do not multiply by 100; got {got}"
)
assert not (np.isclose(types, 0.8) and np.isclose(tokens, 0.75)), f"the order is (types, tokens); you returned {got}"
assert not np.isclose(types, 0.5), "by types: divide by the number of words in the vocabulary (4), not in glove (6)"
assert not np.isclose(types, 0.25) and not np.isclose(tokens, 0.2), (
    f"the share that HAS a vector, not the share without; got {got}"
)
assert np.isclose(types, 0.75), f"3 of 4 words have a vector: by types expected 0.75, got {types}"
assert not np.isclose(tokens, 0.75), (
    "by tokens each word counts as often as it occurs: 80 of 100 tokens, not 3 of 4 words"
)
assert np.isclose(tokens, 0.8), f"70 + 5 + 5 of 100 tokens have a vector: by tokens expected 0.8, got {tokens}"
print("coverage: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(64)
for size in (1, 17, 200):
    names = [f"w{i}" for i in rng.permutation(1000)[:size]]
    words = {name: i for i, name in enumerate(names, start=1)}
    seen = {name: int(rng.integers(1, 1000)) for name in names}
    has = rng.random(size) < 0.6
    table = {name: np.ones(3, dtype=np.float32) for name, yes in zip(names, has, strict=True) if yes}
    table |= {f"other{i}": np.ones(3, dtype=np.float32) for i in range(size)}
    types, tokens = coverage(words, table, seen)
    occurrences = np.array([seen[name] for name in names])
    assert np.isclose(types, has.mean()), (
        f"{has.sum()} of {size} words have a vector: expected {has.mean()}, got {types}"
    )
    expected = occurrences[has].sum() / occurrences.sum()
    assert np.isclose(tokens, expected), (
        f"{occurrences[has].sum()} of {occurrences.sum()} tokens: expected {expected}, got {tokens}"
    )
### END HIDDEN TESTS

# %% check="coverage" points=1
# Counts and vocabulary with different words, and nothing to count
seen = {"tea": 6, "hot": 2, "soup": 92}
try:
    got = coverage({"tea": 1, "xyzzy": 2, "hot": 3}, {"tea": np.ones(2), "soup": np.ones(2)}, seen)
except KeyError as error:
    raise AssertionError(f"a word of the vocabulary that is not in counts, here {error}, occurs 0 times") from None
assert not np.isclose(got[1], 0.06), "'soup' is in counts but not in the vocabulary, so its 92 tokens play no part"
assert not np.isclose(got[1], 0.98), (
    "'soup' has a vector but is not in the vocabulary: go through the words of the vocabulary"
)
assert np.isclose(got[0], 1 / 3), f"one of three words of the vocabulary has a vector: expected 1/3, got {got[0]}"
assert np.isclose(got[1], 0.75), f"6 of 8 tokens of the vocabulary's words: expected 0.75, got {got[1]}"
print("different words: the visible checks pass")
### BEGIN HIDDEN TESTS
for words, table, counted, expected in [
    ({}, {"tea": np.ones(2)}, {"tea": 3}, (0, 0)),
    ({"tea": 1}, {}, {"tea": 3}, (0, 0)),
    ({"tea": 1, "ice": 2}, {"tea": np.ones(2)}, {}, (0.5, 0)),
    ({"tea": 1, "ice": 2}, {"tea": np.ones(2), "Ice": np.ones(2)}, {"ice": 4, "tea": 0}, (0.5, 0)),
    ({"tea": 1, "ice": 2}, {"tea": np.ones(2), "ice": np.zeros(2)}, {"ice": 4}, (1, 1)),
]:
    try:
        got = coverage(words, table, counted)
    except ZeroDivisionError:
        raise AssertionError(
            f"nothing to divide by is no error: vocabulary {words}, counts {counted} give {expected}"
        ) from None
    except KeyError as error:
        raise AssertionError(f"a word of the vocabulary that is not in counts, here {error}, occurs 0 times") from None
    assert np.allclose(got, expected), (
        f"vocabulary {list(words)}, glove {list(table)}, counts {counted}: expected {expected}, got {got}"
    )
assert seen == {"tea": 6, "hot": 2, "soup": 92}, f"coverage changed the counts that it was given: {seen}"
### END HIDDEN TESTS

# %% tags=["demo"]
types, tokens = coverage(VOCABULARY, GLOVE, COUNTS)
print(f"of the {len(VOCABULARY):,} words of the training texts {types:.1%} have a vector")
print(f"of the {sum(COUNTS.values()):,} tokens of the training texts {tokens:.1%} have a vector")
bands = {"once": (1, 1), "2 times": (2, 2), "3 to 5": (3, 5), "6 to 20": (6, 20), "more than 20": (21, 10**9)}
inside = {name: [w for w in VOCABULARY if low <= COUNTS[w] <= high] for name, (low, high) in bands.items()}
shares = [np.mean([w in GLOVE for w in chosen]) for chosen in inside.values()]
fig, ax = plt.subplots(figsize=(8, 3.4), layout="constrained")
bars = ax.bar(list(bands), shares)
ax.bar_label(bars, [f"{share:.0%} of {len(chosen):,}" for share, chosen in zip(shares, inside.values(), strict=True)])
ax.set(title="The rarer a word, the more often it has no vector", ylim=(0, 1.1))
ax.set(xlabel="how often the word occurs in the training texts", ylabel="share with a vector")
plt.show()

# %% [markdown]
# Coverage by tokens is higher than by types, and the bars show why: nearly every frequent word is covered, while of the words that occur once (the first bar, by far the most words) many are missing. That is the usual picture. The course's file has only 10,000 words, so its bars on the left are low; with a large file they come close to 100 %.
#
# A number does not tell you what is wrong. The words do. The first thing to do with a low coverage is to **read the list** of missing words, the most frequent ones first.
#
# ### Exercise: which words are missing?


# %% exercise="missing_words"
def missing_words(vocabulary, glove, counts):
    """The words of a vocabulary that have no vector, the most frequent ones first.

    Parameters
    ----------
    vocabulary : dict of str to int
        The words and their ids. Not changed.
    glove : dict of str to ndarray
        Words that have a vector.
    counts : dict of str to int
        How often each word occurs. A word that is not in here occurs 0 times. Not changed.

    Returns
    -------
    list of str
        By falling number of occurrences; equally frequent words in alphabetical order (as `sorted` sorts strings).
        Empty if every word has a vector.
    """
    ### BEGIN SOLUTION
    missing = [word for word in vocabulary if word not in glove]
    return sorted(missing, key=lambda word: (-counts.get(word, 0), word))
    ### END SOLUTION


# %% check="missing_words" points=1
# The words without a vector, the most frequent one first
words = {"the": 1, "xyzzy": 2, "tea": 3, "plugh": 4, "quux": 5}
seen = {"the": 70, "tea": 5, "xyzzy": 2, "plugh": 20, "quux": 9}
got = missing_words(words, {"the": np.zeros(2), "tea": np.ones(2)}, seen)
assert isinstance(got, list), f"return a list of words, not {type(got).__name__}"
assert set(got) != {"the", "tea"}, "these are the words that have a vector; the missing ones are asked for"
assert all(isinstance(word, str) for word in got), f"only the words, without their counts or ids; got {got}"
assert set(got) == {"xyzzy", "plugh", "quux"}, f"xyzzy, plugh and quux have no vector; got {got}"
assert got != ["xyzzy", "quux", "plugh"], (
    "the most frequent word comes first, the rarest last; yours are the other way round"
)
assert got != ["xyzzy", "plugh", "quux"], "the words are in the order of the vocabulary: sort them by their counts"
assert got == ["plugh", "quux", "xyzzy"], f"plugh (20), quux (9), xyzzy (2), in this order; got {got}"
print("missing_words: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(65)
for size in (12, 60):
    names = [f"w{i}" for i in rng.permutation(900)[:size]]
    words = {name: int(i) for name, i in zip(names, rng.permutation(size) + 1, strict=True)}
    amounts = rng.permutation(np.arange(1, size + 1))
    seen = {name: int(amount) for name, amount in zip(names, amounts, strict=True)} | {"unused": 5000}
    table = {name: np.ones(2) for name in names if rng.random() < 0.4} | {"another": np.ones(2)}
    given = dict(words), dict(seen)
    got = missing_words(words, table, seen)
    assert "unused" not in got, (
        "'unused' is in counts but not in the vocabulary: go through the words of the vocabulary"
    )
    expected = [names[i] for i in np.argsort(-amounts) if names[i] not in table]
    assert got == expected, (
        f"the words of the vocabulary that are not in glove, by falling count: expected {expected}, got {got}"
    )
    assert (words, seen) == given, "missing_words changed a dictionary that it was given"
### END HIDDEN TESTS

# %% check="missing_words" points=1
# Equal counts in alphabetical order, words that were never counted last
words = {"quux": 1, "plugh": 2, "xyzzy": 3, "foo": 4, "bar": 5}
try:
    got = missing_words(words, {"bar": np.ones(2)}, {"quux": 3, "plugh": 3, "xyzzy": 8})
except KeyError as error:
    raise AssertionError(f"a word that is not in counts, here {error}, occurs 0 times; it comes last") from None
assert got != ["xyzzy", "quux", "plugh", "foo"], (
    "quux and plugh both occur 3 times: equally frequent words in alphabetical order"
)
assert got == ["xyzzy", "plugh", "quux", "foo"], f"expected ['xyzzy', 'plugh', 'quux', 'foo'], got {got}"
print("equal counts: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(66)
for _ in range(4):
    names = [f"w{i}" for i in rng.permutation(np.arange(100, 300))[:40]]
    words = {name: i for i, name in enumerate(names, start=1)}
    seen = {name: int(rng.integers(0, 4)) for name in names if rng.random() < 0.8}  # 0 is as good as not counted
    got = missing_words(words, {}, seen)
    expected = []
    for amount in (3, 2, 1, 0):
        expected += sorted(name for name in names if seen.get(name, 0) == amount)
    assert got != expected[::-1], "everything is turned round: reverse=True reverses the alphabet as well as the counts"
    assert got == expected, f"by falling count, then alphabetical: expected {expected[:8]} …, got {got[:8]} …"
assert missing_words({"tea": 1}, {"tea": np.zeros(2)}, {}) == [], (
    "every word has a vector (zeros are one, too): an empty list"
)
assert missing_words({}, {}, {"tea": 3}) == [], "an empty vocabulary misses nothing: an empty list"
### END HIDDEN TESTS

# %% tags=["demo"]
missing = missing_words(VOCABULARY, GLOVE, COUNTS)
print(f"{len(missing):,} words, the most frequent ones:")
for first in range(0, 30, 6):
    print("  ".join(f"{word} ({COUNTS[word]})" for word in missing[first : first + 6]))

# %% [markdown]
# Read them. Ordinary words among them are words that a small file does not have; a larger file will. But look also for words that *nobody* writes, because your own tokenizer made them. They are the subject of the next section, and no larger file helps against them.
#
# ## Casing and punctuation: when a word is there under another name
#
# Somebody cut the training text of the vectors into words, in their way. You cut your text in your way. Wherever the two ways differ, words do not meet. `TextVectorization` lower-cases and drops all punctuation unless you tell it otherwise (so does `tokenize`, which imitates it). GloVe's authors kept punctuation as tokens of its own and cut *don't* into *do* and *n't*. Their file `glove.840B` kept capitals, the others did not. What does each way make of one sentence, and which of its tokens have a vector?

# %% tags=["demo"]
sentence = "Don't miss Dave's state-of-the-art U.S. tour!"
ways = {"as it stands": str.split, "TextVectorization": None, "as GloVe was cut": tokenize_like_glove}
for name, way in ways.items():
    if way is None:
        vectorize.adapt([sentence])
        tokens = [str(vectorize.get_vocabulary()[i]) for i in np.array(vectorize(sentence))]
        assert tokens == tokenize(sentence)  # our imitation is exact
    else:
        tokens = way(sentence)
    print(f"{name:18}", "  ".join(f"{token}{'' if token in GLOVE else ' (missing)'}" for token in tokens))

# %% [markdown]
# Three kinds of damage in the middle line:
#
# - *dont* and *daves* are missing, or, in a very large file, have a poor vector learned from typing errors. In film reviews cut in this way, *dont*, *doesnt* and *didnt* are among the most frequent missing words. They are the words that turn a judgement round.
# - *stateoftheart* is a word that nobody writes.
# - *us* **is found, and wrong**: the United States have become a pronoun. No coverage number will ever show that.
#
# So the best remedy comes first: **cut your text as the text of the vectors was cut.** With `TextVectorization` you do that by passing your own functions as `standardize=` and `split=`, or with `standardize=None` on text that you have cut before.
#
# ### A second chance for a word
#
# Sometimes the words are given and you cannot cut again. Then a lookup can try a few plain variants. Order matters. The word **as it is** comes first: in a cased file *US* and *us*, *Apple* and *apple* are different words with different vectors.
#
# ### Exercise: find a vector
#
# Try the four forms of the docstring one after the other. Two hints: `"“Hello!”".strip(PUNCTUATION)` takes punctuation off both ends and leaves the inside alone; and do not write `glove.get(a) or glove.get(b)` with arrays. Try it if you like: NumPy refuses to say whether an array is true.


# %% exercise="find_vector"
def find_vector(word, glove):
    """The vector of a word, or of a plain variant of it.

    Parameters
    ----------
    word : str
        Not empty.
    glove : dict of str to ndarray, shape (dim,)
        It is not changed.

    Returns
    -------
    ndarray, shape (dim,), or None
        The vector of the first of these forms that is in `glove`:

        1. the word as it is;
        2. the word in lower case;
        3. form 2 without punctuation at both ends (all characters of `PUNCTUATION`);
        4. form 3 without "'s" or "’s" at its end, if it ends so.

        None if none of them is there.
    """
    ### BEGIN SOLUTION
    lower = word.lower()
    bare = lower.strip(PUNCTUATION)
    for form in (word, lower, bare, bare.removesuffix("'s").removesuffix("’s")):
        if form in glove:
            return glove[form]
    return None
    ### END SOLUTION


# %% check="find_vector" points=1
# As it is, then in lower case
table = {"US": np.array([1.0, 0.0]), "us": np.array([0.0, 1.0]), "tea": np.array([0.5, 0.8]), "zero": np.zeros(2)}
try:
    got = {word: find_vector(word, table) for word in ("US", "us", "Tea", "xyzzy", "zero")}
except KeyError as error:
    raise AssertionError(f"there is no vector for {error}: ask whether a form is in glove before you take it") from None
except ValueError as error:
    raise AssertionError(
        f"an array is neither true nor false: ask `form in glove` or `is None` instead of `or` ({error})"
    ) from None
assert got["xyzzy"] is None, (
    f"xyzzy is not there in any form: return None, so that the caller can tell; got {got['xyzzy']}"
)
assert isinstance(got["US"], np.ndarray), f"return the vector (an array), not {type(got['US']).__name__}: {got['US']!r}"
assert got["US"] is not None and not np.allclose(got["US"], [0, 1]), (
    "'US' is in this (cased) table and got the vector of 'us': try the word as it is before you lower-case it"
)
assert np.allclose(got["US"], [1, 0]) and got["us"] is not None and np.allclose(got["us"], [0, 1]), (
    f"'US' and 'us' are two words with their own vectors, [1, 0] and [0, 1]; got {got['US']} and {got['us']}"
)
assert got["Tea"] is not None, "'Tea' is not there, but 'tea' is: try the lower case"
assert np.allclose(got["Tea"], [0.5, 0.8]), f"'Tea' has the vector of 'tea', [0.5, 0.8]; got {got['Tea']}"
assert got["zero"] is not None, (
    "a vector of zeros is a vector: ask whether the word is in glove, not whether its numbers are true"
)
print("find_vector: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(67)
names = [f"w{i}" for i in rng.permutation(500)[:30]]
table = {name: rng.normal(size=4).astype(np.float32) for name in names}
table |= {name.upper(): rng.normal(size=4).astype(np.float32) for name in names[:15]}
given = {name: vector.copy() for name, vector in table.items()}
for i, name in enumerate(names):
    expected = table[name.upper()] if i < 15 else table[name]
    got = find_vector(name.upper(), table)
    assert got is not None and np.array_equal(got, expected), (
        f"{name.upper()!r}: the word as it is comes first, then its lower case; expected {expected}, got {got}"
    )
    got = find_vector(name, table)
    assert got is not None and np.array_equal(got, table[name]), (
        f"{name!r} is in glove: expected {table[name]}, got {got}"
    )
assert find_vector("W-1000", table) is None, "a word that is not there in any form gives None"
assert find_vector("tea", {"Tea": np.ones(4), "TEA": np.ones(4)}) is None, (
    "only lower case is tried, no capitals: expected None"
)
same = set(table) == set(given) and all(np.array_equal(table[name], given[name]) for name in given)
assert same, "find_vector changed the dictionary of vectors"
### END HIDDEN TESTS

# %% check="find_vector" points=1
# Then without punctuation at the ends, then without 's
table = {
    "city": np.array([1.0, 2.0]),
    "u.s.": np.array([3.0, 4.0]),
    "u.s": np.array([9.0, 9.0]),
    "don't": np.array([5.0, 6.0]),
}
for word, expected in {
    "“City!”": [1, 2],
    "city's": [1, 2],
    "U.S.": [3, 4],
    "(Don't)": [5, 6],
    "City’s,": [1, 2],
}.items():
    got = find_vector(word, table)
    assert got is not None, f"{word!r}: one of its four forms is in glove, {list(table)}; you returned None"
    assert not np.allclose(got, [9, 9]), (
        "'U.S.': the lower case 'u.s.' (form 2) is tried before the punctuation goes (form 3)"
    )
    assert np.allclose(got, expected), f"{word!r}: expected {expected}, got {got}"
print("punctuation: the visible checks pass")


### BEGIN HIDDEN TESTS
def vector_of(*words):
    return {word: np.array([float(i), -1.0]) for i, word in enumerate(words, start=1)}


for word, table, expected, why in [
    ("State-of-the-Art!", vector_of("stateoftheart", "state-of-the-art"), 2, "punctuation inside a word stays"),
    ("Don't", vector_of("dont", "don't"), 2, "only lower case is needed; an apostrophe inside a word stays"),
    ("—Tea…", vector_of("tea"), 1, "dashes and dots are in PUNCTUATION, too"),
    ("'Tis", vector_of("tis", "'tis"), 2, "form 2, \"'tis\", comes before form 3, 'tis'"),
    ("Tea's", vector_of("tea", "tea's"), 2, 'form 2, "tea\'s", is there, so form 4 is not needed'),
    ("“Tea’s”", vector_of("tea", "tea’s"), 2, "form 3 is there, so form 4 is not needed"),
    ("(Tea’s)", vector_of("teas", "tea"), 2, "’s goes as a whole; 'teas' is none of the four forms"),
    ("James'", vector_of("james"), 1, "the apostrophe at the end is punctuation"),
    ("...", vector_of("..."), 1, "punctuation on its own can be a word as it is"),
    ("TEAS", vector_of("tea", "teas"), 2, "only 's is taken off, not every s"),
    ("teas", vector_of("tea"), None, "only 's is taken off, not every s"),
    ("Tea!", vector_of("Tea"), None, "form 3 is made from the lower case; 'Tea' is none of the four forms"),
    ("state-of-the-art", vector_of("state", "art"), None, "parts of a word are none of the four forms"),
    ("Mr.Tea", vector_of("mrtea"), None, "punctuation inside a word stays"),
]:
    got = find_vector(word, table)
    if expected is None:
        assert got is None, f"{word!r} with glove {list(table)}: {why}. Expected None, got {got}"
    else:
        assert got is not None, f"{word!r} with glove {list(table)}: {why}. You returned None"
        assert got[0] == expected, (
            f"{word!r}: {why}. Expected the vector of {list(table)[expected - 1]!r}, got another one"
        )
### END HIDDEN TESTS

# %% [markdown]
# How much is it worth? The next cell cuts the training texts in four ways and computes the coverage of each. The last way keeps the words as they stand but looks them up with `find_vector`. Note how: it makes a dictionary with the vector of every word that can be found, and everything that you have written works on that.

# %% tags=["demo"]
ways = {
    "as it stands": str.split,
    "as TextVectorization": tokenize,
    "as GloVe was cut": tokenize_like_glove,
    "as it stands,\nwith find_vector": str.split,
}
results = []
for name, way in ways.items():
    counts = Counter(word for row in TRAIN for word in way(row["text"]))
    words = {word: i for i, word in enumerate(counts, start=1)}
    found = GLOVE
    if "find_vector" in name:
        found = {word: vector for word in words if (vector := find_vector(word, GLOVE)) is not None}
    results.append(coverage(words, found, counts))
    print(f"{' '.join(name.split()):31} by types {results[-1][0]:.1%}, by tokens {results[-1][1]:.1%}")

# %% tags=["demo"]
fig, ax = plt.subplots(figsize=(9, 3.6), layout="constrained")
places = np.arange(len(ways))
for shift, column, label, hatch in [(-0.2, 0, "by types", ""), (0.2, 1, "by tokens", "//")]:
    bars = ax.bar(
        places + shift, [result[column] for result in results], width=0.38, label=label, hatch=hatch, edgecolor="white"
    )
    ax.bar_label(bars, fmt="{:.0%}")
ax.set_xticks(places, list(ways))
ax.set(title="The same texts and the same vectors", ylabel="coverage", xlabel="how the texts were cut", ylim=(0, 1.15))
ax.legend(loc="upper left", ncols=2)
plt.show()

# %% [markdown]
# Plain bars count types, hatched bars tokens. Texts as they stand do worst: *The* and *tea,* are not *the* and *tea*. Lower case and no punctuation gain most of the difference. Cutting as GloVe was cut does at least as well, and better than the numbers say, because *n't* and *'s* keep their meaning. `find_vector` on the raw words comes near, without touching the texts.
#
# What remains are words that the file does not have under any name. For these you need a policy.
#
# ## What to put into the empty rows
#
# First keep three kinds of rows apart. Many programs treat them as one:
#
# | row | stands for | what it should hold |
# |---|---|---|
# | 0 | **padding**: no word at all | zeros, and a mask, so that it takes no part (lesson 3) |
# | 1, where there is an `[UNK]` | **unknown** words: not in your vocabulary, so all of them share this row | the mean of the others is a sensible start |
# | others that are zero | **missing** words: in your vocabulary, so each has a row of its own, but without a vector | the question of this section |
#
# If the last kind stays zero and the matrix is frozen, a missing word adds nothing to a mean of vectors except a larger number to divide by, and no training can ever change that. Four policies are in use:
#
# 1. **zeros**: leave it so. The default in most tutorials.
# 2. **mean**: the mean of all vectors that were found. "Some word or other."
# 3. **random**: small random numbers, different for each word, so that a model can at least tell missing words apart.
# 4. **learned**: start from one of these and let the training change *only the missing rows*, while the found ones stay frozen.
#
# Whether a word `unk` or `<unk>` in the file can serve as a fifth depends on the file: GloVe's program writes a vector for `<unk>`, made from rare words, at the end of what it trains, but not every published file has it, and a plain `unk` is only an abbreviation that occurs in texts. Look it up before you rely on it.
#
# ### Exercise: fill the empty rows
#
# Write the first three policies. (The fourth is not a matter of the matrix; it comes in a moment.) The seed is an argument, so that the same call always gives the same matrix: `rng = np.random.default_rng(seed)`.


# %% exercise="fill_missing"
def fill_missing(matrix, policy, seed=0, scale=0.05):
    """Fill the rows of missing words.

    Parameters
    ----------
    matrix : ndarray, shape (rows, dim), float32
        Row 0 is padding, whatever it holds. Every other row that is all zeros belongs to a missing word; the other
        rows belong to found words, and there is at least one of them. The matrix is not changed.
    policy : {"zeros", "mean", "random"}
        What a missing word gets:

        - "zeros": it stays all zeros;
        - "mean": the mean of the rows of all found words (row 0 and missing words do not count);
        - "random": numbers drawn at random, each on its own, around 0 with standard deviation `scale`
          (a normal distribution or any other).
    seed : int
        For "random": the same seed gives the same numbers, another seed gives others.
    scale : float
        For "random": the standard deviation, greater than 0.

    Returns
    -------
    ndarray, shape (rows, dim), float32
        A new array. Row 0 and the rows of found words are as in `matrix`.

    Raises
    ------
    ValueError
        For any other policy.
    """
    ### BEGIN SOLUTION
    found = matrix.any(axis=1)
    missing = ~found
    found[0] = missing[0] = False
    filled = matrix.copy()
    if policy == "mean":
        filled[missing] = matrix[found].mean(axis=0)
    elif policy == "random":
        filled[missing] = np.random.default_rng(seed).normal(0, scale, size=(missing.sum(), matrix.shape[1]))
    elif policy != "zeros":
        raise ValueError(f"policy {policy!r} is not one of 'zeros', 'mean' and 'random'")
    return filled
    ### END SOLUTION


# %% check="fill_missing" points=1
# The mean of the found words
given = np.array([[0, 0], [1, 2], [0, 0], [3, 6], [0, 0]], dtype=np.float32)
got = fill_missing(given, "mean")
assert isinstance(got, np.ndarray), f"return the filled matrix, an array; got {type(got).__name__}"
assert got.shape == (5, 2), f"the shape stays (5, 2), got {got.shape}"
assert got.dtype == np.float32, f"the dtype stays float32, got {got.dtype}"
assert not got[0].any(), f"row 0 is padding and stays as it is; you filled it with {got[0]}"
assert not np.allclose(got[2], [0.8, 1.6]), (
    "the mean is over the found words only; you divided by all rows, empty ones included"
)
assert not np.allclose(got[2], [1.0, 2.0]), (
    "the mean is over the found words; row 0 or the empty rows were counted with them"
)
assert not np.allclose(got[2], 3.0), "one mean for each dimension (axis=0), not one mean of all numbers"
assert np.allclose(got[[2, 4]], [2, 4]), (
    f"the mean of [1, 2] and [3, 6] is [2, 4]; rows 2 and 4 are {got[[2, 4]].tolist()}"
)
assert np.allclose(got[[1, 3]], given[[1, 3]]), (
    f"rows 1 and 3 are found words and stay as they are; got {got[[1, 3]].tolist()}"
)
print("fill_missing: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(68)
for rows, dim in [(3, 1), (40, 6), (200, 50)]:
    given = (rng.normal(size=(rows, dim)) + 1).astype(np.float32)
    empty = rng.random(rows) < 0.4
    empty[[0, 1]], empty[2] = True, False
    given[empty] = 0
    for pad in (0.0, 7.0):
        given[0] = pad
        got = fill_missing(given, "mean")
        assert got.dtype == np.float32 and got.shape == (rows, dim), (
            f"shape and dtype stay; got {got.shape}, {got.dtype}"
        )
        assert np.all(got[0] == pad), f"row 0 is padding, whatever it holds, here {pad}, and stays so; got {got[0][:4]}"
        assert np.array_equal(got[~empty], given[~empty]), "the rows of found words stay exactly as they are"
        assert np.isfinite(got).all(), "there are nan or infinite numbers in the matrix"
        mean = given[~empty].astype(np.float64).mean(axis=0)
        filled = got[1:][empty[1:]]
        assert pad == 0.0 or not np.allclose(filled, np.vstack([given[~empty], given[:1]]).mean(axis=0), atol=1e-4), (
            "row 0 is padding: it takes no part in the mean, even if it is not zero"
        )
        assert np.allclose(filled, mean, atol=1e-4), (
            f"missing words get the mean of the found rows, {mean[:3]} …, got {filled[0][:3]} …"
        )
partly = np.array([[0, 0, 0], [0, 5, 0], [0, 0, 0], [2, 1, 4]], dtype=np.float32)
got = fill_missing(partly, "mean")
assert np.allclose(got[1], [0, 5, 0]), (
    "a row is missing if ALL its numbers are zero; [0, 5, 0] belongs to a found word and stays"
)
assert np.allclose(got[2], [1, 3, 2]), f"the mean of [0, 5, 0] and [2, 1, 4] is [1, 3, 2]; got {got[2]}"
### END HIDDEN TESTS

# %% check="fill_missing" points=1
# Random numbers, the same for the same seed
given = np.zeros((400, 50), dtype=np.float32)
given[1:100] = 1
got = fill_missing(given, "random", seed=5)
assert got.shape == (400, 50), f"the shape stays (400, 50), got {got.shape}"
assert got.dtype == np.float32, f"the dtype stays float32, got {got.dtype}"
assert np.array_equal(got[:100], given[:100]), "row 0 and the rows of found words stay as they are"
assert got[100:].any(axis=1).all(), "every missing word gets numbers; some rows are still all zeros"
assert not np.allclose(got[100], got[101]), "each missing word gets numbers of its own; two rows are the same"
assert not np.allclose(got[100], got[100, 0]), "each number is drawn on its own; one row has the same number throughout"
assert np.array_equal(got, fill_missing(given, "random", seed=5)), (
    "the same seed must give the same numbers: np.random.default_rng(seed) inside the function"
)
print("random rows: the visible checks pass")
### BEGIN HIDDEN TESTS
assert not np.allclose(got, fill_missing(given, "random", seed=6)), (
    "another seed gives other numbers; the seed is ignored"
)
for scale in (0.05, 0.3, 2.0):
    got = fill_missing(given, "random", seed=7, scale=scale)[100:]
    spread, centre = got.std(), got.mean()
    assert not (spread > 0 and abs(spread / (scale / 3**0.5) - 1) < 0.06), (
        f"uniform numbers from -a to a have the standard deviation a/√3, here {spread:.4f}; scale={scale} is wanted"
    )
    assert not (abs(spread / scale**0.5 - 1) < 0.06), (
        f"scale={scale} is the standard deviation, not the variance; yours is {spread:.4f}"
    )
    assert abs(spread / scale - 1) < 0.06, (
        f"the standard deviation is scale={scale}; that of your numbers is {spread:.4f}"
    )
    assert abs(centre) < 0.06 * scale, f"the numbers lie around 0; their mean is {centre:.4f} with scale={scale}"
by_default = fill_missing(given, "random")
assert np.array_equal(by_default, fill_missing(given, "random", seed=0)), (
    "without a seed, seed=0 holds (see the first line)"
)
by_default = by_default[100:].std()
assert abs(by_default / 0.05 - 1) < 0.06, f"without scale the standard deviation is 0.05, yours is {by_default:.4f}"
rng = np.random.default_rng(69)
given = rng.normal(size=(60, 8)).astype(np.float32)
empty = np.arange(60) % 3 == 0
given[empty] = 0
got = fill_missing(given, "random", seed=1, scale=0.1)
assert not got[0].any(), f"row 0 is padding and stays zero; you filled it with {got[0][:4]}"
assert np.array_equal(got[~empty], given[~empty]), "the rows of found words stay as they are"
assert got[1:][empty[1:]].any(axis=1).all(), (
    "the rows of missing words lie anywhere in the matrix, and all of them are filled"
)
### END HIDDEN TESTS

# %% check="fill_missing" points=1
# A new matrix, the policy "zeros", and unknown policies
given = np.array([[0, 0], [1, 2], [0, 0]], dtype=np.float32)
before = given.copy()
got = fill_missing(given, "zeros")
assert got is not None, 'policy "zeros" returns a matrix, too'
assert np.array_equal(got, before), f"zeros: missing words stay all zeros, and nothing changes; got {got.tolist()}"
fill_missing(given, "mean")
assert np.array_equal(given, before), (
    f"the matrix that is passed stays as it is: work on a copy; it is now {given.tolist()}"
)
try:
    got = fill_missing(given, "median")
except ValueError:
    pass
except (KeyError, UnboundLocalError, TypeError) as error:
    raise AssertionError(f"an unknown policy raises ValueError, not {type(error).__name__}") from None
else:
    raise AssertionError('"median" is no policy: raise ValueError, or a slip of the pen goes unnoticed')
print("policies: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(70)
given = rng.normal(size=(30, 4)).astype(np.float32)
given[[0, 4, 5, 29]] = 0
full = given.copy()
full[[4, 5, 29]] = 0.5
for policy in ("zeros", "mean", "random"):
    for table in (given, full):
        before = table.copy()
        got = fill_missing(table, policy, seed=3)
        assert np.array_equal(table, before), f"{policy}: the matrix that is passed was changed; work on a copy"
        assert got.dtype == np.float32, f"{policy}: the dtype stays float32, got {got.dtype}"
        assert got.shape == table.shape, f"{policy}: the shape stays {table.shape}, got {got.shape}"
        assert not got[0].any(), f"{policy}: row 0 is padding and stays as it is, got {got[0]}"
        keep = table.any(axis=1)
        assert np.array_equal(got[keep], table[keep]), f"{policy}: the rows of found words stay exactly as they are"
    assert np.array_equal(fill_missing(full, policy), full), f"{policy}: no word is missing, so nothing is to be filled"
for wrong in ("Mean", "", "zero", "rand", None):
    try:
        got = fill_missing(given, wrong)
    except ValueError:
        continue
    except (KeyError, UnboundLocalError, TypeError, AttributeError) as error:
        raise AssertionError(f"policy {wrong!r}: raise ValueError, not {type(error).__name__}") from None
    raise AssertionError(f"policy {wrong!r} is none of the three: raise ValueError")
try:
    got = fill_missing(full, "median")
except ValueError:
    pass
else:
    raise AssertionError("an unknown policy raises ValueError even if no word is missing")
### END HIDDEN TESTS

# %% [markdown]
# ## Four policies, measured
#
# Which policy is best? Measure it, on two matrices: one with all vectors that were found, and one where we hide half of them, as if the file were poorer. The texts are the headlines, the question is the topic, and the model is the simplest that reads vectors: their mean (padding masked), then one dense layer.
#
# The fourth policy needs a way to train some rows and freeze others. Keras freezes whole layers, but it lets you pass a function that repairs the weights after every step, a **constraint**: wherever the matrix has a vector, put that vector back.


# %% tags=["demo"]
def layer_for(table, policy):
    """An embedding layer with one policy for the missing words of `table`."""
    if policy != "learned":
        return keras.layers.Embedding(
            *table.shape, weights=[fill_missing(table, policy)], mask_zero=True, trainable=False
        )
    empty = ~table.any(axis=1, keepdims=True)
    empty[0] = False  # padding stays as it is
    return keras.layers.Embedding(
        *table.shape,
        weights=[fill_missing(table, "random")],
        mask_zero=True,
        embeddings_constraint=lambda now: keras.ops.where(empty, now, table),
    )


# %% [markdown]
# To save time, one model holds all eight combinations side by side. They share the input and nothing else, so each learns as it would alone.

# %% tags=["demo"]
hide = np.random.default_rng(0)
fewer = {word: vector for word, vector in GLOVE.items() if hide.random() < 0.5}
policies = ["zeros", "mean", "random", "learned"]
inputs, heads = keras.Input(shape=(12,), dtype="int32"), []
for name, vectors in {"all vectors": GLOVE, "half of the vectors": fewer}.items():
    table = embedding_matrix(VOCABULARY, vectors, DIM)
    print(f"{name}: coverage by tokens {coverage(VOCABULARY, vectors, COUNTS)[1]:.0%}")
    for policy in policies:
        mean = keras.layers.GlobalAveragePooling1D()(layer_for(table, policy)(inputs))
        heads.append(keras.layers.Dense(len(TOPICS), activation="softmax", kernel_initializer="zeros")(mean))
model = keras.Model(inputs, keras.ops.stack(heads, axis=1))  # shape (texts, 8 combinations, 8 topics)
model.compile(keras.optimizers.Adam(0.03), "sparse_categorical_crossentropy", jit_compile=False)

# %% [markdown]
# Now train it three times, each time from the start and on other texts: a sample of the training headlines, drawn with repetition. The validation and test headlines of the file serve to measure the accuracy.

# %% tags=["demo"]
train_ids, train_topics = arrays(TRAIN)
test_ids, test_topics = arrays([row for row in HEADLINES if row["part"] != "train"])
model.optimizer.build(model.trainable_variables)
state = [*model.variables, *model.optimizer.variables]
start = [variable.numpy() for variable in state]
accuracy = []
for seed in range(3):
    for variable, value in zip(state, start, strict=True):
        variable.assign(value)
    sample = np.random.default_rng(seed).integers(len(train_ids), size=8 * len(train_ids))
    wanted = np.repeat(train_topics[sample, None], 8, axis=1)  # the same answer for each of the eight
    model.fit(train_ids[sample], wanted, batch_size=100, shuffle=False, verbose=0)
    accuracy.append((np.array(model(test_ids)).argmax(axis=-1) == test_topics[:, None]).mean(axis=0))
    print(f"sample {seed}:", accuracy[-1].round(3))
accuracy = np.array(accuracy)

# %% tags=["demo"]
fig, ax = plt.subplots(figsize=(8, 3.8), layout="constrained")
for columns, label, marker, shift in [
    (slice(0, 4), "all vectors", "o", -0.12),
    (slice(4, 8), "half of them hidden", "s", 0.12),
]:
    ax.plot(np.arange(4) + shift, accuracy[:, columns].mean(axis=0), marker, markersize=9, label=label)
    for one in accuracy[:, columns]:
        ax.plot(np.arange(4) + shift + 0.08, one, marker, color="black", markersize=3)
ax.set_xticks(range(4), policies)
ax.axhline(1 / len(TOPICS), color="gray", linestyle=":")
ax.annotate("guessing", (-0.2, 1 / len(TOPICS)), (0, 5), textcoords="offset points")
ax.set(title="Missing words: four policies", xlabel="policy", ylabel="accuracy on new headlines", ylim=(0, None))
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# Each large mark is the mean of three runs, and the small marks beside it are the single runs; circles are the matrix with all vectors, squares the one with half of them hidden. Compare the differences with the spread of the small marks before you believe them.
#
# - The distance between circles and squares is larger than the differences between the first three policies. **Coverage matters more than the policy.** Better vectors, or a better cut, gain more than a cleverer filling.
# - *zeros*, *mean* and *random* are about level here. For a mean of vectors that is no wonder: zeros shorten it a little, the mean vector shifts all texts in the same way, and small random numbers add hardly anything.
# - *learned* is close to the others where most of the text is covered; on a small sample it can even lose, because it has more numbers to fit. With half of the vectors hidden it recovers a part of the loss: some of those words are frequent enough in the training texts to learn something. It can do nothing for a word that occurs in new texts only.
#
# This is one task, one model and three runs, not a law. What carries over is the way of asking. Two more remarks from the literature: Kim (2014) drew the rows of missing words so that their variance equals that of the found ones, and reports a slight gain for a convolutional network on other texts. Large random numbers are a risk with frozen rows, because noise of the same size as the signal cannot be unlearned. If you are curious, change the `scale` in `layer_for`, say to the standard deviation of the found vectors.
#
# A simple rule to start with: *zeros* or *mean* while the layer is frozen, and a trainable layer (lesson 4) when there is enough text.
#
# ## The memory that is saved
#
# The last promise of this lesson: the matrix has rows for your words only. The next cell compares it with a matrix of everything in the file, for the course's vocabulary and some published files. float32 has 4 bytes.

# %% tags=["demo"]
rows = len(VOCABULARY) + 1
print(f"this task: {rows:,} rows × {DIM} × 4 bytes = {embedding_matrix(VOCABULARY, GLOVE, DIM).nbytes / 1e6:.1f} MB")
for name, words, dim in [
    ("glove.6B.100d", 400_000, 100),
    ("glove.6B.300d", 400_000, 300),
    ("glove.840B.300d", 2_200_000, 300),
]:
    print(f"{name:16} all words {words * dim * 4 / 1e6:7,.0f} MB    {rows:,} rows {rows * dim * 4 / 1e6:5.1f} MB")

# %% [markdown]
# What is saved here is saved several times over: the saved model holds the matrix, a copy goes to the GPU, and if the layer is trainable, Adam keeps two more numbers for each of its own. All of them shrink with the number of rows.
#
# The price: the model knows the words of its vocabulary only. A new word in tomorrow's text has a vector in the big file but no row in your matrix; it is *unknown* (or left out), though not *missing*. If you expect new words, take the vocabulary larger than your training texts, for instance with frequent words of the file. Their rows are good from the first day, as long as the layer is frozen.
#
# ## Quiz
#
# Think of an answer first, then open the choices.
#
# **1. A vocabulary has 5,000 words with the ids 1 to 5,000. How many rows has the matrix?**
#
# <details><summary>A. 5,000</summary>
# No. Then the last row is number 4,999, and the word with id 5,000 has none: <code>IndexError</code>.
# </details>
# <details><summary>B. 5,001</summary>
# Right: the largest id + 1. Row 0 belongs to padding.
# </details>
# <details><summary>C. 5,002, for padding and for unknown words</summary>
# No. Unknown words only need a row if they have an id. In this vocabulary they have none.
# </details>

# %% [markdown]
# **2. Coverage is 60 % by types and 95 % by tokens. What does that say?**
#
# <details><summary>A. One of the two numbers must be wrong</summary>
# No. They count different things, and the gap is normal.
# </details>
# <details><summary>B. The missing words are rare: 40 % of the words, but only 5 % of the text</summary>
# Right. Still read the list of missing words: five rare names are harmless, five words that decide the topic are not.
# </details>
# <details><summary>C. The missing words are the most frequent ones</summary>
# No, the other way round: then the coverage by tokens would be the lower one.
# </details>

# %% [markdown]
# **3. After cutting with `TextVectorization`, the most frequent missing words are *dont*, *doesnt* and *isnt*. What is the best remedy?**
#
# <details><summary>A. Fill their rows with random numbers</summary>
# That gives each a row of its own, but throws away that vectors for <em>do</em>, <em>n't</em> and <em>is</em> exist.
# </details>
# <details><summary>B. Take a larger file of vectors</summary>
# A larger file may have <em>dont</em>, learned from typing errors. The words were made by your tokenizer; that is where to mend it.
# </details>
# <details><summary>C. Cut the text as the text of the vectors was cut</summary>
# Right: <em>do</em> + <em>n't</em>. Then the negation, which matters, has a good vector.
# </details>

# %% [markdown]
# **4. Two words of a vocabulary have exactly the same row in the matrix, and it is not zero. What do you suspect?**
#
# <details><summary>A. They are synonyms</summary>
# No. Synonyms have similar vectors, but practically never the same fifty or three hundred numbers.
# </details>
# <details><summary>B. A stale vector: one was missing and got the vector of the word before it. Or the policy <em>mean</em></summary>
# Right. With the policy <em>mean</em> all missing words share a row, on purpose. Otherwise look at the conditions in the loop.
# </details>
# <details><summary>C. Two words have the same id</summary>
# No. Then they would share one row, and you would not find two.
# </details>

# %% [markdown]
# **5. The layer is frozen, and missing words have zeros. A colleague wants to fine-tune "so that they learn something". Is that enough?**
#
# <details><summary>A. Yes, training changes all rows</summary>
# Only rows whose words occur in the training texts. And all <em>found</em> rows of these texts move as well, which needs enough text (lesson 4).
# </details>
# <details><summary>B. No, rows of zeros can never change</summary>
# No. They can: a trainable row of zeros gets a gradient like any other, as soon as the layers above it have weights that are not zero.
# </details>
# <details><summary>C. It helps words that occur in the training texts, and no others</summary>
# Right. For a missing word that occurs only in new texts, nothing but a vector from elsewhere can help.
# </details>

# %% [markdown]
# ## Summary
#
# - The matrix has **the largest id + 1** rows: with ids from 1, that is words + 1. Row 0 is padding. float32, said explicitly.
# - Look up and write under one condition, or a **stale vector** lands in a row where it does not belong.
# - **Coverage** by tokens is what the model feels, coverage by types what the matrix looks like. Read the list of missing words.
# - Words must meet: cut your text as the vectors' authors cut theirs. Where you cannot, try the word as it is, then lower case, then plain variants.
# - **Padding, unknown and missing** are three different things.
# - zeros, mean, random, learned: compare on your task. Coverage usually matters more.
# - The matrix is as large as your vocabulary, not as large as the file.
#
# ## Read on
#
# - [Keras example: using pre-trained word embeddings](https://keras.io/examples/nlp/pretrained_word_embeddings/): the whole path with newsgroup texts; you can now say what you would change.
# - [Yoon Kim (2014), Convolutional Neural Networks for Sentence Classification](https://aclanthology.org/D14-1181/): frozen and trained vectors, and missing words with a chosen variance.
# - [Stanford tokenizer, as used for the published vectors](https://nlp.stanford.edu/software/tokenizer.html): what becomes of *don't*, and of much else.
# - [Keras documentation of the TextVectorization layer](https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/): the arguments `standardize` and `split`.
# - [fastText](https://fasttext.cc/docs/en/english-vectors.html): vectors made of pieces of words, so that no word is missing.
#
# **Next:** lesson 7 puts everything together on the headlines, and asks whether the borrowed vectors are worth it.
