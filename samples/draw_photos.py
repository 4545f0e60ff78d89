# /// script
# requires-python = ">=3.11"
# dependencies = ["pillow==13.0.0"]
# ///
"""Draw the photos of the samples: invented people, invented flags.

To change a photo, edit its scene, run `uv run samples/draw_photos.py`, and commit the files that it wrote.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).parent
WIDTH, HEIGHT = 640, 400
"""Size of the canvas in units; scenes use these units."""

OVERSAMPLING = 3
"""Pixels for each unit; the photo is scaled down afterwards, so that edges are smooth."""

SIZE = (480, 300)
"""Pixels of the finished photo."""

Colour = str
Point = tuple[float, float]
Corners = tuple[float, float, float, float]
"""Left, top, right, bottom."""

SKIN = ("#e8b893", "#c68863", "#8d5a3b", "#f1cba8")
HAIR = ("#2b2320", "#4a3426", "#7b7570", "#1f1b1a")

FLAGS: dict[str, tuple[Colour, Colour, Colour]] = {
    # country: field, band, emblem
    "japan": ("#ffffff", "#ffffff", "#bc002d"),
    "atlantis": ("#0d5c75", "#f4efe2", "#e0a526"),
    "lemuria": ("#2e7d4f", "#f4efe2", "#8c1d2f"),
    "hyperborea": ("#dfe9f2", "#33658a", "#ffffff"),
    "thule": ("#7a1f2b", "#f2d7a0", "#22334d"),
    "avalon": ("#4b3b78", "#e9dff5", "#d9b23a"),
    "lyonesse": ("#155e4a", "#e8e2cf", "#b5452c"),
}


class Canvas:
    """The image to draw on; all lengths are in units of the canvas."""

    def __init__(self, background: Colour, floor: Colour, horizon: float) -> None:
        self.image = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING), background)
        self.pen = ImageDraw.Draw(self.image)
        self.box((0, horizon, WIDTH, HEIGHT), floor)

    def box(self, corners: Corners, fill: Colour, radius: float = 0) -> None:
        """Fill a rectangle, with rounded corners if `radius` is given."""
        self.pen.rounded_rectangle([value * OVERSAMPLING for value in corners], radius * OVERSAMPLING, fill)

    def disc(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """Fill an ellipse around (x, y)."""
        self.pen.ellipse([value * OVERSAMPLING for value in (x - rx, y - ry, x + rx, y + ry)], fill)

    def shape(self, points: list[Point], fill: Colour) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill)

    def stroke(self, points: list[Point], width: float, fill: Colour) -> None:
        """Draw a line with round ends."""
        scaled = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        self.pen.line(scaled, fill, round(width * OVERSAMPLING), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, width / 2, fill)

    def save(self, path: str) -> None:
        """Scale down, blur slightly, and write the file."""
        photo = self.image.resize(SIZE, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.4))
        file = HERE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".png":
            photo.quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)
        else:
            photo.save(file, quality=80, optimize=True)


# ── parts of a scene ────────────────────────────────────────────────────────────────────────────────────────────────


def flag(canvas: Canvas, x: float, top: float, country: str, size: float = 1) -> None:
    """Draw a flag on its pole, `size` times as large as usual."""
    field, band, emblem = FLAGS[country]
    width, height = 62 * size, 150 * size
    canvas.box((x - 3 * size, top - 14 * size, x + 2 * size, top + 300 * size), "#8a7448")
    canvas.disc(x, top - 18 * size, 6 * size, 6 * size, "#c9a84f")
    folds = [(x, top), (x + width, top + 12 * size), (x + width * 0.86, top + height), (x, top + height * 0.94)]
    canvas.shape(folds, field)
    if band != field:
        at = [(x, top + height * 0.36), (x + width * 0.96, top + height * 0.42)]
        canvas.shape([*at, (x + width * 0.92, top + height * 0.68), (x, top + height * 0.62)], band)
    canvas.disc(x + width * 0.46, top + height * 0.51, 15 * size, 15 * size, emblem)
    canvas.shape(
        [(x + width * 0.78, top + 9 * size), folds[1], folds[2], (x + width * 0.7, top + height)], _darker(field)
    )


def _darker(colour: Colour) -> Colour:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"#{red * 9 // 10:02x}{green * 9 // 10:02x}{blue * 9 // 10:02x}"


def person(
    canvas: Canvas, x: float, y: float, suit: Colour, look: int, *, size: float = 1, long_hair: bool = False
) -> None:
    """Draw head and shoulders; (x, y) is the middle of the chin."""
    skin, hair = SKIN[look % len(SKIN)], HAIR[look % len(HAIR)]
    if long_hair:
        canvas.box((x - 25 * size, y - 52 * size, x + 25 * size, y + 14 * size), hair, 22 * size)
    canvas.box((x - 46 * size, y + 8 * size, x + 46 * size, y + 230 * size), suit, 30 * size)
    canvas.box((x - 9 * size, y - 10 * size, x + 9 * size, y + 18 * size), _darker(skin), 6 * size)
    canvas.shape([(x - 15 * size, y + 8 * size), (x + 15 * size, y + 8 * size), (x, y + 62 * size)], "#f5f3ee")
    if not long_hair:
        tie = [(x - 4 * size, y + 12 * size), (x + 4 * size, y + 12 * size), (x + 6 * size, y + 48 * size)]
        canvas.shape([*tie, (x, y + 58 * size), (x - 6 * size, y + 48 * size)], _darker(suit))
    canvas.disc(x, y - 24 * size, 21 * size, 27 * size, skin)
    canvas.pen.chord(
        [v * OVERSAMPLING for v in (x - 23 * size, y - 55 * size, x + 23 * size, y - 2 * size)], 180, 360, hair
    )
    for side in (-1, 1):
        canvas.disc(x + side * 8 * size, y - 22 * size, 2 * size, 2.4 * size, "#2a211d")
    canvas.pen.arc(
        [v * OVERSAMPLING for v in (x - 8 * size, y - 19 * size, x + 8 * size, y - 7 * size)], 20, 160, "#8a4b3d", 4
    )


def window(canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
    """Draw a window with a view of a green hill."""
    canvas.box((x - 5, top - 5, x + width + 5, top + height + 5), "#f3eee4")
    canvas.box((x, top, x + width, top + height), "#bcd9e8")
    hill = [value * OVERSAMPLING for value in (x, top + height * 0.6, x + width, top + height * 1.4)]
    canvas.pen.chord(hill, 180, 360, "#7fa67c")
    canvas.box((x + width / 2 - 2, top, x + width / 2 + 2, top + height), "#f3eee4")


def papers(canvas: Canvas, x: float, y: float) -> None:
    """Draw a sheet of paper on the table."""
    canvas.shape([(x, y), (x + 44, y), (x + 52, y + 13), (x - 6, y + 13)], "#fbf9f4")


# ── the scenes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def handshake(path: str, left: str, right: str, suits: tuple[Colour, Colour], looks: tuple[int, int]) -> None:
    """Draw two people who shake hands between two flags."""
    canvas = Canvas("#d8cdb8", "#8b5e3c", 352)
    canvas.box((0, 346, WIDTH, 356), "#f1ebdf")
    for x in (70, 250, 430):
        canvas.box((x, 40, x + 140, 300), "#cfc2a9", 4)
    flag(canvas, 150, 70, left)
    flag(canvas, 440, 70, right)
    person(canvas, 250, 170, suits[0], looks[0], size=1.25)
    person(canvas, 395, 170, suits[1], looks[1], size=1.25, long_hair=looks[1] == 1)
    canvas.stroke([(288, 235), (306, 296), (322, 290)], 24, _darker(suits[0]))
    canvas.stroke([(357, 235), (340, 296), (324, 290)], 24, _darker(suits[1]))
    canvas.disc(318, 289, 13, 11, SKIN[looks[0] % 4])
    canvas.disc(329, 291, 12, 10, SKIN[looks[1] % 4])
    canvas.save(path)


def talks(path: str, left: str, right: str, suits: tuple[Colour, Colour]) -> None:
    """Draw two delegations that face each other over a long table."""
    canvas = Canvas("#c9d2d6", "#5e6b62", 300)
    window(canvas, 205, 36, 95, 130)
    window(canvas, 345, 36, 95, 130)
    flag(canvas, 52, 62, left, 0.8)
    flag(canvas, 548, 62, right, 0.8)
    for index, x in enumerate((132, 218)):
        person(canvas, x, 176 + 10 * index, suits[0], index, size=0.95, long_hair=index == 1)
    for index, x in enumerate((424, 510)):
        person(canvas, x, 186 - 10 * index, suits[1], index + 2, size=0.95, long_hair=index == 1)
    canvas.shape([(70, 262), (570, 262), (640, 400), (0, 400)], "#7a4a2b")
    canvas.shape([(84, 262), (556, 262), (566, 282), (74, 282)], "#8f5b38")
    for x in (110, 200, 400, 490):
        papers(canvas, x, 300)
    for x in (300, 320, 340):
        canvas.disc(x, 282, 10, 12, ("#c94f4f", "#e8c547", "#c94f4f")[(x - 300) // 20])
        canvas.disc(x, 292, 13, 5, "#4d7a4a")
    canvas.save(path)


def signing(path: str, left: str, right: str, suits: tuple[Colour, Colour]) -> None:
    """Draw two people who sign papers at one desk."""
    canvas = Canvas("#3f5468", "#2d3b47", 330)
    canvas.box((60, 30, 580, 92), "#344757", 6)
    canvas.box((180, 50, 460, 60), "#e7dcc0", 4)
    canvas.box((230, 70, 410, 76), "#e7dcc0", 3)
    flag(canvas, 96, 104, left, 0.85)
    flag(canvas, 500, 104, right, 0.85)
    person(canvas, 235, 190, suits[0], 3, size=1.1, long_hair=True)
    person(canvas, 405, 190, suits[1], 2, size=1.1)
    canvas.box((110, 290, 530, 400), "#6b4226")
    canvas.box((100, 284, 540, 300), "#855535", 3)
    for x in (205, 375):
        papers(canvas, x, 270)
        canvas.stroke([(x + 34, 276), (x + 50, 256)], 3, "#20242b")
    canvas.save(path)


def hall(path: str, country: str) -> None:
    """Draw an empty hall with a round table."""
    canvas = Canvas("#e6dcc6", "#a9835a", 236)
    for x in (40, 180, 388, 528):
        window(canvas, x, 44, 72, 130)
    flag(canvas, 300, 60, country, 0.7)
    for x in range(0, WIDTH, 64):
        canvas.shape([(320 + (x - 320) * 0.5, 240), (322 + (x - 320) * 0.5, 240), (x + 2, 400), (x, 400)], "#9a764f")
    for x, y in ((150, 250), (230, 236), (410, 236), (490, 250)):
        canvas.box((x - 17, y - 30, x + 17, y + 40), "#6d2f34", 8)
    canvas.disc(320, 306, 220, 62, "#5f3b22")
    canvas.disc(320, 298, 220, 60, "#8a5a36")
    canvas.disc(320, 298, 150, 36, "#a9835a")
    for x, y in ((110, 330), (220, 366), (420, 366), (530, 330)):
        canvas.box((x - 22, y - 30, x + 22, y + 50), "#7c373d", 10)
    canvas.save(path)


def station(path: str) -> None:
    """Draw a research hut on the ice below mountains."""
    canvas = Canvas("#9fc3dc", "#eef4f8", 260)
    for left, peak, right, top in ((-60, 120, 300, 96), (180, 330, 520, 60), (400, 560, 720, 110)):
        canvas.shape([(left, 270), (peak, top), (right, 270)], "#6e8aa1")
        canvas.shape([(peak - 34, top + 40), (peak, top), (peak + 38, top + 44), (peak, top + 62)], "#f7fafc")
    canvas.shape([(0, 262), (640, 250), (640, 400), (0, 400)], "#eef4f8")
    canvas.shape([(0, 330), (640, 300), (640, 318), (0, 352)], "#dbe7ef")
    canvas.box((230, 196, 420, 276), "#b3392f")
    canvas.shape([(214, 200), (436, 200), (410, 168), (240, 168)], "#54352c")
    canvas.box((300, 222, 336, 276), "#f2e9d8")
    for x in (250, 362):
        canvas.box((x, 218, x + 34, 244), "#ffe9a8")
    canvas.stroke([(452, 276), (452, 110)], 4, "#4d4d4d")
    canvas.shape([(454, 112), (512, 118), (454, 142)], FLAGS["hyperborea"][1])
    canvas.save(path)


if __name__ == "__main__":
    handshake("atlantis/readout_files/handshake.jpg", "japan", "atlantis", ("#26364f", "#6b2737"), (0, 1))
    talks("atlantis/readout_files/talks.jpg", "japan", "atlantis", ("#26364f", "#5b4a3a"))
    handshake("lemuria/readout_files/greeting.jpg", "lemuria", "japan", ("#3d4a3a", "#233a5a"), (2, 0))
    station("hyperborea/img/station.png")
    talks("thule/img/talks.jpg", "japan", "thule", ("#2c2f3a", "#4a3350"))
    signing("avalon/readout_files/signing.jpg", "avalon", "lyonesse", ("#5a2a45", "#24463c"))
    hall("avalon/readout_files/IMG_2041.jpg", "avalon")
