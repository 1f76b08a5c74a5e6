"""Many documents at once: all are issued, or none is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.annexes.catalogue import Catalogue, load
from app.common import Cancelled, PeopleError, Progress
from app.duties.case import Case, MissingFactsError
from app.exchange.documents.batch import Wish, issue_all, look
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.printing.binding.joining import Part, joined
from app.printing.pages import OpenPdf
from app.records import SPECS, Contract, Facts, Location, Submission
from forms import all_forms
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, Sample

FORMS = all_forms()
NOTICE, REGISTER = FORMS["location-notice"], FORMS["device-register"]
KINDS = ("vendor", "client", "contract", "person", "location", "location_use", "device", "device_use")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def ledger(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ledger]:
    cheap = Cost(memory=64, passes=1, lanes=1)
    made, _code = Ledger.create(tmp_path / "t.jutaku", "とても長い合言葉です", "担当", cost=cheap)
    facts = Sample(catalogue).facts
    with made:
        with made.write() as change:
            for kind in KINDS:
                for record in facts.all(SPECS[kind].cls):
                    change.add(replace(record, id=0))
        yield made


class Batch:
    """The ledger, and what is wished of it."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue) -> None:
        self.ledger, self.catalogue = ledger, catalogue

    def case(self, contract: int, day: date = DAY, facts: Facts | None = None) -> Case:
        facts = facts or self.ledger.facts()
        held = facts.get(Contract, contract)
        return Case(facts, self.catalogue, held, day, forms=FORMS, today=DAY)

    def wishes(self, day: date = DAY) -> tuple[Wish, ...]:
        held = ((KIMITSU, NOTICE), (KAWAGUCHI, NOTICE), (KIMITSU, REGISTER))
        return tuple(Wish(form, self.case(contract, day)) for contract, form in held)


@pytest.fixture
def batch(ledger: Ledger, catalogue: Catalogue) -> Batch:
    return Batch(ledger, catalogue)


def test_all_get_their_numbers_in_order_in_one_change(batch: Batch) -> None:
    seen: list[int] = []
    batch.ledger.on_change(lambda change: seen.append(change.number))
    made = issue_all(batch.ledger, batch.wishes())
    assert [one.number for one in made] == [f"{made[0].number[:-1]}{n}" for n in (1, 2, 3)]
    assert [one.form for one in made] == [NOTICE.id, NOTICE.id, REGISTER.id]
    assert len(seen) == 1
    assert batch.ledger.verify().ok
    again = issue_all(batch.ledger, batch.wishes()[:1])
    assert again[0].number.endswith("4")


def test_each_prints_its_own_number_and_code_and_the_head_before_them_all(batch: Batch) -> None:
    head = batch.ledger.head()
    made = issue_all(batch.ledger, batch.wishes())
    assert len({one.code for one in made}) == len(made)
    for one in made:
        assert (one.head_sequence, one.head) == (head.sequence, head.hash)
        with OpenPdf(batch.ledger.document_bytes(one)) as pdf:
            text = "".join(pdf.text(0).split())
        assert f"文書番号{one.number}" in text
        assert one.code in text


@pytest.mark.parametrize("at", range(7))
def test_cancelled_at_any_step_nothing_is_issued_and_no_number_used(batch: Batch, at: int) -> None:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == at else None)
    before = batch.ledger.head()
    if at == 6:  # the last step: it is too late, and told as issued
        assert len(issue_all(batch.ledger, batch.wishes(), progress)) == 3
        return
    with pytest.raises(Cancelled):
        issue_all(batch.ledger, batch.wishes(), progress)
    assert batch.ledger.head() == before
    assert not batch.ledger.facts().all(Submission)
    assert issue_all(batch.ledger, batch.wishes())[0].number.endswith("1")


def test_one_that_lacks_something_stops_them_all_and_is_told_beforehand(batch: Batch) -> None:
    place = batch.ledger.facts().all(Location)[0]
    batch.ledger.change(replace(place, lock=""))
    found = look(batch.wishes())
    lacking = [one for one in found if not one.ready]
    assert lacking
    assert "施錠" in lacking[0].missing[0].sentence
    with pytest.raises(MissingFactsError):
        issue_all(batch.ledger, batch.wishes())
    assert not batch.ledger.facts().all(Submission)
    ready = [one.wish for one in found if one.ready]
    assert len(issue_all(batch.ledger, ready)) == len(ready)


@pytest.mark.parametrize(("ahead", "ready"), [(-1, True), (0, True), (1, False)])
def test_a_day_that_has_not_come_is_told_before_anything_is_drawn(
    batch: Batch, ahead: int, ready: bool
) -> None:
    wish = Wish(REGISTER, batch.case(KIMITSU, DAY + timedelta(days=ahead)))
    assert look([wish])[0].ready is ready


def test_what_is_written_meanwhile_stops_them_all(batch: Batch) -> None:
    place = batch.ledger.facts().all(Location)[0]

    def meddle(done: int, total: int, _what: str) -> None:
        if done == total - 1:
            batch.ledger.change(replace(place, room="別室"))

    with pytest.raises(PeopleError, match="台帳が変わりました"):
        issue_all(batch.ledger, batch.wishes(), Progress(meddle))
    assert not batch.ledger.facts().all(Submission)


def test_the_cover_is_drawn_from_the_numbers_of_the_others_or_none_is_issued(batch: Batch) -> None:
    seen: list[tuple[str, ...]] = []

    def cover(facts: Facts, filed: tuple[Submission, ...]) -> Wish:
        seen.append(tuple(one.number for one in filed))
        assert all(facts.find(Submission, one.id) == one for one in filed)
        return Wish(REGISTER, batch.case(KIMITSU, facts=facts))

    made = issue_all(batch.ledger, batch.wishes()[:2], covers=[cover])
    assert seen == [tuple(one.number for one in made[:2])]
    assert made[2].form == REGISTER.id
    assert made[2].head_sequence > made[0].head_sequence
    assert batch.ledger.verify().ok

    def fails(facts: Facts, filed: tuple[Submission, ...]) -> Wish:
        raise PeopleError("送付書を作成できません。")

    before = batch.ledger.head()
    with pytest.raises(PeopleError, match="送付書"):
        issue_all(batch.ledger, batch.wishes()[:2], covers=[fails])
    assert batch.ledger.head() == before


def test_without_a_wish_there_is_nothing_to_issue(batch: Batch) -> None:
    with pytest.raises(PeopleError, match="発行できる書類がありません"):
        issue_all(batch.ledger, ())


def test_joined_files_keep_every_page_and_get_an_entry_each(batch: Batch) -> None:
    made = issue_all(batch.ledger, batch.wishes())
    files = [batch.ledger.document_bytes(one) for one in made]
    pdf = joined([Part(one.title, data) for one, data in zip(made, files, strict=True)], "一式")
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [one.title for one in made]
        assert opened.docinfo.Title == "一式"
    pages = []
    for data in files:
        with OpenPdf(data) as one:
            pages += [one.text(at) for at in range(one.page_count)]
    with OpenPdf(pdf) as whole:
        assert [whole.text(at) for at in range(whole.page_count)] == pages
    with pytest.raises(ValueError, match="nothing"):
        joined([], "一式")
