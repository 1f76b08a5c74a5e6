"""What the client is asked to allow under both contracts of the sample: one approval of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from app.records import (
    Approval,
    Assignment,
    Check,
    Disposal,
    Location,
    Oath,
    Person,
    Record,
    Subcontract,
    Subcontractor,
    Training,
)
from app.records.approval import ApprovalPerson, ApprovalSubject
from app.records.assignment import AssignmentRole
from app.records.check import CheckItem
from app.records.disposal import DisposalLine
from app.records.for_contract import ForContract
from app.records.subcontract import SubcontractDuty
from app.records.training import Attendance, TrainingTopic
from tests.support.sample import KAWAGUCHI, KIMITSU, Sample

COPY, TAKE_OUT, MACHINE, BRING_IN, SUBCONTRACT, DISPOSAL, PURPOSE, COLLECTION, THIRD = range(1, 10)
"""The last figures of the approvals' ids: ``number_of`` puts the contract before them."""
_PERIOD: dict[str, Any] = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 7, 31)}
_BOTH = (ApprovalPerson(person=3), ApprovalPerson(person=4))


def id_of(contract: int, which: int) -> int:
    """The id of an approval of the sample."""
    return contract * 100 + which


def extend(sample: Sample) -> None:
    """Add something to apply for on every form of application, and a delegation to watch over."""
    sample.facts = sample.facts.replaced([*_places(), *_of(KIMITSU), *_of(KAWAGUCHI)])


FORMS = (
    *("copy-application", "takeout-application", "equipment-takeout-application", "bringin-application"),
    *("subcontract-application", "disposal-application", "purpose-application", "subcontract-supervision"),
)
BESIDE: Mapping[str, Callable[[Sample], None]] = dict.fromkeys(FORMS, extend)
"""Form → what it needs beside the sample."""
UNDER = {
    "bringin-application": "hofu",
    "equipment-takeout-application": "kimitsu-hoji",
    "disposal-application": "besshi-44",
}
"""Form → the annex with a clause that knows such consent, where that of the second contract has none."""


def _places() -> Iterator[Record]:
    yield Location(
        id=21, name="市庁舎　３階電算室", kind="発注者の施設", address="架空市中央１番地", country="日本"
    )
    yield Location(
        id=22, name="浜手封入　第二工場", kind="作業", address="千葉県架空市浜手５番地", country="日本"
    )
    yield Subcontractor(
        id=21,
        name="有限会社浜手封入",
        postal_code="292-0001",
        address="千葉県架空市浜手５番地１",
        representative="代表取締役　濵田　実",
        subsidiary=False,
    )
    yield Subcontractor(
        id=22, name="株式会社岬配送", address="千葉県架空市岬２番地", representative="代表取締役　岬　洋"
    )
    yield Person(id=21, name="浜辺　由紀", employee_number="S-001", employment="再委託先", subcontractor=21)


def _of(contract: int) -> Iterator[Record]:
    asset = 4 if contract == KIMITSU else 25
    device = 1 if contract == KIMITSU else 6
    shared: dict[str, Any] = {"contract": contract, "basis": "承諾", **_PERIOD}

    def approval(which: int, kind: str, **more: Any) -> Approval:
        number = id_of(contract, which)
        return Approval(id=number, number=f"AP-{number}", kind=kind, **{**shared, **more})

    data = ApprovalSubject(asset=asset, item="宛名データ", medium="電子データ", quantity=2, unit="件")
    machine = ApprovalSubject(device=device, item="業務用パソコン", quantity=1, unit="台")
    yield approval(
        COPY,
        "複写",
        subjects=(data,),
        purpose="印刷の位置を確かめるための試し刷りに用いる",
        copies=2,
        persons=_BOTH,
        storage="暗号化したサーバに格納し、施錠した室内に置く",
        copies_disposal="試し刷りの後、３日以内に消去する",
    )
    yield approval(
        TAKE_OUT,
        "持出",
        subjects=(data, ApprovalSubject(item="入力見本", medium="紙", quantity=30, unit="枚")),
        purpose="庁舎での打合せのため",
        destination="市庁舎　３階会議室",
        carrier="渡邉　由美子が自動車で運搬する",
        safeguards=("施錠ケース", "暗号化"),
        protection="AES-256で暗号化し、パスワードは別に伝える",
        persons=_BOTH,
        return_by=date(2026, 7, 31),
    )
    yield approval(
        MACHINE,
        "機器持出",
        subjects=(machine,),
        purpose="刷り見本の確認のため",
        destination="市庁舎　３階会議室",
        carrier="２人で携行する",
        safeguards=("施錠ケース",),
        return_by=date(2026, 7, 31),
    )
    yield approval(
        BRING_IN,
        "持込",
        subjects=(machine,),
        purpose="庁舎内での障害調査のため",
        premises=21,
        persons=_BOTH,
        safeguards=("暗号化",),
    )
    yield approval(SUBCONTRACT, "再委託", purpose="封入の再委託")
    yield approval(DISPOSAL, "廃棄", purpose="検査を終えて不用となったため")
    yield approval(
        PURPOSE,
        "目的外利用",
        purpose="次年度の発送計画の見積りのため",
        scope="地区名と件数",
    )
    yield approval(
        COLLECTION,
        "取得",
        purpose="記入の不明な回答を確かめるため",
        scope="整理番号、回答の内容",
        source="調査の対象者本人",
        means="書面の問合せ票",
    )
    yield approval(
        THIRD,
        "第三者提供",
        purpose="再発送の照会に応じるため",
        scope="配達区域の名称",
        destination="架空郵便局",
    )
    yield _delegation(contract)
    yield _planned(contract, asset)
    yield from _watched(contract)


def _delegation(contract: int) -> Subcontract:
    return Subcontract(
        id=contract * 100,
        number=f"SC-{contract}00",
        subcontractor=21,
        contract=contract,
        work="封入封緘作業の一部",
        information="氏名、住所",
        reason="発送の集中する時期に作業量が増えるため",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 12, 25),
        responsible="工場長　浜辺　進",
        location=22,
        workers=12,
        approval=id_of(contract, SUBCONTRACT),
        selection="施錠、研修の記録、過去３年の事故の有無を確かめた",
        selected_on=date(2026, 5, 20),
        control="毎月の作業報告と四半期ごとの立入り",
        agreed_on=date(2026, 5, 29),
        agreement_written=True,
        duties=tuple(SubcontractDuty(duty=duty) for duty in ("秘密保持", "安全管理措置", "返還・廃棄")),
        instructed="残紙をその日のうちに回収する",
        further=False,
    )


def _planned(contract: int, asset: int) -> Disposal:
    return Disposal(
        id=contract * 100,
        number=f"D-{contract}00",
        contract=contract,
        status="予定",
        done_on=date(2026, 7, 10),
        method="物理的破壊",
        lines=(
            DisposalLine(device=10, item="納税通知書データの控え", medium="USBメモリ", quantity=1, unit="個"),
            DisposalLine(asset=asset, item="試し刷り", medium="紙", quantity=15, unit="枚"),
        ),
        responsible=1,
        place="本社　保管庫",
        approval=id_of(contract, DISPOSAL),
        witness_asked=True,
    )


def _watched(contract: int) -> Iterator[Record]:
    """The sub-contractor's worker, and how the delegation was looked at in May."""
    yield Assignment(
        id=contract * 1000,
        person=21,
        contract=contract,
        roles=(AssignmentRole(role="従事者"),),
        starts_on=date(2026, 5, 25),
    )
    yield Oath(
        id=contract * 1000,
        person=21,
        contracts=(ForContract(contract=contract),),
        kind="着手時",
        form="誓約書",
        signed_on=date(2026, 5, 22),
    )
    yield Training(
        id=contract * 1000,
        title=f"再委託先の従事者への研修（{contract}）",
        held_on=date(2026, 5, 21),
        place="浜手封入　第二工場",
        lecturer="管理部　髙橋　花子",
        material="個人情報取扱いの手引 第5版",
        topics=(TrainingTopic(topic="遵守事項"),),
        contracts=(ForContract(contract=contract),),
        attendance=(Attendance(person=21, outcome="出席"),),
    )
    yield Check(
        id=contract * 1000,
        kind="再委託先",
        contracts=(ForContract(contract=contract),),
        done_on=date(2026, 5, 28),
        checked_by=2,
        subject="第二工場への立入り",
        subcontract=contract * 100,
        items=(
            CheckItem(item="保管庫の施錠", result="適"),
            CheckItem(item="残紙の回収", result="不適", remark="翌日に残っていた"),
        ),
        action="当日の回収を徹底させた",
    )
