"""Who is promised elsewhere is not free: in that period, and no longer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.promises import most_at_once, promised_on
from matcher.values import Promise
from matcher.vocabulary import NeedKind, OfferKind
from tests.matcher.samples import asking, make_need, make_offer, stating
from tests.matcher.test_criteria import reason, weighed

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
days = st.none() | st.integers(0, 40).map(lambda n: MAY + timedelta(n))
promises = st.lists(st.builds(Promise, st.integers(1, 9), days, days), max_size=6)


@given(promises, days, days)
def test_the_most_at_once_is_the_most_of_any_day(
    promised: list[Promise], start: date | None, end: date | None
) -> None:
    every_day = [MAY + timedelta(n) for n in range(-1, 42)]
    inside = [d for d in every_day if (start or d) <= d <= (end or d)]
    by_day = max((promised_on(promised, day) for day in inside), default=0)
    if start is None or end is None or start <= end:
        assert most_at_once(promised, start, end) == by_day


@pytest.mark.parametrize(
    ("promise", "free"),
    [
        (Promise(4, MAY, date(2026, 5, 31)), 6),
        (Promise(4, MAY, JUNE), 2),
        (Promise(4, date(2026, 6, 30), None), 2),
        (Promise(4, date(2026, 7, 1), None), 6),
        (Promise(4), 2),
        (Promise(9), 0),
    ],
)
def test_a_promise_takes_capacity_in_its_own_period(promise: Promise, free: int) -> None:
    need = asking(make_need(), people_min=6, start=JUNE, end=date(2026, 6, 30))
    offer = stating(make_offer(), people_max=6, promised=(promise,))
    found = reason(need, offer, "capacity")
    assert found.evidence["available"] == free
    assert found.code == ("capacity.enough" if free == 6 else "capacity.short")


def test_promises_that_follow_each_other_do_not_add_up() -> None:
    promised = (Promise(4, MAY, date(2026, 5, 31)), Promise(4, JUNE, None))
    need = asking(make_need(), people_min=2, start=MAY, end=date(2026, 12, 31))
    found = reason(need, stating(make_offer(), people_max=6, promised=promised), "capacity")
    assert found.evidence == {"asked": 2, "available": 2, "people": 6, "promised": 4}


def test_a_person_who_is_promised_is_not_free_for_another_job() -> None:
    vacancy = asking(make_need(kind=NeedKind.VACANCY), start=JUNE)
    profile = make_offer(kind=OfferKind.PROFILE)
    taken = stating(profile, promised=(Promise(1, MAY, None),))
    codes = {found.code for found in weighed(vacancy, profile).reasons}
    assert not any(code.startswith("capacity") for code in codes)
    assert reason(vacancy, taken, "capacity").code == "capacity.short"
    assert weighed(vacancy, taken).score < weighed(vacancy, profile).score
