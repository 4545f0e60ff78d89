"""Error pages, logins and other pages that are not documents are recognised in many languages, and only these."""

from __future__ import annotations

import pytest

from readout_pub.sources.soft_404 import find_non_document

MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
STORY = (
    "<p>The harbour of Atlantis was opened to ships of every flag on Tuesday, after eleven years of dredging.</p>" * 20
)


def kind(body: str, title: str = "Ministry of the Sea", language: str = "en") -> str | None:
    """Return what a page with this body is instead of a document, such as "login"; None for a document."""
    found = find_non_document(f'<html lang="{language}"><head><title>{title}</title></head><body>{body}</body></html>')
    return found.kind if found else None


@pytest.mark.parametrize(
    "heading",
    [
        "404 Not Found",
        "Error 404",
        "Page not found",
        "Sorry, the page you requested could not be found.",
        "Oops! We can't find that page",
        "This page is no longer available",
        "403 Forbidden",
        "502 Bad Gateway",
        "Seite nicht gefunden",
        "Die angeforderte Seite wurde nicht gefunden",
        "Fehler 404",
        "Page introuvable",
        "Cette page n'existe plus",
        "La página que busca no existe",
        "Página não encontrada",
        "Pagina non trovata",
        "Pagina niet gevonden",
        "Nie znaleziono strony",
        "Sidan hittades inte",
        "Siden ble ikke funnet",
        "Stránka nenalezena",
        "Sayfa bulunamadı",
        "Страница не найдена",
        "Сторінку не знайдено",
        "Η σελίδα δεν βρέθηκε",
        "الصفحة غير موجودة",
        "הדף לא נמצא",
        "ไม่พบหน้าที่คุณต้องการ",
        "ページが見つかりません",
        "お探しのページは見つかりませんでした",
        "您访问的页面不存在",
        "找不到您要的頁面",
        "요청하신 페이지를 찾을 수 없습니다",
    ],
)
def test_an_error_page_is_recognised_by_heading_or_title(heading: str) -> None:
    advice = "<p>The address may be wrong, or what stood here has moved. Try the search, or go to our front page.</p>"
    assert kind(f"{MENU}<h1>{heading}</h1>{advice}") == "error"
    assert kind(f"{MENU}{advice}", title=f"{heading} | Ministry of the Sea") == "error"


def test_a_status_number_is_an_error_only_as_the_whole_heading() -> None:
    assert kind(f"{MENU}<h1>404</h1><p>Nothing is here.</p>") == "error"
    assert kind(f"{MENU}<h1>404 | Penal code of Atlantis</h1><p>Who sinks a ship shall raise it.</p>") is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<h1>sea.example</h1><p>Checking if the site connection is secure</p>"),
        ("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
        ("sea.example", "<h2>Verify you are human</h2><p>Tick the box to go on.</p>"),
        ("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to read this. Reference 18.4f</p>"),
        ("Sicherheitsüberprüfung", "<h1>Sind Sie ein Mensch?</h1>"),
        ("安全验证", "<p>请完成安全验证后继续访问</p>"),
    ],
)
def test_a_bot_check_is_not_a_document(title: str, body: str) -> None:
    assert kind(body, title) == "challenge"


@pytest.mark.parametrize(
    ("language", "heading", "words", "button"),
    [
        ("en", "Before you continue", "We use cookies to measure what you read.", "Accept all"),
        ("de", "Bevor Sie fortfahren", "Wir verwenden Cookies, um zu messen, was Sie lesen.", "Alle akzeptieren"),
        ("fr", "Votre vie privée", "Nous utilisons des cookies pour mesurer ce que vous lisez.", "Tout accepter"),
        ("es", "Tu privacidad", "Usamos cookies para medir lo que lees.", "Aceptar todo"),
        ("ja", "クッキーについて", "このサイトはクッキーを使用して閲覧を計測します。", "同意する"),
        ("ru", "Файлы cookie", "Мы используем cookie, чтобы считать читателей.", "Принять"),
        ("en", "", "Our partners use cookies and personal data to show you advertisements of the sea.", "I agree"),
    ],
)
def test_a_consent_wall_is_recognised_unless_other_text_follows(
    language: str, heading: str, words: str, button: str
) -> None:
    wall = f"<h2>{heading}</h2><div><p>{words}</p><button>{button}</button></div>"
    assert kind(wall, language=language) == "consent"
    assert kind(f"{wall}<main><h1>Harbour open</h1>{STORY}</main>", language=language) is None


@pytest.mark.parametrize(
    "heading", ["Sign in", "Log in to Sea Records", "Anmelden", "Connexion", "ログイン", "登录", "Вход"]
)
def test_a_login_page_is_recognised_by_its_password_field(heading: str) -> None:
    form = '<form><input name="who"><input type="password" name="word"><button>OK</button></form>'
    assert kind(f"{MENU}<h1>{heading}</h1>{form}") == "login"
    assert kind(f"{MENU}<h1>{heading}</h1><p>How to read the log of a ship.</p>") is None
    assert kind(f"{MENU}{form}<h1>Harbour open</h1>{STORY}") is None


@pytest.mark.parametrize(
    "body",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>",
        "<div id='app'></div><script src='app.js'></script>",
        "<p>Bitte aktivieren Sie JavaScript.</p>",
        "<noscript>JavaScriptを有効にしてください。</noscript><div id='__next'></div>",
    ],
)
def test_a_page_that_only_scripts_fill_is_recognised(body: str) -> None:
    assert kind(body) == "script"
    assert kind(f"{body}<main>{STORY}</main>") is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Harbour open", f"<h1>Harbour open</h1>{STORY}"),
        ("Page not found: why links die", f"<h1>Page not found</h1>{STORY}"),
        ("Talks 404", "<h1>Room 404</h1><p>The ministers met in room 404.</p>"),
        ("Cookies", "<h1>Cookies</h1><p>Take flour, sugar and butter, and bake them for ten minutes.</p>"),
        ("Cookie policy", f"<h1>Cookie policy</h1><p>Which cookies we set.</p>{STORY}<button>Accept</button>"),
        ("Remains not found", "<h1>Wreck of the Kelp not found</h1><p>The search was ended on Monday.</p>"),
        ("Access to the sea", "<h1>Access to the sea denied no longer</h1><p>The treaty was signed.</p>"),
        ("Short notice", "<p>The office is closed on Monday.</p>"),
        ("日本とアトランティス", "<h1>外相会談</h1><p>両大臣は会談しました。</p>"),
    ],
)
def test_a_document_with_words_of_error_pages_is_not_an_error_page(title: str, body: str) -> None:
    assert kind(f"{MENU}{body}", title) is None


def test_the_evidence_quotes_the_page() -> None:
    found = find_non_document("<title>Sea</title><h1>Seite nicht gefunden</h1><p>Suchen Sie.</p>")
    assert found is not None
    assert (found.what, found.evidence) == ("an error page", "it says 'Seite nicht gefunden'")
    assert found.what_next


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "<!-- nothing -->"])
def test_an_empty_page_is_not_recognised_as_a_soft_404(page: str) -> None:
    assert find_non_document(page) is None


@pytest.mark.parametrize("delay", ["0; url=/new", "5;URL='https://www.atlantis.example/new'"])
def test_a_short_page_that_leads_to_another_is_not_a_document(delay: str) -> None:
    refresh = f'<meta http-equiv="Refresh" content="{delay}">'
    moved = "<h1>Talks on the ferries</h1><p>This page has moved. Follow <a href=/new>this link</a>.</p>"
    assert kind(refresh + moved) == "redirect"
    assert kind(f"<noscript>{refresh}</noscript>{moved}") is None
    assert kind(f'<meta http-equiv="refresh" content="300">{moved}') is None
    assert kind(f"{refresh}{moved}<p>{'The ministers met in the harbour. ' * 10}</p>") is None
