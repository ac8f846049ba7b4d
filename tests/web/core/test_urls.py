import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("number", ["0", "2147483647", "2147483648", "9" * 30])
def test_a_number_that_is_nobodys_leads_nowhere(client: FlaskClient, number: str):
    answer = client.get(f"/aanbod/{number}")
    assert answer.status_code == 404
    assert "bestaat niet" in answer.text
