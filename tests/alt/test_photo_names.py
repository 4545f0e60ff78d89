"""Names in a table of alternative texts are matched with the photos of a page."""

from __future__ import annotations

import pytest

from readout_pub.alt.photo_names import match_photos, readable_name
from readout_pub.model import Photo


def names(given: list[str], *photos: str | Photo) -> dict[str, str]:
    found = match_photos(given, [photo if isinstance(photo, Photo) else Photo(photo) for photo in photos])
    assert not found.unused
    return found.names


def reason(given: list[str], *photos: str | Photo) -> dict[str, str]:
    return match_photos(given, [photo if isinstance(photo, Photo) else Photo(photo) for photo in photos]).unused


@pytest.mark.parametrize(
    "src", ["a b.jpg", "a%20b.jpg", "/img/a%20b.jpg?size=2#top", "https://atlantis.example/img/a%20b.jpg"]
)
@pytest.mark.parametrize("name", ["a b.jpg", "a%20b.jpg"])
def test_a_file_name_fits_the_photo_whose_path_ends_with_it(name: str, src: str) -> None:
    assert names([name], src) == {src: name}


@pytest.mark.parametrize("name", ["readout_files/q.jpg", "./readout_files/q.jpg", r"readout_files\q.jpg", "q.jpg"])
def test_paths_copied_from_any_system_are_recognised(name: str) -> None:
    assert names([name], "./readout_files/q.jpg", "r.jpg") == {"./readout_files/q.jpg": name}


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    assert names(["Fu\u0308\u00dfe.jpg"], "F\u00fc%C3%9Fe.jpg") == {"F\u00fc%C3%9Fe.jpg": "Fu\u0308\u00dfe.jpg"}


def test_a_url_with_a_query_fits_only_the_photo_with_that_query() -> None:
    assert names(["photo?id=2"], "photo?id=1", "photo?id=2") == {"photo?id=2": "photo?id=2"}


def test_a_longer_path_wins_over_a_file_name() -> None:
    found = match_photos(["q.jpg", "x/q.jpg"], [Photo("a/x/q.jpg")])
    assert found.names == {"a/x/q.jpg": "x/q.jpg"}
    assert found.unused == {"q.jpg": "'x/q.jpg' means the same photo"}


def test_a_name_that_fits_several_photos_is_not_used() -> None:
    assert reason(["q.jpg"], "a/q.jpg", "b/q.jpg") == {"q.jpg": "it fits several photos: 'a/q.jpg', 'b/q.jpg'"}
    assert names(["a/q.jpg", "b/q.jpg"], "a/q.jpg", "b/q.jpg") == {"a/q.jpg": "a/q.jpg", "b/q.jpg": "b/q.jpg"}


def test_copies_of_one_file_are_one_photo() -> None:
    assert set(names(["q.jpg"], Photo("a/q.jpg", sha256="0" * 64), Photo("b/q.jpg", sha256="0" * 64))) == {
        "a/q.jpg",
        "b/q.jpg",
    }


def test_the_reason_for_an_unknown_name_lists_the_photos() -> None:
    photos = [f"{number}.jpg" for number in range(7)]
    assert reason(["q.jpg"], *photos) == {
        "q.jpg": "no photo on this page has this name; "
        "its photos are '0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg' and 2 more"
    }
    assert reason(["q.jpg"]) == {"q.jpg": "no photo on this page has this name; it has no photos"}


@pytest.mark.parametrize("name", ["uay.jpg", "/", ".", "..", "?", "a#b"])
def test_only_a_whole_file_name_fits_a_photo(name: str) -> None:
    assert set(reason([name], "img/quay.jpg")) == {name}


@pytest.mark.parametrize(
    ("name", "meant"),
    [("photo1.jpg", "Photo1.JPG"), ("IMG/photo1.JPG", "img/Photo1.JPG"), (r"img\photo1.JPG", "img/Photo1.JPG")],
)
def test_for_a_name_in_another_case_the_right_name_is_suggested(name: str, meant: str) -> None:
    assert reason([name], "Photo2.JPG", "https://atlantis.example/img/Photo1.JPG?size=2") == {
        name: f"no photo on this page has this name; did you mean {meant!r}?"
    }


@pytest.mark.parametrize(
    ("src", "name"),
    [
        ("R%C3%A9union_fichiers/quai%201.jpg", "Réunion_fichiers/quai 1.jpg"),
        ("https://atlantis.example/%E6%B8%AF.jpg?w=%20", "https://atlantis.example/港.jpg?w= "),
        ("a%2Fb%3Fc%23d%25.jpg", "a%2Fb%3Fc%23d%25.jpg"),
        ("%E2%80%AEgpj.exe%0A.jpg", "%E2%80%AEgpj.exe%0A.jpg"),
        ("caf%E9.jpg", "caf%E9.jpg"),
    ],
)
def test_the_name_of_a_photo_is_readable_and_still_names_it(src: str, name: str) -> None:
    assert readable_name(src) == name
    assert match_photos([name], [Photo(src), Photo("other.jpg")]).names == {src: name}
