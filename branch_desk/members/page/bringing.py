"""HQ's list brought in: read in the long lane, decided on over the page, applied as one change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from branch_desk.desk import ask, files
from branch_desk.desk.tr import tr
from branch_desk.members.page.review import ReviewPanel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from branch_desk.desk.page import ListPage
    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Progress
    from branch_desk.members.exchange import Review

LISTS = "*.csv *.tsv *.txt *.xlsx *.xls *.ods"


class Bringing:
    """Brings a list in for a page of members."""

    def __init__(self, page: ListPage, session: Session) -> None:
        self._page, self._session, self._store = page, session, session.store

    def browse(self) -> None:
        """Ask for HQ's list."""
        start = self._session.remembered.text("list folder") or str(Path.home())
        kinds = f"{tr('Lists')} ({LISTS});;{tr('All files')} (*)"
        ask.file_to_open(self._page, tr("Bring in HQ's list"), start, kinds, self.read)

    def read(
        self,
        path: Path,
        as_of: date | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        """Read a list off the main thread and show what it would change; nothing is changed yet."""
        self._session.remembered.keep("list folder", str(path.parent))

        def work(progress: Progress) -> Review:
            from branch_desk.members.exchange import review

            return review(
                self._store,
                files.read(path),
                path.name,
                as_of=as_of,
                mapping=mapping,
                told=progress,
            )

        self._session.workers.long(
            tr("Reading {name}", name=path.name),
            work,
            lambda review: self._decide(path, review, mapping or {}),
            failed=self._session.fail,
            owner=self._page,
        )

    def _decide(self, path: Path, review: Review, mapping: Mapping[str, str]) -> None:
        panel = ReviewPanel(self._session, review, mapping)
        panel.left.connect(self._page.uncover)
        panel.accepted.connect(lambda: self._apply(panel))
        panel.dated.connect(lambda day: self.read(path, day, mapping))
        panel.mapped.connect(lambda said: self.read(path, review.as_of, said))
        self._page.cover(panel)
        panel.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply(self, panel: ReviewPanel) -> None:
        decisions, whole = panel.decisions, panel.review

        def apply(progress: Progress) -> Review:
            from branch_desk.members.exchange import apply

            left = decisions.applied_to(whole)
            apply(self._store, left, progress)
            return left

        def done(review: Review) -> None:
            self._page.uncover()
            self._session.undoable.emit(
                tr(
                    "{name} is brought in: {joined} joined, {left} left, {changed} changed, "
                    "{vanished} no longer listed.",
                    name=review.name,
                    joined=f"{len(review.joined):,}",
                    left=f"{len(review.left):,}",
                    changed=f"{len(review.changed):,}",
                    vanished=f"{len(review.vanished):,}",
                )
            )

        self._session.long_deed(tr("Bringing in {name}", name=whole.name), apply, done)
