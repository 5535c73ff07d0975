"""Threads of letters in and out, what was promised in them, and who owes us an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils.migrations import Migrations

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.correspondence.rules import Direction, State
from branch_desk.store.errors import Conflict, Invalid, Missing
from branch_desk.store.links import Ref
from branch_desk.store.registry import Kind, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from branch_desk.store.change import Change
    from branch_desk.store.store import Store

MOST_IN_AN_ENCLOSURE = 50_000_000

migrations = Migrations("correspondence")


@migrations()
def m001_start(db: Database) -> None:
    """Make threads, letters, what letters refer to and what was enclosed."""
    for statement in _START.split(";\n"):
        db.execute(statement)


_START = """
CREATE TABLE thread (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, subject_key TEXT NOT NULL,
    office TEXT NOT NULL DEFAULT '', closed_on TEXT
) STRICT;
CREATE INDEX thread_subject_key ON thread (subject_key);
CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    thread INTEGER NOT NULL REFERENCES thread (id),
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    dated TEXT NOT NULL, sent_at TEXT,
    sender TEXT NOT NULL, recipient TEXT NOT NULL, party TEXT NOT NULL, office TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL,
    automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    automatic_because TEXT NOT NULL,
    automatic_guess INTEGER NOT NULL CHECK (automatic_guess IN (0, 1)),
    wants_answer INTEGER NOT NULL CHECK (wants_answer IN (0, 1)),
    promised_by TEXT,
    message_id TEXT NOT NULL, digest TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX letter_thread ON letter (thread, dated, sent_at, id);
CREATE INDEX letter_dated ON letter (dated);
CREATE INDEX letter_digest ON letter (digest);
CREATE INDEX letter_message_id ON letter (message_id) WHERE message_id <> '';
CREATE TABLE letter_reference (
    id INTEGER PRIMARY KEY, letter INTEGER NOT NULL REFERENCES letter (id),
    message_id TEXT NOT NULL
) STRICT;
CREATE INDEX letter_reference_to ON letter_reference (message_id, letter);
CREATE INDEX letter_reference_from ON letter_reference (letter);
CREATE TABLE enclosure (
    id INTEGER PRIMARY KEY, letter INTEGER NOT NULL REFERENCES letter (id),
    attachment INTEGER NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;
CREATE INDEX enclosure_letter ON enclosure (letter)"""

SLICE = Slice(
    "correspondence",
    migrations,
    kinds=(
        Kind("thread", "thread", title="subject", searched=("subject", "office")),
        Kind(
            "letter",
            "letter",
            title="subject || ' (' || dated || ')'",
            searched=("subject", "sender", "recipient", "office", "body"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Thread:
    """Letters that belong together; `closed_on` where we said that no answer is needed any more."""

    id: int
    subject: str
    office: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter or e-mail; `automatic_guess` is True until a header or a person settles it."""

    id: int
    thread: int
    direction: Direction
    on: date
    at: datetime | None
    sender: str
    recipient: str
    subject: str
    body: str
    office: str
    automatic: bool
    automatic_because: str
    automatic_guess: bool
    wants_answer: bool
    promised_by: date | None
    message_id: str
    notes: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thread in which an answer is owed to us, as on one day; `days` since our first letter."""

    thread: int
    subject: str
    office: str
    since: date
    days: int
    chasers: int
    promised_by: date | None
    automatic_replies: int
    state: State
    last_sent: date


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came or went with a letter, to be kept."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file kept with a letter; its bytes are `store.attachment(attachment)`."""

    id: int
    attachment: int
    name: str
    media_type: str
    size: int


# Reading


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _letter(row: Mapping[str, Any]) -> Letter:
    return Letter(
        id=row["id"],
        thread=row["thread"],
        direction=Direction(row["direction"]),
        on=date.fromisoformat(row["dated"]),
        at=datetime.fromisoformat(row["sent_at"]) if row["sent_at"] else None,
        sender=row["sender"],
        recipient=row["recipient"],
        subject=row["subject"],
        body=row["body"],
        office=row["office"],
        automatic=bool(row["automatic"]),
        automatic_because=row["automatic_because"],
        automatic_guess=bool(row["automatic_guess"]),
        wants_answer=bool(row["wants_answer"]),
        promised_by=_day(row["promised_by"]),
        message_id=row["message_id"],
        notes=row["notes"],
    )


def get(store: Store, letter_id: int) -> Letter:
    """Return a letter; raises `Missing`."""
    row = store.one("SELECT * FROM letter WHERE id = ?", (letter_id,))
    if not row:
        raise Missing(f"There is no letter {letter_id}.")
    return _letter(row)


def many(store: Store, letter_ids: Sequence[int]) -> list[Letter]:
    """Return letters in the order of their ids, leaving out those that are gone."""
    marks = ", ".join("?" * len(letter_ids))
    rows = store.rows(f"SELECT * FROM letter WHERE id IN ({marks})", list(letter_ids))  # noqa: S608
    found = {row["id"]: _letter(row) for row in rows}
    return [found[each] for each in letter_ids if each in found]


_ORDERS = {
    "newest": "dated DESC, coalesce(sent_at, '') DESC, id DESC",
    "oldest": "dated, coalesce(sent_at, ''), id",
    "subject": "subject COLLATE NOCASE, dated, id",
    "office": "office COLLATE NOCASE, dated, id",
}


def ids(
    store: Store,
    *,
    search: str = "",
    order: str = "newest",
    direction: Direction | None = None,
    automatic: bool | None = None,
    thread: int | None = None,
) -> list[int]:
    """Return the ids of the letters that match; `order` is newest, oldest, subject or office."""
    if order not in _ORDERS:
        raise Invalid(f"Letters cannot be put in the order “{order}”; use {', '.join(_ORDERS)}.")
    found: list[int] = store.column(
        f"""SELECT id FROM letter
        WHERE (:direction IS NULL OR direction = :direction)
          AND (:automatic IS NULL OR automatic = :automatic)
          AND (:thread IS NULL OR thread = :thread)
        ORDER BY {_ORDERS[order]}""",  # noqa: S608 - the order is one of ours
        {
            "direction": direction.value if direction else None,
            "automatic": automatic,
            "thread": thread,
        },
    )
    if search.strip():
        matching = set(store.search("letter", search))
        found = [each for each in found if each in matching]
    return found


def thread(store: Store, thread_id: int) -> Thread:
    """Return a thread; raises `Missing`."""
    row = store.one("SELECT * FROM thread WHERE id = ?", (thread_id,))
    if not row:
        raise Missing(f"There is no thread {thread_id}.")
    return Thread(row["id"], row["subject"], row["office"], _day(row["closed_on"]))


def letters(store: Store, thread_id: int) -> list[Letter]:
    """Return a thread's letters, oldest first."""
    rows = store.rows(
        f"SELECT * FROM letter WHERE thread = ? ORDER BY {_ORDERS['oldest']}",  # noqa: S608
        (thread_id,),
    )
    return [_letter(row) for row in rows]


def enclosures(store: Store, letter_id: int) -> list[Enclosure]:
    """Return what is kept with a letter, in its order."""
    rows = store.rows("SELECT * FROM enclosure WHERE letter = ? ORDER BY id", (letter_id,))
    return [
        Enclosure(row["id"], row["attachment"], row["name"], row["media_type"], row["size"])
        for row in rows
    ]


def waiting(store: Store, on: date) -> list[Waiting]:
    """Return the threads in which we wait for an answer on a day, the longest wait first."""
    chase_days = int(branch.setting(store, "letters.chase_days") or 0)
    rows = store.rows(
        """SELECT letter.thread, thread.subject, thread.office, letter.direction, letter.dated,
            letter.automatic, letter.wants_answer, letter.promised_by
        FROM letter JOIN thread ON thread.id = letter.thread
        WHERE letter.dated <= :on
          AND (thread.closed_on IS NULL OR thread.closed_on > :on
               OR letter.dated > thread.closed_on)
        ORDER BY letter.thread, letter.dated, coalesce(letter.sent_at, ''), letter.id""",
        {"on": on.isoformat()},
    )
    by_thread: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_thread.setdefault(row["thread"], []).append(row)
    found = [
        Waiting(
            thread=each,
            subject=of_it[0]["subject"],
            office=of_it[0]["office"],
            **asdict(clock),
        )
        for each, of_it in by_thread.items()
        if (clock := rules.clock((_exchange(row) for row in of_it), on, chase_days))
    ]
    return sorted(found, key=lambda each: (each.since, each.thread))


def _exchange(row: Mapping[str, Any]) -> rules.Exchange:
    return rules.Exchange(
        direction=Direction(row["direction"]),
        on=date.fromisoformat(row["dated"]),
        automatic=bool(row["automatic"]),
        wants_answer=bool(row["wants_answer"]),
        promised_by=_day(row["promised_by"]),
    )


# Deeds


def duplicate(store: Store, message_id: str, digest: str) -> int | None:
    """Return the letter that is the same as one with this Message-ID and content, or None."""
    found: int | None = store.value(
        """SELECT id FROM letter
        WHERE digest = :digest
          AND (message_id = '' OR :message_id = '' OR message_id = :message_id)""",
        {"digest": digest, "message_id": message_id},
    )
    return found


def add_letter(
    store: Store,
    *,
    direction: Direction,
    on: date,
    subject: str,
    body: str,
    sender: str = "",
    recipient: str = "",
    office: str = "",
    at: datetime | None = None,
    automatic: rules.Automatic | None = None,
    wants_answer: bool = True,
    promised_by: date | None = None,
    message_id: str = "",
    references: Sequence[str] = (),
    enclosed: Iterable[Enclosed] = (),
    thread: int | None = None,
    party: str = "",
    notes: str = "",
) -> int:
    """File a letter in its thread and return its id; `references` begin with what it answers.

    Without a `thread` it goes where its references say, else to the thread of its subject and
    office, else into a new one. `automatic` is judged by wording where it is not given. Raises
    `Conflict` where the same letter is filed already, `Missing` for an unknown thread.
    """
    subject = " ".join(subject.split()) or "(no subject)"
    digest = rules.digest_of(direction, on, sender, subject, body)
    if (same := duplicate(store, message_id, digest)) is not None:
        raise Conflict(f"“{subject}” of {on} is filed already, as letter {same}.")
    verdict = automatic or rules.automatic({}, subject, body, direction)
    party = (party or (sender if direction is Direction.IN else recipient)).casefold()
    with store.change("File a letter") as change:
        if thread is None:
            thread = _thread_for(
                store,
                change,
                message_id=message_id,
                references=references,
                subject=subject,
                office=office,
                party=party,
            )
        elif not store.value("SELECT id FROM thread WHERE id = ?", (thread,)):
            raise Missing(f"There is no thread {thread}.")
        letter = change.insert(
            "letter",
            thread=thread,
            direction=direction,
            dated=on,
            sent_at=at,
            sender=sender,
            recipient=recipient,
            party=party,
            office=office,
            subject=subject,
            body=body,
            automatic=verdict.automatic,
            automatic_because=verdict.because,
            automatic_guess=verdict.guess,
            wants_answer=wants_answer,
            promised_by=promised_by,
            message_id=message_id,
            digest=digest,
            notes=notes,
        )
        for each in dict.fromkeys(references):
            change.insert("letter_reference", letter=letter, message_id=each)
        for file in enclosed:
            _enclose(change, letter, file)
    return letter


def _enclose(change: Change, letter: int, file: Enclosed) -> int:
    if len(file.data) > MOST_IN_AN_ENCLOSURE:
        raise Invalid(f"“{file.name}” is over 50 MB; keep it elsewhere and say where.")
    return change.insert(
        "enclosure",
        letter=letter,
        attachment=change.attach(file.data, file.name, file.media_type),
        name=file.name,
        media_type=file.media_type,
        size=len(file.data),
    )


def _thread_for(
    store: Store,
    change: Change,
    *,
    message_id: str,
    references: Sequence[str],
    subject: str,
    office: str,
    party: str,
) -> int:
    found = list(dict.fromkeys(_threads_by_reference(store, message_id, references)))
    if found:
        for other in found[1:]:
            _merge(store, change, other, found[0])
        return found[0]
    key = rules.subject_key(subject)
    if key and (same := _thread_by_subject(store, key, office, party)):
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
        if (office and office.casefold() in offices) or party == row["party"] or both_hq:
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


def correct_automatic(store: Store, letter_id: int, *, automatic: bool) -> None:
    """Say whether a letter is an automatic reply, where the guess was wrong or to settle it."""
    letter = get(store, letter_id)
    title = "Mark as automatic reply" if automatic else "Mark as written by a person"
    with store.change(title) as change:
        change.update(
            "letter",
            letter.id,
            automatic=automatic,
            automatic_because="said by hand",
            automatic_guess=False,
        )


def promise(store: Store, letter_id: int, by: date | None) -> None:
    """Record by when a letter that came in promises an answer, None to take it back."""
    letter = get(store, letter_id)
    if letter.direction is Direction.OUT:
        raise Conflict("A promise is made in a letter that came in; this one went out.")
    if by and by < letter.on:
        raise Invalid(f"A promise in a letter of {letter.on} cannot be for {by}.")
    with store.change("Record a promise") as change:
        change.update("letter", letter.id, promised_by=by)


def close_thread(store: Store, thread_id: int, on: date | None) -> None:
    """Say that from a day on no answer is needed any more; None opens the thread again."""
    thread(store, thread_id)
    with store.change("Close a thread" if on else "Open a thread again") as change:
        change.update("thread", thread_id, closed_on=on)
