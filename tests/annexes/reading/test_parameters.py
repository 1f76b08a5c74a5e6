"""What a paragraph sets: nouns as annexes join them, brackets, rows of a table, and whose a word is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.reading.understanding.parameters.members import LONGEST, members
from app.annexes.reading.understanding.prepared import Paragraph
from app.annexes.reading.understanding.understood import Understanding, understand


def of(text: str, **context: str) -> Understanding:
    return understand(Paragraph(text, client="甲", vendor="乙", **context))


def asked(text: str, kind: str, **context: str) -> dict[str, Json]:
    """What is set for one kind."""
    found = sorted(of(text, **context).settings, key=lambda one: one.kind != "")
    return {
        one.name: one.value
        for one in found
        if one.kind in ("", kind) and PARAMETERS[one.name].belongs_to(kind)
    }


def items(text: str, kind: str, **context: str) -> Any:
    return asked(text, kind, **context).get("items")


DELEGATED = "乙は、再委託をしようとするときは、{}を記載した申請書を甲に提出し、承諾を得なければならない。"
DESTROYED = "乙は、資料を廃棄したときは、{}を記載した証明書を甲に提出しなければならない。"


@pytest.mark.parametrize(
    ("told", "listed", "found"),
    [
        (DELEGATED, "相手方の名称、業務の範囲及び期間", ["相手方の名称", "業務の範囲", "期間"]),
        (DELEGATED, "相手方の名称並びに期間", ["相手方の名称", "期間"]),
        (DELEGATED, "相手方の名称と期間", ["相手方の名称", "期間"]),
        (DELEGATED, "名称・所在地・期間", ["名称", "所在地", "期間"]),
        (DELEGATED, "名称や所在地", ["名称", "所在地"]),
        (DELEGATED, "相手方の名称、期間その他必要な事項", ["相手方の名称", "期間"]),
        (DELEGATED, "相手方の名称のほか、業務の範囲及び期間", ["相手方の名称", "業務の範囲", "期間"]),
        (DELEGATED, "使用する回線又は媒体、期間及び理由", ["使用する回線又は媒体", "期間", "理由"]),
        (DELEGATED, "再委託を必要とする理由及び期間", ["再委託を必要とする理由", "期間"]),
        (DELEGATED, "当該者における管理の体制及び期間", ["管理の体制", "期間"]),
        (DESTROYED, "作業をした人の名前、日付", ["作業をした人の名前", "日付"]),
        (DESTROYED, "実施日、方法及び作業を行う者の所属", ["実施日", "方法", "作業を行う者の所属"]),
        (DESTROYED, "開始・終了の時刻及び方法", ["開始・終了の時刻", "方法"]),
        (DESTROYED, "日時及びはがきの枚数", ["日時", "はがきの枚数"]),
    ],
)
def test_nouns_are_cut_as_annexes_join_them(told: str, listed: str, found: list[str]) -> None:
    kind = "subcontract-approval" if told is DELEGATED else "disposal-certificate"
    assert items(told.format(listed), kind) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("乙は、名簿を作成し、従事者を監督し、誓約書を徴し、甲に提出しなければならない。", "worker-list"),
        ("乙は、漏えい、滅失又は毀損が発生したときは、直ちに甲に報告しなければならない。", "incident-notice"),
        (
            "乙は、再委託をしようとするときは、遅滞なく、申請書を甲に提出し、承諾を得る。",
            "subcontract-approval",
        ),
        ("乙は、資料を廃棄したときは、その旨及び結果を記載した証明書を提出する。", "disposal-certificate"),
        ("乙は、情報の管理に関する責任体制及び管理体制を整備しなければならない。", "management-system"),
        (
            "乙は、名簿、申請書及び通知書を、甲の承諾なく事業所の外に持ち出してはならない。",
            "takeout-approval",
        ),
        ("乙は、事故が生じたときは、甲、警察及び関係機関に直ちに連絡しなければならない。", "incident-notice"),
    ],
)
def test_acts_mishaps_things_and_people_are_no_items(text: str, kind: str) -> None:
    assert items(text, kind) is None


def test_of_a_list_of_people_stands_what_is_asked_of_them() -> None:
    text = "乙は、作業に従事する者の氏名、所属及び緊急時の連絡先を記載した名簿を甲に提出しなければならない。"
    assert items(text, "worker-list") == ["氏名", "所属", "緊急時の連絡先"]


def test_a_name_alone_under_a_lead_is_what_the_paper_carries() -> None:
    lead = "乙は、業務の開始前に、次に掲げる事項を記載した書面を甲に提出しなければならない。"
    assert items("作業従事者の氏名", "worker-list", lead=lead) == ["氏名"]


_PIECE = st.sampled_from(
    [
        *"、。|〓のとをにはがでや・",
        "及び",
        "又は",
        "その他の",
        "のほか",
        "者の氏名",
        "日時",
        "誰が",
        "か",
        "を書いた",
        "各班",
    ]
)


@given(st.lists(_PIECE, max_size=24), st.booleans())
def test_members_stand_in_the_text_in_its_order_and_none_is_too_long(pieces: list[str], whose: bool) -> None:
    text = "".join(pieces)
    found = list(members(text, len(text), whose=whose))
    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(end <= later for (_, end), (later, _) in pairwise(found))
    assert all("。" not in text[start:end] and "|" not in text[start:end] for start, end in found)
    assert max((end - start for start, end in found if "各" not in text[start:end]), default=0) <= LONGEST


@pytest.mark.parametrize(
    ("bracket", "prescribed"),
    [("様式第3号", True), ("別に定める様式による。", True), ("以下「書面」という。", False)],
)
def test_a_form_that_brackets_name_is_prescribed(bracket: str, prescribed: bool) -> None:
    text = f"乙は、従事者から誓約書({bracket})を徴し、甲に提出しなければならない。"
    assert ("prescribed" in asked(text, "oath")) == prescribed


def test_what_a_bracket_says_again_in_japanese_is_read() -> None:
    text = "乙は、再委託をしようとするときは、甲の書面によるapproval(承認)を得なければならない。"
    found = asked(text, "subcontract-approval")
    assert (found["exception"], found["consent"], found["written"]) == (["approval"], "承認", True)


ROW = "番号6｜区分　物理｜要求事項　{}｜時期　{}"


def test_the_cell_of_a_row_says_when_all_of_the_row_is_due() -> None:
    row = ROW.format("作業場所を特定し、平面図を添えて甲に届け出る。", "使用開始の7日前")
    found = asked(row, "work-location")
    assert (found["submit"], found["days_before"]) == ("beforehand", 7)
    assert [one.when for one in of(row).moments] == ["before-start"]
    on_leaving = ROW.format("離任する従事者から、離任後も秘密を守る旨の誓約書を徴する。", "離任日まで")
    assert [one.when for one in of(on_leaving).moments] == ["on-leaving"]


def test_an_item_is_without_the_name_of_the_cell_in_which_it_stands() -> None:
    row = ROW.format("データの控えを毎週取り、半年に1回、復旧テストを行う。", "定期")
    assert items(row, "backup-check") == ["データの控え", "復旧テスト"]


@pytest.mark.parametrize(
    ("told", "disposal"),
    [
        ("契約の終了後10日以内に、資料を甲に返還し、データを消去しなければならない。", 10),
        ("契約が終了したときは、資料を10日以内に甲に返還し、データを消去しなければならない。", None),
    ],
)
def test_days_before_any_object_are_those_of_every_act_that_follows(told: str, disposal: int | None) -> None:
    text = f"乙は、{told}"
    assert asked(text, "return")["within_days"] == 10
    assert asked(text, "disposal").get("within_days") == disposal


@pytest.mark.parametrize(
    ("told", "of", "days"),
    [
        (
            "業務の完了後、直ちに資料を返還し、又は甲の立会いの下で廃棄しなければならない。"
            "廃棄したときは、その方法と日を記した証明書を14日以内に出さなければならない。",
            ("return", "disposal"),
            14,
        ),
        (
            "データを復元できない方法で消去し、消去した日から5日以内に消去証明書を甲に提出する。",
            ("disposal",),
            5,
        ),
        (
            "名簿を業務の完了後速やかに廃棄しなければならない。"
            "この場合において、乙は、廃棄の日から7日以内に廃棄証明書を提出する。",
            ("disposal",),
            7,
        ),
    ],
)
def test_the_days_of_a_certificate_give_none_to_what_it_certifies(
    told: str, of: tuple[str, ...], days: int
) -> None:
    text = f"乙は、{told}"
    assert asked(text, "disposal-certificate")["within_days"] == days
    for kind in of:
        assert "within_days" not in asked(text, kind)


def test_a_change_that_is_told_later_sets_no_urgency_of_the_duty_itself() -> None:
    duty = "乙は、体制図を業務の開始前に甲に提出しなければならない。"
    assert "urgency" not in asked(
        f"{duty}体制に変更があったときは、速やかに更新版を提出する。", "management-system"
    )
    change = "乙は、体制に変更があったときは、速やかに体制図の更新版を甲に提出しなければならない。"
    assert asked(change, "management-system")["urgency"] == "速やかに"


def test_the_second_report_may_stand_in_a_sentence_of_what_is_done_after_it() -> None:
    text = (
        "書類をなくした者は、直ちに乙に申し出る。"
        "乙は、直ちに甲に電話で報告し、3日以内に経過と今後の防止策を文書で出す。"
    )
    found = asked(text, "incident-notice")
    assert (found["stages"], found["then_days"], found["by_word"]) == (2, 3, True)


def test_what_one_of_two_kinds_sets_is_not_said_of_a_third() -> None:
    text = (
        "乙は、毎月、情報の保管の状態を点検して甲に報告し、"
        "不備があったときは直ちに改め、改善の結果を甲に報告しなければならない。"
    )
    kinds = {one.kind for one in of(text).kinds}
    for one in of(text).settings:
        if not one.kind:
            mine = {kind for kind in kinds if PARAMETERS[one.name].belongs_to(kind)}
            assert all(one.name in asked(text, kind) for kind in mine)
    assert items(text, "improvement") is None
