"""Hostile cells and functions, by name. Each prints LEAK for what it should not have got hold of."""

#: Cells that try to change what later cells, checks or outputs mean (A1-A5, A10, A12 of the research).
#: A right notebook with one of these after its first exercise keeps every point.
NOTEBOOK_TRICKS = {
    "transformer_drops_asserts": """
ip = get_ipython()
ip.input_transformers_post.append(lambda lines: [line for line in lines if "assert" not in line])
""",
    "ast_transformer_drops_asserts": """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())
""",
    "result_before_the_error": "get_ipython().displayhook('hi')",
    "fake_do_execute": """
class Kernel:
    def do_execute(self, *args, **kwargs):
        return {"status": "ok"}
get_ipython().kernel = Kernel()
""",
    "custom_exception_handler": "get_ipython().set_custom_exc((Exception,), lambda *args, **kwargs: None)",
    "no_traceback": "type(get_ipython()).showtraceback = lambda *args, **kwargs: None",
    "hook_logs_cells": """
def log(info):
    if "quagga" + "-hidden" in info.raw_cell:
        print("LEAK", info.raw_cell)
get_ipython().events.register("pre_run_cell", log)
get_ipython().events.register("post_run_cell", lambda result: None)
""",
    "result_is_a_score": "import sys; sys.stdout.write('50'); 99",
    "result_is_nan": "float('nan')",
    "result_is_negative": "-1",
    "display_forged_output": """
from IPython.display import display
display({"text/plain": "passed"}, raw=True)
display({"application/json": {"passed": True, "points": 99}}, raw=True)
""",
    "patched_test_tools": """
import numpy.testing, pytest
for name in ("assert_allclose", "assert_array_equal", "assert_equal"):
    setattr(numpy.testing, name, lambda *args, **kwargs: None)
pytest.approx = lambda *args, **kwargs: type("Any", (), {"__eq__": lambda self, other: True})()
pytest.raises = lambda *args, **kwargs: __import__("contextlib").nullcontext()
""",
    "frames_and_trace": """
import inspect, re, sys
for info in inspect.stack():
    if re.search("quagga[-]hidden", str(info.code_context) + str(info.frame.f_locals)):
        print("LEAK", info)
def trace(frame, event, argument):
    if re.search("quagga[-]hidden", str(frame.f_code.co_consts)):
        sys.stdout.write("LEAK")
sys.settrace(trace)
""",
    "warnings_everywhere": """
import logging, sys, warnings
warnings.warn("something")
sys.stderr.write("Traceback (most recent call last)")
logging.error("an error that is none")
get_ipython().system("echo error >&2")
""",
    "streams_replaced": """
import io, sys
sys.stdout = sys.__stdout__ = io.StringIO()
sys.stderr = sys.__stderr__ = None
sys.stdout = type("Out", (), {"write": lambda self, text: 1 / 0, "flush": lambda self: 1 / 0})()
""",
    "magics": """
%matplotlib inline
%config InlineBackend.figure_format = "png"
!echo hello
""",
}

#: Cells that break the learner's own tools; later exercises of the same notebook may be lost, none may be won.
SELF_HARM = {
    "patched_builtins": """
import builtins
for name in ("len", "isinstance", "all", "any", "abs", "sorted"):
    setattr(builtins, name, lambda *args, **kwargs: True)
""",
    "patched_numpy": """
import numpy
for name in ("allclose", "array_equal", "isclose", "testing"):
    setattr(numpy, name, lambda *args, **kwargs: True)
numpy.ndarray = type("ndarray", (), {})
""",
    "assertion_error_is_no_error": """
import builtins
builtins.AssertionError = type("AssertionError", (Warning,), {})
builtins.Exception = Warning
""",
    "patched_run_cell": """
class Fine:
    error_before_exec = error_in_exec = None
type(get_ipython()).run_cell = lambda *args, **kwargs: Fine()
""",
    "patched_engine": """
import autograde.learner, autograde.examiner, autograde.wire as wire
wire.encode = lambda *args, **kwargs: b"\\xc3"
autograde.learner.Learner.call = lambda *args: {"op": "verdict", "passed": True, "message": "", "value": b"\\xc3"}
autograde.examiner.Examiner.check = lambda *args: {"op": "verdict", "passed": True, "message": ""}
autograde.examiner.Link.get = lambda *args: (lambda *args: 1 / 0)
""",
    "shell_gone": """
ip = get_ipython()
ip.user_ns.clear()
type(ip).clear_instance()
""",
    "modules_gone": """
import sys
for name in list(sys.modules):
    if name.startswith(("numpy", "autograde", "msgpack")):
        del sys.modules[name]
""",
    "collector_and_limits": """
import gc, resource, sys
gc.disable(); sys.setrecursionlimit(150); sys.setswitchinterval(100)
""",
}

#: Cells that end or stop the process. Only the exercise that they come with may be lost.
ENDINGS = {
    "os_exit": "import os; os._exit(0)",
    "os_exit_in_thread": """
import os, threading
thread = threading.Thread(target=os._exit, args=(0,))
thread.start(); thread.join()
""",
    "segmentation_fault": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "exec_another_program": "import os; os.execv('/bin/true', ['true'])",
    "closes_everything": "import os; os.closerange(0, 300)",
    "closes_the_channel_and_waits": "import os, time; os.closerange(3, 300); time.sleep(3600)",
    "stack_overflow": "import sys; sys.setrecursionlimit(10**9); f = lambda n: f(n + 1) + f(n + 2); f(0)",
}

#: Cells that end nothing although they look like it.
NO_ENDINGS = {
    "sys_exit": "import sys; sys.exit(0)",
    "system_exit": "raise SystemExit",
    "keyboard_interrupt": "raise KeyboardInterrupt",
    "quit": "quit()",
    "exit": "exit(0)",
    "generator_exit": "raise GeneratorExit",
    "exception_without_text": """
class Odd(Exception):
    def __str__(self):
        raise ZeroDivisionError
    args = property(lambda self: 1 / 0)
raise Odd
""",
    "exception_of_no_class": """
class Odd(Exception):
    __class__ = property(lambda self: int)
    __traceback__ = property(lambda self: 1 / 0)
raise Odd
""",
    "half_a_surrogate": r"print('\ud800'); raise ValueError('\udfff')",
    "atexit_and_del": """
import atexit, os, weakref
atexit.register(os._exit, 0)
class Bomb:
    def __del__(self):
        raise SystemExit
bomb = Bomb(); del bomb
weakref.finalize(Bomb, print, "LEAK")
""",
    "syntax_error": "def f(:",
    "null_byte": "x = '\x00'",
}

#: Cells that look for what they must not see, or reach for what they must not touch.
BREAKOUTS = {
    "proc": """
import os
seen = []
for folder, folders, files in os.walk("/proc"):
    seen += folders + files
# All that TensorFlow needs: the name of the program.
if set(seen) - {"self", "exe", "cmdline"} or open("/proc/self/cmdline", "rb").read() != b"python\\0":
    print("LEAK", seen)
for name in ("1", "2", str(os.getppid()), "self/mem", "self/environ", "self/maps", "self/fd", "1/root", "kcore"):
    for read in (os.listdir, lambda path: open(path, "rb").read(10)):
        try:
            print("LEAK", name, read("/proc/" + name))
        except OSError:
            pass
""",
    "environment": """
import os
allowed = set(ALLOWED)
if set(os.environ) - allowed or "AUTOGRADE_TEST_SECRET" in os.environ:
    print("LEAK", set(os.environ) - allowed)
""",
    "descriptors": """
import os
for number in range(4096):
    try:
        target = os.fstat(number)
    except OSError:
        continue
    if number > 3:
        print("LEAK", number, target)
    elif number < 3 and target.st_rdev != os.stat("/dev/null").st_rdev:
        print("LEAK", number, target)
""",
    "files_of_the_course": """
import os, re, sys
skipped = ("/usr", "/lib", "/bin", "/sbin", sys.prefix, sys.base_prefix)
found = 0
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if not os.path.join(folder, name).startswith(skipped)]
    for name in [*folders, *files]:
        found += 1
        if name.endswith((".ipynb", ".db", ".git", "_lesson.py")) or name in ("solutions", "headlines.csv", "grade.py"):
            print("LEAK", folder, name)
    for name in files:
        path = os.path.join(folder, name)
        if not path.startswith(("/dev", "/proc")) and os.path.isfile(path):
            with open(path, errors="replace") as file:
                if re.search("quagga[-]hidden", file.read(1_000_000)):
                    print("LEAK", path)
assert found > 20
""",
    "gradebook_and_classmates": """
import glob, os
for up in range(8):
    for name in ("gradebook.db", "p.ipynb", "source", "submitted/*", "release", "autograded/*", "*.ipynb", "solutions"):
        for path in glob.glob("../" * up + name):
            print("LEAK", path)
for path in SECRETS:
    if os.path.exists(path):
        print("LEAK", path)
""",
    "writes_outside": """
import numpy, os, sys, autograde.wire
own = ("/tmp", "/course/notebooks", "/dev/shm")
places = ["/", "/usr", "/etc", "/dev", "/dev/pts", "/jobs", "/jobs/1", "/shared", "/course", "/course/data", "/engine",
          "/engine/autograde", "/proc", "/var/tmp", "/run", "/home", "/root", sys.prefix, sys.base_prefix,
          os.path.dirname(numpy.__file__), os.path.dirname(autograde.wire.__file__), "..", "../data", "../.."]
for place in places:
    for act in (lambda path: open(path, "w"), os.mkdir, lambda path: os.symlink("/", path), os.mkfifo):
        try:
            act(os.path.join(place, "planted"))
        except OSError:
            continue
        print("LEAK", place)
for path in (numpy.__file__, autograde.wire.__file__, "../data/words.txt", sys.executable):
    for act in (lambda path: open(path, "a"), os.unlink, lambda path: os.rename(path, "/tmp/x"), os.utime,
                lambda path: os.chmod(path, 0o777), lambda path: os.truncate(path, 0)):
        try:
            act(path)
        except OSError:
            continue
        print("LEAK", path)
""",
    "signals": """
import os, signal
assert os.getpid() == 1 and os.getppid() == 0
for pid in [*range(2, 300), os.getppid() or 10**6, *PIDS]:
    for number in (0, signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue
        print("LEAK", pid)
for act in (lambda: os.kill(-1, signal.SIGKILL), lambda: os.kill(0, signal.SIGCONT), lambda: os.killpg(1, 0)):
    try:
        act()
    except OSError:
        pass
""",
    "stops_itself": """
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGKILL)
""",
    "tcp": """
import socket
for address in (("127.0.0.1", PORT), ("0.0.0.0", PORT), ("localhost", PORT), ("::1", PORT)):
    try:
        socket.create_connection(address, timeout=2)
    except OSError:
        continue
    print("LEAK", address)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
    try:
        print("LEAK", udp.sendto(b"hello", ("127.0.0.1", PORT)))
    except OSError:
        pass
""",
    "unix_sockets": """
import socket
for address in (ABSTRACT, SOCKET_PATH, "/run/systemd/private", "/var/run/docker.sock", "/tmp/.X11-unix/X0"):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(address)
        except OSError:
            continue
        print("LEAK", address)
""",
    "other_socket_families": """
import socket
for family in set(range(3, 46)) - {socket.AF_INET6}:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            print("LEAK", socket.socket(family, kind))
        except OSError:
            pass
""",
    "privileges": """
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
intel = os.uname().machine == "x86_64"
tries = {
    "chroot": lambda: libc.chroot(b"/tmp"),
    "mount": lambda: libc.mount(b"proc", b"/tmp", b"proc", 0, None),
    "remount": lambda: libc.mount(None, b"/course/data", None, 32 | 4096, None),
    "umount": lambda: libc.umount2(b"/proc", 2),
    "pivot_root": lambda: libc.syscall(155 if intel else 41, b"/tmp", b"/tmp"),
    "unshare_user": lambda: libc.unshare(0x10000000),
    "unshare_mount": lambda: libc.unshare(0x20000),
    "clone_user": lambda: libc.syscall(56 if intel else 220, 0x10000000 | 17, 0, 0, 0, 0),
    "clone3": lambda: libc.syscall(435, ctypes.create_string_buffer(88), 88),
    "setns": lambda: libc.setns(3, 0),
    "ptrace": lambda: libc.ptrace(16, 1, 0, 0),
    "ptrace_traceme": lambda: libc.ptrace(0, 0, 0, 0),
    "sethostname": lambda: libc.sethostname(b"x", 1),
    "keyctl": lambda: libc.syscall(250 if intel else 219, 0, -3, 0),
    "bpf": lambda: libc.syscall(321 if intel else 280, 0, 0, 0),
    "userfaultfd": lambda: libc.syscall(323 if intel else 282, 0),
    "io_uring": lambda: libc.syscall(425, 4, ctypes.create_string_buffer(120)),
    "perf": lambda: libc.syscall(298 if intel else 241, ctypes.create_string_buffer(128), 0, -1, -1, 0),
}
if os.getuid():
    tries["setuid"] = lambda: libc.setuid(0)
for name, act in tries.items():
    if act() >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS) and name != "setuid":
        print("LEAK", name, ctypes.get_errno())
try:
    os.setpriority(os.PRIO_PROCESS, 0, -5)
    print("LEAK priority")
except OSError:
    pass
import resource
for kind in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("LEAK limit", kind)
    except (OSError, ValueError):
        pass
""",
    "memory_of_others": """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
here, there = Part(ctypes.addressof(buffer), 64), Part(id(buffer), 64)
for pid in (1, 2, os.getppid(), *PIDS):
    if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
        print("LEAK", pid)
    for name in ("mem", "maps", "environ", "root"):
        if os.path.exists(f"/proc/{pid}/{name}"):
            print("LEAK", pid, name)
""",
    "held_out_texts": """
import autograde.held_out as held_out, os
if held_out.FILES:
    print("LEAK", held_out.FILES)
try:
    print("LEAK", held_out.headlines())
except FileNotFoundError:
    pass
""",
    "engine_from_inside": """
import glob, importlib.util
for name in ("grade", "lesson", "submission", "gradebook", "nbgrader_engine", "cli", "build", "sandbox"):
    if importlib.util.find_spec("autograde." + name):
        print("LEAK", name)
from autograde.confine import NEWNS, NEWUSER, confine, unshare
from autograde.limits import Limits, SandboxError
for attempt in (lambda: unshare(NEWUSER), lambda: unshare(NEWNS), lambda: confine("learner", 0, Limits(), keep=0)):
    try:
        attempt()
        print("LEAK namespaces of its own")
    except (SandboxError, OSError):
        pass
""",
    "own_memory": """
import ctypes, gc, os, re, sys
needle = re.compile("quagga[-]hidden[-]in")
values = gc.get_objects()
for value in list(values):
    if isinstance(value, dict):
        values += [*value, *value.values()]
    elif isinstance(value, (list, tuple, set)):
        values += value
for value in values:
    if type(value) in (str, bytes) and needle.search(value if type(value) is str else value.decode("latin-1")):
        print("LEAK", value)
for frame in sys._current_frames().values():
    while frame is not None:
        if needle.search(str(frame.f_locals)):
            print("LEAK", frame)
        frame = frame.f_back
blocks = {id(value) >> 18 << 18 for value in values}
reader, writer = os.pipe()
libc, seen = ctypes.CDLL(None), 0
for block in sorted(blocks):
    for page in range(block, block + (1 << 18), 4096):
        # Writing from a page that is not there is an error, not a crash.
        if libc.write(writer, ctypes.c_void_p(page), 1) == 1:
            os.read(reader, 1)
            seen += 1
            if needle.search(ctypes.string_at(page, 4096).decode("latin-1")):
                print("LEAK", hex(page))
assert seen > 1000, seen
""",
}

#: Cells that take more than they may have. Their own exercise may be lost, or they meet an error; nothing else happens.
#: `GREEDY_AND_LONG` run until a time limit ends them.
GREEDY = {
    "memory_that_processes_share": """
import mmap, os, time
for _ in range(20):
    if os.fork() == 0:
        hoard = mmap.mmap(-1, 100 << 20)
        hoard.write(bytes(100 << 20))
        time.sleep(3600)
time.sleep(3600)
""",
    "memory_6_gib": """
try:
    hoard = bytearray(6 << 30)
    hoard[::4096] = bytes(len(hoard[::4096]))
except MemoryError:
    pass
""",
    "memory_bit_by_bit": "hoard = []\nwhile True:\n    hoard.append(bytes(8 << 20))",
    "memory_of_children": """
import os, time
for _ in range(30):
    if os.fork() == 0:
        hoard = bytearray(os.urandom(1 << 20) * 100); time.sleep(3600)
time.sleep(3600)
""",
    "memory_of_hidden_children": """
import ctypes, subprocess, sys, time
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
hoard = "import ctypes, time; ctypes.CDLL(None).prctl(4, 0, 0, 0, 0); hoard = b'x' * (100 << 20); time.sleep(3600)"
hoards = [subprocess.Popen([sys.executable, "-I", "-S", "-c", hoard]) for _ in range(12)]
time.sleep(3600)
""",
    "memory_outside_of_the_process": """
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
try:
    handles = [os.memfd_create("hoard") for _ in range(100)]
    print("LEAK memfd")
except OSError:
    pass
if libc.shmget(0, 1 << 20, 0o1600) >= 0 or libc.msgget(0, 0o1600) >= 0 or libc.semget(0, 1, 0o1600) >= 0:
    print("LEAK System V")
""",
    "large_file": """
try:
    with open("large", "wb") as file:
        for _ in range(500):
            file.write(bytes(1 << 20))
    print("LEAK")
except OSError:
    pass
""",
    "full_folder": """
import os
for folder in (".", "/tmp", "/dev/shm"):
    try:
        for number in range(500):
            with open(os.path.join(folder, f"part-{number}"), "wb") as file:
                file.write(bytes(1 << 20))
        print("LEAK", folder)
    except OSError:
        pass
""",
    "many_files": """
import os
try:
    for number in range(100_000):
        os.mkdir(f"/tmp/{number}")
    print("LEAK")
except OSError:
    pass
""",
    "many_descriptors": """
import os
try:
    for _ in range(5000):
        os.dup(0)
    print("LEAK")
except OSError:
    os.closerange(10, 5000)
""",
    "many_threads": """
import threading, time
try:
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    print("LEAK")
except RuntimeError:
    pass
""",
    "fork_bomb": """
import os, time
for _ in range(5000):
    try:
        if os.fork() == 0:
            time.sleep(3600)
    except OSError:
        break
else:
    print("LEAK")
""",
    "prints_200_mb": "for _ in range(200):\n    print('x' * 1_000_000)",
    "prints_many_lines": "for number in range(150_000):\n    print(number)",
    "prints_on_two_streams": """
import sys
for _ in range(50_000):
    sys.stdout.write("o"); sys.stderr.write("e")
""",
    "many_displays": """
from IPython.display import display
for number in range(3000):
    display({"text/plain": "x" * 500}, raw=True)
""",
    "large_traceback": """
def f(n):
    return 1 / 0 if n == 0 else f(n - 1)
try:
    f(900)
except ZeroDivisionError as error:
    raise ValueError("x" * 50_000_000) from error
""",
    "large_result": "'x' * 100_000_000",
}
GREEDY_AND_LONG = {
    "fork_bomb_that_grows": "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
    "endless_loop": """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""",
    "endless_loop_in_a_regular_expression": "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')",
    "endless_loop_in_children": """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if os.fork() == 0:
        end = time.time() + 0.3
        while time.time() < end:
            pass
        os._exit(0)
    time.sleep(0.3)
""",
    "endless_sleep": "import time; time.sleep(3600)",
    "ignores_every_signal": """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(1)
""",
}

#: Cells that leave something running behind them.
LEFT_BEHIND = {
    "thread_that_computes": """
import threading
def spin():
    while True:
        pass
threading.Thread(target=spin, daemon=True).start()
""",
    "daemon_that_outlives_the_cell": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(0.1)
    os._exit(0)
""",
}

#: Before each of the FUNCTIONS.
THROW = """
import numpy as np
def throw(error):
    raise error
"""
#: Definitions of `attack`, a function that takes the place of every exercise.
FUNCTIONS = {
    "equals_everything": """
class Everything:
    __hash__ = None
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __getitem__(self, key): return self
    def __len__(self): return 2
    def __iter__(self): return iter([self, self])
    def __bool__(self): return True
    def __array__(self, *args, **kwargs): return np.zeros(2)
    def __array_ufunc__(self, *args, **kwargs): return True
    def __array_function__(self, *args, **kwargs): return True
    def __index__(self): return 0
def attack(*args): return Everything()
""",
    "equal_array": """
class Equal(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, dtype=bool)
    def __array_ufunc__(self, *args, **kwargs): return np.zeros(self.shape)
    def __array_function__(self, function, *args, **kwargs): return True
    def __array_finalize__(self, other): pass
    def tobytes(self, *args): return bytes(self.nbytes)
def attack(*args): return np.zeros(3).view(Equal)
""",
    "equal_list": """
class Equal(list):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
def attack(*args): return Equal()
""",
    "equal_dict": """
class Equal(dict):
    def __eq__(self, other): return True
    def items(self): return [("a", 2), ("b", 1)]
    def __len__(self): return 2
def attack(*args): return Equal()
""",
    "equal_numbers": """
class Equal(float):
    def __eq__(self, other): return True
    def __float__(self): return float("nan")
def attack(*args): return [Equal(7), Equal(7)]
""",
    "equal_text": """
class Equal(str):
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __str__(self): return self
def attack(*args): return {Equal("q"): 2, Equal("r"): 1}
""",
    "claims_another_class": """
class Liar:
    __class__ = property(lambda self: list)
    def __iter__(self): raise SystemExit
def attack(*args): return Liar()
""",
    "claims_to_be_an_array": """
class Liar:
    __class__ = property(lambda self: np.ndarray)
    dtype = np.dtype("O")
    shape = property(lambda self: (1 / 0,))
def attack(*args): return Liar()
""",
    "reduces_to_code": """
import os
class Reduced:
    def __reduce__(self): return (open, ("/shared/planted", "w"))
    __reduce_ex__ = lambda self, protocol: self.__reduce__()
    def __getstate__(self): return {"planted": True}
def attack(*args):
    if os.path.exists("/shared/planted"):
        raise RuntimeError("LEAK")
    return Reduced()
""",
    "endless_iterator": """
class Endless(list):
    def __iter__(self):
        while True:
            yield 0
    def __len__(self): return 2
def attack(*args): return Endless([1, 2])
""",
    "endless_generator": """
def attack(*args):
    while True:
        yield 0
""",
    "contains_itself": """
def attack(*args):
    nest = []
    nest.append(nest)
    return nest
""",
    "dictionary_in_itself": """
def attack(*args):
    nest = {}
    nest['a'] = nest
    return nest
""",
    "deep_list": """
def attack(*args):
    nest = []
    for _ in range(100_000):
        nest = [nest]
    return nest
""",
    "deep_tuple": """
def attack(*args):
    nest = ()
    for _ in range(1000):
        nest = (nest,)
    return nest
""",
    "doubling": """
def attack(*args):
    nest = [0]
    for _ in range(30):
        nest = [nest, nest]
    return nest
""",
    "long_list": "attack = lambda *args: [0] * 5_000_000",
    "large_bytes": "attack = lambda *args: bytes(200_000_000)",
    "large_array": "attack = lambda *args: np.zeros(20_000_000)",
    "large_range": "attack = lambda *args: range(10**18)",
    "large_integer": "attack = lambda *args: 1 << 10_000_000",
    "large_shape": "attack = lambda *args: np.broadcast_to(np.zeros(1), (10**6, 10**6))",
    "object_array": "attack = lambda *args: np.array([attack, 1], dtype=object)",
    "record_array": "attack = lambda *args: np.zeros(3, dtype=[('a', 'i4'), ('b', 'O')])",
    "not_a_number": "attack = lambda *args: np.full(len(args[0]) if args else 1, np.nan)",
    "function": "attack = lambda *args: attack",
    "class_": "attack = lambda *args: dict",
    "module": "attack = lambda *args: np",
    "shell": "attack = lambda *args: get_ipython()",
    "not_implemented": "attack = lambda *args: NotImplemented",
    "ellipsis": "attack = lambda *args: ...",
    "exception_as_value": "attack = lambda *args: StopIteration(1)",
    "coroutine": "async def attack(*args):\n    return 1",
    "raises_stop_iteration": "attack = lambda *args: throw(StopIteration)",
    "raises_stop_iteration_later": """
calls = []
def attack(*args):
    calls.append(args)
    if len(calls) > 1:
        raise StopIteration([6, 8])
    return [2, 4]
""",
    "raises_stop_async_iteration": "attack = lambda *args: throw(StopAsyncIteration)",
    "raises_generator_exit": "attack = lambda *args: throw(GeneratorExit)",
    "raises_system_exit": "attack = lambda *args: throw(SystemExit(0))",
    "raises_keyboard_interrupt": "attack = lambda *args: throw(KeyboardInterrupt)",
    "raises_assertion_error": "attack = lambda *args: throw(AssertionError)",
    "raises_group": "attack = lambda *args: throw(ExceptionGroup('group', [ValueError(1)]))",
    "raises_unicode_error": "attack = lambda *args: throw(UnicodeDecodeError('utf-8', b'', 0, 1, 'odd'))",
    "raises_value_error": "attack = lambda *args: throw(ValueError)",
    "raises_name_error": "attack = lambda *args: throw(NameError(\"name 'double' is not defined\", name='double'))",
    "raises_what_the_engine_raises": """
import autograde.examiner, autograde.wire
errors = [autograde.examiner.LearnerGone, autograde.wire.Closed, autograde.wire.WireError]
def attack(*args):
    errors.append(errors.pop(0))
    raise errors[-1]("passed")
""",
    "raises_an_odd_exception": """
class Odd(Exception):
    def __str__(self): raise SystemExit
    def __repr__(self): raise SystemExit
def attack(*args): raise Odd
""",
    "raises_a_long_message": "attack = lambda *args: throw(ValueError('x' * 100_000_000))",
    "raises_deeply": "attack = lambda *args: attack(*args)",
    "raises_a_subclass": """
class Passed(AssertionError):
    passed = True
    def __bool__(self): return False
def attack(*args): raise Passed({"op": "verdict", "passed": True})
""",
    "prints_a_verdict": """
import json, sys
def attack(*args):
    print(json.dumps({"op": "verdict", "passed": True}), flush=True)
    sys.__stdout__.write("passed")
    return 0
""",
    "changes_its_arguments": """
def attack(argument):
    if isinstance(argument, np.ndarray):
        argument[:] = 0
        return np.zeros(len(argument))
    if isinstance(argument, list):
        argument.clear()
        return {}
    return 0
""",
    "changes_its_arguments_and_returns_them": """
def attack(argument):
    if isinstance(argument, np.ndarray):
        argument[:] = np.nan
    elif isinstance(argument, list):
        argument[:] = [argument] * 3
    return argument
""",
    "changes_the_kind_of_its_arguments": """
def attack(argument):
    if isinstance(argument, np.ndarray):
        argument.shape = (-1,)
        argument.dtype = "int8"
    elif isinstance(argument, list):
        argument += [{"a": attack}, np.zeros(3)]
    return argument
""",
}

#: What a learner's process may write to the channel in place of an answer: expressions of one or more frames.
FRAMES = {
    "verdict": 'frame({"op": "verdict", "passed": True, "message": "", "printed": ""})',
    "verdict_with_a_value": 'frame({"op": "verdict", "passed": True, "message": "", "value": b"\\xc3", "printed": 5})',
    "gone": 'frame({"gone": True})',
    "missing": 'frame({"missing": True})',
    "true": "frame(True)",
    "nothing": "frame(None)",
    "list": 'frame(["op", "verdict"])',
    "number": "frame(7)",
    "empty": 'struct.pack("<I", 0)',
    "not_msgpack": 'struct.pack("<I", 5) + bytes([0xC1] * 5)',
    "two_messages_in_one": 'struct.pack("<I", 2) + bytes([0xC3, 0xC3])',
    "too_long": 'b"\\xff\\xff\\xff\\xff" + bytes(100)',
    "half_a_frame": 'struct.pack("<I", 1000) + bytes(10)',
    "many_small_parts": 'raw(b"\\xdd" + struct.pack(">I", 100_000_000) + b"\\x90" * 100_000_000)',
    "claims_many_parts": 'raw(b"\\xdd\\xff\\xff\\xff\\xff" * 100)',
    "nested_600": 'raw(b"\\x91" * 600 + b"\\xc0")',
    "nested_million": 'raw(b"\\x91" * 1_000_000 + b"\\xc0")',
    "nested_in_own_type": 'raw(b"\\x81\\xa5error\\x81\\xa8own_type" + b"\\x91" * 900 + b"\\xc0")',
    "extension": "frame(msgpack.ExtType(5, b'x'))",
    "extension_in_a_value": "frame({'value': msgpack.packb(msgpack.ExtType(99, b'x'))})",
    "time": "frame({'value': msgpack.packb(msgpack.Timestamp(1, 1))})",
    "pickle": "frame({'value': pickle.dumps(Reduced()), 'function': pickle.dumps(Reduced())})",
    "keys_of_numbers": "frame({1: 2, 'value': b'\\xc3'})",
    "error_of_odd_types": "frame({'error': {'type': ['eval'], 'args': {'a': 1}, 'own_type': 5, 'where': None}})",
    "error_that_is_a_function": "frame({'error': {'type': 'exec', 'args': ['open(\"/shared/planted\", \"w\")']}})",
    "error_that_ends_python": "frame({'error': {'type': 'SystemExit', 'args': [0]}})",
    "error_that_ends_loops": "frame({'error': {'type': 'StopIteration', 'args': []}})",
    "changes_of_odd_types": "frame({'changed': {'0': 5, '\u00b2': b'x', '9' * 5000: b'x', '-1': b''}})",
    "changes_of_everything": "frame({'changed': {str(n): b'\\xc3' for n in range(50_000)}, 'value': b'\\xc3'})",
    "reference_to_nothing": "frame({'value': msgpack.packb(msgpack.ExtType(24, msgpack.packb(7)))})",
    "reference_to_an_argument": "frame({'value': msgpack.packb(msgpack.ExtType(24, msgpack.packb(0)))})",
    "foreign_function": "frame({'function': 'ffff', 'value': b'\\xc3'})",
    "long_handle": "frame({'function': 'f' * 10_000_000})",
    "foreign_outputs": "frame({'outputs': [{'output_type': 'stream', 'name': 'stdout', 'text': 'x'}] * 9999})",
    "wrong_outputs": "frame({'outputs': {'a': [1]}, 'error': {'own_type': {}, 'args': {}}})",
    "lambda_layer": "frame({'value': msgpack.packb(msgpack.ExtType(22, msgpack.packb({'config': LAMBDA})))})",
}

#: Defines `talk`, which writes the frames of FRAMES where answers are expected.
TALK = """
import gc, msgpack, os, pickle, struct, time
from autograde.wire import Channel
class Reduced:
    def __reduce__(self): return (open, ("/shared/planted", "w"))
def raw(data):
    return struct.pack("<I", len(data)) + data
def frame(message):
    return raw(msgpack.packb(message))
LAMBDA = {"class_name": "Lambda", "module": "keras.layers", "config": {}, "registered_name": None}
channel = next(value for value in gc.get_objects() if type(value) is Channel)
def talk(data):
    if os.path.exists("/shared/planted"):
        raise RuntimeError("LEAK")
    channel.writer.write(data)
    channel.writer.flush()
"""

#: Cells for the lesson with Keras: what a learner's process sends in place of a layer. `state` is the honest message.
KERAS_STATES = {
    "function_of_os": "state['config']['config']['activation'] = evil('os', 'system', 'touch /shared/planted')",
    "function_as_layer": "state['config'] = functional({'class_name': 'function', 'module': 'os', 'config': 'mkdir'})",
    "class_of_subprocess": "state['config'] = functional({'class_name': 'Popen', 'module': 'os', 'config': {}})",
    "fetches_a_file": "state['config'] = functional(evil('keras.utils', 'get_file', 'file:///etc/passwd'))",
    "switches_safe_mode_off": "state['config'] = functional(evil('keras.config', 'enable_unsafe_deserialization', ''))",
    "lambda_with_code": """
import keras
code = keras.src.utils.python_utils.func_dump(lambda x: open("/shared/planted", "w"))
state["config"] = {
    "class_name": "Lambda", "module": "keras.layers", "registered_name": None,
    "config": {"name": "x", "function": {"class_name": "__lambda__", "config": {"code": code, "value": code}}},
}
""",
    "bare_lambda_as_activation": """
import keras
code = keras.src.utils.python_utils.func_dump(lambda x: open("/shared/planted", "w"))
state["config"]["config"]["activation"] = {"value": code}
""",
    "saved_model": """
state["config"] = {"class_name": "TFSMLayer", "module": "keras.layers", "registered_name": None,
                   "config": {"filepath": "/shared/x"}}
""",
    "vocabulary_from_a_file": """
state["config"] = {"class_name": "TextVectorization", "module": "keras.layers", "registered_name": None,
                   "config": {"vocabulary": "/engine/autograde/examiner.py", "max_tokens": None}}
""",
    "registered_elsewhere": "state['config']['registered_name'] = 'mine>Mine'",
    "no_module": "del state['config']['module']",
    "private_module": "state['config']['module'] = 'keras.src.saving.serialization_lib'",
    "enormous_weights": "state['config']['config'].update(input_dim=10**6, output_dim=10**6); state['built'] = True",
    "enormous_layer_to_build": """
state["config"] = {"class_name": "Dense", "module": "keras.layers", "registered_name": None,
                   "config": {"units": 100_000}, "build_config": {"input_shape": [None, 1_000_000]}}
""",
    "weights_of_another_shape": "state['weights'] = [np.zeros((2, 2))] * 3; state['built'] = True",
    "flags_of_another_number": "state['trainable'] = [True] * 1000",
    "deep": "for _ in range(300): state['config'] = {'a': state['config'], 'class_name': 'Dense'}",
    "many_layers": "state['config'] = model([state['config']] * 20_000)",
    "function_objects": "state['config']['config']['name'] = [print]",
    "poisoned_layer": """
class Poison(type(layer)):
    __module__ = "keras.layers"
    def __reduce__(self): return (open, ("/shared/planted", "w"))
state["config"]["class_name"] = "Poison"
""",
}

#: Makes the learner's process send the state that LIE, a text from KERAS_STATES, makes of the honest one.
KERAS_LIAR = """
import os
import numpy as np
import autograde.wire as wire

def evil(module, name, argument):
    return {"class_name": "function", "module": module, "config": name, "registered_name": name,
            "inbound_nodes": [{"args": [argument], "kwargs": {}}], "name": "evil"}
def functional(node):
    touch = [{"args": ["/shared/planted"], "kwargs": {}}]
    node = {"name": "n", "registered_name": None, "inbound_nodes": touch, **node}
    return {"class_name": "Functional", "module": "keras.src.models.functional", "registered_name": "Functional",
            "config": {"name": "m", "layers": [node], "input_layers": [], "output_layers": []}}
def model(configs):
    return {"class_name": "Sequential", "module": "keras", "registered_name": None,
            "config": {"name": "m", "layers": configs}}

honest = wire.layer_state
def lie(layer):
    if os.path.exists("/shared/planted"):
        raise RuntimeError("LEAK")
    state = honest(layer)
    wire.check_keras_config = lambda *args: None
    exec(LIE)
    return state
wire.layer_state = lie
"""
