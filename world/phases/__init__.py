"""The phases of a quarter, one module each; no phase imports another."""
