"""The pure core: loads and checks the content, cites its sources, knows the clinic. No framework in here."""
