# %% [markdown]
# # Known answers to the exercises of lesson 3
#
# How they are written and graded: the docstring of `autograde/audit/__init__.py`. Each cell stands alone.


# %% [markdown]
# ## `rows_needed`


# %% exercise="rows_needed" right="a loop that keeps the largest id"
def rows_needed(vocabulary, shift=0):
    if not isinstance(vocabulary, dict):
        return len(vocabulary)
    largest = 0
    for i in vocabulary.values():
        if i + shift > largest:
            largest = i + shift
    return int(largest) + 1


# %% exercise="rows_needed" right="one NumPy array of ids for both kinds, its maximum"
def rows_needed(vocabulary, shift=0):
    if type(vocabulary) is dict:
        ids = np.array([0] + [i + shift for i in vocabulary.values()])
    else:
        ids = np.arange(len(vocabulary))
    return int(ids.max() + 1)


# %% exercise="rows_needed" right="np.bincount: its result has a place for every id from 0"
def rows_needed(vocabulary: dict | list, shift: int = 0) -> int:
    ids = range(len(vocabulary)) if isinstance(vocabulary, list) else vocabulary.values()
    counted = np.bincount(np.fromiter(ids, dtype=np.int64))
    return max(len(counted), 1) + shift


# %% exercise="rows_needed" right="functools.singledispatch, a function for each kind of vocabulary"
from functools import singledispatch


@singledispatch
def rows_needed(vocabulary, shift=0):
    raise TypeError(f"a dictionary or a list, not {type(vocabulary).__name__}")


@rows_needed.register
def _(vocabulary: list, shift=0):
    return len(vocabulary)


@rows_needed.register
def _(vocabulary: dict, shift=0):
    biggest = 0
    for word in vocabulary:
        biggest = max(biggest, int(vocabulary[word]))
    return biggest + 1 + shift


# %% exercise="rows_needed" right="match, an early return for the empty dictionary, the last of the sorted ids"
def rows_needed(vocabulary, shift=0):
    match vocabulary:
        case list():
            return len(vocabulary)
        case {} if not vocabulary:
            return 1
    ids = sorted(vocabulary.values())
    return (ids[-1] + shift).__int__() + 1


# %% exercise="rows_needed" right="asks forgiveness: try values(), except AttributeError; functools.reduce"
from functools import reduce


def rows_needed(vocabulary, shift=0):
    try:
        ids = vocabulary.values()
    except AttributeError:
        ids = [place for place, _ in enumerate(vocabulary)]
        shift = 0
    return reduce(lambda a, b: a if a > int(b) else int(b), ids, 0) + shift + 1


# %% exercise="rows_needed" right="a small class that hands out rows, with printed output"
class Table:
    """Grows until every id has a row."""

    def __init__(self):
        self.rows = [False]

    def occupy(self, i):
        while len(self.rows) <= i:
            self.rows.append(False)
        self.rows[i] = True


def rows_needed(vocabulary, shift=0):
    table = Table()
    pairs = vocabulary.items() if isinstance(vocabulary, dict) else zip(vocabulary, range(len(vocabulary)))
    for _, i in pairs:
        table.occupy(i + shift)
    print(f"{sum(table.rows)} of {len(table.rows)} rows are occupied")
    return len(table.rows)


# %% exercise="rows_needed" right="the word with the largest id, max(key=vocabulary.get), and a warning about gaps"
import warnings


def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    if not vocabulary:
        return 1
    rarest = max(vocabulary, key=vocabulary.get)
    rows = int(vocabulary[rarest]) + shift + 1
    if rows > len(vocabulary) + shift + 1:
        warnings.warn("the ids have gaps", stacklevel=2)
    return rows


# %% exercise="rows_needed" right="itertools.chain puts the padding first; len of a range"
import itertools

PADDING = 0


def rows_needed(vocabulary, shift=0):
    if hasattr(vocabulary, "keys"):
        ids = (int(i) + shift for i in vocabulary.values())
    else:
        ids = itertools.accumulate(itertools.repeat(1, len(vocabulary) - 1), initial=0)
    return len(range(max(itertools.chain([PADDING], ids)) + 1))


# %% exercise="rows_needed" right="heapq.nlargest on a copy that holds the padding"
import heapq


def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, dict):
        with_padding = {**vocabulary, None: -shift}
        (largest,) = heapq.nlargest(1, with_padding.values())
        return int(largest + shift) + 1
    return sum(1 for _ in vocabulary)


# %% exercise="rows_needed" wrong="as many rows as words, len(vocabulary)" fails="rows_needed-check-1 rows_needed-check-3" says="row 0 are four rows"
def rows_needed(vocabulary, shift=0):
    return len(vocabulary) + shift


# %% exercise="rows_needed" wrong="len + 1 for a dictionary, so words removed from it take their rows along" fails="rows_needed-check-1 rows_needed-check-3" says="counting the words is not enough"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return len(vocabulary) + shift + 1


# %% exercise="rows_needed" wrong="adds 1 twice, once for padding and once because rows count from 0" fails="rows_needed-check-1" says="plus 1 is needed once"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    ids_with_padding = int(max(vocabulary.values(), default=0)) + shift + 1
    return ids_with_padding + 1


# %% exercise="rows_needed" wrong="plus 1 for the list of TextVectorization, too" fails="rows_needed-check-2" says="no plus 1 for a list"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary) + 1
    return int(max(vocabulary.values(), default=0)) + shift + 1


# %% exercise="rows_needed" wrong="len(voc) + 2, as in the Keras example: adds padding and [UNK] to a list that has them" fails="rows_needed-check-2" says="do not add them again"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary) + 2
    return int(max(vocabulary.values(), default=0)) + shift + 1


# %% exercise="rows_needed" wrong="takes padding and [UNK] off the list, because they are no words" fails="rows_needed-check-2" says="do not take them off"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len([word for word in vocabulary if word not in ("", "[UNK]")])
    return int(max(vocabulary.values(), default=0)) + shift + 1


# %% exercise="rows_needed" wrong="the last id of the list is taken for the number of its rows" fails="rows_needed-check-2" says="five rows"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        vocabulary = {word: i for i, word in enumerate(vocabulary)}
        return max(vocabulary.values())
    return int(max(vocabulary.values(), default=0)) + shift + 1


# %% exercise="rows_needed" wrong="the largest id is taken for the number of rows" fails="rows_needed-check-1" says="id 3 is out of range"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return max(1, int(max(vocabulary.values(), default=0)) + shift)


# %% exercise="rows_needed" wrong="returns a NumPy integer, which Keras refuses" fails="rows_needed-check-1" says="Python int"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return np.max([0, *vocabulary.values()]) + shift + 1


# %% exercise="rows_needed" wrong="ignores the shift" fails="rows_needed-check-3" says="the shift is missing"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return int(max(vocabulary.values(), default=0)) + 1


# %% exercise="rows_needed" wrong="the shift takes the place of the plus 1" fails="rows_needed-check-3" says="plus 1 is missing"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return int(max(vocabulary.values(), default=0)) + (shift or 1)


# %% exercise="rows_needed" wrong="adds imdb's 3 to every dictionary" fails="rows_needed-check-1" says="without shift=3"
def rows_needed(vocabulary, shift=3):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return int(max(vocabulary.values(), default=0)) + shift + 1


# %% exercise="rows_needed" wrong="takes the word that was added last for the one with the largest id" fails="rows_needed-check-1" says="id of the last word"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    if not vocabulary:
        return 1
    return int(list(vocabulary.values())[-1]) + shift + 1


# %% exercise="rows_needed" wrong="does not think of an empty dictionary" fails="rows_needed-check-1" says="row 0 remains"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return int(max(vocabulary.values())) + shift + 1


# %% exercise="rows_needed" wrong="no words, no rows: 0 for an empty dictionary" fails="rows_needed-check-1" says="needs row 0"
def rows_needed(vocabulary, shift=0):
    if not vocabulary:
        return 0
    if isinstance(vocabulary, list):
        return len(vocabulary)
    return int(max(vocabulary.values())) + shift + 1


# %% exercise="rows_needed" wrong="gives a padding entry of the dictionary one more row, besides row 0" fails="rows_needed-check-1" says="do not count it twice"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    rows = int(max(vocabulary.values(), default=0)) + shift + 1
    return rows + 1 if 0 in vocabulary.values() else rows


# %% exercise="rows_needed" wrong="counts from the smallest id to the largest, as if the table began at the first word" fails="rows_needed-check-1" says="row 0"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    ids = [int(i) for i in vocabulary.values()] or [0]
    return max(ids) - min(ids) + 1 + shift


# %% exercise="rows_needed" wrong="writes padding into the caller's dictionary" fails="rows_needed-check-3" says="changed the dictionary"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return len(vocabulary)
    vocabulary.setdefault("(padding)", 0)
    return int(max(vocabulary.values())) + shift + 1


# %% exercise="rows_needed" wrong="prints the number instead of returning it" fails="rows_needed-check-1" says="is a return missing"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        print(len(vocabulary))
    else:
        print(int(max(vocabulary.values(), default=0)) + shift + 1)


# %% exercise="rows_needed" wrong="types in the numbers of the visible examples" fails="rows_needed-check-1 rows_needed-check-2 rows_needed-check-3" says="the largest plus 1 is"
def rows_needed(vocabulary, shift=0):
    if isinstance(vocabulary, list):
        return 5
    if shift:
        return 8
    if "(padding)" in vocabulary:
        return 3
    return 4 if vocabulary.get("soup") == 1 else 10


# %% [markdown]
# ## `make_embedding`


# %% exercise="make_embedding" right="draws the table with NumPy and hands it over as weights"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    table = np.random.default_rng().uniform(-scale, scale, (vocabulary_size + 1, dim))
    table[0] = 0
    return layers.Embedding(vocabulary_size + 1, dim, weights=[table], mask_zero=True, trainable=trainable)


# %% exercise="make_embedding" right="builds the layer and sets its flag afterwards; a fixed seed"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(minval=-scale, maxval=scale, seed=1)
    layer = layers.Embedding(vocabulary_size + 1, dim, start, mask_zero=True)
    layer.build()
    layer.trainable = trainable
    return layer


# %% exercise="make_embedding" right="an initializer given as a configuration"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    uniform = {"class_name": "RandomUniform", "config": {"minval": -scale, "maxval": scale}}
    return keras.layers.Embedding(
        input_dim=1 + vocabulary_size,
        output_dim=dim,
        mask_zero=True,
        trainable=trainable,
        embeddings_initializer=uniform,
    )


# %% exercise="make_embedding" right="functools.partial with what is always the same"
from functools import partial

MaskedEmbedding = partial(layers.Embedding, mask_zero=True)


def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    settings = {"trainable": trainable, "name": f"table_{vocabulary_size}x{dim}"}
    if scale != 0.05:
        settings["embeddings_initializer"] = keras.initializers.RandomUniform(-scale, scale)
    return MaskedEmbedding(vocabulary_size + 1, dim, **settings)


# %% exercise="make_embedding" right="VarianceScaling, solved for the range"
def make_embedding(vocabulary_size: int, dim: int, scale: float = 0.05, trainable: bool = True):
    rows = vocabulary_size + 1
    # Its range is sqrt(3 * factor / rows).
    factor = scale**2 * rows / 3
    start = keras.initializers.VarianceScaling(scale=factor, mode="fan_in", distribution="uniform")
    return layers.Embedding(rows, dim, embeddings_initializer=start, trainable=trainable, mask_zero=True)


# %% exercise="make_embedding" right="starts with zeros, then assigns keras.random.uniform to the built table"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    layer = layers.Embedding(vocabulary_size + 1, dim, embeddings_initializer="zeros", mask_zero=True)
    layer.build()
    layer.embeddings.assign(keras.random.uniform((vocabulary_size + 1, dim), minval=-scale, maxval=scale))
    if not trainable:
        layer.trainable = False
    return layer


# %% exercise="make_embedding" right="stretches Keras' default values with set_weights, called once on the ids"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    layer = layers.Embedding(vocabulary_size + 1, dim, mask_zero=True, trainable=trainable)
    layer(np.zeros((1, 1), dtype="int32"))
    layer.set_weights([weight * (scale / 0.05) for weight in layer.get_weights()])
    return layer


# %% exercise="make_embedding" right="from the configuration of a prototype, Embedding.from_config"
PROTOTYPE = layers.Embedding(1, 1, mask_zero=True)


def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    config = PROTOTYPE.get_config()
    config.update(name=None, input_dim=len(range(0, vocabulary_size + 1)), output_dim=dim, trainable=trainable)
    config["embeddings_initializer"] = keras.initializers.get("random_uniform")
    config["embeddings_initializer"].minval, config["embeddings_initializer"].maxval = -scale, scale
    return layers.Embedding.from_config(config)


# %% exercise="make_embedding" right="taken out of a model that built it, a helper with keyword-only arguments"
def uniform(*, low, high):
    return keras.initializers.RandomUniform(low, high)


def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    ids = keras.Input((None,), dtype="int32")
    layer = layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=uniform(low=-scale, high=scale), mask_zero=True
    )
    model = keras.Model(ids, layer(ids))
    model.trainable = trainable
    return model.layers[-1] if isinstance(model.layers[-1], layers.Embedding) else layer


# %% exercise="make_embedding" wrong="as many rows as words" fails="make_embedding-check-1" says="id 9 needs a row 9"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(
        vocabulary_size, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="two more rows, for padding and unknown words" fails="make_embedding-check-1" says="no id for unknown words"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(
        vocabulary_size + 2, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="takes the first argument for the dimension" fails="make_embedding-check-1" says="rows and columns are swapped"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(
        dim, vocabulary_size + 1, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="thinks that id 0 is masked by itself" fails="make_embedding-check-1" says="mask_zero=True is missing"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(vocabulary_size + 1, dim, embeddings_initializer=start, trainable=trainable)


# %% exercise="make_embedding" wrong="a row of zeros for padding instead of a mask" fails="make_embedding-check-1" says="does not say so to the next layers"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    table = np.random.uniform(-scale, scale, size=(vocabulary_size + 1, dim))
    table[0] = 0
    return layers.Embedding(vocabulary_size + 1, dim, weights=[table], trainable=trainable)


# %% exercise="make_embedding" wrong="leaves the start values to Keras: scale is ignored" fails="make_embedding-check-2" says="scale=0.3 is not used"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    return layers.Embedding(vocabulary_size + 1, dim, "uniform", mask_zero=True, trainable=trainable)


# %% exercise="make_embedding" wrong="takes scale for the spread of a normal distribution" fails="make_embedding-check-2" says="no number is larger than 0.3"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomNormal(stddev=scale)
    return layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="a truncated normal distribution: inside the range, but crowded around 0" fails="make_embedding-check-2" says="spread evenly over the range"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.TruncatedNormal(0, scale / 2)
    return layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="random numbers from 0 to scale, like np.random.rand" fails="make_embedding-check-2" says="half of them are negative"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    table = scale * np.random.rand(vocabulary_size + 1, dim)
    return layers.Embedding(vocabulary_size + 1, dim, weights=[table], mask_zero=True, trainable=trainable)


# %% exercise="make_embedding" wrong="RandomUniform(scale): takes the lower end for the range" fails="make_embedding-check-2" says="between -scale and scale"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(scale)
    return layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="takes scale for the width of the range, half of it on each side" fails="make_embedding-check-2" says="wide"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    table = (np.random.random((vocabulary_size + 1, dim)) - 0.5) * scale
    return layers.Embedding(vocabulary_size + 1, dim, weights=[table], mask_zero=True, trainable=trainable)


# %% exercise="make_embedding" wrong="one start value for all, Constant(scale)" fails="make_embedding-check-2" says="different for each word"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.Constant(scale)
    return layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="one random row, broadcast to every word" fails="make_embedding-check-2" says="different for each word"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    row = np.random.uniform(-scale, scale, size=dim)
    layer = layers.Embedding(vocabulary_size + 1, dim, mask_zero=True, trainable=trainable)
    layer.build()
    layer.set_weights([np.tile(row, (vocabulary_size + 1, 1))])
    return layer


# %% exercise="make_embedding" wrong="ignores trainable" fails="make_embedding-check-2" says="trainable=False is ignored"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True)


# %% exercise="make_embedding" wrong="a frozen layer unless asked otherwise" fails="make_embedding-check-2" says="may be trained"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=False):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )


# %% exercise="make_embedding" wrong="a model with the layer in it instead of the layer" fails="make_embedding-check-1 make_embedding-check-2" says="not Sequential"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    layer = layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )
    return keras.Sequential([layer])


# %% exercise="make_embedding" wrong="returns the table, the layer's matrix, instead of the layer" fails="make_embedding-check-1 make_embedding-check-2" says="return a keras.layers.Embedding"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    layer = layers.Embedding(
        vocabulary_size + 1, dim, embeddings_initializer=start, mask_zero=True, trainable=trainable
    )
    layer.build()
    return layer.get_weights()[0]


# %% exercise="make_embedding" wrong="the numbers of the visible example are typed in" fails="make_embedding-check-1" says="2 rows"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    start = keras.initializers.RandomUniform(-scale, scale)
    return layers.Embedding(10, 4, embeddings_initializer=start, mask_zero=True, trainable=trainable)


# %% exercise="make_embedding" equivalent="minimum and maximum only mark the two ends of the range; Keras draws from the same range"
def make_embedding(vocabulary_size, dim, scale=0.05, trainable=True):
    return layers.Embedding(input_dim=vocabulary_size + 1, output_dim=dim, embeddings_initializer=keras.initializers.RandomUniform(scale, -scale), mask_zero=True, trainable=trainable)


# %% [markdown]
# ## `count_parameters`


# %% exercise="count_parameters" right="builds the model and lets Keras count"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    pooling = layers.Flatten() if flatten else layers.GlobalAveragePooling1D()
    stack = [keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim), pooling, layers.Dense(classes)]
    return keras.Sequential(stack).count_params()


# %% exercise="count_parameters" right="adds layer by layer, np.int64 in the end"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    total = np.int64(0)
    total += (vocabulary_size + 1) * dim
    total += dim * classes * (length if flatten else 1)
    total += classes
    return total


# %% exercise="count_parameters" right="a list of the shapes of all weights, math.prod"
import math


def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    shapes = [(vocabulary_size + 1, dim), (length * dim, classes) if flatten else (dim, classes), (classes,)]
    return sum(math.prod(shape) for shape in shapes)


# %% exercise="count_parameters" right="really makes the arrays and adds their sizes"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    table = np.empty((vocabulary_size + 1, dim), dtype="float32")
    text = table[np.zeros(length, dtype=int)]
    features = text.ravel() if flatten else text.mean(axis=0)
    weights, bias = np.zeros((features.size, classes)), np.zeros(classes)
    return table.size + weights.size + bias.size


# %% exercise="count_parameters" right="a functional model, its trainable weights; early return"
def count_parameters(vocabulary_size: int, dim: int, length: int, classes: int, flatten: bool = False) -> int:
    ids = keras.Input(shape=(length,), dtype="int32")
    vectors = layers.Embedding(vocabulary_size + 1, dim, mask_zero=not flatten)(ids)
    if flatten:
        out = layers.Dense(classes, activation="softmax")(layers.Flatten()(vectors))
        return sum(int(np.prod(weight.shape)) for weight in keras.Model(ids, out).trainable_weights)
    out = layers.Dense(classes, activation="softmax")(layers.GlobalAveragePooling1D()(vectors))
    return sum(int(np.prod(weight.shape)) for weight in keras.Model(ids, out).trainable_weights)


# %% exercise="count_parameters" right="builds the two layers on their own and prints what it finds"
def size_of(layer, *shape):
    layer.build(shape)
    print(layer.name, layer.count_params())
    return layer.count_params()


def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = {False: dim, True: length * dim}[bool(flatten)]
    table = size_of(layers.Embedding(vocabulary_size + 1, dim), None, length)
    return table + size_of(layers.Dense(classes), None, features)


# %% exercise="count_parameters" right="a dataclass with properties"
from dataclasses import dataclass


@dataclass(frozen=True)
class Classifier:
    words: int
    dim: int
    length: int
    classes: int
    flat: bool

    @property
    def table(self):
        return self.words * self.dim + self.dim

    @property
    def neuron(self):
        return 1 + self.dim * (self.length if self.flat else 1)

    def __len__(self):
        return self.table + self.classes * self.neuron


def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    return len(Classifier(vocabulary_size, dim, length, classes, flatten))


# %% exercise="count_parameters" right="counts one by one in loops, with itertools.count"
from itertools import count


def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    counter = count()
    for _id in range(vocabulary_size + 1):
        for _column in range(dim):
            next(counter)
    inputs = [(p, d) for p in range(length if flatten else 1) for d in range(dim)]
    for _output in range(classes):
        for _input in inputs:
            next(counter)
        next(counter)  # its bias
    return next(counter)


# %% exercise="count_parameters" right="reads the total from model.summary()"
import re


def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    model = keras.Sequential()
    model.add(keras.Input((length,), dtype="int32"))
    model.add(layers.Embedding(vocabulary_size + 1, dim))
    model.add(layers.Flatten() if flatten else layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes))
    lines = []
    model.summary(print_fn=lines.append)
    return int(re.search(r"Total params: ([\d,]+)", "\n".join(lines)).group(1).replace(",", ""))


# %% exercise="count_parameters" right="a dot product of counts and widths, a module-level constant, a harmless warning"
import warnings

PADDING_ROWS = 1


def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    if flatten:
        warnings.warn("the dense layer grows with the length", stacklevel=2)
    how_many = np.array([vocabulary_size, PADDING_ROWS, classes * length**flatten, classes])
    how_wide = np.array([dim, dim, dim, 1])
    return int(how_many @ how_wide)


# %% exercise="count_parameters" wrong="no row for padding" fails="count_parameters-check-1 count_parameters-check-2" says="row 0, for padding"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    return vocabulary_size * dim + (features + 1) * classes


# %% exercise="count_parameters" wrong="forgets the bias" fails="count_parameters-check-1 count_parameters-check-2" says="a bias for each class"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    return (vocabulary_size + 1) * dim + features * classes


# %% exercise="count_parameters" wrong="one bias for the whole dense layer" fails="count_parameters-check-1 count_parameters-check-2" says="a bias for each class"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    return (vocabulary_size + 1) * dim + features * classes + 1


# %% exercise="count_parameters" wrong="a bias for each input of the dense layer instead of each output" fails="count_parameters-check-1 count_parameters-check-2" says="not for each of its 4 inputs"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    return (vocabulary_size + 1) * dim + features * (classes + 1)


# %% exercise="count_parameters" wrong="ignores flatten" fails="count_parameters-check-2" says="flatten=True seems ignored"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    return (vocabulary_size + 1) * dim + (dim + 1) * classes


# %% exercise="count_parameters" wrong="thinks that the mean keeps all positions, so it counts as for Flatten" fails="count_parameters-check-1" says="that is the number for Flatten"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    return (vocabulary_size + 1) * dim + (length * dim + 1) * classes


# %% exercise="count_parameters" wrong="takes the mean for the layer that needs the length, and Flatten for the one that does not" fails="count_parameters-check-1 count_parameters-check-2" says="that is the number for Flatten"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = dim if flatten else length * dim
    return (vocabulary_size + 1) * dim + (features + 1) * classes


# %% exercise="count_parameters" wrong="counts the embedding only" fails="count_parameters-check-1 count_parameters-check-2" says="the dense layer has parameters, too"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    return (vocabulary_size + 1) * dim


# %% exercise="count_parameters" wrong="one row too many, for unknown words" fails="count_parameters-check-1" says="one row too many"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    return (vocabulary_size + 2) * dim + (features + 1) * classes


# %% exercise="count_parameters" wrong="with Flatten, a table of its own for each position" fails="count_parameters-check-2" says="shared by all positions"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    table = (vocabulary_size + 1) * dim
    if flatten:
        table *= length
    return table + (dim + 1) * classes


# %% exercise="count_parameters" wrong="takes the length for what Flatten puts out" fails="count_parameters-check-2" says="a vector for each position"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length if flatten else dim
    return (vocabulary_size + 1) * dim + (features + 1) * classes


# %% exercise="count_parameters" wrong="Flatten adds length and dimension instead of multiplying them" fails="count_parameters-check-2" says="not 6 + 4"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length + dim if flatten else dim
    return (vocabulary_size + 1) * dim + (features + 1) * classes


# %% exercise="count_parameters" wrong="a dense layer for each word of the text" fails="count_parameters-check-1" says="not for each of the 6 words"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    if flatten:
        return (vocabulary_size + 1) * dim + (length * dim + 1) * classes
    return (vocabulary_size + 1) * dim + length * (dim + 1) * classes


# %% exercise="count_parameters" wrong="computes with floats" fails="count_parameters-check-1" says="a whole number"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    return (vocabulary_size + 1.0) * dim + (features + 1.0) * classes


# %% exercise="count_parameters" wrong="prints the number instead of returning it" fails="count_parameters-check-1 count_parameters-check-2" says="is a return missing"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    features = length * dim if flatten else dim
    print("parameters:", (vocabulary_size + 1) * dim + (features + 1) * classes)


# %% exercise="count_parameters" wrong="types in the numbers of the examples" fails="count_parameters-check-1 count_parameters-check-2" says="Flatten: expected"
def count_parameters(vocabulary_size, dim, length, classes, flatten=False):
    return 115 if flatten else 55


# %% [markdown]
# ## `masked_mean`


# %% exercise="masked_mean" right="a loop over the texts, boolean indexing"
def masked_mean(embedded, ids):
    out = np.zeros((embedded.shape[0], embedded.shape[2]), "float32")
    for k in range(len(ids)):
        words = embedded[k][ids[k] != 0]
        if len(words):
            out[k] = words.mean(axis=0)
    return out


# %% exercise="masked_mean" right="GlobalAveragePooling1D with a mask, then np.nan_to_num"
def masked_mean(embedded, ids):
    pooled = layers.GlobalAveragePooling1D()(embedded, mask=ids != 0)
    return np.nan_to_num(np.array(pooled), nan=0.0)


# %% exercise="masked_mean" right="np.einsum with weights that add up to 1, float64"
def masked_mean(embedded, ids):
    weights = (ids != 0).astype(float)
    count = weights.sum(1)
    count[count == 0] = 1
    return np.einsum("bld,bl->bd", embedded, weights / count[:, None])


# %% exercise="masked_mean" right="keras.ops, returns a tensor"
def masked_mean(embedded, ids):
    mask = keras.ops.cast(ids != 0, "float32")[..., None]
    total = keras.ops.sum(embedded * mask, axis=1)
    return total / keras.ops.maximum(keras.ops.sum(mask, axis=1), 1)


# %% exercise="masked_mean" right="a masked array of NumPy"
def masked_mean(embedded, ids):
    padding = np.broadcast_to((ids == 0)[..., None], embedded.shape)
    return np.ma.array(embedded, mask=padding).mean(axis=1).filled(0)


# %% exercise="masked_mean" right="np.mean with where=, the empty texts mended afterwards"
import warnings


def masked_mean(embedded: np.ndarray, ids: np.ndarray) -> np.ndarray:
    is_word = ids != 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mean = np.mean(embedded, axis=1, where=is_word[..., None])
    mean[~is_word.any(axis=1)] = 0
    return mean


# %% exercise="masked_mean" right="NaN in a copy of the vectors, np.nanmean and its warning"
def masked_mean(embedded, ids):
    copy = embedded.astype("float64")
    copy[ids == 0] = np.nan
    mean = np.nanmean(copy, axis=1)
    return np.where(np.isnan(mean), 0, mean)


# %% exercise="masked_mean" right="one flat list of words, np.add.at and np.bincount"
def masked_mean(embedded, ids):
    text, position = np.nonzero(ids)
    total = np.zeros((len(ids), embedded.shape[-1]), dtype=embedded.dtype)
    np.add.at(total, text, embedded[text, position])
    count = np.bincount(text, minlength=len(ids))
    return np.divide(total, count[:, None], out=np.zeros_like(total), where=count[:, None] > 0)


# %% exercise="masked_mean" right="a matrix product for each text, keras.config.epsilon in the divisor"
def masked_mean(embedded, ids):
    mask = np.array(ids, dtype=bool)[:, np.newaxis, :].astype("float32")
    count = mask.sum(axis=2)
    return (mask @ embedded)[:, 0] / (count + keras.config.epsilon())


# %% exercise="masked_mean" right="a running mean in plain Python, no sum and no division by the number of words at the end"
def masked_mean(embedded, ids):
    def of_text(vectors, numbers):
        mean, seen = [0.0] * embedded.shape[2], 0
        for vector, number in zip(vectors.tolist(), numbers.tolist()):
            if number == 0:
                continue
            seen += 1
            mean = [m + (v - m) / seen for m, v in zip(mean, vector)]
        return mean

    return np.array([of_text(*pair) for pair in zip(embedded, ids)], dtype=np.float32)


# %% exercise="masked_mean" right="np.average with weights, except ZeroDivisionError; printed output"
def average(vectors, weights):
    try:
        return np.average(vectors, axis=0, weights=weights)
    except ZeroDivisionError:
        print("a text without words")
        return np.zeros(vectors.shape[1], vectors.dtype)


def masked_mean(embedded, ids):
    return np.stack([average(vectors, weights) for vectors, weights in zip(embedded, np.sign(np.abs(ids)))])


# %% exercise="masked_mean" wrong="a plain mean: padding is a word like any other" fails="masked_mean-check-1 masked_mean-check-2" says="padding is in the mean"
def masked_mean(embedded, ids):
    return embedded.mean(axis=1)


# %% exercise="masked_mean" wrong="multiplies by the mask, then takes the plain mean, as in keras-bert 34" fails="masked_mean-check-1" says="still counted"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    return (embedded * mask).mean(axis=1)


# %% exercise="masked_mean" wrong="the sum instead of the mean" fails="masked_mean-check-1" says="that is the sum"
def masked_mean(embedded, ids):
    return (embedded * (ids != 0)[..., None]).sum(axis=1)


# %% exercise="masked_mean" wrong="does not think of a text without words: 0 / 0" fails="masked_mean-check-2" says="divided by zero"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    with np.errstate(all="ignore"):
        return (embedded * mask).sum(axis=1) / mask.sum(axis=1)


# %% exercise="masked_mean" wrong="trusts GlobalAveragePooling1D, which divides by zero for a text of pads" fails="masked_mean-check-2" says="NaN"
def masked_mean(embedded, ids):
    return np.array(layers.GlobalAveragePooling1D()(embedded, mask=ids != 0))


# %% exercise="masked_mean" wrong="asks only whether the whole batch has no word" fails="masked_mean-check-2" says="the second text has no words"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    if not mask.any():
        return np.zeros((embedded.shape[0], embedded.shape[2]))
    with np.errstate(all="ignore"):
        return (embedded * mask).sum(axis=1) / mask.sum(axis=1)


# %% exercise="masked_mean" wrong="adds 1 to every number of words to avoid the division by zero" fails="masked_mean-check-1 masked_mean-check-2" says="one word too many"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    return (embedded * mask).sum(axis=1) / (mask.sum(axis=1) + 1)


# %% exercise="masked_mean" wrong="adds a small number to the number of words that is not small enough" fails="masked_mean-check-1 masked_mean-check-2" says="that changes every other mean"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    return (embedded * mask).sum(axis=1) / (mask.sum(axis=1) + 0.01)


# %% exercise="masked_mean" wrong="a text without words falls back on the mean of its padding" fails="masked_mean-check-2" says="not the mean of its padding"
def masked_mean(embedded, ids):
    out = []
    for vectors, numbers in zip(embedded, ids):
        words = vectors[numbers != 0]
        out.append(words.mean(axis=0) if len(words) else vectors.mean(axis=0))
    return np.array(out)


# %% exercise="masked_mean" wrong="leaves texts without words out of the result" fails="masked_mean-check-2" says="has a row in the result, too"
def masked_mean(embedded, ids):
    return np.array([v[i != 0].mean(axis=0) for v, i in zip(embedded, ids) if (i != 0).any()])


# %% exercise="masked_mean" wrong="takes padding for the vectors that are all zeros" fails="masked_mean-check-1" says="padding is in the mean"
def masked_mean(embedded, ids):
    mask = (embedded != 0).any(axis=-1, keepdims=True)
    return (embedded * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)


# %% exercise="masked_mean" wrong="a word whose vector is all zeros is not counted" fails="masked_mean-check-1" says="is a word"
def masked_mean(embedded, ids):
    masked = embedded * (ids != 0)[..., None]
    words = (masked != 0).any(axis=-1).sum(axis=1, keepdims=True)
    return masked.sum(axis=1) / np.maximum(words, 1)


# %% exercise="masked_mean" wrong="cuts the text at the first 0, as if the text ended there" fails="masked_mean-check-1" says="padding may stand anywhere"
def masked_mean(embedded, ids):
    out = []
    for vectors, numbers in zip(embedded, ids):
        numbers = list(numbers)
        n = numbers.index(0) if 0 in numbers else len(numbers)
        out.append(vectors[:n].mean(axis=0) if n else np.zeros(embedded.shape[2]))
    return np.array(out)


# %% exercise="masked_mean" wrong="takes the first n vectors, n words, as if padding always stood at the end" fails="masked_mean-check-1" says="padding may stand anywhere"
def masked_mean(embedded, ids):
    n = np.count_nonzero(ids, axis=1)
    return np.array([v[:k].mean(axis=0) if k else np.zeros(v.shape[1]) for v, k in zip(embedded, n)])


# %% exercise="masked_mean" wrong="the mean over the dimensions" fails="masked_mean-check-1" says="not over the dimensions"
def masked_mean(embedded, ids):
    return embedded.mean(axis=2) * (ids != 0)


# %% exercise="masked_mean" wrong="one mean for the words of all texts together" fails="masked_mean-check-1 masked_mean-check-2" says="one vector for each text"
def masked_mean(embedded, ids):
    if not ids.any():
        return np.zeros((ids.shape[0], embedded.shape[2]))
    return embedded[ids != 0].mean(axis=0)


# %% exercise="masked_mean" wrong="divides by the words of the whole batch" fails="masked_mean-check-1" says="not by those of the whole batch"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    return (embedded * mask).sum(axis=1) / max(np.count_nonzero(ids), 1)


# %% exercise="masked_mean" wrong="the mask of the first text serves for all" fails="masked_mean-check-1" says="each text has its own mask"
def masked_mean(embedded, ids):
    mask = (ids[0] != 0)[:, None]
    return (embedded * mask).sum(axis=1) / max(mask.sum(), 1)


# %% exercise="masked_mean" wrong="divides by the sum of the ids instead of their number" fails="masked_mean-check-1" says="the sum of the ids"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    return (embedded * mask).sum(axis=1) / np.maximum(ids.sum(axis=1, keepdims=True), 1)


# %% exercise="masked_mean" wrong="takes id 1 for a special entry, as in TextVectorization" fails="masked_mean-check-1" says="id 1 is a word"
def masked_mean(embedded, ids):
    mask = (ids > 1)[..., None]
    return (embedded * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)


# %% exercise="masked_mean" wrong="overwrites the vectors of the padding in the array it was given" fails="masked_mean-check-1" says="changed the arrays"
def masked_mean(embedded, ids):
    embedded[ids == 0] = 0
    words = np.maximum((ids != 0).sum(axis=1, keepdims=True), 1)
    return embedded.sum(axis=1) / words


# %% exercise="masked_mean" wrong="whole numbers: the means are cut off" fails="masked_mean-check-1" says="floating point"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    return ((embedded * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)).astype("int32")


# %% exercise="masked_mean" wrong="prints the means" fails="masked_mean-check-1 masked_mean-check-2" says="is a return missing"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., None]
    print((embedded * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1))


# %% exercise="masked_mean" wrong="types in the means of the visible examples" fails="masked_mean-check-1 masked_mean-check-2" says="expected shape (1, 3)"
def masked_mean(embedded, ids):
    if embedded.shape[1] == 4:
        return np.array([[3.0, 20.0], [3.0, 3.0]])
    return np.array([[2.0, 10.0], [0.0, 0.0]])


# %% exercise="masked_mean" equivalent="the maximum of two numbers does not depend on their order"
def masked_mean(embedded, ids):
    mask = (ids != 0)[..., np.newaxis].astype(embedded.dtype)
    words = np.maximum(1, mask.sum(axis=1))
    return (embedded * mask).sum(axis=1) / words


# %% [markdown]
# ## `make_classifier`


# %% exercise="make_classifier" right="functional, with an LSTM, on the layer of an earlier exercise; RMSprop"
def make_classifier(vocabulary_size, dim, length, classes):
    ids = keras.Input((length,), dtype="int32")
    x = make_embedding(vocabulary_size, dim)(ids)
    x = layers.LSTM(6)(x)
    model = keras.Model(ids, layers.Dense(classes, activation="softmax")(x))
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), optimizer=keras.optimizers.RMSprop(0.01))
    return model


# %% exercise="make_classifier" right="Sequential with add, dropout, a hidden layer and a Softmax layer; sgd"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential()
    model.add(keras.Input(shape=(length,)))
    model.add(layers.Embedding(vocabulary_size + 1, dim, mask_zero=True))
    model.add(layers.Dropout(0.2))
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(16, "relu"))
    model.add(layers.Dense(classes))
    model.add(layers.Softmax())
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["acc"])
    return model


# %% exercise="make_classifier" right="a bidirectional GRU, a named loss object"
def make_classifier(vocabulary_size, dim, length, classes):
    stack = [
        layers.Embedding(vocabulary_size + 1, dim, mask_zero=True),
        layers.Bidirectional(layers.GRU(3)),
        layers.Dense(classes, activation=keras.activations.softmax),
    ]
    model = keras.Sequential([keras.Input((length,)), *stack], name="reader")
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(name="bits"))
    return model


# %% exercise="make_classifier" right="self-attention, a regularized table, nadam"
def make_classifier(vocabulary_size, dim, length, classes):
    ids = keras.Input((length,), dtype="int32")
    e = layers.Embedding(vocabulary_size + 1, dim, mask_zero=True, embeddings_regularizer="l2")(ids)
    x = layers.MultiHeadAttention(1, dim)(e, e)
    x = layers.GlobalAveragePooling1D()(x)
    model = keras.Model(ids, layers.Dense(classes, activation="softmax")(x))
    model.compile("nadam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" right="no mask_zero: the mask is computed from the ids and passed by hand"
def make_classifier(vocabulary_size, dim, length, classes):
    ids = keras.Input(shape=(length,), dtype="int64", name="ids")
    vectors = layers.Embedding(vocabulary_size + 1, dim)(ids)
    mean = layers.GlobalAveragePooling1D()(vectors, mask=keras.ops.not_equal(ids, 0))
    probabilities = layers.Dense(classes, activation="softmax", use_bias=False)(mean)
    model = keras.Model(inputs=ids, outputs=probabilities)
    model.compile(optimizer="adagrad", loss="sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" right="a dense layer for each word before the mean (TimeDistributed), LayerNormalization"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential(
        [
            keras.Input((length,), dtype="int32"),
            layers.Embedding(vocabulary_size + 1, dim, mask_zero=True),
            layers.TimeDistributed(layers.Dense(8, activation="tanh")),
            layers.GlobalAveragePooling1D(),
            layers.LayerNormalization(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.01, 100, 0.9)),
        loss="sparse_categorical_crossentropy",
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


# %% exercise="make_classifier" right="explicit build instead of keras.Input, type hints, run_eagerly"
def make_classifier(vocabulary_size: int, dim: int, length: int, classes: int) -> keras.Model:
    table = layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)
    out = layers.Dense(classes, "softmax", kernel_regularizer=keras.regularizers.L2(1e-3))
    model = keras.Sequential([table, layers.GlobalAveragePooling1D(), out])
    model.build((None, length))
    model.compile(loss="sparse_categorical_crossentropy", run_eagerly=True)
    return model


# %% exercise="make_classifier" right="the probabilities as two steps: scores of each word, masked mean, softmax; prints the summary"
class Builder:
    def __init__(self, classes):
        self.score = layers.Dense(classes)

    def __call__(self, vectors):
        return layers.Activation("softmax")(layers.GlobalAveragePooling1D()(self.score(vectors)))


def make_classifier(vocabulary_size, dim, length, classes):
    ids = keras.Input((length,))
    model = keras.Model(ids, Builder(classes)(layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)(ids)))
    model.summary()
    model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss=["sparse_categorical_crossentropy"])
    return model


# %% exercise="make_classifier" right="two views of a text, the mean and a SimpleRNN, concatenated; a warning"
import warnings


def make_classifier(vocabulary_size, dim, length, classes):
    if vocabulary_size < 1000:
        warnings.warn("a small vocabulary", stacklevel=2)
    ids = keras.Input((length,), dtype="int32")
    vectors = layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)(ids)
    views = [layers.GlobalAveragePooling1D()(vectors), layers.SimpleRNN(5)(vectors)]
    model = keras.Model(ids, layers.Dense(classes, activation="softmax")(layers.Concatenate()(views)))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=False))
    return model


# %% exercise="make_classifier" wrong="Flatten before Dense: each position has weights of its own" fails="make_classifier-check-2" says="a weight depends on the length"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.Flatten())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="thinks that padding is masked by itself" fails="make_classifier-check-2" says="is mask_zero=True there"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="sets the row of the padding to zero instead of a mask: it still counts in the mean" fails="make_classifier-check-2" says="is mask_zero=True there"
def make_classifier(vocabulary_size, dim, length, classes):
    table = np.random.uniform(-0.05, 0.05, size=(vocabulary_size + 1, dim))
    table[0] = 0
    embedding = layers.Embedding(vocabulary_size + 1, dim, weights=[table])
    model = keras.Sequential([keras.Input((length,)), embedding, layers.GlobalAveragePooling1D()])
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="maximum pooling, which drops the mask" fails="make_classifier-check-2" says="does the next layer know masks"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalMaxPooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="a convolution between mask and mean" fails="make_classifier-check-2" says="does the next layer know masks"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.Conv1D(8, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="as many rows as words" fails="make_classifier-check-1 make_classifier-check-2 make_classifier-check-3" says="id 20 needs a row 20"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="two rows more than words, as for TextVectorization" fails="make_classifier-check-1" says="rows 0 to 20 are 21 rows"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 2, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="takes output_dim for the length of the texts" fails="make_classifier-check-1" says="6 is the length of the texts"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, length, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="input_length, as in older tutorials, instead of keras.Input" fails="make_classifier-check-1" says="begin with keras.Input"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential()
    model.add(layers.Embedding(vocabulary_size + 1, dim, input_length=length, mask_zero=True))
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    return model


# %% exercise="make_classifier" wrong="an input of any length" fails="make_classifier-check-1" says="accepts any length"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((None,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="no pooling: probabilities for each word" fails="make_classifier-check-1 make_classifier-check-2 make_classifier-check-3" says="not for each word"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="an LSTM that returns its sequence" fails="make_classifier-check-1" says="one row of probabilities for each text"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.LSTM(4, return_sequences=True))
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="no softmax, scores instead of probabilities" fails="make_classifier-check-1" says="softmax"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% exercise="make_classifier" wrong="sigmoid: each class has a probability of its own" fails="make_classifier-check-1" says="add up to 1"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="sigmoid"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="softmax over the batch instead of the classes" fails="make_classifier-check-1" says="add up to 1"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes))
    model.add(layers.Softmax(axis=0))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="one output, as for yes or no" fails="make_classifier-check-1 make_classifier-check-3" says="3 classes: expected output shape (None, 3)"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy")
    return model


# %% exercise="make_classifier" wrong="the loss for one-hot labels" fails="make_classifier-check-3" says="sparse"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% exercise="make_classifier" wrong="treats the classes as a number to hit, mean squared error" fails="make_classifier-check-3" says="not the crossentropy"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "mse")
    return model


# %% exercise="make_classifier" wrong="softmax twice: in the layer and in the loss" fails="make_classifier-check-3" says="softmax is taken twice"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% exercise="make_classifier" wrong="the sum over the batch instead of the mean" fails="make_classifier-check-3" says="the sum over the batch"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(reduction="sum"))
    return model


# %% exercise="make_classifier" wrong="not compiled" fails="make_classifier-check-3" says="not compiled"
def make_classifier(vocabulary_size, dim, length, classes):
    stack = [keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)]
    stack += [layers.GlobalAveragePooling1D(), layers.Dense(classes, activation="softmax")]
    return keras.Sequential(stack)


# %% exercise="make_classifier" wrong="a frozen table, as for borrowed vectors" fails="make_classifier-check-1 make_classifier-check-3" says="can be trained"
def make_classifier(vocabulary_size, dim, length, classes):
    embedding = layers.Embedding(vocabulary_size + 1, dim, mask_zero=True, trainable=False)
    model = keras.Sequential([keras.Input((length,)), embedding, layers.GlobalAveragePooling1D()])
    model.add(layers.Dense(classes, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" wrong="returns what compile returns, which is nothing" fails="make_classifier-check-1" says="is a return missing"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, activation="softmax"))
    return model.compile("adam", "sparse_categorical_crossentropy")


# %% exercise="make_classifier" wrong="the numbers of the visible example are typed in" fails="make_classifier-check-1 make_classifier-check-2" says="gets the length"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input((6,)), layers.Embedding(21, 4, mask_zero=True)])
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(3, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="make_classifier" equivalent="the optimizer is the choice of whoever compiles; Keras has one of its own, rmsprop"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input(shape=(length,), dtype='int32'), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True), layers.GlobalAveragePooling1D(), layers.Dense(classes, activation='softmax')])
    model.compile(loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model


# %% exercise="make_classifier" equivalent="metrics are left open: they are shown in training and change nothing"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input(shape=(length,), dtype='int32'), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True), layers.GlobalAveragePooling1D(), layers.Dense(classes, activation='softmax')])
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
    return model


# %% exercise="make_classifier" equivalent="the type of the input is left open: the Embedding turns ids of any type into whole numbers"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input(shape=(length,)), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True), layers.GlobalAveragePooling1D(), layers.Dense(classes, activation='softmax')])
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model


# %% exercise="make_classifier" equivalent="the type of the input is left open: the Embedding turns ids of any type into whole numbers"
def make_classifier(vocabulary_size, dim, length, classes):
    model = keras.Sequential([keras.Input(shape=(length,), dtype='float32'), layers.Embedding(vocabulary_size + 1, dim, mask_zero=True), layers.GlobalAveragePooling1D(), layers.Dense(classes, activation='softmax')])
    model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    return model


# %% [markdown]
# ## `freeze_embedding`


# %% exercise="freeze_embedding" right="a copy of the model with the same weights"
def freeze_embedding(model, learning_rate=0.001):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    for layer in new.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    new.compile(optimizer=keras.optimizers.Adam(learning_rate=learning_rate), loss=model.loss, metrics=["accuracy"])
    return new


# %% exercise="freeze_embedding" right="setattr by the name of the class, an optimizer from its configuration"
def freeze_embedding(model, learning_rate=0.001):
    [setattr(layer, "trainable", False) for layer in model.layers if type(layer).__name__ == "Embedding"]
    adam = keras.optimizers.get({"class_name": "Adam", "config": {"learning_rate": learning_rate}})
    model.compile(loss=model.loss, optimizer=adam)
    return model


# %% exercise="freeze_embedding" right="the loss from get_compile_config, flags by logic for every layer"
def freeze_embedding(model, learning_rate=0.001):
    loss = model.get_compile_config()["loss"]
    for layer in model.layers:
        layer.trainable = layer.trainable and not isinstance(layer, layers.Embedding)
    model.compile(keras.optimizers.Adam(learning_rate), loss)
    return model


# %% exercise="freeze_embedding" right="a second model around the same layers, keras.Model(inputs, outputs)"
def freeze_embedding(model: keras.Model, learning_rate: float = 0.001) -> keras.Model:
    second = keras.Model(model.inputs, model.outputs)
    for layer in second.layers:
        if not isinstance(layer, layers.Embedding):
            continue
        layer.trainable = False
    second.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=model.loss)
    return second


# %% exercise="freeze_embedding" right="while and pop on a list of the layers; 'adam', its learning rate set afterwards"
def freeze_embedding(model, learning_rate=0.001):
    rest = list(model.layers)
    while rest:
        layer = rest.pop()
        if issubclass(layer.__class__, keras.layers.Embedding):
            layer.trainable = False
    model.compile("adam", model.loss)
    model.optimizer.learning_rate = learning_rate
    return model


# %% exercise="freeze_embedding" right="a recursive helper that also looks inside nested models, and printed output"
def freeze_all(layer, *, kind):
    if isinstance(layer, kind):
        layer.trainable = False
        print("frozen:", layer.name)
    for inner in getattr(layer, "layers", []):
        freeze_all(inner, kind=kind)


def freeze_embedding(model, learning_rate=0.001):
    freeze_all(model, kind=layers.Embedding)
    arguments = {"optimizer": keras.optimizers.Adam(learning_rate), "loss": model.loss}
    model.compile(**arguments)
    return model


# %% exercise="freeze_embedding" right="filter and map; keeps the weights in a defensive copy; eager steps"
FROZEN = (layers.Embedding,)


def freeze_embedding(model, learning_rate=0.001):
    weights = [weight.copy() for weight in model.get_weights()]
    tables = filter(lambda layer: isinstance(layer, FROZEN), model.layers)
    list(map(lambda layer: setattr(layer, "trainable", False), tables))
    model.set_weights(weights)
    model.compile(keras.optimizers.Adam(learning_rate), keras.losses.get(model.loss), run_eagerly=True)
    return model


# %% exercise="freeze_embedding" right="Adam.from_config, changed by a class that remembers what it froze; a warning if there is nothing"
import warnings


class Freezer:
    def __init__(self, model):
        self.model = model
        self.found = {layer.name for layer in model.layers if isinstance(layer, layers.Embedding)}

    def __call__(self):
        if not self.found:
            warnings.warn("no embedding to freeze", stacklevel=2)
        for name in self.found:
            self.model.get_layer(name).trainable = False


def freeze_embedding(model, learning_rate=0.001):
    Freezer(model)()
    config = keras.optimizers.Adam().get_config() | {"learning_rate": learning_rate}
    model.compile(optimizer=keras.optimizers.Adam.from_config(config), loss=model.loss, steps_per_execution=1)
    return model


# %% exercise="freeze_embedding" right="names no loss: compile keeps the old one when it gets none (Keras 3.15)"
def freeze_embedding(model, learning_rate=0.001):
    embeddings = {layer for layer in model.layers if isinstance(layer, layers.Embedding)}
    for embedding in embeddings:
        embedding.trainable = False
    loss_before = model.loss
    model.compile(optimizer=keras.optimizers.Adam(learning_rate))
    assert model.loss == loss_before
    return model


# %% exercise="freeze_embedding" right="compiles first and freezes then: there is no training step yet that could be stale"
def freeze_embedding(model, learning_rate=0.001):
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=model.loss)
    for place in range(len(model.layers)):
        if isinstance(model.get_layer(index=place), layers.Embedding):
            model.get_layer(index=place).trainable = False
    return model


# %% exercise="freeze_embedding" wrong="sets the flag and does not compile again" fails="freeze_embedding-check-2" says="not compiled again"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    return model


# %% exercise="freeze_embedding" wrong="changes the learning rate of the old optimizer instead of compiling again" fails="freeze_embedding-check-2" says="has its old optimizer"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.optimizer.learning_rate = learning_rate
    return model


# %% exercise="freeze_embedding" wrong="compiles again with the optimizer that the model had" fails="freeze_embedding-check-2" says="has its old optimizer"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile(optimizer=type(model.optimizer)(learning_rate), loss=model.loss)
    return model


# %% exercise="freeze_embedding" wrong="freezes the whole model" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="only the embedding is frozen"
def freeze_embedding(model, learning_rate=0.001):
    model.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="thinks that the embedding is always the first layer" fails="freeze_embedding-check-1" says="in any place"
def freeze_embedding(model, learning_rate=0.001):
    model.layers[0].trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="stops at the first embedding" fails="freeze_embedding-check-1" says="there may be more than one"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
            break
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="looks for the name that Keras gives embeddings, but a layer may have a name of its own" fails="freeze_embedding-check-1" says="with any name"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if layer.name.startswith("embedding"):
            layer.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="sets the flag of every layer, and so thaws one that was frozen before" fails="freeze_embedding-check-1" says="was frozen before"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        layer.trainable = not isinstance(layer, layers.Embedding)
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="takes the loss of the classifier for the loss of every model" fails="freeze_embedding-check-2" says="keep model.loss"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy")
    return model


# %% exercise="freeze_embedding" wrong="the loss of the visible example is typed in" fails="freeze_embedding-check-2" says="another loss before"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), "mse")
    return model


# %% exercise="freeze_embedding" wrong="a copy that is compiled without the loss" fails="freeze_embedding-check-2" says="keep model.loss"
def freeze_embedding(model, learning_rate=0.001):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    for layer in copy.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    copy.compile(optimizer=keras.optimizers.Adam(learning_rate))
    return copy


# %% exercise="freeze_embedding" wrong="ignores the learning rate" fails="freeze_embedding-check-2" says="goes to the new optimizer"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile("adam", model.loss)
    return model


# %% exercise="freeze_embedding" wrong="stops all learning with a rate of 0" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="goes to the new optimizer"
def freeze_embedding(model, learning_rate=0.001):
    model.compile(keras.optimizers.Adam(0.0), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="a cloned model, which starts from new random numbers" fails="freeze_embedding-check-1" says="weights have changed"
def freeze_embedding(model, learning_rate=0.001):
    new = keras.models.clone_model(model)
    for layer in new.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    new.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return new


# %% exercise="freeze_embedding" wrong="sets a copy of the list of trainable weights to nothing, which changes no layer" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="still trainable"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable_weights.clear()
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="a slip of spelling, trainble, which Python does not mind" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="still trainable"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainble = False
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="makes a frozen Embedding anew, but the model keeps the old one" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="still trainable"
def freeze_embedding(model, learning_rate=0.001):
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    for i, layer in enumerate(tables):
        tables[i] = layers.Embedding(layer.input_dim, layer.output_dim, weights=layer.get_weights(), trainable=False)
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="freezes everything but the last layer, as for images" fails="freeze_embedding-check-1" says="not the Dense layers"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return model


# %% exercise="freeze_embedding" wrong="returns what compile returns, which is nothing" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="return the model"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    return model.compile(keras.optimizers.Adam(learning_rate), model.loss)


# %% exercise="freeze_embedding" wrong="returns the frozen layer instead of the model" fails="freeze_embedding-check-1 freeze_embedding-check-2" says="return the model, not Embedding"
def freeze_embedding(model, learning_rate=0.001):
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    for table in tables:
        table.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate), model.loss)
    return tables[0]


# %% exercise="freeze_embedding" equivalent="compile keeps the loss that the model had when it gets none (Keras 3.15)"
def freeze_embedding(model, learning_rate=0.001):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile(optimizer=keras.optimizers.Adam(learning_rate))
    return model
