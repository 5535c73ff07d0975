from datetime import date

import pytest

from branch_desk.meetings.page.spoken import Count, Doing, read_count, read_doing
from branch_desk.motions.rules import Ballot
from branch_desk.store.errors import Invalid

TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("said", "ballot"),
    [
        ("14 for, 3 against, 2 abstentions", Ballot(14, 3, 2)),
        ("14 for 3 against", Ballot(14, 3)),
        ("3 against and 14 for.", Ballot(14, 3)),
        ("14-3-2", Ballot(14, 3, 2)),
        ("14 3", Ballot(14, 3)),
        ("14, 3, 2, 25", Ballot(14, 3, 2, 25)),
        ("14 For 3 Against 25 present", Ballot(14, 3, 0, 25)),
        ("10 10 casting for", Ballot(10, 10, casting="for")),
        ("10 for, 10 against, casting vote: against", Ballot(10, 10, casting="against")),
        ("0 0", Ballot(0, 0)),
    ],
)
def test_a_count_is_read_however_it_was_called_out(said, ballot):
    assert read_count(said) == Count(ballot)


@pytest.mark.parametrize(("said", "carried"), [("carried", True), ("Lost.", False)])
def test_a_vote_nobody_counted_is_carried_or_lost(said, carried):
    assert read_count(said) == Count(None, carried=carried)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "14",
        "about 14 to 3",
        "14 for 3",
        "14 for 2 for 3 against",
        "1 2 3 4 5",
        "14 for 3 maybe",
    ],
)
def test_what_is_no_count_is_refused_with_an_example(said):
    with pytest.raises(Invalid, match="Write it like 14 for, 3 against"):
        read_count(said)


@pytest.mark.parametrize(
    ("said", "doing"),
    [
        (
            "Ada Okafor: write to the council by 3 June",
            Doing("write to the council", "Ada Okafor", date(2026, 6, 3)),
        ),
        ("Ada: paint, and sweep", Doing("paint, and sweep", "Ada", None)),
        ("Book the hall, by 1/7", Doing("Book the hall", "", date(2026, 7, 1))),
        ("Stand by the library", Doing("Stand by the library", "", None)),
        ("Buy a clock", Doing("Buy a clock", "", None)),
    ],
)
def test_who_does_what_by_when_is_read_from_one_line(said, doing):
    assert read_doing(said, TODAY) == doing
