"""What a confined process may use."""

import os
import re
from dataclasses import dataclass, fields

MIB = 1024 * 1024


class SandboxError(Exception):
    """A process could not be started or confined."""


@dataclass(frozen=True)
class Limits:
    """What one child may use. Each field can be set with an environment variable, ``AUTOGRADE_CPU_SECONDS`` and so on.

    Attributes
    ----------
    cpu_seconds : float
        Processor time of one cell, one call or one check, of all its threads and processes together.
    wall_seconds : float
        Time on the clock for the same; generous, so that a busy machine changes no score.
    total_cpu_seconds, total_wall_seconds : int
        Both for the whole life of the process.
    memory_mib : int
        Memory beyond that of the warm parent.
    file_mib, folder_mib : int
        Size of one file, and of all files in one of the three private folders.
    processes : int
        Processes and threads at a time.
    output_kib : int
        Printed text, figures and errors of one cell.
    """

    cpu_seconds: float = 30
    wall_seconds: float = 600
    total_cpu_seconds: int = 300
    total_wall_seconds: int = 3600
    memory_mib: int = 2048
    file_mib: int = 64
    folder_mib: int = 256
    processes: int = 128
    output_kib: int = 512

    @classmethod
    def from_environment(cls):
        """The defaults, or what the environment sets.

        Raises
        ------
        SandboxError
            If a variable does not hold a positive number.
        """
        values = {}
        for item in fields(cls):
            name = f"AUTOGRADE_{item.name.upper()}"
            text = os.environ.get(name)
            if text is None:
                continue
            if not re.fullmatch(r"\d+(\.\d+)?", text) or float(text) <= 0:
                raise SandboxError(f"{name}={text!r}: expected a positive number")
            values[item.name] = float(text) if item.name in ("cpu_seconds", "wall_seconds") else int(float(text))
        return cls(**values)
