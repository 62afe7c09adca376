"""`unspiral train`: train a network, say how it went, and keep it."""

import os
import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.progress import BarColumn, Progress, TextColumn

from unspiral import engines
from unspiral.apps.command_line.options import RunSettings, takes
from unspiral.apps.command_line.run import Run
from unspiral.apps.command_line.terminal import err, out
from unspiral.engines import Engine
from unspiral.extras import MissingPackageError, imported
from unspiral.lab.data import data_of
from unspiral.lab.messages import network_of
from unspiral.weights import npz
from unspiral.weights import save as save_weights

WEIGHTS_ONLY = (".safetensors", ".onnx")
"""Files that hold a network and nothing else; the package has the same name."""


@takes(RunSettings)
def train(
    settings: RunSettings,
    *,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.npz",
            help="Keep weights, data and losses; in a .safetensors or .onnx file, "
            "the weights.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, nothing else.")
    ] = False,
) -> None:
    """Train a network on the spiral.

    The same settings give the same numbers. Exits with 1 when the run
    diverges, with 130 when Ctrl-C stops it; what there is by then is shown
    and saved all the same.
    """
    replaces = save is not None and can_replace(save)
    show = err.is_terminal and not as_json
    settings, engine = with_engine(settings)
    run = Run(settings)
    notice = err.print if show else lambda _: None
    engine.prepare(network_of(run.params), *data_of(settings), notice)
    began = time.perf_counter()
    try:
        go_on_to_the_end(run, show=show)
    except KeyboardInterrupt:
        steps = settings.steps
        err.print(f"Ctrl-C: stopped after step {run.step:,} of {steps:,}.")
    seconds = time.perf_counter() - began

    kept = save is None or write(run, save)
    if as_json:
        typer.echo(msgspec.json.encode(record(run, seconds)))
    else:
        out.print(summary(run, seconds))
        if save is not None and kept:
            done = "replaced" if replaces else "written"
            out.print(f"{'file':<12}{save}, {done}", soft_wrap=True)
        again = f"unspiral train{settings.as_options()}"
        out.print(f"{'again with':<12}{again}", soft_wrap=True)
    if run.diagnosis is not None:
        text = f"{run.diagnosis.sentence} {run.diagnosis.advice}"
        err.print(text, style="red" if run.diverged_at is not None else "yellow")
    if run.diverged_at is not None or not kept:
        raise typer.Exit(1)
    if not run.ended:
        raise typer.Exit(130)


def with_engine(settings: RunSettings) -> tuple[RunSettings, Engine]:
    """Choose the engine if it is for us to choose, and import it."""
    name = engines.best() if settings.engine == "auto" else settings.engine
    try:
        with err.status(f"Starting the engine {name}"):  # a framework takes seconds
            engine = engines.engine(name)
    except engines.MissingPackageError as error:
        raise typer.BadParameter(f"--engine is {name}. {error}") from error
    return msgspec.structs.replace(settings, engine=name), engine


def go_on_to_the_end(run: Run, *, show: bool) -> None:
    """Take all steps, under a progress bar."""
    columns = (
        BarColumn(),
        TextColumn("step {task.completed:,.0f}/{task.total:,.0f}"),
        TextColumn("loss {task.fields[loss]:.4g}"),
        TextColumn("{task.fields[accuracy]:.1%}"),
        TextColumn("{task.fields[speed]:,.0f} steps/s"),
    )
    began = time.perf_counter()
    with Progress(*columns, console=err, transient=True, disable=not show) as bar:
        task = bar.add_task(
            "",
            total=run.settings.steps,
            loss=run.losses[0],
            accuracy=run.accuracies[0],
            speed=0,
        )
        while not run.ended:
            run.go_on()
            bar.update(
                task,
                completed=run.step,
                loss=run.losses[-1],
                accuracy=run.accuracies[-1],
                speed=run.step / (time.perf_counter() - began),
            )


def can_replace(path: Path) -> bool:
    """Return whether the file exists already; refuse what cannot be written.

    That is found out before the training, so that no run is lost.
    """
    folder = path.parent
    if path.is_dir():
        problem = "this is a folder"
    elif not folder.is_dir():
        problem = f"there is no folder {folder}"
    elif not os.access(path if path.exists() else folder, os.W_OK):
        problem = "it cannot be written"
    else:
        try:
            if path.suffix in WEIGHTS_ONLY:
                package = path.suffix.removeprefix(".")
                imported(package, extra=package)
        except MissingPackageError as error:
            raise typer.BadParameter(f"--save is {path}; {error}") from error
        return path.exists()
    raise typer.BadParameter(f"--save is {path}; {problem}.")


def write(run: Run, path: Path) -> bool:
    """Save what fixes the run and what came of it; return whether that worked."""
    network = network_of(run.params)
    X, y = data_of(run.settings)
    try:
        if path.suffix in WEIGHTS_ONLY:
            save_weights(network, path)
            return True
        npz.save(
            network,
            path,
            X=X,
            y=y,
            losses=run.losses,
            accuracies=run.accuracies,
            step=run.step,
            settings=msgspec.json.encode(run.settings.of_lab()).decode(),
        )
    except OSError as error:
        err.print(f"{path} cannot be written: {error.strerror}.", style="red")
        return False
    return True


def record(run: Run, seconds: float) -> dict[str, object]:
    """Return what --json prints."""
    return {
        "loss": run.losses[-1],
        "accuracy": run.accuracies[-1],
        "steps": run.step,
        "seconds": seconds,
        "dead_units": run.dead_units,
        "diverged_at": run.diverged_at,
        "diagnosis": run.diagnosis,
        "settings": run.settings.of_lab(),
    }


def summary(run: Run, seconds: float) -> str:
    """Say where the run has come to."""
    settings = run.settings
    network = "linear classifier"
    if settings.model == "two-layer":
        network = f"two layers, {settings.hidden} hidden units"
    parameters = network_of(run.params).parameters().values()
    lines = {
        "data": f"{settings.points} points in each of {settings.classes} classes",
        "network": f"{network}, {sum(p.size for p in parameters):,} parameters",
        "steps": f"{run.step:,}",
        "loss": f"{run.losses[-1]:.6g} (from {run.losses[0]:.6g})",
        "accuracy": f"{run.accuracies[-1]:.1%}",
        "dead units": f"{run.dead_units}",
        "engine": settings.engine,
        "time": f"{seconds:.1f} s",
    }
    if settings.model == "linear":
        del lines["dead units"]
    if run.diverged_at is not None:
        lines["steps"] += ", the last with a finite loss"
    if run.step:
        lines["time"] += f", {run.step / seconds:,.0f} steps/s"
    return "\n".join(f"{name:<12}{text}" for name, text in lines.items())
