# %% [markdown]
# # Known answers to the exercises of lesson 1
#
# How they are written and graded: the docstring of `autograde/audit/__init__.py`. Each cell stands alone.

# %% [markdown]
# ## `build_vocabulary`

# %% exercise="build_vocabulary" right="Counter, sorted items by (-count, word)"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    items = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    if max_words is not None:
        items = items[:max_words]
    return {w: i + 1 for i, (w, c) in enumerate(items)}


# %% exercise="build_vocabulary" right="two stable sorts, dict(zip(...)), prints on the way"
import collections


def build_vocabulary(texts, max_words=None):
    c = collections.Counter()
    for t in texts:
        c.update(tokenize(t))
    words = sorted(c)
    words.sort(key=c.get, reverse=True)
    words = words if max_words is None else words[:max_words]
    print("found", len(words))
    return dict(zip(words, range(1, len(words) + 1)))


# %% exercise="build_vocabulary" right="np.unique with counts and np.lexsort"
def build_vocabulary(texts, max_words=None):
    tokens = tokenize(" ".join(texts))
    if not tokens:
        return {}
    words, counts = np.unique(tokens, return_counts=True)
    order = np.lexsort((words, -counts))
    return {str(words[j]): i for i, j in enumerate(order[:max_words], 1)}


# %% exercise="build_vocabulary" right="a heap of (-count, word), an OrderedDict as result"
import heapq
from collections import OrderedDict, defaultdict


def build_vocabulary(texts, max_words=None):
    n = defaultdict(int)
    for t in texts:
        for w in tokenize(t):
            n[w] += 1
    heap = [(-k, w) for w, k in n.items()]
    heapq.heapify(heap)
    out = OrderedDict()
    while heap and (max_words is None or len(out) < max_words):
        out[heapq.heappop(heap)[1]] = len(out) + 1
    return out


# %% exercise="build_vocabulary" right="a class that keeps all tokens, list.count, NumPy integers as ids"
class V:
    def __init__(self):
        self.l = []

    def add(self, ws):
        self.l.extend(ws)

    def rank(self):
        return sorted(set(self.l), key=lambda w: (-self.l.count(w), w))


def build_vocabulary(texts: list[str], max_words: int | None = None) -> dict[str, int]:
    v = V()
    for t in texts:
        v.add(tokenize(t))
    r = v.rank()
    if max_words:
        r = r[:max_words]
    d = {}
    for w in r:
        d[w] = np.int64(len(d) + 1)
    return d


# %% exercise="build_vocabulary" right="itertools.groupby over the sorted tokens, typed, with an early return"
from itertools import chain, groupby


def build_vocabulary(texts: list[str], max_words: int | None = None) -> dict[str, int]:
    if not texts:
        return {}
    tokens = sorted(chain.from_iterable(map(tokenize, texts)))
    groups = [(word, len(list(group))) for word, group in groupby(tokens)]
    groups.sort(key=lambda pair: pair[1], reverse=True)
    limit = len(groups) if max_words is None else max_words
    vocabulary: dict[str, int] = {}
    for number, (word, _) in enumerate(groups, start=1):
        if number > limit:
            break
        vocabulary[word] = number
    return vocabulary


# %% exercise="build_vocabulary" right="a bucket of words for each count, walked from the fullest by a generator"
import itertools
import warnings
from collections import defaultdict

FIRST_ID = 1


def words_by_rank(counts):
    buckets = defaultdict(list)
    for word in counts:
        buckets[counts[word]].append(word)
    for count in sorted(buckets, reverse=True):
        yield from sorted(buckets[count])


def build_vocabulary(texts, max_words=None):
    counts = {}
    for text in texts:
        for word in tokenize(text):
            if word not in counts:
                counts[word] = 0
            counts[word] += 1
    if max_words is not None and max_words > len(counts):
        warnings.warn("fewer words than max_words", stacklevel=2)
    kept = itertools.islice(words_by_rank(counts), max_words)
    return dict(zip(kept, itertools.count(FIRST_ID)))


# %% exercise="build_vocabulary" right="compares two words at a time, functools.cmp_to_key and reduce"
from functools import cmp_to_key, reduce


def build_vocabulary(texts, max_words=None):
    def add(counts, word):
        return {**counts, word: counts.get(word, 0) + 1}

    counts = reduce(add, (word for text in texts for word in tokenize(text)), {})

    def compare(first, second):
        if counts[first] != counts[second]:
            return counts[second] - counts[first]
        return -1 if first < second else 1

    order = sorted(counts, key=cmp_to_key(compare))
    if max_words is not None:
        del order[max_words:]
    return {word: order.index(word) + 1 for word in order}


# %% exercise="build_vocabulary" right="no sorting: an id is one more than the number of words that come before"
def comes_before(one, other, *, counts):
    if counts[one] == counts[other]:
        return one < other
    return counts[one] > counts[other]


def build_vocabulary(texts, max_words=None):
    counts = {}
    for text in texts:
        for word in tokenize(text):
            counts[word] = counts.setdefault(word, 0) + 1
    ids = {word: 1 + sum(comes_before(other, word, counts=counts) for other in counts) for word in counts}
    if max_words is None:
        return ids
    return {word: i for word, i in ids.items() if i <= max_words}


# %% exercise="build_vocabulary" wrong="counts from 0, so the first word is taken for padding" fails="build_vocabulary-check-1" says="kept for padding"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words])}


# %% exercise="build_vocabulary" wrong="starts at 2, as Keras does where 1 is the unknown word" fails="build_vocabulary-check-1" says="no id is kept for unknown words"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words], 2)}


# %% exercise="build_vocabulary" wrong="splits at spaces only, so Tea, and tea! are different words" fails="build_vocabulary-check-1" says="tokenize"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in t.split())
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="lower-cases but leaves the punctuation on the words" fails="build_vocabulary-check-1" says="punctuation"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in t.lower().split())
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="counts in how many texts a word occurs, not how often" fails="build_vocabulary-check-1" says="every occurrence"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in set(tokenize(t)))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="trusts Counter.most_common with the order of equal counts" fails="build_vocabulary-check-2" says="most_common"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = [w for w, _ in counts.most_common()]
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="sorts (count, word) with reverse=True, which turns the alphabet round" fails="build_vocabulary-check-2" says="reverse"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = [w for c, w in sorted(((c, w) for w, c in counts.items()), reverse=True)]
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="numbers the words as they first appear" fails="build_vocabulary-check-1" says="first appear"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = list(counts)
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="numbers the words by the alphabet, without looking at the counts" fails="build_vocabulary-check-2" says="alphabet"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts)
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="sorts by rising count, so the rarest word is 1" fails="build_vocabulary-check-1" says="smallest id"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="makes the table from id to word (index_word), not from word to id" fails="build_vocabulary-check-1" says="other way round"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {i: w for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="returns the counts, as if they were the ids" fails="build_vocabulary-check-1" says="counts"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return dict(counts)


# %% exercise="build_vocabulary" wrong="returns the ordered words, as get_vocabulary() does" fails="build_vocabulary-check-1 build_vocabulary-check-2 build_vocabulary-check-3" says="dictionary"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return ordered


# %% exercise="build_vocabulary" wrong="ignores max_words" fails="build_vocabulary-check-3" says="ignored"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered, 1)}


# %% exercise="build_vocabulary" wrong="takes one place off max_words for padding, as num_words of the old Tokenizer does" fails="build_vocabulary-check-3" says="padding takes none"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[: max_words - 1 if max_words else None], 1)}


# %% exercise="build_vocabulary" wrong="takes two places off max_words, as max_tokens of TextVectorization does" fails="build_vocabulary-check-3" says="padding takes none"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[: max_words - 2 if max_words else None], 1)}


# %% exercise="build_vocabulary" wrong="adds a place for padding to max_words" fails="build_vocabulary-check-3" says="not four"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[: max_words + 1 if max_words else None], 1)}


# %% exercise="build_vocabulary" wrong="cuts the words to max_words before it has ranked them" fails="build_vocabulary-check-3" says="rank all words first"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(list(counts)[:max_words], key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="gives words with equal counts the same id, their rank" fails="build_vocabulary-check-2" says="id of its own"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: sorted(set(counts.values()), reverse=True).index(counts[w]) + 1 for w in ordered[:max_words]}


# %% exercise="build_vocabulary" wrong="puts an entry for padding into the dictionary" fails="build_vocabulary-check-1" says="keys are the words"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(w for t in texts for w in tokenize(t))
    ordered = sorted(counts, key=lambda w: (-counts[w], w))
    return {"": 0} | {w: i for i, w in enumerate(ordered[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="counts the first text only" fails="build_vocabulary-check-1" says="the words of all texts"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    c = Counter(tokenize(texts[0])) if texts else {}
    return {w: i for i, w in enumerate(sorted(c, key=lambda w: (-c[w], w))[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="starts from texts[0], so no texts is an error" fails="build_vocabulary-check-1" says="no texts, no words"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    c = sum((Counter(tokenize(t)) for t in texts[1:]), Counter(tokenize(texts[0])))
    return {w: i for i, w in enumerate(sorted(c, key=lambda w: (-c[w], w))[:max_words], 1)}


# %% exercise="build_vocabulary" wrong="has not written anything yet" fails="build_vocabulary-check-1 build_vocabulary-check-2 build_vocabulary-check-3" says="not written yet"
def build_vocabulary(texts, max_words=None):
    raise NotImplementedError()


# %% exercise="build_vocabulary" wrong="types in the dictionary of the visible check" fails="build_vocabulary-check-1" says="tea occurs 3 times"
def build_vocabulary(texts, max_words=None):
    return {"tea": 1, "soup": 2, "hot": 3}


# %% exercise="build_vocabulary" wrong="prints the vocabulary and returns nothing" fails="build_vocabulary-check-1" says="returns nothing"
from collections import Counter


def build_vocabulary(texts, max_words=None):
    counts = Counter(word for text in texts for word in tokenize(text))
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    print({word: i for i, word in enumerate(ordered[:max_words], 1)})


# %% exercise="build_vocabulary" wrong="takes at most 10 words where max_words is not given" fails="build_vocabulary-check-1" says="12 words have the ids 1 to 12"
from collections import Counter


def build_vocabulary(texts, max_words=10):
    counts = Counter(word for text in texts for word in tokenize(text))
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(ordered[:max_words], 1)}


# %% [markdown]
# ## `encode`


# %% exercise="encode" right="loop with dict.get and a test for None"
def encode(text, vocabulary):
    out = []
    for w in tokenize(text):
        i = vocabulary.get(w)
        if i is not None:
            out.append(i)
    return out


# %% exercise="encode" right="map over filter, no loop of one's own"
def encode(text, vocabulary):
    return list(map(vocabulary.__getitem__, filter(vocabulary.__contains__, tokenize(text))))


# %% exercise="encode" right="asks forgiveness: try and except KeyError"
def encode(text, vocabulary):
    r = []
    for w in tokenize(text):
        try:
            r += [vocabulary[w]]
        except KeyError:
            continue
    return r


# %% exercise="encode" right="a NumPy array with -1 for unknown, filtered, tolist()"
def encode(text, vocabulary):
    a = np.array([vocabulary.get(w, -1) for w in tokenize(text)], dtype=int)
    return a[a >= 0].tolist()


# %% exercise="encode" right="a generator function, gathered with list()"
def known_ids(text, vocabulary):
    for word in tokenize(text):
        if word in vocabulary:
            yield vocabulary[word]


def encode(text, vocabulary):
    return list(known_ids(text, vocabulary))


# %% exercise="encode" right="recursion over the words, first word and rest"
def encode(text: str, vocabulary: dict[str, int]) -> list[int]:
    def walk(words: list[str]) -> list[int]:
        if not words:
            return []
        head, *rest = words
        return ([vocabulary[head]] if head in vocabulary else []) + walk(rest)

    return walk(tokenize(text))


# %% exercise="encode" right="a comprehension with the walrus operator"
def encode(text, vocabulary):
    return [i for word in tokenize(text) if (i := vocabulary.get(word)) is not None]


# %% exercise="encode" right="throws out the unknown words first, with set arithmetic on a copy, then operator.itemgetter"
from operator import itemgetter


def encode(text, vocabulary):
    table = dict(vocabulary)
    words = tokenize(text)
    unknown = set(words) - table.keys()
    print(len(unknown), "unknown words:", *sorted(unknown))
    words = [word for word in words if word not in unknown]
    if not words:
        return []
    if len(words) == 1:
        return [table[words[0]]]
    return list(itemgetter(*words)(table))


# %% exercise="encode" right="a dictionary class of its own with __missing__, functools.reduce"
from functools import reduce


class Lookup(dict):
    def __missing__(self, word):
        return ()


def encode(text, vocabulary):
    lookup = Lookup((word, (i,)) for word, i in vocabulary.items())
    return list(reduce(lambda ids, word: ids + lookup[word], tokenize(text), ()))


# %% exercise="encode" wrong="splits the text by hand, so Hot with a capital is unknown" fails="encode-check-1" says="tokenize"
def encode(text, vocabulary):
    return [vocabulary[w] for w in text.split() if w in vocabulary]


# %% exercise="encode" wrong="lower-cases by hand and leaves the punctuation on" fails="encode-check-1" says="drops the punctuation"
def encode(text, vocabulary):
    return [vocabulary[w] for w in text.lower().split() if w in vocabulary]


# %% exercise="encode" wrong="asks for the id of every word, so the first unknown word is an error" fails="encode-check-2" says="leave such a word out"
def encode(text, vocabulary):
    return [vocabulary[w] for w in tokenize(text)]


# %% exercise="encode" wrong="gives unknown words the id of padding" fails="encode-check-2" says="look like padding"
def encode(text, vocabulary):
    return [vocabulary.get(w, 0) for w in tokenize(text)]


# %% exercise="encode" wrong="looks up with dict.get and keeps the None" fails="encode-check-2" says="None in its place"
def encode(text, vocabulary):
    return [vocabulary.get(w) for w in tokenize(text)]


# %% exercise="encode" wrong="gives unknown words the id -1" fails="encode-check-2" says="id of its own"
def encode(text, vocabulary):
    return [vocabulary.get(w, -1) for w in tokenize(text)]


# %% exercise="encode" wrong="gives unknown words the id 1, as TextVectorization does" fails="encode-check-2" says="id of its own"
def encode(text, vocabulary):
    return [vocabulary.get(w, 1) for w in tokenize(text)]


# %% exercise="encode" wrong="gives unknown words one id after the last word" fails="encode-check-2" says="unknown"
def encode(text, vocabulary):
    return [vocabulary.get(w, len(vocabulary) + 1) for w in tokenize(text)]


# %% exercise="encode" wrong="looks up with setdefault, so the dictionary grows by the unknown words" fails="encode-check-2" says="added words"
def encode(text, vocabulary):
    return [i for i in (vocabulary.setdefault(w, None) for w in tokenize(text)) if i]


# %% exercise="encode" wrong="gives each unknown word a new id and writes it into the vocabulary" fails="encode-check-2" says="left out"
def encode(text, vocabulary):
    return [vocabulary.setdefault(w, len(vocabulary) + 1) for w in tokenize(text)]


# %% exercise="encode" wrong="keeps each id once, like a set of words" fails="encode-check-1" says="repeated"
def encode(text, vocabulary):
    return list(dict.fromkeys(vocabulary[w] for w in tokenize(text) if w in vocabulary))


# %% exercise="encode" wrong="sorts the ids and so loses the order of the words" fails="encode-check-1" says="order of the text"
def encode(text, vocabulary):
    return sorted(vocabulary[w] for w in tokenize(text) if w in vocabulary)


# %% exercise="encode" wrong="takes the position in the dictionary for the id" fails="encode-check-1" says="look each word up in the vocabulary"
def encode(text, vocabulary):
    ks = list(vocabulary)
    return [ks.index(w) + 1 for w in tokenize(text) if w in ks]


# %% exercise="encode" wrong="returns a NumPy array" fails="encode-check-1 encode-check-2" says="list of ids, not ndarray"
def encode(text, vocabulary):
    return np.array([vocabulary[w] for w in tokenize(text) if w in vocabulary])


# %% exercise="encode" wrong="filters the words but returns them instead of their ids" fails="encode-check-1" says="the ids, not the words"
def encode(text, vocabulary):
    return [w for w in tokenize(text) if w in vocabulary]


# %% exercise="encode" wrong="stops at the first unknown word" fails="encode-check-2" says="go on after an unknown word"
def encode(text, vocabulary):
    r = []
    for w in tokenize(text):
        if w not in vocabulary:
            break
        r.append(vocabulary[w])
    return r


# %% exercise="encode" wrong="joins the ids to a string" fails="encode-check-1 encode-check-2" says="list of ids, not str"
def encode(text, vocabulary):
    return " ".join(str(vocabulary[w]) for w in tokenize(text) if w in vocabulary)


# %% exercise="encode" wrong="walks over the vocabulary instead of the text" fails="encode-check-1" says="repeated"
def encode(text, vocabulary):
    return [vocabulary[w] for w in vocabulary if w in tokenize(text)]


# %% exercise="encode" wrong="prints the ids and returns nothing" fails="encode-check-1" says="returns nothing"
def encode(text, vocabulary):
    print([vocabulary[word] for word in tokenize(text) if word in vocabulary])


# %% exercise="encode" wrong="types in the lists of the visible checks" fails="encode-check-1" says="the ids are those of the vocabulary"
def encode(text, vocabulary):
    return {"Hot soup, hot TEA!": [4, 9, 4, 2], "Spicy hot soup with tea": [4, 9, 2]}.get(text, [])


# %% exercise="encode" wrong="returns the ids in the reverse order, by popping words from the end" fails="encode-check-1" says="order of the text"
def encode(text, vocabulary):
    words, ids = tokenize(text), []
    while words:
        word = words.pop()
        if word in vocabulary:
            ids.append(vocabulary[word])
    return ids


# %% [markdown]
# ## `pad`


# %% exercise="pad" right="adds a whole row of zeros to each list and slices"
def pad(sequences, length):
    return np.array([(list(s) + [0] * length)[:length] for s in sequences], dtype=np.int32).reshape(
        len(sequences), length
    )


# %% exercise="pad" right="keras.utils.pad_sequences with padding and truncating set to post"
import keras


def pad(sequences, length):
    return keras.utils.pad_sequences(sequences, maxlen=length, padding="post", truncating="post")


# %% exercise="pad" right="two loops over rows and columns"
def pad(sequences, length):
    out = np.zeros([len(sequences), length], "int32")
    for i in range(len(sequences)):
        for j in range(min(length, len(sequences[i]))):
            out[i, j] = sequences[i][j]
    return out


# %% exercise="pad" right="a Boolean mask of the places, filled with the flat ids"
def pad(sequences, length):
    lens = np.minimum([len(s) for s in sequences], length).astype(int)
    out = np.zeros((len(sequences), length), dtype=np.int32)
    mask = np.arange(length)[None] < lens.reshape(-1, 1)
    flat = [i for s in sequences for i in s[:length]]
    out[mask] = flat
    return out


# %% exercise="pad" right="np.pad for each row, np.stack"
def pad(sequences, length):
    rows = [np.pad(np.array(s[:length], dtype=np.int32), (0, length - len(s[:length]))) for s in sequences]
    return np.stack(rows) if rows else np.empty((0, length), np.int32)


# %% exercise="pad" right="itertools.zip_longest makes the columns, transposed"
from itertools import islice, zip_longest


def pad(sequences, length):
    cols = list(islice(zip_longest(*sequences, range(0), [0] * length, fillvalue=0), length))
    return np.array(cols, dtype=np.int32).T[:-2] if sequences else np.zeros((0, length), np.int32)


# %% exercise="pad" right="one stream of ids from itertools, np.fromiter, reshape"
from itertools import chain, islice, repeat


def pad(sequences, length):
    rows = (islice(chain(ids, repeat(0)), length) for ids in sequences)
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=len(sequences) * length)
    return flat.reshape(len(sequences), length)


# %% exercise="pad" right="copies every list, appends and pops until the length is right"
from copy import deepcopy


def pad(sequences, length):
    rows = deepcopy(sequences)
    for ids in rows:
        while len(ids) < length:
            ids.append(0)
        while len(ids) > length:
            ids.pop()
    print("padded", len(rows), "lists")
    return np.asarray(rows, dtype="int32").reshape(-1, length)


# %% exercise="pad" right="builds the transposed array column by column, with a helper"
def id_at(ids, position, *, filler=0):
    return ids[position] if position < len(ids) else filler


def pad(sequences, length):
    columns = np.empty((length, len(sequences)), dtype=np.int32)
    for position in range(length):
        columns[position] = [id_at(ids, position) for ids in sequences]
    return columns.T


# %% exercise="pad" wrong="puts the zeros before the ids" fails="pad-check-1" says="zeros stand before"
def pad(sequences, length):
    out = np.zeros((len(sequences), length), dtype=np.int32)
    for r, s in zip(out, sequences):
        s = s[:length]
        if s:
            r[-len(s) :] = s
    return out


# %% exercise="pad" wrong="calls pad_sequences as it comes: zeros and cuts at the front" fails="pad-check-1" says="before"
def pad(sequences, length):
    import keras

    return keras.utils.pad_sequences(sequences, maxlen=length)


# %% exercise="pad" wrong="sets padding=post but forgets truncating=post" fails="pad-check-2" says="beginning of the long list is gone"
def pad(sequences, length):
    import keras

    return keras.utils.pad_sequences(sequences, maxlen=length, padding="post")


# %% exercise="pad" wrong="keeps the last ids of a long list" fails="pad-check-2" says="beginning of the long list is gone"
def pad(sequences, length):
    out = np.zeros((len(sequences), length), dtype=np.int32)
    for r, s in zip(out, sequences):
        s = s[-length:]
        r[: len(s)] = s
    return out


# %% exercise="pad" wrong="never cuts, a long list does not fit into its row" fails="pad-check-2" says="has to be cut"
def pad(sequences, length):
    out = np.zeros((len(sequences), length), dtype=np.int32)
    for r, s in zip(out, sequences):
        r[: len(s)] = s
    return out


# %% exercise="pad" wrong="fills id by id past the end of the row" fails="pad-check-2" says="has to be cut"
def pad(sequences, length):
    out = np.zeros((len(sequences), length), dtype=np.int32)
    for r, s in zip(out, sequences):
        for j, i in enumerate(s):
            r[j] = i
    return out


# %% exercise="pad" wrong="dtype=int, which is int64 on most machines" fails="pad-check-1" says="default integer is int64"
def pad(sequences, length):
    return np.array([(list(s) + [0] * length)[:length] for s in sequences], dtype=int).reshape(len(sequences), length)


# %% exercise="pad" wrong="np.zeros without a dtype makes float64" fails="pad-check-1" says="makes float64"
def pad(sequences, length):
    out = np.zeros(
        (len(sequences), length),
    )
    for r, s in zip(out, sequences):
        s = s[:length]
        r[: len(s)] = s
    return out


# %% exercise="pad" wrong="pads to the longest list of the batch instead of length" fails="pad-check-1" says="length of the longest"
def pad(sequences, length):
    m = max(len(s) for s in sequences)
    return np.array([s + [0] * (m - len(s)) for s in sequences], dtype=np.int32)


# %% exercise="pad" wrong="fills up and cuts the caller's lists in place" fails="pad-check-2" says="changed the lists"
def pad(sequences, length):
    for s in sequences:
        s += [0] * (length - len(s))
        del s[length:]
    return np.array(sequences, dtype=np.int32).reshape(len(sequences), length)


# %% exercise="pad" wrong="returns a list of lists" fails="pad-check-1 pad-check-2" says="NumPy array, not list"
def pad(sequences, length):
    return [(list(s) + [0] * length)[:length] for s in sequences]


# %% exercise="pad" wrong="fills up with -1, as in Keras issue 12269" fails="pad-check-1" says="not with -1"
def pad(sequences, length):
    out = np.full((len(sequences), length), -1, dtype=np.int32)
    for r, s in zip(out, sequences):
        s = s[:length]
        r[: len(s)] = s
    return out


# %% exercise="pad" wrong="makes an array of lists of different lengths" fails="pad-check-1" says="different lengths"
def pad(sequences, length):
    return np.array(sequences, dtype=np.int32)


# %% exercise="pad" wrong="forgets that without lists np.array([]) has one axis only" fails="pad-check-2" says="(0, 4)"
def pad(sequences, length):
    return np.array([(list(s) + [0] * length)[:length] for s in sequences], dtype=np.int32)


# %% exercise="pad" wrong="drops empty lists, so texts and rows do not fit together any more" fails="pad-check-2" says="also an empty one"
def pad(sequences, length):
    return np.array([(list(s) + [0] * length)[:length] for s in sequences if s], dtype=np.int32).reshape(-1, length)


# %% exercise="pad" wrong="np.resize fills up with copies of the ids" fails="pad-check-1" says="ids are repeated"
def pad(sequences, length):
    return np.array([np.resize(s, length) if len(s) else [0] * length for s in sequences], dtype=np.int32).reshape(
        -1, length
    )


# %% exercise="pad" wrong="one column for each list" fails="pad-check-1" says="one row for each list"
def pad(sequences, length):
    return np.array([(list(s) + [0] * length)[:length] for s in sequences], dtype=np.int32).reshape(-1, length).T


# %% exercise="pad" wrong="adds one to length, as one does for the rows of the table" fails="pad-check-1" says="`length` columns"
def pad(sequences, length):
    return np.array([(list(s) + [0] * (length + 1))[: length + 1] for s in sequences], dtype=np.int32).reshape(
        -1, length + 1
    )


# %% exercise="pad" wrong="prints the array and returns nothing" fails="pad-check-1" says="returns nothing"
def pad(sequences, length):
    batch = np.zeros((len(sequences), length), dtype=np.int32)
    for row, ids in zip(batch, sequences):
        row[: len(ids[:length])] = ids[:length]
    print(batch)


# %% exercise="pad" wrong="types in the array of the first visible check" fails="pad-check-1" says="expected shape (7,"
def pad(sequences, length):
    if len(sequences) == 2:
        return np.array([[5, 3, 0, 0], [7, 1, 2, 0]], dtype=np.int32)
    return np.array([[1, 2, 3, 4], [0, 0, 0, 0], [8, 0, 0, 0]], dtype=np.int32)


# %% exercise="pad" wrong="one long row of all ids, like np.concatenate" fails="pad-check-1" says="one row for each list"
def pad(sequences, length):
    flat = [i for ids in sequences for i in ids][:length]
    return np.array(flat + [0] * (length - len(flat)), dtype=np.int32)


# %% [markdown]
# ## `look_up`


# %% exercise="look_up" right="np.take, which raises for too large ids itself"
def look_up(ids, table):
    if ids.min() < 0:
        raise IndexError(ids.min())
    return np.take(table, ids, axis=0)


# %% exercise="look_up" right="two loops that fill an empty array"
def look_up(ids, table):
    batch, length = ids.shape
    out = np.empty((batch, length, table.shape[1]), dtype=table.dtype)
    for i in range(batch):
        for j in range(length):
            if not 0 <= ids[i, j] < table.shape[0]:
                raise IndexError(f"no row {ids[i, j]}")
            out[i, j] = table[ids[i, j]]
    return out


# %% exercise="look_up" right="one-hot rows times the table"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    hot = np.eye(len(table), dtype=np.float32)[ids]
    return hot @ table


# %% exercise="look_up" right="np.stack of rows picked from a list"
def look_up(ids, table):
    rows = list(table)
    if min(i for r in ids for i in r) < 0:
        raise IndexError
    return np.stack([np.stack([rows[i] for i in r]) for r in ids])


# %% exercise="look_up" right="flattens the ids, indexes, reshapes"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[ids.ravel()].reshape(*ids.shape, -1)


# %% exercise="look_up" right="a dictionary from id to row, KeyError turned into IndexError"
def look_up(ids, table):
    rows = dict(enumerate(table))
    try:
        found = [[rows[i] for i in text] for text in ids.tolist()]
    except KeyError as error:
        raise IndexError(f"no row for the id {error}") from error
    return np.array(found, dtype=np.float32)


# %% exercise="look_up" right="the Keras layer itself, with the table as its weights"
import keras


def look_up(ids, table):
    low, high = int(ids.min()), int(ids.max())
    if low < 0 or high >= table.shape[0]:
        raise IndexError(f"ids from {low} to {high}, but rows 0 to {table.shape[0] - 1}")
    layer = keras.layers.Embedding(table.shape[0], table.shape[1])
    layer.build(None)
    layer.set_weights([table])
    return np.array(layer(ids))


# %% exercise="look_up" right="np.take_along_axis on a flattened batch, a set of the known ids as guard"
def look_up(ids, table):
    known = set(range(len(table)))
    unknown = set(ids.ravel().tolist()) - known
    if unknown:
        raise IndexError(f"ids without a row: {sorted(unknown)}")
    index = np.repeat(ids.reshape(-1, 1), table.shape[1], axis=1)
    picked = np.take_along_axis(table, index.astype(np.intp), axis=0)
    return picked.reshape(ids.shape + table.shape[1:])


# %% exercise="look_up" right="one column of the table at a time, np.stack on the last axis"
def look_up(ids: np.ndarray, table: np.ndarray) -> np.ndarray:
    if np.any(np.logical_or(ids < 0, ids > table.shape[0] - 1)):
        raise IndexError("there is an id without a row")
    columns = []
    for dimension in range(table.shape[1]):
        columns.append(table[:, dimension][ids])
    return np.stack(columns, axis=-1)


# %% exercise="look_up" wrong="indexes without a guard, so -1 is the last row" fails="look_up-check-2" says="-1 is no id"
def look_up(ids, table):
    return table[ids]


# %% exercise="look_up" wrong="subtracts 1 because the words are numbered from 1" fails="look_up-check-1" says="take nothing off"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[ids - 1]


# %% exercise="look_up" wrong="adds 1 for the padding row, which is there already" fails="look_up-check-1" says="add nothing"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[np.minimum(ids + 1, len(table) - 1)]


# %% exercise="look_up" wrong="puts the dimension before the length" fails="look_up-check-1" says="dimension is the last axis"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[ids].transpose(0, 2, 1)


# %% exercise="look_up" wrong="flattens the batch, (batch * length, dim)" fails="look_up-check-1" says="(batch, length, dim)"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[ids.ravel()]


# %% exercise="look_up" wrong="averages the vectors of a text, one vector for each text" fails="look_up-check-1" says="one vector for each position"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[ids].mean(axis=1)


# %% exercise="look_up" wrong="gives id 0 zeros, whatever row 0 holds" fails="look_up-check-1" says="looked up like every other"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    out = table[ids]
    out[ids == 0] = 0
    return out


# %% exercise="look_up" wrong="returns nested lists of rows" fails="look_up-check-1" says="NumPy array"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return [[table[i] for i in r] for r in ids]


# %% exercise="look_up" wrong="multiplies float64 one-hot rows, so the result is float64" fails="look_up-check-1" says="float32"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return np.eye(len(table))[ids] @ table


# %% exercise="look_up" wrong="clips the ids into the table, so a wrong id is silent" fails="look_up-check-2" says="raise IndexError"
def look_up(ids, table):
    return table[np.clip(ids, 0, len(table) - 1)]


# %% exercise="look_up" wrong="np.take with mode=clip" fails="look_up-check-2" says="raise IndexError"
def look_up(ids, table):
    return np.take(table, ids, axis=0, mode="clip")


# %% exercise="look_up" wrong="raises ValueError" fails="look_up-check-2" says="not a ValueError"
def look_up(ids, table):
    if (ids < 0).any():
        raise ValueError("negative")
    return table[ids]


# %% exercise="look_up" wrong="guards with an assert" fails="look_up-check-2" says="not a AssertionError"
def look_up(ids, table):
    assert (ids >= 0).all()
    return table[ids]


# %% exercise="look_up" wrong="takes the absolute value of negative ids" fails="look_up-check-2" says="-1 is no id"
def look_up(ids, table):
    return table[abs(ids)]


# %% exercise="look_up" wrong="refuses the id 0 of padding, too" fails="look_up-check-1" says="0 is an id like every other"
def look_up(ids, table):
    if (ids <= 0).any():
        raise IndexError
    return table[ids]


# %% exercise="look_up" wrong="guards against -1 and no other negative id" fails="look_up-check-2" says="there is no such row"
def look_up(ids, table):
    if (ids == -1).any():
        raise IndexError
    return table[ids]


# %% exercise="look_up" wrong="takes the last row for too large, an off-by-one" fails="look_up-check-1" says="all have a row"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table) - 1).any():
        raise IndexError
    return table[ids]


# %% exercise="look_up" wrong="writes into the table" fails="look_up-check-1" says="changed the table"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    table[0] *= 1.5
    return table[ids]


# %% exercise="look_up" wrong="indexes the columns instead of the rows" fails="look_up-check-1" says="the rows are the first axis"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[:, ids]


# %% exercise="look_up" wrong="handles the first text of the batch only" fails="look_up-check-1" says="one block for each text"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("bad id")
    return table[ids[:1]]


# %% exercise="look_up" wrong="prints the vectors and returns nothing" fails="look_up-check-1" says="returns nothing"
def look_up(ids, table):
    if (ids < 0).any():
        raise IndexError("negative id")
    print(table[ids])


# %% exercise="look_up" wrong="types in the result of the visible check" fails="look_up-check-1" says="expected shape (1, 1, 1)"
def look_up(ids, table):
    if (ids < 0).any():
        raise IndexError("negative id")
    return np.array([[[1, 2], [5, 6], [9, 8]], [[3, 4], [3, 4], [1, 2]]], dtype=np.float32)


# %% exercise="look_up" wrong="multiplies the ids by the table, as if an id were a quantity" fails="look_up-check-1" says="copies rows"
def look_up(ids, table):
    if (ids < 0).any() or (ids >= len(table)).any():
        raise IndexError("an id without a row")
    return ids[..., np.newaxis].astype(np.float32) * table[1]
