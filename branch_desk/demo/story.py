"""The demo branch: a believable fictional branch, built with the calls a user's clicks make.

The same seed and day give the same records. Its clock is moved through three years as it is built,
so that the log and the dates of entry read like a branch's own.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.correspondence import rules as letter_rules
from branch_desk.demo.people import Fate, Person, data, listing, people
from branch_desk.leaflets import records as leaflets
from branch_desk.meetings import records as meetings
from branch_desk.members import exchange as hq_lists
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind, Standing
from branch_desk.motions import records as motions
from branch_desk.motions.rules import MotionKind, MotionState
from branch_desk.resources import resource
from branch_desk.slices import SLICES
from branch_desk.store.lock import FileLock
from branch_desk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


PASSPHRASE = "demo"  # noqa: S105 -- the sample branch has nothing to hide
LONDON = ZoneInfo("Europe/London")
FIRST_LIST, SECOND_LIST, LAST_LIST = (
    timedelta(days=3 * 365),
    timedelta(days=400),
    timedelta(days=20),
)


@dataclass(slots=True)
class Calendar:
    """The demo's clock: nine in the evening of the day the story has come to."""

    on: date

    def __call__(self) -> datetime:
        """Return the moment the story has come to."""
        return datetime.combine(self.on, time(21, 0), LONDON)


@dataclass(slots=True)
class Story:
    """What is drawn on while the branch is built."""

    store: Store
    calendar: Calendar
    today: date
    chance: Random
    progress: Callable[[str], None]
    people: Sequence[Person]
    actives: list[members.Member] = field(default_factory=list)

    def go_to(self, days: int) -> date:
        """Move the clock to so many days from today (negative: ago), and return that day."""
        self.calendar.on = self.today + timedelta(days=days)
        return self.calendar.on


def build(
    directory: Path,
    *,
    members: int = 400,
    seed: int = 1,
    on: date,
    progress: Callable[[str], None],
) -> Path:
    """Build `directory/demo.branch` with so many members, in place of one that is there.

    It is built under another name and takes its own when it is whole, so none is ever half told.
    Returns its path; the passphrase is `PASSPHRASE`. Raises `InUse` where a window has the old one
    open, and other `DeskError`s where it cannot write.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory.resolve() / "demo.branch"
    with _alone(path):
        unfinished = path.with_name("demo unfinished.branch")
        with _alone(unfinished):
            _clear(unfinished)  # what a build that was broken off left behind
        _tell(unfinished, members, seed, on, progress)
        _clear(path)
        unfinished.rename(path)
    return path


def _tell(path: Path, members: int, seed: int, on: date, progress: Callable[[str], None]) -> None:
    """Build the whole story in a new file."""
    # A story that can be told again, and no secret: two sources, so that neither shifts the other.
    chance, salts = Random(seed), Random(seed)  # noqa: S311
    calendar = Calendar(on - FIRST_LIST)
    with Store.create(
        path,
        PASSPHRASE,
        SLICES,
        clock=calendar,
        random=salts,
        actor="Demo",
    ) as store:
        cast = people(members, chance, on, _autumn(on))
        story = Story(store, calendar, on, chance, progress, cast)
        for chapter in (
            _branch,
            _members,
            _officers,
            _letters,
            _meetings,
            _motions,
            _leaflets,
            _agenda,
        ):
            chapter(story)
            calendar.on = on


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep others from opening a file meanwhile; raises `InUse` where somebody has it open."""
    lock = FileLock.take(path, datetime.now(LONDON))
    try:
        yield
    finally:
        lock.release()


def _clear(path: Path) -> None:
    """Take a file away with what SQLite keeps beside it, and nothing else."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _autumn(on: date) -> int:
    """Return the year of the last autumn before the first letter about it was written."""
    written = on - timedelta(days=171)
    return written.year if written >= date(written.year, 11, 15) else written.year - 1


def _branch(story: Story) -> None:
    story.progress("The branch and its standing orders…")
    described = data("branch.toml")
    branch.set_details(story.store, **described["details"])
    for key, (value, clause) in described["standing_orders"].items():
        branch.set_setting(story.store, key, value, clause=clause)


def _members(story: Story) -> None:
    story.progress(f"{len(story.people)} members, from HQ's lists of three years…")
    _hq_list(story, FIRST_LIST)
    _hq_list(story, SECOND_LIST)
    _what_members_said(story)
    _hq_list(story, LAST_LIST)
    _newcomers(story)
    ids = members.ids(story.store, standing=Standing.MEMBER, order="joined", payment_stopped=False)
    story.actives = members.many(story.store, ids[:120])
    if story.actives:
        _promises(story)


def _hq_list(story: Story, ago: timedelta) -> None:
    """Bring in HQ's list of a day as a secretary does: review it, then apply it."""
    as_of = story.today - ago
    story.calendar.on = as_of
    sent = listing(story.people, as_of)
    name = f"highfield-{as_of.isoformat()}.csv"
    hq_lists.apply(story.store, hq_lists.review(story.store, sent, name, as_of=as_of))


SAID = {
    Fate.SAID_ONLY: (EventKind.RESIGNATION_SAID, "E-mail to the secretary."),
    Fate.RESIGNED: (EventKind.RESIGNATION_SAID, "Letter to the secretary, sent on to HQ."),
    Fate.STOPPED_PAYING: (EventKind.PAYMENT_STOPPED, "HQ's monthly note of stopped direct debits."),
    Fate.SUSPENDED: (EventKind.SUSPENDED, "Told by telephone; no reason given."),
    Fate.TRANSFERRED: (EventKind.TRANSFERRED_OUT, "Moved house."),
}


def _what_members_said(story: Story) -> None:
    """Record, month by month, what reached the secretary before HQ's last list came."""
    by_number = dict(zip(*_numbers(story.store), strict=True))
    told = sorted(
        (each for each in story.people if each.fate in SAID and each.number in by_number),
        key=lambda each: (each.turned_on, each.number),
    )
    for _, month in groupby(told, key=lambda each: (each.turned_on.year, each.turned_on.month)):
        entries = list(month)
        story.calendar.on = min(entries[-1].turned_on + timedelta(days=2), story.today)
        members.record_events(
            story.store,
            [
                (
                    by_number[each.number],
                    members.dated(SAID[each.fate][0], each.turned_on, SAID[each.fate][1]),
                )
                for each in entries
            ],
        )


def _numbers(store: Store) -> tuple[list[str], list[int]]:
    ids = members.ids(store, order="entered")
    return [each.number for each in members.many(store, ids)], ids


def _newcomers(story: Story) -> None:
    """Add those who joined at the door since HQ's last list; HQ has given them no number yet."""
    story.go_to(-3)
    with story.store.change("Add members who joined at the stall"):
        for each in story.people:
            if each.joined_on > story.today - LAST_LIST:
                members.add(
                    story.store,
                    on=each.joined_on,
                    title=each.title,
                    forename=each.forename,
                    surname=each.surname,
                    email=each.email,
                    mobile=each.mobile,
                    address=each.address,
                    postcode=each.postcode,
                    ward=each.ward,
                )


def _promises(story: Story) -> None:
    """Say what some active members offer, need and agree to."""
    offers = data("people.toml")["offers"]
    with story.store.change("Note what members offer"):
        for each in story.actives:
            told: dict[str, object] = {}
            if story.chance.random() < 0.6:
                told["offers"] = ", ".join(story.chance.sample(offers["offers"], 2))
            if story.chance.random() < 0.4:
                told["skills"] = story.chance.choice(offers["skills"])
            if story.chance.random() < 0.15:
                told["access_needs"] = story.chance.choice(offers["access"])
            if told:
                members.change_details(story.store, each.id, **told)
            members.set_consent(
                story.store,
                each.id,
                members.Channel.EMAIL,
                given=story.chance.random() < 0.85,
                on=each.joined_on or story.today,
                wording="You may send me the branch's notices and papers by e-mail.",
            )


def _officers(story: Story) -> None:
    since = story.go_to(-355)
    for office, holder in zip(data("branch.toml")["offices"], story.actives, strict=False):
        branch.add_officer(story.store, office, holder.name, member=holder.id, since=since)


def _letters(story: Story) -> None:
    story.progress("Letters, and the automatic replies to them…")
    sent = sorted(
        (
            (letter["ago"], thread, letter)
            for thread in data("letters.toml")["thread"]
            for letter in thread["letter"]
        ),
        key=lambda each: -each[0],
    )
    for ago, thread, letter in sent:
        _letter(story, story.go_to(-ago), thread, letter)


def _letter(story: Story, on: date, thread: Mapping[str, Any], letter: Mapping[str, Any]) -> None:
    incoming = letter["direction"] == "in"
    us, them = branch.details(story.store).email, f"{thread['office']} <{thread['address']}>"
    answers = letter is not thread["letter"][0]
    subject = letter.get("subject", f"{'Re: ' if answers else ''}{thread['subject']}")
    body = letter["body"].strip()
    direction = letters.Direction(letter["direction"])
    headers = {name.lower(): [value] for name, value in letter.get("headers", {}).items()}
    letters.add_letter(
        story.store,
        direction=direction,
        on=on,
        sender=them if incoming else us,
        recipient=us if incoming else them,
        subject=subject,
        body=body,
        office=thread["office"],
        automatic=letter_rules.automatic(headers, subject, body, direction),
    )


def _meetings(story: Story) -> None:
    story.progress("Meetings, motions and their results…")
    described = data("meetings.toml")
    for each in described["meeting"]:
        story.go_to(min(0, each["days"] - 21))
        meeting = meetings.add(
            story.store,
            kind=meetings.MeetingKind(each["kind"]),
            starts_at=_starts(story.today, each),
            place=described["place"]["name"],
            online_at=described["place"]["online"],
        )
        if each["days"] < 0:
            _held(story, meeting, each["days"])


def _starts(today: date, each: Mapping[str, Any]) -> datetime:
    """Return when a meeting starts: the Thursday on or after its day."""
    day = today + timedelta(days=each["days"])
    return datetime.combine(
        day + timedelta(days=(3 - day.weekday()) % 7), time.fromisoformat(each["at"]), LONDON
    )


def _held(story: Story, meeting: int, days: int) -> None:
    """Send its notice, sign people in, keep its minutes."""
    sent = story.go_to(days - 9)
    meetings.record_notice(
        story.store,
        meeting,
        sent_on=sent,
        channel=meetings.Channel.EMAIL,
        recipients=len(story.actives),
    )
    on = meetings.get(story.store, meeting).on
    story.calendar.on = min(on, story.today)
    # The officers come; of the others, some do and some send apologies.
    officers, others = story.actives[:6], story.actives[6:]
    came = story.chance.sample(others, min(len(others), story.chance.randint(20, 35)))
    there = [*officers, *came]
    apologies = [each for each in others if each not in came][:5]
    with story.store.change("Take the attendance"):
        for each in there:
            how = meetings.How.ONLINE if story.chance.random() < 0.2 else meetings.How.HALL
            meetings.sign_in(story.store, meeting, member=each.id, how=how)
        for each in apologies:
            meetings.apologise(story.store, meeting, member=each.id)
    minutes = data("meetings.toml")["minutes"]["text"]
    text = minutes.format(
        present=len(there), apologies=", ".join(each.name for each in apologies) or "none"
    )
    meetings.set_minutes(story.store, meeting, text)
    if days < -40:
        meetings.agree_minutes(story.store, meeting, min(on + timedelta(days=31), story.today))


def _motions(story: Story) -> None:
    held = meetings.ids(story.store, until=story.store.now(), order="-starts")
    for each in sorted(data("motions.toml")["motion"], key=lambda each: -each["received"]):
        received = story.go_to(-each["received"])
        mover, seconder = _two(story)
        motion = motions.add(
            story.store,
            title=each["title"],
            text=each["text"].strip(),
            reasons=each["reasons"].strip(),
            kind=MotionKind(each["kind"]),
            mover=mover.name if mover else "",
            mover_member=mover.id if mover else None,
            seconder=seconder.name if seconder else "",
            seconder_member=seconder.id if seconder else None,
            received_on=received,
            arose_on=story.today - timedelta(days=each["arose"]) if "arose" in each else None,
            addressed_to=each["addressed_to"],
        )
        if each["meeting"] > 0:
            _decided(story, motion, held[each["meeting"] - 1], each)


def _two(story: Story) -> tuple[members.Member | None, members.Member | None]:
    if len(story.actives) < 2:
        return None, None
    mover, seconder = story.chance.sample(story.actives, 2)
    return mover, seconder


def _decided(story: Story, motion: int, meeting: int, each: Mapping[str, Any]) -> None:
    on = meetings.get(story.store, meeting).on
    story.calendar.on = on
    item = meetings.add_item(story.store, meeting, "Motions", kind=meetings.ItemKind.MOTIONS)
    meetings.place_motion(story.store, item, motion)
    if each.get("remitted"):
        motions.set_state(story.store, motion, MotionState.REMITTED)
        return
    votes_for, votes_against, abstentions = each["result"]
    motions.decide(
        story.store,
        motion,
        on=on,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        present=votes_for + votes_against + abstentions,
    )


def _leaflets(story: Story) -> None:
    story.progress("Two leaflets…")
    day = _starts(story.today, {"days": 23, "at": "19:30"})
    when = f"{day:%a} {day.day} {day:%B}"
    for each in data("leaflets.toml")["leaflet"]:
        texts = {name: text.replace("{when}", when) for name, text in each["texts"].items()}
        leaflet = leaflets.add(
            story.store,
            title=each["title"],
            layout=each["layout"],
            election_material=False,
            copies=each["copies"],
            texts=texts,
        )
        leaflets.set_picture(
            story.store,
            leaflet,
            resource("demo", each["picture"]).read_bytes(),
            each["picture"],
            alt=each["alt"],
            credit="Drawing: the branch",
            focus=(0.5, 0.6),
        )


def _agenda(story: Story) -> None:
    """Lay out the next meeting, as the secretary would this evening."""
    coming = meetings.next_meeting(story.store, story.store.now())
    if coming is not None:
        meetings.lay_out(story.store, coming.id)
