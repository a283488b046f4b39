"""What is not proven is named by states, not by keys of a table."""

from tools.payroll.tax import readiness


def test_no_key_of_a_table_is_shown():
    named = [one.what for one in readiness.unproven(2026)]
    assert named
    assert not [what for what in named if "_" in what]
    assert "FUTA credit reduction California of 2026" in named
    assert any("Arkansas" in what for what in named)
