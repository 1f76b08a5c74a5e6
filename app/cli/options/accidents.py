"""What the acts on accidents take. That they are the fields of the acts is held by a test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.cli.options.taken import Taken

SAID: Mapping[str, str] = MappingProxyType(
    {
        "kind": "何が起きたか：紛失、盗難、誤送付・誤交付、漏えい、ウイルス感染、不正アクセス、"
        "誤廃棄・誤消去、破損、改ざん、定めに反する取扱い",
        "found": "気づいた日時",
        "happened": "起きた日時（分からない間は省く）",
        "by": "気づいた者の所属と氏名",
        "how": "気づいた経緯",
        "place": "起きた場所",
    }
)

ASTRAY: Mapping[str, str] = MappingProxyType(
    {
        "recipient": "誤って渡った相手（会社名や区分だけ）",
        "recovered": "回収：「回収・削除を確かめた」又は「回収できていない」（分からない間は省く）",
        "recovered_on": "回収の結果が判明した日",
    }
)
_WHAT: Mapping[str, str] = MappingProxyType(
    {
        "asset": "情報資産番号",
        "item": "情報項目の名称",
        **ASTRAY,
        "quantity": "数量",
        "persons": "本人の数",
    }
)

ACCIDENTS: Mapping[str, Taken] = MappingProxyType(
    {
        "report-accident": Taken(
            "誤送付、漏えい、ウイルス感染などを、契約の事故として登録します",
            "contract",
            True,
            {**SAID, **_WHAT},
            typed=False,
        ),
        "report-accident-by": Taken(
            "要員が取り扱っていて起きた事故を登録します（氏名は備考に残り、報告書には印字されません）",
            "person",
            False,
            {"contract": "契約番号（従事する契約が1件なら省けます）", **SAID, **_WHAT},
        ),
        "tell-client": Taken(
            "事故について発注者に知らせたことを記録します",
            "incident",
            False,
            {
                "stage": "段階：「第一報（口頭・電話）」「書面報告」「最終報告」（省くと、まだのもの）",
                "at": "連絡した日時",
                "how": "方法（電話、持参など）",
                "to_whom": "相手方の所属と氏名",
                "by": "連絡した者の所属と氏名",
                "content": "伝えた内容",
            },
        ),
        "note-incident": Taken(
            "事故の経過に1行を加えます",
            "incident",
            False,
            {"at": "日時", "who": "行った者の所属と氏名", "what": "したこと"},
        ),
        "contain": Taken(
            "事故の拡大防止と回収を記録します",
            "incident",
            False,
            {
                "containment": "拡大防止の措置",
                "contained_on": "拡大を防いだ日",
                **ASTRAY,
            },
        ),
        "instructed": Taken(
            "事故についての発注者の指示と対応を記録します",
            "incident",
            False,
            {
                "instructions": "発注者の指示",
                "instructions_by": "指示した発注者の担当者",
                "instructions_on": "指示を受けた日",
                "instructions_done": "指示への対応",
                "instructions_done_on": "指示に対応した日",
                "discussed_on": "発注者と措置を協議した日",
            },
        ),
        "tell-persons": Taken(
            "本人への通知と公表を記録します",
            "incident",
            False,
            {
                "persons": "本人の数（全体）",
                "persons_known_on": "本人の数が判明した日",
                "persons_notified": "本人への通知：「通知した」又は「通知を要しない」",
                "persons_notified_on": "本人に通知した日",
                "persons_notified_count": "通知した本人の数",
                "persons_notified_how": "通知の方法",
                "notice_planned_on": "本人への通知の予定日",
                "no_notice_why": "通知を要しない理由",
                "notice_decided_on": "通知の要否を決めた日",
                "no_notice_instruction": "通知を要しないとする発注者の指示の番号",
                "published": "公表：「公表した」又は「公表を要しない」",
                "published_on": "公表した日",
                "published_where": "公表の場所・方法",
                "publication_planned_on": "公表の予定日",
                "no_publication_why": "公表を要しない理由",
                "publication_decided_on": "公表の要否を決めた日",
            },
        ),
        "prevent": Taken(
            "事故の原因、二次被害、再発防止を記録します",
            "incident",
            False,
            {
                "cause": "原因",
                "cause_known_on": "原因が判明した日",
                "secondary_harm": "二次被害",
                "secondary_harm_known_on": "二次被害の有無が判明した日",
                "prevention": "再発防止策（実施済み）",
                "prevention_on": "再発防止策を実施した日",
                "prevention_planned": "再発防止策（予定）",
                "prevention_planned_on": "再発防止策（予定）を決めた日",
                "prevention_due_on": "再発防止策（予定）の期日",
            },
        ),
        "statutory-report": Taken(
            "個人情報保護法第26条による自社の報告について、決めたことと、した日を記録します",
            "incident",
            False,
            {
                "statute": "「自社が委員会に報告する」「発注者への通知をもって報告に代える」又は"
                "「報告を要しない」",
                "statute_why": "その判断の理由",
                "statute_known_on": "事態を知った日（省くと、発見した日）",
                "wrongful": "不正の目的によるおそれ：「ある」又は「ない」",
                "statute_told_on": "発注者に事態を通知した日",
                "statute_first_on": "速報をした日",
                "statute_final_on": "確報をした日",
            },
        ),
        "close-incident": Taken(
            "残っていることを示してから、事故を終結にします",
            "incident",
            False,
            {"on": "終結した日（省くと、きょう）"},
        ),
    }
)
