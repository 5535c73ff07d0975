"""Threads of letters in and out, and the deeds that file them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from branch_desk.correspondence import rules
from branch_desk.correspondence.records.threads import correspondent, day_of, thread_for
from branch_desk.correspondence.rules import Direction
from branch_desk.store.errors import Conflict, Invalid, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from branch_desk.store.change import Change
    from branch_desk.store.store import Store

MOST_IN_AN_ENCLOSURE = 50_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter or e-mail; `automatic_guess` is True until a header or a person settles it.

    `asks` is whether it asks us for an answer, None until a person says. `leaving` are the words by
    which its writer seems to resign: a guess, empty once a person said that it is none.
    """

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
    asks: bool | None = None
    leaving: str = ""


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
        promised_by=day_of(row["promised_by"]),
        message_id=row["message_id"],
        notes=row["notes"],
        asks=None if row["asks"] is None else bool(row["asks"]),
        leaving=row["leaving"],
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
    "newest": "dated DESC, sent_at DESC, id DESC",
    "oldest": "dated, sent_at, id",
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
        matching = store.matching("letter", search)
        found = [each for each in found if each in matching]
    return found


# Within a thread. Where only some of one day's letters bear an hour, nothing says which came first;
# ours then stand last, so that no answer from before our letter is taken for the answer to it.
IN_TURN = """letter.dated,
    letter.direction = 'out' AND count(letter.sent_at) OVER day BETWEEN 1 AND count(*) OVER day - 1,
    letter.sent_at, letter.id"""
DAY = "WINDOW day AS (PARTITION BY letter.thread, letter.dated)"


def letters(store: Store, thread_id: int) -> list[Letter]:
    """Return a thread's letters, oldest first."""
    rows = store.rows(
        f"SELECT * FROM letter WHERE thread = ? {DAY} ORDER BY {IN_TURN}",  # noqa: S608 - ours
        (thread_id,),
    )
    return [_letter(row) for row in rows]


def enclosures_of(store: Store, thread_id: int) -> dict[int, list[Enclosure]]:
    """Return what is kept with each letter of a thread that has anything, by the letter's id."""
    found: dict[int, list[Enclosure]] = {}
    for row in store.rows(
        """SELECT enclosure.* FROM letter JOIN enclosure ON enclosure.letter = letter.id
        WHERE letter.thread = ? ORDER BY enclosure.id""",
        (thread_id,),
    ):
        found.setdefault(row["letter"], []).append(_enclosure(row))
    return found


def enclosures(store: Store, letter_id: int) -> list[Enclosure]:
    """Return what is kept with a letter, in its order."""
    rows = store.rows("SELECT * FROM enclosure WHERE letter = ? ORDER BY id", (letter_id,))
    return [_enclosure(row) for row in rows]


def _enclosure(row: Mapping[str, Any]) -> Enclosure:
    return Enclosure(row["id"], row["attachment"], row["name"], row["media_type"], row["size"])


# Deeds


def duplicate(store: Store, message_id: str, digest: str) -> int | None:
    """Return the letter that is the same as one with this Message-ID and content, or None."""
    found: int | None = store.value(
        "SELECT id FROM letter WHERE digest = ? AND message_id = ?", (digest, message_id)
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
    undated: bool = False,
) -> int:
    """File a letter in its thread and return its id; `references` begin with what it answers.

    Without a `thread` it goes where its references say, else to the thread of its subject and
    office, else into a new one. `automatic` is judged by wording where it is not given;
    `undated` says that `on` is only the day it was filed. Raises
    `Conflict` where the same letter is filed already, `Missing` for an unknown thread.
    """
    subject = " ".join(subject.split()) or rules.NO_SUBJECT
    # The same mail keeps its Message-ID and its words; a letter without one has its day as well.
    day = None if message_id or undated else on
    digest = rules.digest_of(direction, day, sender, subject, body)
    if (same := duplicate(store, message_id, digest)) is not None:
        raise Conflict(f"“{subject}” of {on} is filed already, as letter {same}.")
    verdict = automatic or rules.automatic({}, subject, body, direction)
    said = party or (sender if direction is Direction.IN else recipient)
    other = correspondent(store, office, said)
    leaving = "" if direction is Direction.OUT else _leaving(verdict, subject, body)
    with store.change("File a letter") as change:
        if thread is None:
            thread = thread_for(
                store,
                change,
                message_id=message_id,
                references=references,
                subject=subject,
                other=other,
                automatic_on=on if verdict.automatic and direction is Direction.IN else None,
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
            party=other.party,
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
            leaving=leaving,
        )
        for each in dict.fromkeys(references):
            change.insert("letter_reference", letter=letter, message_id=each)
        for file in enclosed:
            _enclose(change, letter, file)
    return letter


def _leaving(verdict: rules.Automatic, subject: str, body: str) -> str:
    from branch_desk.correspondence.rules.resigning import resigning  # 20 ms of patterns

    return "" if verdict.automatic else resigning(subject, body)


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


def want_answer(store: Store, letter_id: int, *, asks: bool) -> None:
    """Say whether a letter that came in asks us for an answer, and all before it since our last."""
    letter = get(store, letter_id)
    if letter.direction is Direction.OUT:
        raise Conflict("What we owe an answer to is a letter that came in; this one went out.")
    said = [letter_id]
    for each in letters(store, letter.thread):
        if each.id == letter_id:
            break
        said = [letter_id] if each.direction is Direction.OUT else [*said, each.id]
    title = "Note that we owe an answer" if asks else "Note that we need not answer"
    with store.change(title) as change:
        for each_id in said[:1] if asks else said:
            change.update("letter", each_id, asks=asks)
