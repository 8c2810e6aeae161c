"""Draw what the frames say: one `draw_` function a question, frame in, Axes out."""

from leakkit.plots.access import draw_access
from leakkit.plots.bias_calibration import draw_calibration
from leakkit.plots.bias_decided import draw_decided
from leakkit.plots.bias_gaps import draw_four_fifths, draw_gaps
from leakkit.plots.bias_strata import draw_adjusted, draw_proxies, draw_strata
from leakkit.plots.bias_tables import draw_comparisons, draw_error_rates, draw_group_rates
from leakkit.plots.bias_text import draw_label_bias, draw_outputs, draw_representation, draw_template_skew
from leakkit.plots.bias_words import draw_associations, draw_keyness, draw_occupations
from leakkit.plots.exposure import draw_danger, draw_exposure, draw_formats, draw_sensitivity
from leakkit.plots.incident_grid import draw_a4_grid
from leakkit.plots.incident_times import draw_delays, draw_timeline
from leakkit.plots.incidents import draw_artifacts, draw_routes, draw_sizes, draw_slanted
from leakkit.plots.pii import draw_findings, draw_people, draw_prevalence, draw_scores
from leakkit.plots.style import label

__all__ = [
    "draw_a4_grid",
    "draw_access",
    "draw_adjusted",
    "draw_artifacts",
    "draw_associations",
    "draw_calibration",
    "draw_comparisons",
    "draw_danger",
    "draw_decided",
    "draw_delays",
    "draw_error_rates",
    "draw_exposure",
    "draw_findings",
    "draw_formats",
    "draw_four_fifths",
    "draw_gaps",
    "draw_group_rates",
    "draw_keyness",
    "draw_label_bias",
    "draw_occupations",
    "draw_outputs",
    "draw_people",
    "draw_prevalence",
    "draw_proxies",
    "draw_representation",
    "draw_routes",
    "draw_scores",
    "draw_sensitivity",
    "draw_sizes",
    "draw_slanted",
    "draw_strata",
    "draw_template_skew",
    "draw_timeline",
    "label",
]
