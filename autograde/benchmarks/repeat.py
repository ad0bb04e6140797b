"""Whether the same notebook gets the same report every time, on an idle machine and on a busy one.

``python -m autograde.benchmarks.repeat [LESSON …] [--times N] [--busy]`` grades the solved and the unsolved notebook of
each lesson N times, prints the scores, how many different reports came, and the most memory that a learner's process
took beyond the warm parent. With ``--busy`` it does so a second time while two endless loops for each core run beside
it, and compares the reports of both. Exit status 1 if a notebook got two different reports, or another score than all
points (solved) or none (unsolved).
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time

from autograde.build import learner_notebook, source_notebook
from autograde.grade import grade_notebook, held_out_files, needs_keras, open_course_host
from autograde.lesson import read_lessons


def reports_of(host, lesson, notebook, times, files):
    """The different reports of a notebook graded several times, the median seconds, the peak memory in MiB."""
    reports, seconds, peak = [], [], 0
    for _ in range(times):
        begin = time.perf_counter()
        report = grade_notebook(host, lesson, notebook, lesson.name, files=files)
        seconds.append(time.perf_counter() - begin)
        peak = max(peak, report.peak_mib)
        # The outputs of the cells belong to what a learner sees, so they have to be the same, too.
        reports.append((report.score, json.dumps([report.as_dict(), report.outputs], sort_keys=True)))
    return set(reports), statistics.median(seconds), peak


def under_loads(host, lesson, notebook, times, files, loads):
    """The different reports over all loads, the median seconds under each, the peak memory in MiB."""
    reports, medians, peaks = set(), [], []
    for load in loads.values():
        with load():
            more, median, peak = reports_of(host, lesson, notebook, times, files)
        reports |= more
        medians.append(f"{median:.2f}")
        peaks.append(peak)
    return reports, medians, max(peaks)


@contextlib.contextmanager
def busy_cores():
    """Keep every core busy with other work."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="*", help="names or numbers; all lessons if none")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--busy", action="store_true", help="a second time with every core busy with other work")
    arguments = parser.parse_args()
    loads = {"idle": contextlib.nullcontext} | ({"busy": busy_cores} if arguments.busy else {})
    wrong = table(read_lessons(arguments.lessons), arguments.times, loads)
    sys.exit(wrong > 0)


def table(lessons, times, loads):
    """Print a row for each notebook; returns how many are not as they should be."""
    heads = " | ".join(f"median, s {load}" for load in loads)
    print(f"| lesson | notebook | times | score | different reports | {heads} | memory, MiB |")
    print("|---|---|---:|---:|---:|" + "---:|" * (len(loads) + 1))
    files, wrong = held_out_files(), 0
    with open_course_host(needs_keras(lessons)) as host:
        for lesson in lessons:
            for kind, make, expected in (
                ("solved", source_notebook, lesson.points), ("unsolved", learner_notebook, 0)):  # fmt: skip
                reports, medians, peak = under_loads(host, lesson, make(lesson), times, files, loads)
                scores = sorted({score for score, _ in reports})
                wrong += len(reports) > 1 or scores != [expected]
                score = f"{', '.join(map(str, scores))} of {lesson.points}"
                print(f"| {lesson.name} | {kind} | {times * len(loads)} | {score} | {len(reports)} | "
                      f"{' | '.join(medians)} | {peak} |", flush=True)  # fmt: skip
    return wrong


if __name__ == "__main__":
    main()
