"""What the law says: dated tables and figures, forms of the tax, the shown working."""
