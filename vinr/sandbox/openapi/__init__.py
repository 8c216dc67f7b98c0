"""The OpenAPI 3.1 document, generated from the table of operations and their models."""
