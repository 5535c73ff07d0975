"""One member in full: details that store themselves, what happened, how they may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk import words as desk_words
from branch_desk.desk.forms import (
    Choice,
    DateField,
    EmailField,
    Field,
    Form,
    Line,
    Lines,
    MoneyField,
    PhoneField,
    PostcodeField,
)
from branch_desk.desk.tr import tr
from branch_desk.members import records
from branch_desk.members.page import words
from branch_desk.members.page.timeline import Timeline, linked_to, moments
from branch_desk.members.records import Channel, Payment
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.members.records import Member

DAYS = frozenset({"born_on", "joined_on", "arrears_since"})


class MemberDetail(QWidget):
    """Shows one member; every field stores itself when it is left.

    `correct(event)` asks for something recorded to be put right.
    """

    correct = Signal(object)

    def __init__(self, session: Session, happened: QAction, write: QAction) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.name = kit.label("", "title")
        self.standing = kit.label("", "muted")
        head = kit.row(space=8)
        head.addLayout(kit.column(self.name, self.standing, space=2), 1)
        head.addWidget(kit.press(write))
        head.addWidget(kit.press(happened))
        self.forms: tuple[Form, ...] = ()
        self._cards = kit.column(space=12)
        layout = kit.column(head, self._cards, None, space=12)
        layout.setContentsMargins(0, 0, 8, 0)
        self.setLayout(layout)

    def _build(self) -> None:
        """Make the fields, once somebody is to be shown: the page itself is there sooner."""
        session = self._session
        self.forms = (self._contact(), self._membership(), self._more())
        self.contact, self.membership, self.more = self.forms
        self.consents = {channel: self._consent(channel) for channel in Channel}
        self.agreed = Form(
            (
                tuple((each.value, self.consents[each]) for each in (Channel.EMAIL, Channel.POST)),
                tuple((each.value, self.consents[each]) for each in (Channel.PHONE, Channel.TEXT)),
            )
        )
        self.timeline = Timeline(session)
        self.timeline.correct.connect(self.correct)
        self.links = QVBoxLayout()
        self.links.setSpacing(2)
        self.linked = kit.card(kit.label(tr("Elsewhere on the desk"), "heading"), self.links)
        self.extra = kit.label("", "muted")
        self.beside = kit.card(kit.label(tr("Also on HQ's list"), "heading"), self.extra)
        for card in (
            kit.card(kit.label(tr("What happened"), "heading"), self.timeline, space=12),
            kit.card(kit.label(tr("Contact"), "heading"), self.contact, space=12),
            kit.card(kit.label(tr("Agreed to be reached"), "heading"), self.agreed, space=12),
            kit.card(kit.label(tr("Membership"), "heading"), self.membership, space=12),
            kit.card(kit.label(tr("More"), "heading"), self.more, space=12),
            self.linked,
            self.beside,
        ):
            self._cards.addWidget(card)

    # Fields

    def _contact(self) -> Form:
        return Form(
            (
                (self._line("title"), self._line("forename")),
                (self._line("surname"), self._line("known_as")),
                (self._of(EmailField, "email"), self._of(PhoneField, "mobile")),
                (self._of(PhoneField, "phone"), self._of(PostcodeField, "postcode")),
                (self._lines("address"),),
            )
        )

    def _membership(self) -> Form:
        choices = [(each.value, words.payment(each)) for each in Payment]
        payment = Choice(words.field("payment"), choices, self._change("payment", str))
        arrears = MoneyField(
            words.field("arrears_pence"), self._change("arrears_pence", desk_words.read_pence)
        )
        return Form(
            (
                (self._line("number"), self._line("type")),
                (self._day("joined_on"), self._day("born_on")),
                (("payment", payment), self._line("pays_by")),
                (("arrears_pence", arrears), self._day("arrears_since")),
                (self._line("ward"), self._line("polling_district")),
            )
        )

    def _more(self) -> Form:
        return Form(
            (
                (self._line("pronouns"), self._line("access_needs")),
                (self._line("skills"), self._line("offers")),
                (self._lines("notes"),),
            )
        )

    def _change(self, key: str, value: Callable[[str], object]) -> Callable[[str], None]:
        def store(text: str) -> None:
            member_id, read = self._id, value(text)
            if member_id is not None:
                self._session.write(
                    lambda: records.change_details(self._store, member_id, **{key: read})
                )

        return store

    def _line(self, key: str) -> tuple[str, Field]:
        return key, Line(words.field(key), self._change(key, str))

    def _of(
        self, kind: type[EmailField | PhoneField | PostcodeField], key: str
    ) -> tuple[str, Field]:
        return key, kind(words.field(key), self._change(key, str))

    def _lines(self, key: str) -> tuple[str, Field]:
        return key, Lines(words.field(key), self._change(key, str), height=3)

    def _day(self, key: str) -> tuple[str, Field]:
        read = self._change(key, lambda text: desk_words.read_date(text, self._store.today()))
        return key, DateField(words.field(key), read, today=self._store.today)

    def _consent(self, channel: Channel) -> Choice:
        def store(text: str) -> None:
            member_id = self._id
            if not text:
                raise Invalid(
                    tr("What was decided stays on record. Choose what they say now instead.")
                )
            if member_id is not None:
                self._session.write(
                    lambda: records.set_consent(
                        self._store,
                        member_id,
                        channel,
                        given=text == "yes",
                        wording=tr("Told the branch"),
                    )
                )

        choices = [("", tr("Never asked")), ("yes", tr("Agreed")), ("no", tr("Refused"))]
        return Choice(words.field(f"consent_{channel.value}"), choices, store)

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
        if not self.forms:
            self._build()
        self._fill(found[0], fresh=member_id != self._id)

    def _fill(self, member: Member, *, fresh: bool) -> None:
        self._id = member.id
        self.name.setText(member.name)
        parts = [words.standing(member)]
        if member.number:
            parts.append(tr("number {number}", number=member.number))
        if member.under_18(self._store.today()):
            parts.append(tr("under 18"))
        self.standing.setText(" · ".join(parts))
        texts = _texts(member)
        for form in self.forms:
            if fresh:
                form.start(texts)
            else:
                form.show_texts(texts)
        self._show_consents(member.id)
        self.timeline.show_moments(moments(self._store, member.id))
        self._show_links(member.id)
        self.extra.setText("\n".join(f"{title}: {text}" for title, text in member.extra.items()))
        self.beside.setVisible(bool(member.extra))

    def _show_consents(self, member_id: int) -> None:
        latest: dict[Channel, records.Consent] = {}
        for consent in records.consents(self._store, member_id):
            latest.setdefault(consent.channel, consent)
        for channel, field in self.consents.items():
            now = latest.get(channel)
            field.start("" if now is None else "yes" if now.given else "no")
            field.set_hint("" if now is None else _since(now))

    def _show_links(self, member_id: int) -> None:
        kit.clear(self.links)
        found = linked_to(self._store, member_id)
        for each in found:
            self.links.addLayout(self.timeline.leading(each))
        self.linked.setVisible(bool(found))


def _since(consent: records.Consent) -> str:
    day = desk_words.short_day(consent.decided_on)
    if not consent.wording:
        return tr("Since {day}", day=day)
    return tr("Since {day}: {wording}", day=day, wording=consent.wording)


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
        elif key in DAYS:
            texts[key] = desk_words.day(value)
        else:
            texts[key] = value
    return texts
