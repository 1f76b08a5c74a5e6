"""Clauses cited together: what they share is said once, and never so that it reads as another clause."""

from __future__ import annotations

import pytest

from app.annexes.catalogue import Catalogue
from forms.parts.texts import cited


@pytest.mark.parametrize(
    ("articles", "read"),
    [
        (["第5条"], "第5条"),
        (["第14", "第15"], "第14及び第15"),
        (["第14第1項", "第14第3項"], "第14第1項及び第3項"),
        (["第16条第1項", "第16条第2項", "第16条第3項"], "第16条第1項、第2項及び第3項"),
        (["第6条第1項", "第6条第8項(5)"], "第6条第1項及び第8項(5)"),
        (["第6条第8項(3)イ", "第6条第8項(3)ウ"], "第6条第8項(3)イ及びウ"),
        (["第4第1項第三号", "第4第2項"], "第4第1項第三号及び第2項"),
        (["第5条", "第6条第1項", "第6条第2項"], "第5条並びに第6条第1項及び第2項"),
        (["第14項", "第15項"], "第14項及び第15項"),
        (["第1条の2第1項", "第1条の2第2項", "第1条第1項"], "第1条の2第1項及び第2項並びに第1条第1項"),
        (["第6条", "第6条第2項"], "第6条及び第6条第2項"),
        (["第6条第2項", "第6条"], "第6条第2項及び第6条"),
        (["第6条第8項", "第6条(1)"], "第6条第8項及び第6条(1)"),
        (["別記1の1", "別記1の2"], "別記1の1及び別記1の2"),
    ],
)
def test_what_articles_share_is_said_once(articles: list[str], read: str) -> None:
    assert cited(articles) == read


def test_every_clause_of_the_annexes_is_cited_alone_as_it_is_numbered(catalogue: Catalogue) -> None:
    articles = [clause.article for annex in catalogue.annexes for clause in annex.clauses]
    assert len(articles) > 100
    assert [cited([article]) for article in articles] == articles
