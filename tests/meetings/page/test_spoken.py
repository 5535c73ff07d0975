from datetime import date

import pytest

from branch_desk.meetings.page.spoken import Count, Doing, looks_counted, read_count, read_doing
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
        ("14 \N{EN DASH} 3 \N{EN DASH} 2", Ballot(14, 3, 2)),
        ("14 for 3 against 2 abstained", Ballot(14, 3, 2)),
        ("14 for, 3 against, 2 abs", Ballot(14, 3, 2)),
        ("14 for, 3 against and 2 abst", Ballot(14, 3, 2)),
        ("14 in favour, 3 against", Ballot(14, 3)),
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


@pytest.mark.parametrize(
    "said",
    ["2 abs", "14-3-2", "14 for", "14 for 3", "for 14, against 3", "carried 14 to 3", "14 3", "14"],
)
def test_what_begins_as_a_count_is_known_for_one(said):
    assert looks_counted(said)


@pytest.mark.parametrize(
    "said",
    [
        "Spend £50 for the hall",
        "Meet on 3 June",
        "Ask the council for 3 more",
        "Carried forward",
        "Against the cut",
        "Buy 14 chairs",
    ],
)
def test_what_merely_holds_a_number_is_no_count(said):
    assert not looks_counted(said)


def test_a_name_that_is_known_may_stand_before_what_is_to_be_done():
    def known(name):
        return name == "Ranjit Gill"

    expected = Doing("write", "Ranjit Gill", date(2026, 12, 1))
    for said in ("Ranjit Gill to write by 1 December", "Ranjit Gill will write by 1 December"):
        assert read_doing(said, TODAY, known) == expected
    assert read_doing("Agreed to write", TODAY, known) == Doing("Agreed to write", "", None)
