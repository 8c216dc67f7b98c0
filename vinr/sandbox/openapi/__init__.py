"""The surface as an OpenAPI 3.1 document, generated from the route table and its models."""
