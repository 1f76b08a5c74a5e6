"""What the papers on people, structure and rules need beside the sample, form by form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from app.records import (
    Assignment,
    Check,
    Oath,
    Person,
    Rule,
    SafetyMeasure,
    Structure,
    Subcontractor,
    Submission,
)
from app.records.check import CheckItem, CheckPerson
from app.records.for_contract import ForContract
from forms import all_forms
from tests.support.sample import KAWAGUCHI, KIMITSU, Sample

BOTH = (ForContract(contract=KIMITSU), ForContract(contract=KAWAGUCHI))


def _leavers(sample: Sample) -> None:
    """Two leave the company before the day, and say what they gave back."""
    for number, back in ((8, "入館証、業務用の鍵、手順書の写し（すべて返却）"), (4, "なし")):
        sample.change(Person, number, left_on=date(2026, 5, 29))
        for contract in (KIMITSU, KAWAGUCHI):
            sample.change(Assignment, number * 10 + contract, ends_on=date(2026, 5, 29))
        held = Oath(person=number, contracts=BOTH, kind="退職時", form="誓約書", given_back=back)
        sample.add(held)


def _signed(sample: Sample) -> None:
    """Two more oaths are signed, one by a sub-contractor's worker, whose sheet has come in."""
    partner = sample.add(Subcontractor(name="北斗印刷株式会社"))
    sample.change(Person, 6, employment="再委託先", subcontractor=partner.id)
    sample.change(Person, 3, employment="再委託先", subcontractor=partner.id)
    for number, came in ((2, None), (6, date(2026, 4, 2)), (3, date(2026, 4, 3))):
        sample.add(
            Oath(
                person=number,
                contracts=BOTH,
                kind="着手時",
                form="誓約書",
                signed_on=date(2026, 3, 30),
                received_on=came,
            )
        )


def _notices(sample: Sample) -> None:
    """What was made known before the work, and a check of how it is kept."""
    sample.add(
        Check(
            kind="周知",
            contracts=BOTH,
            done_on=date(2026, 3, 25),
            checked_by=2,
            subject="秘密の保持と持出しの禁止を、書面を配って説明した。",
            themes=("在職中と退職後の秘密保持", "無断持出しの禁止"),
            persons=tuple(CheckPerson(person=number) for number in (3, 4, 5)),
        )
    )
    sample.add(
        Check(
            kind="監督",
            contracts=BOTH,
            done_on=date(2026, 5, 20),
            checked_by=1,
            subject="作業場所を巡回し、机上と施錠の状況を確かめた。",
            themes=("情報の適正な取扱い",),
            persons=(CheckPerson(person=3),),
            items=(CheckItem(item="離席時の書類の収納", result="不適", remark="１件"),),
            action="その場で収納させ、全員に改めて周知した。",
        )
    )


def _rules(sample: Sample) -> None:
    for title, version, contracts in (
        ("個人情報取扱規程", "第5版", ()),
        ("情報資産管理手順書", "2026年4月版", BOTH),
    ):
        sample.add(
            Rule(
                title=title,
                kind="自社の規程",
                version=version,
                covers="取扱いの体制、保管、持出し、廃棄",
                contracts=contracts,
                starts_on=date(2026, 4, 1),
            )
        )


def _documents(sample: Sample) -> None:
    """Two documents of each contract are issued and not sent yet."""
    for contract in (KIMITSU, KAWAGUCHI):
        for name in ("location-notice", "device-register"):
            form = all_forms()[name]
            held = sample.submitted(form.gather(sample.case(contract)), submitted_on=None, how="")
            sample.change(Submission, held.id, title=form.title)


def _structure(sample: Sample) -> None:
    for measure, what, evidence in (
        ("物理的", "作業室の入退室をICカードで管理し、記録を１年間保存する。", "入退室記録簿"),
        ("組織的", "情報の取扱いの責任者を定め、毎月点検する。", ""),
    ):
        sample.add(SafetyMeasure(measure=measure, what=what, evidence=evidence, starts_on=date(2026, 4, 1)))
    for contract in (KIMITSU, KAWAGUCHI):
        for person, unit, part, title, above, call in (
            (1, "業務部", "統括管理", "総括責任者", None, "03-0000-1111"),
            (2, "管理部　情報管理課", "統括管理", "個人情報保護管理責任者", 1, "03-0000-2222"),
            (3, "業務部　入力課", "実行", "現場責任者", 1, ""),
        ):
            sample.add(
                Structure(
                    contract=contract,
                    unit=unit,
                    part=part,
                    person=person,
                    title=title,
                    reports_to=above,
                    emergency=call,
                    starts_on=date(2026, 4, 1),
                )
            )


BESIDE: Mapping[str, Callable[[Sample], None]] = MappingProxyType(
    {
        "leaving-oath": _leavers,
        "oath-cover": _signed,
        "supervision-record": _notices,
        "rules-cover": _rules,
        "submission-cover": _documents,
        "management-report": _structure,
    }
)
"""Form → what it needs beside the sample."""
