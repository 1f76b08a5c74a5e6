"""What those are told who cannot see the page: all of it once, in its order, and what everything is."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from app.printing import blocks as b
from app.printing.binding.joining import Part, joined
from app.printing.copies.marking import marked_copy
from app.printing.proof.reading import ProofError, proof_read
from app.printing.render import render
from app.printing.type.words import DRAFT, spoken
from tests.support.tagged import Node, read_tags, said_by

Make = Callable[..., b.Document]
Roster = Callable[[int], b.Table]


def told(document: b.Document) -> Node:
    return read_tags(render(document))


def test_a_title_is_a_heading_items_stand_below_it_and_the_rest_are_paragraphs(document: Make) -> None:
    blocks = b.Title("届出書"), b.Item("１", "内容"), b.Text("本文"), b.End()
    sheet = told(document(*blocks)).kids[0]
    assert [(node.kind, node.told()) for node in sheet.kids[:4]] == [
        ("H1", "届出書"),
        ("H2", "１　内容"),
        ("P", "本文"),
        ("P", "以上"),
    ]


def test_items_of_a_sheet_without_a_title_skip_no_level(document: Make) -> None:
    assert told(document(b.Item("１", "内容"))).kids[0].kids[0].kind == "H1"


def test_points_that_follow_one_another_are_one_list(document: Make) -> None:
    points = [b.Text(f"・その{number}", hang=1) for number in range(3)]
    lists = told(document(*points, b.Text("文"), points[0])).found("L")
    assert [[point.told() for point in held.kids] for held in lists] == [
        ["・その0", "・その1", "・その2"],
        ["・その0"],
    ]


def test_heads_of_columns_and_labels_are_told_as_heads(document: Make, roster: Roster) -> None:
    grid = b.Grid((("目的", "搬送"), ("数量", "", "媒体", "USBメモリ")))
    table, sheet = told(document(roster(2), b.Text("間"), grid)).found("Table")
    assert [(cell.told(), cell.scope) for cell in table.kids[0].kids] == [
        (head, "Column") for head in ("番号", "氏名", "所属", "従事開始日", "件数")
    ]
    assert {cell.kind for row in table.kids[1:] for cell in row.kids} == {"TD"}
    assert [(cell.kind, cell.told(), cell.scope, cell.spans[1]) for cell in sheet.kids[0].kids] == [
        ("TH", "目的", "Row", 1),
        ("TD", "搬送", "", 3),
    ]
    assert [cell.told() for cell in sheet.kids[1].kids] == ["数量", "", "媒体", "USBメモリ"]


def test_a_cell_beside_two_lanes_spans_both(document: Make) -> None:
    columns = b.Column("№", 1), b.Column("氏名", 3, lower="住所"), b.Column("備考", 2)
    table = b.Table(columns, (("1", ("山田", "東京"), "無"),))
    rows = told(document(table)).found("Table")[0].kids
    assert [[(cell.told(), cell.spans[0]) for cell in row.kids] for row in rows] == [
        [("№", 2), ("氏名", 1), ("備考", 2)],
        [("住所", 1)],
        [("1", 2), ("山田", 1), ("無", 2)],
        [("東京", 1)],
    ]


@pytest.mark.parametrize("rows", [1, 24, 60])
def test_a_head_that_is_repeated_is_told_once_and_every_row_once(
    document: Make, roster: Roster, rows: int
) -> None:
    made = document(roster(rows))
    (table,) = told(made).found("Table")
    assert [row.kids[0].told() for row in table.kids] == ["番号", *map(str, range(1, rows + 1))]
    assert spoken(told(made).told()) == said_by(made.sheets[0])


def test_what_goes_on_overleaf_is_one_element_with_marks_on_both_pages(document: Make) -> None:
    long = "長い文章を印字し、次の頁に続くことを確かめる。" * 90
    made = document(b.Text(long), b.Grid((("番号一", long),)))
    root = told(made)
    paragraph, (row,) = root.found("P")[0], root.found("TR")
    assert [{page for page, _ in node.marks} for node in (paragraph, row.kids[1])] == [{0, 1}, {1, 2}]
    assert (row.kids[0].told(), row.kids[1].told()) == ("番号一", long)


def test_a_draft_sign_page_numbers_and_the_foot_are_not_told(document: Make) -> None:
    draft = document(b.Text("本文"), number=None)
    assert told(draft).told() == "本文"
    assert DRAFT not in told(draft).told()
    assert told(document(replace(draft.sheets[0], copy="控"))).told() == "本文"


def test_seals_pictures_charts_and_the_code_are_told_in_words(
    document: Make, picture: Callable[..., bytes]
) -> None:
    made = document(
        b.Submitter((("名称", "会社"),), picture(), 0),
        b.Photo(picture(), "破砕後", file="写真.png"),
        b.Chart((b.Box(("統括", "山田")), b.Box(("担当", "鈴木"), 0))),
        b.NewPage(),
        b.Text("終わり"),
    )
    figures = told(made).found("Figure")
    assert [figure.alt for figure in figures] == [
        "受注者の印影",
        "画像「写真.png」　破砕後",
        "図　統括、山田。担当、鈴木（「統括」の下）。",
        "紙の書類を台帳の控えと照合するための二次元コード",
    ]
    assert {page for page, _ in figures[-1].marks} == {0, 1}


def test_a_label_that_is_spread_over_its_width_is_told_as_a_word(document: Make) -> None:
    made = document(b.Submitter((("所在地", "千葉県☑"), ("☐代表", "渡邊")), None, 1), b.Signature(seal_row=2))
    paragraphs = [node.told() for node in told(made).found("P")]
    assert paragraphs == ["所在地千葉県☑", "☐代表渡邊印", f"日付{b.BLANK_DATE}", "所属", "氏名印"]


def test_another_reader_finds_the_same_words_in_the_same_order(
    document: Make, roster: Roster, tmp_path: Path
) -> None:
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("poppler is not installed")
    submitter = b.Submitter((("所在地", "千葉県君津市"), ("代表者職氏名", "渡邊　齋一郎")), None, 1)
    made = document(
        b.Title("証明書"), submitter, b.Item("１", "内容"), roster(60), b.Consent(("甲",), ("乙",))
    )
    path = tmp_path / "read.pdf"
    path.write_bytes(render(made))
    done = subprocess.run(
        [program, "-enc", "UTF-8", "-struct-text", str(path)], capture_output=True, check=True
    )
    assert not done.stderr
    said = re.findall(r'^ *"(.*)"$', done.stdout.decode("utf-8"), re.MULTILINE)
    assert spoken("".join(said)) == said_by(made.sheets[0])


def test_files_that_are_joined_are_told_one_after_the_other_and_links_by_where_they_lead(
    document: Make, roster: Roster
) -> None:
    first = document(b.Title("目次"), b.Text("添付A01　添付A02"))
    second, third = document(b.Title("一覧"), roster(60)), document(b.Title("誓約書"), b.Text("本文"))
    parts = [
        Part("目次", render(first)),
        Part("一覧", render(second), "A01"),
        Part("誓約書", render(third), "A02"),
    ]
    whole = joined(parts, "綴り")
    root = read_tags(whole)
    assert [part.kind for part in root.kids] == ["Part"] * 3
    expected = [said_by(one.sheets[0]) for one in (first, second, third)]
    assert [spoken(part.told()) for part in root.kids] == expected
    assert [link.links for link in root.kids[0].found("Link")] == [1, 1]
    with pikepdf.open(BytesIO(whole)) as pdf:
        said = [str(link.Contents) for link in pdf.pages[0].Annots]
    assert said == ["「一覧」へ", "「誓約書」へ"]
    again = read_tags(joined([Part("上", whole), Part("下", whole)], "綴りの綴り"))
    assert [spoken(part.told()) for part in again.kids] == ["".join(expected)] * 2
    assert len(again.found("Link")) == 4


def test_a_file_with_a_part_that_is_not_tagged_is_not_called_tagged(document: Make) -> None:
    plain = BytesIO()
    with pikepdf.open(BytesIO(render(document(b.Text("旧"))))) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
        pdf.save(plain, **pdfa.resolve_save_kwargs("2b", deterministic_id=True))
    parts = Part("新", render(document(b.Text("新")))), Part("旧", plain.getvalue())
    whole = joined(parts, "綴り")
    assert pdfa.validate_written(BytesIO(whole), "2b").passed
    with pikepdf.open(BytesIO(whole)) as pdf:
        assert "/MarkInfo" not in pdf.Root
        assert len(pdf.Root.StructTreeRoot.K.K) == 1
    marked = marked_copy(plain.getvalue(), "写し", date(2026, 11, 20))
    with pikepdf.open(BytesIO(marked)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_a_remark_that_is_laid_over_a_paper_is_told_first(document: Make, roster: Roster) -> None:
    made = document(b.Title("一覧"), roster(60))
    root = read_tags(marked_copy(render(made), "再発行", date(2026, 11, 20)))
    assert root.kids[0].kind == "P"
    assert [page for page, _ in root.kids[0].marks] == [0, 1, 2]
    assert spoken(root.kids[1].told()) == said_by(made.sheets[0])


def _spoilt(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, **pdfa.resolve_save_kwargs("2b", deterministic_id=True))
    return out.getvalue()


def _without_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _with_one_mark_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/P<</MCID 99>>BDC EMC")


def _with_a_mark_that_never_ends(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC ")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_without_tree, "not tagged"),
        (_with_one_mark_more, "marks"),
        (_with_a_mark_that_never_ends, "marks"),
    ],
)
def test_the_proof_finds_a_file_whose_marks_are_nobody_s(
    document: Make, change: Callable[[pikepdf.Pdf], None], kind: str
) -> None:
    made = document(b.Text("本文"))
    proof_read(_spoilt(render(made), lambda _: None), made)
    with pytest.raises(ProofError) as raised:
        proof_read(_spoilt(render(made), change), made)
    assert kind in {finding.kind for finding in raised.value.findings}


def test_joined_files_are_the_same_each_time_and_words_like_references_stay_words(document: Make) -> None:
    said = "see 12 0 R (and 1 0 R) \\ 3 0 R"

    def note(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [
                pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Link,
                        Rect=[0, 0, 10, 10],
                        F=4,
                        Contents=pikepdf.String(said),
                    )
                )
            ]
        )

    held = _spoilt(render(document(b.Title("控え"))), note)
    parts = Part("上", render(document(b.Title("届出書")))), Part("12 0 R", held)
    whole = joined(parts, "1 0 R")
    assert joined(parts, "1 0 R") == whole
    assert joined(parts[::-1], "1 0 R") != whole
    assert pdfa.validate_written(BytesIO(whole), "2b").passed
    with pikepdf.open(BytesIO(whole)) as pdf:
        assert str(pdf.pages[1].obj.Annots[0].Contents) == said
        assert str(pdf.docinfo.Title) == "1 0 R"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["上", "12 0 R"]
        first, second = (str(one) for one in pdf.trailer.ID)
        assert first == second
