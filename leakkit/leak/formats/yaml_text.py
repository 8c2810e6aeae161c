"""YAML of model cards and merge recipes: every value stays text, no tag makes an object, no alias repeats one."""

from __future__ import annotations

import re
from typing import Any

import yaml

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.imports import judge

LENGTH_LIMIT = 64 * 1024
"""Longest YAML text that is parsed (characters); the parser is in Python and slow."""

_DEPTH_LIMIT = 60
_PYTHON_TAG = re.compile(r"!(?:!|<tag:yaml\.org,2002:)python/([a-z/]{1,40}):?([\w.]{0,100})")
_ANCHOR_LINE = re.compile(r"(?m)^[^\n#]{0,100}&\w[^\n]{0,2000}")
_BOMB_LINES = 3
_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\r?\n(.*?)(?:^---[ \t]*\r?$|^\.\.\.[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE
)


class _TextLoader(yaml.BaseLoader):
    """Builds text, lists and dictionaries only; refuses aliases and deep nesting."""

    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse an alias before it can repeat what it names, and nesting before it exhausts the stack."""
        if self.check_event(yaml.AliasEvent):
            raise BadMemberError(
                "the YAML holds aliases, which can make a few lines endless", status="refused"
            )
        self._depth += 1
        if self._depth > _DEPTH_LIMIT:
            raise BadMemberError(f"the YAML is nested more than {_DEPTH_LIMIT} deep", status="refused")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def load_yaml(text: str) -> Any:
    r"""Give the first document of a YAML text with every scalar as text.

    Raises
    ------
    BadMemberError
        Longer than `LENGTH_LIMIT` (``limit``), aliases or deep nesting (``refused``), no YAML (``corrupt``).

    Examples
    --------
    >>> load_yaml("license: mit\ntags: [a, b]\nlayers: 32")
    {'license': 'mit', 'tags': ['a', 'b'], 'layers': '32'}
    """
    if len(text) > LENGTH_LIMIT:
        raise BadMemberError(
            f"{len(text):,} characters of YAML; at most {LENGTH_LIMIT:,} are parsed", status="limit"
        )
    if _opens_too_often(text):
        raise BadMemberError(f"the YAML is nested more than {_DEPTH_LIMIT} deep", status="refused")
    try:
        loader = _TextLoader(text)
        return loader.get_data() if loader.check_data() else None
    except BadMemberError:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark is not None else ""
        raise BadMemberError(f"no YAML{place}") from None
    except (ValueError, RecursionError, AttributeError, TypeError, IndexError) as error:
        raise BadMemberError(f"no YAML that can be parsed ({type(error).__name__})") from None


def flag_refusal(error: BadMemberError, facts: Facts) -> None:
    """Say in `facts` why a YAML text was refused."""
    if error.status == "refused":
        facts.flag(*(("review", "yaml-aliases") if "aliases" in error.reason else ("yes", "yaml-depth")))


def _opens_too_often(text: str) -> bool:
    """Tell brackets or indicators in such a row that the scanner itself would nest."""
    return any(opener * (_DEPTH_LIMIT + 1) in text for opener in ("[", "{", "- ", "? ", "[ ", "{ "))


def front_matter(text: str) -> str:
    r"""Give the YAML between the dashes at the beginning of a Markdown text; empty when there is none.

    Examples
    --------
    >>> front_matter("---\nlicense: mit\n---\n# Title\n")
    'license: mit\n'
    """
    match = _FRONT_MATTER.match(text)
    return match[1] if match else ""


def _reaches_out(name: str) -> bool:
    """Tell whether a dotted name is one that a pickle must not import either."""
    module, _, function = name.rpartition(".")
    return judge(module or name, function) == "yes"


def judge_yaml(text: str, facts: Facts) -> None:
    """Flag tags that make Python objects, which an unsafe ``yaml.load`` imports or calls, and alias bombs."""
    if sum(1 for line in _ANCHOR_LINE.finditer(text) if line[0].count("*") > 1) >= _BOMB_LINES:
        facts.flag("yes", "yaml-alias-bomb")
    for match in _PYTHON_TAG.finditer(text):
        kind, name = match[1], match[2]
        runs = kind.startswith("object/") or kind == "object"
        if not runs and not _reaches_out(name or ""):
            continue  # sites' settings name their own functions this way; naming calls nothing
        facts.flag("yes" if runs else "review", f"yaml-python-tag:{kind}{':' + name if name else ''}")
        if len(facts.danger_rules) > 20:
            break
    facts.danger = facts.danger or "none_found"
