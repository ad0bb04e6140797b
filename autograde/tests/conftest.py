"""What several test files need: a small course of one lesson, and ways to fill in a learner's notebook."""

import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograde.cli import main
from autograde.gradebook import make_course
from autograde.lesson import read_lesson
from autograde.limits import Limits, SandboxError
from autograde.sandbox import Zygote

FIXTURES = Path(__file__).parent / "fixtures"
SMALL = "01_sentence_vectors"


@pytest.fixture
def small(tmp_path):
    """A copy of the small course: its folders, its lesson's source file, its two notebooks."""
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    solutions, notebooks = tmp_path / "solutions", tmp_path / "notebooks"
    return SimpleNamespace(
        root=tmp_path,
        solutions=solutions,
        notebooks=notebooks,
        data=tmp_path / "data",
        source=solutions / f"{SMALL}.py",
        solved=solutions / f"{SMALL}.ipynb",
        learner=notebooks / f"{SMALL}.ipynb",
    )


@pytest.fixture
def lesson(small):
    return read_lesson(small.source)


@pytest.fixture(scope="session")
def fresh_course(tmp_path_factory):
    """A course of the small lesson, to be copied: nbgrader takes seconds to make a gradebook."""
    folder = tmp_path_factory.mktemp("fresh") / "course"
    make_course(folder, [read_lesson(FIXTURES / "solutions" / f"{SMALL}.py")], data=FIXTURES / "data")
    return folder


@pytest.fixture
def course(small, fresh_course):
    return Path(shutil.copytree(fresh_course, small.root / "course"))


@pytest.fixture
def solve():
    """A function that writes the reference solutions of some exercises into a learner's notebook."""

    def solve(notebook, lesson, names):
        sources = {cell.id: cell.source for cell in lesson.cells if cell.exercise in names}
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = sources.get(cell.id, cell.source)
        return notebook

    return solve


@pytest.fixture
def command(monkeypatch, capsys):
    """Run `autograde` in this process; gives exit status, stdout and stderr."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["autograde", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return caught.value.code or 0, out, err

    return run


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory):
    """The folders of a course as a notebook sees them: ``notebooks`` and ``data`` with one small file."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks").mkdir()
    shutil.copytree(FIXTURES / "data", folder / "data")
    return folder


@pytest.fixture(scope="session")
def host(course_folder):
    """A warm parent without Keras, with small limits; shared by all tests of a run."""
    with confined_host(False, course_folder, Limits(cpu_seconds=5, wall_seconds=120, memory_mib=600)) as host:
        yield host


@pytest.fixture(scope="session")
def keras_host(course_folder):
    """The same with Keras."""
    with confined_host(True, course_folder, Limits(cpu_seconds=30, wall_seconds=300)) as host:
        yield host


def confined_host(keras, folder, limits):
    """A warm parent; where the machine has none, the test is skipped, but not in continuous integration."""
    try:
        return Zygote(keras, folder / "data", limits)
    except SandboxError as error:
        if sys.platform == "linux" and os.environ.get("CI"):
            raise
        pytest.skip(str(error))
