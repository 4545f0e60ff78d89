"""Lemuria, an invented ministry whose pages have two layouts: its profile and its pages."""

from __future__ import annotations

from pathlib import Path

from readout_pub import HtmlPage, extract
from tests.pages import PROFILES, whole_page

LEMURIA = """\
# An invented ministry, with two layouts.
hosts = ["lemuria.example"]
publisher.en = "Ministry of Lemuria"
publisher.fr = "Ministère de la Lémurie"

[licence]
name.en = "Open Lemuria"
url = "https://lemuria.example/licence"
credit.en = "Source: Ministry of Lemuria[, {url}]"

[[layout]]
name = "present"
marker = "main.lemuria"
body = "main.lemuria"
title = "h1"
caption = ".under"
credit = ".by"
drop = [".share"]
unwrap = [".box"]

[[layout]]
name = "old"
marker = "td.lemuria"
body = "td.lemuria"
"""


def sites(folder: Path, **profiles: str) -> Path:
    """Write the profiles below `folder`, by site, and return `folder`."""
    for site, text in profiles.items():
        (folder / site).mkdir()
        (folder / site / "profile.toml").write_text(text, "utf-8")
    return folder


def lemurian(markup: str, url: str | None = None, lang: str = "en") -> HtmlPage:
    """Return a page of the layout "present"."""
    page = f'<html lang="{lang}"><body><p>Menu.</p><main class="lemuria">{markup}</main></body></html>'
    return whole_page(page, url=url)


def profile_of(page: HtmlPage, site: str | None = None, folders: list[Path] | None = None) -> str | None:
    """Return the profile and layout that `page` is read with, such as "lemuria/old"; None without a profile."""
    return extract(page, site=site, sites=folders or [PROFILES]).readout.origin.profile
