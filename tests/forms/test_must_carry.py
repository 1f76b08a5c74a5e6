"""What each form must carry: the tables of all forms together leave none out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from forms.form import Form
from tests.forms import (
    test_accident_reports,
    test_applications,
    test_asset_registers,
    test_check_papers,
    test_handed_papers,
    test_outside_papers,
    test_people_must_carry,
)
from tests.support.paper import printed_text
from tests.support.prepared import prepared

CARRIED = {
    "personnel-report": {
        "roles with names, department and post": "業務責任者𠮷田一郎業務部部長",
        "another role": "個人情報保護管理責任者髙橋花子管理部情報管理課課長",
        "since": "令和8年4月1日",
        "workers": "渡邉由美子業務部入力課主任社員",
        "temporary workers with their agency": "（派遣元：株式会社スタッフみらい）派遣",
        "information handled": "（情報：氏名、住所、納付額）",
        "from, to": "令和8年4月1日から終了日未定",
        "how many": "計8人",
    },
    "location-notice": {
        "name": "名称本社保管庫",
        "address": "所在地〒150-0001東京都架空区中央一丁目２番３号",
        "room": "建物・階・室北斗ビル４階405号室",
        "area": "区域管理区域",
        "use": "用途原票及び媒体の保管",
        "lock": "施錠シリンダー錠",
        "entry control": "入退室管理入退室記録簿",
        "from, to": "使用開始日令和8年4月1日使用終了日未定",
    },
    "device-register": {
        "control number": "PC-001",
        "kind": "種別製造番号",
        "maker and model": "北斗電機HK-100",
        "serial": "SN26000001",
        "OS": "Windows11Pro24H2",
        "encryption": "内蔵SSD：全体（BitLocker、XTS-AES256bit）",
        "anti-malware": "MicrosoftDefender",
        "owner": "リース",
        "custodian": "𠮷田一郎",
        "place": "本社第一作業室",
        "planned": "令和8年7月1日（予定）",
        "disposal number, to": "D-0002令和8年5月20日令和8年5月20日",
    },
    "oath": {
        "addressee": "みなと北市長様",
        "contract": "納税通知書作成及び封入封緘業務委託（契約番号MK-1024）",
        "acts and articles": "個人情報の保護に関する法律第66条（安全管理措置）、第67条（従事者の義務）",
        "what was explained": "個人情報保護に関する特記事項」に定める情報の取扱い及び安全管理の方法",
        "by whom": "説明した者株式会社𠮷野データサービス業務部部長𠮷田一郎",
        "when": "説明を受けた日令和年月日",
        "to be signed by hand": "日付令和年月日所属氏名",
        "one for each": "配付先業務部入力課渡邉由美子",
        "no copy and no taking out": "許可なく複写し、又は持ち出しません。",
    },
    "training-report": {
        "date": "実施日令和8年3月25日",
        "place or method": "場所又は方法本社３階第一会議室",
        "lecturer": "講師管理部髙橋花子",
        "topics with their clauses": "民事責任（機密保持及び個人情報保護に関する特記事項第11条）",
        "material": "教材個人情報取扱いの手引第5版",
        "numbers": "対象者8人受講者7人未受講者1人",
        "who is left, and when": "高木ひかり（令和8年6月15日に補講予定）",
        "attendants": "𣘺本誠業務部印刷課済令和8年3月25日",
        "later": "済令和8年3月30日",
    },
    "transfer-record": {
        "receipts": "令和8年4月1日9時01分A-0001納税通知書データ（第1期）1個みなと北市保険年金課神谷主査",
        "how many": "受領の記録24件返還の記録4件残数量のある情報資産19件",
        "returns, with what is left": "A-0024異動届の写し（第5期）個人情報紙1,224枚0枚1,224枚0枚0枚",
        "balance": "令和8年6月1日現在の残数量",
        "way": "手渡し施錠ケースに収めて運搬",
    },
    "disposal-certificate": {
        "item": "口座振替の一覧（第1期）",
        "medium, quantity, method": "紙3枚裁断",
        "who answers, day": "部長𠮷田一郎令和8年5月18日",
        "all of it was destroyed": "次に掲げるもののすべてを、完全に廃棄し又は消去して",
        "witness": "立会人みなと北市保険年金課神谷主査",
        "serial": "SN26000009",
        "tool and version": "完全消去Pro（7.2.1）",
        "standard and edition": "NISTSP800-88（Rev.2）",
        "verification": "全領域の読出し照合合格残存なし",
        "checked by": "確認髙橋花子",
    },
    "status-report": {
        "period": "報告対象期間令和8年4月1日から令和8年6月1日まで",
        "by whom": "作成者管理部情報管理課髙橋花子",
        "that nobody looked": "条項の遵守を確認した者確認の記録なし",
        "what is broken": "違反4件",
        "clause and state": "第2条（秘密の保持）〔秘密保持〕要確認",
        "remark": "この条項が守られていることを確かめた記録がありません。",
        "all of them": "計42件",
    },
    "evidence-binder": {
        "period": "対象期間令和8年4月1日から令和8年6月1日まで",
        "index": "目次１条項と証跡の対照表２記録の一覧３ファイルのSHA-256と確かめ方",
        "clause to evidence": "現在のものです。機密保持及び個人情報保護に関する特記事項",
        "how many papers": "綴った書類0件",
        "records": "２記録の一覧",
    },
}
"""Form → item that it must carry → how that reads on its paper, without white space."""
ELSEWHERE = (
    test_accident_reports.CARRIED,
    test_applications.MUST_CARRY,
    test_asset_registers.CARRIED,
    test_check_papers.CARRIED,
    test_handed_papers.CARRIED,
    test_outside_papers.CARRIED,
    test_people_must_carry.CARRIED,
)
"""The tables of the forms whose sample is made for them."""
Papers = Callable[[str], str]


def test_every_form_has_its_table(forms: Mapping[str, Form[Any]]) -> None:
    named = [name for table in (CARRIED, *ELSEWHERE) for name in table]
    assert sorted(named) == sorted(forms), "a form stands in one table"


@pytest.fixture(scope="module")
def papers(catalogue: Catalogue, forms: Mapping[str, Form[Any]]) -> Papers:
    """The text of each form's paper, printed once."""
    known: dict[str, str] = {}

    def text(name: str) -> str:
        if name not in known:
            known[name] = printed_text(forms[name], forms[name].gather(prepared(catalogue, name).case()))
        return known[name]

    return text


@pytest.mark.parametrize(
    ("name", "item"), [(name, item) for name, items in CARRIED.items() for item in items]
)
def test_a_paper_carries_what_it_must(papers: Papers, name: str, item: str) -> None:
    assert CARRIED[name][item] in papers(name)
