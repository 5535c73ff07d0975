"""The members' page: list, filter, add, record what happened, bring HQ's list in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog

from branch_desk.desk import files, kit
from branch_desk.desk import words as desk_words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Line, Lines
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.members import records
from branch_desk.members.page import words
from branch_desk.members.page.detail import MemberDetail
from branch_desk.members.page.review import ReviewPanel
from branch_desk.members.rules import CURRENT, LEFT, EventKind, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Progress
    from branch_desk.members.exchange import Review
    from branch_desk.members.records import Member

FIRST = 128
LISTS = "Lists (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)"
FILTERS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("all", "Everybody", {}),
    ("current", "Members now", {"standing": CURRENT}),
    ("said", "Said they resign", {"resignation_said": True, "standing": CURRENT}),
    ("stopped", "Stopped paying", {"payment_stopped": True, "standing": CURRENT}),
    ("vanished", "Not on HQ's list", {"vanished": True, "standing": CURRENT}),
    ("applicants", "Applicants", {"standing": Standing.APPLICANT}),
    ("left", "Have left", {"standing": LEFT}),
)


def _tone(member: Member) -> str:
    if words.flags(member) and member.current:
        return "warning"
    return "text" if member.current else "muted"


def _listed(member: Member) -> str:
    known = f" ({member.known_as})" if member.known_as else ""
    return ", ".join(part for part in (member.surname, member.forename) if part) + known


COLUMNS: tuple[Column[Member], ...] = (
    Column("Name", _listed, 2.6, order="name"),
    Column(
        "Number",
        lambda member: member.number,
        sample="00000000",
        spare=True,
        numeric=True,
        order="number",
    ),
    Column("Standing", words.standing_first, 2.6, order="standing", tone=_tone),
    Column(
        "Joined",
        lambda member: desk_words.short_day(member.joined_on),
        sample="30 Mar 2000",
        spare=True,
        order="joined",
    ),
    Column(
        "Postcode",
        lambda member: member.postcode,
        sample="SW1A 2AA",
        spare=True,
        order="postcode",
    ),
)


class MembersPage(ListPage):
    """Everybody the branch has on record."""

    name = "Members"
    icon = "users"
    tables = frozenset({"member", "member_event", "consent", "hq_list", "standing_order"})
    drops = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")

    def __init__(self, session: Session) -> None:
        self.add = kit.action("Add a member…", self.ask_member, keys="Ctrl+N")
        self.add.setData("user-plus")
        self.bring = kit.action("Bring in HQ's list…", self.browse, keys="Ctrl+I")
        self.bring.setData("upload")
        self.happened = kit.action("Record what happened…", self.ask_event, keys="Ctrl+E")
        self.happened.setData("history")
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        self.person = MemberDetail(session, self.happened)
        empty = kit.Empty(
            "users",
            "Nobody is on record yet",
            "Everybody who is or was a member, and what happened when. Bring in the "
            "list that HQ sends, or drop it here; you see what it would change before it does.",
            (
                kit.press(self.bring, role="primary", text="Bring in HQ's list…"),
                kit.press(self.add, text="Add a member…"),
            ),
        )
        super().__init__(session, Table(model, "Members"), kit.scrolled(self.person), empty)
        self.filter = QComboBox()
        self.filter.setAccessibleName("Show")
        for key, word, _ in FILTERS:
            self.filter.addItem(word, key)
        self.filter.activated.connect(self.look_up)
        self.add_to_head(
            self.filter,
            kit.press(self.add, text="Add…"),
            kit.press(self.bring, role="primary", text="Bring in HQ's list…"),
        )
        self.menu_on_table([self.happened])

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.bring, self.add, self.happened)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return who matches, in order."""
        asked = FILTERS[self.filter.currentIndex()][2]
        turned = f"-{order}" if descending else order
        sort = turned or ("match" if search else "name")
        return records.ids(self.store, search=search, order=sort, **asked)

    def first_for(self, search: str) -> Callable[[], Sequence[int]] | None:
        """Return what finds the best matches at once, unless they are filtered."""
        if self.filter.currentIndex():
            return None
        return lambda: self.store.search("member", search, FIRST)

    def show_filtered(self, key: str) -> None:
        """Show one of the page's filters."""
        self.search.clear()
        self.filter.setCurrentIndex(self.filter.findData(key))
        self.look_up()

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a member, or with `what` a filter."""
        if what:
            self.show_filtered(what)
            return
        if self.filter.currentIndex() and self.table.rows.row_of(row_id) < 0:
            self.filter.setCurrentIndex(0)
        super().show_thing(row_id)

    def show_detail(self, row_id: int | None) -> None:
        """Show one member in full."""
        self.happened.setEnabled(row_id is not None)
        self.person.show_member(row_id)

    def summarise(self) -> None:
        """Count those who count, and those to look at."""
        self.session.workers.quick(
            "members counted",
            lambda: records.counts(self.store),
            self._show_counts,
            failed=self.session.fail,
            owner=self,
        )

    def _show_counts(self, counts: records.Counts) -> None:
        parts = [desk_words.count(counts.members, "member")]
        for number, text in (
            (counts.resignation_said, "said they resign"),
            (counts.payment_stopped, "stopped paying"),
            (counts.vanished, "not on HQ's list"),
        ):
            if number:
                parts.append(f"{number:,} {text}")
        self.summary.setText(" · ".join(parts))

    # Adding and recording

    def ask_member(self) -> None:
        """Ask for somebody new."""
        today = self.store.today()
        fields = {
            "forename": Line("Forename"),
            "surname": Line("Surname"),
            "email": Line("E-mail"),
            "postcode": Line("Postcode"),
        }
        how = Choice(
            "They",
            [
                (kind.value, words.event(kind).lower())
                for kind in (EventKind.JOINED, EventKind.APPLIED, EventKind.TRANSFERRED_IN)
            ],
        )
        day = Line("On")
        day.start(desk_words.short_day(today))

        def add() -> int:
            return records.add(
                self.store,
                kind=EventKind(how.text()),
                on=desk_words.read_date(day.text(), today),
                forename=fields["forename"].text(),
                surname=fields["surname"].text(),
                email=fields["email"].text(),
                postcode=fields["postcode"].text(),
            )

        ask = Ask(self, "Add a member", (*fields.values(), how, day), "Add", add)
        if ask.exec() and isinstance(ask.answer, int):
            self.show_thing(ask.answer)

    def ask_event(self) -> None:
        """Ask what happened to the chosen member."""
        member_id = self.table.current_id()
        if member_id is None:
            return
        member = records.get(self.store, member_id)
        today = self.store.today()
        kind = Choice("What happened", [(each.value, word) for each, word in words.EVENTS.items()])
        day = Line("On", hint="The day it was said, recorded or took effect.")
        day.start(desk_words.short_day(today))
        note = Lines("Note", height=3)

        def record() -> int:
            chosen = EventKind(kind.text())
            on = desk_words.read_date(day.text(), today) or today
            event = records.dated(chosen, on)
            return records.record_event(
                self.store,
                member_id,
                chosen,
                said_on=event.said_on,
                effective_on=event.effective_on,
                hq_recorded_on=event.hq_recorded_on,
                note=note.text(),
            )

        Ask(self, member.name, (kind, day, note), "Record", record).exec()

    # HQ's list

    def browse(self) -> None:
        """Ask for HQ's list."""
        start = self.session.remembered.text("list folder") or str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, "Bring in HQ's list", start, LISTS)
        if path:
            self.read_list(Path(path))

    def drop(self, paths: list[str]) -> None:
        """Read a list that was dropped."""
        self.read_list(Path(paths[0]))

    def read_list(self, path: Path, as_of: date | None = None) -> None:
        """Read a list off the main thread and show what it would change; nothing is changed yet."""
        self.session.remembered.keep("list folder", str(path.parent))

        def read(_: Progress) -> Review:
            from branch_desk.members.exchange import review

            return review(self.store, files.read(path), path.name, as_of=as_of)

        self.session.workers.long(
            f"Reading {path.name}",
            read,
            lambda review: self._decide(path, review),
            failed=self.session.fail,
            owner=self,
        )

    def _decide(self, path: Path, review: Review) -> None:
        panel = ReviewPanel(self.session, review)
        panel.left.connect(self.uncover)
        panel.accepted.connect(lambda: self._apply(review))
        panel.dated.connect(lambda day: self.read_list(path, day))
        self.cover(panel)

    def _apply(self, review: Review) -> None:
        def apply(progress: Progress) -> int:
            from branch_desk.members.exchange import apply

            return apply(self.store, review, progress)

        def done(_: int) -> None:
            self.uncover()
            self.session.said.emit(
                f"{review.name} is brought in: {len(review.joined):,} joined, "
                f"{len(review.left):,} left, {len(review.changed):,} changed, "
                f"{len(review.vanished):,} no longer listed. Undo takes all of it back."
            )

        self.session.long_deed(f"Bringing in {review.name}", apply, done)
