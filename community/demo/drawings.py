"""The demo's pictures, drawn here: places, food and weather, and nobody in any of them."""

from __future__ import annotations

import math
from collections.abc import Callable

from community.demo.brush import Sheet

INK, PAPER, CREAM = "#3a2a22", "#faf1e2", "#fbe6bf"
RED, PINE, HONEY, WOOD = "#a8402c", "#2f5f4c", "#e2a13c", "#8a5a3a"


def fence() -> Sheet:
    """A red fence along a meadow, and a house far behind it."""
    sheet = Sheet("fence", "#a9cfdb", "#f7e6c4")
    sheet.dot(80, 15, 9, "#fff3cf")
    sheet.hill(38, 3, "#8fae77", 1.1, 0.4)
    _house(sheet, 18, 38, 13, "#d8b46a")
    _tree(sheet, 34, 38, 9, "#5f8a58")
    _tree(sheet, 88, 40, 12, "#54804f")
    sheet.hill(46, 2, "#9dbb6f", 1.4, 2.0)
    for height in (50, 59):
        sheet.box(-1, height, 102, 2.6, "#8f3423")
    for nr in range(13):
        left, lean = nr * 8.2 - 2, sheet.by_chance.uniform(-0.5, 0.5)
        corners = [(left, 67), (left + lean, 46), (left + 2.6 + lean, 43), (left + 5.2 + lean, 46), (left + 5.2, 67)]
        sheet.shape(corners, RED if nr % 2 else "#b54a33")
    _grass(sheet, 66, "#6f9150")
    return sheet


def paint() -> Sheet:
    """Four tins of red paint and a brush, in the grass."""
    sheet = Sheet("paint", "#c9dcae", "#86a860")
    for left, foot, scale in ((12, 52, 1.0), (40, 48, 0.92), (68, 54, 1.05), (52, 66, 1.15)):
        wide, high = 20 * scale, 17 * scale
        sheet.dot(left + wide / 2, foot, wide * 1.15, "#6d8c4d", 6)
        sheet.box(left, foot - high, wide, high - 1, "#d9d3c8")
        sheet.dot(left + wide / 2, foot - 1, wide, "#c6bfb2", 5 * scale)
        sheet.box(left, foot - high * 0.7, wide, high * 0.4, PAPER)
        sheet.dot(left + wide / 2, foot - high, wide, "#b8b0a2", 6 * scale)
        sheet.dot(left + wide / 2, foot - high, wide * 0.88, RED, 5 * scale)
        sheet.line([(left + wide * 0.3, foot - high), (left + wide * 0.28, foot - high * 0.5)], RED, 1.6)
    sheet.line([(18, 70), (40, 64)], WOOD, 2.2)
    sheet.shape([(38, 62), (47, 58), (49, 63), (41, 67)], RED)
    _grass(sheet, 73, "#5c7d40")
    return sheet


def bread() -> Sheet:
    """A round loaf with a cross cut into it, on a board."""
    sheet = _table("bread", "#e9d9bd", "#c9b08a")
    sheet.box(12, 30, 76, 34, "#a9774a", round=5)
    sheet.box(12, 30, 76, 31, "#bd8a5a", round=5)
    for height in (37, 44, 52):
        sheet.line([(16, height), (84, height + 1)], "#b07d4e", 0.4)
    sheet.dot(50, 46, 48, "#7d4a24", 31)
    sheet.dot(50, 43, 48, "#c07f3d", 31)
    sheet.dot(49, 40, 40, "#d49a54", 22)
    for way in (-1, 1):
        sheet.line([(50 - 15 * way, 34), (50, 41), (50 + 15 * way, 49)], "#f1d7a4", 2.6)
        sheet.line([(50 - 15 * way, 34.8), (50, 41.8), (50 + 15 * way, 49.8)], "#8f5a2b", 0.7)
    for _ in range(90):
        sheet.dot(sheet.by_chance.gauss(50, 11), sheet.by_chance.gauss(40, 5), 0.5, "#fff4da")
    for _ in range(14):
        sheet.dot(sheet.by_chance.uniform(16, 84), sheet.by_chance.uniform(57, 61), 0.9, "#e5c58e", 0.5)
    return sheet


def snow() -> Sheet:
    """A wall of snow at night, before a house with light in every window."""
    sheet = Sheet("snow", "#16243f", "#41577c")
    for _ in range(60):
        sheet.dot(sheet.by_chance.uniform(0, 100), sheet.by_chance.uniform(0, 30), 0.3, "#dfe7f5")
    _house(sheet, 52, 47, 34, "#7d3a32", lit=True)
    sheet.glow(69, 40, 40, (255, 205, 120), 0.3)
    sheet.hill(47, 1.5, "#c3d0e6", 1.2, 0.5)
    for row in range(4):
        for nr in range(11):
            left = 2 + nr * 6.3 + (row % 2) * 3
            sheet.box(left, 61 - row * 5, 5.9, 4.6, ("#e8eef8", "#dbe4f2", "#f4f7fc")[(nr + row) % 3], round=1.4)
    sheet.hill(64, 1.5, "#eef3fa", 1.6, 1.1)
    for nr in range(7):
        sheet.dot(78 + nr % 3 * 4.5 + nr // 3 * 1.5, 67 - nr // 3 * 3.6, 4.4, "#ffffff")
    _flakes(sheet, "#ffffff")
    return sheet


def star() -> Sheet:
    """A star of straws, a metre wide, under a kitchen ceiling."""
    sheet = Sheet("star", "#f3e6cf", "#e2c79d")
    sheet.shape([(0, 0), (100, 0), (84, 16), (16, 16)], "#fbf3e3")
    sheet.box(0, 58, 100, 17, "#c79a63")
    sheet.box(6, 26, 22, 24, "#35506d", round=1)
    sheet.line([(17, 26), (17, 50)], PAPER, 0.9)
    sheet.line([(6, 38), (28, 38)], PAPER, 0.9)
    sheet.box(72, 24, 24, 3, WOOD)
    for nr, colour in enumerate(("#c2492a", "#2f6fb0", "#e2a13c", "#2f5f4c")):
        sheet.box(74 + nr * 5.3, 18, 3.8, 6, colour, round=0.6)
    sheet.glow(50, 32, 52, (255, 226, 150), 0.75)
    for ray in range(16):
        turn, far = ray / 16 * math.tau, 25 if ray % 2 else 17
        end = (50 + far * math.cos(turn), 33 + far * math.sin(turn) * 0.82)
        sheet.line([(50, 33), end], "#d99b2b" if ray % 2 else "#efc35a", 1.0)
        sheet.dot(*end, 1.7, "#b8402c")
    for far in (8, 14):
        ring = [(50 + far * math.cos(a / 8 * math.tau), 33 + far * math.sin(a / 8 * math.tau) * 0.82) for a in range(9)]
        sheet.line(ring, "#c98a22", 0.7)
    sheet.line([(50, 33), (50, 9)], INK, 0.3)
    return sheet


def leith() -> Sheet:
    """Rain from the side over a harbour, and gulls that walk."""
    sheet = Sheet("leith", "#7f93a1", "#b9c3c6")
    left = -2.0
    for nr, colour in enumerate(("#8c5a4a", "#a88b6a", "#6f7f88", "#b27a56", "#7a6a78", "#93a08a", "#a4614c")):
        wide, top = 13 + nr % 3 * 3, 21 + nr * 5 % 9
        sheet.box(left, top, wide, 45, colour)
        sheet.shape([(left - 0.6, top), (left + wide / 2, top - 6), (left + wide + 0.6, top)], "#4d535b")
        for row in range(2):
            for window in range(2):
                lit = (nr + row + window) % 3 == 0
                sheet.box(left + 2.5 + window * 5.5, top + 4 + row * 8, 3, 4.6, "#f6d88e" if lit else "#46525e")
        left += wide
    sheet.box(0, 51, 100, 24, "#6b767c")
    for nr in range(26):
        sheet.box(nr % 9 * 12 - nr // 9 * 4, 53 + nr // 9 * 7.4, 10.6, 6.2, ("#7a858a", "#737e84")[nr % 2], round=1)
    for x, y in ((22.0, 60.0), (41.0, 66.0), (60.0, 59.0), (79.0, 67.0)):
        sheet.dot(x, y + 4.6, 9, "#5a656b", 1.6)
        sheet.line([(x - 1, y + 4), (x - 1, y + 1)], "#d08a3c", 0.5)
        sheet.line([(x + 1, y + 4), (x + 1.3, y + 1)], "#d08a3c", 0.5)
        sheet.dot(x, y, 8, "#f2f2ee", 4.4)
        sheet.shape([(x - 5.5, y - 0.6), (x + 0.5, y - 2), (x + 1, y + 0.8)], "#8d979c")
        sheet.dot(x + 3.6, y - 2.2, 3, "#f7f7f4")
        sheet.shape([(x + 4.8, y - 2.6), (x + 7, y - 1.8), (x + 4.8, y - 1.5)], "#e0a040")
    for _ in range(170):
        x, y = sheet.by_chance.uniform(-10, 105), sheet.by_chance.uniform(-4, 75)
        sheet.line([(x, y), (x + 4.5, y + 1.8)], "#d3dde0", 0.16)
    return sheet


def buns() -> Sheet:
    """Cinnamon buns on a tray, and a folded note."""
    sheet = _table("buns", "#dfe6dc", "#b9c7b4")
    sheet.box(8, 16, 72, 48, "#5d6468", round=3)
    sheet.box(10, 18, 68, 44, "#f0e3c6", round=2)
    for row in range(3):
        for nr in range(4):
            x, y = 20 + nr * 16, 26 + row * 14
            sheet.dot(x, y + 1, 14.4, "#7a4523", 12.4)
            sheet.dot(x, y, 14, "#c98a45", 12)
            for ring, colour in ((10.6, "#7f4a22"), (8.4, "#d69c56"), (5.6, "#7f4a22"), (3.4, "#dca765")):
                sheet.dot(x + (0.4 if ring > 6 else -0.2), y, ring, colour, ring * 0.84)
            for _ in range(9):
                sheet.box(x + sheet.by_chance.gauss(0, 3.2), y + sheet.by_chance.gauss(0, 2.6), 0.8, 0.8, "#fffaf0")
    sheet.shape([(72, 40), (96, 34), (99, 62), (76, 68)], "#fffdf5")
    sheet.line([(74, 53), (97.5, 47)], "#ddd2bd", 0.4)
    for nr in range(4):
        sheet.line([(76.5 + nr * 0.5, 45 + nr * 5.6), (91 - nr * 2, 41.6 + nr * 5.6)], "#4b5f86", 0.5)
    return sheet


def goal() -> Sheet:
    """A gravel pitch with a goal, a ball, and nobody in between."""
    sheet = Sheet("goal", "#b9d3de", "#efe2c8")
    for nr in range(14):
        _tree(sheet, nr * 8 - 2, 36, 9 + nr * 7 % 5, ("#49694a", "#56794f", "#7f8d4b")[nr % 3])
    sheet.box(0, 36, 100, 39, "#c7a983")
    for _ in range(700):
        x, y = sheet.by_chance.uniform(0, 100), sheet.by_chance.uniform(37, 75)
        sheet.dot(x, y, y / 110, ("#b59670", "#d6bc98", "#a88a66")[int(x) % 3], y / 170)
    for nr in range(17):
        sheet.line([(26 + nr * 3, 19), (28 + nr * 2.75, 44)], "#e9e4da", 0.2)
    for nr in range(9):
        sheet.line([(25, 20 + nr * 3), (75, 20 + nr * 3)], "#e9e4da", 0.2)
    sheet.line([(24, 46), (24, 17), (76, 17), (76, 46)], "#fbfaf6", 1.8)
    sheet.line([(20, 58), (80, 58)], "#efe6d6", 0.7)
    sheet.dot(52, 68.6, 9, "#9d7f5c", 2.6)
    sheet.dot(52, 64, 8.6, "#fbfaf6")
    for turn in range(5):
        sheet.dot(52 + 3 * math.cos(turn * 1.257), 64 + 3 * math.sin(turn * 1.257), 1.7, INK)
    sheet.dot(52, 64, 2.2, INK)
    return sheet


def lamp() -> Sheet:
    """A small lamp with a paper shade, by a dark window."""
    sheet = Sheet("lamp", "#2c3148", "#40384a")
    sheet.box(12, 8, 36, 40, "#171d33", round=1)
    for _ in range(16):
        sheet.dot(sheet.by_chance.uniform(14, 46), sheet.by_chance.uniform(10, 40), 0.4, "#e8ecf6")
    sheet.dot(38, 17, 6, "#f2efdc")
    sheet.line([(30, 8), (30, 48)], "#6e6577", 1.2)
    sheet.line([(12, 28), (48, 28)], "#6e6577", 1.2)
    sheet.glow(70, 32, 66, (255, 200, 110), 0.72)
    sheet.box(0, 58, 100, 17, "#6b4632")
    sheet.box(0, 58, 100, 1.6, "#8a5d42")
    sheet.box(69, 42, 2, 14, "#7a5a2c")
    sheet.dot(70, 57, 14, "#8c6733", 4)
    sheet.shape([(62, 20), (78, 20), (85, 42), (55, 42)], "#ffe2a0")
    for nr in range(7):
        sheet.line([(63 + nr * 2.4, 20), (57 + nr * 4.4, 42)], "#f4c978", 0.3)
    sheet.box(22, 54, 22, 4, "#a8402c", round=0.6)
    sheet.box(24, 50.4, 19, 3.6, "#2f6fb0", round=0.6)
    sheet.dot(90, 57, 8, "#d9d3c8", 3)
    sheet.box(86.4, 50, 7.2, 7, "#efe9de", round=1)
    return sheet


def cake() -> Sheet:
    """A cake with eighteen candles."""
    sheet = Sheet("cake", "#5d3a4c", "#8a4f49")
    sheet.glow(50, 26, 70, (255, 196, 120), 0.6)
    for nr in range(9):
        x = 4 + nr * 11.5
        sheet.shape([(x, 3), (x + 9, 3), (x + 4.5, 12)], ("#e2a13c", "#2f8a6d", "#c2492a", "#2f6fb0")[nr % 4])
    sheet.line([(0, 3.4), (100, 3.4)], PAPER, 0.4)
    sheet.box(0, 61, 100, 14, "#e9dcc6")
    sheet.dot(50, 62, 68, "#d6c7ae", 9)
    sheet.dot(50, 60.6, 66, "#fffaf0", 8)
    sheet.box(23, 38, 54, 21, "#f3dcb4", round=2)
    sheet.box(23, 46, 54, 3.4, RED)
    sheet.dot(50, 38, 54, "#fffaf0", 11)
    for nr in range(9):
        sheet.dot(26 + nr * 6, 41.5 + (nr % 2), 5, "#fffaf0", 8)
    for nr in range(18):
        turn = nr / 18 * math.tau
        x, y = 50 + 22 * math.cos(turn), 37.6 + 3.6 * math.sin(turn)
        sheet.box(x - 0.5, y - 8, 1, 8, ("#7fb3d5", "#e8a0a8", "#e9cf7a")[nr % 3])
        sheet.dot(x, y - 9.6, 1.5, "#ffd36b", 3)
        sheet.dot(x, y - 9.2, 0.7, "#fff6d8", 1.5)
    return sheet


def lake() -> Sheet:
    """A jetty into a lake, in the evening."""
    sheet = Sheet("lake", "#f2b98a", "#f9e2b0")
    sheet.dot(64, 31, 13, "#fff0bf")
    sheet.hill(34, 2.4, "#6d7f86", 1.7, 0.2)
    sheet.hill(37, 1.6, "#4f6a63", 2.3, 1.6)
    sheet.box(0, 39, 100, 36, "#d99f86")
    for nr in range(46):
        y = 39.6 + nr * 0.78
        wide, x = sheet.by_chance.uniform(6, 30), sheet.by_chance.uniform(-8, 95)
        sheet.line([(x, y), (x + wide, y)], ("#e9b992", "#c98b7a", "#f3cfa0", "#b67c74")[nr % 4], 0.35)
    for nr in range(14):
        sheet.line([(64 - nr * 0.5, 40 + nr * 2.3), (64 + 6 - nr * 0.3, 40 + nr * 2.3)], "#ffe9b6", 0.7)
    for x in (27, 40, 21.5, 47):
        sheet.box(x, 49 if x in (27, 40) else 62, 1.6, 14, "#54392b")
    sheet.shape([(29, 46), (40, 46), (56, 77), (12, 77)], "#9a6c4b")
    for nr in range(10):
        y = 47.5 + nr * 3.1
        sheet.line([(29 - (y - 46) * 0.54, y), (40 + (y - 46) * 0.51, y)], "#7c5238", 0.4)
    sheet.dot(35, 55, 5, "#f4ecd8", 1.7)
    sheet.box(33.2, 52, 3.4, 2.6, RED, round=0.6)
    return sheet


def fire() -> Sheet:
    """A tent and a fire under stars."""
    sheet = Sheet("fire", "#131d35", "#33496a")
    for _ in range(90):
        sheet.dot(
            sheet.by_chance.uniform(0, 100),
            sheet.by_chance.uniform(0, 42),
            sheet.by_chance.uniform(0.2, 0.6),
            "#eef2fa",
        )
    for nr in range(15):
        _spruce(sheet, nr * 7.4 - 3, 50, 17 + nr * 7 % 9, "#16302e")
    sheet.hill(50, 1.2, "#24402f", 1.3, 0.3)
    sheet.glow(66, 56, 58, (255, 164, 70), 0.6)
    sheet.shape([(10, 58), (28, 33), (46, 58)], "#d98f3d")
    sheet.shape([(28, 33), (46, 58), (53, 54), (35, 31)], "#b06f2c")
    sheet.shape([(23, 58), (28, 42), (33, 58)], "#5d3a22")
    for way in (-1, 1):
        sheet.line([(66 - 8 * way, 65), (66 + 8 * way, 61)], WOOD, 2.4)
    for wide, high, colour in ((11, 19, "#e8622c"), (7.4, 14, "#f7a53c"), (3.8, 8, "#ffe08a")):
        sheet.shape(
            [
                (66 - wide / 2, 62),
                (66 - wide / 5, 62 - high * 0.6),
                (66, 62 - high),
                (66 + wide / 3, 62 - high * 0.5),
                (66 + wide / 2, 62),
            ],
            colour,
        )
    for nr in range(9):
        turn = nr / 9 * math.tau
        sheet.dot(66 + 11 * math.cos(turn), 65 + 3.4 * math.sin(turn), 4, "#7c7f86", 3)
    sheet.line([(85, 66), (72, 55)], WOOD, 0.6)
    sheet.box(71, 52.6, 3.4, 3, "#fff4e2", round=1)
    return sheet


def canoe() -> Sheet:
    """A red canoe pulled up on a shore."""
    sheet = Sheet("canoe", "#9ec7d3", "#dfeee4")
    for nr in range(17):
        _spruce(sheet, nr * 6.4 - 2, 33, 10 + nr * 5 % 7, ("#3f6350", "#33574a")[nr % 2])
    sheet.box(0, 33, 100, 25, "#7fb0bd")
    for nr in range(30):
        y, x = 34 + nr * 0.8, sheet.by_chance.uniform(-5, 95)
        sheet.line([(x, y), (x + sheet.by_chance.uniform(5, 18), y)], ("#95c2cb", "#6fa0ae", "#b5d6d9")[nr % 3], 0.35)
    sheet.hill(57, 2, "#d9c49b", 1.1, 2.4)
    for _ in range(160):
        x, y = sheet.by_chance.uniform(0, 100), sheet.by_chance.uniform(61, 75)
        sheet.dot(x, y, 1.3, ("#c2ac84", "#a9977a", "#e6d7b6")[int(x) % 3], 0.8)
    sheet.shape([(10, 50), (18, 57), (76, 61), (90, 52), (84, 66), (24, 64)], "#8f2f22")
    sheet.shape([(10, 50), (18, 57), (76, 61), (90, 52), (78, 57), (22, 54)], "#c2492a")
    sheet.line([(34, 55.6), (34, 60)], CREAM, 1.0)
    sheet.line([(60, 57), (60, 61.6)], CREAM, 1.0)
    sheet.line([(30, 70), (76, 48)], WOOD, 1.1)
    sheet.shape([(74, 47), (84, 41), (87, 44), (77, 50.5)], "#a9774a")
    return sheet


def pancakes() -> Sheet:
    """A stack of pancakes with jam, and steam."""
    sheet = _table("pancakes", "#f4e3c4", "#d8b98a")
    for row in range(6):
        for nr in range(8):
            if (row + nr) % 2:
                sheet.box(nr * 13 - 2, 28 + row * 8, 13, 8, "#c2705a")
    sheet.dot(50, 60, 64, "#b8b6ae", 16)
    sheet.dot(50, 58, 62, "#fbf8f0", 15)
    for nr in range(8):
        lean = sheet.by_chance.uniform(-1.2, 1.2)
        sheet.dot(50 + lean, 56 - nr * 2.6, 42, "#a8662c", 11)
        sheet.dot(50 + lean, 55 - nr * 2.6, 41, "#e0a85a", 10)
    sheet.dot(50, 35.6, 33, "#cf9148", 7)
    sheet.dot(51, 35, 19, "#8f1f35", 4.6)
    sheet.shape([(56, 36), (60, 36), (59, 46), (57.4, 46)], "#8f1f35")
    sheet.dot(47, 34, 6, "#b23a4e", 1.6)
    for x in (38, 50, 62):
        curl = [(x + 1.8 * math.sin(step / 2.4 + x), 28 - step) for step in range(17)]
        sheet.line(curl, "#fffaf0", 0.5)
    return sheet


DRAWINGS: dict[str, Callable[[], Sheet]] = {
    one.__name__: one
    for one in (fence, paint, bread, snow, star, leith, buns, goal, lamp, cake, lake, fire, canoe, pancakes)
}


def _table(seed: str, above: str, below: str) -> Sheet:
    sheet = Sheet(seed, above, below)
    sheet.box(0, 22, 100, 53, "#cfa878")
    for nr in range(5):
        sheet.line([(0, 27 + nr * 11), (100, 26 + nr * 11.4)], "#bd9465", 0.5)
    return sheet


def _house(sheet: Sheet, left: float, foot: float, wide: float, wall: str, *, lit: bool = False) -> None:
    high = wide * 0.55
    sheet.box(left, foot - high, wide, high + 2, wall)
    sheet.shape(
        [(left - wide * 0.06, foot - high), (left + wide / 2, foot - high * 1.75), (left + wide * 1.06, foot - high)],
        INK,
    )
    sheet.box(left + wide * 0.68, foot - high * 1.65, wide * 0.09, high * 0.5, "#6b4038")
    for row in range(2):
        for nr in range(4):
            glass = "#ffd987" if lit else "#dfe9ec"
            x, y = left + wide * (0.08 + nr * 0.23), foot - high * (0.88 - row * 0.47)
            sheet.box(x - wide * 0.012, y - wide * 0.012, wide * 0.144, high * 0.3, PAPER)
            sheet.box(x, y, wide * 0.12, high * 0.26, glass)


def _tree(sheet: Sheet, x: float, foot: float, high: float, colour: str) -> None:
    sheet.box(x - high * 0.05, foot - high * 0.4, high * 0.1, high * 0.42, "#5a4030")
    for aside, above, wide in ((0, 0.8, 0.75), (-0.25, 0.6, 0.5), (0.25, 0.6, 0.52)):
        sheet.dot(x + high * aside, foot - high * above, high * wide, colour)


def _spruce(sheet: Sheet, x: float, foot: float, high: float, colour: str) -> None:
    for part in range(3):
        top, wide = foot - high + part * high * 0.24, high * (0.2 + part * 0.09)
        sheet.shape([(x - wide, top + high * 0.5), (x, top), (x + wide, top + high * 0.5)], colour)


def _grass(sheet: Sheet, foot: float, colour: str) -> None:
    sheet.box(0, foot, 100, 76 - foot, colour)
    for nr in range(150):
        x = nr * 0.68
        sheet.line(
            [(x, foot + 1), (x + sheet.by_chance.uniform(-1, 1), foot - sheet.by_chance.uniform(1, 4))], colour, 0.4
        )


def _flakes(sheet: Sheet, colour: str) -> None:
    for _ in range(120):
        size = sheet.by_chance.uniform(0.3, 1.0)
        sheet.dot(sheet.by_chance.uniform(0, 100), sheet.by_chance.uniform(0, 75), size, colour)
