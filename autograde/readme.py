"""The parts of README.md that commands write, never a hand: the lessons, and how often their checks err."""

import tomllib
from urllib.parse import quote

from autograde.lesson import ROOT, CourseError

README = ROOT / "README.md"
LESSON_MARKS = "<!-- lessons: written by `autograde build` -->", "<!-- end of lessons -->"
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


def audit_table(document, date):
    """How often the checks err, as a markdown table, a row for each lesson.

    Parameters
    ----------
    document : dict
        What ``autograde audit --mutants --json`` prints.
    date : str
        The day of the audit.
    """
    keys = ("right", "right_refused", "wrong", "wrong_accepted", "message_missing", "mutants", "killed", "equivalent")
    lines = [f"Audited on {date}.", "", "| lesson | exercises | " + " | ".join(key.replace("_", " ") for key in keys)]
    lines[-1] += " |"
    lines.append("|---|" + "---:|" * (len(keys) + 1))
    rows = {}
    for row in document["exercises"]:
        rows.setdefault(row["lesson"][:2], []).append(row)
    for lesson, found in [*rows.items(), ("all", document["exercises"])]:
        counts = [len(found), *(sum(row[key] for row in found) for key in keys)]
        lines.append(f"| {lesson} | " + " | ".join(map(str, counts)) + " |")
    return "\n".join(lines)


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
