# %% [markdown]
# # Known answers to the exercises of lesson 2
#
# How they are written and graded: the docstring of `autograde/audit/__init__.py`. Each cell stands alone.

# %% [markdown]
# ## `one_hot`

# %% exercise="one_hot" right="rows of np.eye"
def one_hot(ids, vocabulary_size):
    if ids.min() < 0:
        raise IndexError(ids.min())
    return np.eye(vocabulary_size, dtype=np.float32)[ids]


# %% exercise="one_hot" right="np.put_along_axis into zeros"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    out = np.zeros(ids.shape + (vocabulary_size,), dtype="float32")
    np.put_along_axis(out, ids[..., None], 1, axis=-1)
    return out


# %% exercise="one_hot" right="loop over np.ndindex"
def one_hot(ids, vocabulary_size):
    out = np.zeros((*ids.shape, vocabulary_size), np.float32)
    for p in np.ndindex(ids.shape):
        if not 0 <= ids[p] < vocabulary_size:
            raise IndexError(f"{ids[p]}")
        out[(*p, ids[p])] = 1
    return out


# %% exercise="one_hot" right="recursion over the axes"
def one_hot(ids, vocabulary_size):
    if ids.ndim == 0:
        i = int(ids)
        if i < 0:
            raise IndexError(i)
        row = [0.0] * vocabulary_size
        row[i] = 1.0
        return np.array(row, dtype=np.float32)
    return np.stack([one_hot(part, vocabulary_size) for part in ids])


# %% exercise="one_hot" right="flat index pairs (np.arange, ids), reshaped"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    flat = ids.ravel()
    out = np.zeros((flat.size, vocabulary_size), dtype=np.float32)
    out[np.arange(flat.size), flat] = 1.0
    return out.reshape(ids.shape + (-1,))


# %% exercise="one_hot" right="arithmetic: one minus the distance to the column, not below zero"
def one_hot(ids, vocabulary_size):
    signed = ids.astype(np.int64)
    if np.count_nonzero((signed < 0) | (signed > vocabulary_size - 1)):
        raise IndexError("an id outside the vocabulary")
    distance = np.abs(np.subtract.outer(signed, np.arange(vocabulary_size)))
    return np.maximum(0, 1 - distance).astype("float32")


# %% exercise="one_hot" right="keras.utils.to_categorical behind a guard"
import keras


def one_hot(ids, vocabulary_size):
    if not set(ids.flatten().tolist()) <= set(range(vocabulary_size)):
        raise IndexError(f"ids {ids} and {vocabulary_size} words")
    rows = keras.utils.to_categorical(ids.flatten(), num_classes=vocabulary_size)
    return rows.reshape(*ids.shape, vocabulary_size).astype(np.float32)


# %% exercise="one_hot" right="looks tuples of zeros and a one up in a dictionary, KeyError turned into IndexError"
def unit_rows(size: int) -> dict:
    return {i: (0.0,) * i + (1.0,) + (0.0,) * (size - i - 1) for i in range(size)}


def one_hot(ids: np.ndarray, vocabulary_size: int) -> np.ndarray:
    rows = unit_rows(vocabulary_size)
    try:
        flat = [rows[i] for i in ids.flat]
    except KeyError as error:
        raise IndexError(f"no such id: {error}") from None
    return np.array(flat, dtype=np.float32).reshape(ids.shape + (vocabulary_size,))


# %% exercise="one_hot" right="one column of the result for each word, np.stack on the last axis"
def one_hot(ids, vocabulary_size):
    columns = [np.where(ids == word, np.float32(1), np.float32(0)) for word in range(vocabulary_size)]
    rows = np.stack(columns, axis=-1)
    if not rows.any(axis=-1).all():  # an id that is no word has found no column
        raise IndexError("an id outside the vocabulary")
    return rows


# %% exercise="one_hot" wrong="rows of np.eye without a guard, so -1 is the last word" fails="one_hot-check-3" says="-1 is no id"
def one_hot(ids, vocabulary_size):
    return np.eye(vocabulary_size, dtype=np.float32)[ids]


# %% exercise="one_hot" wrong="compares with np.arange, so a wrong id is a row of zeros" fails="one_hot-check-3" says="raise IndexError"
def one_hot(ids, vocabulary_size):
    return (ids[..., None] == np.arange(vocabulary_size)).astype(np.float32)


# %% exercise="one_hot" wrong="adds the rows up to one bag of words" fails="one_hot-check-1" says="bag of words"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size, dtype=np.float32)[ids].sum(axis=0)


# %% exercise="one_hot" wrong="one column for each id, one row for each word" fails="one_hot-check-1" says="exchanged"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size, dtype=np.float32)[ids].T


# %% exercise="one_hot" wrong="adds a column for padding" fails="one_hot-check-1" says="not one more"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size + 1, dtype=np.float32)[ids]


# %% exercise="one_hot" wrong="np.eye without a dtype makes float64" fails="one_hot-check-1" says="float32"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size)[ids]


# %% exercise="one_hot" wrong="integers, because a one-hot vector holds zeros and ones" fails="one_hot-check-1" says="networks compute in float32"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size, dtype=int)[ids]


# %% exercise="one_hot" wrong="returns the comparison itself, an array of bool" fails="one_hot-check-1" says="got bool"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return ids[..., None] == np.arange(vocabulary_size)


# %% exercise="one_hot" wrong="subtracts 1 as if the ids started at 1" fails="one_hot-check-1" says="take nothing off"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size, dtype=np.float32)[ids - 1]


# %% exercise="one_hot" wrong="flattens a batch to one list of ids" fails="one_hot-check-2" says="the batch was flattened"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    flat = ids.ravel()
    out = np.zeros((flat.size, vocabulary_size), np.float32)
    out[np.arange(flat.size), flat] = 1
    return out


# %% exercise="one_hot" wrong="returns nested lists" fails="one_hot-check-1" says="NumPy array"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return [[1.0 if i == j else 0.0 for j in range(vocabulary_size)] for i in ids]


# %% exercise="one_hot" wrong="writes the id in its column instead of a one" fails="one_hot-check-1" says="is 1.0, whatever the id"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(vocabulary_size, dtype=np.float32)[ids] * ids[..., None].astype(np.float32)


# %% exercise="one_hot" wrong="out[:, ids] = 1 sets the columns of all ids in every row" fails="one_hot-check-1" says="a single one in each row"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    out = np.zeros((len(ids), vocabulary_size), np.float32)
    out[:, ids] = 1
    return out


# %% exercise="one_hot" wrong="as many columns as the largest id needs, vocabulary_size is ignored" fails="one_hot-check-1" says="largest id of the batch"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    return np.eye(ids.max() + 1, dtype=np.float32)[ids]


# %% exercise="one_hot" wrong="raises ValueError" fails="one_hot-check-3" says="not a ValueError"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise ValueError("x")
    return np.eye(vocabulary_size, dtype=np.float32)[ids]


# %% exercise="one_hot" wrong="label smoothing: spreads a part of the one over the other columns" fails="one_hot-check-1" says="zeros elsewhere"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("bad id")
    x = np.full((*ids.shape, vocabulary_size), 0.1, np.float32)
    np.put_along_axis(x, ids[..., None], 0.6, -1)
    return x


# %% exercise="one_hot" wrong="takes the last id of the vocabulary for too large" fails="one_hot-check-3" says="first and the last"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size - 1).any():
        raise IndexError("an id outside the vocabulary")
    return np.eye(vocabulary_size, dtype=np.float32)[ids]


# %% exercise="one_hot" wrong="trusts keras.utils.to_categorical, which takes -1 for the last word" fails="one_hot-check-3" says="-1 is no id"
import keras


def one_hot(ids, vocabulary_size):
    return keras.utils.to_categorical(ids, num_classes=vocabulary_size).astype(np.float32)


# %% exercise="one_hot" wrong="prints the vectors and returns nothing" fails="one_hot-check-1" says="returns nothing"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("an id outside the vocabulary")
    print(np.eye(vocabulary_size, dtype=np.float32)[ids])


# %% exercise="one_hot" wrong="types in the rows of the visible check" fails="one_hot-check-1" says="expected shape (1, 1)"
def one_hot(ids, vocabulary_size):
    if (ids < 0).any() or (ids >= vocabulary_size).any():
        raise IndexError("an id outside the vocabulary")
    return np.array([[0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]], dtype=np.float32)


# %% [markdown]
# ## `one_hot_bytes`


# %% exercise="one_hot_bytes" right="a product of three factors"
def one_hot_bytes(tokens, vocabulary_size):
    return 4 * tokens * vocabulary_size


# %% exercise="one_hot_bytes" right="the item size from the dtype"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size * np.dtype("float32").itemsize


# %% exercise="one_hot_bytes" right="np.prod in int64, a NumPy integer comes back"
def one_hot_bytes(tokens, vocabulary_size):
    return np.prod([tokens, vocabulary_size, 4], dtype=np.int64)


# %% exercise="one_hot_bytes" right="asks NumPy for nbytes of an array that needs no memory"
def one_hot_bytes(tokens, vocabulary_size):
    return np.broadcast_to(np.float32(0), (tokens, vocabulary_size)).nbytes


# %% exercise="one_hot_bytes" right="struct.calcsize and math.prod"
import math
import struct


def one_hot_bytes(tokens: int, vocabulary_size: int) -> int:
    shape = (tokens, vocabulary_size)
    return math.prod(shape, start=struct.calcsize("f"))


# %% exercise="one_hot_bytes" right="adds row after row with sum and itertools.repeat, a module-level constant"
from itertools import repeat

BYTES_PER_NUMBER = 4


def one_hot_bytes(tokens, vocabulary_size):
    row = BYTES_PER_NUMBER * vocabulary_size
    return sum(repeat(row, tokens))


# %% exercise="one_hot_bytes" right="counts bits and divides by 8 without a rest"
def one_hot_bytes(tokens, vocabulary_size):
    bits = tokens * vocabulary_size * np.finfo(np.float32).bits
    whole, rest = divmod(bits, 8)
    assert rest == 0
    print(f"{whole / 1e6:.1f} MB")
    return int(whole)


# %% exercise="one_hot_bytes" right="a class that describes an array, with a property"
from dataclasses import dataclass


@dataclass
class Float32Array:
    rows: int
    columns: int

    @property
    def nbytes(self):
        return (self.rows * self.columns) << 2


def one_hot_bytes(tokens, vocabulary_size):
    if not tokens:
        return 0
    return Float32Array(tokens, vocabulary_size).nbytes


# %% exercise="one_hot_bytes" wrong="counts the entries and takes them for bytes" fails="one_hot_bytes-check-1" says="float32 entry takes 4 bytes"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size


# %% exercise="one_hot_bytes" wrong="8 bytes an entry, as np.zeros makes by default" fails="one_hot_bytes-check-1" says="float64"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size * 8


# %% exercise="one_hot_bytes" wrong="float32: takes the 32 bits for bytes" fails="one_hot_bytes-check-1" says="number of bits"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size * 32


# %% exercise="one_hot_bytes" wrong="adds the two sides of the array instead of multiplying them" fails="one_hot_bytes-check-1" says="multiply rows and columns"
def one_hot_bytes(tokens, vocabulary_size):
    return (tokens + vocabulary_size) * 4


# %% exercise="one_hot_bytes" wrong="counts one row, the tokens are ignored" fails="one_hot_bytes-check-1" says="one row alone"
def one_hot_bytes(tokens, vocabulary_size):
    return vocabulary_size * 4


# %% exercise="one_hot_bytes" wrong="returns megabytes" fails="one_hot_bytes-check-1" says="bytes, not megabytes"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size * 4 / 1e6


# %% exercise="one_hot_bytes" wrong="divides with / and so returns a float" fails="one_hot_bytes-check-1" says="whole number"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size * 4 / 1


# %% exercise="one_hot_bytes" wrong="adds a column for padding to the vocabulary size" fails="one_hot_bytes-check-1" says="vocabulary_size counts all columns"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * (vocabulary_size + 1) * 4


# %% exercise="one_hot_bytes" wrong="returns kibibytes, whole ones" fails="one_hot_bytes-check-1" says="not megabytes or kilobytes"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * vocabulary_size * 4 // 1024


# %% exercise="one_hot_bytes" wrong="computes in int32, which overflows without an error" fails="one_hot_bytes-check-1" says="does not fit into 32 bits"
def one_hot_bytes(tokens, vocabulary_size):
    return np.int32(tokens) * np.int32(vocabulary_size) * np.int32(4)


# %% exercise="one_hot_bytes" wrong="counts the ones alone, as a sparse matrix would" fails="one_hot_bytes-check-1" says="the zeros take"
def one_hot_bytes(tokens, vocabulary_size):
    return tokens * 4


# %% exercise="one_hot_bytes" wrong="prints the number of bytes and returns nothing" fails="one_hot_bytes-check-1" says="returns nothing"
def one_hot_bytes(tokens, vocabulary_size):
    print(tokens * vocabulary_size * 4, "bytes")


# %% exercise="one_hot_bytes" wrong="types in the number of the visible check" fails="one_hot_bytes-check-1" says="(1, 1) numbers take 4 bytes"
def one_hot_bytes(tokens, vocabulary_size):
    return 40_000


# %% [markdown]
# ## `embedding_bytes`


# %% exercise="embedding_bytes" right="two named parts, added"
def embedding_bytes(tokens, vocabulary_size, dim):
    table = vocabulary_size * dim * 4
    out = tokens * dim * 4
    return table + out


# %% exercise="embedding_bytes" right="reuses one_hot_bytes for both arrays"
def embedding_bytes(tokens, vocabulary_size, dim):
    return one_hot_bytes(vocabulary_size, dim) + one_hot_bytes(tokens, dim)


# %% exercise="embedding_bytes" right="a sum over a generator, nbytes of a NumPy scalar"
def embedding_bytes(tokens, vocabulary_size, dim):
    return int(sum(n * dim * np.float32().nbytes for n in (tokens, vocabulary_size)))


# %% exercise="embedding_bytes" right="asks NumPy for nbytes of two arrays that need no memory"
def embedding_bytes(tokens, vocabulary_size, dim):
    shapes = [(vocabulary_size, dim), (tokens, dim)]
    return sum(np.broadcast_to(np.float32(0), shape).nbytes for shape in shapes)


# %% exercise="embedding_bytes" right="functools.reduce over the shapes, a constant of the module"
import operator
from functools import reduce

ITEM = 4


def embedding_bytes(tokens, vocabulary_size, dim):
    def size(shape):
        return reduce(operator.mul, shape, ITEM)

    return reduce(operator.add, map(size, [(tokens, dim), (vocabulary_size, dim)]), 0)


# %% exercise="embedding_bytes" right="a class that adds up the arrays that it is told of"
class Memory:
    def __init__(self) -> None:
        self.total = 0

    def allocate(self, rows: int, columns: int) -> "Memory":
        self.total += 4 * rows * columns
        return self


def embedding_bytes(tokens: int, vocabulary_size: int, dim: int) -> int:
    return Memory().allocate(vocabulary_size, dim).allocate(tokens, dim).total


# %% exercise="embedding_bytes" right="a dot product of NumPy int64, which comes back as a NumPy integer"
def embedding_bytes(tokens, vocabulary_size, dim):
    rows = np.array([tokens, vocabulary_size], dtype=np.int64)
    row_bytes = np.full(2, dim * np.dtype(np.float32).itemsize, dtype=np.int64)
    return rows @ row_bytes


# %% exercise="embedding_bytes" right="a loop over the dimensions, one column of both arrays at a time, early return for no tokens"
def embedding_bytes(tokens, vocabulary_size, dim):
    if tokens == 0:
        return vocabulary_size * dim * 4
    total = 0
    for _ in range(dim):
        total += 4 * vocabulary_size
        total += 4 * tokens
    print(total, "bytes")
    return total


# %% exercise="embedding_bytes" wrong="counts the table alone, the vectors of the batch are forgotten" fails="embedding_bytes-check-2" says="vectors of the 20 tokens"
def embedding_bytes(tokens, vocabulary_size, dim):
    return vocabulary_size * dim * 4


# %% exercise="embedding_bytes" wrong="counts the vectors alone, as if the table were no memory" fails="embedding_bytes-check-1" says="there is still the table"
def embedding_bytes(tokens, vocabulary_size, dim):
    return tokens * dim * 4


# %% exercise="embedding_bytes" wrong="multiplies tokens, rows and dimensions" fails="embedding_bytes-check-2" says="do not multiply"
def embedding_bytes(tokens, vocabulary_size, dim):
    return tokens * vocabulary_size * dim * 4


# %% exercise="embedding_bytes" wrong="counts the entries and takes them for bytes" fails="embedding_bytes-check-1" says="float32 entry takes 4 bytes"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size) * dim


# %% exercise="embedding_bytes" wrong="8 bytes an entry" fails="embedding_bytes-check-1" says="float64"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size) * dim * 8


# %% exercise="embedding_bytes" wrong="adds 1 to the vocabulary size once more, though it is the number of rows" fails="embedding_bytes-check-1" says="vocabulary_size is the number of rows already"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size + 1) * dim * 4


# %% exercise="embedding_bytes" wrong="counts the ids, too" fails="embedding_bytes-check-2" says="leave the ids out"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size) * dim * 4 + 4 * tokens


# %% exercise="embedding_bytes" wrong="gives each token a one-hot row instead of a vector" fails="embedding_bytes-check-2" says="each token gets a vector of dim numbers"
def embedding_bytes(tokens, vocabulary_size, dim):
    return tokens * vocabulary_size * 4 + vocabulary_size * dim * 4


# %% exercise="embedding_bytes" wrong="returns megabytes" fails="embedding_bytes-check-1" says="bytes, not megabytes"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size) * dim * 4 / 1e6


# %% exercise="embedding_bytes" wrong="multiplies by 4.0 and so returns a float" fails="embedding_bytes-check-1" says="whole number"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size) * dim * 4.0


# %% exercise="embedding_bytes" wrong="takes the 32 bits of float32 for bytes" fails="embedding_bytes-check-1" says="number of bits"
def embedding_bytes(tokens, vocabulary_size, dim):
    return (tokens + vocabulary_size) * dim * 32


# %% exercise="embedding_bytes" wrong="prints the number of bytes and returns nothing" fails="embedding_bytes-check-1" says="returns nothing"
def embedding_bytes(tokens, vocabulary_size, dim):
    print((vocabulary_size + tokens) * dim * 4, "bytes")


# %% exercise="embedding_bytes" wrong="types in the numbers of the visible checks" fails="embedding_bytes-check-1 embedding_bytes-check-2" says="table (1, 1)"
def embedding_bytes(tokens, vocabulary_size, dim):
    return 200_000 if tokens == 0 else 204_000


# %% [markdown]
# ## `cosine_similarity`


# %% exercise="cosine_similarity" right="np.errstate and np.nan_to_num"
def cosine_similarity(a, b):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(a @ b / np.sqrt((a @ a) * (b @ b)))


# %% exercise="cosine_similarity" right="early return for zeros, unit vectors first"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return np.dot(a / np.linalg.norm(a), b / np.linalg.norm(b))


# %% exercise="cosine_similarity" right="pure Python with math.sqrt, the int 0 for zeros"
import math


def cosine_similarity(a, b):
    n = math.sqrt(sum(float(x) ** 2 for x in a)) * math.sqrt(sum(float(y) ** 2 for y in b))
    return 0 if n == 0 else sum(float(x) * float(y) for x, y in zip(a, b)) / n


# %% exercise="cosine_similarity" right="np.einsum, divides twice"
def cosine_similarity(a, b):
    na, nb = np.sqrt(np.einsum("i,i", a, a)), np.sqrt(np.einsum("i,i", b, b))
    if na * nb == 0:
        return 0.0
    return float(np.einsum("i,i->", a, b) / na / nb)


# %% exercise="cosine_similarity" right="np.clip of the quotient, float32 zero"
def cosine_similarity(a, b):
    na = np.linalg.norm(a)
    nb = np.linalg.norm(b)
    if min(na, nb) == 0:
        return np.float32(0)
    return np.clip((a * b).sum() / (na * nb), -1, 1)


# %% exercise="cosine_similarity" right="lets NumPy raise FloatingPointError and catches it"
def cosine_similarity(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    try:
        with np.errstate(all="raise"):
            return (a / np.sqrt(np.sum(a**2))) @ (b / np.sqrt(np.sum(b**2)))
    except FloatingPointError:
        return 0.0


# %% exercise="cosine_similarity" right="the matrix of all products of the two stacked vectors"
def cosine_similarity(a, b):
    both = np.stack([a, b]).astype(np.longdouble)
    products = both @ both.T
    if not products.diagonal().all():
        return 0.0
    return float(products[0, 1] / np.sqrt(np.prod(products.diagonal())))


# %% exercise="cosine_similarity" right="from the straight distance of the two unit vectors, math.hypot and math.dist"
import math


def direction(vector):
    length = math.hypot(*vector.tolist())
    return [x / length for x in vector.tolist()] if length else None


def cosine_similarity(a: np.ndarray, b: np.ndarray) -> float:
    one, other = direction(a), direction(b)
    if one is None or other is None:
        return 0.0
    return 1 - math.dist(one, other) ** 2 / 2


# %% exercise="cosine_similarity" right="one loop that adds up three sums, ZeroDivisionError caught"
def cosine_similarity(a, b):
    product = squares_a = squares_b = 0.0
    for x, y in zip(map(float, a), map(float, b)):
        product += x * y
        squares_a += x * x
        squares_b += y * y
    try:
        return product / (squares_a**0.5 * squares_b**0.5)
    except ZeroDivisionError:
        return 0.0


# %% exercise="cosine_similarity" wrong="returns the dot product" fails="cosine_similarity-check-1" says="24 is the dot product"
def cosine_similarity(a, b):
    return float(a @ b)


# %% exercise="cosine_similarity" wrong="no guard, so a vector of zeros gives nan" fails="cosine_similarity-check-2" says="zero by zero"
def cosine_similarity(a, b):
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="divides by a @ a and b @ b, the squared lengths" fails="cosine_similarity-check-1" says="squared lengths"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return a @ b / ((a @ a) * (b @ b))


# %% exercise="cosine_similarity" wrong="divides by one of the two lengths" fails="cosine_similarity-check-1" says="one of the lengths"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return a @ b / np.linalg.norm(a)


# %% exercise="cosine_similarity" wrong="returns the cosine distance, as scipy does" fails="cosine_similarity-check-1" says="cosine distance"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return 1 - a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="returns the straight distance of the points" fails="cosine_similarity-check-1" says="straight distance"
def cosine_similarity(a, b):
    return np.linalg.norm(a - b)


# %% exercise="cosine_similarity" wrong="takes the absolute value" fails="cosine_similarity-check-1" says="do not take its absolute value"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return abs(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


# %% exercise="cosine_similarity" wrong="adds 1e-8 to the lengths against division by zero" fails="cosine_similarity-check-1" says="case of its own"
def cosine_similarity(a, b):
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-8)


# %% exercise="cosine_similarity" wrong="divides by at least 1e-8" fails="cosine_similarity-check-1" says="case of its own"
def cosine_similarity(a, b):
    return a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-8)


# %% exercise="cosine_similarity" wrong="adds 1 to what it divides by" fails="cosine_similarity-check-1" says="add nothing to the lengths"
def cosine_similarity(a, b):
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1)


# %% exercise="cosine_similarity" wrong="looks for zeros in the first vector only" fails="cosine_similarity-check-2" says="either of the two"
def cosine_similarity(a, b):
    if not a.any():
        return 0.0
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="gives zeros the similarity 1" fails="cosine_similarity-check-2" says="similarity 0 by definition"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 1.0
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="multiplies entry by entry and forgets the sum" fails="cosine_similarity-check-1" says="one number"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return a * b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="divides the arrays in place" fails="cosine_similarity-check-1" says="not a /= n"
def cosine_similarity(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    if na * nb == 0:
        return 0.0
    a /= na
    b /= nb
    return a @ b


# %% exercise="cosine_similarity" wrong="takes a vector with a zero in it for a vector of zeros" fails="cosine_similarity-check-2" says="no vector of zeros"
def cosine_similarity(a, b):
    if (a == 0).any() or (b == 0).any():
        return 0.0
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="returns nothing for a vector of zeros" fails="cosine_similarity-check-2" says="returns nothing"
def cosine_similarity(a, b):
    if a.any() and b.any():
        return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))


# %% exercise="cosine_similarity" wrong="computes the correlation, which subtracts the means" fails="cosine_similarity-check-1" says="subtracts the mean"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return np.corrcoef(a, b)[0, 1]


# %% exercise="cosine_similarity" wrong="takes the sum of the absolute values for the length" fails="cosine_similarity-check-1" says="sums of absolute values"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return a @ b / (abs(a).sum() * abs(b).sum())


# %% exercise="cosine_similarity" wrong="returns the angle itself, in radians" fails="cosine_similarity-check-1" says="the angle itself"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return np.arccos(np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1))


# %% exercise="cosine_similarity" wrong="rounds to two places" fails="cosine_similarity-check-1" says="do not round"
def cosine_similarity(a, b):
    if not a.any() or not b.any():
        return 0.0
    return round(float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b))), 2)


# %% exercise="cosine_similarity" wrong="types in the number of the visible check" fails="cosine_similarity-check-1" says="opposite directions"
def cosine_similarity(a, b):
    return 0.96 if a.any() and b.any() else 0.0


# %% exercise="cosine_similarity" equivalent="a NumPy float comes back, which the docstring allows"
def cosine_similarity(a, b):
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    return a @ b / norms if norms > 0 else 0.0


# %% [markdown]
# ## `nearest`


# %% exercise="nearest" right="one matrix product, np.divide with where"
def nearest(word, vectors, k):
    names = [w for w in vectors if w != word]
    M = np.array([vectors[w] for w in names])
    t = vectors[word]
    norms = np.linalg.norm(M, axis=1) * np.linalg.norm(t)
    s = np.divide(M @ t, norms, out=np.zeros(len(names), dtype=np.float32), where=norms > 0)
    top = np.argsort(s)[::-1][:k]
    return [(names[i], float(s[i])) for i in top]


# %% exercise="nearest" right="heapq.nlargest over a generator"
def nearest(word, vectors, k):
    import heapq

    t = vectors[word]
    return heapq.nlargest(
        k, ((w, cosine_similarity(v, t)) for w, v in vectors.items() if w != word), key=lambda p: p[1]
    )


# %% exercise="nearest" right="takes the maximum of a dictionary of scores k times, lists as pairs"
def nearest(word, vectors, k):
    scores = {w: cosine_similarity(vectors[word], vectors[w]) for w in vectors}
    scores.pop(word)
    out = []
    while scores and len(out) < k:
        best = max(scores, key=scores.get)
        out.append([best, scores.pop(best)])
    return out


# %% exercise="nearest" right="unit rows in float64, -inf for the word itself"
def nearest(word, vectors, k):
    if word not in vectors:
        raise KeyError(word)
    names = np.array(list(vectors))
    M = np.stack(list(vectors.values())).astype(np.float64)
    n = np.linalg.norm(M, axis=1, keepdims=True)
    n[n == 0] = 1
    U = M / n
    at = list(vectors).index(word)
    s = U @ U[at]
    s[at] = -np.inf
    return [(names[i], s[i]) for i in np.argsort(-s)[: min(k, len(names) - 1)]]


# %% exercise="nearest" right="collections.Counter.most_common on the similarities"
from collections import Counter


def nearest(word, vectors, k):
    scores = Counter({other: cosine_similarity(vectors[word], vectors[other]) for other in vectors})
    del scores[word]
    return scores.most_common(k)


# %% exercise="nearest" right="keeps a short list in order while it walks, bisect.insort"
import bisect


def nearest(word: str, vectors: dict, k: int) -> list[tuple[str, float]]:
    target, best = vectors[word], []
    for other, vector in vectors.items():
        if other == word:
            continue
        bisect.insort(best, (other, cosine_similarity(vector, target)), key=lambda pair: -pair[1])
        del best[k:]
    return best


# %% exercise="nearest" right="np.einsum on the rows that are not zero, np.argpartition, a dictionary of scores"
def nearest(word, vectors, k):
    others = [name for name in vectors if name != word]
    scores = dict.fromkeys(others, 0.0)
    target = vectors[word]
    filled = [name for name in others if vectors[name].any() and target.any()]
    if filled:
        rows = np.stack([vectors[name] for name in filled]).astype(np.float64)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows) * np.einsum("i,i->", target, target, dtype=np.float64))
        scores.update(zip(filled, np.einsum("ij,j->i", rows, target) / lengths))
    k = min(k, len(others))
    if k == 0:
        return []
    values = np.array([scores[name] for name in others])
    top = np.argpartition(-values, k - 1)[:k]
    top = top[np.argsort(-values[top])]
    return [(others[i], values[i]) for i in top]


# %% exercise="nearest" right="a class with an order of its own, a defensive copy, prints on the way"
from functools import total_ordering


@total_ordering
class Neighbour:
    def __init__(self, name, value):
        self.name, self.value = name, value

    def __eq__(self, other):
        return self.value == other.value

    def __lt__(self, other):
        return self.value > other.value


def nearest(word, vectors, k):
    if word not in vectors:
        raise KeyError(f"{word} has no vector")
    rest = {name: vector.copy() for name, vector in vectors.items()}
    target = rest.pop(word)
    ranking = sorted(Neighbour(name, cosine_similarity(target, vector)) for name, vector in rest.items())
    print(f"{word}: {len(ranking)} candidates")
    return [(neighbour.name, neighbour.value) for neighbour in ranking[:k]]


# %% exercise="nearest" right="quicksort by recursion"
def nearest(word, vectors, k):
    def by_similarity(pairs):
        if not pairs:
            return []
        first, *rest = pairs
        above = [pair for pair in rest if pair[1] > first[1]]
        below = [pair for pair in rest if pair[1] <= first[1]]
        return [*by_similarity(above), first, *by_similarity(below)]

    target = vectors[word]
    return by_similarity([(o, cosine_similarity(target, v)) for o, v in vectors.items() if o != word])[:k]


# %% exercise="nearest" wrong="leaves the word itself in the list" fails="nearest-check-1" says="leave the word itself out"
def nearest(word, vectors, k):
    return sorted([(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items()], key=lambda p: -p[1])[:k]


# %% exercise="nearest" wrong="sorts with the least similar first" fails="nearest-check-1" says="least similar"
def nearest(word, vectors, k):
    return sorted(
        [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: p[1]
    )[:k]


# %% exercise="nearest" wrong="ranks by the dot product" fails="nearest-check-1" says="long vectors win"
def nearest(word, vectors, k):
    return sorted([(w, float(v @ vectors[word])) for w, v in vectors.items() if w != word], key=lambda p: -p[1])[:k]


# %% exercise="nearest" wrong="returns the words without their similarities" fails="nearest-check-1" says="pair of a word and its similarity"
def nearest(word, vectors, k):
    return [
        w
        for w, _ in sorted(
            [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
        )[:k]
    ]


# %% exercise="nearest" wrong="returns a dictionary" fails="nearest-check-1 nearest-check-2" says="a list of"
def nearest(word, vectors, k):
    return dict(
        sorted(
            [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
        )[:k]
    )


# %% exercise="nearest" wrong="puts the similarity before the word" fails="nearest-check-1" says="pair of a word and its similarity"
def nearest(word, vectors, k):
    return [
        (s, w)
        for w, s in sorted(
            [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
        )[:k]
    ]


# %% exercise="nearest" wrong="skips the word itself after it has taken k" fails="nearest-check-1" says="leave the word out first, then take k"
def nearest(word, vectors, k):
    return sorted([(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items()], key=lambda p: -p[1])[1:k]


# %% exercise="nearest" wrong="ignores k" fails="nearest-check-1" says="three pairs"
def nearest(word, vectors, k):
    return sorted(
        [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
    )


# %% exercise="nearest" wrong="takes three, the k of the visible check" fails="nearest-check-1" says="k=1"
def nearest(word, vectors, k):
    return sorted(
        [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
    )[:3]


# %% exercise="nearest" wrong="ranks by the straight distance" fails="nearest-check-1" says="straight distance"
def nearest(word, vectors, k):
    return sorted(
        [(w, float(np.linalg.norm(v - vectors[word]))) for w, v in vectors.items() if w != word], key=lambda p: p[1]
    )[:k]


# %% exercise="nearest" wrong="one matrix product without a thought for rows of zeros" fails="nearest-check-2" says="not nan"
def nearest(word, vectors, k):
    names = [w for w in vectors if w != word]
    M = np.array([vectors[w] for w in names])
    t = vectors[word]
    s = M @ t / np.linalg.norm(M, axis=1) / np.linalg.norm(t)
    return [(names[i], s[i]) for i in np.argsort(-s)[:k]]


# %% exercise="nearest" wrong="pops the word from the caller's dictionary" fails="nearest-check-1" says="removed the word"
def nearest(word, vectors, k):
    t = vectors.pop(word)
    return sorted([(w, cosine_similarity(t, v)) for w, v in vectors.items()], key=lambda p: -p[1])[:k]


# %% exercise="nearest" wrong="divides the caller's vectors by their lengths" fails="nearest-check-2" says="changed the vectors"
def nearest(word, vectors, k):
    for w in vectors:
        n = np.linalg.norm(vectors[w])
        if n:
            vectors[w] /= n
    return sorted(
        [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
    )[:k]


# %% exercise="nearest" wrong="returns an empty list for an unknown word" fails="nearest-check-2" says="raise KeyError"
def nearest(word, vectors, k):
    if word not in vectors:
        return []
    return sorted(
        [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -p[1]
    )[:k]


# %% exercise="nearest" wrong="returns the cosine distance beside the word" fails="nearest-check-1" says="1 minus the similarity"
def nearest(word, vectors, k):
    return sorted(
        [(w, 1 - cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: p[1]
    )[:k]


# %% exercise="nearest" wrong="drops the words of similarity 0 as if they had none" fails="nearest-check-1" says="0 is a similarity"
def nearest(word, vectors, k):
    return sorted(
        [p for p in [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word] if p[1] != 0],
        key=lambda p: -p[1],
    )[:k]


# %% exercise="nearest" wrong="ranks by the absolute value, so opposites count as similar" fails="nearest-check-1" says="opposite direction"
def nearest(word, vectors, k):
    return sorted(
        [(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word], key=lambda p: -abs(p[1])
    )[:k]


# %% exercise="nearest" wrong="sorts the pairs, and so by the word" fails="nearest-check-1" says="alphabetical"
def nearest(word, vectors, k):
    return sorted([(w, cosine_similarity(vectors[word], v)) for w, v in vectors.items() if w != word])[:k]


# %% exercise="nearest" wrong="drops the first of the ranking instead of the word, as Dive into Deep Learning does" fails="nearest-check-2" says="not always the word itself"
def nearest(word, vectors, k):
    target = vectors[word]
    scores = [(other, cosine_similarity(target, vector)) for other, vector in vectors.items()]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[1 : k + 1]


# %% exercise="nearest" wrong="leaves out every word of similarity 1 instead of the word itself" fails="nearest-check-2" says="no less near"
def nearest(word, vectors, k):
    target = vectors[word]
    scores = [(other, cosine_similarity(target, vector)) for other, vector in vectors.items() if other != word]
    scores = [pair for pair in scores if pair[1] < 0.9999]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[:k]


# %% exercise="nearest" wrong="returns the result of list.sort(), which is None" fails="nearest-check-1" says="returns nothing"
def nearest(word, vectors, k):
    target = vectors[word]
    scores = [(other, cosine_similarity(target, vector)) for other, vector in vectors.items() if other != word]
    ranked = scores.sort(key=lambda pair: -pair[1])
    return ranked


# %% exercise="nearest" wrong="types in the list of the visible check" fails="nearest-check-1" says="pairs, got 3"
def nearest(word, vectors, k):
    return [("almost north", 0.9950372), ("northeast", 0.70710677), ("east", 0.0)]


# %% exercise="nearest" equivalent="the cosine similarity does not depend on the order of its two vectors"
def nearest(word, vectors, k):
    target = vectors[word]
    scores = [(other, cosine_similarity(vector, target)) for other, vector in vectors.items() if other != word]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[:k]


# %% [markdown]
# ## `analogy`


# %% exercise="analogy" right="unit rows, matrix product, -inf for the inputs"
def analogy(a, b, c, vectors, k):
    names = list(vectors)
    M = np.array(list(vectors.values()))
    U = M / np.linalg.norm(M, axis=1, keepdims=True)
    i, j, m = [names.index(w) if w in vectors else vectors[w] for w in (a, b, c)]
    t = U[i] - U[j] + U[m]
    s = U @ (t / np.linalg.norm(t))
    s[[i, j, m]] = -np.inf
    order = [n for n in np.argsort(-s) if n not in (i, j, m)]
    return [(names[n], s[n]) for n in order[:k]]


# %% exercise="analogy" right="puts the sum into a copy of the dictionary and calls nearest"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    pool = dict(vectors)
    pool["?"] = u(a) - u(b) + u(c)
    return [p for p in nearest("?", pool, len(pool)) if p[0] not in {a, b, c}][:k]


# %% exercise="analogy" right="a dictionary of unit vectors and heapq.nlargest"
def analogy(a, b, c, vectors, k):
    import heapq

    unit = {w: v / np.sqrt(v @ v) for w, v in vectors.items()}
    t = unit[a] + unit[c] - unit[b]
    return heapq.nlargest(
        k,
        [(w, float(np.dot(t, u) / np.linalg.norm(t))) for w, u in unit.items() if w not in [a, b, c]],
        key=lambda x: x[1],
    )


# %% exercise="analogy" right="adds up three cosines and divides by the length of the sum, Counter.most_common"
from collections import Counter


def analogy(a, b, c, vectors, k):
    unit = [vectors[word] / np.linalg.norm(vectors[word]) for word in (a, b, c)]
    length = np.linalg.norm(unit[0] - unit[1] + unit[2])
    scores = Counter()
    for word in vectors.keys() - {a, b, c}:
        to_a, to_b, to_c = (cosine_similarity(vectors[word], vectors[other]) for other in (a, b, c))
        scores[word] = float((to_a - to_b + to_c) / length)
    return scores.most_common(k)


# %% exercise="analogy" right="np.delete of the inputs' rows, np.einsum, np.argpartition"
def analogy(a, b, c, vectors, k):
    where = {word: i for i, word in enumerate(vectors)}
    rows = np.stack([*vectors.values()]).astype(np.float64)
    rows /= np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, np.newaxis]
    inputs = [where[a], where[b], where[c]]
    target = np.array([1.0, -1.0, 1.0]) @ rows[inputs]
    names = np.delete(np.array(list(vectors)), inputs)
    scores = np.delete(rows, inputs, axis=0) @ target / np.sqrt(target @ target)
    if k < len(names):
        top = np.argpartition(scores, -k)[-k:]
        names, scores = names[top], scores[top]
    return [(str(names[i]), float(scores[i])) for i in scores.argsort()[::-1]]


# %% exercise="analogy" right="copies the dictionary and deletes the inputs from the copy, takes the maximum k times"
def analogy(a: str, b: str, c: str, vectors: dict, k: int) -> list:
    def unit(word: str) -> np.ndarray:
        return vectors[word] / np.sqrt(np.sum(np.square(vectors[word])))

    target = unit(a) - unit(b) + unit(c)
    rest = dict(vectors)
    for word in (a, b, c):
        rest.pop(word, None)
    found = []
    while rest and len(found) < k:
        scores = {word: cosine_similarity(vector, target) for word, vector in rest.items()}
        best = max(scores, key=scores.get)
        found.append([best, scores[best]])
        del rest[best]
    return found


# %% exercise="analogy" right="a class that keeps unit vectors as Python lists, a generator of candidates, pure Python sums"
import math
from itertools import islice


class Space:
    def __init__(self, vectors):
        self.rows = {}
        for word, vector in vectors.items():
            numbers = vector.tolist()
            length = math.sqrt(sum(x * x for x in numbers))
            self.rows[word] = [x / length for x in numbers]

    def ask(self, a, b, c):
        if missing := {a, b, c} - self.rows.keys():
            raise KeyError(f"no vector for {', '.join(missing)}")
        target = [x - y + z for x, y, z in zip(self.rows[a], self.rows[b], self.rows[c])]
        length = math.hypot(*target)
        scores = {w: sum(x * y for x, y in zip(row, target)) / length for w, row in self.rows.items()}
        for word in sorted(scores, key=scores.__getitem__, reverse=True):
            if word not in (a, b, c):
                yield word, scores[word]


def analogy(a, b, c, vectors, k):
    return list(islice(Space(vectors).ask(a, b, c), k))


# %% exercise="analogy" right="ranks everything, then filters, then takes k; printed output, a structured array"
def analogy(a, b, c, vectors, k):
    unit = {word: np.asarray(vectors[word], dtype=np.float64) for word in (a, b, c)}
    for word, vector in unit.items():
        unit[word] = vector / np.linalg.norm(vector)
    goal = unit[a] + unit[c] - unit[b]
    table = np.array(
        [(word, cosine_similarity(goal, vector)) for word, vector in vectors.items()],
        dtype=[("word", "U40"), ("alike", "f8")],
    )
    table = np.sort(table, order="alike")[::-1]
    table = table[~np.isin(table["word"], [a, b, c])]
    print(f"{a} - {b} + {c}: {len(table)} candidates")
    return [(str(word), float(alike)) for word, alike in table[:k]]


# %% exercise="analogy" wrong="asks the question the other way round, b - a + c" fails="analogy-check-1" says="signs"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(b) - u(a) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="subtracts the third word instead of the second" fails="analogy-check-1" says="b is subtracted"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) + u(b) - u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="adds all three words" fails="analogy-check-1" says="second word is subtracted"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) + u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="adds and subtracts the vectors as they are" fails="analogy-check-1" says="divide each of the three"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = vectors[a] - vectors[b] + vectors[c]
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="ranks the candidates by dot product" fails="analogy-check-1" says="long vectors win"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, float(v @ t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="does not divide by the length of the sum" fails="analogy-check-1" says="divide the sum by its length"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, float(v @ t / np.linalg.norm(v))) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="leaves the words of the question in, as published code does" fails="analogy-check-2" says="leave it out"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in ()]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="leaves out a and b and lets c answer" fails="analogy-check-2" says="third word"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="leaves out the words that are added and lets b answer" fails="analogy-check-2" says="second word"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="lets a answer" fails="analogy-check-2" says="first word"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="leaves out a only, as for a list of neighbours" fails="analogy-check-2" says="third word"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a,)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="sorts with the least similar first" fails="analogy-check-1" says="most similar first"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: p[1])[:k]


# %% exercise="analogy" wrong="takes k and then throws the words of the question out" fails="analogy-check-1 analogy-check-2" says="first, then take"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in ()]
    r = sorted(s, key=lambda p: -p[1])[:k]
    return [p for p in r if p[0] not in (a, b, c)]


# %% exercise="analogy" wrong="returns the words without their similarities" fails="analogy-check-1" says="pair of a word and its similarity"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return [w for w, _ in sorted(s, key=lambda p: -p[1])[:k]]


# %% exercise="analogy" wrong="returns the best pair alone" fails="analogy-check-1 analogy-check-2 analogy-check-3" says="list of pairs, not tuple"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[0]


# %% exercise="analogy" wrong="returns the best word alone" fails="analogy-check-1 analogy-check-2 analogy-check-3" says="list of pairs, not str"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[0][0]


# %% exercise="analogy" wrong="divides the caller's vectors by their lengths" fails="analogy-check-3" says="/= norm"
def analogy(a, b, c, vectors, k):
    for w in vectors:
        vectors[w] /= np.linalg.norm(vectors[w])
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="pops the three words from the caller's dictionary" fails="analogy-check-1 analogy-check-3" says="removed words"
def analogy(a, b, c, vectors, k):
    va, vb, vc = vectors.pop(a), vectors.pop(b), vectors.pop(c)
    n = lambda v: v / np.linalg.norm(v)
    t = n(va) - n(vb) + n(vc)
    return sorted([(w, cosine_similarity(v, t)) for w, v in vectors.items()], key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="returns an empty list for an unknown word" fails="analogy-check-3" says="raise KeyError"
def analogy(a, b, c, vectors, k):
    if not all(w in vectors for w in (a, b, c)):
        return []
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="takes zeros for the vector of an unknown word" fails="analogy-check-3" says="raise KeyError"
def analogy(a, b, c, vectors, k):
    g = lambda w: vectors.get(w, np.zeros(4))
    u = lambda v: v / (np.linalg.norm(v) or 1)
    t = u(g(a)) - u(g(b)) + u(g(c))
    return sorted(
        [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)], key=lambda p: -p[1]
    )[:k]


# %% exercise="analogy" wrong="leaves the words out and skips three more" fails="analogy-check-1 analogy-check-2" says="then take k"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[3 : k + 3]


# %% exercise="analogy" wrong="ignores k" fails="analogy-check-3" says="expected one pair"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])


# %% exercise="analogy" wrong="multiplies and divides similarities (3CosMul) instead of adding vectors" fails="analogy-check-1" says="nearest to a - b + c"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [
        (w, cosine_similarity(v, u(a)) * cosine_similarity(v, u(c)) / (cosine_similarity(v, u(b)) + 1.001))
        for w, v in vectors.items()
        if w not in (a, b, c)
    ]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="ranks the candidates by straight distance" fails="analogy-check-1" says="straight distance"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, -float(np.linalg.norm(v - t))) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(s, key=lambda p: -p[1])[:k]


# %% exercise="analogy" wrong="skips the three best instead of the three words of the question" fails="analogy-check-2" says="came back"
def analogy(a, b, c, vectors, k):
    u = lambda w: vectors[w] / np.linalg.norm(vectors[w])
    t = u(a) - u(b) + u(c)
    s = [(w, cosine_similarity(v, t)) for w, v in vectors.items() if w not in ()]
    return sorted(s, key=lambda p: -p[1])[3 : 3 + k]


# %% exercise="analogy" wrong="prints the pairs and returns nothing" fails="analogy-check-1" says="returns nothing"
def analogy(a, b, c, vectors, k):
    unit = {word: vector / np.linalg.norm(vector) for word, vector in vectors.items()}
    target = unit[a] - unit[b] + unit[c]
    scores = [(word, cosine_similarity(unit[word], target)) for word in unit if word not in (a, b, c)]
    print(sorted(scores, key=lambda pair: pair[1], reverse=True)[:k])


# %% exercise="analogy" wrong="types in the answer of the famous example" fails="analogy-check-1" says="expected 8 pairs"
def analogy(a, b, c, vectors, k):
    return [("queen", 0.924), ("cup", -0.04), ("boat", -0.5)]


# %% exercise="analogy" wrong="brings every word to length 1 after the sum instead of before it" fails="analogy-check-1" says="divide each of the three"
def analogy(a, b, c, vectors, k):
    target = vectors[a] - vectors[b] + vectors[c]
    target = target / np.linalg.norm(target)
    scores = [(w, float(v @ target / np.linalg.norm(v))) for w, v in vectors.items() if w not in (a, b, c)]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[:k]


# %% exercise="analogy" equivalent="the cosine similarity does not depend on the order of its two vectors"
def analogy(a, b, c, vectors, k):
    arrows = [vectors[word] / np.linalg.norm(vectors[word]) for word in (a, b, c)]
    target = arrows[0] - arrows[1] + arrows[2]
    others = {word: vector for word, vector in vectors.items() if word not in (a, b, c)}
    scores = [(word, cosine_similarity(target, vector)) for word, vector in others.items()]
    return sorted(scores, key=lambda pair: pair[1], reverse=True)[:k]
