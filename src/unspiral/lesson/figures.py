"""The figures that a chapter can show: their tags, attributes and captions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

from unspiral.lab.messages import Settings
from unspiral.lesson import stages, stills
from unspiral.lesson.mistakes import Mistake


@dataclass(frozen=True)
class Figure:
    """A kind of figure; `web/src/figures/` has the element that draws it."""

    tag: str
    caption: str
    attributes: Mapping[str, Any]
    """Name and type of each attribute; `id` is always allowed."""
    still: Callable[..., str]
    """Draws what is shown without JavaScript, given the attributes as keywords."""
    parts: Callable[[], str] | None = None
    """Writes what the element shows a part of at a time; without JavaScript, all."""
    links: Mapping[str, Any] = field(default_factory=dict)
    """Name and type of what a link can set besides the attributes."""


def settings(names: str) -> dict[str, Any]:
    """Take the types and bounds of some attributes from the lab's settings."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: hints[keyword(name)] for name in names.split()}


def keyword(attribute: str) -> str:
    """Name an attribute as Python does.

    `hidden` has another meaning in HTML: it hides the element.
    """
    return {"hidden-units": "hidden"}.get(attribute, attribute.replace("-", "_"))


DATA = settings("points classes noise seed")
LINEAR = DATA | settings("learning-rate reg")
NETWORK = LINEAR | settings("hidden-units init weights-seed")
NUMBER = r"-?\d*\.?\d+"
POINT = {"point": Annotated[str, msgspec.Meta(pattern=f"^{NUMBER},{NUMBER}$")]}
ENTRY = Annotated[str, msgspec.Meta(pattern=r"^\w+\[\d+, ?\d+\]$")]
STAGE = Annotated[int, msgspec.Meta(ge=1, le=5)]
PART = Annotated[float, msgspec.Meta(ge=0, le=1)]
INDEX = Annotated[int, msgspec.Meta(ge=0)]

FIGURES = {
    figure.tag: figure
    for figure in [
        Figure("spiral-data", "The spiral data set.", DATA, stills.spiral),
        Figure("spiral-generator", "Make your own spirals.", DATA, stills.spiral),
        Figure(
            "linear-classifier",
            "A linear classifier on the spirals.",
            LINEAR,
            stills.linear_classifier,
        ),
        Figure(
            "network-diagram",
            "The network.",
            settings("hidden-units"),
            stills.network_diagram,
        ),
        Figure(
            "forward-trace",
            "One point on its way forward.",
            POINT | NETWORK,
            stills.forward_trace,
            stages.forward_stages,
            {"stage": STAGE, "at": ENTRY},
        ),
        Figure(
            "loss-curve",
            "What a probability costs.",
            {"p": Annotated[float, msgspec.Meta(gt=0, le=1)]},
            stills.loss_curve,
        ),
        Figure(
            "softmax-scores",
            "From scores to loss.",
            {"scores": str},
            stills.softmax_scores,
        ),
        Figure(
            "regularisation-loss",
            "The two parts of the loss.",
            NETWORK,
            stills.regularisation_loss,
        ),
        Figure(
            "backward-trace",
            "The way back.",
            POINT | {"label": INDEX} | NETWORK,
            stills.backward_trace,
            stages.backward_stages,
            {"stage": STAGE, "at": ENTRY, "all": Literal["1"]},
        ),
        Figure(
            "gradient-check",
            "Is the backward pass right?",
            NETWORK,
            stills.gradient_check,
            stages.lines_left_out,
            {"at": ENTRY, "broken": Literal["none", "gate", "mean", "reg"]},
        ),
        Figure(
            "live-training",
            "The network learns the spirals.",
            NETWORK,
            stills.live_training,
        ),
        Figure(
            "hidden-tiles",
            "What each hidden unit sees.",
            NETWORK,
            stills.hidden_tiles,
            links={"unit": INDEX},
        ),
        Figure(
            "score-space",
            "The spirals, unwound.",
            NETWORK,
            stills.score_space,
            links={"morph": PART, "point": INDEX},
        ),
        Figure(
            "framework-listings",
            "The same network in four frameworks.",
            NETWORK,
            stills.framework_listings,
            links={
                "steps": Annotated[int, msgspec.Meta(ge=1, le=100_000)],
                "framework": Literal["numpy", "pytorch", "jax", "tensorflow"],
                "form": Literal["exact", "usual"],
            },
        ),
        Figure(
            "framework-parity",
            "How far the frameworks are from the code written by hand.",
            {},
            stills.framework_parity,
            links={"dtype": Literal["float64", "float32"]},
        ),
    ]
}


def figure_html(
    tag: str, attributes: Mapping[str, str], id_: str, caption: str = ""
) -> str:
    """Write a figure as HTML, with its still picture inside.

    Parameters
    ----------
    tag, attributes
        As the chapter has them.
    id_
        Of the element, unique on its page.
    caption
        HTML; the figure's own if empty.
    """
    if tag not in FIGURES:
        raise Mistake(f"no figure <{tag}>; the figures are {', '.join(FIGURES)}")
    figure = FIGURES[tag]
    values = {}
    for name, text in attributes.items():
        if name == "id":
            continue
        if name not in figure.attributes:
            known = ", ".join(["id", *figure.attributes])
            raise Mistake(f"<{tag}> has no attribute {name}; it has {known}")
        try:
            value = msgspec.convert(text, figure.attributes[name], strict=False)
        except msgspec.ValidationError as error:
            raise Mistake(f'<{tag} {name}="{text}">: {error}') from error
        values[keyword(name)] = value
    still = figure.still(**values)
    if figure.parts:
        still = f"{figure.parts()}\n{still}"
    written = "".join(
        f' {name}="{escape(text)}"' for name, text in attributes.items() if name != "id"
    )
    return (
        f'<figure class="figure wide">\n'
        f'<{tag} id="{id_}"{written}>\n{still}\n</{tag}>\n'
        f"<figcaption>{caption or escape(figure.caption)}</figcaption>\n</figure>\n"
    )
