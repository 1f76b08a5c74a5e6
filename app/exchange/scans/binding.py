"""Which paper each page of a scan is of, and why one that was read is bound to none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.common import PeopleError
from app.exchange.scans.reading import ReadPage
from app.ledger.proof.document_codes import ledger_tag
from app.printing.codes.payload import CODE_DIGITS, PaperCode
from app.records import Facts, Submission


class NoCodeError(PeopleError):
    """No page shows a code of ours that can be read: the number has to be said."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A paper found in a scan. ``pages``: of the scan; ``of_paper``: which of its own pages they are, from 1.

    ``remark``: why its acceptance is not recorded with it; empty where it is.
    """

    submission: Submission
    pages: tuple[int, ...]
    of_paper: tuple[int, ...]
    remark: str = ""

    @property
    def accepts(self) -> bool:
        """Whether the stamped copy may set the day on which the client accepted the paper."""
        return not self.remark


@dataclass(frozen=True, slots=True)
class Intake:
    """What a scan holds. ``refused``: one sentence for each page that was read and is bound to no paper.

    ``unread``: pages without a code that could be read.
    """

    bound: tuple[Bound, ...]
    refused: tuple[str, ...]
    unread: tuple[int, ...]
    pages: int

    @property
    def whole(self) -> bool:
        """Whether all of the file belongs to one paper, pages without a code among it."""
        return len(self.bound) == 1 and not self.refused


def bind(ledger: str, facts: Facts, pages: Sequence[ReadPage], called: str) -> Intake:
    """Bind every page to its paper. ``ledger``: the id of the ledger; ``called``: how the file is named.

    Raises ``NoCodeError`` where no page shows a code of ours at all.
    """
    papers = {one.code[:CODE_DIGITS]: one for one in facts.all(Submission)}
    found: dict[int, tuple[Submission, list[int], list[int]]] = {}
    refused, unread = [], []
    for page in pages:
        if not page.codes and not page.newer:
            unread.append(page.number)
        elif said := refusal(page, ledger_tag(ledger), papers, facts):
            refused.append(f"{page.number}ページ目：{said}")
        else:
            paper = papers[page.codes[0].code]
            _, of_scan, of_paper = found.setdefault(paper.id, (paper, [], []))
            of_scan.append(page.number)
            of_paper.append(page.codes[0].page)
    if not found and not refused:
        raise NoCodeError(_nothing(pages, called))
    bound = (
        Bound(paper, tuple(of_scan), tuple(sorted(filter(None, of_paper))), remark(paper))
        for paper, of_scan, of_paper in found.values()
    )
    return Intake(tuple(bound), tuple(refused), tuple(unread), len(pages))


def refusal(page: ReadPage, tag: str, papers: Mapping[str, Submission], facts: Facts) -> str:
    """Why a page that shows codes of ours is bound to no paper; empty where it is bound to one."""
    if page.newer:
        return "この版より新しい受託台帳で発行した書類です。受託台帳を新しい版にしてから取り込んでください。"
    named = {(code.ledger, code.code) for code in page.codes}
    if len(named) > 1:
        numbers = "、".join(sorted(_called(code, tag, papers) for code in page.codes))
        return f"2つ以上の書類（{numbers}）が写っています。1枚ずつ読み取り直してください。"
    (code, *_) = page.codes
    paper = papers.get(code.code)
    if code.ledger != tag:
        return "別の台帳から発行した書類です。発行した台帳を開いて取り込んでください。"
    if paper is None:
        return (
            "この台帳のコードですが、登録のない書類です。台帳が古いものに置き換えられていないか、"
            "設定の「台帳の検証」で確かめてください。"
        )
    return unfit(paper, facts)


def unfit(paper: Submission, facts: Facts) -> str:
    """Why no stamped copy of a paper is filed; empty where one may be."""
    if paper.voided_on is not None:
        other = facts.find(Submission, paper.replaced_by)
        instead = f"差替え後の書類「{other.number}」の控えを取り込んでください。" if other else ""
        return f"書類「{paper.number}」は無効にした書類です。{instead}"
    if paper.submitted_on is None:
        return (
            f"書類「{paper.number}」は、提出したことが記録されていません。"
            "先に提出日を記録してから取り込んでください。"
        )
    return ""


def remark(paper: Submission) -> str:
    """Why the stamped copy of a paper sets no day of acceptance; empty where it may."""
    if paper.sent_back_on is not None:
        return "差し戻されているため、受理日は記録しません。"
    if paper.accepted_on is not None:
        return "受理日は記録済みです。"
    return ""


def parts(bound: Bound, total: int) -> str:
    """One sentence where not every page of a paper is there; ``total``: how many it has."""
    missing = [page for page in range(1, total + 1) if page not in bound.of_paper]
    if not missing or not bound.of_paper:
        return ""
    return f"{total}ページのうち{spans(bound.of_paper)}ページ目だけです。"


def spans(numbers: Iterable[int]) -> str:
    """1〜3、5: page numbers as people write them."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(f"{first}" if first == last else f"{first}〜{last}" for first, last in found)


def _called(code: PaperCode, tag: str, papers: Mapping[str, Submission]) -> str:
    if code.ledger != tag:
        return "別の台帳の書類"
    paper = papers.get(code.code)
    return paper.number if paper else "登録のない書類"


def _nothing(pages: Sequence[ReadPage], called: str) -> str:
    other = "この台帳のものではないコードがあるだけです。" if any(page.foreign for page in pages) else ""
    return (
        f"{called}から、書類の照合用コードを読み取れませんでした。{other}"
        "カラー・200dpi以上で読み取り直すか、文書番号を指定してください。"
        "下書きと、コードを印字していない書類は読み取れません。"
    )
