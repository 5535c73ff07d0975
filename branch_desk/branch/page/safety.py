"""The log of everything done, whether it still adds up, and backups: made and taken back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QWidget

from branch_desk.branch import records
from branch_desk.desk import ask, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Line
from branch_desk.desk.table import Column, IdTable, Table
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.desk.window import Window
from branch_desk.store.errors import WrongPassphrase, WrongRecoveryKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from branch_desk.desk.session import Session
    from branch_desk.store.audit import Logged
    from branch_desk.store.backup import Verification
    from branch_desk.store.keys import RawKey

KINDS = {"undo": mark("taken back"), "redo": mark("done again"), "erasure": mark("erased")}


def said(entry: Logged) -> str:
    """Return what an entry did, and whether it took something back."""
    kind = KINDS.get(entry.kind)
    return f"{entry.title} ({tr(kind)})" if kind else entry.title


COLUMNS: tuple[Column[Logged], ...] = (
    Column(
        mark("When"),
        lambda entry: words.moment(entry.at.astimezone()),
        sample="Wed 30 Mar 2000, 20:00",
    ),
    Column(mark("What was done"), said, 3.0),
    Column(mark("Rows"), lambda entry: f"{entry.rows:,}", sample="100,000", numeric=True),
    Column(mark("By"), lambda entry: entry.actor, sample="Secretary of the branch", spare=True),
)


LEAST_LINES = 12  # of text, in the height of the log
BESIDE = 48  # lines of text: the width from which the cards stand beside one another


class Safety(QWidget):
    """Three things that keep a branch safe, over the log."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "branch#log-and-backups")
        self._session, self._store = session, session.store
        self.table: Table[Logged] = Table(
            IdTable(COLUMNS, partial(records.log, session.store)), tr("The log")
        )
        self.table.belong(session, "Log")
        self.count = kit.label("", "label")
        self._cards = kit.row(self._checking(), self._backing_up(), self._restoring(), space=16)
        head = kit.row(kit.label(tr("The log"), "heading", wrap=False), None, self.count)
        log = kit.column(head, self.table, space=8)
        log.setStretch(1, 1)
        made = kit.column(self._cards, log, space=16)
        made.setStretch(1, 1)
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_LINES)
        inner = QWidget()
        inner.setLayout(made)
        self.setLayout(kit.column(kit.scrolled(inner)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the cards stand below one another where there is no room for their words."""
        super().resizeEvent(event)
        wide = self.width() >= self.fontMetrics().lineSpacing() * BESIDE
        ways = QBoxLayout.Direction
        self._cards.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _checking(self) -> QWidget:
        self.verdict = kit.label(
            tr(
                "Each entry of the log is sealed with the one before it. Checking reads all of it "
                "and the whole file: nothing can have been altered unseen."
            ),
            "muted",
        )
        self.fingerprint = kit.label("", "code")
        self.fingerprint.setAccessibleName(tr("Fingerprint of the log"))
        self.about = kit.label(
            tr(
                "Two files with the same fingerprint have the same history. Put it into the "
                "minutes; every later change makes a new one."
            ),
            "label",
        )
        self.copy = kit.button(tr("Copy the fingerprint"), does=self.copy_fingerprint)
        self.check_button = kit.button(tr("Check the log"), does=self.check)
        for part in (self.fingerprint, self.about, self.copy):
            part.hide()
        buttons = kit.row(self.check_button, self.copy, None)
        return kit.card(
            kit.label(tr("Was anything altered?"), "heading"),
            self.verdict,
            self.fingerprint,
            self.about,
            None,
            buttons,
        )

    def _backing_up(self) -> QWidget:
        what = tr(
            "A copy of the whole branch in one file, checked before it counts. Keep it on a stick "
            "or another disk, away from this computer. It opens with the passphrase of today."
        )
        buttons = kit.row(
            kit.button(tr("Back up…"), does=self.back_up),
            kit.button(tr("Change the passphrase…"), role="quiet", does=self.change_passphrase),
            None,
        )
        return kit.card(
            kit.label(tr("Back up"), "heading"), kit.label(what, "muted"), None, buttons
        )

    def _restoring(self) -> QWidget:
        self.restored = kit.label(
            tr(
                "Makes a new branch file of a backup, once it is checked. The backup and the "
                "branch that is open now stay as they are."
            ),
            "muted",
        )
        button = kit.button(tr("Restore from a backup…"), does=self.ask_restore)
        return kit.card(
            kit.label(tr("Restore"), "heading"), self.restored, None, kit.row(button, None)
        )

    def refresh(self) -> None:
        """Read the log again, off the main thread."""
        self._session.workers.quick(
            "log",
            partial(records.log_ids, self._store),
            self._show_ids,
            failed=self._session.fail,
            owner=self,
        )

    def _show_ids(self, ids: Sequence[int]) -> None:
        self.table.show_ids(ids)
        self.count.setText(plural(len(ids), "{n} entry", "{n} entries"))

    # Checking

    def check(self) -> None:
        """Check the log and every page of the file, in the long lane."""
        from branch_desk.store import backup

        self.check_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self.check_button.setEnabled(True)
            self._session.fail(error)

        self._session.workers.long(
            tr("Checking the log and the file"),
            lambda _: backup.verify(self._store),
            self._show_verdict,
            failed=failed,
            owner=self,
            cancels=False,
        )

    def _show_verdict(self, found: Verification) -> None:
        self.check_button.setEnabled(True)
        if found.fine:
            text = plural(
                found.changes,
                "Nothing was altered: the {n} entry is as it was written, and the file is whole.",
                "Nothing was altered: all {n} entries are as they were written, and the file is "
                "whole.",
            )
        else:
            wrong = "; ".join(
                each for each in (found.log, found.integrity) if each and each != "ok"
            )
            text = tr(
                "Something is not as it was written: {what}. Keep this file as it is, and restore "
                "the newest backup that checks.",
                what=wrong,
            )
        self.verdict.setText(text)
        role = "muted" if found.fine else "error"
        self.verdict.setProperty("role", role)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self.fingerprint.setText(found.fingerprint)
        for part in (self.fingerprint, self.about, self.copy):
            part.setVisible(found.fine)

    def copy_fingerprint(self) -> None:
        """Put the fingerprint on the clipboard; it names nobody."""
        QGuiApplication.clipboard().setText(self.fingerprint.text())
        self._session.said.emit(tr("The fingerprint is on the clipboard."))

    # Backups

    def back_up(self) -> None:
        """Ask for a folder and back up, as the File menu does."""
        window = self.window()
        if isinstance(window, Window):
            window.backing_up.ask()

    def change_passphrase(self) -> None:
        """Change the passphrase, as the File menu does."""
        window = self.window()
        if isinstance(window, Window):
            window.change_passphrase()

    def ask_restore(self) -> None:
        """Ask for the backup, then for the file to make of it."""
        start = self._session.remembered.text("backup folder") or str(Path.home())
        kinds = tr("Branch files (*.branch)")
        ask.file_to_open(self, tr("Restore from a backup"), start, kinds, self._ask_target)

    def _ask_target(self, backup: Path) -> None:
        offered = self._store.path.with_name(
            tr("{branch} restored.branch", branch=self._store.path.stem)
        )
        kinds = tr("Branch files (*.branch)")
        title = tr("The file to make of it")
        ask.file_to_save(self, title, str(offered), kinds, partial(self._restore, backup))

    def _restore(self, backup: Path, target: Path, key: str | RawKey | None = None) -> None:
        from branch_desk.store.backup import restore

        store = self._store
        if target.suffix != ".branch":
            target = target.with_name(target.name + ".branch")

        def failed(error: Exception) -> None:
            if isinstance(error, WrongPassphrase | WrongRecoveryKey):
                self._ask_passphrase(backup, target, again=key is not None)
            else:
                self._session.fail(error)

        # The system's dialog has asked already about a file that would be replaced.
        self._session.workers.long(
            tr("Restoring {name}", name=backup.name),
            lambda _: restore(
                backup, target, key or store.key, store.slices, now=store.now(), force=True
            ),
            partial(self._show_restored, backup, target),
            failed=failed,
            owner=self,
            cancels=False,
        )

    def _ask_passphrase(self, backup: Path, target: Path, *, again: bool) -> None:
        field = Line(tr("Passphrase of the backup"), secret=True)
        told = (
            tr("That passphrase does not open it.")
            if again
            else tr("The backup was made under another passphrase than today's.")
        )
        Ask(
            self,
            tr("Open the backup"),
            (field,),
            tr("Restore"),
            field.text,
            text=told,
            done=lambda typed: self._restore(backup, target, str(typed)),
        ).begin()

    def _show_restored(self, backup: Path, target: Path, found: Verification) -> None:
        entries = plural(found.changes, "{n} entry", "{n} entries")
        self.restored.setText(
            tr(
                "Made {file} of {backup}: checked, whole, with {entries} in its log. Open it with "
                "File, Open a branch.",
                file=target,
                backup=backup.name,
                entries=entries,
            )
        )
        self._session.said.emit(tr("Restored and checked: {file}", file=target.name))
