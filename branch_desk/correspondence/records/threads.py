"""Threads: which letters belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.store.errors import Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.store.change import Change
    from branch_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Thread:
    """Letters that belong together; `closed_on` where we said that no answer is needed any more."""

    id: int
    subject: str
    office: str
    closed_on: date | None


def day_of(text: str | None) -> date | None:
    """Return the day a column holds, if any."""
    return date.fromisoformat(text) if text else None


def thread(store: Store, thread_id: int) -> Thread:
    """Return a thread; raises `Missing`."""
    row = store.one("SELECT * FROM thread WHERE id = ?", (thread_id,))
    if not row:
        raise Missing(f"There is no thread {thread_id}.")
    return Thread(row["id"], row["subject"], row["office"], day_of(row["closed_on"]))


def close_thread(store: Store, thread_id: int, on: date | None) -> None:
    """Say that from a day on no answer is needed any more; None opens the thread again."""
    thread(store, thread_id)
    with store.change("Close a thread" if on else "Open a thread again") as change:
        change.update("thread", thread_id, closed_on=on)


def thread_for(
    store: Store,
    change: Change,
    *,
    message_id: str,
    references: Sequence[str],
    subject: str,
    office: str,
    party: str,
) -> int:
    """Return the thread a letter goes into, making one or joining two where it must."""
    found = list(dict.fromkeys(_threads_by_reference(store, message_id, references)))
    if found:
        for other in found[1:]:
            _merge(store, change, other, found[0])
        return found[0]
    key = rules.subject_key(subject)
    if key not in {"", rules.NO_SUBJECT} and (
        same := _thread_by_subject(store, key, office, party)
    ):
        return same
    return change.insert("thread", subject=subject, subject_key=key, office=office or party)


def _threads_by_reference(store: Store, message_id: str, references: Sequence[str]) -> list[int]:
    threads = []
    for each in references:
        threads += store.column("SELECT thread FROM letter WHERE message_id = ?", (each,))
    if message_id:
        threads += store.column(
            """SELECT letter.thread FROM letter_reference
            JOIN letter ON letter.id = letter_reference.letter
            WHERE letter_reference.message_id = ?""",
            (message_id,),
        )
    return threads


def _thread_by_subject(store: Store, key: str, office: str, party: str) -> int | None:
    """Find the newest thread of a subject with the same office or address, or HQ's all."""
    rows = store.rows(
        """SELECT thread.id, thread.office, letter.party, letter.office AS letter_office
        FROM thread JOIN letter ON letter.thread = thread.id
        WHERE thread.subject_key = ? ORDER BY letter.dated DESC, letter.id DESC""",
        (key,),
    )
    hq = rules.address_domain(branch.details(store).hq_email)
    for row in rows:
        offices = {row["office"].casefold(), row["letter_office"].casefold()}
        both_hq = hq and {hq} == {rules.address_domain(each) for each in (party, row["party"])}
        if (
            (office and office.casefold() in offices)
            or (party and party == row["party"])
            or both_hq
        ):
            return int(row["id"])
    return None


def _merge(store: Store, change: Change, gone: int, into: int) -> None:
    """Move the letters of a thread that turned out to be part of another, and what refers to it."""
    for letter in store.column("SELECT id FROM letter WHERE thread = ?", (gone,)):
        change.update("letter", letter, thread=into)
    for link in store.links_to(Ref("thread", gone)):
        change.unlink(link.source, link.target, link.role)
        change.link(link.source, Ref("thread", into), link.role)
    change.delete("thread", gone)
