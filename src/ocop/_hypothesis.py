"""What Hypothesis calls when it is imported: registers a strategy, and loads nothing but the class of a sheet."""


def register() -> None:
    """Let ``st.from_type(ScoreSheet)`` give valid sheets; the strategies are imported when one is drawn."""
    from hypothesis import strategies as st

    from ocop.scoring.sheet import ScoreSheet

    def sheets(_: type[ScoreSheet]) -> st.SearchStrategy[ScoreSheet]:
        from ocop.testing.sheets import score_sheets

        return score_sheets()

    st.register_type_strategy(ScoreSheet, sheets)
