"""ODD: the description of the model by the ODD protocol (Grimm et al. 2020), its tables made from what the code declares."""
