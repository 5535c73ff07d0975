"""Letters out of files into the branch file, the same one never twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import records, rules
from branch_desk.correspondence.exchange.mail import read_mail
from branch_desk.correspondence.exchange.sources import mails_in, size_of
from branch_desk.correspondence.rules import Direction
from branch_desk.store.errors import Conflict, DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from pathlib import Path

    from branch_desk.correspondence.exchange.mail import Mail
    from branch_desk.correspondence.exchange.written import Written
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or one mail of it, that could not be brought in, and why."""

    file: str
    message: str


@dataclass(slots=True)
class Imported:
    """What an import brought: ids of new letters, how many were there already, what failed."""

    letters: list[int] = field(default_factory=list)
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)


def bring_in(
    store: Store,
    paths: Iterable[Path],
    *,
    direction: Direction | None = None,
    office: str = "",
    told: Callable[[int, int], object] = lambda _done, _total: None,
) -> Imported:
    """File the mails of files and folders in one change; one that fails does not stop the others.

    Without a `direction` a mail from the branch's own address went out and any other came in.
    `told(done, total)` is called before each mail and once before all is stored, in kilobytes; what
    it raises stops it all.
    """
    found = Imported()
    paths = list(paths)
    total, done = sum(map(size_of, paths)) // 1000, 0
    with store.change("Import letters"):
        for path in paths:
            try:
                for name, data in mails_in(path):
                    told(min(done // 1000, total), total)
                    done += len(data)
                    _bring_in_one(store, found, name, data, direction=direction, office=office)
            except DeskError as error:
                found.problems.append(Problem(str(path), str(error)))
        told(total, total)
    return found


def _bring_in_one(
    store: Store,
    found: Imported,
    name: str,
    data: bytes,
    *,
    direction: Direction | None,
    office: str,
) -> None:
    try:
        mail = read_mail(data)
        found.letters.append(file_mail(store, mail, direction=direction, office=office))
    except Conflict:
        found.duplicates += 1
    except DeskError as error:
        found.problems.append(Problem(name, str(error)))


def file_mail(
    store: Store, mail: Mail, *, direction: Direction | None = None, office: str = ""
) -> int:
    """File one e-mail; returns the letter's id. Raises `Conflict` where it is filed already."""
    if direction is None:
        own = branch.details(store).email.casefold()
        sent = mail.sender is not None and own and mail.sender.address == own
        direction = Direction.OUT if sent else Direction.IN
    other = mail.sender
    if direction is Direction.OUT:
        other = mail.recipients[0] if mail.recipients else None
    on, at, notes = _dated(store, mail)
    return records.add_letter(
        store,
        direction=direction,
        on=on,
        at=at,
        subject=mail.subject,
        body=mail.body,
        sender=str(mail.sender or ""),
        recipient=", ".join(map(str, mail.recipients[:20])),
        office=office or (other.name or other.address if other else ""),
        party=other.address or other.name if other else "",
        automatic=rules.automatic(mail.headers, mail.subject, mail.body, direction),
        message_id=mail.message_id,
        references=mail.references,
        undated=mail.at is None,
        enclosed=mail.enclosed,
        notes="\n".join([*mail.notes, *notes]),
    )


def _dated(store: Store, mail: Mail) -> tuple[date, datetime | None, list[str]]:
    today = store.today()
    if mail.at is None:
        return today, None, ["It carries no date; it is filed under the day it was brought in."]
    if mail.at.date() > today + timedelta(days=1):
        note = f"It is dated {mail.at.date()}, in the future; it is filed under the day it came."
        return today, None, [note]
    return mail.at.date(), mail.at, []


def file_written(store: Store, letter: Written, *, thread: int | None = None) -> int:
    """File a letter written in Markdown; raises `Conflict` or, for no such thread, `Missing`."""
    verdict = None
    if letter.automatic is not None:
        verdict = rules.Automatic(letter.automatic, "said in the file" if letter.automatic else "")
    return records.add_letter(
        store,
        direction=letter.direction,
        on=letter.on,
        subject=letter.subject,
        body=letter.body,
        sender=letter.sender,
        recipient=letter.recipient,
        office=letter.office,
        automatic=verdict,
        promised_by=letter.promised_by,
        wants_answer=letter.wants_answer,
        thread=thread,
    )
