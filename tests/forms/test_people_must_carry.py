"""What each paper on people, structure and rules has to carry, item by item, as it stands on the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.records import Assignment, Contract, Oath, Person, Statement
from app.records.contract import ContractAnnex
from forms.form import Form
from tests.support.prepared import prepared
from tests.support.sample import DAY, KIMITSU, Sample

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]

CARRIED = {
    "worker-list": {
        "number": "№",
        "name": "渡邉由美子",
        "kana and place of work": "フリガナ役職作業場所従事終了日",
        "department": "業務部入力課",
        "post": "主任",
        "employment": "パート",
        "role": "個人情報保護管理責任者授受担当者",
        "information handled": "氏名、住所、納付額",
        "from": "令和8年4月1日",
        "to": "未定",
        "oath date": "令和8年3月27日",
        "training date": "令和8年3月30日",
        "no oath on record": "記録なし",
        "agency": "株式会社スタッフみらい",
        "secrecy clause": "秘密保持の明記",
        "secrecy beyond the end": "契約終了後の秘密保持の明記",
        "unknown secrecy": "未確認",
        "how many": "計8人",
    },
    "device-report": {
        "devices": "PC-001",
        "kind": "USBメモリ",
        "place": "■本社第一作業室",
        "another place": "保管庫",
        "serial": "SN26000001",
        "since": "令和8年4月1日",
        "how many": "計",
    },
    "leaving-oath": {
        "addressee is the vendor": "株式会社𠮷野データサービス代表取締役渡邊齋一郎様",
        "contract title": "納税通知書作成及び封入封緘業務委託（契約番号MK-1024）",
        "acts and articles": "個人情報の保護に関する法律第66条（安全管理措置）",
        "explained by: company": "説明した者株式会社𠮷野データサービス",
        "explained by: title and name": "業務部部長𠮷田一郎",
        "day of the explanation": "説明を受けた日令和年月日",
        "given back": "返却・廃棄したもの入館証、業務用の鍵、手順書の写し（すべて返却）",
        "nothing to give back": "返却・廃棄したものなし",
        "left": "退職の日令和8年5月29日",
        "department": "業務部入力課高木ひかり",
        "to be signed by hand": "日付令和年月日所属氏名",
    },
    "oath-cover": {
        "own": "当社の従事者に係る誓約書（2通）",
        "sub-contractor's apart": "再委託先の従事者に係る誓約書（2通）",
        "sub-contractor": "北斗印刷株式会社",
        "signed": "令和8年3月27日",
        "received": "令和8年4月2日",
        "how many": "合計4通",
        "enclosed": "・誓約書4通",
    },
    "supervision-record": {
        "date": "令和8年5月20日監督",
        "what": "作業場所を巡回し、机上と施錠の状況を確かめた。",
        "themes": "無断持出しの禁止",
        "to whom": "渡邉由美子",
        "by whom": "髙橋花子",
        "result": "離席時の書類の収納：不適（１件）",
        "mended": "是正：その場で収納させ、全員に改めて周知した。",
        "period": "対象期間令和8年3月16日から令和8年6月1日まで",
    },
    "management-report": {
        "chart": "業務部（統括管理）総括責任者𠮷田一郎（部長）",
        "below it": "業務部入力課（実行）現場責任者渡邉由美子（主任）",
        "roles": "業務責任者𠮷田一郎業務部部長",
        "another role": "授受担当者髙橋花子",
        "measures": "1組織的情報の取扱いの責任者を定め、毎月点検する。－",
        "what shows them": "入退室記録簿",
        "emergency contact": "03-0000-1111",
        "reports to": "𠮷田一郎03-0000-2222",
    },
    "rules-cover": {
        "title": "個人情報取扱規程",
        "version": "2026年4月版",
        "date": "令和8年4月1日",
        "how many": "送付する規程（2件）",
    },
    "submission-cover": {
        "title": "PC・電子媒体管理台帳",
        "what is with it": "・別紙PC・電子媒体管理台帳",
        "number": "2026-0001",
        "day": "令和8年6月1日",
        "copies": "1部",
        "how many": "計2件（発行した書類2部）",
    },
}
"""Form → what must be carried → how it reads on the paper, without white space."""


@pytest.mark.parametrize(
    ("name", "item"), [(name, item) for name, items in CARRIED.items() for item in items]
)
def test_a_paper_carries_what_it_must(
    catalogue: Catalogue, forms: Forms, papers: Callable[[str], str], name: str, item: str
) -> None:
    assert CARRIED[name][item] in papers(name)


@pytest.fixture(scope="module")
def papers(catalogue: Catalogue, forms: Forms) -> Callable[[str], str]:
    """The text of each form's paper, printed once."""
    from tests.support.paper import printed_text

    known: dict[str, str] = {}

    def text(name: str) -> str:
        if name not in known:
            known[name] = printed_text(forms[name], forms[name].gather(prepared(catalogue, name).case()))
        return known[name]

    return text


@pytest.mark.parametrize("name", CARRIED)
def test_no_number_of_the_house_stands_on_a_paper(papers: Callable[[str], str], name: str) -> None:
    assert "E-00" not in papers(name)


def test_a_list_tells_oaths_and_training_of_its_day_only(
    catalogue: Catalogue, forms: Forms, text_of: TextOf
) -> None:
    sample, form = prepared(catalogue, "worker-list"), forms["worker-list"]
    for on, told in ((date(2026, 6, 2), False), (DAY, True), (date(2026, 5, 31), True)):
        sample.change(Oath, 1, signed_on=on)
        day = f"令和{on.year - 2018}年{on.month}月{on.day}日"
        rows = form.gather(sample.case()).facts["rows"]
        assert any(day in cell for row in rows for cell in row[-1]) is told


def test_an_oath_signed_later_makes_no_list_wrong_but_a_new_worker_does(
    catalogue: Catalogue, forms: Forms
) -> None:
    from app.duties.papers.drift import compare

    sample, form = prepared(catalogue, "worker-list"), forms["worker-list"]
    before = form.gather(sample.case()).stated
    sample.add(
        Oath(
            person=4,
            contracts=sample.facts.get(Oath, 1).contracts,
            kind="着手時",
            form="誓約書",
            signed_on=DAY,
        )
    )
    assert compare(before, form.gather(sample.case(comparing=True)).stated) == ()
    sample.change(Person, 4, post="班長")
    (changed,) = compare(before, form.gather(sample.case(comparing=True)).stated)
    assert changed.key == "person:4"


def test_information_nobody_knows_is_asked_for(sample: Sample, forms: Forms, missing_of: Any) -> None:
    sample.change(Assignment, 41, information="")
    assert forms["worker-list"].gather(sample.case()).facts["rows"], "the contract says what it entrusts"
    sample.change(Contract, KIMITSU, information=())
    assert missing_of("worker-list", sample.case()) == {("assignment", 41, "information")}


@pytest.mark.parametrize(
    ("annex", "kind", "offered"),
    [
        ("kawaguchi", "worker-list", "worker-list"),
        ("minato", "worker-list", "worker-list"),
        ("kimitsu-hoji", "worker-list", "personnel-report"),
        ("kimitsu-hoji", "equipment-register", "device-register"),
    ],
)
def test_the_words_of_the_clause_choose_between_two_forms(
    sample: Sample, forms: Forms, annex: str, kind: str, offered: str
) -> None:
    from app.duties.papers.claims import offered as offer

    row = ContractAnnex(annex=annex, options=("特定個人情報",))
    sample.change(Contract, KIMITSU, annexes=(row,))
    (held,) = (one for one in sample.catalogue.annexes if one.key == annex)
    clauses = [
        one for one in held.clauses if kind in one.kinds and one.asks(kind).submit.value != "on-request"
    ]
    clause = clauses[-1]
    assert offer(forms.values(), (clause, clause.asks(kind), kind))[0].id == offered


def test_machines_are_reported_where_the_client_asks_for_them(sample: Sample, forms: Forms) -> None:
    from app.duties.papers.claims import offered as offer

    (held,) = (one for one in sample.catalogue.annexes if one.key == "kawaguchi")
    clause = next(one for one in held.clauses if "equipment-register" in one.kinds)
    asked = (clause, clause.asks("equipment-register"), "equipment-register")
    assert offer(forms.values(), asked)[0].id == "device-report"
