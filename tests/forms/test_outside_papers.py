"""Papers that answer somebody outside: requests, audits, what was to be improved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import Case, MissingFactsError
from app.duties.duty import Action
from app.duties.engine import duties
from app.records import Audit, Contract, Improvement, Request, Statement
from app.records.audit import Finding
from app.records.contract import ContractAnnex
from forms.form import Form
from tests.support.sample import DAY, KIMITSU, LATER, Sample
from tests.support.sample_checks import extend

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
NOTICE, RESPONSE, REPORT = "request-notice", "audit-response", "improvement-report"

CARRIED = {
    NOTICE: {
        "when and how it was received": "受けた日令和8年5月25日受けた方法電話",
        "from whom, by category": "請求者の区分本人請求の種類開示",
        "what": "求められた内容通知書の写しの交付を求められた",
        "by whom it was taken": "受け付けた者髙橋花子",
        "what is asked of the client": "請求について対応を求める事項請求への対応の可否を判断し、",
        "a line for the name": "請求者の氏名等（個人情報のため、必要な場合に手書きで記入する。）",
        "that nobody has answered": "請求者への回答未回答",
    },
    RESPONSE: {
        "announced": "通知令和8年5月7日文書（保年第77号）",
        "accepted": "受入れ受け入れた",
        "held": "種別実地調査実施日令和8年5月14日",
        "place": "実施場所本社保管庫",
        "by whom": "実施した者保険年金課神谷",
        "who attended": "立ち会った者髙橋花子",
        "material": "提出した資料台帳の写し",
        "findings with answers": "1退室時刻の記入漏れ記録簿を改めました令和8年5月20日",
        "a finding without an answer": "2鍵の管理簿がない未回答－",
    },
    REPORT: {
        "where it came from": "発注者の求め令和8年5月15日の改善の求め（文書番号保年第80号）",
        "finding": "改善を要する事項鍵の管理簿がない",
        "cause": "原因貸出しを口頭で行っていた",
        "action": "改善の措置鍵の管理簿を作成し、貸出しのつど記入する",
        "owner": "担当者𠮷田一郎",
        "due": "期日令和8年5月29日",
        "done": "実施日令和8年5月27日",
        "effect": "効果の確認貸出しと返却の記入がそろっている（令和8年5月31日髙橋花子）",
    },
}
"""Form → what it must carry → how that reads on the paper of the sample, without white space."""


@pytest.fixture
def sample(sample: Sample) -> Sample:
    extend(sample)
    return sample


def made(sample: Sample, forms: Forms, form: str, **more: Any) -> Statement:
    return forms[form].gather(sample.case(**more))


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        pytest.param(form, text, id=f"{form}: {item}")
        for form, held in CARRIED.items()
        for item, text in held.items()
    ],
)
def test_the_paper_carries(sample: Sample, forms: Forms, text_of: TextOf, form: str, wanted: str) -> None:
    assert "".join(wanted.split()) in text_of(made(sample, forms, form))


# a request


@pytest.mark.parametrize("field", ["asked", "asked_of_client"])
def test_a_request_says_what_is_asked(sample: Sample, missing_of: MissingOf, field: str) -> None:
    sample.change(Request, 1, **{field: ""})
    assert missing_of(NOTICE, sample.case()) == {("request", 1, field)}


def test_a_request_for_information_by_an_authority_is_called_so(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.change(Request, 1, kind="提供の要請", requester="行政機関")
    assert "次のとおり要請を受けたので通知します" in text_of(made(sample, forms, NOTICE))


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_what_the_client_was_told_of_by_the_day_is_not_told_again(
    sample: Sample, forms: Forms, over: int
) -> None:
    sample.change(Request, 1, passed_on=DAY + timedelta(days=over))
    if over > 0:
        assert made(sample, forms, NOTICE).subjects == ("request:1",)
        return
    with pytest.raises(MissingFactsError, match="まだ発注者に通知していない請求・要請はありません"):
        made(sample, forms, NOTICE)


def test_a_notice_that_was_handed_in_tells_the_client_once(sample: Sample, forms: Forms) -> None:
    sample.submitted(made(sample, forms, NOTICE))
    with pytest.raises(MissingFactsError):
        made(sample, forms, NOTICE)
    second = sample.add(replace(sample.facts.get(Request, 1), number="RQ-003"))
    assert made(sample, forms, NOTICE).subjects == (f"request:{second.id}",)


def test_the_duty_offers_the_notice_until_it_is_handed_in(sample: Sample, forms: Forms) -> None:
    sample.change(Contract, KIMITSU, annexes=(ContractAnnex(annex="besshi-44"),))

    def asked() -> Any:
        held = duties(sample.facts, sample.catalogue, forms, DAY, KIMITSU)
        return next(one for one in held if one.kind == "data-subject-request")

    assert (asked().next.action, asked().next.target) == (Action.ISSUE, NOTICE)
    sample.submitted(made(sample, forms, NOTICE))
    assert asked().state.value == "satisfied"


# an audit


def audited(sample: Sample, forms: Forms, text_of: TextOf, day: date = DAY, **fields: Any) -> str:
    sample.change(Audit, 1, **fields)
    return text_of(made(sample, forms, RESPONSE, day=day))


@pytest.mark.parametrize(("day", "held"), [(date(2026, 5, 13), False), (date(2026, 5, 14), True)])
def test_an_audit_is_held_from_its_day_on(
    sample: Sample, forms: Forms, text_of: TextOf, day: date, held: bool
) -> None:
    text = audited(sample, forms, text_of, day)
    assert ("実施日令和8年5月14日" in text) is held
    assert ("実施の記録なし" in text) is not held


def test_an_audit_that_is_planned_is_not_told_as_held(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    text = audited(sample, forms, text_of, held_on=None, planned_on=date(2026, 6, 10), findings=())
    assert "実施の記録なし（予定令和8年6月10日）" in text
    assert "実施日令和8年" not in text


def test_a_refusal_at_first_is_told_beside_the_acceptance(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    text = audited(sample, forms, text_of, accepted=True, refused_why="庁舎の停電")
    assert "受け入れた（先に断った理由）庁舎の停電" in text
    assert "断った（理由）庁舎の停電" in audited(sample, forms, text_of, accepted=False)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_an_answer_counts_from_its_day_on(sample: Sample, forms: Forms, text_of: TextOf, over: int) -> None:
    rows = (Finding(finding="記入漏れ", answer="改めます", answered_on=DAY + timedelta(days=over)),)
    text = audited(sample, forms, text_of, findings=rows)
    assert ("未回答（案）改めます" in text) is (over > 0)


def test_a_refusal_stands_with_its_reason(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    told: dict[str, Any] = {"accepted": False, "refused_why": "閉庁日のため", "held_on": None, "findings": ()}
    text = audited(sample, forms, text_of, **told)
    assert "断った（理由）閉庁日のため" in text


def test_nothing_found_on_record_is_no_praise(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    assert "指摘の記録なし" in audited(sample, forms, text_of, findings=())


def test_an_audit_without_any_day_asks_for_one(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Audit, 1, announced_on=None, held_on=None)
    assert missing_of(RESPONSE, sample.case()) == {("audit", 1, "announced_on")}


def test_the_improvement_of_a_finding_stands_beside_it(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    held = {"source": "監査・調査", "audit": 1, "instruction": None, "finding_number": 2}
    sample.change(Improvement, 1, **held, done_on=LATER)
    assert "2鍵の管理簿がない未回答－未実施期日令和8年5月29日" in text_of(made(sample, forms, RESPONSE))
    assert "令和8年8月20日に実施" in text_of(made(sample, forms, RESPONSE, day=LATER))


# an improvement


@pytest.mark.parametrize("field", ["reason", "action", "owner"])
def test_an_improvement_names_cause_action_and_owner(
    sample: Sample, missing_of: MissingOf, field: str
) -> None:
    sample.change(Improvement, 1, **{field: None if field == "owner" else ""})
    assert missing_of(REPORT, sample.case()) == {("improvement", 1, field)}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 26), "（予定）鍵の管理簿を作成し"),
        (date(2026, 5, 26), "実施日未実施（期日令和8年5月29日）"),
        (date(2026, 5, 26), "講じる予定の措置を次のとおり報告します"),
        (date(2026, 5, 27), "実施日令和8年5月27日"),
        (date(2026, 5, 27), "に対し、講じた措置を次のとおり報告します"),
        (date(2026, 5, 30), "効果の確認未確認"),
        (date(2026, 5, 31), "効果の確認貸出しと返却"),
    ],
)
def test_what_is_to_come_is_told_as_a_plan(
    sample: Sample, forms: Forms, text_of: TextOf, day: date, said: str
) -> None:
    assert said in text_of(made(sample, forms, REPORT, day=day))


def test_without_a_day_it_is_open_and_the_effect_unseen(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.change(Improvement, 1, done_on=None, due_on=None, effect_on=None)
    text = text_of(made(sample, forms, REPORT))
    assert "実施日未実施（期日は未定）" in text
    assert "効果の確認未確認" in text


def test_what_was_reported_is_told_again_only_once_more_was_done(sample: Sample, forms: Forms) -> None:
    early = made(sample, forms, REPORT, day=date(2026, 5, 20))
    sample.submitted(early)
    assert made(sample, forms, REPORT).subjects == ("improvement:1",)
    sample.submitted(made(sample, forms, REPORT))
    with pytest.raises(MissingFactsError, match="まだ報告していない改善はありません"):
        made(sample, forms, REPORT)
