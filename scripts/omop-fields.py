#!/usr/bin/env python3
"""Writes Datasets/tables/omop-fields-*.csv from OHDSI's field-level table of CDM v5.4.

    scripts/omop-fields.py OMOP_CDMv5.4_Field_Level.csv Datasets/tables

The table stands in OHDSI/CommonDataModel, inst/csv, under Apache-2.0. Versions 5.3 and 5.2 are made
from 5.4 by the changes that OHDSI lists: what 5.4 added is taken away, what it renamed is named back.
Columns stand in the order of the DDL, by which tables without a header are read.
"""
import csv
import sys

HEADER = ["table", "field", "required", "type", "primary", "references", "domain"]


def read(path):
    tables = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table = row["cdmTableName"].lower()
            domain = row["fkDomain"] if row["fkDomain"] != "NA" else ""
            tables.setdefault(table, []).append({
                "table": table,
                "field": row["cdmFieldName"].strip('"').lower(),
                "required": "1" if row["isRequired"] == "Yes" else "0",
                "type": row["cdmDatatype"].lower(),
                "primary": "1" if row["isPrimaryKey"] == "Yes" else "0",
                "references": row["fkTableName"].lower() if row["isForeignKey"] == "Yes" else "",
                "domain": domain.replace(", ", ";"),
            })
    return tables


def drop(tables, table, *names):
    fields = tables[table]
    for name in names:
        assert any(field["field"] == name for field in fields), (table, name)
    tables[table] = [field for field in fields if field["field"] not in names]


def change(tables, table, name, **values):
    field = next(field for field in tables[table] if field["field"] == name)
    field.update(values)


def order(tables, table, names):
    fields = {field["field"]: field for field in tables[table]}
    assert sorted(fields) == sorted(names), (table, sorted(fields), sorted(names))
    tables[table] = [fields[name] for name in names]


def to_5_3(tables):
    """https://ohdsi.github.io/CommonDataModel/cdm54Changes.html, read backwards."""
    for table in ["episode", "episode_event"]:
        del tables[table]
    drop(tables, "device_exposure", "production_id", "unit_concept_id", "unit_source_value",
         "unit_source_concept_id")
    drop(tables, "location", "country_concept_id", "country_source_value", "latitude", "longitude")
    drop(tables, "measurement", "unit_source_concept_id", "measurement_event_id",
         "meas_event_field_concept_id")
    drop(tables, "metadata", "metadata_id", "value_as_number")
    drop(tables, "note", "note_event_id", "note_event_field_concept_id")
    drop(tables, "observation", "value_source_value", "observation_event_id",
         "obs_event_field_concept_id")
    drop(tables, "procedure_occurrence", "procedure_end_date", "procedure_end_datetime")
    drop(tables, "cdm_source", "cdm_version_concept_id")
    for name in ["cdm_holder", "source_release_date", "cdm_release_date", "vocabulary_version"]:
        change(tables, "cdm_source", name, required="0")
    change(tables, "vocabulary", "vocabulary_reference", required="1")
    for table in ["visit_occurrence", "visit_detail"]:
        for new, old in [("admitted_from_concept_id", "admitting_source_concept_id"),
                         ("admitted_from_source_value", "admitting_source_value"),
                         ("discharged_to_concept_id", "discharge_to_concept_id"),
                         ("discharged_to_source_value", "discharge_to_source_value")]:
            change(tables, table, new, field=old)
    change(tables, "visit_detail", "parent_visit_detail_id", field="visit_detail_parent_id")
    names = [field["field"] for field in tables["visit_detail"]]
    place = names.index("admitting_source_concept_id")
    names[place:place + 2] = ["admitting_source_value", "admitting_source_concept_id"]
    order(tables, "visit_detail", names)


def to_5_2(tables):
    """What 5.3 added to 5.2.2, by the DDL of both."""
    for table in ["visit_detail", "metadata"]:
        del tables[table]
    for table, fields in tables.items():
        tables[table] = [field for field in fields if field["field"] != "visit_detail_id"]
    drop(tables, "measurement", "measurement_time")
    change(tables, "procedure_occurrence", "modifier_source_value", field="qualifier_source_value")
    names = [field["field"] for field in tables["condition_occurrence"]]
    names.remove("condition_status_concept_id")
    order(tables, "condition_occurrence", names + ["condition_status_concept_id"])
    kept = ["payer_plan_period_id", "person_id", "payer_plan_period_start_date",
            "payer_plan_period_end_date", "payer_source_value", "plan_source_value",
            "family_source_value"]
    drop(tables, "payer_plan_period",
         *[field["field"] for field in tables["payer_plan_period"] if field["field"] not in kept])


def write(tables, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n")
        writer.writeheader()
        for fields in tables.values():
            writer.writerows(fields)


def main():
    source, folder = sys.argv[1:]
    tables = read(source)
    write(tables, f"{folder}/omop-fields-5.4.csv")
    to_5_3(tables)
    write(tables, f"{folder}/omop-fields-5.3.csv")
    to_5_2(tables)
    write(tables, f"{folder}/omop-fields-5.2.csv")


main()
