"""Grade notebooks: run a learner's cells in one process and the lesson's checks in another.

This module is the supervisor. It holds the lesson and the verdicts, moves messages between the two processes
without looking into the values, and mends what breaks: a learner's process that ends is started again, and the
cells before are run again in it.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from signal import Signals

from autograde.lesson import ROOT, names_in, read_lessons
from autograde.limits import Limits
from autograde.sandbox import PACKAGE, open_host
from autograde.submission import SubmissionError, lesson_of, plan, read_submission
from autograde.wire import Closed, WireError

MESSAGE_CHARS = 2000
OUTPUT_KINDS = frozenset({"stream", "display_data", "execute_result", "error"})
MAX_OUTPUTS = 1000


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one check.

    Attributes
    ----------
    exercise, id, title : str
    points, max_points : int
    passed : bool
    message : str
        Empty where the check passed; else what was expected, what came, and the idea that is missing.
    """

    exercise: str
    id: str
    title: str
    points: int
    max_points: int
    passed: bool
    message: str


@dataclass
class Report:
    """The result of one notebook.

    Attributes
    ----------
    notebook, lesson : str
    checks : list of CheckResult
        In the order of the lesson.
    repairs : list of str
        What had to be mended or ignored in the notebook.
    outputs : dict of int to list
        For each cell of the notebook that ran, its outputs in nbformat's form.
    peak_mib : int
        The most memory that a process of this learner took beyond the warm parent.
    confined : bool
    """

    notebook: str
    lesson: str
    checks: list
    repairs: list
    outputs: dict = field(default_factory=dict, repr=False)
    peak_mib: int = 0
    confined: bool = True

    @property
    def score(self):
        """Points reached."""
        return sum(check.points for check in self.checks)

    @property
    def max_score(self):
        """Points that can be reached."""
        return sum(check.max_points for check in self.checks)

    def as_dict(self):
        """The document that ``--json`` prints."""
        keys = ("exercise", "id", "points", "max_points", "passed", "message")
        return {
            "notebook": self.notebook, "lesson": self.lesson, "score": self.score, "max_score": self.max_score,
            "checks": [{key: asdict(check)[key] for key in keys} for check in self.checks],
            "repairs": list(self.repairs),
        }  # fmt: skip


def needs_keras(lessons):
    """Whether any setup, exercise or check cell of the lessons imports Keras or TensorFlow."""
    cells = [cell for lesson in lessons for cell in lesson.cells if cell.kind in ("setup", "exercise", "check")]
    return any("import keras" in cell.source or "from keras" in cell.source for cell in cells)


def held_out_files():
    """The texts that only checks may read, by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "held_out").glob("*.csv"))}


def open_course_host(keras, unconfined=False, limits=None, data=ROOT / "data"):
    """The warm parent with the course's data; see `autograde.sandbox.open_host`."""
    return open_host(keras, data, limits or Limits.from_environment(), unconfined)


def grade_files(paths, unconfined=False, workers=1):
    """Grade notebooks with one warm parent.

    Parameters
    ----------
    paths : list of str or Path
    workers : int
        Notebooks graded at a time; the reports do not depend on it.
    unconfined : bool
        Whether plain processes will do where this machine cannot confine them.

    Yields
    ------
    Report
        One for each path, in order.

    Raises
    ------
    SubmissionError
        If a file is no notebook of this course; before anything is graded.
    """
    lessons = read_lessons()
    read = []
    for path in paths:
        notebook, repairs = read_submission(path)
        read.append((path, notebook, repairs, lesson_of(path, notebook, lessons)))
    if not read:
        raise SubmissionError("no notebook given")
    files = held_out_files()
    keras = needs_keras([lesson for *_, lesson in read])
    with open_course_host(keras, unconfined) as host, ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda item: grade_notebook(host, item[3], item[1], str(item[0]), item[2], files), read)


def grade_notebook(host, lesson, notebook, name, repairs=(), files=None, only=None):
    """Grade one notebook.

    Parameters
    ----------
    host : Zygote or Spawner
    lesson : Lesson
    notebook : nbformat.NotebookNode
        As `read_submission` returns it; it is not changed.
    name : str
        The notebook's name in the report.
    repairs : list of str
        What reading it had to mend.
    files : dict of str to str, optional
        Texts that only the checks may read.
    only : collection of str, optional
        Examine only these exercises; the report holds no others.

    Returns
    -------
    Report
    """
    steps, mended = plan(lesson, notebook)
    if only is not None:
        steps = [step for step in steps if step.kind == "cell" or step.exercise in only]
    grading = _Grading(host, lesson, files or {})
    try:
        grading.start()
        for step in steps:
            if step.kind == "cell":
                grading.run(step)
            else:
                grading.examine(step.exercise)
    finally:
        grading.close()
    order = {check.id: number for number, check in enumerate(lesson.of_kind("check"))}
    checks = sorted(grading.results, key=lambda result: order[result.id])
    return Report(name, lesson.name, checks, [*repairs, *mended], grading.outputs, grading.peak, host.confined)


class _Grading:
    """The two processes of one submission and what has happened so far."""

    def __init__(self, host, lesson, files):
        self.host = host
        self.lesson = lesson
        self.files = files
        self.names = lesson.exercise_names
        self.job = host.new_job()
        self.learner = self.examiner = None
        self.starting = False
        self.ran = []
        self.broken = {}
        self.stopped = {}
        self.results = []
        self.outputs = {}
        self.peak = 0
        # Each exercise may break the process once, and a little more may happen between them; whoever breaks it
        # again and again would make every cell run the whole notebook before it.
        self.starts_left = len(lesson.exercises) + 3

    def start(self):
        """Start both processes, so that the examiner runs its setup while the learner's first cells run."""
        self._start_learner()
        self._start_examiner()

    def close(self):
        """End both processes and forget the job."""
        for child in (self.learner, self.examiner):
            if child is not None:
                self.peak = max(self.peak, child.end()["peak_mib"] if child is self.learner else 0)
                child.end()
        self.host.forget(self.job)

    def run(self, step):
        """Run one cell in the learner's process; what breaks the process breaks its exercise only."""
        try:
            reply = self._ask({"op": "cell", "source": step.source})
        except _Gone as gone:
            self.broken.setdefault(step.exercise, str(gone))
            self.outputs[step.index] = [error_output("ProcessEnded", str(gone))]
            return
        self.ran.append(step.source)
        outputs, error = reply.get("outputs"), reply.get("error")
        self.outputs[step.index] = clean_outputs(outputs, 2 * 1024 * self.host.limits.output_kib)
        if isinstance(error, dict) and step.exercise and step.index >= 0:
            own, args = str(error.get("own_type"))[:100], error.get("args")
            said = str(args[0])[:300] if isinstance(args, list) and args else ""
            self.stopped[step.exercise] = f"{own}: {said}"

    def examine(self, exercise):
        """Run all checks of one exercise."""
        for check in self.lesson.checks_of(exercise):
            passed, message = (False, self.broken[exercise]) if exercise in self.broken else self._check(check)
            if not passed and "is not defined" in message and exercise in self.stopped:
                message = f"{message} (the cell stopped with {self.stopped[exercise]})"
            self.results.append(CheckResult(exercise, check.id, check.title, check.points if passed else 0,
                                            check.points, passed, "" if passed else message))  # fmt: skip

    def _check(self, check):
        """Let the examiner run one check, and carry its questions to the learner's process."""
        names = sorted(names_in(check.source).used & self.names)
        try:
            examiner = self._examiner()
            examiner.send({"op": "check", "source": check.source, "names": names, "in_place": check.in_place})
            while True:
                message = examiner.receive()
                # While the learner's process works, only that one's time counts.
                examiner.idle()
                if message["op"] == "verdict":
                    break
                examiner.send(self._forward(message, check.exercise))
        except (Closed, WireError) as error:
            reason = self._drop("examiner", error)
            return False, self.broken.get(check.exercise) or f"the check could not be completed: it {reason}"
        if check.exercise in self.broken:
            return False, self.broken[check.exercise]
        said = str(message["message"])[:MESSAGE_CHARS] or "your code gave no answer that a check can look at"
        return message["passed"] is True, said

    def _forward(self, message, exercise):
        """A question of the examiner, answered by the learner's process."""
        try:
            return self._ask(message)
        except _Gone as gone:
            self.broken[exercise] = str(gone)
            return {"gone": True}

    def _ask(self, message):
        """One request to the learner's process; raises `_Gone` if the process ends over it."""
        if self.learner is None:
            self._start_learner()
        return self._exchange(message)

    def _exchange(self, message):
        try:
            self.learner.send(message)
            reply = self.learner.receive()
            self.learner.idle()
        except (Closed, WireError) as error:
            raise _Gone(f"your code {self._drop('learner', error)}") from None
        return reply if isinstance(reply, dict) else {}

    def _start_learner(self):
        """A fresh process, brought to where the last one was."""
        if self.starts_left == 0:
            raise _Gone("your notebook ended Python again and again; no more of it was run")
        self.starts_left -= 1
        self.learner = self.host.fork("learner", self.job)
        for source in self.ran:
            self._exchange({"op": "cell", "source": source})

    def _start_examiner(self):
        self.examiner = self.host.fork("examiner", self.job)
        self.starting = True
        setup = [cell.source for cell in self.lesson.of_kind("setup")]
        # No operation that is timed: the learner's cells run meanwhile, and the setup is the lesson's own.
        self.examiner.channel.send({"op": "start", "setup": setup, "files": self.files})

    def _examiner(self):
        if self.examiner is None:
            self._start_examiner()
        if self.starting:
            self.examiner.receive()
            self.starting = False
        return self.examiner

    def _drop(self, role, error):
        """Let go of a process that ended or spoke nonsense; returns why, as the end of a sentence."""
        child = getattr(self, role)
        setattr(self, role, None)
        if child is None:
            return "ended"
        ending = child.end(gone=isinstance(error, Closed))
        if role == "learner":
            self.peak = max(self.peak, ending["peak_mib"])
        if isinstance(error, WireError):
            return f"answered with something that is no message ({error})"
        return why_ended(ending)


class _Gone(Exception):
    """The learner's process ended."""


def why_ended(ending):
    """The end of the sentence "your code …" for the way in which a process ended."""
    reason, detail = ending["reason"], ending["detail"]
    if reason == "cpu":
        return f"used more than {detail} seconds of processor time and was stopped; is there an endless loop?"
    if reason == "wall":
        return f"did not finish within {detail:.0f} seconds and was stopped; does it wait for something?"
    if reason == "memory":
        return f"needed more than {detail} MiB of memory and was stopped; is an array far larger than it should be?"
    if reason == "processes":
        return f"started more than {detail} processes and was stopped"
    if reason == "signal":
        return f"crashed Python itself ({Signals(detail).name if detail in set(Signals) else detail})"
    if reason == "exit":
        return f"ended Python (exit status {detail}); remove calls of exit, quit or os._exit"
    return "closed the connection to the grader"


def error_output(name, message):
    """An error as nbformat writes it."""
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [message]}


def clean_outputs(outputs, limit):
    """Outputs that the learner's process reported, as far as they are outputs: it may have reported anything.

    Parameters
    ----------
    outputs : object
    limit : int
        How many characters are kept in all; what comes after is dropped.

    Returns
    -------
    list of nbformat.NotebookNode
    """
    import nbformat

    kept = []
    for output in outputs[:MAX_OUTPUTS] if isinstance(outputs, list) else []:
        if not isinstance(output, dict) or str(output.get("output_type")) not in OUTPUT_KINDS:
            continue
        limit -= len(str(output))
        if limit < 0:
            break
        try:
            node = nbformat.from_dict(output)
            nbformat.validate(node, ref=output["output_type"], version=4, version_minor=5)
        except Exception:
            continue
        kept.append(node)
    return kept
