"""From hours to earnings: attendance, workweeks, overtime, leave, shifts, salaries."""
