import io

from reportlab.pdfgen.canvas import Canvas

from branch_desk.paper import words


def paper(*lines, turned=0):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600), invariant=True)
    for line in lines:
        canvas.drawString(100, 500, line)
        canvas.drawString(100, 480, "the second line")
        canvas.showPage()
    canvas.save()
    if not turned:
        return out.getvalue()
    import pikepdf

    made = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(out.getvalue())) as pdf:
        pdf.pages[0].rotate(turned, relative=False)
        pdf.save(made)
    return made.getvalue()


def test_the_words_of_a_page_are_read_in_order():
    assert words.text(paper("the first line"), 0) == "the first line\nthe second line"


def test_a_text_is_found_on_every_page_asked_for_whatever_its_capitals():
    pdf = paper("Agenda and agenda", "nothing", "AGENDA")
    assert [hit.page for hit in words.find(pdf, range(3), "agenda")] == [0, 0, 2]
    assert [hit.text for hit in words.find(pdf, range(2, 3), "agenda")] == ["AGENDA"]
    assert words.find(pdf, range(3), "tram") == []


def test_a_box_stands_round_the_words_from_the_upper_left():
    ((hit,), size) = words.find(paper("xx bus"), [0], "bus"), 12
    left, top, wide, high = hit.boxes[0]
    assert 100 < left < 120
    assert abs(top + high - 100) < 5
    assert 10 < wide < 40
    assert high < size * 1.5


def test_on_a_turned_page_the_box_is_where_it_is_seen():
    (hit,) = words.find(paper("bus", turned=90), [0], "bus")
    left, top, wide, high = hit.boxes[0]
    assert high > wide  # the word runs down the page
    assert abs(left - 500) < 5
    assert abs(top - 100) < 3


def test_words_from_one_point_to_another():
    pdf = paper("the first line")
    hit = words.between(pdf, 0, (98, 96), (120, 116))
    assert hit.text.startswith("the first line\nthe")
    assert len(hit.boxes) == 2
    back = words.between(pdf, 0, (120, 116), (98, 96))
    assert back.text == hit.text


def test_a_page_without_words_has_none():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    canvas.showPage()
    canvas.save()
    assert words.between(out.getvalue(), 0, (1, 1), (50, 50)) is None
    assert words.text(out.getvalue(), 0) == ""
