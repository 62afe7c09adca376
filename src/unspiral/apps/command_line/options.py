"""Options made from the lab's settings: the same names, defaults and bounds."""

from collections.abc import Callable, Container
from functools import wraps
from inspect import Parameter, signature
from shlex import quote
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
import typer
from msgspec.inspect import FloatType, IntType, LiteralType, UnionType

from unspiral.engines.registry import SOURCES
from unspiral.lab.messages import Settings, StepNumber
from unspiral.lab.wire import allowed

HELP = {
    "Data": {
        "points": "Points of each class.",
        "classes": "Classes: arms of the spiral.",
        "noise": "Of the angle, in radians.",
        "seed": "Of all random numbers.",
    },
    "Network": {
        "model": "Classifier.",
        "hidden": "Hidden units.",
        "init": "First weights.",
        "weights_seed": "Of the weights alone.",
        "dtype": "Precision.",
    },
    "Training": {
        "steps": "Steps to take.",
        "learning_rate": "How far a step goes.",
        "reg": "L2 regularisation.",
        "engine": f"What does the arithmetic: {', '.join(SOURCES)}; "
        "or auto, the fastest that is installed.",
    },
}
"""What each setting is, panel by panel of the help."""


class RunSettings(Settings, frozen=True):
    """Settings of a run that ends."""

    steps: StepNumber = 10_000
    engine: Literal["numpy", "fused", "torch", "jax", "tensorflow", "auto"] = "numpy"  # type: ignore[assignment]
    """`auto` is the fastest that is installed."""

    def of_lab(self) -> Settings:
        """Return the settings alone."""
        names = Settings.__struct_fields__
        return Settings(**{name: getattr(self, name) for name in names})

    def as_options(self) -> str:
        """Write the options that give these settings; a default needs none."""
        default = type(self)()
        return "".join(
            f" {flag(name)} {getattr(self, name)}"
            for name in self.__struct_fields__
            if getattr(self, name) != getattr(default, name)
        )


def takes(
    kind: type[RunSettings], without: Container[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each setting, but for those in `without`.

    The command is called with the settings, all within their bounds, before its
    own options.
    """
    settings = settings_types(kind)
    options = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=default_text(kind, name),
            annotation=Annotated[
                str | None,  # read_settings checks it
                typer.Option(
                    metavar=values(settings[name]), help=text, rich_help_panel=panel
                ),
            ],
        )
        for panel, texts in HELP.items()
        for name, text in texts.items()
        if name not in without
    ]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_options(**given: Any) -> None:
            texts = {option.name: given.pop(option.name) for option in options}
            command(read_settings(kind, texts), **given)

        _, *own = signature(command).parameters.values()
        with_options.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
            parameters=[*options, *own]
        )
        return with_options

    return decorate


def read_settings(kind: type[RunSettings], texts: dict[str, str | None]) -> RunSettings:
    """Read settings, or refuse one as the lab does: what it is, and what is allowed."""
    hints = get_type_hints(kind, include_extras=True)
    settings = {}
    for name, text in texts.items():
        if text is None:
            continue
        try:
            settings[name] = msgspec.convert(text, hints[name], strict=False)
        except msgspec.ValidationError as error:
            raise typer.BadParameter(
                f"{flag(name)} is {quote(text)}; "
                f"allowed is {allowed(settings_types(kind)[name])}."
            ) from error
    return kind(**settings)


def settings_types(kind: type[RunSettings]) -> dict[str, Any]:
    """Return the type of each setting, with its bounds."""
    info: Any = msgspec.inspect.type_info(kind)
    return {
        field.name: field.type.types[0]  # the other is None, for none given
        if isinstance(field.type, UnionType)
        else field.type
        for field in info.fields
    }


def default_text(kind: type[RunSettings], name: str) -> str | None:
    """Write a setting's default."""
    default = getattr(kind(), name)
    return None if default is None else str(default)


def flag(name: str) -> str:
    """Write the name of an option."""
    return f"--{name.replace('_', '-')}"


def values(kind: Any) -> str:
    """Write in short what a setting may be."""
    match kind:
        case LiteralType(values=words) if len(words) > 3:
            return "NAME"  # too many for this column
        case LiteralType(values=words):
            return "|".join(str(word) for word in words)
        case IntType(ge=low, le=high) | FloatType(gt=None, ge=low, le=high):
            return f"{low}..{high}"
        case FloatType(gt=low, le=high):
            return f">{low}..{high}"
    raise TypeError(f"no option for {kind}")
