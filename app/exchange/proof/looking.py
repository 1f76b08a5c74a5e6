"""照合: what a PDF, a scan or a typed code is to this ledger, and whether its journal still holds the paper.

A PDF is compared letter for letter. Of paper only the code is read: that a code is known says which document
it claims to be, and nothing of what stands on the sheet; so it is never called the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.common import PeopleError, Progress
from app.exchange.proof.comparing import LARGEST_PDF, compare
from app.exchange.proof.differing import where
from app.exchange.proof.given import OFFICE, compare_paper
from app.exchange.proof.proving import check_typed
from app.exchange.scans.binding import spans
from app.exchange.scans.reading import ReadPage, read_scan
from app.file_kinds import kind_of
from app.filesystem import read_given
from app.ledger.door import Ledger
from app.ledger.proof.document_codes import CODE_LENGTH, ledger_tag
from app.ledger.proof.heads import Kept, parse_head
from app.printing.codes.payload import CODE_DIGITS, paper_code
from app.printing.pages import OpenPdf
from app.records import Facts, Submission
from app.records.days import wareki
from app.records.known import Known

_LEAST = 8
"""Digits of a code that must be typed: fewer would be met by chance."""


class Verdict(StrEnum):
    """What was found. ``NAMED``: the code is that of a document; what the sheet says was not compared."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    VOID = "void"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Looked:
    """One answer. ``where``: the places in which a PDF differs. ``head``: what is said of the journal's head.

    ``head_holds``: None where the answer is of no document and no head was given.
    """

    verdict: Verdict
    submission: Submission | None
    sentence: str
    where: tuple[str, ...] = ()
    head: str = ""
    head_holds: bool | None = None

    @property
    def good(self) -> bool:
        """Whether all that was asked is as it should be."""
        return self.verdict in (Verdict.SAME, Verdict.NAMED) and self.head_holds is not False


def look_at(ledger: Ledger, path: Path, progress: Progress | None = None) -> list[Looked]:
    """Compare a PDF, a client's filled file, a scan or a picture; one answer for each paper found in it.

    Raises ``PeopleError`` in one sentence for what cannot be read.
    """
    data = read_given(path, LARGEST_PDF, "書類ごとに分けて指定してください。")
    called = f"「{path.name}」"
    if kind_of(data, path.name) in OFFICE:
        filled = compare_paper(ledger, data, path.name)
        return [_of_file(ledger, filled.submission, data, same=filled.same, said=filled.sentence)]
    if data.startswith(b"%PDF"):
        found = compare(ledger, data)
        # What a copier puts behind a scan as text is guessed by it: no letter of that is compared.
        if found.same or ((found.submission or found.mark) and not _is_scan(data)):
            return [_of_file(ledger, found.submission, data, same=found.same, said=found.sentence)]
    return _of_scan(ledger, read_scan(data, called, progress), called)


def look_up(ledger: Ledger, folder: Path, text: str) -> Looked:
    """What a typed number, verification code, code of a page or head of the journal is.

    ``folder``: of the backups, where heads of other ledgers are known from. Raises ``PeopleError``.
    """
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    if not bare:
        raise PeopleError("文書番号か照合コードを入力してください。")
    if (code := paper_code(bare.upper())) is not None:
        return _of_code(ledger, code.ledger, code.code)
    if ":" in bare:
        return _of_head(ledger, folder, text)
    facts = ledger.facts()
    held = Known(facts).held(Submission.spec.name, text.strip())
    if held and (paper := facts.find(Submission, held)) is not None:
        return _named(ledger, paper)
    digits = bare.casefold()
    if _LEAST <= len(digits) <= CODE_LENGTH and set(digits) <= set("0123456789abcdef"):
        return _of_digits(ledger, facts, digits)
    return Looked(
        Verdict.UNKNOWN,
        None,
        f"文書番号が「{text.strip()}」の書類は、この台帳にありません。番号は書類の右上、"
        f"照合コード（{CODE_LENGTH}桁）は下端に印字されています。",
    )


def _is_scan(pdf: bytes) -> bool:
    with OpenPdf(pdf) as opened:
        return opened.is_picture(0)


def _of_file(ledger: Ledger, paper: Submission | None, data: bytes, *, same: bool, said: str) -> Looked:
    if paper is None:
        return Looked(Verdict.UNKNOWN, None, said)
    drawn = not same and data.startswith(b"%PDF")
    places = where(ledger.document_bytes(paper), data) if drawn else ()
    verdict = Verdict.VOID if same and paper.voided_on else Verdict.SAME if same else Verdict.DIFFERENT
    return _with_head(ledger, Looked(verdict, paper, said, places))


def _of_scan(ledger: Ledger, pages: Sequence[ReadPage], called: str) -> list[Looked]:
    """One answer for each code; pages whose code could not be read are said."""
    found: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        for code in page.codes:
            found.setdefault((code.ledger, code.code), []).append(page.number)
    if not found:
        raise PeopleError(
            f"{called}から照合用コードを読み取れませんでした。カラー・200dpi以上で読み取り直すか、"
            "書類に印字された文書番号か照合コードを入力して照合してください。下書きにコードはありません。"
        )
    seen = [_on_pages(_of_code(ledger, *code), numbers, len(pages)) for code, numbers in found.items()]
    unread = [page.number for page in pages if not page.codes]
    if unread:
        said = f"{called}の{spans(unread)}ページ目は、照合用コードを読み取れないため照合していません。"
        seen.append(Looked(Verdict.UNKNOWN, None, said))
    return seen


def _on_pages(found: Looked, numbers: Sequence[int], total: int) -> Looked:
    if total == 1:
        return found
    return replace(found, sentence=f"{spans(numbers)}ページ目：{found.sentence}")


def _of_code(ledger: Ledger, tag: str, code: str) -> Looked:
    papers = [one for one in ledger.facts().all(Submission) if one.code[:CODE_DIGITS] == code]
    if tag != ledger_tag(ledger.id):
        return Looked(Verdict.UNKNOWN, None, "別の台帳から発行した書類のコードです。")
    if not papers:
        return Looked(
            Verdict.UNKNOWN,
            None,
            "この台帳のコードですが、登録のない書類です。台帳が古いものに置き換えられたか、"
            "書類が台帳から取り除かれています。",
        )
    return _named(ledger, papers[0])


def _of_digits(ledger: Ledger, facts: Facts, digits: str) -> Looked:
    papers = [one for one in facts.all(Submission) if one.code.startswith(digits)]
    if len(papers) == 1:
        return _named(ledger, papers[0])
    if papers:
        raise PeopleError("その照合コードで始まる書類が2つ以上あります。続きの桁も入力してください。")
    return Looked(
        Verdict.UNKNOWN,
        None,
        f"照合コードが「{digits}」で始まる書類は、この台帳にありません。打ち間違い、別の台帳の書類、"
        "台帳が古いものに置き換えられた場合のいずれかです。",
    )


def _of_head(ledger: Ledger, folder: Path, text: str) -> Looked:
    found = check_typed(ledger, folder, parse_head(text))
    entry = f"記録{found.entry or 0:,}番"
    if found.holds:
        said = f"{entry}の値は、この台帳の記録簿と一致しています。"
        return Looked(Verdict.SAME, None, said, (), said, head_holds=True)
    return Looked(Verdict.UNKNOWN, None, found.said, (), found.said, head_holds=False)


def _named(ledger: Ledger, paper: Submission) -> Looked:
    """What is known of a document; nobody has seen yet what its sheet says."""
    told = f"書類「{paper.number}　{paper.title}」（{wareki(paper.issued_on)}発行、{standing(paper)}）"
    if paper.voided_on is not None:
        return _with_head(ledger, Looked(Verdict.VOID, paper, f"無効にした{told}です。"))
    said = f"{told}です。紙面の内容は比べていません。保管している控えと見比べてください。"
    return _with_head(ledger, Looked(Verdict.NAMED, paper, said))


def _with_head(ledger: Ledger, found: Looked) -> Looked:
    """Whether the journal still holds the head that the document printed."""
    paper = found.submission
    if paper is None:
        return found
    holds = ledger.hold(Kept(paper.head_sequence, paper.head)).holds
    said = (
        f"発行したときの先頭値（記録{paper.head_sequence:,}番）は、今の記録簿にあります。"
        if holds
        else f"発行したときの先頭値（記録{paper.head_sequence:,}番）が、今の記録簿にありません。"
        "記録簿が作り直されたか、古いものに置き換えられています。"
    )
    return replace(found, head=said, head_holds=holds)


def standing(paper: Submission) -> str:
    """Where a document stands, with the day: 令和8年4月5日受理."""
    for day, word in (
        (paper.voided_on, "無効"),
        (paper.sent_back_on, "差戻し"),
        (paper.accepted_on, "受理"),
        (paper.submitted_on, "提出"),
    ):
        if day is not None:
            return f"{wareki(day)}{word}"
    return "未提出"
