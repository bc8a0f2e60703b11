"""Splink on DuckDB over the same files, in an environment of its own: what it finds and how long it takes.

    python bench/linkage/splink_peer.py PAIRS_OUT FILE_A [FILE_B] [--coarse] [--number]

The files have the columns record, given, surname, birth_date (YYYYMMDD), student_id, address, house_number,
city, postcode, phone, given_sound, surname_sound. The model is the one that its tutorials teach: names by
Jaro-Winkler with term frequencies, birth dates by steps, and every fact of the household as a comparison of
its own. The blocking rules are ours; --coarse adds those that small files allow.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import time
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SWAPPED = (
    "l.birth_date = r.birth_date and l.given_sound = r.surname_sound and l.surname_sound = r.given_sound"
)
FINE = [
    block_on("birth_date", "surname_sound"),
    block_on("birth_date", "given_sound"),
    block_on("given", "surname"),
    block_on("substr(birth_date, 1, 4)", "given_sound", "surname_sound"),
    SWAPPED,
    block_on("phone", "given_sound"),
    block_on("postcode", "house_number", "given_sound"),
]
COARSE = [block_on("birth_date"), block_on("postcode", "house_number"), block_on("address", "house_number")]


def settings(two_files: bool, coarse: bool, with_number: bool, has_phone: bool) -> SettingsCreator:
    """Return the model."""
    comparisons = [
        cl.JaroWinklerAtThresholds("given", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("surname", [0.92, 0.85]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
        cl.JaroWinklerAtThresholds("address", [0.9]),
        cl.ExactMatch("house_number"),
        cl.JaroWinklerAtThresholds("city", [0.9]),
        cl.ExactMatch("postcode"),
    ]
    if has_phone:
        comparisons.append(cl.ExactMatch("phone"))
    rules = FINE + (COARSE if coarse else [])
    if with_number:
        comparisons.append(cl.DamerauLevenshteinAtThresholds("student_id", [1]))
        rules = [block_on("student_id"), *rules]
    return SettingsCreator(
        link_type="link_only" if two_files else "dedupe_only",
        unique_id_column_name="record",
        blocking_rules_to_generate_predictions=rules,
        comparisons=comparisons,
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def main() -> None:
    """Train, predict, and write pairs that are more likely than not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--coarse", action="store_true")
    parser.add_argument("--number", action="store_true")
    given = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    connection.execute("set threads to 2")
    api = DuckDBAPI(connection)
    marks = [(time.perf_counter(), time.process_time())]
    tables, has_phone = [], False
    for place, path in enumerate(given.files):
        connection.execute(
            f"create table file_{place} as select * from read_csv('{path}', all_varchar = true, nullstr = '')"
        )
        has_phone |= bool(connection.execute(f"select count(phone) from file_{place}").fetchall()[0][0])
        tables.append(api.register(f"file_{place}"))
    marks.append((time.perf_counter(), time.process_time()))
    linker = Linker(
        tables if len(tables) > 1 else tables[0],
        settings(len(tables) > 1, given.coarse, given.number, has_phone),
    )
    sure = [block_on("given", "surname", "birth_date")]
    if given.number:
        sure.append(block_on("student_id"))
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("birth_date", "surname_sound"), block_on("given", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    marks.append((time.perf_counter(), time.process_time()))
    predictions = linker.inference.predict()
    pairs = predictions.physical_name
    counted = connection.execute(f"select count(*) from {pairs}").fetchall()[0][0]
    marks.append((time.perf_counter(), time.process_time()))
    rows = connection.execute(
        f"select record_l, record_r, match_weight from {pairs} where match_probability >= 0.5"
    ).fetchall()
    with given.out.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    told = {"pairs": counted}
    for part, before, after in zip(("read", "train", "predict"), marks, marks[1:], strict=False):
        told |= {part: after[0] - before[0], f"{part} processor": after[1] - before[1]}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
