# %% [markdown] minutes=45
# # The Keras Embedding layer: rows, shapes and masks
#
# In lesson 1 you wrote the lookup yourself. Keras has the same lookup as a layer, ready to train: `keras.layers.Embedding`. One line of code makes one, and that line has two numbers in it. The first of the two, *how many rows?*, is the most frequent mistake in public code with this layer, in tutorials too. In this lesson you get it right for three different kinds of vocabulary. Then you follow the vectors through the rest of a model: where a fixed length is needed and where it is not, what padding does to a sentence, and how to keep the layer's numbers from changing.
#
# After this lesson you can
#
# - say how many rows an `Embedding` needs, for a dictionary with ids from 1, for `TextVectorization` and for `keras.datasets.imdb`,
# - use `input_dim`, `output_dim`, `embeddings_initializer`, `trainable` and `mask_zero`, and say what has become of `input_length`,
# - count the parameters of a text classifier before you build it,
# - keep padding out of your results, and name the layers that lose the mask,
# - freeze an embedding so that it really stays as it is.
#
# You need lesson 1 (ids and padding). Everything here was run with Keras 3.15 on TensorFlow; where older tutorials differ, the text says so.

# %% tags=["setup"]
import logging
import os
import re
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow starts without its log messages
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

logging.getLogger("tensorflow").setLevel(logging.ERROR)
plt.style.use("tableau-colorblind10")
keras.utils.set_random_seed(3)

TEXTS = ["The soup is hot.", "The tea is hot and sweet.", "The ice is cold!", "Hot tea, cold ice."]

# The words of these texts with ids from 1, as lesson 1 numbered them.
WORD_INDEX = {"hot": 1, "is": 2, "the": 3, "cold": 4, "ice": 5, "tea": 6, "and": 7, "soup": 8, "sweet": 9}

# %% [markdown]
# ## One line makes a table
#
# An `Embedding` needs two numbers: `input_dim`, the number of rows of its table, and `output_dim`, the number of columns.

# %% tags=["demo"]
embedding = layers.Embedding(input_dim=10, output_dim=4)
ids = np.array([[8, 2, 1, 0, 0, 0], [6, 2, 1, 7, 9, 0]])
print("ids:    ", ids.shape, "  (batch, length)")
print("vectors:", embedding(ids).shape, "(batch, length, output_dim)")
(table,) = embedding.get_weights()
print("table:  ", table.shape, "  ", table.dtype)
print(f"smallest number {table.min():.3f}, largest {table.max():.3f}")
print("the layer looks rows up:", np.array_equal(embedding(ids), table[ids]))

# %% [markdown]
# Ids of shape (batch, length) go in, vectors of shape (batch, length, output_dim) come out, and the numbers are the rows of the table. The table did not exist when the layer was made: Keras builds it when the layer is first used (or when you call `embedding.build()`), and fills it with small random numbers between −0.05 and 0.05.
#
# These are the arguments that matter, beside what you may have read elsewhere:
#
# | argument | what it does in Keras 3.15 | default | what older texts say |
# |---|---|---|---|
# | `input_dim` | number of rows: **largest id + 1** | none, you must give it | "size of the vocabulary", which is often one too few |
# | `output_dim` | number of columns: the dimension | none, you must give it | the same |
# | `embeddings_initializer` | how the table is filled at the start (note the *s*) | `"uniform"`: −0.05 to 0.05 | "embedding initializer"; some slides show `None` |
# | `trainable` | whether training may change the table | `True` | the same |
# | `mask_zero` | tells the layers after it that id 0 is padding | `False` | often left out |
# | `weights` | start with this matrix (lesson 4) | `None` | gone in early versions of Keras 3, back since |
# | `input_length` | nothing: a warning, then it is ignored | | "the length of the sequences" |
#
# `embeddings_initializer=None` does not mean "no start values". Let us see what it does, and what the layer makes of ids that it should not get. Which of the four ids below do you expect to stop the program?

# %% tags=["demo"]
wide = keras.initializers.RandomUniform(-0.3, 0.3)
for name, start in [("uniform", "uniform"), ("None", None), ("zeros", "zeros"), ("RandomUniform", wide)]:
    layer = layers.Embedding(10, 4, embeddings_initializer=start)
    layer.build()
    print(f"{name:14} largest number {np.abs(layer.get_weights()[0]).max():.2f}")
for i in (9, 10, -1, 1.9):
    try:
        vector = np.array(embedding(np.array([[i]])))[0, 0]
        print(f"id {i:4}: row", *np.flatnonzero((table == vector).all(axis=1)))
    except Exception as error:
        print(f"id {i:4}:", re.search(r"indices.*\)", str(error)).group())

# %% [markdown]
# The first block shows the largest number of each table (without its sign). `RandomUniform(-0.3, 0.3)` is how you choose a range of your own. `None` falls back on a rule that was made for dense layers (*Glorot uniform*): its range depends on the size of the table. Leave the argument out unless you have a reason.
#
# The second block: only 10 is refused, because the rows are 0 to 9. The id −1 silently gets the last row (you met that bug in lesson 1), and 1.9 is cut to 1. And even the error cannot be relied on: TensorFlow promises it on a CPU only. On a GPU, [says the documentation of its `gather`](https://www.tensorflow.org/api_docs/python/tf/gather), an id that is too large gives a vector of zeros. So check the ids yourself, before you train: `ids.min() >= 0` and `ids.max() < input_dim`.
#
# One more sentence from older texts: "the embedding must be the first layer". It is usually the first layer that *learns*. Before it there may be a layer that turns text into ids, and a model may have several embeddings, one for the words and one for the author, say.
#
# ## How many rows?
#
# > `input_dim` = the largest id that can ever come in, **plus 1**.
#
# The plus 1 has nothing to do with words. It is there because rows are counted from 0: a table with rows 0 to 9 has ten rows. So the question is always: *what is the largest id?* The answer depends on who numbered the words. Three conventions are common.
#
# 1. **A dictionary with ids from 1**, as in lesson 1. Row 0 is for padding and is in no dictionary. Nine words, largest id 9, ten rows: `len(dictionary) + 1`.
# 2. **The list of `TextVectorization`**. The id is the place in the list, and the list begins with padding and `[UNK]`. They are *counted already*: `len(list)`.
# 3. **The reviews of `keras.datasets.imdb`**. Its dictionary numbers the words from 1, but in the reviews every id is **shifted by 3**, to make room for 0 (padding), 1 (start of a review) and 2 (unknown word); 3 stays unused. So the word with number 9 arrives as id 12, and there must be 13 rows.
#
# The next cell numbers the same nine words in the three ways. (The third is built by hand, so nothing is downloaded.)

# %% tags=["demo"]
vectorize = layers.TextVectorization()
vectorize.adapt(TEXTS)
listed = [str(word) or "(padding)" for word in vectorize.get_vocabulary()]
numbered = ["(padding)", *WORD_INDEX]
shifted = ["(padding)", "(start)", "(unknown)", "(unused)", *WORD_INDEX]
fig, ax = plt.subplots(figsize=(8, 4.8))
for column, names in enumerate([numbered, listed, shifted]):
    for row, name in enumerate(names):
        box = {"fc": "w", "ec": "0.5"} if name in WORD_INDEX else {"fc": "0.85", "ec": "0.5", "ls": "--"}
        ax.text(column, row, f"{row:2}  {name:10}", family="monospace", ha="center", va="center", bbox=box)
    ax.text(column, len(names), f"{len(names)} rows", ha="center", va="center", weight="bold")
ax.set(xlim=(-0.5, 2.5), ylim=(13.6, -0.7), title="Nine words, three tables", ylabel="row", yticks=range(13))
ax.set_xticks(range(3), ["dictionary from 1", "TextVectorization", "imdb, shifted by 3"])
plt.show()

# %% [markdown]
# Three columns, one for each convention; every box is a row of the table, gray and dashed where the row belongs to no word. The same nine words need 10, 11 and 13 rows. (`TextVectorization` also puts equally frequent words in another order. That changes who gets which row, but not how many there are.)
#
# ### Exercise: count the rows
#
# Write `rows_needed`. It gets a dictionary or a list, and for the third convention the shift. Two things make real vocabularies less tidy than the picture. Ids may have gaps, for example after somebody has removed words. And the dictionary may have come out of NumPy, so that its ids are NumPy integers. Keras refuses `input_dim=np.int64(10)`, so return a plain Python `int`.


# %% exercise="rows_needed"
def rows_needed(vocabulary, shift=0):
    """Number of rows that an embedding needs: the largest id that can come in, plus 1.

    Parameters
    ----------
    vocabulary : dict of str to int, or list of str
        A dictionary gives each word its id. The ids are 0 or more, in any order and possibly with gaps; they may be
        Python or NumPy integers. Padding and other special entries may be among the entries or not. It may be empty.
        In a list, as `TextVectorization.get_vocabulary()` returns it, the id of an entry is its place in the list,
        counted from 0; padding and ``[UNK]`` are ordinary entries. A list has at least one entry.
    shift : int, optional
        What is added to every id of a dictionary before it reaches the layer, 0 or more (3 for
        `keras.datasets.imdb`). Only given with a dictionary that is not empty.

    Returns
    -------
    int
        A Python integer. There is always a row 0, so an empty dictionary needs 1 row. `vocabulary` is not changed.
    """
    ### BEGIN SOLUTION
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return int(max(vocabulary.values(), default=0)) + shift + 1
    ### END SOLUTION


# %% check="rows_needed" points=1
# A dictionary: its largest id plus 1
got = rows_needed({"soup": 1, "hot": 2, "tea": 3})
assert got is not None, "rows_needed returns nothing: is a return missing?"
assert got != 3, "ids 1 to 3 and row 0 are four rows: a table with 3 rows ends with row 2, and id 3 is out of range"
assert got != 5, "that is one row too many: the rows are 0, 1, 2, 3; plus 1 is needed once, not twice"
assert got != 7, "a shift of 3 belongs to keras.datasets.imdb: without shift=3 nothing is added to the ids"
assert got == 4, f"the largest id is 3, the rows are 0 to 3: expected 4, got {got}"
got = rows_needed({"soup": 9, "tea": 2, "hot": 6})
assert got not in (3, 4), f"ids may have gaps: id 9 needs a row 9, so counting the words is not enough; got {got}"
assert got not in (6, 7), f"the largest id decides, wherever it stands; you took the id of the last word; got {got}"
assert got == 10, f"the largest id is 9, the rows are 0 to 9: expected 10, got {got}"
print("rows_needed: the visible checks pass")
### BEGIN HIDDEN TESTS
got = rows_needed({"(padding)": 0, "[UNK]": 1, "tea": 2})
assert got != 4, "padding has id 0 and is in this dictionary already: largest id 2, so 3 rows; do not count it twice"
assert got == 3, f"the ids are 0, 1 and 2: expected 3 rows, got {got}"
rng = np.random.default_rng(31)
for _ in range(6):
    chosen = [int(i) for i in rng.choice(np.arange(1, 300), size=12, replace=False)]
    got = rows_needed({f"w{n}": i for n, i in enumerate(chosen)})
    assert got == max(chosen) + 1, f"ids {sorted(chosen)}: the largest plus 1 is {max(chosen) + 1}, got {got}"
words, numbers = np.unique(["tea", "soup", "tea", "ice"], return_inverse=True)
got = rows_needed({str(word): number for word, number in zip(words[numbers], numbers + 1, strict=True)})
assert got == 4, f"ids 1 to 3, as NumPy integers: expected 4, got {got}"
assert type(got) is int, f"Keras refuses input_dim={got!r} ({type(got).__name__}): return a Python int, int(…)"
try:
    got = rows_needed({})
except (ValueError, IndexError, TypeError) as error:
    raise AssertionError(f"an empty dictionary has no largest id ({error}); row 0 remains, so return 1") from None
assert got == 1, f"an empty dictionary needs row 0 and no other: expected 1, got {got}"
### END HIDDEN TESTS

# %% check="rows_needed" points=1
# A list: padding and [UNK] are counted already
got = rows_needed(["", "[UNK]", "hot", "tea", "soup"])
assert got != 6, "one row too many: the entries have the ids 0 to 4, padding is the first of them; no plus 1 for a list"
assert got != 7, "two rows too many: padding and [UNK] are entries of this list, do not add them again"
assert got != 3, "padding and [UNK] need a row, too: do not take them off"
assert got != 4, "the last id is 4, and the rows 0 to 4 are five rows"
assert got == 5, f"the entries have the ids 0 to 4: expected 5 rows, got {got}"
print("a list: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(32)
for size in (1, 2, 40, 733):
    words = ["", "[UNK]", *(f"w{i}" for i in rng.permutation(900))][:size]
    got = rows_needed(words)
    assert got == size, f"a list of {size} entries, ids 0 to {size - 1}: expected {size} rows, got {got}"
    assert type(got) is int, f"return a Python int, not {type(got).__name__}"
### END HIDDEN TESTS

# %% check="rows_needed" points=1
# Shifted ids, as in keras.datasets.imdb
ranks = {"the": 1, "and": 2, "film": 3, "boring": 4}
got = rows_needed(ranks, shift=3)
assert got != 5, "the shift is missing: boring has number 4 in the dictionary, but arrives as id 7"
assert got != 7, "boring arrives as id 7, and the rows 0 to 7 are eight: the plus 1 is missing"
assert got != 4, "return the rows for the shifted ids, largest number + shift + 1"
assert got == 8, f"the largest id is 4 + 3 = 7: expected 8 rows, got {got}"
print("shifted ids: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(33)
for shift in (0, 1, 2, 3, 10):
    chosen = [int(i) for i in rng.choice(np.arange(1, 500), size=20, replace=False)]
    expected = max(chosen) + shift + 1
    got = rows_needed({f"w{n}": i for n, i in enumerate(chosen)}, shift=shift)
    assert got != 20 + shift + 1, f"ids may have gaps: 20 words, but the largest number is {max(chosen)}, got {got}"
    assert got == expected, f"largest number {max(chosen)}, shift {shift}: expected {expected} rows, got {got}"
    assert type(got) is int, f"return a Python int, not {type(got).__name__}"
assert ranks == {"the": 1, "and": 2, "film": 3, "boring": 4}, f"rows_needed changed the dictionary: {ranks}"
### END HIDDEN TESTS

# %% [markdown]
# ## Find the bug: one too few, one too many
#
# All of these lines were published, the second and third in official tutorials:
#
# ```python
# Embedding(num_words, …)             # 1. ids from 1 to num_words    keras, issue 8037 (2017)
# Embedding(max_features + 1, …)      # 2. TextVectorization(max_tokens=max_features)    until 2023
# num_tokens = len(voc) + 2           # 3. voc = vectorizer.get_vocabulary()    still there
# ```
#
# For each line: is the table too small, too large, or right? What will you *notice*? Decide before you read on.
#
# 1. **Too small.** [Reported in 2017](https://github.com/keras-team/keras/issues/8037): the rarest word has the id `num_words`, for which there is no row. The program stops, but only when a batch happens to hold that word, which may be in the third epoch, or never while you test.
# 2. **One too many.** `max_tokens` counts padding and `[UNK]`, so the ids end at `max_features - 1`. It stood in TensorFlow's beginners' tutorial until [a reader removed it](https://github.com/tensorflow/docs/pull/2256).
# 3. **Two too many**, in [the Keras example on pre-trained vectors](https://keras.io/examples/nlp/pretrained_word_embeddings/).
#
# A table that is too large does not fail. Here is what it does instead: nothing. We train with two superfluous rows and look at which rows have moved.

# %% tags=["demo"]
ids = np.array(vectorize(TEXTS))
model = keras.Sequential([layers.Embedding(len(listed) + 2, 4), layers.GlobalAveragePooling1D(), layers.Dense(2)])
model.compile("adam", "mse", run_eagerly=True)  # eagerly: for a handful of steps this is quicker
model(ids)
before = model.layers[0].get_weights()[0]
for _ in range(5):
    model.train_on_batch(ids, np.eye(2)[[0, 0, 1, 1]])
moved = np.abs(model.layers[0].get_weights()[0] - before).max(axis=1)
for row, distance in enumerate(moved):
    print(f"row {row:2} {listed[row] if row < len(listed) else '(nobody)':10} moved by {distance:.4f}")

# %% [markdown]
# Rows 11 and 12 belong to nobody and never move: dead weight, 300 numbers each in a real table, and a matrix of vectors with the right number of rows no longer fits. Row 1, `[UNK]`, has not moved either: every word of the training texts is known, so the vector for unknown words is still random when the first unknown word arrives. Remember it for lesson 6.
#
# And look at row 0. The *padding* has learned something. That cannot be right, and we shall come back to it.
#
# ### Exercise: make the layer
#
# Now put the pieces together: a layer for a vocabulary with ids from 1, as in lesson 1. Set the range of the start values, and tell the layers after it that id 0 is padding.


# %% exercise="make_embedding"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    """An embedding layer for words with ids from 1.

    Parameters
    ----------
    vocabulary_size : int
        Number of words. They have the ids 1 to `vocabulary_size`, without gaps; 0 is padding and not counted here.
    dim : int
        Dimension of the vectors.
    scale : float, optional
        The start values are random and uniform between ``-scale`` and ``scale`` (row 0 may be different).
    trainable : bool, optional
        Whether training may change the vectors.

    Returns
    -------
    keras.layers.Embedding
        A layer with one row for each id from 0 to `vocabulary_size`, which masks the id 0. Built or not, as you like.
        (If you give it an `embeddings_initializer`, let it be one that comes with Keras, not a function of your own.)
    """
    ### BEGIN SOLUTION
    return layers.Embedding(
        input_dim=vocabulary_size + 1,
        output_dim=dim,
        embeddings_initializer=keras.initializers.RandomUniform(-scale, scale),
        mask_zero=True,
        trainable=trainable,
    )
    ### END SOLUTION


# %% check="make_embedding" points=2
# A row for every id, dim columns, and padding is masked
layer = make_embedding(9, 4)
assert isinstance(layer, layers.Embedding), f"return a keras.layers.Embedding, not {type(layer).__name__}"
assert (layer.input_dim, layer.output_dim) not in ((4, 9), (4, 10), (5, 9)), (
    "rows and columns are swapped: input_dim first"
)
assert layer.input_dim != 9, "9 words have the ids 1 to 9, and id 9 needs a row 9: rows 0 to 9 are ten, not nine"
assert layer.input_dim != 11, "one row too many: the ids are 0 to 9, there is no id for unknown words here"
assert layer.input_dim == 10, f"9 words and the padding need 10 rows, got input_dim={layer.input_dim}"
assert layer.output_dim == 4, f"the vectors have dimension 4, got output_dim={layer.output_dim}"
assert layer.mask_zero, "id 0 is padding, but the layer does not say so to the next layers: mask_zero=True is missing"
print("make_embedding: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(34)
for size, dim in [(1, 1), (30, 7), (400, 16)]:
    layer = make_embedding(size, dim)
    assert layer.input_dim == size + 1, f"{size} words with ids 1 to {size}: {size + 1} rows, got {layer.input_dim}"
    assert layer.output_dim == dim, f"dim={dim}, but the layer has output_dim={layer.output_dim}"
    ids = rng.integers(0, size + 1, size=(3, 5))
    ids[0, 0] = size
    assert tuple(layer(ids).shape) == (3, 5, dim), f"ids (3, 5) become (3, 5, {dim}), got {tuple(layer(ids).shape)}"
    mask = layer.compute_mask(ids)
    assert mask is not None, "the layer gives no mask: mask_zero=True is missing"
    assert np.array_equal(np.asarray(mask), ids != 0), "the mask is True for words and False for id 0"
### END HIDDEN TESTS

# %% check="make_embedding" points=1
# Start values and trainable
layer = make_embedding(200, 10, scale=0.3)
assert isinstance(layer, layers.Embedding), f"return a keras.layers.Embedding, not {type(layer).__name__}"
layer.build()
numbers = layer.get_weights()[0][1:]
assert len(np.unique(numbers)) > 100, "the start values are random numbers, different for each word"
assert np.abs(numbers).max() > 0.06, "the start values stay within ±0.05, Keras' default: scale=0.3 is not used"
assert numbers.min() < 0, "the start values lie between -scale and scale, so about half of them are negative"
assert np.abs(numbers).max() <= 0.3001, (
    f"uniform between -0.3 and 0.3 means that no number is larger than 0.3, got {np.abs(numbers).max():.2f}"
)
assert layer.trainable, "without trainable=False the layer may be trained"
assert not make_embedding(200, 10, trainable=False).trainable, "trainable=False is ignored: pass it on to the layer"
print("start values: the visible checks pass")
### BEGIN HIDDEN TESTS
for scale in (0.05, 0.2, 1.5):
    layer = make_embedding(500, 20, scale=scale) if scale != 0.05 else make_embedding(500, 20)
    layer.build()
    numbers = layer.get_weights()[0][1:] / scale
    assert np.abs(numbers).max() <= 1.001, (
        f"scale={scale}: a number of {np.abs(numbers).max() * scale:.3f} lies outside"
    )
    assert np.abs(numbers).max() > 0.95, (
        f"scale={scale}: the range reaches from -{scale} to {scale}, it is not {scale} wide; "
        f"no number is larger than {np.abs(numbers).max() * scale:.3f}"
    )
    assert abs(numbers.mean()) < 0.05, (
        f"scale={scale}: the start values are not centered on 0, mean {numbers.mean():.2f}"
    )
    assert 0.54 < numbers.std() < 0.62, (
        f"scale={scale}: uniform values spread evenly over the range, std 0.58 * scale; got {numbers.std():.2f} * scale"
    )
for scale in (0.05, 0.4):
    layer = make_embedding(6, 2, scale, False)
    layer.build()
    assert len(layer.trainable_weights) == 0, "trainable=False: the layer must not have trainable weights"
    assert len(make_embedding(6, 2, scale, True).get_config()) > 0 and make_embedding(6, 2, scale, True).trainable, (
        "trainable=True: the layer may be trained"
    )
### END HIDDEN TESTS

# %% [markdown]
# ## No more `input_length`
#
# Older tutorials write `Embedding(100000, 300, input_length=120)`. Try it:

# %% tags=["demo"]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    layer = layers.Embedding(10, 4, input_length=120)
print("warning:", caught[0].message)
print("in its configuration:", "input_length" in layer.get_config())
print("six ids go in, all the same:", layer(np.ones((1, 6), dtype="int32")).shape)

# %% [markdown]
# The argument is ignored, and "just remove it" is good advice: an embedding looks up one id as well as a thousand. (In the first versions of Keras 3 it was an error.) What people used it for was to tell the *model* how long its inputs are. That is now the job of `keras.Input`, the entrance of a model:
#
# ```python
# keras.Input(shape=(120,), dtype="int32")     # every text has 120 ids
# keras.Input(shape=(None,), dtype="int32")    # any length, but one length within a batch
# ```
#
# `shape` is the shape of **one** text; the axis for the batch comes by itself. With an `Input` at its start a model is built at once, so that you can see its shapes and count its parameters.
#
# When do you need a fixed length? Only when a later layer has weights for each *position*. The usual case is `Flatten` followed by `Dense`.


# %% tags=["demo"]
def try_to_build(length, pooling):
    name = f"length {length!s:4} {type(pooling).__name__:22}"
    try:
        model = keras.Sequential([keras.Input((length,)), layers.Embedding(10, 4), pooling, layers.Dense(3)])
        print(name, model.output_shape, f"{model.count_params()} parameters")
    except ValueError as error:
        print(name, "ValueError:", str(error).split(".")[0])


for length in (6, 120, None):
    try_to_build(length, layers.GlobalAveragePooling1D())
    try_to_build(length, layers.Flatten())

# %% [markdown]
# The mean over the words (`GlobalAveragePooling1D`) always gives `output_dim` numbers. It works for any length and has the same 55 parameters each time: 10 · 4 in the table, 4 · 3 + 3 in the last layer. `Flatten` puts all vectors of a text in one long row of length · 4 numbers. `Dense` then has weights for each of them, so it must know the length, and it pays for it.
#
# ### Exercise: count before you build
#
# Predict the number of parameters of a classifier *embedding → mean or flatten → dense*. Here the vocabulary has ids from 1 again, so mind row 0. Masking (`mask_zero`) has no parameters, and neither have the mean and `Flatten`.


# %% exercise="count_parameters"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    """Number of parameters of a small text classifier.

    The model has three layers: an embedding; the mean over the words, or `Flatten`; and a dense layer with one output
    for each class and with a bias.

    Parameters
    ----------
    vocabulary_size : int
        Number of words. They have the ids 1 to `vocabulary_size`; 0 is padding, and the embedding has a row for it.
    dim : int
        Dimension of the vectors.
    length : int
        Number of ids of a padded text.
    classes : int
    flatten : bool, optional
        Whether the middle layer is `Flatten` (True) or the mean over the words (False).

    Returns
    -------
    int
    """
    ### BEGIN SOLUTION
    features = length * dim if flatten else dim
    return (vocabulary_size + 1) * dim + (features + 1) * classes
    ### END SOLUTION


# %% check="count_parameters" points=1
# With the mean over the words
got = count_parameters(9, 4, 6, 3)
assert got is not None, "count_parameters returns nothing: is a return missing?"
assert isinstance(got, int | np.integer), f"a number of parameters is a whole number, an int, not {type(got).__name__}"
assert got != 36 + 15, "row 0, for padding, has parameters like every other row: (9 + 1) * 4 in the table"
assert got not in (40 + 12, 40 + 12 + 1), "the dense layer has a bias for each class: 4 * 3 + 3"
assert got != 40 + 16, "the dense layer has a bias for each of its 3 outputs, not for each of its 4 inputs: 4 * 3 + 3"
assert got != 40, "the dense layer has parameters, too: 4 * 3 + 3"
assert got != 40 + 75, "that is the number for Flatten; the mean leaves 4 numbers for each text, not 6 * 4"
assert got != 40 + 6 * 15, "the dense layer is there once for each text, after the mean, not for each of the 6 words"
assert got != 44 + 15, "one row too many in the table: 9 words and the padding, (9 + 1) * 4"
assert got == 55, f"(9 + 1) * 4 in the table and 4 * 3 + 3 in the dense layer are 55, got {got}"
assert count_parameters(9, 4, 200, 3) == 55, "with the mean, the length of the texts does not matter"
print("count_parameters: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(35)
for _ in range(6):
    size, dim, length, classes = (int(i) for i in rng.integers(1, [3000, 60, 90, 20]))
    head = sum(dim + 1 for _ in range(classes))
    got = count_parameters(size, dim, length, classes)
    what = f"{size} words, dimension {dim}, {classes} classes"
    assert got != size * dim + head, f"{what}: the row for padding is missing"
    assert got != (size + 2) * dim + head, f"{what}: one row too many, the ids are 0 to {size}"
    assert got == size * dim + dim + head, f"{what}: expected {size * dim + dim + head}, got {got}"
### END HIDDEN TESTS

# %% check="count_parameters" points=1
# With Flatten
got = count_parameters(9, 4, 6, 3, flatten=True)
assert got != 55, (
    "with Flatten each text is 6 * 4 numbers wide, not 4: the dense layer grows, flatten=True seems ignored"
)
assert got != 40 + 3 * 6 + 3, "Flatten gives 6 * 4 numbers for each text, a vector for each position"
assert got != 40 + 3 * 10 + 3, "Flatten puts 6 vectors of 4 numbers in a row: that makes 6 * 4 numbers, not 6 + 4"
assert got != 6 * 40 + 15, "the table is shared by all positions: it is there once, whatever the length"
assert got != 36 + 75, "row 0, for padding, has parameters like every other row: (9 + 1) * 4 in the table"
assert got not in (40 + 72, 40 + 72 + 1), "the dense layer has a bias for each class, one for each of the 3 outputs"
assert got != 40 + 72 + 24, "the dense layer has a bias for each of its 3 outputs, not for each of its 24 inputs"
assert got == 40 + 75, f"40 in the table, (6 * 4) * 3 + 3 in the dense layer: expected 115, got {got}"
print("Flatten: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(36)
for _ in range(6):
    size, dim, length, classes = (int(i) for i in rng.integers(1, [3000, 60, 90, 20]))
    expected = sum(dim for _ in range(size + 1)) + classes * (1 + dim * length)
    got = count_parameters(size, dim, length, classes, flatten=True)
    what = f"{size} words, dimension {dim}, length {length}, {classes} classes, Flatten"
    assert got == expected, f"{what}: expected {expected}, got {got}"
### END HIDDEN TESTS

# %% tags=["demo"]
lengths = np.arange(10, 501, 10)
fig, ax = plt.subplots(figsize=(7, 4))
for flatten, style, name in [(False, "-", "mean"), (True, "--", "Flatten")]:
    counts = [count_parameters(20_000, 100, int(length), 20, flatten) / 1e6 for length in lengths]
    ax.plot(lengths, counts, style, label=f"embedding, {name}, dense")
ax.axhline(20_001 * 100 / 1e6, color="0.4", linestyle=":", label="the embedding alone")
ax.set(xlabel="length of the padded texts (ids)", ylabel="parameters (million)", ylim=(0, None))
ax.set(title="What a fixed length costs (20,000 words, dimension 100, 20 classes)")
ax.legend()
plt.show()

# %% [markdown]
# The dotted line is the table, two million numbers. With the mean (solid line) practically everything is in the table, whatever the length. With `Flatten` (dashed) the dense layer adds a hundred numbers for each position and class, and reaches half the size of the table at 500 ids. Nor is size the only drawback: a model with `Flatten` has to learn each word anew at each position.
#
# ## Padding must not count
#
# Back to row 0. Take one sentence, *the tea is sweet* with the ids 3, 6, 2, 9, and pad it with up to 20 zeros. It is the same sentence, so its vector should not change. The next cell takes the mean over the vectors, once with `mask_zero=False`, the default, and once with `mask_zero=True`.

# %% tags=["demo"]
table = np.random.default_rng(2).normal(size=(10, 50)).astype("float32")
sentence, pads = [3, 6, 2, 9], [0, 1, 2, 3, 5, 8, 12, 16, 20]
fig, ax = plt.subplots(figsize=(7, 3.6))
for mask_zero, style in [(False, "s--"), (True, "o-")]:
    embedding = layers.Embedding(10, 50, weights=[table], mask_zero=mask_zero)
    mean = [np.array(layers.GlobalAveragePooling1D()(embedding(np.array([sentence + n * [0]])))) for n in pads]
    moved = [np.linalg.norm(m - mean[0]) / np.linalg.norm(mean[0]) for m in mean]
    ax.plot(pads, moved, style, label=f"mask_zero={mask_zero}")
    print(f"mask_zero={mask_zero!s:5} ", *(f"{n} pads: {m:.0%}" for n, m in zip(pads, moved) if n in (0, 5, 20)))
ax.set(title="One sentence, more and more padding", xlabel="number of pads after the four words")
ax.set(ylabel="how far its vector has moved\n(share of its length)")
ax.legend()
plt.show()

# %% [markdown]
# Without the mask (squares) the vector drifts away as zeros are added; at five pads it has moved by more than its own length, and at twenty most of what is left is the row of the padding. Short texts get the most padding, so they suffer most. With the mask (circles) nothing moves: the vector is the same for any number of pads. If your model gives different answers for the same text in batches of different length, look here first.
#
# How does the mean know? With `mask_zero=True` the embedding computes a second array, the **mask**, of shape (batch, length): True for a word, False for padding. Keras hands it on from layer to layer behind the scenes. A layer that knows about masks uses it. A layer that does not **drops** it, and says so in a warning. Here is who does what:

# %% tags=["demo"]
embedding = layers.Embedding(10, 4, mask_zero=True)
print("mask:", *np.array(embedding.compute_mask(np.array([[3, 6, 0, 0]]))))
some = [layers.LSTM(2), layers.GRU(2), layers.Bidirectional(layers.LSTM(2)), layers.MultiHeadAttention(1, 2)]
some += [layers.Dense(2), layers.Dropout(0.1), layers.LayerNormalization(), layers.GlobalAveragePooling1D()]
some += [layers.Flatten(), layers.Conv1D(2, 2), layers.MaxPooling1D(), layers.GlobalMaxPooling1D()]
for layer in some:
    print(f"{type(layer).__name__:24}", "knows masks" if layer.supports_masking else "DROPS the mask")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    layers.GlobalMaxPooling1D()(embedding(np.array([[3, 6, 0, 0]])))
print("\nwarning:", str(caught[0].message).replace(". ", ".\n  "))

# %% [markdown]
# The last four are the trap: with `Flatten`, convolutions and maximum pooling your `mask_zero=True` is decoration. Keras 3 warns when such a model is built, a line that is easy to overlook among others. What can you do? Use a layer that knows masks, or compute with the mask yourself.
#
# ## Find the bug: a mean of one's own
#
# Somebody needed a mean that respects padding, wrote it, and [asked for a review of the code](https://github.com/CyberZHG/keras-bert/issues/34). Its heart, in NumPy:
#
# ```python
# mask = (ids != 0)[..., None]            # (batch, length, 1)
# return (embedded * mask).mean(axis=1)
# ```
#
# Padding is multiplied by zero and so has no influence. Or has it? Predict the mean of the numbers 2 and 4, followed by two pads.

# %% tags=["demo"]
embedded = np.array([[[2.0], [4.0], [9.0], [9.0]]])
ids = np.array([[5, 3, 0, 0]])
mask = (ids != 0)[..., None]
print("published: ", (embedded * mask).mean(axis=1))
print("Keras:     ", np.array(layers.GlobalAveragePooling1D()(embedded, mask=mask[..., 0])))
print("all padding", np.array(layers.GlobalAveragePooling1D()(embedded, mask=np.zeros((1, 4), bool))))

# %% [markdown]
# 1.5 instead of 3: the padding is out of the sum, but it is still **counted**, (2 + 4 + 0 + 0) / 4. The right divisor is the number of words. (The reviewer saw it, and added that `GlobalAveragePooling1D` does all this already.)
#
# Now the last line of the output. A text of which no word is left is all padding: zero words, and Keras divides zero by zero. The result is **NaN**, "not a number". What does one such text among many do to a training?

# %% tags=["demo"]
model = keras.Sequential([keras.Input((4,)), layers.Embedding(10, 3, mask_zero=True)])
model.add(layers.GlobalAveragePooling1D())
model.add(layers.Dense(2, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy", run_eagerly=True)
texts = np.array([[1, 2, 0, 0], [3, 4, 5, 0], [0, 0, 0, 0]])
for step in (1, 2):
    loss = model.train_on_batch(texts, np.array([0, 1, 0]))
    spoiled = [f"{np.isnan(weight).sum()} of {weight.size}" for weight in model.get_weights()]
    print(f"step {step}: loss {loss}; NaN in table, dense weights and biases: {', '.join(spoiled)}")

# %% [markdown]
# The loss is NaN at once. After one step the whole dense layer is NaN, after two the vectors of every word in the batch (five words of three numbers), and there is no way back. An empty line in the data is enough. So take texts without words out before training, or use a mean that knows what to do with them.
#
# ### Exercise: a mean that cannot break
#
# Write the masked mean in NumPy, with zeros for a text without words.


# %% exercise="masked_mean"
def masked_mean(embedded, ids):
    """Mean of the vectors of the words of each text, without the padding.

    Parameters
    ----------
    embedded : ndarray, shape (batch, length, dim), float32
        A vector for each position, for padding too (any numbers may stand there).
    ids : ndarray, shape (batch, length), int32
        0 is padding, wherever it stands; every other id is a word.

    Returns
    -------
    ndarray or tensor, shape (batch, dim), floating point
        The sum of the word vectors of each text divided by the number of its words; zeros for a text without words.
        Neither argument is changed.
    """
    ### BEGIN SOLUTION
    mask = (ids != 0)[..., np.newaxis].astype(embedded.dtype)
    words = np.maximum(mask.sum(axis=1), 1)
    return (embedded * mask).sum(axis=1) / words
    ### END SOLUTION


# %% check="masked_mean" points=2
# Padding is neither added nor counted
vectors = np.array([[[2, 10], [4, 30], [9, 9], [9, 9]], [[1, 1], [2, 2], [3, 3], [6, 6]]], dtype="float32")
ids = np.array([[5, 3, 0, 0], [1, 1, 2, 7]], dtype="int32")
got = masked_mean(vectors, ids)
assert got is not None, "masked_mean returns nothing: is a return missing?"
got = np.asarray(got)
assert got.shape != (2, 4), "the mean runs over the words (axis 1), not over the dimensions (axis 2)"
assert got.shape == (2, 2), f"one vector for each text: expected shape (2, 2), got {got.shape}"
assert not np.allclose(got[0], [6, 14.5]), "padding is in the mean: leave out the positions where ids is 0"
assert not np.allclose(got[0], [1.5, 10]), (
    "padding is out of the sum but still counted: divide by the number of words, 2"
)
assert not np.allclose(got[0], [6, 40]), "that is the sum; divide it by the number of words"
assert not np.allclose(got[0], [2, 40 / 3]), "you divided by one word too many: 1 was added to the number of words"
assert not np.allclose(got[0], [1, 40 / 6]), "divide by the words of this text, 2, not by those of the whole batch"
assert not np.allclose(got[0], [6 / 8, 5]), "you divided by the sum of the ids; divide by how many ids are not 0"
assert np.allclose(got[0], [3, 20]), f"the mean of [2, 10] and [4, 30] is [3, 20], got {got[0]}"
assert not np.allclose(got[1], [4.5, 4.5]), "id 1 is a word like any other, only 0 is padding: ids != 0"
assert not np.allclose(got[1], [1.5, 1.5]), "each text has its own mask: you used that of the first text for all"
assert np.allclose(got[1], [3, 3]), f"a text without padding: expected [3, 3], got {got[1]}"
print("masked_mean: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(37)
for batch, length, dim in [(1, 5, 3), (4, 4, 4), (6, 1, 2), (7, 12, 1), (5, 30, 8)]:
    vectors = rng.normal(size=(batch, length, dim)).astype("float32")
    ids = rng.integers(0, 3, size=(batch, length)).astype("int32")
    ids[:, rng.integers(length)] = 4
    vectors[0, np.flatnonzero(ids[0])[0]] = 0
    given = vectors.copy(), ids.copy()
    got = np.asarray(masked_mean(vectors, ids))
    assert np.array_equal(vectors, given[0]) and np.array_equal(ids, given[1]), (
        "masked_mean changed the arrays it was given"
    )
    assert got.shape == (batch, dim), f"embedded {given[0].shape}: expected shape {(batch, dim)}, got {got.shape}"
    assert np.issubdtype(got.dtype, np.floating), f"means are floating point numbers, got {got.dtype}"
    for i in range(batch):
        words = [vectors[i, j] for j in range(length) if ids[i, j] != 0]
        expected = sum(words) / len(words)
        until = ids[i].tolist().index(0) if 0 in ids[i] else length
        if 0 < until < len(words):
            assert not np.allclose(got[i], vectors[i, :until].mean(axis=0), atol=1e-5), (
                f"ids {ids[i].tolist()}: padding may stand anywhere, the words after the first 0 count, too"
            )
        if 0 in ids[i, : len(words)]:
            assert not np.allclose(got[i], vectors[i, : len(words)].mean(axis=0), atol=1e-5), (
                f"ids {ids[i].tolist()}: padding may stand anywhere, so the {len(words)} words are not always the first"
            )
        if i == 0 and len(words) > 1:
            assert not np.allclose(got[i], expected * len(words) / (len(words) - 1), atol=1e-6) or np.allclose(
                expected, 0
            ), "a word whose vector is all zeros is a word: what counts is ids != 0, not the numbers in the vector"
        assert np.allclose(got[i], expected, atol=1e-5), f"ids {ids[i].tolist()}: expected {expected}, got {got[i]}"
### END HIDDEN TESTS

# %% check="masked_mean" points=1
# A text without words gives zeros
vectors = np.array([[[2, 10], [4, 30]], [[7, 7], [8, 8]]], dtype="float32")
got = np.asarray(masked_mean(vectors, np.array([[5, 0], [0, 0]], dtype="int32")))
assert got.shape == (2, 2), f"a text without words has a row in the result, too: expected shape (2, 2), got {got.shape}"
assert not np.isnan(got).any(), (
    "the second text has no words, and you divided by zero: NaN spoils every weight of a model"
)
assert not np.allclose(got[1], [7.5, 7.5]), "a text without words gives zeros, not the mean of its padding"
assert np.array_equal(got[1], [0, 0]), f"no words: expected zeros, got {got[1]}"
assert not 0.1 < got[0][0] / 2 < 0.9999, (
    "you added something to the number of words to avoid the division by zero; that changes every other mean"
)
assert np.allclose(got[0], [2, 10]), f"one word: its vector is the mean, expected [2, 10], got {got[0]}"
print("no words: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(38)
for batch, length, dim in [(3, 4, 2), (5, 5, 5), (1, 7, 3)]:
    vectors = rng.normal(size=(batch, length, dim)).astype("float32") + 3
    ids = rng.integers(1, 50, size=(batch, length)).astype("int32")
    ids[batch // 2] = 0
    got = np.asarray(masked_mean(vectors, ids))
    assert got.shape == (batch, dim), f"a text without words has a row in the result, too: expected {(batch, dim)}"
    assert not np.isnan(got).any(), "a text without words gave NaN: you divided by zero"
    assert np.array_equal(got[batch // 2], np.zeros(dim)), f"no words: expected zeros, got {got[batch // 2]}"
    for i in set(range(batch)) - {batch // 2}:
        expected = vectors[i].sum(axis=0) / length
        assert not np.allclose(got[i], expected * length / (length + 1), atol=1e-6), (
            "you added something to the number of words to avoid the division by zero; that changes every other mean"
        )
        assert np.allclose(got[i], expected, atol=1e-5), f"a text of {length} words: expected {expected}, got {got[i]}"
got = np.asarray(masked_mean(np.full((2, 3, 4), 5, dtype="float32"), np.zeros((2, 3), dtype="int32")))
assert np.array_equal(got, np.zeros((2, 4))), f"no words in the whole batch: expected zeros of shape (2, 4), got {got}"
### END HIDDEN TESTS

# %% [markdown]
# ## A classifier from end to end
#
# Now you have all parts of a small text classifier:
#
# | layer | shape that comes out | what it does |
# |---|---|---|
# | `keras.Input` | (batch, length) | ids |
# | `Embedding` | (batch, length, dim) | a vector for each id, and the mask |
# | a layer that knows masks | (batch, dim) | one vector for each text |
# | `Dense` with softmax | (batch, classes) | probabilities that add up to 1 |
#
# `compile` adds what training needs: an optimizer and a **loss**. There are two losses with similar names. `"sparse_categorical_crossentropy"` takes the class of a text as one whole number, such as 2. `"categorical_crossentropy"` wants it one-hot, such as [0, 0, 1]. Our labels are whole numbers.
#
# ### Exercise: build the classifier
#
# Build it, and compile it. Padding must not change its answer, and neither must `length`: if you copy the weights into a model for longer texts, that model gives the same answers. The model ends with probabilities, and that is what a loss of Keras expects; `from_logits=True` is for models that leave the softmax out.


# %% exercise="make_classifier"
def make_classifier(vocabulary_size, dim, length, classes):
    """A compiled text classifier: embedding, one vector for each text, softmax.

    Parameters
    ----------
    vocabulary_size : int
        Number of words, with the ids 1 to `vocabulary_size`; 0 is padding, after the words.
    dim : int
        Dimension of the word vectors.
    length : int
        Number of ids of each text, padding included.
    classes : int
        Number of classes, at least 2.

    Returns
    -------
    keras.Model
        Sequential or functional, made of layers that come with Keras (no `Lambda`, no class of your own).
        Built, with the input shape (None, length) and the output shape (None, classes): for each text the
        probabilities of the classes, which add up to 1. It has one `Embedding`, with a row for each id from 0 to
        `vocabulary_size` and dimension `dim`, which can be trained. Padding has no influence on the output, and no
        weight depends on `length`. (What comes out for a text without any word is left open.)
        The model is compiled for labels that are whole numbers from 0 to ``classes - 1``, with crossentropy, the mean
        of ``-log(probability of the right class)``, as its loss (given by its name, or as an object of a Keras loss
        class; it takes probabilities, so without ``from_logits``) and an optimizer of your choice.
    """
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input(shape=(length,), dtype="int32"),
            layers.Embedding(vocabulary_size + 1, dim, mask_zero=True),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% check="make_classifier" points=2
# Shapes, rows and probabilities
model = make_classifier(20, 4, 6, 3)
assert model is not None, "make_classifier returns nothing: is a return missing?"
assert isinstance(model, keras.Model), f"return a Keras model, not {type(model).__name__}"
assert model.built, "the model does not know its input yet: begin with keras.Input(shape=(length,), dtype='int32')"
assert tuple(model.input_shape) != (None, None), (
    "the model accepts any length; give keras.Input the length, shape=(length,)"
)
assert tuple(model.input_shape) == (None, 6), f"texts of 6 ids: expected input shape (None, 6), got {model.input_shape}"
tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
assert len(tables) == 1, f"the model has one Embedding layer, found {len(tables)}"
assert tables[0].input_dim != 20, "20 words have the ids 1 to 20, and id 20 needs a row 20: 21 rows, not 20"
assert tables[0].input_dim == 21, f"rows 0 to 20 are 21 rows, got {tables[0].input_dim}"
assert tables[0].output_dim != 6, "the vectors have dim numbers, 4; 6 is the length of the texts"
assert tables[0].output_dim == 4, f"the word vectors have dimension 4, got {tables[0].output_dim}"
assert len(model.output_shape) == 2, (
    f"one row of probabilities for each text, not for each word: pool the words; the output is {model.output_shape}"
)
assert tuple(model.output_shape) == (None, 3), f"3 classes: expected output shape (None, 3), got {model.output_shape}"
print("make_classifier: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(39)
for size, dim, length, classes in [(50, 8, 11, 2), (7, 3, 1, 5)]:
    model = make_classifier(size, dim, length, classes)
    what = f"make_classifier({size}, {dim}, {length}, {classes})"
    (layer,) = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    assert tuple(model.input_shape) == (None, length), (
        f"{what}: expected input (None, {length}), got {model.input_shape}"
    )
    assert tuple(model.output_shape) == (None, classes), f"{what}: expected (None, {classes}), got {model.output_shape}"
    assert (layer.input_dim, layer.output_dim) == (size + 1, dim), (
        f"{what}: expected a table of {size + 1} rows and {dim} columns, got {layer.input_dim} and {layer.output_dim}"
    )
    assert layer.trainable and len(layer.trainable_weights) == 1, f"{what}: the embedding can be trained"
    layer.set_weights([rng.normal(size=(size + 1, dim))])
    got = np.asarray(model(rng.integers(1, size + 1, size=(9, length))))
    assert np.allclose(got.sum(axis=1), 1, atol=1e-4) and (got >= 0).all(), (
        f"the outputs for a text are probabilities that add up to 1 (softmax); one row adds up to {got[0].sum():.3f}"
    )
    assert not np.allclose(got, got[0], atol=1e-6), (
        "nine different texts got the same probabilities: the ids have no effect"
    )
### END HIDDEN TESTS

# %% check="make_classifier" points=1
# Padding has no influence
short, long = make_classifier(20, 6, 5, 4), make_classifier(20, 6, 12, 4)
assert short.built and len(short.output_shape) == 2, "begin with keras.Input, and make one vector for each text"
tables = [layer for layer in short.layers if isinstance(layer, layers.Embedding)]
assert tables and tables[0].input_dim > 20, "id 20 needs a row 20: the embedding has 21 rows"
assert (short.input_shape[1], long.input_shape[1]) in ((5, 12), (None, None)), "keras.Input gets the length: 5, then 12"
rng = np.random.default_rng(40)
try:
    long.set_weights(short.get_weights())
except ValueError:
    raise AssertionError(
        "a weight depends on the length (Flatten before Dense?): combine the words with a mean"
    ) from None
ids = rng.integers(1, 21, size=(8, 5))
expected, got = np.asarray(short(ids)), np.asarray(long(np.pad(ids, [(0, 0), (0, 7)])))
assert np.allclose(got, expected, atol=1e-5), (
    "the same texts with 7 more pads got other probabilities: is mask_zero=True there? Does the next layer know masks?"
)
print("padding: the visible checks pass")
### BEGIN HIDDEN TESTS
for model in (short, long):
    (layer,) = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    table = np.random.default_rng(41).normal(size=layer.get_weights()[0].shape)
    table[0] = 5
    layer.set_weights([table])
for words in (1, 2, 4):
    ids = rng.integers(1, 21, size=(8, 5))
    ids[:, words:] = 0
    expected, got = np.asarray(short(ids)), np.asarray(long(np.pad(ids, [(0, 0), (0, 7)])))
    assert np.allclose(got, expected, atol=1e-5), (
        f"{words} words with {5 - words} pads and with {12 - words} pads got different probabilities: "
        "is mask_zero=True there? Does the next layer know masks?"
    )
    table[0] = -5
    layer.set_weights([table])
    again = np.asarray(long(np.pad(ids, [(0, 0), (0, 7)])))
    assert np.allclose(again, got, atol=1e-5), "the row of the padding changes the result: the mask is lost on the way"
    table[0] = 5
    layer.set_weights([table])
### END HIDDEN TESTS

# %% check="make_classifier" points=1
# Compiled for whole-number labels, and it learns
model = make_classifier(20, 4, 6, 3)
assert model.compiled, "the model is not compiled: model.compile(optimizer=…, loss=…)"
assert model.built and tuple(model.output_shape) == (None, 3), "3 probabilities for each text: output shape (None, 3)"
tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
assert tables and tables[0].input_dim > 20, "id 20 needs a row 20: the embedding has 21 rows"
rng = np.random.default_rng(42)
ids, labels = rng.integers(1, 21, size=(30, 6)), rng.integers(0, 3, size=30)
tables[0].set_weights([rng.normal(scale=5, size=table.shape) for table in tables[0].get_weights()])
probabilities = np.asarray(model(ids))
assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-4), "the 3 outputs for a text do not add up to 1: softmax"
try:
    y_pred = keras.ops.convert_to_tensor(probabilities)
    loss = float(model.compute_loss(x=ids, y=labels[:, np.newaxis], y_pred=y_pred)) - sum(map(float, model.losses))
except ValueError as error:
    raise AssertionError(
        f"the loss cannot use labels like 0, 2, 1: one-hot losses need the 'sparse' variant ({str(error)[:80]})"
    ) from None
expected = -np.log(probabilities[np.arange(30), labels]).mean()
twice = np.exp(probabilities) / np.exp(probabilities).sum(axis=1, keepdims=True)
assert abs(loss + np.log(twice[np.arange(30), labels]).mean()) > 1e-3, (
    "softmax is taken twice, in the model and in the loss: from_logits=True is for scores, not for probabilities"
)
assert abs(loss - 30 * expected) > 1e-3, "that is the sum over the batch; the loss is the mean of -log(probability)"
assert abs(loss - expected) < 1e-3, (
    f"the loss is not the crossentropy of these labels and of probabilities that add up to 1: "
    f"'sparse_categorical_crossentropy' gives {expected:.4f}, yours gives {loss:.4f}"
)
print("compiled: the visible checks pass")
### BEGIN HIDDEN TESTS
model = make_classifier(20, 7, 6, 4)
ids = np.where(labels[:, np.newaxis] == 0, rng.integers(1, 7, size=(30, 6)), rng.integers(7, 14, size=(30, 6)))
ids = np.where(labels[:, np.newaxis] == 2, rng.integers(14, 21, size=(30, 6)), ids)
(layer,) = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
before = layer.get_weights()[0]
first = -np.log(np.asarray(model(ids))[np.arange(30), labels]).mean()
model.run_eagerly = True  # for a handful of steps this is quicker
for _ in range(3):
    model.train_on_batch(ids, labels)
last = -np.log(np.asarray(model(ids))[np.arange(30), labels]).mean()
assert not np.isnan(last), "after 3 steps of training the probabilities are NaN"
assert last < first, f"3 steps on texts with clear topics, and the loss went from {first:.3f} to {last:.3f}"
assert np.abs(layer.get_weights()[0] - before).max() > 0, (
    "training did not change the word vectors: is the embedding frozen?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Freezing
#
# `trainable=False` says: training must not change this table. You will want that as soon as the table comes from somebody else (lesson 4). Given when the layer is made, it works as you expect. The trap is to freeze *later*.
#
# ### Find the bug: frozen, but it moves
#
# ["Froze layer, but weights still changed"](https://github.com/keras-team/keras/issues/3268) was the title of a report in 2016, and the question has come back every year since. In short, this is what people do:
#
# ```python
# model.compile(…)
# model.fit(…)                            # train everything for a while
# model.layers[0].trainable = False       # now keep the embedding
# model.fit(…)                            # train the rest
# ```
#
# The cell below does that and measures how far the embedding moves in each `fit`. Afterwards it compiles again, thaws, and compiles once more. Which of the five lines will say 0?

# %% tags=["demo"]
rng = np.random.default_rng(5)
x, y = rng.integers(1, 10, size=(32, 6)), rng.integers(0, 2, size=32)
model = make_classifier(9, 4, 6, 2)
(embedding,) = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
for step in ("first fit", "trainable = False", "compile again", "trainable = True", "compile once more"):
    if step.startswith("trainable"):
        embedding.trainable = step.endswith("True")
    elif step.startswith("compile"):
        model.compile(optimizer="adam", loss=model.loss)
    before = embedding.get_weights()[0]
    model.fit(x, y, verbose=0)
    moved = np.abs(embedding.get_weights()[0] - before).max()
    print(f"{step:18} moved by {moved:.4f}, trainable weights in the embedding: {len(embedding.trainable_weights)}")

# %% [markdown]
# Only the third and the fourth. After `trainable = False` alone the embedding moves on, although the layer reports no trainable weights (the last number in the line), and `model.summary()` would agree with it. Thawing has the same delay: in the fourth line the layer is trainable again, and still nothing moves.
#
# The reason: on the first `fit` Keras turns one training step into a compiled function and keeps it. Which weights to update was decided then. `compile` throws that function away; the next `fit` makes a new one with the flags of that moment. This also explains why people disagree about it: if you set the flag after `compile` but *before the first* `fit`, there is no function yet, and it works. (With `run_eagerly=True` there never is one.) You do not need to remember these cases. Remember the rule: **change `trainable`, then compile.**
#
# ### Exercise: freeze for good
#
# Freeze the embeddings of a model that may have been trained already. Compiling again brings a new optimizer, which starts without memory of earlier steps; choose its learning rate. The loss stays the one that the model had: hand `model.loss` on. (Keras 3.15 also keeps the old loss when `compile` gets none; saying it is clearer.)


# %% exercise="freeze_embedding"
def freeze_embedding(model, learning_rate=0.001):
    """Freeze the embeddings of a compiled model, so that further training leaves them as they are.

    Parameters
    ----------
    model : keras.Model
        Compiled, possibly trained. It has one or more `Embedding` layers in `model.layers`, at any place.
    learning_rate : float, optional
        For the optimizer with which the model is compiled again.

    Returns
    -------
    keras.Model
        The model. Its embeddings are not trainable, all its other layers are as before, and so are all its weights.
        It is compiled again: with `keras.optimizers.Adam(learning_rate)` and with the same loss as before. (Metrics
        are up to you.)
    """
    ### BEGIN SOLUTION
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=model.loss)
    return model
    ### END SOLUTION


# %% check="freeze_embedding" points=1 in_place=true
# The embeddings are frozen, nothing else, and no weight has changed
model = keras.Sequential([keras.Input((5,)), layers.Embedding(8, 3), layers.GlobalAveragePooling1D(), layers.Dense(2)])
model.compile(optimizer="sgd", loss="mse")
before = model.get_weights()
frozen = freeze_embedding(model)
assert frozen is not None, "return the model"
assert isinstance(frozen, keras.Model), f"return the model, not {type(frozen).__name__}"
(embedding,) = [layer for layer in frozen.layers if isinstance(layer, layers.Embedding)]
assert not embedding.trainable, "the Embedding layer is still trainable"
assert frozen.trainable and frozen.layers[-1].trainable, "only the embedding is frozen; the Dense layer has to learn on"
assert all(np.allclose(a, b) for a, b in zip(frozen.get_weights(), before, strict=True)), (
    "weights have changed: freeze the model that you get, a new or cloned model starts from random numbers"
)
print("freeze_embedding: the visible checks pass")
### BEGIN HIDDEN TESTS
words, author = keras.Input((5,), dtype="int32"), keras.Input((1,), dtype="int32")
hidden = layers.Dense(3, activation="relu")(
    layers.GlobalAveragePooling1D()(layers.Embedding(9, 4, mask_zero=True, name="words")(words))
)
other = layers.Flatten()(layers.Embedding(4, 2)(author))
other = layers.Dense(2, trainable=False)(other)
model = keras.Model([words, author], layers.Dense(1)(layers.Concatenate()([hidden, other])))
model.compile(optimizer="sgd", loss="mse")
before = model.get_weights()
frozen = freeze_embedding(model, 0.01)
tables = [layer for layer in frozen.layers if isinstance(layer, layers.Embedding)]
assert len(tables) == 2, f"this model has two embeddings, the one that came back has {len(tables)}"
assert not any(layer.trainable for layer in tables), (
    "an embedding is still trainable: there may be more than one, in any place and with any name; ask isinstance(…)"
)
dense = {layer.units: layer.trainable for layer in frozen.layers if isinstance(layer, layers.Dense)}
assert frozen.trainable and dense[3] and dense[1], "freeze the embeddings only, not the Dense layers"
assert not dense[2], "one Dense layer was frozen before, and now it can be trained: leave all other layers as they are"
assert len(frozen.trainable_weights) == 4, (
    f"the two Dense layers that learn have 4 trainable arrays, got {len(frozen.trainable_weights)}"
)
assert all(np.allclose(a, b) for a, b in zip(frozen.get_weights(), before, strict=True)), (
    "the weights have changed: freezing keeps every number as it is"
)
### END HIDDEN TESTS

# %% check="freeze_embedding" points=2 in_place=true
# It is compiled again, and training leaves the embedding alone
rng = np.random.default_rng(44)
ids, targets = rng.integers(0, 8, size=(20, 5)), rng.normal(size=(20, 2))
model = keras.Sequential([keras.Input((5,)), layers.Embedding(8, 3), layers.GlobalAveragePooling1D(), layers.Dense(2)])
model.compile(optimizer="sgd", loss="mse", run_eagerly=True)  # for a single step this is quicker
model.train_on_batch(ids, targets)
frozen = freeze_embedding(model, 0.02)
assert isinstance(frozen, keras.Model), f"return the model, not {type(frozen).__name__}"
assert frozen.compiled, "the model that came back is not compiled"
assert not isinstance(frozen.optimizer, keras.optimizers.SGD), (
    "the model has its old optimizer, so it was not compiled again: after training, trainable = False has no effect"
)
assert isinstance(frozen.optimizer, keras.optimizers.Adam), f"compile with Adam, got {type(frozen.optimizer).__name__}"
rate = float(np.asarray(frozen.optimizer.learning_rate))
assert abs(rate - 0.02) < 1e-6, f"learning_rate=0.02 goes to the new optimizer, got {rate:.4f}"
expected = ((np.asarray(frozen(ids)) - targets) ** 2).mean()
try:
    loss = float(frozen.compute_loss(x=ids, y=targets, y_pred=frozen(ids)))
except ValueError as error:
    raise AssertionError(f"the model had another loss before, keep model.loss: {str(error)[:80]}") from None
assert abs(loss - expected) < 1e-3, (
    f"the model had another loss before, keep model.loss: expected {expected:.3f}, got {loss:.3f}"
)
before = frozen.get_weights()
frozen.run_eagerly = True
frozen.train_on_batch(ids, targets)
after = frozen.get_weights()
assert np.array_equal(after[0], before[0]), (
    "the embedding moved in training: set trainable = False, then compile; the next training step leaves it out"
)
assert not np.allclose(after[1], before[1]), "the Dense layer did not learn: freeze the embedding only"
print("compiled again: the visible checks pass")
### BEGIN HIDDEN TESTS
model = keras.Sequential([keras.Input((5,)), layers.Embedding(8, 3), layers.GlobalAveragePooling1D()])
model.add(layers.Dense(3, activation="softmax"))
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
labels = rng.integers(0, 3, size=20)
expected = -np.log(np.asarray(model(ids))[np.arange(20), labels]).mean()
for rate in (None, 0.3):
    frozen = freeze_embedding(model) if rate is None else freeze_embedding(model, learning_rate=rate)
    assert isinstance(frozen.optimizer, keras.optimizers.Adam), (
        f"compile again with Adam, got {type(frozen.optimizer).__name__}"
    )
    got = float(np.asarray(frozen.optimizer.learning_rate))
    assert abs(got - (rate or 0.001)) < 1e-6, f"expected the learning rate {rate or 0.001}, got {got:.4f}"
    loss = float(frozen.compute_loss(x=ids, y=labels[:, np.newaxis], y_pred=frozen(ids)))
    assert abs(loss - expected) < 1e-3, (
        f"the model had another loss before, keep model.loss: expected {expected:.3f}, got {loss:.3f}"
    )
before = frozen.get_weights()
frozen.run_eagerly = True
frozen.train_on_batch(ids, labels)
after = frozen.get_weights()
assert np.array_equal(after[0], before[0]), "after one more step of training the embedding has moved: it is not frozen"
assert np.abs(after[1] - before[1]).max() > 0.1, "a step with a learning rate of 0.3 hardly moved the Dense layer"
### END HIDDEN TESTS

# %% [markdown]
# ## Quiz
#
# Choose first, then open the answer. Every wrong answer is one that people have given.
#
# **1.** `len(vectorize.get_vocabulary())` is 5,000. What is the right `input_dim`?
#
# <details><summary>A. 4,998</summary>No. That is the number of words. Padding (0) and [UNK] (1) need rows, too, and they are entries of the list.</details>
# <details><summary>B. 5,000</summary>Yes. The ids are 0 to 4,999, and the largest plus 1 is 5,000.</details>
# <details><summary>C. 5,001</summary>No. "Vocabulary + 1" is right for a dictionary with ids from 1, where padding is not among the entries. Here it is.</details>
# <details><summary>D. 5,002</summary>No. Padding and [UNK] are in the list already; you would add them a second time and get two dead rows.</details>
#
# **2.** `keras.datasets.imdb.load_data(num_words=10_000)` replaces every id from 10,000 on, after the shift, by 2. How many rows does the embedding need?
#
# <details><summary>A. 9,996</summary>No. That is how many different words are left (ids 4 to 9,999). The rows for padding, start, unknown and the unused 3 are missing, and so the last four ids have no row.</details>
# <details><summary>B. 10,000</summary>Yes. Whatever the convention: the largest id that can come in is 9,999.</details>
# <details><summary>C. 10,003</summary>No. The shift took place before the cut, so it is in the ids already.</details>
# <details><summary>D. 10,004</summary>No. This would be right for a dictionary of 10,000 words that is shifted by 3 and <em>not</em> cut, as in <code>rows_needed(ranks, shift=3)</code>.</details>
#
# **3.** An `Embedding(…, mask_zero=True)` comes first. With which continuation does the answer depend on the amount of padding?
#
# <details><summary>A. GlobalAveragePooling1D, Dense</summary>No. The mean uses the mask: it neither adds nor counts the padding.</details>
# <details><summary>B. Dropout, LSTM, Dense</summary>No. Dropout hands the mask on, and the LSTM skips masked steps.</details>
# <details><summary>C. Conv1D, GlobalMaxPooling1D, Dense</summary>Yes. A convolution drops the mask (with a warning), and from there on padding is a word like any other.</details>
# <details><summary>D. LayerNormalization, GlobalAveragePooling1D, Dense</summary>No. LayerNormalization works on each position for itself and hands the mask on.</details>
#
# **4.** You trained a model for five epochs, set `embedding.trainable = False`, looked at `model.summary()` ("trainable params" has fallen), and called `fit` again. What happens to the embedding?
#
# <details><summary>A. It stays as it is: the summary says so.</summary>No. The summary reads the flags. The training step was compiled before you changed them, and does not look again.</details>
# <details><summary>B. It goes on learning.</summary>Yes. The training step made by the first <code>fit</code> still updates it. Compile again after changing <code>trainable</code>.</details>
# <details><summary>C. Keras raises an error.</summary>No. There is not even a warning in Keras 3.15, which is why the mistake lives so long.</details>
# <details><summary>D. It is reset to random numbers.</summary>No. Neither the flag nor <code>compile</code> touches the weights; compiling again renews the optimizer only.</details>
#
# **5.** A tutorial has `Embedding(5000, 64, input_length=100)`, `Flatten()`, `Dense(1)`. What do you write in Keras 3.15?
#
# <details><summary>A. The same; the warning is harmless.</summary>Not quite. It runs once the model sees a batch, but the argument does nothing; the model is not built until then, and <code>summary()</code> shows no parameters.</details>
# <details><summary>B. keras.Input(shape=(100,), dtype="int32"), then the layers without input_length</summary>Yes. <code>Input</code> tells the whole model the length, which <code>Flatten</code> and <code>Dense</code> need.</details>
# <details><summary>C. keras.Input(shape=(None,), dtype="int32"), then the layers without input_length</summary>No. <code>Dense</code> after <code>Flatten</code> has weights for each position, so it must know how many there are: ValueError.</details>
# <details><summary>D. keras.Input(shape=(100, 64)), then the layers without input_length</summary>No. The input is ids, one number for each position. The 64 arises inside the embedding.</details>
#
# ## Summary
#
# - `input_dim` is the **largest id + 1**: `len(d) + 1` for a dictionary with ids from 1, `len(list)` for `TextVectorization`, largest number + shift + 1 for shifted ids.
# - A table that is too small fails late, or gives zeros on a GPU; a table that is too large never fails. Check the ids before you train.
# - `input_length` is gone. `keras.Input(shape=(length,), dtype="int32")` gives the length; only `Flatten` + `Dense` needs it.
# - `mask_zero=True` keeps padding out of the result, as long as the next layers know masks. `Flatten`, `Conv1D` and maximum pooling drop them. A text that is all padding gives NaN in a masked mean.
# - Change `trainable`, then compile.
#
# ## What to read next
#
# - [The Embedding layer in the Keras documentation](https://keras.io/api/layers/core_layers/embedding/): all arguments, also those that this lesson leaves out.
# - [Understanding masking and padding, a Keras guide](https://keras.io/guides/understanding_masking_and_padding/): how to write a layer that hands a mask on.
# - [Transfer learning and fine-tuning, a Keras guide](https://keras.io/guides/transfer_learning/): `trainable` in depth; with images, but the rules are the same.
#
# In lesson 4 the table gets its numbers from somebody else.
