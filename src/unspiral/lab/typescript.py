"""TypeScript types of all messages: `python -m unspiral.lab.typescript`."""

import ast
import sys
from collections.abc import Iterator
from inspect import cleandoc, getsource
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import inspect

from unspiral.lab import OPERATIONS, messages_of
from unspiral.lab.messages import Settings

HEADER = """\
// Made from src/unspiral/lab/messages/ by `make types`. Do not edit.

/** An array of numbers: row-major, the last axis the fastest. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
}
"""


def typescript() -> str:
    """Return the whole of `web/src/lab/messages.ts`."""
    structs: dict[str, inspect.StructType] = {}
    signatures = []
    for name, operation in OPERATIONS.items():
        request, reply = messages_of(operation)
        signatures.append(
            f"  {name}: {{ request: {request.__name__}; reply: {reply.__name__} }};"
        )
        for kind in (request, reply):
            collect(inspect.type_info(kind), structs)
    blocks = [HEADER]
    blocks += ["\n".join(interface(struct)) for struct in structs.values()]
    blocks.append(
        "/** What the lab can do, under the names it has on the wire. */\n"
        "export interface Operations {\n" + "\n".join(signatures) + "\n}\n"
    )
    blocks.append("\n".join(bounds()))
    return "\n".join(blocks)


def collect(kind: Any, structs: dict[str, inspect.StructType]) -> None:
    """Find all message types within a type, the inner ones first."""
    if isinstance(kind, inspect.UnionType):
        for member in kind.types:
            collect(member, structs)
    if isinstance(kind, inspect.VarTupleType):
        collect(kind.item_type, structs)
    if isinstance(kind, inspect.StructType) and kind.cls.__name__ not in structs:
        for field in kind.fields:
            collect(field.type, structs)
        structs[kind.cls.__name__] = kind


def interface(struct: inspect.StructType) -> Iterator[str]:
    """Write one message type."""
    yield from comment(struct.cls.__doc__ or "")
    yield f"export interface {struct.cls.__name__} {{"
    if struct.tag_field is not None:
        yield f'  readonly {struct.tag_field}: "{struct.tag}";'
    docs = field_docs(struct.cls)
    for field in struct.fields:
        if field.name in docs:
            yield from comment(docs[field.name], indent="  ")
        yield f"  readonly {field.name}: {written(field.type)};"
    yield "}\n"


def field_docs(kind: type) -> dict[str, str]:
    """Return the docstring below each field of a class that has one."""
    (definition,) = ast.parse(getsource(kind)).body
    assert isinstance(definition, ast.ClassDef)
    docs = {}
    for field, below in pairwise(definition.body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                docs[name] = text
    return docs


def comment(docstring: str, *, indent: str = "") -> Iterator[str]:
    """Write a docstring as TypeScript has it."""
    lines = cleandoc(docstring).split("\n")
    if len(lines) == 1:
        yield f"{indent}/** {lines[0]} */"
        return
    yield f"{indent}/**"
    for line in lines:
        yield f"{indent} * {line}".rstrip()
    yield f"{indent} */"


def written(kind: Any) -> str:
    """Write a type."""
    match kind:
        case inspect.UnionType(types=types):
            return " | ".join(written(member) for member in types)
        case inspect.LiteralType(values=values):
            return " | ".join(f'"{value}"' for value in values)
        case inspect.VarTupleType(item_type=item):
            return f"readonly {written(item)}[]"
        case inspect.DictType(value_type=value):
            return f"Readonly<Record<string, {written(value)}>>"
        case inspect.StructType(cls=cls):
            return cls.__name__
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "boolean"
        case inspect.StrType():
            return "string"
        case inspect.NoneType():
            return "null"
        case inspect.CustomType():
            return "NumericArray"
    raise TypeError(f"no TypeScript for {kind}")


def bounds() -> Iterator[str]:
    """Write the defaults of all settings and the bounds of the numeric ones."""
    fields = inspect.type_info(Settings).fields  # type: ignore[attr-defined]
    yield "export const DEFAULT_SETTINGS: Settings = {"
    for field in fields:
        yield f"  {field.name}: {msgspec.json.encode(field.default).decode()},"
    yield "};\n"
    yield "/** Smallest and largest value of each numeric setting. */"
    yield "export const BOUNDS = {"
    for field in fields:
        kind = field.type
        if isinstance(kind, inspect.UnionType):
            kind = kind.types[0]
        if isinstance(kind, inspect.IntType | inspect.FloatType):
            low = kind.gt if kind.ge is None else kind.ge
            yield f"  {field.name}: {{ minimum: {low}, maximum: {kind.le} }},"
    yield "} as const;\n"


if __name__ == "__main__":
    sys.stdout.write(typescript())
