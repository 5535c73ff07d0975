"""The meetings' page: those to come and those that were, and the chosen one in full."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.desk import kit, words
from branch_desk.desk.page import ListPage
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.meetings import records
from branch_desk.meetings.page.calling import ask_meeting
from branch_desk.meetings.page.detail import TABS, MeetingDetail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Meeting

DAY = "30 Mar 2000"
# With list, agenda and paper side by side, each as narrow as it can be read.
WIDE = 1140
MINUTES = {"none": "", "draft": mark("draft"), "agreed": mark("agreed")}
COLUMNS: tuple[Column[Meeting], ...] = (
    Column(mark("When"), lambda each: words.short_day(each.on), sample=DAY, order="starts"),
    Column(mark("Meeting"), lambda each: each.title, 2.0, order="title", least="Branch"),
    Column(mark("Place"), lambda each: each.place or each.online_at, spare=True, order="place"),
    Column(mark("Minutes"), lambda each: tr(MINUTES[each.minutes_state.value]), spare=True),
)


class MeetingsPage(ListPage):
    """Every meeting, the latest first."""

    name = mark("Meetings")
    icon = "calendar-days"
    tables = frozenset(
        {
            *("meeting", "agenda_item", "agenda_document", "link", "motion", "thread", "letter"),
            *("branch", "officer", "standing_order", "member", "attendance", "meeting_notice"),
            "minute_entry",
        }
    )
    filters = (
        ("all", mark("All meetings")),
        ("coming", mark("To come")),
        ("past", mark("Past")),
    )
    drops = (".pdf",)
    split_sizes = (230, 900)
    fold = WIDE

    def __init__(self, session: Session) -> None:
        self.call = kit.action(tr("Call a meeting…"), self.ask_meeting, keys="Ctrl+N")
        self.call.setData("calendar-plus")
        self._opened = False
        self._enters: int | None = None
        self._sends: int | None = None
        self.panel = MeetingDetail(session)
        self.panel.details.sending.connect(self._send)
        self.panel.details.sent.connect(self.uncover)
        empty = kit.Empty(
            "calendar-days",
            tr("No meetings yet"),
            tr(
                "Call a meeting, and the desk lays out its agenda: standing items, the motions "
                "that came in time, the letters that wait. The pack is printed from here."
            ),
            (kit.press(self.call, role="primary", text=tr("Call a meeting…")),),
        )
        model = IdTable(COLUMNS, lambda ids: records.many(session.store, ids))
        super().__init__(session, Table(model, tr("Meetings")), self.panel, empty)
        self.menu_on_table([self.call, *self.panel.details.actions_of_notice])
        self.call_button = kit.press(self.call, role="primary", text=tr("Call a meeting…"))
        self.add_to_head(self.call_button)

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.call, *self.panel.actions_of_detail)

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the meetings that match."""
        turned = f"-{order}" if descending else order
        now = self.store.moment()
        match self.filtered:
            case "coming":
                return records.ids(self.store, search=search, order=turned or "starts", since=now)
            case "past":
                return records.ids(self.store, search=search, order=turned or "-starts", until=now)
            case _:
                return records.ids(self.store, search=search, order=turned or "-starts")

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show the list; at first the next meeting is open, not the one furthest off."""
        first = not self._opened and self.table.current_id() is None
        if first and self._wanted is None:
            coming = records.next_meeting(self.store, self.store.moment())
            self._wanted = coming.id if coming else (ids[0] if ids else None)
        super().show_ids(ids)
        if first and ids:
            self._opened = True
            self.open_detail()

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Show a meeting or a part of it ("notice", "sign-in"…), "send" its notice, "call" one."""
        if what == "call":
            self.ask_meeting()
            return
        if what in TABS:
            self.panel.tabs.setCurrentIndex(TABS[what])
        elif what == "send":
            self.panel.tabs.setCurrentIndex(TABS["notice"])
            self._sends = row_id
        elif what:
            super().show_thing(row_id, what)
            return
        self._enters = row_id
        super().show_thing(row_id)
        self._enter_shown(self.table.current_id())

    def show_detail(self, row_id: int | None) -> None:
        """Show one meeting in full."""
        self.panel.show_meeting(row_id)
        self._enter_shown(row_id)

    def _enter_shown(self, row_id: int | None) -> None:
        """Put the cursor into the meeting that was gone to, once it is there."""
        if row_id is not None and row_id == self._enters and self.panel.isVisible():
            self._enters = None
            self.panel.take_focus()
            if self._sends == row_id:
                self.panel.details.send_notice()
            self._sends = None

    def summarise(self) -> None:
        """Say which meeting is next."""
        now = self.store.moment()
        total = len(records.ids(self.store))
        to_come = len(records.ids(self.store, since=now))
        number = plural(total, "{n} meeting", "{n} meetings")
        coming = records.next_meeting(self.store, now)
        if coming is None:
            self.summary.setText(tr("{number} · none to come", number=number))
        else:
            away = words.from_today(coming.on, self.store.today())
            self.summary.setText(
                tr(
                    "{number} · next {day}, {away}",
                    number=number,
                    day=words.day(coming.on),
                    away=away,
                )
            )
        self.count_filters({"all": total, "coming": to_come, "past": total - to_come})

    def drop(self, paths: list[str]) -> None:
        """Append PDFs to the chosen agenda item."""
        self.panel.agenda.append([Path(path) for path in paths])

    def ask_meeting(self) -> None:
        """Ask what, when and where, and call the meeting."""
        ask_meeting(self.session, self, self.show_thing)

    def cover(self, widget: QWidget) -> None:
        """Put something over list and detail; the head's tools wait meanwhile."""
        super().cover(widget)
        self._show_tools(shown=False)

    def uncover(self) -> None:
        """Take it away again."""
        super().uncover()
        self._show_tools(shown=True)

    def _show_tools(self, *, shown: bool) -> None:
        for widget in (self.filter, self.search, self.call_button):
            widget.setVisible(shown)

    def _send(self, panel: QWidget) -> None:
        """Put what sends the notice over list and detail."""
        panel.left.connect(self.uncover)  # type: ignore[attr-defined]
        self.cover(panel)
