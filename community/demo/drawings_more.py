"""More of the demo's pictures: things people have made, mended, grown and shrunk."""

from __future__ import annotations

import math
from collections.abc import Callable

from community.demo.brush import Sheet

INK, PAPER, CREAM = "#3a2a22", "#faf1e2", "#fbe6bf"
RED, PINE, HONEY, WOOD = "#a8402c", "#2f5f4c", "#e2a13c", "#8a5a3a"


def jumper() -> Sheet:
    """A woollen jumper the size of a hand, on a line, beside a sock that is larger."""
    sheet = Sheet("jumper", "#d7e4e2", "#f1e7d3")
    sheet.line([(-2, 14), (50, 19), (102, 13)], INK, 0.5)
    for nr, shade in enumerate(("#2f6fb0", "#3878b6")):
        inset = nr * 0.8
        sheet.shape([(40 + inset, 21), (60 - inset, 21), (60 - inset, 46), (40 + inset, 46)], shade)
        sheet.shape([(40 + inset, 21), (30, 34), (34, 38), (42, 30)], shade)
        sheet.shape([(60 - inset, 21), (70, 34), (66, 38), (58, 30)], shade)
    sheet.dot(50, 21, 9, "#d7e4e2", 4)
    for row in range(3):
        for nr in range(6):
            x, y = 42.6 + nr * 3, 28 + row * 5
            sheet.shape([(x - 1, y), (x, y - 1.2), (x + 1, y), (x, y + 1.2)], PAPER if row % 2 else HONEY)
    sheet.box(40, 44, 20, 2.4, "#275f97")
    for x in (43, 57):
        sheet.box(x - 0.8, 15.5, 1.6, 6, WOOD, round=0.4)
    sheet.shape([(78, 17), (88, 16.5), (89, 44), (78, 44)], "#c2492a")
    sheet.shape([(78, 42), (89, 42), (90, 52), (84, 58), (68, 58), (66, 52), (78, 48)], "#c2492a")
    for nr in range(3):
        sheet.box(78.4, 22 + nr * 6, 10.4, 2, PAPER)
    sheet.shape([(66, 52), (72, 50.4), (74, 58), (68, 58)], HONEY)
    sheet.box(82, 12.5, 1.6, 6, WOOD, round=0.4)
    sheet.line([(14, 24), (14, 60)], WOOD, 1.6)
    for nr in range(10):
        sheet.line([(14, 26 + nr * 3.4), (16.4 + (nr % 5 == 0) * 2, 26 + nr * 3.4)], INK, 0.3)
    return sheet


def bicycle() -> Sheet:
    """A bicycle that has just been mended, against a yellow wall."""
    sheet = Sheet("bicycle", "#e9c46a", "#e0b352")
    for row in range(6):
        for nr in range(8):
            if (row * 3 + nr) % 4 == 0:
                sheet.box(nr * 13 + row % 2 * 6, row * 9, 12, 3.6, "#dcae49", round=0.6)
    sheet.box(0, 60, 100, 15, "#8c8377")
    for x in (29, 71):
        sheet.dot(x, 61.6, 30, "#7a7268", 4)
        sheet.arc(x, 47, 28, 28, 0, 360, INK, 1.3)
        for spoke in range(12):
            turn = spoke / 12 * math.tau
            sheet.line([(x, 47), (x + 13 * math.cos(turn), 47 + 13 * math.sin(turn))], "#6f6a63", 0.16)
        sheet.dot(x, 47, 2.6, INK)
    for bar in ([(29, 47), (42, 27)], [(42, 27), (63, 27)], [(63, 27), (48, 47)], [(48, 47), (29, 47)]):
        sheet.line(bar, PINE, 1.6)
    sheet.line([(42, 27), (48, 47)], PINE, 1.6)
    sheet.line([(71, 47), (62, 22)], PINE, 1.6)
    sheet.line([(42, 27), (40.6, 22)], INK, 1.0)
    sheet.shape([(34, 20), (46, 20), (45, 22.6), (37, 22.8)], "#5a3524")
    sheet.line([(62, 22), (61, 18), (54, 17)], INK, 1.2)
    sheet.line([(54, 17), (51, 18)], "#5a3524", 2.0)
    sheet.dot(48, 47, 5, "#4a443d")
    sheet.line([(48, 47), (52, 53)], INK, 1.0)
    sheet.line([(50, 53.6), (54.6, 53)], INK, 1.4)
    sheet.shape([(66, 26), (82, 26), (80, 37), (68, 37)], "#a9774a")
    for nr in range(4):
        sheet.line([(66.6, 28 + nr * 2.6), (81.4, 28 + nr * 2.6)], "#8a5a3a", 0.4)
    return sheet


def sill() -> Sheet:
    """Tomatoes on a window sill, and a cup somebody has forgotten there."""
    sheet = Sheet("sill", "#e6dcc9", "#d8c6a6")
    sheet.box(12, 4, 76, 50, PAPER)
    sheet.box(15, 7, 70, 44, "#a9d1de")
    sheet.shape([(15, 40), (30, 32), (48, 38), (66, 30), (85, 37), (85, 51), (15, 51)], "#8fb37a")
    sheet.dot(72, 15, 8, "#fff3cf")
    sheet.box(48.8, 4, 2.4, 50, PAPER)
    sheet.box(12, 27, 76, 2, PAPER)
    sheet.box(6, 54, 88, 5, "#fffaf0")
    sheet.box(6, 58, 88, 2, "#cbb897")
    for x, high in ((26, 27), (46, 33), (64, 24)):
        sheet.line([(x, 46), (x + 1, 46 - high * 0.5), (x, 46 - high)], "#4f7a3f", 0.9)
        for nr in range(7):
            y, way = 44 - nr * high / 7.5, -1 if nr % 2 else 1
            sheet.shape([(x, y), (x + 5 * way, y - 3.4), (x + 8.4 * way, y - 0.8), (x + 5 * way, y + 1)], "#5f9150")
        for nr in range(3):
            sheet.dot(x + (3.4 if nr % 2 else -3.6), 41 - nr * high / 4, 4.2, ("#c2362a", "#d9552f", "#e2a13c")[nr])
        sheet.shape([(x - 6, 45), (x + 6, 45), (x + 4.6, 54), (x - 4.6, 54)], "#b5653f")
        sheet.box(x - 6.6, 44, 13.2, 2.6, "#c4744b", round=0.4)
    sheet.box(77, 47, 8, 7.4, "#2f6fb0", round=1)
    sheet.arc(86, 50.4, 5, 5, -90, 90, "#2f6fb0", 1.0)
    return sheet


def tree() -> Sheet:
    """A Christmas tree that leans, with stars of straw and one sock."""
    sheet = Sheet("tree", "#7c4a42", "#5f3a38")
    sheet.box(0, 58, 100, 17, "#8a5d42")
    for nr in range(5):
        sheet.line([(0, 61 + nr * 3.4), (100, 60.6 + nr * 3.6)], "#7a5039", 0.4)
    sheet.glow(54, 34, 70, (255, 198, 120), 0.45)
    sheet.box(53, 58, 4, 8, "#5a3c28")
    for nr in range(5):
        top, wide = 8 + nr * 9.6, 9 + nr * 6
        lean = (4 - nr) * 1.1
        sheet.shape(
            [(54 + lean - wide, top + 16), (55 + lean, top), (56 + lean + wide, top + 16)],
            ("#2b5a3f", "#336848")[nr % 2],
        )
    for nr in range(26):
        row = 1 + nr % 5
        x = 55 + (4 - row) * 1.1 + sheet.by_chance.uniform(-1, 1) * (2 + row * 4.4)
        sheet.dot(x, 15 + row * 9 + sheet.by_chance.uniform(-2, 2), 1.7, ("#ffd98a", "#fff0c2", "#e8734a")[nr % 3])
    for x, y in ((50, 33), (66, 44), (44, 52), (61, 57)):
        for ray in range(8):
            turn = ray / 8 * math.tau
            sheet.line([(x, y), (x + 2.6 * math.cos(turn), y + 2.6 * math.sin(turn))], "#efc35a", 0.5)
    sheet.shape([(72, 50), (76, 50), (76.4, 57), (79, 60), (76, 62), (71.6, 58)], RED)
    sheet.box(71.6, 48.6, 4.8, 2, PAPER)
    for ray in range(12):
        turn = ray / 12 * math.tau
        sheet.line([(59.4, 8), (59.4 + 4 * math.cos(turn), 8 + 4 * math.sin(turn))], "#ffe6a0", 0.6)
    for x, wide, colour in ((16, 15, "#2f6fb0"), (29, 12, "#c2492a"), (78, 16, "#e2a13c")):
        sheet.box(x, 69 - wide * 0.7, wide, wide * 0.7, colour, round=0.5)
        sheet.box(x + wide * 0.44, 69 - wide * 0.7, wide * 0.12, wide * 0.7, PAPER)
    return sheet


def card() -> Sheet:
    """A drawn map with twelve crosses, in a frame."""
    sheet = Sheet("card", "#cfdad0", "#b8c8ba")
    sheet.box(13, 6, 74, 62, "#5a3c28", round=0.6)
    sheet.box(16, 9, 68, 56, "#fffaf0")
    sheet.box(20, 13, 60, 48, "#f3e6c9")
    sheet.shape([(20, 42), (32, 38), (46, 44), (60, 40), (80, 47), (80, 61), (20, 61)], "#a9cdd6")
    for way in (
        [(24, 15), (34, 27), (52, 30), (74, 22)],
        [(34, 27), (30, 38)],
        [(52, 30), (58, 41)],
        [(52, 30), (50, 14)],
    ):
        sheet.line(way, "#c79a63", 1.3)
    for x, y, colour in ((27, 20, RED), (39, 33, "#2f6fb0"), (62, 18, HONEY), (70, 30, PINE), (45, 21, "#a34d8e")):
        sheet.box(x, y, 4.6, 3.4, colour)
        sheet.shape([(x - 0.6, y), (x + 2.3, y - 2.4), (x + 5.2, y)], INK)
    for nr in range(12):
        x, y = 23 + nr * 19 % 54, 17 + nr * 13 % 22
        sheet.line([(x - 1, y - 1), (x + 1, y + 1)], "#c2362a", 0.5)
        sheet.line([(x - 1, y + 1), (x + 1, y - 1)], "#c2362a", 0.5)
    for nr in range(5):
        sheet.arc(30 + nr * 10, 52 + nr % 2 * 3, 5, 3, 180, 360, "#7fb0bd", 0.4)
    sheet.dot(72, 54, 7, "#fffaf0")
    sheet.shape([(72, 49.6), (73.2, 54), (72, 58.4), (70.8, 54)], RED)
    return sheet


MORE: dict[str, Callable[[], Sheet]] = {one.__name__: one for one in (jumper, bicycle, sill, tree, card)}
