"""What outlives an erasure, or leaves the file by itself, names nobody."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from random import Random

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.demo.story import PASSPHRASE, Calendar, build
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import MeetingKind
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records as motions
from branch_desk.slices import SLICES
from branch_desk.store import audit
from branch_desk.store.store import Store

ON = date(2026, 5, 14)
PACKAGE = Path(__file__).parent.parent / "branch_desk"
# What of a record may stand in a title: numbers, days and words of the program's own.
IMPERSONAL = {
    "motion.number",
    "each.title",  # of a standing order
    "number",  # of a motion
    "meeting.occasion",
    "get(store, meeting_id).occasion",
    "kind.article",
    "kind.value",
    "entry.kind.article",
    "entry.kind.value",
    "now.position",
    "moved.position",
    "gone.position",
    "where.position",
    "placed.kind",
    "letter.kind",
    "did",
    "review.as_of.day",
    "review.as_of",
    "_occasion(kind, starts_at)",
    "_words(new.kind)",
    "state.value",
    "state.value.replace('-', ' ')",
}


def titles():
    """Every title that is given to a change, as (file and line, expression)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "store"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "change"
                and ast.unparse(node.func.value).endswith("store")
                and node.args
            ):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.args[0]


def test_no_title_in_the_log_is_made_of_what_people_write():
    found = list(titles())
    assert len(found) > 40
    for where, title in found:
        for part in ast.walk(title):
            if isinstance(part, ast.FormattedValue):
                said = ast.unparse(part.value)
                assert said in IMPERSONAL, f"{where}: {said} may name somebody, for ever"


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    return build(folder, members=400, seed=1, on=ON, progress=lambda _: None)


def test_no_member_s_name_is_in_the_log_s_titles(demo_file):
    with Store.open(
        demo_file, PASSPHRASE, SLICES, clock=Calendar(ON), random=Random(1), actor="tester"
    ) as store:
        member = members.ids(store)[0]
        name = members.get(store, member).name
        meeting = meetings.ids(store)[0]
        # Deeds that the demo does not do, done to somebody with a name.
        members.change_details(store, member, notes="x")
        members.record_event(store, member, EventKind.RESIGNATION_SAID)
        members.set_consent(store, member, members.Channel.PHONE, given=False)
        entry = meetings.sign_in(store, meeting, name="Ottoline Brackenthwaite")
        meetings.strike(store, entry)
        motions.add(store, title=f"No confidence in {name}", text="x")
        item = meetings.add_item(store, meeting, f"Complaint about {name}")
        meetings.move_item(store, item, 1)
        meetings.remove_item(store, item)
        special = meetings.add(
            store,
            kind=MeetingKind.SPECIAL,
            starts_at=store.now(),
            title=f"The case of {name}",
        )
        meetings.set_minutes(store, special, "Nobody came.")
        branch.add_officer(store, f"Deputy to {name}", name)
        letters.add_letter(
            store,
            direction=letters.Direction.OUT,
            on=ON,
            sender="secretary@example.org",
            recipient="hq@example.org",
            subject=f"About {name}",
            body="x",
        )
        sent = letters.send(
            store, letters.Outgoing(name, "", f"The case of {name}", f"Dear {name}")
        )
        letters.remove(store, sent)
        action = meetings.EntryKind.ACTION
        entry = meetings.minute(store, special, action, f"Write to {name}", owner=name)
        meetings.finish(store, entry, ON)
        meetings.strike_entry(store, entry)
        members.keep_sending(store, members.SendingKind.MESSAGE, f"To {name}", by_post=[member])
        surnames = set(store.column("SELECT DISTINCT surname FROM member WHERE surname <> ''"))
        names = {*surnames, *name.split(), "Brackenthwaite"}
        said = {each.title for each in audit.entries(store.database)}
    assert len(surnames) > 90
    words = {word.casefold() for title in said for word in re.findall(r"\w[\w'-]*", title)}
    assert not {each for each in names if each.casefold() in words}
