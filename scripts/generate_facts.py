#!/usr/bin/env python3
"""Writes crates/harrier-rules/content/{attack,connectors,entities}.txt: what is known of ATT&CK, of connectors and of entities.

    python3 scripts/generate_facts.py [REFERENCE_DIR]        (default: ../shared/reference beside the repository)

One fact a line, fields divided by tabs, the first saying which kind of fact it is; lists within a field are divided by
commas. The lines of each kind are described where they are written below, and read by the module of the file's name in
crates/harrier-rules/src.
"""

import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONTENT = os.path.join(ROOT, "crates", "harrier-rules", "content")
NOTICE = [
    "# MITRE ATT&CK names and identifiers. (c) The MITRE Corporation. This work is reproduced and distributed with",
    "# the permission of The MITRE Corporation. ATT&CK is a registered trademark of The MITRE Corporation.",
]


def line(kind, *fields):
    texts = [kind]
    for field in fields:
        if field is None or field is False:
            field = ""
        elif field is True:
            field = "1"
        elif isinstance(field, (list, tuple)):
            assert not any("," in str(item) for item in field), field
            field = ",".join(str(item) for item in field)
        field = str(field)
        assert "\t" not in field and "\n" not in field, field
        texts.append(field)
    return "\t".join(texts).rstrip("\t")


def attack_lines(attack):
    meta = attack["meta"]
    # version <matrix> <version> <version that the details (platforms, log sources) are of>
    yield line("version", "enterprise", meta["enterprise_version"], meta["enterprise_details_version"])
    yield line("version", "ics", meta["ics_version"], meta["ics_version"])
    yield line("version", "mobile", meta["mobile_version"], meta["mobile_version"])
    domains = ("enterprise", "ics", "mobile")
    # tactic <matrix> <id> <name> <short name> <version since> <name up to 18.1> <short name up to 18.1>, in the matrix's order
    for domain in domains:
        for tactic in sorted(attack[domain]["tactics"], key=lambda tactic: tactic["order"]):
            former = tactic.get("former", {})
            yield line("tactic", domain, tactic["id"], tactic["name"], tactic["shortname"], tactic.get("since"),
                       former.get("name"), former.get("shortname"))
    # sentinel <name> <ids of tactics>;  alias <as written> <name>;  label <as written>: no tactic
    for name, tactic in attack["sentinel_tactics"].items():
        yield line("sentinel", name, tactic["ids"])
    for written, name in attack["sentinel_tactic_aliases"].items():
        yield line("alias", written, name)
    for written in attack["sentinel_non_attack_labels"]["values"]:
        yield line("label", written)
    # component <id> <name>
    for component in attack["data_components"]:
        yield line("component", component["id"], component["name"])
    # log <name> <tables>, numbered from 0 in the order of the lines
    techniques = [(domain, technique) for domain in domains for technique in attack[domain]["techniques"]]
    logs = sorted({log for _, technique in techniques for log in technique.get("log_sources", [])})
    bridge = {name: tables for name, tables in attack["log_source_tables"].items() if name != "note"}
    for log in logs:
        yield line("log", log, bridge.get(log) or bridge.get(log.split(":")[0]) or [])
    number = {log: index for index, log in enumerate(logs)}
    # technique <matrix> <id> <name> <status> <version since> <successor> <successor in 18.1> <tactics>
    #           <tactics in 18.1, where others> <platforms> <numbers of log sources> <data components>
    for domain, technique in sorted(techniques, key=lambda pair: pair[1]["id"]):
        status = {"active": "a", "revoked": "r", "deprecated": "d"}[technique["status"]]
        parent = technique.get("parent")
        assert parent is None or technique["id"].startswith(parent + "."), technique
        yield line("technique", domain, technique["id"], technique["name"], status, technique.get("since"),
                   technique.get("replaced_by"), technique.get("replaced_by_v18"), technique.get("tactics", []),
                   technique.get("tactics_v18", []), technique.get("platforms", []),
                   [number[log] for log in technique.get("log_sources", [])], technique.get("data_components", []))


def connector_lines(connectors):
    # connector <id> <name> <publisher> <solution> <method> <rules that name it> <deprecated> <tables> <parsers>
    for identifier, connector in sorted(connectors["connectors"].items()):
        if identifier.startswith("[resourceId("):
            continue  # An expression of a deployment template that was never filled in.
        yield line("connector", identifier, connector["name"].replace("\t", " "), connector.get("publisher"),
                   connector.get("solution"), connector["method"], connector.get("uses_2026", 0),
                   connector.get("deprecated", False), connector["tables"], connector.get("parsers", []))
    # table <name> <category> <method> <can be a basic log> <rules that read it>
    for name, table in sorted(connectors["tables"].items()):
        yield line("table", name, table.get("category"), table.get("method"), table.get("basic_logs", False),
                   table.get("rules_2026", 0))
    # native <tables of Defender XDR itself>
    yield line("native", connectors["meta"]["defender_xdr_native"]["tables"])
    # rename <old> <new tables> <when> <where> <columns old=new> <note>
    for rename in connectors["renames"]:
        new = [name for name in rename["new"] if " " not in name]
        note = rename.get("note") or "; ".join(name for name in rename["new"] if " " in name)
        columns = [f"{old}={new}" for old, new in rename.get("columns", {}).items()]
        yield line("rename", rename["old"], new, rename.get("when"), rename["scope"], columns, note)
    # qualifier <table> <qualifier> <meaning>;  slip <as written> <table>
    forms = connectors["data_type_forms"]
    for qualifier, meaning in forms["SecurityAlert qualifiers"].items():
        yield line("qualifier", "SecurityAlert", qualifier, meaning)
    for qualifier in forms["OfficeActivity qualifiers"]:
        yield line("qualifier", "OfficeActivity", qualifier, qualifier)
    for written, table in forms["slips seen"].items():
        yield line("slip", written, table.split(" ")[0])


def entity_lines(entities):
    combinations = lambda lists: ["+".join(names) for names in lists]
    # entity <type> <type in alerts> <identifiers> <one of these combinations must be mapped> <strong> <weak>
    #        <identifiers that the schema of entities does not have> <entities that hang inside>
    for name, entity in entities["entities"].items():
        yield line("entity", name, entity["alert_type"], entity["identifiers"], combinations(entity["required_any"]),
                   combinations(entity["strong"]), combinations(entity["weak"]),
                   entity.get("identifiers_outside_schema", []), entity.get("internal_entities", []))
    # limit <name> <number>
    for name, value in entities["limits"].items():
        if isinstance(value, int):
            yield line("limit", name, value)
    # generic <account name that is dropped>
    for name in entities["generic_account_names_dropped"]:
        yield line("generic", name)
    # legacy <column> <entity type> <identifier>
    for column, pair in entities["legacy_columns"].items():
        if column != "_note":
            yield line("legacy", column, *pair)
    # spelling <as written> <entity type, where one is meant>
    for written, name in entities["spellings_seen"].items():
        yield line("spelling", written, name)
    # asset <device, user or mailbox> <result columns that name one>
    for name, columns in entities["defender_xdr_assets"].items():
        if name != "_note":
            yield line("asset", name, columns)
    # application <id in Defender for Cloud Apps> <name>
    for identifier, name in entities["cloud_app_ids"].items():
        yield line("application", identifier, name)


def write(name, notice, lines):
    path = os.path.join(CONTENT, name)
    text = "".join(f"{each}\n" for each in [*notice, "# Made by scripts/generate_facts.py.", *lines])
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{os.path.relpath(path, ROOT)}: {len(text.encode()):,} bytes")


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(ROOT), "shared", "reference")

    def read(name):
        with open(os.path.join(source, name), encoding="utf-8") as file:
            return json.load(file)

    write("attack.txt", NOTICE, attack_lines(read("attack.json")))
    write("connectors.txt", [], connector_lines(read("connectors.json")))
    write("entities.txt", [], entity_lines(read("entities.json")))


main()
