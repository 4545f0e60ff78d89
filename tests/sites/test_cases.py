"""Every case of every site profile: a saved page, its photos, and the expected readout.

A case is a folder `sites/<site>/cases/<name>/` with `page.html`, photos, and `readout.json`. A new folder is tested
without registration; `./dev test --accept tests/sites` writes its readout for review.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from readout_pub import emit, extract, from_json, open_source, read, refine
from readout_pub.emit import EMITTERS
from readout_pub.extract.registry import OWN_SITES
from readout_pub.model import photos, unsealed_json
from readout_pub.profile_tools import check_site, sites_named
from tests.conftest import Golden

PAGE, READOUT = "page.html", "readout.json"
SITES = sorted(profile.parent for profile in OWN_SITES.glob("*/profile.toml"))
CASES = sorted(OWN_SITES.glob("*/cases/*"))
MAX_FILE_SIZE = 6_000
"""How many bytes a file of a case may have: the wheel contains all cases."""

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parents[1].name}/{case.name}")


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_case_of_every_site_names_its_publisher(site: Path) -> None:
    shown = {from_json((case / READOUT).read_bytes()).origin.publisher for case in site.glob("cases/*")}
    publisher = tomllib.loads((site / "profile.toml").read_text("utf-8"))["publisher"]
    assert shown & set(publisher.values())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_layout_of_a_site_has_a_case(site: Path) -> None:
    layouts = tomllib.loads((site / "profile.toml").read_text("utf-8")).get("layout", [])
    shown = {from_json((case / READOUT).read_bytes()).origin.profile for case in site.glob("cases/*")}
    assert {f"{site.name}/{layout['name']}" for layout in layouts} - shown == set()


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_checking_a_profile_gives_no_warnings(site: Path) -> None:
    (profile,) = sites_named(site.name)
    assert [warning for result in check_site(profile) for warning in result.warnings] == []


PLONE = """<html lang="de"><head><title>Jahresbericht der Gezeiten — Amt von Atlantis</title></head>
<body><div id="content"><h1 class="documentFirstHeading">Jahresbericht der Gezeiten</h1>
<p>Die Gezeiten kamen in diesem Jahr wie in jedem zweimal am Tag, und die Tafeln stimmten.</p></div></body>"""

DRUPAL = """<html lang="en"><head><title>Annual Report on the Tides | Press Releases of Atlantis</title></head>
<body><h1 class="page-header">Annual Report on the Tides</h1><article>
<div class="field field--name-body field--type-text-with-summary">
<p>The tides came twice a day this year, as in every year, and the tables were right.</p></div></article></body>"""


@pytest.mark.parametrize("page", [PLONE, DRUPAL], ids=["plone", "drupal"])
def test_a_page_of_a_common_cms_matches_no_profile(tmp_path: Path, page: str) -> None:
    """The page uses the same CMS as some sites with profiles, but it names none of these sites or their addresses."""
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert read(tmp_path / "page.html")[0].origin.profile is None


@every_case
def test_a_case_gives_the_expected_readout(case: Path, golden: Golden) -> None:
    readout, _ = read(case / PAGE)
    golden(case / READOUT, unsealed_json(readout).decode())


@every_case
def test_refining_a_case_is_idempotent(case: Path) -> None:
    once = refine(extract(open_source(case / PAGE)).readout)
    assert refine(once) == once


@every_case
def test_the_readout_of_a_case_round_trips_through_json(case: Path) -> None:
    content = (case / READOUT).read_bytes()
    assert unsealed_json(from_json(content)) == content


@every_case
def test_a_case_has_its_photos_and_no_large_file(case: Path) -> None:
    readout, images = read(case / PAGE)
    assert all(photo.sha256 in images for photo in photos(readout))
    assert {file.name: file.stat().st_size for file in case.iterdir() if file.stat().st_size > MAX_FILE_SIZE} == {}


@pytest.mark.slow
@every_case
@pytest.mark.parametrize("target", [*EMITTERS, "docx", "odt", "md"])
def test_a_case_is_emitted_in_each_common_format(target: str, case: Path) -> None:
    readout, images = read(case / PAGE)
    assert emit(readout, images, target).data
