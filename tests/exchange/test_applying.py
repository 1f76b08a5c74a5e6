"""Going over to a new version: one change, undone as one, and no issued document touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.common import Cancelled, PeopleError, Progress
from app.duties.change_notices import drift
from app.duties.engine import unknown_annexes
from app.exchange.applying import apply_revision
from app.exchange.documents import issuing
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.secret.keys import Cost
from app.records import SPECS, Attestation, Contract
from app.start import Product
from forms import all_forms
from tests.support.annexes import overlay, own
from tests.support.sample import DAY, Sample

FORM = all_forms()["location-notice"]
NEWER = """\
[[change]]
key = "work-location"
number = "第6条の2"
[[change]]
key = "secrecy"
number = "第2条の2"
"""


@pytest.fixture(scope="module")
def product() -> Product:
    return Product()


@pytest.fixture
def ledger(tmp_path: Path, product: Product) -> Iterator[Ledger]:
    """A ledger with the sample's contracts and places, and the second version of one annex."""
    cheap = Cost(memory=64, passes=1, lanes=1)
    made, _code = product.create(tmp_path / "t.jutaku", "とても長い合言葉です", "担当", cheap)
    facts = Sample(product.catalogue).facts
    with made:
        with made.write() as change:
            for kind in ("vendor", "client", "contract", "location", "location_use"):
                for record in facts.all(SPECS[kind].cls):
                    change.add(replace(record, id=0))
            change.add(own(overlay(NEWER, key="kimitsu-hoji", version=2), "kimitsu-hoji", 2))
        yield made


def catalogue(product: Product, ledger: Ledger) -> Catalogue:
    return product.catalogue_of(ledger.facts())


def newest(product: Product, ledger: Ledger) -> Annex:
    return catalogue(product, ledger).annex("kimitsu-hoji")


def contract(ledger: Ledger) -> Contract:
    return ledger.facts().get(Contract, 1)


def apply(product: Product, ledger: Ledger, progress: Progress | None = None) -> None:
    apply_revision(ledger, catalogue(product, ledger), newest(product, ledger), [contract(ledger)], progress)


def test_the_contract_goes_over_and_its_documents_cite_the_new_number(
    product: Product, ledger: Ledger
) -> None:
    apply(product, ledger)
    assert [row.version for row in contract(ledger).annexes] == [2]
    case = issuing.case_of(ledger.facts(), catalogue(product, ledger), product.forms, "MK-1024", DAY)
    statement = FORM.gather(case)
    assert "第6条の2" in statement.canonical()


def test_documents_issued_before_stay_as_they_were_printed(product: Product, ledger: Ledger) -> None:
    case = issuing.case_of(ledger.facts(), catalogue(product, ledger), product.forms, "MK-1024", DAY)
    issued = ledger.submit(issuing.issue(ledger, FORM, case), DAY, "持参")
    before = issuing.archived(ledger, issued)
    assert "第6条第4項" in issued.statement
    apply(product, ledger)
    held = ledger.facts().get(type(issued), issued.id)
    assert held == issued
    assert issuing.archived(ledger, held) == before
    assert drift(ledger.facts(), catalogue(product, ledger), product.forms, DAY, 1) == ()


def test_it_is_undone_as_one_change(product: Product, ledger: Ledger) -> None:
    with ledger.write() as change:
        change.add(Attestation(contract=1, annex="kimitsu-hoji", clause="第2条", confirmed_on=DAY, kept=True))
    before = contract(ledger)
    apply(product, ledger)
    (marked,) = ledger.facts().all(Attestation)
    assert marked.clause == "第2条（第1版）"
    ledger.undo()
    (back,) = ledger.facts().all(Attestation)
    assert back.clause == "第2条"
    assert contract(ledger).annexes == before.annexes


def test_what_cannot_be_applied_changes_nothing(product: Product, ledger: Ledger) -> None:
    apply(product, ledger)
    head = ledger.head()
    with pytest.raises(PeopleError, match="既に「架空市の特記事項」第2版です"):
        apply(product, ledger)
    other = ledger.facts().get(Contract, 2)
    with pytest.raises(PeopleError, match="はありません"):
        apply_revision(ledger, catalogue(product, ledger), newest(product, ledger), [other])
    assert ledger.head() == head


def test_cancelled_it_has_changed_nothing(product: Product, ledger: Ledger) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        apply(product, ledger, progress)
    assert [row.version for row in contract(ledger).annexes] == [1]


def test_the_version_a_contract_carries_can_be_neither_changed_nor_retired(
    product: Product, ledger: Ledger
) -> None:
    apply(product, ledger)
    (held,) = (one for one in ledger.facts().all(type(own(""))))
    with pytest.raises(LedgerError, match="確定した版は書き換えられません"):
        ledger.change(replace(held, content=held.content + "\n"))
    with pytest.raises(LedgerError, match="契約の特記事項を改めてから"):
        ledger.retire(held, "誤り")
    assert unknown_annexes(ledger.facts(), catalogue(product, ledger)) == ()


def test_a_draft_changes_freely_and_is_published_once(product: Product, ledger: Ledger) -> None:
    draft = ledger.add(own(overlay(), published_on=None))
    draft = ledger.change(replace(draft, content=overlay(NEWER)))
    published = ledger.change(replace(draft, published_on=DAY))
    assert catalogue(product, ledger).annex("kakuu").clause("第6条の2").key == "work-location"
    with pytest.raises(LedgerError, match="確定した版は書き換えられません"):
        ledger.change(replace(published, published_on=None))
