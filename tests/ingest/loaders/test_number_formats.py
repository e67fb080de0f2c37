"""Numbers as Excel shows them; what is expected was looked up in Excel's own rules."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from ingest.loaders.number_formats import figure, moment


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (98765.4321, "General", "98765.4321"),
        (3.0, "General", "3"),
        (98765.4321, "#,##0.00", "98,765.43"),
        (-98765.4321, "#,##0.00_);(#,##0.00)", "(98,765.43)"),
        (98765.4321, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "98,765.43"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (98765.4321, "¥#,##0.00", "¥98,765.43"),
        (98765.4321, "[$¥-804]#,##0.00", "¥98,765.43"),
        (-5, '"¥"#,##0;[Red]"¥"-#,##0', "¥-5"),
        (98765.4321, "0.00E+00", "9.88E+04"),
        (0.00012, "0.0E+00", "1.2E-04"),
        (2.25, "# ?/?", "2 1/4"),
        (0.5, "# ?/?", "1/2"),
        (2.75, "# ?/4", "2 3/4"),
        (98765.4321, '0.00"万元"', "98765.43万元"),
        (98765.4321, '0!.0,"万"', "9.9万"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (1.005, "0.00", "1.01"),
        (2.5, "0.###", "2.5"),
        (7, "000", "007"),
        (5706612345, "0000-0000000", "0570-6612345"),
        (1234567, "#,##0,", "1,235"),
        (150000, '[>=10000]0.0,"千元";0"元"', "150.0千元"),
        (800, '[>=10000]0.0,"千元";0"元"', "800元"),
        (-0.001, "0.00", "0.00"),
        (12, "@", "12"),
        (12, ";;;", "12"),
        (12, '"第"0"批"', "第12批"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, form: str, shown: str) -> None:
    assert figure(value, form) == shown


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (date(2026, 3, 5), "yyyy/m/d", "2026年3月5日"),
        (datetime(2026, 3, 5, 14, 30), "yyyy-mm-dd hh:mm", "2026年3月5日 14:30"),  # noqa: DTZ001
        (datetime(2026, 3, 5), 'yyyy"年"m"月"', "2026年3月"),  # noqa: DTZ001
        (time(8, 30), "h:mm", "08:30"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_a_moment_reads_with_the_parts_that_are_shown(
    value: date | time | timedelta, form: str, shown: str
) -> None:
    assert moment(value, form) == shown
