"""The command line: ``leakkit inventory``, ``scan``, ``report``, ``fetch``, ``check-data`` and ``lab``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from leakkit.errors import LeakkitError

app = typer.Typer(
    name="leakkit",
    help="Open a leak of an AI lab, model hub or vendor without running it, and say what was exposed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Hash = Annotated[bool, typer.Option("--hash/--no-hash", help="Take the SHA-256 of every member.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in leakkit an error arose.")] = False,
) -> None:
    """Open a leak without running it, and say what was exposed."""
    if version:
        import leakkit

        print(f"leakkit {leakkit.__version__}")
        raise typer.Exit()


@app.command()
def inventory(
    leak: Annotated[str, typer.Argument(help="Folder, file, archive, bucket listing, hash list or URL.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write: .parquet, .csv, .json or .jsonl.")
    ] = None,
    hash: Hash = True,
    quiet: Quiet = False,
) -> None:
    """List every member of a leak: what it is, what it is for, what is wrong with it."""
    from leakkit.leak.open import open_leak
    from leakkit.report.progress import inventory_bar, watched

    opened = open_leak(leak, hash=hash)
    with inventory_bar(f"Reading {opened.name}", show=watched(quiet)) as progress:
        if out is not None:
            from leakkit.leak.inventory import write_inventory

            count = write_inventory(opened, out, progress=progress)
        else:
            artifacts = opened.artifacts(progress=progress)
    if out is not None:
        _say(f"Wrote {count:,} rows on {opened.name} to {out.name}.", quiet)
        return
    from leakkit.report.summary import summary

    _print(summary(artifacts, opened.name))


@app.command()
def scan(
    leak: Annotated[str, typer.Argument(help="Folder, file, archive or URL.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the findings, outside the leak.")],
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; as many as processors when left out.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names/--no-names", help="Look for names of people and places (slower).")
    ] = True,
    detectors: Annotated[
        Path | None, typer.Option("--detectors", help="TOML file with detectors of your own, used as well.")
    ] = None,
    min_likelihood: Annotated[
        str | None, typer.Option("--min-likelihood", help="Leave out findings below it, say: likely.")
    ] = None,
    case: Annotated[
        Path | None,
        typer.Option("--case", help="Case file, made where it is missing; needed to go on with a scan."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Find personal data and secrets in every member of a leak; go on where a scan was broken off."""
    from leakkit.pii.scanning.command import scan_into

    shown = scan_into(leak, out, workers, names, detectors, min_likelihood, case, quiet)
    if not quiet:
        _print(shown)


@app.command()
def report(
    leak: Annotated[
        str | None, typer.Argument(help="What to report on; without it the invented sample.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the pages.")] = Path("reports"),
    hash: Hash = True,
    quiet: Quiet = False,
) -> None:
    """Write a report on a leak: an index page and one HTML page for each themed notebook."""
    from leakkit.report.export import export_report

    index = export_report(leak, out, hash=hash, quiet=quiet)
    _say(f"Wrote {index}", quiet)


@app.command("fetch")
def fetch_source(
    source: Annotated[
        str | None,
        typer.Argument(help="vcdb, aiid, atlas, ...: a name that --list shows.", show_default=False),
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", help="Take over this file or folder; nothing is downloaded.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Where to put it; else LEAKKIT_DATA, else a folder of yours."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List what can be fetched, and what was.")] = False,
) -> None:
    """Download a catalogue of incidents or a table on bias, or take over a copy; else nothing is downloaded."""
    if listed or source is None:
        from leakkit.incidents.commands import sources_table

        _print(sources_table(folder))
        return
    from leakkit.incidents.fetching import fetch

    fetch(source, from_file=from_file, folder=folder, say=_print)


@app.command("check-data")
def check_data(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Tables of facts; without any the four that ship with leakkit."),
    ] = None,
) -> None:
    """Check a table of facts to which you added a row; each fault is said with line and column."""
    from leakkit.incidents.commands import checked

    text, sound = checked(files)
    _print(text)
    if not sound:
        raise typer.Exit(1)


@app.command()
def lab(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Folder for your copies of the notebooks.")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = None,
) -> None:
    """Open the notebooks in JupyterLab: in a clone as they are, else as copies of your own."""
    import signal
    import subprocess

    from leakkit.lab import COPY_NAME, copy_notebooks, lab_command, lab_environment

    if folder is None and (clone := _clone_folder()) is not None:
        folder = clone
    else:
        folder = folder or Path(COPY_NAME)
        copied = copy_notebooks(folder, _ask)
        _say(f"Copied {len(copied)} notebooks to {folder}; files you edited stay as they are.", False)
    command = lab_command(folder, browser=browser, port=port)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for JupyterLab, which asks before it stops
    raise typer.Exit(subprocess.call(command, env=lab_environment()))


def _clone_folder() -> Path | None:
    """Give the notebooks folder of a clone of the repository; None for an installed package."""
    from leakkit.bundled import notebooks_folder

    folder = notebooks_folder()
    return folder if (folder.parent / "pyproject.toml").is_file() else None


def _ask(name: str) -> bool:
    """Ask whether an edited notebook may be replaced; without a terminal the answer is no."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    return typer.confirm(
        f"{name} differs from the one that ships with leakkit. Replace yours?", default=False
    )


def _print(text: str) -> None:
    """Print text that any terminal can show, whatever its encoding."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def _say(text: str, quiet: bool) -> None:
    """Print one line unless asked for quiet."""
    if not quiet:
        from leakkit.leak.text import printable

        _print(printable(text))


def _fail(error: LeakkitError) -> NoReturn:
    """Say what went wrong in three parts, and stop with exit code 2."""
    encoding = sys.stderr.encoding or "utf-8"
    print(f"Error: {error}".encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)
    raise SystemExit(2) from None


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; what goes wrong is said in three parts on stderr, with exit code 2."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        app([word for word in words if word != "--debug"], prog_name="leakkit")
    except LeakkitError as error:
        if "--debug" in words:
            raise
        _fail(error)
    except Exception as error:
        if "--debug" in words:
            raise
        _fail(
            LeakkitError(
                "Expected leakkit to do this without a fault",
                f"found an error of its own ({type(error).__name__})",
                "run it again with --debug; check what it prints for content of the leak, then report it",
            )
        )
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
