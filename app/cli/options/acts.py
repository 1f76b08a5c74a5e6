"""What the acts of a working day take. That they are the fields of the acts is held by a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Taken(NamedTuple):
    """``record``: what the act is done to, ``many``: whether to several. ``options``: name → help."""

    about: str
    record: str
    many: bool
    options: Mapping[str, str]


_ACCIDENT: Mapping[str, str] = MappingProxyType(
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

TAKEN: Mapping[str, Taken] = MappingProxyType(
    {
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
        "lose": Taken(
            "PC・媒体の紛失、盗難、感染などを、関係するすべての契約の事故として登録します",
            "device",
            True,
            _ACCIDENT,
        ),
        "lose-asset": Taken(
            "情報資産の紛失、誤送付、漏えいなどを、契約ごとの事故として登録します",
            "asset",
            True,
            {**_ACCIDENT, "quantity": "数量（情報資産が1件で、一部だけのとき）"},
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
    }
)


def add_commands(command: Callable[[str, str], Any]) -> None:
    """Add them. ``command`` makes a parser from a name and a sentence."""
    for name, taken in TAKEN.items():
        made = command(name, taken.about)
        made.given.add_argument("kind", choices=(taken.record,), metavar=taken.record, help="記録の種類")
        made.given.add_argument("keys", nargs="+" if taken.many else 1, metavar="KEY", help="記録の番号")
        for option, told in taken.options.items():
            made.options.add_argument(
                f"--{option}", dest=f"answer_{option}", default=None, metavar="VALUE", help=told
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
