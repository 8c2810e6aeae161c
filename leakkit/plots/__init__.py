"""Draw what the frames say: one `draw_` function a question, frame in, Axes out."""

from leakkit.plots.access import draw_access
from leakkit.plots.exposure import draw_danger, draw_exposure, draw_formats, draw_sensitivity
from leakkit.plots.pii import draw_findings, draw_people, draw_prevalence, draw_scores
from leakkit.plots.style import label

__all__ = [
    "draw_access",
    "draw_danger",
    "draw_exposure",
    "draw_findings",
    "draw_formats",
    "draw_people",
    "draw_prevalence",
    "draw_scores",
    "draw_sensitivity",
    "label",
]
