"""What one can do with the program, each act with the words by which people look for it and where it is done.

Most acts follow from what there is: a record type that can be begun, a list, a form, a section of the
settings. Here stand only what else people call them, and the few acts that are more than one of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.exchange.handouts.catalogue import HANDOUTS
from app.records import SPECS, Field, Spec, fields_of
from app.records.kinds import Choice, Many, Rows
from app.records.spelling.fold import fold
from app.ui.homes import home, new_record
from app.ui.settings.page import SECTIONS
from app.ui.targets import (
    BringIn,
    DoAct,
    IssueForm,
    IssueMany,
    MakeHandout,
    MergeLedger,
    ReadAnnex,
    ReadMachines,
    ShowContracts,
    ShowDocuments,
    ShowDone,
    ShowHandovers,
    ShowList,
    ShowOutside,
    ShowSettings,
    ShowToday,
    Target,
)
from app.work.acts.catalogue import ACTS
from app.work.batches import BEFORE_START, BINDER, ON_CHANGE

_TOLD = 4
"""Other words that are shown beside the name of an act."""
_SHORTEST = 2
"""Characters that a word of an act has at least to be found within what was typed."""

_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "vendor": "自社の情報 会社名 所在地 代表者 じしゃ",
        "client": "市役所 市区町村 役所 自治体 委託元 はっちゅうしゃ",
        "subcontractor": "協力会社 下請 外注先 さいいたくさき",
        "contract": "受注 落札 業務委託 新しい契約 けいやく",
        "person": "入社 採用 新人 社員 従業員 職員 よういん",
        "assignment": "従事者 配置 担当替え 業務責任者 責任者・従事者を登録 じゅうじ",
        "structure": "体制図 組織図 責任者 たいせい",
        "oath": "署名 誓約 せいやくしょ",
        "training": "教育 講習 受講 けんしゅう",
        "location": "事務所 作業室 保管庫 住所 引越し 移転 さぎょうばしょ",
        "location_use": "作業場所を追加 場所を変える 引越し 移転",
        "device": "パソコン USB USBメモリ 端末 外付け ハードディスク きき",
        "device_use": "パソコンを追加 パソコンを移す 端末の移動 機器を使い始める",
        "device_check": "ウイルス対策 更新プログラム パッチ そふと",
        "asset": "預かった資料 受け取った情報 個人情報 データ しりょう",
        "approval": "許可 承認 同意 申請 しょうだく",
        "subcontract": "外注 下請に出す さいいたく",
        "instruction": "指示書 依頼 協議 連絡 しじ",
        "system": "サーバー クラウド アプリ",
        "access_review": "ログ 操作記録 不正アクセス",
        "backup_run": "控え 複製 世代",
        "transfer_agreement": "受渡し 送付方法 運搬",
        "event": "受領 持出し 複写 コピー 返還 引渡 送付 受け取った 返した 持ち出した じゅりょう へんかん",
        "disposal": "溶解 消去 処分 捨てる データ消去 はいき",
        "check": "見回り 自己点検 てんけん",
        "safety_measure": "対策 セキュリティ対策 組織的 人的 物理的 技術的 あんぜんかんりそち",
        "attestation": "確認した 守っている じゅんしゅ",
        "incident": "紛失 USBを紛失 パソコンを紛失 なくした 無くした 置き忘れ 漏えい 漏洩 流出 盗まれた "
        "誤送信 誤廃棄 ウイルス感染 じこ ふんしつ",
        "request": "開示 訂正 利用停止 本人から かいじ",
        "audit": "監査 立入 調査 検査 かんさ",
        "improvement": "是正 改善計画 かいぜん",
        "rule": "社内規程 マニュアル 手順書 きてい",
        "clause_text": "契約書の条文 じょうぶん",
        "own_annex": "特記事項を作る 目録にない 自社の特記事項",
        "paper_setting": "様式番号 発注者の文面 正副 控え 列の並び しょるい",
        "submission": "提出 届出 報告書 書類を作る ていしゅつ",
    }
)
"""Record type → what else people call the act of recording one, with its reading."""

_SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "owner": "会社名 担当者の氏名 自社",
        "annexes": "特記事項の目録 版 改定",
        "access": "合言葉 パスワード 鍵 回復シート 回復コード",
        "appearance": "文字の大きさ 文字を大きく 暗い画面 配色 ダーク",
        "notice": "お知らせ 通知領域 タスクトレイ 自動起動 スタートアップ",
        "backup": "控え 復元 保存先",
        "archive": "統合 書き出し 書出し 取り込み 移行 引っ越し 別のPC エクスポート zip",
        "check": "改ざん 台帳の検証",
        "manual": "使い方 ヘルプ 説明書 キー操作 ショートカット",
        "about": "版 バージョン ライセンス",
    }
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do. ``called``: what else it is called; ``offers``: choices that one meets on doing it."""

    name: str
    target: Target
    called: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    about: str = ""
    """Where one gets, or what to do there."""


_OWN = (
    Act(
        "従事を終える",
        ShowList("assignment"),
        ("退職", "異動", "担当を外れる", "交代", "後任", "従事終了"),
        about="従事を選んで開き、従事終了日を入力します。",
    ),
    Act(
        "操作を元に戻す",
        ShowDone(),
        ("元に戻す", "取消す", "戻す", "やり直す", "間違えた", "操作の履歴", "もとにもどす"),
        about="最近の操作から選んで元に戻します。",
    ),
    Act(
        "持出しの状況を見る",
        ShowOutside(),
        ("持出し", "持ち出し", "持出し中", "持帰り", "持ち帰り", "返却", "返却期限", "貸出", "もちだし"),
        about="いま外にある情報資産とPC・媒体を、期限を過ぎたものから示します。持帰りもここから登録します。",
    ),
    Act(
        "Excelの台帳を取り込む",
        BringIn(),
        ("取込み", "取り込み", "取込", "Excel", "エクセル", "CSV", "インポート", "とりこみ"),
        about="お使いの管理台帳（Excel・CSV）から、記録をまとめて登録します。",
    ),
    Act(
        "特記事項の文章を読み取る",
        ReadAnnex(),
        (
            "特記事項",
            "目録にない",
            "特記仕様書",
            "別記",
            "条文を貼り付ける",
            "PDFから",
            "読取り",
            "とっきじこう",
        ),
        about="発注者の特記事項の文章を貼り付けるか、ファイルを選ぶと、条項ごとの義務を提案します。",
    ),
    Act(
        "このPCの情報を読み取る",
        ReadMachines(),
        ("PCの情報", "自動取得", "OSの版", "製造番号", "BitLocker", "暗号化の状態", "スペック"),
        about="このPCの型番、製造番号、OS、暗号化などを読み取り、確かめてからPC・媒体に登録します。",
    ),
    Act(
        "ほかのPCの情報を読み取る",
        ReadMachines(others=True),
        ("PCの情報", "読取りスクリプト", "pc-info", "複数のPC", "まとめて"),
        about="ほかのPCで書き出したファイルを開きます。書き出すためのスクリプトもここから保存します。",
    ),
    Act(
        "ほかの台帳を統合する",
        MergeLedger(),
        ("統合", "支店の台帳", "別のPCの台帳", "二つの台帳", "台帳を一つに", "マージ", "とうごう"),
        about="支店や別のPCの台帳（かアーカイブ）の記録を、確かめてからこの台帳に加えます。",
    ),
    Act(
        "授受の状況を見る",
        ShowHandovers(),
        ("授受", "授受票", "署名待ち", "署名済みの控え", "控え待ち", "受領書", "じゅじゅ"),
        about="双方の署名のある控えがまだない受領・返還を、古い順に示します。",
    ),
    Act("することを見る", ShowToday("tasks"), ("きょう", "今日", "期限", "やること", "タスク")),
    Act(
        "定期作業を開く",
        ShowToday("rounds"),
        ("定期点検", "毎月の作業", "点検の予定", "ローテーション", "ていきさぎょう"),
    ),
    Act("予定表を開く", ShowToday("calendar"), ("カレンダー", "月", "期限", "よていひょう")),
    Act("一覧表を開く", ShowToday("matrix"), ("状態", "義務の一覧", "いちらんひょう")),
    Act("契約の画面を開く", ShowContracts(), ("けいやく",)),
    Act(
        "書類をまとめて発行",
        IssueMany(),
        ("まとめて", "一括", "一式", "複数の契約", "まとめて印刷", "いっかつ"),
        about="着手前の一式、変更の届出、様式を選んで複数の契約、誓約書を一度に発行します。",
    ),
    Act(
        "着手前の書類一式を発行",
        IssueMany(BEFORE_START),
        ("着手前", "着手届", "契約の開始", "送付書", "ちゃくしゅまえ"),
    ),
    Act(
        "変更の届出をまとめて発行",
        IssueMany(ON_CHANGE),
        ("変更届", "届出の変更", "一括", "へんこうとどけ"),
    ),
    Act(
        "年度末の報告書をまとめて発行",
        IssueMany("status-report"),
        ("年度末", "遵守状況", "期末", "一括", "ねんどまつ"),
    ),
    Act(
        "証跡綴りを作成",
        IssueForm(BINDER),
        ("綴り", "綴る", "ファイル", "監査の資料", "証跡", "つづり"),
    ),
    Act(
        "書類の画面を開く", ShowDocuments(), ("控え", "提出書類", "提出を記録", "受理", "差戻し", "しょるい")
    ),
)


def acts(forms: Mapping[str, Any]) -> list[Act]:
    """Everything one can do: record, look at a list, make a document, set."""
    return [*_doings(), *_OWN, *_recordings(), *_issuings(forms), *_handouts(), *_lists(), *_settings()]


def matching(offered: Iterable[Act], text: str) -> list[Act]:
    """The acts that what was typed may mean, the likeliest first.

    A word typed is part of what an act is called or offers; or a whole sentence holds what it is called.
    """
    words = fold(text).split()
    if not words:
        return []
    weighed = [(_weight(one, words), one) for one in offered]
    return [one for weight, one in sorted(weighed, key=lambda held: -held[0]) if weight]


def _weight(act: Act, words: list[str]) -> int:
    name = fold(act.name)
    called = [name, *(fold(one) for one in act.called)]
    offers = [fold(one) for one in act.offers]
    total = 0
    for word in words:
        within = max((len(one) for one in called if len(one) >= _SHORTEST and one in word), default=0)
        if any(word in one for one in called):
            total += 2 * len(word) + (word in name)
        elif within:
            total += 2 * within
        elif any(word in one for one in offers):
            total += len(word)
        else:
            return 0
    return total


def _doings() -> Iterator[Act]:
    """The acts of a working day; what each is done to is asked for on its page."""
    for one in ACTS.values():
        yield Act(f"{one.about.spec.label}：{one.title}", DoAct(one.name), one.words, about=one.hint)


def _recordings() -> Iterator[Act]:
    for spec in SPECS.values():
        target = new_record(spec.name)
        called = (spec.label, *_CALLED.get(spec.name, "").split())
        if spec.single:
            yield Act(f"{spec.label}の情報を開く", home(spec.name, 0), called)
        elif target is not None and spec.by_hand:
            said = "、".join(called[1 : 1 + _TOLD])
            yield Act(f"{spec.label}を登録", target, called, tuple(choices_of(spec)), said)


def _lists() -> Iterator[Act]:
    for spec in SPECS.values():
        yield Act(f"{spec.label}の一覧を開く", ShowList(spec.name), (spec.label,))


def _issuings(forms: Mapping[str, Any]) -> Iterator[Act]:
    for form in (one for one in forms.values() if one.id != BINDER):
        yield Act(f"{form.title}を作成", IssueForm(form.id), ("書類を作成", "発行", "印刷"))


def _handouts() -> Iterator[Act]:
    """Papers for one's own use; what each is made for is asked for on its page."""
    for one in HANDOUTS.values():
        yield Act(f"{one.title}を印刷", MakeHandout(one.name), one.words, about=one.hint)


def _settings() -> Iterator[Act]:
    for section in SECTIONS:
        called = tuple(_SECTIONS[section.name].split())
        yield Act(f"設定：{section.heading}", ShowSettings(section.name), called)


def choices_of(spec: Spec[Any]) -> Iterator[str]:
    """The labels of everything that is chosen from a list in a record of a type, its rows included."""
    for field in spec.fields:
        yield from _choices(field)


def _choices(field: Field) -> Iterator[str]:
    if isinstance(field.kind, Choice | Many):
        yield from field.kind.choices
    elif isinstance(field.kind, Rows):
        for inner in fields_of(field.kind.of):
            yield from _choices(inner)
