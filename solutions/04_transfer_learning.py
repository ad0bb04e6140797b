# %% [markdown] minutes=45
# # Transfer learning: start with borrowed vectors
#
# A table of random numbers knows nothing about words. Your own training can teach it something, but only about the words in your own texts, and a few hundred texts are soon used up. Others have trained such tables on billions of words and give them away. In this lesson you put a borrowed table into a Keras layer, find out what each way of doing so costs, and measure what the loan is worth: kept as it is, trained on, and against a table of your own.
#
# After this lesson you can
#
# - load a matrix of vectors into an `Embedding` in three ways, and say why one of them makes saved models six times larger,
# - freeze borrowed vectors, and count what is left to train,
# - say from measurements when borrowed vectors help, and when further training spoils them,
# - fine-tune in two phases: first the new layers, then everything, gently,
# - read a file in word2vec's text format,
# - explain why BERT is not a table of word vectors.
#
# You need lessons 1 and 3.

# %% tags=["setup"]
import csv
import json
import logging
import os
import re
import tempfile
import time
import zipfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow starts without its log messages
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

from autograde.data import data_path, load_vectors

logging.getLogger("tensorflow").setLevel(logging.ERROR)
plt.style.use("tableau-colorblind10")
keras.utils.set_random_seed(4)

# %% [markdown]
# ## What you borrow
#
# Three names come up again and again:
#
# | name | what you get | how it was made |
# |---|---|---|
# | [word2vec](https://arxiv.org/abs/1301.3781) (2013) | a table, one vector for each word | a small network guesses a word from its neighbors; the best-known table comes from about 100 billion words of news |
# | [GloVe](https://nlp.stanford.edu/projects/glove/) (2014) | a table, one vector for each word | fitted to counts of which words occur near each other, in 6 to 840 billion words |
# | [BERT](https://arxiv.org/abs/1810.04805) (2018) | a whole network | guesses missing words of a text; it makes a new vector for each word *in each sentence* |
#
# The first two are tables: rows that you can put into an `Embedding`. BERT is something else; the last part of this lesson shows why. To train any of them takes a great deal of text and computing time. To load a table takes almost none. This course brings a small table, made with GloVe's method from English Wikipedia text (`data/README.md` tells how), so that everything here works without a network connection. (To use a published GloVe file instead, set the environment variable `EMBEDDING_COURSE_VECTORS` to its path before you start JupyterLab. Words, times and percentages will then differ from those of this lesson; what follows from them should not.)

# %% tags=["demo"]
start = time.perf_counter()
vectors = load_vectors()
seconds = time.perf_counter() - start
words = list(vectors)
everything = np.array([vectors[word] for word in words])
print(f"{len(words):,} vectors of dimension {everything.shape[1]}, loaded in {seconds:.1f} s")
print("the first words:", *words[:8])
length = np.linalg.norm(everything, axis=1)
for word in ("piano", "tuesday", "soup"):
    cosine = everything @ vectors[word] / (length * np.linalg.norm(vectors[word]))
    print(f"{word:8}", *(words[i] for i in np.argsort(-cosine)[1:7]))

# %% [markdown]
# Behind each word stand its nearest words in the table (lesson 2 explains the measure). Nobody told the training what an instrument or a day of the week is. It follows from the company that the words keep.
#
# ## Three ways to give Keras a matrix
#
# Suppose that you have a matrix whose row *i* is the vector of the word with id *i*, row 0 for padding (lesson 6 builds it from a vocabulary). There are three ways to make it the table of an `Embedding`.

# %% tags=["demo"]
matrix = np.random.default_rng(1).normal(size=(5, 3)).astype("float32")

constant = layers.Embedding(5, 3, embeddings_initializer=keras.initializers.Constant(matrix))
given = layers.Embedding(5, 3, weights=[matrix])
later = layers.Embedding(5, 3)
later.build()
later.set_weights([matrix])

for name, layer in [("Constant", constant), ("weights=", given), ("set_weights", later)]:
    vector = np.array(layer(np.array([[2]])))[0, 0]
    print(f"{name:12} id 2 gives {vector.round(3)}, row 2 of the matrix: {np.array_equal(vector, matrix[2])}")

# %% [markdown]
# The same result three times. What are the differences?
#
# 1. **`Constant(matrix)`** is what many tutorials teach, and lectures say that "Keras needs the constant initializer". It works. But it is not what the initializer is for: its documentation says "only scalar values are allowed". It multiplies your matrix by an array of ones, and so by the rules of *broadcasting*.
# 2. **`weights=[matrix]`** is the shortest. It was missing in early versions of Keras 3 ([Keras, issue 19196](https://github.com/keras-team/keras/issues/19196)), which is why you still read that it does not exist. In 3.15 it does. The layer is built at once.
# 3. **`build()`, then `set_weights([matrix])`** is what the Keras examples do today. Without `build()` there is no table yet, and Keras says that it was "expecting 0 weights".
#
# ### Find the bug: one vector for all
#
# Somebody cuts the matrix wrongly: four rows for a layer of five, or, with a slip of the fingers, only one, `matrix[:1]`. Which of the four attempts below fails? Decide before you run it.

# %% tags=["demo"]
for name, rows in [("four rows", matrix[:4]), ("one row  ", matrix[:1])]:
    for way in ("Constant", "weights="):
        try:
            if way == "Constant":
                layer = layers.Embedding(5, 3, embeddings_initializer=keras.initializers.Constant(rows))
            else:
                layer = layers.Embedding(5, 3, weights=[rows])
            layer.build()
            print(f"{name} {way:9} accepted; table rows 0 and 4:", *layer.get_weights()[0][[0, 4]].round(2))
        except Exception as error:
            print(f"{name} {way:9}", re.search(r"Incompatible shapes: \S+ vs. \S+|weight shape.*", str(error)).group())

# %% [markdown]
# The third attempt goes through: **every word gets the same vector**, because one row times five rows of ones is five rows. A model with such a table cannot tell words apart, and nothing complains. `weights=` compares the shapes and names both of them. If you meet `Constant` in code that you must keep, check the table: `np.array_equal(layer.get_weights()[0], matrix)`.
#
# ## What each way costs
#
# Now save a model and load it again, and look at the time and the size of the file.


# %% tags=["demo"]
def cost(way, matrix):
    begin = time.perf_counter()
    extra = {"weights": [matrix]} if way == "weights=" else {}
    if way == "Constant":
        extra = {"embeddings_initializer": keras.initializers.Constant(matrix)}
    layer = layers.Embedding(*matrix.shape, **extra)
    layer.build()
    if way == "set_weights":
        layer.set_weights([matrix])
    model = keras.Sequential([keras.Input((10,), dtype="int32"), layer])
    with tempfile.TemporaryDirectory() as folder:
        times = [time.perf_counter(), model.save(path := Path(folder) / "model.keras"), time.perf_counter()]
        keras.saving.load_model(path)
        parts = {part.filename: part.compress_size for part in zipfile.ZipFile(path).infolist()}
    return times[0] - begin, times[2] - times[0], time.perf_counter() - times[2], parts


# %% tags=["demo"]
ways, sizes = ("Constant", "weights=", "set_weights"), (500, 1000, 2000)
costs = {(way, n): cost(way, everything[:n]) for way in ways for n in sizes if n <= len(everything)}
print("words  way           build    save     load    on disk")
for (way, n), (build, save, load, parts) in costs.items():
    print(f"{n:5}  {way:12} {build:.3f} s  {save:.3f} s  {load:.3f} s  {sum(parts.values()) / 1e6:5.2f} MB")
fig, axes = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
for way, style in zip(ways, ["s--", "o-", "x:"], strict=True):
    found = [(n, c) for (w, n), c in costs.items() if w == way]
    axes[0].plot([n for n, _ in found], [sum(c[3].values()) / 1e6 for _, c in found], style, label=way)
    axes[1].plot([n for n, _ in found], [c[1] + c[2] for _, c in found], style, label=way)
axes[0].set(title="Size of the saved model", xlabel="words", ylabel="megabytes", ylim=(0, None))
axes[1].set(title="Time to save and load it", xlabel="words", ylabel="seconds", ylim=(0, None))
axes[0].legend()
plt.show()

# %% [markdown]
# Left the size of the file, right the time to save and to load it, over the number of words. `weights=` (circles) and `set_weights` (crosses) lie on top of each other near the bottom. `Constant` (squares) rises about six times as steeply on the left, and on the right it makes saving and loading slow, where the others take next to no time. Building costs nothing worth mentioning in any of the three ways. And with a large table? The same measurement was made once for this course, with 1,000 to 100,000 words of 300 dimensions (`python -m autograde.benchmarks.matrix_cost` repeats it in a quarter of an hour); the next cell draws what it wrote down.

# %% tags=["demo"]
with open(data_path("matrix_cost.csv"), encoding="utf-8", newline="") as file:
    measured = [row for row in csv.DictReader(file) if row["dimension"] == "300"]
panels = {"build_s": "build (s)", "save_s": "save (s)", "load_s": "load (s)", "megabytes": "on disk (MB)"}
fig, axes = plt.subplots(1, 4, figsize=(13, 3.4), layout="constrained")
for ax, (column, title) in zip(axes, panels.items(), strict=True):
    for way, style in zip(ways, ["s--", "o-", "x:"], strict=True):
        found = [row for row in measured if row["way"] == way]
        ax.loglog([int(row["words"]) for row in found], [float(row[column]) for row in found], style, label=way)
    ax.set(title=title, xlabel="words")
axes[0].legend()
plt.show()
for row in measured[-3:]:
    print(f"100,000 words, {row['way']:12}", *(f"{title} {float(row[c]):6.1f}  " for c, title in panels.items()))

# %% [markdown]
# Four panels over the number of words, all axes logarithmic: the time to build, to save and to load a model, and its size on disk. Building is quick in all three ways: 100,000 words take less than two seconds. In the other panels `Constant` (squares) runs far above the others, which lie on each other: with 100,000 words it took more than two minutes to save and as long to load what the others write in a second and read in two or three, and its file is six times as large. The others need 4 bytes for each number, 120 MB, and no more. Where does the rest come from? A `.keras` file is a zip archive; look inside.

# %% tags=["demo"]
for way in ("Constant", "weights="):
    print(f"{way:9}", {name: f"{size:,} bytes" for name, size in costs[way, 1000][3].items()})
numbers = everything[:1000].size
extra = costs["Constant", 1000][3]["config.json"] - costs["weights=", 1000][3]["config.json"]
print(f"{numbers:,} numbers: {extra / numbers:.1f} bytes more for each, beside its 4 bytes in float32")
print(f"for 400,000 words and 300 dimensions: {400_000 * 300 * extra / numbers / 1e9:.1f} GB of text")

# %% [markdown]
# The weights, in `model.weights.h5`, are there both times. But an initializer belongs to the *configuration* of the model, `config.json`, and there `Constant` writes the whole matrix a second time, as text: some 20 characters for each number. In older versions a large matrix broke the limit of 2 GB for a saved model ([TensorFlow, issue 45041](https://github.com/tensorflow/tensorflow/issues/45041)), or the model could not be loaded again ([Keras, issue 18605](https://github.com/keras-team/keras/issues/18605)). Today it works and is wasteful.
#
# **So: use `weights=` or `set_weights`, and keep `Constant` for reading older code.**
#
# A word of caution that holds for both: the matrix is now a *weight*, and no part of the layer's recipe. Whoever makes a new layer from the recipe alone, with `from_config` or `clone_model`, gets random numbers. Copy the weights as well, or save and load the model.
#
# ### Exercise: a layer with borrowed vectors
#
# Write the function that you will use from now on. Borrowed vectors are frozen unless you say otherwise, and id 0 is padding, as in lesson 3.


# %% exercise="pretrained_embedding"
def pretrained_embedding(matrix, trainable=False):
    """An embedding layer that starts with given vectors.

    Parameters
    ----------
    matrix : ndarray, shape (rows, dim), float32 or float64
        Row i is the vector of id i; row 0 is for padding. It is not changed.
    trainable : bool, optional
        Whether training may change the vectors.

    Returns
    -------
    keras.layers.Embedding
        A layer whose table is `matrix`, all rows, in float32. It masks the id 0. Its configuration (`get_config`) stays
        small: the numbers of the matrix are among its weights and not in its configuration.
    """
    ### BEGIN SOLUTION
    rows, dim = matrix.shape
    return layers.Embedding(rows, dim, weights=[matrix], mask_zero=True, trainable=trainable)
    ### END SOLUTION


# %% check="pretrained_embedding" points=2
# The table is the matrix
matrix = np.array([[0, 0, 0], [1, 2, 3], [4, 5, 6], [-7, 8, 9]], dtype="float32")
try:
    layer = pretrained_embedding(matrix)
except ValueError as error:
    why = "the layer has the shape of the matrix, whose row 0 is the padding already: no plus 1, nothing swapped"
    if "expecting 0 weights" in str(error):
        why = "a new layer has no table yet: call its build() before you set weights"
    raise AssertionError(f"{why} (Keras says: {error})") from None
assert layer is not None, "pretrained_embedding returns nothing: is a return missing?"
assert isinstance(layer, layers.Embedding), f"return a keras.layers.Embedding, not {type(layer).__name__}"
assert (layer.input_dim, layer.output_dim) != (3, 4), "rows and columns are swapped: input_dim is the number of rows"
assert layer.input_dim != 5, "one row too many: the matrix has a row for padding already"
assert (layer.input_dim, layer.output_dim) != (3, 3), "row 0 was cut off: the ids stay, so padding keeps its row"
assert (layer.input_dim, layer.output_dim) == (4, 3), (
    f"a matrix of 4 rows and 3 columns, a layer of {layer.input_dim} rows and {layer.output_dim} columns"
)
layer.build()
(table,) = layer.get_weights()
assert np.abs(table).max() > 0.1, "the table holds Keras' small random numbers: the matrix did not reach the layer"
assert not np.array_equal(table, np.tile(table[:1], (4, 1))), (
    "all rows of the table are the same: was only one row given?"
)
assert np.array_equal(table, matrix), f"the table should be the matrix as it is, row by row; got {table.tolist()}"
print("pretrained_embedding: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(51)
for rows, dim, dtype in [(30, 7, "float32"), (2, 5, "float64"), (6, 1, "float32"), (9, 9, "float64")]:
    matrix = rng.normal(size=(rows, dim)).astype(dtype)
    given = matrix.copy()
    layer = pretrained_embedding(matrix)
    assert (layer.input_dim, layer.output_dim) == (rows, dim), (
        f"a matrix of shape {(rows, dim)}, a layer of shape {(layer.input_dim, layer.output_dim)}"
    )
    layer.build()
    (table,) = layer.get_weights()
    assert table.dtype == np.float32, f"the table is float32, as Keras computes; got {table.dtype}"
    moved = np.abs(table[1:] - given[1:]).max()
    assert moved < 1e-6 or moved > 1e-2, f"the numbers were rounded on the way: float32 keeps them, got {moved:.1e} off"
    assert moved < 1e-6, f"a {dtype} matrix of shape {(rows, dim)} did not arrive as it is"
    assert np.allclose(table[0], given[0], atol=1e-6), "row 0 is not zero in this matrix; take all rows as they are"
    assert np.array_equal(matrix, given), "pretrained_embedding changed the matrix that it was given"
    ids = rng.integers(0, rows, size=(2, 4))
    assert np.allclose(np.asarray(layer(ids)), given[ids], atol=1e-6), "looking ids up in the layer gives other vectors"
### END HIDDEN TESTS

# %% check="pretrained_embedding" points=1
# Frozen unless told otherwise, and padding is masked
matrix = np.array([[0, 0], [1, 2], [3, 4]], dtype="float32")
assert not pretrained_embedding(matrix).trainable, "borrowed vectors are frozen by default: trainable=False"
assert pretrained_embedding(matrix, trainable=True).trainable, "trainable=True is ignored: pass it on to the layer"
mask = pretrained_embedding(matrix).compute_mask(np.array([[2, 1, 0]]))
assert mask is not None, "id 0 is padding: mask_zero=True is missing"
assert np.array_equal(np.asarray(mask), [[True, True, False]]), (
    f"the mask of ids 2, 1, 0 is True, True, False; got {mask}"
)
print("frozen: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(52)
for trainable in (False, True, False):
    matrix = rng.normal(size=(8, 3)).astype("float32")
    layer = pretrained_embedding(matrix, trainable)
    assert (layer.input_dim, layer.output_dim) == (8, 3), "a matrix of 8 rows and 3 columns needs a layer of that shape"
    layer.build()
    assert bool(layer.trainable) == trainable, f"trainable={trainable}, but the layer has trainable={layer.trainable}"
    assert len(layer.trainable_weights) == int(trainable), (
        f"trainable={trainable}: the layer has {len(layer.trainable_weights)} trainable weights"
    )
    assert np.array_equal(layer.get_weights()[0], matrix), "frozen or not, the table is the matrix"
    assert layer.compute_mask(np.array([[1, 0]])) is not None, "the layer masks id 0, frozen or not"
### END HIDDEN TESTS

# %% check="pretrained_embedding" points=1
# The configuration stays small
matrix = np.random.default_rng(53).normal(size=(200, 10)).astype("float32")
layer = pretrained_embedding(matrix)
size = len(json.dumps(keras.saving.serialize_keras_object(layer)))
assert size < 5000, (
    f"the configuration has {size:,} characters: the matrix is written into it (Constant does that); "
    "give it to the layer as a weight instead"
)
layer.build()
assert np.array_equal(layer.get_weights()[0], matrix), "the configuration is small, but the table is not the matrix"
print("small configuration: the visible checks pass")
### BEGIN HIDDEN TESTS
for rows in (50, 3000):
    matrix = np.random.default_rng(rows).normal(size=(rows, 8)).astype("float32")
    layer = pretrained_embedding(matrix, trainable=True)
    size = len(json.dumps(keras.saving.serialize_keras_object(layer)))
    assert size < 2500, (
        f"for {rows} rows the configuration has {size:,} characters: keep the matrix out of it (no Constant)"
    )
    layer.build()
    assert np.array_equal(layer.get_weights()[0], matrix), f"the table of {rows} rows is not the matrix"
### END HIDDEN TESTS

# %% [markdown]
# ## What is left to train
#
# In a text model nearly all numbers are in the table. So freezing it changes how much there is to train, and with it the time for each step, the memory of the optimizer, and how easily a small set of examples is learned by heart.
#
# Keras sorts the weights of a model for you: `model.trainable_weights` and `model.non_trainable_weights` are lists of arrays. The flag of a layer is not the whole story, for two reasons. A layer can have weights of both kinds (`BatchNormalization` keeps running means that no gradient touches). And a layer can be a whole model with layers of its own, some of them frozen.
#
# ### Exercise: count what is trained


# %% exercise="trainable_count"
def trainable_count(model):
    """Number of parameters of a model that training changes.

    Parameters
    ----------
    model : keras.Model
        Built. It may contain other models, and layers with trainable and other weights.

    Returns
    -------
    int
        How many single numbers there are in the trainable weights; 0 if everything is frozen.
    """
    ### BEGIN SOLUTION
    return int(sum(np.prod(weight.shape) for weight in model.trainable_weights))
    ### END SOLUTION


# %% check="trainable_count" points=1
# Frozen weights do not count
embedding = layers.Embedding(50, 8, trainable=False)
model = keras.Sequential([keras.Input((6,)), embedding, layers.GlobalAveragePooling1D(), layers.Dense(3)])
got = trainable_count(model)
assert got is not None, "trainable_count returns nothing: is a return missing?"
kind = np.asarray(got).dtype.kind
assert kind in "iu", f"a number of parameters is a whole number: return an int, not {got!r} ({type(got).__name__})"
assert got != 427, "that counts all parameters; the 50 * 8 of the frozen embedding are not trained"
assert got != 400, "that is what is frozen; count the other weights"
assert got != 2, "the Dense layer has two arrays; count the numbers in them, 8 * 3 and 3"
assert got != 11, "len of an array is its first axis alone; its numbers are all axes multiplied, 8 * 3"
assert got != 24, "the biases are trained, too: 8 * 3 + 3"
assert got != int(sum(np.sum(weight) for weight in model.trainable_weights)), "that adds up the values; count them"
assert got != 4 * 27, "that is bytes, four for each number; count the numbers"
assert int(np.asarray(got)) == 27, f"the Dense layer has 8 * 3 + 3 = 27 parameters, the embedding is frozen; got {got}"
print("trainable_count: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(54)
for frozen in (True, False):
    rows, dim, classes = (int(i) for i in rng.integers(2, 40, size=3))
    embedding = layers.Embedding(rows, dim, trainable=not frozen)
    model = keras.Sequential([keras.Input((4,)), embedding, layers.GlobalAveragePooling1D(), layers.Dense(classes)])
    expected = (0 if frozen else rows * dim) + (dim + 1) * classes
    got = int(np.asarray(trainable_count(model)))
    assert frozen or got != expected - rows * dim, (
        f"this embedding is trained: its {rows} * {dim} count, too; got {got}"
    )
    assert got == expected, (
        f"embedding {rows} x {dim}, frozen: {frozen}, {classes} classes: expected {expected}, got {got}"
    )
model.trainable = False
try:
    got = int(np.asarray(trainable_count(model)))
except (ValueError, TypeError) as error:
    raise AssertionError(f"the whole model is frozen: expected 0, but an empty list is too little ({error})") from None
assert got == 0, f"the whole model is frozen: expected 0, got {got}"
### END HIDDEN TESTS

# %% check="trainable_count" points=1
# Layers with both kinds of weights, and models inside models
model = keras.Sequential([keras.Input((6,)), layers.Dense(4), layers.BatchNormalization(), layers.Dense(2)])
got = trainable_count(model)
assert got is not None, "trainable_count returns nothing: is a return missing?"
assert got != 28 + 16 + 10, (
    "BatchNormalization has 16 parameters, of which 8 are trained; its flag alone does not tell: use trainable_weights"
)
assert got != 10, "every layer of this model is trained, not only the last layer"
assert int(np.asarray(got)) == 28 + 8 + 10, (
    f"6 * 4 + 4, then 8 of BatchNormalization, then 4 * 2 + 2: expected 46, got {got}"
)
print("mixed layers: the visible checks pass")
### BEGIN HIDDEN TESTS
inner = keras.Sequential(
    [keras.Input((5,)), layers.Embedding(20, 4, trainable=False), layers.Flatten(), layers.Dense(7)]
)
model = keras.Sequential([keras.Input((5,)), inner, layers.Dense(2)])
got = int(np.asarray(trainable_count(model)))
assert got != 80 + 147 + 16, "inside this model is another one, with a frozen embedding that you counted"
assert got != 147 + 147 + 16, "the weights of the inner model are counted twice: its own list has them already"
assert got != 16, "inside this model is another one, with a trainable Dense layer that you left out"
assert got == 147 + 16, f"Dense 20 * 7 + 7 inside, Dense 7 * 2 + 2 outside: expected 163, got {got}"
words, more = keras.Input((3,)), keras.Input((3,))
shared = layers.Embedding(11, 4)
joined = layers.Concatenate()([layers.Flatten()(shared(words)), layers.Flatten()(shared(more))])
model = keras.Model([words, more], layers.Dense(1)(joined))
got = int(np.asarray(trainable_count(model)))
assert got != 88 + 25, "one embedding used at two places has its table only once"
assert got == 44 + 25, f"a shared embedding of 11 * 4, and Dense 24 * 1 + 1: expected 69, got {got}"
### END HIDDEN TESTS

# %% [markdown]
# ## What the loan is worth, measured
#
# Here is a task in which the effect is easy to see. `data/words.csv` sorts words into categories such as animal, food or tool. The model sees some words with their category, and is then asked about words **that it has never seen**. A model with a table of its own has no chance: the rows of the test words were never touched by training and are random to the end. A borrowed table has a row for them that is not random.

# %% tags=["demo"]
with open(data_path("words.csv"), encoding="utf-8", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["category"] and row["word"] in vectors]
kinds = sorted({row["category"] for row in rows})
ids = np.arange(1, len(rows) + 1)[:, np.newaxis]  # one word for each "text", ids from 1
labels = np.array([kinds.index(row["category"]) for row in rows])
train = np.array([row["part"] == "train" for row in rows])
matrix = np.vstack([0 * everything[:1], [vectors[row["word"]] for row in rows]])
print(len(kinds), "categories:", *kinds)
print(train.sum(), "words to learn from, for example:", *(row["word"] for row in rows[:6]))
print((~train).sum(), "other words to be asked about; matrix", matrix.shape, matrix.dtype)
chance = np.bincount(labels[~train]).max() / (~train).sum()
print(f"always the most frequent category: {chance:.0%} right")

# %% [markdown]
# The model is as small as can be: embedding, then one dense layer, the **head**. We train it in three ways, and each way three times, because a single run says little: every time with another 300 of the words and another random head.


# %% tags=["demo"]
def new_model(way):
    table = layers.Embedding(*matrix.shape) if way == "from scratch" else pretrained_embedding(matrix, way != "frozen")
    head = layers.Dense(len(kinds), activation="softmax")
    model = keras.Sequential([keras.Input((1,), dtype="int32"), table, layers.GlobalAveragePooling1D(), head])
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    return model


def accuracy(model, of):
    return float((np.array(model(ids[of])).argmax(axis=1) == labels[of]).mean())


# %% tags=["demo"]
scores, models = {}, {}
for way in ("from scratch", "frozen", "fine-tuned"):
    models[way] = model = new_model(way)
    start = model.get_state_tree("numpy_array")
    for seed in range(3):
        model.set_state_tree(start)  # back to the start: that is quicker than to compile a new model
        rng = np.random.default_rng(seed)
        model.layers[-1].set_weights([rng.uniform(-0.2, 0.2, w.shape) for w in model.layers[-1].get_weights()])
        some = rng.permutation(np.flatnonzero(train))[:300]
        for _ in range(25):
            model.train_on_batch(ids[some], labels[some])
        scores.setdefault(way, []).append(accuracy(model, ~train))
    print(f"{way:12} {trainable_count(model):6,} parameters trained,", end=" ")
    print(f"training words {accuracy(model, some):.0%} right, unseen words", *(f"{s:.1%}" for s in scores[way]))


# %% tags=["demo"]
def draw(scores):
    fig, ax = plt.subplots(figsize=(7, 3.8))
    for i, values in enumerate(scores.values()):
        ax.bar(i, np.mean(values), width=0.6, color="0.85", edgecolor="k")
        ax.plot([i] * len(values), values, "o", color="C0", label="one run" if i == 0 else None)
        ax.text(i, 0.02, f"{np.mean(values):.0%}", ha="center")
    ax.axhline(chance, linestyle="--", color="C1", label="always the most frequent category")
    ax.set_xticks(range(len(scores)), list(scores))
    ax.set(title="Categories of words that were not in training", xlabel="embedding", ylabel="accuracy", ylim=(0, 1.15))
    ax.legend(loc="upper left", ncols=2)
    plt.show()


draw(scores)

# %% [markdown]
# Each bar is the mean of three runs, the dots are the runs, the dashed line is what you get by always naming the most frequent category. The spread between runs is small beside the differences between the bars, and two things stand out.
#
# **From scratch** is no better than guessing, although it has learned its training words by heart. **Frozen** gets most of the unseen words right, with a fraction of the trained parameters. That is transfer: what the head has learned about *dog* and *horse* holds for the animals that it has not met, because their rows are similar.
#
# And **fine-tuned**, the same borrowed vectors but free to move, is *worse* than frozen, in every run. Why should more freedom hurt? See which rows have moved.

# %% tags=["demo"]
print("distance between borrowed and final row, mean over the words")
for way in ("frozen", "fine-tuned"):
    distance = np.linalg.norm(models[way].layers[0].get_weights()[0] - matrix, axis=1)[1:]
    print(
        f"{way:10}  words of the training part {distance[train].mean():.2f}, other words {distance[~train].mean():.2f}"
    )
print(f"for comparison, the mean length of a row: {np.linalg.norm(matrix[1:], axis=1).mean():.2f}")

# %% [markdown]
# Only the rows of the training words have moved. They have gone to places where the head can tell them apart without effort, and the head has become used to those places. The other words stayed behind, and what the head has learned does not fit them so well.
#
# So the common advice "set `trainable=False`" is good advice here. It is no law. When the training texts are many, most words of later texts have been seen, and moving their rows can pay; lesson 7 measures that on texts. And *how* you train makes a difference, as you will see at once.
#
# ## Fine-tuning in two phases
#
# At the start of training the borrowed table is good and the head is random. A random head produces large errors with no sense in them. If the table may move, they run through it and shake the borrowed knowledge. The remedy is an order:
#
# 1. **Freeze the embedding, train the head**, with an ordinary learning rate, until it has become reasonable.
# 2. **Thaw the embedding, train everything**, with a much lower learning rate (a tenth or less), for a short time.
#
# Between the two phases the model must be compiled again, for two reasons: you know from lesson 3 that `trainable` takes effect only then, and the new learning rate comes with a new optimizer. And mind whose flag you set: `model.trainable = True` does nothing in Keras 3.15 if the model carries that flag already, so a layer that was frozen on its own stays frozen. Thaw the layer.
#
# ### Exercise: fine-tune


# %% exercise="fine_tune"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    """Train a classifier in two phases: first its head, then everything at a lower learning rate.

    In the first phase the `Embedding` layers of the model are frozen, in the second they are trained like all other
    layers. In each phase the model is compiled with `keras.optimizers.Adam` at the learning rate of the phase and with
    the loss ``"sparse_categorical_crossentropy"``, and trained by `model.fit` with its usual batches of 32.

    Parameters
    ----------
    model : keras.Model
        Built, compiled or not; its output are probabilities of classes. It has one or more `Embedding` layers in
        `model.layers`, frozen or not; all other layers can be trained.
    x : ndarray, shape (n, length), int
        Ids.
    y : ndarray, shape (n,), int
        Classes, from 0.
    epochs : tuple of two int, optional
        Number of epochs of each phase, at least 1.
    learning_rates : tuple of two float, optional
        Learning rate of each phase.

    Returns
    -------
    model : keras.Model
        The trained model, as the second phase leaves it: compiled with the second learning rate, everything trainable.
    phases : list of two dict
        For each phase ``"trainable"``, the number of parameters that it trained (int), ``"learning_rate"`` (float), and
        ``"loss"``, a list with the loss of each epoch (as `fit` reports it).

    Raises
    ------
    ValueError
        If the second learning rate is not lower than the first.
    """
    ### BEGIN SOLUTION
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError(f"the second learning rate must be lower than the first, got {learning_rates}")
    phases = []
    for trainable, count, rate in zip((False, True), epochs, learning_rates):
        for layer in model.layers:
            if isinstance(layer, layers.Embedding):
                layer.trainable = trainable
        model.compile(optimizer=keras.optimizers.Adam(rate), loss="sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases
    ### END SOLUTION


# %% check="fine_tune" points=2 in_place=true
# First the head, then everything, at the lower rate
# Each id occurs once and there is one batch: one step of Adam moves a row by just the learning rate.
rng = np.random.default_rng(56)
x, y = rng.permutation(39)[:30].reshape(10, 3) + 1, np.arange(10) % 3
given, words = keras.Input((3,), dtype="int32"), layers.Embedding(40, 5, mask_zero=True, trainable=False, name="words")
hidden = layers.Dense(6, activation="tanh", use_bias=False)(layers.GlobalAveragePooling1D()(words(given)))
model = keras.Model(given, layers.Dense(3, activation="softmax", use_bias=False)(hidden))
model.compile(optimizer="sgd", loss="mse")
before = [rng.normal(size=weight.shape).astype("float32") for weight in model.get_weights()]
model.set_weights(before)
result = fine_tune(model, x, y, epochs=(3, 1), learning_rates=(0.05, 0.002))
assert isinstance(result, tuple) and len(result) == 2, "return two things: the model and the list of phases"
tuned = result[0]
assert isinstance(tuned, keras.Model), f"the first thing to return is the model, got {type(tuned).__name__}"
assert tuned.compiled, "the model is to be returned compiled, as the second phase leaves it"
after = tuned.get_weights()
moved, head = np.abs(after[0] - before[0]), np.abs(after[1] - before[1]).max()
assert np.median(moved) < 0.5, (
    "the table has been replaced: train the model that you are given, a new or cloned one starts from random"
)
rate = float(np.asarray(tuned.optimizer.learning_rate))
assert abs(rate - 0.002) < 1e-6, f"the returned model is compiled with the second learning rate, 0.002, got {rate:.4f}"
assert moved.max() > 1e-5, (
    "the embedding did not move in the second phase: set trainable = True, and compile again before the second fit "
    "(it is not the first of model.layers here, an InputLayer is: find it with isinstance; and set the flags on the "
    "layers themselves: model.trainable = True does nothing if the model has that flag already)"
)
assert moved.max() < 0.03, (
    f"the embedding moved by {moved.max():.3f}, at the high learning rate of the first phase: freeze it (before you "
    "compile); phase 2 alone, at the learning rate 0.002, moves it by 0.002"
)
assert head > 0.01, "the head did not move in the first phase: freeze the Embedding layers, not the whole model"
assert abs(np.median(moved[np.unique(x)]) - 0.002) < 3e-4, (
    f"one step of Adam at rate 0.002 moves the rows by 0.002, here they moved by "
    f"{np.median(moved[np.unique(x)]):.4f}: is it Adam, with the epochs of the second phase?"
)
assert 0.12 < head < 0.17, (
    f"3 epochs of one batch of Adam at rate 0.05 move the head by about 0.15, here it moved by {head:.3f}: "
    "is it Adam, with the epochs and the learning rate of the first phase?"
)
print("first the head, then everything: the visible checks pass")
### BEGIN HIDDEN TESTS
assert all(layer.trainable for layer in tuned.layers), "after the second phase all layers are trainable"
assert moved[np.unique(x)].max(axis=1).min() > 1e-4, "the rows of some words did not move: train with all of x and y"
assert isinstance(tuned.optimizer, keras.optimizers.Adam), f"compile with Adam, got {type(tuned.optimizer).__name__}"
try:
    loss = float(tuned.compute_loss(x=x, y=y[:, np.newaxis], y_pred=tuned(x)))
except ValueError:
    loss = np.nan  # a loss that wants another shape of y
expected = -np.log(np.asarray(tuned(x))[np.arange(10), y]).mean()
assert abs(loss - expected) < 1e-3, (
    f"the loss is sparse_categorical_crossentropy: expected {expected:.3f}, got {loss:.3f}"
)
### END HIDDEN TESTS

# %% check="fine_tune" points=2 in_place=true
# What each phase did, and rates that make no sense
rng = np.random.default_rng(57)
x, y = rng.integers(1, 9, size=(70, 4)), rng.choice(3, size=70, p=[0.8, 0.1, 0.1])
given = keras.Input((4,), dtype="int32")
tables = layers.Concatenate()([layers.Embedding(9, 2)(given), layers.Embedding(9, 1)(given)])
model = keras.Model(given, layers.Dense(3, activation="softmax")(layers.GlobalAveragePooling1D()(tables)))
try:
    fine_tune(model, x, y, (1, 1), (0.001, 0.01))
except ValueError:
    pass
except AssertionError:
    raise AssertionError("raise ValueError for the rates; assert is for your own mistakes") from None
else:
    raise AssertionError("the second learning rate, 0.01, is higher than the first: raise ValueError")
first_loss = -np.log(np.asarray(model(x))[np.arange(70), y]).mean()
before = model.get_weights()[:2]
result = fine_tune(model, x, y, epochs=(2, 1), learning_rates=(0.002, 0.0005))
assert isinstance(result, tuple) and len(result) == 2, "return two things: the model and the list of phases"
phases = result[1]
assert isinstance(phases, (list, tuple)) and len(phases) == 2, f"phases is a list of two dictionaries, got {phases!r}"
for phase in phases:
    assert isinstance(phase, dict), f"phases is a list of two dictionaries, got {phases!r}"
    missing = {"trainable", "learning_rate", "loss"} - set(phase)
    assert not missing, f"a phase lacks {sorted(missing)}: {phase}"
counts = [int(np.asarray(phase["trainable"])) for phase in phases]
assert counts[0] != 39, (
    "the first phase trained everything, says 'trainable': freeze the Embedding layers (before you compile), and "
    "count while the embeddings are frozen"
)
assert counts[0] not in (21, 30), "this model has two Embedding layers, and only one of them was frozen"
assert counts == [12, 39], (
    f"the head has 3 * 3 + 3 = 12 parameters, the tables 9 * 2 and 9 * 1: expected [12, 39], got {counts}"
)
moved = max(np.abs(a - b).max() for a, b in zip(result[0].get_weights()[:2], before, strict=True))
assert moved < 0.015, (
    f"the tables moved by {moved:.3f}, more than the second phase moves them at its rate of 0.0005: freeze them in the "
    "first phase (before you compile)"
)
print("the phases: the visible checks pass")
### BEGIN HIDDEN TESTS
rates = [float(np.asarray(phase["learning_rate"])) for phase in phases]
assert np.allclose(rates, [0.002, 0.0005]), (
    f"the learning rates of the phases were 0.002 and 0.0005, the report says {rates}"
)
assert not any(isinstance(phase["loss"], dict) for phase in phases), "history.history has more: take its list 'loss'"
losses = [np.asarray(phase["loss"], dtype=float).reshape(-1) for phase in phases]
assert [len(loss) for loss in losses] == [2, 1], (
    f"one loss for each epoch, here 2 and 1 (fit returns a History, the list is history.history['loss']); got {losses}"
)
assert abs(losses[0][0] - first_loss) < 0.02, (
    f"the first loss is that of the untrained head, {first_loss:.3f}, but the report says {losses[0][0]:.3f}"
)
assert losses[1][0] < losses[0][0], "the second phase goes on from the first, so its loss starts lower"
bias = float(np.asarray(result[0].get_weights()[-1])[0])  # most answers are class 0: it rises with every step
assert 0.0115 < bias < 0.0155, (
    f"70 texts in batches of 32 are 3 steps an epoch: 6 steps at 0.002 and 3 at 0.0005 raise the bias of class 0 by "
    f"about 0.0135, here it rose by {bias:.4f}"
)
for rates in [(0.01, 0.01), (1e-4, 0.5)]:
    try:
        fine_tune(model, x, y, (1, 1), rates)
    except ValueError:
        continue
    raise AssertionError(f"learning rates {rates}: the second is not lower than the first, raise ValueError")
### END HIDDEN TESTS

# %% [markdown]
# Now try it on the words: one run, with the same 300 words as in the third run of the other ways, which are still in `some`.

# %% tags=["demo"]
model, phases = fine_tune(new_model("frozen"), ids[some], labels[some], epochs=(4, 2), learning_rates=(0.02, 0.001))
scores["in two phases"] = [accuracy(model, ~train)]
for phase in phases:
    print(
        f"{phase['trainable']:6,} parameters at rate {phase['learning_rate']}: loss",
        *(f"{v:.2f}" for v in phase["loss"]),
    )
distance = np.linalg.norm(model.layers[0].get_weights()[0] - matrix, axis=1)[1:]
print(f"rows of the 300 words have moved by {distance[some].mean():.2f}")
print("third run:", *(f"{way} {values[-1]:.1%}," for way, values in scores.items()))
draw(scores)

# %% [markdown]
# The fourth bar, with a single dot: in two phases the borrowed knowledge is not lost. The rows have moved far less, and the head was reasonable before they did. (The last line compares the four ways on the same words. A difference of a few points to *frozen* is no more than the spread between runs.) On this task nothing is to be gained either, because no row of a test word can ever move. That is an honest result, and it suggests a rule: **start frozen; then try fine-tuning in two phases, and keep it only if the validation data say so.**
#
# ## Files: word2vec's text format
#
# Vectors come in files. GloVe's format is one word with its numbers on each line, and lesson 5 is all about it. word2vec's text format differs in two small ways:
#
# 1. The **first line is a header** with two whole numbers: how many words follow, and the dimension.
# 2. The original program writes a **space at the end of each line**.
#
# Here is the beginning of a file that comes with this course.

# %% tags=["demo"]
with open(data_path("mini.word2vec.txt"), encoding="utf-8") as file:
    for line in [next(file) for _ in range(3)]:
        print(repr(line[:75]))

# %% [markdown]
# ### Find the bug: a word with a single number
#
# The two formats are mixed up all the time. Someone gives a GloVe file to a program that wants the header, and gets [`invalid literal for int() with base 10: 'the'`](https://github.com/3Top/word2vec-api/issues/6). At least that is an error. The other way round, a loop in the style of many GloVe tutorials reads a word2vec file:

# %% tags=["demo"]
index = {}
with open(data_path("mini.word2vec.txt"), encoding="utf-8") as file:
    for line in file:
        word, *values = line.split()
        index[word] = np.array(values, dtype="float32")
print(f"{len(index)} words, the first is {next(iter(index))!r} with the vector {index[next(iter(index))]}")
try:
    np.stack(list(index.values()))
except ValueError as error:
    print("much later: ValueError:", error)

# %% [markdown]
# No complaint from the loop: the header has become a word, whose "vector" is one number. The error comes later, somewhere else, or never: a task-specific matrix looks up only the words of its vocabulary, and a text with that number in it is rare. A reader should know which format it reads, and **check what the header promises**.
#
# ### Exercise: read word2vec's format


# %% exercise="read_word2vec"
def read_word2vec(path):
    """Read vectors from a file in word2vec's text format.

    The file is UTF-8 text. Its first line has two whole numbers: the number of words and the dimension. Each further
    line has a word and its numbers, separated by single spaces; a line may have one more space at its end. No word
    occurs twice and no word contains a space. A word may look like a number.

    Parameters
    ----------
    path : str or pathlib.Path

    Returns
    -------
    dict of str to ndarray, shape (dimension,), float32
        A vector for each word. The header is not among them.

    Raises
    ------
    ValueError
        If the first line is not such a header (a GloVe file has none); if a line does not have as many numbers as the
        header says, then with the number of the line in the message, counted from 1 for the header; or if there are
        more or fewer words than the header says.
    """
    ### BEGIN SOLUTION
    vectors = {}
    with open(path, encoding="utf-8") as file:
        header = file.readline().split()
        if len(header) != 2 or not all(part.isdecimal() for part in header):
            raise ValueError(f"{path}: the first line is not a header of two whole numbers")
        count, dim = int(header[0]), int(header[1])
        for number, line in enumerate(file, start=2):
            word, *values = line.rstrip().split(" ")
            if len(values) != dim:
                raise ValueError(f"{path}, line {number}: expected {dim} numbers, found {len(values)}")
            vectors[word] = np.array(values, dtype=np.float32)
    if len(vectors) != count:
        raise ValueError(f"{path}: the header promises {count} words, found {len(vectors)}")
    return vectors
    ### END SOLUTION


# %% check="read_word2vec" points=2
# The words and their vectors, without the header
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "small.txt"
    path.write_text("3 2\nsoup 0.5 -1.5\ntea 0.25 2\nna\u00efve 1e-2 3.0\n", encoding="utf-8")
    try:
        got = read_word2vec(path)
    except UnicodeDecodeError as error:
        raise AssertionError(f"the file is UTF-8: say so, open(path, encoding='utf-8') ({error})") from None
assert got is not None, "read_word2vec returns nothing: is a return missing?"
assert isinstance(got, dict), f"return a dictionary from word to vector, not {type(got).__name__}"
assert "3" not in got, "the header became a word, '3': read the first line before the loop"
assert "soup" in got, "the first word is missing: the header is one line, only that one is not a word"
assert "na\u00efve" in got, (
    f"the file is UTF-8, but it was read with another encoding: na\u00efve is missing in {sorted(got)}"
)
assert sorted(got) == ["na\u00efve", "soup", "tea"], f"expected the words na\u00efve, soup and tea, got {sorted(got)}"
assert isinstance(got["soup"], np.ndarray), f"a vector is a NumPy array, not {type(got['soup']).__name__}"
assert got["soup"].shape == (2,), f"two numbers for each word: expected shape (2,), got {got['soup'].shape}"
assert got["soup"].dtype.kind == "f", (
    f"the vectors are numbers, but their dtype is {got['soup'].dtype}: convert the strings"
)
assert got["soup"].dtype == np.float32, f"float64 takes twice the memory: expected float32, got {got['soup'].dtype}"
assert not np.array_equal(got["soup"], got["tea"]), (
    "soup and tea have the same vector: was one array filled again and again? Make a new one for each line"
)
assert np.allclose(got["soup"], [0.5, -1.5]) and np.allclose(got["tea"], [0.25, 2]), f"wrong numbers: {got}"
print("read_word2vec: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(58)
for count, dim in [(1, 3), (40, 5), (200, 20)]:
    numbers = {f"{'wW'[i % 2]}{i // 2}": rng.normal(size=dim).round(4) for i in rng.permutation(900)[:count]}
    rows = "".join(f"{word} {' '.join(map(str, values))}\n" for word, values in numbers.items())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.txt"
        path.write_text(f"{count} {dim}\n{rows}", encoding="utf-8")
        for given in (path, str(path)):
            got = read_word2vec(given)
            for word, values in numbers.items():
                assert word in got, f"the word {word!r} is in the file but not in the dictionary (w7 and W7 differ)"
                assert got[word].shape == (dim,), f"{word!r}: expected shape ({dim},), got {got[word].shape}"
                assert np.allclose(got[word], values, atol=1e-5), f"{word!r}: expected {values}, got {got[word]}"
            assert len(got) == count, f"{count} words in the file, {len(got)} in the dictionary"
### END HIDDEN TESTS

# %% check="read_word2vec" points=1
# Spaces at the ends of lines, and words that look like numbers
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "small.txt"
    path.write_text("3 2\nthe 0.5 -1.5 \n1990 0.25 2 \nnan 3 4 \n", encoding="utf-8")
    try:
        got = read_word2vec(path)
    except ValueError as error:
        raise AssertionError(f"a line may end with a space, it is not a number more: strip it ({error})") from None
assert all(vector.shape == (2,) for vector in got.values()), "the space at the end of a line is not a third number"
assert all(vector.dtype.kind == "f" for vector in got.values()), "the vectors are numbers: convert the strings"
assert "1990" in got and "nan" in got, (
    f"1990 and nan are words here; only the first line is the header, got {list(got)}"
)
assert np.allclose(got["1990"], [0.25, 2]), f"1990 has the vector [0.25, 2], got {got['1990']}"
print("spaces at the ends of lines: the visible checks pass")
### BEGIN HIDDEN TESTS
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "narrow.txt"
    path.write_text("4 1\nthe 0.5\n7 1\n8 -2\ntea 1.25\n", encoding="utf-8")
    got = read_word2vec(path)
assert sorted(got) == ["7", "8", "tea", "the"], (
    f"dimension 1: every line has two parts, '7 1' is a word and its number, only the first line is a header; got {got}"
)
assert got["7"].shape == (1,), f"dimension 1: expected a vector of shape (1,), got {got['7'].shape}"
rng = np.random.default_rng(59)
values = rng.normal(size=(30, 4)).round(3)
rows = "".join(f"{i} {' '.join(map(str, row))} \n" for i, row in enumerate(values))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "numbers.txt"
    path.write_text(f"30 4\n{rows}", encoding="utf-8")
    got = read_word2vec(path)
assert len(got) == 30, f"30 words that look like numbers: got {len(got)}"
assert all(np.allclose(got[str(i)], row, atol=1e-5) for i, row in enumerate(values)), (
    "a vector is not what the file says"
)
### END HIDDEN TESTS

# %% check="read_word2vec" points=1
# A file that breaks its promise
broken = {
    "soup 0.5 -1.5\ntea 0.25 2\n": "this file has no header (it is GloVe's format)",
    "2 2\nsoup 0.5 -1.5\ntea 0.25\n": "line 3 has one number, the header says two",
    "2 2\nsoup 0.5 -1.5 7\ntea 0.25 2\n": "line 2 has three numbers, the header says two",
    "3 2\nsoup 0.5 -1.5\ntea 0.25 2\n": "the header says three words, the file has two",
    "1 2\nsoup 0.5 -1.5\ntea 0.25 2\n": "the header says one word, the file has two",
    "2 2 1\nsoup 0.5 -1.5\ntea 0.25 2\n": "a header has two numbers, here are three",
}
for text, what in broken.items():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "broken.txt"
        path.write_text(text, encoding="utf-8")
        try:
            read_word2vec(path)
        except ValueError:
            continue
        except AssertionError:
            raise AssertionError(
                f"{what}: raise ValueError; assert is for your own mistakes, not for bad files"
            ) from None
        raise AssertionError(f"{what}: raise ValueError; a wrong file that is read without a word costs hours later")
print("broken files: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(60)
for short in (3, 17, 31):
    rows = [f"w{i} {' '.join(map(str, rng.normal(size=4).round(2)))}" for i in range(30)]
    rows[short - 2] = rows[short - 2].rsplit(" ", 1)[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.txt"
        path.write_text("\n".join(["30 4", *rows]) + "\n", encoding="utf-8")
        try:
            read_word2vec(path)
        except ValueError as error:
            message = str(error).replace(str(path), "").replace("30 4", "")
        else:
            raise AssertionError(f"line {short} has a number too few: raise ValueError")
    assert str(short) in message, (
        f"the message should name the line, {short} (the header is line 1), so that one can mend it; got: {message}"
    )
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "glove.txt"
    path.write_text("".join(f"w{i} 0.5 0.25 1\n" for i in range(5)), encoding="utf-8")
    try:
        read_word2vec(path)
    except ValueError:
        pass
    else:
        raise AssertionError("a GloVe file, without a header: raise ValueError")
### END HIDDEN TESTS

# %% tags=["demo"]
mini = read_word2vec(data_path("mini.word2vec.txt"))
table = np.vstack([np.zeros_like(mini["the"]), *mini.values()])
place = {word: i for i, word in enumerate(mini, start=1)}
layer = pretrained_embedding(table)
print(len(mini), "words read, table", table.shape, "frozen:", not layer.trainable)
print("queen from the layer:", np.array(layer(np.array([[place["queen"]]])))[0, 0, :4])
print("queen from the file: ", mini["queen"][:4])

# %% [markdown]
# From a file to a layer: the whole path. You will meet a third format, too, the *binary* one of word2vec, in which the numbers are not text. `gensim.models.KeyedVectors.load_word2vec_format(path, binary=True)` reads it. That function reads text files as well, and with `no_header=True` GloVe's.
#
# ## BERT is not a table
#
# GloVe and word2vec are **static**: a word has one vector, wherever it stands. *bank* by a river and *bank* with an account share a row, which is a mixture of both. BERT and its successors are **contextual**: the vector of a word is computed anew from the sentence around it.
#
# The step that does it is called **attention**: the new vector of each word is a weighted mean of (transformed) vectors of all words in the sentence, and the weights depend on the words. Here is one such step, `MultiHeadAttention`. Its numbers are **random**: no BERT is loaded here, and the result has no meaning yet. What you can see all the same is what kind of computation it is.

# %% tags=["demo"]
sentences = [["she", "sat", "on", "the", "bank", "of", "the", "river"], ["the", "bank", "gave", "them", "the", "money"]]
places = [sentence.index("bank") for sentence in sentences]
keras.utils.set_random_seed(1)
static = [np.array([[vectors[word] for word in sentence]]) for sentence in sentences]
attention = layers.MultiHeadAttention(num_heads=1, key_dim=16)
results = [attention(x, x, return_attention_scores=True) for x in static]


def cosine(pair):
    a, b = (np.array(x)[0, i] for x, i in zip(pair, places, strict=True))
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


print(f"bank and bank, rows of the table:        cosine {cosine(static):.3f}")
print(f"bank and bank, after one attention step: cosine {cosine([r[0] for r in results]):.3f}")

# %% tags=["demo"]
fig, axes = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
strongest = max(np.array(weights).max() for _, weights in results)
for ax, words_here, (_, weights) in zip(axes, sentences, results, strict=True):
    image = ax.imshow(np.array(weights)[0, 0], cmap="cividis", vmin=0, vmax=strongest)
    ax.set_xticks(range(len(words_here)), words_here, rotation=60)
    ax.set_yticks(range(len(words_here)), words_here)
    ax.set(title=" ".join(words_here), xlabel="draws on", ylabel="new vector of")
fig.suptitle("Attention with random numbers")
fig.colorbar(image, ax=axes, label="weight")
plt.show()

# %% [markdown]
# In the table the two *banks* are one row: cosine 1. After one attention step they are different vectors, because each has taken up something of its neighbors. The maps show how much: each row is the new vector of a word, the brightness says how strongly it draws on the word named below, and each row adds up to 1. So **dependence on context comes from the architecture**; training is what makes it *useful*, so that *bank* learns to look at *river* rather than at *the*.
#
# And where does such a network begin? With embedding layers, the same that you have used all along. BERT has three: one for word pieces, one for positions, one for the two halves of a pair of texts. Their rows are added up.

# %% tags=["demo"]
pieces, positions, halves, dim, blocks = 30_522, 512, 2, 768, 12  # the sizes of BERT base
tables = (pieces + positions + halves) * dim + 2 * dim
block = 4 * (dim * dim + dim) + (dim * 4 * dim + 4 * dim) + (4 * dim * dim + dim) + 4 * dim
pooler = dim * dim + dim
print(f"the three tables:       {tables / 1e6:6.1f} million parameters")
print(f"12 attention blocks:    {blocks * block / 1e6:6.1f} million parameters")
print(f"BERT base as a whole:   {(tables + blocks * block + pooler) / 1e6:6.1f} million parameters")

toy = [layers.Embedding(rows, 8) for rows in (100, 16, 2)]
ids_in, position, half = np.array([[5, 9, 7, 2]]), np.arange(4)[np.newaxis], np.array([[0, 0, 1, 1]])
summed = sum(layer(x) for layer, x in zip(toy, (ids_in, position, half), strict=True))
print("the input of a small BERT:", layers.LayerNormalization()(summed).shape)

# %% [markdown]
# ### Find the misuse: BERT's table in an `Embedding`
#
# People ask [how to get the word vectors out of BERT](https://github.com/huggingface/transformers/issues/783) and find that its first table, `model.embeddings.word_embeddings`, can be pulled out and put into a frozen `Embedding`, as if it were GloVe's. The shapes fit, the code runs. What is wrong with it?
#
# - The table is what the network reads **before** any attention. All that made BERT better than GloVe is in the other layers, more than three quarters of its parameters, and they stay behind.
# - Its rows belong to **word pieces**. *embedding* has no row; *em*, *##bed* and *##ding* have. Looking up your own words finds only the frequent ones.
# - The rows were trained to be added to a position and normalized. They were never meant to be compared with each other.
#
# If you want BERT, take all of it: its tokenizer, its layers and their output. Libraries such as [KerasHub](https://keras.io/keras_hub/) do that. If you want a table, take one that was made to be a table.
#
# ## Quiz
#
# **1.** Why is a model saved with `Constant(matrix)` about six times as large?
#
# <details><summary>A. Constant stores the numbers in float64.</summary>No. The weights are float32 in all three ways. The extra space is in another part of the file.</details>
# <details><summary>B. The matrix is written into the configuration as text, in addition to the weights.</summary>Yes. Four bytes in the weights, and some 20 characters in <code>config.json</code>, for each number.</details>
# <details><summary>C. weights= and set_weights store only the rows that are used.</summary>No. The whole table is saved, whichever way it came in.</details>
# <details><summary>D. A frozen layer is saved twice.</summary>No. Whether a layer is frozen makes no difference to the size.</details>
#
# **2.** `Embedding(5000, 100, embeddings_initializer=Constant(matrix[:1]))`. What happens?
#
# <details><summary>A. An error: the shapes differ.</summary>No, unfortunately. A shape such as (4, 100) would be refused; (1, 100) fits every number of rows by broadcasting.</details>
# <details><summary>B. Row 0 is set, the others are random.</summary>No. An initializer always fills the whole table.</details>
# <details><summary>C. All 5,000 words get the same vector.</summary>Yes, and without a warning. Compare the table with the matrix after loading.</details>
# <details><summary>D. All rows but row 0 are zero.</summary>No. Nothing is filled up with zeros; the one row is repeated.</details>
#
# **3.** You have 60 labeled texts and good borrowed vectors. What do you try first?
#
# <details><summary>A. A table of my own, from scratch: it fits my task best.</summary>Sixty texts hold few words, and each of them a few times. All other words would keep random rows.</details>
# <details><summary>B. Borrowed vectors, everything trainable from the start, with a high learning rate.</summary>That is the third bar of the figure: rows of the few training words run away from the rest.</details>
# <details><summary>C. Borrowed vectors, frozen.</summary>Yes. Few parameters to train, and words that your texts lack are covered, too. Then try two phases, and compare on validation data.</details>
# <details><summary>D. Frozen is always best, so there is nothing else to try.</summary>With 60 texts it probably is. But it is no law: with many texts, fine-tuning can win. Measure.</details>
#
# **4.** In phase 2 you set `embedding.trainable = True`, change `model.optimizer.learning_rate`, and call `fit` without compiling. What happens?
#
# <details><summary>A. The embedding is trained at the new rate.</summary>No. Which weights are updated was decided by the first <code>fit</code> after <code>compile</code>, and then the embedding was frozen.</details>
# <details><summary>B. The head is trained at the new rate, the embedding stays as it is.</summary>Yes. The learning rate is a variable that the optimizer reads at every step; the list of weights is fixed until you compile again.</details>
# <details><summary>C. Keras raises an error.</summary>No. There is no error and no warning.</details>
# <details><summary>D. Nothing is trained any more.</summary>No. The head was trainable when the training step was made, and goes on learning.</details>
#
# **5.** What can you say about *bank* in a GloVe table?
#
# <details><summary>A. It has two rows, one for each meaning.</summary>No. A row belongs to a spelling. The training never learned that there are two meanings.</details>
# <details><summary>B. It has one row, a mixture of its uses in the training texts.</summary>Yes. The more frequent use weighs more.</details>
# <details><summary>C. Its row depends on the sentence in which I look it up.</summary>No. That is what contextual models such as BERT do; a table looks up.</details>
# <details><summary>D. It has no row, because it is ambiguous.</summary>No. A word gets a row if it was frequent enough, whatever it means.</details>
#
# ## Summary
#
# - Borrowed vectors carry what others' training found out about words, also about words that your examples lack.
# - `weights=[matrix]` or `build()` + `set_weights([matrix])`. `Constant(matrix)` works, writes the matrix into the configuration as text, and fills all rows from a single one without complaint.
# - With few examples frozen vectors win clearly; training everything at once spoils them, and a table from scratch cannot know unseen words.
# - Fine-tune in two phases: freeze, compile, train the head; thaw, compile with a lower rate, train a little. Keep it if validation data improve.
# - word2vec's text format has a header line and may have a space at the end of each line. Check what the header promises.
# - GloVe and word2vec are static tables. BERT is a network that makes vectors from sentences; its first table alone is not a replacement for GloVe.
#
# ## What to read next
#
# - [GloVe: Global Vectors for Word Representation](https://aclanthology.org/D14-1162/), the paper, and [the project's page with the vectors](https://nlp.stanford.edu/projects/glove/).
# - [Efficient Estimation of Word Representations in Vector Space](https://arxiv.org/abs/1301.3781), the first word2vec paper.
# - [BERT: Pre-training of Deep Bidirectional Transformers](https://arxiv.org/abs/1810.04805).
# - [Using pre-trained word embeddings](https://keras.io/examples/nlp/pretrained_word_embeddings/) and [Transfer learning and fine-tuning](https://keras.io/guides/transfer_learning/) in the Keras documentation.
#
# In lesson 5 you write the reader for GloVe files, one that survives what is really in them.
