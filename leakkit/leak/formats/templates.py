"""Chat templates judged for what they would reach if a program rendered them; they never are.

A template is parsed into a syntax tree (`jinja2.Environment.parse` builds nodes and neither compiles
nor optimises them); the tree is walked. What does not parse is searched with patterns instead. Rules:

- ``jinja-attribute-escape``: reaches Python internals (``__class__``, ``__globals__``, ``|attr(...)``
  with a hidden or computed name, ``os.popen``, ``lipsum.x``, ``config.items``), as in CVE-2024-34359;
- ``jinja-exhaustion``: loops or repeats more often than any conversation needs;
- ``jinja-include``: takes in another template, whatever that holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

ESCAPE = ("yes", "jinja-attribute-escape")
EXHAUSTION = ("yes", "jinja-exhaustion")
INCLUDE = ("review", "jinja-include")

LENGTH_LIMIT = 50_000
"""Longest text (characters) that is parsed; longer ones are searched with patterns."""

_SEARCH_LIMIT = 2_000_000
_DEPTH_LIMIT = 150
_REPEATS_LIMIT = 10_000_000
_FOLD_LIMIT = 1_000

_INTERNAL = re.compile(
    r"__[A-Za-z]\w*__|(?<![\w-])(?:__|\\x5f\\x5f)(?:class|mro|base|sub|glob|built|init|import|dict)"
)
_DANGEROUS_ATTRIBUTES = frozenset(
    "mro func_globals func_code gi_frame gi_code cr_frame cr_code tb_frame f_globals f_locals f_builtins f_back "
    "ag_frame co_code popen _module _load_fields".split()
)
_DANGEROUS_CALLS = frozenset(
    "system popen exec eval execfile spawn check_output subprocess getattr setattr".split()
)
_GATES = frozenset("lipsum cycler joiner url_for get_flashed_messages".split())
_PLAIN_GATE_USE = frozenset({"next", "reset", "current"})
_GATE_ATTRIBUTES = {"request": {"application", "environ"}, "config": {"items", "from_object", "from_pyfile"}}
_OWN_TAGS = re.compile(r"\{%[-+]?\s*(?:end)?generation\s*[-+]?%\}")
_OPENING = re.compile(r"\{[{%]")
_CLOSING = re.compile(r"[}%]\}")
_PATTERN = re.compile(
    r"__[A-Za-z]\w*__|\\x5f\\x5f|\\u005f\\u005f|\\137\\137|\|\s*attr\s*\("
    r"|\.\s*(?:popen|system|mro|func_globals|gi_frame|f_globals)\b"
    r"|\b(?:lipsum|cycler|joiner|get_flashed_messages|url_for)\s*[.\[|]|\brequest\s*\.\s*application|\bconfig\s*\.\s*items"
)


def judge_template(template: Any) -> list[tuple[str, str]]:
    """Give what a Jinja template would do beyond filling in a conversation.

    Parameters
    ----------
    template : str, list or dict
        A chat template, or several as ``tokenizer_config.json`` holds them (``{"name", "template"}``).

    Returns
    -------
    list of (danger, rule)
        Sorted, each once; empty where nothing was found. Not a proof of harmlessness: a name put
        together at run time from the conversation itself is not seen.

    Examples
    --------
    >>> judge_template("{% for m in messages %}{{ m['role'] }}: {{ m.content | trim }}{% endfor %}")
    []
    >>> judge_template("{{ ''.__class__.__mro__ }}")
    [('yes', 'jinja-attribute-escape')]
    """
    return sorted({finding for text in _texts(template) for finding in _judge(text)})


def _texts(template: Any, depth: int = 0) -> Iterator[str]:
    """Give every text in a template entry, at most a few levels down."""
    if isinstance(template, str):
        yield template
    elif depth < 4 and isinstance(template, (list, dict)):
        for inner in template.values() if isinstance(template, dict) else template:
            yield from _texts(inner, depth + 1)


def _judge(text: str) -> set[tuple[str, str]]:
    """Judge one text by its tree, or by patterns where it has none."""
    if "{{" not in text and "{%" not in text:
        return set()
    if len(text) > LENGTH_LIMIT or _deep(text):
        return _by_patterns(text)
    import jinja2

    try:
        tree = _environment().parse(_OWN_TAGS.sub("", text))
        return set(_walk(tree))
    except (jinja2.TemplateError, RecursionError, ValueError, OverflowError, MemoryError):
        return _by_patterns(text)


@cache
def _environment() -> Any:
    """Make the parser: the tags chat templates use, no loader, nothing that could run."""
    import jinja2

    extensions = ["jinja2.ext.loopcontrols", "jinja2.ext.do"]
    return jinja2.Environment(extensions=extensions, trim_blocks=True, lstrip_blocks=True, cache_size=0)  # noqa: S701


def _deep(text: str) -> bool:
    """Tell nesting that no template has, before a recursive parser meets it."""
    openers = sum(text.count(opener) for opener in "([{") - 2 * (text.count("{{") + text.count("{%"))
    return openers > 5_000 or any(
        opener * _DEPTH_LIMIT in text for opener in ("(", "[", "not ", "-", "~", "- ")
    )


def _by_patterns(text: str) -> set[tuple[str, str]]:
    """Search the code of a text that is no valid template."""
    return {ESCAPE} if any(_PATTERN.search(code) for code in _code(text[:_SEARCH_LIMIT])) else set()


def _code(text: str) -> Iterator[str]:
    """Give what stands between template braces; the rest of the text when the last ones never close."""
    place = 0
    while opening := _OPENING.search(text, place):
        closing = _CLOSING.search(text, opening.end())
        if closing is None:
            yield text[opening.end() :]
            return
        yield text[opening.end() : closing.start()]
        place = closing.end()


def _walk(tree: Any) -> Iterator[tuple[str, str]]:
    """Judge every node, without recursion."""
    from jinja2 import nodes

    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.iter_child_nodes())
        if isinstance(node, nodes.Getattr):
            yield from _attribute(node.attr, node.node)
        elif isinstance(node, nodes.Getitem):
            yield from _item(node)
        elif isinstance(node, nodes.Filter):
            yield from _filter(node)
        elif isinstance(node, nodes.Call):
            yield from _call(node)
        elif isinstance(node, nodes.Mul | nodes.Pow):
            yield from _repeat(node)
        elif isinstance(node, nodes.Const) and isinstance(node.value, str):
            if _INTERNAL.fullmatch(node.value):
                yield ESCAPE
        elif (
            isinstance(node, nodes.Name)
            and _INTERNAL.fullmatch(node.name)
            or isinstance(node, nodes.Keyword)
            and node.key.startswith("__")
        ):
            yield ESCAPE
        elif isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends):
            yield INCLUDE


def _attribute(name: str, owner: Any) -> Iterator[tuple[str, str]]:
    """Judge ``owner.name``."""
    from jinja2 import nodes

    if name.startswith("__") or name in _DANGEROUS_ATTRIBUTES:
        yield ESCAPE
    elif isinstance(owner, nodes.Name):
        gate = owner.name in _GATES and name not in _PLAIN_GATE_USE
        if gate or name in _GATE_ATTRIBUTES.get(owner.name, ()) or (owner.name == "self" and name[:1] == "_"):
            yield ESCAPE


def _item(node: Any) -> Iterator[tuple[str, str]]:
    """Judge ``owner["name"]``, the name put together from constants too."""
    name = _fold(node.arg)
    if name is not None:
        yield from _attribute(name, node.node)
        if _INTERNAL.search(name):
            yield ESCAPE


def _filter(node: Any) -> Iterator[tuple[str, str]]:
    """Judge ``|attr(...)`` and ``map(attribute=...)``, which reach attributes by text."""
    arguments = list(node.args or [])
    named = {keyword.key: keyword.value for keyword in node.kwargs or []}
    if node.name == "attr":
        name = _fold(arguments[0]) if arguments else None
        if name is None or name.startswith("_") or name in _DANGEROUS_ATTRIBUTES or _INTERNAL.search(name):
            yield ESCAPE
        return
    for argument in (*arguments, named.get("attribute")):
        name = _fold(argument)
        if name is not None and any(
            part.startswith("__") or part in _DANGEROUS_ATTRIBUTES for part in name.split(".")
        ):
            yield ESCAPE


def _call(node: Any) -> Iterator[tuple[str, str]]:
    """Judge calls of the shell or of Python, and ranges without a sensible end."""
    from jinja2 import nodes

    if isinstance(node.node, nodes.Getattr) and node.node.attr in _DANGEROUS_CALLS:
        yield ESCAPE
    if isinstance(node.node, nodes.Name):
        if node.node.name in {"eval", "exec", "getattr", "open", "compile"}:
            yield ESCAPE
        if node.node.name == "range" and any(
            _number(argument) > _REPEATS_LIMIT for argument in node.args or []
        ):
            yield EXHAUSTION


def _repeat(node: Any) -> Iterator[tuple[str, str]]:
    """Judge products and powers of constants."""
    from jinja2 import nodes

    limit = 1_000 if isinstance(node, nodes.Pow) else _REPEATS_LIMIT
    if _number(node.right) > limit or (isinstance(node, nodes.Mul) and _number(node.left) > limit):
        yield EXHAUSTION


def _number(node: Any) -> float:
    """Give a constant number, a power as at least a huge one; 0 for anything else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Const) and isinstance(node.value, (int, float)):
        return float(node.value) if abs(node.value) < 1e300 else 1e300
    if isinstance(node, nodes.Pow) and _number(node.left) > 1 and _number(node.right) > 8:
        return 1e300
    return 0.0


def _fold(node: Any, depth: int = 0) -> str | None:
    """Put a text together from constants joined by ``~`` or ``+`` or ``|join``; None when it is computed."""
    from jinja2 import nodes

    if node is None or depth > 50:
        return None
    if isinstance(node, nodes.Const):
        return node.value[:_FOLD_LIMIT] if isinstance(node.value, str) else None
    if isinstance(node, nodes.Concat):
        return _joined([_fold(part, depth + 1) for part in node.nodes])
    if isinstance(node, nodes.Add):
        return _joined([_fold(node.left, depth + 1), _fold(node.right, depth + 1)])
    if (
        isinstance(node, nodes.Filter)
        and node.name == "join"
        and isinstance(node.node, nodes.List | nodes.Tuple)
    ):
        return _joined([_fold(part, depth + 1) for part in node.node.items])
    return None


def _joined(parts: list[str | None]) -> str | None:
    """Join folded parts; None when one of them is computed."""
    known = [part for part in parts if part is not None]
    return "".join(known)[:_FOLD_LIMIT] if len(known) == len(parts) else None
