"""HQ's list brought in: read in the long lane, decided on over the page, applied as one change."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from branch_desk.desk import ask, files
from branch_desk.desk.page import Unfinished
from branch_desk.desk.tr import tr
from branch_desk.members.page.review import ReviewPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from branch_desk.desk.page import ListPage
    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Progress
    from branch_desk.members.exchange import Decisions, Review

LISTS = "*.csv *.tsv *.txt *.xlsx *.xls *.ods"


@dataclass(frozen=True, slots=True)
class BegunReview:
    """A review that was being decided on when the desk was locked."""

    path: Path
    review: Review
    read_by: Mapping[str, str]
    mapping: Mapping[str, str]
    decisions: Decisions


class Bringing:
    """Brings a list in for a page of members."""

    def __init__(self, page: ListPage, session: Session) -> None:
        self._page, self._session, self._store = page, session, session.store
        self._begun: Callable[[], BegunReview] | None = None

    def browse(self) -> None:
        """Ask for HQ's list."""
        start = self._session.remembered.text("folder") or str(Path.home())
        kinds = f"{tr('Lists')} ({LISTS});;{tr('All files')} (*)"
        ask.file_to_open(self._page, tr("Bring in HQ's list"), start, kinds, self.read)

    @property
    def is_begun(self) -> bool:
        """Whether anything was decided on the list that is open, and is not applied."""
        from branch_desk.members.exchange import Decisions

        if self._begun is None:
            return False
        now = self._begun()
        return bool(now.mapping) or now.decisions != Decisions.to_begin(now.review)

    def unfinished(self) -> Unfinished | None:
        """Return the review that is open; none once it is being applied."""
        if self._begun is None or self._session.workers.writing:
            return None
        now = self._begun()
        return Unfinished(tr("{name} is not applied.", name=now.review.name), now)

    def take_up(self, begun: BegunReview) -> None:
        """Show a review again as it stood when the desk was locked."""
        panel = self._decide(begun.path, begun.review, begun.read_by, begun.decisions)
        for letter, field in begun.mapping.items():
            if begun.read_by.get(letter) != field:
                panel.columns.give(letter, field)

    def read(self, path: Path) -> None:
        """Read a list off the main thread and show what it would change; nothing is changed yet.

        One that is being decided on already stays.
        """
        if self._page.is_free():
            self._read(path)

    def _read(
        self,
        path: Path,
        as_of: date | None = None,
        mapping: Mapping[str, str] | None = None,
        before: ReviewPanel | None = None,
    ) -> None:
        decided = None if before is None else (before.review, deepcopy(before.decisions))
        self._session.remembered.keep("folder", str(path.parent))

        def work(progress: Progress) -> tuple[Review, Decisions | None]:
            from branch_desk.members.exchange import review

            found = review(
                self._store,
                files.read(path),
                path.name,
                as_of=as_of,
                mapping=mapping,
                told=progress,
            )
            if decided is None:
                return found, None
            return found, decided[1].carried(self._store, decided[0], found)

        def show(read: tuple[Review, Decisions | None]) -> None:
            self._decide(path, read[0], mapping or {}, read[1])

        self._session.workers.long(
            tr("Reading {name}", name=path.name),
            work,
            show,
            failed=self._session.fail,
            owner=self._page,
        )

    def _decide(
        self, path: Path, review: Review, mapping: Mapping[str, str], decisions: Decisions | None
    ) -> ReviewPanel:
        panel = ReviewPanel(self._session, review, mapping, decisions)
        panel.left.connect(self._leave)
        panel.accepted.connect(lambda: self._apply(panel))
        panel.dated.connect(lambda day: self._read(path, day, mapping, panel))
        panel.mapped.connect(lambda said: self._read(path, review.as_of, said, panel))
        self._begun = None  # reading it another way takes the place of how it was read
        self._page.cover(panel)
        self._begun = lambda: BegunReview(path, review, mapping, panel.mapping, panel.decisions)
        panel.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return panel

    def _leave(self) -> None:
        """Go back; what was decided is asked about first, for it would be lost."""
        if not self.is_begun:
            self._page.uncover()
            return
        ask.confirm(
            self._page,
            tr("Leave the list?"),
            tr("What you decided on it is not applied, and will be lost."),
            tr("Throw it away"),
            self._page.uncover,
        )

    def put_away(self) -> None:
        """Hear that the review is no longer over the page."""
        self._begun = None

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
