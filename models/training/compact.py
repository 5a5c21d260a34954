"""JSON as the models' files keep it: two spaces a level, small things on one line."""

import json
from pathlib import Path
from typing import Any

LINE = 140


def dump(value: Any, path: Path) -> None:
    path.write_text(text(value) + "\n")


def text(value: Any, indent: str = "") -> str:
    inner = indent + "  "
    if isinstance(value, dict) and value:
        if (
            indent
            and len(flat(value)) <= LINE
            and not any(isinstance(v, dict) for v in value.values())
        ):
            return flat(value)
        rows = [f"{json.dumps(str(k))}: {text(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(inner + row for row in rows) + f"\n{indent}}}"
    if (
        isinstance(value, list)
        and any(isinstance(v, (dict, list)) for v in value)
        and not is_path(value)
    ):
        return "[\n" + ",\n".join(inner + text(v, inner) for v in value) + f"\n{indent}]"
    return flat(value)


def is_path(value: list) -> bool:
    """Whether it is a list of points."""
    return all(isinstance(v, list) and len(v) == 2 for v in value)


def flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
