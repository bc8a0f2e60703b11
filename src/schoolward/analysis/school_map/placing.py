"""The loop that finds places for names, compiled: each name in its turn, where nothing stands yet."""
# mypy: allow-untyped-defs

import numpy as np

from schoolward.analysis.routing.compiling import compiled

__all__ = ["CELL", "place_names"]

CELL = 2.0
"""Points of the paper that are taken or free together, across and down."""


@compiled
def is_free(taken, x, y, dx, dy, width, height):
    """Whether all cells of a turned box are free; `x, y` is the middle of its foot, `dx, dy` its way."""
    along_steps = int(np.ceil((width + CELL) / CELL))
    up_steps = int(np.ceil((height + 0.1) / CELL))
    for i in range(along_steps):
        along = -width / 2 + CELL * i
        for j in range(up_steps):
            up = CELL * j
            # To the left of the direction is up on the paper, where y grows downwards.
            row = int((y + along * dy - up * dx) / CELL)
            column = int((x + along * dx + up * dy) / CELL)
            if taken[row, column]:
                return False
    return True


@compiled
def is_free_around(taken, x, y, radius):
    """Whether all cells of a square around a point are free, as far as they are on the paper."""
    rows, columns = taken.shape
    for row in range(max(0, int((y - radius) / CELL)), min(rows, int((y + radius) / CELL) + 1)):
        for column in range(max(0, int((x - radius) / CELL)), min(columns, int((x + radius) / CELL) + 1)):
            if taken[row, column]:
                return False
    return True


@compiled
def take(taken, x, y, dx, dy, width, height):
    """Take all cells of a turned box, as :func:`is_free` has it."""
    along_steps = int(np.ceil((width + CELL) / CELL))
    up_steps = int(np.ceil((height + 0.1) / CELL))
    for i in range(along_steps):
        along = -width / 2 + CELL * i
        for j in range(up_steps):
            up = CELL * j
            row = int((y + along * dy - up * dx) / CELL)
            column = int((x + along * dx + up * dy) / CELL)
            taken[row, column] = True


@compiled
def place_names(taken, street, line, width, height, ends, places, apart):
    """Give names places and take them; a line bears a text of its own once, and again so far `apart`.

    Of t texts, in their order: the number of their street, the number of their line, how wide and high they
    are, and where their places, the best first, begin and end (t + 1). Each place (p, 4) is the middle of the
    foot and the direction, with all of its box on the paper.

    Returns the text and the place of each that is written.
    """
    text_of = np.empty(len(places), np.int64)
    place_of = np.empty(len(places), np.int64)
    count = 0
    done = -1  # the line that has its text: all texts of a line stand together
    for text in range(len(street)):
        if line[text] == done:
            continue
        for place in range(ends[text], ends[text + 1]):
            x, y, dx, dy = places[place, 0], places[place, 1], places[place, 2], places[place, 3]
            is_near = False
            for other in range(count):
                if street[text_of[other]] == street[text]:
                    off_x, off_y = x - places[place_of[other], 0], y - places[place_of[other], 1]
                    if off_x * off_x + off_y * off_y < apart * apart:
                        is_near = True
                        break
            if is_near or not is_free(taken, x, y, dx, dy, width[text], height[text]):
                continue
            take(taken, x, y, dx, dy, width[text], height[text])
            text_of[count] = text
            place_of[count] = place
            count += 1
            done = line[text]
    return text_of[:count].copy(), place_of[:count].copy()
