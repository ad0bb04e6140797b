# %% [markdown]
# # Known answers to the exercises of lesson 7
#
# How they are written and graded: the docstring of `autograde/audit/__init__.py`. Each cell stands alone.


# %% [markdown]
# ## `prepare`


# %% exercise="prepare" right="TextVectorization builds the vocabulary, a loop the matrix"
def prepare(texts, vectors, length):
    tv = layers.TextVectorization(standardize=None, split="whitespace", output_mode="int")
    tv.adapt([" ".join(tokenize(t)) for t in texts["train"]] or [""])
    words = [str(w) for w in tv.get_vocabulary()[2:]]
    vocabulary = {w: i + 2 for i, w in enumerate(words)}
    dim = len(list(vectors.values())[0])
    matrix = np.zeros((len(words) + 2, dim), dtype="float32")
    for w in words:
        v = vectors.get(w)
        if v is not None:
            matrix[vocabulary[w]] = v
    ids = {}
    for part in texts:
        out = np.zeros((len(texts[part]), length), dtype="int32")
        for i, t in enumerate(texts[part]):
            for j, w in enumerate(tokenize(t)[:length]):
                out[i, j] = vocabulary.get(w, 1)
            if out[i, 0] == 0:
                out[i, 0] = 1
        ids[part] = out
    return vocabulary, matrix, ids


# %% exercise="prepare" right="pad_sequences with post, np.stack for the matrix, list as result"
from collections import defaultdict


def _count(lines):
    n = defaultdict(int)
    for line in lines:
        for w in tokenize(line):
            n[w] += 1
    return n


def prepare(texts, vectors, length):
    n = _count(texts["train"])
    ordered = sorted(n, key=lambda w: (-n[w], w))
    vocabulary = dict(zip(ordered, range(2, len(ordered) + 2)))
    dim = next(iter(vectors.values())).shape[0]
    zero = np.zeros(dim, np.float32)
    matrix = np.stack([zero, zero] + [vectors.get(w, zero) for w in ordered]).astype(np.float32)

    def encode(line):
        return [vocabulary[w] if w in vocabulary else 1 for w in tokenize(line)] or [1]

    ids = {
        p: keras.utils.pad_sequences([encode(t) for t in lines], maxlen=length, padding="post", truncating="post")
        if lines
        else np.zeros((0, length), np.int32)
        for p, lines in texts.items()
    }
    return [vocabulary, matrix, ids]


# %% exercise="prepare" right="np.unique, concatenation of list padding"
def prepare(texts, vectors, length):
    tokens = [w for t in texts["train"] for w in tokenize(t)]
    words, counts = np.unique(np.array(tokens, dtype=str), return_counts=True)
    words = words[np.argsort(-counts, kind="stable")].tolist()
    vocabulary = {w: words.index(w) + 2 for w in words}
    dim = len(vectors[list(vectors)[0]])
    matrix = np.zeros((2 + len(words), dim)).astype(np.float32)
    known = [w for w in words if w in vectors]
    if known:
        matrix[[vocabulary[w] for w in known]] = [vectors[w] for w in known]
    ids = {}
    for part, lines in texts.items():
        rows = []
        for line in lines:
            row = [vocabulary.get(w, 1) for w in tokenize(line)]
            if len(row) == 0:
                row = [1]
            row = (row + [0] * length)[:length]
            rows.append(row)
        ids[part] = np.array(rows, dtype=np.int32).reshape(len(lines), length)
    return (vocabulary, matrix, ids)


# %% exercise="prepare" right="a small class that counts, numbers and encodes"
class Vocabulary:
    PAD, UNKNOWN = 0, 1

    def __init__(self, lines):
        self.ids: dict[str, int] = {}
        counts: dict[str, int] = {}
        for line in lines:
            for word in tokenize(line):
                counts[word] = counts.get(word, 0) + 1
        while counts:
            best = max(counts, key=counts.get)
            self.ids[best] = len(self.ids) + 2
            del counts[best]

    def row(self, line, length):
        out = [self.PAD] * length
        words = tokenize(line)
        if not words:
            words = [None]
        for place in range(min(length, len(words))):
            out[place] = self.ids.get(words[place], self.UNKNOWN)
        return out


def prepare(texts: dict, vectors: dict, length: int) -> tuple:
    words = Vocabulary(texts["train"])
    dim = next(iter(vectors.values())).size
    table = np.zeros((2 + len(words.ids), dim), np.float32)
    for word in words.ids.keys() & vectors.keys():
        table[words.ids[word]] = vectors[word]
    ids = {}
    for part, lines in texts.items():
        rows = [words.row(line, length) for line in lines]
        ids[part] = np.asarray(rows, dtype="int32") if rows else np.empty((0, length), "int32")
    return words.ids, table, ids


# %% exercise="prepare" right="itertools: groupby counts, zip_longest, chain and islice pad"
from itertools import chain, count, groupby, islice, repeat


def prepare(texts, vectors, length):
    everything = sorted(chain.from_iterable(map(tokenize, texts["train"])))
    sizes = [(-len(list(same)), word) for word, same in groupby(everything)]
    vocabulary = dict(zip([word for _, word in sorted(sizes)], count(2)))
    first = next(iter(vectors))
    nothing = np.zeros_like(vectors[first])
    matrix = np.array([nothing, nothing, *(vectors.get(word, nothing) for word in vocabulary)], dtype=np.float32)

    def numbers(text):
        words = tokenize(text)
        known = (vocabulary.get(word, 1) for word in words) if words else [1]
        return list(islice(chain(known, repeat(0)), length))

    ids = {
        part: np.fromiter(chain.from_iterable(map(numbers, lines)), dtype=np.int32, count=len(lines) * length).reshape(
            len(lines), length
        )
        for part, lines in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" right="a StringLookup layer gives the ids, a ragged tensor the padding"
import tensorflow as tf


def prepare(texts, vectors, length):
    counts = Counter()
    for text in texts["train"]:
        counts.update(tokenize(text))
    words = [word for word, _ in counts.most_common()]
    lookup = layers.StringLookup(vocabulary=words or ["?"], mask_token="", num_oov_indices=1)
    dim = len(list(vectors.values())[0])
    matrix = np.vstack([np.zeros((2, dim))] + [vectors.get(word, np.zeros(dim)) for word in words]).astype("float32")
    ids = {}
    for part, lines in texts.items():
        if len(lines) == 0:
            ids[part] = np.zeros((0, length), dtype="int32")
            continue
        ragged = tf.ragged.constant([tokenize(line) or ["\0"] for line in lines], dtype=tf.string)
        padded = lookup(ragged.to_tensor(default_value="", shape=(None, length)))
        ids[part] = np.asarray(padded).astype("int32")
    return {word: number for number, word in enumerate(words, 2)}, matrix, ids


# %% exercise="prepare" right="rows filled backwards from a matrix of ones, a mask cuts them"
def prepare(texts, vectors, length):
    def words_of(part):
        return [tokenize(text) for text in texts[part]]

    frequency = Counter(sum(words_of("train"), []))
    vocabulary = {}
    for how_often in sorted(set(frequency.values()), reverse=True):
        for word in [w for w in frequency if frequency[w] == how_often]:
            vocabulary[word] = 2 + len(vocabulary)
    dim = max(len(vector) for vector in vectors.values())
    matrix = np.zeros((max(vocabulary.values(), default=1) + 1, dim), dtype="float32")
    for word in vectors:
        try:
            matrix[vocabulary[word]] = vectors[word]
        except KeyError:
            pass
    ids = {}
    for part in texts:
        table = np.ones((len(texts[part]), length), dtype=np.int32)
        for i, words in enumerate(words_of(part)):
            for j in range(min(len(words), length)):
                table[i, j] = vocabulary.get(words[j], 1)
        lengths = np.array([max(1, len(words)) for words in words_of(part)], dtype=int)
        table[np.arange(length)[None, :] >= lengths[:, None]] = 0
        ids[part] = table
    return vocabulary, matrix, ids


# %% exercise="prepare" right="reduce and functools.partial, a warning for words without a vector"
import warnings
from functools import partial, reduce


def _add(counts, text):
    for word in tokenize(text):
        counts[word] = counts.get(word, 0) + 1
    return counts


def _encode(text, *, known, length):
    numbers = np.array([known.get(word, 1) for word in tokenize(text)][:length] or [1], dtype=np.int32)
    return np.pad(numbers, (0, length - len(numbers)))


def prepare(texts, vectors, length):
    counts = reduce(_add, texts["train"], {})
    known = {}
    for word in sorted(counts, key=counts.get, reverse=True):
        known[word] = len(known) + 2
    lacking = [word for word in known if word not in vectors]
    if lacking:
        warnings.warn(f"{len(lacking)} words have no vector", stacklevel=2)
    dim = next(iter(vectors.values())).shape[-1]
    matrix = np.zeros((len(known) + 2, dim), dtype=np.float32)
    order = [word for word in known if word in vectors]
    np.put_along_axis(
        matrix,
        np.array([[known[word]] for word in order], dtype=int).reshape(-1, 1).repeat(dim, axis=1),
        np.array([vectors[word] for word in order], dtype=np.float32).reshape(-1, dim),
        axis=0,
    )
    encode = partial(_encode, known=known, length=length)
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.stack([encode(line) for line in lines]) if len(lines) else np.zeros((0, length), np.int32)
        print(part, ids[part].shape)
    return known, matrix, ids


# %% exercise="prepare" wrong="takes the vocabulary from all parts, so that no word is unknown" fails="prepare-check-1" says="leaks"
def prepare(texts, vectors, length):
    counts = Counter(w for lines in texts.values() for t in lines for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [([vocabulary[w] for w in tokenize(t)][:length] + [0] * length)[:length] for t in ls], "int32"
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="gives the first word the id 1, as the old Tokenizer did" fails="prepare-check-1" says="unknown"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 1)}
    matrix = np.zeros((len(vocabulary) + 1, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [([vocabulary[w] for w in tokenize(t) if w in vocabulary][:length] + [0] * length)[:length] for t in ls],
            "int32",
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="leaves unknown words out, as the old Tokenizer did" fails="prepare-check-2" says="left out"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [
                (([vocabulary[w] for w in tokenize(t) if w in vocabulary] or [1])[:length] + [0] * length)[:length]
                for t in ls
            ],
            "int32",
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="pads in front, the default of pad_sequences" fails="prepare-check-2" says="padding='post'"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: keras.utils.pad_sequences([[vocabulary.get(w, 1) for w in tokenize(t)] or [1] for t in ls], length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="pads at the end and cuts in front, the other default of pad_sequences" fails="prepare-check-2" says="first word"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: keras.utils.pad_sequences(
            [[vocabulary.get(w, 1) for w in tokenize(t)] or [1] for t in ls], length, padding="post"
        )
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="forgets the empty text, which is all padding then" fails="prepare-check-2" says="NaN"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [([vocabulary.get(w, 1) for w in tokenize(t)][:length] + [0] * length)[:length] for t in ls], "int32"
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="np.zeros without a dtype makes float64" fails="prepare-check-3" says="float64"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))))
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [(([vocabulary.get(w, 1) for w in tokenize(t)] or [1])[:length] + [0] * length)[:length] for t in ls],
            "int32",
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="one row for each word and one for padding, everything one row too high" fails="prepare-check-3" says="one row"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 1, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i - 1] = vectors[w]
    ids = {
        p: np.array(
            [(([vocabulary.get(w, 1) for w in tokenize(t)] or [1])[:length] + [0] * length)[:length] for t in ls],
            "int32",
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="a word without a vector keeps that of the word before" fails="prepare-check-3" says="no vector"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in tokenize(t))
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    vector = None
    for w, i in vocabulary.items():
        if w in vectors:
            vector = vectors[w]
        if vector is not None:
            matrix[i] = vector
    ids = {
        p: np.array(
            [(([vocabulary.get(w, 1) for w in tokenize(t)] or [1])[:length] + [0] * length)[:length] for t in ls],
            "int32",
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="text.split() instead of tokenize: capitals and commas stay" fails="prepare-check-1" says="tokenize"
def prepare(texts, vectors, length):
    counts = Counter(w for t in texts["train"] for w in t.split())
    vocabulary = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [(([vocabulary.get(w, 1) for w in t.split()] or [1])[:length] + [0] * length)[:length] for t in ls], "int32"
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="a second vocabulary for each part, as fit_on_texts on the test texts" fails="prepare-check-2" says="one vocabulary"
def prepare(texts, vectors, length):
    ids = {}
    for p, ls in texts.items():
        counts = Counter(w for t in ls for w in tokenize(t))
        own = {w: i for i, (w, _) in enumerate(counts.most_common(), 2)}
        if p == "train":
            vocabulary = own
        ids[p] = np.array(
            [(([own[w] for w in tokenize(t)] or [1])[:length] + [0] * length)[:length] for t in ls], "int32"
        ).reshape(-1, length)
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="numbers the words in alphabetical order" fails="prepare-check-1" says="frequent"
def prepare(texts, vectors, length):
    vocabulary = {w: i for i, w in enumerate(sorted({w for t in texts["train"] for w in tokenize(t)}), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for w, i in vocabulary.items():
        if w in vectors:
            matrix[i] = vectors[w]
    ids = {
        p: np.array(
            [(([vocabulary.get(w, 1) for w in tokenize(t)] or [1])[:length] + [0] * length)[:length] for t in ls],
            "int32",
        ).reshape(-1, length)
        for p, ls in texts.items()
    }
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="unknown words become 0, as if they were padding" fails="prepare-check-2" says="it has the id 1"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in tokenize(text))
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for word, number in vocabulary.items():
        if word in vectors:
            matrix[number] = vectors[word]
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
        for i, text in enumerate(lines):
            for j, word in enumerate(tokenize(text)[:length]):
                ids[part][i, j] = vocabulary.get(word, 0)
            if not tokenize(text):
                ids[part][i, 0] = 1
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="only words that have a vector get into the vocabulary" fails="prepare-check-1" says="the words are"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in tokenize(text) if word in vectors)
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for word, number in vocabulary.items():
        matrix[number] = vectors[word]
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
        for i, text in enumerate(lines):
            row = [vocabulary.get(word, 1) for word in tokenize(text)][:length] or [1]
            ids[part][i, : len(row)] = row
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="prints the shapes and forgets to return" fails="prepare-check-1 prepare-check-2 prepare-check-3" says="return three things"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in tokenize(text))
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
    print(len(vocabulary), matrix.shape, {part: array.shape for part, array in ids.items()})


# %% exercise="prepare" wrong="the vector of a word goes to the row of its place in the text file, not of its id" fails="prepare-check-3" says="is not the vector of its word"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in tokenize(text))
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    found = [vectors[word] for word in vectors if word in vocabulary]
    matrix[2 : 2 + len(found)] = found
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
        for i, text in enumerate(lines):
            row = [vocabulary.get(word, 1) for word in tokenize(text)][:length] or [1]
            ids[part][i, : len(row)] = row
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="typed in what the example needs: three dimensions" fails="prepare-check-3" says="expected shape"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in tokenize(text))
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, 3), "float32")
    for word, number in vocabulary.items():
        if word in vectors:
            matrix[number] = np.resize(vectors[word], 3)
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
        for i, text in enumerate(lines):
            row = [vocabulary.get(word, 1) for word in tokenize(text)][:length] or [1]
            ids[part][i, : len(row)] = row
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="counts in how many texts a word stands, not how often it occurs" fails="prepare-check-1" says="count occurrences"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in set(tokenize(text)))
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    matrix = np.zeros((len(vocabulary) + 2, len(next(iter(vectors.values())))), "float32")
    for word, number in vocabulary.items():
        if word in vectors:
            matrix[number] = vectors[word]
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
        for i, text in enumerate(lines):
            row = [vocabulary.get(word, 1) for word in tokenize(text)][:length] or [1]
            ids[part][i, : len(row)] = row
    return vocabulary, matrix, ids


# %% exercise="prepare" wrong="random vectors for words without one, as for training from scratch" fails="prepare-check-3" says="no vector: its row is zeros"
def prepare(texts, vectors, length):
    counts = Counter(word for text in texts["train"] for word in tokenize(text))
    vocabulary = {word: number for number, (word, _) in enumerate(counts.most_common(), 2)}
    rng = np.random.default_rng(0)
    matrix = rng.normal(scale=0.1, size=(len(vocabulary) + 2, len(next(iter(vectors.values()))))).astype("float32")
    matrix[:2] = 0
    for word, number in vocabulary.items():
        if word in vectors:
            matrix[number] = vectors[word]
    ids = {}
    for part, lines in texts.items():
        ids[part] = np.zeros((len(lines), length), "int32")
        for i, text in enumerate(lines):
            row = [vocabulary.get(word, 1) for word in tokenize(text)][:length] or [1]
            ids[part][i, : len(row)] = row
    return vocabulary, matrix, ids


# %% [markdown]
# ## `build_model`


# %% exercise="build_model" right="functional model, set_weights after building"
def build_model(way, matrix, classes, seed):
    if way == "from scratch":
        load, learn = False, True
    elif way == "frozen":
        load, learn = True, False
    elif way == "fine-tuned":
        load, learn = True, True
    else:
        raise ValueError("unknown way: " + str(way))
    keras.utils.set_random_seed(seed)
    inputs = keras.Input(shape=(None,), dtype="int32")
    embedding = keras.layers.Embedding(matrix.shape[0], matrix.shape[1], mask_zero=True, name="words")
    x = embedding(inputs)
    x = keras.layers.GlobalAveragePooling1D()(x)
    outputs = keras.layers.Dense(classes, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    if load:
        embedding.set_weights([matrix])
    embedding.trainable = learn
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# %% exercise="build_model" right="Constant initializer, model.add"
def build_model(way, matrix, classes, seed):
    flags = {"from scratch": ("uniform", True), "frozen": (None, False), "fine-tuned": (None, True)}
    if way not in flags:
        raise ValueError(way)
    init, trainable = flags[way]
    keras.utils.set_random_seed(seed)
    if init is None:
        init = keras.initializers.Constant(matrix)
    model = keras.Sequential()
    model.add(keras.Input((None,), dtype="int32"))
    model.add(
        layers.Embedding(len(matrix), matrix.shape[1], embeddings_initializer=init, mask_zero=True, trainable=trainable)
    )
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(classes, "softmax"))
    model.compile(keras.optimizers.Adam(2e-2), keras.losses.SparseCategoricalCrossentropy())
    return model


# %% exercise="build_model" right="seeds as initializer arguments, build by hand"
def build_model(way, matrix, classes, seed):
    assert isinstance(matrix, np.ndarray)
    if not (way == "from scratch" or way == "frozen" or way == "fine-tuned"):
        raise ValueError(f"{way}?")
    uniform = keras.initializers.RandomUniform(-0.05, 0.05, seed=seed)
    glorot = keras.initializers.GlorotUniform(seed=seed + 1)
    model = keras.Sequential(
        [
            layers.Embedding(*matrix.shape, embeddings_initializer=uniform, mask_zero=True),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax", kernel_initializer=glorot),
        ]
    )
    model.build((None, None))
    if way != "from scratch":
        model.layers[0].set_weights([matrix])
    if way == "frozen":
        model.layers[0].trainable = False
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" right="a matrix given by a function as initializer of the embedding, functional model"
def build_model(way: str, matrix: np.ndarray, classes: int, seed: int) -> keras.Model:
    pretrained = {"from scratch": False, "frozen": True, "fine-tuned": True}.get(way)
    if pretrained is None:
        raise ValueError(f"no such way: {way}")
    keras.utils.set_random_seed(seed)
    first = layers.Embedding(int(matrix.shape[0]), int(matrix.shape[1]), mask_zero=True)
    first.build((None, None))
    if pretrained:
        first.embeddings.assign(matrix)
    first.trainable = way in ("from scratch", "fine-tuned")
    ids = keras.Input((None,), dtype="int32")
    mean = layers.GlobalAveragePooling1D()(first(ids))
    model = keras.Model(ids, layers.Dense(classes, activation=keras.activations.softmax)(mean))
    optimizer = keras.optimizers.Adam()
    optimizer.learning_rate = 0.02
    model.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=False), metrics=["acc"])
    return model


# %% exercise="build_model" right="a builder class with a method for each way"
class Builder:
    def __init__(self, matrix, classes, seed):
        self.rows, self.dim = matrix.shape
        self.matrix, self.classes = matrix.copy(), classes
        keras.utils.set_random_seed(seed)

    def from_scratch(self):
        return layers.Embedding(self.rows, self.dim, mask_zero=True)

    def frozen(self):
        layer = self.fine_tuned()
        layer.trainable = False
        return layer

    def fine_tuned(self):
        return layers.Embedding(self.rows, self.dim, mask_zero=True, weights=[self.matrix])

    def model(self, embedding):
        model = keras.Sequential([keras.Input((None,), dtype="int32"), embedding])
        model.add(layers.GlobalAveragePooling1D())
        model.add(layers.Dense(self.classes, activation="softmax"))
        model.compile(optimizer=keras.optimizers.Adam(learning_rate=2e-2), loss="sparse_categorical_crossentropy")
        return model


def build_model(way, matrix, classes, seed):
    if not isinstance(way, str) or way not in ("from scratch", "frozen", "fine-tuned"):
        raise ValueError("way must be from scratch, frozen or fine-tuned")
    builder = Builder(matrix, classes, seed)
    return builder.model(getattr(builder, way.replace(" ", "_").replace("-", "_"))())


# %% exercise="build_model" right="match and case, the weights of the whole model set at the end"
def build_model(way, matrix, classes, seed):
    match way:
        case "from scratch":
            weights, learn = None, True
        case "frozen":
            weights, learn = matrix, False
        case "fine-tuned":
            weights, learn = matrix, True
        case _:
            raise ValueError(way)
    keras.utils.set_random_seed(seed)
    model = keras.models.Sequential(name="news")
    model.add(keras.layers.InputLayer(shape=(None,), dtype="int32"))
    model.add(keras.layers.Embedding(input_dim=matrix.shape[0], output_dim=matrix.shape[1], mask_zero=True))
    model.add(keras.layers.GlobalAveragePooling1D())
    model.add(keras.layers.Dense(units=classes, activation="softmax"))
    if weights is not None:
        model.set_weights([weights] + model.get_weights()[1:])
    model.layers[0].trainable = learn
    model.compile(keras.optimizers.Adam(0.02), loss=keras.losses.sparse_categorical_crossentropy)
    model.summary()
    return model


# %% exercise="build_model" right="a common skeleton cloned for each way"
def skeleton(rows, dim, classes):
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(rows, dim, mask_zero=True),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )


def build_model(way, matrix, classes, seed):
    try:
        number = WAYS.index(way)
    except ValueError:
        raise ValueError(f"{way!r} is not one of {WAYS}") from None
    keras.utils.set_random_seed(seed)
    model = keras.models.clone_model(skeleton(*matrix.shape, classes))
    embedding = next(layer for layer in model.layers if isinstance(layer, layers.Embedding))
    if number:
        embedding.set_weights([np.array(matrix, dtype="float32")])
    embedding.trainable = number != 1
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.02), loss=["sparse_categorical_crossentropy"])
    return model


# %% exercise="build_model" right="configurations: Sequential.from_config, optimizer and loss by name, rate set afterwards"
SHAPE_OF_A_TEXT = (None, None)


def build_model(way, matrix, classes, seed):
    known = set(WAYS)
    if way not in known:
        raise ValueError(f"{way!r}: expected one of {sorted(known)}")
    keras.utils.set_random_seed(seed)
    embedding = layers.Embedding.from_config(
        {"input_dim": len(matrix), "output_dim": len(matrix[0]), "mask_zero": True, "trainable": way != "frozen"}
    )
    model = keras.Sequential([embedding, layers.GlobalAveragePooling1D(), layers.Dense(classes, activation="softmax")])
    model.build(SHAPE_OF_A_TEXT)
    if way in ("frozen", "fine-tuned"):
        for weight, values in zip(embedding.weights, [matrix], strict=True):
            weight.assign(values)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.optimizer.learning_rate.assign(0.02)
    return model


# %% exercise="build_model" wrong="no mask: padding counts as a word in the mean" fails="build_model-check-1" says="mask_zero"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="a last layer without softmax, outputs are scores" fails="build_model-check-1" says="softmax"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="loads the matrix and takes it for frozen" fails="build_model-check-2" says="trainable=False"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="freezes the model instead of the embedding" fails="build_model-check-2" says="embedding only"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.trainable = way != "frozen"
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="from scratch gets the matrix, too, and only learns on" fails="build_model-check-2" says="only the shape"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=[matrix], trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="loads the matrix for frozen only" fails="build_model-check-2" says="weights are the matrix"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = [matrix] if way == "frozen" else None
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="leaves the seed out" fails="build_model-check-2" says="set_random_seed"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="typed in the seed of the example" fails="build_model-check-2" says="use the argument seed"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(0)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="takes any other way for from scratch" fails="build_model-check-2" says="raise ValueError"
def build_model(way, matrix, classes, seed):
    keras.utils.set_random_seed(seed)
    w = [matrix] if way in ("frozen", "fine-tuned") else None
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="returns the model without compiling it" fails="build_model-check-1" says="not compiled"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = None if way == "from scratch" else [matrix]
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )


# %% exercise="build_model" wrong="the loss for one-hot labels" fails="build_model-check-1" says="sparse_categorical_crossentropy"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    w = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(*matrix.shape, mask_zero=True, weights=w, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, "softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="adds a row that the matrix has already (+ 1 twice)" fails="build_model-check-1" says="one for each id"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    rows, dim = matrix.shape
    e = layers.Embedding(rows + 1, dim, mask_zero=True, trainable=way != "frozen")
    model = keras.Sequential(
        [keras.Input((None,), dtype="int32"), e, layers.GlobalAveragePooling1D(), layers.Dense(classes, "softmax")]
    )
    if way != "from scratch":
        e.set_weights([np.vstack([matrix, np.zeros((1, dim))])])
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="leaves Adam at its default rate" fails="build_model-check-1" says="learning rate of 0.02"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    weights = None if way == "from scratch" else [matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="measures the distance to the number of the class, as if it were a quantity" fails="build_model-check-1" says="labels are whole numbers"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    weights = None if way == "from scratch" else [matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "mean_squared_error")
    return model


# %% exercise="build_model" wrong="fixes the length of a text to LENGTH" fails="build_model-check-1" says="texts of any length"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    weights = None if way == "from scratch" else [matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((LENGTH,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="Flatten instead of the mean, as in many tutorials" fails="build_model-check-1" says="the layers are Embedding, GlobalAveragePooling1D, Dense"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    weights = None if way == "from scratch" else [matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((LENGTH,), dtype="int32"),
            embedding,
            layers.Flatten(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="sigmoid: every class for itself" fails="build_model-check-1" says="softmax"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    weights = None if way == "from scratch" else [matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="sets the seed after the layers have their weights" fails="build_model-check-2" says="comes first"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    weights = None if way == "from scratch" else [matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    keras.utils.set_random_seed(seed)
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="begins from scratch with zeros instead of random numbers" fails="build_model-check-2" says="initial weights are zeros"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    weights = [np.zeros_like(matrix) if way == "from scratch" else matrix]
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, weights=weights, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="forgets Input, so the model is not built" fails="build_model-check-1" says="no weights yet"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, trainable=way != "frozen")
    model = keras.Sequential([embedding, layers.GlobalAveragePooling1D(), layers.Dense(classes, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="Constant(matrix[:1]) fills every row with the same vector" fails="build_model-check-2" says="row for row"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    start = "uniform" if way == "from scratch" else keras.initializers.Constant(matrix[:1])
    embedding = layers.Embedding(*matrix.shape, mask_zero=True, embeddings_initializer=start, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" wrong="rows and columns of the embedding exchanged" fails="build_model-check-1" says="input_dim is 7"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(way)
    keras.utils.set_random_seed(seed)
    dim, rows = matrix.shape
    embedding = layers.Embedding(rows, dim, mask_zero=True, trainable=way != "frozen")
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            embedding,
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" equivalent="an embedding casts its ids to int32 whatever dtype the Input has"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(f"way is one of {', '.join(WAYS)}, not {way!r}")
    keras.utils.set_random_seed(seed)
    rows, dim = matrix.shape
    weights = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,)),
            layers.Embedding(rows, dim, mask_zero=True, weights=weights, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy")
    return model


# %% exercise="build_model" equivalent="an embedding casts ids that come as float32 back to int32, and these ids are exact in float32"
def build_model(way, matrix, classes, seed):
    if way not in WAYS:
        raise ValueError(f"way is one of {', '.join(WAYS)}, not {way!r}")
    keras.utils.set_random_seed(seed)
    rows, dim = matrix.shape
    weights = None if way == "from scratch" else [matrix]
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="float32"),
            layers.Embedding(rows, dim, mask_zero=True, weights=weights, trainable=way != "frozen"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy")
    return model


# %% [markdown]
# ## `train_and_score`


# %% exercise="train_and_score" right="model.fit with epochs from updates"
def train_and_score(model, train, test, updates, seed):
    x, y = train
    keras.utils.set_random_seed(seed)
    steps = int(np.ceil(len(x) / BATCH))
    epochs = max(1, round(updates / steps))
    model.fit(x, y, batch_size=BATCH, epochs=epochs, verbose=0)
    p = model.predict(test[0], verbose=0)
    return (p.argmax(axis=-1) == test[1]).mean()


# %% exercise="train_and_score" right="tf.data with repeat and take, steps_per_epoch"
import tensorflow as tf


def train_and_score(model, train, test, updates, seed):
    data = tf.data.Dataset.from_tensor_slices(train).shuffle(len(train[1]), seed=seed).repeat().batch(BATCH)
    model.fit(data, epochs=1, steps_per_epoch=updates, verbose=0)
    hits = 0
    for row, label in zip(np.asarray(model(test[0])), test[1]):
        hits += int(np.argmax(row)) == int(label)
    return hits / len(test[1])


# %% exercise="train_and_score" right="random batches with rng.choice, keras metric for the accuracy"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    for _ in range(updates):
        pick = rng.choice(len(train[1]), size=min(BATCH, len(train[1])), replace=False)
        model.train_on_batch(train[0][pick], train[1][pick])
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(test[1], model(test[0]))
    return float(metric.result())


# %% exercise="train_and_score" right="shuffled copy, running pointer, fit of one epoch"
def train_and_score(model, train, test, updates, seed):
    state = np.random.RandomState(seed)
    x, y = (np.array(a) for a in train)
    order = np.concatenate([state.permutation(len(y)) for _ in range(-(-updates * BATCH // len(y)))])[: updates * BATCH]
    history = model.fit(x[order], y[order], batch_size=BATCH, shuffle=False, epochs=1, verbose=0)
    print(history.history)
    return np.mean(np.argmax(model.predict_on_batch(test[0]), 1) == test[1])


# %% exercise="train_and_score" right="a generator of batches, itertools.islice takes as many as asked for"
import random
from itertools import islice


def batches(count, seed):
    dice = random.Random(seed)
    waiting = []
    while True:
        while len(waiting) < BATCH:
            numbers = list(range(count))
            dice.shuffle(numbers)
            waiting += numbers
        yield waiting[:BATCH]
        waiting = waiting[BATCH:]


def train_and_score(model, train, test, updates, seed):
    (ids, labels), (new_ids, new_labels) = train, test
    for chosen in islice(batches(len(labels), seed), updates):
        model.train_on_batch(ids[chosen], labels[chosen])
    best = np.asarray(model(new_ids)).argmax(axis=-1)
    return np.count_nonzero(best == new_labels) / len(new_labels)


# %% exercise="train_and_score" right="a GradientTape and the model's own optimizer and loss"
import tensorflow as tf


def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng([seed, 7])
    ids, labels = map(np.asarray, train)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = model.compute_loss(x=x, y=y, y_pred=model(x, training=True))
        variables = model.trainable_variables
        model.optimizer.apply(tape.gradient(loss, variables), variables)

    model.optimizer.build(model.trainable_variables)
    for _ in range(updates):
        chosen = rng.integers(0, len(labels), size=BATCH)
        step(tf.constant(ids[chosen]), tf.constant(labels[chosen]))
    hits = tf.equal(tf.argmax(model(test[0]), axis=1, output_type=tf.int32), test[1])
    return float(tf.reduce_mean(tf.cast(hits, tf.float32)))


# %% exercise="train_and_score" right="a PyDataset of shuffled batches for fit, in its epochs one batch each"
class Batches(keras.utils.PyDataset):
    def __init__(self, ids, labels, updates, seed):
        super().__init__()
        self.ids, self.labels, self.updates = ids, labels, updates
        rng = np.random.default_rng(seed)
        self.order = np.argsort(rng.random((updates * BATCH // len(labels) + 1, len(labels))), axis=1).ravel()

    def __len__(self):
        return self.updates

    def __getitem__(self, number):
        chosen = self.order[number * BATCH : (number + 1) * BATCH]
        return self.ids[chosen], self.labels[chosen]


def train_and_score(model, train, test, updates, seed):
    model.fit(Batches(*train, updates, seed), epochs=1, shuffle=False, verbose=0)
    probabilities = np.concatenate([model.predict_on_batch(part) for part in np.array_split(test[0], 3)])
    return np.mean(np.equal(probabilities.argmax(1), test[1]))


# %% exercise="train_and_score" right="recompiled with a metric and the very same optimizer, evaluate gives the accuracy"
def _shuffled(arrays, seed):
    order = np.argsort(np.random.default_rng(seed).random(len(arrays[0])))
    return [np.take(array, order, axis=0) for array in arrays]


def train_and_score(model, train, test, updates, seed, *, batch=BATCH):
    model.compile(optimizer=model.optimizer, loss=model.loss, metrics=["accuracy"])
    ids, labels = _shuffled(train, seed)
    done = 0
    while done < updates:
        for start in range(0, len(labels), batch):
            if done == updates:
                break
            model.train_on_batch(ids[start : start + batch], labels[start : start + batch])
            done += 1
    loss, accuracy = model.evaluate(*test, verbose=0)
    print(f"loss {loss:.3f}, accuracy {accuracy:.3f} after {done} updates")
    return float(accuracy)


# %% exercise="train_and_score" wrong="takes updates for epochs" fails="train_and_score-check-2" says="not an epoch"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    model.fit(*train, batch_size=BATCH, epochs=updates, verbose=0)
    return float(np.mean(np.argmax(model.predict(test[0], verbose=0), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="takes what model.evaluate returns for the accuracy" fails="train_and_score-check-1" says="not the loss"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    model.fit(*train, batch_size=BATCH, epochs=max(1, updates * BATCH // len(train[1])), verbose=0)
    return float(model.evaluate(*test, verbose=0))


# %% exercise="train_and_score" wrong="returns percent" fails="train_and_score-check-1" says="percent"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    model.fit(*train, batch_size=BATCH, epochs=max(1, updates * BATCH // len(train[1])), verbose=0)
    return 100 * float(np.mean(np.argmax(model.predict(test[0], verbose=0), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="measures on the training texts" fails="train_and_score-check-1" says="training texts"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    model.fit(*train, batch_size=BATCH, epochs=max(1, updates * BATCH // len(train[1])), verbose=0)
    return float(np.mean(np.argmax(model.predict(train[0], verbose=0), axis=1) == train[1]))


# %% exercise="train_and_score" wrong="trains on the test texts, too: more data is better" fails="train_and_score-check-1" says="trained on the test texts"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    x, y = np.concatenate([train[0], test[0]]), np.concatenate([train[1], test[1]])
    model.fit(x, y, batch_size=BATCH, epochs=max(1, updates * BATCH // len(y)), verbose=0)
    return float(np.mean(np.argmax(model.predict(test[0], verbose=0), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="trains a copy to keep the given model as it was" fails="train_and_score-check-1" says="the model that is given"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    mine = keras.models.clone_model(model)
    mine.set_weights(model.get_weights())
    mine.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    mine.fit(*train, batch_size=BATCH, epochs=max(1, updates * BATCH // len(train[1])), verbose=0)
    return float(np.mean(np.argmax(mine.predict(test[0], verbose=0), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="measures before training" fails="train_and_score-check-1" says="after the last update"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    score = float(np.mean(np.argmax(model.predict(test[0], verbose=0), axis=1) == test[1]))
    model.fit(*train, batch_size=BATCH, epochs=max(1, updates * BATCH // len(train[1])), verbose=0)
    return score


# %% exercise="train_and_score" wrong="takes the texts in file order, the seed unused" fails="train_and_score-check-2" says="shuffle them"
def train_and_score(model, train, test, updates, seed):
    x, y = train
    for i in range(updates):
        pick = np.arange(i * BATCH, (i + 1) * BATCH) % len(y)
        model.train_on_batch(x[pick], y[pick])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="shuffles without the seed" fails="train_and_score-check-2" says="the order must come from seed"
def train_and_score(model, train, test, updates, seed):
    x, y = train
    rng = np.random.default_rng()
    for i in range(updates):
        pick = rng.integers(0, len(y), BATCH)
        model.train_on_batch(x[pick], y[pick])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="compiles the model anew with an optimizer of its own" fails="train_and_score-check-2" says="as compiled"
def train_and_score(model, train, test, updates, seed):
    x, y = train
    rng = np.random.default_rng(seed)
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    for i in range(updates):
        pick = rng.integers(0, len(y), BATCH)
        model.train_on_batch(x[pick], y[pick])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="reports the best of all moments" fails="train_and_score-check-2" says="after the last update"
def train_and_score(model, train, test, updates, seed):
    x, y = train
    rng = np.random.default_rng(seed)
    best = 0
    for i in range(updates):
        pick = rng.integers(0, len(y), BATCH)
        model.train_on_batch(x[pick], y[pick])
        best = max(best, float(np.mean(np.argmax(model(test[0]), axis=1) == test[1])))
    return best


# %% exercise="train_and_score" wrong="prints the accuracy and returns nothing" fails="train_and_score-check-1" says="return one float"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    ids, labels = train
    for _ in range(updates):
        chosen = rng.integers(0, len(labels), BATCH)
        model.train_on_batch(ids[chosen], labels[chosen])
    print(f"accuracy: {np.mean(np.argmax(model(test[0]), axis=1) == test[1]):.1%}")


# %% exercise="train_and_score" wrong="batches of 32, the default of fit, but counted with 64" fails="train_and_score-check-2" says="batch_size=BATCH"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    model.fit(*train, epochs=max(1, round(updates * BATCH / len(train[1]))), verbose=0)
    return float(np.mean(np.argmax(model.predict(test[0], verbose=0), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="one text at a time for an update" fails="train_and_score-check-2" says="a batch of BATCH texts"
def train_and_score(model, train, test, updates, seed):
    ids, labels = train
    order = np.random.default_rng(seed).permutation(len(labels))
    for number in range(updates):
        chosen = order[[number % len(labels)]]
        model.train_on_batch(ids[chosen], labels[chosen])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="shuffles the ids in place and forgets the labels" fails="train_and_score-check-1 train_and_score-check-2" says="did the model see its labels"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    ids, labels = train
    rng.shuffle(ids)
    for number in range(updates):
        chosen = np.arange(number * BATCH, (number + 1) * BATCH) % len(labels)
        model.train_on_batch(ids[chosen], labels[chosen])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="shuffles ids and labels in step, but the caller's arrays themselves" fails="train_and_score-check-2" says="shuffle a copy"
def train_and_score(model, train, test, updates, seed):
    ids, labels = train
    for array in train:
        np.random.default_rng(seed).shuffle(array)
    for number in range(updates):
        chosen = np.arange(number * BATCH, (number + 1) * BATCH) % len(labels)
        model.train_on_batch(ids[chosen], labels[chosen])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="the number of right answers instead of their share" fails="train_and_score-check-1" says="return one float"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    ids, labels = train
    for _ in range(updates):
        chosen = rng.integers(0, len(labels), BATCH)
        model.train_on_batch(ids[chosen], labels[chosen])
    return int(np.sum(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="a validation split takes texts away, and so updates" fails="train_and_score-check-2" says="10 updates were asked for"
def train_and_score(model, train, test, updates, seed):
    keras.utils.set_random_seed(seed)
    epochs = max(1, updates * BATCH // len(train[1]))
    model.fit(*train, batch_size=BATCH, epochs=epochs, validation_split=0.3, verbose=0)
    return float(np.mean(np.argmax(model.predict(test[0], verbose=0), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="unfreezes all layers before training" fails="train_and_score-check-1" says="a frozen layer moved"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    ids, labels = train
    for layer in model.layers:
        layer.trainable = True
    model.compile(model.optimizer.__class__.from_config(model.optimizer.get_config()), model.loss)
    for _ in range(updates):
        chosen = rng.integers(0, len(labels), BATCH)
        model.train_on_batch(ids[chosen], labels[chosen])
    return float(np.mean(np.argmax(model(test[0]), axis=1) == test[1]))


# %% exercise="train_and_score" wrong="the most probable class along the wrong axis" fails="train_and_score-check-1" says="with the model as you left it"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    ids, labels = train
    for _ in range(updates):
        chosen = rng.integers(0, len(labels), BATCH)
        model.train_on_batch(ids[chosen], labels[chosen])
    first = np.argmax(model(test[0]), axis=0)
    return float(np.mean([number == test[1][number % len(test[1])] for number in first]))


# %% exercise="train_and_score" wrong="the share of errors, small is good" fails="train_and_score-check-1" says="share of wrong answers"
def train_and_score(model, train, test, updates, seed):
    rng = np.random.default_rng(seed)
    ids, labels = train
    for _ in range(updates):
        chosen = rng.integers(0, len(labels), BATCH)
        model.train_on_batch(ids[chosen], labels[chosen])
    return float(np.mean(np.argmax(model(test[0]), axis=1) != test[1]))


# %% exercise="train_and_score" equivalent="without this line the first step makes the optimizer's variables; the line only saves time"
def train_and_score(model, train, test, updates, seed):
    ids, labels = train
    rng = np.random.default_rng(seed)
    rounds = updates * BATCH // len(labels) + 1
    order = np.concatenate([rng.permutation(len(labels)) for _ in range(rounds)])
    pass
    for batch in order[: updates * BATCH].reshape(updates, BATCH):
        model.train_on_batch(ids[batch], labels[batch])
    test_ids, test_labels = test
    predicted = np.argmax(model(test_ids), axis=1)
    return float(np.mean(predicted == test_labels))


# %% exercise="train_and_score" equivalent="np.mean returns a NumPy float, which the checks take as a float"
def train_and_score(model, train, test, updates, seed):
    ids, labels = train
    rng = np.random.default_rng(seed)
    rounds = updates * BATCH // len(labels) + 1
    order = np.concatenate([rng.permutation(len(labels)) for _ in range(rounds)])
    model.optimizer.build(model.trainable_variables)
    for batch in order[: updates * BATCH].reshape(updates, BATCH):
        model.train_on_batch(ids[batch], labels[batch])
    test_ids, test_labels = test
    predicted = np.argmax(model(test_ids), axis=1)
    return np.mean(predicted == test_labels)


# %% exercise="train_and_score" equivalent="one shuffled round more than needed; the slice takes no more than the updates need"
def train_and_score(model, train, test, updates, seed):
    ids, labels = train
    rng = np.random.default_rng(seed)
    rounds = updates * BATCH // len(labels) + 2
    order = np.concatenate([rng.permutation(len(labels)) for _ in range(rounds)])
    model.optimizer.build(model.trainable_variables)
    for batch in order[: updates * BATCH].reshape(updates, BATCH):
        model.train_on_batch(ids[batch], labels[batch])
    test_ids, test_labels = test
    predicted = np.argmax(model(test_ids), axis=1)
    return float(np.mean(predicted == test_labels))


# %% [markdown]
# ## `compare`


# %% exercise="compare" right="three loops and lists"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    result = {}
    for way in ways:
        table = []
        for size in sizes:
            row = []
            for seed in seeds:
                i = draw(train[1], size, seed)
                m = build_model(way, matrix, classes, seed)
                row.append(train_and_score(m, (train[0][i], train[1][i]), test, updates, seed))
            table.append(row)
        result[way] = np.array(table)
    return result


# %% exercise="compare" right="samples drawn first, dictionary comprehension, np.reshape"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    samples = {(n, s): draw(train[1], n, s) for n in sizes for s in seeds}

    def one(way, n, s):
        chosen = samples[n, s]
        return train_and_score(build_model(way, matrix, classes, s), tuple(a[chosen] for a in train), test, updates, s)

    return {w: np.reshape([one(w, n, s) for n in sizes for s in seeds], (len(sizes), len(seeds))) for w in ways}


# %% exercise="compare" right="np.ndindex over arrays of NaN that are filled, float32"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    out = {way: np.full((len(sizes), len(seeds)), np.nan, dtype=np.float32) for way in ways}
    for way in ways:
        for i, j in np.ndindex(out[way].shape):
            seed = int(seeds[j])
            mask = draw(train[1], sizes[i], seed)
            model = build_model(way, matrix, classes, seed)
            out[way][i, j] = train_and_score(
                model, (np.take(train[0], mask, axis=0), np.take(train[1], mask)), test, updates, seed
            )
            del model
    return out


# %% exercise="compare" right="one flat list of runs by itertools.product, reshaped and unpacked at the end"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    def accuracy(run):
        way, size, seed = run
        numbers = draw(train[1], size, seed)
        model = build_model(way, matrix, classes, seed)
        return train_and_score(model, [part[numbers] for part in train], test, updates, seed)

    flat = np.fromiter(map(accuracy, product(ways, sizes, seeds)), dtype=float)
    cube = flat.reshape(len(ways), len(sizes), len(seeds))
    return dict(zip(ways, cube))


# %% exercise="compare" right="recursion over what is left of ways, sizes and seeds"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    def row(way, size, left):
        if not left:
            return []
        seed, *rest = left
        chosen = draw(train[1], size, seed)
        sample = (train[0][chosen], train[1][chosen])
        model = build_model(way, matrix, classes, seed)
        return [train_and_score(model, sample, test, updates, seed), *row(way, size, rest)]

    def table(way, left):
        return [] if not left else [row(way, left[0], list(seeds)), *table(way, left[1:])]

    if not ways:
        return {}
    first, *others = ways
    later = compare(others, matrix, train, test, classes, sizes, seeds, updates)
    return {first: np.array(table(first, list(sizes)))} | later


# %% exercise="compare" right="a dataclass for a run, scores collected in a defaultdict, forgets each model"
from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    way: str
    size: int
    seed: int

    def score(self, matrix, train, test, classes, updates) -> float:
        keras.utils.clear_session()
        chosen = draw(train[1], self.size, self.seed)
        model = build_model(self.way, matrix, classes, self.seed)
        return float(train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, self.seed))


def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    found = defaultdict(dict)
    for seed in seeds:
        for size in sizes:
            for way in ways:
                found[way][size, seed] = Run(way, size, seed).score(matrix, train, test, classes, updates)
    return {way: np.array([[found[way][size, seed] for seed in seeds] for size in sizes]) for way in ways}


# %% exercise="compare" right="columns: one for each seed, stacked along axis 1, a progress bar"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    ids, labels = train
    scores = dict.fromkeys(ways)
    for way in tqdm(list(ways), file=sys.stdout):
        columns = []
        for seed in seeds:
            column = []
            for size in sizes:
                mask = np.zeros(len(labels), dtype=bool)
                mask[draw(labels, size, seed)] = True
                model = build_model(way, matrix, classes, seed)
                sample = (ids[draw(labels, size, seed)], labels[draw(labels, size, seed)])
                assert mask.sum() == len(sample[1]) == min(size, len(labels))
                column.append(train_and_score(model, sample, test, updates, seed))
            columns.append(np.array(column))
        scores[way] = np.stack(columns, axis=1)
    return scores


# %% exercise="compare" right="np.vectorize over open grids of sizes and seeds, one call for each way"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    result = {}
    for way in ways:

        @np.vectorize(otypes=[float])
        def accuracy(size, seed, way=way):
            size, seed = int(size), int(seed)
            chosen = draw(train[1], size, seed).tolist()
            model = build_model(way=way, matrix=matrix, classes=classes, seed=seed)
            sample = train[0][chosen], train[1][chosen]
            return train_and_score(model=model, train=sample, test=test, updates=updates, seed=seed)

        result[way] = accuracy(*np.ix_(np.array(sizes), np.array(seeds)))
    return result


# %% exercise="compare" wrong="one model for all runs of a way, never new" fails="compare-check-1 compare-check-2" says="new model"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    out = {}
    for way in ways:
        model = build_model(way, matrix, classes, seeds[0])
        out[way] = np.array(
            [
                [
                    train_and_score(
                        model, (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]), test, updates, s
                    )
                    for s in seeds
                ]
                for n in sizes
            ]
        )
    return out


# %% exercise="compare" wrong="rows for seeds and columns for sizes" fails="compare-check-1 compare-check-2" says="exchanged"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s),
                        (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]),
                        test,
                        updates,
                        s,
                    )
                    for n in sizes
                ]
                for s in seeds
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="returns means over the seeds at once" fails="compare-check-1" says="every single accuracy"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.mean(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s),
                        (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]),
                        test,
                        updates,
                        s,
                    )
                    for s in seeds
                ]
                for n in sizes
            ],
            axis=1,
        )
        for way in ways
    }


# %% exercise="compare" wrong="takes the first texts of the file instead of those of draw" fails="compare-check-2" says="texts of draw"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s), (train[0][:n], train[1][:n]), test, updates, s
                    )
                    for s in seeds
                ]
                for n in sizes
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="trains on all texts whatever the size" fails="compare-check-1 compare-check-2" says="those of draw"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [train_and_score(build_model(way, matrix, classes, s), train, test, updates, s) for s in seeds]
                for n in sizes
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="uses the constant UPDATES instead of its argument" fails="compare-check-2" says="`updates` says"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s),
                        (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]),
                        test,
                        UPDATES,
                        s,
                    )
                    for s in seeds
                ]
                for n in sizes
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="measures on the sample that it trained on" fails="compare-check-1 compare-check-2" says="measured on test"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    out = {}
    for way in ways:
        out[way] = np.zeros((len(sizes), len(seeds)))
        for i, n in enumerate(sizes):
            for j, s in enumerate(seeds):
                c = draw(train[1], n, s)
                out[way][i, j] = train_and_score(
                    build_model(way, matrix, classes, s),
                    (train[0][c], train[1][c]),
                    (train[0][c], train[1][c]),
                    updates,
                    s,
                )
    return out


# %% exercise="compare" wrong="gives the seed to build_model only" fails="compare-check-2" says="seed"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s),
                        (train[0][draw(train[1], n, 0)], train[1][draw(train[1], n, 0)]),
                        test,
                        updates,
                        0,
                    )
                    for s in seeds
                ]
                for n in sizes
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="runs all three ways whichever are asked for" fails="compare-check-1" says="the ways asked for"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s),
                        (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]),
                        test,
                        updates,
                        s,
                    )
                    for s in seeds
                ]
                for n in sizes
            ]
        )
        for way in WAYS
    }


# %% exercise="compare" wrong="names the rows by way and builds the same model for each" fails="compare-check-1" says="build_model"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model("fine-tuned", matrix, classes, s),
                        (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]),
                        test,
                        updates,
                        s,
                    )
                    for s in seeds
                ]
                for n in sizes
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="sorts the sizes first" fails="compare-check-1" says="order of `sizes`"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    return {
        way: np.array(
            [
                [
                    train_and_score(
                        build_model(way, matrix, classes, s),
                        (train[0][draw(train[1], n, s)], train[1][draw(train[1], n, s)]),
                        test,
                        updates,
                        s,
                    )
                    for s in seeds
                ]
                for n in sorted(sizes)
            ]
        )
        for way in ways
    }


# %% exercise="compare" wrong="a new model for each seed, which then goes through all sizes" fails="compare-check-1" says="a new one"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {way: np.zeros((len(sizes), len(seeds))) for way in ways}
    for way in ways:
        for j, seed in enumerate(seeds):
            model = build_model(way, matrix, classes, seed)
            for i, size in enumerate(sizes):
                chosen = draw(train[1], size, seed)
                sample = train[0][chosen], train[1][chosen]
                scores[way][i, j] = train_and_score(model, sample, test, updates, seed)
    return scores


# %% exercise="compare" wrong="lists of accuracies instead of arrays" fails="compare-check-1" says="a NumPy array"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {}
    for way in ways:
        scores[way] = []
        for size in sizes:
            row = []
            for seed in seeds:
                chosen = draw(train[1], size, seed)
                model = build_model(way, matrix, classes, seed)
                row.append(train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed))
            scores[way].append(row)
    return scores


# %% exercise="compare" wrong="draws ids and labels with different seeds, so that they do not belong together" fails="compare-check-2" says="texts of draw"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {way: np.zeros((len(sizes), len(seeds))) for way in ways}
    for way in ways:
        for i, size in enumerate(sizes):
            for j, seed in enumerate(seeds):
                sample = train[0][draw(train[1], size, seed)], train[1][draw(train[1], size, seed + 1)]
                model = build_model(way, matrix, classes, seed)
                scores[way][i, j] = train_and_score(model, sample, test, updates, seed)
    return scores


# %% exercise="compare" wrong="one array for all ways instead of a dictionary" fails="compare-check-1" says="return a dictionary"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = np.zeros((len(ways), len(sizes), len(seeds)))
    for (k, way), (i, size), (j, seed) in product(enumerate(ways), enumerate(sizes), enumerate(seeds)):
        chosen = draw(train[1], size, seed)
        model = build_model(way, matrix, classes, seed)
        scores[k, i, j] = train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed)
    return scores


# %% exercise="compare" wrong="percent instead of shares" fails="compare-check-1 compare-check-2" says="shares from 0 to 1"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {way: np.zeros((len(sizes), len(seeds))) for way in ways}
    for way, (i, size), (j, seed) in product(ways, enumerate(sizes), enumerate(seeds)):
        chosen = draw(train[1], size, seed)
        model = build_model(way, matrix, classes, seed)
        accuracy = train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed)
        scores[way][i, j] = round(100 * accuracy, 1)
    return scores


# %% exercise="compare" wrong="an integer array cuts every accuracy down to 0" fails="compare-check-1 compare-check-2" says="exactly the same accuracies"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {way: np.zeros((len(sizes), len(seeds)), dtype=int) for way in ways}
    for way, (i, size), (j, seed) in product(ways, enumerate(sizes), enumerate(seeds)):
        chosen = draw(train[1], size, seed)
        model = build_model(way, matrix, classes, seed)
        scores[way][i, j] = train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed)
    return scores


# %% exercise="compare" wrong="the same array for every way, [zeros] * n" fails="compare-check-1" says="exactly the same accuracies"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = dict.fromkeys(ways, np.zeros((len(sizes), len(seeds))))
    for way, (i, size), (j, seed) in product(ways, enumerate(sizes), enumerate(seeds)):
        chosen = draw(train[1], size, seed)
        model = build_model(way, matrix, classes, seed)
        scores[way][i, j] = train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed)
    return scores


# %% exercise="compare" wrong="returns inside the loop, after the first way" fails="compare-check-1" says="the keys are the ways asked for"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {}
    for way in ways:
        scores[way] = np.zeros((len(sizes), len(seeds)))
        for (i, size), (j, seed) in product(enumerate(sizes), enumerate(seeds)):
            chosen = draw(train[1], size, seed)
            model = build_model(way, matrix, classes, seed)
            scores[way][i, j] = train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed)
        return scores


# %% exercise="compare" wrong="typed in the seeds of the lesson, 0 to n - 1, instead of the argument" fails="compare-check-2" says="with seed 2 for draw"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    scores = {way: np.zeros((len(sizes), len(seeds))) for way in ways}
    for way, (i, size), seed in product(ways, enumerate(sizes), range(len(seeds))):
        chosen = draw(train[1], size, seed)
        model = build_model(way, matrix, classes, seed)
        scores[way][i, seed] = train_and_score(model, (train[0][chosen], train[1][chosen]), test, updates, seed)
    return scores


# %% exercise="compare" equivalent="tqdm loops over the product itself, too; the bar only lacks its total"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    ids, labels = train
    scores = {way: np.zeros((len(sizes), len(seeds))) for way in ways}
    runs = product(enumerate(sizes), enumerate(seeds), ways)
    for (row, size), (column, seed), way in tqdm(runs, file=sys.stdout):
        chosen = draw(labels, size, seed)
        sample = (ids[chosen], labels[chosen])
        model = build_model(way, matrix, classes, seed)
        scores[way][row, column] = train_and_score(model, sample, test, updates, seed)
    return scores


# %% exercise="compare" equivalent="the bar goes to stderr; no result depends on it"
def compare(ways, matrix, train, test, classes, sizes, seeds, updates):
    ids, labels = train
    scores = {way: np.zeros((len(sizes), len(seeds))) for way in ways}
    runs = list(product(enumerate(sizes), enumerate(seeds), ways))
    for (row, size), (column, seed), way in tqdm(runs):
        chosen = draw(labels, size, seed)
        sample = (ids[chosen], labels[chosen])
        model = build_model(way, matrix, classes, seed)
        scores[way][row, column] = train_and_score(model, sample, test, updates, seed)
    return scores


# %% [markdown]
# ## `predict`


# %% exercise="predict" right="trained in the cell, frozen, training vocabulary"
VOCAB, MATRIX, IDS = prepare(TEXTS, VECTORS, LENGTH)
MODEL = build_model("frozen", MATRIX, len(TOPICS), 1)
train_and_score(MODEL, (IDS["train"], LABELS["train"]), (IDS["validation"], LABELS["validation"]), 120, 1)


def predict(texts):
    if not texts:
        return []
    x = np.zeros((len(texts), LENGTH), dtype="int32")
    for i, t in enumerate(texts):
        row = [VOCAB.get(w, 1) for w in tokenize(t)][:LENGTH] or [1]
        x[i, : len(row)] = row
    return [TOPICS[k] for k in MODEL.predict(x, verbose=0).argmax(1)]


# %% exercise="predict" right="ridge regression on mean vectors in closed form, no Keras"
TRAINED = {}


def _mean(text):
    known = [VECTORS[w] for w in tokenize(text) if w in VECTORS]
    v = np.mean(known, axis=0) if known else np.zeros(len(next(iter(VECTORS.values()))))
    return v


def predict(texts):
    if "w" not in TRAINED:
        x = np.array([_mean(t) for t in TEXTS["train"] + TEXTS["validation"]])
        y = np.concatenate([LABELS["train"], LABELS["validation"]])
        x1 = np.c_[x, np.ones(len(x))]
        TRAINED["w"] = np.linalg.solve(x1.T @ x1 + 3 * np.eye(x1.shape[1]), x1.T @ np.eye(len(TOPICS))[y])
    return [TOPICS[int(np.argmax(np.r_[_mean(t), 1] @ TRAINED["w"]))] for t in texts]


# %% exercise="predict" right="wide vocabulary, head first, fit, functools.cache"
import functools


@functools.cache
def trained():
    vocabulary, matrix, ids = prepare({"train": TEXTS["train"] + [" ".join(VECTORS)]}, VECTORS, LENGTH)
    model = build_model("frozen", matrix, len(TOPICS), 0)
    model.fit(ids["train"][:-1], LABELS["train"], batch_size=50, epochs=5, verbose=0)
    unfreeze(model)
    model.fit(ids["train"][:-1], LABELS["train"], batch_size=50, epochs=3, verbose=0)
    return vocabulary, model


def predict(texts):
    vocabulary, model = trained()
    out = []
    for t in texts:
        row = [vocabulary.get(w, 1) for w in tokenize(t)] or [1]
        out.append(TOPICS[int(np.argmax(model(np.array([row], dtype="int32"))[0]))])
    return out


# %% exercise="predict" right="three models vote by the mean of their probabilities"
TRAINED = {}


def _train():
    words = [*TEXTS["train"], " ".join(sorted(VECTORS))]
    vocabulary, matrix, ids = prepare({"train": words}, VECTORS, LENGTH)
    models = []
    for seed in range(3):
        model = build_model("frozen", matrix, len(TOPICS), seed)
        part = ids["train"][:-1], LABELS["train"]
        train_and_score(model, part, part, 60, seed)
        models.append(model)
    TRAINED.update(vocabulary=vocabulary, models=models)


def _ids(text):
    known = TRAINED["vocabulary"]
    words = tokenize(text)[:LENGTH]
    return [known.get(word, 1) for word in words] + [0] * (LENGTH - len(words)) if words else [1] + [0] * (LENGTH - 1)


def predict(texts: list[str]) -> list[str]:
    if not TRAINED:
        _train()
    if len(texts) == 0:
        return []
    ids = np.array([_ids(text) for text in texts], dtype=np.int32)
    votes = sum(np.asarray(model(ids)) for model in TRAINED["models"])
    return np.array(TOPICS)[votes.argmax(axis=1)].tolist()


# %% exercise="predict" right="k nearest training headlines by cosine, in NumPy, an array of names comes back"
def _unit(text):
    known = [VECTORS[word] for word in tokenize(text) if word in VECTORS]
    total = np.sum(known, axis=0) if known else np.ones(len(next(iter(VECTORS.values()))))
    return total / np.linalg.norm(total)


_SEEN = np.stack([_unit(text) for text in TEXTS["train"]])


def predict(texts, *, k=25):
    answers = []
    for text in texts:
        closeness = _SEEN @ _unit(text)
        nearest = np.argsort(-closeness, kind="stable")[:k]
        weights = np.bincount(LABELS["train"][nearest], weights=closeness[nearest] ** 8, minlength=len(TOPICS))
        answers.append(TOPICS[int(weights.argmax())])
    return np.array(answers, dtype=str)


# %% exercise="predict" right="TextVectorization and the embedding inside one model that takes strings"
import tensorflow as tf


class Classifier:
    def __init__(self):
        keras.utils.set_random_seed(3)
        words = list(VECTORS)
        self.reader = layers.TextVectorization(
            standardize=None, split="whitespace", output_sequence_length=2 * LENGTH, vocabulary=words
        )
        matrix = np.vstack([np.zeros((2, len(VECTORS[words[0]]))), [VECTORS[word] for word in words]])
        self.model = keras.Sequential(
            [
                keras.Input((None,), dtype="int64"),
                layers.Embedding(*matrix.shape, mask_zero=True, weights=[matrix.astype("float32")], trainable=False),
                layers.GlobalAveragePooling1D(),
                layers.Dense(len(TOPICS), "softmax"),
            ]
        )
        self.model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
        self.model.fit(self.ids(TEXTS["train"]), LABELS["train"], batch_size=BATCH, epochs=8, verbose=0)

    def ids(self, texts):
        return self.reader(tf.constant([" ".join(tokenize(text)) or "[UNK]" for text in texts]))

    def __call__(self, texts):
        return [TOPICS[number] for number in np.asarray(self.model(self.ids(texts))).argmax(axis=-1)]


_classifier = None


def predict(texts):
    global _classifier
    if _classifier is None:
        _classifier = Classifier()
    return _classifier(texts) if len(texts) else []


# %% exercise="predict" right="naive Bayes by counting words, widened by their neighbours among the vectors"
from collections import defaultdict

_WORDS = [word for word in VECTORS]
_TABLE = np.stack([VECTORS[word] for word in _WORDS])
_TABLE = _TABLE / np.linalg.norm(_TABLE, axis=1, keepdims=True)
_ROW = {word: number for number, word in enumerate(_WORDS)}


def _fit():
    seen = defaultdict(lambda: np.zeros(len(TOPICS)))
    for text, label in zip(TEXTS["train"], LABELS["train"]):
        for word in tokenize(text):
            seen[word][label] += 1
    rows = [word for word in seen if word in _ROW]
    counts = np.stack([seen[word] for word in rows])
    near = _TABLE @ _TABLE[[_ROW[word] for word in rows]].T
    spread = np.exp(12 * (near - 1)) @ counts
    spread = np.log(spread + 0.02)
    return {word: spread[_ROW[word]] - spread[_ROW[word]].mean() for word in _WORDS}


_EVIDENCE = _fit()


def predict(texts):
    names = []
    for text in texts:
        score = sum((_EVIDENCE[word] for word in tokenize(text) if word in _EVIDENCE), np.zeros(len(TOPICS)))
        names.append(TOPICS[int(np.argmax(score))])
    return names


# %% exercise="predict" right="a generator inside, fine-tuned after the head, rows for the words of the vectors"
TRAINED = {}


def _answers(texts):
    vocabulary, model = TRAINED["vocabulary"], TRAINED["model"]
    for text in texts:
        row = np.zeros((1, LENGTH), dtype="int32")
        for place, word in enumerate(tokenize(text)[:LENGTH] or ["\0"]):
            row[0, place] = vocabulary.get(word, 1)
        yield TOPICS[np.asarray(model(row)).argmax()]


def predict(texts):
    if "model" not in TRAINED:
        every = {"train": [*TEXTS["train"], " ".join(VECTORS)], "validation": TEXTS["validation"]}
        vocabulary, matrix, ids = prepare(every, VECTORS, LENGTH)
        rows = np.concatenate([ids["train"][: len(TEXTS["train"])], ids["validation"]])
        labels = np.concatenate([LABELS["train"], LABELS["validation"]])
        model = build_model("frozen", matrix, len(TOPICS), 5)
        train_and_score(model, (rows, labels), (rows[:8], labels[:8]), 70, 5)
        unfreeze(model)
        train_and_score(model, (rows, labels), (rows[:8], labels[:8]), 30, 6)
        TRAINED["vocabulary"], TRAINED["model"] = vocabulary, model
    return list(_answers(texts))


# %% exercise="predict" wrong="fits a second vocabulary on the new texts (Keras issue 3010)" fails="predict-check-2 predict-check-3" says="vocabulary"
TRAINED = {}


def predict(texts):
    if not TRAINED:
        _, matrix, ids = prepare(TEXTS, VECTORS, LENGTH)
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    if not len(texts):
        return []
    ids = prepare({"train": list(texts)}, VECTORS, LENGTH)[2]["train"]
    return [TOPICS[k] for k in np.argmax(TRAINED["m"](ids), axis=1)]


# %% exercise="predict" wrong="returns the numbers of the topics" fails="predict-check-1" says="names of the topics"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    return np.argmax(TRAINED["m"](ids["new"]), axis=1).tolist()


# %% exercise="predict" wrong="never trains the model" fails="predict-check-2 predict-check-3" says="guessing"
def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not len(texts):
        return []
    m = build_model("frozen", matrix, len(TOPICS), 0)
    return [TOPICS[k] for k in np.argmax(m(ids["new"]), axis=1)]


# %% exercise="predict" wrong="gives the same topic to every text" fails="predict-check-1 predict-check-2 predict-check-3" says="the answers are only"
def predict(texts):
    return ["science"] * len(texts)


# %% exercise="predict" wrong="learns from scratch, as if there were no vectors" fails="predict-check-3" says="pre-trained"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("from scratch", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    return [TOPICS[k] for k in np.argmax(TRAINED["m"](ids["new"]), axis=1)] if len(texts) else []


# %% exercise="predict" wrong="returns None where there are no texts" fails="predict-check-1" says="empty list"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    if not texts:
        return None
    return [TOPICS[k] for k in np.argmax(TRAINED["m"](ids["new"]), axis=1)]


# %% exercise="predict" wrong="sorts the answers" fails="predict-check-1 predict-check-2" says="order"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    return sorted(TOPICS[k] for k in np.argmax(TRAINED["m"](ids["new"]), axis=1)) if len(texts) else []


# %% exercise="predict" wrong="types a list of topics in another order than that of the labels" fails="predict-check-2 predict-check-3" says="guessing"
TRAINED = {}


def predict(texts):
    names = ["science", "sport", "food", "travel", "business", "music", "health", "weather"]
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    return [names[k] for k in np.argmax(TRAINED["m"](ids["new"]), axis=1)] if len(texts) else []


# %% exercise="predict" wrong="learns from 50 texts only" fails="predict-check-3" says="all training texts"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        c = draw(LABELS["train"], 50, 0)
        train_and_score(TRAINED["m"], (ids["train"][c], LABELS["train"][c]), (ids["train"], LABELS["train"]), 60, 0)
    return [TOPICS[k] for k in np.argmax(TRAINED["m"](ids["new"]), axis=1)] if len(texts) else []


# %% exercise="predict" wrong="returns probabilities instead of names" fails="predict-check-1" says="each topic is a str"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    return np.asarray(TRAINED["m"](ids["new"])).tolist() if len(texts) else []


# %% exercise="predict" wrong="answers for the validation texts typed in, everything else by guess" fails="predict-check-2 predict-check-3" says="hidden headlines"
_KNOWN = {text: TOPICS[label] for part in TEXTS for text, label in zip(TEXTS[part], LABELS[part])}
_RULES = {"striker": "sport", "bread": "food", "rain": "weather"}


def predict(texts):
    answers = []
    for text in texts:
        found = [topic for word, topic in _RULES.items() if word in tokenize(text)]
        answers.append(_KNOWN.get(text) or (found[0] if found else "science"))
    return answers


# %% exercise="predict" wrong="trains anew at each call, without a seed" fails="predict-check-1" says="train once"
def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    model = build_model("frozen", matrix, len(TOPICS), int(np.random.default_rng().integers(10**6)))
    part = ids["train"][:64], LABELS["train"][:64]
    train_and_score(model, part, part, 4, int(np.random.default_rng().integers(10**6)))
    return [TOPICS[k] for k in np.argmax(model(ids["new"]), axis=1)] if len(texts) else []


# %% exercise="predict" wrong="leaves texts out whose words it does not know" fails="predict-check-1" says="43 texts get 43 topics"
TRAINED = {}


def predict(texts):
    vocabulary, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    rows = [row for text, row in zip(texts, ids["new"]) if any(word in vocabulary for word in tokenize(text))]
    return [TOPICS[k] for k in np.argmax(TRAINED["m"](np.array(rows)), axis=1)] if rows else []


# %% exercise="predict" wrong="prints the topics and returns nothing" fails="predict-check-1 predict-check-2 predict-check-3" says="return a list of topics"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": list(texts)}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    for text, row in zip(texts, ids["new"]):
        print(TOPICS[int(np.argmax(TRAINED["m"](row[None])))], text)


# %% exercise="predict" wrong="one topic for the whole list: takes it for one text" fails="predict-check-1" says="3 texts, 3 topics"
TRAINED = {}


def predict(texts):
    _, matrix, ids = prepare({"train": TEXTS["train"], "new": [" ".join(texts)]}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["m"] = build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    return [TOPICS[int(np.argmax(TRAINED["m"](ids["new"])))]]


# %% exercise="predict" wrong="splits new texts by blanks where the vocabulary came from tokenize, so capitals are unknown" fails="predict-check-3" says="same tokenize"
TRAINED = {}


def predict(texts):
    if not TRAINED:
        vocabulary, matrix, ids = prepare({"train": TEXTS["train"]}, VECTORS, LENGTH)
        TRAINED["v"], TRAINED["m"] = vocabulary, build_model("frozen", matrix, len(TOPICS), 0)
        train_and_score(TRAINED["m"], (ids["train"], LABELS["train"]), (ids["train"], LABELS["train"]), 60, 0)
    rows = [[TRAINED["v"].get(word, 1) for word in text.split()] or [1] for text in texts]
    rows = keras.utils.pad_sequences(rows, LENGTH, padding="post", truncating="post")
    return [TOPICS[k] for k in np.argmax(TRAINED["m"](rows), axis=1)] if len(texts) else []


# %% exercise="predict" equivalent="any seed gives as good a classifier"
TRAINED = {}


def predict(texts):
    every_word = [*TEXTS["train"], " ".join(VECTORS)]
    vocabulary, matrix, ids = prepare({"train": every_word, "new": texts}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["model"] = build_model("frozen", matrix, len(TOPICS), seed=1)
        known = (ids["train"][:-1], LABELS["train"])
        train_and_score(TRAINED["model"], known, known, UPDATES, seed=0)
    return [TOPICS[number] for number in np.argmax(TRAINED["model"](ids["new"]), axis=1)]


# %% exercise="predict" equivalent="any seed gives as good a classifier"
TRAINED = {}


def predict(texts):
    every_word = [*TEXTS["train"], " ".join(VECTORS)]
    vocabulary, matrix, ids = prepare({"train": every_word, "new": texts}, VECTORS, LENGTH)
    if not TRAINED:
        TRAINED["model"] = build_model("frozen", matrix, len(TOPICS), seed=0)
        known = (ids["train"][:-1], LABELS["train"])
        train_and_score(TRAINED["model"], known, known, UPDATES, seed=1)
    return [TOPICS[number] for number in np.argmax(TRAINED["model"](ids["new"]), axis=1)]
