"""annex read, import, revise, learn: from the city's text to a draft, to the next year, to what is learnt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from app.annexes.files.text import text_of_table
from app.annexes.reading.review.deciding import choose_kinds, set_value
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.kept import read_back, written
from app.records import OwnAnnex, ReadingExample
from app.start import Product
from tests.cli.conftest import CHEAP, DAY, PASSPHRASE

Run = Callable[..., Any]
Refused = Callable[[Any], str]
File = Callable[..., Path]

HEAD = (
    "水辺町個人情報取扱特記事項\n"
    "水辺町（以下「甲」という。）と受託者（以下「乙」という。）は、次のとおり定める。\n"
)
SECRET = "乙は、この業務で知った個人情報を他人に知らせてはならない。この契約が終了した後も同様とする。"
LOGS = "乙は、操作の記録を1年間保存しなければならない。"
COPY = "乙は、甲の承諾を得ないで、個人情報が記録された資料を複写してはならない。"
STICK = "乙は、個人が所有する機器をこの業務に使用してはならない。"
ODD = "乙は、来庁者の多い日には、窓口の花に水をやるよう心配りを忘れないでほしいものである。"


def text(*clauses: str, head: str = HEAD) -> str:
    return head + "".join(f"第{at}条　{one}\n" for at, one in enumerate(clauses, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new ledger without records."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "pass.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    made, _ = Product().create(folder / "sample.jutaku", PASSPHRASE, "髙橋 美咲", CHEAP)
    made.close()
    return folder


@pytest.fixture
def file(tmp_path: Path) -> File:
    """A file with this text."""

    def made(held: str, name: str = "町の特記事項.txt") -> Path:
        path = tmp_path / name
        path.write_text(held, encoding="utf-8")
        return path

    return made


def opened(folder: Path) -> Any:
    from app.ledger.access import opening

    path = folder / "sample.jutaku"
    return Product().open(path, opening.unlock(path, PASSPHRASE))


def own(folder: Path) -> list[OwnAnnex]:
    with opened(folder) as ledger:
        return list(ledger.facts().all(OwnAnnex))


def settle(folder: Path, *, publish: bool = True, **kinds: tuple[str, ...]) -> None:
    """What a person does in the window: choose the kinds of some clauses by their numbers, then publish."""
    with opened(folder) as ledger:
        (record,) = [one for one in ledger.facts().all(OwnAnnex) if one.published_on is None]
        review = read_back(record.reading)
        for number, chosen in kinds.items():
            at = next(at for at, item in enumerate(review.items) if item.number == number)
            review = choose_kinds(review, at, chosen)
            if "access-log" in chosen:
                review = set_value(review, at, "access-log", "keep_months", 60)
            if "worker-list" in chosen:
                review = set_value(review, at, "worker-list", "items", ["氏名", "国籍"])
        content = text_of_table(draft(review, record.annex, record.title, record.version)).rstrip()
        made = replace(record, content=content, reading=written(review))
        ledger.change(replace(made, published_on=DAY) if publish else made, reason="確認")


def test_each_clause_says_what_it_asks_how_sure_and_by_which_words(run: Run, file: File) -> None:
    read = {one["number"]: one for one in run("annex", "read", file(text(SECRET, LOGS, ODD)), "--json").json}
    assert set(read[None]) == set(read["第1条"]) - {"lead", "conditions", "silent", "nothing_found"}
    (kind,) = read["第2条"]["kinds"]
    assert kind["kind"] == "access-log"
    assert 0 < kind["confidence"] <= 1
    assert "記録" in kind["because"]
    assert read["第2条"]["parameters"] == {"keep_months": 12}
    assert read["第2条"]["when"]
    assert "secrecy" in [one["kind"] for one in read["第1条"]["kinds"]]


def test_nothing_found_is_said_as_nothing_found(run: Run, file: File) -> None:
    ran = run("annex", "read", file(text(SECRET, ODD)))
    assert "（見つかりません）" in ran.out
    assert "1条項には義務が見つかりませんでした。義務がないという意味ではない" in ran.out
    (odd,) = [
        one for one in run("annex", "read", file(text(SECRET, ODD)), "--json").json if one["text"] == ODD
    ]
    assert (odd["kinds"], odd["when"], odd["silent"], odd["nothing_found"]) == ([], [], "", True)


def test_a_text_becomes_a_draft_that_says_what_is_to_be_looked_at(
    jutaku: Run, file: File, folder: Path
) -> None:
    path = file(text(SECRET, LOGS, ODD))
    dry = jutaku("annex", "import", path, "--key", "mizube", "--dry-run")
    assert "まだ登録していません" in dry.out
    assert own(folder) == []
    made = jutaku("annex", "import", path, "--key", "mizube", "--name", "水辺町の特記事項", "--json").json
    assert (made["annex"], made["version"], made["title"], made["published"]) == (
        *("mizube", 1, "水辺町の特記事項"),
        False,
    )
    assert "第3条" in made["to_check"]
    (held,) = own(folder)
    assert held.published_on is None
    assert [item.text for item in read_back(held.reading).items] == [SECRET, LOGS, ODD]
    assert SECRET not in held.content


def test_the_title_and_a_free_key_are_taken_from_the_text(jutaku: Run, file: File, folder: Path) -> None:
    left = len(jutaku("annex", "import", file(text(SECRET, ODD)), "--dry-run", "--json").json["to_check"])
    told = jutaku("annex", "import", file(text(SECRET, ODD))).out
    assert "「水辺町個人情報取扱特記事項」第1版（yomitori-1）を下書きとして登録しました" in told
    assert left
    assert f"{left}条項は人の確認が要ります" in told
    jutaku("annex", "import", file(text(LOGS, ODD)))
    assert [one.annex for one in own(folder)] == ["yomitori-1", "yomitori-2"]


def test_bringing_a_text_in_is_one_change_that_can_be_undone(jutaku: Run, file: File, folder: Path) -> None:
    jutaku("annex", "import", file(text(SECRET, ODD)))
    assert jutaku("undo").code == 0
    assert own(folder) == []


def test_the_same_text_is_noticed_however_it_comes(
    jutaku: Run, file: File, folder: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    jutaku("annex", "import", file(text(SECRET, ODD)), "--key", "mizube")
    again = text(SECRET, ODD).replace("\n", "\r\n\r\n").replace("個人情報", "個人 情報")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(again.encode("cp932"))))
    said = refused(jutaku("annex", "import", "-", "--key", "other"))
    assert "「水辺町個人情報取扱特記事項」第1版（下書き）として登録済みです" in said
    assert len(own(folder)) == 1
    assert jutaku("annex", "import", file(text(SECRET, LOGS)), "--key", "mizube", "--update").code == 0
    (held,) = own(folder)
    assert [item.text for item in read_back(held.reading).items] == [SECRET, LOGS]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--publish"], "確かめる前に確定できません"),
        (["--key", "minato"], "識別名「minato」は既に使われています"),
        (["--key", "Ａ 町"], "英小文字・数字・ハイフン"),
        (["--document", "2"], "2番目の特記事項はありません"),
    ],
)
def test_what_cannot_be_a_draft_is_refused_and_nothing_is_written(
    jutaku: Run, file: File, folder: Path, refused: Refused, more: list[str], said: str
) -> None:
    assert said in refused(jutaku("annex", "import", file(text(SECRET, ODD)), *more))
    assert own(folder) == []


def test_sure_ones_alone_or_all_that_is_proposed(jutaku: Run, file: File) -> None:
    doubtful = file(text(SECRET, "乙は、管理責任者に、適正な管理が図られるよう必要な監督を行わせる。"))
    sure = jutaku("annex", "import", doubtful, "--sure-only", "--dry-run", "--json").json
    every = jutaku("annex", "import", doubtful, "--all-proposals", "--dry-run", "--json").json
    assert sure["to_check"] == every["to_check"]
    assert sure["duties"] <= every["duties"]
    assert jutaku("annex", "import", doubtful, "--all-proposals", "--sure-only").code == 2


def test_of_two_annexes_in_one_file_it_is_asked_which(
    jutaku: Run, file: File, folder: Path, refused: Refused
) -> None:
    both = (
        text(SECRET, LOGS)
        + "\n\n\n"
        + text(COPY, STICK, head=HEAD.replace("個人情報取扱", "特定個人情報取扱"))
    )
    path = file(both)
    said = refused(jutaku("annex", "import", path))
    assert "特記事項が2つあります（1：水辺町個人情報取扱特記事項、2：水辺町特定個人情報取扱特記事項）" in said
    assert own(folder) == []
    assert jutaku("annex", "import", path, "--document", "2").code == 0
    (held,) = own(folder)
    assert held.title == "水辺町特定個人情報取扱特記事項"
    assert [item.text for item in read_back(held.reading).taken] == [COPY, STICK]


WORK = "受託者は、毎月5日までに封筒を届けなければならない。"
SPECIFICATION = f"封筒の印刷業務仕様書\n1　{WORK}\n2　受託者は、色の見本を発注者に示して承諾を得る。\n"
CONTRACT = (
    "業務委託契約書\n第1条　受託者は、別紙のとおり業務を行わなければならない。\n"
    "第2条　委託料は、月額とする。\n"
)


def test_of_a_specification_with_its_annex_the_annex_alone_is_taken_and_that_is_said(
    jutaku: Run, file: File, folder: Path
) -> None:
    whole = file(f"{SPECIFICATION}\n\n\n{text(SECRET, LOGS)}")
    planned = jutaku("annex", "import", whole, "--dry-run", "--json").json
    assert (planned["documents"], planned["left_out"]) == (
        ["水辺町個人情報取扱特記事項"],
        ["封筒の印刷業務仕様書"],
    )
    assert planned["clauses"] == 2
    said = jutaku("annex", "import", whole).out
    assert (
        "条項は「水辺町個人情報取扱特記事項」から取りました。「封筒の印刷業務仕様書」の条項は含めていません。"
        in said
    )
    (held,) = own(folder)
    review = read_back(held.reading)
    assert [item.text for item in review.taken] == [SECRET, LOGS]
    assert WORK in {item.text for item in review.items}


def test_of_an_annex_by_itself_nothing_is_said_to_be_left_out(jutaku: Run, file: File) -> None:
    alone = file(text(SECRET, LOGS))
    assert jutaku("annex", "import", alone, "--dry-run", "--json").json["left_out"] == []
    assert "含めていません" not in jutaku("annex", "import", alone, "--dry-run").out


def test_of_two_documents_without_any_annex_it_is_asked_which(
    jutaku: Run, file: File, folder: Path, refused: Refused
) -> None:
    path = file(f"{CONTRACT}\n\n\n{SPECIFICATION}")
    said = refused(jutaku("annex", "import", path))
    assert "条項のある文書が2つあります（1：業務委託契約書、2：封筒の印刷業務仕様書）" in said
    assert own(folder) == []
    assert jutaku("annex", "import", path, "--document", "2").code == 0
    (held,) = own(folder)
    assert read_back(held.reading).taken[0].text == WORK


def test_the_next_year_takes_the_kinds_of_documents_that_were_taken_before(
    jutaku: Run, file: File, folder: Path
) -> None:
    jutaku("annex", "import", file(text(SECRET, LOGS)), "--key", "mizube")
    settle(folder)
    whole = file(f"{SPECIFICATION}\n\n\n{text(SECRET, LOGS, COPY)}")
    ran = jutaku("annex", "revise", "mizube", whole)
    assert "「封筒の印刷業務仕様書」の条項は含めていません。" in ran.out
    made = max(own(folder), key=lambda one: one.version)
    assert [item.text for item in read_back(made.reading).taken] == [SECRET, LOGS, COPY]


def test_a_menu_is_no_annex(jutaku: Run, file: File, folder: Path, refused: Refused) -> None:
    said = refused(jutaku("annex", "import", file("本日の献立\n1 カレー\n2 うどん\n", "献立.txt")))
    assert said.startswith("「献立.txt」を読み取れません。条項が見つかりません。")
    assert own(folder) == []


def test_a_corrected_item_is_learnt_with_its_sentence_and_followed_behind_it_alone(
    jutaku: Run, file: File, folder: Path
) -> None:
    lead = "乙は、次のものを机の上に並べてはならない。"
    listed = text(f"{lead}\n(1)　赤い紙の束\n(2)　青い紙の束")
    jutaku("annex", "import", file(listed), "--key", "mizube")
    with opened(folder) as ledger:
        (record,) = list(ledger.facts().all(OwnAnnex))
    numbers = [item.number for item in read_back(record.reading).items]
    item = next(one for one in numbers if one.endswith("(1)"))
    settle(folder, publish=True, **{item: ("access-log",)})
    jutaku("annex", "learn", "mizube")
    again = jutaku("annex", "read", file(listed, "again.txt"), "--json").json
    read = {one["number"]: one for one in again}
    assert [one["kind"] for one in read[item]["kinds"]] == ["access-log"]
    assert read[item]["kinds"][0]["because"].startswith("前に直した条項に倣いました")
    assert read[item]["parameters"] == {"keep_months": 60}
    other = text("乙は、次のものを甲から借りることができる。\n(1)　赤い紙の束\n(2)　青い紙の束")
    assert "倣いました" not in jutaku("annex", "read", file(other, "other.txt"), "--json").out


def test_the_next_year_keeps_what_was_settled_and_says_what_changed(
    jutaku: Run, file: File, folder: Path
) -> None:
    jutaku("annex", "import", file(text(SECRET, LOGS, COPY)), "--key", "mizube")
    settle(folder, 第2条=("access-log",))
    new = text(SECRET, STICK, LOGS, COPY.replace("承諾", "書面による承諾"))
    dry = jutaku("annex", "revise", "mizube", file(new), "--dry-run", "--json").json
    assert [(one["status"], one["from"], one["to"]) for one in dry["clauses"]] == [
        ("kept", "第1条", "第1条"),
        ("added", None, "第2条"),
        ("kept", "第2条", "第3条"),
        ("changed", "第3条", "第4条"),
    ]
    assert [one["text"] for one in dry["clauses"][3]["words"] if one["fate"] == "added"] == ["書面による"]
    assert len(own(folder)) == 1
    told = jutaku("annex", "revise", "mizube", file(new)).out
    assert "変更なし2（うち番号だけが変わった条項1）、変更1、新設1、廃止0" in told
    assert "乙は、甲の［＋書面による］承諾を得ないで" in told
    assert "【新設】第2条" in told
    (_, made) = sorted(own(folder), key=lambda one: one.version)
    assert (made.version, made.published_on) == (2, None)
    items = {item.number: item for item in read_back(made.reading).items}
    assert [(one.name, one.value) for one in items["第3条"].details if one.ticked] == [("keep_months", 60)]
    assert jutaku("undo").code == 0
    assert [one.version for one in own(folder)] == [1]


def test_the_same_text_is_no_new_version_and_another_one_is_none_of_this_annex(
    jutaku: Run, file: File, folder: Path, refused: Refused
) -> None:
    jutaku("annex", "import", file(text(SECRET, LOGS)), "--key", "mizube")
    assert "まだ確定していません" in refused(jutaku("annex", "revise", "mizube", file(text(SECRET))))
    settle(folder)
    assert "第1版と同じです" in refused(jutaku("annex", "revise", "mizube", file(text(SECRET, LOGS))))
    assert "対応する条項がありません" in refused(jutaku("annex", "revise", "mizube", file(text(STICK))))
    assert "特記事項「nowhere」" in refused(jutaku("annex", "revise", "nowhere", file(text(STICK))))
    assert jutaku("annex", "revise", "mizube", file(text(SECRET, COPY))).code == 0
    assert "下書きが既にあります" in refused(jutaku("annex", "revise", "mizube", file(text(SECRET, COPY))))
    assert jutaku("annex", "revise", "mizube", file(text(SECRET, STICK)), "--update").code == 0
    assert [one.version for one in own(folder)] == [1, 2]


def test_what_was_corrected_is_learnt_and_followed_by_the_next_reading(
    jutaku: Run, file: File, folder: Path, refused: Refused
) -> None:
    jutaku("annex", "import", file(text(SECRET, ODD)), "--key", "mizube")
    assert "直した条項はありません" in refused(jutaku("annex", "learn", "mizube"))
    settle(folder, publish=False, 第2条=("training",))
    assert jutaku("annex", "learn", "mizube", "--dry-run", "--json").json == {
        "new": 1,
        "changed": 0,
        "same": 0,
        "written": False,
    }
    assert jutaku("annex", "learn", "mizube", "--json").json["new"] == 1
    assert jutaku("annex", "learn", "mizube", "--json").json["same"] == 1
    next_year = file(text(SECRET, ODD.replace("来庁者", "来館者")), "別の町.txt")
    read = {one["number"]: one for one in jutaku("annex", "read", next_year, "--json").json}
    (kind,) = read["第2条"]["kinds"]
    assert kind["kind"] == "training"
    assert kind["because"].startswith("前に直した条項に倣いました")
    assert "1条項は、前に直した条項に倣いました。" in jutaku("annex", "read", next_year).out
    jutaku("undo")
    assert jutaku("annex", "examples", "--json").json == []


def test_examples_go_out_without_a_word_of_the_text_and_come_in_elsewhere(
    jutaku: Run, file: File, folder: Path, tmp_path: Path
) -> None:
    jutaku("annex", "import", file(text(SECRET, ODD)), "--key", "mizube")
    settle(folder, publish=False, 第2条=("training",))
    jutaku("annex", "learn", "mizube")
    bare, whole = tmp_path / "見本.json", tmp_path / "見本（条文入り）.json"
    assert "条文は含みません" in jutaku("annex", "export-examples", bare).out
    assert "条文を含みます" in jutaku("annex", "export-examples", whole, "--with-text").out
    said = bare.read_text(encoding="utf-8")
    assert said.isascii()
    assert ODD in whole.read_text(encoding="utf-8")
    with opened(folder) as ledger:
        ledger.retire(ledger.facts().all(ReadingExample)[0], "試し")
    taken = jutaku("annex", "import-examples", bare, "--json").json
    assert (taken["new"], taken["same"]) == (1, 0)
    (kind,) = jutaku("annex", "read", file(text(ODD, SECRET)), "--json").json[2]["kinds"]
    assert (kind["kind"], kind["confidence"]) == ("training", 0.9)
    assert "（条文なし）" in jutaku("annex", "examples").out
    assert jutaku("annex", "import-examples", whole, "--json").json["changed"] == 1


def test_the_conditions_that_somebody_set_go_with_an_example_and_words_only_with_the_text(
    jutaku: Run, file: File, folder: Path, tmp_path: Path
) -> None:
    listed = "乙は、従事者の氏名及び住所を記載した名簿を甲に提出しなければならない。"
    alone = jutaku("annex", "read", file(text(listed)), "--json").json
    own = next(one for one in alone if one["number"] == "第1条")["parameters"]["items"]
    assert "住所" in own
    jutaku("annex", "import", file(text(LOGS, listed)), "--key", "mizube")
    settle(folder, publish=False, 第1条=("access-log",), 第2条=("worker-list",))
    jutaku("annex", "learn", "mizube")
    bare, whole = tmp_path / "見本.json", tmp_path / "見本（条文入り）.json"
    jutaku("annex", "export-examples", bare)
    jutaku("annex", "export-examples", whole, "--with-text")
    assert "keep_months" in bare.read_text(encoding="utf-8")
    assert "国籍" not in bare.read_text(encoding="utf-8").encode("ascii").decode("unicode-escape")
    assert "国籍" in whole.read_text(encoding="utf-8")
    for path, items in ((bare, own), (whole, ["氏名", "国籍"])):
        with opened(folder) as ledger:
            for one in ledger.facts().all(ReadingExample):
                ledger.retire(one, "試し")
        jutaku("annex", "import-examples", path)
        read = {
            one["number"]: one for one in jutaku("annex", "read", file(text(listed, LOGS)), "--json").json
        }
        assert read["第2条"]["parameters"]["keep_months"] == 60
        assert read["第1条"]["parameters"]["items"] == items


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("[]", "読取りの見本のファイルではありません"),
        ("{", "「見本.json」は読取りの見本のファイルとして読めません。JSON"),
        ('{"form": "jutaku-reading-examples", "version": 2}', "新しい版のソフト"),
        ('{"form": "jutaku-reading-examples", "version": 1, "examples": []}', "見本がありません"),
        ('{"form": "jutaku-reading-examples", "version": 1, "examples": [1]}', "1件目の見本が読めません"),
        (
            json.dumps(
                {
                    "form": "jutaku-reading-examples",
                    "version": 1,
                    "examples": [
                        {"mark": "0" * 64, "sketch": "-" * 128, "kinds": ["oath"], "when": ["standing"]},
                        {"mark": "0" * 64, "sketch": "-" * 127, "kinds": [], "when": ["info"]},
                    ],
                }
            ),
            "2件目の見本が読めません",
        ),
        (
            json.dumps(
                {
                    "form": "jutaku-reading-examples",
                    "version": 1,
                    "examples": [
                        {"mark": "0" * 64, "sketch": "-" * 128, "kinds": [], "when": ["info"], "text": SECRET}
                    ],
                }
            ),
            "1件目の見本が読めません",
        ),
    ],
)
def test_a_file_that_holds_no_examples_is_refused(
    jutaku: Run, file: File, folder: Path, refused: Refused, held: str, said: str
) -> None:
    assert said in refused(jutaku("annex", "import-examples", file(held, "見本.json")))
    with opened(folder) as ledger:
        assert not ledger.facts().all(ReadingExample)


def test_an_annex_that_was_written_by_hand_teaches_nothing(jutaku: Run, file: File, refused: Refused) -> None:
    assert "自社で登録した特記事項に「minato」はありません" in refused(jutaku("annex", "learn", "minato"))
    assert "見本がありません" in refused(
        jutaku("annex", "export-examples", file("", "出力.json").with_name("x.json"))
    )
