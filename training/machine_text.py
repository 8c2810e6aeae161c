"""Texts without personal data: the standard library's own source, and logs, numbers and dumps drawn by a seed."""

# ruff: noqa: E501
from __future__ import annotations

import io
import sysconfig
import tokenize
from pathlib import Path
from random import Random

from training.corpora import Document

NOUNS = """Request Session Handler Worker Manager Service Factory Builder Client Server Cache Queue Task Event Stream Buffer Token User
Account Order Payment Index Node Cluster Config Loader Parser Writer Reader Model Layer Tensor Batch Array Map List Set Proxy""".split()
VERBS = "Starting Stopped Loading Loaded Failed Retrying Connecting Connected Closing Accepted Rejected Finished Created Deleted Updated".split()
PRODUCTS = """Apache|Spark Apache|Airflow Apache|Hadoop Falcon|Instruct Whisper|Large Phi|Mini Command|R Llama|Chat Android|Studio Oracle|Database
Docker|Swarm Visual|Studio Llama|Guard Apache|Kafka Power|BI Google|Chrome Spring|Boot Amazon|Linux Windows|Server Red|Hat
Stable|Diffusion Claude|Opus Intel|Xeon Mozilla|Firefox Internet|Explorer Ubuntu|Jammy Debian|Bookworm Ruby|Rails Elastic|Search
Mistral|Large Gemma|Instruct Nvidia|Triton Azure|Pipelines Jupyter|Notebook Visual|Basic Core|Data Active|Directory""".split()
LATIN = """lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad
minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit
esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum
vestibulum pellentesque habitant morbi tristique senectus netus malesuada fames turpis egestas mauris vitae ultricies""".split()


class Machine:
    """Draws lines of machine text."""

    def __init__(self, words: list[str], seed: int) -> None:
        self.random, self.words = Random(seed), words

    def one(self, values: list) -> str:
        """Draw one."""
        return values[int(self.random.random() * len(values))]

    def digits(self, count: int) -> str:
        """Draw digits."""
        return "".join(self.one("0123456789") for _ in range(count))

    def hexadecimal(self, count: int) -> str:
        """Draw hexadecimal digits."""
        return f"{self.random.getrandbits(4 * count):0{count}x}"

    def base64(self, count: int) -> str:
        """Draw letters and digits of base64."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        return "".join(self.one(letters) for _ in range(count))

    def camel(self) -> str:
        """Draw a name of a class."""
        return "".join(
            self.one([self.one(self.words).title(), self.one(NOUNS)])
            for _ in range(self.random.randrange(1, 4))
        )

    def snake(self) -> str:
        """Draw a name of a variable."""
        return "_".join(self.one(self.words) for _ in range(self.random.randrange(1, 4)))

    def dotted(self) -> str:
        """Draw a name of a module."""
        return ".".join(self.one(self.words) for _ in range(self.random.randrange(2, 5)))

    def stamp(self) -> str:
        """Draw a time stamp in one of several forms."""

        def two(top: int) -> str:
            return f"{self.random.randrange(1, top):02d}"

        months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
        return self.one(
            [
                f"20{two(40)}-{two(13)}-{two(29)}T{two(24)}:{two(60)}:{two(60)}.{self.digits(3)}Z",
                f"20{two(40)}-{two(13)}-{two(29)} {two(24)}:{two(60)}:{two(60)},{self.digits(3)}",
                f"{self.one(months)} {two(29)} {two(24)}:{two(60)}:{two(60)}",
                f"[{two(29)}/{self.one(months)}/20{two(40)}:{two(24)}:{two(60)}:{two(60)} +0000]",
                f"{self.one('Mon Tue Wed Thu Fri Sat Sun'.split())} {self.one(months)} {two(29)} {two(24)}:{two(60)}:{two(60)} 20{two(40)}",
            ]
        )

    def line(self) -> str:
        """Draw one line of any kind."""
        w, c, d, h = self.one(self.words), self.camel(), self.digits, self.hexadecimal
        level = self.one("INFO WARN ERROR DEBUG TRACE info warning error FATAL NOTICE".split())
        product = self.one(PRODUCTS).replace("|", " ")
        verb = self.one(VERBS)
        return self.one(
            [
                f"{self.stamp()} {level} [{w}-{d(1)}] {self.dotted()}.{c} - {verb} {self.one(NOUNS)} {h(16)} took 0.{d(4)} ms status={d(3)}",
                f"{self.stamp()} {level} {c}: {verb} {w} {w} ({self.snake()}={d(3)})",
                f"{self.stamp()} host{d(1)} {w}[{d(4)}]: {verb} {self.one(NOUNS).lower()} for {w} from 192.0.2.{d(2)} port {d(4)}",
                f"\tat {self.dotted()}.{c}.{w}{self.one(NOUNS)}({c}.java:{d(3)})",
                f"Caused by: {self.dotted()}.{c}Exception: {self.one(VERBS)} {w} {self.one(NOUNS)} is null",
                f'  File "/usr/lib/{w}/{self.snake()}.py", line {d(3)}, in {self.snake()}',
                f"    {self.snake()} = {c}({self.snake()}, {w}={d(2)})",
                f"   at {c}.{self.one(NOUNS)}.<{w}>d__{d(1)}.MoveNext() in C:\\\\src\\\\{c}.cs:line {d(2)}",
                f"goroutine {d(2)} [running]: main.{w}(0x{h(10)}, 0x{h(4)})",
                f'{{"{self.snake()}": {d(4)}, "{w}": "{h(8)}-{h(4)}-{h(4)}-{h(4)}-{h(12)}", "type": "{c}", "status": "{verb}"}}',
                f"{d(2)}.{d(5)},{d(1)}.{d(4)},{d(3)},{c},{d(1)}e-0{d(1)}",
                f"{self.one(LATIN).title()} "
                + " ".join(self.one(LATIN) for _ in range(10))
                + f". {self.one(LATIN).title()} {self.one(LATIN)} {self.one(LATIN).title()}.",
                f"{w}@{d(1)}.{d(2)}.{d(1)}: resolved integrity sha512-{self.base64(86)}==",
                f"0{h(6)}  " + " ".join(h(2) for _ in range(16)) + f"  |{self.base64(16)}|",
                f"function {w}({self.one('abcdefg')},t){{var {self.one('nrou')}=t.{c}||new {c};return {w}.{w}({d(1)})}}",
                f"public class {c} extends {self.camel()} implements {self.camel()} {{",
                f"import {{ {c}, {self.camel()} }} from '@{w}/{w}';",
                f"model.layers.{d(2)}.{w}.{self.snake()}.weight  [4096, {d(4)}]  BF16",
                f'GET /{w}/{w}?{w}={h(8)} HTTP/1.1" {d(3)} {d(4)} "-" "Mozilla/5.0 (X11; Linux x86_64; rv:{d(2)}.0) Gecko/20100101 Firefox/{d(2)}.0"',
                f"{level}: {product} {d(1)}.{d(1)} {verb.lower()} {w}",
                f"{self.stamp()} {level} {self.dotted()}: {verb.lower()} {product} v{d(1)}.{d(2)}.{d(1)} {w} {h(8)}",
                f"{self.stamp()} {level} {w}.{w}: {verb.lower()} {self.one(PRODUCTS).split('|')[0]} {d(2)}B v{d(1)}.{d(2)} {w} {h(8)}",
                f"  {self.snake()} {self.one(['varchar(255)', 'text', 'bigint', 'TIMESTAMP', 'INTEGER', 'BOOLEAN'])} {self.one(['UNIQUE', 'NOT NULL', 'DEFAULT NULL', 'PRIMARY KEY', 'REFERENCES ' + w, 'CHECK'])},",
                f'    "Ġ{w}{self.one(["er", "ing", "s", "ion"])}": {d(5)}, "▁{w.title()}": {d(5)}, "<|{w}_{d(2)}|>": {d(6)},',
                f"@{self.one(['SIM', 'HWI', 'SRR'])}:{d(2)}:{self.base64(3).upper()}{d(3)}:1:{d(4)}:{d(5)}",
                "".join(self.one("ACGT") for _ in range(80)),
                f"{d(9)},{d(12)},{self.one(['SKU', 'PN', 'REF', 'INV'])}-{d(6)},{d(4)}.{d(2)}",
                f"{w}-{w}=={d(1)}.{d(2)}.{d(2)} --hash=sha256:{h(64)}",
                f"{verb} {product} {d(1)}.{d(2)} on {self.one(NOUNS)} {d(2)}",
                f"# {w.title()} {w} for {c}",
                f"// {w.title()} the {w} when {self.snake()} is set",
                f"{self.snake().upper()}={d(4)}",
                f"SELECT {self.snake()}, COUNT(*) FROM {self.snake()} WHERE {w} = '{c}' GROUP BY {w};",
                f'<{w} class="{w}-{w}" id="{c}">{w.title()} {w}</{w}>',
                f"Epoch {d(1)}/{d(2)} - loss: 0.{d(4)} - {w}_accuracy: 0.{d(4)} - {self.one(NOUNS)}: {d(3)}",
                f"{c}Error: {w.title()} {w} {w} {self.one(NOUNS)}",
                f"  - {w.title()} {self.one(NOUNS)}: {self.one(['Passed', 'Failed', 'Skipped', 'Not Found', 'OK', 'Enabled', 'Disabled'])}",
                f"[{verb}] {self.one(NOUNS)} {self.one(NOUNS)} {self.one(['Successfully', 'With Errors', 'Timed Out', 'Not Available'])}",
                f"{w.title()} {self.one(NOUNS)} {w.title()}: {d(3)} {self.one(['MB', 'GiB', 'ms', 'req/s'])}",
            ]
        )

    def documents(self, count: int) -> list[Document]:
        """Draw texts of a few lines, each of one or several kinds."""
        return [
            Document("\n".join(self.line() for _ in range(self.random.randrange(3, 12))), [])
            for _ in range(count)
        ]


def library_source(every: int = 2) -> list[Document]:
    """Source of the standard library that runs this, without comments and strings (which hold names)."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    files = (
        sorted(folder.glob("*.py")) + sorted(folder.glob("json/*.py")) + sorted(folder.glob("asyncio/*.py"))
    )
    out = []
    for path in files[::every]:
        lines = path.read_text("utf-8", "replace").splitlines()
        keep = [True] * (len(lines) + 2)
        try:
            for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
                if token.type in (tokenize.COMMENT, tokenize.STRING) and (
                    token.type == tokenize.COMMENT or len(token.string) > 30
                ):
                    for number in range(token.start[0], token.end[0] + 1):
                        keep[number] = False
        except (tokenize.TokenError, SyntaxError):
            continue
        code = [line for number, line in enumerate(lines, 1) if keep[number] and line.strip()]
        out += [Document("\n".join(code[at : at + 25]), []) for at in range(0, len(code), 25)]
    return out
