"""Measure a process and what it starts, and end it when it passes a limit."""

import contextlib
import json
import select
import time

import psutil

from autograde.limits import MIB

POLL_SECONDS = 0.02


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
