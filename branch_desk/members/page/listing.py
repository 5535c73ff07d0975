"""The members' page: list, filters, and everything that is done with one member or many."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.desk import kit
from branch_desk.desk import words as desk_words
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.members import records
from branch_desk.members.page import asking, words
from branch_desk.members.page.bringing import BegunReview, Bringing
from branch_desk.members.page.detail import MemberDetail
from branch_desk.members.page.doing import Doing
from branch_desk.members.rules import CURRENT, LEFT, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.page import Unfinished
    from branch_desk.desk.session import Session
    from branch_desk.members.records import Member

FIRST = 128
NEW_WITHOUT_A_MEETING = timedelta(days=30)
ASKED: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    "current": {"standing": CURRENT},
    "joined": {"standing": CURRENT},
    "said": {"resignation_said": True, "standing": CURRENT},
    "stopped": {"payment_stopped": True, "standing": CURRENT},
    "vanished": {"vanished": True, "standing": CURRENT},
    "applicants": {"standing": Standing.APPLICANT},
    "left": {"standing": LEFT},
}


def _tone(member: Member) -> str:
    if words.flags(member) and member.current:
        return "warning"
    return "text" if member.current else "muted"


def _listed(member: Member) -> str:
    known = f" ({member.known_as})" if member.known_as else ""
    return ", ".join(part for part in (member.surname, member.forename) if part) + known


def _told(key: str, sample: str = "") -> Column[Member]:
    return Column(
        words.FIELDS[key], lambda member: str(getattr(member, key)), sample=sample, hidden=True
    )


COLUMNS: tuple[Column[Member], ...] = (
    Column(mark("Name"), _listed, 2.6, order="name"),
    Column(
        mark("Number"),
        lambda member: member.number,
        sample="00000000",
        spare=True,
        numeric=True,
        order="number",
    ),
    Column(mark("Standing"), words.standing_first, 2.6, order="standing", tone=_tone),
    Column(
        mark("Joined"),
        lambda member: desk_words.short_day(member.joined_on),
        sample="30 Mar 2000",
        spare=True,
        order="joined",
    ),
    Column(
        mark("Postcode"),
        lambda member: member.postcode,
        sample="SW1A 2AA",
        spare=True,
        order="postcode",
    ),
    Column(
        mark("Ward"), lambda member: member.ward, sample="A ward's name", hidden=True, order="ward"
    ),
    Column(
        mark("Kind of membership"),
        lambda member: member.type,
        sample="Concession",
        hidden=True,
        order="type",
    ),
    _told("email", "somebody@example.org"),
    _told("mobile", "07700 900123"),
    _told("phone", "020 7946 0018"),
    Column(
        mark("Payment"),
        lambda member: words.payment(member.payment),
        sample="In arrears",
        hidden=True,
    ),
    Column(
        mark("Arrears"),
        lambda member: desk_words.pounds(member.arrears_pence),
        sample="£100.00",
        numeric=True,
        hidden=True,
    ),
    _told("polling_district", "Polling district"),
    _told("skills", "Skills of somebody"),
    _told("offers", "Offers to help with"),
)


class MembersPage(ListPage):
    """Everybody the branch has on record."""

    name = mark("Members")
    icon = "users"
    tables = frozenset(
        {"member", "member_event", "consent", "hq_list", "standing_order", "sending", "link"}
    )
    drops = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
    filters = (
        ("all", mark("Everybody")),
        ("current", mark("Members now")),
        ("joined", mark("Joined since the last meeting")),
        ("said", mark("Said they resign")),
        ("stopped", mark("Stopped paying")),
        ("vanished", mark("Not on HQ's list")),
        ("applicants", mark("Applicants")),
        ("left", mark("Have left")),
    )

    def __init__(self, session: Session) -> None:
        self.bringing, self.doing = Bringing(self, session), Doing(self, session)
        self._make_actions_of_members()
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        self.person = MemberDetail(session, self.happened, self.write)
        empty = kit.Empty(
            "users",
            tr("Nobody is on record yet"),
            tr(
                "Everybody who is or was a member, and what happened when. Bring in the "
                "list that HQ sends, or drop it here; you see what it would change before it does."
            ),
            (
                kit.press(self.bring, role="primary"),
                kit.press(self.add),
            ),
        )
        super().__init__(session, Table(model, tr(self.name)), kit.scrolled(self.person), empty)
        self.person.correct.connect(lambda event: asking.ask_correction(session, self, event))
        self.bring_button = kit.press(self.bring, role="primary")
        self.welcome_button = kit.press(self.welcome, role="primary")
        self.add_button = kit.press(self.add, text=tr("Add…"))
        self.add_to_head(self.add_button, self.welcome_button, self.bring_button)
        self._offer_welcome()
        self.menu_on_table(
            (
                *(self.happened, self.write, self.copy_address, self.copy_emails),
                *(self.labels, self.export, self.welcome),
            )
        )

    def _make_actions_of_members(self) -> None:
        def act(text: str, does: Callable[[], object], icon: str = "", keys: str = "") -> QAction:
            made = kit.action(text, does, keys=keys)
            made.setData(icon)
            return made

        self.bring = act(tr("Bring in HQ's list…"), self.browse, "upload", "Ctrl+I")
        self.add = act(tr("Add a member…"), self.ask_member, "user-plus", "Ctrl+N")
        self.happened = act(tr("Record what happened…"), self.ask_event, "history", "Ctrl+E")
        self.write = act(tr("Write to them…"), self.doing.write, "mail", "Ctrl+Shift+M")
        self.welcome = act(tr("Welcome them…"), self.doing.welcome, "mail-plus", "Ctrl+Shift+W")
        self.labels = act(tr("Address labels…"), self.doing.labels, "printer")
        self.report = act(tr("Membership report"), self.doing.report, "file-text")
        self.paper = act(tr("Member list on paper"), self.doing.member_list, "list")
        self.export = act(tr("Export as CSV…"), self.doing.export, "file-down")
        self.copy_address = act(
            tr("Copy as an address"), self.doing.copy_addresses, "", "Ctrl+Shift+C"
        )
        self.copy_emails = act(tr("Copy e-mail addresses"), self.doing.copy_emails)

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (
            *(self.bring, self.add, self.happened, self.write, self.welcome),
            *(self.report, self.paper, self.labels, self.export),
            *(self.copy_address, self.copy_emails),
        )

    # What is listed

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return who matches, in order."""
        asked = dict(ASKED[self.filtered])
        first = "name"
        if self.filtered == "joined":
            asked |= {"joined_from": self._since(), "joined_to": self.store.today()}
            first = "-joined"
        turned = f"-{order}" if descending else order
        return records.ids(
            self.store, search=search, order=turned or ("match" if search else first), **asked
        )

    def _since(self) -> date:
        """Return the day from which somebody is new: that of the last meeting, else a month ago."""
        return self.session.last_met() or self.store.today() - NEW_WITHOUT_A_MEETING

    def first_for(self, search: str) -> Callable[[], Sequence[int]] | None:
        """Return what finds the best matches at once."""
        return lambda: self.store.search("member", search, FIRST)

    def look_up(self) -> None:
        """List what is asked for; where newcomers are listed, welcoming them is what is offered."""
        self._offer_welcome()
        super().look_up()

    def _offer_welcome(self) -> None:
        new = self.filtered == "joined"
        self.welcome_button.setVisible(new)
        self.bring_button.setVisible(not new)

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a member, a filter, or with "report" the membership report."""
        if not self.is_free():
            return
        self.uncover()
        if what == "report":
            self.doing.report()
        else:
            super().show_thing(row_id, what)

    def show_detail(self, row_id: int | None) -> None:
        """Show one member in full."""
        for each in (self.happened, self.write, self.copy_address):
            each.setEnabled(row_id is not None)
        self.person.show_member(row_id)

    def summarise(self) -> None:
        """Count those who count, and those to look at."""
        store, since = self.store, self._since

        def read() -> tuple[records.Counts, int]:
            new = records.ids(store, standing=CURRENT, joined_from=since(), joined_to=store.today())
            return records.counts(store), len(new)

        self.session.workers.quick(
            "members counted", read, self._show_counts, failed=self.session.fail, owner=self
        )

    def _show_counts(self, counted: tuple[records.Counts, int]) -> None:
        counts, new = counted
        parts = [plural(counts.members, "{n} member", "{n} members")]
        for number, text in (
            (counts.resignation_said, mark("{n} said they resign")),
            (counts.payment_stopped, mark("{n} stopped paying")),
            (counts.vanished, mark("{n} not on HQ's list")),
        ):
            if number:
                parts.append(tr(text, n=f"{number:,}"))
        self.summary.setText(" · ".join(parts))
        self.count_filters(
            {
                "all": counts.total,
                "current": counts.members,
                "joined": new,
                "applicants": counts.by_standing[Standing.APPLICANT],
                "left": sum(counts.by_standing[each] for each in LEFT),
            }
        )

    # Over the page

    def cover(self, widget: QWidget) -> None:
        """Put something over list and detail; the head's tools wait meanwhile."""
        super().cover(widget)
        self._show_tools(shown=False)

    def uncover(self) -> None:
        """Take it away again."""
        self.bringing.put_away()
        super().uncover()
        self._show_tools(shown=True)

    def is_free(self) -> bool:
        """Whether something else may be shown; says so where decisions would be lost."""
        if self.bringing.is_begun:
            self.session.said.emit(
                tr("HQ's list is not applied. Press Apply, or “Do not take this list”, first.")
            )
            return False
        return super().is_free()

    def unfinished(self) -> Unfinished | None:
        """Return the list being decided on."""
        return self.bringing.unfinished()

    def take_up(self, what: object) -> None:
        """Go on deciding on a list after a lock."""
        if isinstance(what, BegunReview):
            self.bringing.take_up(what)

    def _show_tools(self, *, shown: bool) -> None:
        for widget in (self.filter, self.search, self.add_button):
            widget.setVisible(shown)
        self.welcome_button.setVisible(shown)
        self.bring_button.setVisible(shown)
        if shown:
            self._offer_welcome()

    # Adding, recording, bringing in

    def ask_member(self) -> None:
        """Ask for somebody new."""
        asking.ask_member(self.session, self, self.show_thing)

    def ask_event(self) -> None:
        """Ask what happened to the chosen member."""
        member_id = self.table.current_id()
        if member_id is not None:
            asking.ask_event(self.session, self, member_id)

    def browse(self) -> None:
        """Ask for HQ's list."""
        self.bringing.browse()

    def drop(self, paths: list[str]) -> None:
        """Read a list that was dropped."""
        self.bringing.read(Path(paths[0]))
