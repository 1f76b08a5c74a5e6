"""A client's Word form is filled everywhere it has text, and stays what it was everywhere else."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.common import PeopleError
from app.exchange.filling.filler import Filled, fill, inspect, suggest
from app.exchange.filling.values import Listed, Names, Placement
from tests.support.office import (
    FONT,
    HEAD,
    cell,
    check_box,
    control,
    docx,
    packed,
    par,
    row,
    run,
    table,
    text_box,
    unpacked,
)

PEOPLE = Listed(
    "従事者",
    ("氏名", "所属"),
    (("佐藤　美咲", "印刷課"), ("栁田　徳次郎", "入力課"), ("渡邉　由美子", "検査課")),
)
NAMES = Names(
    {
        "商号又は名称": "株式会社北斗データ",
        "所在地": "東京都架空区中央一丁目２番３号\n北斗ビル４階",
        "契約番号": "MK-1024",
        "届出の区分": "変更",
        "担当者": "",
    },
    (PEOPLE,),
)


def filled(data: bytes, *placements: Placement, names: Names = NAMES) -> Filled:
    return fill(inspect(data, "様式第1号.docx"), names, placements)


def body(done: Filled) -> str:
    return unpacked(done.data)["word/document.xml"].decode("utf-8")


def said(part: bytes | str) -> str:
    root = etree.fromstring(part.encode("utf-8") if isinstance(part, str) else part)
    return "".join(root.itertext("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


def test_a_name_is_filled_in_every_place_a_document_has() -> None:
    name = "{商号又は名称}"
    form = docx(
        par(name)
        + text_box(par(name))
        + control(par(name), '<w:tag w:val="company"/>')
        + table(row("名称", cell(table(row("内側", name))), cell(name, settings='<w:gridSpan w:val="2"/>')))
        + f'<w:p><w:ins w:id="1" w:author="x">{run(name)}</w:ins></w:p>',
        stories={
            "header1": par(name),
            "header2": par(name),
            "footer1": par(name),
            "footnotes": par(name),
            "endnotes": par(name),
        },
    )
    done = filled(form)
    parts = unpacked(done.data)
    assert said(parts["word/document.xml"]).count("株式会社北斗データ") == 7
    for story in ("header1", "header2", "footer1", "footnotes", "endnotes"):
        assert said(parts[f"word/{story}.xml"]) == "株式会社北斗データ"
    assert b"{" not in b"".join(
        parts[name] for name in parts if name.startswith("word/") and b"w:t" in parts[name]
    )
    assert done.unfilled == ()
    assert done.remarks == ()


def test_every_part_that_is_not_filled_stays_as_it_was_byte_for_byte() -> None:
    form = docx(
        par("{契約番号}"),
        {"word/media/seal.png": bytes(range(256)), "word/theme/theme1.xml": f"{HEAD}<a  b = '1'/>"},
        {"header1": par("様式第１号"), "footer1": par("{契約番号}")},
    )
    done = filled(form)
    before, after = unpacked(form), unpacked(done.data)
    assert list(before) == list(after)
    changed = {
        name
        for name in before
        if hashlib.sha256(before[name]).digest() != hashlib.sha256(after[name]).digest()
    }
    assert changed == {"word/document.xml", "word/footer1.xml"} == done.changed


def test_the_font_of_the_first_character_stays_and_no_run_is_joined() -> None:
    other = "<w:rPr><w:b/></w:rPr>"
    done = filled(docx(f"<w:p>{run('受注者　{商号')}{run('又は', other)}{run('名称}　印', other)}</w:p>"))
    runs = re.findall(r"<w:r>.*?</w:r>", body(done))
    assert [
        said(f'<x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{one}</x>')
        for one in runs
    ] == [
        "受注者　株式会社北斗データ",
        "",
        "　印",
    ]
    assert FONT in runs[0]
    assert body(done).count("eastAsia") == 1
    assert "mc:Ignorable" in body(done)


@given(
    st.lists(st.integers(0, 12), max_size=8),
    st.sampled_from(["", "甲　", "【"]),
    st.sampled_from(["", "　印"]),
)
def test_a_name_is_found_however_word_has_parted_it(cuts: list[int], before: str, after: str) -> None:
    whole = f"{before}{{商号又は名称}}{after}"
    marks = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    parted = [whole[start:end] for start, end in pairwise(marks)]
    done = filled(docx(par(*parted)))
    assert said(body(done)) == f"{before}株式会社北斗データ{after}"


@given(st.lists(st.sampled_from(["{契約番号}", "{商号又は名称}", "文", "｛契約番号｝"]), max_size=6))
def test_names_are_filled_wherever_they_stand_in_a_line(held: list[str]) -> None:
    done = filled(docx(par("始", *held)))
    wanted = "".join(held)
    for sign in ("{", "｛"):
        wanted = wanted.replace(f"{sign}契約番号{'}' if sign == '{' else '｝'}", "MK-1024")
    assert said(body(done)) == "始" + wanted.replace("{商号又は名称}", "株式会社北斗データ")


def test_lines_of_a_value_become_lines_of_the_document() -> None:
    done = filled(docx(par("{所在地}")))
    assert "<w:br/>" in body(done)
    assert said(body(done)) == "東京都架空区中央一丁目２番３号北斗ビル４階"


def test_a_value_that_looks_like_a_name_is_not_read_again() -> None:
    names = Names({"甲": "{乙}", "乙": "{甲}"})
    done = filled(docx(par("{甲}と{乙}")), names=names)
    assert said(body(done)) == "{乙}と{甲}"
    assert done.unfilled == ()


def test_an_unknown_name_is_named_with_its_place_and_nothing_is_filled() -> None:
    with pytest.raises(PeopleError, match=r"表1の1行目・2列目の「\{電話\}」に当たる名前がありません"):
        filled(docx(table(row("電話", "{電話}"))))


def test_braces_of_the_client_are_bound_to_a_name() -> None:
    done = filled(docx(par("{会社名}")), Placement("{会社名}", "商号又は名称"))
    assert said(body(done)) == "株式会社北斗データ"


def test_a_name_without_a_value_is_told_with_its_place() -> None:
    done = filled(docx(table(row("担当", "{担当者}"))))
    assert done.unfilled == ("表1の1行目・2列目の「{担当者}」：値がありません。",)


def test_a_fact_is_placed_on_a_cell_by_pointing_at_it() -> None:
    form = docx(table(row("商号又は名称", ""), row("所　在　地", "")))
    places = {place.near: place.id for place in inspect(form, "a.docx").places if place.near}
    done = filled(form, Placement(places["商号又は名称"], "商号又は名称"))
    assert "株式会社北斗データ" in said(body(done))
    assert suggest(inspect(form, "a.docx"), NAMES) == (
        Placement("表1:1:2", "商号又は名称"),
        Placement("表1:2:2", "所在地"),
    )


def test_an_empty_cell_takes_the_font_its_paragraph_is_set_in() -> None:
    blank = f"<w:p><w:pPr>{FONT}</w:pPr></w:p>"
    done = filled(docx(table(row("名", cell(blank)))), Placement("表1:1:2", "商号又は名称"))
    assert f"<w:r>{FONT}<w:t>株式会社北斗データ" in body(done)


def test_a_list_outside_a_table_stands_in_one_line() -> None:
    assert (
        said(body(filled(docx(par("従事者：{従事者／氏名}")))))
        == "従事者：佐藤　美咲、栁田　徳次郎、渡邉　由美子"
    )


@pytest.mark.parametrize(
    ("line", "ticked"),
    [
        (par("□ 新規　□ 変更"), "□ 新規　☑ 変更"),
        (par("□新規", "　□", "変更"), "□新規　☑変更"),
        (par("■ 契約　□ 新規　□ 変更"), "■ 契約　□ 新規　■ 変更"),
        (f"<w:p>{check_box()}{run(' 新規　')}{check_box()}{run(' 変更')}</w:p>", "☐ 新規　☒ 変更"),
    ],
)
def test_the_choice_ticks_its_box_as_the_form_does(line: str, ticked: str) -> None:
    form = docx(line)
    boxes = [
        one
        for one in inspect(form, "a.docx").places
        if one.kind == "チェック" and one.near in ("新規", "変更")
    ]
    done = filled(form, *(Placement(one.id, "届出の区分") for one in boxes))
    assert said(body(done)) == ticked
    if "w14:checked " in body(done):
        assert re.findall(r'<w14:checked w14:val="(\d)"/>', body(done)) == ["0", "1"]


def test_a_box_in_a_text_box_is_ticked_in_both_copies() -> None:
    form = docx(text_box(par("□ 変更")))
    assert said(body(filled(form, Placement("チェック1", "届出の区分")))) == "☑ 変更" * 2


def test_old_boxes_are_ticked_too() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    form = docx(par(field, " 変更") + par(sign, " 変更") + par("□") + table(row("□", "変更")))
    done = filled(form, *(Placement(f"チェック{at}", "届出の区分") for at in (1, 2, 4)))
    assert '<w:checked w:val="1"/>' in body(done)
    assert 'w:char="F0FE"' in body(done)
    assert said(body(done)) == " 変更 変更□☑変更"


def test_a_control_shows_the_value_and_is_no_hint_any_more() -> None:
    hint = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>ここに入力</w:t></w:r>'
    settings = (
        '<w:alias w:val="会社"/><w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/>'
    )
    form = docx(f"<w:p>{control(hint, settings)}</w:p>")
    (place,) = [one for one in inspect(form, "a.docx").places if one.kind == "枠"]
    assert (place.near, place.text) == ("会社", "ここに入力")
    done = filled(form, Placement(place.id, "商号又は名称"))
    assert said(body(done)) == "株式会社北斗データ"
    for gone in ("showingPlcHdr", "dataBinding", "PlaceholderText"):
        assert gone not in body(done)


def test_a_choice_that_the_control_has_not_is_told() -> None:
    settings = '<w:dropDownList><w:listItem w:displayText="新規" w:value="1"/></w:dropDownList>'
    form = docx(control(par("選択"), settings))
    done = filled(form, Placement("枠1", "届出の区分"))
    assert done.remarks == ("本文の選択肢に「変更」がありません。",)


@pytest.mark.parametrize(("height", "told"), [(400, True), (2000, False)])
def test_text_that_outgrows_a_fixed_row_is_told(height: int, told: bool) -> None:
    fixed = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
    done = filled(docx(table(row("所在地", "{所在地}", settings=fixed))))
    assert done.remarks == (("表1の1行目・2列目の文字が欄に収まらないおそれがあります。",) if told else ())


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ('<w:sz w:val="9"/>', True),
        ('<w:sz w:val="10"/>', False),
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
    ],
)
def test_text_that_nobody_can_read_is_told(look: str, told: bool) -> None:
    blank = f"<w:p><w:pPr><w:rPr>{look}</w:rPr></w:pPr></w:p>"
    done = filled(docx(table(row("番号", cell(blank)))), Placement("表1:1:2", "契約番号"))
    wanted = "表1の1行目・2列目の文字が小さすぎるか表示されない設定のため、読めません。"
    assert done.remarks == ((wanted,) if told else ())


def test_text_that_outgrows_a_box_is_told() -> None:
    done = filled(docx(text_box(par("{所在地}"), height=381_000)))
    assert done.remarks == ("テキストボックスの文字が欄に収まらないおそれがあります。",)


def test_what_was_deleted_and_codes_of_fields_stay() -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>{契約番号}</w:delText></w:r></w:del>'
    code = "<w:r><w:instrText>PAGE {契約番号}</w:instrText></w:r>"
    done = filled(docx(par(deleted, code, "{契約番号}")))
    assert body(done).count("{契約番号}") == 2
    assert said(body(done)) == "MK-1024"


@pytest.mark.parametrize(("enforced", "told"), [("1", True), ("0", False)])
def test_a_document_that_the_client_lets_nobody_change_is_told(enforced: str, told: bool) -> None:
    settings = (
        '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:documentProtection w:edit="forms" w:enforcement="{enforced}"/></w:settings>'
    )
    form = dict(unpacked(docx(par("{契約番号}"), {"word/settings.xml": settings})))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
    part = f'<Override PartName="/word/settings.xml" ContentType="{kind}"/></Types>'
    name = "[Content_Types].xml"
    form[name] = form[name].replace(b"</Types>", part.encode())
    done = filled(packed(form))
    assert bool(done.remarks) is told
    assert unpacked(done.data)["word/settings.xml"] == settings.encode()


def test_a_locked_control_is_filled_and_told() -> None:
    done = filled(docx(control(par("x"), '<w:lock w:val="sdtContentLocked"/>')), Placement("枠1", "契約番号"))
    assert done.remarks == (
        "本文の枠は、発注者が入力できないように保護しています。記入してよいか確かめてください。",
    )


def test_a_place_that_the_file_has_not_is_named() -> None:
    with pytest.raises(PeopleError, match="「表9:1:1」という場所が様式にありません"):
        filled(docx(par("文")), Placement("表9:1:1", "契約番号"))


def test_the_same_facts_make_the_same_file() -> None:
    form = docx(par("{契約番号}"))
    assert filled(form).data == filled(form).data


@pytest.mark.parametrize("left", ["{契約番号", "契約番号}", "｛契約番号", "{契約番号\t}"])
def test_a_brace_without_its_other_half_is_told(left: str) -> None:
    done = filled(docx(par("番号 {契約番号}") + par(left)))
    (told,) = done.unfilled
    assert "対になる波括弧が同じ行にありません" in told
    assert filled(docx(par("番号 {契約番号}"))).unfilled == ()
