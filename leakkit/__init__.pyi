from . import errors as errors
from . import frames as frames
from .bundled import sample_leak as sample_leak
from .bundled import sample_truth as sample_truth
from .display import settings as settings
from .display import show_figure as show_figure
from .display import show_table as show_table
from .explore import explore as explore
from .leak.budget import Budget as Budget
from .leak.open import Leak as Leak
from .leak.open import open_leak as open_leak
from .leak.text import printable as printable
from .leak.text import spreadsheet_safe as spreadsheet_safe
from .report import export_report as export_report

__version__: str
