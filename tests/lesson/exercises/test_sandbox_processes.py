"""The children: one waits ahead, each runs once, and none outlives the program."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from unspiral.lesson.exercises.sandbox import Call, Returned, child, run, spares
from unspiral.lesson.exercises.sandbox.child import Child
from unspiral.lesson.exercises.sandbox.spares import Spares

ONE = [Call("f", [])]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the folders of a program's children in one of ours."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def program(rest: str) -> subprocess.Popen[str]:
    """Start a program that has run a file, and so has another child that waits."""
    code = f"""
import time
from unspiral.lesson.exercises.sandbox import Call, run, spares
run("def f(): pass", [Call("f", [])], seconds=20)
spare = spares.ready.get()
print(spare.process.pid, spare.folder, flush=True)
{rest}
"""
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def spare_of(program: subprocess.Popen[str]) -> tuple[int, Path]:
    """Read which child waits, and where."""
    assert program.stdout
    number, folder = program.stdout.readline().split()
    return int(number), Path(folder)


def is_running(pid: int) -> bool:
    """Say whether there is a process that has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and re.search(r"\) [ZX] ", status.read_text()))


def wait_for_its_end(pid: int) -> None:
    """Wait until a process ends that is not our child."""
    deadline = time.monotonic() + 30
    while is_running(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.05)


def test_a_child_waits_for_the_next_one_who_comes() -> None:
    run("def f(): pass", ONE, seconds=20)
    spare = spares.take()
    assert spare.alive
    spare.end()
    assert not spare.alive
    assert not Path(spare.folder).exists()


def test_a_child_serves_one_run_only() -> None:
    source = "import os\ndef f(): return os.getpid()"
    pids = {
        outcome.value
        for _ in range(2)
        for outcome in run(source, ONE * 2, seconds=20)
        if isinstance(outcome, Returned)
    }
    assert len(pids) == 2


def test_a_child_that_died_while_it_waited_is_not_used() -> None:
    ours = Spares()
    ours.begin()
    spare = ours.ready.get()
    assert isinstance(spare, Child)
    spare.process.kill()
    ours.ready.put(spare)
    spare.process.wait()

    child = ours.take()
    assert child is not spare
    assert child.alive
    child.end()
    another = ours.ready.get()
    assert isinstance(another, Child)
    another.end()


def test_the_children_end_with_the_program() -> None:
    with program("") as parent:
        pid, folder = spare_of(parent)
    assert parent.returncode == 0
    assert not is_running(pid)
    assert not folder.exists()


def test_the_children_end_with_a_program_that_is_killed() -> None:
    with program("time.sleep(1000)") as parent:
        pid, folder = spare_of(parent)
        assert is_running(pid)
        parent.kill()
    wait_for_its_end(pid)
    assert not folder.exists()


def test_a_busy_child_ends_with_a_program_that_is_killed() -> None:
    rest = """
spares.ready.put(spare)
run("import signal\\ndef f():\\n    while 1: signal.pause()", [Call("f", [])], 60)
"""
    with program(rest) as parent:
        pid, _ = spare_of(parent)
        requests = Path(f"/proc/{pid}/fd/3")
        while requests.exists():  # until it has read its request
            time.sleep(0.05)
        assert is_running(pid)
        os.kill(parent.pid, signal.SIGKILL)
    if sys.platform != "linux":
        pytest.skip("elsewhere it ends when its own time is over")
    wait_for_its_end(pid)


def test_a_python_that_is_never_ready(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waits = tmp_path / "waits"
    waits.write_text("#!/bin/sh\nexec sleep 600\n")
    waits.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(waits))
    monkeypatch.setattr(child, "LONGEST_START", 0.1)
    late = Child()
    with pytest.raises(RuntimeError, match=r"waits did not start.* said: nothing$"):
        late.wait_until_ready()
    assert not late.alive
    assert not Path(late.folder).exists()


def test_a_python_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = shutil.which("false")
    monkeypatch.setattr(sys, "executable", nothing)
    child = Child()
    with pytest.raises(RuntimeError, match="false did not start, or not with NumPy"):
        child.wait_until_ready()
    assert not Path(child.folder).exists()


def test_a_python_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(FileNotFoundError, match="/nowhere/python"):
        Child()
