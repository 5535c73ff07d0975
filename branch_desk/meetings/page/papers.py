"""Which papers a meeting has on the screen, and how each is made; runs off the main thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from branch_desk.desk.tr import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.paper.blocks import Document
    from branch_desk.store.store import Store

PACK, NOTICE, MINUTES = "pack", "notice", "minutes"
PAPERS = (
    (PACK, mark("Agenda pack")),
    (NOTICE, mark("Notice of meeting")),
    ("agenda", mark("Agenda")),
    ("order-paper", mark("Order paper for the chair")),
    ("attendance", mark("Attendance sheet")),
    (MINUTES, mark("Minutes")),
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


def pdf(
    store: Store, meeting_id: int, paper: str, *, large_print: bool, duplex: bool = False
) -> bytes:
    """Lay a paper of a meeting out; `duplex` begins each motion on a right-hand page."""
    from branch_desk.paper.render import render

    made = replace(document(store, meeting_id, paper), duplex=duplex)
    return render(made, large_print=large_print)


def notice_letters(store: Store, meeting_id: int, people: Sequence[int]) -> bytes:
    """Lay out the notice as a letter to each of these members, one after another."""
    from branch_desk.meetings import papers, records
    from branch_desk.members import records as members
    from branch_desk.members.papers import address_lines
    from branch_desk.paper.render import render

    agenda = records.agenda_data(store, meeting_id, store.today())
    lines = [address_lines(each) for each in members.many(store, people)]
    return render(papers.notice_letters(agenda, lines))


def proof_of_notice(store: Store, meeting_id: int, reached: Sequence[tuple[int, str]]) -> bytes:
    """Lay out the notice with whom it went to: (member, "by e-mail" or why it reached nobody)."""
    from branch_desk.meetings import papers, records
    from branch_desk.members import records as members
    from branch_desk.members.papers import address_lines
    from branch_desk.paper.render import render

    agenda = records.agenda_data(store, meeting_id, store.today())
    ways = dict(reached)
    lines = []
    for each in members.many(store, list(ways)):
        at = each.email if ways[each.id] == records.Channel.EMAIL.words else ""
        if ways[each.id] == records.Channel.POST.words:
            at = ", ".join(address_lines(each)[1:])
        lines.append((each.name, ways[each.id], at))
    return render(papers.proof_of_notice(agenda, lines))
