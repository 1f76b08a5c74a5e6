"""Cross-checks of places, systems and backups, and of checks that are overdue."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.checks.check import Check, Found, found, from_duties
from app.duties.evaluators.backups import newest_backups
from app.duties.evaluators.domestic import every_place, lies_in
from app.duties.finding import Severity
from app.duties.questions import asked
from app.duties.verdict import shown
from app.duties.view import ContractView
from app.records.location import JAPAN


def _abroad(view: ContractView) -> Iterator[Found]:
    """Places of work and storage, where devices stand, assets lie, systems run and backups are kept."""
    country = next((q.asks.country for q in asked(view, "domestic-storage") if q.asks.country), JAPAN)
    for place in view.once(every_place):
        if not place.country:
            yield found(f"この契約で使う{place.name}は国が登録されていません。", place, known=False)
        elif not lies_in(place, country):
            yield found(f"この契約で使う{place.name}は国外（{place.country}）です。", place)


def _open_backup(view: ContractView) -> Iterator[Found]:
    for run in view.once(newest_backups):
        if not run.encrypted:
            known = run.encrypted is False
            state = "暗号化されていません" if known else "暗号化の有無が分かりません"
            yield found(f"{run.what}のバックアップ（{shown(run.done_on)}）は{state}。", run, known=known)


CHECKS = (
    Check("place-abroad", "国外の場所", Severity.VIOLATION, ("domestic-storage",), _abroad),
    Check(
        "place-unlocked",
        "施錠のない保管場所",
        Severity.WARNING,
        ("locked-storage",),
        from_duties("locked-storage", "location"),
    ),
    Check(
        "backup-unencrypted",
        "暗号化されていないバックアップ",
        Severity.VIOLATION,
        ("encryption",),
        _open_backup,
    ),
    Check(
        "system-open",
        "アクセス制御の登録がない情報システム",
        Severity.WARNING,
        ("access-control",),
        from_duties("access-control", "system"),
    ),
    Check(
        "log-unread",
        "期限を過ぎたアクセス記録の分析",
        Severity.WARNING,
        ("access-log",),
        from_duties("access-log", "system", late=True),
    ),
    Check(
        "backup-overdue",
        "期限を過ぎたバックアップ・点検",
        Severity.WARNING,
        ("backup-check",),
        from_duties("backup-check", "backup_run", "check", late=True),
    ),
    Check(
        "safety-unchecked",
        "期限を過ぎた安全管理措置の点検",
        Severity.WARNING,
        ("security-measures",),
        from_duties("security-measures", "check", late=True),
    ),
    Check(
        "supervision-overdue",
        "期限を過ぎた周知・監督",
        Severity.WARNING,
        ("supervision",),
        from_duties("supervision", late=True),
    ),
)
