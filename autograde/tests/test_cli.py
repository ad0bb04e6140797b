"""The command line: what it prints, and its exit status."""

import functools
import subprocess
import sys

import pytest

from autograde import build as build_module
from autograde import gradebook as gradebook_module
from autograde import lesson as lesson_module
from autograde.cli import _show_audit, main
from autograde.lesson import read_lesson


@pytest.fixture
def run(small, monkeypatch, command):
    """Run `autograde` on the small course."""
    build, make_course = build_module.build, gradebook_module.make_course
    monkeypatch.setattr(
        build_module, "build", functools.partial(build, solutions=small.solutions, notebooks=small.notebooks)
    )
    monkeypatch.setattr(build_module, "solved_notebook", build_module.source_notebook)
    monkeypatch.setattr(gradebook_module, "make_course", functools.partial(make_course, data=small.data))
    monkeypatch.setattr(lesson_module, "read_lessons", lambda: [read_lesson(small.source)])
    return command


def test_build_and_its_check(run, small):
    status, out, err = run("build", "--check")
    assert (status, err) == (1, "")
    assert out.splitlines()[0].startswith(f"{small.learner}: is missing") and out.endswith("2 differences\n")
    assert not small.notebooks.exists()
    status, out, err = run("build", "1")
    assert (status, err) == (0, "")
    assert f"{small.learner}: written" in out
    # What is not executed has no outputs: one difference stays.
    status, out, err = run("build", "--check")
    assert (status, err) == (1, "")
    assert out.endswith("1 difference\n")


def test_build_of_what_is_done_says_so(run, small, monkeypatch):
    monkeypatch.setattr(build_module, "run_problems", lambda lesson, notebook: [])
    run("build")
    assert run("build") == (0, "every notebook is as its source says\n", "")
    assert run("build", "--check") == (0, "every notebook is as its source says\n", "")


def test_course_lists_the_lessons(run, small):
    folder = small.root / "class"
    status, out, err = run("course", folder)
    assert (status, err) == (0, "")
    assert "01_sentence_vectors" in out and "100" in out and str(folder) in out.replace("\n", "")
    assert (folder / "release").is_dir()
    assert run("course", folder)[0] == 0, "and again, to update it"


def bad_lesson(small):
    text = small.source.read_text(encoding="utf-8")
    line = text[: text.index(" points=59")].count("\n") + 2  # the cell's source begins below its marker
    small.source.write_text(text.replace(" points=59", ""), encoding="utf-8")
    return ["build"], f"autograde: {small.source}:{line}: cell sentence_vector-check-1: has no points"


def unknown_lesson(small):
    return ["build", "12"], "autograde: there is no lesson '12'; the lessons are 01_sentence_vectors"


def folder_in_use(small):
    return ["course", small.data], f"autograde: {small.data}: is not empty"


def folder_under_a_file(small):
    return ["course", small.source / "class"], f"autograde: {small.source}/class: "


def unknown_command(small):
    return ["biuld"], "autograde: No such command 'biuld'"


def unknown_option(small):
    return ["build", "--chekc"], "autograde: No such option"


def missing_argument(small):
    return ["course"], "autograde: Missing argument 'DIR'"


def options_that_exclude_each_other(small):
    return ["build", "--check", "--execute"], "autograde: Invalid value: --check writes nothing"


@pytest.mark.parametrize(
    "case",
    [
        bad_lesson,
        unknown_lesson,
        folder_in_use,
        folder_under_a_file,
        unknown_command,
        unknown_option,
        missing_argument,
        options_that_exclude_each_other,
    ],
)
def test_bad_input_is_one_line_on_stderr_and_status_2(run, small, case):
    arguments, message = case(small)
    status, out, err = run(*arguments)
    assert status == 2
    assert err.startswith(message)
    assert err.count("\n") == 1
    assert out == ""


def test_a_mistake_of_ours_is_not_hidden(run, monkeypatch):
    def broken(*arguments, **options):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(build_module, "build", broken)
    monkeypatch.setattr(sys, "argv", ["autograde", "build"])
    with pytest.raises(ZeroDivisionError):
        main()


def test_without_a_command_it_explains_itself(run):
    status, out, err = run()
    assert (status, err) == (0, "")
    assert "build" in out and "course" in out


def test_help_loads_no_heavy_module():
    program = (
        "import sys; sys.argv = ['autograde', '--help']\n"
        "from autograde.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'nbgrader', 'jupytext', 'nbformat', 'numpy', 'tensorflow'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "build" in result.stdout
    assert result.stderr.strip() == "[]"


def test_the_module_is_the_command():
    result = subprocess.run(
        [sys.executable, "-m", "autograde", "build", "99"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert result.stderr.startswith("autograde: ") and "Traceback" not in result.stderr


def test_the_audit_table_is_whole_where_there_is_no_terminal(capsys):
    counts = dict.fromkeys(("right", "right_refused", "wrong", "wrong_accepted", "message_missing", "mutants",
                            "killed", "equivalent"), 1)  # fmt: skip
    _show_audit(counts | {"exercises": [{"lesson": "04_transfer", "exercise": "pretrained_embedding", **counts}]})
    out = capsys.readouterr().out
    assert "pretrained_embedding" in out and "equivalent" in out and "…" not in out
