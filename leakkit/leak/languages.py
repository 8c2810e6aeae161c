"""Programming languages, told by file name, by the first line, or by lines that only code has."""

from __future__ import annotations

import re

EXTENSIONS: dict[str, str] = {
    "py": "Python", "pyi": "Python", "pyw": "Python", "pyx": "Cython", "pxd": "Cython", "ipy": "Python",
    "js": "JavaScript", "mjs": "JavaScript", "cjs": "JavaScript", "jsx": "JavaScript", "ts": "TypeScript",
    "tsx": "TypeScript", "mts": "TypeScript", "vue": "Vue", "svelte": "Svelte",
    "c": "C", "h": "C", "cc": "C++", "cpp": "C++", "cxx": "C++", "hpp": "C++", "hh": "C++", "hxx": "C++",
    "cu": "CUDA", "cuh": "CUDA", "cl": "OpenCL", "metal": "Metal", "m": "Objective-C", "mm": "Objective-C++",
    "java": "Java", "kt": "Kotlin", "kts": "Kotlin", "scala": "Scala", "groovy": "Groovy", "gradle": "Groovy",
    "clj": "Clojure", "go": "Go", "rs": "Rust", "swift": "Swift", "dart": "Dart", "cs": "C#", "fs": "F#",
    "vb": "Visual Basic", "rb": "Ruby", "php": "PHP", "pl": "Perl", "pm": "Perl", "lua": "Lua", "r": "R",
    "jl": "Julia", "hs": "Haskell", "ml": "OCaml", "mli": "OCaml", "ex": "Elixir", "exs": "Elixir",
    "erl": "Erlang", "zig": "Zig", "nim": "Nim", "v": "Verilog", "sv": "SystemVerilog", "vhd": "VHDL",
    "f90": "Fortran", "f95": "Fortran", "f": "Fortran", "pas": "Pascal", "asm": "Assembly", "s": "Assembly",
    "sh": "Shell", "bash": "Shell", "zsh": "Shell", "fish": "Shell", "ksh": "Shell", "slurm": "Shell",
    "sbatch": "Shell", "ps1": "PowerShell", "psm1": "PowerShell", "bat": "Batch", "cmd": "Batch",
    "sql": "SQL", "hql": "SQL", "graphql": "GraphQL", "proto": "Protocol Buffer", "thrift": "Thrift",
    "tf": "HCL", "tfvars": "HCL", "hcl": "HCL", "nix": "Nix", "cmake": "CMake", "mk": "Makefile",
    "css": "CSS", "scss": "SCSS", "sass": "Sass", "less": "Less", "bzl": "Starlark", "jinja": "Jinja",
    "jinja2": "Jinja", "j2": "Jinja", "triton": "Python", "mojo": "Mojo", "el": "Emacs Lisp", "lisp": "Lisp",
    "sol": "Solidity", "wat": "WebAssembly", "td": "TableGen", "mlir": "MLIR", "ll": "LLVM", "ptx": "PTX",
    "patch": "Diff", "diff": "Diff", "tcl": "Tcl", "vim": "Vim script", "awk": "Awk", "pxi": "Cython",
    "m4": "M4", "hip": "HIP", "wgsl": "WGSL", "glsl": "GLSL", "do": "Stata", "sas": "SAS",
}  # fmt: skip
"""Language by extension (lower case, without its dot)."""

FILE_NAMES: dict[str, str] = {
    "makefile": "Makefile", "gnumakefile": "Makefile", "dockerfile": "Dockerfile",
    "containerfile": "Dockerfile",
    "jenkinsfile": "Groovy", "vagrantfile": "Ruby", "rakefile": "Ruby", "gemfile": "Ruby", "justfile": "Just",
    "cmakelists.txt": "CMake", "build.bazel": "Starlark", "workspace": "Starlark", "snakefile": "Python",
    ".bashrc": "Shell", ".bash_profile": "Shell", ".profile": "Shell", ".zshrc": "Shell",
    "procfile": "Procfile",
}  # fmt: skip
"""Language by whole file name (lower case)."""

_INTERPRETERS: dict[str, str] = {
    "python": "Python", "pypy": "Python", "ipython": "Python", "uv": "Python", "bash": "Shell", "sh": "Shell",
    "zsh": "Shell", "dash": "Shell", "ksh": "Shell", "fish": "Shell", "ash": "Shell", "perl": "Perl",
    "ruby": "Ruby", "node": "JavaScript", "nodejs": "JavaScript", "deno": "TypeScript", "bun": "TypeScript",
    "php": "PHP", "lua": "Lua", "luajit": "Lua", "rscript": "R", "julia": "Julia", "awk": "Awk",
    "gawk": "Awk",
    "make": "Makefile", "tclsh": "Tcl", "pwsh": "PowerShell", "osascript": "AppleScript",
}  # fmt: skip

_CODE_LINES = (
    ("Python", rb"(?:from [.\w]+ import [\w(*]|import \w[.\w]*(?: as \w+)?[ \t\r]*$|def \w+\("
               rb"|class \w+(?:\([\w., ]*\))?:|if __name__ == |@\w[\w.]*\(?[^@ ]*$|async def )"),
    ("C", rb"(?:#[ \t]*(?:include[ \t]*[<\"]|ifndef \w|ifdef \w|pragma once)"
          rb"|(?:static |const )*(?:int|void|char) \w+\("
          rb"|typedef )"),
    ("Go", rb"(?:package \w+[ \t\r]*$|func (?:\(\w+ \*?\w+\) )?\w+\(|import \()"),
    ("Rust", rb"(?:use \w+(?:::\w+)+|(?:pub )?(?:fn|struct|enum|impl|mod) \w+.{0,200}[{;]|#\[derive\()"),
    ("Java", rb"(?:package [\w.]+;|import [\w.*]+;"
             rb"|(?:public|private|protected) (?:static |final )*(?:class|interface|void|int|String) )"),
    ("JavaScript", rb"(?:(?:const|let|var) [\w{][^=\n]{0,200}= |import .{1,200} from ['\"]"
                   rb"|export (?:default |const |function )"
                   rb"|(?:async )?function \w*\(|module\.exports|['\"]use strict['\"])"),
    ("SQL", rb"(?i:(?:create table|insert into|alter table|drop table|create database)\b"
            rb"|copy \S{1,200} .{0,500}from stdin)"),
    ("Shell", rb"(?:set -[eux]|if \[\[? "
              rb"|fi[ \t\r]*$|done[ \t\r]*$|esac[ \t\r]*$|export \w+=[\"$]|echo [\"$])"),
    ("Diff", rb"(?:diff --git a/|@@ -\d+)"),
)  # fmt: skip
_CODE = tuple((language, re.compile(lines)) for language, lines in _CODE_LINES)
_FIRST_TWO = frozenset(
    word.encode()
    for word in (
        "fr im de cl if as @ #i #p st co in vo ch ty pa fu us fn pu mo en #[ pr le va ex 'u \"u se fi do es "
        "ec di @@ cr al dr CR IN AL DR CO"
    ).split()
)
_LINES_ENOUGH, _LINES_READ = 2, 200


def language_from_name(base: str, extension: str) -> str | None:
    """Give the language that a file name speaks of; both arguments in lower case.

    Examples
    --------
    >>> language_from_name("train.py", "py"), language_from_name("dockerfile", "")
    ('Python', 'Dockerfile')
    """
    return EXTENSIONS.get(extension) or FILE_NAMES.get(base)


def language_from_shebang(head: bytes) -> str | None:
    """Give the language of the interpreter in a ``#!`` line; ``Script`` when it is not a known one.

    Examples
    --------
    >>> language_from_shebang(b"#!/usr/bin/env -S python3 -u")
    'Python'
    """
    if not head.startswith(b"#!"):
        return None
    words = head[2:256].split(b"\n", 1)[0].split()
    programs = [word.rpartition(b"/")[2] for word in words if word[:1] != b"-" and b"=" not in word]
    if programs[:1] == [b"env"]:
        del programs[0]
    word = programs[0].rstrip(b"0123456789.").decode("ascii", "replace").lower() if programs else ""
    return _INTERPRETERS.get(word, "Script")


def language_from_lines(window: bytes) -> str | None:
    r"""Give the language most lines of `window` speak; None when fewer than two lines look like code.

    Examples
    --------
    >>> language_from_lines(b"import os\n\ndef main():\n    pass\n")
    'Python'
    >>> language_from_lines(b"Dear all,\nthe import of tea rose.\n")
    """
    counts: dict[str, int] = {}
    for line in window.split(b"\n", _LINES_READ)[:_LINES_READ]:
        if line[:2] in _FIRST_TWO or line[:1] == b"@":
            for language, pattern in _CODE:
                if pattern.match(line):
                    counts[language] = counts.get(language, 0) + 1
    best = max(counts, key=lambda language: counts[language], default=None)
    return best if best is not None and counts[best] >= _LINES_ENOUGH else None
