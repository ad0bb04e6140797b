"""Each rule of the lesson format: a source that breaks it is refused with file, line and cell."""

import pytest

from autograde.lesson import (
    CourseError,
    LessonError,
    lesson_paths,
    names_in,
    read_lesson,
    read_lessons,
    without_block,
    without_solution,
)

GOOD = '''\
# %% [markdown] minutes=5
# # A lesson
#
# ## A section

# %% tags=["setup"]
import math

FACTOR = 2

# %% exercise="double"
def double(number):
    """Twice the number."""
    ### BEGIN SOLUTION
    return FACTOR * number
    ### END SOLUTION


# %% check="double" points=60
# Twice three
expected = 6
assert double(3) == expected, f"expected 6, got {double(3)}"
print("double: the visible checks pass")
### BEGIN HIDDEN TESTS
assert double(math.pi) == 2 * math.pi
### END HIDDEN TESTS

# %% check="double" points=40
# Twice nothing
assert double(0) == 0

# %% tags=["demo"]
shown = [double(number) for number in range(3)]

# %% [markdown] answer="why" points=5
# Because.
'''

LATER_EXERCISE = """
# %% exercise="triple"
def triple(number):
    ### BEGIN SOLUTION
    return 3 * number
    ### END SOLUTION

# %% check="triple" points=1
# Three times two
assert triple(2) == 6
"""

# What is replaced in GOOD, by what, and then the line, the cell and some words of the complaint.
BROKEN = {
    "code cell of no kind": ('# %% tags=["demo"]', "# %%", 33, "code", "exactly one of setup, demo, exercise, check"),
    "code cell of two kinds": ('# %% tags=["demo"]', '# %% tags=["demo", "setup"]', 33, "code", "marked as demo and"),
    "exercise whose name is no name": ('exercise="double"', 'exercise="twice it"', 12, "exercise", "not the name"),
    "check without points": ('check="double" points=40', 'check="double"', 29, "double-check-2", "has no points"),
    "check worth nothing": ("points=40", "points=0", 29, "double-check-2", "has no points"),
    "check worth a half": ("points=40", "points=0.5", 29, "double-check-2", "has no points"),
    "check worth true": ("points=40", "points=true", 29, "double-check-2", "has no points"),
    "answer without points": ('answer="why" points=5', 'answer="why"', 36, "why", "has no points"),
    "demonstration with points": ('tags=["demo"]', 'tags=["demo"] points=1', 33, "demo-1", "only a check"),
    "text with points": ("minutes=5", "minutes=5 points=1", 2, "text-1", "only a check"),
    "no title": ("# # A lesson", "# A lesson", 1, "text-1", "H1"),
    "title in a code cell": ("# %% [markdown] minutes=5", "# %% minutes=5", 1, "text-1", "H1"),
    "no time": ("# %% [markdown] minutes=5", "# %% [markdown]", 1, "text-1", "minutes=30"),
    "time that is no number": ("minutes=5", 'minutes="long"', 1, "text-1", "minutes=30"),
    "second title": ("# ## A section", "# # Another", 4, "text-1", "second H1"),
    "skipped heading level": ("# ## A section", "# ### A section", 4, "text-1", "heading level 3 after level 1"),
    "check without an exercise": ('"double" points=40', '"twice" points=40', 29, "twice-check-1", "no exercise"),
    "check without a title": ("# Twice nothing\n", "", 29, "double-check-2", "first line of a check is a comment"),
    "hidden tests in the middle": (
        "### END HIDDEN TESTS\n", "### END HIDDEN TESTS\nprint(1)\n", 20, "double-check-1", "nothing follows"),
    "hidden tests left open": ("### END HIDDEN TESTS\n", "", 24, "double-check-1", "left open"),
    "hidden tests never begun": ("### BEGIN HIDDEN TESTS\n", "", 25, "double-check-1", "without '### BEGIN HIDDEN"),
    "hidden tests inside hidden tests": (
        "### BEGIN HIDDEN TESTS\n",
        "### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n", 25, "double-check-1", "still open"),
    "solution left open": ("    ### END SOLUTION\n", "", 14, "double", "left open"),
    "solution never begun": ("    ### BEGIN SOLUTION\n", "", 15, "double", "without '### BEGIN SOLUTION'"),
    "solution inside a solution": (
        "    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    ### BEGIN SOLUTION\n", 15, "double", "still open"),
    "exercise without a solution": (
        "    ### BEGIN SOLUTION\n    return FACTOR * number\n    ### END SOLUTION\n", "    return 2 * number\n",
        12, "double", "has a part between"),
    "solution in a demonstration": (
        "shown = [", "### BEGIN SOLUTION\n### END SOLUTION\nshown = [", 33, "demo-1", "outside an exercise"),
    "hidden test in a setup cell": (
        "FACTOR = 2", "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\nFACTOR = 2", 7, "setup-1", "outside an exercise"),
    "exercise without a check": ('tags=["demo"]', 'exercise="shown"', 33, "shown", "exercise without a check"),
    "exercise that defines another name": ("def double(", "def twice(", 12, "double", "does not define 'double' at"),
    "exercise that is no Python": ("def double(number):", "def double(number:", 12, "double", "is not Python"),
    "check that is no Python": ("assert double(0) == 0", "assert double(0 == 0", 30, "double-check-2", "is not Python"),
    "stub that is no Python": (
        "    ### BEGIN SOLUTION\n    return FACTOR * number\n",
        "    if number:\n    ### BEGIN SOLUTION\n        return 2\n",
        12, "double", "without its solution the cell is not Python"),
    "stub that does not define the name": (
        'def double(number):\n    """Twice the number."""\n    ### BEGIN SOLUTION\n',
        "### BEGIN SOLUTION\ndef double(number):\n", 12, "double", "without its solution the cell does not define"),
    "setup that uses an unknown name": ("FACTOR = 2", "FACTOR = TWO", 9, "setup-1", "uses 'TWO', but nothing"),
    "setup that uses an exercise": (
        '# %% tags=["demo"]\nshown', '# %% tags=["setup"]\nshown', 33, "setup-2", "uses 'double'"),
    "exercise that uses an unknown name": (
        "return FACTOR * number", "return DOUBLE * number", 15, "double", "uses 'DOUBLE', but nothing"),
    "check that uses an unknown name": ("double(0) == 0", "double(0) == none", 30, "double-check-2", "uses 'none'"),
    "check that uses another check's name": ("(0) == 0", "(3) == expected", 30, "double-check-2", "'expected'"),
    "two exercises of one name": ('answer="why"', 'answer="double"', 36, "double", "two cells with one id"),
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def write(text, name="01_a_lesson"):
        path = tmp_path / f"{name}.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_named_with_file_line_and_cell(write, rule):
    old, new, line, cell, words = BROKEN[rule]
    assert GOOD.count(old) >= 1, "the test itself: nothing to break"
    path = write(GOOD.replace(old, new, 1))
    with pytest.raises(LessonError) as caught:
        read_lesson(path)
    lines = str(caught.value).splitlines()
    assert all(text.startswith(f"{path}:") for text in lines)
    assert any(text.startswith(f"{path}:{line}: cell {cell}: ") and words in text for text in lines), lines


def test_every_problem_is_told_at_once_in_order(write):
    path = write(GOOD.replace("minutes=5", "").replace(" points=40", ""))
    with pytest.raises(LessonError) as caught:
        read_lesson(path)
    assert [text.split(":")[1] for text in str(caught.value).splitlines()] == ["1", "29"]


def test_a_good_lesson_is_read_whole(write):
    lesson = read_lesson(write(GOOD))
    assert (lesson.name, lesson.title, lesson.minutes) == ("01_a_lesson", "A lesson", 5)
    assert (lesson.points, lesson.written_points) == (100, 5)
    assert lesson.exercises == ["double"]
    assert [cell.id for cell in lesson.cells] == [
        "text-1", "setup-1", "double", "double-check-1", "double-check-2", "demo-1", "why",
    ]  # fmt: skip
    assert [cell.title for cell in lesson.checks_of("double")] == ["Twice three", "Twice nothing"]
    text = GOOD.splitlines()
    for cell in lesson.of_kind("check") + lesson.of_kind("exercise") + lesson.of_kind("setup"):
        assert text[cell.line - 1] == cell.source.splitlines()[0], "the line is that of the source's first line"


def test_an_exercise_may_not_use_a_demonstration(write):
    later = LATER_EXERCISE.replace("return 3 * number", "return sum(shown) * number")
    with pytest.raises(LessonError, match="cell triple: uses 'shown', but only a demonstration defines it"):
        read_lesson(write(GOOD + later))


def test_a_check_may_not_use_a_later_exercise(write):
    with pytest.raises(LessonError, match="cell double-check-2: uses 'triple', but nothing defines it"):
        read_lesson(write(GOOD.replace("double(0) == 0", "triple(0) == 0") + LATER_EXERCISE))


def test_a_check_may_not_use_what_only_a_solution_defines(write):
    text = GOOD.replace("    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    global helper\n    helper = 1\n")
    assert read_lesson(write(text)).exercise_names == {"double"}
    with pytest.raises(LessonError, match="cell double-check-2: uses 'helper', but nothing defines it"):
        read_lesson(write(text.replace("double(0) == 0", "double(0) == helper")))


@pytest.mark.parametrize(
    ("below", "refused"),
    [
        ('# %% tags=["demo"]\nprint(shown)\n', True),
        ('# %% tags=["demo"]\nprint(reader())\n', True),
        ('# %% tags=["demo"]\nshown = 1\nprint(shown)\n', False),
        ('# %% tags=["demo"]\nprint(double(1))\n', False),
        (LATER_EXERCISE.replace("3 * number", "FACTOR * number"), False),
    ],
)
def test_a_check_may_not_overwrite_what_a_cell_below_needs(write, below, refused):
    above = '# %% tags=["demo"]\nshown = 7\n\n\ndef reader():\n    return shown\n\n\n# %% exercise="double"'
    text = GOOD.replace('# %% exercise="double"', above).replace(
        "assert double(0) == 0", "shown = 0\nassert shown == 0"
    )
    text = text.replace("shown = [double(number) for number in range(3)]", "pass")
    path = write(text.replace('# %% [markdown] answer="why" points=5\n# Because.\n', below))
    if not refused:
        assert read_lesson(path)
        return
    with pytest.raises(LessonError, match=r"cell double-check-2: assigns 'shown', which the cell in line \d+ needs"):
        read_lesson(path)


def test_a_demonstration_may_use_everything_before_it(write):
    assert read_lesson(write(GOOD.replace("shown = [", "other = expected + FACTOR\nshown = [")))


def test_a_name_bound_inside_a_function_is_not_global(write):
    text = GOOD.replace("assert double(0) == 0", "def none():\n    inner = 0\n    return inner\nassert none() == inner")
    with pytest.raises(LessonError, match="uses 'inner'"):
        read_lesson(write(text))


def test_headings_in_code_blocks_do_not_count(write):
    assert read_lesson(write(GOOD.replace("# ## A section", "# ```\n# # a comment\n# ```\n# ## A section")))


def test_a_lesson_starts_with_a_cell_marker(write):
    for text in ("", "import math\n" + GOOD):
        path = write(text)
        with pytest.raises(LessonError, match="01_a_lesson.py:1: the file starts with a cell marker"):
            read_lesson(path)


def test_a_marker_inside_a_string_is_refused(write):
    text = GOOD.replace("FACTOR = 2", 'FACTOR = 2\nTEXT = """\n# %% [markdown]\n"""')
    with pytest.raises(LessonError):
        read_lesson(write(text))


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(LessonError, match="01_missing.py: cannot be read"):
        read_lesson(tmp_path / "01_missing.py")
    path = tmp_path / "01_latin.py"
    path.write_bytes("# é".encode("latin-1"))
    with pytest.raises(LessonError, match="01_latin.py: cannot be read as UTF-8"):
        read_lesson(path)


def test_points_of_all_lessons_add_up_to_100(write, tmp_path):
    write(GOOD)
    assert len(read_lessons(folder=tmp_path)) == 1
    write(GOOD, name="02_another")
    with pytest.raises(LessonError, match="add up to 200, not 100.*01_a_lesson 100, 02_another 100"):
        read_lessons(folder=tmp_path)
    assert len(read_lessons(["2"], folder=tmp_path)) == 1, "a lesson alone is not asked for the sum"


@pytest.mark.parametrize("name", ["02_another", "02", "2", "solutions/02_another.py"])
def test_a_lesson_is_found_by_name_and_number(write, tmp_path, name):
    write(GOOD)
    path = write(GOOD, name="02_another")
    assert lesson_paths([name], folder=tmp_path) == [path]


def test_a_lesson_that_is_not_there(write, tmp_path):
    with pytest.raises(CourseError, match="no lesson sources"):
        lesson_paths(folder=tmp_path)
    write(GOOD)
    with pytest.raises(CourseError, match="no lesson '03'; the lessons are 01_a_lesson"):
        lesson_paths(["03"], folder=tmp_path)


def test_blocks_are_cut_out():
    source = "a\n### BEGIN X\nb\n### END X\nc\n"
    assert without_block(source, "### BEGIN X", "### END X") == "a\nc"
    stub = without_solution("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION")
    assert stub == "def f():\n    raise NotImplementedError"


def test_names_are_those_of_the_module():
    source = "import os.path as p\nfor i in range(3):\n    x = i\ndef f(a):\n    global g\n    g = a + y\n    z = 1\n"
    names = names_in(source)
    assert {"p", "i", "x", "f", "g"} <= names.defined
    assert "y" in names.used
    assert not {"a", "z"} & (names.defined | names.used), "a parameter and a local variable"
