"""The command `autograde`.

Exit status: 0 when the command did its work, 1 when `build --check` found differences or `audit` errors,
2 for input that it cannot use, with one line on stderr that says what and where.
Each command imports what it needs when it runs, so that `autograde --help` is quick.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Build, hand out and grade the lessons of this course.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

LessonNames = Annotated[
    list[str] | None, typer.Argument(metavar="LESSON", help="A lesson's name or number; all lessons if none.")
]


@app.callback()
def _commands():
    """Keep the names of the commands, however many there are."""


@app.command()
def build(
    lessons: LessonNames = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; list what differs from its source.")] = False,
    execute: Annotated[bool, typer.Option("--execute", help="Execute unchanged solved notebooks again, too.")] = False,
):
    """Make notebooks/ and solutions/*.ipynb from the sources solutions/*.py."""
    from autograde.build import build, counted

    if check and execute:
        raise typer.BadParameter("--check writes nothing, so it cannot be used with --execute")
    lines = build(lessons or (), check=check, execute=execute, report=print)
    if check and lines:
        print(counted(len(lines), "difference"))
        raise typer.Exit(1)
    if not lines:
        print("every notebook is as its source says")


@app.command()
def course(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or a course to update.")]):
    """Make an nbgrader course folder for a class: settings, source, release, data, gradebook."""
    from autograde.gradebook import make_course
    from autograde.lesson import read_lessons

    lessons = read_lessons()
    make_course(folder, lessons, report=print)
    _show_lessons(lessons)
    print(f"Collect the notebooks in {folder}/submitted/STUDENT/LESSON/, then run nbgrader in {folder}.")


@app.command()
def check(
    notebooks: Annotated[list[Path], typer.Argument(metavar="NOTEBOOK", help="Notebooks of this course, saved.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
):
    """Grade your own notebooks, as an instructor would, and say what to look at next."""
    from autograde.grade import grade_files

    reports = []
    for report in grade_files(notebooks, unconfined=True):
        reports.append(report)
        if not json:
            _show_report(report)
    if json:
        documents = [report.as_dict() for report in reports]
        _print_document(documents[0] if len(documents) == 1 else documents)


@app.command()
def grade(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A course that `autograde course` made.")],
    lessons: LessonNames = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Notebooks graded at a time; default: the cores.")] = None,
    unconfined: Annotated[
        bool, typer.Option("--unconfined", help="Grade even where this machine cannot confine learners' code.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
):
    """Grade all submissions of a class, in parallel, and enter the scores in nbgrader's gradebook."""
    import os

    from autograde.class_grading import grade_course
    from autograde.lesson import read_lessons

    workers = workers or os.cpu_count() or 1
    show = _ignore if json else _show_submission
    submissions = grade_course(folder, read_lessons(lessons or ()), workers, unconfined, report=show)
    if json:
        _print_document([submission.as_dict() for submission in submissions])
    else:
        done = sum(not submission.problem for submission in submissions)
        for submission in submissions:
            if submission.report and submission.problem:
                print(f"{submission.student}, {submission.lesson.name}: NOT ENTERED: {submission.problem}")
        print(
            f"{done} of {len(submissions)} submissions graded; the scores are in {folder}/gradebook.db and grades.csv"
        )


def _show_submission(submission):
    if submission.problem:
        print(f"{submission.student}, {submission.lesson.name}: NOT GRADED: {submission.problem}")
        return
    report = submission.report
    missed = [check.exercise for check in report.checks if not check.passed]
    missed = f"; look at {', '.join(dict.fromkeys(missed))}" if missed else ""
    print(f"{submission.student}, {report.lesson}: {report.score} of {report.max_score}{missed}")
    for repair in report.repairs:
        print(f"  repaired: {repair}")
    if not report.confined:
        print("  not confined: this machine cannot confine processes")


@app.command()
def audit(
    lessons: LessonNames = None,
    mutants: Annotated[bool, typer.Option("--mutants", help="Grade mutants of the reference solutions, too.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Answers graded at a time.")] = 2,
    readme: Annotated[bool, typer.Option("--readme", help="Write the rows of these lessons into README.md.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
):
    """Grade answers that are known to be right or wrong, and print how often the checks err."""
    from autograde.audit import as_dict, audit_lessons, failed
    from autograde.lesson import read_lessons

    if readme and not mutants:
        raise typer.BadParameter("--readme goes with --mutants, whose counts are in the table, too")
    findings = audit_lessons(read_lessons(lessons or ()), mutants, workers, report=_ignore if json else print)
    if readme:
        _write_audit(as_dict(findings))
    if json:
        _print_document(as_dict(findings))
    else:
        _show_audit(as_dict(findings))
    if failed(findings):
        raise typer.Exit(1)


def _write_audit(document):
    """Put the table into the README."""
    from datetime import date

    from autograde.build import write_whole
    from autograde.readme import AUDIT_MARKS, README, audit_table, with_table

    text = README.read_text(encoding="utf-8")
    before = text.partition(AUDIT_MARKS[0])[2].partition(AUDIT_MARKS[1])[0]
    table = audit_table(document, date.today().isoformat(), before)
    write_whole(README, with_table(text, AUDIT_MARKS, table))


def _ignore(line):
    """Nothing but the document is printed."""


def _show_audit(document):
    from rich.table import Table

    keys = ("right", "right_refused", "wrong", "wrong_accepted", "message_missing")
    keys += ("mutants", "killed", "equivalent") if document["mutants"] else ()
    table = Table("lesson")
    table.add_column("exercise", no_wrap=True)
    for key in keys:
        table.add_column(key.replace("_", " "))
    for row in document["exercises"]:
        table.add_row(row["lesson"][:2], row["exercise"], *(str(row[key]) for key in keys))
    table.add_section()
    table.add_row("all", "", *(str(document[key]) for key in keys))
    _console().print(table)


def _print_document(document):
    import json

    print(json.dumps(document, indent=1, ensure_ascii=False))


def _show_report(report):
    from rich.markup import escape
    from rich.table import Table

    console = _console()
    table = Table(title=f"{report.notebook}: {report.score} of {report.max_score} points", title_justify="left")
    table.add_column("exercise", no_wrap=True)
    table.add_column("check")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("what to look at next", ratio=1, overflow="fold")
    last = None
    for result in report.checks:
        name = result.exercise if result.exercise != last else ""
        said = "passed" if result.passed else escape(result.message)
        table.add_row(name, escape(result.title), f"{result.points} of {result.max_points}", said)
        last = result.exercise
    console.print(table)
    for repair in report.repairs:
        console.print(f"repaired: {escape(repair)}")
    if not report.confined:
        console.print("This machine cannot confine processes: your code ran as an ordinary program of yours.")


def _show_lessons(lessons):
    from rich.table import Table

    table = Table("lesson", "minutes", "points", "by hand")
    for lesson in lessons:
        table.add_row(lesson.name, str(lesson.minutes), str(lesson.points), str(lesson.written_points or ""))
    _console().print(table)


def _console():
    """As wide as the terminal; a file or a pipe has no width, and gets one in which no column is cut off."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120)


def main():
    """Run the command line; bad input ends with one line on stderr and status 2, never with a traceback."""
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], standalone_mode=False))
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        if not _is_bad_input(error):
            raise
        print(f"autograde: {_one_line(error)}", file=sys.stderr)
        sys.exit(2)


def _is_bad_input(error):
    from typer.exceptions import TyperException

    from autograde.lesson import CourseError
    from autograde.limits import SandboxError

    return isinstance(error, (CourseError, SandboxError, OSError, TyperException))


def _one_line(error):
    if hasattr(error, "format_message"):
        return error.format_message()
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)
