"""accept, send-back, attach, reissue and compare: what becomes of a paper, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from app.printing.pages import OpenPdf
from tests.support import scans

Run = Callable[..., Any]
Refused = Callable[[Any], str]
NUMBER = "2025-0001"


@pytest.fixture
def sent(jutaku: Run, folder: Path) -> Path:
    """The PDF of a paper that was handed in on 25 March 2026."""
    out = folder / "届出.pdf"
    jutaku("issue", "location-notice", "--contract", "MK-1024", "--on", "2026-03-20", "--out", out)
    assert jutaku("submit", NUMBER, "--on", "2026-03-25", "--how", "持参").code == 0
    return out


def scanned(pdf: Path, folder: Path) -> Path:
    return scans.scanned(pdf.read_bytes(), folder / "控え.png")


def state(jutaku: Run) -> str:
    duties = jutaku("duties", "--contract", "MK-1024", "--on", "2026-04-01", "--json").json
    return str(next(duty for duty in duties if duty["kind"] == "work-location")["state"])


def blank(folder: Path) -> Path:
    Image.new("L", (600, 800), 255).save(folder / "白紙.png")
    return folder / "白紙.png"


def stamped(folder: Path) -> Path:
    """A picture with a seal and no code."""
    page = Image.new("L", (600, 800), 255)
    page.paste(60, (200, 200, 260, 260))
    page.save(folder / "印.png")
    return folder / "印.png"


def test_a_stamped_copy_is_found_by_its_code_and_filed(jutaku: Run, sent: Path, folder: Path) -> None:
    scan = scanned(sent, folder)
    done = jutaku("accept", "--on", "2026-03-27", "--scan", scan, "--json").json
    assert [(one["number"], one["accepted"]) for one in done] == [(NUMBER, "2026-03-27")]
    (held,) = [
        one for one in jutaku("records", "attachment", "--json").json if one["kind"] == "受領印のある控え"
    ]
    assert (held["file_name"], held["received_on"]) == ("控え.png", "2026-03-27")
    assert "受理済み" in jutaku("documents").out


def test_the_number_may_be_said_and_the_code_counts_more(
    jutaku: Run, sent: Path, folder: Path, refused: Refused
) -> None:
    other = folder / "別.pdf"
    jutaku(
        "issue", "location-notice", "--contract", "MK-1024", "--on", "2026-03-26", "--out", other, "--again"
    )
    jutaku("submit", "2025-0002", "--on", "2026-03-26", "--how", "郵送")
    wrong = refused(jutaku("accept", "2025-0002", "--on", "2026-03-27", "--scan", scanned(sent, folder)))
    assert f"書類「{NUMBER}」の控えです" in wrong
    assert jutaku("records", "attachment", "--json").json == []
    said = refused(jutaku("accept", NUMBER, "--on", "2026-03-27", "--scan", blank(folder)))
    assert "何も写っていません" in said
    assert "受理済み" not in jutaku("documents").out
    done = jutaku("accept", NUMBER, "--on", "2026-03-27", "--scan", stamped(folder))
    assert done.code == 0
    assert "番号の指定によって保管します" in done.err
    (held,) = jutaku("records", "attachment", "--json").json
    assert held["title"] == f"{NUMBER} の控え（照合用コードを読み取れませんでした）"


@pytest.mark.parametrize(
    ("day", "right"), [("2026-03-24", False), ("2026-03-25", True), ("2026-03-26", True)]
)
def test_the_day_of_acceptance_before_on_and_after_handing_in(
    jutaku: Run, sent: Path, refused: Refused, day: str, right: bool
) -> None:
    done = jutaku("accept", NUMBER, "--on", day, "--json")
    if right:
        assert done.json == [{"number": NUMBER, "accepted": day, "scan": None}]
        assert "既に受理済み" in refused(jutaku("accept", NUMBER, "--on", day))
    else:
        assert "受理日は提出日以後" in refused(done)


@pytest.mark.parametrize(
    ("day", "right"), [("2026-03-26", False), ("2026-03-27", True), ("2026-03-28", True)]
)
def test_sending_back_opens_the_duty_again(
    jutaku: Run, sent: Path, refused: Refused, day: str, right: bool
) -> None:
    assert state(jutaku) == "satisfied"
    jutaku("accept", NUMBER, "--on", "2026-03-27")
    done = jutaku("send-back", NUMBER, "--on", day, "--why", "押印漏れ", "--json")
    if not right:
        assert "差戻し日は受理日以後" in refused(done)
        assert state(jutaku) == "satisfied"
        return
    assert done.json == {"number": NUMBER, "sent_back": day}
    assert state(jutaku) != "satisfied"
    assert "差し戻されています" in refused(jutaku("accept", NUMBER, "--on", day))
    assert "差し戻されています" in refused(jutaku("send-back", NUMBER, "--on", day, "--why", "再度"))


def test_nothing_is_accepted_or_sent_back_before_it_was_handed_in(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    out = folder / "届出.pdf"
    jutaku("issue", "location-notice", "--contract", "MK-1024", "--on", "2026-03-20", "--out", out)
    for command in (["accept"], ["send-back", "--why", "誤記"]):
        said = refused(jutaku(command[0], NUMBER, "--on", "2026-03-21", *command[1:]))
        assert "まだ提出していません" in said
    said = refused(jutaku("accept", "--on", "2026-03-21", "--scan", scanned(out, folder)))
    assert "提出したことが記録されていません" in said
    said = refused(jutaku("reissue", NUMBER, "--why", "紛失", "--out", folder / "r.pdf"))
    assert "再発行は要りません" in said


def test_bad_scans_are_one_sentence_and_write_nothing(
    jutaku: Run, sent: Path, folder: Path, refused: Refused
) -> None:
    locked = folder / "鍵.pdf"
    with pikepdf.open(sent) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    (folder / "壊れ.png").write_bytes(blank(folder).read_bytes()[:200])
    (folder / "空.png").write_bytes(b"")
    for name, words in {
        "鍵.pdf": "パスワードが掛かっています",
        "壊れ.png": "壊れているため",
        "空.png": "中身が空",
        "白紙.png": "照合用コードを読み取れませんでした",
        "無い.png": "見つかりません",
    }.items():
        assert words in refused(jutaku("accept", "--on", "2026-03-27", "--scan", folder / name))
    assert "発行したPDFそのもの" in refused(jutaku("accept", "--on", "2026-03-27", "--scan", sent))
    assert "文書番号か、" in refused(jutaku("accept", "--on", "2026-03-27"))
    assert jutaku("records", "attachment", "--json").json == []


def test_a_lost_paper_is_printed_once_more_with_its_number(jutaku: Run, sent: Path, folder: Path) -> None:
    out = folder / "再発行.pdf"
    done = jutaku(
        "reissue", NUMBER, "--on", "2026-04-02", "--why", "発注者が紛失", "--out", out, "--json"
    ).json
    assert done["number"] == NUMBER
    with OpenPdf(out.read_bytes()) as copy, OpenPdf(sent.read_bytes()) as first:
        assert copy.page_count == first.page_count
        for page in range(first.page_count):
            text, before = ("".join(one.text(page).split()) for one in (copy, first))
            assert "再発行令和8年4月2日" in text
            assert text.replace("再発行令和8年4月2日", "") == before
    assert len(jutaku("documents", "--json").json) == 1
    (same,) = jutaku("compare", out, "--json").json
    assert (same["verdict"], same["number"]) == ("same", NUMBER)
    assert "再発行" in same["sentence"]
    assert jutaku("verify", "--json").json["ok"]


@pytest.mark.parametrize(
    ("day", "right"), [("2026-03-24", False), ("2026-03-25", True), ("2026-03-26", True)]
)
def test_a_second_copy_is_of_the_day_of_handing_in_or_later(
    jutaku: Run, sent: Path, folder: Path, refused: Refused, day: str, right: bool
) -> None:
    done = jutaku("reissue", NUMBER, "--on", day, "--why", "控えの求め", "--out", folder / "r.pdf")
    if right:
        assert done.code == 0
    else:
        assert "提出日以後の日" in refused(done)
        assert not (folder / "r.pdf").exists()
    assert len(jutaku("records", "attachment", "--json").json) == int(right)


def test_a_file_is_attached_to_a_record_by_its_key(jutaku: Run, folder: Path, refused: Refused) -> None:
    photo = blank(folder)
    done = jutaku("attach", "device", "PC-001", photo, "--kind", "写真", "--on", "2026-04-01", "--json").json
    assert (done["record"], done["title"]) == ("device", "白紙")
    (held,) = jutaku("records", "attachment", "--json").json
    assert (held["kind"], held["file_name"]) == ("写真", "白紙.png")
    assert "が台帳にありません" in refused(jutaku("attach", "device", "PC-999", photo, "--kind", "写真"))
    assert "の記録には添付できません" in refused(jutaku("attach", "machine", "1", photo, "--kind", "写真"))
    assert refused(jutaku("attach", "attachment", "1", photo, "--kind", "写真")).startswith("添付")
    assert "登録されていません" in refused(jutaku("attach", "event", "999", photo, "--kind", "写真"))


def disposed(jutaku: Run) -> Any:
    """The disposal of the sample that has the most lines."""
    return max(jutaku("records", "disposal", "--json").json, key=lambda one: len(one["lines"]))


def test_a_photograph_is_of_the_line_that_is_named_or_of_all(jutaku: Run, folder: Path) -> None:
    disposal = disposed(jutaku)
    number, last = disposal["number"], len(disposal["lines"])
    photo = blank(folder)
    for line in (1, last):
        given = ("--kind", "写真", "--title", f"明細{line}", "--line", line, "--json")
        assert jutaku("attach", "disposal", number, photo, *given).json["line"] == line
    assert jutaku("attach", "disposal", number, photo, "--kind", "写真", "--json").json["line"] is None
    held = {one["title"]: one for one in jutaku("records", "attachment", "--json").json}
    for line in (1, last):
        shown, row = held[f"明細{line}"], disposal["lines"][line - 1]
        assert (shown["asset"], shown["device"]) == (row["asset"], row["device"])
    assert (held["白紙"]["asset"], held["白紙"]["device"]) == (None, None)


@pytest.mark.parametrize("line", [-1, 0, 1])
def test_a_line_that_is_not_there_is_refused(jutaku: Run, folder: Path, refused: Refused, line: int) -> None:
    disposal, photo = disposed(jutaku), blank(folder)
    number, last = disposal["number"], len(disposal["lines"])
    asked = last + line if line > 0 else line
    said = refused(jutaku("attach", "disposal", number, photo, "--kind", "写真", "--line", asked))
    assert f"1から{last}まで" in said
    wrong = ("disposal", number, photo, "--kind", "受領書", "--line", 1)
    assert "--lineを外してください" in refused(jutaku("attach", *wrong))
    device = ("device", "PC-001", photo, "--kind", "写真", "--line", 1)
    assert "--lineを外してください" in refused(jutaku("attach", *device))
    assert jutaku("records", "attachment", "--json").json == []


def test_compare_tells_same_different_named_void_and_unknown(
    jutaku: Run, sent: Path, folder: Path, refused: Refused
) -> None:
    (same,) = jutaku("compare", sent, "--json").json
    assert (same["verdict"], same["where"], same["head"]["holds"]) == ("same", [], True)
    (paper,) = jutaku("compare", scanned(sent, folder), "--json").json
    assert (paper["verdict"], paper["number"], paper["head"]["holds"]) == ("named", NUMBER, True)
    assert "紙面の内容は比べていません" in paper["sentence"]
    code = jutaku("records", "submission", "--json").json[0]["code"]
    for typed in (NUMBER, "２０２５－０００１", code, code[:8].upper(), " ".join((code[:4], code[4:12]))):
        assert jutaku("compare", typed, "--json").json[0]["number"] == NUMBER
    assert "この台帳にありません" in jutaku("compare", "2025-0009").err
    assert "この台帳にありません" in jutaku("compare", "0123456789abcdef0123").err
    jutaku("void", NUMBER, "--why", "誤り", "--on", "2026-04-01")
    for given in (sent, scanned(sent, folder), NUMBER):
        done = jutaku("compare", given, "--json")
        assert (done.code, done.json[0]["verdict"]) == (1, "void")


def test_compare_says_where_a_pdf_differs(jutaku: Run, sent: Path, folder: Path) -> None:
    changed = folder / "改変.pdf"
    with pikepdf.open(sent) as opened:
        page = opened.pages[-1]
        page.contents_add(b"q 1 0 0 rg 200 400 120 80 re f Q")
        opened.save(changed)
    (found,) = jutaku("compare", changed, "--json").json
    assert (found["verdict"], found["number"]) == ("different", NUMBER)
    assert "見た目が違います" in found["where"][0]
    with pikepdf.open(sent) as opened:
        opened.pages.append(opened.pages[0])
        opened.save(changed)
    (found,) = jutaku("compare", changed, "--json").json
    assert "ページ、このPDFは" in found["where"][0]
    with pikepdf.open(sent) as opened:
        opened.save(changed)
    (found,) = jutaku("compare", changed, "--json").json
    assert found["where"] == [
        "紙面に違いは見つかりません。保存し直されたか、見えない部分が変えられたファイルです。"
    ]


def test_a_scan_saved_as_pdf_is_read_and_not_called_altered(jutaku: Run, sent: Path, folder: Path) -> None:
    out = BytesIO()
    Image.open(scanned(sent, folder)).convert("RGB").save(out, "PDF", resolution=150)
    (folder / "scan.pdf").write_bytes(out.getvalue())
    (found,) = jutaku("compare", folder / "scan.pdf", "--json").json
    assert (found["verdict"], found["number"]) == ("named", NUMBER)


def test_a_photograph_of_a_destruction_is_a_picture_and_not_the_same_twice(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    number, photo = disposed(jutaku)["number"], blank(folder)
    fake = folder / "fake.jpg"
    fake.write_text("写真ではありません", "utf-8")
    for line in ((), ("--line", 1)):
        said = refused(jutaku("attach", "disposal", number, fake, "--kind", "写真", *line))
        assert "「fake.jpg」は写真（画像かPDF）ではなく、テキストファイルです" in said
    assert jutaku("records", "attachment", "--json").json == []
    kept = ("attach", "disposal", number, photo, "--kind", "写真", "--line")
    assert (jutaku(*kept, 1).code, jutaku(*kept, 2).code) == (0, 0)
    assert "写真「白紙」と同じファイルで、添付済みです" in refused(jutaku(*kept, 1))
    assert jutaku("attach", "disposal", number, fake, "--kind", "受領書").code == 0
    assert len(jutaku("records", "attachment", "--json").json) == 3
