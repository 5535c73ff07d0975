"""What is done with many members at once: written to, welcomed, put on labels, exported, copied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.desk import ask, clipboard, files
from branch_desk.desk.tr import plural, tr
from branch_desk.members import records
from branch_desk.members.page.labels import LabelsPanel
from branch_desk.members.page.report import ReportPanel
from branch_desk.members.page.sending import SendPanel
from branch_desk.members.records import SendingKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from branch_desk.desk.page import ListPage
    from branch_desk.desk.session import Session
    from branch_desk.desk.workers import Progress
    from branch_desk.members.page.sending import Sent
    from branch_desk.store.store import Store


def secretary(store: Store, on: date) -> str:
    """Return who signs as secretary on a day; empty where nobody holds the office."""
    in_office = branch.officers(store, on)
    return next((each.name for each in in_office if "secretary" in each.office.lower()), "")


class Doing:
    """Does it for a page of members, with covers over that page."""

    def __init__(self, page: ListPage, session: Session) -> None:
        self._page, self._session, self._store = page, session, session.store

    # Who is meant

    def some(self, then: Callable[[list[int]], None], *, one: bool) -> None:
        """Find who is meant, in the lane: those selected, or all listed where only one row is.

        With `one` a single row means that person.
        """
        table = self._page.table
        picked = table.picked()
        few = picked.count if one else picked.count - 1
        shown = list(table.rows.ids)
        find: Callable[[], list[int]] = picked.ids if few > 0 else lambda: shown
        self._session.workers.quick(
            "who is meant", find, then, failed=self._session.fail, owner=self._page
        )

    # Sending

    def welcome(self) -> None:
        """Welcome those who are listed or selected; who was welcomed before is left out."""

        def left(ids: list[int]) -> None:
            before = records.welcomed(self._store, ids)
            new = [each for each in ids if each not in before]
            if not new:
                self._session.said.emit(tr("Everybody here was welcomed before."))
                return
            if before:
                self._session.said.emit(
                    plural(
                        len(before),
                        "{n} was welcomed before and is left out.",
                        "{n} were welcomed before and are left out.",
                    )
                )
            self._welcome(new)

        self.some(left, one=self._page.filtered != "joined")

    def _welcome(self, people: Sequence[int]) -> None:
        store, today = self._store, self._store.today()
        details = branch.details(store)
        signed = secretary(store, today)
        subject = tr("Welcome to {branch}", branch=details.name or tr("the branch"))

        def letters(ids: Sequence[int]) -> bytes:
            from branch_desk.members import papers
            from branch_desk.paper.render import render

            return render(papers.welcome_letters(details, records.many(store, ids), today, signed))

        panel = SendPanel(
            self._session,
            plural(len(people), "Welcome {n} newcomer", "Welcome {n} newcomers"),
            people,
            subject,
            _welcome_text(details.name, signed),
            letters,
            None,
            lambda sent: self._keep(SendingKind.WELCOME, panel, sent),
        )
        panel.setProperty("manual", "job-welcome")
        self._send(panel)

    def write(self) -> None:
        """Write to those selected: an e-mail and a letter of the same words."""
        self.some(self._write, one=True)

    def _write(self, people: Sequence[int]) -> None:
        store, today = self._store, self._store.today()
        details, signed = branch.details(store), secretary(store, today)
        text = tr("Dear friend,\n\n\n\nWith good wishes,\n{signed}", signed=signed)
        said = {"subject": "", "text": text}

        def letters(ids: Sequence[int]) -> bytes:
            from branch_desk.members import papers
            from branch_desk.paper.render import render

            found = records.many(store, ids)
            return render(papers.letters(details, found, today, said["subject"], said["text"]))

        title = plural(len(people), "Write to {n} member", "Write to {n} members")
        panel = SendPanel(
            self._session,
            title,
            people,
            "",
            text,
            letters,
            None,
            lambda sent: self._keep(SendingKind.MESSAGE, panel, sent),
        )

        def follow(_: str) -> None:
            said.update(subject=panel.subject.text(), text=panel.text.text())
            panel.show_letter_again()

        panel.subject.typed.connect(follow)
        panel.text.typed.connect(follow)
        self._send(panel)
        panel.subject.setFocus()

    def _send(self, panel: SendPanel) -> None:
        panel.left.connect(self._page.uncover)
        self._page.cover(panel)

    def _keep(self, kind: SendingKind, panel: SendPanel, sent: Sent) -> None:
        subject = panel.subject.text() or tr("A letter")

        def done(_: int) -> None:
            self._page.uncover()
            number = len(sent.by_email) + len(sent.by_post)
            self._session.undoable.emit(
                plural(
                    number,
                    "Recorded that “{subject}” was sent to {n} person.",
                    "Recorded that “{subject}” was sent to {n} people.",
                    subject=subject,
                )
            )

        self._session.deed(
            lambda: records.keep_sending(
                self._store, kind, subject, by_email=sent.by_email, by_post=sent.by_post
            ),
            done,
        )

    # Papers

    def labels(self) -> None:
        """Show address labels for those selected, or all listed."""

        def show(people: list[int]) -> None:
            panel = LabelsPanel(self._session, people)
            panel.left.connect(self._page.uncover)
            self._page.cover(panel)

        self.some(show, one=False)

    def report(self) -> None:
        """Show the membership report."""
        panel = ReportPanel(self._session)
        panel.left.connect(self._page.uncover)
        self._page.cover(panel)

    def member_list(self) -> None:
        """Show the list of members as it is printed."""
        from branch_desk.desk.preview import PaperCover

        store = self._store

        def make(large: bool) -> bytes:  # noqa: FBT001 -- the preview's question
            from branch_desk.members import papers
            from branch_desk.members.rules import CURRENT
            from branch_desk.paper.render import render

            today = store.today()
            people = records.many(store, records.ids(store, standing=CURRENT))
            made = papers.member_list(branch.details(store), people, today)
            return render(made, large_print=large)

        cover = PaperCover(self._session, tr("Member list"), make)
        cover.left.connect(self._page.uncover)
        self._page.cover(cover)

    # Out of the desk

    def export(self) -> None:
        """Ask where, and write those selected, or all listed, as CSV."""
        start = Path(self._session.remembered.text("folder") or str(Path.home()))
        ask.file_to_save(
            self._page,
            tr("Export members"),
            str(start / tr("Members.csv")),
            tr("Spreadsheets") + " (*.csv)",
            lambda path: self.some(lambda ids: self._export(ids, path), one=False),
        )

    def _export(self, ids: Sequence[int], path: Path) -> None:
        store = self._store
        target = path if path.suffix else path.with_suffix(".csv")
        self._session.remembered.keep("folder", str(target.parent))

        def work(progress: Progress) -> int:
            from branch_desk.members.exchange import export_csv

            progress(0, 0)
            people = records.many(store, ids)
            data = export_csv(people)
            progress(0, 0)
            files.write(target, data)
            return len(people)

        def done(number: int) -> None:
            self._session.said.emit(
                plural(
                    number,
                    "{n} member is in {name}.",
                    "{n} members are in {name}.",
                    name=target.name,
                )
            )

        title = tr("Writing {name}", name=target.name)
        self._session.workers.long(title, work, done, failed=self._session.fail, owner=self._page)

    def copy_addresses(self) -> None:
        """Copy those selected as they stand on an envelope."""

        def copied(ids: list[int]) -> None:
            from branch_desk.members.papers import address_lines

            people = records.many(self._store, ids)
            clipboard.put("\n\n".join("\n".join(address_lines(each)) for each in people))
            self._session.said.emit(
                plural(len(people), "{n} address is copied.", "{n} addresses are copied.")
            )

        self.some(copied, one=True)

    def copy_emails(self) -> None:
        """Copy the e-mail addresses of those who agreed to it, and say who was left out."""
        store = self._store

        def copied(found: records.Reached) -> None:
            clipboard.put("; ".join(dict.fromkeys(each.at for each in found.by_email)))
            self._session.said.emit(_told(found))

        def read(ids: list[int]) -> None:
            self._session.workers.quick(
                "e-mail addresses",
                lambda: records.reached(store, ids),
                copied,
                failed=self._session.fail,
                owner=self._page,
            )

        self.some(read, one=False)


def _told(found: records.Reached) -> str:
    number = len(found.by_email)
    said = plural(number, "{n} e-mail address is copied.", "{n} e-mail addresses are copied.")
    left = len(found.by_post) + len(found.unreached)
    if not left:
        return said
    out = plural(
        left,
        "{n} person is left out, who has no address or did not agree to e-mail.",
        "{n} people are left out, who have no address or did not agree to e-mail.",
    )
    return f"{said} {out}"


def _welcome_text(name: str, signed: str) -> str:
    return tr(
        "Dear friend,\n\n"
        "Thank you for joining. We are glad to have you.\n\n"
        "Our meetings are open to every member, and the notice of the next one will come to you "
        "with its agenda. Come along even if you know nobody yet: say at the door that you are "
        "new, and somebody will look after you.\n\n"
        "With good wishes,\n{signed}\n{branch}",
        signed=signed,
        branch=name,
    ).strip()
