"""Tests of the calculator.

The module is imported whole: a function that is missing then fails its own
tests by name, instead of all of them at once when this file is imported.
"""

import pytest

import calculator


@pytest.mark.parametrize("a, b, total", [(1, 2, 3), (-1, 1, 0), (2.5, 0.5, 3)])
def test_add(a, b, total):
    assert calculator.add(a, b) == total


def test_subtract():
    assert calculator.subtract(5, 3) == 2
    assert calculator.subtract(3, 5) == -2


@pytest.mark.parametrize("number", [0, 7, -3])
def test_multiply(number):
    assert calculator.multiply(number, 1) == number
    assert calculator.multiply(number, 0) == 0
    assert calculator.multiply(number, -1) == -number


def test_maximum():
    assert calculator.maximum([1, 3, 2]) == 3


def test_maximum_of_one_number():
    assert calculator.maximum([4]) == 4


def test_maximum_of_negative_numbers():
    assert calculator.maximum([-5, -2, -9]) == -2


def test_maximum_of_no_numbers():
    with pytest.raises(ValueError, match="maximum of no numbers"):
        calculator.maximum([])
