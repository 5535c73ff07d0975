"""What the commands of meetings share: their group, the id, reading a time and a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from branch_desk import console
from branch_desk.console import clean, tell
from branch_desk.meetings import records
from branch_desk.meetings.rules import LONDON
from branch_desk.store.errors import Invalid
from branch_desk.store.files import read_whole

if TYPE_CHECKING:
    from pathlib import Path

    from branch_desk.meetings.records import AgendaItem
    from branch_desk.store.store import Store

ID = click.argument("meeting_id", metavar="ID", type=int)
USUAL_HOUR = "19:30"


class Moment(click.ParamType[datetime]):
    """A day and an hour in London, or with an offset of its own."""

    name = "datetime"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it, or say what it looks like."""
        if isinstance(value, datetime):
            return value
        text = value.strip()
        if len(text) == len("2026-05-21"):
            tell(f"No hour was given; {USUAL_HOUR} is taken.")
            text = f"{text}T{USUAL_HOUR}"
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"“{clean(value)}” is not a time; write it as 2026-05-21T19:30.", param, ctx)
        return found if found.tzinfo else found.replace(tzinfo=LONDON)


@click.group(cls=console.Commands)
def group() -> None:
    """Call meetings, lay out their agendas, and keep who came."""


def item_as_json(store: Store, item: AgendaItem) -> dict[str, object]:
    """Return an item with its documents, as JSON has it."""
    fields = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return {**fields, "documents": records.documents(store, item.id)}


def read_bytes(path: Path) -> bytes:
    """Return what is in a file, or say why it cannot be read."""
    return read_whole(path)


def read_text(path: Path) -> str:
    """Return the text of a file."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{clean(str(path))} is not text in UTF-8.") from error
