"""Grading whole notebooks: right scores, faults that stay where they happen, the same report every time."""

import contextlib
import json
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace

import pytest
from attacks import code, keras_lesson, notebook, passed, plain_lesson, right_answers, said, wrong_answers

from autograde.grade import clean_outputs, grade_notebook, why_ended
from autograde.lesson import read_lesson

LESSON = plain_lesson()
RIGHT, WRONG = right_answers(LESSON), wrong_answers(LESSON)
ALL = set(LESSON.exercises)


def grade(host, answers, lesson=LESSON, **added):
    return grade_notebook(host, lesson, notebook(answers, **added), "submission.ipynb")


@contextlib.contextmanager
def limited(host, **limits):
    """A host with other limits for a while."""
    before = host.limits
    host.limits = replace(before, **limits)
    yield
    host.limits = before


@pytest.fixture
def make_lesson(tmp_path):
    """A function that makes a lesson of a setup cell and of exercises: name, solution, checks."""

    def make(setup, **exercises):
        parts = ['# %% [markdown] minutes=1\n# # A lesson\n\n# %% tags=["setup"]', setup or "pass"]
        for name, (arguments, solution, *checks) in exercises.items():
            parts.append(f'\n# %% exercise="{name}"\ndef {name}({arguments}):\n    ### BEGIN SOLUTION')
            parts.append(textwrap.indent(textwrap.dedent(solution), "    ") + "\n    ### END SOLUTION\n")
            for check in checks:
                head = f'# %% check="{name}" points=1'
                if check.startswith("in_place"):
                    head, check = f"{head} in_place=true", check.removeprefix("in_place")
                parts.append(f"{head}\n# A check\n{textwrap.dedent(check)}")
        path = tmp_path / "made.py"
        path.write_text("\n".join(parts) + "\n")
        return read_lesson(path)

    return make


# ------------------------------------------------------------------------------------------------------ scores


def test_the_score_is_the_sum_of_the_checks_that_passed(host):
    report = grade(host, {**RIGHT, "row_means": WRONG["row_means"]})
    assert (report.score, report.max_score) == (13, 15)
    assert [(check.id, check.points, check.max_points, check.passed) for check in report.checks] == [
        ("double-check-1", 1, 1, True), ("row_means-check-1", 0, 2, False),
        ("count_words-check-1", 4, 4, True), ("read_numbers-check-1", 8, 8, True),
    ]  # fmt: skip
    assert [bool(check.message) for check in report.checks] == [False, True, False, False]
    document = json.loads(json.dumps(report.as_dict()))
    assert document["score"] == 13
    assert document["checks"][1]["message"] == "expected [0.5 2.5 4.5], got 0"


def test_unwritten_exercises_score_nothing(host):
    stubs = {name: f"def {name}(*args):\n    raise NotImplementedError" for name in LESSON.exercises}
    report = grade(host, stubs)
    assert report.score == 0
    assert report.checks[0].message.startswith("`double` is not written yet")


def test_an_empty_notebook_scores_nothing(host):
    report = grade(host, {})
    assert report.score == 0
    assert report.checks[0].message.startswith("`double` is not defined: its cell is missing")
    assert len(report.repairs) == 8


def test_a_right_answer_that_warns_and_prints_keeps_its_points(host):
    noisy = RIGHT["double"].replace(
        "    ### BEGIN SOLUTION", "    import sys, warnings\n    print('x'); warnings.warn('y'); sys.stderr.write('z')"
    )
    assert grade(host, {**RIGHT, "double": noisy}).score == 15


def test_the_message_names_the_line_that_failed(host):
    report = grade(host, {**RIGHT, "double": "def double(numbers):\n    return numbers.missing"})
    message = report.checks[0].message
    assert message == (
        "`double` raised AttributeError: 'list' object has no attribute 'missing' (line 2: return numbers.missing)"
    )
    report = grade(host, {**RIGHT, "double": "x = 1 / 0\ndef double(numbers): return 1"})
    assert "is not defined" in report.checks[0].message
    assert "the cell stopped with ZeroDivisionError: division by zero" in report.checks[0].message
    report = grade(host, {**RIGHT, "double": "def double(numbers):\n    return object()"})
    assert report.checks[0].message.startswith("`double` returned something that a check cannot look at: an object")


def test_outputs_of_the_cells_are_recorded(host):
    report = grade(host, RIGHT, first=["print('hello')\n1 + 1", "1 / 0"])
    assert report.outputs[0][0]["text"] == "hello\n"
    assert report.outputs[0][1]["data"]["text/plain"] == "2"
    assert report.outputs[1][0]["ename"] == "ZeroDivisionError"


def test_only_some_exercises_can_be_examined(host):
    report = grade_notebook(host, LESSON, notebook(RIGHT), "x", only={"row_means"})
    assert passed(report) == {"row_means"}
    assert report.max_score == 2


# ------------------------------------------------------------------------------------------------ containment

FAULTS = {
    "exception_in_the_cell": "1 / 0",
    "syntax_error": "def row_means(table:",
    "sys_exit_in_the_cell": "import sys; sys.exit()",
    "os_exit_in_the_cell": "import os; os._exit(0)",
    "segmentation_fault_in_the_cell": "import ctypes; ctypes.string_at(0)",
    "exception": "def row_means(table):\n    1 / 0",
    "sys_exit": "def row_means(table):\n    import sys; sys.exit()",
    "os_exit": "def row_means(table):\n    import os; os._exit(1)",
    "segmentation_fault": "def row_means(table):\n    import ctypes; ctypes.string_at(0)",
    "memory": "def row_means(table):\n    hoard = []\n    while True:\n        hoard.append(bytes(1 << 20))",
    "recursion": "def row_means(table):\n    return row_means(table)",
    "interrupt": "def row_means(table):\n    raise KeyboardInterrupt",
}
LONG_FAULTS = {
    "endless_loop_in_the_cell": "while True: pass",
    "endless_loop": "def row_means(table):\n    while True: pass",
    "endless_loop_that_catches": "def row_means(table):\n    while True:\n        try: 1 / 0\n        except: pass",
    "sleep": "def row_means(table):\n    import time; time.sleep(3600)",
}


@pytest.mark.slow
def test_a_check_may_wait_longer_for_several_calls_than_one_call_may_take(host, make_lesson):
    lesson = make_lesson("", f=("", "import time\ntime.sleep(2)\nreturn 1", "assert f() + f() + f() == 3"))
    with limited(host, wall_seconds=5):
        report = grade(host, right_answers(lesson), lesson)
    assert report.score == 1, said(report)


@pytest.mark.parametrize("name", [*FAULTS, *(pytest.param(name, marks=pytest.mark.slow) for name in LONG_FAULTS)])
def test_a_fault_costs_the_checks_of_its_exercise_only(host, name):
    source = {**FAULTS, **LONG_FAULTS}[name]
    with limited(host, cpu_seconds=2, wall_seconds=4 if name == "sleep" else 60, memory_mib=300):
        report = grade(host, {**RIGHT, "row_means": source})
    assert passed(report) == ALL - {"row_means"}, said(report)
    assert report.score == 13


def test_a_fresh_process_runs_the_earlier_cells_again(host):
    first = ["kept = [2]", "import os\nfile = open('/tmp/note', 'w')\nfile.write('x')\nfile.close()"]
    uses = (
        "assert open('/tmp/note').read() == 'x'\ndef count_words(words):\n    return {w: words.count(w) for w in words}"
    )
    answers = {**RIGHT, "double": "def double(numbers):\n    return [kept[0] * n for n in numbers]"}
    answers |= {"row_means": "import os; os._exit(0)", "count_words": uses}
    assert passed(grade(host, answers, first=first)) == ALL - {"row_means"}


def test_a_cell_that_ended_the_process_is_not_run_again(host):
    report = grade(host, RIGHT, first=["print('once')", "import os; os._exit(7)"])
    assert report.score == 15
    assert report.outputs[0][0]["text"] == "once\n"
    assert report.outputs[1][0]["ename"] == "ProcessEnded"
    assert "exit status 7" in report.outputs[1][0]["evalue"]


def test_a_notebook_that_ends_python_again_and_again_is_given_up(host):
    report = grade(host, {}, first=["import os; os._exit(0)"] * 300)
    assert report.score == 0
    assert len(report.outputs) <= 301
    assert "again and again" in str(report.outputs[299])


def test_never_ran_is_never_a_pass(host, make_lesson):
    lesson = make_lesson("", f=("", "return 1", "value = f()", "pass; f()"))
    assert grade(host, right_answers(lesson), lesson).score == 2
    for source in ("import os; os._exit(0)", "raise SystemExit", "def f(): raise SystemExit", "pass"):
        assert grade(host, {"f": source}, lesson).score == 0


def test_a_check_that_breaks_the_examiner_costs_itself_only(host, make_lesson):
    lesson = make_lesson("import os", f=("", "return 1", "f(); os._exit(0)", "f(); os.abort()", "assert f() == 1"))
    report = grade(host, right_answers(lesson), lesson)
    assert [check.passed for check in report.checks] == [False, False, True]
    assert report.checks[0].message.startswith("the check could not be completed")


def test_a_setup_that_fails_passes_nothing(host, make_lesson):
    lesson = make_lesson("x = 1 / 0", f=("", "return 1", "assert f() == 1"))
    assert grade(host, right_answers(lesson), lesson).score == 0


# ------------------------------------------------------------------------------------ arguments that are changed


def test_a_change_of_an_argument_is_seen_by_a_check_that_looks(host, make_lesson):
    lesson = make_lesson(
        "import numpy as np",
        f=("x", "return sum(x)", """
        table, words = np.ones(2), {"a": [1]}
        assert f(table) == 2
        assert table.tolist() == [1, 1], "f changes its input"
        f([])
        """),
    )  # fmt: skip
    assert grade(host, right_answers(lesson), lesson).score == 1
    report = grade(
        host, {"f": "def f(x):\n    total = sum(x)\n    x[:] = 0 if len(x) else []\n    return total"}, lesson
    )
    assert report.score == 0
    assert report.checks[0].message == "f changes its input"


def test_a_change_of_an_argument_makes_no_wrong_answer_right(host, make_lesson):
    lesson = make_lesson(
        "import numpy as np\nTABLE = np.arange(4.0)",
        f=("x", "return sum(x)", "assert f(TABLE) == TABLE.sum()", "x = [1, 2]\ngot = f(x)\nassert got == sum(x)"),
    )
    assert grade(host, right_answers(lesson), lesson).score == 2
    report = grade(host, {"f": "def f(x):\n    x[:] = [0] * len(x)\n    return 0"}, lesson)
    assert report.score == 0
    assert report.checks[0].message.startswith("`f` changes its argument, and the check holds only for what it became")


def test_an_honest_function_may_change_its_argument_where_nobody_minds(host, make_lesson):
    lesson = make_lesson("", f=("x", "return sorted(x)", "assert f([2, 1]) == [1, 2]", "assert f([3]) == [3]"))
    assert grade(host, {"f": "def f(x):\n    x.sort()\n    return x"}, lesson).score == 2


def test_what_a_function_does_to_the_setups_objects_touches_no_other_check(host, make_lesson):
    lesson = make_lesson(
        "WORDS = ['a', 'b']\nDEEP = {'w': WORDS}",
        f=("x", "return len(x)", "assert f(WORDS) == 2", "assert f(DEEP) == 1"),
        g=("x", "return x[0]", "assert WORDS == ['a', 'b']; assert g(WORDS) == 'a'"),
    )
    answers = right_answers(lesson)
    answers["f"] = "def f(x):\n    n = len(x)\n    (x['w'] if isinstance(x, dict) else x).clear()\n    return n"
    report = grade(host, answers, lesson)
    assert [check.passed for check in report.checks] == [True, True, True]


@pytest.mark.slow
def test_a_check_that_is_marked_so_may_look_at_a_model_that_a_function_changed(keras_host, make_lesson):
    setup = "import keras\nimport numpy as np"
    model = (
        "model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])\nrows = np.ones((2, 1))\n"
    )
    check = model + "f(model, rows)\nassert model.get_weights()[0].sum() == rows.sum()"
    honest = "def f(model, rows):\n    model.set_weights([np.full((1, 1), rows.sum())])"
    forged = "def f(model, rows):\n    model.set_weights([np.zeros((1, 1))])\n    rows[:] = 0"
    for head, score in (("", 0), ("in_place", 1)):
        lesson = make_lesson(setup, f=("model, rows", "model.set_weights([np.full((1, 1), rows.sum())])", head + check))
        assert grade(keras_host, {"f": honest}, lesson).score == score
        # No mark lets a function change the data by which it is measured.
        assert grade(keras_host, {"f": forged}, lesson).score == 0


@pytest.mark.slow
@pytest.mark.parametrize("kept", ["MODEL", "MODEL.layers[0]"])
def test_a_model_of_the_setup_that_a_function_changed_is_new_for_the_next_check(keras_host, make_lesson, kept):
    setup = (
        "import keras\nMODEL = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer='ones')])"
    )
    lesson = make_lesson(
        f"{setup}\nKEPT = {kept}\nHIDDEN = {{'deep': ([KEPT],)}}\ndel KEPT, MODEL",
        f=("model", "model.set_weights([0 * w for w in model.get_weights()])",
           "in_place\nf(HIDDEN['deep'][0][0])\nassert HIDDEN['deep'][0][0].get_weights()[0].sum() == 0",
           "in_place\nassert HIDDEN['deep'][0][0].get_weights()[0].sum() == 1; f(HIDDEN['deep'][0][0])"),
    )  # fmt: skip
    report = grade(keras_host, right_answers(lesson), lesson)
    assert report.score == 2, said(report)


def test_every_check_stands_alone(host, make_lesson):
    lesson = make_lesson(
        "N = 1",
        f=("", "return 1", "mine = 5; f(); globals()['N'] = 2", "f(); assert N == 1; assert 'mine' not in globals()"),
    )
    assert grade(host, right_answers(lesson), lesson).score == 2


# --------------------------------------------------------------------------------------- values between processes


def test_values_of_every_kind_reach_a_check(host, make_lesson):
    lesson = make_lesson(
        "import numpy as np, pathlib",
        f=("x", "return x", """
        values = [None, True, 1, 2**80, 1.5, "ä", b"b", [1], (1, (2,)), {1: 2, (3,): "x"}, {1}, np.float32(2),
                  np.arange(3), np.array(["a"]), pathlib.Path("/x"), range(3), 1j]
        for value in values:
            got = f(value)
            assert type(got) is type(value), f"{value!r} came back as {type(got)}"
            assert np.all(got == value), value
        again = f(values[12])
        assert again is values[12], "the same object"
        """),
        g=("", "return lambda n: n + 1", "assert g()(2) == 3", "assert f(g())(2) == 3"),
        h=("x", "raise ValueError(x)", """
        for kind in (1, "text", (1, 2)):
            try:
                h(kind)
            except ValueError as error:
                assert str(error) == str(kind)
            else:
                raise AssertionError("no exception")
        """),
    )  # fmt: skip
    report = grade(host, right_answers(lesson), lesson)
    assert report.score == 4, said(report)


def test_exceptions_arrive_as_their_nearest_built_in_class(host, make_lesson):
    lesson = make_lesson(
        "",
        f=("x", "raise x", """
        import json
        for name in ("KeyError", "IndexError", "TypeError", "ZeroDivisionError", "FileNotFoundError", "OverflowError"):
            try:
                f(name)
            except Exception as error:
                assert type(error).__name__ == name, f"{name} came as {type(error).__name__}"
        try:
            f("mine")
        except LookupError as error:
            assert str(error) == "my text", error
        try:
            f("stop")
        except RuntimeError:
            pass
        """),
    )  # fmt: skip
    answer = """
class Mine(IndexError):
    pass
def f(name):
    if name == "mine":
        raise Mine("my text")
    if name == "stop":
        raise StopIteration
    raise getattr(__import__("builtins"), name)("x")
"""
    report = grade(host, {"f": answer}, lesson)
    assert report.score == 1, said(report)


def test_constants_and_names_without_a_value_reach_a_check(host, make_lesson):
    lesson = make_lesson("", f=("", "return 1", "assert f == 5", "try:\n    f\nexcept NameError:\n    raise"))
    assert grade(host, {"f": "f = 5"}, lesson).score == 2
    assert grade(host, {"f": "g = 5"}, lesson).score == 0


def test_a_seed_and_a_patch_of_a_check_stay_in_the_examiner(host, make_lesson):
    lesson = make_lesson(
        "import random, math",
        f=("", "return random.random()", "random.seed(3); a = f(); random.seed(3); assert a != random.random()",
           "math.pi = 3; f(); assert math.pi == 3", "assert math.pi > 3.1; f()"),
    )  # fmt: skip
    report = grade(host, {"f": "import random\ndef f(): return random.random()"}, lesson)
    assert [check.passed for check in report.checks][0]


# -------------------------------------------------------------------------------------------- the same every time

MIXED = {
    **RIGHT,
    "double": "import numpy as np\ndef double(numbers):\n    return [n * np.random.rand() for n in numbers]",
    "row_means": "import os; os._exit(3)",
    "count_words": "def count_words(words):\n    return {w: hash(w) for w in set(words)}",
}


def test_reports_are_identical_over_repeated_runs(host):
    for answers in (RIGHT, WRONG, MIXED, {}):
        first = grade(host, answers)
        for _ in range(3):
            again = grade(host, answers)
            assert again.as_dict() == first.as_dict()
            assert again.outputs == first.outputs


@pytest.mark.slow
def test_reports_are_identical_while_the_machine_is_busy(host):
    spin = "while True: pass"
    quiet = [grade(host, answers).as_dict() for answers in (RIGHT, MIXED)]
    with contextlib.ExitStack() as stack:
        for _ in range(4):
            process = stack.enter_context(subprocess.Popen([sys.executable, "-c", spin]))
            stack.callback(process.kill)
        for _ in range(5):
            assert [grade(host, answers).as_dict() for answers in (RIGHT, MIXED)] == quiet


@pytest.mark.slow
def test_reports_are_identical_from_several_threads(host):
    expected = [grade(host, answers).as_dict() for answers in (RIGHT, MIXED, WRONG)]
    found = []

    def work():
        for _ in range(3):
            found.append([grade(host, answers).as_dict() for answers in (RIGHT, MIXED, WRONG)])

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 9


@pytest.mark.slow
def test_reports_with_keras_are_identical_over_repeated_runs(keras_host):
    lesson = keras_lesson()
    right = right_answers(lesson)
    untrained = right["make_model"].replace("mse", "mae") + "\nprint(make_model(9, 5).get_weights()[0][0])"
    for answers in (right, {**right, "make_model": untrained, "freeze": "import os; os._exit(0)"}):
        first = grade(keras_host, answers, lesson)
        assert first.score == (15 if answers is right else 11)
        for _ in range(3):
            again = grade(keras_host, answers, lesson)
            assert again.as_dict() == first.as_dict()
            assert again.outputs == first.outputs


@pytest.mark.slow
def test_a_reference_solution_takes_little_memory(host, keras_host):
    lesson = keras_lesson()
    assert grade(host, RIGHT).peak_mib < 50
    assert grade(keras_host, right_answers(lesson), lesson).peak_mib < 150


def test_no_job_leaves_files_behind(host):
    for _ in range(3):
        grade(host, RIGHT)
    probe = "import os\ndef double(numbers):\n    raise RuntimeError(os.listdir('/shared') + os.listdir('/jobs'))"
    assert "RuntimeError: []" in grade(host, {"double": probe}).checks[0].message


# ------------------------------------------------------------------------------------------------- small parts


def test_only_valid_outputs_are_kept():
    good = {"output_type": "stream", "name": "stdout", "text": "x"}
    deep = []
    for _ in range(900):
        deep = [deep]
    wrong = [
        5, None, [], {}, {"output_type": "verdict"}, {"output_type": "stream"}, {"output_type": "stream", "text": "x"},
        {"output_type": "display_data", "data": 5, "metadata": {}}, {"output_type": ["stream"]},
        {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": "x"}, {"output_type": deep},
    ]  # fmt: skip
    assert clean_outputs([*wrong[:-1], good], 1000) == [good]
    for outputs in (wrong[:-1], 5, None, {"a": good}, "stream"):
        assert clean_outputs(outputs, 1000) == []
    assert len(clean_outputs([good] * 100_000, 10**9)) <= 2000
    assert clean_outputs([{**good, "text": "x" * 5000}], 1000) == []


@pytest.mark.parametrize(
    ("reason", "detail", "said"),
    [
        ("cpu", 30, "more than 30 seconds of processor time"),
        ("wall", 600.0, "within 600 seconds"),
        ("memory", 2048, "more than 2048 MiB"),
        ("processes", 5, "more than 5 processes"),
        ("signal", 11, "crashed Python itself (SIGSEGV)"),
        ("signal", 99, "crashed Python itself (99)"),
        ("exit", 3, "exit status 3"),
        ("closed", 0, "closed the connection"),
        ("something else", 0, "closed the connection"),
    ],
)
def test_the_reason_of_an_end_is_said_in_the_learners_terms(reason, detail, said):
    assert said in why_ended({"reason": reason, "detail": detail, "peak_mib": 0})


def test_cells_that_a_learner_added_belong_to_the_exercise_before_them(host):
    submission = notebook(RIGHT)
    submission.cells.insert(2, code("def row_means(table):\n    return None"))
    submission.cells.insert(2, code("import os; os._exit(0)"))
    report = grade_notebook(host, LESSON, submission, "x")
    assert passed(report) == ALL - {"row_means"}, said(report)
