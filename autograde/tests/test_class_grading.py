"""`autograde grade`: a whole class in parallel, and the scores in nbgrader's gradebook."""

import csv
import json
import shutil

import nbformat
import pytest

from autograde import lesson as lesson_module
from autograde import sandbox
from autograde.build import TEXT_STUB
from autograde.class_grading import grade_course
from autograde.gradebook import ENGINE_CONFIG, course_config, course_directory, open_gradebook
from autograde.lesson import CourseError
from autograde.limits import SandboxError

SMALL = "01_sentence_vectors"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("host")]


@pytest.fixture
def hand_in(course, lesson, solve):
    """A function that hands in the small lesson for a student, with some exercises solved."""

    def hand_in(student, exercises=(), answer=TEXT_STUB):
        folder = course / "submitted" / student / SMALL
        shutil.copytree(course / "release" / SMALL, folder)
        path = folder / f"{SMALL}.ipynb"
        notebook = solve(nbformat.read(path, as_version=4), lesson, exercises)
        for cell in notebook.cells:
            cell.source = cell.source.replace(TEXT_STUB, answer)
        nbformat.write(notebook, path)
        return path

    return hand_in


def score_of(course, student):
    """The score in the gradebook."""
    with open_gradebook(course_directory(course, course_config(course))) as gradebook:
        return gradebook.find_submission_notebook(SMALL, SMALL, student).score


def test_scores_arrive_in_the_gradebook_and_in_grades_csv(course, lesson, hand_in):
    hand_in("ada", lesson.exercises)
    hand_in("bob", lesson.exercises[:1])
    hand_in("cy")
    found = {one.student: one.report.score for one in grade_course(course, [lesson], workers=2)}
    assert found == {"ada": 100, "bob": 1, "cy": 0}
    assert {student: score_of(course, student) for student in found} == found
    with open(course / "grades.csv", encoding="utf-8", newline="") as file:
        assert {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)} == found
    assert (course / "autograded" / "ada" / SMALL / f"{SMALL}.ipynb").is_file()


def test_nbgrader_grades_nothing_a_second_time(course, lesson, hand_in, monkeypatch):
    hand_in("ada", lesson.exercises)
    calls = []
    monkeypatch.setattr("autograde.nbgrader_engine.shared_host", lambda *arguments: calls.append(arguments))
    (one,) = grade_course(course, [lesson])
    assert one.problem == "" and calls == []
    assert score_of(course, "ada") == 100


def test_workers_change_no_report(course, lesson, hand_in):
    for number in range(4):
        hand_in(f"student{number}", lesson.exercises[: number % 3])
    one, many = ([submission.as_dict() for submission in grade_course(course, [lesson], workers)] for workers in (1, 4))
    assert one == many


def test_a_file_that_cannot_be_graded_stops_nobody_elses_grading(course, lesson, hand_in):
    hand_in("ada").write_text("no notebook", encoding="utf-8")
    path = hand_in("bob", lesson.exercises)
    path.rename(path.with_name("mine.ipynb"))
    hand_in("cy").write_bytes(b"")
    hand_in("dan", lesson.exercises)
    problems = {one.student: one.problem for one in grade_course(course, [lesson])}
    assert problems.pop("dan") == "" and score_of(course, "dan") == 100
    assert "not a Jupyter notebook" in problems["ada"]
    assert problems["bob"].endswith(f"{SMALL}.ipynb: is missing; the folder holds mine.ipynb")
    assert "the file is empty" in problems["cy"]


def test_a_grade_given_by_hand_stays(course, lesson, hand_in):
    hand_in("ada", lesson.exercises, "The order is lost.")
    grade_course(course, [lesson])
    with open_gradebook(course_directory(course, course_config(course))) as gradebook:
        gradebook.find_grade("what_is_lost", SMALL, SMALL, "ada").manual_score = 4
        gradebook.db.commit()
    grade_course(course, [lesson])
    assert score_of(course, "ada") == 104


def test_what_cannot_be_graded_is_one_line(tmp_path, course, lesson, hand_in):
    with pytest.raises(CourseError, match="no course: it has no nbgrader_config.py"):
        grade_course(tmp_path, [lesson])
    with pytest.raises(CourseError, match="nothing to grade: there is no .*STUDENT/LESSON for 01_sentence_vectors"):
        grade_course(course, [lesson])
    hand_in("ada")
    (course / ENGINE_CONFIG).unlink()
    with pytest.raises(CourseError, match=f"{ENGINE_CONFIG} is missing .*run `autograde course"):
        grade_course(course, [lesson])


@pytest.fixture
def run(monkeypatch, command, lesson):
    """Run `autograde` where the small lesson is the only one."""
    monkeypatch.setattr(lesson_module, "read_lessons", lambda names=(): [lesson])
    return command


def test_the_command_prints_a_line_for_each_student(course, lesson, hand_in, run):
    hand_in("ada", lesson.exercises)
    hand_in("bob")
    hand_in("cy").write_text("no notebook", encoding="utf-8")
    status, out, err = run("grade", course)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"ada, {SMALL}: 100 of 100"
    assert lines[1] == f"bob, {SMALL}: 0 of 100; look at {', '.join(lesson.exercises)}"
    assert lines[2].startswith(f"cy, {SMALL}: NOT GRADED: ")
    assert lines[3].startswith("2 of 3 submissions graded")
    status, out, err = run("grade", course, "--json")
    assert (status, err) == (0, "")
    assert [(one["student"], one.get("score")) for one in json.loads(out)] == [("ada", 100), ("bob", 0), ("cy", None)]


def test_without_confinement_a_class_is_refused_unless_told(course, lesson, hand_in, run, monkeypatch):
    def none(*arguments):
        raise SandboxError("this machine has no user namespaces")

    monkeypatch.setattr(sandbox, "Zygote", none)
    hand_in("ada", lesson.exercises)
    status, out, err = run("grade", course)
    assert (status, out) == (2, "")
    assert "no user namespaces" in err and "--unconfined" in err and err.count("\n") == 1
    status, out, err = run("grade", course, "--unconfined")
    assert (status, err) == (0, "")
    assert out.startswith(f"ada, {SMALL}: 100 of 100") and "not confined" in out
