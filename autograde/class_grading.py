"""Grade the submissions of a whole class: in parallel with the engine, then into nbgrader's gradebook."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autograde.grade import Report, grade_notebook, held_out_files, needs_keras, open_course_host
from autograde.gradebook import CONFIG, ENGINE_CONFIG, course_config, course_directory, open_gradebook
from autograde.lesson import CourseError, Lesson
from autograde.limits import SandboxError
from autograde.submission import SubmissionError, read_submission


@dataclass
class Submission:
    """What one student handed in for one lesson, and what became of it.

    Attributes
    ----------
    student : str
    lesson : Lesson
    path : Path
        Of the notebook, whether it exists or not.
    report : Report or None
    problem : str
        Why there is no report, or no entry in the gradebook; else empty.
    """

    student: str
    lesson: Lesson
    path: Path
    report: Report | None = None
    problem: str = ""

    def as_dict(self):
        """What ``--json`` prints of it."""
        about = {"student": self.student, "lesson": self.lesson.name, "notebook": str(self.path)}
        return about | (self.report.as_dict() if self.report else {}) | {"problem": self.problem}


def grade_course(folder, lessons, workers=1, unconfined=False, report=lambda submission: None):
    """Grade every submission of a course, and enter the scores in its gradebook.

    The notebooks are graded in parallel; then nbgrader's own `autograde` enters the results one by one, with late
    penalties and manual grades as ever, and ``grades.csv`` is written.

    Parameters
    ----------
    folder : str or Path
        A course that `autograde course` made.
    lessons : list of Lesson
        Those whose submissions are graded.
    workers : int
        Notebooks graded at a time; the scores do not depend on it.
    unconfined : bool
        Whether plain processes will do where this machine cannot confine them.
    report : callable
        Called with each `Submission` when it is graded, in order.

    Returns
    -------
    list of Submission
        By lesson, then by student.

    Raises
    ------
    CourseError
        If `folder` is no course, if its settings are broken, or if nothing was handed in.
    SandboxError
        If processes cannot be confined and `unconfined` is false.
    """
    folder = Path(folder).resolve()
    config = whole_config(folder)
    coursedir = course_directory(folder, config)
    submissions = find_submissions(coursedir, lessons)
    if not submissions:
        place = coursedir.format_path(coursedir.submitted_directory, "STUDENT", "LESSON")
        raise CourseError(f"{folder}: nothing to grade: there is no {place} for {names_of(lessons)}")
    reports = {}
    keras = needs_keras([submission.lesson for submission in submissions])
    files = held_out_files()
    try:
        host = open_course_host(keras, unconfined, data=folder / "data")
    except SandboxError as error:
        hint = "grade the class on a machine that can, or with --unconfined, which runs learners' code as your own"
        raise SandboxError(f"learners' code cannot be confined here ({error}): {hint}") from None
    with host, ThreadPoolExecutor(workers) as pool:
        for submission, graded in pool.map(lambda one: _grade(host, one, files), submissions):
            if graded:
                reports[submission.student, submission.lesson.name] = graded
            report(submission)
    _enter(coursedir, config, submissions, reports)
    return submissions


def names_of(lessons):
    """The names of lessons, as part of a sentence."""
    return ", ".join(lesson.name for lesson in lessons)


def whole_config(folder):
    """The instructor's settings and the engine's, as nbgrader reads them.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    traitlets.config.Config

    Raises
    ------
    CourseError
        If there are none or they are broken.
    """
    from traitlets.config.loader import JSONFileConfigLoader

    config = course_config(folder)
    if not (folder / ENGINE_CONFIG).is_file():
        raise CourseError(f"{folder}: {ENGINE_CONFIG} is missing beside {CONFIG}; run `autograde course {folder}`")
    config.merge(JSONFileConfigLoader(ENGINE_CONFIG, path=str(folder)).load_config())
    return config


def find_submissions(coursedir, lessons):
    """What was handed in.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    lessons : list of Lesson

    Returns
    -------
    list of Submission
        Not graded yet; those whose folder lacks the notebook have a problem.
    """
    found = []
    submitted = Path(coursedir.format_path(coursedir.submitted_directory, "*", "*")).parents[1]
    for lesson in lessons:
        students = [path for path in submitted.iterdir() if path.is_dir()] if submitted.is_dir() else []
        for student in sorted(students):
            folder = student / lesson.name
            if folder.is_dir():
                submission = Submission(student.name, lesson, folder / f"{lesson.name}.ipynb")
                if not submission.path.is_file():
                    there = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
                    submission.problem = f"{submission.path}: is missing; the folder holds {there}"
                found.append(submission)
    return found


def _grade(host, submission, files):
    """Grade one submission; gives it back, and what nbgrader needs to take the report over."""
    from autograde.nbgrader_engine import rebuilt

    if submission.problem:
        return submission, None
    try:
        notebook, repairs = read_submission(submission.path)
        made, mended = rebuilt(submission.lesson, notebook)
    except SubmissionError as error:
        submission.problem = str(error)
        return submission, None
    name = str(submission.path)
    submission.report = grade_notebook(host, submission.lesson, made, name, [*repairs, *mended], files)
    return submission, ([cell.source for cell in made.cells], submission.report)


def _enter(coursedir, config, submissions, reports):
    """Let nbgrader enter the reports in the gradebook and write ``grades.csv``."""
    from nbgrader.plugins import CsvExportPlugin

    from autograde.nbgrader_engine import reports_at_hand

    with warnings.catch_warnings(), reports_at_hand(reports):
        # nbgrader's own models make SQLAlchemy say this.
        warnings.filterwarnings("ignore", "Object of type <Submitted")
        for submission in submissions:
            if submission.report:
                _enter_one(coursedir, config, submission)
        with open_gradebook(coursedir) as gradebook:
            CsvExportPlugin(to=str(Path(coursedir.root) / "grades.csv")).export(gradebook)


def _enter_one(coursedir, config, submission):
    """What ``nbgrader autograde`` does for one student; a failure is that student's problem and no other's."""
    from nbgrader.converters import Autograde
    from nbgrader.utils import capture_log, temp_attrs

    with temp_attrs(coursedir, assignment_id=submission.lesson.name, student_id=submission.student):
        converter = Autograde(coursedir=coursedir, config=config)
        converter.force = True
        result = capture_log(converter)
    if not result["success"]:
        log = (result.get("log") or result["error"]).strip().splitlines()
        said = next((line for line in reversed(log) if "Error" in line), log[-1])
        submission.problem = f"{submission.path}: graded, but nbgrader could not enter the score: {said.strip()}"
