"""Threads: which letters belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.store.errors import Conflict, Missing
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.store.change import Change
    from branch_desk.store.store import Store

# How far back an automatic reply can answer.
_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Thread:
    """Letters that belong together; `closed_on` where we said that no answer is needed any more."""

    id: int
    subject: str
    office: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody we write to, by office and by address; all addresses of HQ are one."""

    office: str
    party: str
    hq: str

    def wrote_as(self, party: str, *offices: str) -> bool:
        """Whether a letter of this address or from one of these offices is theirs."""
        if self.office and self.office.casefold() in {each.casefold() for each in offices}:
            return True
        if self.party and self.party == party:
            return True
        return bool(self.hq) and {self.hq} == {
            rules.address_domain(each) for each in (self.party, party)
        }


def correspondent(store: Store, office: str, said: str) -> Correspondent:
    """Return whom an office and what stands as sender or recipient name."""
    hq = rules.address_domain(branch.details(store).hq_email)
    return Correspondent(office, rules.address_in(said), hq)


def move(store: Store, letter_id: int, thread_id: int | None) -> int:
    """Put a letter into another thread, or into one of its own; returns the thread's id.

    A thread that is left empty goes. Raises `Missing`.
    """
    row = store.one("SELECT thread, subject, office, party FROM letter WHERE id = ?", (letter_id,))
    if not row:
        raise Missing(f"There is no letter {letter_id}.")
    if thread_id is not None:
        thread(store, thread_id)
    with store.change("Move a letter to another thread") as change:
        into = thread_id or change.insert(
            "thread",
            subject=row["subject"],
            subject_key=rules.subject_key(row["subject"]),
            office=row["office"] or row["party"],
        )
        change.update("letter", letter_id, thread=into)
        if not store.value("SELECT 1 FROM letter WHERE thread = ?", (row["thread"],)):
            _merge(store, change, row["thread"], into)
    return into


def remove(store: Store, letter_id: int) -> None:
    """Take a letter that was filed by mistake out again; a thread that is left empty goes too.

    Raises `Missing`, or `Conflict` where something stands on it as its evidence.
    """
    row = store.one("SELECT thread, subject FROM letter WHERE id = ?", (letter_id,))
    if not row:
        raise Missing(f"There is no letter {letter_id}.")
    if held := store.links_to(Ref("letter", letter_id)):
        raise Conflict(
            f"“{row['subject']}” cannot be deleted: “{store.title(held[0].source)}” refers to it."
        )
    with store.change("Delete a letter") as change:
        for table in ("enclosure", "letter_reference"):
            for each in store.column(f"SELECT id FROM {table} WHERE letter = ?", (letter_id,)):  # noqa: S608 - ours
                change.delete(table, each)
        for link in store.links_from(Ref("letter", letter_id)):
            change.unlink(link.source, link.target, link.role)
        change.delete("letter", letter_id)
        if not store.value("SELECT 1 FROM letter WHERE thread = ?", (row["thread"],)):
            for link in store.links_to(Ref("thread", row["thread"])):
                change.unlink(link.source, link.target, link.role)
            change.delete("thread", row["thread"])


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
    other: Correspondent,
    automatic_on: date | None,
) -> int:
    """Return the thread a letter goes into, making one or joining two where it must.

    `automatic_on` is the day of an automatic reply: where neither references nor subject say what
    it answers, it goes to the one thread in which we wrote to its sender in the days before.
    """
    found = list(dict.fromkeys(_threads_by_reference(store, message_id, references)))
    if found:
        for one in found[1:]:
            _merge(store, change, one, found[0])
        return found[0]
    key = rules.subject_key(subject)
    if key not in {"", rules.NO_SUBJECT} and (same := _thread_by_subject(store, key, other)):
        return same
    if automatic_on and (same := _thread_just_written_in(store, automatic_on, other)):
        return same
    named = other.office or other.party
    return change.insert("thread", subject=subject, subject_key=key, office=named)


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


def _thread_by_subject(store: Store, key: str, other: Correspondent) -> int | None:
    """Find the newest thread of a subject with the same correspondent."""
    rows = store.rows(
        """SELECT thread.id, thread.office, letter.party, letter.office AS letter_office
        FROM thread JOIN letter ON letter.thread = thread.id
        WHERE thread.subject_key = ? ORDER BY letter.dated DESC, letter.id DESC""",
        (key,),
    )
    for row in rows:
        if other.wrote_as(row["party"], row["office"], row["letter_office"]):
            return int(row["id"])
    return None


def _thread_just_written_in(store: Store, on: date, other: Correspondent) -> int | None:
    """Find the thread in which we wrote to a correspondent lately, if it is only one."""
    rows = store.rows(
        """SELECT thread, party, office FROM letter
        WHERE direction = 'out' AND dated BETWEEN ? AND ?""",
        ((on - _LATELY).isoformat(), on.isoformat()),
    )
    found = {row["thread"] for row in rows if other.wrote_as(row["party"], row["office"])}
    return found.pop() if len(found) == 1 else None


def _merge(store: Store, change: Change, gone: int, into: int) -> None:
    """Move the letters of a thread that turned out to be part of another, and what refers to it."""
    for letter in store.column("SELECT id FROM letter WHERE thread = ?", (gone,)):
        change.update("letter", letter, thread=into)
    for link in store.links_to(Ref("thread", gone)):
        change.unlink(link.source, link.target, link.role)
        change.link(link.source, Ref("thread", into), link.role)
    change.delete("thread", gone)
