"""The isolated engine inside nbgrader: two preprocessors that replace its repair and its execution of notebooks.

A course folder names them in ``nbgrader_config.json`` (see `autograde.gradebook`). `nbgrader autograde` and
formgrader's button then grade with the engine, while nbgrader stays the system of record: late penalties, manual
grades, feedback and export work as ever.
"""

import atexit
import contextlib
import copy
from functools import lru_cache
from pathlib import Path

import nbformat
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograde.build import CODE_STUB, source_notebook
from autograde.grade import error_output, grade_notebook, held_out_files, needs_keras, open_course_host
from autograde.lesson import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_HIDDEN,
    END_SOLUTION,
    ROOT,
    SOLUTIONS,
    lesson_paths,
    read_lesson,
    without_block,
)
from autograde.limits import SandboxError
from autograde.submission import plan, repaired_cells

#: Reports of `reports_at_hand`: by student and lesson, the sources of the cells that were graded, and the report.
_AT_HAND = {}


@contextlib.contextmanager
def reports_at_hand(reports):
    """Let nbgrader take over reports that exist already, instead of grading again.

    Parameters
    ----------
    reports : dict of (str, str) to (list of str, Report)
        For a student and a lesson, the sources of the cells of the repaired notebook, and their report. It is used
        for a notebook with just these cells.
    """
    _AT_HAND.update(reports)
    try:
        yield
    finally:
        _AT_HAND.clear()


@lru_cache
def shared_host(keras, data):
    """One warm parent for a whole run of nbgrader; one without Keras starts sooner."""
    try:
        host = open_course_host(keras, data=Path(data))
    except SandboxError as error:
        raise NbGraderException(f"{error}; grade a class on a machine that can confine processes") from None
    atexit.register(host.close)
    return host


class LessonPreprocessor(NbGraderPreprocessor):
    """What both preprocessors need to know."""

    lessons = Unicode(str(SOLUTIONS), help="The folder with the sources of the lessons.").tag(config=True)
    data = Unicode(str(ROOT / "data"), help="The folder with the data that the lessons read.").tag(config=True)

    def lesson_for(self, resources):
        """The lesson of the notebook that nbgrader works on."""
        name = resources["nbgrader"]["notebook"]
        for path in lesson_paths(folder=self.lessons):
            if path.stem == name:
                return read_lesson(path)
        raise NbGraderException(f"{name}: no lesson of this course has this name, and only lessons can be graded here")


class RepairNotebook(LessonPreprocessor):
    """Rebuild a submission from the lesson and the learner's own cells, whatever was done to the rest."""

    def preprocess(self, nb, resources):
        lesson = self.lesson_for(resources)
        made, repairs = rebuilt(lesson, nb)
        for repair in repairs:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], repair)
        if repairs:
            made.metadata["autograde"] = {"repairs": repairs}
        return made, resources


def rebuilt(lesson, notebook):
    """A submission made anew from the lesson and the learner's own cells.

    Parameters
    ----------
    lesson : Lesson
    notebook : nbformat.NotebookNode
        It is not changed.

    Returns
    -------
    notebook : nbformat.NotebookNode
    repairs : list of str
    """
    _, repairs = plan(lesson, notebook)
    made = source_notebook(lesson)
    cells = {cell.id: cell for cell in made.cells}
    for cell in made.cells:
        if cell.id in lesson.exercises:
            cell.source = _stub(cell.source)
    made.cells = []
    for cell_id, learner in repaired_cells(lesson, notebook):
        if cell_id is None:
            made.cells.append(_plain_cell(learner, len(made.cells)))
            continue
        cell = copy.deepcopy(cells[cell_id])
        if learner is not None:
            cell.source = learner.source
        made.cells.append(cell)
    return made, repairs


def _stub(source):
    """An exercise that was not found counts as unwritten."""
    lines = without_block(source, BEGIN_SOLUTION, END_SOLUTION)
    first = next(line for line in source.split("\n") if BEGIN_SOLUTION in line)
    indent = first[: len(first) - len(first.lstrip())]
    return lines + "\n" + "\n".join(indent + line for line in CODE_STUB.split("\n"))


def _plain_cell(cell, number):
    """A cell that a learner added, without whatever metadata it had."""
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    return make(cell.source, id=f"added-{number}")


class IsolatedExecute(LessonPreprocessor):
    """Grade with the engine, and write each verdict as the only output of its check cell.

    nbgrader reads the score of a check from these outputs alone: an error is zero, anything else full marks.
    """

    def preprocess(self, nb, resources):
        lesson = self.lesson_for(resources)
        name, student = resources["nbgrader"]["notebook"], resources["nbgrader"]["student"]
        sources, report = _AT_HAND.get((student, name), (None, None))
        if sources != [cell.source for cell in nb.cells]:
            host = shared_host(needs_keras([lesson]), self.data)
            report = grade_notebook(host, lesson, nb, name, files=held_out_files())
        verdicts = {check.id: check for check in report.checks}
        count = 0
        for index, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            count += 1
            cell.execution_count = count
            cell.outputs = [nbformat.from_dict(output) for output in report.outputs.get(index, [])]
            check = verdicts.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if check is not None:
                # Feedback shows this cell: without the hidden tests, which serve next year's class, too.
                cell.source = without_block(cell.source, BEGIN_HIDDEN, END_HIDDEN)
                cell.outputs = [_verdict_output(check)]
        self.log.info("%s, %s: %s of %s points", student, name, report.score, report.max_score)
        return nb, resources


def _verdict_output(check):
    if check.passed:
        return nbformat.v4.new_output("stream", name="stdout", text=f"passed: {check.title}\n")
    return nbformat.from_dict(error_output("CheckFailed", check.message))
