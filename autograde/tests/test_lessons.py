"""The lessons of the course as they are: they keep the rules, run when solved, and stop with help when not."""

import csv
import re

import nbformat
import numpy as np
import pytest
from nbclient.exceptions import CellExecutionError

from autograde.build import (
    CODE_STUB,
    kernel_environment,
    learner_notebook,
    notebook_client,
    run_problems,
    solved_notebook,
    source_notebook,
)
from autograde.data import VECTORS_SETTING, data_path, load_vectors
from autograde.lesson import NOTEBOOKS, SOLUTIONS, TOTAL_POINTS, read_lesson, read_lessons

LESSONS = sorted(SOLUTIONS.glob("[0-9][0-9]_*.py"))
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@each_lesson
def test_the_source_keeps_the_rules(path):
    lesson = read_lesson(path)
    assert lesson.exercises, "a lesson has exercises"
    assert lesson.minutes > 0


def test_all_lessons_together():
    lessons = read_lessons()
    assert [lesson.name[:2] for lesson in lessons] == [f"{number:02}" for number in range(1, 8)]
    assert sum(lesson.points for lesson in lessons) == TOTAL_POINTS
    assert sum(len(lesson.exercises) for lesson in lessons) >= 28
    assert sum(lesson.written_points for lesson in lessons) == 5


@each_lesson
def test_demonstrations_are_short(path):
    long = [f"line {cell.line}" for cell in read_lesson(path).of_kind("demo") if len(cell.source.split("\n")) > 15]
    assert not long, f"more than 15 lines in the demonstrations at {', '.join(long)}"


@pytest.mark.slow
@each_lesson
def test_the_solved_notebook_runs_from_top_to_bottom(path):
    lesson = read_lesson(path)
    assert run_problems(lesson, solved_notebook(lesson)) == []


@pytest.mark.slow
@each_lesson
def test_the_unsolved_notebook_stops_at_the_first_check(path):
    lesson = read_lesson(path)
    notebook = learner_notebook(lesson)
    with pytest.raises(CellExecutionError):
        notebook_client(notebook, NOTEBOOKS).execute(env=kernel_environment())
    stopped, error = next(
        (cell.id, output)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )
    assert stopped == lesson.checks_of(lesson.exercises[0])[0].id
    assert error.ename == "NotImplementedError"
    assert f'"{error.evalue}"' in CODE_STUB, "the message tells the learner what to do"
    nbformat.validate(notebook)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A file as others publish them: 100 dimensions, many more words, none of the course's gaps."""
    rng = np.random.default_rng(7)
    turn = np.linalg.qr(rng.normal(size=(100, 50)))[0]
    vectors = {word: turn @ vector for word, vector in load_vectors().items()}
    with open(data_path("headlines.csv"), encoding="utf-8", newline="") as file:
        words = {word for row in csv.reader(file) for word in re.findall(r"[a-z']+", " ".join(row).lower())}
    for word in [*sorted(words), *(f"word{number}" for number in range(10_000))]:
        vectors.setdefault(word, rng.normal(scale=0.4, size=100))
    path = tmp_path_factory.mktemp("published") / "vectors.100d.txt"
    lines = (f"{word} {' '.join(f'{number:.5f}' for number in vector)}\n" for word, vector in vectors.items())
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("number", ["02", "04", "06", "07"])
def test_the_lesson_runs_on_other_vectors_without_edits(published, number):
    (lesson,) = read_lessons([number])
    notebook = source_notebook(lesson)
    notebook_client(notebook, SOLUTIONS).execute(env=kernel_environment() | {VECTORS_SETTING: str(published)})
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in shown if output.output_type == "error" or output.get("name") == "stderr"]
