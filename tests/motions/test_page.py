from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel

from branch_desk.branch import records as branch
from branch_desk.members import records as members
from branch_desk.motions import records
from branch_desk.motions.page import TO_COME, VERDICTS, MotionsPage
from branch_desk.motions.rules import MotionKind, MotionState, Verdict

MOTION = """---
title: Keep the library open
mover: Ada Okafor
seconder: Bryn Howells
received: 2026-05-01
---

This branch calls on the council to keep the library open on Saturdays.

## Reasons

It is used.
"""
PASTED = """Mend the clock
Mover: Ada Okafor

This branch asks the council to mend the clock.
"""


@pytest.fixture
def page(shown):
    return shown(MotionsPage)


@pytest.fixture
def motion(store):
    ada = members.add(store, forename="Ada", surname="Okafor")
    return records.add(
        store,
        title="Keep the library open",
        text="This branch calls on the council.",
        mover="Ada Okafor",
        mover_member=ada,
        received_on=date(2026, 5, 1),
    )


def test_an_empty_page_offers_the_first_step(page):
    assert page.whole.currentIndex() == 1


def test_a_motion_comes_in_from_a_file_and_its_findings_are_shown(
    page, tmp_path, settled, store, monkeypatch
):
    path = tmp_path / "library.md"
    path.write_text(MOTION, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    page.file.trigger()
    settled()
    motion = records.get(store, page.table.current_id())
    assert (motion.title, motion.mover) == ("Keep the library open", "Ada Okafor")
    assert motion.received_on == date(2026, 5, 1)
    assert page.panel.heading.text() == f"{motion.number} Keep the library open"
    said = [
        page.panel.findings.itemAt(at).widget().findChildren(QLabel)[-1].text()
        for at in range(page.panel.findings.count())
    ]
    assert any("words" in each for each in said)
    page.session.undo()
    settled()
    assert page.whole.currentIndex() == 1


def test_a_file_that_cannot_be_read_is_said(page, tmp_path, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(tmp_path / "gone.md")])
    assert "gone.md" in said.args[0]


def test_a_motion_is_pasted(page, settled, store, answering):
    QGuiApplication.clipboard().setText(PASTED)
    asked = answering()
    page.paste.trigger()
    settled()
    assert asked[0].fields[0].text() == PASTED
    assert records.get(store, page.table.current_id()).title == "Mend the clock"


def test_an_empty_paste_is_refused(page, store, answering):
    QGuiApplication.clipboard().clear()
    asked = answering()
    page.paste.trigger()
    assert asked[0].notice.text() == "The motion is empty."
    assert records.ids(store) == []


def test_a_motion_is_begun_and_written(page, settled, store, answering):
    answering(Title="Mend the clock", Mover="Ada Okafor")
    page.write.trigger()
    settled()
    field = page.panel.form.fields["text"]
    field.edit.setPlainText("Mend it.")
    field.leave()
    motion = records.get(store, page.table.current_id())
    assert (motion.text, motion.state) == ("Mend it.", MotionState.DRAFT)


def test_fields_are_stored_and_people_are_known(motion, page, settled, store):
    fields = page.panel.form.fields
    fields["kind"].combo.setCurrentIndex(fields["kind"].combo.findData("emergency"))
    fields["kind"].leave()
    fields["seconder"].edit.setText("Nobody Known")
    fields["seconder"].leave()
    fields["mover"].edit.setText("ada okafor")
    fields["mover"].leave()
    fields["arose_on"].edit.setText("12 May")
    fields["arose_on"].leave()
    fields["state"].combo.setCurrentIndex(fields["state"].combo.findData("accepted"))
    fields["state"].leave()
    settled()
    found = records.get(store, motion)
    assert (found.kind, found.state) == (MotionKind.EMERGENCY, MotionState.ACCEPTED)
    assert (found.seconder, found.seconder_member) == ("Nobody Known", None)
    assert found.mover_member is not None
    assert found.arose_on == date(2026, 5, 12)


def test_a_motion_needs_a_title(motion, page, settled, store):
    field = page.panel.form.fields["title"]
    field.edit.setText(" ")
    field.leave()
    assert field.complaint() == "A motion needs a title."
    assert records.get(store, motion).title == "Keep the library open"


def test_a_vote_is_counted_and_taken_back(motion, page, settled, store, answering):
    answering(For="12", Against="5", Abstentions="2")
    page.vote.trigger()
    settled()
    assert records.get(store, motion).state is MotionState.CARRIED
    assert "12" in page.panel.state.text()
    assert not page.vote.isEnabled()
    page.reopen.trigger()
    settled()
    assert records.get(store, motion).result is None


def test_a_show_of_hands_needs_no_count(motion, page, settled, store, answering):
    answering(**{"If nobody counted": "lost"})
    page.vote.trigger()
    settled()
    assert records.get(store, motion).state is MotionState.LOST


def test_what_is_no_count_is_refused(motion, page, settled, store, answering):
    asked = answering(For="many")
    page.vote.trigger()
    assert "“many” is not a number of votes" in asked[0].notice.text()


def test_a_motion_is_withdrawn(motion, page, settled, store):
    page.withdraw.trigger()
    settled()
    assert records.get(store, motion).state is MotionState.WITHDRAWN
    assert not page.withdraw.isEnabled()


def test_the_paper_is_live(motion, page, settled, store, qtbot):
    page.panel.setCurrentIndex(1)
    settled()
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=20_000)
    assert page.panel.preview.print_action.isEnabled()
    assert len(page.panel.preview.view.pdf) == 1


def test_search_and_sorting_ask_the_file(motion, page, settled, store, qtbot):
    other = records.add(store, title="A bench", text="Sit.")
    settled()
    page.search.setText("library")
    settled()
    assert list(page.table.rows.ids) == [motion]
    page.search.clear()
    header = page.table.horizontalHeader()
    where = page.table.columnViewportPosition(1) + 9
    qtbot.mouseClick(
        header.viewport(),
        Qt.MouseButton.LeftButton,
        pos=header.viewport().rect().topLeft() + type(header.pos())(where, 8),
    )
    settled()
    assert list(page.table.rows.ids) == [other, motion]


def marks(page):
    """Each rule's mark, as it reads without its colour."""
    found = []
    for at in range(page.panel.findings.count()):
        mark, sentence = page.panel.findings.itemAt(at).widget().findChildren(QLabel)
        found.append((mark.text(), mark.accessibleName(), sentence.text()))
    return found


@pytest.mark.parametrize(
    ("order", "text", "name"),
    [
        ("meeting", "! To come", "still to come"),
        ("writing", "✗ Broken", "broken"),
        ("none", "✓ Met", "met"),
    ],
)
def test_a_missing_seconder_is_marked_as_the_sentence_says(
    order, text, name, motion, page, settled, store
):
    branch.set_setting(store, "motion.seconder", order)
    page.show_thing(motion)
    settled()
    found = [(mark, known) for mark, known, sentence in marks(page) if "second" in sentence]
    assert found == [(text, name)]


def test_marks_differ_without_their_colours():
    texts = [mark for mark, _, _ in (*VERDICTS.values(), TO_COME)]
    assert len({each.split()[0] for each in texts}) == len(texts) == len(Verdict) + 1
