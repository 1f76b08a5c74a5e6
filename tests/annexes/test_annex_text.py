"""What the writer writes, the reader reads back to the same annex."""

from __future__ import annotations

import copy
import re
import runpy
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.annex import WORDS, Annex
from app.annexes.catalogue import load
from app.annexes.files.annex_file import read_annex
from app.annexes.files.tables import ANNEX, CLAUSE, OPTION, PART, Reader, Table
from app.annexes.files.text import starting_from, table_of, text_of, text_of_table
from app.annexes.own.annexes import read_own
from app.annexes.own.overlay import ADDITION, CHANGE, OVERLAY, Overlay, resolve
from tests.support.annexes import tables

ANNEXES = {annex.key: annex for annex in load().annexes}


def read(text: str) -> Annex:
    return read_annex(text.encode("utf-8"), "見本", "")


@pytest.mark.parametrize("key", ANNEXES)
def test_every_annex_of_the_product_is_written_and_read_back(key: str) -> None:
    assert read(text_of(ANNEXES[key])) == ANNEXES[key]


@given(tables())
def test_any_annex_is_written_and_read_back(table: Table) -> None:
    reader = Reader()
    annex = reader.annex(copy.deepcopy(table))
    assert annex is not None, reader.faults
    assert read(text_of(annex)) == annex
    assert text_of_table(table_of(annex)) == text_of(annex)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_survives_whatever_marks_it_holds(text: str) -> None:
    table = table_of(ANNEXES["kimitsu-hoji"])
    table["clause"][0]["summary"] = text
    assert read(text_of_table(table)).clauses[0].summary == text


@pytest.mark.parametrize("key", ANNEXES)
def test_starting_from_an_annex_changes_nothing_yet(key: str) -> None:
    base = ANNEXES[key]
    held = read_own(starting_from(base, "kakuu", "架空市の特記事項"), "見本")
    assert isinstance(held, Overlay)
    made = resolve(held, base)
    assert (made.key, made.title) == ("kakuu", "架空市の特記事項")
    assert [clause.parameters for clause in made.clauses] == [clause.parameters for clause in base.clauses]


def test_the_written_format_names_all_there_is_and_its_example_is_right() -> None:
    text = files("resources").joinpath("annexes", "FORMAT.md").read_text(encoding="utf-8")
    known = {*ANNEX, *PART, *OPTION, *CLAUSE, *WORDS, *OVERLAY, *CHANGE, *ADDITION} - {"words"}
    assert {name for name in known if f"`{name}`" not in text and f"`[[{name}]]`" not in text} == set()
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    held = read_own(example, "見本")
    assert isinstance(held, Overlay)
    assert resolve(held, ANNEXES["kimitsu-hoji"]).clause("第5条の2").kinds == ("handling-ledger",)


def test_the_tables_of_the_format_are_made_from_the_declarations() -> None:
    script = Path(__file__).parents[2] / "packaging" / "annex_format.py"
    made = runpy.run_path(str(script))
    text = made["FILE"].read_text(encoding="utf-8")
    assert made["written"](text) == text, "run: python dev.py annex-format"
    assert (
        made["written"](text.replace("| `oath` |", "| `oats` |").replace("| `info` | 参考 |\n", "")) == text
    )
    with pytest.raises(ValueError, match="Moments"):
        made["written"](text.replace("## Moments", "## Times"))
