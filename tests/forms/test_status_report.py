"""遵守状況報告書: every clause with its true state on the day asked about, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State, kind_label
from app.duties.case import Case
from app.duties.change_notices import drift
from app.duties.duty import Action, Duty
from app.duties.engine import duties
from app.printing.blocks import Table
from app.records import Attestation, Client, Contract, Instruction, Location, Oath, Statement, Submission
from app.records.contract import ContractAnnex
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
REPORT, NOTICE = "status-report", "location-notice"
ANNEXES = ("besshi-44", "hofu", "kawaguchi", "kimitsu-hoji", "minato")
BROKEN = {"disposal-approval", "training", "oath", "worker-list", "work-location"}
PRINTED = {
    State.OVERDUE: "期限超過",
    State.DUE: "要対応",
    State.WAITING: "回答待ち",
    State.CONFIRM: "要確認",
    State.NOT_DUE: "未到来",
    State.SATISFIED: "充足",
    State.NOT_APPLICABLE: "該当なし",
}


def under(sample: Sample, *annexes: str) -> None:
    """Put the contract under these annexes, with everything they offer switched on."""
    rows = tuple(
        ContractAnnex(annex=key, options=tuple(o.key for o in sample.catalogue.annex(key).options))
        for key in annexes
    )
    sample.change(Contract, KIMITSU, annexes=rows, information=("個人情報", "特定個人情報"))


def owed(sample: Sample, forms: Forms, day: date = LATER) -> tuple[Duty, ...]:
    return duties(sample.facts, sample.catalogue, forms, day, KIMITSU)


def rows_of(statement: Statement) -> list[list[str]]:
    return [row for _title, rows in statement.facts["chapters"] for row in rows]


def row_of(statement: Statement, article: str, kind: str) -> list[str]:
    """The row of one clause and kind: clause, what it asks, state, grounds, remarks."""
    asked = f"〔{kind_label(kind)}〕"
    return next(r for r in rows_of(statement) if r[0].split("\n")[0] == article and r[1].startswith(asked))


def test_it_serves_the_kinds_that_it_reports_on(forms: Forms) -> None:
    form = forms[REPORT]
    assert (form.title, form.kinds) == (
        "遵守状況報告書",
        ("status-report", "law", "secrecy", "purpose-limit"),
    )


@pytest.mark.parametrize("annex", ANNEXES)
def test_every_clause_of_an_annex_stands_in_it_with_the_state_it_has(
    sample: Sample, forms: Forms, text_of: TextOf, annex: str
) -> None:
    under(sample, annex)
    statement = forms[REPORT].gather(sample.case(day=LATER))
    rows, held = rows_of(statement), owed(sample, forms)
    broken = [duty for duty, row in zip(held, rows, strict=True) if row[2] == "違反"]
    assert [(row[0].split("\n")[0], row[2]) for row in rows] == [
        (duty.clause.article, "違反" if duty in broken else PRINTED[duty.state]) for duty in held
    ]
    assert {duty.kind for duty in broken} <= BROKEN, "what the sample breaks: most was never handed in"
    others = [row for _title, part in statement.facts["others"] for row in part]
    told = {row[0].split("\n")[0] for row in rows} | {row[0] for row in others}
    assert told == {clause.article for clause in sample.catalogue.annex(annex).clauses}
    text = text_of(statement)
    for part in sample.catalogue.annex(annex).parts:
        assert "".join(part.title.split()) in text
    for wanted in ("3遵守状況の集計（令和8年8月20日現在）", "別紙条項ごとの遵守状況", "の規定により"):
        assert wanted in text.replace("３", "3")


def test_nothing_is_called_kept_without_a_ground(sample: Sample, forms: Forms) -> None:
    under(sample, *ANNEXES)
    rows = rows_of(forms[REPORT].gather(sample.case(day=LATER)))
    kept = [row for row in rows if row[2] == "充足"]
    assert len(kept) > 10
    assert all(row[3] != "－" for row in kept)


def test_the_counts_on_the_first_page_add_up(sample: Sample, forms: Forms) -> None:
    statement = forms[REPORT].gather(sample.case(day=LATER))
    counted = {row[0]: row[1] for row in statement.facts["counts"]}
    broken = [row for row in rows_of(statement) if row[2] == "違反"]
    states = Counter(duty.state for duty in owed(sample, forms))
    late = sum(row[4].endswith("（超過）") for row in broken)
    states[State.DUE] -= len(broken) - late
    states[State.OVERDUE] -= late
    assert counted == {
        **{word: f"{states[state]}件" for state, word in PRINTED.items()},
        "期限後に履行": "0件",
        "過去に違反": "0件",
        "違反": f"{len(broken)}件",
        "計": f"{len(rows_of(statement))}件",
    }
    letter, annex = forms[REPORT].draw(statement)
    assert next(b for b in letter.blocks if isinstance(b, Table)).columns[0].title == "状況"
    assert (annex.landscape, annex.continues) == (True, True)


def test_what_is_missing_and_by_when_stands_beside_the_state(sample: Sample, forms: Forms) -> None:
    row = row_of(forms[REPORT].gather(sample.case(day=LATER)), "第6条第4項", "work-location")
    assert row[0] == "第6条第4項\n（安全管理措置）"
    assert row[2:4] == ["違反", "－"]
    assert "本社　保管庫（使用開始令和8年4月1日）の届出書が提出されていません。" in row[4]
    assert row[4].endswith("期限　令和8年3月31日（超過）")


def test_a_ground_is_named_with_its_number_and_day(sample: Sample, forms: Forms) -> None:
    day = date(2026, 3, 30)
    filed = sample.submitted(forms[NOTICE].gather(sample.case(day=day)))
    row = row_of(forms[REPORT].gather(sample.case(day=DAY)), "第6条第4項", "work-location")
    assert row[2:4] == ["充足", f"提出書類　{filed.number}　location-notice（令和8年3月30日）"]


def test_a_past_day_knows_nothing_of_what_came_later(sample: Sample, forms: Forms) -> None:
    sample.submitted(forms[NOTICE].gather(sample.case(day=date(2026, 3, 30))))

    def state(day: date) -> str:
        return row_of(forms[REPORT].gather(sample.case(day=day)), "第6条第4項", "work-location")[2]

    assert state(date(2026, 3, 29)) == "要対応"
    assert state(date(2026, 3, 30)) == "充足"


def test_a_day_to_come_shows_what_will_have_lapsed_by_then(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.add(
        Attestation(
            contract=KIMITSU,
            annex="kimitsu-hoji",
            clause="第4条",
            confirmed_on=DAY,
            kept=True,
            valid_until=date(2026, 9, 30),
        )
    )
    now, then = (forms[REPORT].gather(sample.case(day=day)) for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert row_of(now, "第4条", "purpose-limit")[2:4] == ["充足", "遵守確認　第4条（令和8年6月1日）"]
    lapsed = row_of(then, "第4条", "purpose-limit")
    assert lapsed[2] == "期限超過"
    assert lapsed[4].endswith("期限　令和8年9月30日")
    assert "令和8年10月1日現在における各条項の遵守状況" in text_of(then)


def test_what_nobody_has_confirmed_is_said_to_be_unknown(sample: Sample, forms: Forms) -> None:
    row = row_of(forms[REPORT].gather(sample.case(day=DAY)), "第4条", "purpose-limit")
    assert row[2:] == ["要確認", "－", "この条項が守られていることを確かめた記録がありません。"]


def test_long_lists_name_the_newest_and_count_the_rest(sample: Sample, forms: Forms) -> None:
    under(sample, "besshi-44")
    row = row_of(forms[REPORT].gather(sample.case(day=DAY)), "第16項", "worker-list")
    *shown, rest = row[3].split("\n")
    assert len(shown) == 3
    assert all(line.startswith("・責任者・従事者　") for line in shown)
    assert rest == "ほか5件"
    missing = row_of(forms[REPORT].gather(sample.case(KAWAGUCHI)), "第15", "worker-list")[4]
    assert missing.split("\n")[3] == "ほか3件"


def test_a_report_that_was_asked_for_is_made_with_it(sample: Sample, forms: Forms) -> None:
    sample.add(
        Instruction(
            contract=KIMITSU, kind="報告の求め", received_on=DAY, what="取扱状況", due_on=date(2026, 6, 30)
        )
    )

    def report() -> Duty:
        return next(d for d in owed(sample, forms, LATER) if d.kind == REPORT and d.clause.number == "第15条")

    before = report()
    assert (before.state, before.next.action, before.next.target) == (State.OVERDUE, Action.ISSUE, REPORT)
    made = forms[REPORT].gather(sample.case())
    assert row_of(made, "第15条", REPORT)[2] == "要対応"
    assert row_of(made, "第15条", REPORT)[4].endswith("期限　令和8年6月30日\n本書の提出により報告します。")
    filed = sample.submitted(made)
    assert report().state is State.SATISFIED
    assert filed.number in {proof.key for proof in report().evidence}


def test_it_speaks_of_its_day_and_never_goes_stale(sample: Sample, forms: Forms) -> None:
    sample.submitted(forms[REPORT].gather(sample.case()))
    sample.change(Location, 1, lock="シリンダー錠")
    sample.drop(Oath)
    assert drift(sample.facts, sample.catalogue, forms, LATER) == ()


def test_all_annexes_of_a_contract_are_reported_under_their_own_titles(sample: Sample, forms: Forms) -> None:
    under(sample, "kimitsu-hoji", "kawaguchi")
    statement = forms[REPORT].gather(sample.case())
    titles = [title for title, _rows in statement.facts["chapters"]]
    parts = [
        part.title for key in ("kimitsu-hoji", "kawaguchi") for part in sample.catalogue.annex(key).parts
    ]
    assert titles == parts
    assert len(titles) == 3


def test_clauses_that_ask_for_nothing_are_for_reading_only(sample: Sample, forms: Forms) -> None:
    statement = forms[REPORT].gather(sample.case(KAWAGUCHI))
    others = {row[0]: row for title, rows in statement.facts["others"] for row in rows}
    judged = {row[0].split("\n")[0] for row in rows_of(statement)}
    assert others["第16"][1] == "違反した場合の契約解除及び損害賠償"
    assert "第16" not in judged


def test_an_annex_that_cannot_be_judged_is_named(sample: Sample, missing_of: MissingOf) -> None:
    known = ContractAnnex(annex="kimitsu-hoji")
    sample.change(Contract, KIMITSU, annexes=(known, ContractAnnex(annex="gone")))
    assert missing_of(REPORT, sample.case()) == {("contract", KIMITSU, "annexes")}
    sample.change(Contract, KIMITSU, annexes=())
    assert missing_of(REPORT, sample.case()) == {("contract", KIMITSU, "annexes")}


def test_vendor_addressee_and_grounds_are_asked_for_at_once(
    sample: Sample, catalogue: Catalogue, missing_of: MissingOf
) -> None:
    bare = Sample(catalogue, [sample.facts.get(Contract, KIMITSU)])
    assert missing_of(REPORT, bare.case()) == {
        ("vendor", 0, ""),
        ("contract", KIMITSU, "client"),
        ("attestation", 0, ""),
    }


def test_without_the_forms_no_state_could_be_true(sample: Sample, forms: Forms) -> None:
    with pytest.raises(LookupError):
        forms[REPORT].gather(replace(sample.case(), forms={}))


def test_a_report_says_to_whom_it_goes(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.change(Client, 1, addressee="架空市長")
    assert "架空市長様" in text_of(forms[REPORT].gather(sample.case()))
    assert not sample.facts.all(Submission)


@pytest.mark.parametrize(("after", "made"), [(-1, False), (0, True), (1, True)])
def test_no_report_is_made_for_a_day_before_the_contract(
    sample: Sample, forms: Forms, missing_of: MissingOf, after: int, made: bool
) -> None:
    """What is entered for later (workers, places) would stand there as kept, for a clause not yet agreed."""
    contract = sample.facts.find(Contract, KIMITSU)
    assert contract is not None
    case = sample.case(day=contract.signed_on + timedelta(days=after))
    if made:
        assert forms[REPORT].gather(case).on == case.day
    else:
        assert ("contract", KIMITSU, "signed_on") in missing_of(REPORT, case)
