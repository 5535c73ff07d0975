"""One member in full: details that store themselves, what happened, how they may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk import words as desk_words
from branch_desk.desk.forms import Choice, Field, Form, Line, Lines, Tick
from branch_desk.members import records
from branch_desk.members.page import words
from branch_desk.members.records import Channel, Payment

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.members.records import Member, MemberEvent

CHANNELS = {
    Channel.EMAIL: "by e-mail",
    Channel.PHONE: "by telephone",
    Channel.TEXT: "by text message",
    Channel.POST: "by post",
}


class MemberDetail(QWidget):
    """Shows one member; every field stores itself when it is left."""

    def __init__(self, session: Session, event: QAction) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.name = kit.label("", "title")
        self.standing = kit.label("", "muted")
        head = kit.row(space=12)
        head.addLayout(kit.column(self.name, self.standing, space=2), 1)
        head.addWidget(kit.press(event, text="Record what happened…"))
        self.contact = Form(
            (
                (self._line("title"), self._line("forename")),
                (self._line("surname"), self._line("known_as")),
                (self._line("email"), self._line("mobile")),
                (self._line("phone"), self._line("postcode")),
                (self._lines("address", 3),),
            )
        )
        self.membership = Form(
            (
                (self._line("number"), self._line("type")),
                (self._day("joined_on"), self._day("born_on")),
                (self._payment(), self._line("pays_by")),
                (self._arrears(), self._day("arrears_since")),
                (self._line("ward"), self._line("polling_district")),
            )
        )
        self.more = Form(
            (
                (self._line("pronouns"), self._line("access_needs")),
                (self._line("skills"), self._line("offers")),
                (self._lines("notes", 3),),
            )
        )
        self.forms = (self.contact, self.membership, self.more)
        self.consents = {channel: self._consent(channel) for channel in Channel}
        self.history = QVBoxLayout()
        self.history.setSpacing(8)
        agreed = kit.row(*self.consents.values(), None, space=12)
        layout = kit.column(
            head,
            kit.card(kit.label("What happened", "heading"), self.history),
            kit.card(kit.label("Contact", "heading"), self.contact, space=12),
            kit.card(kit.label("Agreed to be reached", "heading"), agreed, space=12),
            kit.card(kit.label("Membership", "heading"), self.membership, space=12),
            kit.card(kit.label("More", "heading"), self.more, space=12),
            None,
            space=12,
        )
        layout.setContentsMargins(0, 0, 8, 0)
        self.setLayout(layout)

    # Fields

    def _change(self, key: str, value: Callable[[str], object]) -> Callable[[str], None]:
        def store(text: str) -> None:
            member_id, read = self._id, value(text)
            if member_id is not None:
                self._session.write(
                    lambda: records.change_details(self._store, member_id, **{key: read})
                )

        return store

    def _line(self, key: str) -> tuple[str, Field]:
        return key, Line(words.FIELDS[key], self._change(key, str))

    def _lines(self, key: str, height: int) -> tuple[str, Field]:
        return key, Lines(words.FIELDS[key], self._change(key, str), height=height)

    def _day(self, key: str) -> tuple[str, Field]:
        read = self._change(key, lambda text: desk_words.read_date(text, self._store.today()))
        return key, Line(words.FIELDS[key], read)

    def _payment(self) -> tuple[str, Field]:
        choices = [(each.value, each.value.capitalize()) for each in Payment]
        return "payment", Choice("Payment", choices, self._change("payment", str))

    def _arrears(self) -> tuple[str, Field]:
        return "arrears_pence", Line(
            "Arrears", self._change("arrears_pence", desk_words.read_pence)
        )

    def _consent(self, channel: Channel) -> Tick:
        def store(text: str) -> None:
            member_id = self._id
            if member_id is not None:
                self._session.write(
                    lambda: records.set_consent(
                        self._store, member_id, channel, given=bool(text), wording="Told the branch"
                    )
                )

        return Tick(CHANNELS[channel].capitalize(), store)

    # Showing

    def show_member(self, member_id: int | None) -> None:
        """Show a member; what was typed into the one before is stored first."""
        if member_id != self._id:
            for form in self.forms:
                form.leave()
        if member_id is None:
            self._id = None
            self.hide()
            return
        found = records.many(self._store, [member_id])
        if not found:
            return
        self.show()
        self._fill(found[0], fresh=member_id != self._id)

    def _fill(self, member: Member, *, fresh: bool) -> None:
        self._id = member.id
        self.name.setText(member.name)
        parts = [words.standing(member)]
        if member.number:
            parts.append(f"number {member.number}")
        if member.under_18(self._store.today()):
            parts.append("under 18")
        self.standing.setText(" · ".join(parts))
        texts = _texts(member)
        for form in self.forms:
            if fresh:
                form.start(texts)
            else:
                form.show_texts(texts)
        given: dict[Channel, bool] = {}
        for consent in records.consents(self._store, member.id):
            given.setdefault(consent.channel, consent.given)
        for channel, field in self.consents.items():
            field.start("yes" if given.get(channel) else "")
        self._show_history(records.events(self._store, member.id))

    def _show_history(self, events: list[MemberEvent]) -> None:
        kit.clear(self.history)
        corrected = {event.corrects for event in events}
        for event in reversed(events):
            if event.id not in corrected:
                self.history.addWidget(_event(event))


def _texts(member: Member) -> dict[str, str]:
    texts = {}
    for key in records.DETAILS:
        if key == "extra":
            continue
        value = getattr(member, key)
        if key == "arrears_pence":
            texts[key] = desk_words.pounds(member.arrears_pence)
        elif key == "payment":
            texts[key] = member.payment.value
        elif key in {"born_on", "joined_on", "arrears_since"}:
            texts[key] = desk_words.short_day(value)
        else:
            texts[key] = value
    return texts


def _event(event: MemberEvent) -> QFrame:
    days = []
    if event.said_on:
        days.append(f"said {desk_words.short_day(event.said_on)}")
    if event.effective_on and event.effective_on != event.hq_recorded_on:
        days.append(desk_words.short_day(event.effective_on))
    if event.hq_recorded_on:
        days.append(f"recorded by HQ {desk_words.short_day(event.hq_recorded_on)}")
    line = kit.row(kit.label(words.event(event.kind)), space=12)
    when = kit.label(", ".join(days), "muted", wrap=False)
    line.addWidget(when)
    column = kit.column(line, space=2)
    if event.note:
        column.addWidget(kit.label(event.note, "muted"))
    return kit.box(column)
