# %% [markdown] minutes=35
# # The embedding layer: from text to vectors
#
# A neural network multiplies and adds numbers. A sentence is made of words. Between the two lies a short path that almost every program for language walks, from a spam filter to a chatbot: **text → tokens → ids → vectors**. Its last step is the subject of this course, the *embedding layer*. In this lesson you build the whole path yourself, with a table so small that you can check every number by eye. Then you meet the same path in Keras, and see at which point somebody else's training can do part of your work.
#
# After this lesson you can
#
# - turn texts into tokens, a vocabulary and lists of ids, and say what becomes of an unknown word,
# - pad ids to one length, and say why the id 0 belongs to no word,
# - explain what an embedding layer computes, and write it,
# - read what Keras' `TextVectorization` gives you (0 = padding, 1 = unknown),
# - point at the place where transfer learning enters.
#
# You need Python and a little NumPy (arrays and their shapes). Whenever you see a function that ends in `NotImplementedError`, it is your turn; the cells right after it tell you at once how you did.

# %% tags=["setup"]
import os
import string

import matplotlib.pyplot as plt
import numpy as np

from autograde.data import load_vectors

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow starts quietly in the one cell that needs it,
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # and rounds in the same way on every machine
plt.style.use("tableau-colorblind10")

TEXTS = ["The soup is hot.", "The tea is hot and sweet.", "The ice is cold!", "Hot tea, cold ice."]

# What we want the model to know about each word: how warm it is, how much it has to do
# with food and drink, and how much it is a thing that you can touch.
MEANINGS = {
    "and": (0.0, 0.0, 0.0),
    "cold": (-0.9, 0.1, 0.0),
    "hot": (0.9, 0.1, 0.0),
    "ice": (-0.8, 0.4, 0.9),
    "is": (0.0, 0.0, 0.1),
    "soup": (0.6, 0.9, 0.8),
    "sweet": (0.1, 0.7, 0.1),
    "tea": (0.5, 0.8, 0.7),
    "the": (0.0, 0.0, 0.0),
}


def tokenize(text):
    """Lower-case `text`, drop punctuation and split at white space; returns a list of str."""
    return text.lower().translate(str.maketrans("", "", string.punctuation)).split()


# %% [markdown]
# ## The path in one picture
#
# Here is the whole lesson on one page. Do not worry about where the numbers come from; by the end you will know it of every one of them.

# %% tags=["demo"]
stages = ["text\n\n'Hot tea!'\n\na string", "tokens\n\nhot\ntea\n\na list of str"]
stages += ["ids\n\n1\n6\n\nshape (2,)", "vectors\n\n[0.9, 0.1, 0.0]\n[0.5, 0.8, 0.7]\n\nshape (2, 3)"]
fig, ax = plt.subplots(figsize=(10, 2.7))
for i, stage in enumerate(stages):
    box = {"boxstyle": "round,pad=0.6", "facecolor": "white"}
    ax.text(i, 0, stage, ha="center", va="center", family="monospace", bbox=box)
for i, step in enumerate(["split", "vocabulary", "embedding"]):
    ax.annotate("", (i + 0.62, 0), (i + 0.4, 0), arrowprops={"arrowstyle": "->"})
    ax.text(i + 0.5, 0.68, step, ha="center")
ax.set(xlim=(-0.4, 3.45), ylim=(-1, 1), title="From text to vectors")
ax.axis("off")
plt.show()

# %% [markdown]
# From left to right: the text is split into tokens, a vocabulary replaces each token by its id, and the embedding replaces each id by a row of numbers, its vector. Two words came in, an array of shape (2, 3) comes out.
#
# ## From text to tokens
#
# A **token** is one piece of text that gets an id of its own. In this course a token is a word. Capitals and punctuation would make different tokens of *Hot*, *hot* and *hot!*, so the setup cell has a function `tokenize` that lower-cases, drops punctuation and splits at spaces.

# %% tags=["demo"]
for text in [*TEXTS, "It's a state-of-the-art kettle."]:
    print(f"{text!r:36} {tokenize(text)}")

# %% [markdown]
# The last line shows the price: *it's* has become *its*, and *state-of-the-art* one long token that no dictionary lists. Every tokenizer decides such things for you. What matters most is that the **same** function is used for every text, on the day of training and ever after. A vocabulary that was made with lower case will not find *Hot*.
#
# Large language models split words further, into pieces such as *embed* + *ding*, so that no word is ever unknown. The rest of the path is the same for them.
#
# ## From tokens to ids: the vocabulary
#
# A **vocabulary** gives each word a number, its **id**. Any numbering would do, as long as every word has its own number. Two habits have proved useful:
#
# - **Frequent words come first.** Then "keep the 10,000 most frequent words" means "keep the ids up to 10,000".
# - **Id 0 belongs to no word.** You will need it for padding in a moment. So the words start at 1.
#
# Words that are equally frequent stand in alphabetical order, so that everybody who counts the same texts gets the same ids.
#
# ### Exercise: build a vocabulary
#
# Count the words of all texts together, bring them into order, and number them from 1. `collections.Counter` from the standard library can count for you. Look closely at the order in which it returns equal counts.


# %% exercise="build_vocabulary"
def build_vocabulary(texts, max_words=None):
    """Number the words of some texts: the most frequent word gets id 1.

    Parameters
    ----------
    texts : list of str
        May be empty. The words of a text are those that `tokenize(text)` gives.
    max_words : int, optional
        Keep only the `max_words` most frequent words (at least 1). It counts words and nothing else: padding is
        not among them. Without it, and where there are fewer words, all words are kept.

    Returns
    -------
    dict of str to int
        Each word and its id: 1, 2, 3, … without a gap, by falling number of occurrences in all texts together;
        equally frequent words in alphabetical order. No word has id 0.
    """
    ### BEGIN SOLUTION
    from collections import Counter

    counts = Counter(word for text in texts for word in tokenize(text))
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(ordered[:max_words], start=1)}
    ### END SOLUTION


# %% check="build_vocabulary" points=2
# Every word has an id, from 1, the most frequent word first
got = build_vocabulary(["Tea, soup, tea!", "tea soup HOT tea"])
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, dict), f"return a dictionary from word to id, not {type(got).__name__}"
assert not any(isinstance(key, (int, np.integer)) for key in got), (
    f"the words are the keys and the ids are the values, {{'tea': 1, …}}, the other way round than {got}"
)
assert sorted(got) != ["soup", "tea"], "hot is in the second text and not in the first: count the words of all texts"
assert sorted(got) == ["hot", "soup", "tea"], (
    f"the keys are the words that tokenize() gives, in lower case and without punctuation: "
    f"expected hot, soup and tea, got {', '.join(map(repr, got))}"
)
assert 0 not in got.values(), f"ids start at 1, because 0 is kept for padding; got {got}"
assert got != {"tea": 2, "soup": 3, "hot": 4}, (
    "ids start at 1: only 0 is kept here, and no id is kept for unknown words (Keras does that)"
)
assert got != {"tea": 4, "soup": 2, "hot": 1}, "these are the counts; the ids are 1, 2, 3, … in the order of the counts"
assert got != {"tea": 3, "soup": 2, "hot": 1}, "the most frequent word gets the smallest id: tea (4 times) is 1, not 3"
assert got != {"soup": 1, "tea": 2, "hot": 3}, "tea occurs 4 times in 2 texts: count every occurrence, not the texts"
assert got == {"tea": 1, "soup": 2, "hot": 3}, f"tea occurs 4 times, soup twice, hot once: expected 1, 2, 3, got {got}"
print("build_vocabulary: the visible checks pass")
### BEGIN HIDDEN TESTS
got = build_vocabulary(["hot tea tea tea", "soup soup"])
assert got != {"hot": 1, "tea": 2, "soup": 3}, "the words are numbered as they first appear; number them by frequency"
assert got != {"hot": 1, "soup": 2, "tea": 3}, "the words are numbered by the alphabet; number them by frequency first"
assert got == {"tea": 1, "soup": 2, "hot": 3}, f"tea 3 times, soup twice, hot once: expected ids 1, 2, 3, got {got}"
got = build_vocabulary(["tea tea tea", "soup", "soup"])
assert got != {"soup": 1, "tea": 2}, (
    "tea occurs 3 times, soup twice: count every occurrence, not the texts with the word"
)
assert got == {"tea": 1, "soup": 2}, f"tea occurs 3 times, soup twice: expected tea 1 and soup 2, got {got}"
rng = np.random.default_rng(11)
for _ in range(5):
    counts = rng.permutation(np.arange(1, 13))  # a different number of occurrences for each word
    words = [f"w{i}" for i in rng.permutation(100)[:12]]
    stream = rng.permutation(np.repeat(words, counts))
    texts = [" ".join(part) for part in np.array_split(stream, 9)]
    expected = {word: 13 - int(count) for word, count in zip(words, counts, strict=True)}
    got = build_vocabulary(texts)
    assert sorted(got.values()) == list(range(1, 13)), f"12 words have the ids 1 to 12, got {sorted(got.values())}"
    assert got == expected, f"ids by falling frequency over all texts together: expected {expected}, got {got}"
try:
    got = build_vocabulary([])
except (IndexError, ValueError, TypeError) as error:
    raise AssertionError(f"no texts, no words: return an empty dictionary instead of an error ({error})") from None
assert got == {}, f"no texts, no words: expected an empty dictionary, got {got}"
### END HIDDEN TESTS

# %% check="build_vocabulary" points=1
# Equally frequent words in alphabetical order, each with an id of its own
got = build_vocabulary(["soup tea hot"])
assert isinstance(got, dict), f"return a dictionary from word to id, not {type(got).__name__}"
assert len(set(got.values())) == len(got), f"each word has an id of its own, however often it occurs; got {got}"
order = sorted(got, key=got.get)
assert order != ["soup", "tea", "hot"], (
    "equally frequent words are in the order in which they appear (as Counter.most_common leaves them): sort them, too"
)
assert order != ["tea", "soup", "hot"], (
    "equally frequent words are in reverse alphabetical order: reverse=True turns the words round as well as the counts"
)
assert order == ["hot", "soup", "tea"], f"equally frequent words are in alphabetical order: hot, soup, tea; got {order}"
print("equal counts: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(12)
for _ in range(5):
    words = [f"w{i}" for i in rng.permutation(np.arange(10, 30))]
    counts = rng.integers(1, 4, size=len(words))
    texts = [" ".join(part) for part in np.array_split(rng.permutation(np.repeat(words, counts)), 5)]
    got = build_vocabulary(texts)
    order = sorted(got, key=got.get)
    assert order != sorted(words), (
        "the whole vocabulary is in alphabetical order; the alphabet only decides equal counts"
    )
    expected = [w for count in (3, 2, 1) for w in sorted(w for w, c in zip(words, counts, strict=True) if c == count)]
    assert len(set(got.values())) == len(words), f"{len(words)} words need {len(words)} different ids, got {got}"
    assert order == expected, f"by falling count, equal counts by the alphabet: expected {expected}, got {order}"
### END HIDDEN TESTS

# %% check="build_vocabulary" points=1
# Only the most frequent words, if max_words is given
texts = ["ice tea soup hot cold", "cold hot soup tea", "tea soup hot", "soup tea", "tea"]
got = build_vocabulary(texts, max_words=3)
assert isinstance(got, dict), f"return a dictionary from word to id, not {type(got).__name__}"
assert len(got) != 5, "max_words=3 keeps three words; all five are there, so it seems to be ignored"
assert len(got) != 4, (
    "max_words counts words, so max_words=3 keeps three, not four: there is no extra place for padding"
)
assert len(got) not in (1, 2), (
    f"max_words=3 keeps three words, not {len(got)}: padding takes none of the places (Keras' max_tokens does count it)"
)
assert set(got) == {"tea", "soup", "hot"}, (
    f"keep the most frequent words, tea, soup and hot: rank all words first, then cut; got {sorted(got)}"
)
print("max_words: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(13)
counts = rng.permutation(np.arange(1, 16))
words = [f"w{i}" for i in rng.permutation(100)[:15]]
texts = [" ".join(part) for part in np.array_split(rng.permutation(np.repeat(words, counts)), 6)]
ranked = [words[i] for i in np.argsort(-counts)]
everything = build_vocabulary(texts)
for most in (1, 2, 7, 14, 15, 40):
    got = build_vocabulary(texts, max_words=most)
    assert len(got) == min(most, 15), f"of 15 words, max_words={most} keeps {min(most, 15)}, got {len(got)}"
    assert set(got) == set(ranked[:most]), f"max_words={most}: expected {sorted(ranked[:most])}, got {sorted(got)}"
    assert got == {word: everything[word] for word in ranked[:most]}, (
        f"the words that stay keep the ids that they have without max_words; with max_words={most} got {got}"
    )
### END HIDDEN TESTS

# %% [markdown]
# Here is the vocabulary of the four texts about soup and tea.

# %% tags=["demo"]
vocabulary = build_vocabulary(TEXTS)
print(vocabulary)

# %% [markdown]
# *hot*, *is* and *the* occur three times each, so the alphabet decides among them. Nine words, ids 1 to 9; keep the number 9 in mind.
#
# ## From a text to its ids
#
# To **encode** a text means to replace each token by its id. Sooner or later a text holds a word that the vocabulary lacks, an **out-of-vocabulary** word. There are two common answers: leave it out, or give all unknown words one id of their own. Here you leave it out, which is the simpler of the two; you will see the other one in Keras below.
#
# ### Exercise: encode a text
#
# Whatever you do with an unknown word, do not give it the id 0: the model could no longer tell "a word that I do not know" from "no word at all".


# %% exercise="encode"
def encode(text, vocabulary):
    """Replace the words of a text by their ids.

    Parameters
    ----------
    text : str
        Its words are those that `tokenize(text)` gives. May be empty.
    vocabulary : dict of str to int
        Each known word and its id. It is not changed.

    Returns
    -------
    list of int
        The id of each known word, in the order of the text, as often as the word occurs.
        Unknown words are left out, so the list may be shorter than the text, and even empty.
    """
    ### BEGIN SOLUTION
    return [vocabulary[word] for word in tokenize(text) if word in vocabulary]
    ### END SOLUTION


# %% check="encode" points=1
# Known words become their ids, in order
known = {"hot": 4, "tea": 2, "soup": 9}
got = encode("Hot soup, hot TEA!", known)
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, list), f"return a list of ids, not {type(got).__name__}"
assert got not in ([4], [4, 4]), (
    f"take the words from tokenize(text): it lower-cases them and drops the punctuation, as for the vocabulary; got {got}"
)
assert len(got) == 4, f"four words, all known, so four ids; got {got} (a repeated word keeps both its places)"
assert not any(isinstance(i, str) for i in got), f"the result holds the ids, not the words; got {got}"
assert got == [4, 9, 4, 2], (
    f"look each word up in the vocabulary, in the order of the text: expected [4, 9, 4, 2], got {got}"
)
print("encode: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(21)
words = [f"w{i}" for i in range(40)]
known = {word: int(i) for word, i in zip(words, rng.permutation(np.arange(1, 500))[:40], strict=True)}
for _ in range(5):
    chosen = rng.integers(0, 40, size=25)
    expected = [known[words[i]] for i in chosen]
    got = encode(" ".join(words[i].upper() for i in chosen), known)
    assert got != sorted(expected), "the ids are sorted; keep the order of the text, word order carries meaning"
    assert got == expected, f"the ids are those of the vocabulary: expected {expected}, got {got}"
### END HIDDEN TESTS

# %% check="encode" points=1
# Unknown words are left out, the vocabulary stays as it is
known = {"hot": 4, "tea": 2, "soup": 9}
try:
    got = encode("Spicy hot soup with tea", known)
except KeyError as error:
    raise AssertionError(
        f"{error} is not in the vocabulary: leave such a word out instead of asking for its id"
    ) from None
assert isinstance(got, list), f"return a list of ids, not {type(got).__name__}"
assert got != [], "spicy is unknown, the words after it are not: go on after an unknown word"
assert None not in got, f"an unknown word has no id: leave it out instead of putting None in its place; got {got}"
assert 0 not in got, f"an unknown word is left out; 0 would make it look like padding; got {got}"
assert -1 not in got and 1 not in got, f"an unknown word is left out, it does not get an id of its own here; got {got}"
assert len(got) == 3, f"of five words two are unknown and left out, so three ids remain; got {got}"
assert got == [4, 9, 2], f"spicy and with are unknown, the other three stay in order: expected [4, 9, 2], got {got}"
print("unknown words: the visible checks pass")
### BEGIN HIDDEN TESTS
assert known == {"hot": 4, "tea": 2, "soup": 9}, f"encode added words to the vocabulary that it was given: {known}"
try:
    nothing = [encode("", known), encode("!?", known), encode("xyzzy plugh", known), encode("hot tea", {})]
except KeyError as error:
    raise AssertionError(f"{error} is not in the vocabulary: leave such a word out") from None
assert nothing == [[], [], [], []], f"a text without a known word gives an empty list; got {nothing}"
rng = np.random.default_rng(22)
known = {f"w{i}": int(i) + 3 for i in rng.permutation(60)[:20]}
for _ in range(5):
    chosen = [f"w{i}" for i in rng.integers(0, 60, size=30)]
    expected = [known[word] for word in chosen if word in known]
    try:
        got = encode(" ".join(chosen), known)
    except KeyError as error:
        raise AssertionError(f"{error} is not in the vocabulary: leave such a word out") from None
    assert 0 not in got, f"an unknown word is left out; 0 would make it look like padding; got {got}"
    assert got == expected, f"the ids of the known words, in order: expected {expected}, got {got}"
### END HIDDEN TESTS

# %% [markdown]
# ## One length for all: padding
#
# The ids of four texts are four lists of different lengths. An array, and so a network that works on a whole **batch** of texts at once, needs one length. Short lists are filled up with 0, and long ones are cut. That is **padding**, and it is what id 0 was kept for.

# %% tags=["demo"]
for text in TEXTS:
    print(f"{text:27} {encode(text, vocabulary)}")

# %% [markdown]
# Four, six, four and four ids: with six columns everything fits.
#
# ### Exercise: pad the ids
#
# Put the zeros **after** the words, and where a list is too long keep its **beginning**. Be careful with code that you find elsewhere: `keras.utils.pad_sequences` does both at the other end unless you tell it otherwise.


# %% exercise="pad"
def pad(sequences, length):
    """Bring lists of ids to one length, with zeros after the ids.

    Parameters
    ----------
    sequences : list of list of int
        One list of ids for each text; each may be empty, and there may be no list at all. They are not changed.
    length : int
        Number of columns of the result, at least 1.

    Returns
    -------
    ndarray, shape (len(sequences), length), int32
        Row i begins with the ids of `sequences[i]`; zeros fill what is left. Of a sequence with more than `length`
        ids the first `length` are kept.
    """
    ### BEGIN SOLUTION
    batch = np.zeros((len(sequences), length), dtype=np.int32)
    for row, ids in enumerate(sequences):
        kept = ids[:length]
        batch[row, : len(kept)] = kept
    return batch
    ### END SOLUTION


# %% check="pad" points=2
# Zeros after the ids, shape and dtype
try:
    got = pad([[5, 3], [7, 1, 2]], 4)
except ValueError as error:
    raise AssertionError(f"lists of different lengths make no array before they are filled up ({error})") from None
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, np.ndarray), f"return a NumPy array, not {type(got).__name__}"
assert got.shape != (2, 3), "the number of columns is `length`, here 4, not the length of the longest list"
assert got.shape == (2, 4), f"one row for each list and `length` columns: expected shape (2, 4), got {got.shape}"
assert not np.array_equal(got, [[0, 0, 5, 3], [0, 7, 1, 2]]), (
    "the zeros stand before the ids; here they come after them"
)
assert -1 not in got, "fill up with 0, not with -1: a negative id counts from the end of the table"
assert not np.array_equal(got, [[5, 3, 5, 3], [7, 1, 2, 7]]), (
    "the ids are repeated up to the length (np.resize does that): fill up with zeros"
)
assert np.array_equal(got, [[5, 3, 0, 0], [7, 1, 2, 0]]), f"expected [[5, 3, 0, 0], [7, 1, 2, 0]], got {got.tolist()}"
assert not np.issubdtype(got.dtype, np.floating), (
    f"ids are whole numbers, and np.zeros makes {got.dtype} unless you name a dtype: expected int32"
)
assert got.dtype == np.int32, (
    f"expected dtype int32, got {got.dtype}; name the dtype, because NumPy's default integer is int64 on most machines"
)
print("pad: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(31)
for length in (1, 3, 8, 20):
    sequences = [[int(i) for i in rng.integers(1, 900, size=rng.integers(1, length + 1))] for _ in range(7)]
    got = pad(sequences, length)
    assert got.shape == (7, length), f"7 lists, length {length}: expected shape (7, {length}), got {got.shape}"
    assert got.dtype == np.int32, f"expected dtype int32, got {got.dtype}"
    for row, ids in zip(got.tolist(), sequences, strict=True):
        assert row == ids + (length - len(ids)) * [0], f"{ids} padded to {length}: the ids, then zeros; got {row}"
### END HIDDEN TESTS

# %% check="pad" points=1
# Long lists are cut at the end, empty ones are fine, and your lists stay as they are
sequences = [[1, 2, 3, 4, 5, 6], [], [8]]
try:
    got = pad(sequences, 4)
except (ValueError, IndexError) as error:
    raise AssertionError(
        f"a list with more than `length` ids has to be cut, an empty one is all zeros ({error})"
    ) from None
assert isinstance(got, np.ndarray), f"return a NumPy array, not {type(got).__name__}"
assert got.shape == (3, 4), f"three lists, also an empty one, and length 4: expected shape (3, 4), got {got.shape}"
assert got[0].tolist() != [3, 4, 5, 6], "the beginning of the long list is gone: keep its first ids and cut the end"
assert got[0].tolist() == [1, 2, 3, 4], f"[1, 2, 3, 4, 5, 6] cut to 4 ids is [1, 2, 3, 4], got {got[0].tolist()}"
assert got[1].tolist() == [0, 0, 0, 0], f"a text without a known word is all padding, got {got[1].tolist()}"
print("long and empty lists: the visible checks pass")
### BEGIN HIDDEN TESTS
assert sequences == [[1, 2, 3, 4, 5, 6], [], [8]], (
    f"pad changed the lists that it was given, they are now {sequences}: fill up a copy, or an array of zeros"
)
try:
    got = pad([], 4)
except (ValueError, IndexError) as error:
    raise AssertionError(f"no lists at all: return an array of shape (0, 4) ({error})") from None
assert got.shape == (0, 4), f"no lists at all: expected an array of shape (0, 4), got shape {got.shape}"
rng = np.random.default_rng(32)
for length in (1, 5, 9):
    sequences = [[int(i) for i in rng.integers(1, 900, size=rng.integers(0, 2 * length + 2))] for _ in range(9)]
    got = pad([list(ids) for ids in sequences], length)
    for row, ids in zip(got.tolist(), sequences, strict=True):
        expected = [ids[i] if i < len(ids) else 0 for i in range(length)]
        assert row == expected, f"{ids} brought to length {length} is {expected}, got {row}"
### END HIDDEN TESTS

# %% tags=["demo"]
ids = pad([encode(text, vocabulary) for text in TEXTS], 6)
words = {i: word for word, i in vocabulary.items()}
fig, ax = plt.subplots(figsize=(8, 3))
ax.imshow(np.where(ids == 0, 0.85, 1.0), cmap="gray", vmin=0, vmax=1, aspect="auto")
for (row, column), i in np.ndenumerate(ids):
    ax.text(column, row, f"{i}\n{words.get(i, '(padding)')}", ha="center", va="center")
ax.set(title="A batch of ids", xlabel="position in the text", ylabel="text", xticks=range(6), yticks=range(4))
plt.show()

# %% [markdown]
# One row for each text, one column for each position, the words under their ids for us humans. The gray cells are padding. This array of shape (4, 6), **(batch, length)**, is what goes into an embedding layer.
#
# ## From ids to vectors: the table
#
# An id is a name, not a quantity. *is* (2) is not twice *hot* (1), and *soup* (8) does not lie between *and* (7) and *sweet* (9). A network that multiplies and adds must not be fed such numbers as they are.
#
# So each id is replaced by a row of a table. This table **is** the embedding: one row for each id, one column for each **dimension**. Here it is, made by hand. Row 0 is for the padding, so nine words need ten rows.

# %% tags=["demo"]
table = np.zeros((len(vocabulary) + 1, 3), dtype=np.float32)
for word, i in vocabulary.items():
    table[i] = MEANINGS[word]
fig, ax = plt.subplots(figsize=(5, 5))
image = ax.imshow(table, cmap="cividis", vmin=-1, vmax=1, aspect="auto")
for (row, column), value in np.ndenumerate(table):
    ax.text(column, row, f"{value:.1f}", ha="center", va="center", color="k" if value > -0.3 else "w")
ax.set(title="The table: 10 rows, 3 dimensions", xlabel="dimension", ylabel="id", xticks=range(3))
ax.set_xticklabels(["0: warm", "1: food", "2: thing"])
ax.set_yticks(range(10), [f"{i} {words.get(i, '(padding)')}" for i in range(10)])
fig.colorbar(image, label="value")
plt.show()

# %% [markdown]
# Each row is the vector of one word. *tea* and *soup* have nearly the same rows; *hot* and *cold* differ only in the sign of the first number. That is the point of an embedding: **words that matter in the same way get similar rows**, so what a network learns about *tea* holds at once for *soup*.
#
# Two things are unusual about this table. We chose the meaning of its columns, while the dimensions of a trained embedding have no names. And it is tiny: real tables have some ten thousand rows or more, and 50 to 1,000 columns.
#
# ### Exercise: look it up
#
# Now the layer itself. For every id in an array of shape (batch, length), take the row of the table with that number. The result has shape **(batch, length, dimension)**: one axis more than what went in. NumPy can do this without a loop.
#
# One trap: in NumPy `table[-1]` is the last row. Nobody has the id −1, so your function refuses it.


# %% exercise="look_up"
def look_up(ids, table):
    """Replace each id by its row of a table: what an embedding layer computes.

    Parameters
    ----------
    ids : ndarray, shape (batch, length), any integer dtype
        At least one id.
    table : ndarray, shape (rows, dim), float32
        The vector of id i is row i. Row 0 is looked up like every other. The table is not changed.

    Returns
    -------
    ndarray, shape (batch, length, dim), float32
        Its entry [i, j] is the vector of `ids[i, j]`.

    Raises
    ------
    IndexError
        If an id is negative, or too large for the table.
    """
    ### BEGIN SOLUTION
    if (ids < 0).any():
        raise IndexError(f"an id is never negative, got {ids.min()}")
    return table[ids]
    ### END SOLUTION


# %% check="look_up" points=2
# Each id gets its row, and the result has one axis more
small = np.array([[9, 8], [1, 2], [3, 4], [5, 6]], dtype=np.float32)
try:
    got = look_up(np.array([[1, 3, 0], [2, 2, 1]], dtype=np.int32), small)
except IndexError as error:
    raise AssertionError(
        "the ids 0 to 3 all have a row in a table of 4 rows, so nothing is wrong here: "
        f"0 is an id like every other, 3 is the last row, and the rows are the first axis ({error})"
    ) from None
assert got is not None, "the function returns nothing: end it with `return`, printing is not enough"
assert isinstance(got, np.ndarray), f"return a NumPy array, not {type(got).__name__}"
assert got.shape != (2, 2, 3), "shape (batch, dim, length): the dimension is the last axis, (batch, length, dim)"
assert got.shape != (2, 2), "the vectors of a text were put together: there is one vector for each position"
assert got.shape[:1] != (1,), f"two texts go in, so there is one block for each text; got shape {got.shape}"
assert got.shape == (2, 3, 2), (
    f"ids (2, 3), table (4, 2): expected shape (2, 3, 2), (batch, length, dim), got {got.shape}"
)
assert small[0].tolist() == [9, 8], f"look_up changed the table that it was given: row 0 is now {small[0].tolist()}"
assert not np.array_equal(got[0], np.outer([1, 3, 0], small[1])), (
    "an id is a name, not a quantity: a lookup copies rows, it multiplies nothing by the id"
)
assert not np.array_equal(got[0, 0], [9, 8]), "id 1 got row 0: the ids are row numbers already, take nothing off them"
assert not np.array_equal(got[0, 0], [3, 4]), "id 1 got row 2: the ids are row numbers already, add nothing to them"
assert not np.array_equal(got[0, 2], [0, 0]), "id 0 is looked up like every other: row 0 of this table is [9, 8]"
assert np.array_equal(got[0], [[1, 2], [5, 6], [9, 8]]), (
    f"ids 1, 3, 0 are rows [1, 2], [5, 6], [9, 8] of the table, got {got[0].tolist()}"
)
assert np.array_equal(got[1], [[3, 4], [3, 4], [1, 2]]), (
    f"ids 2, 2, 1 are [3, 4], [3, 4], [1, 2], got {got[1].tolist()}"
)
assert got.dtype == np.float32, f"the vectors keep the float32 of the table, got {got.dtype}"
print("look_up: the visible checks pass")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(41)
for batch, length, rows, dim in [(1, 1, 2, 1), (4, 4, 4, 4), (6, 3, 50, 8), (3, 11, 20, 5)]:
    numbers = rng.normal(size=(rows, dim)).astype(np.float32)
    ids_in = rng.integers(0, rows, size=(batch, length)).astype(rng.choice(["int32", "int64"]))
    given = numbers.copy()
    got = look_up(ids_in, given)
    assert np.array_equal(given, numbers), "look_up changed the table that it was given"
    assert got.shape == (batch, length, dim), f"expected shape {(batch, length, dim)}, got {got.shape}"
    assert got.dtype == np.float32, f"the vectors keep the float32 of the table, got {got.dtype}"
    for i in range(batch):
        for j in range(length):
            assert np.array_equal(got[i, j], numbers[ids_in[i, j]]), (
                f"entry [{i}, {j}] is row {ids_in[i, j]} of the table: expected {numbers[ids_in[i, j]]}, got {got[i, j]}"
            )
### END HIDDEN TESTS

# %% check="look_up" points=1
# An id without a row is an error
small = np.array([[9, 8], [1, 2], [3, 4], [5, 6]], dtype=np.float32)
try:
    got = look_up(np.array([[1, -1]]), small)
except IndexError:
    pass
except (ValueError, KeyError, AssertionError) as error:
    raise AssertionError(
        f"an id without a row is an IndexError, as for any index, not a {type(error).__name__} ({error})"
    ) from None
else:
    raise AssertionError(f"-1 is no id: raise IndexError; NumPy takes the last row without a word, you returned {got}")
print("ids without a row: the visible checks pass")
### BEGIN HIDDEN TESTS
for wrong in ([[4, 1]], [[0, 1], [2, 99]], [[-4, 1]], [[-9, 1]], [[2, 1], [0, -2]]):
    try:
        got = look_up(np.array(wrong), small)
    except IndexError:
        continue
    raise AssertionError(
        f"ids {wrong} and a table of 4 rows: raise IndexError, there is no such row; got {got.tolist()}"
    )
try:
    got = look_up(np.array([[0, 3]]), small)
except IndexError as error:
    raise AssertionError(f"0 and 3 are rows of this table, the first and the last, and no error ({error})") from None
assert np.array_equal(got, [[[9, 8], [5, 6]]]), (
    f"0 and 3 are rows of this table, the first and the last; got {got.tolist()}"
)
### END HIDDEN TESTS

# %% [markdown]
# Now walk the whole path: four texts go in, and an array of numbers comes out that a network can work with.

# %% tags=["demo"]
vectors = look_up(ids, table)
print("ids    ", ids.shape, "  (batch, length)")
print("vectors", vectors.shape, "(batch, length, dimension)")
print("the second text, one row for each position:")
for i, vector in zip(ids[1], vectors[1], strict=True):
    print(f"  {i}  {words.get(i, '(padding)'):6} {vector}")

# %% [markdown]
# That is all that an embedding layer computes: it copies rows. There is no multiplication in it and no understanding. What makes it powerful is that **the numbers in the table can be learned**: during training, the rows of the words in a batch are nudged so that the network's error falls, as with any other weight. And rows that have been learned once can be used again.
#
# ## Find the bug: padding with −1
#
# [Issue 12269 of the Keras project](https://github.com/keras-team/keras/issues/12269) shows code in which the texts are padded with −1 instead of 0, in front of an embedding layer:
#
# ```python
# pad_sequences(title_content_ids_list, maxlen=MAXLEN_CONTENT, padding='post', truncating='post', value=-1)
# ```
#
# On a machine with a GPU it ran without complaint, its author writes; on a CPU it stopped with an error. The cell below does the same with our ids and indexes the table without your guard. Which row do you expect for the padding? Decide before you run it.

# %% tags=["demo"]
padded = np.where(ids == 0, -1, ids)
print("ids of text 0:   ", padded[0])
print("its last vector: ", table[padded][0, -1])
print("the row of sweet:", table[vocabulary["sweet"]])

# %% [markdown]
# The soup has become sweet, twice. In NumPy −1 means "the last row", here the row of *sweet*. Keras 3.15 on TensorFlow does the same on a CPU. There is no error, the shapes are right, and every short text quietly gains copies of the last word of the vocabulary. On other versions and devices an id without a row stops the program or gives zeros.
#
# Two habits protect you: pad with 0, which no word has, and check `ids.min()` and `ids.max()` before you train. Your `look_up` does that now.
#
# ## The same path in Keras
#
# Keras packs tokens, vocabulary, ids and padding into one layer, `TextVectorization`. `adapt` builds the vocabulary. The table is a second layer, `Embedding`. (The first start of TensorFlow takes a few seconds.)

# %% tags=["demo"]
import keras

vectorize = keras.layers.TextVectorization(output_sequence_length=6)
vectorize.adapt(TEXTS)
print([str(word) for word in vectorize.get_vocabulary()])
print(np.array(vectorize(["Hot tea!", "Spicy soup"])))
embedding = keras.layers.Embedding(input_dim=vectorize.vocabulary_size(), output_dim=3)
print("vectors", embedding(vectorize(["Hot tea!", "Spicy soup"])).shape)
rows = embedding.get_weights()[0]
print("the same as look_up:", np.array_equal(embedding(ids), look_up(ids, rows)))
print("pad_sequences, as it comes:", keras.utils.pad_sequences([[1, 6]], maxlen=6))

# %% [markdown]
# Read the output line by line.
#
# 1. The vocabulary is a **list**, and a word's id is its place in it. Two entries come before the words: the empty string at 0, which is **padding**, and `[UNK]` at 1, which stands for every **unknown** word. So the first word has the id 2, and `len(get_vocabulary())` already counts both.
# 2. *Spicy* is not in the four texts. It becomes 1; it is not left out. The zeros come after the words, as in your `pad`.
# 3. Two texts of six ids became an array of shape (2, 6, 3): (batch, length, dimension).
# 4. With the layer's own rows, your `look_up` gives exactly what the layer gives.
# 5. The older helper `pad_sequences` puts the zeros **before** the words (and cuts long texts at the front) unless you write `padding="post", truncating="post"`. If you mix the two conventions, training and use no longer fit together.
#
# Side by side:
#
# | | your functions | `TextVectorization` |
# |---|---|---|
# | padding | 0 | 0 |
# | unknown word | left out | 1, `[UNK]` |
# | first word | 1 | 2 |
# | rows that the table needs | number of words + 1 | `len(get_vocabulary())` |
# | "at most n" | `max_words` counts words | `max_tokens` counts padding and `[UNK]`, too |
# | equally frequent words | alphabetical | from z to a |
#
# How many rows the table needs is the question that trips up most learners. Lesson 3 is about it.
#
# Older tutorials write `from keras.preprocessing.text import Tokenizer`. Keras 3 has no such module; `TextVectorization` has taken its place, and dictionaries with ids from 1, as `Tokenizer` made them, are what you have built here by hand.
#
# ## Where transfer learning enters
#
# Tokens, vocabulary and ids hold no knowledge: they are bookkeeping. All knowledge about words sits in **the table**. There are three ways to fill it:
#
# 1. **From scratch.** Start with small random numbers and let your own training move them. Only the words in your own training texts learn anything.
# 2. **Borrowed and kept.** Take rows that somebody trained on a very large collection of texts, such as Wikipedia, and freeze them.
# 3. **Borrowed and trained on** (*fine-tuned*). Start with the borrowed rows, and let your training adjust them.
#
# The second and third are **transfer learning**: what was learned on one task, with a lot of text and computing time, is used for another. Nothing else on the path changes: the same ids pick rows out of another table. To train such a table is expensive; to load it takes seconds.
#
# How much is in borrowed rows? The next cell takes words of three groups and asks of each pair how alike their rows are, in a random table and in one that was trained on English text (this course brings a small one). The measure is the correlation: 1 means the same pattern, 0 means nothing in common.

# %% tags=["demo"]
chosen = ["hot", "cold", "warm", "father", "mother", "sister", "monday", "friday", "sunday"]
trained = load_vectors(set(chosen))
chosen = [word for word in chosen if word in trained]
borrowed = np.array([trained[word] for word in chosen])
random = np.random.default_rng(0).uniform(-0.05, 0.05, borrowed.shape)
alike = {"Random rows": np.corrcoef(random), "Borrowed rows": np.corrcoef(borrowed)}

# %% tags=["demo"]
fig, axes = plt.subplots(1, 2, figsize=(11, 4.8), layout="constrained")
for ax, (title, numbers) in zip(axes, alike.items(), strict=True):
    image = ax.imshow(numbers, cmap="cividis", vmin=-0.3, vmax=1)
    for (row, column), value in np.ndenumerate(numbers):
        ax.text(column, row, f"{value:.1f}", ha="center", va="center", color="k" if value > 0.35 else "w")
    ax.set(title=title, xlabel="word", ylabel="word")
    ax.set_xticks(range(len(chosen)), chosen, rotation=45)
    ax.set_yticks(range(len(chosen)), chosen)
fig.colorbar(image, ax=axes, label="correlation of two rows")
plt.show()

# %% [markdown]
# Left, the random table: every word resembles only itself, the bright diagonal. Right, the borrowed table: three bright blocks, for temperature, family and days. Nobody told the training about these groups; it saw which words stand near which others in a large amount of text. A classifier that starts with the borrowed table and has seen *father* in its training texts has an idea of *mother* before it meets the word. That is what transfer learning buys, and lessons 4 to 7 measure how much.
#
# ## Quiz
#
# Think of an answer first, then open the choices.
#
# **1. A batch of 32 texts, each padded to 120 ids, goes into an embedding layer with 300 dimensions. What is the shape of the result?**
#
# <details><summary>A. (32, 300)</summary>
# No. That would be one vector for each text. The layer gives one vector for each <em>position</em>; to make one of a whole text you need a further step, such as an average.
# </details>
# <details><summary>B. (32, 120, 300)</summary>
# Right: each of the 32 × 120 ids is replaced by a row of 300 numbers, so there is one axis more, at the end.
# </details>
# <details><summary>C. (32, 300, 120)</summary>
# No. These are the same numbers in another arrangement: the dimension is the last axis, (batch, length, dimension).
# </details>
# <details><summary>D. (120, 300)</summary>
# No. The batch does not disappear; each of the 32 texts has its own 120 vectors.
# </details>

# %% [markdown]
# **2. Why does no word get the id 0?**
#
# <details><summary>A. Because Python dictionaries start at 1</summary>
# No. Dictionaries have no order of that kind, and a word with the id 0 would work in Python. It is a convention of this field.
# </details>
# <details><summary>B. Because row 0 of the table must be zeros</summary>
# No. Row 0 is a row like any other, and may hold anything. Many people fill it with zeros <em>because</em> it stands for padding.
# </details>
# <details><summary>C. Because 0 fills up short texts, and the model should be able to tell padding from a word</summary>
# Right. In lesson 3 you will see <code>mask_zero=True</code>, which tells later layers to skip exactly the positions with id 0.
# </details>

# %% [markdown]
# **3. A colleague uses your `encode`, but replaces unknown words by 0 instead of leaving them out. What is lost?**
#
# <details><summary>A. Nothing, 0 is a valid id</summary>
# No. The program runs, which makes this mistake hard to find. But now 0 means two things.
# </details>
# <details><summary>B. "A word that I do not know" and "no word" can no longer be told apart</summary>
# Right. A model that skips padding would skip unknown words in the middle of a text as well. <code>TextVectorization</code> avoids this with a separate id, 1.
# </details>
# <details><summary>C. The shape of the result changes</summary>
# No. The lists are a little longer than before, and after padding all shapes are as they were.
# </details>

# %% [markdown]
# **4. At which step of the path does transfer learning enter?**
#
# <details><summary>A. When the text is split into tokens</summary>
# Not there, although you have to take care that your tokens look like those of the borrowed table (lesson 6).
# </details>
# <details><summary>B. When the vocabulary is built</summary>
# No. Ids are arbitrary names; your vocabulary and that of the borrowed table number the words differently, and that does not matter.
# </details>
# <details><summary>C. In the numbers of the table</summary>
# Right. The rows are what was learned, so the rows are what can be carried over.
# </details>
# <details><summary>D. In the padding</summary>
# No. Padding holds no information about words.
# </details>

# %% [markdown]
# **5. `TextVectorization` returns the ids `[4, 1, 7, 0, 0]` for a text. What do you know about the text?**
#
# <details><summary>A. It has five words, and the second is the most frequent word of the vocabulary</summary>
# No. In your own vocabulary 1 would be the most frequent word; here the first word has the id 2.
# </details>
# <details><summary>B. It has three words, and the second was unknown</summary>
# Right: 1 is <code>[UNK]</code>, and the zeros at the end are padding.
# </details>
# <details><summary>C. It has two words, because the unknown one was left out</summary>
# No. Your <code>encode</code> leaves unknown words out; <code>TextVectorization</code> keeps their place with a 1.
# </details>

# %% [markdown]
# ## Summary
#
# - The path is **text → tokens → ids → vectors**. The first three are bookkeeping; the knowledge sits in the table of vectors.
# - A **vocabulary** numbers the words. Id 0 is kept for **padding**; unknown words are left out, or share an id of their own (`[UNK]`, 1, in Keras). Never mix up the two.
# - An **embedding layer** is a table with one row for each id. It copies rows: (batch, length) in, (batch, length, dimension) out.
# - Negative ids wrap around without an error. Check the smallest and the largest id before you train.
# - **Transfer learning** replaces the numbers in the table by rows that were trained on much more text. Nothing else on the path changes.
#
# ## Read on
#
# - [Keras documentation of the TextVectorization layer](https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/): all its settings, with examples.
# - [Keras documentation of the Embedding layer](https://keras.io/api/layers/core_layers/embedding/): one page, worth reading in full before lesson 3.
# - [TensorFlow tutorial "Word embeddings"](https://www.tensorflow.org/text/guide/word_embeddings): the same path on film reviews.
# - [Speech and Language Processing, by Jurafsky and Martin](https://web.stanford.edu/~jurafsky/slp3/): the free textbook; its chapter on embeddings tells where the idea comes from.
#
# **Next:** lesson 2 asks why one goes to the trouble of a table at all, counts the bytes, and does arithmetic with words.
