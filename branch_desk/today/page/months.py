"""The chart of members: who came, who said they resign, whom HQ recorded, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk import words
from branch_desk.desk.chart import Numbers
from branch_desk.desk.tr import mark, plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.graphics.shapes import Drawing

    from branch_desk.desk.session import Session
    from branch_desk.today.records import Month

HEIGHT = 150.0
LINES = (
    (mark("Joined"), "came"),
    (mark("Said they resign"), "said"),
    (mark("Recorded by HQ"), "recorded"),
)
# Where the numbers of a column lead on the page of members.
LEADS = ("current", "current", "said", "left")


def drawing(found: Sequence[Month], accent: str) -> Callable[[float], Drawing]:
    """Return what draws the months at a width; it loads ReportLab, so call it in a lane."""
    names = [tr(name) for name, _ in LINES]

    def make(width: float) -> Drawing:
        from branch_desk.paper import charts

        series = [
            charts.Series(name, [(each.end, getattr(each, field)) for each in found])
            for name, (_, field) in zip(names, LINES, strict=True)
        ]
        return charts.line_over_time(series, accent=accent, width=width, height=HEIGHT)

    return make


def numbers(session: Session, found: Sequence[Month]) -> Numbers:
    """Return the numbers behind the chart; they lead to the members."""
    rows = [
        (words.short_day(each.start).split(" ", 1)[1], *(_said(each, field) for _, field in LINES))
        for each in found
    ]
    heads = (tr("Month"), *(tr(name) for name, _ in LINES))
    return Numbers(heads, tuple(rows), go=lambda _, column: session.go("Members", 0, LEADS[column]))


def _said(month: Month, field: str) -> str:
    return f"{getattr(month, field):,}"


def sentence(found: Sequence[Month]) -> str:
    """Say the chart in a sentence."""
    came, said, recorded = (sum(getattr(each, field) for each in found) for _, field in LINES)
    return tr(
        "In the last {months} months {came}, {said}, and HQ recorded {recorded}.",
        months=len(found),
        came=plural(came, "{n} person joined", "{n} people joined"),
        said=plural(said, "{n} said they resign", "{n} said they resign"),
        recorded=plural(recorded, "{n} resignation", "{n} resignations"),
    )
