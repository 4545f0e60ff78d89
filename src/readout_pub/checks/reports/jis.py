"""The test result （試験結果） according to JIS X 8341-3:2016, in Japanese, as HTML.

The report has the items and the checklist that the Web Accessibility Infrastructure Committee of Japan (WAIC) asks for
in its guidelines on tests and their publication. The standard has the criteria of WCAG 2.0 word for word, so findings
under criteria of later versions are listed apart. The result in a row is never 適合 or ○ (met): only a person can judge
that a criterion is met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from readout_pub.checks.criteria import CRITERIA, Criterion
from readout_pub.checks.reports.details import ReportDetails
from readout_pub.checks.reports.html_page import bullets, given, html_page, table, terms
from readout_pub.checks.reports.judgement import (
    MAX_FINDINGS_SHOWN,
    BrokenRule,
    Judgement,
    Outcome,
    concerned_content,
    escaped_line,
    judge,
    other_findings,
)
from readout_pub.checks.results import FileReport
from readout_pub.emit.record import program

TITLE = "JIS X 8341-3:2016 試験結果（案）"

INTRODUCTION = """\
<p><strong>これは、プログラムによる検査から作成した案です。</strong>達成基準を満たしていないことはプログラムで見付けられますが、\
満たしていることを判断できるのは人だけです。印を付けた箇所を記入し、人による試験の結果を加えてから公開してください。</p>"""

LEGEND = """\
<p>「適用」の○は該当するコンテンツがあり得ること、-は検査したファイルに該当するコンテンツがないことを表します。\
「結果」の×は達成基準を満たしていない箇所が見付かったことを表します。「未判定」は、人による試験が必要なことを表します。</p>"""

HEADS = ("達成基準", "適合レベル", "適用", "結果", "備考")

MARKS: dict[Outcome, tuple[str, str]] = {
    "broken": ("○", "×"),
    "absent": ("-", "該当なし"),
    "partly": ("○", "未判定"),
    "unchecked": ("○", "未判定"),
}
"""Outcome → the cells under 適用 and 結果."""

UNKNOWN_APPLICATION = "要確認"
"""The cell under 適用 if nobody knows whether the files have content to which the criterion applies."""

TECHNOLOGIES = {"html": "HTML、CSS", "epub": "EPUB（XHTML、CSS）", "pdf": "PDF"}

REQUIREMENTS = {
    "title": "ページにタイトルがある。",
    "language": "ページの言語が指定されている。",
    "languages": "lang属性の値は正しい言語タグである。",
    "one-title": "レベル1の見出しが一つある。",
    "heading-order": "見出しのレベルが飛んでいない。",
    "heading-words": "見出しに文字がある。",
    "alt": "画像に代替テキストがあるか、装飾であることが示されている。",
    "alt-words": "代替テキストが画像を説明している。",
    "link-words": "リンクに文字がある。",
    "link-targets": "ページ内リンクにリンク先がある。",
    "table-headers": "表の見出しセルとその範囲が示されている。",
    "references": "ARIA又は表の参照に参照先がある。",
    "ids": "idに重複がない。",
    "landmarks": "主要な領域（main）が一つあり、そこへ移動できる。",
    "zoom": "利用者が拡大できる。",
    "self-contained": "許可されていないスクリプトや外部の資源がない。",
    "container": "アーカイブがEPUBのメディアタイプで始まる。",
    "well-formed": "XMLファイルが整形式である。",
    "metadata": "メタデータにタイトル、言語及び識別子がある。",
    "listed": "マニフェストのファイルがアーカイブにある。",
    "contents": "目次があり、そのリンクにリンク先がある。",
    "accessibility": "アクセシビリティのメタデータがある。",
    "claims": "アクセシビリティのメタデータが事実に合っている。",
}
"""Code of a rule of this program → its requirement in Japanese. Requirements of validators are in English."""

_TABLE = """\
1.1.1  A  非テキストコンテンツ
1.2.1  A  音声だけ及び映像だけ（収録済み）
1.2.2  A  キャプション（収録済み）
1.2.3  A  音声解説又はメディアに対する代替コンテンツ（収録済み）
1.2.4  AA キャプション（ライブ）
1.2.5  AA 音声解説（収録済み）
1.3.1  A  情報及び関係性
1.3.2  A  意味のある順序
1.3.3  A  感覚的な特徴
1.4.1  A  色の使用
1.4.2  A  音声の制御
1.4.3  AA コントラスト（最低限レベル）
1.4.4  AA テキストのサイズ変更
1.4.5  AA 文字画像
2.1.1  A  キーボード
2.1.2  A  キーボードトラップなし
2.2.1  A  タイミング調整可能
2.2.2  A  一時停止，停止及び非表示
2.3.1  A  3回のせん（閃）光，又はしきい（閾）値以下
2.4.1  A  ブロックスキップ
2.4.2  A  ページタイトル
2.4.3  A  フォーカス順序
2.4.4  A  リンクの目的（コンテキスト内）
2.4.5  AA 複数の手段
2.4.6  AA 見出し及びラベル
2.4.7  AA フォーカスの可視化
3.1.1  A  ページの言語
3.1.2  AA 一部分の言語
3.2.1  A  フォーカス時
3.2.2  A  入力時
3.2.3  AA 一貫したナビゲーション
3.2.4  AA 一貫した識別性
3.3.1  A  エラーの特定
3.3.2  A  ラベル又は説明
3.3.3  AA エラー修正の提案
3.3.4  AA エラー回避（法的，金融及びデータ）
4.1.1  A  構文解析
4.1.2  A  名前（name），役割（role）及び値（value）
"""

_COVERAGES = {criterion.number: criterion.coverage for criterion in CRITERIA}


def _parse_row(line: str) -> Criterion:
    number, level, name = line.split(maxsplit=2)
    return Criterion(number, level, f"{name}の達成基準", _COVERAGES.get(number, "partly"))


JIS_CRITERIA = tuple(map(_parse_row, _TABLE.splitlines()))
"""The criteria of levels A and AA. 4.1.1 is not in WCAG 2.2, nor in CRITERIA; it counts as partly covered by rules."""


def render(reports: Sequence[FileReport], details: ReportDetails) -> bytes:
    """Return the test result on some files as an HTML page."""
    criteria = [each for each in JIS_CRITERIA if details.level == "AA" or each.level == "A"]
    judged = [(criterion, judge(criterion, reports)) for criterion in criteria]
    others = other_findings(criteria, reports)
    parts = [
        INTRODUCTION,
        terms(_items(judged, reports, details)),
        "<h2>達成基準チェックリスト</h2>",
        LEGEND,
        table(
            "達成基準チェックリスト", HEADS, (_row(criterion, judgement, reports) for criterion, judgement in judged)
        ),
        *(["<h2>その他の指摘</h2>", "<p>上の表の達成基準によらない検査で見付かったものです。</p>"] if others else []),
        *([bullets(_findings(others))] if others else []),
        "<h2>試験を行ったファイル</h2>",
        bullets(map(_state_of_file, reports)),
    ]
    return html_page("ja", TITLE, parts)


def _items(
    judged: Sequence[tuple[Criterion, Judgement]], reports: Sequence[FileReport], details: ReportDetails
) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each item that the result of a test has to state, as HTML."""
    date = f"{details.date.year}年{details.date.month}月{details.date.day}日" if details.date else None
    broken = [criterion.number for criterion, judgement in judged if judgement.findings]
    yield "表明日", given(None, "表明する日を記入")
    yield "規格の規格番号及び改正年", "JIS X 8341-3:2016"
    yield "目標とする適合レベル", f"レベル{details.level}"
    yield (
        "満たしている適合レベル",
        (
            f"満たしていない達成基準があります：{'、'.join(broken)}。"
            if broken
            else "未判定。プログラムは満たしていない達成基準を見付けていません。"
        )
        + given(None, "人による試験の後に記入"),
    )
    yield "試験対象", f"{given(details.product, 'ウェブサイト又は文書の名称を記入')}（{len(reports)}ファイル）"
    yield "公開する団体", given(details.organisation, "団体名を記入")
    yield "連絡先", given(details.email or details.website, "連絡先を記入")
    formats = dict.fromkeys(report.format for report in reports)
    yield (
        "依存したウェブコンテンツ技術",
        "、".join(TECHNOLOGIES[name] for name in TECHNOLOGIES if name in formats) or "-",
    )
    yield "試験対象の選択方法", f"指定したファイル全て。{given(None, 'ウェブサイトから選択した方法を記入')}"
    tools = dict.fromkeys(tool.name for report in reports for tool in report.tools if tool.state == "ran")
    yield (
        "試験方法",
        f"{program()}によるプログラム検査{''.join(f'、{escape(name)}' for name in tools)}。人による試験は含みません。",
    )
    yield "試験実施期間", given(date, "試験を行った期間を記入")


def _row(criterion: Criterion, judgement: Judgement, reports: Sequence[FileReport]) -> tuple[str, ...]:
    applies, result = MARKS[judgement.outcome]
    if criterion.is_conditional and judgement.outcome in {"partly", "unchecked"}:
        applies = UNKNOWN_APPLICATION
    return (
        escape(f"{criterion.number} {criterion.name}"),
        criterion.level,
        applies,
        result,
        _remarks(criterion, judgement, reports),
    )


def _remarks(criterion: Criterion, judgement: Judgement, reports: Sequence[FileReport]) -> str:
    if judgement.findings:
        return "<br>".join(_findings(judgement.findings))
    if judgement.outcome == "absent":
        kinds = "音声、動画及び" if criterion.coverage == "media" else "音声、動画、フォーム及び"
        return f"検査したファイルに{kinds}スクリプトはありません。"
    passed = "".join(
        f"規則{escape(each.rule)}（{each.files}ファイル）{_requirement(each.rule, each.requirement)}"
        for each in judgement.passed
    )
    if passed:
        return f"違反なし：{passed}その他は人による試験が必要です。"
    names = concerned_content(criterion, reports)
    found = f"{_english(', '.join(names))}があります。" if names else ""
    return f"{found}人による試験が必要です。"


def _findings(findings: Sequence[BrokenRule]) -> list[str]:
    texts = [_finding(finding) for finding in findings[:MAX_FINDINGS_SHOWN]]
    more = len(findings) - len(texts)
    return [*texts, *([f"ほか{more}件は`readout-pub check`の出力にあります。"] if more else [])]


def _finding(finding: BrokenRule) -> str:
    result = finding.result
    name = f"規則{escape(result.rule)}（{escape(result.checker)}）"
    faults = _english(finding.faults_in_words)
    more = f"、ほか{finding.more}箇所" if finding.more else ""
    return f"{escape(finding.path)}が{name}に違反：{_requirement(result.rule, result.requirement)}箇所：{faults}{more}"


def _requirement(rule: str, requirement: str) -> str:
    return escape(REQUIREMENTS[rule]) if rule in REQUIREMENTS else _english(escaped_line(requirement))


def _english(text: str) -> str:
    return f'<span lang="en">{escape(text)}</span>'


def _state_of_file(report: FileReport) -> str:
    path = escape(escaped_line(report.path))
    if report.error is not None:
        return f"{path}：検査できませんでした。{_english(escaped_line(report.error))}"
    tools = "".join(f"、{escape(tool.name)}は未実行" for tool in report.tools if tool.state != "ran")
    return f"{path}：{len(report.results)}規則のうち{len(report.broken)}規則に違反{tools}"
