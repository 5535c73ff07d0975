"""The papers of a meeting, by the names of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from branch_desk.console import Paper
from branch_desk.meetings import records
from branch_desk.store.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from branch_desk.paper.blocks import Document
    from branch_desk.store.store import Store


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
