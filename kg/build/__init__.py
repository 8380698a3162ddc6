"""The stages strung together: reports in, an output folder out."""

from kg.build.lock import Lock
from kg.build.pipeline import Pipeline, Reader
from kg.build.run import BuildResult, build, rebuild

__all__ = ["BuildResult", "Lock", "Pipeline", "Reader", "build", "rebuild"]
