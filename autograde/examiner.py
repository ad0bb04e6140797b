"""What runs inside the examiner's process: the checks of the lesson, with the learner's names as remote values.

Only this process decides whether a check passes. It gets the checks from the supervisor and the learner's
values as data; no code of a learner ever runs in it.
"""

import builtins
import contextlib
import io
import os
import re
import sys

from autograde import wire

MESSAGE_CHARS = 2000
#: Set by the build as the message of every unwritten exercise; here it is only recognised by its class.
UNWRITTEN = "is not written yet: replace the line `raise NotImplementedError(...)` by your code"


CHANGED = "`{}` changes its argument, and the check holds only for what it became: leave it as it is, return the result"
# What a terminal takes for a command, or what turns the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# They end a loop over `map(function, …)` early and quietly, so that a check would pass without having looked.
_QUIET = (StopIteration, StopAsyncIteration)


class LearnerGone(BaseException):
    """The learner's process ended during a call. No check may catch this, so it is no `Exception`."""


class RemoteFunction:
    """A function of the learner. Calling it sends the arguments and returns the result, both by value."""

    def __init__(self, link, handle, name):
        self._link = link
        self._handle = handle
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        return self._link.call(self, args, kwargs)

    def __repr__(self):
        return f"<function {self.__name__} of the notebook>"


class Link:
    """The way from a check to the learner's process; all messages go through the supervisor.

    Attributes
    ----------
    in_place : bool
        Whether it is the exercise's work to change a model that it is given.
    touched : list
        What functions changed of all that the check gave them.
    changed : str
        The last function that changed an argument without that being its work; empty where none did.
    by_value : bool
        Whether such a change stays without effect on the check's own objects.
    """

    def __init__(self, channel):
        self.channel = channel
        self.in_place = self.by_value = False
        self.changed = ""
        self.touched = []

    def ask(self, request):
        """One request to the learner's process and its answer, which is not to be trusted."""
        self.channel.send(request)
        answer = self.channel.receive()
        if not isinstance(answer, dict):
            raise wire.WireError("not an answer")
        if answer.get("gone"):
            raise LearnerGone
        return answer

    def get(self, name):
        """The value of a global name of the notebook; `KeyError` if it has none."""
        answer = self.ask({"op": "get", "name": name})
        if "function" in answer:
            return RemoteFunction(self, str(answer["function"]), name)
        if answer.get("missing"):
            raise KeyError(name)
        return self.value(answer, name)

    def call(self, function, args, kwargs):
        """Call a function of the learner; changes that it made to its arguments are made to ours, or to copies."""
        shared = [*args, *kwargs.values()]
        encoded = [wire.encode(value, handle_of=_handle) for value in shared]
        answer = self.ask({
            "op": "call", "handle": function._handle, "args": encoded[: len(args)],
            "kwargs": dict(zip(kwargs, encoded[len(args) :], strict=True)),
        })  # fmt: skip
        changed = answer.get("changed")
        for number, argument in enumerate(shared if isinstance(changed, dict) else ()):
            if str(number) in changed:
                data = changed[str(number)]
                self.touched.append(argument)
                expected = self.in_place and hasattr(argument, "get_weights")
                if expected and isinstance(data, bytes) and wire.update_layer(argument, data):
                    continue
                new = self.decoded(data)
                if not expected:
                    self.changed = function.__name__
                if (self.by_value and not expected) or not wire.update_in_place(argument, new):
                    shared[number] = new
        return self.value(answer, function.__name__, shared)

    def value(self, answer, name, shared=()):
        """The value in an answer, or the exception."""
        if isinstance(answer.get("printed"), str):
            sys.stdout.write(answer["printed"][:MESSAGE_CHARS])
        if isinstance(answer.get("error"), dict):
            raise remote_exception(answer["error"], name)
        return self.decoded(answer.get("value"), shared)

    def decoded(self, data, shared=()):
        """A value that the learner's process sent."""
        if not isinstance(data, bytes):
            raise wire.WireError("not a value")
        return wire.decode(data, shared=shared, function=lambda handle: RemoteFunction(self, handle, "function"))


def _handle(function):
    """Only functions that came from the learner can be sent to it."""
    if isinstance(function, RemoteFunction):
        return function._handle
    raise wire.WireError("a check cannot hand a function of its own to the learner's code")


def remote_exception(error, name):
    """An exception of the learner's code as the same built-in exception.

    Its attribute ``remote`` keeps what a message needs: the function, the line and the exception's own name.
    """
    kind = getattr(builtins, str(error.get("type")), None)
    if not isinstance(kind, type) or not issubclass(kind, Exception) or issubclass(kind, _QUIET):
        kind = RuntimeError
    args = error.get("args")
    args = [arg for arg in args if isinstance(arg, str | int | float | bytes | None)] if isinstance(args, list) else []
    try:
        exception = kind(*args)
    except Exception:
        exception = RuntimeError(*map(str, args))
    own = error.get("own_type") if isinstance(error.get("own_type"), str) else kind.__name__
    where = error.get("where") if isinstance(error.get("where"), str) else ""
    crossing = bool(error.get("crossing"))
    exception.remote = {"name": name, "own_type": own[:100], "where": where[:300], "crossing": crossing}
    return exception


class Examiner:
    """Runs checks. Each one stands alone: with what the setup cells made, and the learner's names."""

    def __init__(self, channel):
        self.link = Link(channel)
        self.sources = []
        self.setup = {}

    def start(self, request):
        """Run the lesson's setup cells."""
        from autograde import held_out
        from autograde.learner import seed

        seed()
        held_out.FILES.update(request["files"])
        self.sources = request["setup"]
        self.run_setup()
        return {"op": "started"}

    def run_setup(self):
        """Make anew what the setup cells make."""
        self.setup = {}
        for source in self.sources:
            exec(compile(source, "<setup>", "exec"), self.setup)

    def check(self, request):
        """Run one check to its end, and say whether it got there.

        A function that changes its arguments could make a wrong answer right: `assert f(x) == sum(x)` looks at `x`
        after the call. So a check that passed although arguments were changed has to pass a second time without
        the changes. Where the request says ``in_place``, it is the exercise's work to change a model.
        """
        self.link.in_place = bool(request.get("in_place"))
        self.link.changed, self.link.by_value, self.link.touched = "", False, []
        verdict = self.run(request)
        if any(map(self.may_belong_to_setup, self.link.touched)):
            # The next check needs it as it was.
            self.run_setup()
        if verdict["passed"] and self.link.changed:
            self.link.by_value = True
            verdict = self.run(request)
            if not verdict["passed"]:
                verdict["message"] = CHANGED.format(self.link.changed)
        return verdict

    def may_belong_to_setup(self, thing):
        """Whether an object could be one that the setup cells made, or a part of one.

        A check trains models that it has made itself. To read the lesson's vectors again after each would cost more.
        """
        return not hasattr(thing, "get_weights") or _holds_layer(self.setup)

    def run(self, request):
        """Run the source of a check."""
        namespace = dict(self.setup)
        printed = io.StringIO()
        missing = []
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            try:
                for name in request["names"]:
                    try:
                        namespace[name] = self.link.get(name)
                    except KeyError:
                        missing.append(name)
                exec(compile(request["source"], "<check>", "exec"), namespace)
                passed, message = True, ""
            except wire.Closed:
                os._exit(0)
            except LearnerGone:
                passed, message = False, ""
            except BaseException as error:
                passed, message = False, explain(error, missing)
        message = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", message[:MESSAGE_CHARS])
        return {"op": "verdict", "passed": passed, "message": message, "printed": printed.getvalue()[:MESSAGE_CHARS]}


def _holds_layer(value):
    """Whether there is a Keras layer or model in a value or, at any depth, in its lists, tuples and dictionaries."""
    if isinstance(value, dict):
        return any(map(_holds_layer, value.values()))
    if isinstance(value, list | tuple | set):
        return any(map(_holds_layer, value))
    return hasattr(value, "get_weights") and not isinstance(value, type)


def explain(error, missing=()):
    """What a learner reads about a check that did not pass.

    Parameters
    ----------
    error : BaseException
        What ended the check.
    missing : sequence of str
        Names of exercises that the notebook does not define.
    """
    remote = getattr(error, "remote", None)
    if isinstance(error, AssertionError) and remote is None:
        return str(error) or "the check did not hold"
    if remote is not None:
        if isinstance(error, NotImplementedError):
            return f"`{remote['name']}` {UNWRITTEN}"
        if remote["crossing"]:
            return f"`{remote['name']}` returned something that a check cannot look at: {error}"
        where = f" ({remote['where']})" if remote["where"] else ""
        return f"`{remote['name']}` raised {remote['own_type']}: {error}{where}"
    if isinstance(error, wire.WireError):
        return f"a value that came back could not be read: {error}"
    if isinstance(error, NameError) and getattr(error, "name", None) in missing:
        return f"`{error.name}` is not defined: its cell is missing or stopped before it got there"
    return f"the check stopped with {type(error).__name__}: {error}; look at the type and shape of what you return"


def serve(channel):
    """Answer the supervisor until it closes the channel."""
    examiner = Examiner(channel)
    while True:
        try:
            request = channel.receive()
            channel.send({"start": examiner.start, "check": examiner.check}[request["op"]](request))
        except wire.Closed:
            os._exit(0)
