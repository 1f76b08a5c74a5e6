"""Reading and checking records: every problem at once, in Japanese, at its field."""

from dataclasses import make_dataclass
from datetime import date, datetime

import pytest

from app.records import SPECS, Contract, Device, Disposal, Event, Facts, Person, Statement, Training
from app.records.days import fiscal_year
from app.records.numbering import check_pattern, document_number
from app.records.spec import Record, fields_of


def id_of(kind: str, key: str) -> int:
    if key.isdecimal():
        return int(key)
    raise ValueError(f"{SPECS[kind].label}「{key}」は登録されていません。")


def test_everything_that_is_missing_or_wrong_is_said_at_once() -> None:
    record, problems = Contract.spec.from_texts(
        {"number": "第1号", "starts_on": "令和8年13月1日", "ends_on": "R9.3.31", "persons": "たくさん"}
    )
    assert record is None
    assert problems["client"] == ["発注者を入力してください。"]
    assert problems["annexes"] == ["特記事項を入力してください。"]
    assert "日付として読めません" in problems["starts_on"][0]
    assert problems["persons"] == ["本人の数「たくさん」は整数で入力してください。"]
    assert "number" not in problems


def test_rows_are_checked_in_place() -> None:
    _, problems = Device.spec.from_texts(
        {"kind": "PC", "owner": "自社", "storages": [{"name": "SSD", "encryption": "全体"}, {"name": ""}]}
    )
    assert set(problems) == {"storages.2.name", "storages.2.encryption"}


def test_the_end_lies_not_before_the_start() -> None:
    texts = {
        "client": "1",
        "number": "第1号",
        "title": "住民税入力",
        "signed_on": "R8.4.1",
        "starts_on": "R8.4.1",
        "ends_on": "R8.3.31",
        "annexes": [{"annex": "kimitsu-hoji"}],
    }
    _, problems = Contract.spec.from_texts(texts)
    assert problems == {"ends_on": ["履行期間の終期は履行期間の始期以後の日にしてください。"]}


def test_unknown_fields_of_a_file_are_named() -> None:
    _, problems = Person.spec.from_json({"name": "髙橋", "employment": "社員", "blood": "A"}, id_of)
    assert problems == {"blood": ["「blood」という項目はありません。項目名を確かめてください。"]}


def test_wrong_types_of_a_file_are_named() -> None:
    _, problems = Training.spec.from_json(
        {"title": 3, "held_on": "2026-04-01", "topics": "罰則", "contracts": [{"contract": True}]}, id_of
    )
    assert problems == {
        "title": ["研修名は文字列で書いてください。"],
        "topics": ["研修内容は項目の組の配列で書いてください。"],
        "contracts.1.contract": ["契約は参照先のキーを文字列で書いてください。"],
    }


def test_a_dangling_reference_is_named() -> None:
    _, problems = Event.spec.from_json(
        {
            "asset": "A-9999",
            "kind": "受領",
            "status": "実績",
            "happened_at": "2026-04-01 10:00",
            "quantity": 1,
        },
        id_of,
    )
    assert problems == {"asset": ["情報資産「A-9999」は登録されていません。"]}


@pytest.mark.parametrize("text", ["その他：ドライブレコーダー", "その他:ドライブレコーダー"])
def test_other_carries_its_own_words(text: str) -> None:
    assert Device.spec.field("kind").kind.from_text(text) == "その他：ドライブレコーダー"


def test_a_closed_list_refuses_anything_else() -> None:
    with pytest.raises(ValueError, match="選べません"):
        Person.spec.field("employment").kind.from_text("その他：顧問")


def test_a_failed_disposal_line_says_what_followed() -> None:
    line = {"asset": "1", "item": "申請書", "medium": "紙", "quantity": "1", "unit": "箱", "result": "不良"}
    _, problems = Disposal.spec.from_texts(
        {
            "contract": "1",
            "status": "実績",
            "done_on": "R8.4.1",
            "method": "裁断",
            "responsible": "1",
            "lines": [line],
        }
    )
    assert problems == {"lines.1.followed": ["不良の明細には、その後の措置を入力してください。"]}


def test_a_change_keeps_what_the_door_wrote() -> None:
    base = Person(id=7, revision=3, recorded_by="鈴木", name="髙橋", employment="社員")
    changed, _ = Person.spec.from_texts({"name": "高橋", "employment": "社員"}, base=base)
    assert changed is not None
    assert (changed.id, changed.revision, changed.recorded_by, changed.name) == (7, 3, "鈴木", "高橋")


def test_names_are_kept_as_typed() -> None:
    for name in ("𠮷田", "髙﨑", "葛\U000e0100城", "\ufa19谷", "\ufa10本"):
        person, _ = Person.spec.from_texts({"name": name, "employment": "社員"})
        assert person is not None
        assert person.name == name


def test_document_numbers_follow_the_fiscal_year() -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert document_number("{年度}-{連番:04}", date(2027, 3, 31), 3) == "2026-0003"
    assert document_number("個保{和暦年度}第{連番}号", date(2026, 4, 1), 12) == "個保令和8第12号"


@pytest.mark.parametrize(
    "pattern", ["{年度}", "{連番}", "{年度}-{連番}-{x}", "{年度}{連番", "", "{年度:04d}{連番}"]
)
def test_a_pattern_that_cannot_tell_documents_apart_is_refused(pattern: str) -> None:
    assert "入れてください" in check_pattern(pattern)


def person(number: int, department: str = "") -> Person:
    return Person(
        id=number,
        name=f"要員{number}",
        employment="社員",
        employee_number=f"E-{number:03}",
        department=department,
    )


def test_facts_answer_by_type_id_reference_and_key() -> None:
    use = Event(
        id=1,
        asset=4,
        kind="受領",
        status="実績",
        happened_at=datetime.fromisoformat("2026-04-01"),
        quantity=1,
    )
    facts = Facts([person(2), person(1), use])
    assert [p.id for p in facts.all(Person)] == [1, 2]
    assert facts.find(Person, 3) is None
    assert facts.of(Event, "asset", 4) == (use,)
    assert facts.of(Event, "asset", 5) == ()
    assert facts.key(facts.get(Person, 1)) == "E-001"
    assert facts.key(use) == "1"
    with pytest.raises(KeyError):
        facts.get(Person, 9)


def test_replaced_facts_leave_the_old_view_as_it_was() -> None:
    facts = Facts([person(1), person(2)])
    newer = facts.replaced([person(1, department="総務課"), person(3)], [(Person, 2)])
    assert [p.department for p in facts.all(Person)] == ["", ""]
    assert [(p.id, p.department) for p in newer.all(Person)] == [(1, "総務課"), (3, "")]
    added: list[Record] = [person(5)]
    assert newer.replaced(added).find(Person, 5) is not None


def test_a_record_put_back_stands_in_its_place_again() -> None:
    facts = Facts([person(1), person(2), person(3)]).replaced([], [(Person, 2)])
    assert [p.id for p in facts.replaced([person(2), person(4)]).all(Person)] == [1, 2, 3, 4]


def test_a_training_is_called_by_title_and_day_in_files() -> None:
    training = Training(
        id=1, title="個人情報保護研修", held_on=date(2026, 4, 1), topics=(), contracts=(), attendance=()
    )
    assert Facts([training]).key(training) == "個人情報保護研修 / 2026-04-01"


def test_a_statement_reads_back_from_its_canonical_text() -> None:
    statement = Statement(
        form="oath",
        contract=1,
        on=date(2026, 4, 1),
        variant="新規",
        facts={"b": [1, None, "𠮷"], "a": {"x": True}},
        stated={"person:1": {"氏名": "葛\U000e0100城"}},
        subjects=("person:1",),
    )
    text = statement.canonical()
    assert Statement.from_canonical(text) == statement
    assert text.index('"a"') < text.index('"b"')


def test_a_declaration_written_as_text_is_refused() -> None:
    made = make_dataclass(
        "Late", [("name", "Annotated[str, Text(label='氏名')]")], bases=(Record,), kw_only=True, frozen=True
    )
    with pytest.raises(TypeError, match=r"Late\.name needs a kind"):
        fields_of(made)
