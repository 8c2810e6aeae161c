"""Notebooks and a leak in, a folder of HTML pages out that open without a network."""

from leakkit.report.export import export_report
from leakkit.report.handover import load_artifacts

__all__ = ["export_report", "load_artifacts"]
