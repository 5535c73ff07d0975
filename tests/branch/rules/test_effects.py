"""What each standing order does, in words and worked out."""

from datetime import date

import pytest

from branch_desk.branch import rules
from branch_desk.branch.rules import SETTINGS, Example, does

TODAY = date(2026, 4, 30)
EXAMPLE = Example(TODAY)
VALUES = {
    rules.SettingKind.QUORUM: "greater of 10 and 5%",
    rules.SettingKind.THRESHOLD: "2/3",
    rules.SettingKind.TIME: "21:30",
    rules.SettingKind.TEXT: "full, concessionary",
}


def said(key, value):
    return does(SETTINGS[key], value, EXAMPLE)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_rule_is_a_sentence_set_and_not_set(setting):
    values = [value for value, _ in setting.choices] or [VALUES.get(setting.kind, 6)]
    for value in [*values, None]:
        text = does(setting, value, EXAMPLE)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "{" not in text
    if not setting.choices and setting.kind is not rules.SettingKind.TIME:
        assert rules.in_words(setting, values[0]) in does(setting, values[0], EXAMPLE)


def test_days_are_counted_back_from_a_meeting_as_the_desk_counts_them():
    from branch_desk.motions.rules import deadline

    assert deadline(EXAMPLE.meeting, 14) == date(2026, 5, 14)
    text = said("motion.deadline_days", 14)
    assert text == (
        "A motion must reach you 14 days before the meeting. For a meeting on Thu 28 May 2026 that "
        "is Thu 14 May 2026; a later one is shown as out of order."
    )


def test_shares_are_worked_out():
    assert said("quorum.rule", "25%").endswith("Of 200 members that is 50.")
    assert said("no_confidence.threshold", "2/3").endswith("of 30 counted, 20.")
    assert said("no_confidence.threshold", "majority").endswith("of 30 counted, 16.")


def test_months_end_where_months_end():
    text = does(SETTINGS["vote.freeze_months"], 3, Example(date(2026, 5, 3)))
    assert "At a meeting on Sun 31 May 2026 those who joined by Sat 28 Feb 2026." in text
    assert "until Fri 30 Oct 2026" in said("joining.probation_months", 6)


def test_letters_are_chased_on_a_day():
    assert "that is Thu 28 May 2026" in said("letters.chase_days", 28)
