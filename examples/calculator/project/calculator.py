"""Arithmetic on plain numbers."""


def add(a, b):
    """Return the sum of a and b."""
    return a + b


def subtract(a, b):
    """Return a less b."""
    return a - b


def multiply(a, b):
    """Return the product of a and b."""
    return a * b


def maximum(numbers):
    """Return the largest of one or more numbers."""
    if not numbers:
        raise ValueError("maximum of no numbers")
    largest = numbers[0]
    for number in numbers[1:]:
        if number > largest:
            largest = number
    return largest
