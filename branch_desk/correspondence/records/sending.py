"""Letters of ours: what is to go out, filed as sent on the day, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branch_desk.branch import records as branch
from branch_desk.correspondence import rules
from branch_desk.correspondence.records.clocks import exchanges, standings
from branch_desk.correspondence.records.letter import add_letter, get, letters
from branch_desk.correspondence.records.threads import thread
from branch_desk.correspondence.rules import Automatic, Direction
from branch_desk.store.errors import Conflict, Invalid
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from branch_desk.store.store import Store

ABOUT = "about"
CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter of ours before it goes: `to` is a person or an office, `address` their e-mail's.

    `thread` is None where the subject and whom it is to decide; `about` is what it is linked to,
    and with `confirms` it asks HQ to confirm what it says of them.
    """

    to: str
    address: str
    subject: str
    text: str
    thread: int | None = None
    answers: str = ""
    wants_answer: bool = True
    about: tuple[Ref, ...] = ()
    confirms: bool = False

    @property
    def recipient(self) -> str:
        """Whom it is to, as mail writes it."""
        return (
            f"{self.to} <{self.address}>" if self.to and self.address else self.to or self.address
        )


def send(store: Store, letter: Outgoing, *, message_id: str = "") -> int:
    """File a letter of ours as sent today, linked to what it is about; returns its id.

    Raises `Invalid` where it says not to whom or about what, `Conflict` for the same one twice.
    """
    if not letter.recipient.strip():
        raise Invalid("Say whom the letter is to.")
    if not letter.subject.strip():
        raise Invalid("Say what the letter is about.")
    if not letter.text.strip():
        raise Invalid("The letter has no text yet.")
    references = [letter.answers] if letter.answers else []
    with store.change("Send a letter") as change:
        sent = add_letter(
            store,
            direction=Direction.OUT,
            on=store.today(),
            at=store.now(),
            subject=letter.subject,
            body=letter.text.strip(),
            sender=branch.details(store).email,
            recipient=letter.recipient,
            office=letter.to or letter.address,
            party=letter.address or letter.to,
            thread=letter.thread,
            wants_answer=letter.wants_answer,
            automatic=Automatic(automatic=False),
            message_id=message_id,
            references=references,
        )
        for each in letter.about:
            change.link(Ref("letter", sent), each, ABOUT)
            if letter.confirms:
                change.link(Ref("letter", sent), each, CONFIRM)
    return sent


def answer_to(store: Store, thread_id: int) -> Outgoing:
    """Begin a letter to whom a thread is with; it waits for an answer unless it is one itself."""
    about = thread(store, thread_id)
    of_it = letters(store, thread_id)
    newest = of_it[-1] if of_it else None
    owing = any(each.thread == thread_id for each in standings(store, store.today()).owing)
    return Outgoing(
        to=about.office,
        address=_address(store, thread_id),
        subject=rules.answer_subject(about.subject),
        text="",
        thread=thread_id,
        answers=newest.message_id if newest else "",
        wants_answer=not owing,
    )


def chaser(store: Store, thread_id: int) -> Outgoing:
    """Begin the letter that reminds whom a thread is with; raises `Conflict` if none is owed."""
    waits = [each for each in standings(store, store.today()).waiting if each.thread == thread_id]
    if not waits:
        raise Conflict("No answer is owed to the branch here, so there is nobody to chase.")
    start = answer_to(store, thread_id)
    subject = thread(store, thread_id).subject
    words = rules.chaser(subject, exchanges(store, thread_id), waits[0].clock)
    return Outgoing(start.to, start.address, words.subject, words.text, thread_id, start.answers)


def _address(store: Store, thread_id: int) -> str:
    """Return the address a thread's letters last came from or went to, automatic replies aside."""
    for each in reversed(letters(store, thread_id)):
        said = each.sender if each.direction is Direction.IN else each.recipient.split(",")[0]
        found = rules.address_in(said)
        if "@" in found and not each.automatic:
            return found
    return ""


def tie(store: Store, letter_id: int, thing: Ref) -> None:
    """Say that a letter is about a member, a motion or a meeting."""
    get(store, letter_id)
    with store.change("Link a letter") as change:
        change.link(Ref("letter", letter_id), thing, ABOUT)


def untie(store: Store, letter_id: int, thing: Ref) -> None:
    """Say that a letter is not about a thing after all."""
    with store.change("Take a letter's link away") as change:
        change.unlink(Ref("letter", letter_id), thing, ABOUT)
