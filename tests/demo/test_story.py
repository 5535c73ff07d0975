"""The demo branch: the same for one seed and day, believable, and made like a user's own."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from branch_desk.cli import all_papers
from branch_desk.correspondence import records as letters
from branch_desk.demo.people import listing, people
from branch_desk.demo.printing import print_papers
from branch_desk.demo.story import PASSPHRASE, Calendar, build
from branch_desk.leaflets import records as leaflets
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.slices import SLICES
from branch_desk.store import audit
from branch_desk.store.backup import verify
from branch_desk.store.errors import InUse
from branch_desk.store.store import Store

ON = date(2026, 5, 14)


def opened(path):
    return Store.open(
        path, PASSPHRASE, SLICES, clock=Calendar(ON), random=Random(1), actor="tester"
    )


def built(folder, *, members=400, seed=1, on=ON):
    return build(folder, members=members, seed=seed, on=on, progress=lambda _: None)


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory):
    return built(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def branch(demo_file):
    with opened(demo_file) as store:
        yield store


def everything(store):
    """Every record the demo is made of, as the slices give them."""
    return (
        members.many(store, members.ids(store)),
        motions.many(store, motions.ids(store)),
        letters.many(store, letters.ids(store)),
        meetings.many(store, meetings.ids(store)),
        leaflets.many(store, leaflets.ids(store)),
    )


def test_the_demo_has_what_it_promises(branch):
    people, moved, sent, held, made = everything(branch)
    assert (len(people), len(moved), len(sent), len(held), len(made)) == (400, 12, 30, 8, 2)
    assert sum(letter.automatic for letter in sent) >= 7
    counts = members.counts(branch)
    assert counts.resignation_said > 10
    assert counts.payment_stopped > 10
    assert counts.vanished > 2
    assert {"ł", "ŵ", "ó"} <= set("".join(person.name for person in people))


def test_the_flood_came_in_one_autumn(branch):
    said = members.flows(branch, date(2025, 9, 1), date(2025, 12, 31)).resignations_said
    assert said > 5 * members.flows(branch, date(2025, 1, 1), date(2025, 8, 31)).resignations_said
    assert said > 30


def test_the_same_seed_and_day_give_the_same_records(tmp_path, demo_file):
    again = built(tmp_path)
    with opened(demo_file) as one, opened(again) as other:
        assert everything(one) == everything(other)


def test_another_seed_gives_other_people(tmp_path, branch):
    with opened(built(tmp_path, seed=2)) as other:
        assert everything(branch)[0] != everything(other)[0]


@pytest.mark.parametrize("size", [1, 2, 30])
def test_a_branch_of_a_handful_is_built_and_printed_too(tmp_path, size):
    path = built(tmp_path, members=size)
    with opened(path) as store:
        assert len(members.ids(store)) == size
        papers = all_papers().values()
        print_papers(store, tmp_path, papers, ON, progress=lambda _: None)
    assert (tmp_path / "papers" / "pack.pdf").read_bytes().startswith(b"%PDF-")
    assert len(list((tmp_path / "leaflets").iterdir())) == 4


def test_the_log_of_the_demo_adds_up_and_tells_three_years(branch):
    assert verify(branch).log == "ok"
    days = {entry.at.date() for entry in audit.entries(branch.database)}
    assert max(days) - min(days) > 2 * (date(2026, 1, 1) - date(2025, 1, 1))


def test_an_open_demo_is_not_built_over(tmp_path):
    path = built(tmp_path, members=5)
    with opened(path), pytest.raises(InUse):
        built(tmp_path, members=5)
    with opened(path) as store:
        assert verify(store).readable


class _BrokenOffError(Exception):
    pass


def _break_off_at_the_motions(said):
    if "motions" in said.casefold():
        raise _BrokenOffError


def test_a_demo_broken_off_is_never_taken_for_the_demo(tmp_path):
    """Neither where there was none, nor in place of a whole one; the next build clears it."""
    for _ in range(2):
        with pytest.raises(_BrokenOffError):
            build(tmp_path, members=5, seed=1, on=ON, progress=_break_off_at_the_motions)
        assert not (tmp_path / "demo.branch").exists()
    whole = built(tmp_path, members=5).read_bytes()
    with pytest.raises(_BrokenOffError):
        build(tmp_path, members=5, seed=1, on=ON, progress=_break_off_at_the_motions)
    assert (tmp_path / "demo.branch").read_bytes() == whole
    built(tmp_path, members=5)
    assert [path.name for path in tmp_path.iterdir()] == ["demo.branch"]


def test_a_demo_takes_the_place_of_the_old_one_and_of_nothing_else(tmp_path):
    kept = tmp_path / "demo.branch.old"
    kept.write_text("a copy of one's own")
    (tmp_path / "demo.branch").write_text("the old demo")
    (tmp_path / "demo.branch-wal").write_text("its log")
    with opened(built(tmp_path, members=5)) as store:
        assert len(members.ids(store)) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.branch", kept.name]
    assert kept.read_text() == "a copy of one's own"


def test_a_list_of_nobody_still_has_its_titles():
    assert listing(people(0, Random(1), ON, 2025), ON).startswith(b"\xef\xbb\xbfMembership No,")
