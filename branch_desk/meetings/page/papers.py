"""Which papers a meeting has on the screen, and how each is made; runs off the main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from branch_desk.paper.blocks import Document
    from branch_desk.store.store import Store

PAPERS = (
    ("pack", "Agenda pack"),
    ("notice", "Notice of meeting"),
    ("agenda", "Agenda"),
    ("order-paper", "Order paper for the chair"),
    ("attendance", "Attendance sheet"),
    ("minutes", "Minutes"),
)


def document(store: Store, meeting_id: int, paper: str) -> Document:
    """Build a paper of a meeting as it stands now."""
    from branch_desk.meetings import papers, records

    today = store.today()
    match paper:
        case "pack":
            return papers.agenda_pack(records.pack_data(store, meeting_id))
        case "minutes":
            return papers.minutes_paper(records.minutes_data(store, meeting_id, today))
    agenda = records.agenda_data(store, meeting_id, today)
    match paper:
        case "notice":
            return papers.notice_paper(agenda)
        case "order-paper":
            return papers.order_paper(agenda)
        case "attendance":
            return papers.attendance_sheet(agenda, records.signatories(store))
        case _:
            return papers.agenda_paper(agenda)


def pdf(store: Store, meeting_id: int, paper: str, *, large_print: bool) -> bytes:
    """Lay a paper of a meeting out."""
    from branch_desk.paper.render import render

    return render(document(store, meeting_id, paper), large_print=large_print)
