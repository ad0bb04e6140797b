"""The parts of README.md that commands write, never a hand: the lessons, and how often their checks err."""

import re
import tomllib
from urllib.parse import quote

from autograde.lesson import ROOT, CourseError

README = ROOT / "README.md"
LESSON_MARKS = "<!-- lessons: written by `autograde build` -->", "<!-- end of lessons -->"
_COUNTS = ("right", "right_refused", "wrong", "wrong_accepted", "message_missing", "mutants", "killed", "equivalent")
AUDIT_MARKS = "<!-- audit: written by `autograde audit --mutants --readme` -->", "<!-- end of audit -->"


def binder_link(notebook):
    """Address that opens a notebook of this course on mybinder.org, from the repository named in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository = project["urls"]["Repository"].removeprefix("https://github.com/")
    return f"https://mybinder.org/v2/gh/{repository}/HEAD?labpath={quote(f'notebooks/{notebook}.ipynb', safe='')}"


def lesson_table(lessons):
    """The lessons as a markdown table: title, minutes, exercises, points, link."""
    lines = ["| | lesson | minutes | exercises | points | |", "|---|---|---:|---:|---:|---|"]
    for lesson in lessons:
        points = f"{lesson.points} + {lesson.written_points} by hand" if lesson.written_points else lesson.points
        lines.append(
            f"| {lesson.name[:2]} | [{lesson.title}](notebooks/{lesson.name}.ipynb) | {lesson.minutes} | "
            f"{len(lesson.exercises)} | {points} | [open {lesson.name[:2]} on Binder]({binder_link(lesson.name)}) |"
        )
    minutes, points = sum(lesson.minutes for lesson in lessons), sum(lesson.points for lesson in lessons)
    exercises, by_hand = (
        sum(len(lesson.exercises) for lesson in lessons),
        sum(lesson.written_points for lesson in lessons),
    )
    lines.append(f"| | all | {minutes} | {exercises} | {points} + {by_hand} by hand | |")
    return "\n".join(lines)


def audit_table(document, date, before=""):
    """How often the checks err, as a markdown table, a row for each lesson.

    Parameters
    ----------
    document : dict
        What ``autograde audit --mutants --json`` prints.
    date : str
        The day of the audit.
    before : str
        A table that this function made; its rows of other lessons stay.
    """
    heads = ["lesson", "audited on", "exercises", *(key.replace("_", " ") for key in _COUNTS)]
    rows = {match[1]: match[0] for match in re.finditer(r"(?m)^\| (\d\d) \| .*$", before)}
    for lesson in {row["lesson"][:2] for row in document["exercises"]}:
        found = [row for row in document["exercises"] if row["lesson"][:2] == lesson]
        counts = [len(found), *(sum(row[key] for row in found) for key in _COUNTS)]
        rows[lesson] = f"| {lesson} | {date} | {' | '.join(map(str, counts))} |"
    columns = zip(*([int(cell) for cell in row.split("|")[3:-1]] for row in rows.values()), strict=True)
    total = f"| all | | {' | '.join(str(sum(column)) for column in columns)} |"
    rule = "|---|---|" + "---:|" * (len(heads) - 2)
    return "\n".join([f"| {' | '.join(heads)} |", rule, *(row for _, row in sorted(rows.items())), total])


def with_table(text, marks, table):
    """README text with another table between its marks.

    Parameters
    ----------
    text : str
    marks : tuple of two str
    table : str

    Raises
    ------
    CourseError
        If the marks are missing.
    """
    before, begin, rest = text.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not (begin and end):
        raise CourseError(f"{README}: the marks {marks[0]} and {marks[1]} are missing; put them around the table")
    return f"{before}{begin}\n{table}\n{end}{after}"
