"""Kinds whose records the ledger cannot hold yet: only a person can say, and is told what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.duties.evaluators.evaluator import Evaluator, evaluator
from app.duties.kinds import State, When
from app.duties.verdict import Question, Verdict

CHECKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "supervision": ("従事者への周知と監督", "実施日と対象者を手元の記録で"),
        "management-system": ("責任体制", "現在の体制図が実際と合っているかを"),
        "transfer-method": ("授受方法の取決め", "取り決めた書面と日付を"),
        "secrecy": ("秘密保持の確認", "漏えいや口外がないことを従事者に"),
        "retirement-secrecy": ("退職時の確認", "退職者の誓約書と返却物を"),
        "purpose-limit": ("目的外の利用・提供の確認", "業務の実態と、例外がある場合はその根拠を"),
        "collection-limit": ("情報の取得", "取得の範囲と手段、承諾の要否を"),
        "law": ("法令等の遵守の確認", "守るべき法令・規程の一覧と遵守の状況を"),
        "security-measures": ("安全管理措置の点検", "講じた措置と点検の結果を"),
        "equipment-takeout": ("機器の持出しの承諾", "場所の外へ移した機器と承諾書を"),
        "bringin-approval": ("機器の持込みの承諾", "持ち込んだ機器と承諾書を"),
        "software-hygiene": ("ソフトウェアの点検", "更新、不正プログラム対策、禁止ソフトの有無を"),
        "transport": ("搬送の措置の点検", "施錠した容器の使用など運び方を"),
        "access-control": ("情報システム", "利用者の認証とアクセス権の設定を"),
        "access-log": ("アクセス記録の分析", "記録の保存期間、分析の結果、監視の状況を"),
        "backup-check": ("バックアップと点検", "直近の実施日、保管の状況、内容の正確性を"),
        "subcontract-approval": ("再委託", "再委託の有無と、ある場合は開始前の承諾を"),
        "subcontract-flowdown": ("再委託先", "再委託がある場合は契約に入れた義務と監督の状況を"),
        "data-subject-request": ("開示などの請求", "請求の有無と、あった場合の対応を"),
        "status-report": ("報告の求め", "求めの有無と、あった場合の報告書の提出を"),
        "audit": ("監査・調査", "直近の実施日、指摘と回答を"),
        "improvement": ("改善", "指摘を受けた事項の措置と期日を"),
        "management-rules": ("規程", "管理運営規定の現行の版と提出の有無を"),
        "incident-notice": ("事故", "事故や違反の有無と、あった場合の報告を"),
        "incident-followup": ("事故", "事故の有無と、あった場合の措置、通知、公表を"),
        "disposal-approval": ("廃棄・消去の指示や承認", "廃棄・消去に先立つ指示の有無を"),
    }
)
"""Kind → what the ledger has no record of yet, and what a person has to look at."""

_AT_THE_END = (When.ON_COMPLETION, When.AFTER_END)


def judge(question: Question) -> Verdict:
    """Not due while a duty of the end alone lies ahead; else for a person to confirm."""
    view = question.view
    if not view.ended and all(moment in _AT_THE_END for moment in question.clause.when):
        return question.not_due("業務が終わったときに確かめる必要があり、まだその時期ではありません。")
    return question.confirm(sentence(question.kind))


def sentence(kind: str) -> str:
    """What a person is told to check for a kind in ``CHECKS``."""
    record, check = CHECKS[kind]
    return f"{record}の記録はこの台帳にまだないため、{check}確かめてください。"


CONFIRM: Mapping[str, Evaluator] = MappingProxyType(
    {kind: evaluator(judge, State.CONFIRM, State.NOT_DUE) for kind in CHECKS}
)
