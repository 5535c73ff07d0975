"""Pictures of the pages as they stand on the demo branch."""

from __future__ import annotations

import csv
from io import StringIO
from random import Random
from typing import TYPE_CHECKING

from pictures_window import BUILT, NOW, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from pictures_window import Desk
    from PIL import Image

AGENDA = 2  # the pack's page, from 0, on which the agenda stands
LEFT = 1  # the heap of a review that shows who left
LATE_MOTION = """---
title: Bicycle stands at the community centre
mover: {mover}
received: 2026-05-18
---
This branch asks the town council for twelve bicycle stands at the community centre.

## Reasons

Members who cycle to meetings have nowhere to lock their bicycles.
"""


def doors(shown: Desk) -> Image.Image:
    """Draw the three doors of a first run."""
    shown.window.way_in.show_doors()
    return shown.grab()


def log(shown: Desk) -> Image.Image:
    """Draw the log, just checked, with its fingerprint."""
    opened(shown)
    page = shown.page("Branch")
    page.show_thing(0, "log")
    shown.settle()
    page.safety.check()
    picture = shown.grab()
    page.show_thing(0, "details")
    return picture


def today(shown: Desk) -> Image.Image:
    """Draw what is due."""
    opened(shown)
    shown.page("Today")
    return shown.grab()


def members(shown: Desk) -> Image.Image:
    """Draw a member who said they resign, among those who did."""
    from branch_desk.members import records
    from branch_desk.members.rules import CURRENT

    opened(shown)
    page = shown.page("Members")
    said = records.ids(shown.store, resignation_said=True, standing=CURRENT, order="name")
    page.show_thing(0, "said")
    shown.settle()
    page.show_thing(said[0])
    return shown.grab()


def review(shown: Desk) -> Image.Image:
    """Draw what HQ's next list would change, before it is applied."""
    from branch_desk.members.page.review import ReviewPanel

    opened(shown)
    path = shown.store.path.with_name("highfield-2026-05-18.csv")
    path.write_text(hq_list(), encoding="utf-8", newline="")
    page = shown.page("Members")
    page.show_thing(0, "all")
    page.drop([str(path)])
    shown.settle()
    shown.one(ReviewPanel).show_heap(LEFT)
    picture = shown.grab()
    page.uncover()
    return picture


def hq_list() -> str:
    """Return HQ's list of the day, on which something happened to some of those listed."""
    from branch_desk.demo import people, story

    def rows(number: int, seed: int) -> list[dict[str, str]]:
        cast = people.people(number, Random(seed), BUILT, story._autumn(BUILT))  # noqa: S311, SLF001
        listed = people.listing(cast, NOW.date()).decode("utf-8-sig")
        return [each for each in csv.DictReader(StringIO(listed)) if each["Status"] == "Active"]

    found, strangers = rows(400, 1), rows(30, 2)[:5]
    for number, each in enumerate(strangers, 1):
        found.append({**each, "Membership No": f"040310{number}", "Date Joined": "11/05/2026"})
    for each in found[12:90:9]:
        each.update({"Status": "Resigned", "Date Left": "12/05/2026"})
    for each in found[95:160:11]:
        each["Post Code"] = "HF3 8QT"
    del found[200], found[230]
    out = StringIO(newline="")
    writer = csv.DictWriter(out, people.TITLES)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def late_motion(shown: Desk) -> str:
    """Write the file of a motion that came too late; its mover is a member."""
    from branch_desk.motions import records

    movers = [each.mover for each in records.many(shown.store, records.ids(shown.store))]
    mover = next(each for each in movers if records.matching_name(shown.store, each) is not None)
    path = shown.store.path.with_name("motion.md")
    path.write_text(LATE_MOTION.format(mover=mover), encoding="utf-8")
    return str(path)


def motions(shown: Desk) -> Image.Image:
    """Draw a motion that came too late and has no seconder, with what the rules say."""
    from branch_desk.motions.page.taking import Taking

    opened(shown)
    page = shown.page("Motions")
    page.drop([late_motion(shown)])
    shown.settle()
    shown.one(Taking).take_in()
    picture = shown.grab()
    shown.store.undo()
    return picture


def letters(shown: Desk) -> Image.Image:
    """Draw a thread with an automatic reply that did not stop the clock."""
    from branch_desk.correspondence import records

    opened(shown)
    page = shown.page("Letters")
    waits = records.waiting(shown.store, NOW.date())
    chosen = max(waits, key=lambda each: (each.automatic_replies, each.days))
    page.show_thing(chosen.thread)
    return shown.grab()


def meeting(shown: Desk) -> Image.Image:
    """Draw the next meeting's agenda with the pack beside it."""
    opened(shown)
    page = shown.page("Meetings")
    page.panel.preview.view.go_to(AGENDA)
    return shown.grab()


def leaflets(shown: Desk) -> Image.Image:
    """Draw the flyer beside what it says."""
    from branch_desk.leaflets import records

    opened(shown)
    page = shown.page("Leaflets")
    page.show_thing(records.ids(shown.store, order="title")[0])
    return shown.grab()


def branch(shown: Desk) -> Image.Image:
    """Draw the branch's own page."""
    opened(shown)
    shown.page("Branch")
    return shown.grab()


PAGES: dict[str, Callable[[Desk], Image.Image]] = {
    "doors": doors,
    "log": log,  # before anything is done
    "today": today,
    "members": members,
    "hq-list": review,
    "motions": motions,
    "letters": letters,
    "meeting": meeting,
    "leaflets": leaflets,
    "branch": branch,
}
