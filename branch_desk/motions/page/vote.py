"""Asks for a vote: the counts with the sum worked out while they are typed, or a show of hands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, DateField, Line
from branch_desk.desk.tr import tr
from branch_desk.motions import records
from branch_desk.motions.rules import BASES, Ballot, outcome
from branch_desk.store.errors import DeskError, Invalid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.forms import Field
    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion


class Vote:
    """The fields of a vote on one motion, and what they come to."""

    def __init__(self, session: Session, motion: Motion) -> None:
        self._session, self._store, self.motion = session, session.store, motion
        self.counts = {
            "votes_for": Line(tr("For")),
            "votes_against": Line(tr("Against")),
            "abstentions": Line(tr("Abstentions")),
            "present": Line(
                tr("Present"), hint=tr("Needed where the threshold is a share of those present.")
            ),
        }
        self.casting = Choice(
            tr("The chair's casting vote"),
            (("", tr("none")), ("for", tr("for")), ("against", tr("against"))),
        )
        self.hands = Choice(
            tr("If nobody counted"),
            (
                ("", tr("it was counted")),
                ("carried", tr("carried on a show of hands")),
                ("lost", tr("lost on a show of hands")),
            ),
        )
        self.day = DateField(tr("On"), today=self._store.today)
        self.day.start(words.day(self._store.today()))

    def ask(self, parent: QWidget) -> None:
        """Open the question over the page."""
        fields = (*self.counts.values(), self.casting, self.hands, self.day)
        asked = Ask(
            parent,
            tr("The vote on {number}", number=self.motion.number),
            fields,
            tr("Record"),
            self.record,
            text=self._rule(),
            session=self._session,
        )
        for field in (*self.counts.values(), self.casting, self.hands):
            field.typed.connect(partial(self._show_sum, asked))
        asked.begin()

    def _rule(self) -> str:
        try:
            share, base = records.terms(self._store, self.motion)
        except DeskError as error:
            return str(error)
        from branch_desk.branch.rules import threshold

        carries = threshold(share).words
        return tr("Carries with {share} of {base}.", share=carries, base=BASES[base])

    def _show_sum(self, asked: Ask, *_: object) -> None:
        if self.hands.text() or not self.counts["votes_for"].text().strip():
            asked.notice.hide()
            return
        try:
            found = {key: whole(field) for key, field in self.counts.items()}
            ballot = Ballot(
                found["votes_for"] or 0,
                found["votes_against"] or 0,
                found["abstentions"] or 0,
                found["present"],
                self.casting.text(),
            )
            said = outcome(ballot, *records.terms(self._store, self.motion)).arithmetic
        except DeskError as error:
            asked.notice.show_text(str(error), "flag")
        else:
            asked.notice.show_text(said, "said")

    def record(self) -> None:
        """Store the vote; raises `Invalid` for what cannot be one."""
        on = self.day.date() or self._store.today()
        motion_id = self.motion.id
        if self.hands.text():
            carried = self.hands.text() == "carried"
            records.decide_without_count(self._store, motion_id, on=on, carried=carried)
            return
        found = {key: whole(field) for key, field in self.counts.items()}
        if found["votes_for"] is None and found["votes_against"] is None:
            raise Invalid(tr("Give the votes for and against, or say that nobody counted."))
        records.decide(
            self._store,
            motion_id,
            on=on,
            votes_for=found["votes_for"] or 0,
            votes_against=found["votes_against"] or 0,
            abstentions=found["abstentions"] or 0,
            present=found["present"],
            casting=self.casting.text(),
        )


def whole(field: Field) -> int | None:
    """Return the number of votes in a field, None where it is empty; raises `Invalid`."""
    text = field.text().strip()
    if not text:
        return None
    if not text.isdecimal():
        raise Invalid(tr("“{text}” is not a number of votes.", text=text))
    return int(text)
