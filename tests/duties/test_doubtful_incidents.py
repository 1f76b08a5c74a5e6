"""An incident that may be what a clause names, and may not, is never said to be outside of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.annexes.choices import Urgency
from app.annexes.kinds import State
from app.duties.breaches import approve_step
from app.duties.duty import Action, Duty
from app.records import BreachHandling, Incident
from app.records.incident import IncidentKind
from tests.support.world import DURING, World

DAY = timedelta(days=1)
LEAKS = (IncidentKind.LEAK, IncidentKind.LOSS, IncidentKind.DAMAGE)
FIRST, WRITTEN = "第一報（口頭・電話）", "書面報告"
_NOTICE: dict[str, Any] = {
    "mishaps": LEAKS,
    "urgency": Urgency.AT_ONCE,
    "stages": 2,
    "then_days": 3,
    "written": True,
}
_FOLLOW: dict[str, Any] = {"mishaps": LEAKS, "items": ("拡大防止",)}


def ask(world: World, kind: str, after: int = 0) -> Duty:
    return next(one for one in world.duties(DURING + after * DAY) if one.kind == kind and one.annex == "own")


@pytest.fixture
def suspicion(world: World) -> Incident:
    world.clause("incident-notice", "on-incident", **_NOTICE)
    world.clause("incident-followup", "on-incident", **_FOLLOW)
    return world.incident("おそれ")


@pytest.mark.parametrize(("kind", "what"), [("incident-notice", "報告"), ("incident-followup", "措置")])
def test_whether_a_suspicion_of_a_leak_is_reported_has_to_be_asked(
    world: World, suspicion: Incident, kind: str, what: str
) -> None:
    duty = ask(world, kind)
    assert duty.state is State.CONFIRM
    assert "漏えい、滅失、毀損の事故について" in duty.why
    assert duty.clause.number in duty.why
    assert f"{what}を要するかを発注者に確かめ" in duty.why
    (gap,) = duty.missing
    assert (gap.record, gap.id) == ("incident", suspicion.id)
    assert "発注者に伝えた記録がなく" in gap.text
    assert (duty.next.action, duty.next.id) == (Action.OPEN, suspicion.id)


@pytest.mark.parametrize("after", [0, 1, 30])
def test_it_is_to_be_asked_by_the_day_of_the_report_and_stays_to_be_asked(
    world: World, suspicion: Incident, after: int
) -> None:
    duty = ask(world, "incident-notice", after)
    assert (duty.state, duty.due) == (State.CONFIRM, DURING)
    assert duty.counted


def test_told_by_word_alone_the_written_report_is_still_in_doubt(world: World, suspicion: Incident) -> None:
    world.tell(suspicion, FIRST, DURING)
    duty = ask(world, "incident-notice")
    assert (duty.state, duty.due) == (State.CONFIRM, DURING + 3 * DAY)
    assert "発注者の指示が記録されていません" in duty.missing[0].text
    assert [one.record for one in duty.evidence] == ["incident"]


def test_reported_as_the_clause_wants_a_leak_reported_nothing_is_open(
    world: World, suspicion: Incident
) -> None:
    told = world.tell(suspicion, FIRST, DURING)
    world.tell(told, WRITTEN, DURING + DAY)
    duty = ask(world, "incident-notice", 1)
    assert duty.state is State.SATISFIED
    assert "明らかでない1件" in duty.why
    assert "報告済み" not in duty.why


def test_what_the_client_said_settles_it_from_its_day_on(world: World, suspicion: Incident) -> None:
    told = world.tell(suspicion, FIRST, DURING)
    world.change(
        told,
        instructions="書面での報告も措置も要しない",
        instructions_on=DURING + DAY,
        instructions_done="承知した",
        instructions_done_on=DURING + DAY,
    )
    for kind in ("incident-notice", "incident-followup"):
        assert ask(world, kind).state is State.CONFIRM
        duty = ask(world, kind, 1)
        assert duty.state is State.SATISFIED
        assert "発注者の指示を受けています" in duty.why
        assert "記録されています" not in duty.why


def test_what_the_client_told_to_do_has_to_be_done(world: World, suspicion: Incident) -> None:
    told = world.tell(suspicion, FIRST, DURING)
    world.change(told, instructions="経緯を書面で出すこと", instructions_on=DURING)
    assert ask(world, "incident-notice").state is State.DUE


def test_words_of_the_client_whom_nobody_told_settle_nothing(world: World, suspicion: Incident) -> None:
    world.change(suspicion, instructions="不要", instructions_on=DURING, instructions_done="承知した")
    assert ask(world, "incident-notice").state is State.CONFIRM


def test_a_suspicion_that_is_over_is_still_to_be_asked_about(world: World, suspicion: Incident) -> None:
    world.change(suspicion, closed_on=DURING)
    assert ask(world, "incident-notice").state is State.CONFIRM


def test_the_later_word_of_the_client_on_this_clause_settles_it(world: World, suspicion: Incident) -> None:
    clause = ask(world, "incident-notice").clause
    step = approve_step(clause, suspicion, DURING, "おそれ")
    said = {"handled_on": DURING + DAY, "client_person": "発注課 西村", **dict(step.given)}
    world.add(BreachHandling(contract=world.contract.id, **said))
    assert ask(world, "incident-notice").state is State.CONFIRM
    assert ask(world, "incident-notice", 1).state is State.SATISFIED
    assert ask(world, "incident-followup", 1).state is State.CONFIRM, "said of another clause"


@pytest.mark.parametrize(
    ("happened", "named", "state"),
    [
        (("おそれ",), ("改ざん",), State.CONFIRM),
        (("滅失",), ("漏えい",), State.CONFIRM),
        (("滅失",), ("盗難",), State.CONFIRM),
        (("滅失",), ("毀損",), State.NOT_DUE),
        (("改ざん",), ("毀損",), State.CONFIRM),
        (("改ざん",), ("漏えい",), State.NOT_DUE),
        (("毀損",), ("漏えい",), State.NOT_DUE),
        (("毀損", "おそれ"), ("漏えい",), State.CONFIRM),
        (("盗難",), ("漏えい",), State.DUE),
        (("違反",), ("漏えい",), State.NOT_DUE),
    ],
)
def test_what_may_have_happened_besides_is_asked_and_nothing_else(
    world: World, happened: tuple[str, ...], named: tuple[str, ...], state: State
) -> None:
    mishaps = tuple(IncidentKind(one) for one in named)
    world.incident(*happened)
    assert world.duty(DURING, "incident-notice", "on-incident", mishaps=mishaps).state is state


def test_a_violation_that_reached_somebody_may_be_a_leak(world: World) -> None:
    world.incident("違反", recipient="別の会社")
    assert world.duty(DURING, "incident-notice", "on-incident", mishaps=LEAKS).state is State.CONFIRM


def test_a_suspicion_leaves_open_whether_information_was_kept_safe(world: World) -> None:
    clause = world.clause("security-measures", "standing", mishaps=LEAKS)
    world.check("安全管理措置", on=DURING - DAY, measures=("組織的", "人的", "物理的", "技術的"))

    def kept(after: int) -> Duty:
        judged = world.duties(DURING + after * DAY)
        return next(one for one in judged if one.clause == clause and one.annex == "own")

    assert kept(0).state is State.SATISFIED
    incident = world.incident("おそれ")
    assert kept(0).state is State.CONFIRM
    world.change(incident, closed_on=DURING)
    world.check("安全管理措置", on=DURING + DAY, measures=("組織的", "人的", "物理的", "技術的"))
    again = kept(1)
    assert again.state is State.SATISFIED
    assert again.remarks == (), "no breach is known"


def test_a_known_leak_beside_a_suspicion_keeps_its_own_day(world: World, suspicion: Incident) -> None:
    world.incident("漏えい", found=DURING - 5 * DAY)
    duty = ask(world, "incident-notice")
    assert (duty.state, duty.due) == (State.OVERDUE, DURING - 5 * DAY)
    assert any(gap.id == suspicion.id for gap in duty.missing), "and the suspicion is not forgotten"


def test_a_known_leak_and_a_suspicion_that_were_told_are_told_apart(world: World) -> None:
    world.clause("incident-notice", "on-incident", mishaps=LEAKS)
    world.tell(world.incident("漏えい"), FIRST, DURING)
    world.tell(world.incident("おそれ"), FIRST, DURING)
    duty = ask(world, "incident-notice")
    assert duty.state is State.SATISFIED
    assert "事故1件は、発注者に報告済みです（ほかに、この条項に当たるかどうかが明らかでない1件は" in duty.why


def instruct(world: World, told: Incident, words: str, done: str = "求められたとおり済ませた") -> None:
    world.change(
        told, instructions=words, instructions_on=DURING, instructions_done=done, instructions_done_on=DURING
    )


@pytest.mark.parametrize(
    "done",
    [
        "まだ出していない",
        "来週提出する",
        "提出します",
        "未提出",
        "対応中です",
        "検討中",
        "提出できていません",
        "後日",
        "承知した",
    ],
)
def test_what_is_not_done_yet_does_not_follow_the_client(
    world: World, suspicion: Incident, done: str
) -> None:
    instruct(world, world.tell(suspicion, FIRST, DURING), "経緯を書面で提出すること", done)
    duty = ask(world, "incident-notice")
    assert duty.state is State.DUE
    assert any("発注者の指示への対応" in gap.text for gap in duty.missing)


@pytest.mark.parametrize(
    ("words", "notice", "followup"),
    [
        ("試し刷りの数量を作業の終わりに記録すること", State.CONFIRM, State.CONFIRM),
        ("経緯を書面で出すこと", State.SATISFIED, State.CONFIRM),
        ("書面での報告は要しない", State.SATISFIED, State.CONFIRM),
        ("拡大防止の措置を取ること", State.CONFIRM, State.SATISFIED),
        ("報告も措置も必要ない。", State.SATISFIED, State.SATISFIED),
        ("特に何もしなくてよい", State.SATISFIED, State.SATISFIED),
        ("報告は不要だが、措置については後日指示する", State.SATISFIED, State.CONFIRM),
        ("措置の要否は検討する", State.CONFIRM, State.CONFIRM),
        ("措置が不要かどうかは分からない", State.CONFIRM, State.CONFIRM),
        ("今後の対応は不要。書面報告は省略してよい", State.SATISFIED, State.SATISFIED),
        ("書面での報告は要しないとの回答があった。", State.SATISFIED, State.CONFIRM),
        ("報告は不要ではない", State.CONFIRM, State.CONFIRM),
        ("不要なデータを消して報告すること", State.CONFIRM, State.CONFIRM),
        ("漏れを省略することなく報告すること", State.CONFIRM, State.CONFIRM),
        ("他の端末に及ばないよう対応すること", State.CONFIRM, State.CONFIRM),
        ("被害の拡大がなくてよかった", State.CONFIRM, State.CONFIRM),
        ("新たな被害がなければ報告は不要", State.CONFIRM, State.CONFIRM),
        ("報告も対応も不要か？", State.CONFIRM, State.CONFIRM),
        ("報告は月1回以上でよいわけではない", State.CONFIRM, State.CONFIRM),
        ("本人への連絡は不要", State.CONFIRM, State.CONFIRM),
        ("警察に連絡すること", State.CONFIRM, State.CONFIRM),
        ("報告は不要。ただし、書面の提出は追って指示する", State.CONFIRM, State.CONFIRM),
        ("すべての端末を確かめること", State.CONFIRM, State.CONFIRM),
        ("一切不問にはしない", State.CONFIRM, State.CONFIRM),
    ],
)
def test_words_of_the_client_settle_only_what_they_speak_of(
    world: World, suspicion: Incident, words: str, notice: State, followup: State
) -> None:
    instruct(world, world.tell(suspicion, FIRST, DURING), words)
    for kind, state in (("incident-notice", notice), ("incident-followup", followup)):
        duty = ask(world, kind)
        assert duty.state is state, (kind, duty.why)
        if state is State.CONFIRM:
            assert words.split("。")[0][:30] in duty.missing[0].text
            assert "読み取れません" in duty.missing[0].text


def test_measures_that_the_client_ordered_are_open_until_they_are_done(
    world: World, suspicion: Incident
) -> None:
    told = world.tell(suspicion, FIRST, DURING)
    instruct(world, told, "書面報告は不要。拡大防止の措置を取ること", "")
    duty = ask(world, "incident-followup")
    assert duty.state is State.DUE
    assert [gap.text for gap in duty.missing if "指示への対応" in gap.text]


def test_words_on_one_measure_leave_the_others_to_be_asked(world: World) -> None:
    world.clause("incident-followup", "on-incident", mishaps=LEAKS, items=("公表", "再発防止"))
    told = world.tell(world.incident("おそれ"), FIRST, DURING)
    instruct(world, told, "公表は要しない")
    duty = ask(world, "incident-followup")
    assert duty.state is State.CONFIRM
    (gap,) = duty.missing
    assert "再発防止" in gap.text
    assert "公表の要否" not in gap.text


def test_an_instruction_from_before_the_client_heard_of_it_settles_nothing(
    world: World, suspicion: Incident
) -> None:
    instruct(world, world.tell(suspicion, FIRST, DURING + DAY), "報告も措置も要しない")
    assert ask(world, "incident-followup", 1).state is State.CONFIRM


def test_no_instruction_from_before_the_discovery_excuses_from_telling_the_persons(world: World) -> None:
    world.clause("incident-followup", "on-incident", items=("本人",))
    early = world.instruction("指示", received=DURING - DAY)
    world.incident("漏えい", persons_notified=False, no_notice_instruction=early.id)
    assert ask(world, "incident-followup").state is State.DUE


@pytest.mark.parametrize(
    "words",
    [
        "報告書の提出は不要ではない",
        "報告は必要ないわけではない",
        "本人への連絡は不要",
        "警察への届は不要",
        "詳報の提出は不要",
        "追加の報告は不要",
        "当面報告不要",
        "報告書への押印は必要ない",
        "報告期限の延長は不要",
        "報告書の修正は不要",
        "報告は不要と考えているのか、と問われた",
        "報告不要と言われたが後で撤回された",
        "報告は不要とするなら理由を出すこと",
        "一切の持出しを不要とする",
        "すべてのデータを消去すること",
        "何も聞いていない",
        "報告は不要。後日報告を求めることがある",
    ],
)
def test_what_waives_something_narrower_or_takes_it_back_waives_no_report(
    world: World, suspicion: Incident, words: str
) -> None:
    instruct(world, world.tell(suspicion, FIRST, DURING), words)
    assert ask(world, "incident-notice").state is State.CONFIRM


@pytest.mark.parametrize(
    "words",
    [
        "口頭の連絡は不要、書面を提出してください",
        "電話連絡は不要だが書面で報告すること",
        "押印は不要。書面で報告すること",
    ],
)
def test_what_is_ordered_beside_a_waiver_stays_open_until_done(
    world: World, suspicion: Incident, words: str
) -> None:
    instruct(world, world.tell(suspicion, FIRST, DURING), words, done="")
    assert ask(world, "incident-notice").state is not State.SATISFIED


@pytest.mark.parametrize(
    "words",
    [
        "報告不要",
        "報告書の提出は不要とする。",
        "漏えいに当たらないため、報告は不要との回答を受けた",
        "本件について発注者への報告は不要です",
        "報告の必要はない",
        "報告には及ばない",
        "報告は不要、措置も不要",
        "以上でよい",
        "不問とする",
    ],
)
def test_a_plain_waiver_is_one(world: World, suspicion: Incident, words: str) -> None:
    instruct(world, world.tell(suspicion, FIRST, DURING), words)
    assert ask(world, "incident-notice").state is State.SATISFIED
