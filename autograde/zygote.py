"""The warm parent: it imports the heavy libraries once, and forks a child for each process that is asked for.

Each child gets a *guard*, forked from the zygote, which stays outside the child's namespaces, measures the child and
ends it when a limit is passed.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import tempfile

import psutil

from autograde.confine import NEWPID, NEWUSER, PR_SET_DUMPABLE, PR_SET_PDEATHSIG, WORK_FOLDER, confine, libc, unshare
from autograde.guard import watch
from autograde.limits import Limits, SandboxError
from autograde.wire import Channel

PRELOAD = ("numpy", "numpy.random", "pytest", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "IPython",
           "IPython.core.logger", "encodings.utf_8_sig", "tqdm", "autograde.data", "autograde.learner",
           "autograde.examiner", "autograde.held_out")  # fmt: skip
# TensorFlow imports the last ones when a model is first fitted.
PRELOAD_KERAS = ("tensorflow", "keras", *(f"tensorflow.python.data.ops.{name}_op" for name in
                 ("concatenate", "flat_map", "from_tensors", "range", "zip")))  # fmt: skip
NOBODY = 65534


def zygote_main(control_fd, keras, drop):
    """Runs inside the sandbox: import, say so, then fork a guard for each request until the supervisor is gone."""
    control = socket.socket(fileno=control_fd)
    if drop:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        # A change of user makes the process undumpable, and its /proc/self/uid_map root's.
        libc().prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    try:
        warm(keras)
        read_vectors()
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


def read_vectors():
    """Read the course's vectors once, so that a child that loads them only copies them."""
    from autograde.data import load_vectors

    # Where the children work, and look for the data.
    with contextlib.chdir(WORK_FOLDER), contextlib.suppress(FileNotFoundError, ValueError):
        load_vectors()


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
            unshare(NEWUSER | NEWPID)
            grandchild = os.fork()
            if grandchild == 0:
                try:
                    confine("learner", 0, Limits())
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


def _guard(request, channel_fd, life_fd):
    """Fork the child, watch it, end it, and tell the supervisor why it ended."""
    limits = Limits(**request["limits"])
    job = int(request["job"])
    os.makedirs(f"/jobs/{job}", exist_ok=True)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    life = socket.socket(fileno=life_fd)
    libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    unshare(NEWUSER | NEWPID)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            life.close()
            # Without its guard no limit holds.
            libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            confine(request["role"], job, limits, keep=channel_fd)
            _run(request["role"], Channel.of_socket(socket.socket(fileno=channel_fd)), limits)
            status = 0
        finally:
            os._exit(status)
    os.close(channel_fd)
    watch(psutil.Process(pid), life, limits)
    os._exit(0)


def _run(role, channel, limits):
    """The child's own work, until the supervisor closes the channel."""
    if role == "learner":
        from autograde.learner import serve

        serve(channel, limits.output_kib * 1024)
    else:
        from autograde.examiner import serve

        tempfile.tempdir = "/shared" if os.path.isdir("/shared") else None
        serve(channel)


def spawned_main(role, output_kib):
    """Entry point of a process that `Spawner` starts: the channel is standard input and output."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    warm(keras=False)
    _run(role, Channel(reader, writer), Limits(output_kib=output_kib))
