from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel

from branch_desk import app
from branch_desk.branch import records as branch
from branch_desk.desk import words
from branch_desk.desk.way_in import starting
from branch_desk.desk.way_in.doors import Doors
from branch_desk.desk.way_in.first_steps import Progressed, StepScreen, Trail
from branch_desk.desk.way_in.keep_sheet import Sheet
from branch_desk.desk.way_in.starting import Naming, Securing
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.desk.window import Window
from branch_desk.first_run import typical
from branch_desk.first_run.hq_list import ListBody
from branch_desk.first_run.meeting import MeetingBody
from branch_desk.first_run.orders import OrdersBody
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.store import undo

LEFT = Qt.MouseButton.LeftButton
SECRET = "violet cabin monday otter spoon"
LIST = (
    "Membership number,Surname,Forename,Joined\n"
    "1001,Okafor,Ada,2021-03-04\n"
    "1002,O'Brien-Ŵyn,Bryn,2022-05-06\n"
)


@pytest.fixture
def secured(window, tmp_path, qtbot, screen):
    """Go through name and passphrase up to the recovery sheet, by the keyboard alone."""

    def go(name="Highfield"):
        naming = window.way_in.show_new()
        naming.plan.folder = tmp_path
        qtbot.keyClicks(naming.name.edit, name)
        qtbot.keyClick(naming.name.edit, Qt.Key.Key_Return)
        securing = screen(Securing)
        for field in (securing.new.first, securing.new.second):
            qtbot.keyClicks(field.edit, SECRET)
        qtbot.keyClick(securing.new.second.edit, Qt.Key.Key_Return)
        return screen(Sheet)

    return go


@pytest.fixture
def stepped(secured, screen, qtbot, quiet):
    """Go on without the sheet to the first of the steps after it."""

    def go():
        sheet = secured()
        quiet()
        sheet.without.click()
        qtbot.mouseClick(sheet.go, LEFT)
        return screen(StepScreen)

    return go


def trail(shown):
    return shown.findChild(Trail).accessibleName()


def test_a_branch_is_named_its_kind_and_place_chosen(window, tmp_path, qtbot, screen, choosing):
    naming = window.way_in.show_new()
    assert trail(naming) == "Step 1 of 5: Name"
    qtbot.mouseClick(naming.go, LEFT)
    assert naming.name.complaint() == "A branch needs a name."
    naming.plan.folder = tmp_path / "gone"
    qtbot.keyClicks(naming.name.edit, "High/field")
    assert naming.place.text() == str(tmp_path / "gone" / "High field.branch")
    assert naming.name.complaint() == ""
    qtbot.mouseClick(naming.go, LEFT)
    assert "gone" in naming.notice.text()
    taken = tmp_path / "Taken.branch"
    taken.touch()
    choosing(taken)
    qtbot.mouseClick(naming.elsewhere, LEFT)
    qtbot.mouseClick(naming.go, LEFT)
    assert "There is already a file" in naming.name.complaint()
    choosing(tmp_path / "Mine")
    qtbot.mouseClick(naming.elsewhere, LEFT)
    assert naming.name.complaint() == ""
    assert naming.place.text() == str(tmp_path / "Mine.branch")
    naming.kind.combo.setCurrentIndex(1)
    qtbot.mouseClick(naming.go, LEFT)
    securing = screen(Securing)
    assert trail(securing) == "Step 2 of 5: Passphrase"
    qtbot.keyClick(securing.new.first.edit, Qt.Key.Key_Escape)
    again = screen(Naming)
    assert again.name.text() == "High/field"
    assert again.kind.text() == "union"
    assert again.place.text() == str(tmp_path / "Mine.branch")
    qtbot.keyClick(again.name.edit, Qt.Key.Key_Escape)
    assert isinstance(screen(), Doors)


def test_the_passphrase_is_asked_for_twice_and_judged_as_it_is_typed(
    window, tmp_path, qtbot, screen
):
    naming = window.way_in.show_new()
    naming.plan.folder = tmp_path
    naming.name.edit.setText("Highfield")
    naming.name.typed.emit("Highfield")
    qtbot.mouseClick(naming.go, LEFT)
    new = screen(Securing).new
    qtbot.keyClicks(new.first.edit, "Highfield")
    qtbot.waitUntil(lambda: new.judged is not None and new.meter.isVisible(), timeout=6_000)
    qtbot.waitUntil(lambda: "name of the branch" in new.why.text(), timeout=6_000)
    assert new.meter.value() <= 2
    assert new.word.text() in {"Very weak", "Weak"}
    qtbot.keyClicks(new.second.edit, "Highfeild")
    qtbot.mouseClick(screen().go, LEFT)
    assert new.second.complaint() == "The two are not the same."
    new.first.edit.clear()
    qtbot.keyClick(new.first.edit, "x")
    qtbot.mouseClick(screen().go, LEFT)
    assert "at least 8" in new.first.complaint()
    qtbot.keyClick(new.first.edit, Qt.Key.Key_Backspace)
    assert not new.meter.isVisible()
    qtbot.mouseClick(new.offer, LEFT)
    qtbot.waitUntil(lambda: new.word.text() == "Strong", timeout=6_000)
    assert new.drawn.text() == new.text()
    assert len(new.text().split()) == 5
    assert new.second.isAncestorOf(window.focusWidget())
    qtbot.keyClicks(new.first.edit, "!")
    assert not new.drawn.isVisible()
    assert list(tmp_path.glob("*.branch")) == []


def test_a_file_that_cannot_be_made_is_said_and_can_be_tried_again(window, qtbot, screen):
    naming = window.way_in.show_new()
    naming.keep_at(Path("/proc/none.branch"))
    naming.name.edit.setText("Highfield")
    naming.name.typed.emit("Highfield")
    naming.next()
    securing = screen(Securing)
    securing.new.start(SECRET)
    securing.make()
    securing.make()
    securing.escaped()
    assert screen() is securing
    qtbot.waitUntil(lambda: "none.branch" in securing.notice.text(), timeout=6_000)
    assert securing.go.isEnabled()


def test_the_sheet_is_kept_or_gone_without_by_a_tick(
    window, secured, tmp_path, qtbot, screen, words_of, choosing, quiet
):
    sheet = secured()
    key = window.session.store.key.sheet()
    assert all(group in words_of(sheet) for group in key.split())
    assert not sheet.go.isEnabled()
    sheet.escaped()
    assert screen() is sheet
    sheet.without.click()
    assert sheet.go.isEnabled()
    sheet.without.click()
    assert not sheet.go.isEnabled()
    qtbot.waitUntil(sheet.preview.print_action.isEnabled, timeout=6_000)
    saved = tmp_path / "sheet.pdf"
    choosing(saved)
    sheet.preview.save_action.trigger()
    quiet()
    assert saved.read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in sheet.notice.text()
    assert sheet.go.isEnabled()
    qtbot.mouseClick(sheet.go, LEFT)
    assert "sheet.pdf" in words_of(screen(StepScreen))
    qtbot.mouseClick(screen().back, LEFT)
    assert isinstance(screen(), Sheet)


def test_the_row_of_steps_tells_what_was_done_from_what_was_skipped(stepped, qtbot, screen):
    step = stepped()
    qtbot.mouseClick(step.go, LEFT)
    listed = screen(StepScreen)
    assert listed.middle.maximumWidth() < 800  # it widens when a list is under review
    qtbot.mouseClick(listed.skip, LEFT)
    texts = [each.text() for each in screen(StepScreen).findChild(Trail).findChildren(QLabel)]
    assert texts == [
        *("✓ Name", "✓ Passphrase", "✓ Standing orders", "· HQ's list"),
        "5  First meeting",
    ]


def test_typical_standing_orders_are_set_in_one_step_and_undone_in_one(
    window, stepped, qtbot, screen, quiet
):
    step = stepped()
    assert trail(step) == "Step 3 of 5: Standing orders"
    body = step.body
    assert isinstance(body, OrdersBody)
    assert body.fields["motion.deadline_days"].text() == "14"
    assert body.fields["motion.deadline_days"]._hint.text() == "14 days"
    body.fields["motion.word_limit"].start("many")
    qtbot.mouseClick(step.go, LEFT)
    assert "many" in body.fields["motion.word_limit"].complaint()
    quorum = body.fields["quorum.rule"]
    assert quorum._hint.text().startswith("the greater of 10 and 5")
    quorum.edit.setFocus()
    quorum.edit.selectAll()
    qtbot.keyClicks(quorum.edit, "a quarter")
    assert "the greater" not in quorum._hint.text()
    quorum.leave()
    assert "a quarter" in quorum.complaint()
    assert quorum._hint.text() == ""
    quorum.edit.selectAll()
    qtbot.keyClicks(quorum.edit, "greater of 10 and 5%")
    quorum.leave()
    assert (quorum.complaint(), "greater of 10" in quorum._hint.text()) == ("", True)
    body.fields["motion.word_limit"].start("")
    body._explain("motion.word_limit", "")
    limit = body.fields["motion.word_limit"]._hint.text()
    assert "Until it is set, the usual 250 is taken." in limit
    body.fields["motion.deadline_days"].start("10")
    qtbot.mouseClick(step.go, LEFT)
    second = screen(StepScreen)
    store = window.session.store
    assert trail(second) == "Step 4 of 5: HQ's list"
    said = {each.key: each for each in branch.standing_orders(store) if each.is_set}
    assert said["motion.deadline_days"].value == 10
    assert "motion.word_limit" not in said
    assert said["quorum.rule"].value == "greater of 10 and 5%"
    assert undo.undoable(store.database)[1] == "Set the standing orders"
    window.session.undo()
    assert not any(each.is_set for each in branch.standing_orders(store))
    # and no undo takes the name away
    assert undo.undoable(store.database) is None
    assert branch.details(store).name == "Highfield"
    window.session.redo()
    qtbot.mouseClick(second.back, LEFT)
    again = screen().body
    assert again.fields["motion.deadline_days"].text() == "10"
    assert again.fields["motion.word_limit"].text() == ""
    again.which.combo.setCurrentIndex(again.which.combo.count() - 1)
    again.propose(again.which.text())
    assert not any(field.text() for field in again.fields.values())


@pytest.mark.parametrize("each", typical.sets(), ids=lambda each: each.kind)
def test_every_typical_rule_is_one_the_branch_can_set(store, each):
    for key, text in each.rules.items():
        branch.set_setting(store, key, text)
    assert {key for key, _ in typical.kinds()} == set(typical.KINDS)


def dropped_on(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    given = (QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enters = QDragEnterEvent(*given)
    widget.dragEnterEvent(enters)
    assert enters.isAccepted()
    widget.dropEvent(QDropEvent(*given))


def test_hqs_list_is_reviewed_as_on_the_members_page_and_brought_in(
    window, stepped, tmp_path, qtbot, screen, quiet, words_of
):
    qtbot.mouseClick(stepped().skip, LEFT)
    step = screen(StepScreen)
    assert isinstance(step.body, ListBody)
    assert not step.go.isEnabled()
    file = tmp_path / "hq.csv"
    file.write_text(LIST, "utf-8")
    dropped_on(step.body, file)
    quiet()
    from branch_desk.members.page.review import ReviewPanel

    panel = step.body.page.findChild(ReviewPanel)
    qtbot.waitUntil(panel.isVisible, timeout=6_000)
    window.resize(1280, 800)
    quiet()
    lowest = panel.apply.mapTo(window, panel.apply.rect().bottomRight())
    assert window.rect().contains(lowest)
    qtbot.mouseClick(panel.apply, LEFT)
    qtbot.waitUntil(lambda: members.counts(window.session.store).total == 2, timeout=6_000)
    quiet()
    assert step.go.isEnabled()
    qtbot.mouseClick(step.go, LEFT)
    assert "2 members." in words_of(screen(StepScreen))


def test_hqs_list_can_be_chosen(window, stepped, tmp_path, qtbot, screen, quiet, choosing):
    qtbot.mouseClick(stepped().skip, LEFT)
    file = tmp_path / "hq.csv"
    file.write_text(LIST, "utf-8")
    choosing(file)
    body = screen(StepScreen).body
    qtbot.mouseClick(body.choose, LEFT)
    quiet()
    assert body.page.isVisible()
    assert not body.area.isVisible()


def test_another_list_dropped_after_the_first_is_reviewed_on_the_same_page(
    desk, tmp_path, qtbot, quiet
):
    body = ListBody(desk.session, "")
    qtbot.addWidget(body)
    body.show()
    first, second = tmp_path / "hq.csv", tmp_path / "hq again.csv"
    for file in (first, second):
        file.write_text(LIST, "utf-8")
    dropped_on(body, first)
    quiet()
    page = body.page
    with qtbot.assertNotEmitted(body.widened):
        dropped_on(body, second)
    quiet()
    assert body.page is page


def test_two_files_at_once_are_not_taken_for_hqs_list(desk, tmp_path, qtbot, quiet):
    body = ListBody(desk.session, "")
    qtbot.addWidget(body)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.csv", "b.csv")])
    enters = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    enters.ignore()
    body.dragEnterEvent(enters)
    assert not enters.isAccepted()
    quiet()


def test_those_who_are_no_members_now_are_counted_apart(desk, qtbot, quiet):
    store = desk.session.store
    members.add(store, forename="Ada", surname="Okafor")
    gone = members.add(store, forename="Bryn", surname="Howells")
    today = store.today()
    members.record_event(store, gone, EventKind.RESIGNATION_RECORDED, hq_recorded_on=today)
    body = ListBody(desk.session, "")
    qtbot.addWidget(body)
    quiet()
    with qtbot.waitSignal(body.finished) as said:
        body.go()
    assert said.args == ["1 member. 1 more is no member now."]


def test_the_first_meeting_is_called_with_its_agenda_and_the_desk_opens(
    window, stepped, qtbot, screen, quiet
):
    stepped().escaped()
    screen().escaped()
    step = screen(StepScreen)
    assert trail(step) == "Step 5 of 5: First meeting"
    body = step.body
    assert isinstance(body, MeetingBody)
    qtbot.keyClick(body.place.edit, Qt.Key.Key_Return)
    assert "on which day" in step.notice.text()
    store = window.session.store
    yesterday = store.today() - timedelta(days=1)
    qtbot.keyClicks(body.day.edit, words.short_day(yesterday))
    qtbot.mouseClick(step.go, LEFT)
    assert "still to come" in step.notice.text()
    body.day.edit.setText("not a day")
    body.day.leave()
    assert body.day.complaint()
    tops = {each.edit.mapTo(body, QPoint()).y() for each in (body.day, body.time)}
    assert len(tops) == 1
    day = store.today() + timedelta(days=21)
    body.day.edit.clear()
    qtbot.keyClicks(body.day.edit, words.short_day(day))
    qtbot.keyClicks(body.place.edit, "Community hall")
    qtbot.mouseClick(step.go, LEFT)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=6_000)
    quiet()
    (meeting,) = meetings.many(store, meetings.ids(store))
    assert (meeting.on, meeting.starts_at.hour, meeting.place) == (day, 19, "Community hall")
    assert len(meetings.agenda(store, meeting.id)) > 5
    assert window.windowTitle() == "Highfield - Branch Desk"
    assert Progressed(window.remembered).at(store.path) is None


def test_nothing_is_lost_if_the_program_ends_in_the_middle(
    window, stepped, tmp_path, qtbot, screen, quiet, look
):
    qtbot.mouseClick(stepped().go, LEFT)
    assert trail(screen(StepScreen)) == "Step 4 of 5: HQ's list"
    window.close()
    again = Window(app.program(), look, window.remembered)
    qtbot.addWidget(again)
    again.show()
    app.show_way_in(again, None, None)
    unlock = again.stack.currentWidget()
    assert isinstance(unlock, Unlock)
    qtbot.keyClicks(unlock.passphrase.edit, SECRET)
    qtbot.keyClick(unlock.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(again.stack.currentWidget(), StepScreen), timeout=6_000)
    shown = again.stack.currentWidget()
    assert trail(shown) == "Step 4 of 5: HQ's list"
    assert branch.setting(again.session.store, "motion.deadline_days") == 14
    shown.escaped()
    again.stack.currentWidget().escaped()
    qtbot.waitUntil(lambda: again.workspace is not None, timeout=6_000)
    qtbot.waitUntil(lambda: again.session.workers.idle, timeout=6_000)
    again.close()


def test_the_usual_place_is_the_documents_or_home(monkeypatch, tmp_path):
    places = starting.QStandardPaths
    monkeypatch.setattr(places, "standardLocations", lambda _: [str(tmp_path)])
    assert starting.usual_folder() == tmp_path
    monkeypatch.setattr(places, "standardLocations", lambda _: [str(tmp_path / "none")])
    assert starting.usual_folder() == Path.home()


def test_the_assistant_can_be_locked_and_goes_on_after_the_passphrase(
    window, stepped, qtbot, screen
):
    step = stepped()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(step.body.which.combo, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    unlock = screen(Unlock)
    assert window.session is None
    qtbot.keyClicks(unlock.passphrase.edit, SECRET)
    qtbot.keyClick(unlock.passphrase.edit, Qt.Key.Key_Return)
    assert trail(screen(StepScreen)) == "Step 3 of 5: Standing orders"


def test_enter_presses_the_button_that_has_the_focus(window, stepped, qtbot, screen):
    step = stepped()
    step.skip.setFocus()
    qtbot.keyClick(step.skip, Qt.Key.Key_Return)
    assert trail(screen(StepScreen)) == "Step 4 of 5: HQ's list"
