"""Draw what the frames say: one `draw_` function a question, frame in, Axes out."""

from leakkit.plots.access import draw_access
from leakkit.plots.exposure import draw_danger, draw_exposure, draw_formats, draw_sensitivity
from leakkit.plots.incident_grid import draw_a4_grid
from leakkit.plots.incident_times import draw_delays, draw_timeline
from leakkit.plots.incidents import draw_artifacts, draw_routes, draw_sizes, draw_slanted
from leakkit.plots.pii import draw_findings, draw_people, draw_prevalence, draw_scores
from leakkit.plots.style import label

__all__ = [
    "draw_a4_grid",
    "draw_access",
    "draw_artifacts",
    "draw_danger",
    "draw_delays",
    "draw_exposure",
    "draw_findings",
    "draw_formats",
    "draw_people",
    "draw_prevalence",
    "draw_routes",
    "draw_scores",
    "draw_sensitivity",
    "draw_sizes",
    "draw_slanted",
    "draw_timeline",
    "label",
]
