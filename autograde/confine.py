"""Give up everything that a child process does not need: namespaces, mounts, limits, capabilities, system calls.

Linux only. Each step raises `SandboxError` where this machine does not allow it.
"""

import ctypes
import os
import signal
import socket
import struct
import sys
from pathlib import Path

from autograde.limits import MIB, SandboxError

# From linux/sched.h, sys/mount.h, linux/prctl.h, linux/capability.h; the same on all architectures.
NEWNS, _NEWUTS, _NEWIPC, NEWUSER, NEWPID, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = (
    1, 2, 4, 8, 32, 4096, 16384, 1 << 18)  # fmt: skip
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38

#: Where a notebook runs, inside the sandbox; the course's data lies beside it.
WORK_FOLDER = "/course/notebooks"


def environment_folders():
    """The folders that hold Python and its packages; of one inside another both, the outer one first."""
    return sorted({sys.base_prefix, sys.base_exec_prefix, sys.prefix})


def confine(role, job, limits, keep=None):
    """Give up everything that the child does not need. Nothing of the learner has run yet."""
    import resource

    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    unshare(NEWNS | _NEWNET | _NEWIPC | _NEWUTS)
    _mount(None, "/", None, _MS_REC | _MS_PRIVATE)
    folder = f"size={limits.folder_mib}m,nr_inodes=16384,mode=0700"
    _mount(f"/jobs/{job}", "/shared", None, _MS_BIND)
    if role == "learner":
        _mount(None, "/shared", None, _MS_BIND | _MS_REMOUNT | _MS_RDONLY | _MS_NOSUID | _MS_NODEV)
    # The private /tmp would hide an environment that lies under it.
    hidden = {path: os.open(path, os.O_PATH) for path in environment_folders() if Path(path).is_relative_to("/tmp")}
    for path in (WORK_FOLDER, "/tmp", "/dev/shm"):
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
    os.chdir(WORK_FOLDER)
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


def libc():
    """The C library, whose errors `ctypes.get_errno` tells."""
    return ctypes.CDLL(None, use_errno=True)


def _call(name, *arguments):
    if getattr(libc(), name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise SandboxError(f"{name} failed: {os.strerror(number)}")


def unshare(flags):
    """New namespaces; in a new user namespace this user keeps its number."""
    uid, gid = os.getuid(), os.getgid()
    _call("unshare", flags)
    if flags & NEWUSER:
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
    namespaces = NEWNS | _NEWUTS | _NEWIPC | NEWUSER | NEWPID | _NEWNET | 0x02000000
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
        libc().prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = _CapHeader(0x20080522, 0)
    _call("capset", ctypes.byref(header), (ctypes.c_uint32 * 6)())
    _filter_calls()
