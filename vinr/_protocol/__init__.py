"""How a Call is sent, without I/O: encoding, attempts, retries, rate limits, decoding.

``attempts`` is the state machine that everything here serves. It yields what to do (``Send``,
``Sleep``, ``CloseConnection``) and is told what came of it; a driver in ``_async`` or ``_sync``
does the waiting.
"""
