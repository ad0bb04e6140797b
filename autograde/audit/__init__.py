"""Grade the graders: answers known to be right and known to be wrong, and mechanical mutants of the solutions.

``NN_name.py`` in this folder holds the answers to the exercises of one lesson, in py:percent format::

    # %% exercise="pad" right="fills a NumPy array row by row"
    def pad(sequences, length): ...

    # %% exercise="pad" wrong="pads before, the default of pad_sequences" fails="pad-check-1" says="after"
    def pad(sequences, length): ...

    # %% exercise="pad" equivalent="the sequences are never longer here"
    def pad(sequences, length): ...

A cell is what a learner would have in the exercise's cell; the exercises before it have their reference solutions.
``fails`` lists the checks that must fail (ids, separated by spaces), ``says`` a phrase that the message of one of them
must contain (letters of either case). An ``equivalent`` cell is a mutant of the reference solution that no check can
tell from it, with the reason.
"""

import ast
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from autograde.audit.mutants import mutants_of
from autograde.grade import grade_notebook, held_out_files, needs_keras, open_course_host
from autograde.lesson import BEGIN_SOLUTION, END_SOLUTION, LessonError, split_cells
from autograde.limits import Limits

ANSWERS = Path(__file__).resolve().parent
_KINDS = ("right", "wrong", "equivalent")
_ERRORS = ("right_refused", "wrong_accepted", "message_missing")


@dataclass(frozen=True)
class Answer:
    """One known answer.

    Attributes
    ----------
    exercise : str
    kind : {"right", "wrong", "equivalent", "mutant"}
    name : str
        The approach, the misconception, the reason, or what was mutated.
    source : str
    fails : tuple of str
        Ids of checks that must fail.
    says : str
        A phrase that a message must contain.
    place : str
        File and line.
    """

    exercise: str
    kind: str
    name: str
    source: str
    fails: tuple = ()
    says: str = ""
    place: str = ""


@dataclass
class Findings:
    """What the audit of one exercise found.

    Attributes
    ----------
    lesson, exercise : str
    counts : Counter
        ``right``, ``wrong``, ``mutants``, ``killed``, ``equivalent``, and the three kinds of error.
    lines : list of str
        One for each error.
    """

    lesson: str
    exercise: str
    counts: Counter = field(default_factory=Counter)
    lines: list = field(default_factory=list)


def read_answers(lesson, folder=ANSWERS):
    """The known answers to a lesson's exercises.

    Parameters
    ----------
    lesson : Lesson
    folder : Path

    Returns
    -------
    list of Answer

    Raises
    ------
    LessonError
        With file and line for each cell that breaks a rule of the format.
    """
    path = Path(folder) / f"{lesson.name}.py"
    if not path.is_file():
        raise LessonError(f"{path}: there are no known answers to the exercises of this lesson")
    checks = {check.id: check.exercise for check in lesson.of_kind("check")}
    answers, problems = [], []
    for cell, line in split_cells(path):
        if cell.cell_type != "code":
            continue
        place = f"{path}:{line}"
        kinds = [kind for kind in _KINDS if kind in cell.metadata]
        exercise = str(cell.metadata.get("exercise", ""))
        fails = tuple(str(cell.metadata.get("fails", "")).split())
        if exercise not in lesson.exercises or len(kinds) != 1:
            problems.append(f"{place}: an answer names an exercise of {lesson.name} and is one of {', '.join(_KINDS)}")
        elif any(checks.get(check) != exercise for check in fails):
            problems.append(f"{place}: fails={' '.join(fails)!r} names a check that {exercise} does not have")
        elif kinds[0] == "wrong" and not (fails and cell.metadata.get("says")):
            problems.append(f"{place}: a wrong answer says which checks it fails and what their message says")
        else:
            name, says = str(cell.metadata[kinds[0]]), str(cell.metadata.get("says", ""))
            answers.append(Answer(exercise, kinds[0], name, cell.source, fails, says, place))
    if problems:
        raise LessonError("\n".join(problems))
    return answers


def audit_lessons(lessons, mutants=False, workers=2, report=lambda line: None):
    """Grade every known answer with the real engine.

    Parameters
    ----------
    lessons : list of Lesson
    mutants : bool
        Grade mechanical mutants of the reference solutions, too.
    workers : int
        Answers graded at a time.
    report : callable
        Called with a line of text for each error as it is found.

    Returns
    -------
    list of Findings
        One for each exercise.
    """
    files = held_out_files()
    every = []
    # A mutant may loop for ever, and no known answer needs more.
    limits = replace(Limits.from_environment(), cpu_seconds=10)
    with open_course_host(needs_keras(lessons), limits=limits) as host, ThreadPoolExecutor(workers) as pool:
        for lesson in lessons:
            answers = read_answers(lesson)
            found = {name: Findings(lesson.name, name) for name in lesson.exercises}
            tasks = [answer for answer in answers if answer.kind != "equivalent"]
            if mutants:
                tasks += _mutants(lesson, answers, found)
            graded = pool.map(lambda answer, lesson=lesson: grade_answer(host, lesson, answer, files), tasks)
            for answer, checks in zip(tasks, graded, strict=True):
                for line in _judge(answer, checks, found[answer.exercise]):
                    report(line)
            every += found.values()
    return every


def grade_answer(host, lesson, answer, files):
    """The checks of one answer's exercise.

    Returns
    -------
    list of CheckResult
    """
    notebook = nbformat.v4.new_notebook()
    for cell in lesson.of_kind("exercise"):
        mine = cell.exercise == answer.exercise
        source = answer.source if mine else cell.source
        tag = {"nbgrader": {"grade_id": cell.id}}
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata=tag))
        if mine:
            break
    report = grade_notebook(host, lesson, notebook, answer.place, files=files, only=(answer.exercise,))
    return report.checks


def as_dict(findings):
    """The document that ``autograde audit --json`` prints."""
    keys = ("right", "right_refused", "wrong", "wrong_accepted", "message_missing", "mutants", "killed", "equivalent")
    totals = sum((found.counts for found in findings), Counter())
    exercises = [
        {"lesson": found.lesson, "exercise": found.exercise} | {key: found.counts[key] for key in keys}
        | {"errors": found.lines} for found in findings
    ]  # fmt: skip
    return {key: totals[key] for key in keys} | {"exercises": exercises}


def failed(findings):
    """Whether any error was found, or a mutant survived."""
    return any(found.lines for found in findings)


def _mutants(lesson, answers, found):
    """The mutants of all exercises, less those listed as equivalent."""
    tasks = []
    known = {(answer.exercise, _shape(answer.source)): answer for answer in answers if answer.kind == "equivalent"}
    unused = set(known)
    for cell in lesson.of_kind("exercise"):
        for name, source in mutants_of(cell.source, BEGIN_SOLUTION, END_SOLUTION):
            key = (cell.exercise, _shape(source))
            found[cell.exercise].counts["mutants"] += 1
            if key in known:
                unused.discard(key)
                found[cell.exercise].counts["equivalent"] += 1
            else:
                tasks.append(Answer(cell.exercise, "mutant", name, source, place=f"{lesson.path}:{cell.line}"))
    for key in unused:
        found[key[0]].lines.append(f"{known[key].place}: no mutant of the reference solution looks like this any more")
    return tasks


def _shape(source):
    """A program without its layout, comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)


def _judge(answer, checks, found):
    """Count one answer; yield a line for each error."""
    counts = found.counts
    counts[{"mutant": "mutants_run"}.get(answer.kind, answer.kind)] += 1
    wrong = {check.id: check.message for check in checks if not check.passed}
    lines = []
    if answer.kind == "right" and wrong:
        counts["right_refused"] += 1
        lines = [f"right refused by {check}: {message}" for check, message in wrong.items()]
    elif answer.kind == "mutant":
        counts["killed"] += bool(wrong)
        lines = [] if wrong else ["mutant survives"]
    elif answer.kind == "wrong":
        passed = [check for check in answer.fails if check not in wrong]
        if passed:
            counts["wrong_accepted"] += 1
            lines = [f"wrong accepted by {check}" for check in passed]
        elif not any(answer.says.lower() in wrong[check].lower() for check in answer.fails):
            counts["message_missing"] += 1
            lines = [f"no message says {answer.says!r}: {wrong[check]}" for check in answer.fails]
    for line in lines:
        text = f"{answer.place}: {answer.exercise}, {answer.name}: {line}"
        found.lines.append(text)
        yield text
