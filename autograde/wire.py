"""Values that cross between the learner's process and the examiner's, as inert data.

One message is one msgpack document (https://github.com/msgpack/msgpack/blob/master/spec.md). What msgpack
has no type for is an extension type with a code of this module; nothing is ever unpickled, imported by name
or evaluated. Whoever decodes treats the other side as hostile: sizes, depth, types and every Keras class are
checked before anything is built.
"""

import contextlib
import math
import pathlib
import re
import struct
import sys
import types

import msgpack
import numpy as np

#: The largest message, in bytes. A table of 10,000 x 300 float32 numbers has 12 MB.
MAX_BYTES = 128 * 1024 * 1024
#: How deep tuples, sets, arrays and models may nest; msgpack itself limits lists and dictionaries.
MAX_DEPTH = 40
#: How many values an envelope may hold, each list and each of its items counted, and how deep they may nest.
MAX_PARTS, MAX_NESTING = 200_000, 60

_TUPLE, _SET, _FROZENSET, _BIG_INT, _COMPLEX, _RANGE, _PATH = range(1, 8)
_ARRAY, _SCALAR, _KERAS, _FUNCTION, _SHARED = range(20, 25)

# Kinds of NumPy dtypes that hold no references: bool, integers, floats, complex, bytes, str.
_ARRAY_KINDS = frozenset("biufcSU")
_DTYPE = re.compile(rf"[<>|=]?[{''.join(sorted(_ARRAY_KINDS))}]\d{{1,9}}")
_MAX_INT_BYTES = 4096

#: Modules whose public classes a Keras configuration may name.
KERAS_MODULES = frozenset(
    f"keras{part}"
    for part in ("", ".layers", ".models", ".initializers", ".regularizers", ".constraints", ".optimizers",
                 ".optimizers.schedules", ".losses", ".metrics", ".dtype_policies")
)  # fmt: skip
# The one built-in class that Keras writes under its private module, for models made by keras.Model(inputs, outputs).
_FUNCTIONAL = ("keras.src.models.functional", "Functional")
# What masks become in such a model: operations on arrays, which hold nothing but numbers.
_OPERATIONS = "keras.src.ops.numpy"
# The only one of the core operations: others there (Map, Scan, Cond) take functions.
_CAST = ("keras.src.ops.core", "Cast")
#: Classes that wrap code or files, whatever module shows them.
KERAS_REFUSED = frozenset({"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "HashedCrossing"})
# What Keras itself writes for values that JSON lacks; "__lambda__" and "function" are missing on purpose.
_KERAS_VALUES = frozenset({"__keras_tensor__", "__numpy__", "__tensor__", "__tuple__", "__bytes__", "__ellipsis__"})
_PLAIN = bool | int | float | str | None


class WireError(Exception):
    """A value cannot cross, or a message is not what the format allows."""


class Function:
    """A function of the learner's process, by the handle under which that process keeps it."""

    def __init__(self, handle):
        self.handle = handle


# ---------------------------------------------------------------------------------------------- encoding


def encode(value, shared=(), handle_of=None):
    """One value as bytes.

    Parameters
    ----------
    value : object
        See CONTRIBUTING.md for the kinds that can cross.
    shared : sequence
        Objects that both sides have already; an occurrence of one is written as its number.
    handle_of : callable, optional
        Gives the handle (a str) for a function; without it functions cannot cross.

    Returns
    -------
    bytes

    Raises
    ------
    WireError
        If the value, or a part of it, is of a kind that cannot cross; the message says which.
    """
    numbers = {id(item): number for number, item in enumerate(shared) if not isinstance(item, int | float | str)}
    data = _Encoder(numbers, handle_of).pack(value)
    if len(data) > MAX_BYTES:
        raise WireError(f"a value of {len(data):,} bytes is too large to hand over (limit {MAX_BYTES:,})")
    return data


class _Encoder:
    def __init__(self, numbers, handle_of):
        self.numbers = numbers
        self.handle_of = handle_of
        self.depth = 0

    def pack(self, value):
        if id(value) in self.numbers:
            value = self.extension(value)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WireError("the value is nested too deeply to hand over")
        try:
            return msgpack.packb(value, default=self.extension, strict_types=True)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise WireError(f"the value cannot be handed over: {error}") from None
        finally:
            self.depth -= 1

    def extension(self, value):
        """Called by msgpack for whatever it has no type for."""
        if id(value) in self.numbers:
            return msgpack.ExtType(_SHARED, msgpack.packb(self.numbers[id(value)]))
        packed = self.plain(value) or self.numeric(value) or self.keras(value)
        if packed is not None:
            code, content = packed
            return content if code is None else msgpack.ExtType(code, self.pack(content))
        if callable(value) and not isinstance(value, type) and self.handle_of is not None:
            return msgpack.ExtType(_FUNCTION, self.pack(str(self.handle_of(value))))
        raise WireError(f"{_describe(value)} cannot be handed over; use plain Python values, NumPy arrays or "
                        "built-in Keras layers and models")  # fmt: skip

    def plain(self, value):
        """Python's own types, and subclasses of them as their base (a Counter is a dict)."""
        for kind, code, content in (
            (bool, None, bool), (tuple, _TUPLE, list), (frozenset, _FROZENSET, list), (set, _SET, list),
            (complex, _COMPLEX, lambda z: [z.real, z.imag]), (pathlib.PurePath, _PATH, str),
            (range, _RANGE, lambda r: [r.start, r.stop, r.step]),
        ):  # fmt: skip
            if isinstance(value, kind) and not isinstance(value, np.generic):
                return code, content(value)
        if isinstance(value, np.generic):
            return None
        if isinstance(value, int):
            small = -(2**63) <= value < 2**64
            return (None, int(value)) if small else (_BIG_INT, _int_bytes(value))
        if isinstance(value, str):
            return None, str.__str__(value)
        for kind in (dict, list, bytes, float):
            if isinstance(value, kind):
                return None, kind(value)
        return None

    def numeric(self, value):
        if isinstance(value, np.ndarray | np.generic):
            if value.dtype.kind not in _ARRAY_KINDS:
                raise WireError(f"a NumPy array of dtype {value.dtype} cannot be handed over; "
                                "use a dtype of numbers, bool or str")  # fmt: skip
            array = np.asarray(value)
            code = _SCALAR if isinstance(value, np.generic) else _ARRAY
            return code, [array.dtype.str, list(array.shape), array.tobytes()]
        if _is_tensor(value):
            return self.numeric(np.asarray(value))
        return None

    def keras(self, value):
        keras = sys.modules.get("keras")
        if keras is None or not isinstance(value, keras.layers.Layer):
            return None
        if id(value) in self.numbers:
            return None
        return _KERAS, layer_state(value)


def _int_bytes(value):
    if value.bit_length() >= 8 * _MAX_INT_BYTES:
        raise WireError(f"an integer of more than {8 * _MAX_INT_BYTES:,} bits cannot be handed over")
    return value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)


def _is_tensor(value):
    """A TensorFlow tensor or variable, or a Keras variable."""
    keras, tensorflow = sys.modules.get("keras"), sys.modules.get("tensorflow")
    if keras is not None and isinstance(value, keras.Variable):
        return True
    return tensorflow is not None and isinstance(value, tensorflow.Tensor | tensorflow.Variable)


def _describe(value):
    kind = type(value).__name__
    article = "an" if kind[:1].lower() in "aeiou" else "a"
    return f"{article} {kind} object"


# ---------------------------------------------------------------------------------------------- decoding


def decode(data, shared=(), function=None):
    """The value that `encode` made `data` from.

    Parameters
    ----------
    data : bytes
        From a peer that may be hostile.
    shared : sequence
        The same objects, in the same order, as the sender's `shared`.
    function : callable, optional
        Makes a callable from a handle; without it, a function arrives as `Function`.

    Raises
    ------
    WireError
        If `data` is not a message of this format, is too large or nested too deeply, or names a Keras class
        that is not allowed.
    """
    if len(data) > MAX_BYTES:
        raise WireError(f"a message of {len(data):,} bytes is too large (limit {MAX_BYTES:,})")
    return _Decoder(shared, function or Function).unpack(data)


class _Decoder:
    def __init__(self, shared, function, layer=None):
        self.shared = shared
        self.function = function
        self.layer = layer or build_layer
        self.depth = 0

    def unpack(self, data):
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WireError("the message is nested too deeply")
        try:
            # msgpack's own extension type, a time, arrives as a number.
            return msgpack.unpackb(data, ext_hook=self.extension, strict_map_key=False, timestamp=1)
        except WireError:
            raise
        except Exception as error:
            raise WireError(f"not a message of the expected format: {error}") from None
        finally:
            self.depth -= 1

    def extension(self, code, data):
        content = self.unpack(data)
        build = {
            _TUPLE: tuple, _SET: set, _FROZENSET: frozenset, _PATH: pathlib.Path,
            _BIG_INT: _big_int, _COMPLEX: lambda z: complex(*z),
            _RANGE: lambda r: range(*r), _ARRAY: _array, _SCALAR: lambda raw: _array(raw)[()],
            _KERAS: self.layer, _FUNCTION: lambda handle: self.function(_text(handle)), _SHARED: self.known,
        }.get(code)  # fmt: skip
        if build is None:
            raise WireError(f"unknown extension type {code}")
        return build(content)

    def known(self, number):
        if not isinstance(number, int) or not 0 <= number < len(self.shared):
            raise WireError("a reference to an object that was not sent")
        return self.shared[number]


def _text(value):
    if not isinstance(value, str) or len(value) > 200:
        raise WireError("a name was expected")
    return value


def _big_int(raw):
    if not isinstance(raw, bytes) or len(raw) > _MAX_INT_BYTES:
        raise WireError("an integer that is too large")
    return int.from_bytes(raw, "little", signed=True)


def _array(content):
    dtype_text, shape, raw = content
    if not _DTYPE.fullmatch(_text(dtype_text)):
        raise WireError(f"an array of dtype {dtype_text!r} is not allowed")
    dtype = np.dtype(dtype_text)
    if not isinstance(raw, bytes) or not all(isinstance(size, int) and size >= 0 for size in shape):
        raise WireError("an array is its dtype, its shape and its bytes")
    # A zero-length string dtype has no bytes to count; NumPy reads it as one character wide.
    count = math.prod(shape)
    if count * dtype.itemsize != len(raw) or (dtype.itemsize == 0 and count > 1_000_000):
        raise WireError("the bytes of an array do not fit its shape")
    array = np.zeros(shape, dtype) if dtype.itemsize == 0 else np.frombuffer(raw, dtype).reshape(shape).copy()
    return array


# ------------------------------------------------------------------------------------- Keras layers and models


def layer_state(layer):
    """A built-in Keras layer or model as data.

    Parameters
    ----------
    layer : keras.layers.Layer
        Keras models are layers, too.

    Returns
    -------
    dict
        ``config`` as `keras.saving.serialize_keras_object` writes it, ``built``, ``weights`` (a list of arrays in
        the layer's order), ``trainable`` (one flag for the layer and each layer inside it), ``compiled`` (the
        optimizer, loss and metrics of a compiled model) and ``vocabularies`` (of text layers, which keep theirs
        outside the configuration).
    """
    import keras

    parts = _parts(layer)
    for part in parts:
        if not type(part).__module__.startswith("keras."):
            raise WireError(f"a layer of your own class {type(part).__name__} cannot be handed over; "
                            "build it from layers that come with Keras")  # fmt: skip
    config = keras.saving.serialize_keras_object(layer)
    config.pop("compile_config", None)
    compiled = None
    if getattr(layer, "compiled", False):
        compiled = layer.get_compile_config()
    state = {
        "config": config,
        "built": bool(layer.built),
        "weights": [np.asarray(weight) for weight in layer.get_weights()] if layer.built else [],
        "trainable": [bool(part.trainable) for part in parts],
        "compiled": compiled,
        "vocabularies": [_vocabulary(part) for part in parts],
    }
    try:
        check_keras_config(config)
        check_keras_config(compiled)
    except WireError as error:
        raise WireError(f"{_describe(layer)} cannot be handed over: {error}") from None
    return state


def build_layer(state):
    """The layer or model that `layer_state` described; every class is checked before anything is built.

    Raises
    ------
    WireError
        If the state names a class that is not allowed, or does not fit together.
    """
    check_keras_config(state["config"])
    check_keras_config(state["compiled"])
    import keras

    config = dict(state["config"])
    if not isinstance(config.get("class_name"), str) or config.get("module") is None:
        raise WireError("not the configuration of a Keras layer")
    try:
        layer = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if not isinstance(layer, keras.layers.Layer):
            raise WireError("not the configuration of a Keras layer")
        if state["built"] and not layer.built:
            layer.build(None)
        apply_layer_state(layer, state)
    except WireError:
        raise
    except Exception as error:
        raise WireError(f"the layer cannot be built again: {type(error).__name__}: {error}") from None
    return layer


def apply_layer_state(layer, state):
    """Give `layer`, of the same configuration, the vocabularies, weights, flags and compilation of `state`."""
    import keras

    parts = _parts(layer)
    for part, vocabulary in zip(parts, state["vocabularies"], strict=True):
        if vocabulary and _vocabulary(part) != vocabulary:
            part.set_vocabulary([str(token) for token in vocabulary])
    if state["built"] and state["weights"]:
        layer.set_weights([np.asarray(weight) for weight in state["weights"]])
    if [bool(part.trainable) for part in parts] != state["trainable"]:
        # The outer layer first: setting its flag sets those of all layers inside.
        for part, flag in zip(parts, state["trainable"], strict=True):
            part.trainable = bool(flag)
    if state["compiled"] is not None:
        # Not `compile_from_config`: it also makes the optimizer's variables, which the first step of training does.
        layer.compile(**keras.saving.deserialize_keras_object(state["compiled"]))


def _parts(layer):
    """The layer and every layer inside it, outer ones first."""
    return list(layer._flatten_layers())


def _vocabulary(layer):
    if not hasattr(layer, "set_vocabulary"):
        return []
    with contextlib.suppress(Exception):
        return [str(token) for token in layer.get_vocabulary(include_special_tokens=False)]
    return []


def check_keras_config(config, depth=0):
    """Refuse a configuration that names anything but public, built-in Keras classes.

    Keras's safe mode is no boundary (CVE-2025-1550, CVE-2025-8747, CVE-2025-9905, CVE-2025-9906): each ran code
    through a crafted ``module`` and ``class_name``, so here both are looked up in a list of what is allowed.

    Raises
    ------
    WireError
        With the name of the class.
    """
    if depth > MAX_DEPTH:
        raise WireError("a configuration is nested too deeply")
    if isinstance(config, dict):
        if "class_name" in config or "module" in config or "registered_name" in config:
            _check_class(config)
        if isinstance(config.get("vocabulary"), str):
            raise WireError("its vocabulary is the name of a file; pass the words themselves")
        for value in config.values():
            check_keras_config(value, depth + 1)
    elif isinstance(config, list | tuple):
        for value in config:
            if not isinstance(value, _PLAIN):
                check_keras_config(value, depth + 1)
    elif not isinstance(config, _PLAIN):
        raise WireError(f"{_describe(config)} in a configuration")


def _check_class(config):
    name, module = config.get("class_name"), config.get("module")
    if name in _KERAS_VALUES:
        return
    if name == "function" and module in (None, "builtins") and config.get("registered_name") == "function":
        if module and _is_keras_function(config.get("config")):
            return
        raise WireError(f"it uses a function of your own, {config.get('config')!r}")
    registered = config.get("registered_name")
    if (module, name) in (_FUNCTIONAL, _CAST) and registered in (None, name):
        return
    if name == "__lambda__":
        raise WireError("it uses a lambda; take what comes with Keras instead")
    if module == _OPERATIONS and registered in (None, name) and _is_operation(name):
        return
    if module not in KERAS_MODULES or not isinstance(name, str) or registered not in (None, name):
        raise WireError(f"{module}.{name} is not a class that comes with Keras")
    found = sys.modules.get(module) or __import__(module, fromlist=["_"])
    if name in KERAS_REFUSED or name.startswith("_") or not isinstance(getattr(found, name, None), type):
        raise WireError(f"{module}.{name} is not allowed here")


def _is_keras_function(name):
    """Whether Keras has a loss, metric or activation of this name that is written as a function."""
    import keras

    found = [getattr(part, name, None) for part in (keras.losses, keras.metrics, keras.activations)
             if isinstance(name, str) and name not in ("get", "serialize", "deserialize")]  # fmt: skip
    return any(isinstance(function, types.FunctionType) for function in found)


def _is_operation(name):
    """Whether Keras has an array operation of this name."""
    import keras

    found = getattr(sys.modules.get(_OPERATIONS), name, None) if isinstance(name, str) else None
    return isinstance(found, type) and issubclass(found, keras.Operation) and found.__module__ == _OPERATIONS


# ------------------------------------------------------------------------------------------ changes in place


def update_in_place(old, new):
    """Make `old` equal to `new` without replacing it, so that whoever holds `old` sees the change.

    Lists, dictionaries, sets, arrays of one shape and dtype, and Keras layers of one configuration are
    changed, in a tuple, too; where that is not possible the caller keeps `old`.

    Returns
    -------
    bool
        Whether `old` now has the value of `new`.
    """
    if old is new:
        return True
    if type(old) is not type(new):
        return False
    if isinstance(old, np.ndarray):
        if old.shape != new.shape or old.dtype != new.dtype or not old.flags.writeable:
            return False
        np.copyto(old, new)
        return True
    if isinstance(old, list):
        merged = [_merged(a, b) for a, b in zip(old, new, strict=False)]
        old[:] = merged + new[len(merged):]  # fmt: skip
        return True
    if isinstance(old, dict):
        merged = {key: _merged(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(merged)
        return True
    if isinstance(old, set):
        old.clear()
        old.update(new)
        return True
    if isinstance(old, tuple):
        done = [update_in_place(a, b) for a, b in zip(old, new, strict=False)]
        return len(old) == len(new) and all(done)
    keras = sys.modules.get("keras")
    if keras is not None and isinstance(old, keras.layers.Layer):
        with contextlib.suppress(Exception):
            apply_layer_state(old, layer_state(new))
            return True
    return False


def update_layer(layer, data):
    """Give a Keras layer or model the weights, flags and compilation of an encoded one of the same configuration.

    Building a second layer, only to copy from it, would take most of the time of a check that trains.

    Parameters
    ----------
    layer : keras.layers.Layer
    data : bytes
        From `encode`; the peer may be hostile.

    Returns
    -------
    bool
        Whether that was possible. If not, nothing has changed, and `decode` says what came.

    Raises
    ------
    WireError
        If the state names a class that is not allowed, or does not fit together.
    """
    import keras

    state = _Decoder((), Function, layer=lambda state: state).unpack(data)
    if not isinstance(state, dict) or not isinstance(state.get("config"), dict):
        return False
    if _without_flags(state["config"]) != _without_flags(keras.saving.serialize_keras_object(layer)):
        return False
    try:
        check_keras_config(state["compiled"])
        apply_layer_state(layer, state)
    except WireError:
        raise
    except Exception as error:
        raise WireError(f"the layer cannot be changed: {type(error).__name__}: {error}") from None
    return True


def _without_flags(config):
    """A layer's configuration without what `apply_layer_state` sets."""
    if isinstance(config, dict):
        return {key: _without_flags(value) for key, value in config.items()
                if key not in ("trainable", "compile_config")}  # fmt: skip
    return [_without_flags(value) for value in config] if isinstance(config, list | tuple) else config


def _merged(old, new):
    return old if update_in_place(old, new) else new


# ------------------------------------------------------------------------------------------------- channels


class Closed(Exception):
    """The other side of a channel is gone."""


class Channel:
    """Messages of plain msgpack types over a pair of binary streams: four bytes of length, then the message.

    Parameters
    ----------
    reader, writer : binary files
        Unbuffered or buffered; a socket gives both with ``makefile``.
    """

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    @classmethod
    def of_socket(cls, sock):
        """A channel over a connected stream socket."""
        return cls(sock.makefile("rb"), sock.makefile("wb"))

    def send(self, message):
        """Send one message; raises `Closed` where nobody listens any more, `WireError` for what is no message."""
        try:
            # What UTF-8 cannot say, such as half of a surrogate pair, is no reason to lose a message.
            data = msgpack.packb(message, unicode_errors="replace")
        except (ValueError, TypeError, OverflowError) as error:
            raise WireError(f"the message cannot be sent: {error}") from None
        try:
            self.writer.write(struct.pack("<I", len(data)))
            self.writer.write(data)
            self.writer.flush()
        except (OSError, ValueError):
            raise Closed from None

    def receive(self):
        """The next message; raises `Closed` at the end, `WireError` for bytes that are no message."""
        size = struct.unpack("<I", self._exactly(4))[0]
        if size > MAX_BYTES + 4096:
            raise WireError(f"a message of {size:,} bytes is too large (limit {MAX_BYTES:,})")
        data = self._exactly(size)
        _count_parts(data)
        try:
            return msgpack.unpackb(data, strict_map_key=True)
        except (ValueError, TypeError, RecursionError) as error:
            raise WireError(f"not a message: {error}") from None

    def _exactly(self, size):
        try:
            data = self.reader.read(size)
        except (OSError, ValueError):
            raise Closed from None
        if data is None or len(data) < size:
            raise Closed
        return data


# How many bytes follow the first one of a msgpack value: of a number itself, or of the length of what comes after.
_NUMBER_BYTES = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8} | {0xCC + i: 2**i for i in range(4)} | {
    0xD0 + i: 2**i for i in range(4)}  # fmt: skip
_TEXT_BYTES = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
_LIST_BYTES = {0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}


def _count_parts(data):
    """Refuse an envelope of too many or too deeply nested parts before any of it is built.

    128 MB can hold 128 million empty lists, which would take 9 GB in the supervisor, and no limit stops that one.
    """
    position = parts = 0
    waiting = [1]
    while waiting:
        if waiting[-1] == 0:
            waiting.pop()
            continue
        waiting[-1] -= 1
        parts += 1
        if parts > MAX_PARTS or len(waiting) > MAX_NESTING:
            raise WireError("a message of too many or too deeply nested parts")
        if position >= len(data):
            raise WireError("not a message: it ends too soon")
        first = data[position]
        position += 1
        if 0x80 <= first < 0xA0:
            waiting.append((first & 15) * (2 if first < 0x90 else 1))
        elif 0xA0 <= first < 0xC0:
            position += first & 31
        elif first in _NUMBER_BYTES:
            position += _NUMBER_BYTES[first]
        elif first in _TEXT_BYTES:
            size = _TEXT_BYTES[first]
            position += size + int.from_bytes(data[position : position + size])
        elif first in _LIST_BYTES:
            size = _LIST_BYTES[first]
            waiting.append(int.from_bytes(data[position : position + size]) * (2 if first >= 0xDE else 1))
            position += size
        elif 0x80 <= first < 0xE0:
            raise WireError("not a message: an extension type in an envelope")
