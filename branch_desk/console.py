"""The command-line kit: opening a branch file, output for people and for programs, and failures.

Results go to standard output, everything else to standard error. A command ends with 0 (done),
1 (could not, said in one sentence) or 2 (wrong usage).
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import sys
import traceback
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from pkgutil import resolve_name
from random import SystemRandom
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from branch_desk import machine
from branch_desk.machine import PASSPHRASE_VARIABLE
from branch_desk.store.errors import DeskError, Invalid, NotFound, of_system
from branch_desk.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from branch_desk.paper.blocks import Document
    from branch_desk.paper.labels import Labels
    from branch_desk.store.keys import RawKey
    from branch_desk.store.registry import Slice
    from branch_desk.store.store import Store

    Command = TypeVar("Command", bound=Callable[..., None])

_ON = "branch_desk.on"
_LONGEST_CELL = 60
_LONGEST_SECRET = 65_536


class NobodyToAsk(DeskError):
    """There is no passphrase and nobody at the keyboard to give one."""

    next_step = f"Give it with --passphrase-file, or in the variable {PASSPHRASE_VARIABLE}."


@dataclass(frozen=True, slots=True)
class Paper:
    """One printable paper; `make(store, id, on)` builds it, id None where it takes none."""

    name: str
    takes_id: bool
    make: Callable[[Store, int | None, date], Document | Labels]
    title: str = ""


# Options


class Day(click.ParamType[date]):
    """A calendar day, ISO (2026-05-14) or British (14/5/2026, 14 May 2026)."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the day, or say what a day looks like."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
            with contextlib.suppress(ValueError):
                return datetime.strptime(value.strip(), form).date()  # noqa: DTZ007 - only the day
        return self.fail(f"“{clean(value)}” is not a date; write it as 2026-05-14.", param, ctx)


DAY = Day()


def _keep_on(ctx: click.Context, _: click.Parameter, value: date | None) -> date:
    if value is not None:
        ctx.meta[_ON] = value
    return value or datetime.now().astimezone().date()


ON = click.option(
    "--on",
    type=DAY,
    is_eager=True,
    callback=_keep_on,
    help="Do it as on this day instead of today (2026-05-14).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
FORCE = click.option("--force", is_flag=True, help="Write over an existing file.")
PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Read the passphrase from the first line of this file (- for standard input).",
)
FILE = click.argument("file", type=click.Path(path_type=Path))


def given_day() -> date | None:
    """Return the day that --on gave to do the command as on, None where it was not given."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_ON) if context else None


def whole_text(path: Path) -> str:
    """Return a secret kept in a file, or given on standard input for `-`; raises `Invalid`."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(_LONGEST_SECRET)
        else:
            with path.open("rb") as file:  # which may be a pipe
                data = file.read(_LONGEST_SECRET)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise of_system(error, path.absolute()) from error
    except UnicodeDecodeError as error:
        raise Invalid(f"{path} is not text in UTF-8.") from error


def first_line(path: Path) -> str:
    """Return a secret kept as the first line of a file, or of standard input for `-`."""
    line = next(iter(whole_text(path).splitlines()), "")
    if not line:
        raise Invalid(f"The first line of {path} is empty; it should be the passphrase.")
    return line


def passphrase(file: Path | None, *, new: bool = False, variable: bool = True) -> str:
    """Return the passphrase from a file, the environment or a prompt (twice for a new one)."""
    if file is not None:
        return first_line(file)
    from_variable = os.environ.get(PASSPHRASE_VARIABLE, "") if variable else ""
    if from_variable:
        return from_variable
    return ask("New passphrase" if new else "Passphrase", twice=new)


def ask(what: str, *, twice: bool = False) -> str:
    """Ask the person at the keyboard for a secret, not shown; raises `NobodyToAsk`."""
    if not someone_there():
        raise NobodyToAsk(f"No {what.lower()} was given and there is nobody to ask.")
    asked: str = click.prompt(
        what, hide_input=True, confirmation_prompt="Once more" if twice else False, err=True
    )
    return asked


def someone_there() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def slices() -> Sequence[Slice]:
    """Return every slice's registration.

    The list stands above this module in the layers; it is looked up by name, as commands are.
    """
    found: Sequence[Slice] = resolve_name("branch_desk.slices:SLICES")
    return found


def branch_file(command: Command) -> Command:
    """Open the branch file named by the command's first argument and pass it on as `store`.

    Adds the argument FILE and the option --passphrase-file; --on beside it sets the store's day.
    """

    @FILE
    @PASSPHRASE_FILE
    @functools.wraps(command)
    def opened(*args: object, file: Path, passphrase_file: Path | None, **kwargs: object) -> None:
        with open_store(file, passphrase_file) as store:
            command(*args, store=store, **kwargs)

    return opened  # type: ignore[return-value]  # the decorated command takes FILE, not a store


@contextlib.contextmanager
def open_store(
    file: Path, passphrase_file: Path | None = None, *, key: str | RawKey | None = None
) -> Iterator[Store]:
    """Open a branch file for a command, on its day: with a key in hand, else the passphrase."""
    from branch_desk.store.store import Store

    if not file.exists():
        raise NotFound(file.absolute())
    secret = key or passphrase(passphrase_file)
    with Store.open(
        file,
        secret,
        slices(),
        clock=machine.clock,
        random=SystemRandom(),
        actor=machine.actor(),
        today=given_day(),
    ) as store:
        yield store


# Output


def clean(text: str) -> str:
    """Return text with what could steer a terminal made visible; line ends and tabs stay."""
    return "".join(
        each if each in "\n\t" or not _steers(each) else "�" for each in text.replace("\r\n", "\n")
    )


def _steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _DIRECTIONS


# Marks that turn the direction of a line, by which one name can be made to look like another.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(value: object) -> object:
    """Return a record as JSON has it: dates ISO 8601, enums by value, dataclasses as objects."""
    match value:
        case str() | int() | float() | None:
            found: object = value.value if isinstance(value, Enum) else value
        case Enum():
            found = plain(value.value)
        case date():
            found = value.isoformat()
        case Mapping():
            found = {str(key): plain(each) for key, each in value.items()}
        case bytes():
            found = len(value)
        case set() | frozenset():
            found = sorted((plain(each) for each in value), key=str)
        case Iterable():
            found = [plain(each) for each in value]
        case _ if is_dataclass(value):
            found = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            found = str(value)
    return found


def say(text: str = "") -> None:
    """Print a line of the result."""
    click.echo(clean(text))


def tell(text: str) -> None:
    """Print a message or progress, to standard error."""
    click.echo(clean(text), err=True)


def emit(value: object, as_json: bool, text: str | None = None) -> None:  # noqa: FBT001 - a flag of click's
    """Print a result: a record as one document, many records as one object a line.

    For people it is `text` where given, else names and values, or a table with aligned columns.
    """
    many = isinstance(value, Iterable) and not isinstance(value, Mapping | str)
    records = list(value) if many and isinstance(value, Iterable) else [value]
    if as_json:
        for each in records:
            click.echo(json.dumps(plain(each), ensure_ascii=False))
    elif text is not None:
        say(text)
    elif many:
        say(table([_flat(each) for each in records]))
    else:
        say(facts(_flat(value)))


def _flat(value: object) -> Mapping[str, object]:
    flat = plain(value)
    return flat if isinstance(flat, dict) else {"": flat}


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def facts(pairs: Mapping[str, object]) -> str:
    """Return names and values, a line each, the values aligned."""
    width = max((_width(_words(name)) for name in pairs), default=0)
    indent = "\n" + " " * (width + 2)
    return "\n".join(
        (_padded(_words(name), width) + "  " + clean(_shown(value)).replace("\n", indent)).rstrip()
        for name, value in pairs.items()
    )


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str] | None = None) -> str:
    """Return rows under their names, columns aligned, numbers to the right; "Nothing." for none."""
    if not rows:
        return "Nothing."
    names = list(columns or rows[0])
    cells = [[_cell(_shown(plain(row.get(name)))) for name in names] for row in rows]
    heads = [_words(name) for name in names]
    widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
    right = [all(isinstance(row.get(name), int | float) for row in rows) for name in names]
    lines = [heads, ["─" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(
            _padded(cell, width, right=numeric)
            for cell, width, numeric in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _cell(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= _LONGEST_CELL else line[: _LONGEST_CELL - 1].rstrip() + "…"


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _padded(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def write_file(path: Path, data: bytes, force: bool = False) -> None:  # noqa: FBT001, FBT002 - a flag
    """Write a file whole or not at all; raises `AlreadyExists` unless `force`, or a `FileError`."""
    write_whole(path.absolute(), data, force=force)


# Failures


class Commands(click.Group):
    """A group of commands whose failures are a sentence and an exit code, never a traceback."""

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401
        """Run one command and leave the process with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError, ValueError):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        debug = "--debug" in words
        words = [word for word in words if word != "--debug"]
        extra |= {"standalone_mode": False, "prog_name": "branch-desk"}
        try:
            result = super().main(words, **extra)
            sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - the last resort, told apart in failed()
            sys.exit(failed(error, as_json="--json" in words, debug=debug))
        sys.exit(result if isinstance(result, int) else 0)


def failed(error: Exception, *, as_json: bool, debug: bool = False) -> int:
    """Say what went wrong on standard error; returns the exit code."""
    match error:
        case click.exceptions.Abort():
            return 130
        case BrokenPipeError():
            # Nobody reads any more; Python would complain again when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        case DeskError():
            report(error.code, str(error), as_json=as_json)
            return 1
        case click.ClickException():
            if as_json:
                report(_kebab(type(error).__name__), error.format_message(), as_json=True)
            else:
                error.show()
            return error.exit_code
        case _:
            return _bug(error, as_json=as_json, debug=debug)


def _bug(error: Exception, *, as_json: bool, debug: bool) -> int:
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    kind = type(error).__name__
    report(
        "bug",
        f"Something is wrong in Branch Desk itself ({kind}). What was stored is safe; look at "
        "the log before doing it again. With --debug the lines a developer needs are shown.",
        as_json=as_json,
    )
    return 1


def report(name: str, message: str, *, as_json: bool) -> None:
    """Say a failure on standard error, by its class's name in kebab case and in one sentence."""
    if as_json:
        click.echo(json.dumps({"error": name, "message": message}, ensure_ascii=False), err=True)
    else:
        tell(message)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
