#!/usr/bin/env python3
"""Writes crates/harrier/content/attack.txt: the names of ATT&CK's tactics and techniques, for the heat map of a report.

    scripts/generate_attack.py ../shared/reference/attack.json

One line each, fields divided by tabs:

    tactic <id> <name> <names by which Sentinel rules call it, divided by commas>
    technique <id> <name> <ids of its tactics, divided by commas>
    former <id> <name> <id of what it is now; empty where nothing is>
"""
import json
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "crates/harrier/content/attack.txt"
NOTICE = [
    "# MITRE ATT&CK names and identifiers. (c) The MITRE Corporation. This work is reproduced and distributed with",
    "# the permission of The MITRE Corporation. ATT&CK is a registered trademark of The MITRE Corporation.",
]


def main():
    attack = json.load(open(sys.argv[1], encoding="utf-8"))
    called = {}
    for name, tactic in attack["sentinel_tactics"].items():
        if name != "PreAttack":
            for tactic_id in tactic["ids"]:
                called.setdefault(tactic_id, []).append(name)
    lines = NOTICE + [f"# Made by scripts/generate_attack.py; Enterprise {attack['meta']['enterprise_version']}, ICS {attack['meta']['ics_version']}."]
    for domain in ("enterprise", "ics"):
        for tactic in sorted(attack[domain]["tactics"], key=lambda tactic: tactic["order"]):
            names = called.get(tactic["id"], [])
            if domain == "enterprise" or names:
                lines.append("\t".join(["tactic", tactic["id"], tactic["name"], ",".join(names)]))
    for domain in ("enterprise", "ics"):
        for technique in sorted(attack[domain]["techniques"], key=lambda technique: technique["id"]):
            if technique["status"] == "active":
                lines.append("\t".join(["technique", technique["id"], technique["name"], ",".join(technique["tactics"])]))
            else:
                lines.append("\t".join(["former", technique["id"], technique["name"], technique.get("replaced_by") or ""]))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines)} lines")


if __name__ == "__main__":
    main()
