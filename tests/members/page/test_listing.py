from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from branch_desk.members import records
from branch_desk.members.page import MembersPage, words
from branch_desk.members.page.timeline import moments
from branch_desk.members.rules import EventKind, Standing

LIST = """Membership Number,First Name,Surname,Email,Postcode,Date Joined
0001,Ada,Okafor,ada@example.org,HF1 1AA,14/03/2024
0002,Bryn,Howells,bryn@example.org,HF1 2BB,01/02/2023
0003,Ciara,Byrne,,HF2 3CC,09/09/2025
"""
RIGHT = Qt.MouseButton.LeftButton


@pytest.fixture
def hq_list(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def people(store):
    return [
        records.add(
            store, forename="Ada", surname="Okafor", number="0001", email="ada@example.org"
        ),
        records.add(store, forename="Bryn", surname="Howells", number="0002"),
        records.add(store, forename="Ciara", surname="Byrne", number="0003"),
    ]


@pytest.fixture
def page(shown):
    return shown(MembersPage)


def drop(page, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    here, copy, mods = QPoint(9, 9), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(here, copy, data, RIGHT, mods)
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(here, copy, data, RIGHT, mods))
    return enter.isAccepted()


def test_an_empty_page_says_what_it_is_for_and_offers_the_first_step(page):
    assert page.whole.currentIndex() == 1
    words = " ".join(label.text() for label in page.whole.currentWidget().findChildren(QLabel))
    assert "Nobody is on record yet" in words


def test_a_dropped_list_is_looked_at_applied_and_undone(page, hq_list, settled, store, qtbot):
    assert drop(page, hq_list)
    settled()
    panel = page.whole.currentWidget()
    assert panel.heading.text() == "list.csv: 3 rows read, nothing changed yet"
    assert records.counts(store).total == 0
    assert [panel.table.rows.record(row).name for row in range(3)] == [
        "Ada Okafor",
        "Bryn Howells",
        "Ciara Byrne",
    ]
    qtbot.mouseClick(panel.apply, RIGHT)
    settled()
    assert records.counts(store).members == 3
    assert page.summary.text() == "3 members"
    assert page.table.rows.rowCount() == 3
    page.session.undo()
    settled()
    assert records.counts(store).total == 0
    assert page.whole.currentIndex() == 1


def test_a_list_can_be_left_and_nothing_is_changed(page, hq_list, settled, store, qtbot):
    page.bringing.read(hq_list)
    settled()
    qtbot.mouseClick(page.whole.currentWidget().cancel, RIGHT)
    settled()
    assert records.counts(store).total == 0
    assert page.whole.currentIndex() == 1


def test_each_heap_of_a_review_can_be_looked_at(page, hq_list, settled, people, store, qtbot):
    hq_list.write_text(LIST.replace("0003,Ciara,Byrne", "0009,Dev,Malik"), encoding="utf-8")
    page.bringing.read(hq_list)
    settled()
    panel = page.whole.currentWidget()
    names = {}
    for number in range(6):
        qtbot.mouseClick(panel.tabs.button(number), RIGHT)
        names[number] = [
            panel.table.rows.record(row).name for row in range(panel.table.rows.rowCount())
        ]
    assert names[0] == ["Dev Malik"]
    assert names[4] == ["Ciara Byrne"]
    assert "joined" in panel.tabs.button(0).accessibleName().lower()


def test_the_day_of_a_list_can_be_put_right(page, hq_list, settled):
    page.bringing.read(hq_list)
    settled()
    page.whole.currentWidget().day.edit.setText("1 May 2026")
    page.whole.currentWidget().day.leave()
    settled()
    assert page.whole.currentWidget().review.as_of == date(2026, 5, 1)
    panel = page.whole.currentWidget()
    panel.day.edit.setText("")
    panel.day.leave()
    assert "on which day" in panel.day.complaint()


def test_a_file_that_is_no_list_is_refused_in_words(page, tmp_path, settled, qtbot):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\x00\x01\x02")
    with qtbot.waitSignal(page.session.failed) as said:
        page.bringing.read(path)
    assert said.args[0]
    assert page.whole.currentIndex() == 1


def test_a_file_of_another_kind_is_not_taken(page, tmp_path):
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"")
    assert not drop(page, path)


def test_the_button_asks_for_the_list(page, hq_list, settled, choosing):
    choosing(hq_list)
    page.bring.trigger()
    settled()
    assert "3 rows read" in page.whole.currentWidget().heading.text()


def test_search_narrows_and_keeps_the_chosen(people, page, settled, qtbot):
    page.table.choose(people[1])
    page.search.setFocus()
    qtbot.keyClicks(page.search, "how")
    settled()
    assert list(page.table.rows.ids) == [people[1]]
    assert page.person.name.text() == "Bryn Howells"
    qtbot.keyClicks(page.search, "zzz")
    settled()
    assert page.list.currentIndex() == 1
    assert "howzzz" in page.nothing.words.text()
    page.search.clear()
    settled()
    assert page.table.rows.rowCount() == 3


def test_a_field_is_stored_when_it_is_left_and_can_be_undone(people, page, settled, store):
    page.show_thing(people[0])
    settled()
    field = page.person.contact.fields["email"]
    field.edit.setText("ada.okafor@example.org")
    field.leave()
    settled()
    assert records.get(store, people[0]).email == "ada.okafor@example.org"
    page.session.undo()
    settled()
    assert field.text() == "ada@example.org"


def test_what_a_field_cannot_take_is_said_under_it(people, page, settled, store):
    page.show_thing(people[0])
    settled()
    field = page.person.membership.fields["number"]
    field.edit.setText("0002")
    field.leave()
    assert "Bryn Howells has the number 0002" in field.complaint()
    day = page.person.membership.fields["born_on"]
    day.edit.setText("soon")
    day.leave()
    assert "is not a date" in day.complaint()
    assert records.get(store, people[0]).number == "0001"


def test_every_kind_of_field_finds_its_place(people, page, settled, store):
    page.show_thing(people[0])
    settled()
    membership = page.person.membership.fields
    for key, text in (("joined_on", "1 Mar 2020"), ("arrears_pence", "£12.50"), ("ward", "Mill")):
        membership[key].edit.setText(text)
        membership[key].leave()
    membership["payment"].combo.setCurrentIndex(membership["payment"].combo.findData("arrears"))
    membership["payment"].leave()
    page.person.more.fields["notes"].edit.setPlainText("Brings cake")
    page.person.more.fields["notes"].leave()
    found = records.get(store, people[0])
    assert (found.joined_on, found.arrears_pence, found.ward) == (date(2020, 3, 1), 1250, "Mill")
    assert (found.payment.value, found.notes) == ("arrears", "Brings cake")


def decide(page, channel, value):
    field = page.person.consents[channel]
    field.combo.setCurrentIndex(field.combo.findData(value))
    field.leave()


def test_consent_is_chosen_and_kept(people, page, settled, store):
    page.show_thing(people[0])
    settled()
    decide(page, records.Channel.EMAIL, "yes")
    settled()
    assert records.may_reach(store, people[0], records.Channel.EMAIL) is True
    decide(page, records.Channel.EMAIL, "no")
    settled()
    assert records.may_reach(store, people[0], records.Channel.EMAIL) is False
    field = page.person.consents[records.Channel.EMAIL]
    decide(page, records.Channel.EMAIL, "")
    assert "stays on record" in field.complaint()
    agreed = [each.what for each in moments(store, people[0]) if "reached" in each.what]
    assert agreed == [
        "May be reached by e-mail: refused",
        "May be reached by e-mail: agreed",
    ]


def test_somebody_is_added_and_shown(page, settled, store, answering):
    asked = answering(Forename="Dev", Surname="Malik", On="1 May 2026", They="applied")
    page.add.trigger()
    settled()
    assert len(asked) == 1
    found = records.get(store, page.table.current_id())
    assert (found.name, found.standing) == ("Dev Malik", Standing.APPLICANT)
    assert page.person.name.text() == "Dev Malik"


def test_somebody_without_a_name_is_not_added(page, settled, store, answering):
    asked = answering()
    page.add.trigger()
    assert asked[0].notice.text() == "A member needs a name."
    assert records.counts(store).total == 0


def test_what_happened_is_recorded_and_shown(people, page, settled, store, answering):
    page.show_thing(people[2])
    settled()
    answering(**{"What happened": "resignation-said", "On": "14 May 2026", "Note": "By e-mail."})
    page.happened.trigger()
    settled()
    last = records.events(store, people[2])[-1]
    assert (last.kind, last.said_on, last.note) == (
        EventKind.RESIGNATION_SAID,
        date(2026, 5, 14),
        "By e-mail.",
    )
    assert "said they resign" in page.person.standing.text()
    assert "1 said they resign" in page.summary.text()


def test_the_page_can_be_filtered_from_elsewhere(people, page, settled, store):
    records.record_event(store, people[1], EventKind.PAYMENT_STOPPED)
    page.show_thing(0, "stopped")
    settled()
    assert list(page.table.rows.ids) == [people[1]]
    page.show_thing(people[0])
    settled()
    assert page.table.current_id() == people[0]
    assert page.filtered == "all"


def test_a_click_on_a_head_sorts(people, page, settled, qtbot):
    header = page.table.horizontalHeader()
    at = header.sectionViewportPosition(1) + 10
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), RIGHT, pos=QPoint(at, 8))
        settled()
    assert list(page.table.rows.ids) == people[::-1]


def test_a_narrow_window_shows_the_list_then_the_member_then_the_list(
    people, shown, settled, qtbot
):
    page = shown(MembersPage, 900, 600)
    assert page.list.isVisible()
    assert not page.right.isVisible()
    page.show_thing(people[0])
    settled()
    assert page.right.isVisible()
    assert not page.list.isVisible()
    qtbot.mouseClick(page.back, RIGHT)
    assert page.list.isVisible()


def test_the_first_rows_come_while_typing_and_all_once_it_pauses(
    page, settled, store, monkeypatch, qtbot
):
    from branch_desk.members.page import listing

    monkeypatch.setattr(listing, "FIRST", 3)
    with store.change("Many"):
        for number in range(9):
            records.add(store, forename="Ada", surname=f"Okafor {number}")
    settled()
    assert page.table.rows.rowCount() == 9
    page._all_later.setInterval(600_000)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "oka")
    settled()
    assert page.table.rows.rowCount() == 3
    page._all_later.setInterval(0)
    qtbot.keyClicks(page.search, "f")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 9)


def test_who_dropped_off_the_list_and_who_is_under_18_is_said(people, page, settled, store):
    records.record_event(store, people[0], EventKind.VANISHED)
    records.change_details(store, people[0], born_on=date(2010, 1, 1))
    settled()
    page.show_thing(people[0])
    settled()
    said = page.person.standing.text()
    assert "not on HQ's list" in said
    assert "under 18" in said


def test_a_list_with_changes_says_what_would_change(people, page, hq_list, settled, store):
    page.bringing.read(hq_list)
    settled()
    panel = page.whole.currentWidget()
    panel.show_heap(2)
    says = " ".join(panel.table.rows.record(row).says for row in range(panel.table.rows.rowCount()))
    assert "HF1 2BB" in says
    assert "Joined on: 1 Feb 2023 (was 14 May 2026)" in says
    assert "From HQ's list" not in says


def test_the_list_says_first_what_needs_attention(people, store):
    for kind in (EventKind.RESIGNATION_SAID, EventKind.PAYMENT_STOPPED):
        records.record_event(store, people[0], kind)
    records.record_event(store, people[1], EventKind.PROBATION_STARTED)
    records.record_event(store, people[1], EventKind.PAYMENT_STOPPED)
    read = [words.standing_first(records.get(store, each)) for each in people]
    assert read == ["Said they resign · stopped paying", "Stopped paying · on probation", "Member"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("polling_district", "", "TA"), "Polling district: TA (was empty)"),
        (("born_on", "1980-02-01", "1981-02-01"), "Born on: 1 Feb 1981 (was 1 Feb 1980)"),
        (("arrears_pence", "0.00", "12.50"), "Arrears: £12.50 (was £0.00)"),
        (("phone", "020 7946 0000", ""), "Telephone: empty (was 020 7946 0000)"),
        (("standing", "member", "suspended"), "Standing: suspended (was member)"),
        (("consent_email", "", "yes"), "May be reached by e-mail: yes (was empty)"),
        (("Shirt size", "", "XL"), "Shirt size: XL (was empty)"),
    ],
)
def test_a_change_on_hqs_list_is_said_in_plain_words(change, said):
    assert words.change(*change) == said


def test_every_detail_and_consent_has_a_name_people_know():
    named = {*records.DETAILS} - {"extra"} | {f"consent_{each.value}" for each in records.Channel}
    assert named <= words.FIELDS.keys()


def test_the_review_shows_no_field_names(page, hq_list, people, settled, qtbot):
    text = LIST.splitlines()
    text[0] += ",Polling district"
    text[1] += ",TA"
    hq_list.write_text("\n".join(text), encoding="utf-8")
    page.bringing.read(hq_list)
    settled()
    panel = page.whole.currentWidget()
    panel.show_heap(2)
    assert "Polling district: TA (was empty)" in panel.table.rows.record(0).says


def test_columns_nobody_understands_are_said_above_the_heaps(page, hq_list, settled):
    titles, *rows = LIST.splitlines()
    text = "\n".join([f"{titles},Paid Up To", *(f"{row},31/03/2026" for row in rows)])
    hq_list.write_text(text, encoding="utf-8")
    page.bringing.read(hq_list)
    settled()
    panel = page.whole.currentWidget()
    said = "1 column was not understood and is kept as extra data: “Paid Up To”."
    assert said in panel.doubts.text().splitlines()
    assert panel.doubts.isVisibleTo(panel)
    assert panel.layout().indexOf(panel.doubts) < panel.layout().indexOf(panel.body)
