"""When and where a meeting is, the days that lead up to it, and the notice that went out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branch_desk.branch import records as branch
from branch_desk.desk import ask, clipboard, files, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, DateField, Form, Line, Lines
from branch_desk.desk.tr import plural, tr
from branch_desk.meetings import exchange, records
from branch_desk.meetings.page.calling import KINDS, length, read_start
from branch_desk.meetings.page.papers import NOTICE, notice_letters, pdf, proof_of_notice
from branch_desk.meetings.records import Channel
from branch_desk.meetings.rules import MeetingKind, dates, notice_given
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Meeting, MeetingFields, Notice
    from branch_desk.members.page.sending import Sent


class WhenAndWhere(QWidget):
    """The details of a meeting, each stored when it is left, and its notice.

    `sending(panel)` asks the page to put the panel that sends over everything, `sent` to take it
    away again.
    """

    sending = Signal(QWidget)
    sent = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "meetings#the-notice")
        self._session, self._store = session, session.store
        self._id: int | None = None
        self.send = kit.action(tr("Send the notice…"), self.send_notice, keys="Ctrl+E")
        self.send.setData("mail-plus")
        self.by_hand = kit.action(tr("Record that notice went out…"), self.ask_notice)
        self.calendar = kit.action(tr("Save as a calendar file…"), self.save_calendar)
        self.calendar.setData("calendar-plus")
        self.copy = kit.action(tr("Copy when and where"), self.copy_details)
        today = session.store.today
        self.form = Form(
            (
                (
                    ("title", Line(tr("Title"), self._storing("title"))),
                    ("kind", Choice(tr("Kind"), KINDS, self._store_kind)),
                ),
                (
                    ("day", DateField(tr("On"), self._store_day, today=today)),
                    ("time", Line(tr("At"), self._store_time)),
                ),
                (("place", Line(tr("Place"), self._storing("place"))),),
                (("online_at", Line(tr("Online at"), self._storing("online_at"))),),
                (("notes", Lines(tr("Notes"), self._storing("notes"), height=3)),),
            )
        )
        self.days = kit.label("")
        self.stands = kit.label("")
        self.notices = kit.column(space=4)
        self.send_button = kit.press(self.send, role="primary")
        buttons = kit.row(
            self.send_button,
            kit.press(self.by_hand, role="quiet", text=tr("Record by hand…")),
            None,
        )
        out = kit.row(
            kit.press(self.calendar, text=tr("Calendar file…")),
            kit.press(self.copy, role="quiet", text=tr("Copy when and where")),
            None,
        )
        card = kit.card(
            kit.label(tr("Notice"), "heading"), self.stands, self.notices, buttons, self.days
        )
        layout = kit.column(card, self.form, out, None, space=16)
        layout.setContentsMargins(0, 12, 8, 0)
        self.setLayout(layout)

    @property
    def actions_of_notice(self) -> Sequence[QAction]:
        """What can be done here, for the page's menu."""
        return (self.send, self.by_hand, self.calendar, self.copy)

    def leave(self) -> None:
        """Store what is being typed."""
        self.form.leave()

    def show_meeting(self, meeting: Meeting | None) -> None:
        """Show a meeting; what is typed into the same one is left alone."""
        for act in self.actions_of_notice:
            act.setEnabled(meeting is not None)
        if meeting is None:
            self._id = None
            return
        texts = {
            "title": meeting.title,
            "kind": meeting.kind.value,
            "day": words.day(meeting.on),
            "time": f"{meeting.starts_at:%H:%M}",
            "place": meeting.place,
            "online_at": meeting.online_at,
            "notes": meeting.notes,
        }
        if meeting.id == self._id:
            self.form.show_texts(texts)
        else:
            self._id = meeting.id
            self.form.start(texts)
        self._show_notice(meeting)

    def _show_notice(self, meeting: Meeting) -> None:
        orders = {each.key: each for each in branch.standing_orders(self._store)}
        due = dates(meeting.kind, meeting.on, {key: each.value for key, each in orders.items()})
        sent = records.notices(self._store, meeting.id)
        days = [each.sent_on for each in sent]
        today = self._store.today()
        self._offer_to_send(again=bool(sent))
        self.stands.setText(notice_given(days, meeting.on, due.notice_due, today))
        kit.clear(self.notices)
        for each in sent:
            self.notices.addWidget(self._line(each))
        if due.motions_close is None:
            self.days.setText(tr("The branch has not set by when motions must be in."))
        else:
            away = words.from_today(due.motions_close, today)
            clause = orders["motion.deadline_days"].clause
            by = tr(" (clause {clause})", clause=clause) if clause else ""
            self.days.setText(
                tr(
                    "Motions must be in by {day}, {away}{clause}.",
                    day=words.day(due.motions_close),
                    away=away,
                    clause=by,
                )
            )

    def _offer_to_send(self, *, again: bool) -> None:
        """Let sending be what comes first until notice has gone out; after that it is an extra."""
        role = "quiet" if again else "primary"
        button = self.send_button
        button.setText(tr("Send again…") if again else tr("Send the notice…"))
        button.setAccessibleName(button.text())
        if button.property("role") != role:
            button.setProperty("role", role)
            kit.show_picture(button, "mail-plus", kit.TINTS[role])
            button.style().unpolish(button)
            button.style().polish(button)

    def _line(self, notice: Notice) -> QWidget:
        number = notice.recipients
        to = "" if number is None else plural(number, " to {n} person", " to {n} people")
        note = f" · {notice.note}" if notice.note else ""
        text = f"{words.day(notice.sent_on)}, {notice.channel.words}{to}{note}"
        line = kit.row(kit.label(text, "muted"), space=8)
        if notice.attachment is not None:
            proof = kit.button(tr("Proof…"), "file-text", role="quiet")
            name = tr("Save the proof of {day}", day=words.day(notice.sent_on))
            proof.setAccessibleName(name)
            proof.setToolTip(name)
            proof.clicked.connect(lambda *_: self.save_proof(notice))
            line.addWidget(proof)
        return kit.box(line)

    # Fields

    def _change(self, fields: MeetingFields) -> None:
        meeting_id = self._id
        if meeting_id is not None:
            self._session.write(lambda: records.change_details(self._store, meeting_id, **fields))

    def _storing(self, key: str) -> Callable[[str], None]:
        def store(text: str) -> None:
            fields: MeetingFields = {}
            fields[key] = text.strip()  # type: ignore[literal-required]
            self._change(fields)

        return store

    def _store_kind(self, text: str) -> None:
        self._change({"kind": MeetingKind(text)})

    def _store_day(self, text: str) -> None:
        self._store_start(text, "")

    def _store_time(self, text: str) -> None:
        self._store_start("", text)

    def _store_start(self, day: str, time: str) -> None:
        if self._id is not None:
            meeting = records.get(self._store, self._id)
            self._change({"starts_at": read_start(day, time, meeting, self._store.today())})

    # The notice

    def send_notice(self) -> None:
        """Show whom the notice goes to by which way, ready to be sent."""
        if self._id is None:
            return
        from branch_desk.members.page.sending import SendPanel

        self.leave()
        store, meeting = self._store, records.get(self._store, self._id)
        people = records.invited(store, meeting.id)
        if not people:
            self._session.fail(Invalid(tr("There is nobody on the list to send a notice to.")))
            return
        title = tr("Notice of {meeting}, {day}", meeting=meeting.title, day=words.day(meeting.on))

        def attachment() -> tuple[str, bytes]:
            data = pdf(store, meeting.id, NOTICE, large_print=False)
            return files.file_name(title), data

        panel = SendPanel(
            self._session,
            title,
            people,
            title,
            self._words(meeting),
            lambda ids: notice_letters(store, meeting.id, ids),
            attachment,
            partial(self._was_sent, meeting.id),
        )
        panel.setProperty("manual", "job-notice")
        self.sending.emit(panel)

    def _words(self, meeting: Meeting) -> str:
        details = branch.details(self._store)
        where = [meeting.place, meeting.online_at]
        lines = [
            tr("Dear member,"),
            "",
            tr(
                "{meeting} of {branch} is on {when}.",
                meeting=meeting.title,
                branch=details.name or tr("the branch"),
                when=words.moment(meeting.starts_at),
            ),
            *(each for each in where if each),
            "",
            tr("The notice with the agenda is attached. If you cannot come, please reply."),
        ]
        return "\n".join(lines)

    def _was_sent(self, meeting_id: int, sent: Sent) -> None:
        """Lay out the proof, then record the notice with it."""
        store = self._store
        email, post = Channel.EMAIL.words, Channel.POST.words
        reached = [(each, email) for each in sent.by_email]
        reached += [(each, post) for each in sent.by_post]
        reached += [(each, tr("not reached")) for each in sent.unreached]

        def record(proof: bytes) -> None:
            self._session.deed(
                lambda: records.record_sent(
                    store,
                    meeting_id,
                    by_email=len(sent.by_email),
                    by_post=len(sent.by_post),
                    unreached=len(sent.unreached),
                    proof=proof,
                ),
                lambda _: self._recorded(len(sent.by_email) + len(sent.by_post)),
            )

        self._session.workers.long(
            tr("Keeping the proof of the notice"),
            lambda _: proof_of_notice(store, meeting_id, reached),
            record,
            failed=self._session.fail,
            owner=self,
            cancels=False,
        )

    def _recorded(self, number: int) -> None:
        self.sent.emit()
        self._session.undoable.emit(
            plural(
                number,
                "Notice to {n} person is recorded, with its proof.",
                "Notice to {n} people is recorded, with its proof.",
            )
        )

    def save_proof(self, notice: Notice) -> None:
        """Ask where to save the proof of a notice."""
        attachment = notice.attachment
        if attachment is not None:
            name = tr("Proof of notice {day}", day=words.short_day(notice.sent_on))
            self._save(name, tr("PDF (*.pdf)"), lambda: self._store.attachment(attachment), ".pdf")

    def ask_notice(self) -> None:
        """Ask how notice of the meeting went out, where the desk did not send it."""
        store, meeting_id = self._store, self._id
        if meeting_id is None:
            return
        day = DateField(tr("On"), today=store.today)
        day.show_date(store.today())
        channel = Choice(tr("How"), [(each.value, each.words) for each in Channel])
        number = Line(tr("To how many"), hint=tr("Empty where nobody counted."))

        def record() -> int:
            return records.record_notice(
                store,
                meeting_id,
                sent_on=day.date() or store.today(),
                channel=Channel(channel.text()),
                recipients=_whole(number.text()),
            )

        Ask(
            self,
            tr("Record that notice went out"),
            (day, channel, number),
            tr("Record"),
            record,
            session=self._session,
        ).begin()

    # Out of the desk

    def save_calendar(self) -> None:
        """Ask where to save the meeting as a file that any calendar reads."""
        if self._id is not None:
            meeting = records.get(self._store, self._id)
            name = f"{meeting.title} {words.short_day(meeting.on)}"
            kinds = tr("Calendar file (*.ics)")
            self._save(name, kinds, partial(self._calendar, meeting), ".ics")

    def _calendar(self, meeting: Meeting) -> bytes:
        lasts: timedelta = length(self._store, meeting, exchange.USUAL_LENGTH)
        name = branch.details(self._store).name
        return exchange.calendar([(meeting, lasts)], branch=name, now=self._store.now())

    def _save(self, name: str, kinds: str, make: Callable[[], bytes], ending: str) -> None:
        start = Path(self._session.remembered.text("folder") or str(Path.home()))
        offered = files.file_name(name).removesuffix(".pdf") + ending

        def save(path: Path) -> None:
            target = path if path.suffix.lower() == ending else path.with_name(path.name + ending)
            self._session.remembered.keep("folder", str(target.parent))
            self._session.deed(
                lambda: files.write(target, make()),
                lambda _: self._session.said.emit(
                    tr("Saved {name} in {folder}.", name=target.name, folder=target.parent)
                ),
            )

        ask.file_to_save(self, tr("Save"), str(start / offered), kinds, save)

    def copy_details(self) -> None:
        """Put title, day and place on the clipboard, as a person would write them."""
        if self._id is not None:
            meeting = records.get(self._store, self._id)
            parts = [meeting.title, words.moment(meeting.starts_at)]
            parts += [each for each in (meeting.place, meeting.online_at) if each]
            clipboard.put("\n".join(parts))
            self._session.said.emit(tr("When and where are on the clipboard."))


def _whole(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise Invalid(f"“{text.strip()}” is not a number of people.")
    return int(text)
