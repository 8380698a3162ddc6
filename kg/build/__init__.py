"""The stages strung together: reports in, an output folder out."""

from kg.build.lock import Lock
from kg.build.pipeline import Pipeline, Reader, Stages
from kg.build.plan import Plan
from kg.build.run import BuildResult, build, preview, rebuild
from kg.build.task import Settings

__all__ = [
    "BuildResult",
    "Lock",
    "Pipeline",
    "Plan",
    "Reader",
    "Settings",
    "Stages",
    "build",
    "preview",
    "rebuild",
]
