"""The membership report over the page: charts with their numbers, and the paper beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from branch_desk.branch import records as branch
from branch_desk.desk import kit
from branch_desk.desk.chart import ChartView, Numbers
from branch_desk.desk.forms import DateField
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import tr
from branch_desk.members import records, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from reportlab.graphics.shapes import Drawing

    from branch_desk.desk.session import Session
    from branch_desk.members.records import Counts
    from branch_desk.members.rules import Backlog, Flows
    from branch_desk.store.store import Store

HEIGHT = 130.0
MONTHS = 11


@dataclass(frozen=True, slots=True)
class Figures:
    """What the report is made of."""

    total: Flows
    months: tuple[Flows, ...]
    counts: Counts
    waits: Backlog
    accent: str


def figures(store: Store, start: date, end: date) -> Figures:
    """Read the figures of a span; raises `Invalid` where it ends before it starts."""
    return Figures(
        records.flows(store, start, end),
        tuple(records.flows_by(store, rules.months(start, end))),
        records.counts(store),
        records.backlog(store, end),
        branch.details(store).accent,
    )


def year_before(day: date) -> date:
    """Return the first day of the month eleven months before a day's."""
    year, month = divmod(day.year * 12 + day.month - 1 - MONTHS, 12)
    return day.replace(year=max(year, 1), month=month + 1, day=1)


class ReportPanel(QWidget):
    """Shows the report of a span; its numbers lead to the members they count."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName(tr("Membership report"))
        self._session, self._store = session, session.store
        today = self._store.today()
        self.start = DateField(tr("From"), lambda _: self._read(), today=self._store.today)
        self.end = DateField(tr("To"), lambda _: self._read(), today=self._store.today)
        self.start.show_date(year_before(today))
        self.end.show_date(today)
        self.sums = kit.label("", "lead")
        self.waits = kit.label("", "muted")
        self.members = ChartView(session, tr("Members at the end of each month"), HEIGHT)
        self.said = ChartView(session, tr("Said, recorded, stopped paying, by month"), HEIGHT)
        self.preview = Preview(session, "membership report")
        self.back_action = kit.action(tr("Back"), self.left.emit, keys="Alt+Left")
        self.back_action.setData("chevron-left")
        self.back_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.back_action)
        back = kit.press(self.back_action, role="quiet")
        head = kit.row(back, kit.label(tr("Membership report"), "heading"), space=12)
        head.addWidget(self.start)
        head.addWidget(self.end)
        charts = QWidget()
        charts.setLayout(
            kit.column(
                self.sums,
                kit.card(kit.label(tr("Members at the end of each month"), "label"), self.members),
                kit.card(
                    kit.label(tr("Said, recorded, stopped paying, by month"), "label"), self.said
                ),
                self.waits,
                None,
                space=12,
            )
        )
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(kit.scrolled(charts))
        split.addWidget(self.preview)
        split.setSizes([520, 520])
        layout = kit.column(head, split, space=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._read()

    def _read(self) -> None:
        start, end = self.start.date(), self.end.date()
        if start is None or end is None:
            return
        store = self._store
        self._session.workers.quick(
            "membership figures",
            lambda: figures(store, start, end),
            self._show,
            failed=self._session.fail,
            owner=self,
        )

    def _show(self, found: Figures) -> None:
        store, months = self._store, found.months
        total = found.total
        came = total.joined + total.rejoined + total.transferred_in
        self.sums.setText(
            tr(
                "{opening} at the start, {came} came, {left} left: {closing} at the end.",
                opening=f"{total.opening:,}",
                came=f"{came:,}",
                left=f"{sum(total.left.values()):,}",
                closing=f"{total.closing:,}",
            )
        )
        self.waits.setText(rules.backlog_in_words(found.waits))
        self.members.show_chart(
            _chart([(tr("Members"), [each.closing for each in months])], months, found.accent),
            self._numbers((tr("Members"),), months, lambda each: (each.closing,), ("current",)),
            self.sums.text(),
        )
        names = (tr("Said"), tr("Recorded by HQ"), tr("Stopped paying"))
        columns = [
            [each.resignations_said for each in months],
            [each.resignations_recorded for each in months],
            [each.payment_stopped for each in months],
        ]
        self.said.show_chart(
            _chart(list(zip(names, columns, strict=True)), months, found.accent),
            self._numbers(
                names,
                months,
                lambda each: (
                    each.resignations_said,
                    each.resignations_recorded,
                    each.payment_stopped,
                ),
                ("said", "left", "stopped"),
            ),
            self.waits.text(),
        )

        def make(large: bool) -> bytes:  # noqa: FBT001 -- the preview's question
            from branch_desk.members import papers
            from branch_desk.paper.render import render

            made = papers.members_report(
                branch.details(store), total, months, found.counts, found.waits
            )
            return render(made, large_print=large)

        self.preview.show_paper(make, tr("Membership report"))

    def _numbers(
        self,
        heads: tuple[str, ...],
        months: Sequence[Flows],
        values: Callable[[Flows], tuple[int, ...]],
        filters: tuple[str, ...],
    ) -> Numbers:
        rows = tuple(
            (f"{each.end:%B %Y}", *(f"{value:,}" for value in values(each))) for each in months
        )

        def go(_: int, column: int) -> None:
            self.left.emit()
            self._session.go("Members", 0, filters[min(max(column - 1, 0), len(filters) - 1)])

        return Numbers((tr("Month"), *heads), rows, go)


def _chart(
    series: Sequence[tuple[str, list[int]]], months: Sequence[Flows], accent: str
) -> Callable[[float], Drawing]:
    ends = [each.end for each in months]

    def make(width: float) -> Drawing:
        from branch_desk.paper import charts

        lines = [
            charts.Series(name, list(zip(ends, values, strict=True))) for name, values in series
        ]
        return charts.line_over_time(lines, accent=accent, width=width, height=HEIGHT)

    return make
