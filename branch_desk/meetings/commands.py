"""The commands of meetings: call one, lay out its agenda, who came, and its papers."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from branch_desk import console
from branch_desk.branch import records as branch
from branch_desk.console import FORCE, JSON, ON, Paper, branch_file, clean, emit, say, tell
from branch_desk.meetings import exchange, records
from branch_desk.meetings.records import Channel, How, ItemKind, MeetingKind
from branch_desk.meetings.rules import LONDON, dates, notice_given
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from branch_desk.meetings.records import AgendaItem, Meeting
    from branch_desk.paper.blocks import Document
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


@group.command()
@branch_file
@click.option("--on", "starts_at", type=Moment(), required=True, help="When: 2026-05-21T19:30.")
@click.option(
    "--kind",
    type=click.Choice([each.value for each in MeetingKind]),
    default="ordinary",
    show_default=True,
)
@click.option("--title", default="", help="What it is called, if not by its kind.")
@click.option("--place", default="", help="The hall and its address.")
@click.option("--online", default="", help="The link or number to join by.")
@click.option("--notes", default="", help="What the secretary notes about it.")
@JSON
def add(
    store: Store,
    *,
    starts_at: datetime,
    kind: str,
    title: str,
    place: str,
    online: str,
    notes: str,
    as_json: bool,
) -> None:
    """Call a meeting."""
    made = records.add(
        store,
        kind=MeetingKind(kind),
        starts_at=starts_at,
        title=title,
        place=place,
        online_at=online,
        notes=notes,
    )
    meeting = records.get(store, made)
    emit(
        meeting,
        as_json,
        f"{meeting.title} on {meeting.starts_at:%a %-d %b %Y %H:%M} is meeting {made}.",
    )


@group.command(name="list")
@branch_file
@click.argument("search", default="")
@click.option("--kind", type=click.Choice([each.value for each in MeetingKind]))
@JSON
def list_(store: Store, search: str, kind: str | None, *, as_json: bool) -> None:
    """List meetings, latest first."""
    wanted = MeetingKind(kind) if kind else None
    found = records.many(store, records.ids(store, search=search, kind=wanted))
    emit(found if as_json else [_row(each) for each in found], as_json)


def _row(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "kind": meeting.kind.value,
        "when": f"{meeting.starts_at:%a %-d %b %Y %H:%M}",
        "where": meeting.place or meeting.online_at,
        "minutes": meeting.minutes_state.value,
    }


@group.command()
@branch_file
@ID
@JSON
def show(store: Store, meeting_id: int, *, as_json: bool) -> None:
    """Show a meeting: when and where, its agenda, notice, quorum and who came."""
    meeting = records.get(store, meeting_id)
    items = records.agenda(store, meeting_id)
    due = dates(meeting.kind, meeting.on, branch.settings(store))
    sent = records.notices(store, meeting_id)
    there = records.attendance(store, meeting_id)
    quorum = records.quorum(store, meeting_id)
    if as_json:
        whole = {name: getattr(meeting, name) for name in meeting.__dataclass_fields__}
        agenda = [_item(store, each) for each in items]
        emit(
            {**whole, "agenda": agenda, "dates": due, "notices": sent}
            | {"attendance": there, "quorum": quorum},
            as_json,
        )
        return
    emit(_row(meeting), as_json)
    days = [each.sent_on for each in sent]
    say()
    say(notice_given(days, meeting.on, due.notice_due, store.today()))
    say(quorum.message)
    say()
    say("Agenda")
    emit([_line(store, number, each) for number, each in enumerate(items, 1)], as_json)


def _item(store: Store, item: AgendaItem) -> dict[str, object]:
    fields = {name: getattr(item, name) for name in item.__dataclass_fields__}
    return {**fields, "documents": records.documents(store, item.id)}


def _line(store: Store, number: int, item: AgendaItem) -> dict[str, object]:
    placed = [store.title(Ref("motion", each)) for each in item.motions]
    placed += [store.title(Ref("letter", each)) for each in item.letters]
    placed += [store.title(Ref("thread", each)) for each in item.threads]
    placed += [each.title for each in records.documents(store, item.id)]
    return {
        "no": number,
        "item": item.id,
        "title": item.title,
        "minutes": item.minutes,
        "holds": "; ".join(placed),
    }


@group.command()
@branch_file
@click.argument("out", metavar="OUT.ics", type=click.Path(path_type=Path))
@FORCE
@JSON
def calendar(store: Store, out: Path, *, force: bool, as_json: bool) -> None:
    """Write the meetings as a calendar file that any calendar reads."""
    meetings = records.many(store, records.ids(store, order="starts"))
    data = exchange.calendar(
        [(each, _lasts(store, each)) for each in meetings],
        branch=branch.details(store).name,
        now=store.now(),
    )
    console.write_file(out, data, force)
    emit({"file": out, "meetings": len(meetings)}, as_json, f"Wrote {len(meetings)} to {out}.")


def _lasts(store: Store, meeting: Meeting) -> timedelta:
    minutes = [each.minutes for each in records.agenda(store, meeting.id)]
    known = [each for each in minutes if each is not None]
    return timedelta(minutes=sum(known)) if sum(known) else exchange.USUAL_LENGTH


@group.command(name="lay-out")
@branch_file
@ID
@ON
@JSON
def lay_out(store: Store, meeting_id: int, on: date, *, as_json: bool) -> None:
    """Give a meeting its standing items, and place the motions and letters that are due."""
    del on  # kept by the context, where the file's clock finds it
    done = records.lay_out(store, meeting_id)
    if as_json:
        emit(done, as_json)
        return
    say(
        f"{len(done.items)} items, {len(done.motions)} motions and {len(done.threads)} letters "
        "were put on the agenda."
    )
    for motion_id, reason in done.left_out:
        say(f"Left out: {store.title(Ref('motion', motion_id))}. {reason}")


@group.command()
@branch_file
@ID
@click.argument("title")
@click.option("--kind", type=click.Choice([each.value for each in ItemKind]), default="business")
@click.option("--minutes", type=click.IntRange(0, 1440), help="The time allowed for it.")
@click.option("--notes", default="", help="What stands under it, in Markdown.")
@click.option("--before", type=int, help="The item to put it before.")
@JSON
def item(
    store: Store,
    *,
    meeting_id: int,
    title: str,
    kind: str,
    minutes: int | None,
    notes: str,
    before: int | None,
    as_json: bool,
) -> None:
    """Put an item on the agenda, last or before another."""
    made = records.add_item(
        store,
        meeting_id,
        title,
        kind=ItemKind(kind),
        minutes=minutes,
        notes=notes,
        before=before,
    )
    emit(records.item(store, made), as_json, f"“{title}” is item {made}.")


@group.command()
@branch_file
@ID
@click.option("--motion", "motions", type=int, multiple=True, help="A motion's id.")
@click.option("--letter", "letters", type=int, multiple=True, help="A letter's id.")
@click.option("--thread", "threads", type=int, multiple=True, help="A thread of letters.")
@click.option("--item", "item_id", type=int, help="The item to put them under.")
@JSON
def place(
    store: Store,
    *,
    meeting_id: int,
    motions: tuple[int, ...],
    letters: tuple[int, ...],
    threads: tuple[int, ...],
    item_id: int | None,
    as_json: bool,
) -> None:
    """Put motions and letters under an agenda item; without --item, under the usual one."""
    if not motions and not letters and not threads:
        raise click.UsageError("Say what to place: --motion, --letter or --thread with an id.")
    with store.change("Place on the agenda"):
        for motion_id in motions:
            under = _under(store, meeting_id, item_id, ItemKind.MOTIONS, "Motions")
            records.place_motion(store, under, motion_id)
        for kind, ids in (("letter", letters), ("thread", threads)):
            for each in ids:
                under = _under(
                    store, meeting_id, item_id, ItemKind.CORRESPONDENCE, "Correspondence"
                )
                records.place_letter(store, under, Ref(kind, each))
    emit([_item(store, each) for each in records.agenda(store, meeting_id)], as_json, "Placed.")


def _under(store: Store, meeting_id: int, item_id: int | None, kind: ItemKind, title: str) -> int:
    if item_id is None:
        return records.item_for(store, meeting_id, kind, title)
    if records.item(store, item_id).meeting != meeting_id:
        raise Missing(f"Meeting {meeting_id} has no item {item_id} on its agenda.")
    return item_id


@group.command()
@branch_file
@ID
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What it is called in the pack, if not by its name.")
@click.option("--item", "item_id", type=int, help="The item it belongs to.")
@JSON
def attach(
    store: Store,
    *,
    meeting_id: int,
    pdf: Path,
    title: str,
    item_id: int | None,
    as_json: bool,
) -> None:
    """Append a PDF to an agenda item, to be bound into the pack."""
    data = _bytes(pdf)
    pages = exchange.pages(data, pdf.name)
    with store.change(f"Append “{title or pdf.stem}”"):
        under = _under(store, meeting_id, item_id, ItemKind.DOCUMENT, "Documents")
        made = records.append_document(
            store, under, title=title or pdf.stem, data=data, name=pdf.name, pages=pages
        )
    emit(
        {"id": made, "item": under, "title": title or pdf.stem, "pages": pages},
        as_json,
        f"Appended {pdf.name}, {pages} pages.",
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Missing(f"There is no file {clean(str(path))}.") from error
    except OSError as error:
        raise Invalid(f"{clean(str(path))} cannot be read: {error.strerror}.") from error


@group.command(name="sign-in")
@branch_file
@ID
@click.option("--member", type=int, help="The member's id.")
@click.option("--name", default="", help="A visitor's name.")
@click.option("--online", is_flag=True, help="They attend online.")
@JSON
def sign_in(
    store: Store, meeting_id: int, *, member: int | None, name: str, online: bool, as_json: bool
) -> None:
    """Record that somebody is at the meeting, and say whether it is quorate."""
    how = How.ONLINE if online else How.HALL
    records.sign_in(store, meeting_id, member=member, name=name, how=how)
    quorum = records.quorum(store, meeting_id)
    emit(quorum, as_json, quorum.message)


@group.command()
@branch_file
@ID
@click.option("--member", type=int, help="The member's id.")
@click.option("--name", default="", help="A visitor's name.")
@JSON
def apologies(
    store: Store, meeting_id: int, *, member: int | None, name: str, as_json: bool
) -> None:
    """Record apologies."""
    made = records.apologise(store, meeting_id, member=member, name=name)
    emit({"id": made}, as_json, "Recorded.")


@group.command()
@branch_file
@ID
@click.option(
    "--by", type=click.Choice([each.value for each in Channel]), default="email", show_default=True
)
@click.option("--recipients", type=click.IntRange(min=0), help="To how many.")
@click.option("--note", default="")
@ON
@JSON
def notice(
    store: Store,
    *,
    meeting_id: int,
    by: str,
    recipients: int | None,
    note: str,
    on: date,
    as_json: bool,
) -> None:
    """Record that notice of a meeting went out."""
    channel = Channel(by)
    made = records.record_notice(
        store, meeting_id, sent_on=on, channel=channel, recipients=recipients, note=note
    )
    meeting = records.get(store, meeting_id)
    due = dates(meeting.kind, meeting.on, branch.settings(store)).notice_due
    sent = [each.sent_on for each in records.notices(store, meeting_id)]
    emit({"id": made}, as_json, notice_given(sent, meeting.on, due, store.today()))


@group.command()
@branch_file
@ID
@click.argument("text", metavar="[MINUTES.md]", required=False, type=click.Path(path_type=Path))
@click.option("--agree", is_flag=True, help="The meeting of --on agreed them.")
@ON
@JSON
def minutes(
    store: Store, meeting_id: int, *, text: Path | None, agree: bool, on: date, as_json: bool
) -> None:
    """Keep the minutes of a meeting, or record that they were agreed."""
    if text is None and not agree:
        raise click.UsageError("Give the minutes as a file, or --agree.")
    with store.change("Keep minutes"):
        if text is not None:
            records.set_minutes(store, meeting_id, _words(text))
        if agree:
            records.agree_minutes(store, meeting_id, on)
    meeting = records.get(store, meeting_id)
    emit(meeting, as_json, f"The minutes of {meeting.title} are {meeting.minutes_state.value}.")


def _words(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{clean(str(path))} is not text in UTF-8.") from error


# Papers


def _of_agenda(name: str) -> Callable[[Store, int | None, date], Document]:
    def make(store: Store, meeting_id: int | None, on: date) -> Document:
        from branch_desk.meetings import papers

        found: Any = getattr(papers, name)
        document: Document = found(records.agenda_data(store, _known(meeting_id), on))
        return document

    return make


def _pack(store: Store, meeting_id: int | None, on: date) -> Document:
    from branch_desk.meetings.papers import agenda_pack

    return agenda_pack(records.pack_data(store, _known(meeting_id), on))


def _attendance(store: Store, meeting_id: int | None, on: date) -> Document:
    from branch_desk.meetings.papers import attendance_sheet

    agenda = records.agenda_data(store, _known(meeting_id), on)
    return attendance_sheet(agenda, records.signatories(store))


def _minutes(store: Store, meeting_id: int | None, on: date) -> Document:
    from branch_desk.meetings.papers import minutes_paper

    return minutes_paper(records.minutes_data(store, _known(meeting_id), on))


def _known(meeting_id: int | None) -> int:
    if meeting_id is None:
        raise Missing("Say which meeting: give its id.")
    return meeting_id


PAPERS = (
    Paper("pack", takes_id=True, make=_pack, title="The agenda pack"),
    Paper("notice", takes_id=True, make=_of_agenda("notice_paper"), title="Notice of a meeting"),
    Paper("agenda", takes_id=True, make=_of_agenda("agenda_paper"), title="The agenda alone"),
    Paper(
        "order-paper",
        takes_id=True,
        make=_of_agenda("order_paper"),
        title="The order paper for the chair",
    ),
    Paper("attendance", takes_id=True, make=_attendance, title="The sheet to sign at the door"),
    Paper("minutes", takes_id=True, make=_minutes, title="The minutes of a meeting"),
)
