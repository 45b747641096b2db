"""Who does what by when: dossiers, deadlines, certificates, and what the facts support."""
