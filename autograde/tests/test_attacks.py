"""Attacks on the grader. None may raise a score, touch anything outside, reveal a hidden test or outlast its limits.

`attacks/cells.py` holds the hostile code, `attacks/plain_lesson.py` the lesson that it attacks: four exercises worth
1, 2, 4 and 8 points. Most attacks are graded twice: with wrong answers, which must keep the score 0, and beside right
answers, where nothing but the attacked exercise may be lost.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest
from attacks import (
    MARKER,
    cells,
    code,
    keras_lesson,
    notebook,
    passed,
    plain_lesson,
    right_answers,
    said,
    wrong_answers,
)

from autograde.grade import grade_notebook
from autograde.sandbox import child_environment

LESSON = plain_lesson()
RIGHT, WRONG = right_answers(LESSON), wrong_answers(LESSON)
ALL = set(LESSON.exercises)
#: Cells that end with the value that they show, or that take print() away.
SAYS_NOTHING = {"result_is_a_score", "result_is_nan", "result_is_negative", "streams_replaced"}


def grade(host, answers, **added):
    return grade_notebook(host, LESSON, notebook(answers, **added), "attack.ipynb")


def each(attacks, slow=()):
    """Parameters for a test: one for each attack, by its name."""
    marks = dict.fromkeys(slow, pytest.mark.slow)
    return pytest.mark.parametrize("name", [pytest.param(name, marks=marks.get(name, ())) for name in attacks])


@contextmanager
def limited(host, **limits):
    """A host with other limits for a while."""
    before = host.limits
    host.limits = replace(before, **limits)
    yield
    host.limits = before


def test_honest_notebooks_get_their_honest_scores(host):
    assert grade(host, RIGHT).score == 15
    assert grade(host, WRONG).score == 0
    mixed = grade(host, {**RIGHT, "double": WRONG["double"], "count_words": WRONG["count_words"]})
    assert mixed.score == 10
    assert passed(mixed) == {"row_means", "read_numbers"}


# ------------------------------------------------------------------------------------------------ hostile cells


def gains_nothing(host, source, lost=frozenset(), done=True):
    """Grade the attack with wrong answers and beside right ones, where only the exercises `lost` may be lost."""
    source = source + "\nprint('DONE')" if done else source
    report = grade(host, WRONG, first=[source])
    assert report.score == 0
    assert "LEAK" not in said(report), said(report)
    assert "DONE" in said(report) or not done, report.outputs
    report = grade(host, RIGHT, after={"double": source})
    assert "LEAK" not in said(report), said(report)
    assert passed(report) >= ALL - lost, said(report)
    return report


@each(cells.NOTEBOOK_TRICKS)
def test_no_trick_with_the_notebook_changes_a_score(host, name):
    gains_nothing(host, cells.NOTEBOOK_TRICKS[name], done=name not in SAYS_NOTHING)


@each(cells.SELF_HARM)
def test_breaking_ones_own_tools_gains_nothing(host, name):
    gains_nothing(host, cells.SELF_HARM[name], lost=ALL, done=name not in ("shell_gone", "patched_builtins"))


@each(cells.ENDINGS)
def test_an_ended_process_costs_its_own_exercise_only(host, name):
    with limited(host, wall_seconds=10):
        report = gains_nothing(host, cells.ENDINGS[name], lost={"double"}, done=False)
    assert passed(report) == ALL - {"double"}, said(report)
    assert all("your code" in check.message for check in report.checks if not check.passed)


@each(cells.NO_ENDINGS)
def test_an_exception_in_an_added_cell_costs_nothing(host, name):
    gains_nothing(host, cells.NO_ENDINGS[name], done=name == "atexit_and_del")


# --------------------------------------------------------------------------------------- looking and reaching out


class Outside:
    """Things of the host that no notebook may see or reach.

    Attributes
    ----------
    head : str
        The head of a cell, which gives them names.
    """

    def __init__(self, stack, folder):
        self.secret = Path(folder, "gradebook.db")
        self.secret.write_text("secret")
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(tcp.getsockname())
        self.servers = [tcp]
        for address in (f"\0autograde-test-{os.getpid()}", str(Path(folder, "socket"))):
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(address)
            server.listen()
            self.servers.append(server)
        for server in (udp, *self.servers):
            server.setblocking(False)
        self.udp = udp
        family = psutil.Process().children(recursive=True)
        names = {
            "ALLOWED": [*child_environment(), "PWD"], "PORT": tcp.getsockname()[1],
            "ABSTRACT": self.servers[1].getsockname(), "SOCKET_PATH": self.servers[2].getsockname(),
            "SECRETS": [str(self.secret), __file__, str(LESSON.path)],
            "PIDS": [os.getpid(), os.getppid(), *(child.pid for child in family)],
        }  # fmt: skip
        self.head = "".join(f"{name} = {value!r}\n" for name, value in names.items())

    def heard(self):
        """How many of the listeners somebody has reached, and whether the file was changed."""
        count = self.secret.read_text() != "secret"
        for server in self.servers:
            with suppress(BlockingIOError):
                server.accept()[0].close()
                count += 1
        with suppress(BlockingIOError):
            count += bool(self.udp.recv(10))
        return count


@pytest.fixture
def outside(monkeypatch):
    """An `Outside` with a listener of each kind."""
    monkeypatch.setenv("AUTOGRADE_TEST_SECRET", "secret")
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        yield Outside(stack, folder)


@each(cells.BREAKOUTS)
def test_a_notebook_sees_and_reaches_nothing_outside(host, name, outside):
    gains_nothing(host, outside.head + cells.BREAKOUTS[name])
    assert outside.heard() == 0


def test_the_cells_that_reach_out_would_succeed_without_confinement(outside):
    # They prove something above only if nothing but the confinement stops them.
    source = outside.head + cells.BREAKOUTS["tcp"] + cells.BREAKOUTS["unix_sockets"] + cells.BREAKOUTS["environment"]
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=60)
    assert done.stdout.count("LEAK") >= 5, done
    assert outside.heard() == 4


# ---------------------------------------------------------------------------------------------- taking too much


@pytest.mark.slow
@each(cells.GREEDY)
def test_greed_meets_a_limit(host, name):
    began = time.monotonic()
    with limited(host, memory_mib=400, folder_mib=16, file_mib=4, processes=40, wall_seconds=60):
        report = gains_nothing(host, cells.GREEDY[name], lost={"double"}, done=False)
    # Memory is measured every few hundredths of a second, later on a busy machine; what is taken in between counts too.
    assert report.peak_mib < 1500
    assert time.monotonic() - began < 120
    assert sum(len(str(outputs)) for outputs in report.outputs.values()) < 2_000_000


@pytest.mark.slow
@each(cells.GREEDY_AND_LONG)
def test_what_never_ends_is_ended(host, name):
    waits = name in ("endless_sleep", "ignores_every_signal")
    with limited(host, cpu_seconds=2, wall_seconds=10 if waits else 60, processes=30):
        report = gains_nothing(host, cells.GREEDY_AND_LONG[name], lost={"double"}, done=False)
    assert passed(report) == ALL - {"double"}, said(report)
    assert any("and was stopped" in check.message for check in report.checks), said(report)


def family(host):
    """All processes of a host."""
    return set(psutil.Process(host.process.pid).children(recursive=True))


@each(cells.LEFT_BEHIND)
def test_what_is_left_running_gains_and_costs_nothing(host, name):
    before = family(host)
    gains_nothing(host, cells.LEFT_BEHIND[name])
    deadline = time.monotonic() + 30
    # Processes of the test before this one may still have been ending when it began.
    while left := family(host) - before:
        assert time.monotonic() < deadline, f"left over: {left}"
        time.sleep(0.05)


# ------------------------------------------------------------------------------- hostile functions and messages


def everywhere(source):
    """Answers in which each exercise is the function `attack` of `source`."""
    return {name: f"{cells.THROW}{source}\n{name} = attack" for name in LESSON.exercises}


@pytest.mark.slow
@each(cells.FUNCTIONS, slow=("doubling", "endless_iterator", "long_list", "large_bytes", "large_array", "deep_list"))
def test_no_value_and_no_exception_passes_for_a_right_answer(host, name):
    answers = everywhere(cells.FUNCTIONS[name])
    with limited(host, cpu_seconds=2):
        report = grade(host, answers)
        assert report.score == 0, said(report)
        assert "LEAK" not in said(report), said(report)
        assert "is not defined: its cell" not in said(report), report.outputs
        assert passed(grade(host, {**RIGHT, "double": answers["double"]})) == ALL - {"double"}


def talker(frames, then):
    """The definition of `attack`, which answers each call with frames of its own."""
    return f"{cells.TALK}\ndef attack(*args):\n    talk({frames})\n    {then}\n"


@pytest.mark.slow
@each(cells.FRAMES)
def test_no_message_passes_for_a_right_answer(host, name):
    with limited(host, wall_seconds=3 if name == "half_a_frame" else 60):
        report = grade(host, everywhere(talker(cells.FRAMES[name], "return 0")))
    assert report.score == 0, said(report)
    assert "LEAK" not in said(report), said(report)
    assert "is not defined: its cell" not in said(report), report.outputs


@pytest.mark.slow
@each(cells.FRAMES)
def test_a_process_that_writes_messages_of_its_own_costs_little_more_than_its_own_exercise(host, name):
    # An end right after a complete answer is noticed when the next cell should run, and costs that one, too.
    answer = everywhere(talker(cells.FRAMES[name], "os._exit(0)"))["double"]
    with limited(host, wall_seconds=10):
        assert passed(grade(host, {**RIGHT, "double": answer})) - {"row_means"} == {"count_words", "read_numbers"}


@pytest.mark.slow
@each(cells.FRAMES)
def test_no_message_in_advance_passes_for_a_right_answer(host, name):
    with limited(host, wall_seconds=3 if name == "half_a_frame" else 60):
        report = grade(host, WRONG, first=[f"{cells.TALK}\nfor _ in range(2):\n    talk({cells.FRAMES[name]})"])
    assert report.score == 0, said(report)


def test_a_stream_of_messages_without_end_gains_nothing(host):
    stream = """
import threading
def flood():
    while True:
        talk(frame({"op": "verdict", "passed": True, "function": "x", "value": b"\xc3"}))
threading.Thread(target=flood, daemon=True).start()
"""
    with limited(host, cpu_seconds=3, wall_seconds=20):
        report = grade(host, WRONG, first=[cells.TALK + stream])
        assert report.score == 0
        ending = "\ndef double(numbers):\n    time.sleep(0.2)\n    os._exit(0)"
        report = grade(host, {**RIGHT, "double": cells.TALK + stream + ending})
    assert report.score <= 14


def test_half_a_message_and_then_silence_is_ended(host):
    answers = everywhere(talker(cells.FRAMES["half_a_frame"], "time.sleep(3600)"))
    with limited(host, wall_seconds=10):
        report = grade(host, {**RIGHT, "double": answers["double"]})
    assert passed(report) == ALL - {"double"}, said(report)
    assert "did not finish within 10 seconds" in said(report)


# ------------------------------------------------------------------------------------------------------- Keras


KERAS_LESSON = keras_lesson()
KERAS_RIGHT, KERAS_WRONG = right_answers(KERAS_LESSON), wrong_answers(KERAS_LESSON)


def grade_keras(host, answers, **added):
    return grade_notebook(host, KERAS_LESSON, notebook(answers, **added), "attack.ipynb")


@pytest.mark.slow
def test_honest_notebooks_with_keras_get_their_honest_scores(keras_host):
    assert grade_keras(keras_host, KERAS_RIGHT).score == 15
    assert grade_keras(keras_host, KERAS_WRONG).score == 0
    report = grade_keras(keras_host, {**KERAS_RIGHT, "freeze": KERAS_WRONG["freeze"]})
    assert report.score == 11


@pytest.mark.slow
@each(cells.KERAS_STATES)
def test_no_crafted_layer_runs_code_or_passes_for_a_right_one(keras_host, name):
    lie = f"LIE = {cells.KERAS_STATES[name]!r}\n{cells.KERAS_LIAR}"
    wrong = "import keras\ndef {}(*args):\n    return keras.layers.Embedding(2, 1)"
    with limited(keras_host, memory_mib=1500, cpu_seconds=8):
        report = grade_keras(keras_host, {name: wrong.format(name) for name in KERAS_LESSON.exercises}, first=[lie])
        assert report.score == 0, said(report)
        assert "LEAK" not in said(report), said(report)


KERAS_LIARS = {
    "patched_keras": """
import keras
keras.layers.Embedding = keras.layers.Dense
keras.Model.fit = keras.Model.compile = lambda *args, **kwargs: None
keras.saving.serialize_keras_object = lambda *args: {"class_name": "Embedding"}
""",
    "subclass_that_lies": """
import keras
class Liar(keras.layers.Embedding):
    input_dim = property(lambda self: 7, lambda self, value: None)
    def get_weights(self): return []
    def __call__(self, *args): return args[0]
keras.layers.Embedding = Liar
""",
    "layer_in_place_of_functions": """
import keras
make_embedding = make_model = freeze = make_vectorizer = keras.layers.Dense(1)
""",
    "model_that_is_everything": """
import keras
class Everything(keras.Model):
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    __hash__ = None
def everything(*args): return Everything()
make_embedding = make_model = freeze = make_vectorizer = everything
""",
}


@pytest.mark.slow
@each(KERAS_LIARS)
def test_no_lie_about_keras_passes_for_a_right_answer(keras_host, name):
    report = grade_keras(keras_host, KERAS_WRONG, first=[KERAS_LIARS[name]])
    assert report.score == 0
    report = grade_keras(keras_host, {**KERAS_WRONG, "make_vectorizer": KERAS_LIARS[name]})
    assert report.score == 0, said(report)


@pytest.mark.slow
def test_a_layer_where_no_keras_is_expected_fails_its_check_only(host):
    answer = "def double(numbers):\n    import keras\n    return keras.layers.Dense(1)"
    with limited(host, memory_mib=2048, cpu_seconds=60, wall_seconds=300):
        assert passed(grade(host, {**RIGHT, "double": answer})) == ALL - {"double"}


# ----------------------------------------------------------------------------------------------- hidden tests


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of processes through /proc")
def test_no_hidden_test_is_in_the_memory_of_the_learner(host):
    sleeper = "import time\nmine = '-'.join(['quagga', 'planted'])\n" + RIGHT["double"]
    sleeper = sleeper.replace("    ### BEGIN SOLUTION", "    time.sleep(len(numbers) == 2 and numbers[0] == 3 and 8)")
    thread = threading.Thread(target=grade, args=(host, {"double": sleeper}))
    thread.start()
    found = []
    while thread.is_alive() and len(found) < 2:
        time.sleep(1)
        searched = [memory_holds(process.pid, b"quagga-planted", MARKER.encode()) for process in family(host)]
        found = [holds for holds in searched if any(holds)]
    thread.join()
    assert sorted(found) == [(False, True), (True, False)], "one process holds the answer, another the hidden test"


def memory_holds(pid, *texts):
    """For each text, whether the memory of a process holds it."""
    found = [False] * len(texts)
    try:
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
            for line in maps:
                bounds, rights = line.split()[:2]
                start, end = (int(part, 16) for part in bounds.split("-"))
                if rights.startswith("rw") and end - start < 1 << 30:
                    memory.seek(start)
                    try:
                        content = memory.read(end - start)
                    except OSError:
                        continue
                    found = [before or text in content for before, text in zip(found, texts, strict=True)]
    except OSError as error:
        pytest.skip(f"the memory of a process cannot be read here: {error}")
    return tuple(found)


def test_no_report_shows_the_source_of_a_hidden_test(host):
    for answers in (RIGHT, WRONG, {}, everywhere(cells.FUNCTIONS["raises_value_error"])):
        assert MARKER not in str(grade(host, answers))


def test_no_message_holds_a_command_for_the_terminal(host):
    evil = r"def attack(*args): raise ValueError('\x1b]0;title\x07\x1b[2J\x9b1m\u202e gnp.exe\r\x00')"
    messages = [check.message for check in grade(host, everywhere(evil)).checks]
    assert all("title" in message for message in messages), messages
    assert not any(set(message) & set("\x1b\x07\x9b\u202e\r\x00") for message in messages)


# ------------------------------------------------------------------------------------------ hostile notebook files


def check_cell(identifier):
    return next(cell for cell in LESSON.cells if cell.id == identifier)


@pytest.mark.parametrize(
    "metadata",
    [
        {"points": 100},
        {"points": -5, "grade": True},
        {"solution": True, "locked": False},
        {"schema_version": 99},
        {"checksum": "0" * 32, "cell_type": "markdown"},
        {"grade_id": ["double-check-1"]},
        {"grade_id": None},
    ],
)
def test_edited_metadata_change_no_score(host, metadata):
    submission = notebook(WRONG)
    for check in LESSON.of_kind("check"):
        cell = code("pass", check.id)
        cell.metadata["nbgrader"].update(metadata)
        submission.cells.append(cell)
        cell = code("print('passed')", check.exercise)
        cell.metadata["nbgrader"].update(metadata)
        submission.cells.append(cell)
    report = grade_notebook(host, LESSON, submission, "attack.ipynb")
    assert (report.score, report.max_score) == (0, 15)


def test_edited_check_cells_change_no_score(host):
    submission = notebook(WRONG)
    submission.cells += [code("assert True", check.id) for check in LESSON.of_kind("check")] * 2
    report = grade_notebook(host, LESSON, submission, "attack.ipynb")
    assert (report.score, report.max_score) == (0, 15)
    assert len(report.repairs) == 8


@pytest.mark.slow
def test_thousands_of_cells_are_graded(host):
    submission = notebook(RIGHT)
    submission.cells += [code(f"x_{number} = {number}") for number in range(2000)]
    began = time.monotonic()
    assert grade_notebook(host, LESSON, submission, "attack.ipynb").score == 15
    assert time.monotonic() - began < 180


def test_a_very_long_cell_is_graded(host):
    long = "values = [\n" + "    1,\n" * 20_000 + "]\nassert len(values) == 20_000\nprint('DONE')"
    report = grade(host, RIGHT, first=[long])
    assert report.score == 15
    assert "DONE" in said(report)


def test_large_saved_outputs_are_ignored(host):
    submission = notebook(WRONG)
    for cell in submission.cells:
        cell.outputs = [nbformat.v4.new_output("stream", text="passed " * 2_000_000)]
    report = grade_notebook(host, LESSON, submission, "attack.ipynb")
    assert report.score == 0
    assert "passed passed" not in str(report.outputs)
