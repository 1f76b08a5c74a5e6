"""The stamped copy that comes back is bound to its paper and filed with it, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from made_scans import Scan
from PIL import Image

from app.common import PeopleError
from app.exchange.scans.binding import Bound, bind, parts, spans
from app.exchange.scans.filing import file_copies, kept_already, take_in, take_in_as
from app.exchange.scans.reading import ReadPage
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.proof.document_codes import ledger_tag
from app.printing.codes.payload import PaperCode
from app.records import Attachment, Submission
from tests.support.sample import DAY

Papers = tuple[Submission, Submission, Submission]
TODAY = DAY + timedelta(days=5)


def code(ledger: Ledger, paper: Submission, page: int = 1) -> PaperCode:
    return PaperCode(ledger_tag(ledger.id), paper.code[:16], page)


def kept(ledger: Ledger, paper: Submission) -> list[Attachment]:
    return list(ledger.facts().of(Attachment, "record_id", paper.id))


def given(tmp_path: Path, data: bytes, name: str = "受付済.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_it_is_filed_with_its_paper_and_the_day_set_in_one_change(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], tmp_path: Path
) -> None:
    data = scan(papers[0])
    found = take_in(ledger, given(tmp_path, data))
    (bound,) = found.intake.bound
    assert (bound.submission, bound.pages, bound.of_paper, bound.remark) == (papers[0], (1,), (1,), "")
    before = ledger.head().sequence
    (done,) = file_copies(ledger, found, DAY, TODAY)
    assert done.accepted_on == DAY
    (one,) = kept(ledger, papers[0])
    assert (one.kind, one.received_on, one.file_name) == ("受領印のある控え", DAY, "受付済.jpg")
    assert ledger.blob(one.data) == data
    assert ledger.head().sequence == before + 2
    ledger.undo()
    assert ledger.get(Submission, papers[0].id).accepted_on is None
    assert not kept(ledger, papers[0])


def test_the_same_file_is_not_kept_twice(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], tmp_path: Path
) -> None:
    path = given(tmp_path, scan(papers[0]))
    file_copies(ledger, take_in(ledger, path), None, TODAY)
    again = take_in(ledger, path)
    assert list(kept_already(ledger.facts(), again)) == [papers[0]]
    file_copies(ledger, again, DAY, TODAY)
    assert len(kept(ledger, papers[0])) == 1
    assert ledger.get(Submission, papers[0].id).accepted_on == DAY


def test_one_file_of_several_papers_is_parted(
    ledger: Ledger,
    papers: Papers,
    scan: Callable[..., bytes],
    several: Callable[..., bytes],
    blank: bytes,
    tmp_path: Path,
) -> None:
    ledger.submit(papers[1], DAY, "郵送")
    data = several([scan(papers[1]), blank, scan(papers[0])])
    found = take_in(ledger, given(tmp_path, data, "まとめ.pdf"))
    assert [(one.submission.number, one.pages) for one in found.intake.bound] == [
        (papers[1].number, (1,)),
        (papers[0].number, (3,)),
    ]
    assert found.intake.unread == (2,)
    file_copies(ledger, found, DAY, TODAY)
    for paper in papers[:2]:
        (one,) = kept(ledger, paper)
        assert one.file_name == f"まとめ_{paper.number}.pdf"
        with pikepdf.open(BytesIO(ledger.blob(one.data))) as opened:
            assert len(opened.pages) == 1
        again = take_in(ledger, given(tmp_path, ledger.blob(one.data), "one.pdf"))
        assert [bound.submission.id for bound in again.intake.bound] == [paper.id]


def test_a_fax_of_several_papers_is_parted(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], tmp_path: Path
) -> None:
    ledger.submit(papers[1], DAY, "郵送")
    out = BytesIO()
    frames = [Image.open(BytesIO(scan(one))) for one in papers[:2]]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    found = take_in(ledger, given(tmp_path, out.getvalue(), "f.tif"))
    file_copies(ledger, found, DAY, TODAY)
    (one,) = kept(ledger, papers[1])
    with Image.open(BytesIO(ledger.blob(one.data))) as opened:
        assert getattr(opened, "n_frames", 1) == 1


def test_what_was_read_and_is_bound_to_nothing_says_why(ledger: Ledger, papers: Papers) -> None:
    first, unsent, void = papers
    facts = ledger.facts()
    pages = [
        ReadPage(1, (code(ledger, unsent),)),
        ReadPage(2, (code(ledger, void),)),
        ReadPage(3, (replace(code(ledger, first), ledger="0000"),)),
        ReadPage(4, (replace(code(ledger, first), code="0" * 16),)),
        ReadPage(5, (code(ledger, first), code(ledger, void))),
        ReadPage(6, (), newer=True),
    ]
    found = bind(ledger.id, facts, pages, "「s.pdf」")
    assert not found.bound
    said = found.refused
    assert len(said) == 6
    for sentence, words in zip(
        said,
        (
            "提出したことが記録されていません",
            "無効にした書類",
            "別の台帳",
            "登録のない書類",
            "2つ以上の書類",
            "新しい受託台帳",
        ),
        strict=True,
    ):
        assert words in sentence
        assert sentence.endswith("。")
    assert [one.split("ページ目")[0] for one in said] == ["1", "2", "3", "4", "5", "6"]


def test_a_file_without_any_code_of_ours_is_one_sentence(
    ledger: Ledger, blank: bytes, tmp_path: Path
) -> None:
    with pytest.raises(PeopleError, match=r"照合用コードを読み取れませんでした.*文書番号を指定"):
        take_in(ledger, given(tmp_path, blank, "白紙.png"))
    with pytest.raises(PeopleError, match="この台帳のものではないコード"):
        bind(ledger.id, ledger.facts(), [ReadPage(1, (), foreign=1)], "「s」")


def test_what_somebody_says_counts_where_no_code_is_read_and_not_against_one(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], blank: bytes, stamp: bytes, tmp_path: Path
) -> None:
    first, unsent, void = papers
    with pytest.raises(PeopleError, match=r"「印\.png」には何も写っていません"):
        take_in_as(ledger, given(tmp_path, blank, "印.png"), first)
    assert not kept(ledger, first)
    found = take_in_as(ledger, given(tmp_path, stamp, "印.png"), first)
    assert found.intake.unread == (1,)
    file_copies(ledger, found, DAY, TODAY)
    (copy,) = (one for one in ledger.facts().all(Attachment) if one.record_id == first.id)
    assert copy.title == f"{first.number} の控え（照合用コードを読み取れませんでした）"
    ledger.submit(unsent, DAY, "郵送")
    with pytest.raises(PeopleError, match=f"「{unsent.number}」の控えではなく、書類「{first.number}」"):
        take_in_as(ledger, given(tmp_path, scan(first)), ledger.get(Submission, unsent.id))
    with pytest.raises(PeopleError, match="無効にした書類"):
        take_in_as(ledger, given(tmp_path, stamp, "x.png"), void)


def test_a_paper_sent_back_or_accepted_keeps_its_copy_and_its_days(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], tmp_path: Path
) -> None:
    accepted = ledger.accept(papers[0], DAY)
    found = take_in(ledger, given(tmp_path, scan(papers[0])))
    assert found.intake.bound[0].remark == "受理日は記録済みです。"
    (done,) = file_copies(ledger, found, DAY + timedelta(days=1), TODAY)
    assert done.accepted_on == DAY
    ledger.send_back(ledger.get(Submission, accepted.id), DAY, "押印漏れ")
    found = take_in(ledger, given(tmp_path, scan(papers[0])))
    assert "差し戻されている" in found.intake.bound[0].remark


@pytest.mark.parametrize(("days", "right"), [(-1, False), (0, True), (1, True)])
def test_the_day_of_acceptance_is_that_of_handing_in_or_later(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], tmp_path: Path, days: int, right: bool
) -> None:
    found = take_in(ledger, given(tmp_path, scan(papers[0])))
    day: date = DAY + timedelta(days=days)
    if right:
        assert file_copies(ledger, found, day, TODAY)[0].accepted_on == day
        return
    with pytest.raises(LedgerError, match="受理日は提出日以後"):
        file_copies(ledger, found, day, TODAY)
    assert not kept(ledger, papers[0])


def test_pages_that_did_not_come_back_are_said(papers: Papers) -> None:
    paper = papers[0]
    assert parts(Bound(paper, (1, 2), (1, 2)), 2) == ""
    assert parts(Bound(paper, (1,), (2,)), 3) == "3ページのうち2ページ目だけです。"
    assert parts(Bound(paper, (), ()), 3) == ""
    assert spans((5, 1, 2, 3)) == "1〜3、5"


def test_a_copy_in_grey_with_no_seal_is_read_as_well(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], tmp_path: Path
) -> None:
    found = take_in(ledger, given(tmp_path, scan(papers[0], Scan(200, 2.0, grey=True))))
    assert found.intake.bound[0].submission == papers[0]
