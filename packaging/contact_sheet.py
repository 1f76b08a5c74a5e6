"""One picture of all forms: the first page of each, from the ledger of a demonstration.

What the demonstration issued is shown as it is archived; every other form is drawn as a draft for the first
contract that has something to print. A form with nothing to print is shown empty, with the sentence that
says why: it is never left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.duties.case import Case, FormFace
from app.duties.papers.grouping import grouped
from app.exchange.documents.composing import compose
from app.exchange.documents.issuing import archived, prepare
from app.exchange.saving import save
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger, local_now
from app.printing.pages import OpenPdf
from app.printing.render import render
from app.records import Contract, Facts, Submission
from app.start import Product

NAME = "様式一覧.png"
_COLUMNS = 8
_WIDTH, _HEIGHT = 360, 509
"""Dots of a page upright; one across takes the same width."""
_AROUND, _TITLE = 20, 58
_PAPER, _GROUND, _INK, _PALE = "#ffffff", "#e8eaed", "#1f2328", "#59636e"
_FONT = "BIZUDPGothic-Regular.ttf"


@dataclass(frozen=True, slots=True)
class Shown:
    """The first page of a form as PDF and what is said of it, or why there is none."""

    title: str
    said: str
    pdf: bytes = b""


def pages_of(product: Product, ledger: Ledger, day: date) -> Iterator[Shown]:
    """Every form, in the order in which people find them."""
    facts = ledger.facts()
    issued = {one.form: one for one in facts.all(Submission) if one.voided_on is None}
    for held in grouped(product.forms.values()).values():
        for form in held:
            one = issued.get(form.id)
            if one is not None:
                yield Shown(one.title, f"{form.id}　{one.number}", archived(ledger, one))
            else:
                yield _drafted(product, ledger, facts, form, day)


def _drafted(product: Product, ledger: Ledger, facts: Facts, form: FormFace, day: date) -> Shown:
    why = ""
    for contract in facts.all(Contract):
        case = Case(facts, product.catalogue_of(facts), contract, day, forms=product.forms, today=day)
        found = prepare(form, case)
        if found.statement is not None:
            document = compose(form, found.statement, "", ledger.blob)
            return Shown(form.title, f"{form.id}　下書き", render(document))
        why = why or "".join(fact.sentence for fact in found.missing)
    return Shown(form.title, f"{form.id}　{why}")


def sheet(shown: list[Shown]) -> Image.Image:
    """All of them on one picture, each with its name below."""
    across, down = _WIDTH + _AROUND, _HEIGHT + _TITLE + _AROUND
    rows = -(-len(shown) // _COLUMNS)
    made = Image.new("RGB", (_COLUMNS * across + _AROUND, rows * down + _AROUND), _GROUND)
    pen = ImageDraw.Draw(made)
    font = resources.files("resources").joinpath("fonts", _FONT)
    with resources.as_file(font) as path:
        title, small = ImageFont.truetype(path, 20), ImageFont.truetype(path, 15)
        for at, one in enumerate(shown):
            left = _AROUND + at % _COLUMNS * across
            top = _AROUND + at // _COLUMNS * down
            pen.rectangle((left, top, left + _WIDTH, top + _HEIGHT), fill=_PAPER if one.pdf else _GROUND)
            if one.pdf:
                page = _first_page(one.pdf)
                made.paste(page, (left, top + (_HEIGHT - page.height) // 2))
            pen.text((left, top + _HEIGHT + 6), _short(one.title, title), fill=_INK, font=title)
            pen.text((left, top + _HEIGHT + 33), _short(one.said, small), fill=_PALE, font=small)
    return made


def _first_page(pdf: bytes) -> Image.Image:
    with OpenPdf(pdf) as opened:
        width, _height = opened.size(0)
        picture = opened.image(0, _WIDTH / width)
    return Image.frombytes("RGB", (picture.width, picture.height), picture.data)


def _short(text: str, font: ImageFont.FreeTypeFont) -> str:
    while font.getlength(text) > _WIDTH:
        text = f"{text.removesuffix('…')[:-1]}…"
    return text


def main(arguments: list[str]) -> int:
    """Write the picture beside the documents of the demonstration in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, default=local_now().date())
    wanted = parser.parse_args(arguments)
    path = wanted.folder / "demo.jutaku"
    passphrase = (wanted.folder / "passphrase.txt").read_text(encoding="utf-8").strip()
    product = Product()
    with product.open(path, unlock(path, passphrase)) as ledger:
        shown = list(pages_of(product, ledger, wanted.on))
    out, made = wanted.folder / NAME, BytesIO()
    sheet(shown).save(made, "PNG")
    save(out, made.getvalue())
    empty = [one for one in shown if not one.pdf]
    print(f"{out}: {len(shown)} forms, {len(empty)} without anything to print")
    for one in empty:
        print(f"  {one.title}: {one.said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
