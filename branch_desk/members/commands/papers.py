"""The members' papers, by the names that branch-desk papers knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from branch_desk.console import Paper

PAPERS: tuple[Paper, ...] = ()
