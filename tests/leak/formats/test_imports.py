"""Names that a pickle imports are judged by our table, by their shape, and by picklescan's lists."""

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.formats.imports import judge, picklescan_imports, picklescan_opinion


def rows():
    text = resources.files("leakkit.leak.formats").joinpath("imports.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


# --- the table ------------------------------------------------------------------------------------


def test_the_table_is_sorted_and_names_each_name_once():
    names = [row["name"] for row in rows()]
    assert names == sorted(set(names)) and len(names) > 1000


def test_every_row_of_the_table_has_a_known_danger_and_a_reason():
    assert {row["danger"] for row in rows()} == {"none_found", "review", "yes"}
    assert all(row["why"] and len(row["why"]) < 80 for row in rows())


def test_names_of_the_table_are_dotted_python_names():
    assert all(part.isidentifier() or part == "*" for row in rows() for part in row["name"].split("."))


def test_every_exact_row_gives_its_own_danger():
    exact = [row for row in rows() if "." in row["name"] and not row["name"].endswith("*")]
    wrong = [row["name"] for row in exact if judge(*row["name"].rsplit(".", 1)) != row["danger"]]
    assert wrong == []


@pytest.mark.parametrize(
    "name",
    """
    torch._utils._rebuild_tensor_v2 torch.FloatStorage torch.BFloat16Storage torch.float16 torch.Size torch.device
    torch._utils._rebuild_parameter torch.nn.modules.linear.Linear torch.nn.modules.container.Sequential
    torch.optim.adam.Adam torch.storage.UntypedStorage collections.OrderedDict collections.defaultdict
    numpy.core.multiarray._reconstruct numpy._core.multiarray.scalar numpy.dtype numpy.ndarray numpy.float32
    numpy.random._pickle.__randomstate_ctor numpy.dtypes.Float64DType _codecs.encode copyreg._reconstructor
    copy_reg._reconstructor builtins.set __builtin__.set __builtin__.xrange builtins.bytearray builtins.ValueError
    exceptions.ValueError datetime.datetime datetime.timezone decimal.Decimal fractions.Fraction uuid.UUID
    pathlib.PosixPath pathlib._local.PosixPath argparse.Namespace types.SimpleNamespace re._compile random.Random
    scipy.sparse._csr.csr_matrix pandas.DataFrame pandas.core.frame.DataFrame zoneinfo.ZoneInfo._unpickle
    joblib.numpy_pickle.NumpyArrayWrapper UserDict.UserDict logging.getLogger http.HTTPStatus
    """.split(),
)
def test_what_ordinary_files_need_is_harmless(name):
    assert judge(*_split(name)) == "none_found"


@pytest.mark.parametrize(
    "name",
    """
    sklearn.svm._classes.SVC __main__.Net helpful.models.Net functools.partial json.loads torch.nn.functional.relu
    torch.storage._load_from_bytes transformers.models.bert.modeling_bert.BertModel xgboost.sklearn.XGBClassifier
    collections.namedtuple operator.add dill._dill._create_function cloudpickle.cloudpickle._make_function
    numpy.log1p collections.OrderedDict.fromkeys base64.b64decode
    """.split(),
)
def test_what_nobody_vouches_for_is_for_review(name):
    assert judge(*_split(name)) == "review"


def _split(name):
    """Split behind the first part that begins like a class or is the last one."""
    parts = name.split(".")
    at = next((i for i, part in enumerate(parts) if part[:1].isupper() and i), len(parts) - 1)
    return ".".join(parts[:at]), ".".join(parts[at:])


# --- shapes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("helpful", "os.system"),
        ("random", "_os.urandom"),
        ("helpful.io", "subprocess"),
        ("helpful", "Model.__init__.__globals__"),
        ("helpful", "__import__"),
        ("helpful", "tools.check_output"),
        ("collections", "OrderedDict.__reduce__"),
        ("\u043es", "system"),
        ("builtins", "ev\u0430l"),
        ("os", "\uff53\uff59\uff53\uff54\uff45\uff4d"),
        (" os", "system"),
        ("os", "path.join"),
        ("torch.nn.modules.linear", "os.system"),
        ("torch.nn.modules", "Linear.__class__"),
        ("pathlib", "Path.write_text"),
        ("numpy", "ndarray.tofile"),
        ("", "system"),
    ],
)
def test_a_telling_shape_is_dangerous_wherever_it_stands(module, name):
    assert judge(module, name) == "yes"


@pytest.mark.parametrize(
    ("module", "name"),
    [("datetime", "datetime"), ("array", "array"), ("helpful.kinds", "Operator"), ("helpful", "Système"),
     ("helpful.os_tools", "Choice"), ("helpful", "systems")],
)  # fmt: skip
def test_a_name_that_only_resembles_is_not_dangerous(module, name):
    assert judge(module, name) != "yes"


def test_a_class_row_does_not_speak_for_functions_or_attributes():
    assert judge("torch.nn.modules.linear", "Linear") == "none_found"
    assert judge("torch.nn.modules.linear", "linear") == "review"
    assert judge("torch.nn.modules.linear", "Linear.forward") == "review"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_a_judgement(module, name):
    assert judge(module, name) in ("none_found", "review", "yes")


# --- picklescan -----------------------------------------------------------------------------------


def test_picklescan_still_answers_as_it_did():
    """Fails when its public scanner changes, so that a second opinion never turns silent."""
    assert picklescan_imports(b"cposix\nsystem\n(S'true'\ntR.") == [("posix", "system", "yes")]
    assert picklescan_opinion("collections", "OrderedDict") == "none_found"
    assert picklescan_opinion("helpful", "Net") == "review"
    assert picklescan_opinion("", "x") is None


def test_what_picklescan_calls_dangerous_we_do_too_with_these_exceptions():
    """Its private list is read here only; without it the test fails and the exceptions are looked at anew."""
    from picklescan import scanner

    named = [
        (module, name)
        for module, names in scanner._unsafe_globals.items()
        for name in (["any_name"] if names == "*" else [names] if isinstance(names, str) else sorted(names))
    ]
    assert len(named) > 90
    milder = {f"{module}.{name}" for module, name in named if judge(module, name) != "yes"}
    assert milder == {
        # a partial calls nothing when it is loaded; what it holds is judged by itself
        "functools.partial",
        # code that the pickle brings along: an alarm only when something calls it
        "cloudpickle.cloudpickle._builtin_type",
        "cloudpickle.cloudpickle._function_setstate",
        "cloudpickle.cloudpickle._make_cell",
        "cloudpickle.cloudpickle._make_empty_cell",
        "cloudpickle.cloudpickle._make_function",
        "cloudpickle.cloudpickle.subimport",
    }


def test_what_picklescan_calls_harmless_we_do_too():
    from picklescan import scanner

    named = [(module, name) for module, names in scanner._safe_globals.items() for name in sorted(names)]
    assert len(named) > 15
    assert {f"{module}.{name}" for module, name in named if judge(module, name) != "none_found"} == set()


def test_picklescan_prints_nothing(capfd):
    picklescan_imports(b"c\x1b[31mos\nsystem\n.\xff\xff")
    assert capfd.readouterr() == ("", "")
