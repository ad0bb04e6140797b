# %% [markdown] minutes=45
# # Why embeddings: what they cost and what they know
#
# The plainest way to hand a word to a network is a row of zeros with a single one. It is exact, it needs no training, and with a vocabulary of 100,000 words it fills your memory with zeros. An embedding replaces that row by a few hundred numbers, and these numbers turn out to know something about the words. In this lesson you count the bytes, show that both ways compute the same thing, look at the neighbours of words, and do the most famous sum of the field, *king − man + woman*: once as the legend tells it, once as it really works.
#
# After this lesson you can
#
# - say what one-hot vectors and an embedding cost, in bytes and in parameters, and what an embedding costs that one-hot does not,
# - show that a lookup in a table is a matrix product with one-hot rows,
# - measure how alike two words are, and find the neighbours of a word,
# - solve an analogy with word vectors, and say where the result is less than it seems,
# - read a two-dimensional picture of word vectors, and a probe for bias, with the right doubts.
#
# You need lesson 1 and NumPy.

# %% tags=["setup"]
import csv
import os
import time

import matplotlib.pyplot as plt
import numpy as np

from autograde.data import data_path, load_vectors

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow starts quietly in the one cell that needs it,
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # and rounds in the same way on every machine
plt.style.use("tableau-colorblind10")

# %% [markdown]
# ## The plain way: one-hot
#
# Take a vocabulary of V words with the ids 0 to V − 1. The **one-hot vector** of an id is a row of V numbers: a one in the column of that id, zeros everywhere else. It treats the id as a name, not as a quantity, which is right. It is the oldest way to give a network words or any other categories.
#
# ### Exercise: one-hot vectors
#
# Write `one_hot` for an array of ids of **any** shape: (n,) for one text, (batch, length) for several. The result has one axis more, of length V. As in lesson 1, an id that is not there must not pass in silence: with `np.eye(V)[-1]` you would get the last word.


# %% exercise="one_hot"
def one_hot(ids, vocabulary_size):
    """One-hot vectors of ids.

    Parameters
    ----------
    ids : ndarray of any shape, any integer dtype
        At least one id; ids run from 0 to `vocabulary_size` - 1.
    vocabulary_size : int
        Number of different ids, at least 1.

    Returns
    -------
    ndarray, shape (*ids.shape, vocabulary_size), float32
        Along the last axis a single 1.0, in the column of the id, and 0.0 elsewhere.

    Raises
    ------
    IndexError
        If an id is negative, or not smaller than `vocabulary_size`.
    """
    ### BEGIN SOLUTION
    if ids.size and (ids.min() < 0 or ids.max() >= vocabulary_size):
        raise IndexError(f"ids run from 0 to {vocabulary_size - 1}, got {ids.min()} to {ids.max()}")
    return (ids[..., np.newaxis] == np.arange(vocabulary_size)).astype(np.float32)
    ### END SOLUTION


# %% check="one_hot" points=1
# One row for each id, one column for each word
got = one_hot(np.array([2, 0, 2, 3]), 5)
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, np.ndarray), f"return a NumPy array, not {type(got).__name__}"
assert got.shape != (5,), "all ids ended up in one row: that is a bag of words; each id gets a row of its own"
assert got.shape != (5, 4), "rows and columns are exchanged: one row for each id, one column for each word"
assert got.shape[-1] != 6, (
    "ids run from 0 to vocabulary_size - 1, so there are exactly vocabulary_size columns, not one more"
)
assert got.shape != (4, 4), (
    "vocabulary_size says how many columns there are, here 5; the largest id of the batch does not"
)
assert got.shape == (4, 5), f"4 ids, 5 words: expected shape (4, 5), got {got.shape}"
assert not np.array_equal(got[0], [0, 1, 0, 0, 0]), "the one of id 2 stands in column 1: take nothing off the id"
assert not np.array_equal(got[0], [0, 0, 0, 1, 0]), "the one of id 2 stands in column 3: add nothing to the id"
assert not np.array_equal(got[3], [0, 0, 0, 3, 0]), "the entry in the column of an id is 1.0, whatever the id"
assert not np.array_equal(got[0], [1, 0, 1, 1, 0]), (
    "the columns of all ids are one in every row (out[:, ids] = 1 does that): there is a single one in each row"
)
expected = [[0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]]
assert np.array_equal(got, expected), (
    f"a one in the column of each id, zeros elsewhere: expected {expected}, got {got.tolist()}"
)
assert got.dtype == np.float32, f"networks compute in float32: expected dtype float32, got {got.dtype}"
print("one_hot: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
for n, size in [(1, 1), (7, 2), (30, 11), (5, 200)]:
    ids = rng.integers(0, size, size=n)
    got = one_hot(ids, size)
    assert got.shape == (n, size), f"{n} ids, {size} words: expected shape {(n, size)}, got {got.shape}"
    assert np.array_equal(got.argmax(axis=1), ids), f"the one of each row stands in the column of its id, {ids}"
    assert np.array_equal(np.sort(got, axis=1)[:, :-1], np.zeros((n, size - 1))), "all other entries are zero"
    assert np.array_equal(got.max(axis=1), np.ones(n)), "the entry in the column of the id is one"
    assert got.dtype == np.float32, f"expected dtype float32, got {got.dtype}"
### END HIDDEN TESTS

# %% check="one_hot" points=1
# A batch of texts: the shape of the ids, and one axis more
got = one_hot(np.array([[1, 0, 2], [2, 2, 1]], dtype=np.int32), 4)
assert isinstance(got, np.ndarray), f"return a NumPy array, not {type(got).__name__}"
assert got.shape != (6, 4), "the batch was flattened: keep the axes of ids, and add one at the end"
assert got.shape == (2, 3, 4), f"ids of shape (2, 3), 4 words: expected shape (2, 3, 4), got {got.shape}"
assert np.array_equal(got.argmax(axis=-1), [[1, 0, 2], [2, 2, 1]]), (
    f"each one stands in the column of its id, got {got}"
)
print("a batch of ids: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(2)
for shape in [(1, 1), (4, 4), (2, 3, 5), (6, 1)]:
    ids = rng.integers(0, 9, size=shape)
    got = one_hot(ids, 9)
    assert got.shape == (*shape, 9), f"ids of shape {shape}, 9 words: expected shape {(*shape, 9)}, got {got.shape}"
    for place in np.ndindex(*shape):
        expected = [1.0 if column == ids[place] else 0.0 for column in range(9)]
        assert got[place].tolist() == expected, f"id {ids[place]}: expected {expected}, got {got[place].tolist()}"
### END HIDDEN TESTS

# %% check="one_hot" points=1
# An id outside the vocabulary is an error
try:
    got = one_hot(np.array([0, -1]), 4)
except IndexError:
    pass
except (ValueError, KeyError, AssertionError) as error:
    raise AssertionError(
        f"an id outside the vocabulary is an IndexError, not a {type(error).__name__} ({error})"
    ) from None
else:
    raise AssertionError(f"-1 is no id: raise IndexError (NumPy counts -1 from the end); you returned {got}")
print("ids outside the vocabulary: the visible checks pass")
### BEGIN HIDDEN TESTS
for wrong in ([4], [0, 1, 7], [-4], [-9], [[1, 2], [3, -2]]):
    try:
        got = one_hot(np.array(wrong), 4)
    except IndexError:
        continue
    raise AssertionError(f"ids {wrong}, 4 words: raise IndexError instead of returning {got.tolist()}")
try:
    got = one_hot(np.array([0, 3]), 4)
except IndexError as error:
    raise AssertionError(f"0 and 3 are ids of 4 words, the first and the last, and no error ({error})") from None
assert np.array_equal(got, [[1, 0, 0, 0], [0, 0, 0, 1]]), (
    f"0 and 3 are ids of 4 words, the first and the last; got {got.tolist()}"
)
### END HIDDEN TESTS

# %% [markdown]
# ## What does it cost?
#
# Count for one training step: a batch of 32 texts with 120 words each, 3,840 tokens in all. A float32 number takes **4 bytes**.
#
# - **One-hot**: an array of shape (tokens, V). It is *sparse*: nearly all of its entries are zero.
# - **Embedding**: the table, shape (V, dimension), is kept in memory for good, and the vectors of the batch, shape (tokens, dimension), come and go. They are *dense*: few numbers, nearly all of them different from zero.
#
# ### Exercise: count the bytes
#
# Two small functions. Leave the ids themselves out of the count; they take 4 bytes for each token, next to nothing.


# %% exercise="one_hot_bytes"
def one_hot_bytes(tokens, vocabulary_size):
    """Memory of the one-hot vectors of some tokens, as float32.

    Parameters
    ----------
    tokens : int
        How many tokens there are in the batch.
    vocabulary_size : int

    Returns
    -------
    int
        Bytes of a float32 array of shape (tokens, vocabulary_size).
    """
    ### BEGIN SOLUTION
    return tokens * vocabulary_size * 4
    ### END SOLUTION


# %% check="one_hot_bytes" points=1
# Four bytes for each entry
got = one_hot_bytes(10, 1000)
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert got != 10_000, "10,000 is the number of entries; a float32 entry takes 4 bytes"
assert got != 80_000, "8 bytes an entry is float64; the array is float32, 4 bytes"
assert got != 320_000, "32 is the number of bits of a float32 entry; a byte has 8 bits"
assert got != 4_040, "an array of 10 rows and 1000 columns has 10 · 1000 entries: multiply rows and columns"
assert got != 4_000, "4000 bytes are one row alone; each of the 10 tokens has a row of its own"
assert got != 40_040, "vocabulary_size counts all columns, there is none to be added"
assert got != 40, "40 bytes are the ones alone: in a plain array the zeros take 4 bytes each, too"
assert got not in (0.04, 39, 39.0625, 40_000 / 2**20), "the result is in bytes, not megabytes or kilobytes"
assert got == np.zeros((10, 1000), dtype=np.float32).nbytes, (
    f"10 rows of 1000 numbers of 4 bytes are 40000 bytes, got {got}"
)
print("one_hot_bytes: the visible checks pass")
### BEGIN HIDDEN TESTS
some = np.random.default_rng(9).integers(1, 5000, size=(5, 2)).tolist()
for tokens, size in [(1, 1), (0, 50), (7, 13), (3840, 100_000), (1_000_000, 3_000_000), *some]:
    got = one_hot_bytes(tokens, size)
    assert got == 4 * tokens * size or (int(got) - 4 * tokens * size) % 2**32, (
        f"({tokens}, {size}): {got} is what is left where the number does not fit into 32 bits: compute with Python's int"
    )
    assert got == 4 * tokens * size, f"({tokens}, {size}) numbers take {4 * tokens * size} bytes, got {got}"
    assert isinstance(got, (int, np.integer)), f"a number of bytes is a whole number, an int, not {type(got).__name__}"
### END HIDDEN TESTS


# %% exercise="embedding_bytes"
def embedding_bytes(tokens, vocabulary_size, dim):
    """Memory of an embedding: its table, and the vectors of some tokens, as float32.

    Parameters
    ----------
    tokens : int
        How many tokens there are in the batch; may be 0.
    vocabulary_size : int
        Number of rows of the table.
    dim : int
        Number of dimensions.

    Returns
    -------
    int
        Bytes of two float32 arrays together: the table (vocabulary_size, dim) and the vectors (tokens, dim).
    """
    ### BEGIN SOLUTION
    return (vocabulary_size + tokens) * dim * 4
    ### END SOLUTION


# %% check="embedding_bytes" points=1
# The table alone
got = embedding_bytes(0, 1000, 50)
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert got != 0, "without tokens there is still the table: it stays in memory whether a batch passes or not"
assert got != 50_000, "50,000 is the number of entries of the table; a float32 entry takes 4 bytes"
assert got != 400_000, "8 bytes an entry is float64; the table is float32, 4 bytes"
assert got != 1_600_000, "32 is the number of bits of a float32 entry; a byte has 8 bits"
assert got != 200_200, "vocabulary_size is the number of rows already, there is none to be added"
assert got not in (0.2, 200, 195, 195.3125, 200_000 / 2**20), "the result is in bytes, not megabytes or kilobytes"
assert got == 200_000, f"a table of 1000 rows of 50 numbers of 4 bytes takes 200000 bytes, got {got}"
print("the table: the visible checks pass")
### BEGIN HIDDEN TESTS
some = np.random.default_rng(10).integers(1, 5000, size=(5, 2)).tolist()
for size, dim in [(1, 1), (10, 3), (3, 10), (100_000, 300), (3_000_000, 1000), *some]:
    got = embedding_bytes(0, size, dim)
    assert got == 4 * size * dim, f"a table ({size}, {dim}) takes {4 * size * dim} bytes, got {got}"
    assert isinstance(got, (int, np.integer)), f"a number of bytes is a whole number, an int, not {type(got).__name__}"
### END HIDDEN TESTS

# %% check="embedding_bytes" points=1
# The table and the vectors of a batch
got = embedding_bytes(20, 1000, 50)
assert got != 200_000, "that is the table alone; the vectors of the 20 tokens need memory, too"
assert got != 4_000, "those are the vectors of the batch alone; the table needs memory, too"
assert got != 4_000_000, "20 tokens do not need 20 tables: add the table and the vectors, do not multiply them"
assert got != 204_080, "those are the ids, too: leave the ids out of the count"
assert got != 280_000, "that is a one-hot row for each token; here each token gets a vector of dim numbers"
assert got == 204_000, f"the table takes 200000 bytes, 20 vectors of 50 numbers 4000: expected 204000, got {got}"
print("embedding_bytes: the visible checks pass")
### BEGIN HIDDEN TESTS
some = np.random.default_rng(11).integers(1, 5000, size=(5, 3)).tolist()
for tokens, size, dim in [(1, 1, 1), (10, 7, 3), (3840, 100_000, 300), (5, 2, 1000), *some]:
    got, expected = embedding_bytes(tokens, size, dim), 4 * dim * size + 4 * dim * tokens
    assert got == expected, f"table ({size}, {dim}) and vectors ({tokens}, {dim}): expected {expected} bytes, got {got}"
### END HIDDEN TESTS

# %% tags=["demo"]
tokens, size, dim = 32 * 120, 100_000, 300
print(f"one-hot:   {one_hot_bytes(tokens, size) / 1e6:8.1f} MB for every batch")
print(f"embedding: {embedding_bytes(0, size, dim) / 1e6:8.1f} MB once, for the table")
print(f"           {tokens * dim * 4 / 1e6:8.1f} MB for the vectors of every batch")
print(f"ids:       {tokens * 4 / 1e6:8.3f} MB for every batch")

# %% [markdown]
# The embedding is about 12 times smaller as a whole, and its part that changes with every batch more than 300 times. How does that depend on the size of the vocabulary? In the figure below both axes are logarithmic: each step is a factor of ten.

# %% tags=["demo"]
sizes = [int(n) for n in np.logspace(1, 6, 60)]
fig, ax = plt.subplots(figsize=(7, 4.4))
ax.loglog(sizes, [one_hot_bytes(tokens, n) / 1e6 for n in sizes], label="one-hot vectors of a batch")
both = [embedding_bytes(tokens, n, dim) / 1e6 for n in sizes]
ax.loglog(sizes, both, "--", label="embedding: table and vectors of a batch")
ax.axhline(tokens * dim * 4 / 1e6, linestyle=":", color="gray", label="embedding: vectors of a batch alone")
ax.axvline(size, color="lightgray", zorder=0)
for amount, marker in [(one_hot_bytes(tokens, size), "o"), (embedding_bytes(tokens, size, dim), "s")]:
    ax.plot(size, amount / 1e6, marker, color="k")
    ax.text(size / 1.3, amount / 1e6, f"{amount / 1e6:,.0f} MB", ha="right", va="bottom")
ax.set(title="Memory of 3,840 tokens, 300 dimensions", xlabel="words in the vocabulary", ylabel="memory in MB")
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# The solid line climbs with the vocabulary from the start. The dashed one is flat at first, where the vectors of the batch dominate, and then climbs in parallel, a factor of nearly 13 lower, where the table dominates. The marked points are a vocabulary of 100,000 words. At the far left the lines cross: for a vocabulary of fewer than about 325 words, such as the days of the week or the letters of the alphabet, **one-hot is the smaller one**, and it is still in use there.
#
# ### Two honest remarks
#
# **The big array need not exist.** A program that has the ids never builds the one-hot matrix; it keeps 4 bytes for each token until the moment of use, or stores the positions of the ones (a *sparse* matrix). So "one-hot fills the memory" describes what an embedding layer spares you, not what careful people did before.
#
# **The parameters do not go away.** A one-hot vector has no parameters of its own. But the first dense layer after it, with 300 units, has a weight for each pair of word and unit: 100,000 × 300, exactly as many as the table of the embedding has. What an embedding spares you is the array of zeros and the multiplication by it. Why the two tables have the same size, you will see now.
#
# ## A lookup is a matrix product
#
# Let the rows of X be one-hot vectors, and W the weights of a dense layer without bias. Row i of X @ W is a sum over all rows of W, each multiplied by zero, except for one that is multiplied by one. What is left is that row of W. So **one_hot(ids) @ W and W[ids] are the same array**.

# %% tags=["demo"]
rng = np.random.default_rng(0)
W = rng.normal(size=(20_000, 100)).astype(np.float32)
ids = rng.integers(0, len(W), size=320)
start = time.perf_counter()
product = one_hot(ids, len(W)) @ W
between = time.perf_counter()
rows = W[ids]
end = time.perf_counter()
print("the same numbers:", np.array_equal(product, rows), product.shape)
print(f"one-hot and product {1000 * (between - start):8.2f} ms")
print(f"lookup              {1000 * (end - between):8.2f} ms")

# %% [markdown]
# The same numbers to the last bit, but the product multiplies and adds 20,000 numbers to copy one, and takes hundreds of times as long. An embedding layer is thus a dense layer without bias on one-hot input, done cleverly. It also answers a common question: an embedding is **not** an "encoder of meaning" that comes from outside. It is a weight matrix, trained like any other.
#
# ## What one-hot vectors do not know
#
# Memory is the first reason for embeddings. The second one is deeper. To compare two words, one asks how much their vectors point in the same direction: the **cosine** of the angle between them,
#
# $$\cos(a, b) = \frac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert}.$$
#
# It is 1 for the same direction, 0 at right angles and −1 for opposite directions. The lengths of the vectors do not matter. (The length of a word vector has much to do with how frequent the word is, and little with what it means.)
#
# ### Exercise: cosine similarity
#
# A vector of zeros has no direction, and the formula divides by zero. Such vectors do occur: padding, or a word for which nobody trained a vector. Here the similarity is 0 by definition.


# %% exercise="cosine_similarity"
def cosine_similarity(a, b):
    """Cosine of the angle between two vectors.

    Parameters
    ----------
    a, b : ndarray, shape (dim,), float32 or float64
        They are not changed.

    Returns
    -------
    float
        From -1 to 1 (up to rounding). It depends on the directions alone, however long or short the vectors are.
        0.0 if one of them, or both, are all zeros. A NumPy float will do.
    """
    ### BEGIN SOLUTION
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / norms) if norms > 0 else 0.0
    ### END SOLUTION


# %% check="cosine_similarity" points=2
# The angle counts, not the length
a, b = np.array([3.0, 4.0]), np.array([4.0, 3.0])
got = cosine_similarity(a, b)
assert got is not None, "the function returns nothing: add a return"
assert np.ndim(got) == 0, f"return one number, not an array of shape {np.shape(got)}"
assert a.tolist() == [3, 4] and b.tolist() == [4, 3], (
    f"the function changed its input to {a} and {b}: write a / n, not a /= n"
)
assert not np.isclose(got, 24.0), "24 is the dot product: divide it by both lengths"
assert not np.isclose(got, 24 / 625), "you divided by the squared lengths: np.linalg.norm gives the length itself"
assert not np.isclose(got, 24 / 5), "you divided by one of the lengths: divide by both"
assert not np.isclose(got, 0.04), "0.04 is the cosine distance, 1 minus the similarity"
assert not np.isclose(got, np.sqrt(2.0)), (
    "that is the straight distance between the points; here the angle is asked for"
)
assert not np.isclose(got, 24 / 26), "you divided by 5 · 5 + 1: add nothing to the lengths, a zero is a case of its own"
assert not np.isclose(got, 24 / 49), (
    "you divided by sums of absolute values: the length is the root of the sum of squares"
)
assert not np.isclose(got, -1.0), "that is the correlation, which subtracts the mean of each vector first: leave it out"
assert not np.isclose(got, np.arccos(0.96)), "that is the angle itself: its cosine is asked for"
assert np.isclose(got, 0.96), f"24 / (5 · 5) is 0.96, got {got}"
assert np.isclose(cosine_similarity(a, -b), -0.96), (
    "opposite directions give a negative number: do not take its absolute value"
)
print("cosine_similarity: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(3)
for dim in (1, 2, 50, 300):
    for dtype in ("float32", "float64"):
        a, b = rng.normal(size=dim).astype(dtype), rng.normal(size=dim).astype(dtype)
        expected = sum(float(x) * float(y) for x, y in zip(a, b, strict=True)) / (
            sum(float(x) ** 2 for x in a) ** 0.5 * sum(float(y) ** 2 for y in b) ** 0.5
        )
        got = cosine_similarity(a, b)
        assert np.isclose(got, expected, atol=1e-5), (
            f"two vectors of {dim} numbers: expected {expected:.6f}, got {got} (do not round)"
        )
        assert np.isclose(cosine_similarity(a, a), 1, atol=1e-5), "a vector has the similarity 1 with itself"
        got = cosine_similarity(1000 * a, b / 1000)
        assert np.isclose(got, expected, atol=1e-5), (
            f"longer or shorter vectors have the same angle: {expected:.6f}, got {got}"
        )
small = np.array([3e-6, 4e-6]), np.array([4e-6, 3e-6])
got = cosine_similarity(*small)
assert np.isclose(got, 0.96, atol=1e-3), (
    f"vectors as short as 5e-6 still have a direction: expected 0.96, got {got}; "
    "a small number added to what you divide by drowns them, so treat zero as a case of its own"
)
### END HIDDEN TESTS

# %% check="cosine_similarity" points=1
# A vector of zeros has no direction
got = cosine_similarity(np.zeros(3), np.array([1.0, 2.0, 3.0]))
assert got is not None, "the function returns nothing for a vector of zeros: return 0.0"
assert np.ndim(got) == 0, f"return one number, not an array of shape {np.shape(got)}"
assert not np.isnan(got), "nan: you divided zero by zero; return 0.0 where a vector is all zeros"
assert got == 0, f"a vector of zeros has the similarity 0 by definition, got {got}"
print("zero vectors: the visible checks pass")
### BEGIN HIDDEN TESTS
zeros, other = np.zeros(4, dtype=np.float32), np.array([1, -2, 0, 5], dtype=np.float32)
for a, b in [(other, zeros), (zeros, zeros), (zeros, other)]:
    got = cosine_similarity(a, b)
    assert not np.isnan(got), f"nan for {a} and {b}: either of the two may be all zeros, or both"
    assert got == 0, f"{a} and {b}: expected 0, got {got}"
assert np.array_equal(zeros, np.zeros(4)) and np.array_equal(other, [1, -2, 0, 5]), (
    "cosine_similarity changed its input"
)
got = cosine_similarity(np.array([1.0, 0.0]), np.array([0.0, 2.0]))
assert np.isclose(got, 0), f"right angle: expected 0, got {got}"
got = cosine_similarity(np.array([1.0, 0.0]), np.array([2.0, 2.0]))
assert np.isclose(got, 0.7071, atol=1e-3), (
    f"[1, 0] has a zero in it, but is no vector of zeros: expected 0.7071, got {got}"
)
### END HIDDEN TESTS

# %% [markdown]
# Now compare. The course brings vectors of 50 dimensions that were trained on English Wikipedia, one for each word. `load_vectors` reads them into a dictionary; in lesson 5 you will write it yourself.
#
# > **Other vectors.** Set the environment variable `EMBEDDING_COURSE_VECTORS` to the path of a published GloVe file before you start JupyterLab, and this lesson uses its first 20,000 words. All cells run as before. The numbers, neighbours and ranks will differ from those you see in the solved notebook; the text around them speaks about what to look for, not about one particular number.

# %% tags=["demo"]
vectors = load_vectors()
dim = len(next(iter(vectors.values())))
print(f"{len(vectors):,} words, {dim} dimensions")
words = ["cat", "dog", "france", "italy"]
rows = one_hot(np.arange(4), 4)
for i, j in [(0, 1), (2, 3), (0, 2)]:
    alike = cosine_similarity(vectors[words[i]], vectors[words[j]])
    print(f"{words[i]:6} and {words[j]:6}  one-hot {cosine_similarity(rows[i], rows[j]):.2f}  embedding {alike:.2f}")

# %% [markdown]
# To one-hot vectors, every word is equally foreign to every other: all pairs stand at right angles. A network that has learned something about *cat* knows nothing about *dog*. In the embedding, related words point in similar directions, so what is learned about one carries over to the other.
#
# Where does that come from? From an old observation: **words that appear in similar company have similar meanings.** The training of such vectors does nothing but count, or predict, which words stand near which.
#
# ## The neighbours of a word
#
# ### Exercise: the nearest words
#
# Compare one word with all others and keep the most similar ones. `cosine_similarity` from above may do the work; if you prefer one large matrix product, think of rows that are all zeros.


# %% exercise="nearest"
def nearest(word, vectors, k):
    """The words most similar to a word, by cosine similarity.

    Parameters
    ----------
    word : str
        A key of `vectors`.
    vectors : dict of str to ndarray, shape (dim,), float32
        They are not changed. A vector may be all zeros; its similarity to every word is 0.
    k : int
        How many words to return, at least 1.

    Returns
    -------
    list of (str, float)
        `k` pairs of a word and its similarity to `word`, the most similar first, without `word` itself.
        All other words where there are fewer than `k`. Words of equal similarity may come in any order.

    Raises
    ------
    KeyError
        If `word` has no vector.
    """
    ### BEGIN SOLUTION
    target = vectors[word]
    scores = [(other, cosine_similarity(target, vector)) for other, vector in vectors.items() if other != word]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[:k]
    ### END SOLUTION


# %% check="nearest" points=2
# The most similar words, in order, with their similarity
compass = {"north": [0, 2], "east": [1, 0], "south": [0, -1], "northeast": [3, 3], "almost north": [0.1, 1]}
compass = {word: np.array(vector, dtype=np.float32) for word, vector in compass.items()}
got = nearest("north", compass, 3)
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, list), f"return a list of pairs, not {type(got).__name__}"
assert len(got) == 3, f"k=3, so three pairs come back: leave the word out first, then take k; got {got}"
assert "north" in compass, "nearest removed the word from the dictionary that it was given: leave it there and skip it"
assert all(isinstance(pair, (tuple, list)) and len(pair) == 2 and isinstance(pair[0], str) for pair in got), (
    f"each entry is a pair of a word and its similarity, ('east', 0.0); got {got[0]!r}"
)
found = [pair[0] for pair in got]
assert found[0] != "north", "every word is its own nearest neighbour; leave the word itself out"
assert found != ["south", "east", "northeast"], "these are the least similar words: the most similar come first"
assert found != ["northeast", "almost north", "east"], (
    "that is the order by dot product, where long vectors win: use the cosine"
)
assert found != ["almost north", "east", "south"], (
    "that is the order by straight distance, where the lengths count: use the cosine"
)
assert found[0] != "south", (
    "south points in the opposite direction, -1: that is not similar, do not take absolute values"
)
assert found != ["almost north", "northeast", "south"], (
    "east is at a right angle to north, and 0 is a similarity, too: only the word itself is left out"
)
assert found != ["almost north", "east", "northeast"], "the words are in alphabetical order: rank them by similarity"
assert found[0] != "northeast", (
    f"almost north points in nearly the same direction as north, northeast does not; got {found}"
)
assert found == ["almost north", "northeast", "east"], f"expected almost north, northeast, east, got {found}"
assert not np.isclose(got[1][1], 0.2929, atol=1e-3), "0.2929 is the cosine distance, 1 minus the similarity"
assert np.isclose(got[1][1], 0.7071, atol=1e-3), f"north and northeast: cos 45° is 0.7071, got {got[1][1]}"
print("nearest: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
for size, dim in [(30, 3), (60, 20)]:
    matrix = (rng.normal(size=(size, dim)) * rng.uniform(0.2, 5, size=(size, 1))).astype(np.float32)
    names = [f"w{i}" for i in rng.permutation(500)[:size]]
    table = dict(zip(names, matrix, strict=True))
    for chosen in (0, size // 2, size - 1):
        scaled = matrix / np.sqrt((matrix**2).sum(axis=1, keepdims=True))
        cosines = scaled @ scaled[chosen]
        order = [i for i in np.argsort(-cosines) if i != chosen]
        for k in (1, 6):
            got = nearest(names[chosen], table, k)
            found = [pair[0] for pair in got]
            assert len(got) == k, f"k={k}: expected {k} pairs, got {len(got)}"
            assert names[chosen] not in found, "leave the word itself out, wherever it stands in the dictionary"
            by_length = [i for i in np.argsort(-(matrix @ matrix[chosen])) if i != chosen]
            assert found == [names[i] for i in order[:k]] or found != [names[i] for i in by_length[:k]], (
                "that is the order by dot product, where long vectors win: divide by the lengths"
            )
            by_distance = [i for i in np.argsort(((matrix - matrix[chosen]) ** 2).sum(axis=1)) if i != chosen]
            assert found == [names[i] for i in order[:k]] or found != [names[i] for i in by_distance[:k]], (
                "that is the order by straight distance, where the lengths count: use the cosine"
            )
            assert found == [names[i] for i in order[:k]], f"expected {[names[i] for i in order[:k]]}, got {found}"
            expected = cosines[order[:k]]
            assert np.allclose([pair[1] for pair in got], expected, atol=1e-4), (
                f"the similarities are the cosines {expected.round(4)}, got {[pair[1] for pair in got]}"
            )
### END HIDDEN TESTS

# %% check="nearest" points=1
# Few words, rows of zeros, unknown words
few = {"a": np.array([1, 0], dtype=np.float32), "b": np.array([1, 1], dtype=np.float32)}
few["nothing"] = np.zeros(2, dtype=np.float32)
got = nearest("a", few, 10)
assert isinstance(got, list), f"return a list of pairs, not {type(got).__name__}"
assert len(got) == 2, f"there are only two other words, so two pairs come back even for k=10; got {got}"
assert not any(value != value for _, value in map(tuple, got)), f"zeros have the similarity 0, not nan; got {got}"
assert [pair[0] for pair in got] == ["b", "nothing"], (
    f"b is at 45°, nothing has the similarity 0: expected b first, got {got}"
)
print("few words and zeros: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
table = {f"w{i}": rng.normal(size=4).astype(np.float32) for i in range(12)}
table["nothing"] = np.zeros(4, dtype=np.float32)
before = {name: vector.copy() for name, vector in table.items()}
got = nearest("w3", table, 12)
assert len(got) == 12, f"13 words, so 12 others, got {len(got)}"
values = [float(pair[1]) for pair in got]
assert not np.isnan(values).any(), "a vector of zeros has the similarity 0, not nan"
assert values == sorted(values, reverse=True), (
    f"the most similar first, with the row of zeros in its place; got {values}"
)
assert dict(got)["nothing"] == 0, f"a vector of zeros has the similarity 0, got {dict(got)['nothing']}"
assert list(table) == list(before) and all(np.array_equal(table[name], before[name]) for name in before), (
    "nearest changed the vectors that it was given (they were divided or removed in place)"
)
twins = {"twin": table["w3"] * 2, **table, "last": table["w3"] * 4}
for word, k in [("w3", 2), ("twin", 2), ("last", 2), ("nothing", 14)]:
    got = nearest(word, twins, k)
    found = [pair[0] for pair in got]
    assert word not in found, (
        f"the first of the ranking is not always the word itself: leave {word!r} out by its name; got {found}"
    )
    assert len(got) == k, f"expected {k} pairs, got {len(got)}: leave out the word itself and no other"
    assert word == "nothing" or np.allclose([pair[1] for pair in got], 1), (
        f"another word may point in the same direction (similarity 1), and it is no less near for that; got {got}"
    )
try:
    got = nearest("xyzzy", table, 3)
except KeyError:
    pass
else:
    raise AssertionError(f"'xyzzy' has no vector: raise KeyError instead of returning {got!r}")
### END HIDDEN TESTS

# %% tags=["demo"]
for word in ["tea", "france", "computer", "king", "good", "python"]:
    if word in vectors:
        print(f"{word:9}", ", ".join(f"{other} {alike:.2f}" for other, alike in nearest(word, vectors, 6)))

# %% [markdown]
# Most rows are convincing, and nobody wrote any of this down by hand. Now look for what is not convincing.
#
# - Among the neighbours of *good* you are likely to see *bad*. Opposites keep the same company ("a … film", "a … idea"), so their vectors are similar. **Similar vectors mean similar use, not equal meaning.**
# - A word has **one** vector, whatever it means. *python* is a snake, a programming language and a half of Monty Python; its vector is a mixture, and the neighbours show which meaning was the most frequent in the training text. Lesson 4 comes back to this.
# - A word's neighbours reflect the texts. Vectors that were trained on film reviews would give another list.
#
# Try words of your own in the cell above.
#
# ## King − man + woman
#
# In 2013 word vectors became famous with a sum: take the vector of *king*, subtract *man*, add *woman*, and you get *queen*. The idea is that the step from *man* to *woman* is roughly the same arrow as the step from *king* to *queen*. You will often read that the sum **equals** *queen*. What does the vector say?

# %% tags=["demo"]
unit = {word: vector / np.linalg.norm(vector) for word, vector in vectors.items()}
target = unit["king"] - unit["man"] + unit["woman"]
print("queen and the sum are equal:", np.allclose(unit["queen"], target))
ranked = sorted(unit, key=lambda word: cosine_similarity(unit[word], target), reverse=True)
for word in ranked[:6]:
    print(f"{word:10} {cosine_similarity(unit[word], target):.3f}")

# %% [markdown]
# Not equal, and not even closest: the first line of the list is *king* itself. The sum moves only a little away from where it started. The famous result appears once the three words of the question are **left out** of the candidates, and that is how published results are computed, often without a word about it.
#
# ### Find the bug
#
# The textbook *Dive into Deep Learning* has a function for analogies. This is the heart of it, [as published in its section on analogies](https://d2l.ai/chapter_natural-language-processing-pretraining/similarity-analogy.html), with the dictionary of this lesson in place of its own class. Does it leave the inputs out? Predict what it answers to *man is to king as woman is to …* and to the other questions below.


# %% tags=["demo"]
def published_analogy(token_a, token_b, token_c, embed):
    x = embed[token_b] - embed[token_a] + embed[token_c]
    return max(embed, key=lambda word: cosine_similarity(embed[word], x))


questions = ["man king woman", "france paris japan", "car cars dog", "bad worst big"]
for a, b, c in map(str.split, questions):
    print(f"{a} is to {b} as {c} is to ... {published_analogy(a, b, c, vectors)}")

# %% [markdown]
# It returns the single nearest word and removes nothing. Where the step from the first word to the second is long, as from a country to its capital, the answer may still be right; where it is short, you get a word of the question back. Its authors did leave the input out in their function for similar words, a few lines earlier, and in the book the four examples come out right, so nothing gives it away; that is how such a bug survives. The evaluation script that comes with GloVe sets the inputs aside before it ranks.
#
# ### Exercise: analogies
#
# Write it properly. Two details matter. Bring every vector to length 1 **before** you add and subtract, so that no word counts for more only because its vector is longer; this is how published results are computed. And leave out all **three** words of the question.


# %% exercise="analogy"
def analogy(a, b, c, vectors, k):
    """The words nearest to a - b + c, such as king - man + woman.

    Parameters
    ----------
    a, b, c : str
        Keys of `vectors`. With king, man, woman the question is: what is to woman as king is to man?
    vectors : dict of str to ndarray, shape (dim,), float32
        They are not changed. No vector is all zeros.
    k : int
        How many words to return, at least 1.

    Returns
    -------
    list of (str, float)
        `k` pairs of a word and the cosine of the angle between its vector and a - b + c, the largest first, where
        a, b and c are the three vectors divided by their lengths. The words `a`, `b` and `c` are not among them.
        All other words where there are fewer than `k`. Words of equal similarity may come in any order.

    Raises
    ------
    KeyError
        If one of the three words has no vector.
    """
    ### BEGIN SOLUTION
    arrows = [vectors[word] / np.linalg.norm(vectors[word]) for word in (a, b, c)]
    target = arrows[0] - arrows[1] + arrows[2]
    others = {word: vector for word, vector in vectors.items() if word not in (a, b, c)}
    scores = [(word, cosine_similarity(vector, target)) for word, vector in others.items()]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[:k]
    ### END SOLUTION


# %% check="analogy" points=2
# The words nearest to a - b + c
toy = {"king": [0.8, 0, 0.6], "man": [0, 0, 1], "woman": [0, 1, 0], "queen": [0.8, 0.6, 0], "cup": [-0.6, 0, 0.8]}
toy["boat"] = [0, -0.6, 0.8]
toy = {word: np.array(vector, dtype=np.float32) for word, vector in toy.items()}
got = analogy("king", "man", "woman", toy, 3)
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, list), f"return a list of pairs, not {type(got).__name__}"
assert len(toy) == 6, "analogy removed words from the dictionary that it was given: leave them there and skip them"
assert len(got) == 3, f"k=3 pairs: leave the words of the question out first, then take k; got {len(got)}: {got}"
assert all(isinstance(pair, (tuple, list)) and len(pair) == 2 and isinstance(pair[0], str) for pair in got), (
    f"each entry is a pair of a word and its similarity, ('queen', 0.9); got {got[0]!r}"
)
found = [pair[0] for pair in got if pair[0] not in ("king", "man", "woman")]
assert found[:1] != ["cup"], "check the signs: a - b + c adds the first and the third word and subtracts the second"
assert found[:1] != ["boat"], "check the order (most similar first) and the signs (b is subtracted)"
assert found[:1] == ["queen"], f"queen points nearly in the direction of king - man + woman; got {found}"
print("analogy: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(6)
for size, dim in [(25, 3), (50, 8), (40, 30)]:
    matrix = (rng.normal(size=(size, dim)) * rng.uniform(0.2, 6, size=(size, 1))).astype(np.float32)
    names = [f"w{i}" for i in rng.permutation(500)[:size]]
    table = dict(zip(names, matrix, strict=True))
    scaled = matrix / np.sqrt((matrix**2).sum(axis=1, keepdims=True))

    def ranking(target, rows, inputs, names=names):
        return [names[i] for i in np.argsort(-(rows @ target)) if i not in inputs]

    for _ in range(4):
        inputs = i, j, m = [int(n) for n in rng.permutation(size)[:3]]
        right = scaled[i] - scaled[j] + scaled[m]
        expected = ranking(right, scaled, inputs)[:8]
        got = analogy(names[i], names[j], names[m], table, 8)
        assert len(got) == 8, f"k=8: expected 8 pairs, got {len(got)}"
        found = [pair[0] for pair in got if pair[0] not in {names[n] for n in inputs}]
        expected = expected[: len(found)]
        wrong_ways = [
            (scaled[j] - scaled[i] + scaled[m], scaled, "that is b - a + c: add the first word, subtract the second"),
            (scaled[i] + scaled[j] - scaled[m], scaled, "that is a + b - c: subtract the second word, not the third"),
            (scaled[i] + scaled[j] + scaled[m], scaled, "that is a + b + c: the second word is subtracted"),
            (matrix[i] - matrix[j] + matrix[m], scaled, "divide each of the three by its length before you add them"),
            (right, matrix, "the candidates are ranked by dot product, where long vectors win: use the cosine"),
            (
                np.append(right, -0.5),
                np.hstack([matrix, (matrix**2).sum(axis=1, keepdims=True)]),
                "the candidates are ranked by straight distance, where the lengths count: use the cosine",
            ),
            (-right, scaled, "these are the least similar words: the most similar come first"),
        ]
        for target, rows, message in wrong_ways:
            assert found == expected or found != ranking(target, rows, inputs)[: len(found)], message
        assert found == expected, f"the words nearest to a - b + c are {expected}, got {found}"
        cosines = {names[n]: float(scaled[n] @ right / np.sqrt((right**2).sum())) for n in range(size)}
        for word, value in got:
            assert np.isclose(value, cosines[word], atol=1e-4), (
                f"the number beside a word is the cosine with a - b + c, {cosines[word]:.4f} for {word}, got {value} "
                "(divide the sum by its length, too)"
            )
### END HIDDEN TESTS

# %% check="analogy" points=1
# The words of the question are not an answer
rng = np.random.default_rng(8)
table = {f"w{i}": rng.normal(size=6).astype(np.float32) for i in range(9)}
got = analogy("w2", "w5", "w7", table, 6)
assert isinstance(got, list), f"return a list of pairs, not {type(got).__name__}"
assert all(isinstance(pair, (tuple, list)) for pair in got), f"each entry is a pair, ('queen', 0.9); got {got[0]!r}"
found = [pair[0] for pair in got]
assert "w2" not in found, "the first word of the question came back: it is nearly always the nearest; leave it out"
assert "w7" not in found, "the third word of the question came back: leave it out, too"
assert "w5" not in found, "the second word of the question came back: leave it out, too"
assert sorted(found) == ["w0", "w1", "w3", "w4", "w6", "w8"], (
    f"9 words, 3 in the question, 6 remain: leave the words of the question out first, then take k; got {found}"
)
print("the inputs are left out: the visible checks pass")
### BEGIN HIDDEN TESTS
base = rng.normal(size=(4, 5))
close = {name: (base[0] + 0.1 * rng.normal(size=5)).astype(np.float32) for name in ("x", "y", "z")}
close |= {f"w{i}": rng.normal(size=5).astype(np.float32) for i in range(20)}
for question in [("x", "y", "z"), ("z", "x", "y"), ("w3", "x", "x"), ("x", "x", "w3")]:
    got = analogy(*question, close, 4)
    found = [pair[0] for pair in got]
    assert not set(found) & set(question), f"{question}: a word of the question came back: {found}"
    assert len(found) == 4, f"leave the words of the question out first, then take k=4; got {len(found)}: {found}"
### END HIDDEN TESTS

# %% check="analogy" points=1
# As many as there are, unknown words, and your vectors stay as they are
rng = np.random.default_rng(8)
table = {f"w{i}": (3 * rng.normal(size=4)).astype(np.float32) for i in range(7)}
got = analogy("w0", "w1", "w2", table, 50)
assert isinstance(got, list), f"return a list of pairs, not {type(got).__name__}"
assert len(got) == 4, f"7 words, 3 in the question: 4 pairs come back even for k=50, got {len(got)}"
print("few words: the visible checks pass")
### BEGIN HIDDEN TESTS
before = {name: vector.copy() for name, vector in table.items()}
got = analogy("w4", "w5", "w6", table, 1)
assert len(got) == 1, f"k=1: expected one pair, got {got!r}"
assert list(table) == list(before), "analogy removed words from the dictionary that it was given"
assert all(np.array_equal(table[name], before[name]) for name in before), (
    "analogy changed the vectors that it was given: write a / norm, not a /= norm"
)
for question in [("xyzzy", "w1", "w2"), ("w0", "xyzzy", "w2"), ("w0", "w1", "xyzzy")]:
    try:
        got = analogy(*question, table, 2)
    except KeyError:
        continue
    raise AssertionError(f"{question}: 'xyzzy' has no vector: raise KeyError instead of returning {got!r}")
### END HIDDEN TESTS

# %% [markdown]
# ## A success, a failure, and a count
#
# Now ask again, with the inputs left out, and look where the expected answer stands.

# %% tags=["demo"]
questions = ["king man woman queen", "paris france japan tokyo", "cars car dog dogs", "better good bad worse"]
questions += ["paris france italy rome", "brother man woman sister"]
for a, b, c, answer in map(str.split, questions):
    if all(word in vectors for word in (a, b, c, answer)):
        found = [word for word, _ in analogy(a, b, c, vectors, len(vectors))]
        print(f"{a} - {b} + {c}: {', '.join(found[:4])}, …   {answer} is number {found.index(answer) + 1}")

# %% [markdown]
# The first four questions are the kind that one finds in talks. With the vectors of the course, *queen* comes first. Be aware how it got there: vectors can be trained with many settings, and we were free to keep one in which it does. In trials for this course *queen* stood at place 3 or 4 with other settings that were no worse on average.
#
# The last two questions are of exactly the same kind as the first two. With the vectors of the course they fail: the right word is somewhere down the list, behind other cities and other relatives. (Larger published vectors get these right more often. Look at what yours do.)
#
# Examples that somebody picked prove little, in either direction. So count. The file `analogies.txt` lists pairs of words in sections; any two pairs of a section make a question. The next cell asks 300 questions of each section, once with the inputs left out and once without.

# %% tags=["demo"]
sections = {}
for line in data_path("analogies.txt").read_text(encoding="utf-8").splitlines():
    if line.startswith(":"):
        pairs = sections[line[1:].strip()] = []
    elif line and not line.startswith("#") and all(word in unit for word in line.split()):
        pairs.append(line.split())
sections = {section: pairs for section, pairs in sections.items() if len(pairs) > 4}
for section, pairs in sections.items():
    print(f"{section:13} {len(pairs):3} pairs, such as {' and '.join(pairs[0])}, {' and '.join(pairs[1])}")

# %% tags=["demo"]
place = {word: i for i, word in enumerate(unit)}
matrix = np.array(list(unit.values()))
rng, share = np.random.default_rng(0), {}
for section, pairs in sections.items():
    asked = np.array([[place[w] for i in rng.permutation(len(pairs))[:2] for w in pairs[i]] for _ in range(300)])
    a, b, c, answer = asked.T  # b is to a as answer is to c
    cosines = (matrix[b] - matrix[a] + matrix[c]) @ matrix.T
    share[section] = [(cosines.argmax(axis=1) == answer).mean()]
    cosines[np.arange(300)[:, None], asked[:, :3]] = -np.inf
    share[section].append((cosines.argmax(axis=1) == answer).mean())

# %% tags=["demo"]
fig, ax = plt.subplots(figsize=(8, 4))
x = np.arange(len(share))
naive, excluded = 100 * np.array(list(share.values())).T
ax.bar(x - 0.2, excluded, 0.4, label="inputs left out")
ax.bar(x + 0.2, naive, 0.4, hatch="//", label="inputs not left out")
for at, height in [*zip(x - 0.2, excluded, strict=True), *zip(x + 0.2, naive, strict=True)]:
    ax.text(at, height + 1, f"{height:.0f}", ha="center")
ax.set(title="Analogies answered correctly", ylabel="right answers in %", xlabel="kind of question", ylim=(0, 100))
ax.set_xticks(x, share, rotation=20)
ax.legend()
plt.show()

# %% [markdown]
# For each kind of question, the left bar shows how often the first answer is right when the inputs are left out, the hatched right bar how often it is right when they are not. Two things stand out with the vectors of the course. Every kind of question loses without the exclusion, and most lose about half of their right answers or more: the famous arithmetic owes much to three words that are not allowed to answer. And even with the exclusion, success depends on the kind of question and is far from certain; family words, from which the famous example comes, are among the easiest. Word vectors hold regularities; they do not hold rules.
#
# ## A picture of word vectors
#
# Fifty dimensions cannot be drawn, two can. **Principal component analysis** (PCA) finds the two directions along which the points spread most, and drops the others. With NumPy it takes two steps: subtract the mean, and compute a singular value decomposition.

# %% tags=["demo"]
with open(data_path("words.csv"), encoding="utf-8", newline="") as file:
    groups = {row["word"]: row["category"] for row in csv.DictReader(file)}
kinds = {"animal": "o", "country": "s", "instrument": "^", "occupation": "D"}
chosen = [word for word, group in groups.items() if group in kinds and word in vectors]
points = np.array([vectors[word] for word in chosen])
points = points - points.mean(axis=0)
_, stretch, directions = np.linalg.svd(points, full_matrices=False)
flat = points @ directions[:2].T
kept = stretch**2 / np.sum(stretch**2)
print(f"{len(chosen)} words; two directions keep {kept[:2].sum():.0%} of the spread, {1 - kept[:2].sum():.0%} is lost")

# %% tags=["demo"]
fig, ax = plt.subplots(figsize=(8, 6))
labelled, room = [], np.ptp(flat, axis=0) * [0.12, 0.04]  # so far from each other names can be read
for kind, marker in kinds.items():
    members = [i for i, word in enumerate(chosen) if groups[word] == kind]
    ax.scatter(*flat[members].T, marker=marker, alpha=0.7, label=kind)
    for i in members[::3]:
        if (np.abs(flat[labelled] - flat[i]) > room).any(axis=1).all():
            ax.annotate(chosen[i], flat[i], xytext=(4, 4), textcoords="offset points")
            labelled.append(i)
ax.set(title="Words of four categories in two dimensions (PCA)", xlabel="first direction", ylabel="second direction")
ax.legend(title="category")
plt.show()

# %% tags=["demo"]
for label, where in [("in the picture", flat), ("in all dimensions", points)]:
    distances = ((where[:, None] - where[None]) ** 2).sum(axis=-1) + 1e9 * np.eye(len(where))
    same = np.mean([groups[chosen[i]] == groups[chosen[j]] for i, j in enumerate(distances.argmin(axis=1))])
    print(f"{label:18} {same:.0%} of the words have a nearest neighbour of their own category")

# %% [markdown]
# Each point is a word, each marker a category; the label of some of them stands beside. Words of one category lie together, although nobody told the training about categories. But some of the clouds lie on top of each other. Does that mean that the vectors mix them up? The two lines above say no: in all dimensions, nearly every word has a neighbour of its own kind; in the picture it looks worse, because most of the spread was left out to draw it. Trust such a picture for an impression and the full vectors for a claim.
#
# ## A probe for bias
#
# Vectors learn from the company that words keep in the training texts, and this includes the habits and prejudices of those texts. One can measure that. For a word w, take
#
# $$\cos(w, \textit{he}) - \cos(w, \textit{she}).$$
#
# Greater than zero: in these texts, w keeps the company of *he* more than that of *she*. To see whether this probe can be trusted, compare it with two others that should say the same, *man* against *woman* and *husband* against *wife*. The words are all the occupations in `words.csv`, so that nobody has picked those that suit a point.

# %% tags=["demo"]
jobs = [word for word, group in groups.items() if group == "occupation" and word in vectors]
named = {"nurse", "dancer", "carpenter", "fisherman", "teacher", "lawyer", "engineer", "secretary", "physicist"}


def lean(first, second):
    one, two = vectors[first], vectors[second]
    return np.array([cosine_similarity(vectors[w], one) - cosine_similarity(vectors[w], two) for w in jobs])


pronouns = lean("he", "she")
for word, value in sorted(zip(jobs, pronouns, strict=True), key=lambda pair: pair[1]):
    if word in named:
        print(f"{word:10} {value:+.2f}  {'closer to he' if value > 0 else 'closer to she'}")

# %% tags=["demo"]
fig, axes = plt.subplots(1, 2, figsize=(12, 5), sharex=True)
for ax, (first, second) in zip(axes, [("man", "woman"), ("husband", "wife")], strict=True):
    other = lean(first, second)
    ax.scatter(pronouns, other)
    for i in [i for i, word in enumerate(jobs) if word in named]:
        ax.annotate(jobs[i], (pronouns[i], other[i]), xytext=(4, 4), textcoords="offset points")
    ax.axhline(0, color="gray", linewidth=1)
    ax.axvline(0, color="gray", linewidth=1)
    agreement = np.corrcoef(pronouns, other)[0, 1]
    ax.set(title=f"Two probes, {len(jobs)} occupations: correlation {agreement:.2f}", ylabel=f"{first} − {second}")
    ax.set_xlabel("closer to she          he − she          closer to he")
    ax.margins(0.15)
plt.show()

# %% [markdown]
# Each point is an occupation (those printed above have a label); its place from left to right is the first probe, its height the second one. If two probes measure the same thing, the points rise from lower left to upper right.
#
# With the vectors of the course you see three things. First, a stereotype is there: *nurse* and *dancer* lie at the end of *she*, *engineer* and *physicist* at the end of *he*. Texts in which women are mentioned as nurses and men as physicists leave their mark in the numbers. Second, some words contradict the stereotype: *carpenter* and *fisherman* lie closer to *she*, *secretary* to *he*. (In an encyclopedia many a secretary may be a secretary of state.) Third, the two panels disagree. *man − woman* roughly confirms the pronouns; *husband − wife* does not. So the probe measures gender mixed with something else, such as how scholarly or how domestic the company of a word is.
#
# Read such numbers with care.
#
# - **They measure texts, not people.** They say nothing about how well anybody does a job, and little about how many women and men do it.
# - **The zero line is not a natural neutral point.** *he* and *she* differ in how often and in which texts they occur, quite apart from occupations.
# - **A single word is noisy**, and a single probe can mislead. Only a pattern over many words and several probes, tested against chance, is evidence. The study of Caliskan and others (2017, below) shows how that is done.
# - **We chose the words of the probes.** You have seen how much the choice matters.
#
# Still, it matters. A system that ranks applications and starts from vectors in which *engineer* lies closer to *he* can prefer some applications without any line of code that says so. There are methods to remove the direction from *he* to *she* from the vectors, and Gonen and Goldberg (2019, below) showed that much of the association survives in the neighbourhoods of the words. Measuring what **your** system does on **your** task is better than trusting that the vectors have been cleaned.
#
# One more warning, because it concerns your own function. You may have read that vectors say "man is to doctor as woman is to *nurse*". Look at how such a sentence is made.

# %% tags=["demo"]
target = unit["doctor"] - unit["man"] + unit["woman"]
everything = sorted(unit, key=lambda word: cosine_similarity(unit[word], target), reverse=True)
print("inputs not left out:", ", ".join(everything[:4]))
print("inputs left out:    ", ", ".join(word for word, _ in analogy("doctor", "man", "woman", vectors, 4)))

# %% [markdown]
# Without the exclusion, the nearest word is *doctor* itself. With it, the fair answer, "man is to doctor as woman is to *doctor*", **is not allowed**, so some other word has to come first, sensible or not, and whoever looks for a scandal tries occupations until one turns up. A rule that makes sense for capitals produces a sensation here. Nissim and others (2020, below) pointed this out: analogies are a poor instrument for finding bias.
#
# ## The price
#
# An embedding is not free. **Every entry of the table is a parameter** that training has to find: 100,000 words with 300 dimensions are 30 million numbers, often more than all the rest of a small model. A word that occurs twice in your training texts gives its 300 numbers two lessons. And training gets slower. How much? Measure it: tiny models that differ only in their first layer, 32 texts of 10 words a step, 64 dimensions. (TensorFlow takes a few seconds to start.)

# %% tags=["demo"]
import keras


def milliseconds(size, *first):
    parts = [keras.Input((10,), dtype="int32"), *first, keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1)]
    model = keras.Sequential(parts)
    model.compile("adam", "mse", jit_compile=False)
    model.optimizer.build(model.trainable_variables)  # otherwise TensorFlow prepares the step twice
    x, y = rng.integers(0, size, size=(32, 10)), np.zeros((32, 1))
    times = []
    for _ in range(10):
        start = time.perf_counter()
        model.train_on_batch(x, y)
        times.append(1000 * (time.perf_counter() - start))
    return min(times)  # the least disturbed step; the first ones also build the model


# %% tags=["demo"]
steps = {"one-hot, Dense": [], "Embedding, trained": [], "Embedding, frozen": []}
sizes = [1_000, 4_000, 16_000]
for size in sizes:
    hot = keras.layers.Lambda(lambda ids, size=size: keras.ops.one_hot(ids, size))
    steps["one-hot, Dense"].append(milliseconds(size, hot, keras.layers.Dense(64, use_bias=False)))
    steps["Embedding, trained"].append(milliseconds(size, keras.layers.Embedding(size, 64)))
    steps["Embedding, frozen"].append(milliseconds(size, keras.layers.Embedding(size, 64, trainable=False)))
    last = ", ".join(f"{name} {values[-1]:.1f} ms" for name, values in steps.items())
    print(f"{size:6,} words, {size * 64:9,} entries in the table: {last}")

# %% tags=["demo"]
fig, ax = plt.subplots(figsize=(7, 4))
for (name, values), style in zip(steps.items(), ["o-", "s--", "^:"], strict=True):
    ax.loglog(sizes, values, style, label=name)
ax.set(title="One training step", xlabel="words in the vocabulary", ylabel="time in milliseconds")
ax.set_xticks(sizes, [f"{size:,}" for size in sizes])
ax.set_yticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
ax.minorticks_off()
ax.legend()
plt.show()

# %% [markdown]
# Three lines over the size of the vocabulary, both axes logarithmic. The solid line, one-hot rows and a dense layer, climbs the most: every step multiplies by all the zeros. The dashed line, an embedding that is trained, climbs less, but it climbs, although a batch holds at most 320 different words: the optimizer Adam keeps two running averages for **every** entry of the table and updates all of them at each step. The dotted line, the same embedding frozen, hardly moves: its rows are copied and that is all. (The times are those of your machine, right now; run the cells again to see how much they vary.)
#
# So the price is real, and it has a remedy that you know from lesson 1: somebody else has paid it already. A borrowed table that stays frozen adds nothing to train. That is **transfer learning**, the third reason for embeddings, and lesson 4 is about it.
#
# ## Quiz
#
# Think of an answer first, then open the choices.
#
# **1. A model starts with one-hot vectors of 100,000 words and a dense layer of 300 units without bias. You replace both by an embedding with 300 dimensions. How does the number of parameters change?**
#
# <details><summary>A. It falls from 30 million to 300</summary>
# No. 300 is the length of one vector. Every word has such a vector, and each of its entries is a parameter.
# </details>
# <details><summary>B. It stays the same</summary>
# Right: 100,000 × 300 in both cases. What you save is the array of zeros and the multiplication by it.
# </details>
# <details><summary>C. It grows by 30 million, because one-hot vectors have no parameters</summary>
# No. One-hot vectors have none, but the dense layer after them has a weight for each pair of word and unit.
# </details>

# %% [markdown]
# **2. You represent the seven days of the week. Which is the more reasonable choice?**
#
# <details><summary>A. An embedding with 300 dimensions, because embeddings need less memory</summary>
# No. Here one-hot takes 7 numbers for each token and the embedding 300. Embeddings save memory where the vocabulary is large.
# </details>
# <details><summary>B. One-hot, or an embedding with very few dimensions</summary>
# Right. With few categories there is nothing to compress.
# </details>
# <details><summary>C. The ids 0 to 6 as plain numbers</summary>
# No. That says that Sunday is six times something, and far from Monday. An id is a name, not a quantity.
# </details>

# %% [markdown]
# **3. "King minus man plus woman equals queen." What is the accurate version?**
#
# <details><summary>A. The sum is the vector of queen, up to rounding</summary>
# No. You printed it: the sum is not equal to the vector of queen, nor nearly so.
# </details>
# <details><summary>B. Queen is the nearest word to the sum</summary>
# Not quite. You printed the list: king, from which the sum started, is nearer.
# </details>
# <details><summary>C. With suitable vectors, queen is the nearest word by cosine, once the three words of the question are left out</summary>
# Right, and it holds for some questions and some vectors, not for all.
# </details>

# %% [markdown]
# **4. The cosine similarity of *good* and *bad* is high. What does that tell you?**
#
# <details><summary>A. The vectors are faulty, opposites must have a negative similarity</summary>
# No. A negative cosine means that the vectors point in opposite directions, not that the meanings are opposite.
# </details>
# <details><summary>B. The two words appear in similar company</summary>
# Right. Both stand before <em>film</em>, <em>idea</em> or <em>luck</em>. For a task such as telling praise from blame this is a weakness.
# </details>
# <details><summary>C. The two words mean nearly the same</summary>
# No. Similar use is not equal meaning.
# </details>

# %% [markdown]
# **5. In a two-dimensional PCA picture two words lie on top of each other. May you say that their vectors are nearly equal?**
#
# <details><summary>A. Yes, PCA keeps distances</summary>
# No. It keeps the two directions with the largest spread and drops the others, and distances along these are lost.
# </details>
# <details><summary>B. No, they may differ in the dimensions that are not drawn</summary>
# Right. Compute the cosine of the full vectors.
# </details>
# <details><summary>C. No, because PCA is random</summary>
# The answer no is right, the reason is not: PCA gives the same picture every time (up to the sign of its axes).
# </details>

# %% [markdown]
# ## Summary
#
# - **Memory.** One-hot vectors cost 4 · tokens · V bytes, an embedding 4 · (V + tokens) · dimension. With 100,000 words and 300 dimensions that is a large difference, with seven words it is none. Programs that work with ids never build the one-hot matrix.
# - **The same computation.** one_hot(ids) @ W equals W[ids]. The number of parameters is the same; the zeros and the multiplication go away.
# - **Similarity.** One-hot vectors are all at right angles. In an embedding, words that keep similar company point in similar directions. Similar use is not equal meaning.
# - **Analogies** hold roughly, for some kinds of questions, and with the inputs left out.
# - **Bias** of the texts becomes a property of the vectors. It can be measured; it says something about the texts, and about what a system may do.
# - **The price**: V · dimension parameters to train, and slower steps. Borrowed, frozen vectors avoid it.
#
# ## Read on
#
# - Mikolov, Yih and Zweig (2013), [Linguistic Regularities in Continuous Space Word Representations](https://aclanthology.org/N13-1090/): where *king − man + woman* comes from.
# - Pennington, Socher and Manning (2014), [GloVe: Global Vectors for Word Representation](https://aclanthology.org/D14-1162/): the method by which the vectors of this course were trained.
# - Drozd, Gladkova and Matsuoka (2016), [Word Embeddings, Analogies, and Machine Learning: Beyond king − man + woman = queen](https://aclanthology.org/C16-1332/), and Rogers, Drozd and Li (2017), [The (too Many) Problems of Analogical Reasoning with Word Vectors](https://aclanthology.org/S17-1017/).
# - Caliskan, Bryson and Narayanan (2017), [Semantics derived automatically from language corpora contain human-like biases](https://arxiv.org/abs/1608.07187).
# - Gonen and Goldberg (2019), [Lipstick on a Pig: Debiasing Methods Cover up Systematic Gender Biases in Word Embeddings But do not Remove Them](https://aclanthology.org/N19-1061/).
# - Nissim, van Noord and van der Goot (2020), [Fair Is Better than Sensational: Man Is to Doctor as Woman Is to Doctor](https://doi.org/10.1162/coli_a_00379).
# - The [TensorFlow Embedding Projector](https://projector.tensorflow.org/): word vectors in three dimensions, in your browser.
#
# **Next:** lesson 3 opens the Keras `Embedding` layer: its arguments, its rows, its mask, and how to freeze it.
