"""Files of a switch: how people are paid, and what the old provider paid."""

from decimal import Decimal

from tools.payroll.books.payfile import Paid, paid_of, read_pay, read_trial


def test_a_row_of_pay_is_read_with_what_people_write():
    table, problems = read_pay(
        b"Work email,Wage,Per,Exempt,W-4 filing status,Routing number,Account number\n"
        b'a@b.example,"1,200.50",Salary,yes,Married,111000025,0012\n'
    )
    assert not problems
    values = table.rows[0].values
    assert (values["wage"], values["per"]) == (Decimal("1200.50"), "year")
    assert (values["filing"], values["account"]) == ("married_joint", "0012")


def test_who_stands_twice_is_named_with_both_rows():
    _table, problems = read_pay(b"Work email,Wage\na@b.example,10\nA@b.example,11\n")
    assert [p.english({p.code: ("%(cell)s %(other)s", "")}) for p in problems] == [
        "Row 3, Work email: a@b.example 2 "
    ]


def test_a_negative_wage_is_refused():
    table, problems = read_pay(b"Work email,Wage\na@b.example,-1\n")
    assert not table.rows
    assert problems[0].code == "too_small"


def test_figures_of_a_slip_add_up():
    paid = paid_of(
        Decimal("3200.00"),
        Decimal("2300.00"),
        {
            "FIT": Decimal("-300.00"),
            "SS": Decimal("-198.40"),
            "MED": Decimal("-46.40"),
            "ADDMED": Decimal("0"),
            "SIT": Decimal("-150.00"),
            "ER_SS": Decimal("198.40"),
        },
    )
    assert paid == Paid(
        gross=Decimal("3200.00"),
        federal=Decimal("300.00"),
        security=Decimal("198.40"),
        medicare=Decimal("46.40"),
        state=Decimal("150.00"),
        other=Decimal("205.20"),
        net=Decimal("2300.00"),
    )
    deductions = paid.federal + paid.security + paid.medicare + paid.state + paid.other
    assert paid.gross - deductions == paid.net


def test_a_trial_file_needs_gross_and_net():
    _table, problems = read_trial(b"Work email,Net pay\na@b.example,10\n")
    assert [problem.code for problem in problems] == ["missing_column"]
