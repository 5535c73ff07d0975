"""One leaflet: what stands beside it, what is found, what is stored."""

import pytest

from branch_desk.leaflets import records

FLYER = "event-flyer-a5"
CARD = "sorry-we-missed-you-a6"


def findings(page):
    lines = page.panel.side.findings.lines
    return [lines.item(at).text() for at in range(lines.count())]


def click(page, said):
    lines = page.panel.side.findings.lines
    at = next(at for at in range(lines.count()) if said in lines.item(at).text())
    lines.itemClicked.emit(lines.item(at))


def test_findings_lead_to_their_box_or_field(page):
    assert page.panel.side.findings.verdict.text() == "2 things to put right"
    click(page, "“When” is empty")
    assert page.panel.sheet.field.edit.accessibleName() == "When"
    click(page, "election material")
    assert page.panel.side.of_it.fields["election_material"].combo.hasFocus()
    click(page, "there is none")
    assert page.panel.sheet.spots["picture"].hasFocus()


def test_findings_of_the_picture_lead_to_what_is_lacking(page, photo, drawn):
    page.drop([str(photo)])
    drawn(page)
    click(page, "Nothing says what the picture shows")
    assert page.panel.side.picture.fields["alt"].edit.hasFocus()
    page.panel.side.picture.fields["alt"].start("")
    page.panel.side.picture.fields["alt"].edit.setText("A library")
    page.panel.side.picture.fields["alt"].leave()
    drawn(page)
    click(page, "has no credit")
    assert page.panel.side.picture.fields["credit"].edit.hasFocus()


def test_other_findings_lead_somewhere_too(page, qtbot):
    with qtbot.waitSignal(page.session.went) as went:
        page.panel.go_to("accent")
    assert went.args[0].page == "Branch"
    page.panel.go_to("texts")
    assert page.panel.sheet.field is not None
    page.panel.go_to("imprint")
    assert page.panel.side.of_it.fields["printer"].edit.hasFocus()
    page.panel.as_printed.setChecked(True)
    page.panel.sheet.close_box()
    page.panel.sheet.spots.pop("lead").deleteLater()
    page.panel.go_to("lead")
    assert page.panel.side.words.fields["lead"].edit.hasFocus()
    page.panel.go_to("nowhere")


def test_many_findings_scroll_and_leave_the_form_its_room(page, store, flyer_id, drawn):
    texts = dict.fromkeys(("lead", "points", "where"), "one in ten 🜁 " * 60)
    records.change(store, flyer_id, texts=texts, election_material=True)
    drawn(page)
    assert len(findings(page)) > 6
    lines = page.panel.side.findings.lines
    assert lines.height() <= page.fontMetrics().height() * 13
    assert page.panel.side.tabs.height() > 200


def test_the_first_headline_names_the_leaflet(page, store, drawn):
    page.begin(FLYER)
    drawn(page)
    field = page.panel.sheet.field
    assert field.edit.accessibleName() == "Headline"
    field.edit.setPlainText("Books for all")
    page.panel.sheet.close_box()
    drawn(page)
    assert page.panel.leaflet.title == "Books for all"
    page.panel.sheet.open("headline")
    page.panel.sheet.field.edit.setPlainText("Books for everyone")
    page.panel.sheet.close_box()
    drawn(page)
    assert page.panel.leaflet.title == "Books for all"


def test_the_words_are_a_form_too_and_both_show_the_same(page, store, flyer_id, drawn, qtbot):
    field = page.panel.side.words.fields["headline"]
    field.edit.setText("Books for all")
    field.edit.textEdited.emit("Books for all")
    drawn(page)
    assert page.panel.sheet.spots["headline"].accessibleDescription() == "Books for all"
    field.leave()
    assert records.get(store, flyer_id).texts["headline"] == "Books for all"
    drawn(page)
    page.panel.sheet.open("headline")
    records.change(store, flyer_id, texts={"headline": "Another window"})
    drawn(page)
    assert page.panel.sheet.field.text() == "Another window"


def test_what_is_said_of_the_leaflet_is_stored(page, store, flyer_id, drawn):
    fields = page.panel.side.of_it.fields
    fields["title"].edit.setText("Library flyer")
    fields["title"].leave()
    fields["copies"].edit.setText("1,501")
    fields["copies"].leave()
    fields["promoter"].edit.setPlainText("Ada Okafor\n1 High Street")
    fields["promoter"].leave()
    combo = fields["election_material"].combo
    combo.setCurrentIndex(combo.findData("no"))
    fields["election_material"].leave()
    drawn(page)
    found = records.get(store, flyer_id)
    assert (found.title, found.copies, found.election_material) == ("Library flyer", 1501, False)
    assert found.promoter.startswith("Ada")
    assert page.panel.heading.text() == "Library flyer"
    assert page.panel.side.sheets.text() == "2 to a sheet of A4: 1,501 copies, 751 sheets."
    fields["copies"].edit.setText("some")
    fields["copies"].leave()
    assert "is not a number of copies" in fields["copies"].complaint()


def test_another_layout_keeps_what_has_a_place_there(page, store, flyer_id, drawn, qtbot):
    records.change(store, flyer_id, texts={"when": "Thu", "headline": "Save it"})
    drawn(page)
    combo = page.panel.side.of_it.fields["layout"].combo
    combo.setCurrentIndex(combo.findData(CARD))
    with qtbot.waitSignal(page.session.undoable) as said:
        page.panel.side.of_it.fields["layout"].leave()
    assert said.args[0].endswith("It has no place for: When.")
    drawn(page)
    assert records.get(store, flyer_id).texts == {"headline": "Save it"}
    assert "phone" in page.panel.side.words.fields
    page.session.undo()
    drawn(page)
    assert records.get(store, flyer_id).texts["when"] == "Thu"
    page.panel.keep.layout(FLYER)


def test_a_layout_with_a_place_for_everything_says_only_that(page, qtbot):
    with qtbot.waitSignal(page.session.undoable) as said:
        page.panel.keep.layout(CARD)
    assert "no place" not in said.args[0]


def test_a_picture_is_described_and_taken_off(page, store, flyer_id, photo, drawn, qtbot):
    assert page.panel.side.no_picture.isVisibleTo(page.panel.side.tabs.widget(1))
    page.drop([str(photo)])
    drawn(page)
    for key, text in (("alt", "A library"), ("credit", "Ada")):
        page.panel.side.picture.fields[key].edit.setText(text)
        page.panel.side.picture.fields[key].leave()
    picture = records.get(store, flyer_id).picture
    assert (picture.alt, picture.credit) == ("A library", "Ada")
    with qtbot.waitSignal(page.session.undoable):
        page.panel.without.trigger()
    drawn(page)
    assert records.get(store, flyer_id).picture is None


def test_what_is_no_picture_is_refused(page, tmp_path, choosing, qtbot):
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"no")
    choosing(path)
    with qtbot.waitSignal(page.session.failed, timeout=20_000) as said:
        page.panel.choose.trigger()
    assert "photo.jpg" in said.args[0]


def test_a_layout_without_a_picture_says_so(page, photo, qtbot, monkeypatch):
    from dataclasses import replace

    from branch_desk.leaflets import layouts

    bare = replace(layouts.load(FLYER), picture="none")
    monkeypatch.setattr(layouts, "load", lambda _: bare)
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(photo)])
    assert "no place for a picture" in said.args[0]


def test_nothing_is_drawn_or_stored_where_no_leaflet_is_shown(page, store, flyer_id, photo, drawn):
    before = records.get(store, flyer_id)
    page.panel.keep.of_picture("alt")("A hall")  # it has no picture yet
    page.show_detail(None)
    page.panel._draw()
    page.panel._check()
    page.panel.keep.of_picture("alt")("A hall")
    page.panel.keep.detail("title")("Another")
    page.panel.keep.set_picture(photo)
    page.panel.keep.remove_picture()
    page.panel.out.print_action.trigger()
    page.panel.out._made(pytest.fail)
    drawn(page)
    assert records.get(store, flyer_id) == before


def test_what_was_drawn_for_another_leaflet_is_dropped(page, store, drawn):
    card = records.add(store, title="Card", layout=CARD)
    drawn(page)
    shown = []
    page.panel.sheet.show_drawn = lambda *args: shown.append(args[0].name)
    page.panel._draw()
    page.panel.show_leaflet(card)
    drawn(page)
    assert set(shown) == {CARD}


def test_nothing_of_a_leaflet_is_kept_when_the_branch_is_locked(page, photo, drawn):
    from branch_desk.leaflets import papers, pictures
    from branch_desk.leaflets.drawing import type as typesetting
    from branch_desk.paper.forgetting import forget

    page.drop([str(photo)])
    drawn(page)
    caches = (papers._proxy, pictures.cropped, typesetting.word, typesetting.lines)
    assert all(cache.cache_info().currsize for cache in caches)
    forget()  # as a session does when it is closed
    assert not any(cache.cache_info().currsize for cache in caches)
