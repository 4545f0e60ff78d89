"""Tables that people fill in with a spreadsheet program or an editor: CSV, workbooks, JSON.

table        the rows of a table, by the names of its columns
pages        which rows belong to which page
spreadsheet  the cells of a file in any of the formats
workbook     the cells of a workbook
"""
