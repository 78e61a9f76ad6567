#!/usr/bin/env python3
"""Writes crates/kql-semantics/content/builtins.txt from the facts in reference/kql-builtins.json.

    scripts/generate_builtins.py [path of kql-builtins.json]

The facts say `dynamic` of every result that is one; which of them are arrays or bags of what is in the table below.
"""
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("HARRIER_SHARED", ROOT.parent / "shared"))
TARGET = ROOT / "crates/kql-semantics/content/builtins.txt"

GEO_SHAPE = "bag{type:string;coordinates:array}"
URL = (
    "bag{Scheme:string;Host:string;Port:string;Path:string;Username:string;Password:string;"
    "Query Parameters:dynamic;Fragment:string}"
)
PATH = (
    "bag{Scheme:string;RootPath:string;DirectoryPath:string;DirectoryName:string;Filename:string;"
    "Extension:string;AlternateDataStreamName:string}"
)
PRINCIPAL = (
    "bag{UserPrincipalName:string;IdentityProvider:string;Authority:string;Mfa:string;Type:string;"
    "DisplayName:string;ObjectId:string;FQN:string;Notes:string}"
)
FAMILY = "Family:string;MajorVersion:string;MinorVersion:string;Patch:string"
AGENT = (
    "bag{Browser:bag{" + FAMILY + "};OperatingSystem:bag{" + FAMILY + ";PatchMinor:string};"
    "Device:bag{Family:string;Brand:string;Model:string}}"
)
SHAPES = {
    "array": """to_utf8 unicode_codepoints_from_string extractall extract_all datetime_list_timezones
        base64_decode_toarray parse_csv percentiles_array_tdigest tdigest_merge merge_tdigest hll_merge series_add
        series_subtract series_multiply series_floor ipv4_range_to_cidr_list tdigest hll hll_if""",
    "array<string>": """split parse_command_line treepath bag_keys geo_polygon_to_h3cells geo_polygon_to_s2cells
        geo_line_to_s2cells geo_geohash_neighbors geo_s2cell_neighbors geo_h3cell_neighbors geo_h3cell_children
        labels extent_tags column_names_of""",
    "array<array>": "zip",
    "array<array<string>>": "geo_h3cell_rings",
    "real": "jaccard_index",
    "array<real>": """series_fir series_iir series_divide series_pow series_exp series_sin
        series_asin series_cos series_acos series_tan series_atan series_log series_seasonal""",
    "array<bool>": """series_greater series_greater_equals series_less series_less_equals series_equals
        series_not_equals""",
    "array<long>": "series_sign",
    URL: "parseurl parse_url",
    "bag{Query Parameters:dynamic}": "parseurlquery parse_urlquery",
    PATH: "parse_path",
    "bag": "parse_xml bag_zip make_dictionary make_bag make_bag_if buildschema",
    AGENT: "parse_user_agent",
    PRINCIPAL: "current_principal_details",
    GEO_SHAPE: """geo_from_wkt geo_closest_point_on_line geo_closest_point_on_polygon geo_intersection_2lines
        geo_intersection_line_with_polygon geo_intersection_2polygons geo_union_polygons_array
        geo_simplify_polygons_array geo_union_lines_array geo_polygon_densify geo_polygon_buffer
        geo_polygon_centroid geo_polygon_simplify geo_line_buffer geo_line_centroid geo_line_densify
        geo_line_simplify geo_line_interpolate_point geo_geohash_to_central_point geo_geohash_to_polygon
        geo_point_buffer geo_s2cell_to_central_point geo_s2cell_to_polygon geo_h3cell_to_central_point
        geo_h3cell_to_polygon""",
}
SHAPE_OF = {name: shape for shape, names in SHAPES.items() for name in names.split()}
# Where the real engine takes more than the language service declares: kinds of parameters by function and name.
TAKEN = {
    ("make_timespan", "seconds"): {"kind": "Number"},
    ("series_fit_poly", "degree"): {"kind": "Integer"},
    ("array_length", "array"): {"kind": "Declared", "types": ["dynamic"]},
}
LAYOUTS = {
    "NonRepeatingParameterLayout": "",
    "RepeatingParameterLayout": " @repeating",
    "BlockRepeatingParameterLayout": " @block",
    "CustomParameterLayout": " @custom",
}
MANY = 32767


def occurs(parameter):
    low, high = parameter.get("min", 1), parameter.get("max", 1)
    if (low, high) == (1, 1):
        return ""
    if (low, high) == (0, 1):
        return "?"
    if high == MANY and low < 2:
        return "*+"[low]
    return "{%d,%d}" % (low, high)


def kind(parameter):
    return "|".join(parameter["types"]) if parameter["kind"] == "Declared" else parameter["kind"]


def argument(parameter):
    arg = parameter["arg"]
    # A combination of Column and Literal that the language service never checks.
    return "" if arg in ("Expression", "13") else "/" + arg


def show_parameter(parameter):
    values = "=" + "|".join(map(str, parameter["values"])) if parameter.get("values") and parameter["arg"] == "Literal" else ""
    tilde = "~" if parameter.get("default") == "~" else ""
    return f"{parameter['name']}:{kind(parameter)}{argument(parameter)}{values}{occurs(parameter)}{tilde}"


def show_return(name, signature):
    if signature["returnKind"] != "Declared":
        return signature["returnKind"]
    if "columns" in signature:
        return "table{" + ";".join(f"{column}:{ty}" for column, ty in signature["columns"]) + "}"
    if signature["returnType"] == "dynamic" and name in SHAPE_OF:
        return SHAPE_OF[name]
    return signature["returnType"]


def show(section, builtin):
    head = [section, builtin["name"]]
    head += ["+fold"] * bool(builtin.get("constantFoldable"))
    head += ["+hidden"] * bool(builtin.get("hidden"))
    head += ["+graph"] * bool(builtin.get("customAvailability"))
    if builtin.get("resultName", "None") != "None":
        head.append("name=" + builtin["resultName"])
    if builtin.get("resultNamePrefix"):
        head.append("prefix=" + builtin["resultNamePrefix"])
    if builtin.get("obsolete"):
        head.append("instead=" + builtin["obsolete"].split("'")[0])
    yield " ".join(head)
    for signature in builtin["signatures"]:
        taken = [{**parameter, **TAKEN.get((builtin["name"], parameter["name"]), {})} for parameter in signature["params"]]
        parameters = ", ".join(map(show_parameter, taken))
        layout = LAYOUTS[signature["layout"]]
        yield f"  ({parameters}) -> {show_return(builtin['name'], signature)}{layout}"


# Documented and run by the real engine, and not among the facts.
FURTHER = """\
plugin schema_merge
  (PreserveOrder:bool/Literal?) -> table{ColumnName:string;ColumnOrdinal:long;DataType:string;ColumnType:string}
plugin diffpatterns_text
  (TextColumn:string/Column, BooleanCondition:bool, MinTokens:Integer?~, Threshold:real?~, MaxTokens:Integer?~) -> \
table{Count_of_True:long;Count_of_False:long;Percent_of_True:real;Percent_of_False:real;Pattern:string}"""


def main():
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "reference/kql-builtins.json"
    facts = json.loads(source.read_text(encoding="utf-8"))
    lines = [
        "# Signatures of Kusto's builtins. Made by scripts/generate_builtins.py; do not edit.",
        "# A builtin, then its overloads: (name:kind/argument occurrence, ...) -> result @layout.",
    ]
    for section, key in (("scalar", "scalar"), ("aggregate", "aggregates"), ("plugin", "plugins"), ("operator", "operators")):
        for builtin in facts[key]:
            lines += show(section, builtin)
        lines += FURTHER.splitlines() if section == "plugin" else []
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
