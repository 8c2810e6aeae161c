"""Chat templates are judged by their syntax tree: ordinary ones pass, escapes are flagged, nothing runs."""

from __future__ import annotations

import time

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.formats.templates import ESCAPE, EXHAUSTION, INCLUDE, judge_template

CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' "
    "+ '\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
LLAMA_2 = (
    "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = "
    "messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}"
    "{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
    "{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + "
    "'\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}"
    "{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}"
    "{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"
)
LLAMA_3 = (
    "{{- bos_token }}\n{%- if custom_tools is defined %}\n{%- set tools = custom_tools %}\n{%- endif %}\n"
    "{%- if not date_string is defined %}\n{%- if strftime_now is defined %}\n{%- set date_string = "
    'strftime_now("%d %b %Y") %}\n{%- else %}\n{%- set date_string = "26 Jul 2024" %}\n{%- endif %}\n{%- endif %}\n'
    "{%- for t in tools %}{{- t | tojson(indent=4) }}{{- '\\n\\n' }}{%- endfor %}\n"
    "{%- for message in messages %}{%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in "
    "message) %}{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + "
    "'<|eot_id|>' }}{%- elif 'tool_calls' in message %}{%- if not message.tool_calls|length == 1 %}"
    '{{- raise_exception("This model only supports single tool-calls at once!") }}{%- endif %}{%- set tool_call = '
    "message.tool_calls[0].function %}{%- for arg_name, arg_val in tool_call.arguments | "
    "items %}{{- arg_name + '=\"' + "
    'arg_val + \'"\' }}{%- if not loop.last %}{{- ", " }}{%- endif %}{%- endfor %}{%- endif %}{%- endfor %}'
)
QWEN_3 = (
    "{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}\n"
    "{%- for message in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}"
    '{%- if ns.multi_step_tool and message.role == "user" and message.content is string and not('
    "message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}"
    "{%- set ns.multi_step_tool = false %}{%- set ns.last_query_index = index %}{%- endif %}{%- endfor %}"
    "{%- set content = message.content.split('</think>')[-1].lstrip('\\n') %}"
)
GENERATION = "{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}"
MACRO = "{% macro show(x, depth=0) %}{{ '  ' * depth }}{{ x.type | upper }}{% endmacro %}{{ show(tools[0], depth=2) }}"
ORDINARY = (
    CHATML, LLAMA_2, LLAMA_3, QWEN_3, GENERATION, MACRO,
    "{{ messages | selectattr('role', 'equalto', 'system') | map(attribute='content') | join('\n') }}",
    "{% for m in messages if m.role != 'system' %}{% if loop.index is divisibleby 2 %}{% "
    "continue %}{% endif %}{% endfor %}",
    "{%- set d = {'a': 1} %}{{ d.items() | list }}{{ d['a'] }}{% do d.update({'b': 2}) %}",
    "{{ cycler('a', 'b').next() }}{% set c = cycler('odd', 'even') %}{{ c.next() }}{{ c.current }}",
    "{{ messages[-1]['content'] if messages else '' }}{{ range(10) | list }}{{ 'ab' * 3 }}{{ 2 ** 10 }}",
    "__class__ and {{ '<|__start__|>'|length }} outside of code",
    "Plain text without code, speaking of os.popen and __globals__.",
    "{# a comment on __class__ #}{{ content }}",
    "{{ config.hidden_size }}{{ request.content }}{{ self.title() }}",
    "", "{{ '{{' }}", None, 5, [], {"name": "default"}, [{"name": "tool", "template": CHATML}],
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(ORDINARY)))
def test_ordinary_templates_are_not_flagged(number: int) -> None:
    assert judge_template(ORDINARY[number]) == []


ESCAPES = (
    "{% for c in [].__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}",
    "{{ ''['__class__'] }}", "{{ ''|attr('__class__') }}", "{{ ''|attr('__cl' ~ 'ass__') }}",
    "{{ ''['__cl' + 'ass__'] }}", "{{ ''|attr(['__cl', 'ass__']|join) }}", "{{ ''|attr(name) }}",
    r"{{ ''|attr('\x5f\x5fclass\x5f\x5f') }}", r"{{ ''['\x5f\x5fclass\x5f\x5f'] }}", r"{{ ''|attr('\u005f_class__') }}",
    "{{ ''|attr('%c%c'|format(95, 95)) }}", "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ joiner['__init__'] }}", "{{ namespace.__init__ }}",
    "{{ request.application }}", "{{ config.items() }}", "{{ self._TemplateReference__context }}",
    "{% set x = '__class__' %}{{ ''[x] }}", "{{ messages|map(attribute='__class__')|list }}",
    "{{ x.mro() }}", "{{ f.func_globals }}", "{{ g.gi_frame.f_globals }}", "{{ os.popen('id') }}",
    "{{ a.b.system('id') }}",
    "{{ dict(__class__=1)|join }}", "{{ __import__('os') }}", "{{ eval('1') }}", "{{ lipsum|attr('x' ~ y) }}",
    "{{ (x|attr)('__class__') }}{{ ''.__class__ }", "{{ ().__class__.__bases__[0]",
    "{% foo %}{{ x.__class__ }}{% bar %}",
    "{%- if x %}{{ x | attr ( y ) }", [{"name": "a", "template": CHATML}, {"name": "b",
    "template": "{{ x.__class__ }}"}],
    {"default": "{{ x.__globals__ }}"},
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(ESCAPES)))
def test_escapes_are_flagged(number: int) -> None:
    assert ESCAPE in judge_template(ESCAPES[number])


@pytest.mark.parametrize("code", ["range(99999999999)", "range(0, 10**12)", "'a' * 9999999999", "7 ** 99999"])
def test_exhaustion_is_flagged(code: str) -> None:
    assert judge_template(f"{{% for i in {code} %}}{{% endfor %}}") == [EXHAUSTION]


def test_included_templates_ask_for_a_review() -> None:
    assert judge_template("{% include 'other.jinja' %}") == [INCLUDE]


def test_parsing_neither_compiles_nor_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*arguments: object, **options: object) -> None:
        raise AssertionError("a template was compiled")

    for name in ("compile", "from_string", "_generate", "_compile", "get_template"):
        monkeypatch.setattr(jinja2.Environment, name, forbidden)
    monkeypatch.setattr(jinja2.nodes.Expr, "as_const", forbidden)
    for template in (*ORDINARY, *ESCAPES):
        judge_template(template)


@pytest.mark.parametrize(
    "nasty",
    [
        "{{" * 200_000, "{% " * 200_000, "{{ " + "(" * 20_000 + " }}", "{{ " + "not " * 20_000 + "x }}",
        "{{ " + "[" * 20_000, "{{ 1" + "+1" * 20_000 + " }}", "{{ a" + ".b" * 20_000 + " }}",
        "{{ x" + "|f" * 20_000 + "}}",
        "{% if x %}" * 4_000, "{{ '" + "\\'" * 20_000, "{#" * 20_000, "{%raw%}" * 6_000, "{{ -" * 10_000 + "1",
        "{{" + "|" + " " * 500_000, "{{ x ~ " * 5_000, "{{ 'a'" + "~'a'" * 9_000 + " }}",
        "{{ " + "a if b else " * 3_000 + "c }}",
        "{{" + "__" * 200_000, "{% generation" * 3_000,
    ],
)  # fmt: skip
def test_nasty_templates_take_little_time(nasty: str) -> None:
    start = time.process_time()
    judge_template(nasty)
    assert time.process_time() - start < 3


@given(st.text(alphabet="{}%|.~'\"_ abx()[]+-*1,#\\", max_size=80))
def test_any_template_is_answered(text: str) -> None:
    for danger, rule in judge_template("{{" + text):
        assert (danger, rule) in {ESCAPE, EXHAUSTION, INCLUDE}
