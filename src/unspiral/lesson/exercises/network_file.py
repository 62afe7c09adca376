"""`network.py`: the learner's functions in one file that trains without this package.

`put_together` makes it, `take_apart` takes it apart again. Nothing that the learner
wrote is lost on the way: helpers and imports go with the functions that use them.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from unspiral.lesson.exercises.exercise import FOLDER, Exercise, exercises
from unspiral.lesson.exercises.source import lines_in, names_used, parsed

TITLE = '"""A two-layer network of my own. It learns the spiral: python network.py"""'
NUMPY = "import numpy as np"
TRAINING = (FOLDER / "training.py.txt").read_text(encoding="utf-8").strip()
MARK = re.compile(r"# --- \d+\. .*? -+\n?")


class ConflictError(ValueError):
    """Two exercises have different helpers of the same name."""


@dataclass(frozen=True)
class Work:
    """What the learner has written."""

    functions: dict[str, str]
    """A file for each exercise, by its function: that, and what it needs besides."""
    besides: str = ""
    """What no function needs."""
    training: str = TRAINING
    """What is done when the file is run."""


@dataclass(frozen=True)
class Chunk:
    """A statement of a file, with the comments above it."""

    node: ast.stmt
    text: str
    names: frozenset[str] = field(default=frozenset())
    """The names that it gives to something."""

    @property
    def is_import(self) -> bool:
        """Whether it is an import."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)


def put_together(
    functions: Mapping[str, str], besides: str = "", training: str = TRAINING
) -> str:
    """Make one file of the learner's functions.

    Parameters
    ----------
    functions
        A file for each exercise, by its function. For one that is missing, the
        template is taken.
    besides
        Other lines, which come first.
    training
        What is done when the file is run.

    Raises
    ------
    ConflictError
        When two exercises use the same name for different helpers.
    """
    imports: dict[str, None] = {NUMPY: None}
    helpers: dict[str, tuple[str, str]] = {}
    sections: list[str] = []
    for chunk in chunks(besides):
        if chunk.is_import:
            imports[chunk.text] = None
        else:
            sections.append(chunk.text)
            helpers.update((name, ("besides", chunk.text)) for name in chunk.names)
    for exercise in exercises():
        source = functions.get(exercise.function, exercise.template)
        sections.append(mark(exercise))
        if parsed(source) is None:  # not Python yet: it is kept as it is
            sections.append(source.strip())
            continue
        for chunk in chunks(source):
            if chunk.is_import:
                imports[chunk.text] = None
            elif is_new(chunk, exercise, helpers):
                sections.append(chunk.text)
    first = sorted(imports, key=lambda text: "__future__" not in text)
    return (
        "\n\n\n".join([TITLE + "\n\n" + "\n".join(first), *sections, training]) + "\n"
    )


def is_new(
    chunk: Chunk, exercise: Exercise, helpers: dict[str, tuple[str, str]]
) -> bool:
    """Whether a statement is not in the file yet; remember that it is now."""
    new = True
    for name in chunk.names:
        if name in helpers:
            other, text = helpers[name]
            if text != chunk.text:
                raise ConflictError(
                    f"`{name}` is one thing in {other} and another in "
                    f"{exercise.function}. Give one of them another name."
                )
            new = False
        helpers[name] = exercise.function, chunk.text
    return new


def mark(exercise: Exercise) -> str:
    """Write the line above an exercise's function."""
    return f"# --- {exercise.number}. {exercise.title} ".ljust(88, "-")


def take_apart(source: str) -> Work:
    """Take a file apart into what belongs to each exercise.

    A file that is no Python is cut at the lines that `put_together` wrote.
    """
    if parsed(source) is None:
        return cut_at_marks(source)
    known = {exercise.function: exercise for exercise in exercises()}
    all_chunks = chunks(source)
    written = {
        chunk.node.name: chunk  # of several the last, as in Python
        for chunk in all_chunks
        if isinstance(chunk.node, ast.FunctionDef) and chunk.node.name in known
    }
    others = [chunk for chunk in all_chunks if chunk not in written.values()]
    taken: set[int] = set()
    functions = {}
    for name in (name for name in known if name in written):
        needed = needs(written[name], others)
        taken.update(id(chunk) for chunk in needed)
        functions[name] = as_file([*needed, written[name]])

    besides, training = [], TRAINING
    for chunk in others:
        if is_main(chunk.node):
            training = chunk.text
        elif id(chunk) not in taken and chunk.text not in (TITLE, NUMPY):
            besides.append(chunk)
    return Work(functions, as_file(besides) if besides else "", training)


def needs(function: Chunk, others: Sequence[Chunk]) -> list[Chunk]:
    """Find the imports and helpers that a function uses, and those that these use."""
    by_name: dict[str, list[Chunk]] = {}
    for chunk in others:
        for name in chunk.names:
            by_name.setdefault(name, []).append(chunk)
    waiting = [*names_used(function.node), "np", "*"]  # np, as in the templates
    needed: set[int] = set()
    while waiting:  # each name is looked up once: a file may have thousands
        for chunk in by_name.pop(waiting.pop(), ()):
            if id(chunk) not in needed:
                needed.add(id(chunk))
                waiting += names_used(chunk.node)
    return [chunk for chunk in others if id(chunk) in needed]


def as_file(some: Iterable[Chunk]) -> str:
    """Write statements as a file, imports first."""
    imports = [chunk.text for chunk in some if chunk.is_import]
    rest = [chunk.text for chunk in some if not chunk.is_import]
    return "\n\n\n".join(["\n".join(imports), *rest]).strip() + "\n"


def chunks(source: str) -> list[Chunk]:
    """Split a file into its statements."""
    tree = parsed(source)
    lines = lines_in(source)
    found: list[Chunk] = []
    end = 0
    for index, node in enumerate(tree.body if tree else ()):
        if node.lineno <= end:  # on the line of the one before, after a semicolon
            before = found.pop()
            node_end = max(end, node.end_lineno or end)
            text = "\n".join([before.text, *lines[end:node_end]])
            found.append(Chunk(before.node, text, before.names | names_of(node)))
            end = node_end
            continue
        start, end = end, node.end_lineno or node.lineno
        if index == len(tree.body if tree else ()) - 1:
            end = len(lines)  # comments at the end of the file
        text = "\n".join(lines[start:end]) + "\n"
        *below, own = MARK.split(text, maxsplit=1)
        if below and found and (comment := below[0].rstrip()):  # above the mark
            before = found.pop()
            found.append(replace(before, text=f"{before.text}\n{comment}"))
        found.append(
            Chunk(node, MARK.sub("", own).strip("\n").rstrip(), names_of(node))
        )
    return found


def names_of(node: ast.stmt) -> frozenset[str]:
    """List the names to which a statement gives something."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return frozenset([name])
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return frozenset(
                alias.asname or alias.name.split(".")[0] for alias in aliases
            )
    if is_main(node):  # its names are its own affair
        return frozenset()
    return frozenset(
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    )


def is_main(node: ast.stmt) -> bool:
    """Whether a statement is what is done when the file is run."""
    return isinstance(node, ast.If) and "__name__" in names_used(node.test)


def cut_at_marks(source: str) -> Work:
    """Cut a file at the lines above its functions, whatever stands between them."""
    parts = re.split(r"(?m)^# --- (\d+)\. .*? -+$", source.replace("\r\n", "\n"))
    by_number = {str(exercise.number): exercise.function for exercise in exercises()}
    functions = {}
    for number, text in zip(parts[1::2], parts[2::2], strict=True):
        if number in by_number:
            own, _, _ = text.partition('\nif __name__ == "__main__":')
            functions[by_number[number]] = f"{NUMPY}\n\n\n{own.strip()}\n"
    return Work(functions)


def write_exercises(folder: Path) -> list[Path]:
    """Write `network.py` and a file for each exercise into a folder.

    Nothing is overwritten: if one of the files is there, none is written.

    Returns
    -------
    files
        What was written.

    Raises
    ------
    FileExistsError
        When one of the files is there already.
    OSError
        When the folder or a file cannot be written.
    """
    texts = {"network.py": put_together({})}
    for exercise in exercises():
        texts[f"{exercise.number}_{exercise.function}.py"] = exercise.template
    paths = {folder / name: text for name, text in texts.items()}
    for path in paths:
        if path.exists():
            raise FileExistsError(f"{path} is there already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in paths.items():
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    return list(paths)
