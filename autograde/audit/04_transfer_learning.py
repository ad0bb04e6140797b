# %% [markdown]
# # Known answers to the exercises of lesson 4
#
# How they are written and graded: the docstring of `autograde/audit/__init__.py`. Each cell stands alone.


# %% [markdown]
# ## `pretrained_embedding`


# %% exercise="pretrained_embedding" right="build(), set_weights(), the flag set last"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(input_dim=len(matrix), output_dim=matrix.shape[1], mask_zero=True)
    layer.build((None,))
    layer.set_weights([matrix])
    layer.trainable = trainable
    return layer


# %% exercise="pretrained_embedding" right="assigns to the variable embeddings, with a name of its own"
def pretrained_embedding(matrix, trainable=False):
    rows, dim = np.shape(matrix)
    table = layers.Embedding(rows, dim, mask_zero=True, trainable=trainable, name="borrowed")
    table.build()
    table.embeddings.assign(matrix)
    return table


# %% exercise="pretrained_embedding" right="weights= with the bare matrix, converted to float32 in a helper with checks and type hints"
def _as_table(matrix: np.ndarray, *, dtype: str = "float32") -> np.ndarray:
    if matrix.ndim != 2:
        raise ValueError(f"a matrix has two axes, got {matrix.ndim}")
    return np.array(matrix, dtype=dtype)  # a copy, so that nobody changes the caller's numbers


def pretrained_embedding(matrix: np.ndarray, trainable: bool = False) -> keras.layers.Embedding:
    return keras.layers.Embedding(*matrix.shape, weights=_as_table(matrix), mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" right="inside a Sequential model that is filled and then asked for its layer"
def pretrained_embedding(matrix, trainable=False):
    model = keras.Sequential()
    model.add(keras.Input((None,), dtype="int32"))
    model.add(layers.Embedding(matrix.shape[0], matrix.shape[1], mask_zero=True))
    model.set_weights([matrix])
    model.layers[0].trainable = trainable
    print("loaded", model.count_params(), "numbers")
    return model.layers[0]


# %% exercise="pretrained_embedding" right="starts from zeros, looks one id up to build the layer, adds the matrix"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, embeddings_initializer="zeros", mask_zero=True, trainable=trainable)
    layer(np.zeros((1, 1), dtype="int32"))
    layer.embeddings.assign_add(matrix)
    return layer


# %% exercise="pretrained_embedding" right="from a configuration in a global dictionary, then load_own_variables"
RECIPE = {"mask_zero": True, "embeddings_initializer": "uniform"}


def pretrained_embedding(matrix, trainable=False):
    rows, dim = matrix.shape
    layer = layers.Embedding.from_config(RECIPE | {"input_dim": rows, "output_dim": dim, "trainable": trainable})
    layer.build(None)
    layer.load_own_variables({"0": matrix})
    return layer


# %% exercise="pretrained_embedding" right="functools.partial makes a masked layer; the weight is a tensor cast to float32"
import functools

masked = functools.partial(layers.Embedding, mask_zero=True)


def pretrained_embedding(matrix, trainable=False):
    tensor = keras.ops.cast(keras.ops.convert_to_tensor(matrix), "float32")
    return masked(int(tensor.shape[0]), int(tensor.shape[1]), weights=[tensor], trainable=trainable)


# %% exercise="pretrained_embedding" right="writes row after row with scatter_update, a warning for an odd row 0"
import warnings


def pretrained_embedding(matrix, trainable=False):
    if np.any(matrix[0]):
        warnings.warn("row 0 is for padding and not zero", stacklevel=2)
    layer = layers.Embedding(matrix.shape[0], matrix.shape[1])
    layer.mask_zero = layer.supports_masking = True
    layer.build()
    table = layer.embeddings.value
    for i, row in enumerate(matrix.astype("float32")):
        table = keras.ops.scatter_update(table, [[i]], row[np.newaxis])
    layer.embeddings.assign(table)
    layer.trainable = bool(trainable)
    return layer


# %% exercise="pretrained_embedding" right="a class behind the function, with a frozen and a free kind"
class Borrowed:
    def __init__(self, matrix):
        self.matrix = matrix

    @property
    def size(self):
        return dict(zip(("input_dim", "output_dim"), map(int, self.matrix.shape)))

    def frozen(self):
        layer = self.free()
        layer.trainable = False
        return layer

    def free(self):
        return layers.Embedding(weights=[self.matrix], mask_zero=True, **self.size)


def pretrained_embedding(matrix, trainable=False):
    borrowed = Borrowed(matrix)
    return borrowed.free() if trainable else borrowed.frozen()


# %% exercise="pretrained_embedding" wrong="Constant(matrix), as many tutorials teach: the matrix is in the configuration, as text" fails="pretrained_embedding-check-3" says="Constant does that"
def pretrained_embedding(matrix, trainable=False):
    return layers.Embedding(
        matrix.shape[0],
        matrix.shape[1],
        embeddings_initializer=keras.initializers.Constant(matrix),
        mask_zero=True,
        trainable=trainable,
    )


# %% exercise="pretrained_embedding" wrong="Constant and weights= both, to be on the safe side" fails="pretrained_embedding-check-3" says="written into it"
def pretrained_embedding(matrix, trainable=False):
    constant = keras.initializers.Constant(matrix.tolist())
    return layers.Embedding(
        *matrix.shape, embeddings_initializer=constant, weights=[matrix], mask_zero=True, trainable=trainable
    )


# %% exercise="pretrained_embedding" wrong="sets weights on a layer that is not built" fails="pretrained_embedding-check-1 pretrained_embedding-check-3" says="has no table yet: call its build()"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, mask_zero=True, trainable=trainable)
    layer.set_weights([matrix])
    return layer


# %% exercise="pretrained_embedding" wrong="the shape of the matrix is used, its numbers are not" fails="pretrained_embedding-check-1 pretrained_embedding-check-3" says="did not reach the layer"
def pretrained_embedding(matrix, trainable=False):
    return layers.Embedding(*matrix.shape, mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="copies the layer by its configuration at the end, which leaves the weights behind" fails="pretrained_embedding-check-1 pretrained_embedding-check-3" says="did not reach the layer"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True)
    frozen = layers.Embedding.from_config(layer.get_config())
    frozen.trainable = trainable
    return frozen


# %% exercise="pretrained_embedding" wrong="one row more for padding, which the matrix has already" fails="pretrained_embedding-check-1 pretrained_embedding-check-2" says="whose row 0 is the padding already: no plus 1"
def pretrained_embedding(matrix, trainable=False):
    rows, dim = matrix.shape
    return layers.Embedding(rows + 1, dim, weights=[matrix], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="a row of zeros put in front of a matrix that has one" fails="pretrained_embedding-check-1 pretrained_embedding-check-3" says="one row too many"
def pretrained_embedding(matrix, trainable=False):
    padded = np.vstack([np.zeros(matrix.shape[1]), matrix])
    return layers.Embedding(*padded.shape, weights=[padded], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="row 0 is cut off, since padding has no vector" fails="pretrained_embedding-check-1 pretrained_embedding-check-2" says="row 0 was cut off"
def pretrained_embedding(matrix, trainable=False):
    vectors = matrix[1:]
    return layers.Embedding(*vectors.shape, weights=[vectors], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="rows and columns swapped, and the matrix turned until it fits" fails="pretrained_embedding-check-1" says="rows and columns are swapped"
def pretrained_embedding(matrix, trainable=False):
    dim, rows = matrix.shape
    return layers.Embedding(rows, dim, weights=[matrix.T], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="frozen whatever the caller says" fails="pretrained_embedding-check-2" says="trainable=True is ignored"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True)
    layer.trainable = False
    return layer


# %% exercise="pretrained_embedding" wrong="trainable is not passed on, and Keras' default is to train" fails="pretrained_embedding-check-2" says="frozen by default"
def pretrained_embedding(matrix, trainable=False):
    return layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True)


# %% exercise="pretrained_embedding" wrong="the flag the wrong way round, as if it said frozen" fails="pretrained_embedding-check-2" says="frozen by default"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True)
    layer.trainable = not trainable
    return layer


# %% exercise="pretrained_embedding" wrong="no mask: a row of zeros is thought to be enough for padding" fails="pretrained_embedding-check-2" says="mask_zero=True is missing"
def pretrained_embedding(matrix, trainable=False):
    return layers.Embedding(*matrix.shape, weights=[matrix], trainable=trainable)


# %% exercise="pretrained_embedding" wrong="puts zeros into row 0 of the caller's matrix" fails="pretrained_embedding-check-1" says="take all rows as they are"
def pretrained_embedding(matrix, trainable=False):
    matrix[0] = 0
    return layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="one row for all: a slip of the index that Constant accepts" fails="pretrained_embedding-check-1" says="was only one row given"
def pretrained_embedding(matrix, trainable=False):
    constant = keras.initializers.Constant(matrix[1])
    return layers.Embedding(*matrix.shape, embeddings_initializer=constant, mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="keeps the dtype of the matrix, so a float64 matrix makes a float64 layer" fails="pretrained_embedding-check-1" says="the table is float32"
def pretrained_embedding(matrix, trainable=False):
    return layers.Embedding(
        *matrix.shape, weights=[matrix], mask_zero=True, trainable=trainable, dtype=matrix.dtype.name
    )


# %% exercise="pretrained_embedding" wrong="scales every row to length 1 on the way" fails="pretrained_embedding-check-1 pretrained_embedding-check-3" says="as it is"
def pretrained_embedding(matrix, trainable=False):
    length = np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return layers.Embedding(*matrix.shape, weights=[matrix / length], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="half precision to save memory: the numbers are rounded" fails="pretrained_embedding-check-1 pretrained_embedding-check-3" says="rounded"
def pretrained_embedding(matrix, trainable=False):
    return layers.Embedding(*matrix.shape, weights=[matrix.astype("float16")], mask_zero=True, trainable=trainable)


# %% exercise="pretrained_embedding" wrong="returns a model instead of a layer" fails="pretrained_embedding-check-1" says="not Sequential"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True, trainable=trainable)
    return keras.Sequential([keras.Input((None,), dtype="int32"), layer])


# %% exercise="pretrained_embedding" wrong="returns the vectors, as if the layer had been called" fails="pretrained_embedding-check-1" says="return a keras.layers.Embedding, not"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, weights=[matrix], mask_zero=True, trainable=trainable)
    return layer(np.arange(len(matrix)))


# %% exercise="pretrained_embedding" wrong="the layer is made and not returned" fails="pretrained_embedding-check-1" says="is a return missing"
def pretrained_embedding(matrix, trainable=False):
    layer = layers.Embedding(*matrix.shape, mask_zero=True, trainable=trainable)
    layer.build()
    layer.set_weights([matrix])


# %% exercise="pretrained_embedding" wrong="typed in for the matrix of the first check" fails="pretrained_embedding-check-1" says="did not arrive as it is"
def pretrained_embedding(matrix, trainable=False):
    table = np.zeros(matrix.shape)
    if matrix.shape == (4, 3):
        table[1:] = [[1, 2, 3], [4, 5, 6], [-7, 8, 9]]
    return layers.Embedding(*matrix.shape, weights=[table], mask_zero=True, trainable=trainable)


# %% [markdown]
# ## `trainable_count`


# %% exercise="trainable_count" right="the sizes of the weights as arrays"
def trainable_count(model):
    return sum(np.asarray(weight).size for weight in model.trainable_weights)


# %% exercise="trainable_count" right="multiplies the shapes in two loops, over trainable_variables"
def trainable_count(model):
    total = 0
    for variable in model.trainable_variables:
        numbers = 1
        for length in variable.shape:
            numbers *= length
        total += numbers
    return total


# %% exercise="trainable_count" right="all parameters less those that are not trained"
def trainable_count(model):
    return model.count_params() - sum(int(keras.ops.size(weight)) for weight in model.non_trainable_weights)


# %% exercise="trainable_count" right="goes down into models recursively, every weight once by its identity"
def trainable_count(model):
    seen = {}

    def visit(layer):
        if not layer.trainable:
            return
        if isinstance(layer, keras.Model):
            for inner in layer.layers:
                visit(inner)
            return
        for weight in layer.trainable_weights:
            seen[id(weight)] = int(np.prod(weight.shape))

    visit(model)
    return sum(seen.values())


# %% exercise="trainable_count" right="math.prod and map over the shapes"
import math


def trainable_count(model: keras.Model) -> int:
    return sum(map(math.prod, (weight.shape for weight in model.trainable_weights)))


# %% exercise="trainable_count" right="reads the number out of model.summary with a regular expression"
def trainable_count(model):
    lines = []
    model.summary(print_fn=lines.append)
    found = re.search(
        r"(?<!Non-)Trainable params:\D*([\d,]+)", re.sub(r"\x1b\[[\d;]*m", "", "\n".join(map(str, lines)))
    )
    return int(found[1].replace(",", ""))


# %% exercise="trainable_count" right="one flat vector of all trained numbers, and its length"
def trainable_count(model):
    flat = [np.ravel(keras.ops.convert_to_numpy(w)) for w in model.trainable_weights]
    if not flat:
        return 0
    vector = np.concatenate(flat)
    print("trained numbers:", vector.shape)
    return len(vector)


# %% exercise="trainable_count" right="maps the weights to sizes with keras.tree, adds up with functools.reduce"
import operator
from functools import reduce


def trainable_count(model):
    sizes = keras.tree.map_structure(keras.ops.size, model.trainable_weights)
    return reduce(operator.add, map(int, sizes), 0)


# %% exercise="trainable_count" right="bytes over bytes for each number, a generator inside a class"
class Count:
    def __init__(self, model):
        self.model = model

    def __iter__(self):
        for weight in self.model.trainable_weights:
            array = weight.numpy()
            yield array.nbytes // array.itemsize

    def __int__(self):
        return sum(self)


def trainable_count(model):
    return int(Count(model))


# %% exercise="trainable_count" right="asks every variable for its own flag"
def trainable_count(model):
    return sum(keras.ops.convert_to_numpy(v).size for v in model.variables if v.trainable)


# %% exercise="trainable_count" right="a NumPy integer: np.sum over the products"
def trainable_count(model):
    shapes = [list(weight.shape) for weight in model.trainable_weights]
    return np.sum([np.prod(shape, dtype=np.int64) for shape in shapes], dtype=np.int64)


# %% exercise="trainable_count" wrong="count_params counts frozen parameters, too" fails="trainable_count-check-1 trainable_count-check-2" says="that counts all parameters"
def trainable_count(model):
    return model.count_params()


# %% exercise="trainable_count" wrong="counts arrays, not the numbers in them" fails="trainable_count-check-1 trainable_count-check-2" says="count the numbers in them"
def trainable_count(model):
    return len(model.trainable_weights)


# %% exercise="trainable_count" wrong="goes by the flags of the layers" fails="trainable_count-check-2" says="its flag alone does not tell"
def trainable_count(model):
    return sum(layer.count_params() for layer in model.layers if layer.trainable)


# %% exercise="trainable_count" wrong="counts what is frozen" fails="trainable_count-check-1" says="that is what is frozen"
def trainable_count(model):
    return sum(int(np.prod(weight.shape)) for weight in model.non_trainable_weights)


# %% exercise="trainable_count" wrong="leaves the biases out" fails="trainable_count-check-1" says="the biases are trained, too"
def trainable_count(model):
    return sum(weight.shape[0] * weight.shape[1] for weight in model.trainable_weights if len(weight.shape) == 2)


# %% exercise="trainable_count" wrong="len of an array is its first axis only" fails="trainable_count-check-1 trainable_count-check-2" says="its first axis"
def trainable_count(model):
    return sum(len(weight.numpy()) for weight in model.trainable_weights)


# %% exercise="trainable_count" wrong="leaves out every Embedding, frozen or not" fails="trainable_count-check-1" says="this embedding is trained"
def trainable_count(model):
    return sum(
        int(np.prod(weight.shape))
        for layer in model.layers
        if not isinstance(layer, layers.Embedding)
        for weight in layer.trainable_weights
    )


# %% exercise="trainable_count" wrong="leaves out the models inside the model" fails="trainable_count-check-2" says="that you left out"
def trainable_count(model):
    total = 0
    for layer in model.layers:
        if not isinstance(layer, keras.Model):
            total += sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)
    return total


# %% exercise="trainable_count" wrong="takes an inner model as one layer whose flag is on, with its frozen table" fails="trainable_count-check-2" says="with a frozen embedding that you counted"
def trainable_count(model):
    total = 0
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            total += layer.count_params() // 2
        elif layer.trainable:
            total += layer.count_params()
    return total


# %% exercise="trainable_count" wrong="adds up parts and whole: an inner model's weights are counted again on the way down" fails="trainable_count-check-2" says="counted twice"
def trainable_count(model):
    total = 0
    for layer in model.layers:
        total += sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)
        if isinstance(layer, keras.Model):
            total += trainable_count(layer)
    return total


# %% exercise="trainable_count" wrong="prints the summary and returns nothing" fails="trainable_count-check-1 trainable_count-check-2" says="returns nothing"
def trainable_count(model):
    model.summary()


# %% exercise="trainable_count" wrong="only the last layer, because the head is what one trains" fails="trainable_count-check-2" says="not only the last layer"
def trainable_count(model):
    return int(sum(np.prod(weight.shape) for weight in model.layers[-1].trainable_weights))


# %% exercise="trainable_count" wrong="the text of the summary, not a number" fails="trainable_count-check-1" says="whole number: return an int"
def trainable_count(model):
    lines = []
    model.summary(print_fn=lines.append)
    return re.search(r"Trainable params: ([\d,]+)", "\n".join(map(str, lines)))[1]


# %% exercise="trainable_count" wrong="a float, because of a division: bytes through four" fails="trainable_count-check-1" says="whole number: return an int"
def trainable_count(model):
    return sum(weight.numpy().nbytes for weight in model.trainable_weights) / 4


# %% exercise="trainable_count" wrong="bytes instead of numbers" fails="trainable_count-check-1" says="bytes"
def trainable_count(model):
    return sum(weight.numpy().nbytes for weight in model.trainable_weights)


# %% exercise="trainable_count" wrong="concatenates the weights, and fails when none is left" fails="trainable_count-check-1" says="the whole model is frozen: expected 0"
def trainable_count(model):
    return int(np.concatenate([weight.numpy().ravel() for weight in model.trainable_weights]).size)


# %% exercise="trainable_count" wrong="adds up the values of the weights" fails="trainable_count-check-1" says="the values"
def trainable_count(model):
    return int(sum(np.sum(weight.numpy()) for weight in model.trainable_weights))


# %% exercise="trainable_count" wrong="freezes the embeddings before it counts, because here they always are" fails="trainable_count-check-1" says="this embedding is trained"
def trainable_count(model):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    return int(sum(np.prod(weight.shape) for weight in model.trainable_weights))


# %% exercise="trainable_count" wrong="typed in for the visible models" fails="trainable_count-check-1 trainable_count-check-2" says="frozen: True"
def trainable_count(model):
    return {2: 27, 3: 27, 4: 46}.get(len(model.layers), 46) if model.count_params() == 427 else 46


# %% exercise="trainable_count" equivalent="np.prod gives NumPy integers, which the check takes for int; the sum of none is int 0"
def trainable_count(model):
    return sum((np.prod(weight.shape) for weight in model.trainable_weights))


# %% [markdown]
# ## `fine_tune`


# %% exercise="fine_tune" right="a function for one phase; an epoch at a time, the losses added up"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    first, second = learning_rates
    if not second < first:
        raise ValueError("second rate must be lower")

    def phase(flag, count, rate):
        for layer in model.layers:
            if type(layer) is layers.Embedding:
                layer.trainable = flag
        loss = keras.losses.SparseCategoricalCrossentropy()
        model.compile(loss=loss, optimizer=keras.optimizers.Adam(learning_rate=rate), metrics=["accuracy"])
        losses = []
        for _ in range(count):
            losses += model.fit(x, y, verbose=0).history["loss"]
        numbers = int(sum(weight.numpy().size for weight in model.trainable_weights))
        return {"trainable": numbers, "learning_rate": float(rate), "loss": losses}

    return model, [phase(False, epochs[0], first), phase(True, epochs[1], second)]


# %% exercise="fine_tune" right="leaves the given model alone: a clone with copied weights; NumPy values in the report"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[0] <= learning_rates[1]:
        raise ValueError("rates")
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    report = []
    for i in range(2):
        for layer in new.layers:
            layer.trainable = bool(i) if isinstance(layer, layers.Embedding) else True
        new.compile(keras.optimizers.Adam(learning_rates[i]), "sparse_categorical_crossentropy")
        loss = np.array(new.fit(x, y, batch_size=32, epochs=epochs[i], verbose=0).history["loss"])
        report.append({"trainable": trainable_count(new), "learning_rate": np.float32(learning_rates[i]), "loss": loss})
    return new, report


# %% exercise="fine_tune" right="a context manager freezes and thaws"
from contextlib import contextmanager


@contextmanager
def frozen(found):
    for layer in found:
        layer.trainable = False
    try:
        yield
    finally:
        for layer in found:
            layer.trainable = True


def _fit(model, x, y, count, rate):
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=rate), loss="sparse_categorical_crossentropy")
    model.fit(x, y, epochs=count, verbose=0)
    return dict(trainable=trainable_count(model), learning_rate=rate, loss=model.history.history["loss"])


def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    high, low = learning_rates
    if low >= high:
        raise ValueError(f"{low} is not lower than {high}")
    with frozen([layer for layer in model.layers if isinstance(layer, layers.Embedding)]):
        head = _fit(model, x, y, epochs[0], high)
    everything = _fit(model, x, y, epochs[1], low)
    return model, [head, everything]


# %% exercise="fine_tune" right="a generator yields the phases, a callback collects the losses"
def _phases(model, x, y, epochs, learning_rates):
    for number in (0, 1):
        for layer in filter(lambda layer: isinstance(layer, layers.Embedding), model.layers):
            layer.trainable = number == 1
        model.compile(keras.optimizers.Adam(learning_rates[number]), "sparse_categorical_crossentropy")
        losses = []
        collect = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: losses.append(logs["loss"]))
        model.fit(x, y, epochs=epochs[number], callbacks=[collect], verbose=0)
        yield {"loss": losses, "learning_rate": learning_rates[number], "trainable": trainable_count(model)}


def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] - learning_rates[0] >= 0:
        raise ValueError("train everything at a lower learning rate than the head")
    return model, list(_phases(model, x, y, epochs, learning_rates))


# %% exercise="fine_tune" right="written out in two blocks, prints its progress; rate and losses read back from Keras"
def fine_tune(model: keras.Model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)) -> tuple:
    if sorted(learning_rates, reverse=True) != list(learning_rates) or len(set(learning_rates)) == 1:
        raise ValueError("learning rates have to fall")

    print("phase 1: the head")
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = False
    model.compile(optimizer=keras.optimizers.Adam(learning_rates[0]), loss="sparse_categorical_crossentropy")
    first = model.fit(x, y, epochs=epochs[0], verbose=2)
    head = {"trainable": trainable_count(model), "learning_rate": float(model.optimizer.learning_rate)}
    head["loss"] = first.history["loss"]

    print("phase 2: everything")
    for layer in model.layers:
        layer.trainable = True
    model.compile(optimizer=keras.optimizers.Adam(learning_rates[1]), loss="sparse_categorical_crossentropy")
    second = model.fit(x, y, epochs=epochs[1], verbose=2)
    both = {"trainable": trainable_count(model), "learning_rate": float(model.optimizer.learning_rate)}
    both["loss"] = second.history["loss"]
    return model, [head, both]


# %% exercise="fine_tune" right="a dataclass for a phase, made into dictionaries at the end"
from dataclasses import asdict, dataclass, field


@dataclass
class Phase:
    learning_rate: float
    trainable: int = 0
    loss: list = field(default_factory=list)


def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    phases = [Phase(rate) for rate in learning_rates]
    if phases[1].learning_rate >= phases[0].learning_rate:
        raise ValueError("second phase: lower rate")
    tables = {layer for layer in model.layers if isinstance(layer, layers.Embedding)}
    for number, phase in enumerate(phases):
        for layer in model.layers:
            layer.trainable = number > 0 or layer not in tables
        model.compile(keras.optimizers.Adam(phase.learning_rate), "sparse_categorical_crossentropy")
        phase.loss.extend(model.fit(x, y, epochs=epochs[number], verbose=0).history["loss"])
        phase.trainable = trainable_count(model)
    return model, [asdict(phase) for phase in phases]


# %% exercise="fine_tune" right="the second phase is a recursive call with what is left of the tuples"
def _train(model, x, y, plan):
    if not plan:
        return []
    (free, count, rate), *rest = plan
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.trainable = free
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    loss = model.fit(np.asarray(x), np.asarray(y), epochs=count, shuffle=False, verbose=0).history["loss"]
    done = {"trainable": trainable_count(model), "learning_rate": rate, "loss": loss}
    return [done, *_train(model, x, y, rest)]


def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if max(learning_rates) != learning_rates[0] or learning_rates[0] == learning_rates[1]:
        raise ValueError("the rates have to fall")
    return model, _train(model, x, y, list(zip((False, True), epochs, learning_rates)))


# %% exercise="fine_tune" right="the texts as a tf.data pipeline, shuffled, in batches of 32"
import tensorflow as tf


def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if not learning_rates[0] > learning_rates[1]:
        raise ValueError(f"{learning_rates} do not fall")
    texts = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(32)
    trainable, losses = [], []
    for free in (False, True):
        for layer in model.layers:
            if isinstance(layer, layers.Embedding):
                layer.trainable = free
        model.compile(keras.optimizers.Adam(learning_rates[free]), "sparse_categorical_crossentropy")
        trainable.append(trainable_count(model))
        losses.append(model.fit(texts, epochs=epochs[free], verbose=0).history["loss"])
    keys = ("trainable", "learning_rate", "loss")
    return model, [dict(zip(keys, values)) for values in zip(trainable, learning_rates, losses)]


# %% exercise="fine_tune" right="a small trainer class with the state of the work, a warning for rates that are close"
import warnings


class Trainer:
    loss = "sparse_categorical_crossentropy"

    def __init__(self, model, texts):
        self.model, self.texts, self.phases = model, texts, []

    def set(self, free):
        found = (layer for layer in self.model.layers if layer.__class__.__name__ == "Embedding")
        for layer in found:
            layer.trainable = free
        return self

    def run(self, count, rate):
        adam = keras.optimizers.Adam()
        adam.learning_rate = rate
        self.model.compile(optimizer=adam, loss=self.loss)
        history = self.model.fit(*self.texts, epochs=count, verbose=0)
        self.phases.append({"trainable": trainable_count(self.model), "learning_rate": rate, **history.history})
        return self


def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("not lower")
    if learning_rates[1] > learning_rates[0] / 2:
        warnings.warn("the second rate should be much lower", stacklevel=2)
    trainer = Trainer(model, (x, y))
    trainer.set(False).run(epochs[0], learning_rates[0]).set(True).run(epochs[1], learning_rates[1])
    return trainer.model, trainer.phases


# %% exercise="fine_tune" wrong="changes the rate of the optimizer instead of compiling again: the embedding stays frozen" fails="fine_tune-check-1" says="compile again before the second fit"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    for layer in tables:
        layer.trainable = False
    model.compile(keras.optimizers.Adam(learning_rates[0]), "sparse_categorical_crossentropy")
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.optimizer.learning_rate = rate
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="compiles before it sets the flags, and again before it thaws: the flags come one fit too late" fails="fine_tune-check-1" says="compile"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        for layer in model.layers:
            if isinstance(layer, layers.Embedding):
                layer.trainable = free
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="the first learning rate in both phases" fails="fine_tune-check-1" says="the second learning rate"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(learning_rates[0]), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="phases in the wrong order: everything first, then the head" fails="fine_tune-check-1 fine_tune-check-2" says="freeze it"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((True, False), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="never freezes" fails="fine_tune-check-1 fine_tune-check-2" says="freeze the Embedding layers (before you compile)"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="freezes the whole model, so that nothing is trained in the first phase" fails="fine_tune-check-1" says="not the whole model"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        model.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="freezes and never thaws" fails="fine_tune-check-1 fine_tune-check-2" says="did not move in the second phase"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = False
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="takes the first layer for the embedding; here that is an InputLayer" fails="fine_tune-check-1" says="find it with isinstance"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        model.layers[0].trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="looks for layers whose name begins with embedding" fails="fine_tune-check-1" says="find it with isinstance"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in model.layers:
            if layer.name.startswith("embedding"):
                layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="only the first of several embeddings" fails="fine_tune-check-2" says="only one of them was frozen"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    table = next(layer for layer in model.layers if isinstance(layer, layers.Embedding))
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        table.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="no ValueError for rates in the wrong order" fails="fine_tune-check-2" says="raise ValueError"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="equal rates go through" fails="fine_tune-check-2" says="not lower than the first"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] > learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="an assert instead of a ValueError" fails="fine_tune-check-2" says="raise ValueError"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    assert learning_rates[1] < learning_rates[0]
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="trains a clone of the model, which starts from random numbers" fails="fine_tune-check-1" says="cloned one starts from random"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    model = keras.models.clone_model(model)
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="freezes when the first phase is over, and reports what should have been trained" fails="fine_tune-check-2" says="freeze them in the first phase"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = layer.trainable or free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        for layer in tables:
            layer.trainable = free
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="reports count_params, frozen or not" fails="fine_tune-check-2" says="count while the embeddings are frozen"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": model.count_params(), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="counts once, when both phases are over" fails="fine_tune-check-2" says="count while the embeddings are frozen"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"learning_rate": rate, "loss": history.history["loss"]})
    for phase in phases:
        phase["trainable"] = trainable_count(model)
    return model, phases


# %% exercise="fine_tune" wrong="the numbers of epochs are typed in" fails="fine_tune-check-1 fine_tune-check-2" says="epochs"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), (5, 5), learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="the epochs of both phases in each of them" fails="fine_tune-check-1 fine_tune-check-2" says="epochs"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=sum(epochs), verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="returns the model alone" fails="fine_tune-check-1 fine_tune-check-2" says="return two things"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model


# %% exercise="fine_tune" wrong="returns the two things in the other order" fails="fine_tune-check-1 fine_tune-check-2" says="the first thing to return is the model"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return phases, model


# %% exercise="fine_tune" wrong="the last loss only" fails="fine_tune-check-2" says="one loss for each epoch"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        loss = history.history["loss"][-1]
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": loss})
    return model, phases


# %% exercise="fine_tune" wrong="the dictionary of all losses and metrics in the place of the list" fails="fine_tune-check-2" says="take its list 'loss'"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history})
    return model, phases


# %% exercise="fine_tune" wrong="the optimizer by its name: the learning rates are never used" fails="fine_tune-check-1" says="learning rate"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile("adam", "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="SGD instead of Adam" fails="fine_tune-check-1" says="is it Adam"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="categorical_crossentropy, with the classes turned into one-hot rows" fails="fine_tune-check-1" says="the loss is sparse_categorical_crossentropy"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy")
        history = model.fit(x, np.eye(model.output_shape[-1])[y], epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="mean squared error, with the classes turned into one-hot rows" fails="fine_tune-check-1" says="the loss is sparse_categorical_crossentropy"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "mse")
        history = model.fit(x, np.eye(model.output_shape[-1])[y], epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="thaws with model.trainable = True, which does nothing where that flag was never False" fails="fine_tune-check-1 fine_tune-check-2" says="does nothing if the model has that flag"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = False
        if free:
            model.trainable = True
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="all texts in a single batch" fails="fine_tune-check-2" says="batches of 32"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, batch_size=len(x), epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="keeps a fifth of the texts back for validation" fails="fine_tune-check-1" says="train with all of x and y"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, learning_rates):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, validation_split=0.2, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% exercise="fine_tune" wrong="the second learning rate is a tenth of the first, whatever the caller asks for" fails="fine_tune-check-1" says="second learning rate"
def fine_tune(model, x, y, epochs=(10, 5), learning_rates=(0.01, 0.001)):
    if learning_rates[1] >= learning_rates[0]:
        raise ValueError("the second learning rate is not lower than the first")
    tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
    phases = []
    for free, count, rate in zip((False, True), epochs, (learning_rates[0], learning_rates[0] / 10)):
        for layer in tables:
            layer.trainable = free
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        history = model.fit(x, y, epochs=count, verbose=0)
        phases.append({"trainable": trainable_count(model), "learning_rate": rate, "loss": history.history["loss"]})
    return model, phases


# %% [markdown]
# ## `read_word2vec`


# %% exercise="read_word2vec" right="the whole text at once, split into lines, a list of floats for each"
def read_word2vec(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    count, dim = (int(part) for part in lines[0].split())
    vectors = {}
    for number, line in enumerate(lines[1:], 2):
        parts = line.strip().split(" ")
        if len(parts) - 1 != dim:
            raise ValueError(f"{path}:{number}: {len(parts) - 1} numbers, not {dim}")
        vectors[parts[0]] = np.asarray([float(part) for part in parts[1:]], dtype=np.float32)
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words instead of {count}")
    return vectors


# %% exercise="read_word2vec" right="bytes, decoded line by line, np.fromstring reads the numbers"
def read_word2vec(path):
    vectors = {}
    with open(path, "rb") as file:
        for number, raw in enumerate(file, 1):
            line = raw.decode("utf8").rstrip()
            if number == 1:
                try:
                    count, dim = map(int, line.split(" "))
                except ValueError:
                    raise ValueError("no header") from None
                continue
            word, _, rest = line.partition(" ")
            vector = np.fromstring(rest, dtype="float32", sep=" ")
            if vector.shape != (dim,):
                raise ValueError("line %d: %d numbers" % (number, vector.size))
            vectors[word] = vector
    if count != len(vectors):
        raise ValueError("wrong number of words")
    return vectors


# %% exercise="read_word2vec" right="a class with a while loop over readline"
class Reader:
    def __init__(self, path):
        self.file = open(path, encoding="utf-8")
        self.number = 0

    def next_parts(self):
        self.number += 1
        return self.file.readline().split()

    def read(self):
        with self.file:
            head = self.next_parts()
            if len(head) != 2:
                raise ValueError("header")
            count, dim = int(head[0]), int(head[1])
            found = {}
            while parts := self.next_parts():
                if len(parts) != dim + 1:
                    raise ValueError("Line " + str(self.number) + " is broken")
                found[parts[0]] = np.array(list(map(np.float32, parts[1:])))
        if len(found) < count or len(found) > count:
            raise ValueError("count")
        return found


def read_word2vec(path):
    return Reader(path).read()


# %% exercise="read_word2vec" right="csv.reader with a space between the fields and no quotes"
def read_word2vec(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=" ", quoting=csv.QUOTE_NONE)
        header = next(reader)
        if len(header) == 3 and header[2] == "":
            header.pop()
        count, dim = map(int, header)
        vectors = {}
        for word, *values in reader:
            if values and values[-1] == "":
                values.pop()
            if len(values) != dim:
                raise ValueError(f"line {reader.line_num}: {len(values)} numbers, the header says {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"the header says {count} words")
    return vectors


# %% exercise="read_word2vec" right="regular expressions for the header and for a line"
def read_word2vec(path):
    header, *lines = re.findall(r"(.*)\n?", Path(path).read_text("utf-8"))
    match = re.fullmatch(r"(\d+) (\d+) ?", header)
    if match is None:
        raise ValueError(f"{header!r} is no header")
    count, dim = map(int, match.groups())
    shape = re.compile(rf"([^ ]+)((?: [^ ]+){{{dim}}}) ?")
    vectors = {}
    for number, line in enumerate(lines, start=2):
        if line == "" and number >= len(lines):
            continue
        if not (found := shape.fullmatch(line)):
            raise ValueError(f"line {number} does not have {dim} numbers")
        vectors[found[1]] = np.array(found[2].split(), dtype=np.float32)
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words")
    return vectors


# %% exercise="read_word2vec" right="one table of all words: np.loadtxt for the numbers, the rows of the result for the vectors"
def read_word2vec(path: str | Path) -> dict[str, np.ndarray]:
    words, numbers = [], []
    with open(path, encoding="utf-8") as file:
        header = next(file).split()
        if len(header) != 2:
            raise ValueError("the first line is no header")
        count, dim = map(int, header)
        for i, line in enumerate(file):
            word, _, rest = line.rstrip().partition(" ")
            if rest.count(" ") != dim - 1:
                raise ValueError(f"line {i + 2}: not {dim} numbers")
            words.append(word)
            numbers.append(rest)
    if len(words) != count:
        raise ValueError(f"expected {count} words, found {len(words)}")
    table = np.loadtxt(numbers, dtype=np.float32, ndmin=2)
    return dict(zip(words, table))


# %% exercise="read_word2vec" right="a generator parses the lines, dict() takes its pairs"
def _pairs(lines, dim):
    for number, line in lines:
        word, *values = line.split()
        if len(values) < dim or len(values) > dim:
            raise ValueError(f"in line {number} there should be {dim} numbers, not {len(values)}")
        yield word, np.fromiter(map(float, values), dtype=np.float32, count=dim)


def read_word2vec(path):
    with open(path, mode="r", encoding="utf-8") as file:
        lines = enumerate(file, start=1)
        try:
            count, dim = (int(number) for number in next(lines)[1].split())
        except ValueError as error:
            raise ValueError("line 1 should be: number of words, dimension") from error
        vectors = dict(_pairs(lines, dim))
    print(f"read {len(vectors)} vectors")
    if len(vectors) == count:
        return vectors
    raise ValueError(f"{count} words were promised")


# %% exercise="read_word2vec" right="cuts from the right with rsplit, and zips with a range of the promised length"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        header, *lines = file
    count, dim = map(int, header.split())
    result = {}
    try:
        for number, line in zip(range(2, count + 2), lines, strict=True):
            word, *values = line.rstrip(" \n").rsplit(" ", dim)
            if len(values) != dim or " " in word:
                raise ValueError(f"line {number} breaks the promise of {dim} numbers")
            result[word] = np.float32(values)
    except ValueError as error:
        raise ValueError(f"{path} is not a good word2vec file: {error}") from error
    return result


# %% exercise="read_word2vec" right="fills one big array whose size the header gives; a module constant for the dtype"
import io

NUMBER = np.dtype("f4")


def read_word2vec(path):
    stream = io.StringIO(Path(path).read_bytes().decode("utf-8"))
    sizes = stream.readline().split()
    if [size.isdigit() for size in sizes] != [True, True]:
        raise ValueError("header: two whole numbers")
    table = np.empty([int(size) for size in sizes], dtype=NUMBER)
    place = {}
    for number, line in enumerate(stream, 2):
        parts = line.split()
        if len(parts) != 1 + table.shape[1]:
            raise ValueError(f"{number}: has {len(parts) - 1} numbers")
        if len(place) == len(table):
            raise ValueError("more words than promised")
        table[len(place)] = parts[1:]
        place[parts[0]] = len(place)
    if len(place) < len(table):
        raise ValueError("fewer words than promised")
    return {word: table[i].copy() for word, i in place.items()}


# %% exercise="read_word2vec" wrong="a loop for GloVe files: the header becomes a word" fails="read_word2vec-check-1 read_word2vec-check-3" says="the header became a word"
def read_word2vec(path):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            word, *values = line.split()
            vectors[word] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="skips every line with two parts, wherever it stands" fails="read_word2vec-check-2 read_word2vec-check-3" says="only the first line is a header"
def read_word2vec(path):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            parts = line.split()
            if len(parts) == 2:
                continue
            vectors[parts[0]] = np.array(parts[1:], dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="skips lines whose word is a number, because of the header" fails="read_word2vec-check-2" says="1990 and nan are words here"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if word.isdigit():
                continue
            if len(values) != dim:
                raise ValueError(f"line {number}")
            vectors[word] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="takes the space at the end of a line for one more number" fails="read_word2vec-check-2" says="a line may end with a space"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.rstrip("\n").split(" ")
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="float64, as NumPy has it by default" fails="read_word2vec-check-1" says="float64 takes twice the memory"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array([float(value) for value in values])
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="an array of strings" fails="read_word2vec-check-1 read_word2vec-check-2" says="convert the strings"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values)
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="lists instead of arrays" fails="read_word2vec-check-1" says="a vector is a NumPy array"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = [float(value) for value in values]
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="a vector is a row of a table of its own, shape (1, dim)" fails="read_word2vec-check-1" says="expected shape (2,)"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array([values], dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="does not count the words" fails="read_word2vec-check-3" says="the header says three words"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="stops when it has as many words as promised" fails="read_word2vec-check-3" says="the header says one word, the file has two"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number in range(2, count + 2):
            line = file.readline()
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="looks only for missing words, not for additional ones" fails="read_word2vec-check-3" says="the header says one word, the file has two"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) < count:
        raise ValueError("words are missing")
    return vectors


# %% exercise="read_word2vec" wrong="does not count the numbers of a line" fails="read_word2vec-check-3" says="line 3 has one number"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="takes the first numbers of a line that has too many" fails="read_word2vec-check-3" says="line 2 has three numbers"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) < dim:
                raise ValueError(f"line {number}: too few numbers")
            vectors[word] = np.array(values[:dim], dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="an error without the number of the line" fails="read_word2vec-check-3" says="name the line"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError("a line has too many or too few numbers")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="counts lines from 0, the header is not counted" fails="read_word2vec-check-3" says="the header is line 1"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="counts lines from 1 behind the header" fails="read_word2vec-check-3" says="the header is line 1"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=1):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="latin-1, which reads every file without an error and some words wrongly" fails="read_word2vec-check-1" says="read with another encoding"
def read_word2vec(path):
    with open(path, encoding="latin-1") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="drops the letters that are not ASCII" fails="read_word2vec-check-1" says="read with another encoding"
def read_word2vec(path):
    with open(path, encoding="ascii", errors="ignore") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="ASCII, because the words are English" fails="read_word2vec-check-1" says="the file is UTF-8"
def read_word2vec(path):
    with open(path, encoding="ascii") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="passes over two lines, so the first word is lost" fails="read_word2vec-check-1" says="the first word is missing"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        next(file)
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="asserts for bad files" fails="read_word2vec-check-3" says="assert is for your own mistakes"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            assert len(values) == dim, f"line {number}"
            vectors[word] = np.array(values, dtype="float32")
    assert len(vectors) == count
    return vectors


# %% exercise="read_word2vec" wrong="leaves broken lines out without a word" fails="read_word2vec-check-3" says="raise ValueError"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                continue
            vectors[word] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="passes over the first line without a look at it" fails="read_word2vec-check-3" says="this file has no header"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        next(file)
        dim = None
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            dim = len(values) if dim is None else dim
            if len(values) != dim:
                raise ValueError(f"line {number}")
            vectors[word] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="prints a complaint and returns what it has" fails="read_word2vec-check-3" says="raise ValueError"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                print(f"line {number} is broken")
                return vectors
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        print("wrong number of words")
    return vectors


# %% exercise="read_word2vec" wrong="fills one array again and again, so all words share the last vector" fails="read_word2vec-check-1" says="Make a new one for each line"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        vector = np.empty(dim, dtype="float32")
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vector[:] = values
            vectors[word] = vector
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="makes the words lower case, so that two of them become one" fails="read_word2vec-check-1" says="w7 and W7 differ"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word.lower()] = np.array(values, dtype="float32")
    return vectors


# %% exercise="read_word2vec" wrong="returns words and a matrix instead of a dictionary" fails="read_word2vec-check-1" says="return a dictionary from word to vector"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return list(vectors), np.array(list(vectors.values()))


# %% exercise="read_word2vec" wrong="the dictionary the wrong way round, from id to word and vector" fails="read_word2vec-check-1" says="the first word is missing"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[number - 2] = (word, np.array(values, dtype="float32"))
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" wrong="returns nothing" fails="read_word2vec-check-1" says="is a return missing"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")


# %% exercise="read_word2vec" wrong="typed in for the first check" fails="read_word2vec-check-1 read_word2vec-check-2 read_word2vec-check-3" says="is in the file but not in the dictionary"
def read_word2vec(path):
    small = {"soup": [0.5, -1.5], "tea": [0.25, 2], "na\u00efve": [0.01, 3]}
    return {word: np.array(vector, dtype="float32") for word, vector in small.items()}


# %% exercise="read_word2vec" wrong="only digits count as a header's numbers, any number of them" fails="read_word2vec-check-3" says="a header has two numbers, here are three"
def read_word2vec(path):
    with open(path, encoding="utf-8") as file:
        count, dim, *rest = map(int, file.readline().split())
        vectors = {}
        for number, line in enumerate(file, start=2):
            word, *values = line.split()
            if len(values) != dim:
                raise ValueError(f"line {number}: {len(values)} numbers, not {dim}")
            vectors[word] = np.array(values, dtype="float32")
    if len(vectors) != count:
        raise ValueError(f"{len(vectors)} words, not {count}")
    return vectors


# %% exercise="read_word2vec" equivalent="UTF-8 is what open takes on the machines that grade; elsewhere the visible check says what is missing"
def read_word2vec(path):
    vectors = {}
    with open(path) as file:
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
