"""What is written to a mover."""

from datetime import date

from branch_desk.motions.rules import Finding, Verdict, told

MET = Finding("in writing", "", Verdict.MET, "“Clock” is in writing.")
LATE = Finding("deadline", "7", Verdict.BROKEN, "Received 12 May 2026; clause 7 asks for 14.")
RULING = Finding("emergency", "7.2", Verdict.RULING, "The chair rules.")
UNSET = Finding("word limit", "", Verdict.NOT_SET, "The branch has not set a limit.")
LONG = Finding("word limit", "Rule B", Verdict.BROKEN, "Take out 12.")


def test_a_motion_in_order_is_said_to_be():
    text = told("2026/01", "Clock", [MET], date(2026, 5, 28))
    assert "for the meeting of 28 May 2026" in text
    assert "**It is in order**" in text
    assert "- “Clock” is in writing." in text
    assert "put this right" not in text


def test_what_is_broken_comes_first_with_its_clause():
    text = told("2026/01", "Clock", [MET, LATE, LONG, RULING], None)
    assert "**As it stands it is not in order:**" in text
    assert "- Received 12 May 2026; clause 7 asks for 14.\n" in text
    assert "- Take out 12. (Rule B)" in text
    assert text.index("Take out 12") < text.index("The chair rules. (clause 7.2)")
    assert text.index("The chair rules") < text.index("These rules are met:")
    assert "put this right" in text


def test_what_nobody_can_say_yet_is_said():
    text = told("2026/01", "Clock", [RULING, UNSET], None)
    assert "**Whether it is in order is still to be said:**" in text
    assert "Our standing orders do not settle this:\n\n- The branch has not set a limit." in text
    assert "These rules are met" not in text
