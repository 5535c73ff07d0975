"""The months behind us in figures: who came, who said they resign, whom HQ recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from branch_desk.members.records.monthly import Month, monthly

if TYPE_CHECKING:
    from branch_desk.store.store import Store

MONTHS = 12

__all__ = ["MONTHS", "Month", "months"]


def months(store: Store, on: date | None = None) -> list[Month]:
    """Return the last twelve months, the present one as far as the day; for the quick lane."""
    day = on or store.today()
    before = day.year * 12 + day.month - MONTHS
    return monthly(store, date(before // 12, before % 12 + 1, 1), day)
