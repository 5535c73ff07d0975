"""Papers to look at, and a preview to look at them in."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from branch_desk.desk.preview import Preview

A5, A4, WIDE = (420, 595), (595, 842), (842, 595)


def paper(*sizes, fill=0.0, words=()):
    """A paper of black pages with their number on them; `words` stand on a white band, by page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number, size in enumerate(sizes):
        canvas.setPageSize(size)
        canvas.setFillGray(fill)
        canvas.rect(10, 10, size[0] - 20, size[1] - 20, fill=1)
        canvas.setFillGray(1)
        canvas.rect(20, size[1] - 120, size[0] - 40, 60, fill=1)
        canvas.drawString(30, 30, f"page {number + 1}")
        canvas.setFillGray(0)
        canvas.drawString(40, size[1] - 100, words[number] if number < len(words) else "")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(session, qtbot):
    made = Preview(session, "a paper")
    qtbot.addWidget(made)
    made.resize(500, 700)
    made.show()
    return made


@pytest.fixture
def drawn(qtbot, preview):
    """Wait until what is in sight is drawn; with pages, show a paper of them first."""

    def wait(*sizes, **rest):
        if sizes:
            preview.show_paper(lambda _: paper(*sizes, **rest), "A paper")
        qtbot.waitUntil(lambda: preview.view.is_drawn, timeout=10_000)
        return preview.view

    return wait
