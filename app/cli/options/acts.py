"""What the acts of a working day take. That they are the fields of the acts is held by a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.cli.options.accidents import ACCIDENTS, ASTRAY, SAID
from app.cli.options.audits import AUDITS
from app.cli.options.taken import Taken, only_type

_WITHOUT = "承諾を得ないで行った理由（記録に残り、義務は要対応のままです）"

_ALLOWED: Mapping[str, str] = MappingProxyType(
    {
        "person": "持ち出す者の社員番号",
        "approval": "承諾番号（省くと、対象と期間の合う承諾を探します）",
        "purpose": "目的",
        "until": "持帰りの予定日",
        "without": "承諾を得ないで持ち出した理由（記録に残り、義務は要対応のままです）",
    }
)

_DISPOSED: Mapping[str, str] = MappingProxyType(
    {
        "on": "廃棄・消去の年月日（先の日は予定とし、承諾の申請を用意します）",
        "method": "方法（裁断、溶解、物理的破壊など）",
        "responsible": "責任者の社員番号",
        "result": "結果：「完了」又は「不良」",
        "failed": "うち不良のものの番号（「、」で区切る）",
        "followed": "不良後の措置",
        "outcome": "確認の判定（合格、不合格、未確認）",
        "unpassed": "うち確認の判定が異なるものの番号（「、」で区切る）",
        "unpassed_as": "その確認の判定",
        "approval": "承諾番号",
        "unapproved": "承諾を得ないで行った理由（記録に残り、義務は要対応のままです）",
        "witness": "立会人",
        "method_reason": "方法の理由・追加の措置",
        "tool": "使用したソフト・機器",
        "tool_version": "そのバージョン",
        "verification": "確認の方法",
        "verification_result": "確認の結果",
        "level": "消去の水準",
        "standard": "準拠した基準",
        "standard_edition": "基準の版",
        "done_by": "実施者",
        "confirmed_by": "確認者の社員番号",
        "place": "実施場所",
        "contractor": "処理業者",
        "permit": "許可番号",
        "manifest": "管理票（マニフェスト）番号",
        "witness_asked": "発注者の立会い：「要」又は「不要」（申請書に印字されます）",
        "purpose": "廃棄・消去の理由（申請書に印字されます）",
    }
)


def _besides(after: str, **more: str) -> Mapping[str, str]:
    """What a disposal takes, with ``more`` after one of its options."""
    found: dict[str, str] = {}
    for name, told in _DISPOSED.items():
        found |= {name: told, **(more if name == after else {})}
    return found


_HANDED: Mapping[str, str] = MappingProxyType(
    {
        "counterpart": "発注者の担当者の氏名",
        "place": "授受の場所",
        "method": "授受・搬送の方法",
        "safeguards": "搬送の措置：施錠ケース、封緘など（「、」で区切る）",
        "protection": "措置の補足",
        "person": "取り扱った者の社員番号",
    }
)

TAKEN: Mapping[str, Taken] = MappingProxyType(
    {
        **ACCIDENTS,
        **AUDITS,
        "join": Taken(
            "契約に従事する者を加えます（登録済みの要員、又は初めての者）",
            "contract",
            False,
            {
                "person": "登録済みの要員の社員番号",
                "name": "氏名（初めての者）",
                "kana": "フリガナ",
                "employment": "雇用区分",
                "department": "所属",
                "role": "役割（省略時は従事者）",
                "work": "担当する業務",
                "information": "取り扱う情報",
                "location": "作業場所の名称",
                "on": "従事開始日",
                "why": "変更の理由（変更届に印字されます）",
                "others": "一緒に着任する登録済みの要員の社員番号（「、」で区切ります）",
            },
        ),
        "change": Taken(
            "要員の氏名、所属、役職、雇用区分、役割を、ある日から変えます",
            "person",
            False,
            {
                "on": "変更の日（この日から新しい内容）",
                "name": "氏名",
                "kana": "フリガナ",
                "department": "所属",
                "post": "役職",
                "employment": "雇用区分",
                "role": "新しい役割",
                "contract": "役割が変わる契約の番号（省略時は従事しているすべての契約）",
                "why": "変更の理由（変更届に印字されます）",
            },
        ),
        "leave": Taken(
            "要員の退職を、すべての契約の従事、使用するPC・媒体、担当とあわせて登録します",
            "person",
            False,
            {
                "on": "退職日",
                "why": "変更の理由（変更届に印字されます）",
                "follows": "責任者の役割などを引き継ぐ者の社員番号",
                "devices": "使用していたPC・媒体：「引継ぎ先が使う」又は「契約での使用を終える」",
                "user": "PC・媒体の引継ぎ先の社員番号",
            },
        ),
        "receive": Taken(
            "発注者から受け取ったものを、1回の授受としてまとめて登録します",
            "contract",
            False,
            {
                "things": "受領したもの：行の一覧（JSON）又はそのファイル。項目は item、classification、"
                "medium、quantity、unit、identifier、persons、return_by",
                "on": "受領した日時（時刻が分からないときは日付だけ）",
                "from_party": "渡した者（省略時は発注者と担当課）",
                **_HANDED,
                "location": "保管する場所の名称",
            },
            typed=False,
        ),
        "return": Taken(
            "選んだ情報資産を、1回の授受としてまとめて発注者に返還したものとして登録します",
            "asset",
            True,
            {
                "things": "返還したもの：行の一覧（JSON）又はそのファイル。項目は asset、quantity"
                "（省くと、手元にある数量すべて）",
                "on": "返還した日時（時刻が分からないときは日付だけ）",
                "to": "受け取った者（省略時は発注者と担当課）",
                **_HANDED,
            },
        ),
        "renew": Taken(
            "契約を更新し、次の年度の契約と、引き継ぐ従事者・作業場所・PC・媒体などを登録します",
            "contract",
            False,
            {
                "number": "新しい契約番号",
                "starts_on": "履行期間の始期",
                "ends_on": "履行期間の終期",
                "signed_on": "契約締結日（省略時はきょう。始期がそれより前なら始期）",
                "title": "契約件名（省略時は更新前の契約と同じ）",
            },
            typed=False,
        ),
        "amend": Taken(
            "変更契約を、その効力が生じる日から登録します。それまでの内容も残ります",
            "contract",
            False,
            {
                "on": "変更の効力が生じる日",
                "ends_on": "変更後の履行期間の終期",
                "extends": "終期までの従事・使用：「変更後の終期まで延ばす」又は「いまの終了日のままにする」",
                "title": "変更後の契約件名",
                "information": "変更後の取り扱う情報（「、」で区切ります）",
                "items": "変更後の情報項目（名称だけ）",
                "persons": "変更後の本人の数",
                "annex": "加える特記事項、又は版が変わる特記事項",
                "version": "特記事項の版（省略時は最新の版）",
                "options": "契約に当てはまる事項（「、」で区切ります）",
                "replaces": "変更後の特記事項に代わって外れる特記事項",
            },
            typed=False,
        ),
        "close": Taken(
            "契約を終えます。残っているものがあれば、それを示して止まります",
            "contract",
            False,
            {
                "on": "契約を終える日",
                "why": "終了の事由（期間満了、解除など）",
                "instruction": "残る情報資産についての発注者の書面による指示の番号",
            },
            typed=False,
        ),
        "return-all": Taken(
            "その日に手元に残っている情報資産を、すべて発注者に返還したものとして登録します",
            "contract",
            False,
            {
                "on": "返還した日時（時刻が分からないときは日付だけ）",
                "to": "受け取った者（省略時は発注者と担当課）",
                **_HANDED,
            },
            typed=False,
        ),
        "dispose-all": Taken(
            "その日に手元に残っている情報資産のうち方法に合うものを、すべて廃棄・消去したものとして登録します",
            "contract",
            False,
            {
                "on": "廃棄・消去の年月日",
                "method": "方法（裁断、溶解、物理的破壊など）",
                "responsible": "責任者の社員番号",
                "result": "結果（完了）",
                "outcome": "確認の判定（合格、不合格、未確認）",
                "verification": "確認の方法",
                "verification_result": "確認の結果",
                "approval": "承諾番号",
                "unapproved": _DISPOSED["unapproved"],
                "witness": "立会人",
                "done_by": "実施者",
                "place": "実施場所",
                "tool": "使用したソフト・機器",
                "tool_version": "そのバージョン",
                "method_reason": "方法の理由・追加の措置",
            },
            typed=False,
        ),
        "move": Taken(
            "PC・媒体の移動を、使用が続くすべての契約について登録します",
            "device",
            True,
            {
                "to": "移動先の作業場所の名称",
                "on": "移動日",
                "purpose": "移動先の用途（契約の作業場所に登録されていない場合に、届出書に印字されます）",
                "why": "変更の理由（変更届に印字されます）",
                "contract": "契約番号（省くと、使用が続くすべての契約）",
            },
        ),
        "lend": Taken(
            "PC・媒体の管理者（使用者）の変更を、使用が続くすべての契約について登録します",
            "device",
            True,
            {
                "to": "新しい管理者（使用者）の社員番号",
                "on": "渡す日",
                "contract": "契約番号（省くと、使用が続くすべての契約）",
            },
        ),
        "check-out": Taken(
            "PC・媒体の持出し又は持込みを、条項が求める承諾と照らして登録します",
            "device",
            True,
            {"to": "持出し先の場所の名称", "on": "持ち出す日", **_ALLOWED},
        ),
        "bring-in": Taken(
            "発注者の施設で使うPC・媒体の持込みを、条項が求める承諾と照らして登録します",
            "device",
            True,
            {
                "to": "持込み先の場所の名称",
                "on": "持ち込む日",
                **_ALLOWED,
                "person": "持ち込む者の社員番号",
                "without": "承諾を得ないで持ち込んだ理由（記録に残り、義務は要対応のままです）",
            },
        ),
        "copy": Taken(
            "情報資産の複写・複製を、条項が求める承諾と照らして登録します",
            "asset",
            False,
            {
                "on": "複写する日時（時刻が分からないときは日付だけ）",
                "quantity": "複写した数量",
                "person": "複写する者の社員番号",
                "location": "複写物を保管する場所の名称",
                "device": "複写に使うPC・媒体の管理番号",
                "approval": _ALLOWED["approval"],
                "purpose": "目的",
                "for_work": "利用の目的：「委託業務のため」又は「委託業務以外のため」",
                "without": _WITHOUT,
            },
        ),
        "delegate": Taken(
            "再委託の開始を、条項が求める承諾と照らして登録します",
            "contract",
            False,
            {
                "to": "再委託先の名称",
                "work": "再委託する業務",
                "on": "再委託の始期",
                "ends_on": "再委託の終期",
                "information": "含まれる情報（項目の名称だけ）",
                "reason": "再委託の理由",
                "control": "管理・監督の方法",
                "responsible": "再委託先の責任者",
                "location": "作業場所の名称",
                "parent": "上位の再委託の番号（さらに委託するとき）",
                "approval": _ALLOWED["approval"],
                "without": _WITHOUT,
            },
            typed=False,
        ),
        "check-in": Taken(
            "持ち出したPC・媒体の持帰りを登録します",
            "device",
            True,
            {"on": "持ち帰った日（省くと、きょう）", "to": "戻した場所（省くと、持ち出す前の場所）"},
        ),
        "check-out-asset": Taken(
            "情報資産の持出しを、条項が求める承諾と照らして登録します",
            "asset",
            True,
            {
                "to": "持出し先",
                "on": "持ち出す日時",
                "person": _ALLOWED["person"],
                "safeguards": "持出しの措置：施錠ケース、暗号化など（「、」で区切る）",
                "device": "入れて運ぶPC・媒体の管理番号",
                **_ALLOWED,
                "quantity": "数量（情報資産が1件で、一部だけのとき）",
            },
        ),
        "check-in-asset": Taken(
            "持ち出した情報資産の持帰りを登録します（残りは持出し中のまま）",
            "asset",
            True,
            {
                "on": "持ち帰った日時（省くと、きょう。時刻が分からないときは日付だけ）",
                "to": "戻した場所（省くと、持ち出す前の場所）",
                "person": "持ち帰った者の社員番号",
                "quantity": "数量（情報資産が1件で、一部だけのとき。省くと、持出し中のすべて）",
            },
        ),
        "lose": Taken(
            "PC・媒体の紛失、盗難、感染などを、関係するすべての契約の事故として登録します",
            "device",
            True,
            SAID,
        ),
        "lose-asset": Taken(
            "情報資産の紛失、誤送付、漏えいなどを、契約ごとの事故として登録します",
            "asset",
            True,
            {**SAID, **ASTRAY, "quantity": "数量（情報資産が1件で、一部だけのとき）"},
        ),
        "dispose": Taken(
            "PC・媒体の廃棄・消去を、媒体に合う方法か、承諾と立会いの要否と照らして登録します",
            "device",
            True,
            _besides(
                "followed",
                item="記録されていた情報項目の名称",
                contract="契約番号（複数の契約で使われたとき）",
            ),
        ),
        "dispose-asset": Taken(
            "選んだ情報資産の手元に残る数量を、1回の廃棄・消去として登録します",
            "asset",
            True,
            _besides(
                "followed",
                quantity="数量（情報資産が1件で、一部だけのとき）",
                device="電子データが入っているPC・媒体の管理番号",
            ),
        ),
        "retire": Taken(
            "PC・媒体の使用を終えます。情報が残っているものは、消去するまで終えられません",
            "device",
            True,
            {
                "on": "使用を終える日",
                "unerased": "消去・破壊の記録がないまま使用を終える理由（備考に残ります）",
            },
        ),
        "train": Taken(
            "契約の条項が求める内容で、1回の研修を登録します（先の日は予定）",
            "contract",
            True,
            {
                "on": "実施日（先の日は予定とし、受講者を登録しません）",
                "title": "研修名",
                "topics": "研修内容（「、」で区切る。省くと、条項が求める内容）",
                "more": "その他の研修内容（「、」で区切る）",
                "people": "受講者の社員番号（「、」で区切る。省くと、まだ受けていない者）",
                "absent": "うち欠席した者の社員番号（「、」で区切る）",
                "makeup": "欠席した者の補講の予定日",
                "lecturer": "講師",
                "place": "場所又は方法",
                "material": "教材",
                "session": "予定していた研修の番号",
            },
        ),
        "oaths": Taken(
            "誓約書のない者すべてに、署名前の誓約書の記録を作ります",
            "contract",
            True,
            {
                "people": "誓約書を用意する者の社員番号（「、」で区切る。省くと、誓約書のない者すべて）",
                "form": "形式：「誓約書」又は「秘密保持契約」（省略時は誓約書）",
                "sheet": "様式：「発注者の指定様式」又は「自社の様式」",
                "by": "説明者の氏名",
                "post": "説明者の役職",
                "explained": "説明した日",
                "back": "退職する者が返却・廃棄したもの（ない場合は「なし」）",
            },
        ),
        "signed": Taken(
            "戻ってきた誓約書の署名した日を、すべて又は選んだ者について登録します",
            "contract",
            True,
            {
                "on": "署名した日",
                "whole": "「すべての者」又は「選んだ者だけ」",
                "oaths": "署名が戻った者の社員番号（「、」で区切る）",
                "received": "再委託先から受け取った日",
            },
        ),
        "check-devices": Taken(
            "PC・媒体のソフトウェア点検を、同じ結果で1台ずつ登録します",
            "device",
            True,
            {
                "on": "点検日（省くと、きょう）",
                "by": "点検者の社員番号",
                "patches": "更新プログラム：「適用済み」又は「未適用あり」",
                "antimalware": "マルウェア対策の定義：「最新」又は「最新でない」",
                "forbidden": "禁止ソフトウェア：「あり」又は「なし」",
                "found": "見つかったもの（不適のとき）",
                "action": "措置",
            },
        ),
        "make-up": Taken(
            "研修を欠席した者が補講を受けた日を登録します（先の日は予定）",
            "training",
            False,
            {
                "on": "補講日（省くと、予定していた日又はきょう）",
                "people": "補講を受けた者の社員番号（「、」で区切る。省くと、欠席した者すべて）",
            },
        ),
        "check-storage": Taken(
            "保管場所の保管状況の点検を、同じ結果で1か所ずつ登録します",
            "location",
            True,
            {
                "on": "点検日（省くと、きょう）",
                "by": "実施者の社員番号",
                "item": "点検項目（省略時は、施錠及び保管の状況）",
                "result": "結果：「適」又は「不適」",
                "found": "所見（不適のとき）",
                "action": "是正の措置（不適のとき）",
                "how": "点検の方法",
            },
        ),
        "back-up": Taken(
            "1回のバックアップを、対象の契約すべてについて登録します",
            "contract",
            True,
            {
                "on": "実施日（省くと、きょう）",
                "what": "対象（省くと、前回と同じ）",
                "result": "実施の結果：「正常終了」又は「失敗」",
                "by": "実施者の社員番号",
                "place": "保管場所の名称（省くと、前回と同じ）",
                "device": "保管媒体の管理番号（省くと、前回と同じ）",
                "encrypted": "暗号化：「あり」又は「なし」",
                "generation": "世代",
            },
        ),
        "restore-test": Taken(
            "バックアップの復元試験の日と結果を登録します",
            "backup_run",
            True,
            {
                "on": "復元試験の日（省くと、きょう）",
                "result": "復元試験の結果：「復元できた」又は「復元できなかった」",
            },
        ),
        "review-access": Taken(
            "情報システムのアクセス記録の分析を、同じ結果で1件ずつ登録します",
            "system",
            True,
            {
                "on": "分析した日（省くと、きょう）",
                "since": "対象期間の始期（省くと、前回の分析の翌日）",
                "until": "対象期間の終期（省くと、分析した日）",
                "anomalies": "異常：「あり」又は「なし」",
                "found": "異常の内容（異常ありのとき）",
                "action": "措置",
                "by": "分析した者の社員番号",
                "method": "分析の方法",
            },
        ),
        "stock-take": Taken(
            "作業場所にあるはずのPC・媒体と情報資産を確かめた結果を、保管状況の点検として登録します",
            "location",
            False,
            {
                "seen": "確かめたものの番号（「、」で区切る。ないものは「番号 なし」、数えたら「番号 数」）",
                "on": "確認日（省くと、きょう）",
                "by": "実施者の社員番号",
                "action": "合わないものについて行った措置",
                "contract": "契約番号（省くと、この場所にあるすべての契約のもの）",
                "scope": "対象：「PC・媒体だけ」又は「情報資産だけ」（省略時は両方。電子データは含みません）",
                "former": "続きから行う途中の点検の番号（空にすると、初めから行います）",
            },
            files={"seen_file": "確かめたものの番号を1行に1つずつ書いたテキストファイル"},
        ),
        "answer": Taken(
            "発注者の回答、指示、書類の受理や差戻しを、何への回答かと合わせて登録します",
            "contract",
            False,
            {
                "said": "回答・指示の種類：承諾、不承諾、書類の受理、書類の差戻し、指示・求め・協議",
                "to": "何への回答か：承諾番号又は文書番号",
                "on": "受けた日（省くと、きょう）",
                "by": "方法：電話・口頭、メール、書面",
                "who": "発注者の担当者",
                "reference": "発注者の文書番号",
                "kind": "指示・求め・協議の種別：指示、報告の求めなど",
                "words": "承諾の条件、不承諾・差戻しの理由、指示・求め・協議の内容",
                "due": "指示・求めの期限",
            },
        ),
    }
)


def add_commands(command: Callable[[str, str], Any]) -> None:
    """Add them. ``command`` makes a parser from a name and a sentence."""
    for name, taken in TAKEN.items():
        made = command(name, taken.about)
        if taken.typed:
            made.given.add_argument(
                "kind", type=only_type(taken.record), metavar=taken.record, help="記録の種類"
            )
        called = "KEY" if taken.typed else taken.record.upper()
        made.given.add_argument("keys", nargs="+" if taken.many else 1, metavar=called, help="記録の番号")
        for option, told in taken.options.items():
            made.options.add_argument(
                f"--{option.replace('_', '-')}",
                dest=f"answer_{option}",
                default=None,
                metavar="VALUE",
                help=told,
            )
        for option, told in taken.files.items():
            made.options.add_argument(
                f"--{option.replace('_', '-')}",
                dest=f"answer_{option}",
                type=Path,
                default=None,
                metavar="FILE",
                help=told,
            )
        made.options.add_argument(
            "--dry-run", action="store_true", help="何を登録するかを表示するだけで、何も変更しません"
        )
    _undo(command)


def _undo(command: Callable[[str, str], Any]) -> None:
    undo = command("undo", "登録・変更・取消しを元に戻します（元に戻した操作は、やり直します）")
    undo.given.add_argument(
        "change",
        nargs="?",
        type=int,
        default=0,
        metavar="CHANGE",
        help="操作の番号（省略時は最後の操作。番号は --list で表示）",
    )
    undo.options.add_argument(
        "--list", dest="listed", action="store_true", help="元に戻せる操作を新しい順に表示します"
    )
    undo.options.add_argument(
        "--dry-run", action="store_true", help="元に戻るものと残るものを表示するだけで、何も変更しません"
    )
    undo.options.add_argument(
        "--partly", action="store_true", help="一部が元に戻せないとき、残りだけを元に戻します"
    )
