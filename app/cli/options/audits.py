"""What the acts on audits take. That they are the fields of the acts is held by a test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.cli.options.taken import Taken

AUDITS: Mapping[str, Taken] = MappingProxyType(
    {
        "announce-audit": Taken(
            "発注者から受けた監査・調査の予告を登録します",
            "contract",
            True,
            {
                "kind": "種別：監査、実地調査、検査、資料の提出、自己監査（省略時は監査）",
                "planned_on": "実施の予定日",
                "auditor": "実施する者の所属と氏名",
                "location": "実施する作業場所の名称",
                "announced_on": "通知を受けた日（省くと、きょう）",
                "announced_how": "通知の方法",
                "accepted": "受入れ：「受け入れた」又は「断った」",
                "refused_why": "断った理由",
            },
            typed=False,
        ),
        "accept-audit": Taken(
            "監査・調査を受け入れたか断ったかを記録します",
            "audit",
            False,
            {"accepted": "受入れ：「受け入れた」又は「断った」", "refused_why": "断った理由"},
        ),
        "hold-audit": Taken(
            "監査・調査の実施を記録します",
            "audit",
            False,
            {
                "held_on": "実施日",
                "location": "実施した作業場所の名称",
                "place": "実施場所（その他）",
                "auditor": "実施した者",
                "attended": "立ち会った者",
                "accepted": "受入れ：「受け入れた」又は「断った」",
                "refused_why": "断った理由",
            },
        ),
        "hand-material": Taken(
            "監査・調査で渡した資料を記録します",
            "audit",
            False,
            {"what": "渡した資料", "on": "渡した日（省くと、きょう）", "to": "受け取った者"},
        ),
        "add-finding": Taken(
            "監査・調査の指摘と、その改善の担当者・期日を登録します",
            "audit",
            False,
            {
                "finding": "指摘",
                "on": "指摘を受けた日（省くと、きょう）",
                "owner": "改善の担当者の社員番号",
                "due_on": "改善の期日",
                "action": "改善の措置",
            },
        ),
        "answer-finding": Taken(
            "監査・調査の指摘への回答を記録します",
            "audit",
            False,
            {
                "number": "指摘の番号（省くと、まだ回答していない最初のもの）",
                "answer": "回答",
                "on": "回答した日（省くと、きょう）",
            },
        ),
        "improve": Taken(
            "改善の措置、実施した日、効果の確認を記録します",
            "improvement",
            False,
            {
                "reason": "原因",
                "action": "改善の措置",
                "owner": "担当者の社員番号",
                "due_on": "期日",
                "done_on": "実施日",
                "effect": "効果の確認",
                "effect_by": "効果を確認した者の社員番号",
                "effect_on": "効果を確認した日",
            },
        ),
    }
)
