"""The spreadsheets behind the dashboards: drawn, not kept as files."""
