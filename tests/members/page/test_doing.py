"""What is done with many members at once, and where it ends: a file, the clipboard, a cover."""

import csv
from datetime import date

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from branch_desk.branch import records as branch
from branch_desk.desk.preview import PaperCover
from branch_desk.members import records
from branch_desk.members.page import MembersPage
from branch_desk.members.page.labels import LabelsPanel
from branch_desk.members.page.report import ReportPanel
from branch_desk.members.page.sending import SendPanel
from branch_desk.members.records import Channel, SendingKind
from branch_desk.members.rules import EventKind, Way
from branch_desk.store.links import Ref

OLD = date(2020, 1, 1)


@pytest.fixture
def people(store):
    made = [
        records.add(
            store, forename="Ada", surname="Okafor", email="ada@example.org", on=OLD,
            address="1 Mill Lane\nHighfield", postcode="HF1 1AA", title="Dr",
        ),
        records.add(store, forename="Bryn", surname="Howells", on=OLD, address="2 Mill Lane"),
        records.add(store, forename='=HYPERLINK("x")', surname="<b>bold</b>", on=OLD),
        records.add(store, forename="Niamh", surname="New", address="3 Mill Lane"),
    ]  # fmt: skip
    records.set_consent(store, made[0], Channel.EMAIL, given=True)
    branch.set_details(store, name="Highfield branch")
    return made


@pytest.fixture
def page(shown, people):
    return shown(MembersPage)


@pytest.fixture
def said(page):
    found = []
    page.session.said.connect(found.append)
    page.session.undoable.connect(found.append)
    return found


def clip():
    return QGuiApplication.clipboard().text()


@pytest.fixture
def paper(qtbot):
    """Read what a preview shows, once it shows something."""

    def read(preview):
        qtbot.waitUntil(lambda: preview.view.pdf is not None, timeout=20_000)
        return words_of(preview.view.pdf)

    return read


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf.data)
    return "\n".join(each.get_textpage().get_text_bounded() for each in document)


def test_all_that_match_are_exported_and_formulas_are_made_harmless(
    page, settled, choosing, tmp_path, said
):
    choosing(tmp_path / "out")
    page.export.trigger()
    settled()
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 4
    assert '\'=HYPERLINK("x")' in {row["Forename"] for row in rows}
    assert said == ["4 members are in out.csv."]


def test_those_selected_are_exported(page, settled, choosing, tmp_path, people, said):
    page.table.choose(people[0])
    page.table.pick_all()
    page.search.setText("mill")
    settled()
    page.table.pick_all()
    choosing(tmp_path / "out.csv")
    page.export.trigger()
    settled()
    assert said[-1] == "3 members are in out.csv."


def test_a_member_is_copied_as_an_address(page, settled, people, said):
    page.show_thing(people[0])
    page.copy_address.trigger()
    settled()
    assert clip() == "Dr Ada Okafor\n1 Mill Lane\nHighfield\nHF1 1AA"


def test_addresses_are_copied_of_those_who_agreed_and_the_others_are_counted(page, settled, said):
    page.copy_emails.trigger()
    settled()
    settled()
    assert clip() == "ada@example.org"
    left_out = "3 people are left out, who have no address or did not agree to e-mail."
    assert said == [f"1 e-mail address is copied. {left_out}"]


def test_where_everybody_agreed_nobody_is_said_to_be_left_out(page, settled, people, said):
    page.search.setText("okafor")
    settled()
    page.copy_emails.trigger()
    settled()
    settled()
    assert said == ["1 e-mail address is copied."]


def test_labels_are_for_those_listed_and_begin_where_the_sheet_is_free(page, settled, paper, qtbot):
    page.labels.trigger()
    settled()
    panel = page._cover
    assert isinstance(panel, LabelsPanel)
    assert panel.without.text() == "1 has no address and is left out."
    assert "Bryn Howells" in paper(panel.preview)
    panel.sheet.combo.setCurrentIndex(1)
    panel.sheet.combo.activated.emit(1)
    panel.first.setValue(14)
    qtbot.waitUntil(lambda: len(panel.preview.view.pdf) == 2, timeout=20_000)
    panel.back_action.trigger()
    assert page._cover is None


def test_the_report_has_charts_whose_numbers_lead_to_people(page, settled, store, people, paper):
    records.record_event(store, people[1], EventKind.RESIGNATION_SAID)
    page.report.trigger()
    settled()
    panel = page._cover
    assert isinstance(panel, ReportPanel)
    assert panel.sums.text() == "3 at the start, 1 came, 0 left: 4 at the end."
    assert panel.said.numbers.rows[-1] == ("May 2026", "1", "0", "0")
    assert "Membership report" in paper(panel.preview)
    went = []
    page.session.went.connect(went.append)
    panel.said.numbers.go(0, 1)
    assert (went[0].page, went[0].what) == ("Members", "said")
    assert page._cover is None


def test_a_report_of_another_span(page, settled):
    page.report.trigger()
    settled()
    panel = page._cover
    panel.start.start("1 May 2026")
    panel.start._settle(left=True)
    panel._read()
    settled()
    assert len(panel.members.numbers.rows) == 1
    panel.end.start("1 April 2026")
    panel._read()
    panel.end.start("")
    panel._read()


def test_the_member_list_is_shown_as_it_prints(page, settled, paper):
    page.paper.trigger()
    settled()
    assert isinstance(page._cover, PaperCover)
    assert "Okafor, Ada" in paper(page._cover.preview)


def test_somebody_is_written_to_and_the_letter_follows_what_is_typed(
    page, settled, people, store, said
):
    page.show_thing(people[1])
    page.write.trigger()
    settled()
    panel = page._cover
    assert isinstance(panel, SendPanel)
    QTest.keyClicks(panel.subject.edit, "Cake sale")
    panel.text.edit.setPlainText("Dear friend,\n\nBring cake.")
    settled()
    text = pypdfium2.PdfDocument(panel.view.pdf.data)[0].get_textpage().get_text_bounded()
    assert "Dear Bryn," in text
    assert "Bring cake." in text
    assert "Cake sale" in text
    panel.record_action.trigger()
    page.findChild(QMessageBox).buttons()[0].click()
    settled()
    assert page._cover is None
    sent = records.sendings(store, people[1])[0]
    assert (sent.kind, sent.subject, sent.way) == (SendingKind.MESSAGE, "Cake sale", Way.POST)
    assert said[-1] == "Recorded that “Cake sale” was sent to 1 person."
    assert "sent by post" in page.person.timeline.findChildren(type(page.person.name))[2].text()


def test_newcomers_are_welcomed_once(page, settled, people, store, said):
    page.show_thing(0, "joined")
    settled()
    assert list(page.table.rows.ids) == [people[3]]
    assert page.welcome_button.isVisible()
    assert not page.bring_button.isVisible()
    page.welcome.trigger()
    settled()
    assert not page.welcome_button.isVisible()
    page._cover.record_action.trigger()
    page.findChild(QMessageBox).buttons()[0].click()
    settled()
    assert records.welcomed(store, people) == {people[3]}
    page.welcome.trigger()
    settled()
    assert said[-1] == "Everybody here was welcomed before."
    page.show_filtered("all")
    settled()
    page.table.pick_all()
    page.welcome.trigger()
    settled()
    assert "1 was welcomed before and is left out." in said
    page.show_thing(0, "report")
    assert isinstance(page._cover, ReportPanel)


def test_an_event_is_corrected_and_struck_out(page, settled, people, store, answering, said):
    event = records.record_event(store, people[0], EventKind.RESIGNATION_SAID, said_on=OLD)
    page.show_thing(people[0])
    settled()
    found = next(each for each in records.events(store, people[0]) if each.id == event)
    answering(**{"Said on": "2 May 2026"})
    page.person.correct.emit(found)
    settled()
    now = records.events(store, people[0])[-1]
    assert (now.said_on, now.corrects) == (date(2026, 5, 2), event)
    answering(**{"It did not happen: strike it out": "yes"})
    page.person.correct.emit(now)
    settled()
    assert not records.get(store, people[0]).resignation_said
    assert said == ["Corrected.", "Corrected."]


def test_what_hq_records_has_its_own_day(page, settled, people, store, answering):
    page.show_thing(people[0])
    settled()
    answering(
        **{
            "What happened": "resignation-recorded",
            "In effect on": "1 May 2026",
            "Recorded by HQ on": "9 May 2026",
        }
    )
    page.happened.trigger()
    settled()
    event = records.events(store, people[0])[-1]
    assert (event.effective_on, event.hq_recorded_on) == (date(2026, 5, 1), date(2026, 5, 9))


def test_evidence_and_what_refers_to_a_member_lead_there(page, settled, people, store, qtbot):
    with store.change("Link") as change:
        change.link(Ref("member_event", 1), Ref("hq_list", 99), "evidence")
        change.link(Ref("motion", 77), Ref("member", people[0]), "mover")
    page.show_thing(people[0])
    settled()
    buttons = {each.text(): each for each in page.person.findChildren(type(page.bring_button))}
    assert "no longer there" in buttons
    went = []
    page.session.went.connect(went.append)
    leading = page.person.linked.findChildren(type(page.bring_button))
    leading[0].click()
    assert (went[0].page, went[0].id) == ("Motions", 77)


def test_what_hq_sends_beside_our_fields_is_shown(page, settled, people, store):
    records.change_details(store, people[0], extra={"Shirt": "XL"})
    page.show_thing(people[0])
    settled()
    assert page.person.extra.text() == "Shirt: XL"
