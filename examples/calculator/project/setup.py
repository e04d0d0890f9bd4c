"""Packages calculator.py as a wheel."""

import os

from setuptools import setup

# Equal sources give equal bytes, whenever and by whomever the wheel is built:
# members of the archive carry this time (the earliest that a zip file can
# hold) unless the caller names another, and the usual permissions.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
os.umask(0o022)

setup(
    name="calculator",
    version="1.0.0",
    description="Arithmetic on plain numbers",
    license="Apache-2.0",
    python_requires=">=3.8",
    py_modules=["calculator"],
)
