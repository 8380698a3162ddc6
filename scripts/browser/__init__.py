"""Makes the files in kg/export/html/vendor from packages of the npm registry."""
