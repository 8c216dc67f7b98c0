"""The service's surface: a request goes in, the ledger is asked, a response comes out."""
