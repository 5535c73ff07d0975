"""What stands on an agenda line by line: the items, and under each what is taken there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.desk.tr import plural, tr
from branch_desk.desk.words import short_day
from branch_desk.meetings import records
from branch_desk.meetings.rules import EntryKind, timetable
from branch_desk.motions import records as motions
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from branch_desk.meetings.records import AgendaItem, MinuteEntry
    from branch_desk.motions.records import Motion
    from branch_desk.store.store import Store

ITEM = "item"
PICTURES = {
    "motion": "scroll-text",
    "thread": "mail",
    "letter": "mail",
    "document": "paperclip",
    "entry": "check",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: an item by its number, or what stands under it; `of` is the thing itself.

    `raw` is an item's title without its number, `allowed` its minutes as they are typed.
    """

    item: int
    of: Ref
    text: str
    raw: str = ""
    begins: str = ""
    allowed: str = ""

    @property
    def is_item(self) -> bool:
        """Whether it is an item of business itself."""
        return self.of.kind == ITEM


def rows_of(store: Store, meeting_id: int) -> list[Row]:
    """Return the lines of an agenda in order."""
    items = records.agenda(store, meeting_id)
    starts_at = records.get(store, meeting_id).starts_at
    begins = timetable(starts_at, [each.minutes for each in items])
    written: dict[int, list[MinuteEntry]] = {}
    for entry in records.minuted(store, meeting_id):
        written.setdefault(entry.item or 0, []).append(entry)
    found: list[Row] = []
    for number, (item, at) in enumerate(zip(items, begins, strict=True), 1):
        found.append(
            Row(
                item.id,
                Ref(ITEM, item.id),
                f"{number}.  {item.title}",
                item.title,
                f"{at:%H:%M}" if at else "",
                "" if item.minutes is None else str(item.minutes),
            )
        )
        found += _under(store, item)
        found += [
            Row(item.id, Ref("entry", each.id), entry_text(each))
            for each in written.get(item.id, ())
        ]
    return found


def _under(store: Store, item: AgendaItem) -> Iterator[Row]:
    for motion in motions.many(store, item.motions):
        yield Row(item.id, Ref("motion", motion.id), motion_text(motion))
    placed = [Ref("thread", each) for each in item.threads]
    for ref in (*placed, *(Ref("letter", each) for each in item.letters)):
        yield Row(item.id, ref, tr("Letter: {title}", title=store.title(ref)))
    for paper in records.documents(store, item.id):
        pages = plural(paper.pages, "{n} page", "{n} pages")
        text = tr("PDF: {title} ({pages})", title=paper.title, pages=pages)
        yield Row(item.id, Ref("document", paper.id), text)


def motion_text(motion: Motion) -> str:
    """Say which motion it is and, once it is decided, what became of it."""
    said = tr("Motion {number}: {title}", number=motion.number, title=motion.title)
    if motion.result is None:
        return said
    if motion.result.ballot is None:
        return f"{said} · {motion.state.words}"
    ballot = motion.result.ballot
    return f"{said} · {motion.state.words} {ballot.votes_for}-{ballot.votes_against}"


def entry_text(entry: MinuteEntry) -> str:
    """Say a decision, or an action with who does it by when."""
    if entry.kind is EntryKind.DECISION:
        return tr("Decided: {text}", text=entry.text)
    who = f"{entry.owner}: " if entry.owner else ""
    by = tr(", by {day}", day=short_day(entry.due_on)) if entry.due_on else ""
    done = tr(", done {day}", day=short_day(entry.done_on)) if entry.done_on else ""
    return tr("Action: {text}", text=f"{who}{entry.text}{by}{done}")
