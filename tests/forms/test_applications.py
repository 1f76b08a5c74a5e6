"""Applications: what each must carry, in which word the client is asked, and what can no longer be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import MissingFactsError
from app.duties.papers.drift import compare
from app.records import (
    Approval,
    Contract,
    Device,
    Disposal,
    Oath,
    Statement,
    Subcontract,
    Subcontractor,
    Training,
    stated_key,
)
from app.records.contract import ContractAnnex
from forms import all_forms
from forms.form import Form
from tests.support.paper import printed_text
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, Sample
from tests.support.sample_applications import (
    BRING_IN,
    COLLECTION,
    COPY,
    DISPOSAL,
    FORMS,
    MACHINE,
    PURPOSE,
    SUBCONTRACT,
    TAKE_OUT,
    THIRD,
    extend,
    id_of,
)

ONE = timedelta(days=1)
BEFORE, AFTER = DAY - ONE, DAY + ONE
APPLICATIONS = tuple(name for name in FORMS if name.endswith("-application"))
WHICH = dict(
    zip(APPLICATIONS, (COPY, TAKE_OUT, MACHINE, BRING_IN, SUBCONTRACT, DISPOSAL, PURPOSE), strict=True)
)
"""Form → one of the approvals of the sample that it asks for."""

MUST_CARRY: dict[str, dict[str, str]] = {
    "copy-application": {
        "purpose": "目的 印刷の位置を確かめるための試し刷りに用いる",
        "what": "1 宛名データ",
        "medium": "電子データ",
        "how much": "2件",
        "number of copies": "部数 2",
        "period": "令和8年7月1日から 令和8年7月31日まで",
        "persons": "取り扱う者 渡邉 由美子、葛\U000e0100城 健",
        "storage": "複写物の保管の方法 暗号化したサーバに格納し",
        "disposal": "複写物の廃棄の方法 試し刷りの後、３日以内に消去する",
    },
    "takeout-application": {
        "purpose": "目的 庁舎での打合せのため",
        "contents": "2 入力見本",
        "quantity": "30枚",
        "medium": "紙",
        "destination": "持出し先 市庁舎 ３階会議室",
        "period": "持出しの期間 令和8年7月1日から 令和8年7月31日まで",
        "back by": "持帰りの期限 令和8年7月31日",
        "encryption or other protection": "施錠ケース、暗号化 AES-256で暗号化し",
        "carrier": "搬送の方法・搬送者 渡邉 由美子が自動車で運搬する",
    },
    "equipment-takeout-application": {
        "device": "1 PC-001 PC",
        "maker and serial": "北斗電機 HK-100 SN26000001",
        "purpose": "目的 刷り見本の確認のため",
        "destination": "持出し先 市庁舎 ３階会議室",
        "period": "令和8年7月1日から 令和8年7月31日まで",
        "protection": "保護の措置 施錠ケース",
    },
    "bringin-application": {
        "device": "1 PC-001 PC",
        "serial": "SN26000001",
        "premises": "持込み先 市庁舎 ３階電算室 架空市中央１番地",
        "purpose": "目的 庁舎内での障害調査のため",
        "period": "持込みの期間 令和8年7月1日から 令和8年7月31日まで",
        "persons": "取り扱う者 渡邉 由美子、葛\U000e0100城 健",
        "protection": "保護の措置 暗号化",
    },
    "subcontract-application": {
        "sub-contractor": "再委託先の名称 有限会社浜手封入",
        "its address": "所在地 〒292-0001 千葉県架空市浜手５番地１",
        "its representative": "代表者 代表取締役 濵田 実",
        "tier": "段階 1次",
        "work": "再委託する業務 封入封緘作業の一部",
        "information included": "含まれる情報 氏名、住所",
        "reason": "再委託の理由 発送の集中する時期に作業量が増えるため",
        "period": "再委託の期間 令和8年7月1日から令和8年12月25日まで",
        "who answers there": "再委託先の責任者 工場長 浜辺 進",
        "workers": "従事者の人数 12人",
        "place": "作業場所 浜手封入 第二工場（千葉県架空市浜手５番地）",
        "control method": "管理・監督の方法 毎月の作業報告と四半期ごとの立入り",
        "selection check": "施錠、研修の記録、過去３年の事故の有無を確かめた（確認日 令和8年5月20日）",
        "further delegation": "さらなる委託 なし",
    },
    "disposal-application": {
        "why": "理由 検査を終えて不用となったため",
        "medium with serial": "1 USBメモリ SN26000010",
        "information": "納税通知書データの控え",
        "paper without serial": "2 紙 － 試し刷り 15枚",
        "method": "廃棄・消去の方法 物理的破壊",
        "date planned": "予定年月日 令和8年7月10日（予定）",
        "witness": "立会い 要",
        "place": "実施場所 本社 保管庫",
        "who answers for it": "責任者 部長 𠮷田 一郎",
    },
    "purpose-application": {
        "which": "区分 目的外利用",
        "what and how far": "対象の情報と範囲 地区名と件数",
        "why": "目的及び理由 次年度の発送計画の見積りのため",
        "to whom": "提供先 架空郵便局",
        "from whom": "取得先 調査の対象者本人",
        "how": "取得の方法 書面の問合せ票",
        "period": "期間 令和8年7月1日から令和8年7月31日まで",
    },
    "subcontract-supervision": {
        "agreement": "再委託契約の締結 令和8年5月29日（書面）",
        "duties in it": "契約で負わせた義務 秘密保持、安全管理措置、返還・廃棄",
        "instructions passed on": "発注者の指示の伝達 残紙をその日のうちに回収する",
        "workers' training": "浜辺 由紀 令和8年5月25日から 令和8年5月21日",
        "workers' oaths": "令和8年5月22日",
        "check": "令和8年5月28日 髙橋 花子 第二工場への立入り",
        "what it found": "残紙の回収：不適（翌日に残っていた）",
        "what was done": "当日の回収を徹底させた",
    },
}
"""Form → item → the text that stands for it on the paper."""
CARRIED = [(name, item) for name, items in MUST_CARRY.items() for item in items]
ANSWER = (
    "する",
    "条件を付けて",
    "しない",
    "条件・理由",
    "文書番号",
    "令和　　年　　月　　日",
    "職・氏名",
    "印",
)


@pytest.fixture
def sample(catalogue: Catalogue) -> Sample:
    made = Sample(catalogue)
    extend(made)
    return made


def form_of(name: str) -> Form[Any]:
    return all_forms()[name]


def gathered(sample: Sample, name: str, contract: int = KIMITSU, **more: Any) -> Statement:
    return form_of(name).gather(sample.case(contract, **more))


def text_of(sample: Sample, name: str, contract: int = KIMITSU, **more: Any) -> str:
    return printed_text(form_of(name), gathered(sample, name, contract, **more))


def refusal(sample: Sample, name: str, contract: int = KIMITSU, **more: Any) -> MissingFactsError:
    with pytest.raises(MissingFactsError) as caught:
        gathered(sample, name, contract, **more)
    return caught.value


def about(which: int, contract: int = KIMITSU) -> dict[str, Any]:
    return {"only": (f"approval:{id_of(contract, which)}",)}


@pytest.mark.parametrize(("name", "item"), CARRIED, ids=[f"{name}: {item}" for name, item in CARRIED])
def test_what_a_form_must_carry_stands_on_it(name: str, item: str, sample: Sample) -> None:
    wanted = "".join(MUST_CARRY[name][item].split())
    assert wanted in text_of(sample, name)


@pytest.mark.parametrize("name", APPLICATIONS)
def test_the_clients_answer_stands_below_on_the_same_page(name: str, sample: Sample) -> None:
    text = text_of(sample, name, **about(WHICH[name]))
    for part in (
        *ANSWER,
        "株式会社𠮷野データサービス　代表取締役　渡邊　齋一郎　様",
        "みなと北市　保険年金課",
    ):
        assert "".join(part.split()) in text
    assert "1／1" in text


@pytest.mark.parametrize(
    ("which", "annex", "options", "verb", "cited"),
    [
        (COPY, "kimitsu-hoji", (), "承諾", "第5条"),
        (TAKE_OUT, "kimitsu-hoji", (), "同意", "第6条第2項"),
        (COLLECTION, "kimitsu-hoji", (), "同意", "第3条"),
        (THIRD, "kimitsu-hoji", (), "承諾", "第4条"),
        (MACHINE, "kimitsu-hoji", (), "承諾", "第6条第5項"),
        (COPY, "minato", (), "許可", "第9条"),
        (SUBCONTRACT, "minato", (), "承諾", "第4条"),
        (COPY, "besshi-44", (), "承認", "第21項"),
        (SUBCONTRACT, "besshi-44", (), "承認", "第19項及び第20項"),
        (DISPOSAL, "besshi-44", (), "承認", "第41項"),
        (PURPOSE, "besshi-44", (), "承諾", "第6項"),
        (BRING_IN, "hofu", (), "承諾", "第6第2項"),
        (TAKE_OUT, "hofu", (), "承諾", "第5"),
    ],
)
def test_the_client_is_asked_in_the_word_of_the_clause(
    which: int, annex: str, options: tuple[str, ...], verb: str, cited: str, sample: Sample
) -> None:
    sample.change(Contract, KIMITSU, annexes=(ContractAnnex(annex=annex, options=options),))
    name = next(name for name in APPLICATIONS if serves(sample, name, which))
    text = text_of(sample, name, **about(which))
    assert f"{cited}の規定により、下記のとおり" in text
    assert f"ので、{verb}くださるよう申請します。" in text
    assert f"{verb}欄（発注者記入）" in text
    form = form_of(name)
    title = form.title.replace("承認" if name == "disposal-application" else "承諾", verb)
    statement = gathered(sample, name, **about(which))
    assert form.called_in(statement) == form.sheets(statement)[0].title == title
    assert f"印{title}" in text


def serves(sample: Sample, name: str, which: int) -> bool:
    form = form_of(name)
    assert form.about is not None
    return any(one.id == id_of(KIMITSU, which) for one in form.about.select(sample.case()))


@pytest.mark.parametrize(("which", "name"), [(DISPOSAL, "disposal-application"), (COPY, "copy-application")])
def test_where_no_clause_knows_such_consent_none_is_cited(which: int, name: str, sample: Sample) -> None:
    annex = "kimitsu-hoji" if which == DISPOSAL else ""
    annexes = (ContractAnnex(annex=annex),) if annex else ()
    sample.change(Contract, KIMITSU, annexes=annexes)
    text = text_of(sample, name, **about(which))
    assert "の規定により" not in text
    assert ("承認欄" if which == DISPOSAL else "承諾欄") in text


@pytest.mark.parametrize("name", APPLICATIONS)
@pytest.mark.parametrize(
    ("field", "said"),
    [("granted_on", "発注者の承諾を得ているため"), ("refused_on", "不承諾の回答を得ている")],
)
def test_what_was_answered_is_not_applied_for(name: str, field: str, said: str, sample: Sample) -> None:
    which = id_of(KIMITSU, WHICH[name])
    sample.change(Approval, which, purpose="", **{field: DAY})
    (fact,) = refusal(sample, name, **about(WHICH[name])).missing
    assert fact.sentence.startswith(f"AP-{which}は令和8年6月1日に")
    assert said in fact.sentence
    assert (fact.record, fact.id) == ("approval", which)
    held = sample.facts.get(Approval, which)
    assert f"approval:{held.id}" not in _offered(sample, name)


def _offered(sample: Sample, name: str) -> tuple[str, ...]:
    form = form_of(name)
    assert form.about is not None
    return tuple(stated_key(one) for one in form.about.chosen(sample.case()))


@pytest.mark.parametrize(("applied", "fits"), [(BEFORE, False), (DAY, True), (AFTER, False)])
def test_an_application_bears_the_day_on_which_the_client_was_asked(
    applied: date, fits: bool, sample: Sample
) -> None:
    sample.change(Approval, id_of(KIMITSU, COPY), applied_on=applied)
    if fits:
        assert gathered(sample, "copy-application").on == DAY
        return
    assert "これから申請する承諾がありません" in str(refusal(sample, "copy-application"))
    (fact,) = refusal(sample, "copy-application", **about(COPY)).missing
    assert "の申請日は" in fact.sentence
    assert fact.field == "applied_on"


@pytest.mark.parametrize("basis", ["指示", "仕様書", "法令"])
def test_what_is_no_approval_is_not_applied_for(basis: str, sample: Sample) -> None:
    sample.change(Approval, id_of(KIMITSU, COPY), basis=basis)
    error = refusal(sample, "copy-application")
    assert "種別が「複写」で根拠が「承諾」の承諾の記録がありません" in str(error)
    assert error.missing[0].record == "approval"


@pytest.mark.parametrize("form", APPLICATIONS)
def test_what_stands_in_an_application_is_not_printed_again_unasked(form: str, sample: Sample) -> None:
    statement = gathered(sample, form, **about(WHICH[form]))
    printed = sample.submitted(statement, submitted_on=None)
    key = statement.subjects[0]
    assert key not in _offered(sample, form)
    sample.facts = sample.facts.replaced([replace(printed, voided_on=DAY, voided_why="誤記")])
    assert key in _offered(sample, form)


def test_each_approval_has_a_sheet_of_its_own_with_its_own_clause_and_answer(sample: Sample) -> None:
    statement = gathered(sample, "purpose-application")
    sheets = form_of("purpose-application").draw(statement)
    assert len(sheets) == len(statement.subjects) == 3
    text = printed_text(form_of("purpose-application"), statement)
    assert text.count("文書番号2026-0042") == 3
    assert text.count("1／1") == 3
    assert [text.count(f"{verb}欄（発注者記入）") for verb in ("承諾", "同意")] == [2, 1]
    assert [text.count(f"目的外利用等{verb}申請書") for verb in ("承諾", "同意")] == [2, 1]


@pytest.mark.parametrize(("contract", "which"), [(KIMITSU, TAKE_OUT), (KAWAGUCHI, COPY)])
def test_one_of_another_kind_or_contract_that_is_named_is_refused(
    contract: int, which: int, sample: Sample
) -> None:
    (fact,) = refusal(sample, "copy-application", **about(which, contract)).missing
    number, kind = id_of(contract, which), "持出" if which == TAKE_OUT else "複写"
    assert (
        fact.sentence == f"承諾「AP-{number}　{kind}」は、この契約の複写・複製承諾申請書の対象になりません。"
    )


def test_one_that_is_named_is_printed_alone(sample: Sample) -> None:
    statement = gathered(sample, "purpose-application", **about(THIRD))
    assert statement.subjects == (f"approval:{id_of(KIMITSU, THIRD)}",)
    text = printed_text(form_of("purpose-application"), statement)
    assert "提供先架空郵便局" in text
    assert "取得先" not in text


@pytest.mark.parametrize(
    ("annex", "options", "which", "name", "banned"),
    [
        ("besshi-44", (), TAKE_OUT, "takeout-application", "第11項"),
        ("minato", ("特定個人情報",), TAKE_OUT, "takeout-application", ""),
        ("minato", (), PURPOSE, "purpose-application", "第6条、第7条及び第8条"),
    ],
)
def test_what_a_clause_forbids_whatever_the_client_says_is_not_applied_for(
    annex: str, options: tuple[str, ...], which: int, name: str, banned: str, sample: Sample
) -> None:
    sample.change(Contract, KIMITSU, annexes=(ContractAnnex(annex=annex, options=options),))
    if not banned:  # the ban is on other information than what is listed
        assert "の規定により" not in text_of(sample, name, **about(which))
        return
    (fact,) = refusal(sample, name, **about(which)).missing
    assert f"{banned}は" in fact.sentence
    assert "例外なく禁じているため" in fact.sentence
    assert fact.record == "approval"


def test_what_is_forbidden_does_not_keep_the_rest_from_being_asked(sample: Sample) -> None:
    sample.change(Contract, KIMITSU, annexes=(ContractAnnex(annex="besshi-44"),))
    asked = gathered(sample, "purpose-application").subjects
    assert asked == tuple(f"approval:{id_of(KIMITSU, which)}" for which in (PURPOSE, COLLECTION))


MISSING: tuple[tuple[str, type[Any], int, dict[str, Any], str, str], ...] = (
    ("copy-application", Approval, COPY, {"purpose": ""}, "目的・理由を", "purpose"),
    ("copy-application", Approval, COPY, {"copies": None}, "複写の部数を", "copies"),
    ("copy-application", Approval, COPY, {"storage": ""}, "保管の方法を", "storage"),
    ("copy-application", Approval, COPY, {"copies_disposal": ""}, "廃棄の方法を", "copies_disposal"),
    ("copy-application", Approval, COPY, {"subjects": ()}, "対象を", "subjects"),
    ("takeout-application", Approval, TAKE_OUT, {"destination": ""}, "持出し先・提供先を", "destination"),
    ("takeout-application", Approval, TAKE_OUT, {"starts_on": None}, "有効期間の始期を", "starts_on"),
    ("takeout-application", Approval, TAKE_OUT, {"ends_on": None}, "有効期間の終期を", "ends_on"),
    ("takeout-application", Approval, TAKE_OUT, {"carrier": ""}, "搬送者を", "carrier"),
    (
        "takeout-application",
        Approval,
        TAKE_OUT,
        {"safeguards": (), "protection": ""},
        "搬送・持出しの措置を",
        "safeguards",
    ),
    ("bringin-application", Approval, BRING_IN, {"premises": None}, "持込み先の場所を", "premises"),
    ("bringin-application", Approval, BRING_IN, {"persons": ()}, "取り扱う者を", "persons"),
    ("purpose-application", Approval, PURPOSE, {"scope": ""}, "範囲を", "scope"),
    ("purpose-application", Approval, THIRD, {"destination": ""}, "提供先を", "destination"),
    ("purpose-application", Approval, COLLECTION, {"source": ""}, "取得先を", "source"),
    ("purpose-application", Approval, COLLECTION, {"means": ""}, "取得の方法を", "means"),
)


@pytest.mark.parametrize(("name", "cls", "which", "change", "said", "field"), MISSING)
def test_what_is_missing_is_named_with_the_record_to_open(
    name: str, cls: type[Any], which: int, change: dict[str, Any], said: str, field: str, sample: Sample
) -> None:
    sample.change(cls, id_of(KIMITSU, which), **change)
    (fact,) = refusal(sample, name, **about(which)).missing
    assert said in fact.sentence
    assert (fact.record, fact.id, fact.field) == ("approval", id_of(KIMITSU, which), field)


DELEGATED = (
    ({"information": ""}, "含まれる情報を", "information"),
    ({"reason": ""}, "再委託の理由を", "reason"),
    ({"control": ""}, "管理・監督の方法を", "control"),
    ({"further": None}, "さらなる委託を", "further"),
    ({"ends_on": None}, "再委託の終期を", "ends_on"),
    ({"selection": ""}, "選定時の確認を", "selection"),
    ({"selected_on": None}, "選定の確認日を", "selection"),
)


@pytest.mark.parametrize(("change", "said", "field"), DELEGATED)
def test_what_a_delegation_lacks_is_named_on_the_delegation(
    change: dict[str, Any], said: str, field: str, sample: Sample
) -> None:
    sample.change(Subcontract, KIMITSU * 100, **change)
    (fact,) = refusal(sample, "subcontract-application").missing
    assert said in fact.sentence
    assert (fact.record, fact.id, fact.field) == ("subcontract", KIMITSU * 100, field)


@pytest.mark.parametrize(("on", "fits"), [(BEFORE, True), (DAY, True), (AFTER, False)])
def test_a_company_was_found_able_by_the_day_of_the_application(on: date, fits: bool, sample: Sample) -> None:
    sample.change(Subcontract, KIMITSU * 100, selected_on=on)
    if fits:
        assert "（確認日" in text_of(sample, "subcontract-application")
    else:
        assert "選定の確認日（令和8年6月2日）が" in str(refusal(sample, "subcontract-application"))


def test_an_address_is_asked_of_the_company(sample: Sample) -> None:
    sample.change(Subcontractor, 21, address="")
    (fact,) = refusal(sample, "subcontract-application").missing
    assert (fact.record, fact.id, fact.field) == ("subcontractor", 21, "address")


def test_a_second_tier_names_who_delegates_to_it(sample: Sample) -> None:
    first = sample.facts.get(Subcontract, KIMITSU * 100)
    sample.add(replace(first, number="SC-2", subcontractor=22, tier=2, parent=first.id))
    text = text_of(sample, "subcontract-application")
    assert "再委託の内容（1）" in text
    assert "再委託の内容（2）" in text
    assert "段階2次（委託元有限会社浜手封入）" in text


def test_an_approval_without_its_delegation_or_plan_asks_for_it(sample: Sample) -> None:
    sample.change(Subcontract, KIMITSU * 100, approval=None)
    sample.change(Disposal, KIMITSU * 100, approval=None)
    for name, record in (("subcontract-application", "subcontract"), ("disposal-application", "disposal")):
        (fact,) = refusal(sample, name).missing
        assert (fact.record, fact.id) == (record, 0)
        assert "登録されていません" in fact.sentence


def test_what_was_done_is_not_asked_for_beforehand(sample: Sample) -> None:
    held = sample.facts.get(Disposal, KIMITSU * 100)
    lines = tuple(replace(line, result="完了") for line in held.lines)
    sample.change(Disposal, held.id, status="実績", done_on=DAY, lines=lines)
    (fact,) = refusal(sample, "disposal-application").missing
    assert "前もっての承認は申請できません" in fact.sentence


def test_a_medium_without_a_serial_number_is_not_asked_for(sample: Sample) -> None:
    sample.change(Device, 10, serial="")
    (fact,) = refusal(sample, "disposal-application").missing
    assert (fact.record, fact.field) == ("disposal", "lines.1.serial")


@pytest.mark.parametrize(("asked", "shown"), [(True, "立会い要"), (False, "立会い不要")])
def test_whether_the_client_is_to_look_on_is_said(asked: bool, shown: str, sample: Sample) -> None:
    sample.change(Disposal, KIMITSU * 100, witness_asked=asked)
    assert shown in text_of(sample, "disposal-application")


def test_whether_the_client_is_to_look_on_is_never_guessed(sample: Sample) -> None:
    sample.change(Disposal, KIMITSU * 100, witness_asked=None)
    (fact,) = refusal(sample, "disposal-application").missing
    assert (fact.record, fact.field) == ("disposal", "witness_asked")


def test_machines_are_asked_for_by_their_records(sample: Sample) -> None:
    held = sample.facts.get(Approval, id_of(KIMITSU, MACHINE))
    sample.change(Approval, held.id, subjects=(replace(held.subjects[0], device=None),))
    (fact,) = refusal(sample, "equipment-takeout-application").missing
    assert (fact.record, fact.field) == ("approval", "subjects.1.device")
    sample.change(Approval, held.id, subjects=held.subjects)
    sample.change(Device, 1, serial="")
    (fact,) = refusal(sample, "equipment-takeout-application").missing
    assert (fact.record, fact.id, fact.field) == ("device", 1, "serial")


@pytest.mark.parametrize("name", [*APPLICATIONS])
def test_what_is_asked_for_otherwise_makes_the_application_stale(name: str, sample: Sample) -> None:
    statement = gathered(sample, name, **about(WHICH[name]))
    assert compare(statement.stated, _now(sample, statement)) == ()
    if name == "subcontract-application":
        sample.change(Subcontract, KIMITSU * 100, work="封入封緘作業の全部")
    else:
        sample.change(Approval, id_of(KIMITSU, WHICH[name]), purpose="ほかの目的")
    (difference,) = compare(statement.stated, _now(sample, statement))
    assert difference.key == statement.subjects[0]


def _now(sample: Sample, statement: Statement) -> Any:
    case = sample.case(KIMITSU, only=statement.subjects, comparing=True)
    return form_of(statement.form).gather(case).stated


@pytest.mark.parametrize("granted", [DAY, AFTER])
def test_an_answer_changes_nothing_of_what_was_asked(granted: date, sample: Sample) -> None:
    statement = gathered(sample, "copy-application")
    sample.change(Approval, id_of(KIMITSU, COPY), applied_on=DAY, granted_on=granted, conditions="１部")
    assert compare(statement.stated, _now(sample, statement)) == ()


def test_an_application_is_handed_in_once_more_until_it_is_answered(sample: Sample) -> None:
    sample.submitted(gathered(sample, "copy-application"))
    sample.change(Approval, id_of(KIMITSU, COPY), applied_on=DAY)
    assert gathered(sample, "copy-application", day=AFTER, again=True).variant == "再提出"
    sample.change(Approval, id_of(KIMITSU, COPY), granted_on=AFTER)
    assert "発注者の承諾を得ている" in str(refusal(sample, "copy-application", day=AFTER, again=True))


def test_no_number_of_the_house_is_printed(sample: Sample) -> None:
    for name in APPLICATIONS:
        text = text_of(sample, name)
        assert "AP-" not in text
        assert "SC-" not in text
        assert f"D-{KIMITSU}00" not in text


@pytest.mark.parametrize(("agreed", "said"), [(DAY, "（書面）"), (AFTER, "未締結"), (None, "締結の記録なし")])
def test_an_agreement_that_was_not_made_by_the_day_is_none(
    agreed: date | None, said: str, sample: Sample
) -> None:
    sample.change(Subcontract, KIMITSU * 100, agreed_on=agreed)
    text = text_of(sample, "subcontract-supervision")
    assert said in text
    assert ("契約で負わせた義務－" in text) is (said != "（書面）")


@pytest.mark.parametrize(("day", "known"), [(date(2026, 5, 27), False), (date(2026, 5, 28), True)])
def test_a_supervision_record_tells_what_was_looked_at_by_its_day(
    day: date, known: bool, sample: Sample
) -> None:
    text = text_of(sample, "subcontract-supervision", day=day)
    assert ("第二工場への立入り" in text) is known
    assert ("点検の記録はありません。" in text) is not known


def test_what_nobody_recorded_of_a_delegation_is_said(sample: Sample) -> None:
    sample.change(Subcontract, KIMITSU * 100, agreement_written=None)
    sample.drop(Oath, 1000)
    sample.drop(Training, 1000)
    text = text_of(sample, "subcontract-supervision")
    assert "（方式の記録なし）" in text
    assert "記録なし記録なし" in text


def test_without_a_delegation_there_is_nothing_to_supervise(sample: Sample) -> None:
    sample.drop(Subcontract)
    error = refusal(sample, "subcontract-supervision")
    assert [fact.record for fact in error.missing] == ["subcontract"]


@pytest.mark.parametrize("rows", [1, 30, 200])
def test_any_number_of_rows_is_printed_with_the_answer_at_the_end(rows: int, sample: Sample) -> None:
    held = sample.facts.get(Approval, id_of(KAWAGUCHI, COPY))
    sample.change(Approval, held.id, subjects=held.subjects * rows)
    text = text_of(sample, "copy-application", KAWAGUCHI)
    assert f"{rows}宛名データ" in text
    assert text.index("以上") < text.index("承諾欄（発注者記入）")
    assert ("1／1" in text) is (rows == 1)
