#!/usr/bin/env python3
"""Write crates/harrier-cli/content/diagnostics.txt: every diagnostic's code, Kusto's code, and what it means.

Read from the functions that make them: their doc comments are the meaning. Run it after adding a diagnostic.
"""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTION = re.compile(
    r"((?:^( *)///[^\n]*\n)(?:^\2///[^\n]*\n)*)(?:\2#\[[^\n]*\n)*\2(?:pub(?:\([a-z]+\))? )?fn \w+.*?^\2}", re.M | re.S
)


def main():
    lines = {}
    crates = ["kql-syntax", "kql-semantics", "kql-functions", "kql-engine", "harrier-rules"]
    for crate in crates:
        for path in sorted((ROOT / "crates" / crate / "src").rglob("*.rs")):
            if "lints" in path.relative_to(ROOT).parts or path.name in ("lint.rs", "mend.rs", "suppress.rs"):
                continue
            for match in FUNCTION.finditer(path.read_text(encoding="utf-8")):
                body = match.group(0)
                codes = re.findall(r'Code\("([a-z][a-z0-9-]*)"\)', body)
                kusto = re.search(r'"(KS\d+)"', body)
                meaning = " ".join(line.strip().removeprefix("///").strip() for line in match.group(1).splitlines())
                for code in codes:
                    lines.setdefault(code, (kusto.group(1) if kusto else "-", meaning.split(". ")[0].rstrip(".") + "."))
    text = ["# Written by scripts/generate_diagnostics.py: code, Kusto's code, meaning."]
    text += [f"{code}\t{kusto}\t{meaning}" for code, (kusto, meaning) in sorted(lines.items())]
    (ROOT / "crates/harrier-cli/content/diagnostics.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


main()
