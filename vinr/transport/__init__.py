"""How a Call is sent: encoding, decoding, retry policy; all of it without I/O."""
