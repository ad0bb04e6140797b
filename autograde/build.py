"""Make the notebooks from the lessons.

One `Lesson` gives three notebooks: the nbgrader source notebook (solutions, hidden tests, nbgrader's
metadata), the learner's notebook (from it, through nbgrader's own preprocessors) and the solved one
(the source notebook, executed). All are made from the script alone, so equal sources give equal bytes.
"""

import copy
import os
from contextlib import suppress
from pathlib import Path
from time import monotonic

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograde.data import VECTORS_SETTING
from autograde.lesson import NOTEBOOKS, ROOT, SOLUTIONS, LessonError, lesson_paths, read_lessons
from autograde.readme import LESSON_MARKS, README, lesson_table, with_table

#: What a learner finds in place of a solution. A course's nbgrader configuration takes it from here, too.
CODE_STUB = (
    "# Write your code here\n"
    'raise NotImplementedError("Replace this line with your code, run this cell, then run the check below it.")'
)
#: What a learner finds in place of a written answer.
TEXT_STUB = (
    "*Double-click this cell, replace this line with your answer, and press Shift+Enter. A person reads and grades it.*"
)

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
#: A cell that takes longer than this many seconds hangs.
CELL_TIMEOUT = 600


def source_notebook(lesson):
    """The nbgrader source notebook: everything that the lesson has, nothing executed.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    LessonError
        If a cell's id does not fit the notebook format.
    """
    try:
        cells = [_notebook_cell(cell) for cell in lesson.cells]
    except nbformat.ValidationError as error:
        raise LessonError(f"{lesson.path}: makes no valid notebook: {str(error).splitlines()[0]}") from None
    cells[0].source = _with_facts(cells[0].source, lesson)
    return new_notebook(cells=cells, metadata=copy.deepcopy(METADATA))


def learner_notebook(lesson):
    """What a learner opens: no solutions, no hidden tests, no outputs, checks and setup locked.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    nbformat.NotebookNode
    """
    # nbgrader takes seconds to import, and only this function needs it.
    from nbgrader.preprocessors import (
        CheckCellMetadata,
        ClearHiddenTests,
        ClearMarkScheme,
        ClearOutput,
        ClearSolutions,
        ComputeChecksums,
        LockCells,
    )

    notebook, resources = source_notebook(lesson), {}
    # The order of nbgrader's own GenerateAssignment, without what needs a gradebook.
    for preprocessor in (
        LockCells(),
        ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB),
        ClearOutput(),
        CheckCellMetadata(),
        ComputeChecksums(),
        ClearHiddenTests(),
        ClearMarkScheme(),
        ComputeChecksums(),
        CheckCellMetadata(),
    ):
        notebook, resources = preprocessor.preprocess(notebook, resources)
    return notebook


def solved_notebook(lesson):
    """The source notebook, executed from top to bottom in the lesson's folder.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    LessonError
        If a cell fails, or a setup or check cell writes to stderr; the message names file, line and cell.
    """
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = source_notebook(lesson)
    client = notebook_client(notebook, lesson.path.parent)
    try:
        client.execute(env=kernel_environment())
    except CellExecutionError:
        pass  # the cell holds the error, and run_problems names it
    except (CellTimeoutError, DeadKernelError) as error:
        raise LessonError(f"{lesson.path}: cannot be executed: {str(error).splitlines()[0]}") from None
    notebook.metadata = nbformat.from_dict(copy.deepcopy(METADATA))
    problems = run_problems(lesson, notebook)
    if problems:
        raise LessonError("\n".join(problems))
    return notebook


def notebook_client(notebook, folder):
    """A client that executes `notebook` in `folder` and leaves no trace of the time in it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    folder : Path

    Returns
    -------
    nbclient.NotebookClient
    """
    from nbclient import NotebookClient

    return NotebookClient(
        notebook,
        resources={"metadata": {"path": str(folder)}},
        timeout=CELL_TIMEOUT,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        # At its usual level the kernel warns on our stderr that it talks to us over loopback.
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )


def kernel_environment():
    """The environment in which the lessons are executed: figures inline, the course's own vectors."""
    environment = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    environment.pop(VECTORS_SETTING, None)
    return environment


def run_problems(lesson, notebook):
    """Why the outputs of `notebook` are not those of one complete, clean run.

    Parameters
    ----------
    lesson : Lesson
    notebook : nbformat.NotebookNode
        With the cells of `lesson`.

    Returns
    -------
    list of str
        The first problem as ``file:line: cell: problem``; empty for a clean run.
    """
    executed = 0
    for cell, made in zip(lesson.cells, notebook.cells, strict=True):
        if made.cell_type != "code":
            continue
        executed += 1
        problem = _cell_problem(cell, made, executed)
        if problem:
            return [f"{lesson.path}:{cell.line}: cell {cell.id}: {problem}"]
    return []


def build(names=(), check=False, execute=False, solutions=SOLUTIONS, notebooks=NOTEBOOKS, report=lambda line: None):
    """Write the notebooks of the lessons, or compare them with their sources.

    A solved notebook is executed again only if its cells changed, because that takes its time.

    Parameters
    ----------
    names : iterable of str
        Lesson names or numbers; all lessons if empty.
    check : bool
        Write nothing, only compare.
    execute : bool
        Execute every solved notebook again.
    solutions, notebooks : Path
        The folder of the sources and solved notebooks, and that of the learners' notebooks.
    report : callable
        Called with a line of text as each notebook is done.

    Returns
    -------
    list of str
        With `check`, one line for each difference; else one for each notebook written.
        With all lessons, also one for each notebook that no lesson makes, and one for the README's table.

    Raises
    ------
    CourseError
        If a lesson is missing, breaks a rule or does not run.
    """
    solutions, notebooks = Path(solutions), Path(notebooks)
    names = tuple(names)
    lessons = read_lessons(names, solutions)
    each = _compare if check else _write
    lines = []
    for lesson in lessons:
        for line in each(lesson, notebooks, execute):
            report(line)
            lines.append(line)
    if not names:
        whole = [*_stale((solutions, notebooks), lesson_paths(folder=solutions))]
        if solutions == SOLUTIONS:
            whole += _readme(lessons, check)
        for line in whole:
            report(line)
            lines.append(line)
    return lines


def notebook_text(notebook):
    """The bytes of a notebook as text: sorted keys, one line for each line of source, a newline at the end."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def write_whole(path, data):
    """Write a file so that a reader finds the old one or the new one, never a part.

    Parameters
    ----------
    path : Path
    data : str or bytes
    """
    data = data.encode("utf-8") if isinstance(data, str) else data
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def counted(number, noun):
    """``1 point``, ``2 points``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown(path):
    """`path` as an author of the course knows it: seen from the course folder, where it lies in there."""
    path = Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _notebook_cell(cell):
    make = new_markdown_cell if cell.kind in ("text", "answer") else new_code_cell
    return make(_source(cell), id=cell.id, metadata=_cell_metadata(cell))


def _source(cell):
    """The source of a cell as the notebooks show it: points come from the metadata."""
    if cell.kind == "check":
        _, newline, rest = cell.source.partition("\n")
        return f"# Check: {cell.title} ({counted(cell.points, 'point')}){newline}{rest}"
    if cell.kind == "answer":
        # nbgrader replaces only what stands between the marks, so that the points stay.
        points = counted(cell.points, "point")
        return (
            f"**Your answer** ({points}, given by a person)\n\n"
            f"<!-- BEGIN SOLUTION -->\n{cell.source}\n<!-- END SOLUTION -->"
        )
    return cell.source


def _cell_metadata(cell):
    if cell.kind == "text":
        return {}
    metadata = {"tags": [cell.kind]} if cell.kind in ("setup", "demo") else {}
    if cell.kind != "demo":
        metadata["nbgrader"] = {
            "schema_version": 3,
            "grade_id": cell.id,
            "grade": cell.kind in ("check", "answer"),
            "solution": cell.kind in ("exercise", "answer"),
            "locked": cell.kind in ("setup", "check"),
            "task": False,
        }
        if cell.points:
            metadata["nbgrader"]["points"] = cell.points
    return metadata


def _with_facts(source, lesson):
    """The first text cell with a line of minutes and points under its H1."""
    facts = [f"About {counted(lesson.minutes, 'minute')}"]
    if lesson.points:
        facts.append(f"{counted(lesson.points, 'point')} from checks")
    if lesson.written_points:
        facts.append(f"{counted(lesson.written_points, 'point')} for a written answer")
    title, _, rest = source.partition("\n")
    return "\n\n".join([title, f"*{' · '.join(facts)}*", rest.lstrip("\n")]).rstrip("\n")


def _cell_problem(cell, made, number):
    outputs = made.get("outputs", [])
    for output in outputs:
        if output.output_type == "error":
            reason = output.evalue.strip().splitlines()
            return f"{output.ename}: {reason[0] if reason else ''}".rstrip(": ")
    if made.get("execution_count") != number:
        return "was not executed in its turn"
    if cell.kind in ("setup", "check"):
        for output in outputs:
            if output.output_type == "stream" and output.name == "stderr":
                return f"writes to stderr, which nbgrader scores zero: {output.text.strip().splitlines()[0]}"
    return None


def _learner_path(lesson, notebooks):
    return notebooks / f"{lesson.name}.ipynb"


def _solved_path(lesson):
    return lesson.path.with_suffix(".ipynb")


def _write(lesson, notebooks, execute):
    """Write what is not as it should be; yield a line for each file written."""
    notebooks.mkdir(parents=True, exist_ok=True)
    path = _learner_path(lesson, notebooks)
    text = notebook_text(learner_notebook(lesson))
    if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
        write_whole(path, text)
        yield f"{shown(path)}: written"
    path = _solved_path(lesson)
    if execute or _solved_difference(lesson, path):
        start = monotonic()
        write_whole(path, notebook_text(solved_notebook(lesson)))
        yield f"{shown(path)}: executed in {monotonic() - start:.1f} s and written"


def _compare(lesson, notebooks, execute):
    """Yield a line for each file that is not as its source says. There is nothing to `execute`."""
    for path, difference in (
        (_learner_path(lesson, notebooks), _learner_difference),
        (_solved_path(lesson), _solved_difference),
    ):
        problem = difference(lesson, path)
        if problem:
            yield f"{shown(path)}: {problem}; run `autograde build {lesson.name}`"


def _learner_difference(lesson, path):
    """How the learner's notebook differs from what its source makes; empty if it does not."""
    if not path.is_file():
        return "is missing"
    made = learner_notebook(lesson)
    if path.read_bytes() == notebook_text(made).encode("utf-8"):
        return ""
    return _cell_difference(_read_notebook(path), made) or "differs in its form from what the build writes"


def _solved_difference(lesson, path):
    """Likewise for the solved notebook, whose outputs may vary but must be those of a complete run."""
    if not path.is_file():
        return "is missing"
    found = _read_notebook(path)
    if found is None:
        return "is not a notebook"
    bare = copy.deepcopy(found)
    for cell in bare.get("cells", []):
        if cell.get("cell_type") == "code":
            cell.update(outputs=[], execution_count=None)
    made = source_notebook(lesson)
    if bare != made:
        return _cell_difference(bare, made) or "differs in its metadata from what the build writes"
    return "; ".join(run_problems(lesson, found))


def _read_notebook(path):
    """The notebook in a file, or None where that is none."""
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(notebook)
    except Exception:  # nbformat stumbles in many ways over a file that is none
        return None
    return notebook


def _cell_difference(found, made):
    """The first cell in which two notebooks differ."""
    if found is None:
        return "is not a notebook"
    for mine, theirs in zip(made.cells, found.cells, strict=False):
        if mine != theirs:
            return f"cell {mine.id} differs from its source"
    if len(made.cells) != len(found.cells):
        return f"has {counted(len(found.cells), 'cell')}, its source {len(made.cells)}"
    return ""


def _readme(lessons, check):
    """Yield a line where the table of lessons in the README is not as the lessons are; write it unless `check`."""
    text = README.read_text(encoding="utf-8")
    made = with_table(text, LESSON_MARKS, lesson_table(lessons))
    if made != text:
        if not check:
            write_whole(README, made)
        yield f"{shown(README)}: " + ("the table of lessons differs; run `autograde build`" if check else "written")


def _stale(folders, paths):
    """Yield a line for each notebook that no lesson makes."""
    names = {path.stem for path in paths}
    for folder in folders:
        for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
            if path.stem not in names:
                yield f"{shown(path)}: no lesson makes this notebook; delete it"
