"""Pictures of the ten jobs in the midst of being done; each leaves the branch as it found it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pictures_pages import late_motion
from pictures_window import NOW, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pictures_window import Desk
    from PIL import Image

RESIGNS = """From: {name} <{email}>
To: secretary@highfield-branch.example.org
Subject: Goodbye
Date: Sun, 17 May 2026 10:00:00 +0100

Dear secretary,

After nineteen years I am resigning. Please take me off the list. It was a pleasure.
"""
MOTION = "Keep Highfield library open on Saturdays"


@contextmanager
def taken_back(shown: Desk) -> Iterator[None]:
    """Undo whatever is changed within, so that the next picture finds the branch as it was."""
    from branch_desk.store.undo import undoable

    before = undoable(shown.store.database)
    yield
    shown.settle()
    while undoable(shown.store.database) != before:
        shown.store.undo()
    shown.settle()


def welcome(shown: Desk) -> Image.Image:
    """Draw who is welcomed by e-mail, who by letter, and the letter itself."""
    opened(shown)
    page = shown.page("Members")
    page.show_thing(0, "joined")
    shown.settle()
    page.doing.welcome()
    picture = shown.grab()
    page.uncover()
    page.show_thing(0, "all")
    return picture


def taking_in(shown: Desk) -> Image.Image:
    """Draw a motion that came in, as it was understood."""
    opened(shown)
    page = shown.page("Motions")
    page.drop([late_motion(shown)])
    picture = shown.grab()
    page.uncover()
    return picture


def telling(shown: Desk) -> Image.Image:
    """Draw the letter that tells a mover whether the motion is in order."""
    from branch_desk.motions.page.taking import Taking

    opened(shown)
    page = shown.page("Motions")
    with taken_back(shown):
        page.drop([late_motion(shown)])
        shown.settle()
        shown.one(Taking).take_in()
        shown.settle()
        page.tell_mover()
        picture = shown.grab()
        page.uncover()
    return picture


def sending(shown: Desk) -> Image.Image:
    """Draw the notice about to be sent."""
    opened(shown)
    page = shown.page("Meetings")
    page.panel.turn(1)
    shown.settle()
    page.panel.details.send_notice()
    picture = shown.grab()
    page.uncover()
    page.panel.turn(0)
    return picture


def signing_in(shown: Desk) -> Image.Image:
    """Draw the door: some are here, three letters of a name are typed."""
    from branch_desk.meetings import records
    from branch_desk.meetings.records import How
    from branch_desk.members import records as members

    opened(shown)
    page = shown.page("Meetings")
    page.panel.turn(2)
    with taken_back(shown):
        coming = page.table.current_id()
        people = members.ids(shown.store, order="name")
        for number, member in enumerate(people[5:300:13]):
            how = How.ONLINE if number % 5 == 0 else How.HALL
            records.sign_in(shown.store, coming, member=member, how=how)
        records.apologise(shown.store, coming, member=people[3])
        shown.settle()
        page.panel.door.search.setText("mar")
        picture = shown.grab()
        page.panel.door.search.clear()
    page.panel.turn(0)
    return picture


def vote(shown: Desk) -> Image.Image:
    """Draw a count as it is written down, with what it comes to."""
    from PySide6.QtCore import Qt

    opened(shown)
    page = shown.page("Meetings")
    page.panel.turn(0)
    tree = page.panel.agenda.tree
    found = tree.findItems(MOTION, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(found[0])
    shown.settle()
    page.panel.agenda.written.said.setText("14 for, 3 against, 1 abstention")
    shown.settle()
    tree.scrollToItem(found[0], tree.ScrollHint.PositionAtCenter)
    picture = shown.grab()
    page.panel.agenda.written.said.clear()
    tree.setCurrentItem(tree.topLevelItem(0))
    return picture


def resignation(shown: Desk) -> Image.Image:
    """Draw an e-mail in which somebody says that they resign."""
    from branch_desk.members import records
    from branch_desk.members.rules import Standing

    opened(shown)
    page = shown.page("Letters")
    ids = records.ids(shown.store, standing=Standing.MEMBER, resignation_said=False)
    leaver = next(each for each in records.many(shown.store, ids) if each.email)
    path = shown.store.path.with_name("goodbye.eml")
    path.write_text(RESIGNS.format(name=leaver.name, email=leaver.email), encoding="utf-8")
    with taken_back(shown):
        page.drop([str(path)])
        return shown.grab()


def chaser(shown: Desk) -> Image.Image:
    """Draw the letter that asks once more."""
    from branch_desk.correspondence import records

    opened(shown)
    page = shown.page("Letters")
    oldest = records.waiting(shown.store, NOW.date())[0]
    page.show_thing(oldest.thread)
    shown.settle()
    page.panel.write_chaser()
    picture = shown.grab()
    page.uncover()
    return picture


def rules(shown: Desk) -> Image.Image:
    """Draw the standing orders, with what the desk does with each."""
    opened(shown)
    page = shown.page("Branch")
    page.show_thing(0, "orders")
    picture = shown.grab()
    page.show_thing(0, "details")
    return picture


def anything(shown: Desk) -> Image.Image:
    """Draw the box that finds and does everything."""
    from branch_desk.desk.command_box import CommandBox

    opened(shown)
    shown.page("Today")
    shown.window.go_to_anything()
    shown.settle()
    shown.one(CommandBox).edit.setText("library")
    picture = shown.grab()
    shown.window.go_to_anything()
    return picture


JOBS: dict[str, Callable[[Desk], Image.Image]] = {
    "welcome": welcome,
    "motion-in": taking_in,
    "tell-mover": telling,
    "send-notice": sending,
    "signing-in": signing_in,
    "vote": vote,
    "resignation": resignation,
    "chase": chaser,
    "rules": rules,
    "anything": anything,
}
