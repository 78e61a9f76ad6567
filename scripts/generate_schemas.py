#!/usr/bin/env python3
"""Writes crates/harrier-store/content/{tables,functions}.txt from the collected schemas.

    python3 scripts/generate_schemas.py [SCHEMAS_DIR]        (default: ../shared/schemas beside the repository)

One line a table or function, sorted by the bytes of its name, fields divided by tabs:

    tables.txt      name  source  columns...
    functions.txt   name  kind    parameters  columns...

A column is the letter of its type and its name. Sources: `l` Log Analytics, `x` Defender XDR, `c` custom log, `o` the
output of a parser, described as a table. Kinds: `table`, `open` (further columns depend on data), `extends` (the first
parameter's columns and these), `scalar` (one nameless column), `database` (with the tables at hand), `elsewhere` (a database
of tables that are not known), `body` (KQL text in place of columns).
A parameter is the letter of its type (`*` a table), `?` where it may be left out, and its name; they are divided by commas.
Columns of `=name` are those of the function of that name. Hidden columns follow from a rule, which is checked here.
"""

import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LETTERS = {"string": "s", "datetime": "t", "dynamic": "y", "bool": "b", "sbyte": "b", "int": "i", "long": "l",
           "real": "r", "decimal": "m", "guid": "g", "timespan": "p", "unknown": "u"}
HIDDEN = [("_ItemId", "string"), ("_IsBillable", "string"), ("_BilledSize", "real"), ("_SubscriptionId", "string"),
          ("_TimeReceived", "datetime"), ("_ResourceId", "string"), ("TenantId", "string"), ("Type", "string"),
          ("SourceSystem", "string"), ("MG", "string"), ("ManagementGroupName", "string"),
          ("_Internal_WorkspaceResourceId", "string")]
HIDDEN_OF_CUSTOM_LOGS = [("Computer", "string"), ("RawData", "string")]


# The documentation has it called on rows with a column `IP`: `invoke DeviceFromIP()`.
PARAMETERS = {"DeviceFromIP": [["T", "(*)"], ["y", "datetime", "datetime(null)"]]}


def column(pair):
    name, kind = pair
    assert "\t" not in name and "\n" not in name and name, pair
    return LETTERS[kind] + name


def expected_hidden(name, columns):
    have = {column for column, _ in columns}
    rule = HIDDEN + (HIDDEN_OF_CUSTOM_LOGS if name.endswith("_CL") else [])
    return [[column, kind] for column, kind in rule if column not in have]


def table_lines(tables, functions):
    for name, table in tables.items():
        if name in functions:
            continue
        assert table["hidden"] == expected_hidden(name, table["columns"]), name
        source = {"log-analytics": "l", "defender-xdr": "x", "custom": "c"}[table["source"]]
        if source == "c" and not name.endswith("_CL"):
            source = "o"
        # `...` stands for the columns that a workspace adds.
        columns = [column(pair) for pair in table["columns"] if pair[0] != "..."]
        yield name, "\t".join([name, source, *columns])


def parameter(param):
    name, kind, *default = param
    letter = "*" if kind.startswith("(") else LETTERS[kind]
    return letter + ("?" if default else "") + name


def added_columns(body):
    """`name = value` pairs of a stand-in `T | extend ...`, with the types that their values show."""
    kinds = {"''": "string", "int(null)": "int", "long(null)": "long", "bool(null)": "bool",
             "datetime(null)": "datetime", "dynamic(null)": "dynamic"}
    for part in body.split("extend ", 1)[1].split(", "):
        name, value = part.split("=", 1)
        if value.startswith("column_ifexists"):
            value = value[:-1].split(",", 1)[1]
        yield column((name.strip(), kinds[value.strip()]))


def function_line(name, function, tables, functions):
    """The kind of a function, its parameters, and its columns or body."""
    if "bodyFrom" in function:
        original = os.path.splitext(os.path.basename(function["bodyFrom"]))[0]
        return function_line(original, functions[original], tables, functions)
    params = ",".join(parameter(param) for param in PARAMETERS.get(name, function["params"]))
    if "database" in function:
        return "database" if function["database"] == "self" else "elsewhere", params, []
    if "body" in function:
        if function["body"].startswith("T | extend "):
            return "extends", params, list(added_columns(function["body"]))
        return "body", params, [function["body"]]
    if "scalar" in function:
        return "scalar", params, [LETTERS[function["scalar"]]]
    columns = function["columns"]
    # What does not bind here is better described by the validation schema, where there is one.
    if function.get("errors") and name in tables:
        columns = tables[name]["columns"]
    kind = "open" if function.get("open") or not columns else "table"
    return kind, params, [column(pair) for pair in columns]


def function_lines(tables, functions):
    first = {}
    for name in sorted(functions, key=str.encode):
        kind, params, columns = function_line(name, functions[name], tables, functions)
        if len(columns) > 3:
            columns = [f"={first[tuple(columns)]}"] if tuple(columns) in first else first.setdefault(tuple(columns), name) and columns
        yield name, "\t".join([name, kind, params, *columns])


def write(path, lines):
    lines = sorted(lines, key=lambda line: line[0].encode())
    text = "".join(line + "\n" for _, line in lines)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{os.path.relpath(path, ROOT)}: {len(lines)} lines, {len(text.encode()):,} bytes")


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(ROOT), "shared", "schemas")
    with open(os.path.join(source, "tables.json"), encoding="utf-8") as file:
        tables = json.load(file)
    with open(os.path.join(source, "functions.json"), encoding="utf-8") as file:
        functions = {name: entry for name, entry in json.load(file).items() if not name.startswith("_comment")}
    content = os.path.join(ROOT, "crates", "harrier-store", "content")
    write(os.path.join(content, "tables.txt"), table_lines(tables, functions))
    write(os.path.join(content, "functions.txt"), function_lines(tables, functions))


main()
