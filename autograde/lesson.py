"""Read a lesson: one py:percent script becomes typed cells, and every rule of the format is checked here.

The rules are those of CONTRIBUTING.md. A file that breaks one is refused with a `LessonError`
that names file, line and cell for each thing to mend.
"""

import ast
import builtins
import re
import symtable
from dataclasses import dataclass, field
from pathlib import Path

import jupytext

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"
NOTEBOOKS = ROOT / "notebooks"
TOTAL_POINTS = 100

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"

_MARKER = re.compile(r"^# %%(\s|$)")
_HEADING = re.compile(r"^(#{1,6})\s+\S")
_BUILTINS = frozenset(dir(builtins)) | {"__name__", "__file__", "__builtins__", "get_ipython"}
_KINDS = ("setup", "demo", "exercise", "check")


class CourseError(Exception):
    """Bad input. The message is one clear line, or one for each problem, and says what to do."""


class LessonError(CourseError):
    """A lesson source breaks a rule of the format."""


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson.

    Attributes
    ----------
    kind : {"text", "setup", "demo", "exercise", "check", "answer"}
    id : str
        Unique in the lesson; the cell id in every notebook and nbgrader's ``grade_id``.
    exercise : str
        The exercise that the cell belongs to; empty for other cells.
    points : int
        Of a check or a written answer, else 0.
    in_place : bool
        Of a check: whether the exercise's contract is to change what it is given.
    source : str
    line : int
        The number of the first line of `source` in the lesson's file, from 1.
    """

    kind: str
    id: str
    source: str
    line: int
    exercise: str = ""
    points: int = 0
    in_place: bool = False

    @property
    def title(self):
        """The first line of a check: its comment without the ``#``."""
        return self.source.partition("\n")[0].lstrip("# ").rstrip()


@dataclass(frozen=True)
class Lesson:
    """A lesson that keeps all rules.

    Attributes
    ----------
    path : Path
    title : str
        The text of its H1.
    minutes : int
        How long a learner takes, as the author estimates.
    cells : tuple of Cell
    """

    path: Path
    title: str
    minutes: int
    cells: tuple = field(repr=False)

    @property
    def name(self):
        """File name without ending, such as ``05_parsing_glove``."""
        return self.path.stem

    def of_kind(self, kind):
        """The cells of one kind, in order."""
        return [cell for cell in self.cells if cell.kind == kind]

    @property
    def exercises(self):
        """The names of the exercises, in order."""
        return [cell.exercise for cell in self.of_kind("exercise")]

    def checks_of(self, exercise):
        """The check cells of one exercise, in order."""
        return [cell for cell in self.of_kind("check") if cell.exercise == exercise]

    @property
    def exercise_names(self):
        """Every name that the exercise cells define without their solutions."""
        cells = self.of_kind("exercise")
        return frozenset().union(*(names_in(without_solution(cell.source)).defined for cell in cells))

    @property
    def points(self):
        """Points that checks give; the written answer is not among them."""
        return sum(cell.points for cell in self.of_kind("check"))

    @property
    def written_points(self):
        """Points that a person gives."""
        return sum(cell.points for cell in self.of_kind("answer"))


def lesson_paths(names=(), folder=SOLUTIONS):
    """The source files of the lessons.

    Parameters
    ----------
    names : iterable of str
        Lesson names or numbers (``05_parsing_glove``, ``05`` or ``5``); all lessons if empty.
    folder : Path

    Returns
    -------
    list of Path

    Raises
    ------
    CourseError
        If there is no such lesson.
    """
    every = sorted(Path(folder).glob("[0-9][0-9]_*.py"))
    if not every:
        raise CourseError(f"{folder}: no lesson sources (NN_name.py) here")
    if not names:
        return every
    return [_find(name, every) for name in names]


def _find(name, paths):
    stem = Path(name).stem
    for path in paths:
        if stem == path.stem or (stem.isdigit() and int(stem) == int(path.stem[:2])):
            return path
    known = ", ".join(path.stem for path in paths)
    raise CourseError(f"there is no lesson {name!r}; the lessons are {known}")


def read_lesson(path):
    """Read a lesson and check every rule that concerns it alone.

    Parameters
    ----------
    path : str or Path
        A py:percent script.

    Returns
    -------
    Lesson

    Raises
    ------
    LessonError
        With one line ``file:line: cell: problem`` for each broken rule.
    """
    path = Path(path)
    problems = _Problems(path)
    raw = split_cells(path)
    cells = _typed_cells(raw, problems)
    title, minutes = _head(raw[0][0], problems)
    _check_headings(cells, problems)
    _check_structure(cells, problems)
    _check_names(cells, problems)
    _check_overwritten(cells, problems)
    problems.raise_if_any()
    return Lesson(path, title, minutes, tuple(cells))


def read_lessons(names=(), folder=SOLUTIONS):
    """Read lessons; where all are read, check also that their points add up to `TOTAL_POINTS`."""
    lessons = [read_lesson(path) for path in lesson_paths(names, folder)]
    if not names:
        total = sum(lesson.points for lesson in lessons)
        if total != TOTAL_POINTS:
            each = ", ".join(f"{lesson.name} {lesson.points}" for lesson in lessons)
            raise LessonError(f"{folder}: the points of all checks add up to {total}, not {TOTAL_POINTS} ({each})")
    return lessons


def without_block(source, begin, end):
    """`source` without the lines from `begin` to `end`, both included."""
    kept, inside = [], False
    for line in source.split("\n"):
        if begin in line:
            inside = True
        elif end in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept).rstrip("\n")


class _Problems:
    """What is wrong with one file, collected so that an author sees all of it at once."""

    def __init__(self, path):
        self.path = path
        self.lines = []

    def add(self, line, cell, text):
        self.lines.append((line, f"{self.path}:{line}: cell {cell}: {text}"))

    def raise_if_any(self):
        if self.lines:
            raise LessonError("\n".join(text for _, text in sorted(self.lines)))


def split_cells(path):
    """The cells of a py:percent script as jupytext reads them, each with the line on which its source starts.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of tuple of (nbformat.NotebookNode, int)

    Raises
    ------
    LessonError
        If the file is no such script.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(f"{path}: cannot be read as UTF-8 text: {error}") from None
    lines = text.split("\n")
    markers = [number for number, line in enumerate(lines, start=1) if _MARKER.match(line)]
    if not markers or markers[0] != 1:
        raise LessonError(f"{path}:1: the file starts with a cell marker, `# %% [markdown]`")
    cells = jupytext.reads(text, fmt="py:percent").cells
    if len(cells) != len(markers):
        raise LessonError(f"{path}: a line that looks like a cell marker (# %%) stands inside a string")
    return [(cell, _first_line(cell, lines, marker)) for cell, marker in zip(cells, markers, strict=True)]


def _first_line(cell, lines, marker):
    """The line after the marker, or after the blank lines there, which jupytext drops."""
    number = marker + 1
    while cell.source and number <= len(lines) and not lines[number - 1].strip():
        number += 1
    return number


def _typed_cells(raw, problems):
    counters, cells = {}, []
    for cell, line in raw:
        kind, exercise = _kind(cell, line, problems)
        key = exercise if kind in ("exercise", "answer") else f"{exercise}-check" if kind == "check" else kind
        counters[key] = counters.get(key, 0) + 1
        numbered = key if kind in ("exercise", "answer") else f"{key}-{counters[key]}"
        if kind in ("exercise", "answer") and counters[key] > 1:
            problems.add(line, numbered, "two cells with one id; give one of them another name")
        points = _points(cell, kind, numbered, line, problems)
        in_place = cell.metadata.get("in_place", False) is True
        cells.append(Cell(kind, numbered, cell.source, line, exercise, points, in_place))
    return cells


def _kind(cell, line, problems):
    """Kind of a cell, and the name that it carries."""
    metadata = cell.metadata
    if cell.cell_type != "code":
        if "answer" in metadata:
            return "answer", str(metadata["answer"])
        return "text", ""
    tags = [tag for tag in metadata.get("tags", []) if tag in ("setup", "demo")]
    found = tags + [key for key in ("exercise", "check") if key in metadata]
    if len(found) != 1:
        what = "nothing" if not found else " and ".join(found)
        problems.add(line, "code", f"marked as {what}; a code cell is exactly one of {', '.join(_KINDS)}")
        return "demo", ""
    kind = found[0]
    name = str(metadata.get(kind, "")) if kind in ("exercise", "check") else ""
    if kind in ("exercise", "check") and not name.isidentifier():
        problems.add(line, kind, f"{kind}={name!r} is not the name of a function or variable")
    return kind, name


def _points(cell, kind, cell_id, line, problems):
    points = cell.metadata.get("points")
    if kind not in ("check", "answer"):
        if points is not None:
            problems.add(line, cell_id, "only a check or a written answer has points")
        return 0
    if not isinstance(points, int) or isinstance(points, bool) or points < 1:
        problems.add(line, cell_id, "has no points; write points=2 (a whole number from 1) in its first line")
        return 0
    return points


def _head(first, problems):
    """Title and minutes from the first cell."""
    match = re.match(r"# (\S.*)", first.source)
    if first.cell_type != "markdown" or not match:
        problems.add(1, "text-1", "the first cell is text and starts with the lesson's H1, `# # Title`")
    minutes = first.metadata.get("minutes")
    if not isinstance(minutes, int):
        problems.add(1, "text-1", "says no time; write `# %% [markdown] minutes=30` (whole minutes)")
    return (match.group(1).strip() if match else ""), (minutes if isinstance(minutes, int) else 0)


def _check_headings(cells, problems):
    """One H1, and no level skipped: screen readers navigate by headings."""
    level = 0
    for cell in cells:
        if cell.kind != "text":
            continue
        fenced = False
        for offset, line in enumerate(cell.source.split("\n")):
            fenced ^= line.lstrip().startswith("```")
            match = _HEADING.match(line)
            if not match or fenced:
                continue
            now = len(match.group(1))
            if now == 1 and level:
                problems.add(cell.line + offset, cell.id, "a second H1; use ## for sections")
            elif now > level + 1:
                problems.add(cell.line + offset, cell.id, f"heading level {now} after level {level}; levels never skip")
            level = now


def _check_structure(cells, problems):
    exercises = {}
    for cell in cells:
        if cell.kind == "exercise":
            exercises[cell.exercise] = cell
            _check_block(cell, BEGIN_SOLUTION, END_SOLUTION, problems, required=True)
        elif cell.kind == "check":
            if cell.exercise not in exercises:
                problems.add(cell.line, cell.id, f"no exercise {cell.exercise!r} stands before this check")
            if not cell.source.startswith("# "):
                problems.add(cell.line, cell.id, "the first line of a check is a comment: its title")
            _check_block(cell, BEGIN_HIDDEN, END_HIDDEN, problems, required=False)
            if BEGIN_HIDDEN in cell.source and not cell.source.rstrip().endswith(END_HIDDEN):
                problems.add(cell.line, cell.id, "hidden tests stand at the end of a check; nothing follows them")
        elif cell.kind != "text" and (BEGIN_SOLUTION in cell.source or BEGIN_HIDDEN in cell.source):
            problems.add(cell.line, cell.id, "a solution or hidden test outside an exercise or check")
    checked = {cell.exercise for cell in cells if cell.kind == "check"}
    for name, cell in exercises.items():
        if name not in checked:
            problems.add(cell.line, cell.id, f'exercise without a check; add a cell `# %% check="{name}" points=1`')


def _check_block(cell, begin, end, problems, required):
    """`begin` and `end` come in pairs, in order, never nested."""
    open_line = None
    found = False
    for offset, line in enumerate(cell.source.split("\n")):
        if begin in line:
            if open_line is not None:
                problems.add(cell.line + offset, cell.id, f"{begin!r} inside a block that is still open")
            open_line, found = offset, True
        elif end in line:
            if open_line is None:
                problems.add(cell.line + offset, cell.id, f"{end!r} without {begin!r}")
            open_line = None
    if open_line is not None:
        problems.add(cell.line + open_line, cell.id, f"{begin!r} is left open; add {end!r}")
    if required and not found:
        problems.add(cell.line, cell.id, f"an exercise has a part between {begin!r} and {end!r}")


def _check_names(cells, problems):
    """Who may use whose names: see the table in CONTRIBUTING.md."""
    setup, exercise, demo = set(), set(), set()
    for cell in cells:
        if cell.kind in ("text", "answer"):
            continue
        names = cell_names(cell, problems)
        if names is None:
            continue
        allowed = {"setup": setup, "exercise": setup | exercise, "check": setup | exercise}.get(cell.kind)
        if allowed is not None:
            for name in sorted(names.used - names.defined - allowed - _BUILTINS):
                why = "nothing defines it"
                if name in demo:
                    why = "only a demonstration defines it, and grading skips those"
                problems.add(cell.line + names.line_of(name), cell.id, f"uses {name!r}, but {why}")
        if cell.kind == "exercise":
            if cell.exercise not in names.defined:
                problems.add(cell.line, cell.id, f"does not define {cell.exercise!r} at its top level")
            # What a solution defines beside its own name, a learner's cell need not define.
            exercise |= _check_stub(cell, problems)
        elif cell.kind == "setup":
            setup |= names.defined
        elif cell.kind == "demo":
            demo |= names.defined


def _check_overwritten(cells, problems):
    """In a notebook all cells share their names: a check may not take one that a cell below needs as it was."""
    reads, defined, taken = {}, set(), {}
    for cell in cells:
        if cell.kind in ("text", "answer"):
            continue
        names = cell_names(cell, _Problems(""))
        if names is None:
            continue
        # A function that is called here reads its own global names now.
        wanted = names.used - names.defined
        wanted = wanted.union(*(reads.get(name, ()) for name in wanted))
        for name in sorted(wanted & taken.keys()):
            check = taken.pop(name)
            text = f"assigns {name!r}, which the cell in line {cell.line} needs as it was before; take another name"
            problems.add(check.line, check.id, text)
        if cell.kind == "check":
            taken |= dict.fromkeys(names.defined & defined, cell)
            continue
        defined |= names.defined
        for name in names.defined:
            taken.pop(name, None)
            function = any(isinstance(node, ast.FunctionDef) and node.name == name for node in names.tree.body)
            reads[name] = names.used if function else frozenset()


def _check_stub(cell, problems):
    """What a learner gets must be Python, too, and still define the name; returns all that it defines."""
    stub = without_solution(cell.source)
    try:
        defined = names_in(stub).defined
    except SyntaxError as error:
        problems.add(cell.line, cell.id, f"without its solution the cell is not Python: {error.msg}")
        return frozenset()
    if cell.exercise not in defined:
        problems.add(cell.line, cell.id, f"without its solution the cell does not define {cell.exercise!r}")
    return defined


def without_solution(source):
    """An exercise cell with ``raise NotImplementedError`` where the solution stood."""
    lines, inside = [], False
    for line in source.split("\n"):
        if BEGIN_SOLUTION in line:
            inside = True
            lines.append(line[: len(line) - len(line.lstrip())] + "raise NotImplementedError")
        elif END_SOLUTION in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


@dataclass(frozen=True)
class Names:
    """Global names of a piece of code: which it uses and which it defines."""

    used: frozenset
    defined: frozenset
    tree: ast.Module = field(repr=False)

    def line_of(self, name):
        """Offset (from 0) of the first line that mentions `name`."""
        lines = [node.lineno for node in ast.walk(self.tree) if isinstance(node, ast.Name) and node.id == name]
        return min(lines, default=1) - 1


def names_in(source):
    """The global names of `source`, found by Python's own symbol tables.

    Raises
    ------
    SyntaxError
        If `source` is not Python.
    """
    tree = ast.parse(source)
    used, defined = set(), set()
    _collect(symtable.symtable(source, "<cell>", "exec"), used, defined)
    return Names(frozenset(used), frozenset(defined), tree)


def _collect(table, used, defined):
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if top or symbol.is_global():
            if symbol.is_referenced():
                used.add(symbol.get_name())
            if (symbol.is_assigned() or symbol.is_imported()) and (top or symbol.is_declared_global()):
                defined.add(symbol.get_name())
    for child in table.get_children():
        _collect(child, used, defined)


def cell_names(cell, problems):
    """Names of a cell, or None (and a problem noted) where it is not Python."""
    try:
        return names_in(cell.source)
    except SyntaxError as error:
        problems.add(cell.line + (error.lineno or 1) - 1, cell.id, f"is not Python: {error.msg}")
        return None
