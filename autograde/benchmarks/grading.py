"""How much faster the isolated engine grades than plain `nbgrader autograde`: the same submissions, one run.

``python -m autograde.benchmarks.grading [LESSON …] [--students N]`` prints a markdown table. Plain nbgrader is what a
course gets without the engine's settings; it grades one submission after the other. A submission's time is the median
over the class: of the times between nbgrader's log lines, and of the engine's calls one after the other. `autograde
grade` works on as many notebooks at a time as there are cores: the time for the whole class divided by its size, the
median of three passes, stands in a column of its own. The time to start comes once for each class and stands beside it.
"""

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import nbformat

from autograde.build import source_notebook
from autograde.grade import grade_notebook, held_out_files, needs_keras, open_course_host
from autograde.gradebook import make_course
from autograde.lesson import BEGIN_HIDDEN, END_HIDDEN, read_lessons, without_block

PASSES = 3
_LOG_TIME = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (.*)$")


def submission(lesson, number):
    """What a learner hands in who solved everything: `number` makes it differ from the others."""
    notebook = source_notebook(lesson)
    for cell in notebook.cells:
        cell.source = without_block(cell.source, BEGIN_HIDDEN, END_HIDDEN)
    notebook.cells.append(nbformat.v4.new_markdown_cell(f"Student {number}", id=f"student-{number}"))
    return notebook


def plain_seconds(folder, lesson, notebooks):
    """Seconds to start and median seconds of a submission for ``nbgrader autograde`` with nbgrader's own execution."""
    make_course(folder, [lesson])
    (folder / "nbgrader_config.json").unlink(missing_ok=True)
    for number, notebook in enumerate(notebooks):
        target = folder / "submitted" / f"student{number:02}" / lesson.name
        target.mkdir(parents=True)
        nbformat.write(notebook, target / f"{lesson.name}.ipynb")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    began = datetime.now()
    log = subprocess.run(
        ["nbgrader", "autograde", lesson.name, "--Application.log_format=%(asctime)s %(message)s",
         "--Application.log_datefmt="],
        cwd=folder, env=os.environ | {"PATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"}, capture_output=True, text=True,
        check=True,
    ).stderr  # fmt: skip
    ended = datetime.now()
    times = [datetime.strptime(match[1], "%Y-%m-%d %H:%M:%S,%f") for line in log.split("\n")
             if (match := _LOG_TIME.match(line)) and "Creating/updating student" in match[2]]  # fmt: skip
    if len(times) != len(notebooks):
        raise SystemExit(f"nbgrader graded {len(times)} of {len(notebooks)} submissions:\n{log[-3000:]}")
    each = [(after - before).total_seconds() for before, after in zip(times, [*times[1:], ended], strict=True)]
    return (times[0] - began).total_seconds(), statistics.median(each)


def engine_seconds(lesson, notebooks):
    """The engine's times for the same notebooks.

    Returns
    -------
    start, each, share : float
        Seconds to start; the median of a submission, one at a time; the time of the class with one worker for each
        core, divided by its size, the median of `PASSES` passes.
    peak : int
        The most memory of a learner's process beyond the warm parent, in MiB.
    """
    files = held_out_files()

    def grade(numbered):
        began = time.monotonic()
        report = grade_notebook(host, lesson, numbered[1], str(numbered[0]), files=files)
        if report.score != report.max_score:
            raise SystemExit(f"{lesson.name}: a solved notebook scored {report.score} of {report.max_score}")
        return time.monotonic() - began, report.peak_mib

    began = time.monotonic()
    with open_course_host(needs_keras([lesson])) as host:
        start = time.monotonic() - began
        each, peaks = zip(*map(grade, enumerate(notebooks)), strict=True)
        shares = []
        for _ in range(PASSES):
            began = time.monotonic()
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(grade, enumerate(notebooks)))
            shares.append((time.monotonic() - began) / len(notebooks))
    return start, statistics.median(each), statistics.median(shares), max(peaks)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="*", help="names or numbers; all lessons if none")
    parser.add_argument("--students", type=int, default=8)
    arguments = parser.parse_args()
    lessons = read_lessons(arguments.lessons)
    print(f"{arguments.students} submissions each, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
          f"Python {platform.python_version()}\n")  # fmt: skip
    print("| lesson | Keras | plain nbgrader, s | engine, one at a time, s | ratio | engine, all cores, s | ratio | "
          "start, s: nbgrader / engine | learner's process, MiB |")  # fmt: skip
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for lesson in lessons:
        notebooks = [submission(lesson, number) for number in range(arguments.students)]
        folder = Path(tempfile.mkdtemp(prefix="autograde-benchmark-"))
        try:
            start, plain = plain_seconds(folder, lesson, notebooks)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        warm, engine, share, peak = engine_seconds(lesson, notebooks)
        print(f"| {lesson.name} | {'yes' if needs_keras([lesson]) else 'no'} | {plain:.1f} | {engine:.2f} | "
              f"{plain / engine:.0f} | {share:.2f} | {plain / share:.0f} | {start:.1f} / {warm:.1f} | {peak} |",
              flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
