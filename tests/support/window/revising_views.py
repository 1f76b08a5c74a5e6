"""新しい年度の文章と比べる: the empty page and what changed, with a contract that carries the old version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from app.annexes.files.text import text_of_table
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.kept import written
from app.annexes.reading.revising.reviewing import begin_with
from app.exchange.annexes.reading import read_pasted
from app.records import Contract, OwnAnnex
from app.records.contract import ContractAnnex
from app.ui.annexes.revising.page import RevisingPage
from app.ui.targets import ReviseAnnex
from tests.support.window.reading_views import TEXT
from tests.support.window.stage import Stage

View = Callable[[Stage], QWidget | None]
_KEY, _TITLE = "shinnen", "架空市の特記事項"
NEW = (
    TEXT.replace("第５　職員は自宅へ資料を持ち帰らないこととし、乙はこれを徹底する。\n", "")
    .replace(
        "（持ち帰り）\n", "（私用の機器）\n第５　乙は、個人が所有する機器をこの業務に使用してはならない。\n"
    )
    .replace("７日以内に書", "３日以内に書")
    .replace("直ちに甲に報告し", "直ちに甲に電話で報告し")
)


def _page(stage: Stage) -> RevisingPage:
    context = stage.window.context
    if not any(one.annex == _KEY for one in context.facts().all(OwnAnnex)):
        review = begin_with(read_pasted(TEXT).reading, ())
        content = text_of_table(draft(review, _KEY, _TITLE)).rstrip()
        context.ledger.add(
            OwnAnnex(
                annex=_KEY,
                title=_TITLE,
                content=content,
                reading=written(review),
                published_on=context.today(),
            ),
            reason="見本",
        )
        held = max(context.facts().all(Contract), key=lambda one: one.last_day)
        row = ContractAnnex(annex=_KEY, version=1)
        context.ledger.change(replace(held, annexes=(*held.annexes, row)), reason="見本")
    stage.settle()
    stage.go(ReviseAnnex(_KEY, 1))
    page = stage.window.page
    assert isinstance(page, RevisingPage)
    return page


def _begun(stage: Stage) -> QWidget:
    _page(stage)
    return stage.window


def _compared(stage: Stage) -> QWidget:
    page = _page(stage)
    page.begin.edit.setPlainText(NEW)
    page.begin.read()
    stage.settle()
    return stage.window


REVISING: Mapping[str, View] = MappingProxyType({"revising-begin": _begun, "revising-compared": _compared})
