"""Programs that do harm: each ends, with a sentence, and nothing of it is left.

The sentence that the reader gets stands beside each program. An exception is shown as
its line, its class and its message.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from unspiral.lesson.exercises.sandbox import (
    Call,
    Ended,
    Missing,
    Other,
    Outcome,
    Raised,
    Returned,
    run,
)
from unspiral.lesson.exercises.sandbox.child import living, starting

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has this wall")


def said(outcome: Outcome) -> str:
    """Write an outcome as the reader is told of it."""
    match outcome:
        case Ended():
            return outcome.sentence
        case Raised():
            return f"line {outcome.line}: {outcome.type}: {outcome.message}"
        case Missing():
            return f"there is no {outcome.function}"
        case Returned():
            return f"returned {outcome.value!r}"


def end_of(source: str, seconds: float = 20) -> Outcome:
    """Run a file and call its function `f` once."""
    (outcome,) = run(source, [Call("f", [])], seconds)
    return outcome


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have the children's folders in one of ours."""
    before = tempfile.tempdir
    folder = tmp_path_factory.mktemp("sandbox")
    tempfile.tempdir = str(folder)
    yield folder
    tempfile.tempdir = before


@pytest.fixture(autouse=True)
def nothing_is_left(folder: Path) -> Iterator[None]:
    """Look, after each test, for processes and folders that should not be there."""
    yield
    with starting:  # so that no spare is half there
        spare_ones = {Path(child.folder) for child in living}
        left = set(folder.iterdir())
    assert left <= spare_ones
    assert not [file for each in left for file in each.iterdir()]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            where = str((process / "cwd").readlink())
        except OSError:  # it has just ended, or belongs to somebody else
            continue
        # A child's folder is removed when it has ended; what it left behind shows so.
        assert not (where.startswith(str(folder)) and where.endswith("(deleted)"))


# --- It never ends -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("def f():\n    while True:\n        pass", 2, id="loop"),
        pytest.param(
            "def f():\n    while 1:\n        try: 1 / 0\n        except: pass",
            *(None,),
            id="loop that catches every exception",
        ),
        pytest.param(
            """
import signal

def f():
    for number in range(1, 65):
        try: signal.signal(number, lambda *_: None)
        except Exception: pass
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
            *(None,),
            id="loop that catches every signal as well",
        ),
        pytest.param("while True: pass", 1, id="loop when the file is read"),
        pytest.param("import time\ndef f(): time.sleep(1e6)", 2, id="sleep"),
        pytest.param(
            "import signal\ndef f():\n    signal.setitimer(0, 0)\n    signal.pause()",
            *(None,),
            id="sleep with the alarm clock off",
        ),
        pytest.param(
            """
import os

def f():
    while True: os.write(1, b"x" * 1000), os.write(2, b"x" * 1000)
""",
            *(5,),
            id="flood past Python's own standard output",
        ),
        pytest.param(
            """
class Endless(Exception):
    def __str__(self):
        while True: pass

def f(): raise Endless
""",
            *(4,),
            id="message that takes for ever",
        ),
        pytest.param(
            """
def f():
    kept = []
    while True:
        try: kept.append("x" * 10**6 + str(len(kept)))
        except MemoryError: pass
""",
            *(None,),
            id="memory bomb that goes on",
        ),
    ],
)
def test_it_never_ends(source: str, line: int | None) -> None:
    outcome = end_of(source, seconds=0.5)
    assert isinstance(outcome, Ended)
    assert outcome.reason == "time"
    if line:
        assert outcome.line == line
    at = f", at line {outcome.line}" if outcome.line else ""
    assert outcome.sentence == (
        f"Your code was still running after 0.5 seconds{at}, and was stopped."
        " Is there a loop that never ends?"
    )


def test_what_was_printed_before_is_not_lost() -> None:
    outcome = end_of("def f():\n    print('step 1')\n    while 1: pass", seconds=0.5)
    assert isinstance(outcome, Ended)
    assert outcome.output == "step 1\n"


def test_after_an_end_no_call_is_made() -> None:
    source = "def f(x):\n    while x: pass\n    return x"
    calls = [Call("f", [0]), Call("f", [1]), Call("f", [0])]
    first, second, third = run(source, calls, seconds=0.5)
    assert isinstance(first, Returned)
    assert isinstance(second, Ended)
    assert third == second


def test_an_object_that_goes_on_after_the_call() -> None:
    source = """
class Endless:
    def __del__(self):
        while True: pass

def f(): return Endless()
"""
    first, second = run(source, [Call("f", [])] * 2, seconds=0.5)
    assert isinstance(first, Returned)
    assert first.value == Other("Endless")
    assert isinstance(second, Ended)
    assert second.reason == "time"


# --- It ends itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "at"),
    [
        pytest.param("def f(): exit()", " at line 1", id="exit"),
        pytest.param("def f(): quit(0)", " at line 1", id="quit"),
        pytest.param("def f(): raise SystemExit", " at line 1", id="SystemExit"),
        pytest.param("import sys\nsys.exit('x')", " at line 2", id="on import"),
        pytest.param(
            """
import sys

def f():
    try: return 1 / 0
    finally: sys.exit(1)
""",
            " at line 6",
            id="sys.exit in a finally",
        ),
        pytest.param("import os\ndef f(): os._exit(0)", "", id="os._exit"),
    ],
)
def test_it_ends_itself(source: str, at: str) -> None:
    outcome = end_of(source)
    assert isinstance(outcome, Ended)
    assert outcome.reason == "exit"
    assert outcome.sentence == (
        f"Your code ended the program{at}, before it was done. Leave out exit(),"
        " quit(), sys.exit() and the like."
    )


BREAKDOWN = (
    "Your code made Python itself break down ({}). Is there a recursion that never"
    " ends, or memory used that does not belong to an array?"
)
KILLED = (
    "The process that ran your code was killed. Did your code use too much memory, or"
    " close files that it did not open?"
)
CHANGED = (
    "Your code changed something in Python or NumPy without which it cannot be checked."
)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        pytest.param(
            """
import numpy as np

def f():
    outside = np.lib.stride_tricks.as_strided(np.zeros(1), (10**9,), (10**6,))
    return outside.sum()
""",
            BREAKDOWN.format("SIGSEGV"),
            id="memory that is not its own",
        ),
        pytest.param(
            "import os\ndef f(): os.abort()", BREAKDOWN.format("SIGABRT"), id="abort"
        ),
        pytest.param(
            "import signal\ndef f(): signal.raise_signal(9)", KILLED, id="kills itself"
        ),
        pytest.param(
            "import os\ndef f(): os.closerange(0, 100)", KILLED, id="closes all files"
        ),
        pytest.param(
            "import os\ndef f():\n    os.closerange(0, 100)\n    while True: pass",
            KILLED,
            id="closes all files and goes on",
        ),
        pytest.param(
            """
import sys

for name in ["calls", "values"]:
    vars(sys.modules[f"inside.{name}"]).clear()

def f(): return 1
""",
            CHANGED,
            id="empties the modules around it",
        ),
        pytest.param(
            "import struct\ndef f(): struct.pack = None",
            CHANGED,
            id="replaces what sends the results",
        ),
    ],
)
def test_it_breaks_python(source: str, sentence: str) -> None:
    outcome = end_of(source)
    assert isinstance(outcome, Ended)
    assert (outcome.reason, outcome.sentence) == ("crash", sentence)


# --- Too much ----------------------------------------------------------------------


@linux
@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "def f():\n    x = []\n    while 1: x.append('a' * 10**5)", id="list"
        ),
        pytest.param(
            "x = []\ndef f():\n    while 1: x.append(bytearray(10**6))",
            id="list that stays",
        ),
        pytest.param(
            "import numpy as np\ndef f():\n    return np.ones((10**6, 10**6))",
            id="array",
        ),
    ],
)
def test_a_memory_bomb(source: str) -> None:
    outcome = end_of(source)
    assert isinstance(outcome, Raised)
    assert (outcome.type, outcome.line) == ("MemoryError", 3)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("def f():\n    while True: print('y')", 2, id="loop"),
        pytest.param("def f(): print('y' * 10**7)", 1, id="at once"),
        pytest.param(
            "import sys\ndef f():\n    while 1: sys.stderr.write('y' * 100)",
            *(3,),
            id="standard error",
        ),
    ],
)
def test_a_flood_of_output(source: str, line: int) -> None:
    outcome = end_of(source)
    assert isinstance(outcome, Ended)
    assert outcome.sentence == (
        f"Your code printed more than 200,000 characters at line {line}, and was"
        " stopped. Is there a print in a loop that never ends?"
    )
    assert outcome.reason == "output"
    assert outcome.output.startswith("y")
    assert len(outcome.output) < 11_000


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("np.zeros((3000, 3000))", "an array of shape (3000, 3000)"),
        (
            "np.broadcast_to(1.0, (10**9, 10**9))",
            "an array of shape (1000000000, 1000000000)",
        ),
        ("[np.zeros(10**6), np.zeros(1_500_000)]", "more than 16 MB"),
        ("'x' * 10**8", "more than 16 MB"),
        ("[0] * 10**6", "more than 50,000 things"),
        ("{str(i): i for i in range(10**5)}", "more than 50,000 things"),
        ("itself", "lists within lists, more than 20 deep"),
        ("themselves", "lists within lists, more than 20 deep"),
    ],
)
def test_too_much_is_returned(value: str, what: str) -> None:
    source = f"""
import numpy as np

itself = {{}}
itself["itself"] = itself
themselves = []
themselves += [themselves] * 3

def f(): return {value}
"""
    outcome = end_of(source)
    assert isinstance(outcome, Ended)
    assert outcome.reason == "too_large"
    assert outcome.sentence == f"Your function returned too much to look at: {what}."


def test_all_results_together_are_too_much() -> None:
    source = "import numpy as np\ndef f(): return np.zeros(2_000_000)"
    outcomes = run(source, [Call("f", [])] * 10, seconds=20)
    assert [type(each) for each in outcomes] == [Returned] * 4 + [Ended] * 6
    assert said(outcomes[-1]) == (
        "Your function returned too much to look at: more than 64 MB in all."
    )


def test_a_message_of_ten_million_characters() -> None:
    outcome = end_of("def f(): raise ValueError('x' * 10**7)")
    assert isinstance(outcome, Raised)
    assert outcome.message == "x" * 2000 + "… and 9,998,000 characters more"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f():\n    return f()", id="function"),
        pytest.param(
            """def f(): print(Endless())
class Endless:
    def __repr__(self): return repr(self)
""",
            id="__repr__",
        ),
    ],
)
def test_a_recursion_without_end(source: str) -> None:
    assert "RecursionError: maximum recursion depth exceeded" in said(end_of(source))


def test_a_file_nested_too_deeply() -> None:
    outcome = end_of("x = " + "(" * 1000 + "1" + ")" * 1000)
    assert said(outcome) == "line 1: SyntaxError: too many nested parentheses"


# --- It reaches for what is not its own --------------------------------------------

FILES = "PermissionError: this code may not read or write files"
NETWORK = "PermissionError: this code may not use the network"
PROCESSES = (
    "PermissionError: this code may not start, or send signals to, other processes"
)
CTYPES = "PermissionError: this code may not use ctypes"
LIMITS = "PermissionError: this code may not change its limits"


REFUSED = [
    # other processes
    ("while True: os.fork()", PROCESSES),
    ("os.system('touch left')", PROCESSES),
    ("os.posix_spawn('/bin/true', ['true'], {})", PROCESSES),
    ("os.execv('/bin/true', ['true'])", PROCESSES),
    ("subprocess.run(['true'])", PROCESSES),
    ("multiprocessing.Process(target=print).start()", PROCESSES),
    ("os.kill(os.getppid(), 9)", PROCESSES),
    ("os.killpg(0, 9)", PROCESSES),
    # files
    ("open('/etc/passwd')", FILES),
    ("open(b'/etc/passwd')", FILES),
    ("open(os.__file__ + '/../../../../../../etc/passwd')", FILES),
    ("open(0)", FILES),
    ("os.open('/etc/passwd', os.O_RDONLY)", FILES),
    ("np.fromfile('/etc/passwd', 'u1')", FILES),
    ("os.listdir('/')", FILES),
    ("os.scandir()", FILES),
    ("open('left', 'w')", FILES),
    ("open('../left', 'w')", FILES),
    ("open(os.__file__, 'a')", FILES),
    ("os.open(os.__file__, os.O_RDWR)", FILES),
    ("np.save('left', np.ones(3))", FILES),
    ("np.ones(3).tofile('left')", FILES),
    ("np.memmap('left', shape=3, mode='w+')", FILES),
    ("os.mkdir('left')", FILES),
    ("os.symlink('/etc/passwd', 'left')", FILES),
    ("os.rename('..', 'left')", FILES),
    ("os.remove('/tmp')", FILES),
    ("os.chmod('.', 0)", FILES),
    ("os.chdir('/')", FILES),
    ("sqlite3.connect('left')", FILES),
    # the network
    ("socket.socket()", NETWORK),
    ("socket.create_connection(('127.0.0.1', 80))", NETWORK),
    ("socket.getaddrinfo('localhost', 80)", NETWORK),
    # machine code, and its own walls
    ("ctypes.string_at(0)", CTYPES),
    ("ctypes.CDLL(None)", CTYPES),
    ("resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))", LIMITS),
    # you
    ("input('> ')", "PermissionError: nobody is there to answer input()"),
]

THREAD = "threading.Thread(target=time.sleep, args=[1000]).start()"
if sys.version_info >= (3, 12):
    REFUSED += [(THREAD, "PermissionError: this code may not start threads")]
elif sys.platform == "linux":  # an audit hook does not see them, seccomp does
    REFUSED += [(THREAD, "RuntimeError: can't start new thread")]


@pytest.fixture(scope="module")
def refusals(folder: Path) -> dict[str, str]:
    """What is said to each of these programs, and its line's number."""
    source = """
import ctypes, multiprocessing, os, resource, signal, socket, sqlite3, subprocess
import threading, time
import numpy as np
"""
    start = source.count("\n") + 1
    calls = []
    for number, (program, _) in enumerate(REFUSED):
        source += f"def f{number}():\n    {program}\n"
        calls.append(Call(f"f{number}", []))
    outcomes = run(source, calls, seconds=20)
    return {
        program: said(outcome).removeprefix(f"line {start + 2 * number + 1}: ")
        for number, ((program, _), outcome) in enumerate(
            zip(REFUSED, outcomes, strict=True)
        )
    }


@pytest.mark.parametrize(("program", "message"), REFUSED)
def test_it_is_refused(program: str, message: str, refusals: dict[str, str]) -> None:
    assert refusals[program] == message


def test_its_own_audit_hook_changes_nothing() -> None:
    source = """
import sys

def f():
    sys.addaudithook(lambda *_: None)
    open("/etc/passwd")
"""
    assert said(end_of(source)) == f"line 6: {FILES}"


@linux
@pytest.mark.parametrize(
    "program",
    [
        "os.setuid(1)",
        "os.chroot('/')",
        "os.memfd_create('left')",
        "os.mkfifo('left')",
        "os.openpty()",
        "multiprocessing.Queue()",
        "_posixshmem.shm_open('/left', os.O_CREAT | os.O_RDWR, 0o600)",
    ],
)
def test_what_python_does_not_ask_about_the_kernel_refuses(program: str) -> None:
    source = f"import os, multiprocessing, _posixshmem\ndef f():\n    {program}"
    outcome = end_of(source)
    assert isinstance(outcome, Raised)
    assert outcome.builtin in {"OSError", "PermissionError", "FileNotFoundError"}
    assert outcome.line == 3


# --- It lies -----------------------------------------------------------------------


def test_an_object_that_says_it_is_an_array() -> None:
    source = """
import numpy as np

class Liar:
    __class__ = np.ndarray
    def __array__(self, *_, **__): raise SystemExit
    def __eq__(self, other): return True
    def __len__(self): return 10**9
    def __iter__(self): return iter(int, 1)
    def __getattr__(self, name): return self

class Meta(type):
    @property
    def __name__(cls): raise SystemExit
    def __instancecheck__(cls, other): return True
    def __subclasscheck__(cls, other): return True

class Worse(metaclass=Meta): pass

class Keys(dict):
    def keys(self): raise SystemExit
    def __iter__(self): raise SystemExit

def f(): return Liar(), [Worse()], Keys(a=1)
"""
    outcome = end_of(source)
    assert isinstance(outcome, Returned)
    assert outcome.value == (Other("Liar"), [Other("Worse")], {"a": 1})


def test_an_exception_that_has_no_message() -> None:
    source = """
class Silent(BaseException):
    def __str__(self): raise SystemExit

def f(): raise Silent
"""
    assert said(end_of(source)) == "line 5: Silent: (its message cannot be shown)"


@pytest.mark.parametrize(
    "program",
    [
        # a length, and nothing; nothing but lengths; a length beyond all bounds
        "write(b'\\1' + bytes(7)), write(b'?')",
        "while True: write(bytes(8))",
        "write(b'\\xff' * 8)",
    ],
)
def test_it_writes_to_the_parents_pipe(program: str) -> None:
    source = f"""
import os

def write(data):
    for number in range(3, 64):
        try: os.write(number, data)
        except OSError: pass

def f():
    {program}
"""
    outcome = end_of(source)
    assert isinstance(outcome, Ended)
    assert outcome.reason == "garbled"
    assert outcome.sentence == (
        "Your code disturbed the way in which its results come back."
    )


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        pytest.param(
            """
import builtins
import numpy as np

np.asarray = np.array = np.shares_memory = np.frombuffer = np.ndarray = None
for name in ["len", "type", "isinstance", "map", "list", "dict", "all", "callable"]:
    setattr(builtins, name, None)

def f(): return np.ones(2) is not None
""",
            "returned True",
            id="replaces builtins and NumPy",
        ),
        pytest.param(
            """
import os, sys
os.write = os._exit = sys.setrecursionlimit = None

def f(): return 1
""",
            "returned 1",
            id="replaces what the sandbox uses",
        ),
        pytest.param(
            """
import sys
for name in list(sys.modules): sys.modules[name] = None

def f(): return 1
""",
            "returned 1",
            id="takes all modules away",
        ),
        pytest.param(
            "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()",
            "line 3: RecursionError: maximum recursion depth exceeded",
            id="wants to recur for ever",
        ),
        pytest.param(
            "import sys\ndel sys.stdout, sys.stderr\ndef f(): print(1)",
            "line 3: RuntimeError: lost sys.stdout",
            id="deletes sys.stdout",
        ),
        pytest.param(
            """
import atexit, time
atexit.register(time.sleep, 1000)

def f(): return 1
""",
            "returned 1",
            id="wants to go on after the end",
        ),
        pytest.param(
            "def f(): return 1\0",
            "line None: SyntaxError: source code string cannot contain null bytes",
            id="is not text",
            marks=pytest.mark.skipif(
                sys.version_info < (3, 11, 4), reason="was a ValueError"
            ),
        ),
    ],
)
def test_it_undermines_its_own_ground(source: str, sentence: str) -> None:
    assert said(end_of(source)) == sentence
