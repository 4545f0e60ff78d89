"""Footnotes in the markup of many programs. Each page has a sentence with two footnote calls, and the two notes.

A footnote call is the mark in the text, such as "[1]". The notes are `FIRST` and `SECOND`. In the markup below, `{1}`
and `{2}` stand for the notes, and `{text}` for the prose between the calls and the notes.
"""

from __future__ import annotations

FIRST = "Along the coast of the island, as the pilots say."
SECOND = "Both of them, see the minutes of the harbour."

URL = "https://atlantis.example/talks/tides.html"


def _sentence(one: str, two: str) -> str:
    return f"<p>The sea route{one} is open, and so are the ports{two} of the eastern bay.</p>{{text}}"


SHAPES: dict[str, str] = {
    # --- blogs and content management systems
    "WordPress Footnotes": _sentence(
        '<sup class="fn" data-fn="9a"><a href="#9a" id="9a-link">1</a></sup>',
        '<sup class="fn" data-fn="7b"><a href="#7b" id="7b-link">2</a></sup>',
    )
    + '<ol class="wp-block-footnotes"><li id="9a">{1} <a href="#9a-link" aria-label="Jump to reference 1">↩︎</a></li>'
    '<li id="7b">{2} <a href="#7b-link" aria-label="Jump to reference 2">↩︎</a></li></ol>',
    "Easy Footnotes": _sentence(
        '<span id="easy-footnote-1" class="easy-footnote-margin-adjust"></span><span class="easy-footnote">'
        '<a href="#easy-footnote-bottom-1" title="x"><sup>1</sup></a></span>',
        '<span class="easy-footnote"><a href="#easy-footnote-bottom-2" title="x"><sup>2</sup></a></span>',
    )
    + '<div class="easy-footnote-title"><h4>Notes</h4></div><ol class="easy-footnotes-wrapper">'
    '<li class="easy-footnote-single"><span id="easy-footnote-bottom-1"></span>{1}'
    '<a class="easy-footnote-to-top" href="#easy-footnote-1"></a></li>'
    '<li class="easy-footnote-single"><span id="easy-footnote-bottom-2"></span>{2}'
    '<a class="easy-footnote-to-top" href="#easy-footnote-2"></a></li></ol>',
    "Modern Footnotes": _sentence(
        '<sup class="modern-footnotes-footnote"><a href="javascript:void(0)" data-mfn="1">1</a></sup>'
        '<span id="mfn-1" class="modern-footnotes-footnote__note">{1}</span>',
        '<sup class="modern-footnotes-footnote"><a href="javascript:void(0)" data-mfn="2">2</a></sup>'
        '<span id="mfn-2" class="modern-footnotes-footnote__note">{2}</span>',
    ),
    "Blogger": _sentence(
        '<a href="#ftn.1" name="ftnref.1"><sup>[1]</sup></a>', '<a href="#ftn.2" name="ftnref.2"><sup>[2]</sup></a>'
    )
    + '<div><a name="ftn.1"></a><a href="#ftnref.1">[1]</a> {1}</div>'
    '<div><a name="ftn.2"></a><a href="#ftnref.2">[2]</a> {2}</div>',
    "Drupal footnotes": _sentence(
        '<a class="see-footnote" id="footnoteref1_ab" title="x" href="#footnote1_ab">1</a>',
        '<a class="see-footnote" id="footnoteref2_cd" title="x" href="#footnote2_cd">2</a>',
    )
    + '<ul class="footnotes"><li class="footnote" id="footnote1_ab"><a class="footnote-label" href="#footnoteref1_ab">1.'
    '</a> {1}</li><li class="footnote" id="footnote2_cd"><a class="footnote-label" href="#footnoteref2_cd">2.</a> {2}'
    "</li></ul>",
    "Drupal 9 footnotes": _sentence(
        '<a class="js-footnote-citation" id="footnoteref1_x" href="#footnote1_x"><span class="footnote__citations-wrapper">'
        "<sup>1</sup></span></a>",
        '<a class="js-footnote-citation" id="footnoteref2_x" href="#footnote2_x"><sup>2</sup></a>',
    )
    + '<ul class="footnotes__footnotes-group"><li class="footnotes__item-wrapper js-footnote-reference" id="footnote1_x">'
    '<span class="footnotes__item-backlinks"><a class="footnotes__item-backlink" href="#footnoteref1_x">1</a></span>'
    '<span class="footnotes__item-text">{1}</span></li><li class="footnotes__item-wrapper" id="footnote2_x">'
    '<span class="footnotes__item-backlinks"><a href="#footnoteref2_x">2</a></span>'
    '<span class="footnotes__item-text">{2}</span></li></ul>',
    "Substack": _sentence(
        '<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1" target="_self">1</a>',
        '<a class="footnote-anchor" id="footnote-anchor-2" href="#footnote-2" target="_self">2</a>',
    )
    + '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
    '<div class="footnote-content"><p>{1}</p></div></div><div class="footnote"><a id="footnote-2" '
    'href="#footnote-anchor-2" class="footnote-number">2</a><div class="footnote-content"><p>{2}</p></div></div>',
    "TYPO3": _sentence('<sup><a href="#fussnote1">1)</a></sup>', '<sup><a href="#fussnote2">2)</a></sup>')
    + '<hr><p><a id="fussnote1"></a>1) {1}</p><p><a id="fussnote2"></a>2) {2}</p>',
    # --- wikis
    "MediaWiki": _sentence(
        '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span class="cite-bracket">[</span>1<span>]</span>'
        "</a></sup>",
        '<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup>',
    )
    + '<h2 id="References">References</h2><div class="mw-references-wrap"><ol class="references"><li id="cite_note-1">'
    '<span class="mw-cite-backlink"><b><a href="#cite_ref-1" aria-label="Jump up">^</a></b></span> '
    '<span class="reference-text">{1}</span></li><li id="cite_note-2"><span class="mw-cite-backlink">^ '
    '<a href="#cite_ref-2"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-3"><sup><i><b>b</b></i></sup></a></span> '
    '<span class="reference-text">{2}</span></li></ol></div>',
    "DokuWiki": _sentence(
        '<sup><a href="#fn__1" id="fnt__1" class="fn_top">1)</a></sup>',
        '<sup><a href="#fn__2" id="fnt__2" class="fn_top">2)</a></sup>',
    )
    + '<div class="footnotes"><div class="fn"><sup><a href="#fnt__1" id="fn__1" class="fn_bot">1)</a></sup> '
    '<div class="content">{1}</div></div><div class="fn"><sup><a href="#fnt__2" id="fn__2" class="fn_bot">2)</a></sup> '
    '<div class="content">{2}</div></div></div>',
    # --- Markdown and other markup languages
    "Pandoc": _sentence(
        '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
        '<a href="#fn2" class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a>',
    )
    + '<section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr /><ol>'
    '<li id="fn1"><p>{1}<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>'
    '<li id="fn2"><p>{2}<a href="#fnref2" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    "kramdown (Jekyll, govspeak)": _sentence(
        '<sup id="fnref:1"><a href="#fn:1" class="footnote" rel="footnote" role="doc-noteref">[footnote 1]</a></sup>',
        '<sup id="fnref:2"><a href="#fn:2" class="footnote" rel="footnote" role="doc-noteref">[footnote 2]</a></sup>',
    )
    + '<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>{1} <a href="#fnref:1" class="reversefootnote" '
    'role="doc-backlink" aria-label="go to where this is referenced">↩</a></p></li><li id="fn:2"><p>{2} '
    '<a href="#fnref:2" class="reversefootnote" role="doc-backlink">↩</a></p></li></ol></div>',
    "Goldmark (Hugo)": _sentence(
        '<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>',
        '<sup id="fnref:2"><a href="#fn:2" class="footnote-ref" role="doc-noteref">2</a></sup>',
    )
    + '<div class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>{1}&#160;<a href="#fnref:1" '
    'class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li><li id="fn:2"><p>{2}&#160;'
    '<a href="#fnref:2" class="footnote-backref">&#x21a9;&#xfe0e;</a></p></li></ol></div>',
    "GitHub": _sentence(
        '<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref="">1</a></sup>',
        '<sup><a href="#user-content-fn-2" id="user-content-fnref-2" data-footnote-ref="">2</a></sup>',
    )
    + '<section data-footnotes class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol>'
    '<li id="user-content-fn-1"><p>{1} <a href="#user-content-fnref-1" data-footnote-backref>↩</a></p></li>'
    '<li id="user-content-fn-2"><p>{2} <a href="#user-content-fnref-2" data-footnote-backref>↩</a></p></li></ol></section>',
    "Sphinx": _sentence(
        '<a class="footnote-reference brackets" href="#id3" id="id1" role="doc-noteref"><span class="fn-bracket">[</span>1'
        '<span class="fn-bracket">]</span></a>',
        '<a class="footnote-reference brackets" href="#id4" id="id2" role="doc-noteref">[2]</a>',
    )
    + '<aside class="footnote-list brackets"><aside class="footnote brackets" id="id3" role="doc-footnote">'
    '<span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">1</a>'
    '<span class="fn-bracket">]</span></span><p>{1}</p></aside><aside class="footnote brackets" id="id4">'
    '<span class="label">[<a role="doc-backlink" href="#id2">2</a>]</span><p>{2}</p></aside></aside>',
    "docutils, a table": _sentence(
        '<a class="footnote-reference" href="#id3" id="id1">[1]</a>',
        '<a class="footnote-reference" href="#id4" id="id2">[2]</a>',
    )
    + '<table class="docutils footnote" frame="void" id="id3" rules="none"><colgroup><col class="label" /><col /></colgroup>'
    '<tbody valign="top"><tr><td class="label"><a class="fn-backref" href="#id1">[1]</a></td><td>{1}</td></tr></tbody>'
    '</table><table class="docutils footnote" id="id4"><tbody><tr><td class="label">'
    '<a class="fn-backref" href="#id2">[2]</a></td><td>{2}</td></tr></tbody></table>',
    "Asciidoctor": _sentence(
        '<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1" title="View footnote.">1</a>]'
        "</sup>",
        '<sup class="footnote">[<a id="_footnoteref_2" class="footnote" href="#_footnotedef_2">2</a>]</sup>',
    )
    + '<div id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. {1}</div>'
    '<div class="footnote" id="_footnotedef_2"><a href="#_footnoteref_2">2</a>. {2}</div></div>',
    "Org mode": _sentence(
        '<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup>',
        '<sup><a id="fnr.2" class="footref" href="#fn.2">2</a></sup>',
    )
    + '<div id="footnotes"><h2 class="footnotes">Footnotes: </h2><div id="text-footnotes">'
    '<div class="footdef"><sup><a id="fn.1" class="footnum" href="#fnr.1">1</a></sup> <div class="footpara">'
    '<p class="footpara">{1}</p></div></div><div class="footdef"><sup><a id="fn.2" class="footnum" href="#fnr.2">2</a></sup>'
    ' <div class="footpara"><p class="footpara">{2}</p></div></div></div></div>',
    # --- word processors
    "Word": _sentence(
        '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1" title=""><span class="MsoFootnoteReference"><span>'
        "[1]</span></span></a>",
        '<a href="#_ftn2" name="_ftnref2" title=""><span class="MsoFootnoteReference">[2]</span></a>',
    )
    + '<div style="mso-element:footnote-list"><br clear="all"><hr align="left" size="1" width="33%">'
    '<div style="mso-element:footnote" id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1" title="">'
    '<span class="MsoFootnoteReference"><span>[1]</span></span></a> {1}</p></div><div id="ftn2">'
    '<p class="MsoFootnoteText"><a href="#_ftnref2" name="_ftn2" title="">[2]</a> {2}</p></div></div>',
    "Word, saved again by an editor": _sentence(
        '<a href="https://atlantis.example/talks/tides.html#_ftn1" name="_ftnref1">[1]</a>',
        '<a href="https://atlantis.example/talks/tides.html#_ftn2" name="_ftnref2">[2]</a>',
    )
    + '<p><a href="https://atlantis.example/talks/tides.html#_ftnref1" name="_ftn1">[1]</a> {1}</p>'
    '<p><a href="https://atlantis.example/talks/tides.html#_ftnref2" name="_ftn2">[2]</a> {2}</p>',
    "Word, without targets": _sentence('<a href="#_ftn1">[1]</a>', '<a href="#_ftn2">[2]</a>')
    + '<p><a href="#_ftnref1">[1]</a> {1}</p><p><a href="#_ftnref2">[2]</a> {2}</p>',
    "Word, endnotes with Roman numerals": _sentence(
        '<a href="#_edn1" name="_ednref1"><sup>[i]</sup></a>', '<a href="#_edn2" name="_ednref2"><sup>[ii]</sup></a>'
    )
    + '<p><a href="#_ednref1" name="_edn1">[i]</a> {1}</p><p><a href="#_ednref2" name="_edn2">[ii]</a> {2}</p>',
    "LibreOffice": _sentence(
        '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>',
    )
    + '<div id="sdfootnote1"><p class="sdfootnote-western"><a class="sdfootnotesym" name="sdfootnote1sym" '
    'href="#sdfootnote1anc">1</a>{1}</p></div><div id="sdfootnote2"><p><a class="sdfootnotesym" name="sdfootnote2sym" '
    'href="#sdfootnote2anc">2</a>{2}</p></div>',
    "Google Docs": _sentence(
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>', '<sup><a href="#ftnt2" id="ftnt_ref2">[2]</a></sup>'
    )
    + '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> {1}</span></p></div>'
    '<div><p><a href="#ftnt_ref2" id="ftnt2">[2]</a><span> {2}</span></p></div>',
    # --- LaTeX
    "LaTeX2HTML": _sentence(
        '<a name="tex2html1" href="#foot12"><sup>1</sup></a>', '<a name="tex2html2" href="#foot13"><sup>2</sup></a>'
    )
    + '<h4>Footnotes</h4><dl><dt><a name="foot12">... route</a><a href="#tex2html1"><sup>1</sup></a></dt><dd>{1}</dd>'
    '<dt><a name="foot13">... ports</a><a href="#tex2html2"><sup>2</sup></a></dt><dd>{2}</dd></dl>',
    "TeX4ht": _sentence(
        '<span class="footnote-mark"><a href="#fn1x0" id="fn1x0-bk"><sup class="textsuperscript">1</sup></a></span>',
        '<span class="footnote-mark"><a href="#fn2x0" id="fn2x0-bk"><sup class="textsuperscript">2</sup></a></span>',
    )
    + '<div class="footnotes"><a id="fn1x0"></a><p class="indent"><span class="footnote-mark"><a href="#fn1x0-bk" '
    'id="fn1x0"><sup>1</sup></a></span><span>{1}</span></p><p class="indent"><span class="footnote-mark">'
    '<a href="#fn2x0-bk" id="fn2x0"><sup>2</sup></a></span><span>{2}</span></p></div>',
    "LaTeXML": _sentence(
        '<span class="ltx_note ltx_role_footnote" id="footnote1"><sup class="ltx_note_mark">1</sup>'
        '<span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>{1}</span></span></span>',
        '<span class="ltx_note ltx_role_footnote" id="footnote2"><sup class="ltx_note_mark">2</sup>'
        '<span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">2</sup>{2}</span></span></span>',
    ),
    # --- law and parliaments
    "EUR-Lex": _sentence(
        '<a id="ntc1-1" href="#ntr1-1">(<span class="super note-tag">1</span>)</a>',
        '<a id="ntc2-1" href="#ntr2-1">(<span class="super note-tag">2</span>)</a>',
    )
    + '<hr class="note"/><p class="note"><a id="ntr1-1" href="#ntc1-1">(<span class="super">1</span>)</a>  {1}</p>'
    '<p class="note"><a id="ntr2-1" href="#ntc2-1">(<span class="super">2</span>)</a>  {2}</p>',
    "EUR-Lex proposals": _sentence(
        '<span class="FootnoteReference"><sup><a href="#footnote1">1</a></sup></span>',
        '<span class="FootnoteReference"><sup><a href="#footnote2">2</a></sup></span>',
    )
    + '<dl id="footnote1"><dt class="FootnoteReference"><sup><a href="#footnoteref1">(1)</a></sup></dt><dd><p>{1}</p></dd></dl>'
    '<dl id="footnote2"><dt><sup><a href="#footnoteref2">(2)</a></sup></dt><dd><p>{2}</p></dd></dl>',
    "European Parliament, a table": _sentence(
        '<a href="#_ftn1" name="_ftnref1"><sup>(1)</sup></a>', '<a href="#_ftn2" name="_ftnref2"><sup>(2)</sup></a>'
    )
    + '<table width="100%"><tr><td><a href="#_ftnref1" name="_ftn1">(1)</a></td><td>{1}</td></tr><tr><td>'
    '<a href="#_ftnref2" name="_ftn2">(2)</a></td><td>{2}</td></tr></table>',
    "a table row with an id": _sentence(
        '<a href="#def_1_1"><sup>(1)</sup></a>', '<a href="#def_1_2"><sup>(2)</sup></a>'
    )
    + '<table class="doc_notes"><tr id="def_1_1"><td><a href="#ref_1_1">(1)</a></td><td>{1}</td></tr>'
    '<tr id="def_1_2"><td><a href="#ref_1_2">(2)</a></td><td>{2}</td></tr></table>',
    "United Nations documents": _sentence(
        '<sup><a href="#_ftn1" id="_ftnref1">1</a></sup>', '<sup><a href="#_ftn2" id="_ftnref2">2</a></sup>'
    )
    + '<p>__________________</p><p><sup><a href="#_ftnref1" id="_ftn1">1</a></sup>  {1}</p>'
    '<p><sup><a href="#_ftnref2" id="_ftn2">2</a></sup>  {2}</p>',
    "Federal Register": _sentence(
        '<sup>[<a href="#footnote-1-p7" id="citation-1-p7" class="footnote-reference">1</a>]</sup>',
        '<sup>[<a href="#footnote-2-p7" id="citation-2-p7" class="footnote-reference">2</a>]</sup>',
    )
    + '<div class="footnotes"><h2>Footnotes</h2><div class="footnote" id="footnote-1-p7"><p>1. {1} '
    '<a class="back" href="#citation-1-p7">Back to Citation</a></p></div><div class="footnote" id="footnote-2-p7"><p>2. {2} '
    '<a class="back" href="#citation-2-p7">Back to Citation</a></p></div></div>',
    "central bank": _sentence('<a href="#fn1" name="f1"><sup>1</sup></a>', '<a href="#fn2" name="f2"><sup>2</sup></a>')
    + '<hr><p><a name="fn1">1.</a> {1} <a href="#f1">Return to text</a></p>'
    '<p><a name="fn2">2.</a> {2} <a href="#f2">Return to text</a></p>',
    # --- other markup
    "notes separated by br": _sentence('<a href="#n1">[1]</a>', '<a href="#n2">[2]</a>')
    + '<p><a name="n1"></a>[1] {1}<br><a name="n2"></a>[2] {2}</p>',
    "notes separated by br in their div": _sentence(
        '<sup><a href="#note1" name="back1">1</a></sup>', '<sup><a href="#note2" name="back2">2</a></sup>'
    )
    + '<div><a href="#back1" name="note1"><sup>1</sup></a> {1}<br/><br/><a href="#back2" name="note2"><sup>2</sup></a> {2}'
    "</div>",
    "a list under a heading": _sentence('<a href="#refs">[1]</a>', '<a href="#r2">[2]</a>')
    + '<h3>References</h3><ul><li id="refs">[1] {1}</li><li id="r2">[2] {2}</li></ul>',
    "definition list": _sentence('<a href="#d1">*</a>', '<a href="#d2">**</a>')
    + '<dl><dt id="d1">*</dt><dd>{1}</dd><dt id="d2">**</dt><dd>{2}</dd></dl>',
    "sup around the link, dagger": _sentence('<sup><a href="#s1">*</a></sup>', '<sup><a href="#s2">†</a></sup>')
    + '<p id="s1">* {1}</p><p id="s2">† {2}</p>',
    "an aside": _sentence('<a epub:type="noteref" href="#a1">1</a>', '<a epub:type="noteref" href="#a2">2</a>')
    + '<aside epub:type="footnote" id="a1"><p>1. {1}</p></aside><aside epub:type="footnote" id="a2"><p>2. {2}</p></aside>',
    "the link within brackets": _sentence('[<a href="#l1">1</a>]', '[<a href="#l2">2</a>]')
    + '<div id="l1"><p>[1] {1}</p></div><div id="l2"><p>[2] {2}</p></div>',
    "a path of the page": _sentence(
        '<a href="/talks/tides.html#p1"><sup>1</sup></a>', '<a href="tides.html?#p2"><sup>2</sup></a>'
    )
    + '<p id="p1">1 {1}</p><p id="p2">2 {2}</p>',
    "Japanese": _sentence('<a href="#j1">（注１）</a>', '<a href="#j2">（注２）</a>')
    + '<p id="j1">（注１）{1}</p><p id="j2">（注２）{2}</p>',
    # --- without links
    "bare sup": _sentence("<sup>1</sup>", "<sup>2</sup>") + "<p><sup>1</sup> {1}</p><p><sup>2</sup> {2}</p>",
    "bare sup, numbers with full stops below": _sentence("<sup>1</sup>", "<sup>2</sup>")
    + "<hr><p>1. {1}</p><p>2. {2}</p>",
    "bare sup, a list under a heading": _sentence("<sup>1</sup>", "<sup>2</sup>")
    + "<h3>Notes</h3><ol><li>{1}</li><li>{2}</li></ol>",
    "bare sup, separated by br": _sentence("<sup>1</sup>", "<sup>2</sup>")
    + "<p><sup>1</sup> {1}<br><sup>2</sup> {2}</p>",
    "bare sup, separated by br in small print": _sentence("<sup>1</sup>", "<sup>2</sup>")
    + "<p><small><sup>1</sup> {1}<br><sup>2</sup> {2}</small></p>",
    "bare sup, an asterisk and a dagger": _sentence("<sup>*</sup>", "<sup>†</sup>") + "<p>* {1}</p><p>† {2}</p>",
    "typed brackets": _sentence("[1]", "[2]") + "<p>[1] {1}</p><p>[2] {2}</p>",
    "typed brackets under a heading": _sentence(" [1]", " [2]") + "<h2>References</h2><p>[1] {1}</p><p>[2] {2}</p>",
    "superscript digits": _sentence("¹", "²") + "<p>¹ {1}</p><p>² {2}</p>",
    "typed notes": _sentence(" (Note 1)", " (Note 2)") + "<p>(Note 1) {1}</p><p>(Note 2) {2}</p>",
    "span styled as superscript": _sentence(
        '<span style="vertical-align: super; font-size: 70%">1</span>',
        '<span style="font-size:x-small;vertical-align:super">2</span>',
    )
    + '<p><span style="vertical-align:super">1</span> {1}</p><p><span style="vertical-align:super">2</span> {2}</p>',
}
"""Name of the program or form → its markup."""
