"""The course folder of a class, and nbgrader's own commands in it."""

import csv
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograde.build import CODE_STUB, TEXT_STUB, learner_notebook, notebook_text
from autograde.gradebook import CONFIG, course_config, course_directory, make_course, open_gradebook
from autograde.lesson import SOLUTIONS, CourseError, read_lesson

SMALL = "01_sentence_vectors"
REAL = sorted(path.stem for path in SOLUTIONS.glob("[0-9][0-9]_*.py"))
STUDENTS = ("solved", "half", "untouched")
ANSWER = "The order of the words is lost."

# nbgrader's own models make SQLAlchemy say this.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")


def nbgrader(folder, *arguments):
    """Run one of nbgrader's commands as an instructor does, without the settings of this machine's user."""
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "no-settings")}
    command = [sys.executable, "-m", "nbgrader", *map(str, arguments)]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result


def half_of(lesson):
    """The first half of a lesson's exercises: later ones may need earlier ones, never the other way round."""
    return lesson.exercises[: len(lesson.exercises) // 2]


def hand_in(folder, lesson, solve):
    """Submissions of three students: everything solved, the first half, nothing touched."""
    for student, names in zip(STUDENTS, (lesson.exercises, half_of(lesson), []), strict=True):
        submission = folder / "submitted" / student / lesson.name
        shutil.copytree(folder / "release" / lesson.name, submission)
        path = submission / f"{lesson.name}.ipynb"
        notebook = solve(nbformat.read(path, as_version=4), lesson, names)
        if student != "untouched":
            for cell in notebook.cells:
                cell.source = cell.source.replace(TEXT_STUB, ANSWER)
        nbformat.write(notebook, path)


def scores(folder, lesson):
    """What the gradebook says: for each student the score and the ids of the cells that wait for a person."""
    found = {}
    with open_gradebook(course_directory(folder, course_config(folder))) as gradebook:
        for student in STUDENTS:
            notebook = gradebook.find_submission_notebook(lesson.name, lesson.name, student)
            found[student] = notebook.score, [grade.name for grade in notebook.grades if grade.needs_manual_grade]
    return found


def expected_scores(lesson):
    part = sum(check.points for name in half_of(lesson) for check in lesson.checks_of(name))
    answers = [cell.id for cell in lesson.of_kind("answer")]
    # An answer that was not touched needs nobody to read it: nbgrader gives it 0.
    return {"solved": (lesson.points, answers), "half": (part, answers), "untouched": (0, [])}


def test_a_new_course_has_all_that_nbgrader_needs(small, lesson, course):
    source = nbformat.read(course / "source" / SMALL / f"{SMALL}.ipynb", as_version=4)
    assert "### BEGIN SOLUTION" in notebook_text(source)
    release = (course / "release" / SMALL / f"{SMALL}.ipynb").read_text(encoding="utf-8")
    assert release == notebook_text(learner_notebook(lesson)), "the class gets what the course's own learners get"
    assert (course / "data" / "words.txt").read_bytes() == (small.data / "words.txt").read_bytes()
    with open_gradebook(course_directory(course, course_config(course))) as gradebook:
        cells = {cell.name: cell.max_score for cell in gradebook.find_notebook(SMALL, SMALL).grade_cells}
    graded = lesson.of_kind("check") + lesson.of_kind("answer")
    assert cells == {cell.id: cell.points for cell in graded}


def test_the_settings_say_what_is_needed(course):
    config = course_config(course)
    assert config.CourseDirectory.course_id == "embedding_layer"
    assert config.ClearSolutions.code_stub == {"python": CODE_STUB}
    assert config.ClearSolutions.text_stub == TEXT_STUB


def test_only_data_is_copied(small, lesson, course):
    for name in ("make.py", ".hidden", "vectors/large.txt", "__pycache__/make.pyc", "small/vectors.txt"):
        (small.data / name).parent.mkdir(exist_ok=True)
        (small.data / name).write_text("1")
    make_course(course, [lesson], data=small.data)
    copied = {str(path.relative_to(course / "data")) for path in (course / "data").rglob("*.*")}
    assert copied == {"words.txt", "small/vectors.txt"}


def test_a_course_is_made_without_its_programs_on_the_path(small, lesson, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    make_course(small.root / "course", [lesson], data=small.data)
    assert (small.root / "course" / "gradebook.db").is_file()


@pytest.mark.parametrize("what", ["file", "other files", "other course"])
def test_what_is_no_course_of_ours_is_left_alone(small, lesson, what):
    folder = small.root / "course"
    if what == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / ("notes.txt" if what == "other files" else CONFIG)).write_text("c = get_config()\n")
    before = sorted(small.root.rglob("*"))
    with pytest.raises(CourseError, match=f"^{folder}: is ") as caught:
        make_course(folder, [lesson], data=small.data)
    assert "\n" not in str(caught.value)
    assert sorted(small.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("c.CourseDirectory.course_id = = 1\n", 7, "SyntaxError: invalid syntax"),
        ("import no_such_module\n", 7, "ModuleNotFoundError: No module named 'no_such_module'"),
        ("\n\nc.Autograde.no(1)\n", 9, "TypeError"),
        ("def late():\n    raise ValueError('1\\n2')\nlate()\n", 8, "ValueError: 1"),
    ],
)
def test_broken_settings_are_an_error(small, lesson, course, text, line, problem):
    path = course / CONFIG
    path.write_text("\n".join(path.read_text().splitlines()[:6]) + "\n" + text)
    with pytest.raises(CourseError) as caught:
        make_course(course, [lesson], data=small.data)
    assert str(caught.value).startswith(f"{path}:{line}: broken settings: {problem}")
    assert "\n" not in str(caught.value)


def test_a_folder_without_settings_is_no_course(tmp_path):
    with pytest.raises(CourseError, match=f"{tmp_path}: no course: it has no {CONFIG}"):
        course_config(tmp_path)


def test_an_update_changes_source_and_release_and_keeps_the_rest(small, lesson, course):
    settings = course / CONFIG
    settings.write_text(settings.read_text() + "c.CourseDirectory.course_id = 'autumn'\n")
    submission = course / "submitted" / "ada" / SMALL / f"{SMALL}.ipynb"
    submission.parent.mkdir(parents=True)
    submission.write_text("mine")
    with open_gradebook(course_directory(course, course_config(course))) as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(SMALL, "ada")
    text = small.source.read_text(encoding="utf-8")
    small.source.write_text(text.replace("points=59", "points=58").replace("Take the", "Take a"), encoding="utf-8")

    make_course(course, [read_lesson(small.source)], data=small.data)

    for step in ("source", "release"):
        notebook = (course / step / SMALL / f"{SMALL}.ipynb").read_text(encoding="utf-8")
        assert "Take a mean." in notebook and "(58 points)" in notebook
    assert "'autumn'" in settings.read_text()
    assert submission.read_text() == "mine"
    with open_gradebook(course_directory(course, course_config(course))) as gradebook:
        assert gradebook.find_submission(SMALL, "ada").student.id == "ada"
        assert gradebook.find_notebook(SMALL, SMALL).max_code_score == 99


def test_an_update_that_does_not_fit_the_grades_changes_nothing(small, course):
    with open_gradebook(course_directory(course, course_config(course))) as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(SMALL, "ada")
    release = course / "release" / SMALL / f"{SMALL}.ipynb"
    before = release.read_bytes()
    text = small.source.read_text(encoding="utf-8")
    small.source.write_text(text[: text.index("# %% [markdown] answer")], encoding="utf-8")
    with pytest.raises(CourseError, match=r"cannot add or remove cells then \(what_is_lost\)"):
        make_course(course, [read_lesson(small.source)], data=small.data)
    assert release.read_bytes() == before


@pytest.mark.slow
def test_nbgraders_commands_run_unchanged(lesson, course, solve):
    release = course / "release" / SMALL / f"{SMALL}.ipynb"
    before = release.read_bytes()
    nbgrader(course, "generate_assignment", SMALL, "--force")
    assert release.read_bytes() == before, "by nbgrader's own command the same release"
    hand_in(course, lesson, solve)
    nbgrader(course, "autograde", SMALL)
    found = scores(course, lesson)
    assert found == expected_scores(lesson)
    assert found == {"solved": (100, ["what_is_lost"]), "half": (1, ["what_is_lost"]), "untouched": (0, [])}

    nbgrader(course, "generate_feedback", SMALL)
    for student in STUDENTS:
        page = (course / "feedback" / student / SMALL / f"{SMALL}.html").read_text(encoding="utf-8")
        assert "Averaging word vectors" in page
    nbgrader(course, "export")
    with open(course / "grades.csv", encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert [float(rows[student]["score"]) for student in STUDENTS] == [100, 1, 0]
    assert {float(row["max_score"]) for row in rows.values()} == {105}


@pytest.mark.slow
def test_validate_says_success_or_names_what_is_missing(small, lesson, solve):
    small.notebooks.mkdir()
    small.learner.write_text(notebook_text(learner_notebook(lesson)), encoding="utf-8")
    unsolved = nbgrader(small.notebooks, "validate", small.learner.name).stdout
    assert "VALIDATION FAILED ON 4 CELL(S)!" in unsolved, "three checks and the written answer"
    for check in lesson.of_kind("check"):
        assert f"# Check: {check.title} (" in unsolved
    assert "NotImplementedError: Replace this line with your code" in unsolved

    notebook = solve(learner_notebook(lesson), lesson, [*lesson.exercises, "what_is_lost"])
    small.learner.write_text(notebook_text(notebook), encoding="utf-8")
    solved = nbgrader(small.notebooks, "validate", small.learner.name).stdout
    assert "Success! Your notebook passes all the tests." in solved


@pytest.fixture(scope="module")
def real_course(tmp_path_factory):
    """A class with the lessons as they are. `graded(name)` hands in three submissions and has nbgrader grade them."""
    folder = tmp_path_factory.mktemp("real") / "course"
    lessons = {name: read_lesson(SOLUTIONS / f"{name}.py") for name in REAL}
    make_course(folder, list(lessons.values()))
    done = {}

    def graded(name, solve):
        if name not in done:
            hand_in(folder, lessons[name], solve)
            nbgrader(folder, "autograde", name)
            done[name] = scores(folder, lessons[name])
        return lessons[name], done[name]

    return graded


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_nbgrader_grades_the_lesson_as_expected(real_course, solve, name):
    lesson, found = real_course(name, solve)
    assert found == expected_scores(lesson)


@pytest.mark.slow
def test_all_solved_is_100_and_untouched_is_0(real_course, solve):
    totals = dict.fromkeys(STUDENTS, 0)
    waiting = []
    for name in REAL:
        _, found = real_course(name, solve)
        for student in STUDENTS:
            totals[student] += found[student][0]
        waiting += found["solved"][1]
    assert totals["solved"] == 100
    assert 0 < totals["half"] < 100
    assert totals["untouched"] == 0
    assert len(waiting) == 1, "one answer is graded by hand"
