"""Printable maps of schools: 80 sheets in one process, with nothing asked of the outside.

    python bench/routing/maps.py [EXTRACT] [--schools 80] [--seed 5] [--out FOLDER] [--peer PYTHON]

The bound is Typst's paper of one word, with the same typefaces, as many times. The peer, an interpreter that
has matplotlib, draws the streets, the zone and the suggested ways of the same maps and writes each as a PDF;
it writes no names, no legend and nothing that could be heard.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
from cities import arguments
from machine import state

from schoolward.analysis.routing.inventing import invent
from schoolward.analysis.routing.making import make
from schoolward.analysis.routing.plan_tables import SCHOOLS, Area, read_places
from schoolward.analysis.school_map.content import Entrance, MapContent
from schoolward.analysis.school_map.drawing import draw
from schoolward.analysis.school_map.gathering import around
from schoolward.analysis.school_map.printing import print_sheet
from schoolward.analysis.typesetting import typeset

GOAL_S = 8.0
DAY = date(2026, 9, 1)
WORD = b"""#set document(title: "Word")
#set text(font: "Source Sans Pro")
Word
"""


def main() -> None:
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="a folder for the sheets, to be looked at")
    parser.add_argument("--peer", help="an interpreter with matplotlib")
    given = parser.parse_args()
    if given.extract == "grid":
        sys.exit("Name an extract: a grid has no names to write.")
    asked: list[str] = []
    sys.addaudithook(lambda event, _: asked.append(event) if event.startswith("socket.") else None)
    made = make(given.extract)
    network = made.network
    rows, _ = invent(made, schools=given.schools, pupils=1, seed=given.seed)
    known = read_places(rows, "schools", columns=SCHOOLS, area=Area.of(network.longitude, network.latitude))
    print(state())
    print(f"{Path(given.extract).name}: {given.schools} schools, seed {given.seed}")
    # Loading what is compiled, and the typefaces, are paid once in a process.
    begun = time.process_time()
    print_sheet(content_of(made, known, 0))
    first = time.process_time() - begun

    gathered, drawn, printed = [], [], []
    contents: list[MapContent] = []
    sheets: list[bytes] = []
    for school in range(given.schools):
        begun = time.process_time()
        content = content_of(made, known, school)
        gathered.append(time.process_time() - begun)
        begun = time.process_time()
        sheets.append(print_sheet(content))
        printed.append(time.process_time() - begun)
        begun = time.process_time()
        draw(content)
        drawn.append(time.process_time() - begun)
        if given.peer:
            contents.append(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = sum(gathered) + sum(printed)
    bound = 0.0
    for number in range(given.schools):
        word = WORD + f"#{number}".encode()  # what is set anew is not remembered from the time before
        begun = time.process_time()
        typeset({"main.typ": word}, moment=0)
        bound += time.process_time() - begun
    print(
        f"all sheets           {total:6.2f} s   {total / GOAL_S:.2f} of the goal of {GOAL_S:g} s; "
        f"{np.mean([len(sheet) for sheet in sheets]) / 1000:.0f} kB each; peak {peak:.0f} MB; "
        f"the first {first:.2f} s"
    )
    for name, took in (("what lies around", gathered), ("sheet", printed), ("of it, drawing", drawn)):
        print(f"  {name:18} {sum(took):6.2f} s   median {np.median(took):.3f} s, worst {max(took):.3f} s")
    print(f"Typst, one word      {bound:6.2f} s   {total / bound:.1f} times that")
    print(f"asked of the outside: {len(asked)} times")
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        for one, sheet in zip(known.ids, sheets, strict=True):
            (given.out / f"{one}.pdf").write_bytes(sheet)
    if given.peer:
        peer(given.peer, contents, total)


def content_of(made, known, school: int) -> MapContent:  # type: ignore[no-untyped-def]
    at = (float(known.longitude[school]), float(known.latitude[school]))
    return around(made, [Entrance(at)], school=f"Invented School {school + 1}", day=DAY, invented="Invented.")


def peer(python: str, contents: list[MapContent], ours: float) -> None:
    """Draw the same in matplotlib, in a process of its own."""
    told = [
        {
            "school": content.school,
            "streets": [[street.line, int(street.street)] for street in content.streets],
            "zone": content.zone.lines,
            "suggested": [street.line for street in content.suggested],
        }
        for content in contents
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(told, file)
        file.flush()
        found = subprocess.run([python, "-c", _MATPLOTLIB, file.name], capture_output=True, text=True)
    if found.returncode:
        print(f"matplotlib: {found.stderr.strip().splitlines()[-1]}")
        return
    seconds = float(found.stdout)
    print(
        f"matplotlib           {seconds:6.2f} s   {seconds / ours:.1f} times ours, without names and legend"
    )


_MATPLOTLIB = """
import io, json, sys, time
import matplotlib
matplotlib.use("pdf")
import matplotlib.pyplot as plt
from matplotlib.collections import LineCollection
told = json.load(open(sys.argv[1]))
def one(content):
    figure, axes = plt.subplots(figsize=(8.5, 11))
    axes.add_collection(LineCollection(content["zone"], colors="#e9eeee", linewidths=12))
    for low, high, width in ((1, 7, 0.6), (7, 8, 0.7), (8, 10, 2.3), (10, 11, 3.8), (11, 99, 5.2)):
        lines = [line for line, street in content["streets"] if low <= street < high]
        axes.add_collection(LineCollection(lines, colors="#20282a", linewidths=width + 1.4))
        axes.add_collection(LineCollection(lines, colors="#ffffff", linewidths=width))
    axes.add_collection(LineCollection(content["suggested"], colors="#00566a", linewidths=3))
    axes.autoscale()
    axes.set_aspect(1.3)
    axes.set_title("Walking to " + content["school"])
    figure.savefig(io.BytesIO(), format="pdf")
    plt.close(figure)
one(told[0])
begun = time.process_time()
for content in told:
    one(content)
print(time.process_time() - begun)
"""


if __name__ == "__main__":
    main()
