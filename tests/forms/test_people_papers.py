"""誓約書 and 研修実施報告書: for whom, what they carry, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.duties.case import Case, MissingFactsError
from app.duties.change_notices import drift
from app.duties.duty import Duty
from app.duties.engine import duties
from app.duties.papers.drift import compare
from app.duties.view import ContractView
from app.exchange.documents.composing import compose, print_document
from app.printing.blocks import Addressee, Grid, Ki, Signature, Text, Title
from app.printing.pages import OpenPdf
from app.records import (
    Assignment,
    Contract,
    Disposal,
    Location,
    Oath,
    Person,
    Statement,
    Submission,
    Training,
)
from app.records.assignment import AssignmentRole
from app.records.contract import ContractAnnex
from app.records.for_contract import ForContract
from app.records.ordering import in_order
from app.records.person import FormerName
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
PRIVACY = "個人情報の保護に関する法律"
NUMBERS = "行政手続における特定の個人を識別するための番号の利用等に関する法律"
OATH, TRAINING = "oath", "training-report"


def test_one_oath_for_each_worker_without_a_signed_one(sample: Sample, forms: Forms) -> None:
    statement = forms[OATH].gather(sample.case())
    people = in_order([one for one in sample.case().facts.all(Person) if 2 <= one.id <= 8])
    assert statement.subjects == tuple(f"person:{one.id}" for one in people)
    sheets = forms[OATH].draw(statement)
    assert [sheet.title for sheet in sheets] == [f"誓約書　{one.name}" for one in people]
    assert all(isinstance(sheet.blocks[-1], Signature) for sheet in sheets)


def test_workers_planned_to_start_later_are_included_and_leavers_are_not(
    sample: Sample, forms: Forms
) -> None:
    sample.change(Assignment, 21, starts_on=date(2026, 9, 1))
    sample.change(Assignment, 31, ends_on=date(2026, 5, 31))
    subjects = forms[OATH].gather(sample.case()).subjects
    assert "person:2" in subjects
    assert "person:3" not in subjects


def test_an_oath_signed_after_the_day_does_not_count_yet(sample: Sample, forms: Forms) -> None:
    sample.change(Oath, 1, signed_on=date(2026, 6, 2))
    assert "person:1" in forms[OATH].gather(sample.case()).subjects
    assert "person:1" not in forms[OATH].gather(sample.case(day=date(2026, 6, 2))).subjects


@pytest.mark.parametrize(
    ("until", "offered"),
    [
        (None, False),  # since when is not known: the officer is asked to say so
        (date(2026, 3, 26), False),  # signed the day after, under the present name
        (date(2026, 3, 27), True),  # signed on the last day of the former one
        (DAY - timedelta(days=1), True),
        (DAY, False),  # the name of the day is still the former one
    ],
)
def test_who_signed_under_another_name_may_sign_again_under_the_present_one(
    sample: Sample, forms: Forms, until: date | None, offered: bool
) -> None:
    row = FormerName(name="旧姓　太郎", until=until)
    held = next(one for one in sample.facts.all(Oath) if one.signed_on and KIMITSU in one.contract_ids)
    assert held.signed_on == date(2026, 3, 27)
    sample.change(Person, held.person, former_names=(row,))
    sheets = forms[OATH].gather(sample.case()).subjects
    assert (f"person:{held.person}" in sheets) is offered
    if offered:
        sample.add(replace(held, id=0, signed_on=DAY))
        assert f"person:{held.person}" not in forms[OATH].gather(sample.case()).subjects


def test_an_oath_says_what_was_explained_by_whom_and_leaves_the_hand_its_place(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.change(Oath, 2, contracts=(ForContract(contract=KIMITSU),))
    text = text_of(forms[OATH].gather(sample.case(only=("person:3",))))
    for wanted in (
        "みなと北市長様",
        "私は、下記の業務に就くに当たり",
        "業務名称令和８年度国民健康保険税納税通知書作成及び封入封緘業務委託（契約番号MK-1024）",
        "個人情報の保護に関する法律第66条（安全管理措置）、第67条（従事者の義務）、第176条、第180条及び第183条（罰則）",
        "「機密保持及び個人情報保護に関する特記事項」",
        "株式会社𠮷野データサービス",
        "管理部長槗爪邊",
        "説明を受けた日令和8年4月22日以上",
        "日付令和年月日",
        "所属",
        "氏名",
        "配付先業務部入力課渡邉由美子／",
        "1／1",
    ):
        assert wanted in text
    assert text.count("下記") == 1
    assert "E-003" not in text, "the vendor's own numbers stay in the house"


def test_a_prescribed_oath_has_the_shape_that_its_annex_gives_it(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    (sheet,) = forms[OATH].draw(forms[OATH].gather(sample.case(KAWAGUCHI, only=("person:3",))))
    title, words, ki, frame, _, sign, _, tag = sheet.blocks
    assert isinstance(title, Title)
    assert words == Text(sample.facts.get(Contract, KAWAGUCHI).oath_wording, align="justify", after=6)
    assert isinstance(ki, Ki)
    assert isinstance(frame, Grid)
    assert [row[0] for row in frame.rows] == ["業務名称", "説明した者"]
    assert isinstance(sign, Signature)
    assert isinstance(tag, Text)
    assert "渡邉　由美子" in tag.text
    text = text_of(forms[OATH].gather(sample.case(KAWAGUCHI, only=("person:3",))))
    assert "誓約書私は、市の様式の文を読みました。書かれたことを守ると誓います。記業務名称" in text
    assert "緑川市長" not in text
    assert "関係）" not in text


def test_the_words_of_a_prescribed_oath_must_be_known(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Contract, KAWAGUCHI, oath_wording="")
    assert missing_of(OATH, sample.case(KAWAGUCHI)) == {("contract", KAWAGUCHI, "oath_wording")}


def test_an_annex_may_bring_the_words_of_its_oath(sample: Sample, forms: Forms) -> None:
    sample.change(Contract, KAWAGUCHI, oath_wording="")
    words = ("　私は、これを守ります。", "　誓います。")
    (annex,) = (one for one in sample.catalogue.annexes if one.key == "kawaguchi")
    clauses = tuple(
        replace(one, asked={**one.asked, "oath": replace(one.asks("oath"), oath_text=words)})
        if "oath" in one.kinds
        else one
        for one in annex.clauses
    )
    case = replace(sample.case(KAWAGUCHI), catalogue=Catalogue((replace(annex, clauses=clauses),)))
    sheet = forms[OATH].draw(forms[OATH].gather(case))[0]
    assert Text("\n".join(words), align="justify", after=6) in sheet.blocks


@pytest.mark.parametrize(
    ("information", "options", "acts"),
    [
        ((), (), [PRIVACY]),
        (("個人情報",), (), [PRIVACY]),
        (("機密情報",), (), []),
        (("特定個人情報",), (), [PRIVACY, NUMBERS]),
        (("個人情報",), ("特定個人情報",), [PRIVACY, NUMBERS]),
    ],
)
def test_every_oath_names_the_acts_that_bind_whoever_signs_it(
    sample: Sample, forms: Forms, information: tuple[str, ...], options: tuple[str, ...], acts: list[str]
) -> None:
    for annex in ("kimitsu-hoji", "besshi-44", "hofu", "minato"):
        row = ContractAnnex(annex=annex, options=options)
        sample.change(Contract, KIMITSU, annexes=(row,), information=information)
        for sheet in forms[OATH].gather(sample.case()).facts["sheets"]:
            told = [text for text in sheet["explained"] if "第" in text and "法律" in text]
            assert [text.split("　")[0] for text in told] == acts
            if NUMBERS in acts:
                assert "第48条、第49条、第51条及び第57条（罰則）" in told[-1]


def test_an_oath_that_stays_with_the_vendor_is_addressed_to_it(sample: Sample, forms: Forms) -> None:
    sample.change(Contract, KIMITSU, annexes=(ContractAnnex(annex="minato", options=("特定個人情報",)),))
    sheet = forms[OATH].draw(forms[OATH].gather(sample.case()))[0]
    vendor = "株式会社𠮷野データサービス", "代表取締役　渡邊　齋一郎　様"
    assert Addressee(vendor) in sheet.blocks


def test_without_a_record_the_responsible_person_explains_and_the_day_is_left_blank(
    sample: Sample, forms: Forms
) -> None:
    sheet = forms[OATH].gather(sample.case(only=("person:4",))).facts["sheets"][0]
    assert sheet["explainer"] == {
        "company": "株式会社𠮷野データサービス",
        "title": "業務部　部長",
        "name": "𠮷田　一郎",
        "on": "",
    }


def test_nobody_explains_to_oneself(sample: Sample, forms: Forms) -> None:
    sample.change(Assignment, 21, roles=(AssignmentRole(role="従事者"),))
    sheet = forms[OATH].gather(sample.case(only=("person:1",))).facts["sheets"][0]
    assert sheet["explainer"]["name"] == "渡邊　齋一郎"


def test_without_anyone_in_charge_the_explainer_is_missing(sample: Sample, missing_of: MissingOf) -> None:
    for number in (11, 21):
        sample.change(Assignment, number, roles=(AssignmentRole(role="従事者"),))
    assert missing_of(OATH, sample.case(only=("person:4",))) == {("assignment", 0, "roles")}
    sample.add(Oath(kind="着手時", form="誓約書", person=4, contracts=(ForContract(contract=KIMITSU),)))
    assert missing_of(OATH, sample.case(only=("person:4",))) == {("oath", 3, "explained_by_name")}


def test_the_clients_wording_replaces_ours(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.change(Contract, KIMITSU, oath_wording="　私は、次の事項を\n　固く約束します。")
    text = text_of(forms[OATH].gather(sample.case(only=("person:4",))))
    assert "私は、次の事項を固く約束します。" in text
    assert "就くに当たり" not in text


def test_contracts_of_another_client_are_not_on_the_oath(sample: Sample, forms: Forms) -> None:
    covered = (ForContract(contract=KIMITSU), ForContract(contract=KAWAGUCHI))
    sample.add(Oath(kind="着手時", form="誓約書", person=5, contracts=covered))
    sheet = forms[OATH].gather(sample.case(only=("person:5",))).facts["sheets"][0]
    assert [number for _, number in sheet["contracts"]] == ["MK-1024"]
    sample.change(Contract, KAWAGUCHI, client=1)
    sheet = forms[OATH].gather(sample.case(only=("person:5",))).facts["sheets"][0]
    assert [number for _, number in sheet["contracts"]] == ["MK-1024", "第2026-0058号"]


def test_a_subcontractors_worker_promises_under_the_clause_for_them(sample: Sample, forms: Forms) -> None:
    sample.change(Person, 8, employment="再委託先")
    sheets = forms[OATH].gather(sample.case(KAWAGUCHI)).facts["sheets"]
    cited = {sheet["name"]: sheet["cited"] for sheet in sheets}
    assert cited["高木　ひかり"] == "個人情報取扱特記事項第14第3項"
    assert cited["髙橋　花子"] == "個人情報取扱特記事項第14第1項"


def test_when_all_have_signed_there_is_nothing_to_print(
    sample: Sample, missing_of: MissingOf, forms: Forms
) -> None:
    before = forms[OATH].gather(sample.case())
    for number in range(2, 9):
        sample.add(
            Oath(
                kind="着手時",
                form="誓約書",
                person=number,
                contracts=(ForContract(contract=KIMITSU),),
                signed_on=DAY,
            )
        )
    assert missing_of(OATH, sample.case()) == {("", 0, "")}
    after = forms[OATH].gather(sample.case(only=before.subjects, comparing=True))
    assert compare(before.stated, after.stated) == ()


def test_a_training_report_carries_particulars_numbers_and_names(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    text = text_of(forms[TRAINING].gather(sample.case()))
    for wanted in (
        "研修実施報告書",
        "機密保持及び個人情報保護に関する特記事項第11条の規定により",
        "個人情報保護研修（着手前）",
        "実施日令和8年3月25日",
        "本社３階第一会議室",
        "講師管理部髙橋花子",
        "教材個人情報取扱いの手引第5版",
        "遵守事項、罰則、民事責任（機密保持及び個人情報保護に関する特記事項第11条）",
        "事故対応",
        "対象者8人",
        "受講者7人",
        "未受講者1人",
        "高木ひかり（令和8年6月15日に補講予定）",
        "栁田徳次郎",
        "令和8年3月30日",
    ):
        assert wanted in text


def test_a_client_is_told_of_its_own_workers_only(sample: Sample, forms: Forms) -> None:
    (session,) = forms[TRAINING].gather(sample.case(KAWAGUCHI)).facts["sessions"]
    names = [row[0] for row in session["people"]]
    assert "佐藤　美咲" not in names
    assert "𠮷田　一郎" in names


def test_a_worker_whom_the_list_forgot_is_left_to_train(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Training, 1)
    sample.change(Training, 1, attendance=tuple(row for row in held.attendance if row.person != 6))
    (session,) = forms[TRAINING].gather(sample.case()).facts["sessions"]
    assert "𣘺本　誠（補講の日は未定）" in session["left"]


def test_a_reported_session_is_not_reported_again_until_it_changes(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    document = sample.submitted(forms[TRAINING].gather(sample.case()))
    assert missing_of(TRAINING, sample.case()) == {("", 0, "")}
    held = sample.facts.get(Training, 1)
    made_up = tuple(replace(row, outcome="補講") if row.person == 8 else row for row in held.attendance)
    sample.change(Training, 1, attendance=made_up)
    assert forms[TRAINING].gather(sample.case(day=LATER)).subjects == ("training:1",)
    sample.change(Submission, document.id, voided_on=DAY, voided_why="誤り")
    assert forms[TRAINING].gather(sample.case()).subjects == ("training:1",)


def test_someone_who_joins_later_makes_no_old_report_wrong(sample: Sample, forms: Forms) -> None:
    before = forms[TRAINING].gather(sample.case())
    sample.add(Person(name="新人", employment="社員"))
    roles = (AssignmentRole(role="従事者"),)
    sample.add(Assignment(person=9, contract=KIMITSU, roles=roles, starts_on=date(2026, 8, 1)))
    after = forms[TRAINING].gather(sample.case(day=LATER, only=before.subjects, comparing=True))
    assert compare(before.stated, after.stated) == ()


def test_a_session_names_all_that_it_lacks(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Training, 1, place="", lecturer="", material="", attendance=())
    fields = ("place", "lecturer", "material", "attendance")
    assert missing_of(TRAINING, sample.case()) == {("training", 1, field) for field in fields}


def test_no_session_by_the_day_is_named(sample: Sample, missing_of: MissingOf) -> None:
    sample.drop(Location, 3)
    assert missing_of(TRAINING, sample.case(day=date(2026, 3, 1))) == {("training", 0, "")}


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (None, "髙橋　花子"),  # nobody knows when it was borne
        (DAY - timedelta(days=1), "髙橋　花子"),
        (DAY, "旧姓　花子"),
        (DAY + timedelta(days=1), "旧姓　花子"),
    ],
)
@pytest.mark.parametrize("form", [OATH, "personnel-report"])
def test_a_paper_of_a_past_day_names_people_as_they_were_called_then(
    sample: Sample, forms: Forms, form: str, until: date | None, told: str
) -> None:
    older = FormerName(name="さらに前　花子", until=date(2020, 3, 31))
    sample.change(Person, 2, former_names=(FormerName(name="旧姓　花子", until=until), older))
    names = {"髙橋　花子", "旧姓　花子", "さらに前　花子"}
    statement = forms[form].gather(sample.case())
    stated = "\n".join(text for entry in statement.stated.values() for text in entry.values())
    assert {name for name in names if name in stated} == {told}
    if form == OATH:
        assert told in {sheet["name"] for sheet in statement.facts["sheets"]}


def test_of_several_former_names_the_one_of_the_day_is_taken(sample: Sample, forms: Forms) -> None:
    rows = (FormerName(name="後の姓", until=LATER), FormerName(name="前の姓", until=DAY))
    sample.change(Person, 2, former_names=rows)
    named = {day: forms[OATH].gather(sample.case(day=day)).stated["person:2"] for day in (DAY, LATER)}
    assert [list(entry.values()) for entry in named.values()] == [["前の姓"], ["後の姓"]]


def test_what_a_paper_told_then_is_held_against_the_name_of_today(sample: Sample, forms: Forms) -> None:
    sample.change(Person, 2, former_names=(FormerName(name="旧姓　花子", until=DAY),))
    form = forms["personnel-report"]
    sample.submitted(form.gather(sample.case()))
    with pytest.raises(MissingFactsError, match="変更の理由を入力してください"):
        form.gather(sample.case(day=LATER))


@pytest.mark.parametrize(
    ("day", "differs"), [(DAY, False), (LATER, False), (LATER + timedelta(days=1), True)]
)
def test_a_name_that_is_borne_from_tomorrow_on_makes_no_paper_stale_today(
    sample: Sample, forms: Forms, day: date, differs: bool
) -> None:
    sample.change(Person, 2, former_names=(FormerName(name="旧姓　花子", until=LATER),))
    form = forms["personnel-report"]
    before = form.gather(sample.case())
    after = form.gather(replace(sample.case(day=day), comparing=True))
    assert bool(compare(before.stated, after.stated)) is differs


PAST = date(2026, 7, 1)
"""The last day on which the person bore the former name; the papers were handed in before."""


def renamed(sample: Sample) -> None:
    """A lady of the sample marries: the paper that was handed in bears the name of then."""
    now = sample.facts.get(Person, 2)
    sample.change(Person, 2, name="新姓　花子", former_names=(FormerName(name=now.name, until=PAST),))


@pytest.mark.parametrize("form", [TRAINING, "disposal-certificate"])
def test_what_has_happened_is_not_made_wrong_by_a_later_name(sample: Sample, forms: Forms, form: str) -> None:
    for disposal in sample.facts.all(Disposal):
        sample.change(Disposal, disposal.id, responsible=2)
    made = forms[form].gather(sample.case())
    assert "髙橋　花子" in made.canonical()
    filed = sample.submitted(made)
    renamed(sample)

    def stale(day: date) -> bool:
        return bool(view_of(sample, forms, day).drift(forms[form], filed).differences)

    assert [stale(day) for day in (DAY, PAST, PAST + timedelta(days=1), LATER)] == [False] * 4
    with pytest.raises(MissingFactsError):  # nothing new is offered
        forms[form].gather(sample.case(day=LATER))
    again = forms[form].gather(sample.case(day=LATER, again=True))
    assert "新姓　花子" in again.canonical()
    repeated = sample.submitted(again)
    assert not view_of(sample, forms, LATER).drift(forms[form], repeated).differences


def test_a_name_of_which_no_day_is_known_and_a_real_change_stay_told(sample: Sample, forms: Forms) -> None:
    filed = sample.submitted(forms[TRAINING].gather(sample.case()))
    renamed(sample)
    sample.change(Training, sample.facts.all(Training)[0].id, lecturer="別の講師")
    (difference,) = view_of(sample, forms, LATER).drift(forms[TRAINING], filed).differences
    assert [label for label, _before, _after in difference.lines] == ["講師"]
    assert forms[TRAINING].gather(sample.case(day=LATER)).subjects == (difference.key,)
    sample.change(Person, 2, former_names=(FormerName(name="髙橋　花子"),))
    (both,) = view_of(sample, forms, LATER).drift(forms[TRAINING], filed).differences
    assert {label for label, _before, _after in both.lines} == {"講師", "受講"}


def test_of_what_lasts_a_new_name_is_a_change_from_the_day_it_was_borne(sample: Sample, forms: Forms) -> None:
    form = forms["personnel-report"]
    filed = sample.submitted(form.gather(sample.case()))
    renamed(sample)
    found = [
        bool(view_of(sample, forms, day).drift(form, filed).differences)
        for day in (PAST, PAST + timedelta(days=1))
    ]
    assert found == [False, True]


def view_of(sample: Sample, forms: Forms, day: date) -> ContractView:
    held = sample.facts.get(Contract, KIMITSU)
    return ContractView(sample.facts, sample.catalogue, forms, held, day)


def owed_for(sample: Sample, forms: Forms, day: date) -> Duty:
    """The duty of naming the workers, on a day."""
    held = duties(sample.facts, sample.catalogue, forms, day, KIMITSU)
    return next(duty for duty in held if duty.kind == "worker-list" and duty.clause.number == "第9条第1項")


@pytest.mark.parametrize("until", [PAST, PAST - timedelta(days=30)])
def test_a_new_name_is_told_by_a_day_counted_from_the_last_of_the_old_one(
    sample: Sample, forms: Forms, until: date
) -> None:
    sample.submitted(forms["personnel-report"].gather(sample.case()))
    now = sample.facts.get(Person, 2)
    row = FormerName(name=now.name, until=until)
    sample.change(Person, 2, name="新姓　花子", former_names=(row,))
    asked = owed_for(sample, forms, LATER)
    assert {gap.due for gap in asked.missing if "新姓　花子" in gap.text} == {until}  # beforehand
    assert (asked.state, asked.due) == (State.OVERDUE, until)
    assert owed_for(sample, forms, until).state is State.SATISFIED  # nobody bears it yet
    assert owed_for(sample, forms, until + timedelta(days=1)).state is State.OVERDUE
    assert not any("数えられません" in gap.text for gap in asked.missing)
    (told,) = drift(sample.facts, sample.catalogue, forms, LATER, KIMITSU)
    assert told.due == until


def test_a_new_name_of_which_no_day_is_known_says_so(sample: Sample, forms: Forms) -> None:
    sample.submitted(forms["personnel-report"].gather(sample.case()))
    now = sample.facts.get(Person, 2)
    sample.change(Person, 2, name="新姓　花子", former_names=(FormerName(name=now.name),))
    asked = owed_for(sample, forms, LATER)
    assert "新姓　花子の氏名を変えた日が記録されていないため、届出の期限を数えられません。" in [
        gap.text for gap in asked.missing
    ]
    assert (asked.state, asked.due) == (State.DUE, None)
    sample.change(
        Assignment, next(a.id for a in sample.facts.all(Assignment) if a.person == 2), changed_on=PAST
    )
    dated = owed_for(sample, forms, LATER)
    assert dated.due is not None
    assert not any("数えられません" in gap.text for gap in dated.missing)


@pytest.mark.parametrize("size", [150, 199, 200])
@pytest.mark.parametrize("names", [("name",), ("name", "kana"), ("name", "kana", "department")])
def test_a_line_of_the_list_that_goes_on_overleaf_is_printed_and_read_back(
    sample: Sample, forms: Forms, names: tuple[str, ...], size: int
) -> None:
    told = {"name": "長い名前の値です", "kana": "ナガイフリガナ", "department": "第一営業部"}
    sample.change(Person, 2, **{name: (told[name] * size)[:size] for name in names})
    statement = forms["worker-list"].gather(sample.case())
    pdf = print_document(compose(forms["worker-list"], statement, "", None))
    with OpenPdf(pdf) as opened:
        assert opened.page_count == 2
