"""Standing orders: what may be said for each, and what it means."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.branch import rules
from branch_desk.branch.rules import (
    SETTINGS,
    SettingKind,
    clock,
    quorum_rule,
    read_value,
    threshold,
)
from branch_desk.store.errors import Invalid, Missing


def read(key: str, text: str):
    return read_value(SETTINGS[key], text)


def test_every_setting_of_the_field_is_there_with_its_usual_value():
    usual = {key: each.default for key, each in SETTINGS.items() if each.default is not None}
    assert usual == {
        "meeting.notice_days": 7,
        "meeting.annual_notice_days": 14,
        "meeting.not_quorate_minutes": 30,
        "quorum.base": "members",
        "motion.deadline_days": 14,
        "motion.word_limit": 250,
        "motion.seconder": "meeting",
        "chair.challenge_threshold": "2/3",
        "members.resigned_counts": "recorded",
        "letters.chase_days": 28,
    }
    assert {"vote.freeze_months", "vote.arrears_months", "no_confidence.threshold"} <= set(SETTINGS)
    assert {"no_confidence.base", "quorum.rule", "joining.probation_months"} <= set(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda each: each.key)
def test_every_setting_has_a_title_a_group_and_reads_its_own_default(setting):
    assert setting.title[0].isupper()
    assert setting.group
    assert (setting.kind is SettingKind.CHOICE) == bool(setting.choices)
    if setting.default is not None:
        assert read_value(setting, str(setting.default)) == setting.default
    for name, words in setting.choices:
        assert read_value(setting, name.upper()) == read_value(setting, words) == name


def test_an_unknown_setting_is_named_with_its_neighbours():
    with pytest.raises(Missing, match=r"Did you mean quorum\.rule"):
        rules.known("quorum.rul")
    with pytest.raises(Missing, match=r"no setting “zzz”\.$"):
        rules.known("zzz")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("motion.deadline_days", "10", 10),
        ("motion.deadline_days", " 10  Days ", 10),
        ("vote.freeze_months", "1 month", 1),
        ("meeting.closing_time", "9.05", "09:05"),
        ("meeting.closing_time", "21:30", "21:30"),
        ("vote.classes", " full \n members ", "full members"),
        ("quorum.rule", "The greater of 10 and 5 per cent", "greater of 10 and 5%"),
        ("no_confidence.threshold", "Two-thirds", "2/3"),
        ("no_confidence.threshold", "Simple majority", "majority"),
    ],
)
def test_what_people_write_is_read(key, text, value):
    assert read(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("motion.deadline_days", "soon", "not a number of days"),
        ("motion.deadline_days", "10 months", "not a number of days"),
        ("motion.deadline_days", "-1", "not a number of days"),
        ("motion.deadline_days", "9999", "between 0 and 3660"),
        ("motion.word_limit", "many", "is not a number.$"),
        ("motion.deadline_days", " ", "nothing was said"),
        ("meeting.closing_time", "25:00", "write it as 21:30"),
        ("motion.seconder", "perhaps", "not one of meeting, writing, none"),
        ("quorum.rule", "a dozen", "Write it as 10"),
        ("no_confidence.threshold", "most", "Write it as majority"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(key, text, said):
    with pytest.raises(Invalid, match=said):
        read(key, text)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("motion.deadline_days", None, "not set"),
        ("motion.deadline_days", 14, "14 days"),
        ("motion.deadline_days", 1, "1 day"),
        ("vote.freeze_months", 6, "6 months"),
        ("motion.word_limit", 250, "250"),
        ("meeting.closing_time", "21:30", "9.30 pm"),
        ("motion.seconder", "meeting", "at the meeting"),
        ("quorum.rule", "10", "10"),
        ("quorum.rule", "25%", "25% of the members"),
        ("quorum.rule", "lesser of 10 and 5%", "the lesser of 10 and 5% of the members"),
        ("no_confidence.threshold", "majority", "more than half"),
        ("no_confidence.threshold", "2/3", "at least two thirds"),
        ("no_confidence.threshold", "5/7", "at least 5/7"),
    ],
)
def test_values_are_said_in_words(key, value, words):
    assert rules.in_words(SETTINGS[key], value) == words


# Quorum


@pytest.mark.parametrize(
    ("rule", "base", "needed"),
    [
        ("10", 3, 10),
        ("10 members", 300, 10),
        ("25%", 101, 26),
        ("25%", 100, 25),
        ("12.5 %", 80, 10),
        ("greater of 10 and 5%", 100, 10),
        ("greater of 10 and 5%", 201, 11),
        ("larger of 5% or 10", 201, 11),
        ("lesser of 10 and 5%", 100, 5),
        ("smaller of 10 and 5%", 0, 1),
    ],
)
def test_quorum_is_counted_exactly(rule, base, needed):
    assert rules.quorum_needed(rule, base) == needed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0%",
        "101%",
        "10 and 5%",
        "greater of 10 and 5",
        "greater of 5% and 6%",
        "-1",
        "1e3",
    ],
)
def test_what_is_no_quorum_is_refused(text):
    with pytest.raises(Invalid, match="not a rule about numbers"):
        quorum_rule(text)


@given(
    st.integers(1, 999) | st.none(),
    st.decimals(1, 100, places=2) | st.none(),
    st.booleans(),
    st.integers(0, 10_000),
)
def test_a_quorum_reads_back_as_written_and_is_never_nobody(number, percent, greater, base):
    if number is None and percent is None:
        return
    share = None if percent is None else Fraction(percent)
    both = number is not None and share is not None
    rule = rules.QuorumRule(number, share, greater=greater or not both)
    assert quorum_rule(str(rule)) == rule
    needed = rule.needed(base)
    assert needed >= 1
    if share is not None and number is None:
        assert needed == max(1, -(-share * base // 100))


# Thresholds


@pytest.mark.parametrize(
    ("text", "base", "needed"),
    [
        ("majority", 30, 16),
        ("simple majority", 31, 16),
        ("more than 1/2", 30, 16),
        ("2/3", 30, 20),
        ("at least two thirds", 31, 21),
        ("60%", 10, 6),
        ("66.6 %", 1000, 666),
        ("all", 7, 7),
        ("1/2", 0, 1),
        ("more than two thirds", 30, 21),
    ],
)
def test_a_threshold_is_counted_exactly(text, base, needed):
    found = threshold(text)
    assert found.needed(base) == needed
    assert found.carried(needed, base)
    assert not found.carried(needed - 1, base)


@pytest.mark.parametrize("text", ["", "most", "0/3", "4/3", "1/0", "0%", "120%", "more than 1/1"])
def test_what_is_no_threshold_is_refused(text):
    with pytest.raises(Invalid, match="not a share of votes"):
        threshold(text)


@given(st.fractions(min_value="1/99", max_value=1, max_denominator=99), st.booleans())
def test_a_threshold_reads_back_as_written(share, more_than):
    found = rules.Threshold(share, more_than=more_than and share < 1)
    assert threshold(str(found)) == found
    assert threshold(found.words) == found


@given(
    st.fractions(min_value="1/99", max_value=1, max_denominator=99),
    st.booleans(),
    st.integers(1, 10_000),
)
def test_the_least_number_that_carries_is_the_least(share, more_than, base):
    found = rules.Threshold(share, more_than)
    needed = found.needed(base)
    assert Fraction(needed, base) > share if more_than else Fraction(needed, base) >= share
    below = Fraction(needed - 1, base)
    assert below <= share if more_than else below < share


# Details


def test_colours_and_addresses_are_read_or_refused():
    assert rules.accent(" 1f6f54") == "#1F6F54"
    with pytest.raises(Invalid, match="write it as #1F6F54"):
        rules.accent("green")
    assert rules.email(" ") == ""
    assert rules.email(" Ann@HQ.example ") == "Ann@hq.example"
    with pytest.raises(Invalid, match="“ann” is not an e-mail address"):
        rules.email("ann")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(19, 30), "7.30 pm"),
        (time(9, 0), "9 am"),
        (time(12, 0), "noon"),
        (time(0, 0), "midnight"),
        (time(12, 5), "12.05 pm"),
        (time(0, 30), "12.30 am"),
    ],
)
def test_hours_are_said_as_people_say_them(at, said):
    assert clock(at) == said
