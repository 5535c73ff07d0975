"""The letters' papers over the page: one letter, and who owes us an answer the longest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.correspondence import records
from branch_desk.correspondence.page.composer import signed_by
from branch_desk.correspondence.rules import Direction
from branch_desk.desk.preview import PaperCover
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from branch_desk.correspondence.records import Letter
    from branch_desk.desk.mail import Draft
    from branch_desk.desk.session import Session
    from branch_desk.store.store import Store


def report_cover(session: Session) -> PaperCover:
    """Return the report of the oldest unanswered letters; its draft goes to the regional office."""
    store = session.store

    def make(large: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
        from branch_desk.branch import records as branch
        from branch_desk.correspondence.papers import waiting_report
        from branch_desk.paper.render import render

        today = store.today()
        waiting = records.waiting(store, today)
        return render(waiting_report(branch.details(store), waiting, today), large_print=large)

    name = tr("Oldest unanswered letters")
    return PaperCover(session, name, make, lambda: report_draft(store))


def report_draft(store: Store) -> Draft:
    """Return the e-mail the report goes with: to the regional office, if one is known."""
    from branch_desk.desk.mail import Draft

    regional = [
        f"{office} <{address}>"
        for office, address in records.offices(store)
        if "region" in office.casefold() and address
    ]
    waiting = records.waiting(store, store.today())
    longest = max((each.days for each in waiting), default=0)
    text = tr(
        "Dear colleague,\n\nThe attached report lists the letters of this branch that have had no "
        "answer: {letters}, the oldest for {days}. Please help us to get them answered.",
        letters=plural(len(waiting), "{n} letter", "{n} letters"),
        days=plural(longest, "{n} day", "{n} days"),
    )
    ends = signed_by(store)
    return Draft(
        tuple(regional[:1]),
        tr("Letters waiting for an answer"),
        f"{text}\n\n{ends}".strip() + "\n",
    )


def letter_cover(session: Session, letter: Letter) -> PaperCover:
    """Return one letter as a paper."""
    store = session.store

    def make(large: bool) -> bytes:  # noqa: FBT001 -- as the preview calls it
        from branch_desk.branch import records as branch
        from branch_desk.correspondence import papers
        from branch_desk.paper.render import render

        made = papers.letter(branch.details(store), letter, signed_by=signed_by(store))
        return render(made, large_print=large)

    def mail() -> Draft:
        from branch_desk.desk.mail import Draft

        ours = letter.direction is Direction.OUT
        to = (letter.recipient,) if ours and "@" in letter.recipient else ()
        return Draft(to, letter.subject, letter.body if ours else "")

    return PaperCover(session, letter.subject, make, mail)
