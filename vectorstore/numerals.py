"""Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

# A regular expression for what `numeral` reads, and for some runs of characters that it does not.
FIGURE = "(?:[一二三四五六七八九两〇零十百千万亿]+(?:点[一二三四五六七八九〇零]+)?)"

_DIGITS = {"〇": 0, "两": 2} | {character: value for value, character in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def numeral(text: str) -> Decimal:
    """Return the value of a Chinese numeral: 一千二百, 两万五, 三点五, 二〇三〇; also of a figure in digits.

    Raises:
        ValueError: the text is no numeral.
    """
    whole, _, fraction = text.partition("点")
    if whole.isascii():
        return Decimal(whole)
    if not set(whole) <= {*_DIGITS, *_TENS, *_MYRIADS}:
        raise ValueError(f"not a Chinese numeral: {text}")
    value = _spelled(whole) if set(whole) <= set(_DIGITS) else str(_spoken(whole))
    return Decimal(f"{value}.{_spelled(fraction)}" if fraction else value)


def _spelled(text: str) -> str:
    return "".join(str(_DIGITS[character]) for character in text)


def _spoken(text: str) -> int:
    total = section = digit = 0
    largest = 0
    last = 10
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            last = last if digit else 10
        elif character in _TENS:
            last = _TENS[character]
            section += (digit or 1) * last
            digit = 0
        else:
            last = _MYRIADS[character]
            below = section + digit
            # 一万二千亿 multiplies what stands before it, 一亿二千万 adds to it.
            total = (total + below or 1) * last if last > largest else total + below * last
            section, digit, largest = 0, 0, last
    # In 两万五 and 一百二 the last digit counts the tenth part of the place before it.
    return total + section + digit * (last // 10)
