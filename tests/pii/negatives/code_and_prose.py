"""Code, locks, configurations, traces and technical prose with nobody in them."""

# ruff: noqa: E501 - a line of the made text stands on one line
from __future__ import annotations

import random

from draw_machine import BASE64, HEX, PACKAGES, name, number, path, run, stamp, uuid, version


def npm_lock(rng: random.Random) -> str:
    """A lock file of JavaScript."""
    p, v = rng.choice(PACKAGES), version(rng)
    return f'    "node_modules/{p}": {{"version": "{v}", "integrity": "sha512-{run(rng, BASE64, 86)}==", "engines": {{"node": ">={version(rng)}"}}}},'


def go_sum(rng: random.Random) -> str:
    """Checksums of Go modules."""
    return f"example.org/{name(rng)}/{name(rng)} v{version(rng)} h1:{run(rng, BASE64, 43)}="


def pins(rng: random.Random) -> str:
    """Pinned packages with hashes."""
    return f"{rng.choice(PACKAGES)}=={version(rng)} \\\n    --hash=sha256:{run(rng, HEX, 64)}"


def cargo_lock(rng: random.Random) -> str:
    """A lock file of Rust."""
    return f'[[package]]\nname = "{name(rng)}-{name(rng)}"\nversion = "{version(rng)}"\nchecksum = "{run(rng, HEX, 64)}"\n'


def minified(rng: random.Random) -> str:
    """Minified JavaScript, without line ends."""
    a, b, c = (run(rng, "abcdefghij", 1) for _ in range(3))
    return (
        f"function {a}({b},{c}){{return {b}?{c}.{name(rng)}({rng.randrange(999)},{number(rng)}):void 0}}var {b}=!0,{c}="
        f'"{name(rng)}-{run(rng, HEX, 8)}";{a}({b},[{rng.randrange(10**6)},{rng.randrange(10**9)}]),'
    )


def python_code(rng: random.Random) -> str:
    """Python."""
    return rng.choice(
        (
            f"def {name(rng)}_{name(rng)}(self, {name(rng)}: int = {rng.randrange(9999)}) -> None:",
            f"    self.{name(rng)} = {name(rng)}[{rng.randrange(64)}:{rng.randrange(4096)}] * {number(rng)}",
            f'    raise ValueError(f"Expected {name(rng)}, got {{{name(rng)}}}")',
            f"from {name(rng)}.{name(rng)} import {name(rng).title()}, {name(rng).title()}{name(rng).title()}",
            f'    password = getpass("Password: ")  # {name(rng)}',
            f'    token = os.environ["{name(rng).upper()}_TOKEN"]',
            f"    assert {name(rng)}.shape == ({rng.randrange(999)}, {rng.randrange(999)})",
            f"class {name(rng).title()}{name(rng).title()}(nn.Module):",
            f"@{name(rng)}.{name(rng)}",
        )
    )


def c_code(rng: random.Random) -> str:
    """C and CUDA."""
    return rng.choice(
        (
            f"#define {name(rng).upper()}_{name(rng).upper()} 0x{run(rng, HEX, 8)}U",
            f"static const uint64_t {name(rng)}[] = {{0x{run(rng, HEX, 16)}ULL, 0x{run(rng, HEX, 16)}ULL}};",
            f"  if ({name(rng)}->{name(rng)} > {rng.randrange(10**6)}) return -{rng.randrange(99)};",
            f"__global__ void {name(rng)}_{name(rng)}(const float* __restrict__ x, int n) {{",
            f"  {name(rng)}[{rng.randrange(99)}] = {rng.random():.8f}f; /* {name(rng)} {rng.randrange(9)}.{rng.randrange(30)} */",
        )
    )


def disassembly(rng: random.Random) -> str:
    """A disassembly."""
    return f"  {rng.randrange(16**6):6x}:\t{' '.join(run(rng, HEX, 2) for _ in range(5))}\tmov    ${hex(rng.randrange(16**6))},%r{rng.randrange(8, 16)}"


def schema(rng: random.Random) -> str:
    """A schema of a database: columns named like data about people, without any."""
    columns = "user_id email phone_number full_name date_of_birth ssn iban password_hash ip_address address city zip_code".split()
    return f"  {rng.choice(columns)} {rng.choice(('varchar(255)', 'bigint', 'text', 'timestamptz'))} {rng.choice(('NOT NULL', 'DEFAULT NULL', 'UNIQUE'))},"


def diff(rng: random.Random) -> str:
    """A diff."""
    return rng.choice(
        (
            f"@@ -{rng.randrange(999)},{rng.randrange(99)} +{rng.randrange(999)},{rng.randrange(99)} @@ def {name(rng)}():",
            f"index {run(rng, HEX, 10)}..{run(rng, HEX, 10)} 100644",
            f"-    {name(rng)} = {number(rng)}",
            f"+    {name(rng)} = {number(rng)}",
            f"diff --git a/{path(rng)} b/{path(rng)}",
        )
    )


def java_trace(rng: random.Random) -> str:
    """Frames of the JVM."""
    return f"\tat org.example.{name(rng)}.{name(rng).title()}{name(rng).title()}.{name(rng)}({name(rng).title()}.java:{rng.randrange(2000)}) ~[hub-{version(rng)}.jar:{version(rng)}]"


def python_trace(rng: random.Random) -> str:
    """Frames of Python."""
    return f'  File "/opt/venv/lib/python3.11/site-packages/{path(rng)}", line {rng.randrange(4000)}, in {name(rng)}_{name(rng)}\n    return self.{name(rng)}({name(rng)}, {number(rng)})'


def kernel_log(rng: random.Random) -> str:
    """Messages of a kernel."""
    return f"[{rng.random() * 10**6:12.6f}] {rng.choice(('nvidia', 'nvme0n1', 'mlx5_core', 'EXT4-fs'))} 0000:{run(rng, HEX, 2)}:00.0: {name(rng)} {name(rng)} {number(rng)} (rev {run(rng, HEX, 2)})"


def manifest(rng: random.Random) -> str:
    """Manifests of a cluster, secrets by reference only."""
    return rng.choice(
        (
            f"        - name: {name(rng).upper()}_PASSWORD\n          valueFrom: {{secretKeyRef: {{name: {name(rng)}-credentials, key: password}}}}",
            f"        image: registry.example.org/{name(rng)}/{name(rng)}:{version(rng)}@sha256:{run(rng, HEX, 64)}",
            f'  uid: {uuid(rng)}\n  resourceVersion: "{rng.randrange(10**9)}"',
            f"          limits: {{cpu: {rng.randrange(4000)}m, memory: {rng.randrange(9999)}Mi, nvidia.com/gpu: {rng.randrange(8)}}}",
            "      api_key: ${HUB_API_KEY}\n      token: {{ .Values.token }}",
        )
    )


def pipeline(rng: random.Random) -> str:
    """Steps of continuous integration."""
    return rng.choice(
        (
            f"      - uses: actions/{name(rng)}@v{rng.randrange(6)}  # {run(rng, HEX, 40)}",
            "          token: ${{ secrets.GITHUB_TOKEN }}",
            f"  run: make {name(rng)} JOBS={rng.randrange(64)} SEED={rng.randrange(10**9)}",
            f"  key: {name(rng)}-${{{{ hashFiles('**/{name(rng)}.lock') }}}}-{version(rng)}",
        )
    )


def service_log(rng: random.Random) -> str:
    """Logs of a service, as key and value."""
    return (
        f'time={stamp(rng)} level={rng.choice(("info", "warn", "debug"))} caller={path(rng)}:{rng.randrange(999)} msg="{name(rng)} {name(rng)}" '
        f'request_id={uuid(rng)} bytes={rng.randrange(10**11)} duration={rng.random() * 99:.6f}s user_agent="curl/{version(rng)}"'
    )


def json_log(rng: random.Random) -> str:
    """Logs of a service, as JSON."""
    return (
        f'{{"@timestamp":"{stamp(rng)}","logger":"{name(rng)}.{name(rng)}","pid":{rng.randrange(99999)},"session":"{run(rng, HEX, 24)}",'
        f'"elapsed":{number(rng)},"shard":"{rng.randrange(999):05d}-of-{rng.randrange(999):05d}","etag":"\\"{run(rng, HEX, 32)}-{rng.randrange(99)}\\""}}'
    )


def vocabulary(rng: random.Random) -> str:
    """Pieces of a tokenizer."""
    return f'    "Ġ{name(rng)}{run(rng, "aeioustn", 3)}": {rng.randrange(128_000)}, "<|{name(rng)}_{rng.randrange(999)}|>": {rng.randrange(128_000)},'


def certificate(rng: random.Random) -> str:
    """Public certificates and keys."""
    return rng.choice(
        (
            "-----BEGIN CERTIFICATE-----",
            "-----END CERTIFICATE-----",
            *[run(rng, BASE64, 64)] * 6,
            f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA{run(rng, BASE64, 44)}",
        )
    )


def css(rng: random.Random) -> str:
    """Style sheets."""
    return f".{name(rng)}-{name(rng)}>a:hover{{margin:{rng.random():.3f}rem auto;color:#{run(rng, HEX, 6)};transition:all .{rng.randrange(99)}s cubic-bezier(.4,0,.2,1)}}"


def prose(rng: random.Random) -> str:
    """Technical sentences with capitals and figures."""
    return rng.choice(
        (
            f"The {name(rng)} maps {rng.randrange(4096)} inputs to {rng.randrange(4096)} outputs in bfloat16 on the GPU.",
            f"Set MAX_{name(rng).upper()} to {rng.randrange(10**6)} when the {name(rng)} is larger than {rng.randrange(999)} GB.",
            f"Version {rng.randrange(9)}.{rng.randrange(30)} speeds up {name(rng)} by {rng.randrange(2, 90)} % and mends #{rng.randrange(99999)}.",
            f"See section {rng.randrange(9)}.{rng.randrange(30)} for the {name(rng)} of each {name(rng)}; Table {rng.randrange(20)} lists them.",
            f"If the {name(rng)} fails, run `make {name(rng)}` again and read the {name(rng)} log.",
        )
    )


def test_output(rng: random.Random) -> str:
    """Results of tests and coverage."""
    return f"tests/{path(rng)}::{name(rng)}_{name(rng)}[{number(rng)}-{rng.randrange(999)}] {rng.choice(('PASSED', 'FAILED', 'SKIPPED'))} [{rng.randrange(100):3d}%] {rng.random():.3f}s"


def tar_listing(rng: random.Random) -> str:
    """Listings of archives and folders."""
    return f"-rw-r--r-- root/root {rng.randrange(10**11):>12} 202{rng.randrange(6)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)} 0{rng.randrange(10)}:{rng.randrange(10, 60)} {path(rng)}"


KINDS = (
    npm_lock, go_sum, pins, cargo_lock, minified, python_code, c_code, disassembly, schema, diff, java_trace, python_trace, kernel_log,
    manifest, pipeline, service_log, json_log, vocabulary, certificate, css, prose, test_output, tar_listing,
)  # fmt: skip
