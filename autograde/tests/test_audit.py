"""The audit of the checks: it finds right answers that are refused, wrong ones that pass, and silent messages."""

import textwrap

import pytest

from autograde import audit
from autograde.audit import as_dict, audit_lessons, failed, read_answers
from autograde.audit.mutants import mutants_of
from autograde.lesson import BEGIN_SOLUTION, END_SOLUTION, LessonError, lesson_paths, read_lesson
from autograde.readme import AUDIT_MARKS, audit_table, with_table

LESSON = '''
# %% exercise="twice"
def twice(x):
    """Two times `x`, a whole number; ValueError if it is negative."""
    ### BEGIN SOLUTION
    if x < 0:
        raise ValueError(f"negative by {0 - x}")
    return x * 2
    ### END SOLUTION


# %% check="twice" points=100
# Two times
assert twice(3) == 6, f"two times 3 is 6, got {twice(3)}"
'''


@pytest.fixture
def lesson(tmp_path):
    """A lesson whose only check looks at one number."""
    path = tmp_path / "01_twice.py"
    path.write_text("# %% [markdown] minutes=5\n# # Twice\n" + LESSON, encoding="utf-8")
    return read_lesson(path)


@pytest.fixture
def answers(tmp_path, monkeypatch, host):
    """A function that writes known answers to that lesson; the engine's host is the one of all tests."""
    folder = tmp_path / "answers"
    folder.mkdir()
    monkeypatch.setattr(audit, "ANSWERS", folder)
    monkeypatch.setattr(audit, "read_answers", lambda lesson: read_answers(lesson, folder))

    class Shared:
        def __enter__(self):
            return host

        def __exit__(self, *exception):
            pass

    monkeypatch.setattr(audit, "open_course_host", lambda *arguments, **options: Shared())

    def write(*cells):
        text = "\n\n".join(f'# %% exercise="twice" {head}\n{textwrap.dedent(body)}' for head, body in cells)
        (folder / "01_twice.py").write_text(text, encoding="utf-8")

    return write


def counts(lesson, **options):
    """The counts of an audit and its lines."""
    findings = audit_lessons([lesson], workers=1, **options)
    document = as_dict(findings)
    assert failed(findings) == bool(document["exercises"][0]["errors"])
    return document, document["exercises"][0]["errors"]


def test_errors_of_each_kind_are_counted_and_named(lesson, answers):
    answers(
        ('right="adds"', "def twice(x): return x + x"),
        ('right="refused, since the check wants 6"', "def twice(x): return x + x + 1"),
        ('wrong="adds 2" fails="twice-check-1" says="two times 3"', "def twice(x): return x + 2"),
        ('wrong="always 6, and the check does not see it" fails="twice-check-1" says="6"', "def twice(x): return 6"),
        ('wrong="silent" fails="twice-check-1" says="multiply"', "def twice(x): return x ** 3"),
    )
    document, lines = counts(lesson)
    assert [document[key] for key in ("right", "right_refused", "wrong", "wrong_accepted", "message_missing")] == [
        2, 1, 3, 1, 1]  # fmt: skip
    assert [line.split(": ")[2] for line in lines] == [
        "right refused by twice-check-1",
        "wrong accepted by twice-check-1",
        "no message says 'multiply'",
    ]


def test_without_errors_nothing_fails(lesson, answers):
    answers(
        ('right="adds"', "def twice(x): return x + x"),
        ('wrong="adds 2" fails="twice-check-1" says="two times 3"', "def twice(x): return x + 2"),
    )
    assert counts(lesson)[1] == []


def test_a_surviving_mutant_is_an_error_until_it_is_explained(lesson, answers):
    guard = "if x < {}:\n        raise ValueError(f'negative by {{0 - x}}')"
    answers(('right="adds"', "def twice(x): return x + x"))
    document, lines = counts(lesson, mutants=True)
    assert document["mutants"] > document["killed"] > 0
    assert all("mutant survives" in line for line in lines)
    assert any("guard removed" in line for line in lines)
    answers(('equivalent="no check asks"', f"def twice(x):\n    {guard.format(1)}\n    return x * 2"))
    explained, fewer = counts(lesson, mutants=True)
    assert explained["equivalent"] == 1 and len(fewer) == len(lines) - 1


def test_an_equivalent_that_is_no_mutant_any_more_is_an_error(lesson, answers):
    answers(('equivalent="once"', "def twice(x): return x * 7"))
    _, lines = counts(lesson, mutants=True)
    assert any("no mutant of the reference solution looks like this any more" in line for line in lines)


def test_mutants_leave_the_text_of_errors_alone(lesson):
    (cell,) = lesson.of_kind("exercise")
    programs = [program for _, program in mutants_of(cell.source, BEGIN_SOLUTION, END_SOLUTION)]
    assert len(programs) == len(set(programs)) > 5
    assert all("{0 - x}" in program for program in programs if "negative by" in program)


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ('right="a" wrong="b"', "is one of right, wrong, equivalent"),
        ('wrong="a" fails="twice-check-1"', "says which checks it fails and what their message says"),
        ('wrong="a" fails="twice-check-2" says="b"', "names a check that twice does not have"),
    ],
)
def test_a_cell_that_breaks_the_format_is_named(lesson, answers, head, problem):
    answers((head, "def twice(x): return x"))
    with pytest.raises(LessonError, match=rf"01_twice\.py:\d+: .*{problem}"):
        audit_lessons([lesson])


def test_a_lesson_without_answers_is_an_error(lesson, answers):
    with pytest.raises(LessonError, match="no known answers"):
        audit_lessons([lesson])


def test_the_table_in_the_readme_holds_the_counts():
    row = dict.fromkeys(("right", "wrong", "mutants", "killed", "equivalent"), 3)
    row |= {"lesson": "01_twice", "exercise": "twice", "right_refused": 0, "wrong_accepted": 0, "message_missing": 1}
    table = audit_table({"exercises": [row, row]}, "2026-01-31")
    assert "| 01 | 2026-01-31 | 2 | 6 | 0 | 6 | 0 | 2 | 6 | 6 | 6 |\n| all | | 2 | 6 |" in table
    # The rows of other lessons stay, and count in the sums.
    table = audit_table({"exercises": [row | {"lesson": "02_thrice"}]}, "2026-02-01", table)
    assert [line.split("|")[1:5] for line in table.splitlines()[2:]] == [
        [" 01 ", " 2026-01-31 ", " 2 ", " 6 "],
        [" 02 ", " 2026-02-01 ", " 1 ", " 3 "],
        [" all ", " ", " 3 ", " 9 "],
    ]
    before, after = AUDIT_MARKS
    assert with_table(f"a\n{before}\nold\n{after}\nz", AUDIT_MARKS, "new") == f"a\n{before}\nnew\n{after}\nz"


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_every_exercise_has_enough_known_answers(path):
    lesson = read_lesson(path)
    answers = read_answers(lesson)
    for exercise in lesson.exercises:
        kinds = [answer.kind for answer in answers if answer.exercise == exercise]
        assert kinds.count("right") >= 8 and kinds.count("wrong") >= 10, exercise
        names = [answer.name for answer in answers if answer.exercise == exercise and answer.kind != "equivalent"]
        assert len(set(names)) == len(names), f"{exercise}: two answers with one name"


@pytest.mark.slow
def test_the_checks_of_the_lessons_without_training_err_nowhere():
    lessons = [read_lesson(path) for path in lesson_paths() if path.stem[:2] in ("01", "02", "05", "06")]
    assert [line for found in audit_lessons(lessons, workers=2) for line in found.lines] == []
