"""What the sample gains for the papers on checks, systems, requests, audits and improvements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from app.records import (
    AccessReview,
    Audit,
    BackupRun,
    Check,
    DeviceCheck,
    Improvement,
    Instruction,
    Record,
    Request,
    SafetyMeasure,
    System,
)
from app.records.audit import Finding
from app.records.check import CheckItem
from app.records.for_contract import ForContract
from tests.support.sample import KAWAGUCHI, KIMITSU, Sample

BOTH = (ForContract(contract=KIMITSU), ForContract(contract=KAWAGUCHI))


FORMS = (
    *("safety-checklist", "storage-check", "software-check", "access-review", "backup-record"),
    *("request-notice", "audit-response", "improvement-report"),
)


def extend(sample: Sample) -> None:
    """Add a check, a backup, a log, a request, an audit and an improvement of each contract."""
    sample.facts = sample.facts.replaced(_records())


BESIDE: Mapping[str, Callable[[Sample], None]] = dict.fromkeys(FORMS, extend)
"""Form → what it needs beside the sample."""


def _records() -> Iterator[Record]:
    yield from _looked_at()
    yield from _systems()
    for at, contract in enumerate((KIMITSU, KAWAGUCHI), 1):
        yield from _from_outside(at, contract)


def _looked_at() -> Iterator[Record]:
    yield SafetyMeasure(
        id=1,
        measure="物理的",
        what="入退室をICカードで管理する",
        evidence="入退室記録簿",
        starts_on=date(2026, 4, 1),
    )
    yield Check(
        id=1,
        number="CK-001",
        kind="安全管理措置",
        contracts=BOTH,
        done_on=date(2026, 5, 11),
        checked_by=2,
        subject="安全管理措置の実施状況",
        how="現場の確認と聴き取り",
        items=(
            CheckItem(
                item="責任者と連絡網が現況と一致する", measure="組織的", result="適", evidence="体制図"
            ),
            CheckItem(
                item="入退室の管理", measure="物理的", result="不適", safety=1, remark="退室時刻の漏れ"
            ),
            CheckItem(item="私物の機器がない", measure="技術的", result="対象外"),
        ),
        action="退室欄を設けた記録簿に改めた",
    )
    yield Check(
        id=2,
        number="CK-002",
        kind="保管状況",
        contracts=BOTH,
        done_on=date(2026, 5, 12),
        checked_by=3,
        location=2,
        subject="媒体の現物と台帳の照合",
        items=(
            CheckItem(item="媒体の数量が台帳と一致する", result="適"),
            CheckItem(item="保管庫が施錠されている", result="適"),
        ),
    )
    yield Check(
        id=3,
        number="CK-003",
        kind="データの正確性",
        contracts=BOTH,
        done_on=date(2026, 5, 13),
        checked_by=4,
        subject="受領件数と印刷件数の照合",
    )
    for number, (device, on) in enumerate(
        ((1, date(2026, 4, 20)), (1, date(2026, 5, 20)), (2, date(2026, 5, 20)), (6, date(2026, 5, 21))), 1
    ):
        yield DeviceCheck(
            id=number,
            device=device,
            checked_on=on,
            checked_by=2,
            patches=True,
            anti_malware=number != 1,
            forbidden=number == 3,
            found="ファイル交換ソフト" if number == 3 else "",
            action="定義ファイルを更新した" if number == 1 else "",
            mended_on=date(2026, 4, 21) if number == 1 else None,
        )
    for number, day in enumerate((date(2026, 4, 30), date(2026, 5, 29)), 1):
        yield BackupRun(
            id=number,
            what="業務サーバの契約別フォルダ",
            contracts=BOTH,
            done_on=day,
            done_by=2,
            result="正常終了",
            location=2,
            device=11,
            generation=f"第{number}世代",
            encrypted=True,
            restore_tested_on=date(2026, 5, 7) if number == 1 else None,
            restore_result="復元できた" if number == 1 else "",
        )


def _systems() -> Iterator[Record]:
    yield System(
        id=1,
        name="業務サーバ",
        contracts=BOTH,
        starts_on=date(2026, 4, 1),
        administrator=2,
        logged=True,
        log_kept_months=24,
        monitoring="夜間のログオンを通知する",
    )
    for number, month in enumerate((4, 5), 1):
        yield AccessReview(
            id=number,
            system=1,
            period_from=date(2026, month, 1),
            period_to=date(2026, month, 20),
            kept_until=date(2028, month, 30),
            reviewed_on=date(2026, month, 25),
            reviewed_by=2,
            method="失敗したログオンの回数を確認",
            anomalies=month == 5,
            found="退職者の利用者登録が残っていた" if month == 5 else "",
            action="利用者登録を削除した" if month == 5 else "",
        )


def _from_outside(at: int, contract: int) -> Iterator[Record]:
    shared: dict[str, Any] = {"id": at, "contract": contract}
    yield Request(
        **shared,
        number=f"RQ-00{at}",
        received_on=date(2026, 5, 25),
        received_how="電話",
        received_by=2,
        requester="本人",
        kind="開示",
        asked="通知書の写しの交付を求められた",
        asked_of_client="請求への対応の可否を判断し、当社に指示してください。",
    )
    yield Audit(
        **shared,
        number=f"AU-00{at}",
        kind="実地調査",
        announced_on=date(2026, 5, 7),
        announced_how="文書（保年第77号）",
        accepted=True,
        held_on=date(2026, 5, 14),
        location=2,
        auditor="保険年金課　神谷",
        attended="髙橋　花子",
        material="台帳の写し",
        findings=(
            Finding(finding="退室時刻の記入漏れ", answer="記録簿を改めました", answered_on=date(2026, 5, 20)),
            Finding(finding="鍵の管理簿がない"),
        ),
    )
    yield Instruction(
        **shared,
        kind="改善の求め",
        received_on=date(2026, 5, 15),
        reference="保年第80号",
        what="鍵の管理簿を作成すること",
    )
    yield Improvement(
        **shared,
        number=f"IM-00{at}",
        source="発注者の求め",
        instruction=at,
        found_on=date(2026, 5, 15),
        finding="鍵の管理簿がない",
        reason="貸出しを口頭で行っていた",
        action="鍵の管理簿を作成し、貸出しのつど記入する",
        owner=1,
        due_on=date(2026, 5, 29),
        done_on=date(2026, 5, 27),
        effect="貸出しと返却の記入がそろっている",
        effect_by=2,
        effect_on=date(2026, 5, 31),
    )
