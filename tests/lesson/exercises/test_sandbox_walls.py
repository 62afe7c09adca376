"""Each wall of the sandbox alone: it holds without the others, and for any code."""

import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from unspiral.lesson.exercises.sandbox import inside
from unspiral.lesson.exercises.sandbox.inside.seccomp import (
    ALLOW,
    ALLOWED,
    ARCHITECTURES,
    KILL,
    OPENAT,
    REFUSE,
    TGKILL,
    filter_for,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls of Linux")

UP = "the wall is up"
START = f"""
import ctypes, os, resource, signal, socket, sys, time
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as a child has it
sys.path.insert(0, {str(Path(inside.__file__ or "").parents[1])!r})
from inside import audit, landlock, limits, linux, seccomp
libc = ctypes.CDLL(None, use_errno=True)
linux.no_new_privileges()
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do everything in an empty folder."""
    monkeypatch.chdir(tmp_path)


def after(wall: str, program: str) -> tuple[str, int]:
    """Put up a wall, and run a program: what it printed, and its status."""
    code = f"{START}\n{wall}\nprint({UP!r}, flush=True)\n{program}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    up, _, said = done.stdout.partition("\n")
    if up != UP:
        pytest.skip(f"this kernel has not got it: {done.stderr}")
    return said + done.stderr, done.returncode


# --- seccomp -----------------------------------------------------------------------

SECCOMP = "assert seccomp.only_compute()"


@pytest.mark.parametrize(
    "program",
    [
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "socket.socket()",
        "socket.socketpair()",
        "open('left', 'w')",
        "os.open('left', os.O_CREAT)",
        f"os.open({__file__!r}, os.O_RDWR)",
        f"os.truncate({__file__!r}, 0)",
        f"os.rename({__file__!r}, 'left')",
        "os.mkdir('left')",
        "os.mkfifo('left')",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getpid(), 0)",
        "os.setuid(0)",
        "os.chroot('/')",
        "os.memfd_create('left')",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
    ],
)
def test_seccomp_refuses(program: str) -> None:
    said, status = after(SECCOMP, program)
    assert status == 1
    assert re.search(r"\[Errno \d+\]|Error: ", said), said
    assert not Path("left").exists()


@pytest.mark.parametrize(
    "call",
    [
        "fork()",
        "vfork()",
        "ptrace(16, os.getppid(), 0, 0)",
        "unshare(0x10000000)",
        "socket(2, 1, 0)",
        "open(b'left', 0o101, 0o600)",
        "syscall(437, -100, b'left', struct, 24)",  # openat2
        "syscall(425, 1, struct)",  # io_uring_setup
        "syscall(434, os.getppid(), 0)",  # pidfd_open
        "syscall(234, os.getppid(), os.getppid(), 0)",  # tgkill, on x86_64
        "personality(0xffffffff)",
    ],
)
def test_seccomp_refuses_machine_code_as_well(call: str) -> None:
    said, status = after(SECCOMP, f"struct = bytes(200)\nprint(libc.{call})")
    assert (said, status) == ("-1\n", 0)


def test_seccomp_refuses_threads() -> None:
    said, _ = after(SECCOMP, "import _thread\n_thread.start_new_thread(print, ())")
    assert "can't start new thread" in said


def test_with_seccomp_one_can_compute() -> None:
    program = """
import fractions, random, tempfile
import numpy as np
a = np.random.default_rng(0).normal(size=(500, 500))
print(np.allclose(np.linalg.inv(a) @ a, np.eye(500)))
signal.signal(signal.SIGALRM, lambda *_: print("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(0.1)
signal.raise_signal(signal.SIGALRM)
"""
    assert after(SECCOMP, program) == ("True\nalarm\nalarm\n", 0)


HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_numbers_are_those_of_the_kernel(machine: str) -> None:
    header = Path(HEADERS[machine])
    if not header.exists():
        pytest.skip("the kernel's headers are not here")
    pattern = r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$"
    numbers = dict(re.findall(pattern, header.read_text(), re.MULTILINE))
    numbers.setdefault("newfstatat", numbers.get("fstatat", ""))
    column = list(ARCHITECTURES).index(machine)
    ours = ALLOWED | {"openat": OPENAT, "tgkill": TGKILL}
    for name, each in ours.items():
        number = each[column]
        if number is not None:
            assert numbers[name] == str(number), name
        else:
            assert name not in numbers, name


def verdict(machine: str, architecture: int, number: int, *args: int) -> int:
    """Run the filter for process 77 as the kernel does."""
    six = [*args, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *six)
    program = filter_for(machine, 77)
    place = word = 0
    while True:
        what, if_so, if_not, value = program[place]
        place += 1
        match what:
            case 0x20:  # BPF_LD | BPF_W | BPF_ABS
                (word,) = struct.unpack_from("<I", data, value)
            case 0x15:  # BPF_JMP | BPF_JEQ | BPF_K
                place += if_so if word == value else if_not
            case 0x45:  # BPF_JMP | BPF_JSET | BPF_K
                place += if_so if word & value else if_not
            case 0x06:  # BPF_RET | BPF_K
                return value


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_on_each_processor(machine: str) -> None:
    ours = ARCHITECTURES[machine]
    column = list(ARCHITECTURES).index(machine)
    allowed = {numbers[column] for numbers in ALLOWED.values()}

    for number in range(500):
        if number in {OPENAT[column], TGKILL[column]}:
            continue
        refused = REFUSE | 38  # ENOSYS
        expected = ALLOW if number in allowed else refused
        assert verdict(machine, ours, number) == expected, number

    assert verdict(machine, 0x40000003, 1) == KILL  # i386
    for flags in [0o0, 0o2000000]:  # O_RDONLY, O_CLOEXEC
        assert verdict(machine, ours, OPENAT[column], 0, 0, flags) == ALLOW
    for flags in [
        0o1,
        0o2,
        0o100,
        0o1000,
        0o2000,
    ]:  # to write, create, truncate, append
        expected = REFUSE | 13  # EACCES
        assert verdict(machine, ours, OPENAT[column], 0, 0, flags) == expected
    assert verdict(machine, ours, TGKILL[column], 77, 77, 6) == ALLOW
    assert verdict(machine, ours, TGKILL[column], 1, 1, 9) == REFUSE | 1  # EPERM


# --- Landlock ----------------------------------------------------------------------

LANDLOCK = """
assert landlock.only_read([sys.base_prefix, "/usr/lib", "/lib"])
"""


@pytest.mark.parametrize(
    "program",
    [
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "open(f'/proc/{os.getppid()}/mem', 'rb')",
        f"open({__file__!r})",
        "os.listdir('/')",
        "os.listdir('.')",
        "open('left', 'w')",
        "os.mkdir('left')",
        "open(os.__file__, 'a')",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_landlock_refuses(program: str) -> None:
    said, status = after(LANDLOCK, program)
    assert status == 1
    assert "PermissionError: [Errno 13] Permission denied" in said


def test_with_landlock_the_library_can_be_read() -> None:
    program = "import fractions\nprint(len(open(os.__file__).read()) > 1000)"
    assert after(LANDLOCK, program) == ("True\n", 0)


# --- Limits ------------------------------------------------------------------------

LIMITS = "limits.set_limits(0.1)"


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("bytearray(500 * 2**20)", "MemoryError"),
        ("open('left', 'wb', 0).write(b'x')", "OSError: [Errno 27] File too large"),
        ("[os.dup(1) for _ in range(100)]", "OSError: [Errno 24] Too many open files"),
    ],
)
def test_a_limit(program: str, message: str) -> None:
    said, status = after(LIMITS, program)
    assert status == 1
    assert message in said


def test_the_limit_on_processor_time() -> None:
    _, status = after(LIMITS, "while True: pass")
    assert -status == 24  # SIGXCPU


def test_the_limit_on_processes() -> None:
    # It is not for root: so be somebody else, after all has been read that is needed.
    somebody = "if not os.getuid():\n    os.setuid(65534)"
    said, status = after(f"{LIMITS}\n{somebody}", "os.fork()")
    assert status == 1
    assert "BlockingIOError: [Errno 11]" in said
